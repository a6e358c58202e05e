/* Writes a pact of many interactions with a real description's operations in turn, as JSON: each
 * gets what its first successful answer's schema asks for, read by type.
 *
 *     recorded DESCRIPTION.json COUNT
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 4, PROPERTIES = 6 };

static json_t *document;

/* The target of a local reference, or the value itself. */
static json_t *follow(json_t *value) {
    for (int hops = 0; hops < 16 && json_object_get(value, "$ref"); hops++) {
        char name[512];
        json_t *at = document;
        snprintf(name, sizeof name, "%s", json_string_value(json_object_get(value, "$ref")));
        for (char *rest, *part = strtok_r(name, "#/", &rest); part;
             part = strtok_r(NULL, "/", &rest))
            at = json_object_get(at, part);
        value = at;
    }
    return value;
}

static json_t *example(json_t *schema, int depth);

static json_t *example_object(json_t *schema, int depth) {
    json_t *object = json_object(), *value;
    const char *name;
    int left = PROPERTIES;
    json_object_foreach(json_object_get(schema, "properties"), name, value) {
        json_t *made = left-- > 0 && depth < DEPTH ? example(value, depth + 1) : NULL;
        if (made)
            json_object_set_new(object, name, made);
    }
    return object;
}

/* NULL where nothing simple fits. */
static json_t *example(json_t *schema, int depth) {
    schema = follow(schema);
    const char *type = json_string_value(json_object_get(schema, "type"));
    json_t *listed = json_array_get(json_object_get(schema, "enum"), 0);
    if (listed)
        return json_incref(listed);
    if (!type)
        return NULL;
    if (strcmp(type, "object") == 0)
        return example_object(schema, depth);
    if (strcmp(type, "array") == 0) {
        json_t *array = json_array(), *item = example(json_object_get(schema, "items"), depth + 1);
        if (item)
            json_array_append_new(array, item);
        return array;
    }
    if (strcmp(type, "string") == 0)
        return json_string("text");
    if (strcmp(type, "boolean") == 0)
        return json_true();
    return json_integer(1);
}

/* Each `{name}` becomes 1. */
static json_t *filled(const char *path) {
    char text[512];
    size_t size = 0;
    for (const char *c = path; *c && size < sizeof text - 1; c++) {
        text[size++] = *c == '{' ? '1' : *c;
        while (*c == '{' && c[1] && c[1] != '/')
            c++;
    }
    return json_stringn(text, size);
}

static json_t *interaction_of(const char *path, json_t *get) {
    json_t *answer = follow(json_object_get(json_object_get(get, "responses"), "200"));
    json_t *content = json_object_get(json_object_get(answer, "content"), "application/json");
    json_t *body = content ? example(json_object_get(content, "schema"), 0) : NULL;
    if (!body)
        return NULL;
    return json_pack("{s:{s:s,s:o},s:{s:i,s:{s:s},s:o,s:{s:{s:s}}}}", "request", "method", "GET",
                     "path", filled(path), "response", "status", 200, "headers", "Content-Type",
                     "application/json", "body", body, "matchingRules", "$.body", "match", "type");
}

int main(int count, char **arguments) {
    json_error_t error;
    document = count == 3 ? json_load_file(arguments[1], JSON_DECODE_INT_AS_REAL, &error) : NULL;
    if (!document)
        return 2;
    json_t *known = json_array(), *interactions = json_array(), *item;
    const char *path;
    json_object_foreach(json_object_get(document, "paths"), path, item) {
        json_t *get = json_object_get(item, "get");
        json_t *interaction = get ? interaction_of(path, get) : NULL;
        if (interaction)
            json_array_append_new(known, interaction);
    }
    for (int i = 0; i < atoi(arguments[2]); i++) {
        json_t *copy = json_copy(json_array_get(known, (size_t)i % json_array_size(known)));
        json_object_set_new(copy, "description", json_sprintf("request %d", i));
        json_array_append_new(interactions, copy);
    }
    json_t *pact = json_pack("{s:{s:s},s:{s:s},s:o,s:{s:{s:s}}}", "consumer", "name", "Reader",
                             "provider", "name", "GitHub", "interactions", interactions, "metadata",
                             "pactSpecification", "version", "2.0.0");
    int status = json_dumpf(pact, stdout, JSON_INDENT(1));
    json_decref(pact);
    json_decref(known);
    json_decref(document);
    return status ? 1 : 0;
}
