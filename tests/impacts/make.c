#include "make.h"

#include "document/document.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- JSON ------------------------------------------------------------------------------------ */

static Value *value_of_node(Arena *arena, const Node *node) {
    static const ValueKind kinds[] = {
        [NODE_NULL] = VALUE_NULL,     [NODE_BOOLEAN] = VALUE_BOOLEAN, [NODE_NUMBER] = VALUE_NUMBER,
        [NODE_STRING] = VALUE_STRING, [NODE_SEQUENCE] = VALUE_ARRAY,  [NODE_MAPPING] = VALUE_OBJECT,
    };
    Value *value = value_new(arena, kinds[node->kind]);
    if (node->kind == NODE_BOOLEAN)
        value->truth = node->boolean;
    else if (node->kind == NODE_NUMBER || node->kind == NODE_STRING)
        value->text = node->text;
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++)
        value_push(arena, value, value_of_node(arena, node->items[i]));
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++)
        value_set_text(arena, value, node->members[i].key,
                       value_of_node(arena, node->members[i].value));
    return value;
}

Value *value_of_json(Arena *arena, Text text) {
    Diagnostics diagnostics = {.arena = arena};
    Source source = {.name = TEXT("made"), .file = TEXT("made"), .bytes = text};
    const Document *document = document_parse(arena, &diagnostics, source);
    return document ? value_of_node(arena, document->root) : value_new(arena, VALUE_NULL);
}

Value *value_from(Arena *arena, const char *format, ...) {
    char text[8192];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof text)
        return value_new(arena, VALUE_NULL);
    return value_of_json(arena, text_copy(arena, text_from(text)));
}

Text value_text(Arena *arena, const Value *value) {
    Buffer text = {.arena = arena};
    value_write(value, &text);
    return buffer_text(&text);
}

/* ---- schemas --------------------------------------------------------------------------------- */

static Value *make_scalar(Maker *maker) {
    static const char *const scalars[] = {
        "{\"type\":\"string\"}",
        "{\"type\":\"string\"}",
        "{\"type\":\"integer\"}",
        "{\"type\":\"boolean\"}",
        "{\"type\":\"string\",\"enum\":[\"a\",\"ab\",\"red\"]}",
        "{\"type\":\"string\",\"format\":\"date\"}",
        "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}",
        "{\"type\":\"integer\",\"minimum\":1}",
        "{\"type\":[\"string\",\"null\"]}",
    };
    return value_from(maker->arena, "%s", random_of(maker->random, scalars));
}

/* Small and plain, as parameters and most bodies are. */
static Value *make_plain(Maker *maker, int depth) {
    Arena *arena = maker->arena;
    if (depth <= 0 || chance(maker->random, 45))
        return make_scalar(maker);
    if (chance(maker->random, 30)) {
        Value *array = value_from(arena, "{\"type\":\"array\"}");
        value_set(arena, array, "items", make_plain(maker, depth - 1));
        return array;
    }
    Value *object = value_from(arena, "{\"type\":\"object\",\"properties\":{}}");
    Value *required = value_new(arena, VALUE_ARRAY);
    for (size_t i = 1 + random_below(maker->random, 3); i > 0; i--) {
        const char *name = random_of(maker->random, property_names);
        if (chance(maker->random, 50) && !value_has(value_get(object, "properties"), name))
            value_push(arena, required, value_string(arena, text_from(name)));
        value_set(arena, value_get(object, "properties"), name, make_plain(maker, depth - 1));
    }
    if (required->items.count)
        value_set(arena, object, "required", required);
    if (chance(maker->random, 20))
        value_set(arena, object, "additionalProperties",
                  value_boolean(arena, chance(maker->random, 40)));
    return object;
}

Value *make_schema(Maker *maker, int depth) {
    Generator generator = {maker->arena, maker->random, maker->components, .rare = false};
    return chance(maker->random, 55) ? make_plain(maker, depth)
                                     : generate_schema(&generator, depth);
}

/* ---- parts of an operation ------------------------------------------------------------------- */

Value *make_parameter(Maker *maker, const char *in, const char *name) {
    static const char *const styles[] = {"form", "form", "form", "deepObject", "pipeDelimited"};
    static const char *const path_styles[] = {"simple", "simple", "matrix", "label"};
    Arena *arena = maker->arena;
    Value *parameter = value_from(arena, "{\"name\":\"%s\",\"in\":\"%s\"}", name, in);
    bool query = !strcmp(in, "query"), path = !strcmp(in, "path");
    bool scalar = chance(maker->random, path ? 70 : 50);
    value_set(arena, parameter, "schema", scalar ? make_scalar(maker) : make_plain(maker, 1));
    if (path || chance(maker->random, 30))
        value_set(arena, parameter, "required", value_boolean(arena, true));
    if (query && chance(maker->random, 35))
        value_set(arena, parameter, "style",
                  value_string(arena, text_from(random_of(maker->random, styles))));
    if (path && chance(maker->random, 25))
        value_set(arena, parameter, "style",
                  value_string(arena, text_from(random_of(maker->random, path_styles))));
    if ((query || path) && chance(maker->random, 30))
        value_set(arena, parameter, "explode", value_boolean(arena, chance(maker->random, 50)));
    return parameter;
}

Value *make_header(Maker *maker) {
    Value *header = value_new(maker->arena, VALUE_OBJECT);
    value_set(maker->arena, header, "schema", make_scalar(maker));
    if (chance(maker->random, 40))
        value_set(maker->arena, header, "required", value_boolean(maker->arena, true));
    return header;
}

Value *make_content(Maker *maker) {
    static const char *const names[] = {"application/json",
                                        "application/json",
                                        "application/json",
                                        "application/json",
                                        "application/hal+json",
                                        "application/xml",
                                        "text/plain",
                                        "*/*",
                                        "application/*",
                                        "application/x-www-form-urlencoded",
                                        "application/json; charset=utf-8"};
    Value *content = value_new(maker->arena, VALUE_OBJECT);
    for (size_t i = chance(maker->random, 20) ? 2 : 1; i > 0; i--) {
        Value *media_type = value_new(maker->arena, VALUE_OBJECT);
        if (chance(maker->random, 95))
            value_set(maker->arena, media_type, "schema", make_schema(maker, 2));
        value_set(maker->arena, content, random_of(maker->random, names), media_type);
    }
    return content;
}

static Value *make_response(Maker *maker) {
    Arena *arena = maker->arena;
    Value *response = value_from(arena, "{\"description\":\"d\"}");
    if (chance(maker->random, 80))
        value_set(arena, response, "content", make_content(maker));
    if (chance(maker->random, 25)) {
        static const char *const names[] = {"X-Rate", "Location", "X-Page"};
        Value *headers = value_new(arena, VALUE_OBJECT);
        value_set(arena, headers, random_of(maker->random, names), make_header(maker));
        value_set(arena, response, "headers", headers);
    }
    return response;
}

Value *make_security(Maker *maker) {
    static const char *const lists[] = {
        "[{\"k\":[]}]",    "[{\"h\":[]}]",         "[{\"b\":[]}]", "[]", "[{\"k\":[]},{\"b\":[]}]",
        "[{},{\"b\":[]}]", "[{\"k\":[],\"h\":[]}]"};
    return value_from(maker->arena, "%s", random_of(maker->random, lists));
}

static Value *make_operation(Maker *maker, const char *method, const char *template) {
    static const char *const names[] = {"q", "limit", "filter", "id", "size"};
    static const char *const statuses[] = {"200", "200", "200", "201", "2XX", "default", "404"};
    Arena *arena = maker->arena;
    Value *operation = value_from(arena, "{\"parameters\":[],\"responses\":{}}");
    Value *parameters = value_get(operation, "parameters");
    if (strchr(template, '{'))
        value_push(arena, parameters, make_parameter(maker, "path", "id"));
    for (size_t i = random_below(maker->random, 3); i > 0; i--) {
        static const char *const places[] = {"query", "query", "query", "header", "cookie"};
        const char *in = random_of(maker->random, places);
        const char *name = random_of(maker->random, names);
        bool known = false;
        for (size_t j = 0; j < parameters->items.count; j++)
            known |= value_is_string(value_get(parameters->items.items[j], "name"), name);
        if (!known)
            value_push(arena, parameters, make_parameter(maker, in, name));
    }
    if (strcmp(method, "get") && chance(maker->random, 75)) {
        Value *body = value_new(arena, VALUE_OBJECT);
        value_set(arena, body, "content", make_content(maker));
        if (chance(maker->random, 40))
            value_set(arena, body, "required", value_boolean(arena, true));
        value_set(arena, operation, "requestBody", body);
    }
    for (size_t i = 1 + random_below(maker->random, 2); i > 0; i--)
        value_set(arena, value_get(operation, "responses"), random_of(maker->random, statuses),
                  make_response(maker));
    if (chance(maker->random, 20))
        value_set(arena, operation, "security", make_security(maker));
    return operation;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static const char schemes[] = "{\"k\":{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"key\"},"
                              "\"h\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Key\"},"
                              "\"b\":{\"type\":\"http\",\"scheme\":\"bearer\"}}";

Value *make_description(Maker *maker) {
    static const char *const templates[] = {"/a", "/a/{id}", "/a/new", "/b/{id}/c"};
    static const char *const methods[] = {"get", "get", "post", "put"};
    static const char *const servers[] = {
        "[{\"url\":\"/v1\"}]",
        "[{\"url\":\"https://h/{v}\",\"variables\":{\"v\":{\"default\":\"v1\"}}}]",
        "[{\"url\":\"https://h\"}]",
    };
    Arena *arena = maker->arena;
    Description described = generate_description(arena, maker->random);
    maker->components = described.components;
    Value *description = value_from(arena, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\","
                                           "\"version\":\"1\"},\"paths\":{},\"components\":{}}");
    value_set(arena, value_get(description, "components"), "schemas", described.components);
    value_set(arena, value_get(description, "components"), "securitySchemes",
              value_from(arena, "%s", schemes));
    Value *paths = value_get(description, "paths");
    for (size_t i = 1 + random_below(maker->random, 3); i > 0; i--) {
        const char *template = random_of(maker->random, templates);
        const char *method = random_of(maker->random, methods);
        if (!value_has(paths, template))
            value_set(arena, paths, template, value_new(arena, VALUE_OBJECT));
        value_set(arena, value_get(paths, template), method,
                  make_operation(maker, method, template));
    }
    if (chance(maker->random, 20))
        value_set(arena, description, "servers",
                  value_from(arena, "%s", random_of(maker->random, servers)));
    if (chance(maker->random, 15))
        value_set(arena, description, "security", make_security(maker));
    return description;
}
