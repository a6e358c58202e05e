#include "make.h"

/* ---- where changes are made ------------------------------------------------------------------ */

typedef struct Found {
    ARRAY(Value *) values;
} Found;

static Value *pick(Maker *maker, const Found *found) {
    size_t count = found->values.count;
    return count ? found->values.items[random_below(maker->random, count)] : NULL;
}

/* All values under a key, however deep. */
static void find_all(Arena *arena, Value *value, const char *key, Found *found) {
    for (size_t i = 0; i < value->members.count; i++) {
        if (text_is(value->members.items[i].key, key))
            array_push(arena, &found->values, value->members.items[i].value);
        find_all(arena, value->members.items[i].value, key, found);
    }
    for (size_t i = 0; i < value->items.count; i++)
        find_all(arena, value->items.items[i], key, found);
}

static Value *find_one(Maker *maker, Value *description, const char *key) {
    Found found = {0};
    find_all(maker->arena, value_get(description, "paths"), key, &found);
    return pick(maker, &found);
}

static Value *some_member(Maker *maker, Value *object) {
    if (!object || !object->members.count)
        return NULL;
    return object->members.items[random_below(maker->random, object->members.count)].value;
}

static void rename_member(Maker *maker, Value *object, const char *name) {
    if (object && object->members.count && !value_has(object, name))
        object->members.items[random_below(maker->random, object->members.count)].key =
            text_from(name);
}

static void drop_member(Maker *maker, Value *object, size_t least) {
    if (object && object->members.count > least)
        value_remove_at(object, random_below(maker->random, object->members.count));
}

static void flip(Maker *maker, Value *object, const char *key) {
    const Value *now = value_get(object, key);
    value_set(maker->arena, object, key, value_boolean(maker->arena, !(now && now->truth)));
}

/* ---- changes --------------------------------------------------------------------------------- */

static void change_paths(Maker *maker, Value *description) {
    static const char *const names[] = {"/a", "/a/{key}", "/z", "/a/{id}", "/b/{id}/c", "/a/old"};
    Value *paths = value_get(description, "paths");
    switch (random_below(maker->random, 3)) {
    case 0:
        drop_member(maker, some_member(maker, paths), 0);
        return;
    case 1:
        drop_member(maker, paths, 1);
        return;
    default:
        rename_member(maker, paths, random_of(maker->random, names));
    }
}

static void change_parameter(Maker *maker, Value *parameter) {
    static const char *const names[] = {"q", "limit", "filter", "id", "size", "Limit", "user_id"};
    static const char *const styles[] = {"form", "deepObject", "pipeDelimited", "spaceDelimited"};
    static const char *const places[] = {"query", "header", "cookie"};
    Arena *arena = maker->arena;
    bool path = value_is_string(value_get(parameter, "in"), "path");
    switch (random_below(maker->random, 6)) {
    case 0:
        if (!path)
            flip(maker, parameter, "required");
        return;
    case 1:
        value_set(arena, parameter, "schema", make_schema(maker, 1));
        return;
    case 2:
        flip(maker, parameter, "explode");
        return;
    case 3:
        if (value_is_string(value_get(parameter, "in"), "query"))
            value_set(arena, parameter, "style",
                      value_string(arena, text_from(random_of(maker->random, styles))));
        return;
    case 4:
        if (!path) {
            value_set(arena, parameter, "in",
                      value_string(arena, text_from(random_of(maker->random, places))));
            value_remove(parameter, "style");
        }
        return;
    default:
        if (!path)
            value_set(arena, parameter, "name",
                      value_string(arena, text_from(random_of(maker->random, names))));
    }
}

static void change_parameters(Maker *maker, Value *description) {
    static const char *const names[] = {"q", "limit", "filter", "size"};
    Value *parameters = find_one(maker, description, "parameters");
    if (!parameters)
        return;
    size_t count = parameters->items.count, at = random_below(maker->random, count);
    bool path = count && value_is_string(value_get(parameters->items.items[at], "in"), "path");
    if (count && !path && chance(maker->random, 25))
        value_drop(parameters, at);
    else if (!count || chance(maker->random, 25))
        value_push(maker->arena, parameters,
                   make_parameter(maker, "query", random_of(maker->random, names)));
    else
        change_parameter(maker, parameters->items.items[at]);
}

static void change_content(Maker *maker, Value *description) {
    static const char *const names[] = {
        "application/json",         "application/xml", "*/*",
        "application/problem+json", "text/plain",      "application/*"};
    Arena *arena = maker->arena;
    Value *content = find_one(maker, description, "content");
    if (!content)
        return;
    switch (random_below(maker->random, 4)) {
    case 0:
        rename_member(maker, content, random_of(maker->random, names));
        return;
    case 1:
        drop_member(maker, content, 0);
        return;
    case 2: {
        Value *media_type = some_member(maker, content);
        if (media_type)
            value_set(arena, media_type, "schema", make_schema(maker, 2));
        return;
    }
    default: {
        Value *other = make_content(maker);
        value_set_text(arena, content, other->members.items[0].key, other->members.items[0].value);
    }
    }
}

static void change_body(Maker *maker, Value *description) {
    Arena *arena = maker->arena;
    Value *path = some_member(maker, value_get(description, "paths"));
    Value *operation = some_member(maker, path);
    if (!operation)
        return;
    Value *body = value_get(operation, "requestBody");
    if (body && chance(maker->random, 40)) {
        value_remove(operation, "requestBody");
    } else if (body) {
        flip(maker, body, "required");
    } else {
        body = value_new(arena, VALUE_OBJECT);
        value_set(arena, body, "content", make_content(maker));
        value_set(arena, operation, "requestBody", body);
    }
}

static void change_responses(Maker *maker, Value *description) {
    static const char *const statuses[] = {"200", "201", "204", "2XX", "default", "404", "500"};
    Arena *arena = maker->arena;
    Value *responses = find_one(maker, description, "responses");
    Value *response = some_member(maker, responses);
    if (!response)
        return;
    const char *status = random_of(maker->random, statuses);
    switch (random_below(maker->random, 4)) {
    case 0:
        rename_member(maker, responses, status);
        return;
    case 1:
        if (!value_has(responses, status))
            value_set(arena, responses, status, value_copy(arena, response));
        return;
    case 2:
        value_remove(response, "content");
        return;
    default:
        drop_member(maker, responses, 1);
    }
}

static void change_headers(Maker *maker, Value *description) {
    static const char *const names[] = {"X-Rate", "location", "X-Page", "X-Page-Size"};
    Arena *arena = maker->arena;
    Value *response = some_member(maker, find_one(maker, description, "responses"));
    if (!response)
        return;
    Value *headers = value_get(response, "headers");
    if (!headers) {
        headers = value_new(arena, VALUE_OBJECT);
        value_set(arena, headers, random_of(maker->random, names), make_header(maker));
        value_set(arena, response, "headers", headers);
        return;
    }
    Value *header = some_member(maker, headers);
    switch (random_below(maker->random, 4)) {
    case 0:
        drop_member(maker, headers, 0);
        return;
    case 1:
        rename_member(maker, headers, random_of(maker->random, names));
        return;
    case 2:
        if (header)
            flip(maker, header, "required");
        return;
    default:
        if (header)
            value_set(arena, header, "schema", make_schema(maker, 0));
    }
}

static void change_security(Maker *maker, Value *description) {
    static const char *const schemes[] = {
        "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Key\"}",
        "{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"token\"}",
        "{\"type\":\"http\",\"scheme\":\"basic\"}",
        "{\"type\":\"oauth2\",\"flows\":{}}",
    };
    Arena *arena = maker->arena;
    Value *operation = some_member(maker, some_member(maker, value_get(description, "paths")));
    Value *declared = value_get(value_get(description, "components"), "securitySchemes");
    switch (random_below(maker->random, 4)) {
    case 0:
        value_set(arena, description, "security", make_security(maker));
        return;
    case 1:
        value_remove(description, "security");
        return;
    case 2:
        if (operation)
            value_set(arena, operation, "security", make_security(maker));
        return;
    default: {
        Value *scheme = declared ? some_member(maker, declared) : NULL;
        if (scheme)
            value_replace(arena, scheme,
                          value_from(arena, "%s", random_of(maker->random, schemes)));
    }
    }
}

static void change_servers(Maker *maker, Value *description) {
    static const char *const servers[] = {
        "[{\"url\":\"/v2\"}]",
        "[{\"url\":\"/v1\"},{\"url\":\"/v2\"}]",
        "[{\"url\":\"https://h/{v}\",\"variables\":{\"v\":{\"default\":\"v2\"}}}]",
        "[{\"url\":\"https://other\"}]",
    };
    if (value_has(description, "servers") && chance(maker->random, 20))
        value_remove(description, "servers");
    else
        value_set(maker->arena, description, "servers",
                  value_from(maker->arena, "%s", random_of(maker->random, servers)));
}

static void change_schema(Maker *maker, Value *description) {
    Value *schema = find_one(maker, description, "schema");
    if (!schema)
        return;
    Description described = {.schema = schema, .components = maker->components};
    Generator generator = {maker->arena, maker->random, maker->components, .rare = false};
    mutate(&generator, &described);
}

static void rename_property(Maker *maker, Value *description) {
    static const char *const names[] = {"Id", "user_id", "kinds", "Name"};
    rename_member(maker, find_one(maker, description, "properties"),
                  random_of(maker->random, names));
}

/* ---- what means the same --------------------------------------------------------------------- */

static void reorder(Maker *maker, Value *value) {
    for (size_t i = value->members.count; i > 1; i--) {
        size_t j = random_below(maker->random, i);
        ValueMember member = value->members.items[i - 1];
        value->members.items[i - 1] = value->members.items[j];
        value->members.items[j] = member;
    }
    for (size_t i = 0; i < value->members.count; i++)
        reorder(maker, value->members.items[i].value);
}

void respell_description(Maker *maker, Value *description) {
    if (value_get(description, "paths")) /* what is made smaller may lack them */
        reorder(maker, value_get(description, "paths"));
}

void change_description(Maker *maker, Value *description) {
    static void (*const changes[])(Maker *, Value *) = {
        change_paths,   change_parameters, change_parameters, change_parameters,
        change_content, change_content,    change_body,       change_responses,
        change_headers, change_security,   change_servers,    change_schema,
        change_schema,  change_schema,     change_schema,     rename_property,
    };
    maker->components = value_get(value_get(description, "components"), "schemas");
    for (size_t i = 1 + random_below(maker->random, 3); i > 0; i--)
        random_of(maker->random, changes)(maker, description);
    if (chance(maker->random, 20))
        respell_description(maker, description);
}
