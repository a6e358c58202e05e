#include "load/openapi.h"

#include "graph/servers.h"

/* Servers: their URLs, and the path in front of all paths. */

/* Behind scheme and authority; SIZE_MAX where there is no path. */
static size_t path_start(Text url) {
    size_t colon = text_find_byte(url, ':', 0);
    size_t start = 0;
    if (colon != SIZE_MAX && text_starts_with(text_slice(url, colon, url.size), TEXT("://")))
        start = colon + 3;
    else if (text_starts_with(url, TEXT("//")))
        start = 2;
    return start ? text_find_byte(url, '/', start) : 0;
}

/* "." and ".." of a relative URL are taken off its front: what they lead to depends on where the
 * description is served. */
Text base_path_of(Arena *arena, Text url) {
    size_t end = text_find_byte(url, '?', 0);
    url = text_slice(url, 0, end);
    url = text_slice(url, 0, text_find_byte(url, '#', 0));
    size_t start = path_start(url);
    Text path = text_slice(url, start, url.size);
    while (text_starts_with(path, TEXT("./")) || text_starts_with(path, TEXT("../")))
        path = text_slice(path, text_find_byte(path, '/', 0) + 1, path.size);
    if (text_is(path, ".") || text_is(path, ".."))
        path = (Text){0};
    while (path.size && path.data[path.size - 1] == '/')
        path.size--;
    if (!path.size || path.data[0] == '/')
        return path;
    return text_format(arena, "/%.*s", TEXT_ARG(path));
}

/* A variable's default; the braces stay where the description gives none. */
static bool add_default(Loader *loader, const Node *variables, Text name, Buffer *out) {
    const Node *variable = node_member(variables, name);
    if (!variable || variable->kind != NODE_MAPPING)
        return false;
    if (!node_member(variable, TEXT("default")))
        return false;
    buffer_add(out, reader_text(&loader->reader, variable, "default"));
    return true;
}

static Text with_defaults(Loader *loader, Text url, const Node *variables) {
    if (text_find_byte(url, '{', 0) == SIZE_MAX)
        return url;
    Buffer out = {.arena = loader->arena};
    for (size_t at = 0; at < url.size;) {
        size_t close = url.data[at] == '{' ? text_find_byte(url, '}', at) : SIZE_MAX;
        if (close != SIZE_MAX &&
            add_default(loader, variables, text_slice(url, at + 1, close), &out))
            at = close + 1;
        else
            buffer_add_byte(&out, url.data[at++]);
    }
    return buffer_text(&out);
}

static void read_variables(Loader *loader, const Node *variables, Server *server) {
    Reader *reader = &loader->reader;
    for (uint32_t i = 0; variables && i < variables->count; i++) {
        const Member *member = &variables->members[i];
        const Node *node = reader_object(reader, member->value, "a server variable");
        if (!node || is_extension(member->key))
            continue;
        ServerVariable variable = {.name = member->key, .origin = node};
        variable.otherwise = reader_text(reader, node, "default");
        const Node *values = reader_list(reader, node, "enum");
        for (uint32_t j = 0; values && j < values->count; j++) {
            Text value;
            if (reader_name(reader, values->items[j], TEXT("enum"), &value))
                array_push(loader->arena, &variable.values, value);
        }
        array_push(loader->arena, &server->variables, variable);
    }
}

/* ---- other values of variables --------------------------------------------------------------- */

static bool has_base_path(const Server *server, Text path) {
    bool found = text_equal(server->base_path, path);
    for (size_t i = 0; i < server->other_base_paths.count && !found; i++)
        found = text_equal(server->other_base_paths.items[i], path);
    return found;
}

static void add_other_base_paths(Arena *arena, Server *server) {
    if (!server->variables.count || path_start(server->url) == SIZE_MAX)
        return;
    UrlList urls = server_urls(arena, server, OPEN_AT_DEFAULT);
    for (size_t i = 0; i < urls.count; i++) {
        Text path = base_path_of(arena, urls.items[i]);
        if (!has_base_path(server, path))
            array_push(arena, &server->other_base_paths, path);
    }
}

bool servers_load(Loader *loader, const Node *owner, ServerList *servers) {
    Reader *reader = &loader->reader;
    if (loader->dialect == DIALECT_SWAGGER_2_0)
        return swagger_servers(loader, owner, servers);
    const Node *list = reader_list(reader, owner, "servers");
    if (!list || !list->count)
        return false;
    for (uint32_t i = 0; i < list->count && !reader_full(reader); i++) {
        const Node *node = reader_object(reader, list->items[i], "a server");
        if (!node)
            continue;
        if (!node_member(node, TEXT("url")))
            reader_diagnose(reader, MEMBER_MISSING, node_place(node), "a server", "`url`");
        Server server = {.url = reader_text(reader, node, "url"), .origin = node};
        const Node *variables = reader_mapping(reader, node, "variables");
        server.base_path =
            base_path_of(loader->arena, with_defaults(loader, server.url, variables));
        read_variables(loader, variables, &server);
        add_other_base_paths(loader->arena, &server);
        array_push(loader->arena, servers, server);
    }
    return true;
}
