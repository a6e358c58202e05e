#include "refactor.h"

/* Other spellings within one schema. */

static Value *text(Refactoring *r, const char *content) {
    return value_string(r->arena, text_from(content));
}

static size_t type_index(const Value *list, const char *type) {
    for (size_t i = 0; list && i < list->items.count; i++)
        if (value_is_string(list->items.items[i], type))
            return i;
    return SIZE_MAX;
}

/* `unevaluated…` sees through combinators, but not through what a branch leaves out. */
static bool speaks_of_the_rest(const Value *schema) {
    return value_has(schema, "unevaluatedProperties") || value_has(schema, "unevaluatedItems");
}

static bool description_speaks_of_the_rest(Refactoring *r) {
    SchemaList list = schemas_of(r->arena, r->description);
    for (size_t i = 0; i < list.schemas.count; i++)
        if (speaks_of_the_rest(list.schemas.items[i]))
            return true;
    return false;
}

/* A type list with "null" is the rest of the list or null. */
bool respell_nullable(Refactoring *r) {
    Value *types = value_get(r->schema, "type");
    size_t at = types && types->kind == VALUE_ARRAY ? type_index(types, "null") : SIZE_MAX;
    if (at == SIZE_MAX || types->items.count != 2 || value_has(r->schema, "const") ||
        value_has(r->schema, "enum"))
        return false;
    Value *other = types->items.items[1 - at];
    if (chance(r->random, 40)) {
        value_set(r->arena, r->schema, "type", other);
        value_set(r->arena, r->schema, "nullable", value_boolean(r->arena, true));
        return true;
    }
    for (size_t i = 0; i < r->schema->members.count; i++) {
        Text key = r->schema->members.items[i].key;
        if (schema_shape(key) != NO_SCHEMA && !text_is(key, "properties") &&
            !text_is(key, "items") && !text_is(key, "additionalProperties"))
            return false;
    }
    if (speaks_of_the_rest(r->schema) || value_has(r->schema, "$ref"))
        return false;
    Value *rest = value_copy(r->arena, r->schema);
    value_set(r->arena, rest, "type", other);
    Value *null = member(r, "type", text(r, "null"));
    Value *both = chance(r->random, 50) ? list_of(r, rest, null) : list_of(r, null, rest);
    value_replace(r->arena, r->schema, member(r, chance(r->random, 50) ? "anyOf" : "oneOf", both));
    return true;
}

/* `const` is an `enum` of one. */
bool respell_constant(Refactoring *r) {
    Value *constant = value_get(r->schema, "const"), *list = value_get(r->schema, "enum");
    if (constant && !list) {
        value_remove(r->schema, "const");
        value_set(r->arena, r->schema, "enum", list_of(r, constant, NULL));
        return true;
    }
    if (!list || constant || list->items.count != 1)
        return false;
    value_set(r->arena, r->schema, "const", list->items.items[0]);
    value_remove(r->schema, "enum");
    return true;
}

/* Between two neighbouring integers lies none. */
bool respell_integer_bound(Refactoring *r) {
    static const struct {
        const char *from, *to;
        long step;
    } spellings[] = {{"minimum", "exclusiveMinimum", -1},
                     {"exclusiveMinimum", "minimum", 1},
                     {"maximum", "exclusiveMaximum", 1},
                     {"exclusiveMaximum", "maximum", -1}};
    if (!is_type(r->schema, "integer"))
        return false;
    for (size_t i = 0; i < 4; i++) {
        Value *bound = value_get(r->schema, spellings[i].from);
        if (!bound || value_has(r->schema, spellings[i].to) ||
            !fixed_is_integer(fixed_of(bound->text)))
            continue;
        value_remove(r->schema, spellings[i].from);
        value_set(r->arena, r->schema, spellings[i].to,
                  value_number(r->arena, fixed_write(r->arena, fixed_of(bound->text) +
                                                                   fixed_from(spellings[i].step))));
        return true;
    }
    return false;
}

/* 5 is 5.0 is 5e0. */
bool respell_digits(Refactoring *r) {
    static const char *const forms[] = {"%.*s.0", "%.*s.00", "%.*se0"};
    for (size_t i = 0; i < r->schema->members.count; i++) {
        Value *bound = r->schema->members.items[i].value;
        if (bound->kind != VALUE_NUMBER || text_find_byte(bound->text, '.', 0) != SIZE_MAX ||
            text_find_byte(bound->text, 'e', 0) != SIZE_MAX)
            continue;
        size_t form = random_below(r->random, 3);
        Text digits = form == 0   ? text_format(r->arena, forms[0], TEXT_ARG(bound->text))
                      : form == 1 ? text_format(r->arena, "%.*s.00", TEXT_ARG(bound->text))
                                  : text_format(r->arena, "%.*se0", TEXT_ARG(bound->text));
        value_set_text(r->arena, r->schema, r->schema->members.items[i].key,
                       value_number(r->arena, digits));
        return true;
    }
    return false;
}

/* A combinator of one member is that member. */
bool wrap_alone(Refactoring *r) {
    static const char *const keywords[] = {"allOf", "allOf", "anyOf", "oneOf"};
    Value *inner = value_copy(r->arena, r->schema);
    value_replace(r->arena, r->schema,
                  member(r, random_of(r->random, keywords), list_of(r, inner, NULL)));
    return true;
}

/* A list of types is the union of each of them under the same keywords. Types do not overlap. */
bool split_types(Refactoring *r) {
    Value *types = value_get(r->schema, "type");
    if (!types || types->kind != VALUE_ARRAY || types->items.count < 2 ||
        speaks_of_the_rest(r->schema))
        return false;
    if (type_index(types, "integer") != SIZE_MAX && type_index(types, "number") != SIZE_MAX)
        return false;
    Value *list = value_new(r->arena, VALUE_ARRAY);
    for (size_t i = 0; i < types->items.count; i++) {
        for (size_t j = 0; j < i; j++)
            if (value_equal(types->items.items[i], types->items.items[j]))
                return false;
        Value *part = value_copy(r->arena, r->schema);
        value_set(r->arena, part, "type", value_copy(r->arena, types->items.items[i]));
        value_push(r->arena, list, part);
    }
    value_replace(r->arena, r->schema, member(r, chance(r->random, 50) ? "anyOf" : "oneOf", list));
    return true;
}

static bool has_duplicates(const Value *list) {
    for (size_t i = 0; i < list->items.count; i++)
        for (size_t j = 0; j < i; j++)
            if (value_equal(list->items.items[i], list->items.items[j]))
                return true;
    return false;
}

/* An enumeration is a choice of its values. */
bool split_enum(Refactoring *r) {
    Value *values = value_get(r->schema, "enum");
    if (!values || values->items.count < 2 || r->schema->members.count > 2 ||
        (r->schema->members.count == 2 && !value_has(r->schema, "type")) || has_duplicates(values))
        return false;
    Value *list = value_new(r->arena, VALUE_ARRAY);
    size_t count = values->items.count, half = chance(r->random, 50) ? count / 2 : 1;
    for (size_t i = 0; i < count;) {
        Value *part = value_copy(r->arena, r->schema);
        Value *own = value_new(r->arena, VALUE_ARRAY);
        for (size_t j = 0; j < half && i < count; j++)
            value_push(r->arena, own, values->items.items[i++]);
        value_set(r->arena, part, "enum", own);
        value_push(r->arena, list, part);
    }
    value_replace(r->arena, r->schema, member(r, chance(r->random, 50) ? "anyOf" : "oneOf", list));
    return true;
}

/* What all variants demand may stand beside them. */
bool merge_types_out(Refactoring *r) {
    const char *keyword = value_has(r->schema, "oneOf") ? "oneOf" : "anyOf";
    Value *list = value_get(r->schema, keyword);
    if (!list || value_has(r->schema, "type") || !list->items.count)
        return false;
    const Value *type = value_get(list->items.items[0], "type");
    for (size_t i = 0; i < list->items.count; i++) {
        const Value *own = value_get(list->items.items[i], "type");
        if (!type || !own || !value_equal(type, own) || value_has(list->items.items[i], "nullable"))
            return false;
    }
    value_set(r->arena, r->schema, "type", value_copy(r->arena, type));
    for (size_t i = 0; chance(r->random, 60) && i < list->items.count; i++)
        value_remove(list->items.items[i], "type");
    return true;
}

/* Keywords whose value restricts nothing, and annotations. */
bool say_nothing_more(Refactoring *r) {
    static const char *const words[] = {"description", "title",       "$comment",      "example",
                                        "minLength",   "minItems",    "minProperties", "not",
                                        "items",       "uniqueItems", "allOf",         "if"};
    const char *word = random_of(r->random, words);
    if (r->schema->kind != VALUE_OBJECT || value_has(r->schema, word))
        return false;
    Value *value = text(r, "words");
    if (!strncmp(word, "min", 3))
        value = value_integer(r->arena, 0);
    else if (!strcmp(word, "not") || !strcmp(word, "uniqueItems"))
        value = value_boolean(r->arena, false);
    else if (!strcmp(word, "allOf"))
        value = list_of(r, object(r), NULL);
    else if (!strcmp(word, "items") || !strcmp(word, "if"))
        value = chance(r->random, 50) ? object(r) : value_boolean(r->arena, true);
    if (!strcmp(word, "items") && description_speaks_of_the_rest(r))
        return false;
    if (!strcmp(word, "if") && (value_has(r->schema, "then") || value_has(r->schema, "else")))
        return false;
    value_set(r->arena, r->schema, word, value);
    return true;
}

/* A member said twice is said once; in `oneOf` it would be taken twice. */
bool repeat_member(Refactoring *r) {
    static const char *const keywords[] = {"anyOf", "allOf", "enum", "required"};
    Value *list = value_get(r->schema, random_of(r->random, keywords));
    if (!list || !list->items.count)
        return false;
    value_push(r->arena, list,
               value_copy(r->arena, list->items.items[random_below(r->random, list->items.count)]));
    return true;
}

static bool told_apart_by_kind(const Value *a, const Value *b) {
    const Value *left = value_get(value_get(value_get(a, "properties"), "kind"), "const");
    const Value *right = value_get(value_get(value_get(b, "properties"), "kind"), "const");
    const Value *one = value_get(a, "required"), *other = value_get(b, "required");
    return left && right && !value_equal(left, right) && is_type(a, "object") &&
           is_type(b, "object") && type_index(one, "kind") != SIZE_MAX &&
           type_index(other, "kind") != SIZE_MAX;
}

static bool told_apart_by_type(const Value *a, const Value *b) {
    const Value *left = value_get(a, "type"), *right = value_get(b, "type");
    if (!left || !right || left->kind != VALUE_STRING || right->kind != VALUE_STRING ||
        value_has(a, "nullable") || value_has(b, "nullable"))
        return false;
    bool numbers = text_is(left->text, "number") || text_is(right->text, "number");
    bool integers = text_is(left->text, "integer") || text_is(right->text, "integer");
    return !value_equal(left, right) && !(numbers && integers);
}

/* A choice of disjoint variants takes what at least one, and so exactly one, takes. */
bool turn_choice(Refactoring *r) {
    const char *keyword = value_has(r->schema, "oneOf") ? "oneOf" : "anyOf";
    const char *other = value_has(r->schema, "oneOf") ? "anyOf" : "oneOf";
    Value *list = value_get(r->schema, keyword);
    if (!list || value_has(r->schema, other))
        return false;
    for (size_t i = 0; i < list->items.count; i++)
        for (size_t j = 0; j < i; j++)
            if (!told_apart_by_kind(list->items.items[i], list->items.items[j]) &&
                !told_apart_by_type(list->items.items[i], list->items.items[j]))
                return false;
    value_remove(r->schema, keyword);
    value_set(r->arena, r->schema, other, list);
    return true;
}

/* What is not spoken of is allowed. */
bool say_additional(Refactoring *r) {
    Value *additional = value_get(r->schema, "additionalProperties");
    if (description_speaks_of_the_rest(r))
        return false;
    if (additional &&
        (additional->truth || (additional->kind == VALUE_OBJECT && !additional->members.count))) {
        value_remove(r->schema, "additionalProperties");
        return true;
    }
    if (additional || !value_has(r->schema, "properties"))
        return false;
    value_set(r->arena, r->schema, "additionalProperties",
              chance(r->random, 50) ? object(r) : value_boolean(r->arena, true));
    return true;
}

static bool is_word_of(const Value *value, const Value *type) {
    return (value->kind == VALUE_STRING && value_is_string(type, "string")) ||
           (value->kind == VALUE_BOOLEAN && value_is_string(type, "boolean"));
}

/* Constants have types of their own. */
bool drop_implied_type(Refactoring *r) {
    Value *constant = value_get(r->schema, "const"), *list = value_get(r->schema, "enum");
    const Value *type = value_get(r->schema, "type");
    if (!type || (!constant && !list) || value_has(r->schema, "nullable"))
        return false;
    if (constant && !is_word_of(constant, type))
        return false;
    for (size_t i = 0; list && i < list->items.count; i++)
        if (!is_word_of(list->items.items[i], type))
            return false;
    value_remove(r->schema, "type");
    return true;
}

/* Where no other schema applies in the same place, nothing else evaluates properties. */
bool close_unevaluated(Refactoring *r) {
    static const char *const in_place[] = {
        "allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas", "unevaluatedProperties"};
    for (size_t i = 0; i < sizeof in_place / sizeof *in_place; i++)
        if (value_has(r->schema, in_place[i]))
            return false;
    Value *additional = value_get(r->schema, "additionalProperties");
    if (!additional || description_speaks_of_the_rest(r))
        return false;
    value_remove(r->schema, "additionalProperties");
    value_set(r->arena, r->schema, "unevaluatedProperties", additional);
    return true;
}

/* A dependent list of names is a dependent schema that requires them. */
bool respell_dependent(Refactoring *r) {
    Value *dependent = value_get(r->schema, "dependentRequired");
    if (!dependent || value_has(r->schema, "dependentSchemas"))
        return false;
    value_remove(r->schema, "dependentRequired");
    for (size_t i = 0; i < dependent->members.count; i++)
        dependent->members.items[i].value =
            member(r, "required", dependent->members.items[i].value);
    value_set(r->arena, r->schema, "dependentSchemas", dependent);
    return true;
}

/* A condition is met with its consequence, or it is not met. */
bool respell_condition(Refactoring *r) {
    Value *condition = value_get(r->schema, "if"), *then = value_get(r->schema, "then");
    Value *otherwise = value_get(r->schema, "else");
    if (!condition || (!then && !otherwise) || value_has(r->schema, "anyOf") ||
        description_speaks_of_the_rest(r))
        return false;
    Value *negated = member(r, "not", value_copy(r->arena, condition));
    Value *met = member(r, "allOf", list_of(r, condition, then));
    Value *unmet = member(r, "allOf", list_of(r, negated, otherwise));
    value_remove(r->schema, "if");
    value_remove(r->schema, "then");
    value_remove(r->schema, "else");
    value_set(r->arena, r->schema, chance(r->random, 50) ? "anyOf" : "oneOf",
              list_of(r, met, unmet));
    return !value_has(r->schema, "oneOf") || true;
}

/* What is not not so is so. */
bool deny_twice(Refactoring *r) {
    static const char *const plain[] = {"string", "integer", "boolean", "number"};
    bool simple = false;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        simple |= is_type(r->schema, plain[i]);
    if (!simple || r->schema->members.count > 1 || description_speaks_of_the_rest(r))
        return false;
    Value *inner = member(r, "not", value_copy(r->arena, r->schema));
    value_replace(r->arena, r->schema, member(r, "not", inner));
    return true;
}
