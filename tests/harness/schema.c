#include "harness.h"

#include "graph/canonical.h"

/* JSON Schema 2020-12 in the keywords that the report's schema uses. */

typedef struct Check {
    Arena *arena;
    const json_t *root;
} Check;

static Text check(Check *check_of, const json_t *schema, const json_t *value, Text at);

static const char *type_name(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "object";
    case JSON_ARRAY:
        return "array";
    case JSON_STRING:
        return "string";
    case JSON_INTEGER:
        return "integer";
    case JSON_REAL:
        return "number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "boolean";
    case JSON_NULL:
        return "null";
    }
    return "nothing";
}

static bool has_type(const json_t *wanted, const json_t *value) {
    if (json_is_string(wanted))
        return !strcmp(json_string_value(wanted), type_name(value)) ||
               (!strcmp(json_string_value(wanted), "number") && json_is_integer(value));
    for (size_t i = 0; i < json_array_size(wanted); i++)
        if (has_type(json_array_get(wanted, i), value))
            return true;
    return false;
}

static const json_t *resolve(const Check *check_of, const char *reference) {
    const char *name = strrchr(reference, '/');
    return json_object_get(json_object_get(check_of->root, "$defs"), name ? name + 1 : reference);
}

static Text check_properties(Check *check_of, const json_t *schema, const json_t *value, Text at) {
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *additional = json_object_get(schema, "additionalProperties");
    const json_t *names = json_object_get(schema, "propertyNames");
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, name, member) {
        const json_t *described = json_object_get(properties, name);
        json_t *key = names ? json_string(name) : NULL;
        Text misnamed = names ? check(check_of, names, key, at) : (Text){0};
        json_decref(key);
        if (misnamed.size)
            return misnamed;
        if (!described && additional && json_is_false(additional))
            return text_format(check_of->arena, "%.*s has an undeclared `%s`", TEXT_ARG(at), name);
        if (!described && json_is_object(additional))
            described = additional;
        if (!described)
            continue;
        Text wrong = check(check_of, described, member,
                           text_format(check_of->arena, "%.*s.%s", TEXT_ARG(at), name));
        if (wrong.size)
            return wrong;
    }
    const json_t *required = json_object_get(schema, "required");
    for (size_t i = 0; i < json_array_size(required); i++)
        if (!json_object_get(value, json_string_value(json_array_get(required, i))))
            return text_format(check_of->arena, "%.*s lacks `%s`", TEXT_ARG(at),
                               json_string_value(json_array_get(required, i)));
    return (Text){0};
}

static Text check_items(Check *check_of, const json_t *schema, const json_t *value, Text at) {
    const json_t *fewest = json_object_get(schema, "minItems");
    if (fewest && json_array_size(value) < (size_t)json_integer_value(fewest))
        return text_format(check_of->arena, "%.*s has too few items", TEXT_ARG(at));
    const json_t *items = json_object_get(schema, "items");
    bool unique = json_is_true(json_object_get(schema, "uniqueItems"));
    for (size_t i = 0; i < json_array_size(value); i++) {
        Text here = text_format(check_of->arena, "%.*s[%zu]", TEXT_ARG(at), i);
        Text wrong = items ? check(check_of, items, json_array_get(value, i), here) : (Text){0};
        if (wrong.size)
            return wrong;
        for (size_t j = 0; unique && j < i; j++)
            if (json_equal(json_array_get(value, i), json_array_get(value, j)))
                return text_format(check_of->arena, "%.*s repeats an item", TEXT_ARG(here));
    }
    return (Text){0};
}

static Text check_values(Check *check_of, const json_t *schema, const json_t *value, Text at) {
    const json_t *constant = json_object_get(schema, "const");
    const json_t *listed = json_object_get(schema, "enum");
    bool found = !listed;
    for (size_t i = 0; i < json_array_size(listed) && !found; i++)
        found = json_equal(json_array_get(listed, i), value);
    if (!found || (constant && !json_equal(constant, value)))
        return text_format(check_of->arena, "%.*s is none of the values", TEXT_ARG(at));
    const json_t *minimum = json_object_get(schema, "minimum");
    if (minimum && json_is_number(value) && json_number_value(value) < json_number_value(minimum))
        return text_format(check_of->arena, "%.*s is below the minimum", TEXT_ARG(at));
    const json_t *maximum = json_object_get(schema, "maximum");
    if (maximum && json_is_number(value) && json_number_value(value) > json_number_value(maximum))
        return text_format(check_of->arena, "%.*s is above the maximum", TEXT_ARG(at));
    if (!json_is_string(value))
        return (Text){0};
    Text text = {json_string_value(value), json_string_length(value)};
    const json_t *shortest = json_object_get(schema, "minLength");
    if (shortest && text_length(text) < (size_t)json_integer_value(shortest))
        return text_format(check_of->arena, "%.*s is too short", TEXT_ARG(at));
    const json_t *pattern = json_object_get(schema, "pattern");
    if (pattern && pattern_accepts(text_from(json_string_value(pattern)), text) != ACCEPTED)
        return text_format(check_of->arena, "%.*s does not match its pattern", TEXT_ARG(at));
    return (Text){0};
}

static Text unknown_keyword(const Check *check_of, const json_t *schema) {
    static const char *const known[] = {
        "$schema",      "$id",         "$defs",    "$ref",       "title",
        "type",         "const",       "enum",     "minimum",    "minLength",
        "pattern",      "items",       "required", "properties", "additionalProperties",
        "description",  "uniqueItems", "anyOf",    "minItems",   "maximum",
        "propertyNames"};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)schema, name, value) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known && !found; i++)
            found = !strcmp(known[i], name);
        if (!found)
            return text_format(check_of->arena, "the schema's keyword `%s` is not known here",
                               name);
    }
    return (Text){0};
}

/* What is wrong by the first of them, where none accepts. */
static Text check_any_of(Check *check_of, const json_t *schemas, const json_t *value, Text at) {
    Text wrong = {0};
    for (size_t i = 0; i < json_array_size(schemas); i++) {
        Text first = check(check_of, json_array_get(schemas, i), value, at);
        if (!first.size)
            return first;
        wrong = wrong.size ? wrong : first;
    }
    return wrong;
}

static Text check(Check *check_of, const json_t *schema, const json_t *value, Text at) {
    Text wrong = unknown_keyword(check_of, schema);
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    const json_t *target = reference ? resolve(check_of, reference) : NULL;
    if (wrong.size)
        return wrong;
    if (reference && !target)
        return text_format(check_of->arena, "`%s` leads nowhere in the schema", reference);
    if (target)
        wrong = check(check_of, target, value, at);
    const json_t *type = json_object_get(schema, "type");
    if (!wrong.size && type && !has_type(type, value))
        return text_format(check_of->arena, "%.*s is of the type %s", TEXT_ARG(at),
                           type_name(value));
    if (!wrong.size)
        wrong = check_values(check_of, schema, value, at);
    if (!wrong.size && json_is_object(value))
        wrong = check_properties(check_of, schema, value, at);
    if (!wrong.size && json_is_array(value))
        wrong = check_items(check_of, schema, value, at);
    if (!wrong.size)
        wrong = check_any_of(check_of, json_object_get(schema, "anyOf"), value, at);
    return wrong;
}

Text schema_violation(Arena *arena, const json_t *schema, const json_t *value) {
    Check check_of = {arena, schema};
    return check(&check_of, schema, value, TEXT("report"));
}
