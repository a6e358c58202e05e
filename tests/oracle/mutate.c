#include "generate.h"

/* Changes of a description at random: what they mean is for the evaluator to find out. */

Description description_copy(Arena *arena, const Description *description) {
    Description copy = *description;
    copy.schema = value_copy(arena, description->schema);
    copy.components = value_copy(arena, description->components);
    return copy;
}

static void add_schemas(Arena *arena, Value *schema, SchemaList *list) {
    array_push(arena, &list->schemas, schema);
    for (size_t i = 0; i < schema->members.count; i++) {
        Value *value = schema->members.items[i].value;
        switch (schema_shape(schema->members.items[i].key)) {
        case NO_SCHEMA:
            break;
        case ONE_SCHEMA:
            add_schemas(arena, value, list);
            break;
        case LIST_OF_SCHEMAS:
            for (size_t j = 0; j < value->items.count; j++)
                add_schemas(arena, value->items.items[j], list);
            break;
        case MAP_OF_SCHEMAS:
            for (size_t j = 0; j < value->members.count; j++)
                add_schemas(arena, value->members.items[j].value, list);
            break;
        }
    }
}

SchemaList schemas_of(Arena *arena, const Description *description) {
    SchemaList list = {0};
    add_schemas(arena, description->schema, &list);
    for (size_t i = 0; i < description->components->members.count; i++)
        add_schemas(arena, description->components->members.items[i].value, &list);
    return list;
}

static void drop_keyword(Generator *generator, Value *schema) {
    if (schema->members.count)
        value_remove_at(schema, random_below(generator->random, schema->members.count));
}

static void add_keyword(Generator *generator, Value *schema) {
    if (schema->kind == VALUE_OBJECT)
        generate_keyword(generator, schema, 1);
}

static void renew(Generator *generator, Value *schema) {
    value_replace(generator->arena, schema, generate_schema(generator, 1));
}

static Value *some_member(Generator *generator, Value *schema, ValueKind kind) {
    size_t count = schema->members.count, start = random_below(generator->random, count);
    for (size_t i = 0; i < count; i++) {
        ValueMember *member = &schema->members.items[(start + i) % count];
        if (member->value->kind == kind)
            return member->value;
    }
    return NULL;
}

static void move_bound(Generator *generator, Value *schema) {
    static const long steps[] = {-2, -1, 1, 2};
    Value *bound = some_member(generator, schema, VALUE_NUMBER);
    if (!bound)
        return;
    long step = random_of(generator->random, steps);
    Fixed moved = fixed_of(bound->text) + fixed_from(step);
    if (chance(generator->random, 15))
        moved += fixed_from(step) / 2 - fixed_from(step);
    if (moved <= 0 || (value_has(schema, "multipleOf") && moved % fixed_from(1) != 0))
        return;
    bool count = !value_has(schema, "minimum") && !value_has(schema, "maximum") &&
                 !value_has(schema, "exclusiveMinimum") && !value_has(schema, "exclusiveMaximum");
    if (!count || fixed_is_integer(moved))
        bound->text = fixed_write(generator->arena, moved);
}

/* Of `required`, `enum`, `anyOf` and their like. */
static void change_list(Generator *generator, Value *schema) {
    Value *list = some_member(generator, schema, VALUE_ARRAY);
    if (!list)
        return;
    size_t count = list->items.count, at = random_below(generator->random, count);
    if (count > 1 && chance(generator->random, 50)) {
        value_drop(list, at);
        return;
    }
    if (list == value_get(schema, "enum") || list == value_get(schema, "required")) {
        value_push(generator->arena, list,
                   value_string(generator->arena,
                                text_from(random_of(generator->random, property_names))));
    } else if (list == value_get(schema, "type")) {
        value_push(generator->arena, list, value_string(generator->arena, TEXT("boolean")));
    } else {
        value_push(generator->arena, list, generate_schema(generator, 1));
    }
}

static void change_members(Generator *generator, Value *schema) {
    Value *properties = value_get(schema, "properties");
    if (schema->kind != VALUE_OBJECT)
        return;
    if (!properties) {
        properties = value_new(generator->arena, VALUE_OBJECT);
        value_set(generator->arena, schema, "properties", properties);
    }
    if (properties->members.count && chance(generator->random, 50))
        value_remove_at(properties, random_below(generator->random, properties->members.count));
    else
        value_set(generator->arena, properties, random_of(generator->random, property_names),
                  generate_schema(generator, 1));
}

static void change_type(Generator *generator, Value *schema) {
    static const char *const types[] = {"string",  "integer", "number",
                                        "boolean", "object",  "array"};
    if (schema->kind == VALUE_OBJECT)
        value_set(generator->arena, schema, "type",
                  value_string(generator->arena, text_from(random_of(generator->random, types))));
}

static void change_rest(Generator *generator, Value *schema) {
    if (!value_has(schema, "properties") && !value_has(schema, "additionalProperties"))
        return;
    if (chance(generator->random, 30))
        value_remove(schema, "additionalProperties");
    else if (chance(generator->random, 60))
        value_set(generator->arena, schema, "additionalProperties",
                  value_boolean(generator->arena, chance(generator->random, 30)));
    else
        value_set(generator->arena, schema, "additionalProperties", generate_schema(generator, 1));
}

static void rename_keyword(Generator *generator, Value *schema) {
    static const char *const groups[][4] = {
        {"anyOf", "oneOf", "allOf", "anyOf"},
        {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"},
        {"then", "else", "then", "else"},
        {"items", "contains", "items", "unevaluatedItems"},
    };
    for (size_t i = 0; i < schema->members.count; i++)
        for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
            for (size_t k = 0; k < 4; k++) {
                const char *other = random_of(generator->random, groups[g]);
                if (!text_is(schema->members.items[i].key, groups[g][k]) ||
                    value_has(schema, other))
                    continue;
                schema->members.items[i].key = text_from(other);
                return;
            }
}

static void swap_pattern(Generator *generator, Value *schema) {
    Value *pattern = value_get(schema, "pattern");
    if (pattern)
        pattern->text =
            text_from(pattern_samples[random_below(generator->random, PATTERN_SAMPLES)].pattern);
}

void mutate(Generator *generator, Description *description) {
    static void (*const mutations[])(Generator *, Value *) = {
        drop_keyword, add_keyword,    renew,          move_bound,   move_bound,
        change_list,  change_list,    change_members, change_type,  change_members,
        change_rest,  rename_keyword, swap_pattern,   drop_keyword,
    };
    size_t count = 1 + (chance(generator->random, 30) ? random_below(generator->random, 3) : 0);
    for (size_t i = 0; i < count; i++) {
        Description root = {.schema = description->schema,
                            .components = value_new(generator->arena, VALUE_OBJECT)};
        SchemaList list =
            schemas_of(generator->arena, chance(generator->random, 70) ? &root : description);
        Value *schema = list.schemas.items[random_below(generator->random, list.schemas.count)];
        random_of(generator->random, mutations)(generator, schema);
    }
}

/* ---- circles --------------------------------------------------------------------------------- */

static bool leads_to(const Description *description, const Value *schema, const Value *target,
                     int depth) {
    static const char *const in_place[] = {"allOf", "anyOf", "oneOf",           "not", "if", "then",
                                           "else",  "$ref",  "dependentSchemas"};
    enum { DEPTH = 24 };
    if (depth > DEPTH)
        return true;
    for (size_t i = 0; i < sizeof in_place / sizeof *in_place; i++) {
        const Value *below = value_get(schema, in_place[i]);
        if (!below)
            continue;
        if (below->kind == VALUE_STRING)
            below = description_component(description, below);
        if (below && (below == target || leads_to(description, below, target, depth + 1)))
            return true;
        for (size_t j = 0; below && j < below->items.count; j++)
            if (leads_to(description, below->items.items[j], target, depth + 1))
                return true;
        for (size_t j = 0;
             text_is(text_from(in_place[i]), "dependentSchemas") && j < below->members.count; j++)
            if (leads_to(description, below->members.items[j].value, target, depth + 1))
                return true;
    }
    return false;
}

bool description_is_circular(const Description *description) {
    const Value *components = description->components;
    for (size_t i = 0; i < components->members.count; i++)
        if (leads_to(description, components->members.items[i].value,
                     components->members.items[i].value, 0))
            return true;
    return false;
}
