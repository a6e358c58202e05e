#include "refactor.h"

/* Other ways to put together the same set of values, in whole schemas: by the laws of sets, and by
 * what the keywords of a kind say of each other. */

static Value *word(Refactoring *r, const char *text) {
    return value_string(r->arena, text_from(text));
}

static bool has_only(const Value *schema, const char *const *keys, size_t count) {
    for (size_t i = 0; i < schema->members.count; i++) {
        bool known = false;
        for (size_t j = 0; j < count && !known; j++)
            known = text_is(schema->members.items[i].key, keys[j]);
        if (!known)
            return false;
    }
    return schema->kind == VALUE_OBJECT;
}

/* ---- the laws of sets ------------------------------------------------------------------------ */

static Value *property_test(Refactoring *r, const Value *properties) {
    const ValueMember *property =
        &properties->members.items[random_below(r->random, properties->members.count)];
    Value *name = value_string(r->arena, property->key);
    if (chance(r->random, 40))
        return member(r, "required", list_of(r, name, NULL));
    Value *test = object(r), *inner = object(r);
    value_set_text(r->arena, inner, property->key,
                   chance(r->random, 50) ? member(r, "const", word(r, "red"))
                                         : member(r, "type", word(r, "string")));
    value_set(r->arena, test, "properties", inner);
    if (chance(r->random, 60))
        value_set(r->arena, test, "required", list_of(r, name, NULL));
    return test;
}

/* A schema that speaks of no property that `schema` does not declare. */
static Value *some_test(Refactoring *r) {
    const Value *properties = value_get(r->schema, "properties");
    if (properties && properties->members.count && chance(r->random, 70))
        return property_test(r, properties);
    switch (random_below(r->random, 7)) {
    case 0:
        return member(r, "type", word(r, "string"));
    case 1:
        return member(r, "minLength", value_integer(r->arena, 2));
    case 2:
        return member(r, "minimum", value_integer(r->arena, 2));
    case 3:
        return member(r, "const", word(r, "red"));
    case 4:
        return member(r, "maxItems", value_integer(r->arena, 1));
    case 5:
        return member(r, "minProperties", value_integer(r->arena, 2));
    default:
        return member(r, "pattern", word(r, "^a"));
    }
}

static Value *copy_of(Refactoring *r) {
    return value_copy(r->arena, r->schema);
}

/* What is within a schema meets another or does not. */
bool split_by_test(Refactoring *r) {
    if (!may_be_put_together(r) || r->schema->kind != VALUE_OBJECT)
        return false;
    Value *test = some_test(r), *denied = member(r, "not", value_copy(r->arena, test));
    Value *met = member(r, "allOf", list_of(r, copy_of(r), test));
    Value *unmet = member(r, "allOf", list_of(r, copy_of(r), denied));
    value_replace(r->arena, r->schema,
                  member(r, chance(r->random, 50) ? "anyOf" : "oneOf", list_of(r, met, unmet)));
    return true;
}

/* A part of a set adds nothing to it. */
bool add_part(Refactoring *r) {
    if (!may_be_put_together(r) || r->schema->kind != VALUE_OBJECT)
        return false;
    Value *part = member(r, "allOf", list_of(r, copy_of(r), some_test(r)));
    Value *whole = copy_of(r);
    value_replace(
        r->arena, r->schema,
        member(r, "anyOf",
               chance(r->random, 50) ? list_of(r, part, whole) : list_of(r, whole, part)));
    return true;
}

/* Whatever is asked, the answer is the same. */
bool ask_in_vain(Refactoring *r) {
    if (!may_be_put_together(r) || r->schema->kind != VALUE_OBJECT)
        return false;
    Value *whole = object(r);
    bool decided = chance(r->random, 50), truth = chance(r->random, 50);
    value_set(r->arena, whole, "if", decided ? value_boolean(r->arena, truth) : some_test(r));
    if (!decided || truth)
        value_set(r->arena, whole, "then", copy_of(r));
    if (!decided || !truth)
        value_set(r->arena, whole, "else", copy_of(r));
    value_replace(r->arena, r->schema, whole);
    return true;
}

/* What stands beside a choice holds in each variant. */
bool spread_choice(Refactoring *r) {
    const char *keyword = chance(r->random, 50) ? "anyOf" : "oneOf";
    const Value *list = value_get(r->schema, keyword);
    if (!list || !may_be_put_together(r) || r->schema->members.count < 2 ||
        value_has(r->schema, "discriminator") || value_has(r->schema, "nullable"))
        return false;
    Value *beside = copy_of(r), *variants = value_new(r->arena, VALUE_ARRAY);
    value_remove(beside, keyword);
    for (size_t i = 0; i < list->items.count; i++)
        value_push(
            r->arena, variants,
            member(r, "allOf", list_of(r, value_copy(r->arena, beside), list->items.items[i])));
    value_replace(r->arena, r->schema, member(r, keyword, variants));
    return true;
}

/* What is in none of several is outside of each. */
bool deny_each(Refactoring *r) {
    Value *denied = value_get(r->schema, "not");
    const Value *list = value_get(denied, "anyOf");
    if (!denied || value_has(r->schema, "allOf") || !may_be_put_together(r))
        return false;
    if (!list) {
        Value *part = member(r, "not", denied);
        value_remove(r->schema, "not");
        value_set(r->arena, r->schema, "allOf", list_of(r, part, NULL));
        return true;
    }
    if (denied->members.count > 1)
        return false;
    Value *parts = value_new(r->arena, VALUE_ARRAY);
    for (size_t i = 0; i < list->items.count; i++)
        value_push(r->arena, parts, member(r, "not", list->items.items[i]));
    value_remove(r->schema, "not");
    value_set(r->arena, r->schema, "allOf", parts);
    return true;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool get_integer(const Value *schema, const char *key, long *number) {
    const Value *value = value_get(schema, key);
    if (!value || value->kind != VALUE_NUMBER || !fixed_is_integer(fixed_of(value->text)) ||
        value->text.size > 3)
        return false;
    for (*number = -99; *number < 999; ++*number)
        if (fixed_from(*number) == fixed_of(value->text))
            return true;
    return false;
}

/* A multiple of six is one of two and of three. */
bool split_multiple(Refactoring *r) {
    static const long factors[][3] = {{6, 2, 3}, {4, 2, 4}, {2, 1, 2}, {3, 3, 1}};
    long multiple;
    if (!get_integer(r->schema, "multipleOf", &multiple) || value_has(r->schema, "allOf"))
        return false;
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        if (factors[i][0] != multiple)
            continue;
        Value *first = member(r, "multipleOf", value_integer(r->arena, factors[i][1]));
        Value *second = member(r, "multipleOf", value_integer(r->arena, factors[i][2]));
        value_remove(r->schema, "multipleOf");
        value_set(r->arena, r->schema, "allOf", list_of(r, first, second));
        return true;
    }
    return false;
}

/* The least multiple above a bound is the least that there is. */
bool round_bound(Refactoring *r) {
    long multiple, bound;
    if (!get_integer(r->schema, "multipleOf", &multiple) || multiple < 2)
        return false;
    if (get_integer(r->schema, "minimum", &bound)) {
        while (bound % multiple)
            bound++;
        value_set(r->arena, r->schema, "minimum", value_integer(r->arena, bound));
        return true;
    }
    if (!get_integer(r->schema, "maximum", &bound))
        return false;
    while (bound % multiple)
        bound--;
    value_set(r->arena, r->schema, "maximum", value_integer(r->arena, bound));
    return true;
}

/* An integer is a number that is a multiple of one. */
bool respell_integer(Refactoring *r) {
    if (!is_type(r->schema, "integer") || value_has(r->schema, "multipleOf") ||
        value_has(r->schema, "format"))
        return false;
    value_set(r->arena, r->schema, "type", word(r, "number"));
    value_set(r->arena, r->schema, "multipleOf", value_integer(r->arena, 1));
    return true;
}

/* Integers between two bounds are few. */
bool list_integers(Refactoring *r) {
    static const char *const keys[] = {"type", "minimum", "maximum"};
    long least, most;
    if (!is_type(r->schema, "integer") || !has_only(r->schema, keys, 3) ||
        !get_integer(r->schema, "minimum", &least) || !get_integer(r->schema, "maximum", &most) ||
        most < least)
        return false;
    Value *list = value_new(r->arena, VALUE_ARRAY);
    for (long number = least; number <= most; number++)
        value_push(r->arena, list, value_integer(r->arena, number));
    value_remove(r->schema, "minimum");
    value_remove(r->schema, "maximum");
    value_set(r->arena, r->schema, "enum", list);
    return true;
}

/* A range is two that touch or overlap. */
bool split_range(Refactoring *r) {
    static const struct {
        const char *type, *least, *most;
    } ranges[] = {{"integer", "minimum", "maximum"},
                  {"string", "minLength", "maxLength"},
                  {"array", "minItems", "maxItems"},
                  {"object", "minProperties", "maxProperties"}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (!is_type(r->schema, ranges[i].type) || value_has(r->schema, ranges[i].least) ||
            value_has(r->schema, ranges[i].most) || !may_be_put_together(r))
            continue;
        long at = 1 + (long)random_below(r->random, 3);
        Value *low = copy_of(r), *high = copy_of(r);
        value_set(r->arena, low, ranges[i].most, value_integer(r->arena, at));
        value_set(r->arena, high, ranges[i].least,
                  value_integer(r->arena, at + (chance(r->random, 60) ? 1 : 0)));
        value_replace(r->arena, r->schema, member(r, "anyOf", list_of(r, low, high)));
        return true;
    }
    return false;
}
