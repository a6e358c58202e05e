#include "refactor.h"

/* What the keywords of arrays and objects say in each other's place. */

static bool is_false(const Value *value) {
    return value && value->kind == VALUE_BOOLEAN && !value->truth;
}

static bool has_item(const Value *list, Text text) {
    for (size_t i = 0; list && i < list->items.count; i++)
        if (list->items.items[i]->kind == VALUE_STRING &&
            text_equal(list->items.items[i]->text, text))
            return true;
    return false;
}

/* ---- arrays ---------------------------------------------------------------------------------- */

/* One item is no double. */
bool say_unique(Refactoring *r) {
    const Value *most = value_get(r->schema, "maxItems");
    if (!most || fixed_of(most->text) > fixed_from(1) || value_has(r->schema, "uniqueItems"))
        return false;
    value_set(r->arena, r->schema, "uniqueItems", value_boolean(r->arena, true));
    return true;
}

/* A count of items is one of those that are anything. */
bool count_by_contains(Refactoring *r) {
    Value *least = value_get(r->schema, "minItems");
    if (!is_type(r->schema, "array") || !least || value_has(r->schema, "contains") ||
        !may_be_put_together(r))
        return false;
    value_remove(r->schema, "minItems");
    value_set(r->arena, r->schema, "contains", value_boolean(r->arena, true));
    value_set(r->arena, r->schema, "minContains", least);
    return true;
}

/* Items behind all that are spoken of may not come, or need not be spoken of. */
bool close_tuple(Refactoring *r) {
    const Value *prefix = value_get(r->schema, "prefixItems");
    if (!prefix || !prefix->items.count || value_has(r->schema, "maxItems") ||
        !is_false(value_get(r->schema, "items")) || !may_be_put_together(r))
        return false;
    value_remove(r->schema, "items");
    value_set(r->arena, r->schema, "maxItems", value_integer(r->arena, (long)prefix->items.count));
    return true;
}

/* Items of one type may be told one by one. */
bool spell_items(Refactoring *r) {
    const Value *items = value_get(r->schema, "items");
    if (!items || value_has(r->schema, "prefixItems") || !may_be_put_together(r))
        return false;
    Value *prefix = list_of(r, value_copy(r->arena, items), NULL);
    if (chance(r->random, 50))
        value_push(r->arena, prefix, value_copy(r->arena, items));
    value_set(r->arena, r->schema, "prefixItems", prefix);
    return true;
}

/* ---- names of properties --------------------------------------------------------------------- */

/* A closed object has no other names. */
bool close_by_names(Refactoring *r) {
    const Value *properties = value_get(r->schema, "properties");
    if (!is_type(r->schema, "object") || !properties || !properties->members.count ||
        !is_false(value_get(r->schema, "additionalProperties")) ||
        value_has(r->schema, "patternProperties") || value_has(r->schema, "propertyNames") ||
        !may_be_put_together(r))
        return false;
    Value *names = value_new(r->arena, VALUE_ARRAY), *schema = object(r);
    for (size_t i = 0; i < properties->members.count; i++)
        value_push(r->arena, names, value_string(r->arena, properties->members.items[i].key));
    value_set(r->arena, schema, "enum", names);
    value_remove(r->schema, "additionalProperties");
    value_set(r->arena, r->schema, "propertyNames", schema);
    return true;
}

/* Where no property is declared, all are additional, and a pattern finds all. */
bool find_all_names(Refactoring *r) {
    Value *additional = value_get(r->schema, "additionalProperties");
    if (!is_type(r->schema, "object") || !additional || value_has(r->schema, "properties") ||
        value_has(r->schema, "patternProperties") || !may_be_put_together(r))
        return false;
    Value *patterns = object(r);
    value_set(r->arena, patterns, chance(r->random, 50) ? "" : ".*", additional);
    value_remove(r->schema, "additionalProperties");
    value_set(r->arena, r->schema, "patternProperties", patterns);
    return true;
}

/* ---- properties of variants ------------------------------------------------------------------ */

static Value *choice_of(const Value *schema) {
    Value *list = value_get(schema, "oneOf");
    return list ? list : value_get(schema, "anyOf");
}

static bool all_require(const Value *list, Text name) {
    for (size_t i = 0; i < list->items.count; i++)
        if (!has_item(value_get(list->items.items[i], "required"), name))
            return false;
    return true;
}

/* What all variants require is required. */
bool hoist_required(Refactoring *r) {
    const Value *list = choice_of(r->schema);
    const Value *first = list && list->items.count ? list->items.items[0] : NULL;
    const Value *names = value_get(first, "required");
    if (!names || value_has(r->schema, "required") || value_has(r->schema, "nullable"))
        return false;
    for (size_t i = 0; i < names->items.count; i++) {
        Value *name = names->items.items[i];
        if (!all_require(list, name->text))
            continue;
        value_set(r->arena, r->schema, "required", list_of(r, value_copy(r->arena, name), NULL));
        return true;
    }
    return false;
}

/* A property that all variants describe alike is described alike. */
bool hoist_property(Refactoring *r) {
    const Value *list = choice_of(r->schema);
    const Value *first =
        list && list->items.count ? value_get(list->items.items[0], "properties") : NULL;
    if (!first || value_has(r->schema, "properties") || !may_be_put_together(r) ||
        value_has(r->schema, "additionalProperties") || value_has(r->schema, "nullable"))
        return false;
    for (size_t i = 0; i < first->members.count; i++) {
        Text name = first->members.items[i].key;
        bool everywhere = true;
        for (size_t j = 1; j < list->items.count && everywhere; j++) {
            const Value *own = value_get_text(value_get(list->items.items[j], "properties"), name);
            everywhere = own && value_equal(own, first->members.items[i].value);
        }
        if (!everywhere)
            continue;
        Value *properties = object(r);
        value_set_text(r->arena, properties, name,
                       value_copy(r->arena, first->members.items[i].value));
        value_set(r->arena, r->schema, "properties", properties);
        return true;
    }
    return false;
}

static Value *with_values(Refactoring *r, Text name, const Value *values, size_t from, size_t to) {
    Value *variant = value_copy(r->arena, r->schema), *list = value_new(r->arena, VALUE_ARRAY);
    for (size_t i = from; i < to; i++)
        value_push(r->arena, list, value_copy(r->arena, values->items.items[i]));
    Value *own = value_get_text(value_get(variant, "properties"), name);
    if (to - from == 1 && !value_has(own, "const")) {
        value_remove(own, "enum");
        value_set(r->arena, own, "const", list->items.items[0]);
    } else {
        value_set(r->arena, own, "enum", list);
    }
    return variant;
}

/* An object whose property has one of several values is one of several objects. */
bool split_by_property(Refactoring *r) {
    const Value *properties = value_get(r->schema, "properties");
    if (!is_type(r->schema, "object") || !may_be_put_together(r))
        return false;
    for (size_t i = 0; properties && i < properties->members.count; i++) {
        Text name = properties->members.items[i].key;
        const Value *values = value_get(properties->members.items[i].value, "enum");
        if (!values || values->items.count < 2)
            continue;
        size_t half = 1 + random_below(r->random, values->items.count - 1);
        Value *list = list_of(r, with_values(r, name, values, 0, half), NULL);
        value_push(r->arena, list, with_values(r, name, values, half, values->items.count));
        bool required = has_item(value_get(r->schema, "required"), name);
        Value *whole = object(r);
        value_set(r->arena, whole, required && chance(r->random, 50) ? "oneOf" : "anyOf", list);
        value_replace(r->arena, r->schema, whole);
        return true;
    }
    return false;
}

/* ---- what one property calls for ------------------------------------------------------------- */

static Value *there_is(Refactoring *r, Text name) {
    Value *condition = object(r);
    value_set(r->arena, condition, "type", value_string(r->arena, TEXT("object")));
    value_set(r->arena, condition, "required", list_of(r, value_string(r->arena, name), NULL));
    return condition;
}

/* Where one property is there, another one is, or more is so. */
bool call_by_condition(Refactoring *r) {
    Value *names = value_get(r->schema, "dependentRequired");
    Value *schemas = value_get(r->schema, "dependentSchemas");
    Value *dependent = names ? names : schemas;
    if (!dependent || value_has(r->schema, "allOf") || !may_be_put_together(r))
        return false;
    Value *parts = value_new(r->arena, VALUE_ARRAY);
    for (size_t i = 0; i < dependent->members.count; i++) {
        Value *part = object(r), *required = object(r);
        value_set(r->arena, required, "required", dependent->members.items[i].value);
        value_set(r->arena, part, "if", there_is(r, dependent->members.items[i].key));
        value_set(r->arena, part, "then", names ? required : dependent->members.items[i].value);
        value_push(r->arena, parts, part);
    }
    value_remove(r->schema, names ? "dependentRequired" : "dependentSchemas");
    value_set(r->arena, r->schema, "allOf", parts);
    return true;
}

/* A property that can be nothing is not there. */
bool deny_property(Refactoring *r) {
    Value *properties = value_get(r->schema, "properties");
    if (!properties || value_has(r->schema, "not") || !may_be_put_together(r) ||
        value_has(r->schema, "additionalProperties"))
        return false;
    for (size_t i = 0; i < properties->members.count; i++) {
        if (!is_false(properties->members.items[i].value))
            continue;
        value_set(r->arena, r->schema, "not", there_is(r, properties->members.items[i].key));
        return true;
    }
    return false;
}

/* A closed object may be put together of an open part and the rest, closed as a whole. */
bool close_the_whole(Refactoring *r) {
    Value *properties = value_get(r->schema, "properties");
    if (!properties || properties->members.count < 2 || value_has(r->schema, "allOf") ||
        !is_false(value_get(r->schema, "additionalProperties")) || !may_be_put_together(r) ||
        value_has(r->schema, "patternProperties") || choice_of(r->schema) ||
        value_has(r->schema, "if") || value_has(r->schema, "dependentSchemas") ||
        value_has(r->schema, "$ref"))
        return false;
    Value *part = object(r), *moved = object(r);
    ValueMember last = properties->members.items[--properties->members.count];
    value_set_text(r->arena, moved, last.key, last.value);
    value_set(r->arena, part, "properties", moved);
    value_remove(r->schema, "additionalProperties");
    value_set(r->arena, r->schema, "allOf", list_of(r, part, NULL));
    value_set(r->arena, r->schema, "unevaluatedProperties", value_boolean(r->arena, false));
    return true;
}
