#include "graph/servers.h"

const ServerVariable *server_variable(const Server *server, Text name) {
    for (size_t i = 0; i < server->variables.count; i++)
        if (text_equal(server->variables.items[i].name, name))
            return &server->variables.items[i];
    return NULL;
}

bool server_variable_at(Text url, size_t at, Text *name) {
    size_t close = url.data[at] == '{' ? text_find_byte(url, '}', at) : SIZE_MAX;
    if (close != SIZE_MAX)
        *name = text_slice(url, at + 1, close);
    return close != SIZE_MAX;
}

static bool is_listed(const ServerVariable *variable, Text value) {
    for (size_t i = 0; i < variable->values.count; i++)
        if (text_equal(variable->values.items[i], value))
            return true;
    return false;
}

bool server_variable_takes(const ServerVariable *variable, Text value) {
    return variable->values.count == 0 || is_listed(variable, value) ||
           text_equal(variable->otherwise, value);
}

/* A default is a value even where the list lacks it: it is what who chooses nothing gets. */
static size_t values_count(const ServerVariable *variable) {
    bool apart = variable->otherwise.size && !is_listed(variable, variable->otherwise);
    return variable->values.count + (variable->values.count && apart);
}

/* Which of its values each variable has; `at` is NULL where all are left open. */
typedef struct Choice {
    const Server *server;
    size_t *at;
    OpenVariables open;
} Choice;

static bool add_value(const Choice *choice, Text name, Buffer *out) {
    const ServerVariable *variable = server_variable(choice->server, name);
    if (!choice->at || (choice->open == OPEN_AS_STAR && !(variable && variable->values.count))) {
        buffer_add_byte(out, '*');
        return true;
    }
    if (!variable)
        return false;
    size_t at = choice->at[variable - choice->server->variables.items];
    buffer_add(out, at < variable->values.count ? variable->values.items[at] : variable->otherwise);
    return true;
}

static Text url_of(Arena *arena, const Choice *choice) {
    Text url = choice->server->url, name;
    Buffer out = {.arena = arena};
    for (size_t at = 0; at < url.size;) {
        if (server_variable_at(url, at, &name) && add_value(choice, name, &out))
            at += name.size + 2;
        else
            buffer_add_byte(&out, url.data[at++]);
    }
    return buffer_text(&out);
}

static bool next_choice(Choice *choice) {
    for (size_t i = 0; i < choice->server->variables.count; i++) {
        if (++choice->at[i] < values_count(&choice->server->variables.items[i]))
            return true;
        choice->at[i] = 0;
    }
    return false;
}

static bool are_too_many(const Server *server) {
    size_t product = 1;
    for (size_t i = 0; i < server->variables.count && product <= SERVER_URLS_LIMIT; i++) {
        size_t count = values_count(&server->variables.items[i]);
        product *= count ? count : 1;
    }
    return product > SERVER_URLS_LIMIT;
}

Text server_template(Arena *arena, const Server *server) {
    Choice choice = {server, NULL, OPEN_AS_STAR};
    return url_of(arena, &choice);
}

UrlList server_urls(Arena *arena, const Server *server, OpenVariables open) {
    UrlList urls = {0};
    Choice choice = {server, arena_new_array(arena, server->variables.count, size_t), open};
    if (open == OPEN_AS_STAR && are_too_many(server))
        choice.at = NULL;
    do
        array_push(arena, &urls, url_of(arena, &choice));
    while (choice.at && urls.count < SERVER_URLS_LIMIT && next_choice(&choice));
    return urls;
}
