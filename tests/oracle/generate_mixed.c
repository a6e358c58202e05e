#include "generate.h"

/* Schemas whose keywords stand beside combinators, and combinators within combinators: seldom
 * written, and where a comparison keyword by keyword goes wrong. */

static Value *with_schema(Generator *generator, const char *keyword, Value *value) {
    Value *schema = value_new(generator->arena, VALUE_OBJECT);
    value_set(generator->arena, schema, keyword, value);
    return schema;
}

static Value *with_name(Generator *generator, const char *keyword, Value *value) {
    const char *name = random_of(generator->random, property_names);
    Value *map = value_new(generator->arena, VALUE_OBJECT);
    value_set(generator->arena, map, name, value);
    return with_schema(generator, keyword, map);
}

static Value *required_names(Generator *generator, size_t count) {
    Value *names = value_new(generator->arena, VALUE_ARRAY);
    for (size_t i = 0; i < count; i++)
        value_push(generator->arena, names,
                   value_string(generator->arena,
                                text_from(random_of(generator->random, property_names))));
    return names;
}

/* One or two keywords, mostly without a type: such variants overlap. */
static Value *make_small(Generator *generator) {
    static const char *const types[] = {"string", "integer", "number", "object", "array", "null"};
    static const char *const divisors[] = {"2", "3", "4", "6"};
    Arena *arena = generator->arena;
    Random *random = generator->random;
    switch (random_below(random, 8)) {
    case 0:
        return value_new(arena, VALUE_OBJECT);
    case 1:
        return with_schema(generator, "required", required_names(generator, 1));
    case 2:
        return with_schema(generator, "required", required_names(generator, 2));
    case 3:
        return with_schema(generator, "type",
                           value_string(arena, text_from(random_of(random, types))));
    case 4:
        return with_schema(generator, "multipleOf",
                           value_number(arena, text_from(random_of(random, divisors))));
    case 5:
        return with_name(generator, "properties", generate_schema(generator, 0));
    case 6:
        return with_schema(generator, chance(random, 50) ? "minimum" : "maximum",
                           value_integer(arena, (long)random_below(random, 5)));
    default:
        return generate_schema(generator, 0);
    }
}

static Value *some_schema(Generator *generator, int depth) {
    if (depth <= 0 || chance(generator->random, 50))
        return make_small(generator);
    return chance(generator->random, 40) ? generate_mixed(generator, depth - 1)
                                         : generate_schema(generator, depth - 1);
}

static Value *some_schemas(Generator *generator, int depth) {
    Value *list = value_new(generator->arena, VALUE_ARRAY);
    size_t count = 1 + random_below(generator->random, 3);
    for (size_t i = 0; i < count; i++)
        value_push(generator->arena, list, some_schema(generator, depth));
    return list;
}

static void add_condition(Generator *generator, Value *schema, int depth) {
    Arena *arena = generator->arena;
    value_set(arena, schema, "if", some_schema(generator, depth));
    if (chance(generator->random, 75))
        value_set(arena, schema, "then", some_schema(generator, depth));
    if (chance(generator->random, 50))
        value_set(arena, schema, "else", some_schema(generator, depth));
}

static void add_rest(Generator *generator, Value *schema, int depth) {
    static const char *const keywords[] = {"unevaluatedProperties", "unevaluatedProperties",
                                           "unevaluatedItems"};
    Value *rest = chance(generator->random, 60) ? value_boolean(generator->arena, false)
                                                : some_schema(generator, depth - 1);
    value_set(generator->arena, schema, random_of(generator->random, keywords), rest);
}

static void add_contains(Generator *generator, Value *schema, int depth) {
    Arena *arena = generator->arena;
    value_set(arena, schema, "contains", some_schema(generator, depth - 1));
    if (chance(generator->random, 40))
        value_set(arena, schema, "minContains",
                  value_integer(arena, (long)random_below(generator->random, 3)));
    if (chance(generator->random, 40))
        value_set(arena, schema, "maxContains",
                  value_integer(arena, 1 + (long)random_below(generator->random, 2)));
}

static void add_part(Generator *generator, Value *schema, int depth) {
    static const char *const lists[] = {"anyOf", "oneOf", "oneOf", "allOf"};
    static const char *const maps[] = {"dependentSchemas", "properties", "patternProperties"};
    Arena *arena = generator->arena;
    Random *random = generator->random;
    switch (random_below(random, 8)) {
    case 0:
    case 1:
    case 2:
        value_set(arena, schema, random_of(random, lists), some_schemas(generator, depth));
        return;
    case 3:
        value_set(arena, schema, "not", some_schema(generator, depth));
        return;
    case 4:
        add_condition(generator, schema, depth);
        return;
    case 5:
        add_rest(generator, schema, depth);
        return;
    case 6:
        add_contains(generator, schema, depth);
        return;
    default: {
        const char *keyword = random_of(random, maps);
        const char *key = keyword[1] == 'a' ? "^[a-z]+$" : random_of(random, property_names);
        Value *map = value_new(arena, VALUE_OBJECT);
        value_set(arena, map, key, some_schema(generator, depth - 1));
        value_set(arena, schema, keyword, map);
        return;
    }
    }
}

Value *generate_mixed(Generator *generator, int depth) {
    Value *schema = chance(generator->random, 60) ? generate_schema(generator, depth - 1)
                                                  : value_new(generator->arena, VALUE_OBJECT);
    size_t parts = 1 + random_below(generator->random, 3);
    for (size_t i = 0; i < parts && schema->kind == VALUE_OBJECT; i++)
        add_part(generator, schema, depth);
    return schema;
}
