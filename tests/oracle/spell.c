#include "spell.h"

#include "generate.h"

#include <stdio.h>

/* ---- OpenAPI 3.0 ----------------------------------------------------------------------------- */

/* The null of a 3.0 schema is there whatever stands beside `nullable`. */
static bool limits_null(const Value *schema) {
    static const char *const keywords[] = {"enum",  "const", "not",   "if",
                                           "allOf", "anyOf", "oneOf", "$ref"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (value_has(schema, keywords[i]))
            return true;
    return false;
}

static void spell_type(Arena *arena, Value *schema) {
    Value *type = value_get(schema, "type");
    if (!type || type->kind != VALUE_ARRAY || type->items.count != 2 || limits_null(schema) ||
        !value_is_string(type->items.items[1], "null"))
        return;
    value_set(arena, schema, "type", type->items.items[0]);
    value_set(arena, schema, "nullable", value_boolean(arena, true));
}

static void spell_bound(Arena *arena, Value *schema, const char *exclusive, const char *inclusive) {
    Value *bound = value_get(schema, exclusive);
    if (!bound || value_has(schema, inclusive))
        return;
    value_set(arena, schema, inclusive, bound);
    value_set(arena, schema, exclusive, value_boolean(arena, true));
}

static void spell_constant(Arena *arena, Value *schema) {
    Value *constant = value_get(schema, "const");
    if (!constant || value_has(schema, "enum"))
        return;
    Value *list = value_new(arena, VALUE_ARRAY);
    value_push(arena, list, constant);
    value_remove(schema, "const");
    value_set(arena, schema, "enum", list);
}

/* What stands beside a `$ref` would not count. */
static void spell_reference(Arena *arena, Value *schema) {
    Value *reference = value_get(schema, "$ref"), *parts = value_get(schema, "allOf");
    if (!reference || schema->members.count == 1)
        return;
    if (!parts) {
        parts = value_new(arena, VALUE_ARRAY);
        value_set(arena, schema, "allOf", parts);
    }
    Value *part = value_new(arena, VALUE_OBJECT);
    value_set(arena, part, "$ref", reference);
    value_push(arena, parts, part);
    value_remove(schema, "$ref");
}

static void spell_for_3_0(Arena *arena, Value *schema) {
    if (schema->kind == VALUE_BOOLEAN)
        return;
    spell_type(arena, schema);
    spell_bound(arena, schema, "exclusiveMinimum", "minimum");
    spell_bound(arena, schema, "exclusiveMaximum", "maximum");
    spell_constant(arena, schema);
    spell_reference(arena, schema);
}

/* ---- $dynamicRef ----------------------------------------------------------------------------- */

static Value *text_value(Arena *arena, const char *format, size_t number) {
    char text[80];
    snprintf(text, sizeof text, format, number);
    return value_string(arena, text_copy(arena, text_from(text)));
}

static Value *with_anchor(Arena *arena, size_t number) {
    Value *schema = value_new(arena, VALUE_OBJECT);
    value_set(arena, schema, "$dynamicAnchor", text_value(arena, "item%zu", number));
    return schema;
}

static Value *map_of_one(Arena *arena, const char *key, Value *value) {
    Value *map = value_new(arena, VALUE_OBJECT);
    value_set(arena, map, key, value);
    return map;
}

/* A list of anything, whose items are for another to name. */
static void add_generic(Arena *arena, Value *components, size_t number) {
    Value *list = value_new(arena, VALUE_OBJECT), *items = value_new(arena, VALUE_OBJECT);
    value_set(arena, items, "$dynamicRef", text_value(arena, "#item%zu", number));
    value_set(arena, list, "$id", text_value(arena, "https://example.com/list%zu", number));
    value_set(arena, list, "items", items);
    value_set(arena, list, "$defs", map_of_one(arena, "any", with_anchor(arena, number)));
    value_set_text(arena, components, text_value(arena, "List%zu", number)->text, list);
}

static void name_items(Arena *arena, Value *schema, Value *components, size_t number) {
    Value *items = value_get(schema, "items");
    bool crowded =
        value_has(schema, "$ref") || value_has(schema, "$defs") || value_has(schema, "prefixItems");
    if (schema->kind != VALUE_OBJECT || !items || items->kind != VALUE_OBJECT || crowded)
        return;
    Value *named = with_anchor(arena, number), *parts = value_new(arena, VALUE_ARRAY);
    value_push(arena, parts, items);
    value_set(arena, named, "allOf", parts);
    value_remove(schema, "items");
    value_set(arena, schema, "$id", text_value(arena, "https://example.com/of%zu", number));
    value_set(arena, schema, "$ref", text_value(arena, "list%zu", number));
    value_set(arena, schema, "$defs", map_of_one(arena, "own", named));
    add_generic(arena, components, number);
}

/* ---- the whole ------------------------------------------------------------------------------- */

Description spell(Arena *arena, const Description *description) {
    Description copy = description_copy(arena, description);
    SchemaList list = {0};
    if (!description->in_3_0 && !description->dynamic)
        return copy;
    list = schemas_of(arena, &copy);
    for (size_t i = 0; i < list.schemas.count; i++)
        if (description->in_3_0)
            spell_for_3_0(arena, list.schemas.items[i]);
        else if (!value_has(list.schemas.items[i], "unevaluatedItems"))
            name_items(arena, list.schemas.items[i], copy.components, i);
    return copy;
}
