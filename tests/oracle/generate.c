#include "generate.h"

const PatternSample pattern_samples[PATTERN_SAMPLES] = {
    {"^a", {"a", "ab", "abc-1", "ba"}},          {"^[a-z]+$", {"a", "ab", "sizes", "A1"}},
    {"^[a-z0-9]*$", {"", "a1", "007", "-"}},     {"^[0-9]{2,3}$", {"12", "007", "99", "1"}},
    {"^x-", {"x-a", "x-size", "x-", "ax"}},      {"^(red|green)$", {"red", "green", "red", "blue"}},
    {"^[A-Z]{3}$", {"ABC", "EUR", "USD", "EU"}}, {"e$", {"e", "size", "blue", "red"}},
};

const char *const property_names[PROPERTY_NAMES] = {"id",   "name", "kind", "size",
                                                    "tags", "next", "x-a",  "a1"};

typedef Value *Maker(Generator *generator, int depth);

static Value *number_of(Generator *generator, long low, long high) {
    long number = low + (long)random_below(generator->random, (size_t)(high - low + 1));
    return value_integer(generator->arena, number);
}

static Value *decimal_of(Generator *generator) {
    static const char *const digits[] = {"0.1",
                                         "0.5",
                                         "2.5",
                                         "0.25",
                                         "1e2",
                                         "1.50",
                                         "10.0",
                                         "-0.5",
                                         "100000000000000000001",
                                         "100000000000000000000",
                                         "9007199254740993",
                                         "9007199254740992.5"};
    return value_number(generator->arena, text_from(random_of(generator->random, digits)));
}

static Value *word_of(Generator *generator) {
    static const char *const words[] = {"a", "ab", "red", "green", "blue", "ABC", "12", "size"};
    return value_string(generator->arena, text_from(random_of(generator->random, words)));
}

static Value *constant_of(Generator *generator, const char *type) {
    Arena *arena = generator->arena;
    if (!strcmp(type, "string"))
        return word_of(generator);
    if (!strcmp(type, "integer"))
        return number_of(generator, -1, 6);
    if (!strcmp(type, "number"))
        return chance(generator->random, 50) ? decimal_of(generator) : number_of(generator, 0, 5);
    if (!strcmp(type, "boolean"))
        return value_boolean(arena, chance(generator->random, 50));
    return value_new(arena, VALUE_NULL);
}

static Value *name_of(Generator *generator) {
    return value_string(generator->arena, text_from(random_of(generator->random, property_names)));
}

static Value *names_of(Generator *generator, size_t count) {
    Value *names = value_new(generator->arena, VALUE_ARRAY);
    for (size_t i = 0; i < count; i++)
        value_push(generator->arena, names, name_of(generator));
    return names;
}

static Value *typed(Generator *generator, const char *type) {
    Value *schema = value_new(generator->arena, VALUE_OBJECT);
    value_set(generator->arena, schema, "type", value_string(generator->arena, text_from(type)));
    return schema;
}

static void set_bounds(Generator *generator, Value *schema, const char *least, const char *most,
                       long high) {
    long low = (long)random_below(generator->random, (size_t)high);
    if (chance(generator->random, 35))
        value_set(generator->arena, schema, least, value_integer(generator->arena, low));
    if (chance(generator->random, 35))
        value_set(generator->arena, schema, most, number_of(generator, low, high));
}

/* ---- scalars --------------------------------------------------------------------------------- */

static Value *enum_of(Generator *generator, const char *type, size_t count) {
    Value *list = value_new(generator->arena, VALUE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        Value *value = constant_of(generator, type);
        bool known = false;
        for (size_t j = 0; j < list->items.count; j++)
            known |= value_equal(list->items.items[j], value);
        if (!known)
            value_push(generator->arena, list, value);
    }
    return list;
}

static void limit_to_values(Generator *generator, Value *schema, const char *type) {
    if (chance(generator->random, 30))
        value_set(generator->arena, schema, "const", constant_of(generator, type));
    else
        value_set(generator->arena, schema, "enum",
                  enum_of(generator, type, 1 + random_below(generator->random, 4)));
    if (chance(generator->random, 20))
        value_remove(schema, "type");
}

static Value *make_string(Generator *generator, int depth) {
    (void)depth;
    Value *schema = typed(generator, "string");
    if (chance(generator->random, 35)) {
        limit_to_values(generator, schema, "string");
        return schema;
    }
    set_bounds(generator, schema, "minLength", "maxLength", 4);
    if (chance(generator->random, 20)) {
        const char *pattern =
            pattern_samples[random_below(generator->random, PATTERN_SAMPLES)].pattern;
        value_set(generator->arena, schema, "pattern",
                  value_string(generator->arena, text_from(pattern)));
    }
    return schema;
}

static void limit_number(Generator *generator, Value *schema, bool decimals) {
    static const char *const lower[] = {"minimum", "minimum", "exclusiveMinimum"};
    static const char *const upper[] = {"maximum", "maximum", "exclusiveMaximum"};
    static const char *const divisors[] = {"1", "2", "3", "4", "6", "0.5", "0.1", "2.5"};
    Random *random = generator->random;
    bool fraction = chance(random, decimals ? 40 : 10);
    if (chance(random, 40))
        value_set(generator->arena, schema, random_of(random, lower),
                  fraction ? decimal_of(generator) : number_of(generator, -2, 4));
    if (chance(random, 40))
        value_set(generator->arena, schema, random_of(random, upper),
                  fraction ? decimal_of(generator) : number_of(generator, 2, 9));
    if (chance(random, 12))
        value_set(generator->arena, schema, "multipleOf",
                  value_number(generator->arena, text_from(random_of(random, divisors))));
}

static Value *make_integer(Generator *generator, int depth) {
    (void)depth;
    Value *schema = typed(generator, "integer");
    if (chance(generator->random, 15))
        limit_to_values(generator, schema, "integer");
    else
        limit_number(generator, schema, false);
    return schema;
}

static Value *make_number(Generator *generator, int depth) {
    (void)depth;
    Value *schema = typed(generator, "number");
    if (chance(generator->random, 10))
        limit_to_values(generator, schema, "number");
    else
        limit_number(generator, schema, true);
    return schema;
}

static Value *make_boolean(Generator *generator, int depth) {
    (void)depth;
    Value *schema = typed(generator, "boolean");
    if (chance(generator->random, 10))
        limit_to_values(generator, schema, "boolean");
    return schema;
}

static Value *make_null(Generator *generator, int depth) {
    (void)depth;
    return typed(generator, "null");
}

/* ---- arrays ---------------------------------------------------------------------------------- */

static Value *list_of_schemas(Generator *generator, size_t count, int depth) {
    Value *list = value_new(generator->arena, VALUE_ARRAY);
    for (size_t i = 0; i < count; i++)
        value_push(generator->arena, list, generate_schema(generator, depth));
    return list;
}

static void add_contains(Generator *generator, Value *schema, int depth) {
    value_set(generator->arena, schema, "contains", generate_schema(generator, depth - 1));
    if (chance(generator->random, 30))
        value_set(generator->arena, schema, "minContains", number_of(generator, 0, 2));
    if (chance(generator->random, 30))
        value_set(generator->arena, schema, "maxContains", number_of(generator, 1, 3));
}

static Value *make_array(Generator *generator, int depth) {
    Arena *arena = generator->arena;
    Random *random = generator->random;
    Value *schema = typed(generator, "array");
    if (chance(random, 90))
        value_set(arena, schema, "items", generate_schema(generator, depth - 1));
    if (chance(random, 50))
        set_bounds(generator, schema, "minItems", "maxItems", 3);
    if (chance(random, 12))
        value_set(arena, schema, "uniqueItems", value_boolean(arena, true));
    if (chance(random, 10))
        value_set(arena, schema, "prefixItems",
                  list_of_schemas(generator, 1 + random_below(random, 2), depth - 1));
    if (chance(random, 8))
        add_contains(generator, schema, depth);
    if (chance(random, 3)) {
        value_remove(schema, "items");
        value_set(arena, schema, "unevaluatedItems", value_boolean(arena, false));
    }
    return schema;
}

/* ---- objects --------------------------------------------------------------------------------- */

static Value *properties_of(Generator *generator, size_t count, int depth) {
    Value *properties = value_new(generator->arena, VALUE_OBJECT);
    for (size_t i = 0; i < count; i++)
        value_set(generator->arena, properties, random_of(generator->random, property_names),
                  generate_schema(generator, depth - 1));
    return properties;
}

static void add_required(Generator *generator, Value *schema) {
    const Value *properties = value_get(schema, "properties");
    Value *required = value_new(generator->arena, VALUE_ARRAY);
    for (size_t i = 0; properties && i < properties->members.count; i++)
        if (chance(generator->random, 45))
            value_push(generator->arena, required,
                       value_string(generator->arena, properties->members.items[i].key));
    if (chance(generator->random, 4))
        value_push(generator->arena, required, name_of(generator));
    if (required->items.count)
        value_set(generator->arena, schema, "required", required);
}

static Value *map_of_schemas(Generator *generator, const char *key, int depth) {
    Value *map = value_new(generator->arena, VALUE_OBJECT);
    value_set(generator->arena, map, key, generate_schema(generator, depth - 1));
    return map;
}

static Value *names_schema(Generator *generator) {
    Value *schema = value_new(generator->arena, VALUE_OBJECT);
    const char *pattern = pattern_samples[random_below(generator->random, PATTERN_SAMPLES)].pattern;
    switch (random_below(generator->random, 3)) {
    case 0:
        value_set(generator->arena, schema, "pattern",
                  value_string(generator->arena, text_from(pattern)));
        return schema;
    case 1:
        value_set(generator->arena, schema, "enum", names_of(generator, 4));
        return schema;
    default:
        value_set(generator->arena, schema, "maxLength", number_of(generator, 2, 4));
        return schema;
    }
}

static void add_rare_object_keyword(Generator *generator, Value *schema, int depth) {
    Arena *arena = generator->arena;
    static const char *const patterns[] = {"^x-", "^[a-z]+$", "e$", "^a"};
    const char *name = random_of(generator->random, property_names);
    switch (random_below(generator->random, 6)) {
    case 0:
        value_set(arena, schema, "patternProperties",
                  map_of_schemas(generator, random_of(generator->random, patterns), depth));
        return;
    case 1:
        value_set(arena, schema, "propertyNames", names_schema(generator));
        return;
    case 2: {
        Value *dependent = value_new(arena, VALUE_OBJECT);
        value_set(arena, dependent, name, names_of(generator, 1));
        value_set(arena, schema, "dependentRequired", dependent);
        return;
    }
    case 3:
        value_set(arena, schema, "dependentSchemas", map_of_schemas(generator, name, depth));
        return;
    case 4:
        set_bounds(generator, schema, "minProperties", "maxProperties", 3);
        return;
    default:
        value_remove(schema, "additionalProperties");
        value_set(arena, schema, "unevaluatedProperties", value_boolean(arena, false));
        return;
    }
}

static Value *make_object(Generator *generator, int depth) {
    Arena *arena = generator->arena;
    Random *random = generator->random;
    Value *schema = typed(generator, "object");
    size_t count = random_below(random, 5);
    if (count)
        value_set(arena, schema, "properties", properties_of(generator, count, depth));
    add_required(generator, schema);
    size_t rest = random_below(random, 100);
    if (rest < 20)
        value_set(arena, schema, "additionalProperties", value_boolean(arena, false));
    else if (rest < 25)
        value_set(arena, schema, "additionalProperties", value_boolean(arena, true));
    else if (rest < 38)
        value_set(arena, schema, "additionalProperties", generate_schema(generator, depth - 1));
    if (chance(random, generator->rare ? 50 : 12))
        add_rare_object_keyword(generator, schema, depth);
    return schema;
}

/* ---- combinators ----------------------------------------------------------------------------- */

static Value *make_reference(Generator *generator, int depth) {
    (void)depth;
    size_t count = generator->components->members.count;
    if (!count)
        return value_boolean(generator->arena, true);
    Text name = generator->components->members.items[random_below(generator->random, count)].key;
    Value *schema = value_new(generator->arena, VALUE_OBJECT);
    value_set(
        generator->arena, schema, "$ref",
        value_string(generator->arena,
                     text_format(generator->arena, "#/components/schemas/%.*s", TEXT_ARG(name))));
    return schema;
}

static Value *make_choice(Generator *generator, int depth) {
    static const char *const keywords[] = {"anyOf", "oneOf", "oneOf"};
    Value *schema = value_new(generator->arena, VALUE_OBJECT);
    value_set(generator->arena, schema, random_of(generator->random, keywords),
              list_of_schemas(generator, 2 + random_below(generator->random, 2), depth - 1));
    return schema;
}

/* Objects told apart by a constant, as descriptions with a discriminator have them. */
static Value *make_tagged_choice(Generator *generator, int depth) {
    static const char *const tags[] = {"red", "green", "blue", "a"};
    Arena *arena = generator->arena;
    Value *schema = value_new(arena, VALUE_OBJECT), *list = value_new(arena, VALUE_ARRAY);
    size_t count = 2 + random_below(generator->random, 2);
    for (size_t i = 0; i < count; i++) {
        Value *variant = make_object(generator, depth - 1);
        Value *tag = value_new(arena, VALUE_OBJECT);
        value_set(arena, tag, "const", value_string(arena, text_from(tags[i])));
        if (!value_has(variant, "properties"))
            value_set(arena, variant, "properties", value_new(arena, VALUE_OBJECT));
        value_set(arena, value_get(variant, "properties"), "kind", tag);
        Value *required = value_new(arena, VALUE_ARRAY);
        value_push(arena, required, value_string(arena, TEXT("kind")));
        value_set(arena, variant, "required", required);
        value_push(arena, list, variant);
    }
    value_set(arena, schema, "oneOf", list);
    if (chance(generator->random, 40)) {
        Value *discriminator = value_new(arena, VALUE_OBJECT);
        value_set(arena, discriminator, "propertyName", value_string(arena, TEXT("kind")));
        value_set(arena, schema, "discriminator", discriminator);
    }
    return schema;
}

static Value *make_all_of(Generator *generator, int depth) {
    Arena *arena = generator->arena;
    Value *schema = value_new(arena, VALUE_OBJECT), *list = value_new(arena, VALUE_ARRAY);
    size_t count = 1 + random_below(generator->random, 2);
    for (size_t i = 0; i < count; i++)
        value_push(arena, list,
                   chance(generator->random, 40) ? make_reference(generator, depth)
                                                 : make_object(generator, depth - 1));
    if (chance(generator->random, 10))
        value_push(arena, list, generate_schema(generator, depth - 1));
    value_set(arena, schema, "allOf", list);
    return schema;
}

static Value *make_nullable(Generator *generator, int depth) {
    static const char *const types[] = {"string", "integer", "object", "array", "boolean"};
    Arena *arena = generator->arena;
    Value *schema = typed(generator, random_of(generator->random, types));
    const Value *type = value_get(schema, "type");
    for (int i = 0; i < 2; i++)
        generate_keyword(generator, schema, depth - 1);
    Value *list = value_new(arena, VALUE_ARRAY);
    value_push(arena, list, value_copy(arena, type));
    value_push(arena, list, value_string(arena, TEXT("null")));
    value_set(arena, schema, "type", list);
    return schema;
}

static Value *make_rare(Generator *generator, int depth) {
    Arena *arena = generator->arena;
    Value *schema = value_new(arena, VALUE_OBJECT);
    switch (random_below(generator->random, 6)) {
    case 0:
        return value_boolean(arena, chance(generator->random, 60));
    case 1:
        return schema;
    case 2:
        schema = generate_schema(generator, depth - 1);
        if (schema->kind == VALUE_OBJECT)
            value_set(arena, schema, "not", generate_schema(generator, 0));
        return schema;
    case 3:
        schema = make_object(generator, depth - 1);
        value_set(arena, schema, "if", make_object(generator, 0));
        value_set(arena, schema, "then", make_object(generator, 0));
        if (chance(generator->random, 50))
            value_set(arena, schema, "else", make_object(generator, 0));
        return schema;
    case 4:
        schema = make_object(generator, depth - 1);
        value_set(arena, schema, "anyOf", list_of_schemas(generator, 2, 0));
        return schema;
    default:
        for (int i = 0; i < 3; i++)
            generate_keyword(generator, schema, depth - 1);
        return schema;
    }
}

Value *generate_schema(Generator *generator, int depth) {
    static const struct {
        Maker *make;
        size_t weight;
        bool deep; /* left out where the depth is used up */
        bool rare;
    } makers[] = {
        {make_object, 26, true, false},       {make_string, 18, false, false},
        {make_integer, 10, false, false},     {make_number, 6, false, false},
        {make_boolean, 4, false, false},      {make_null, 1, false, false},
        {make_array, 9, true, false},         {make_reference, 7, false, false},
        {make_choice, 5, true, true},         {make_all_of, 6, true, false},
        {make_tagged_choice, 4, true, false}, {make_nullable, 4, true, false},
        {make_rare, 4, true, true},
    };
    size_t total = 0, count = sizeof makers / sizeof *makers;
    if (generator->mixed && depth > 0 && chance(generator->random, 25))
        return generate_mixed(generator, depth);
    size_t weights[sizeof makers / sizeof *makers] = {0};
    for (size_t i = 0; i < count; i++) {
        if (depth > 0 || !makers[i].deep)
            weights[i] = makers[i].weight * (makers[i].rare && generator->rare ? 5 : 1);
        total += weights[i];
    }
    size_t at = random_below(generator->random, total);
    for (size_t i = 0; i < count; i++) {
        if (at < weights[i])
            return makers[i].make(generator, depth);
        at -= weights[i];
    }
    return value_boolean(generator->arena, true);
}

/* A keyword taken from a whole schema that has it. */
void generate_keyword(Generator *generator, Value *schema, int depth) {
    static Maker *const makers[] = {make_string, make_string, make_integer, make_number,
                                    make_array,  make_object, make_object,  make_object};
    Value *whole = random_of(generator->random, makers)(generator, depth);
    if (chance(generator->random, 20))
        add_rare_object_keyword(generator, whole, depth);
    for (int attempts = 0; attempts < 4 && whole->members.count; attempts++) {
        ValueMember member =
            whole->members.items[random_below(generator->random, whole->members.count)];
        if (text_is(member.key, "type") || value_get_text(schema, member.key))
            continue;
        value_set_text(generator->arena, schema, member.key, member.value);
        return;
    }
}

static Value *make_component(Generator *generator, int depth) {
    Value *schema = chance(generator->random, 75) ? make_object(generator, depth)
                                                  : generate_schema(generator, depth);
    bool circular = value_has(schema, "$ref"); /* it might lead back to itself */
    return circular ? make_object(generator, depth) : schema;
}

static Description describe(Generator *generator) {
    enum { DEPTH = 3 };
    static const char *const names[] = {"Pet", "Order", "Page"};
    Arena *arena = generator->arena;
    Value *components = generator->components;
    size_t count = random_below(generator->random, 4);
    for (size_t i = 0; i < count; i++)
        value_set(arena, components, names[i], value_boolean(arena, true));
    for (size_t i = 0; i < count; i++)
        value_set(arena, components, names[i], make_component(generator, DEPTH - 1));
    Value *schema = chance(generator->random, 60) ? make_object(generator, DEPTH)
                                                  : generate_schema(generator, DEPTH);
    return (Description){.schema = schema, .components = components};
}

Description generate_description(Arena *arena, Random *random) {
    Value *components = value_new(arena, VALUE_OBJECT);
    Generator generator = {arena, random, components, .rare = chance(random, 30)};
    return describe(&generator);
}

Description generate_hard_description(Arena *arena, Random *random) {
    Value *components = value_new(arena, VALUE_OBJECT);
    Generator generator = {arena, random, components, .rare = chance(random, 50), .mixed = true};
    return describe(&generator);
}
