#include "sample.h"

enum { SAMPLE_DEPTH = 7, LONGEST_TEXT = 8 };

typedef struct Sampler {
    Arena *arena;
    Random *random;
    const Description *description;
    const Pool *pool;
} Sampler;

static Value *from_schema(Sampler *sampler, const Value *schema, int depth);

/* ---- the pool -------------------------------------------------------------------------------- */

static Value *text_of_length(Arena *arena, size_t length) {
    char text[LONGEST_TEXT + 1];
    memset(text, 'a', sizeof text);
    return value_string(
        arena, text_copy(arena, (Text){text, length > LONGEST_TEXT ? LONGEST_TEXT : length}));
}

static void add_number(Arena *arena, Text digits, Pool *pool) {
    Fixed number = fixed_of(digits), half = fixed_from(1) / 2;
    static const int steps[] = {-2, -1, 0, 1, 2};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        array_push(arena, &pool->values,
                   value_number(arena, fixed_write(arena, number + half * steps[i])));
}

static void add_constants(Arena *arena, const Value *value, Pool *pool) {
    for (size_t i = 0; i < value->items.count; i++)
        add_constants(arena, value->items.items[i], pool);
    for (size_t i = 0; i < value->members.count; i++) {
        const ValueMember *member = &value->members.items[i];
        if (text_is(member->key, "const"))
            array_push(arena, &pool->values, member->value);
        if (text_is(member->key, "properties"))
            for (size_t j = 0; j < member->value->members.count; j++)
                array_push(arena, &pool->names, member->value->members.items[j].key);
        add_constants(arena, member->value, pool);
    }
    if (value->kind == VALUE_NUMBER)
        add_number(arena, value->text, pool);
    if (value->kind == VALUE_STRING && !text_starts_with(value->text, TEXT("#/")))
        array_push(arena, &pool->values, value_copy(arena, value));
}

void pool_fill(Arena *arena, const Description *description, Pool *pool) {
    add_constants(arena, description->schema, pool);
    add_constants(arena, description->components, pool);
    for (size_t i = 0; i < 4; i++)
        array_push(arena, &pool->values, text_of_length(arena, i));
    array_push(arena, &pool->values, value_new(arena, VALUE_NULL));
    array_push(arena, &pool->values, value_boolean(arena, true));
    array_push(arena, &pool->values, value_boolean(arena, false));
    array_push(arena, &pool->values, value_new(arena, VALUE_ARRAY));
    array_push(arena, &pool->values, value_new(arena, VALUE_OBJECT));
    add_number(arena, TEXT("1"), pool);
    array_push(arena, &pool->names, TEXT("zz"));
    array_push(arena, &pool->names, TEXT("x-b"));
}

static Value *from_pool(Sampler *sampler) {
    const Pool *pool = sampler->pool;
    return value_copy(sampler->arena,
                      pool->values.items[random_below(sampler->random, pool->values.count)]);
}

static Text some_name(Sampler *sampler) {
    if (chance(sampler->random, 20))
        return text_from(random_of(sampler->random, property_names));
    return sampler->pool->names.items[random_below(sampler->random, sampler->pool->names.count)];
}

/* ---- scalars --------------------------------------------------------------------------------- */

/* -1 where the keyword is absent. */
static long bound_of(const Value *schema, const char *keyword) {
    const Value *bound = value_get(schema, keyword);
    return bound && bound->kind == VALUE_NUMBER ? (long)(fixed_of(bound->text) / fixed_from(1))
                                                : -1;
}

/* A count at a bound, mostly within. */
static size_t some_count(Sampler *sampler, const Value *schema, const char *least,
                         const char *most) {
    long low = bound_of(schema, least), high = bound_of(schema, most);
    long from = low < 0 ? 0 : low;
    switch (random_below(sampler->random, 4)) {
    case 0:
        return (size_t)from;
    case 1:
        return high < 0 ? (size_t)from + 1 : (size_t)high;
    case 2:
        return high < 0 ? (size_t)from + 2 : (size_t)high + 1;
    default:
        return (size_t)(from + (high < 0 ? 1 : (high > from)));
    }
}

static Value *a_string(Sampler *sampler, const Value *schema) {
    const Value *pattern = value_get(schema, "pattern");
    if (pattern)
        for (size_t i = 0; i < PATTERN_SAMPLES; i++)
            if (value_is_string(pattern, pattern_samples[i].pattern) && chance(sampler->random, 85))
                return value_string(sampler->arena, text_from(random_of(sampler->random,
                                                                        pattern_samples[i].texts)));
    if (chance(sampler->random, 25)) {
        const PatternSample *some =
            &pattern_samples[random_below(sampler->random, PATTERN_SAMPLES)];
        return value_string(sampler->arena, text_from(random_of(sampler->random, some->texts)));
    }
    return text_of_length(sampler->arena, some_count(sampler, schema, "minLength", "maxLength"));
}

static Value *a_number(Sampler *sampler, const Value *schema) {
    static const char *const keywords[] = {"minimum", "maximum", "exclusiveMinimum",
                                           "exclusiveMaximum", "multipleOf"};
    static const int halves[] = {-2, -1, 0, 0, 1, 2, 2, 4};
    const Value *bound = value_get(schema, random_of(sampler->random, keywords));
    Fixed number = bound && bound->kind == VALUE_NUMBER
                       ? fixed_of(bound->text)
                       : fixed_from((long)random_below(sampler->random, 7));
    number += fixed_from(1) / 2 * random_of(sampler->random, halves);
    const Value *divisor = value_get(schema, "multipleOf");
    if (divisor && chance(sampler->random, 70))
        number -= number % fixed_of(divisor->text);
    if (value_is_string(value_get(schema, "type"), "integer") && chance(sampler->random, 90))
        number -= number % fixed_from(1);
    return value_number(sampler->arena, fixed_write(sampler->arena, number));
}

/* ---- containers ------------------------------------------------------------------------------ */

static Value *an_array(Sampler *sampler, const Value *schema, int depth) {
    Value *array = value_new(sampler->arena, VALUE_ARRAY);
    const Value *prefix = value_get(schema, "prefixItems"), *items = value_get(schema, "items");
    const Value *contains = value_get(schema, "contains");
    size_t count = some_count(sampler, schema, "minItems", "maxItems");
    for (size_t i = 0; i < count && i < 5; i++) {
        const Value *item = prefix && i < prefix->items.count ? prefix->items.items[i] : items;
        if (contains && chance(sampler->random, 50))
            item = contains;
        value_push(sampler->arena, array,
                   item ? from_schema(sampler, item, depth - 1) : from_pool(sampler));
    }
    return array;
}

static void add_member(Sampler *sampler, Value *object, const Value *schema, Text name, int depth) {
    const Value *own = value_get_text(value_get(schema, "properties"), name);
    const Value *patterns = value_get(schema, "patternProperties");
    for (size_t i = 0; !own && patterns && i < patterns->members.count; i++)
        if (pattern_found(sampler->arena, patterns->members.items[i].key, name))
            own = patterns->members.items[i].value;
    if (!own)
        own = value_get(schema, "additionalProperties");
    value_set_text(sampler->arena, object, name,
                   own && own->kind == VALUE_OBJECT ? from_schema(sampler, own, depth - 1)
                                                    : from_pool(sampler));
}

static Value *an_object(Sampler *sampler, const Value *schema, int depth) {
    Value *object = value_new(sampler->arena, VALUE_OBJECT);
    const Value *properties = value_get(schema, "properties");
    const Value *required = value_get(schema, "required");
    unsigned share = depth > SAMPLE_DEPTH - 3 ? 55 : 15;
    for (size_t i = 0; properties && i < properties->members.count; i++)
        if (chance(sampler->random, share))
            add_member(sampler, object, schema, properties->members.items[i].key, depth);
    for (size_t i = 0; required && i < required->items.count; i++)
        if (!value_get_text(object, required->items.items[i]->text) && chance(sampler->random, 97))
            add_member(sampler, object, schema, required->items.items[i]->text, depth);
    bool open = value_has(schema, "additionalProperties") ||
                value_has(schema, "patternProperties") || !properties;
    long least = bound_of(schema, "minProperties");
    for (int i = 0; i < 4; i++)
        if ((long)object->members.count < least || chance(sampler->random, open ? 20 : 5))
            add_member(sampler, object, schema, some_name(sampler), depth);
    return object;
}

/* ---- any schema ------------------------------------------------------------------------------ */

/* What of `other` fits beside `value`: members of both, or one of the two. */
static Value *joined(Sampler *sampler, Value *value, Value *other) {
    if (!value)
        return other;
    if (value->kind != VALUE_OBJECT || other->kind != VALUE_OBJECT)
        return chance(sampler->random, 50) ? value : other;
    for (size_t i = 0; i < other->members.count; i++)
        if (!value_get_text(value, other->members.items[i].key) || chance(sampler->random, 50))
            value_set_text(sampler->arena, value, other->members.items[i].key,
                           other->members.items[i].value);
    return value;
}

static const char *some_type(Sampler *sampler, const Value *schema) {
    static const struct {
        const char *keyword, *type;
    } hints[] = {{"properties", "object"},
                 {"required", "object"},
                 {"items", "array"},
                 {"prefixItems", "array"},
                 {"contains", "array"},
                 {"minLength", "string"},
                 {"maxLength", "string"},
                 {"pattern", "string"},
                 {"minimum", "number"},
                 {"maximum", "number"},
                 {"multipleOf", "number"},
                 {"additionalProperties", "object"},
                 {"minItems", "array"},
                 {"maxItems", "array"},
                 {"uniqueItems", "array"},
                 {"patternProperties", "object"},
                 {"propertyNames", "object"},
                 {"minProperties", "object"},
                 {"maxProperties", "object"},
                 {"dependentRequired", "object"},
                 {"dependentSchemas", "object"},
                 {"exclusiveMinimum", "number"}};
    const Value *type = value_get(schema, "type");
    if (type && type->kind == VALUE_ARRAY && type->items.count)
        type = type->items.items[random_below(sampler->random, type->items.count)];
    if (type && type->kind == VALUE_STRING)
        return text_copy(sampler->arena, type->text).data;
    size_t count = sizeof hints / sizeof *hints, start = random_below(sampler->random, count);
    for (size_t i = 0; i < count; i++)
        if (value_has(schema, hints[(start + i) % count].keyword))
            return hints[(start + i) % count].type;
    return NULL;
}

static Value *of_type(Sampler *sampler, const Value *schema, const char *type, int depth) {
    if (!type)
        return NULL;
    if (!strcmp(type, "object"))
        return an_object(sampler, schema, depth);
    if (!strcmp(type, "array"))
        return an_array(sampler, schema, depth);
    if (!strcmp(type, "string"))
        return a_string(sampler, schema);
    if (!strcmp(type, "integer") || !strcmp(type, "number"))
        return a_number(sampler, schema);
    if (!strcmp(type, "boolean"))
        return value_boolean(sampler->arena, chance(sampler->random, 50));
    return value_new(sampler->arena, VALUE_NULL);
}

static Value *of_combinators(Sampler *sampler, const Value *schema, Value *value, int depth) {
    static const char *const choices[] = {"anyOf", "oneOf"};
    static const char *const parts[] = {"if", "then", "else"};
    for (size_t c = 0; c < 2; c++) {
        const Value *list = value_get(schema, choices[c]);
        if (list && list->items.count)
            value = joined(
                sampler, value,
                from_schema(sampler,
                            list->items.items[random_below(sampler->random, list->items.count)],
                            depth - 1));
    }
    const Value *all = value_get(schema, "allOf");
    for (size_t i = 0; all && i < all->items.count; i++)
        value = joined(sampler, value, from_schema(sampler, all->items.items[i], depth - 1));
    for (size_t i = 0; i < 3; i++)
        if (value_has(schema, parts[i]) && chance(sampler->random, 50))
            value = joined(sampler, value,
                           from_schema(sampler, value_get(schema, parts[i]), depth - 1));
    if (value_has(schema, "not") && chance(sampler->random, 20))
        value = joined(sampler, value, from_schema(sampler, value_get(schema, "not"), depth - 1));
    return value;
}

static Value *from_schema(Sampler *sampler, const Value *schema, int depth) {
    if (schema->kind == VALUE_BOOLEAN || depth < 0)
        return from_pool(sampler);
    const Value *constant = value_get(schema, "const"), *list = value_get(schema, "enum");
    if (constant)
        return value_copy(sampler->arena, constant);
    if (list && list->items.count)
        return value_copy(sampler->arena,
                          list->items.items[random_below(sampler->random, list->items.count)]);
    if (value_has(schema, "nullable") && chance(sampler->random, 30))
        return value_new(sampler->arena, VALUE_NULL);
    Value *value = of_type(sampler, schema, some_type(sampler, schema), depth);
    const Value *target = description_component(sampler->description, value_get(schema, "$ref"));
    if (target)
        value = joined(sampler, value, from_schema(sampler, target, depth - 1));
    value = of_combinators(sampler, schema, value, depth);
    return value ? value : from_pool(sampler);
}

/* ---- small changes --------------------------------------------------------------------------- */

static Value *place_within(Sampler *sampler, Value *value) {
    size_t items = value->items.count, members = value->members.count;
    if ((!items && !members) || chance(sampler->random, 35))
        return value;
    size_t at = random_below(sampler->random, items + members);
    return place_within(sampler, at < items ? value->items.items[at]
                                            : value->members.items[at - items].value);
}

static void change(Sampler *sampler, Value *value) {
    Value *place = place_within(sampler, value);
    if (place->kind == VALUE_OBJECT && place->members.count && chance(sampler->random, 45)) {
        value_remove_at(place, random_below(sampler->random, place->members.count));
    } else if (place->kind == VALUE_OBJECT && chance(sampler->random, 50)) {
        value_set_text(sampler->arena, place, some_name(sampler), from_pool(sampler));
    } else if (place->kind == VALUE_ARRAY && chance(sampler->random, 60)) {
        if (place->items.count && chance(sampler->random, 50))
            value_drop(place, random_below(sampler->random, place->items.count));
        else if (place->items.count)
            value_push(sampler->arena, place, value_copy(sampler->arena, place->items.items[0]));
        else
            value_push(sampler->arena, place, from_pool(sampler));
    } else {
        value_replace(sampler->arena, place, from_pool(sampler));
    }
}

Value *sample(Arena *arena, Random *random, const Description *description, const Pool *pool) {
    Sampler sampler = {arena, random, description, pool};
    Value *value = from_schema(&sampler, description->schema, SAMPLE_DEPTH);
    for (int i = 0; i < 2; i++)
        if (chance(random, i ? 20 : 45))
            change(&sampler, value);
    return value;
}
