#include "diff/compare.h"

/* Where an operation can be called. */

/* Servers are compared by where they lead: of "https://example.com/v1" and "/users" a part may have
 * moved from the one into the other. Where the paths are equal, the URLs alone tell. */
typedef struct Places {
    Comparer *comparer;
    bool same_path;
    ByName base, revision; /* the servers of each side, by where they lead */
} Places;

/* Where the host of a URL begins and ends; the URL's size where it has none. */
static size_t host_of(Text url, size_t *end) {
    size_t colon = text_find_byte(url, ':', 0);
    size_t slash = text_find_byte(url, '/', 0);
    size_t start = colon != SIZE_MAX && colon + 1 == slash ? slash + 2 : slash == 0 ? 2 : url.size;
    if (start > url.size || (start < url.size && url.data[start - 1] != '/'))
        start = url.size;
    *end = start < url.size ? text_find_byte(url, '/', start) : SIZE_MAX;
    *end = *end == SIZE_MAX ? url.size : *end;
    return start;
}

/* Names of variables in braces are left as they are. */
static Text lower_outside_braces(Arena *arena, Text text) {
    Buffer out = {.arena = arena};
    Text lower = text_lower(arena, text);
    bool inside = false;
    for (size_t i = 0; i < text.size; i++) {
        inside = text.data[i] == '{' || (inside && text.data[i] != '}');
        buffer_add_byte(&out, inside ? text.data[i] : lower.data[i]);
    }
    return buffer_text(&out);
}

Text normal_url(Arena *arena, Text url) {
    size_t end, start = host_of(url, &end);
    if (start == url.size)
        return url;
    Text front = lower_outside_braces(arena, text_slice(url, 0, end));
    bool plain = text_starts_with(front, TEXT("http:"));
    Text port = plain ? TEXT(":80") : TEXT(":443");
    if ((plain || text_starts_with(front, TEXT("https:"))) && text_ends_with(front, port))
        front.size -= port.size;
    return text_format(arena, "%.*s%.*s", TEXT_ARG(front),
                       TEXT_ARG(text_slice(url, end, url.size)));
}

static Text place_of(const Places *places, const Operation *operation, Text url) {
    Arena *arena = places->comparer->arena;
    Text path = places->same_path ? TEXT("/") : operation->path;
    return server_target(arena, normal_url(arena, url), path);
}

static ByName servers_by_place(const Places *places, const Operation *operation) {
    ByName found = {0};
    for (size_t i = 0; i < operation->servers.count; i++)
        by_name_add(places->comparer->arena, &found,
                    place_of(places, operation, operation->servers.items[i].url));
    by_name_sort(&found);
    return found;
}

/* The server that leads where one of the other side leads. */
static const Server *find_server(const ByName *places, const Operation *operation, Text place) {
    size_t found = by_name_find(places, place);
    return found == SIZE_MAX ? NULL : &operation->servers.items[found];
}

/* Where a path has moved as a whole, that is told of the operation. */
static bool compares_urls(Arena *arena, const Operation *base, const Operation *revision) {
    if (!base->servers.count || !revision->servers.count ||
        path_templates_equal(base->path, revision->path))
        return true;
    Text from = server_target(arena, base->servers.items[0].base_path, base->path);
    Text to = server_target(arena, revision->servers.items[0].base_path, revision->path);
    return !text_equal(from, to);
}

static const Node *servers_place(const Operation *operation) {
    return operation->servers.count && operation->servers.items[0].origin
               ? operation->servers.items[0].origin
               : operation->origin;
}

static void note_server(Comparer *comparer, Comparison *at, ChangeKind kind, Text url,
                        const Node *base, const Node *revision) {
    Change *change = note(comparer, at, kind, EFFECT_NONE, base, revision);
    change->base_absent = kind == CHANGE_SERVER_ADDED;
    change->revision_absent = kind == CHANGE_SERVER_REMOVED;
    with(comparer, change, ATTRIBUTE_NAME, url);
}

/* ---- variables ------------------------------------------------------------------------------- */

static const ServerVariable *find_variable(const Server *server, Text name) {
    for (size_t i = 0; i < server->variables.count; i++)
        if (text_equal(server->variables.items[i].name, name))
            return &server->variables.items[i];
    return NULL;
}

static bool takes_value(const ServerVariable *variable, Text value) {
    for (size_t i = 0; i < variable->values.count; i++)
        if (text_equal(variable->values.items[i], value))
            return true;
    return variable->values.count == 0; /* without `enum` any value is one */
}

static void note_values(Comparer *comparer, Comparison *at, ChangeKind kind,
                        const ServerVariable *having, const ServerVariable *lacking) {
    bool removed = kind == CHANGE_SERVER_VALUE_REMOVED;
    for (size_t i = 0; i < having->values.count; i++) {
        Text value = having->values.items[i];
        if (takes_value(lacking, value))
            continue;
        Change *change =
            note(comparer, at, kind, EFFECT_NONE, removed ? having->origin : lacking->origin,
                 removed ? lacking->origin : having->origin);
        with(comparer, change, ATTRIBUTE_NAME, having->name);
        with(comparer, change, ATTRIBUTE_VALUE, value);
    }
}

static void compare_variable(Comparer *comparer, Comparison *at, const ServerVariable *from,
                             const ServerVariable *to) {
    note_values(comparer, at, CHANGE_SERVER_VALUE_REMOVED, from, to);
    note_values(comparer, at, CHANGE_SERVER_VALUE_ADDED, to, from);
    if (from->values.count == 0 && to->values.count) {
        Change *change =
            note(comparer, at, CHANGE_SERVER_VALUE_REMOVED, EFFECT_NONE, from->origin, to->origin);
        with(comparer, change, ATTRIBUTE_NAME, from->name);
        with(comparer, change, ATTRIBUTE_VALUE, TEXT("any other"));
    }
    if (text_equal(from->otherwise, to->otherwise))
        return;
    Change *change =
        note(comparer, at, CHANGE_SERVER_DEFAULT_CHANGED, EFFECT_NONE, from->origin, to->origin);
    with(comparer, change, ATTRIBUTE_NAME, from->name);
    with(comparer, change, ATTRIBUTE_FROM, from->otherwise);
    with(comparer, change, ATTRIBUTE_TO, to->otherwise);
}

static void compare_variables(Comparer *comparer, Comparison *at, const Server *from,
                              const Server *to) {
    for (size_t i = 0; i < from->variables.count; i++) {
        const ServerVariable *variable = &from->variables.items[i];
        const ServerVariable *partner = find_variable(to, variable->name);
        if (partner)
            compare_variable(comparer, at, variable, partner);
    }
}

/* ---- all of an operation --------------------------------------------------------------------- */

/* Where the other side names no server, only where the path lies is compared: it is the host that
 * served the description (3.1.1 section 4.8.1). */
static bool is_compared(const Places *places, const Operation *own, const Server *server,
                        const Operation *other) {
    if (other->servers.count)
        return true;
    Text path = text_format(places->comparer->arena, "%.*s%.*s", TEXT_ARG(server->base_path),
                            TEXT_ARG(own->path));
    return server->base_path.size && !path_templates_equal(path, other->path);
}

void compare_servers(Comparer *comparer, Comparison *at, const Operation *base,
                     const Operation *revision) {
    Places places = {.comparer = comparer,
                     .same_path = compares_urls(comparer->arena, base, revision)};
    places.base = servers_by_place(&places, base);
    places.revision = servers_by_place(&places, revision);
    for (size_t i = 0; i < base->servers.count; i++) {
        const Server *from = &base->servers.items[i];
        const Server *to =
            find_server(&places.revision, revision, place_of(&places, base, from->url));
        if (to) {
            compare_variables(comparer, at, from, to);
            compare_documentation(comparer, at, from->origin, to->origin);
        } else if (is_compared(&places, base, from, revision)) {
            note_server(comparer, at, CHANGE_SERVER_REMOVED, from->url, from->origin,
                        servers_place(revision));
        }
    }
    for (size_t i = 0; i < revision->servers.count; i++) {
        const Server *to = &revision->servers.items[i];
        if (!find_server(&places.base, base, place_of(&places, revision, to->url)) &&
            is_compared(&places, revision, to, base))
            note_server(comparer, at, CHANGE_SERVER_ADDED, to->url, servers_place(base),
                        to->origin);
    }
}
