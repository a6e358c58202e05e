#include "refactor.h"

/* ---- what several rewritings are made of -------------------------------------------------------
 */

Value *object(Refactoring *r) {
    return value_new(r->arena, VALUE_OBJECT);
}

Value *list_of(Refactoring *r, Value *a, Value *b) {
    Value *list = value_new(r->arena, VALUE_ARRAY);
    value_push(r->arena, list, a);
    if (b)
        value_push(r->arena, list, b);
    return list;
}

Value *member(Refactoring *r, const char *key, Value *value) {
    Value *schema = object(r);
    value_set(r->arena, schema, key, value);
    return schema;
}

bool is_type(const Value *schema, const char *type) {
    return value_is_string(value_get(schema, "type"), type);
}

/* `unevaluated…` looks into what is put together. */
static bool looks_into(const Value *value) {
    bool found = value_has(value, "unevaluatedProperties") || value_has(value, "unevaluatedItems");
    for (size_t i = 0; i < value->members.count && !found; i++)
        found = looks_into(value->members.items[i].value);
    for (size_t i = 0; i < value->items.count && !found; i++)
        found = looks_into(value->items.items[i]);
    return found;
}

bool may_be_put_together(const Refactoring *r) {
    return !looks_into(r->description->schema) && !looks_into(r->description->components);
}

/* Rewritings that move schemas and keywords about, and the choice among all. */

static Value *reference_to(Arena *arena, Text name) {
    Value *schema = value_new(arena, VALUE_OBJECT);
    value_set(arena, schema, "$ref",
              value_string(arena, text_format(arena, "#/components/schemas/%.*s", TEXT_ARG(name))));
    return schema;
}

/* Whether `value` holds a reference to a component, through other components too. */
static bool reaches(const Description *description, const Value *value, const Value *component,
                    int depth) {
    const Value *target = description_component(description, value_get(value, "$ref"));
    if (target &&
        (target == component || depth > 8 || reaches(description, target, component, depth + 1)))
        return true;
    for (size_t i = 0; i < value->members.count; i++)
        if (reaches(description, value->members.items[i].value, component, depth))
            return true;
    for (size_t i = 0; i < value->items.count; i++)
        if (reaches(description, value->items.items[i], component, depth))
            return true;
    return false;
}

/* A reference is what it refers to, unless that refers to itself. */
static bool inline_reference(Refactoring *r) {
    const Value *target = description_component(r->description, value_get(r->schema, "$ref"));
    if (!target || r->schema->members.count > 1 || reaches(r->description, target, target, 0))
        return false;
    value_replace(r->arena, r->schema, target);
    return true;
}

static Text fresh_name(Refactoring *r) {
    return text_format(r->arena, "New%zu", r->description->components->members.count);
}

static bool extract_component(Refactoring *r) {
    Text name = fresh_name(r);
    Value *copy = value_copy(r->arena, r->schema);
    if (value_get_text(r->description->components, name))
        return false;
    value_replace(r->arena, r->schema, reference_to(r->arena, name));
    value_set_text(r->arena, r->description->components, name, copy);
    return true;
}

static void rename_references(Arena *arena, Value *value, Text from, Text to) {
    Value *reference = value_get(value, "$ref");
    if (reference && reference->kind == VALUE_STRING &&
        text_ends_with(reference->text, text_format(arena, "/%.*s", TEXT_ARG(from))))
        reference->text = text_format(arena, "#/components/schemas/%.*s", TEXT_ARG(to));
    for (size_t i = 0; i < value->members.count; i++)
        rename_references(arena, value->members.items[i].value, from, to);
    for (size_t i = 0; i < value->items.count; i++)
        rename_references(arena, value->items.items[i], from, to);
}

static bool mentions(const Value *value, const char *key) {
    bool found = value_has(value, key);
    for (size_t i = 0; i < value->members.count && !found; i++)
        found = mentions(value->members.items[i].value, key);
    for (size_t i = 0; i < value->items.count && !found; i++)
        found = mentions(value->items.items[i], key);
    return found;
}

/* A component's name means nothing, unless a discriminator makes it a value. */
static bool rename_component(Refactoring *r) {
    Value *components = r->description->components;
    if (!components->members.count || mentions(r->description->schema, "discriminator") ||
        mentions(components, "discriminator"))
        return false;
    ValueMember *member =
        &components->members.items[random_below(r->random, components->members.count)];
    Text from = member->key, to = fresh_name(r);
    if (value_get_text(components, to))
        return false;
    member->key = to;
    rename_references(r->arena, r->description->schema, from, to);
    rename_references(r->arena, components, from, to);
    return true;
}

static void shuffle(Refactoring *r, Value *value) {
    for (size_t i = value->items.count; i > 1; i--) {
        size_t j = random_below(r->random, i);
        Value *item = value->items.items[i - 1];
        value->items.items[i - 1] = value->items.items[j];
        value->items.items[j] = item;
    }
    for (size_t i = value->members.count; i > 1; i--) {
        size_t j = random_below(r->random, i);
        ValueMember member = value->members.items[i - 1];
        value->members.items[i - 1] = value->members.items[j];
        value->members.items[j] = member;
    }
}

/* Members of objects have no order, nor have those of these lists. */
static bool reorder(Refactoring *r) {
    static const char *const lists[] = {"required", "enum", "anyOf",      "oneOf",
                                        "allOf",    "type", "properties", "patternProperties"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (value_has(r->schema, lists[i]))
            shuffle(r, value_get(r->schema, lists[i]));
    shuffle(r, r->schema);
    return r->schema->kind == VALUE_OBJECT;
}

/* Of what an object says of names, only `additionalProperties` looks at its neighbours. */
static bool split_object(Refactoring *r) {
    Value *properties = value_get(r->schema, "properties");
    if (!value_is_string(value_get(r->schema, "type"), "object") || !properties ||
        properties->members.count < 2 || value_has(r->schema, "additionalProperties") ||
        value_has(r->schema, "allOf") || value_has(r->schema, "nullable"))
        return false;
    Value *part = value_new(r->arena, VALUE_OBJECT), *moved = value_new(r->arena, VALUE_OBJECT);
    size_t half = properties->members.count / 2;
    while (properties->members.count > half) {
        ValueMember last = properties->members.items[properties->members.count - 1];
        value_set_text(r->arena, moved, last.key, last.value);
        properties->members.count--;
    }
    value_set(r->arena, part, "type", value_string(r->arena, TEXT("object")));
    value_set(r->arena, part, "properties", moved);
    Value *parts = value_new(r->arena, VALUE_ARRAY);
    value_push(r->arena, parts, part);
    if (chance(r->random, 50) && !value_has(r->schema, "unevaluatedProperties")) {
        Value *rest = value_copy(r->arena, r->schema);
        value_push(r->arena, parts, rest);
        *r->schema = (Value){.kind = VALUE_OBJECT};
    }
    value_set(r->arena, r->schema, "allOf", parts);
    return true;
}

/* A keyword that looks at no neighbour may stand in a part of `allOf`. */
static bool move_into_all_of(Refactoring *r) {
    static const char *const alone[] = {"minLength",
                                        "maxLength",
                                        "pattern",
                                        "minimum",
                                        "maximum",
                                        "multipleOf",
                                        "minItems",
                                        "maxItems",
                                        "uniqueItems",
                                        "minProperties",
                                        "maxProperties",
                                        "required",
                                        "enum",
                                        "const",
                                        "not",
                                        "anyOf",
                                        "propertyNames",
                                        "dependentRequired",
                                        "exclusiveMinimum",
                                        "exclusiveMaximum",
                                        "dependentSchemas",
                                        "oneOf",
                                        "type"};
    const char *keyword = random_of(r->random, alone);
    Value *value = value_get(r->schema, keyword), *parts = value_get(r->schema, "allOf");
    if (!value || value_has(r->schema, "nullable") || value_has(r->schema, "discriminator"))
        return false;
    value_remove(r->schema, keyword);
    Value *part = value_new(r->arena, VALUE_OBJECT);
    value_set(r->arena, part, keyword, value);
    if (!parts) {
        parts = value_new(r->arena, VALUE_ARRAY);
        value_set(r->arena, r->schema, "allOf", parts);
    }
    value_push(r->arena, parts, part);
    return true;
}

/* A `$ref` with siblings is a part of `allOf` beside them. */
static bool move_reference(Refactoring *r) {
    Value *reference = value_get(r->schema, "$ref"), *parts = value_get(r->schema, "allOf");
    if (reference) {
        if (parts)
            return false;
        Value *part = value_new(r->arena, VALUE_OBJECT);
        value_set(r->arena, part, "$ref", reference);
        value_remove(r->schema, "$ref");
        parts = value_new(r->arena, VALUE_ARRAY);
        value_push(r->arena, parts, part);
        value_set(r->arena, r->schema, "allOf", parts);
        return true;
    }
    if (!parts || parts->items.count != 1 || parts->items.items[0]->members.count != 1 ||
        !value_has(parts->items.items[0], "$ref"))
        return false;
    value_set(r->arena, r->schema, "$ref", value_get(parts->items.items[0], "$ref"));
    value_remove(r->schema, "allOf");
    return true;
}

/* Extracts each variant and says of each which value means it: its own constant. */
static bool map_discriminator(Refactoring *r) {
    Value *discriminator = value_get(r->schema, "discriminator");
    Value *list = value_get(r->schema, "oneOf");
    if (!discriminator || !list || value_has(discriminator, "mapping"))
        return false;
    for (size_t i = 0; i < list->items.count; i++)
        if (!value_get(value_get(value_get(list->items.items[i], "properties"), "kind"), "const"))
            return false;
    Value *mapping = value_new(r->arena, VALUE_OBJECT);
    for (size_t i = 0; i < list->items.count; i++) {
        Value *variant = list->items.items[i];
        Text name = fresh_name(r);
        const Value *tag = value_get(value_get(value_get(variant, "properties"), "kind"), "const");
        value_set_text(r->arena, r->description->components, name, value_copy(r->arena, variant));
        value_replace(r->arena, variant, reference_to(r->arena, name));
        value_set_text(r->arena, mapping, tag->text,
                       value_copy(r->arena, value_get(variant, "$ref")));
    }
    value_set(r->arena, discriminator, "mapping", mapping);
    return true;
}

static const struct {
    Rewrite *rewrite;
    const char *name;
} rewrites[] = {
    {inline_reference, "inline a reference"},
    {inline_reference, "inline a reference"},
    {extract_component, "extract a component"},
    {rename_component, "rename a component"},
    {reorder, "reorder"},
    {split_object, "split an object into allOf"},
    {split_object, "split an object into allOf"},
    {move_into_all_of, "move a keyword into allOf"},
    {move_into_all_of, "move a keyword into allOf"},
    {move_reference, "move a reference into allOf"},
    {map_discriminator, "say the discriminator's mapping"},
    {respell_nullable, "respell null"},
    {respell_constant, "respell a constant"},
    {respell_integer_bound, "respell a bound of integers"},
    {respell_digits, "respell a number"},
    {wrap_alone, "wrap in a combinator of one"},
    {split_types, "split a list of types"},
    {split_enum, "split an enum"},
    {merge_types_out, "hoist the type of variants"},
    {say_nothing_more, "add what says nothing"},
    {repeat_member, "repeat a member"},
    {turn_choice, "turn oneOf and anyOf"},
    {say_additional, "say additionalProperties: true"},
    {drop_implied_type, "drop the type of constants"},
    {close_unevaluated, "close by unevaluatedProperties"},
    {respell_dependent, "respell dependentRequired"},
    {respell_condition, "respell a condition"},
    {deny_twice, "deny twice"},
    {split_by_test, "split by what is met or not"},
    {add_part, "add a part"},
    {ask_in_vain, "ask in vain"},
    {spread_choice, "spread a choice"},
    {deny_each, "deny each"},
    {split_multiple, "split a multiple"},
    {round_bound, "round a bound to multiples"},
    {respell_integer, "respell an integer"},
    {list_integers, "list integers"},
    {split_range, "split a range"},
    {say_unique, "say uniqueItems of one"},
    {count_by_contains, "count by contains"},
    {close_tuple, "close a tuple by its length"},
    {spell_items, "tell items one by one"},
    {close_by_names, "close by propertyNames"},
    {find_all_names, "find all names by a pattern"},
    {hoist_required, "hoist what variants require"},
    {hoist_property, "hoist a property of variants"},
    {split_by_property, "split by a property"},
    {call_by_condition, "call by a condition"},
    {deny_property, "deny a property"},
    {close_the_whole, "close the whole"},
};

void refactor(Arena *arena, Random *random, Description *description, Buffer *done) {
    size_t wanted = 1 + (chance(random, 50) ? random_below(random, 4) : 0);
    for (int attempts = 0; wanted && attempts < 200; attempts++) {
        SchemaList list = schemas_of(arena, description);
        Value *schema = list.schemas.items[random_below(random, list.schemas.count)];
        Refactoring refactoring = {arena, random, description, schema};
        size_t at = random_below(random, sizeof rewrites / sizeof *rewrites);
        if (!rewrites[at].rewrite(&refactoring))
            continue;
        buffer_format(done, "%s%s", done->size ? ", " : "", rewrites[at].name);
        wanted--;
    }
}
