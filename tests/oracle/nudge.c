#include "generate.h"

/* One keyword of one schema, at any depth, changed by little. */

static void nudge_number(Generator *generator, ValueMember *member) {
    static const long steps[] = {-1, 1, 1, 2};
    Fixed moved = fixed_of(member->value->text) + fixed_from(random_of(generator->random, steps));
    bool divisor = text_is(member->key, "multipleOf");
    if (moved < 0 || (divisor && moved == 0))
        moved = fixed_from(divisor ? 5 : 0);
    member->value = value_number(generator->arena, fixed_write(generator->arena, moved));
}

static void nudge_word(Generator *generator, ValueMember *member) {
    static const char *const types[] = {"string",  "integer", "number", "null",
                                        "boolean", "object",  "array"};
    Random *random = generator->random;
    const Value *components = generator->components;
    if (text_is(member->key, "type")) {
        member->value = value_string(generator->arena, text_from(random_of(random, types)));
    } else if (text_is(member->key, "pattern")) {
        member->value =
            value_string(generator->arena,
                         text_from(pattern_samples[random_below(random, PATTERN_SAMPLES)].pattern));
    } else if (text_is(member->key, "$ref") && components->members.count) {
        Text name = components->members.items[random_below(random, components->members.count)].key;
        member->value = value_string(
            generator->arena,
            text_format(generator->arena, "#/components/schemas/%.*s", TEXT_ARG(name)));
    } else if (text_is(member->key, "const")) {
        member->value =
            value_string(generator->arena, text_from(random_of(random, property_names)));
    }
}

static bool lists_schemas(Text keyword) {
    return schema_shape(keyword) == LIST_OF_SCHEMAS;
}

static void nudge_list(Generator *generator, ValueMember *member) {
    Value *list = member->value;
    Random *random = generator->random;
    size_t at = random_below(random, list->items.count);
    if (list->items.count > 1 && chance(random, 45)) {
        value_drop(list, at);
    } else if (lists_schemas(member->key)) {
        value_push(generator->arena, list,
                   list->items.count && chance(random, 30)
                       ? value_copy(generator->arena, list->items.items[at])
                       : generate_mixed(generator, 1));
    } else if (text_is(member->key, "type")) {
        value_push(generator->arena, list, value_string(generator->arena, TEXT("null")));
    } else {
        value_push(generator->arena, list,
                   value_string(generator->arena, text_from(random_of(random, property_names))));
    }
}

static void nudge_schema(Generator *generator, ValueMember *member) {
    Arena *arena = generator->arena;
    switch (random_below(generator->random, 4)) {
    case 0:
        member->value = value_boolean(arena, chance(generator->random, 50));
        return;
    case 1: {
        Value *denied = value_new(arena, VALUE_OBJECT);
        value_set(arena, denied, "not", member->value);
        member->value = denied;
        return;
    }
    default:
        member->value = generate_mixed(generator, 1);
    }
}

static void nudge_map(Generator *generator, ValueMember *member) {
    Value *map = member->value;
    if (map->members.count && chance(generator->random, 40))
        value_remove_at(map, random_below(generator->random, map->members.count));
    else if (!text_is(member->key, "patternProperties"))
        value_set(generator->arena, map, random_of(generator->random, property_names),
                  generate_schema(generator, 1));
}

static void nudge_member(Generator *generator, ValueMember *member) {
    if (text_is(member->key, "discriminator") || text_is(member->key, "dependentRequired"))
        return;
    if (schema_shape(member->key) == ONE_SCHEMA) {
        nudge_schema(generator, member);
        return;
    }
    switch (member->value->kind) {
    case VALUE_NULL:
        return;
    case VALUE_BOOLEAN:
        member->value = value_boolean(generator->arena, !member->value->truth);
        return;
    case VALUE_NUMBER:
        nudge_number(generator, member);
        return;
    case VALUE_STRING:
        nudge_word(generator, member);
        return;
    case VALUE_ARRAY:
        nudge_list(generator, member);
        return;
    case VALUE_OBJECT:
        nudge_map(generator, member);
        return;
    }
}

void nudge(Generator *generator, Description *description) {
    SchemaList list = schemas_of(generator->arena, description);
    Value *schema = list.schemas.items[random_below(generator->random, list.schemas.count)];
    if (schema->kind == VALUE_BOOLEAN) {
        schema->truth = !schema->truth;
        return;
    }
    size_t count = schema->members.count, at = random_below(generator->random, count + 2);
    if (at >= count)
        generate_keyword(generator, schema, 1);
    else if (chance(generator->random, 25))
        value_remove_at(schema, at);
    else
        nudge_member(generator, &schema->members.items[at]);
}
