#include "load/pact_matching.h"

/* arrayContains: what a list is to hold among other items. */

/* Which item of the example a variant shows; SIZE_MAX: none. */
static size_t variant_index(const Node *variant, const Node *example) {
    const Node *index = node_member(variant, TEXT("index"));
    Text digits = index && index->kind == NODE_NUMBER ? index->text : (Text){0};
    size_t number = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9' || number >= example->count)
            return SIZE_MAX;
        number = number * 10 + (size_t)(digits.data[i] - '0');
    }
    return digits.size && number < example->count ? number : SIZE_MAX;
}

/* The item of the example that a variant shows, with rules of its own. NULL: kept aside. */
static Type *variant_item(const Matching *matching, const Node *variant) {
    PactReader *reader = matching->reader;
    const Node *example = matching->spot->example;
    size_t index = variant_index(variant, example);
    if (index == SIZE_MAX) {
        matching_keep(matching, TEXT("arrayContains with a variant that the example lacks"));
        return NULL;
    }
    Text place = text_format(reader->arena, "%.*s[*]", TEXT_ARG(matching->rule->place));
    MatchingSet *rules = arena_new_object(reader->arena, MatchingSet);
    matching_set_read(reader->arena, reader->diagnostics, node_member(variant, TEXT("rules")),
                      place, rules);
    pact_unread_rules(reader, rules);
    Spot *spot = spot_new(reader, standing_at_root(reader->arena, rules), example->items[index]);
    return spot_type(reader, spot);
}

/* ---- How many items they need ---------------------------------------------------------------- */

static bool types_apart(const Type *a, const Type *b);

static bool objects_apart(const ObjectKeywords *a, const ObjectKeywords *b) {
    for (size_t i = 0; i < a->properties.count; i++)
        for (size_t j = 0; j < b->properties.count; j++)
            if (text_equal(a->properties.items[i].name, b->properties.items[j].name) &&
                types_apart(a->properties.items[i].type, b->properties.items[j].type))
                return true;
    return false;
}

/* Whether it is plain that no value is both: a key that is named is always there. */
static bool types_apart(const Type *a, const Type *b) {
    if (a->combinators || b->combinators)
        return false;
    if (a->constant && b->constant)
        return !node_equal(a->constant, b->constant);
    if (a->kinds && b->kinds && !(a->kinds & b->kinds))
        return true;
    return a->object && b->object && objects_apart(a->object, b->object);
}

/* One item may be what several variants look for, unless these exclude each other. */
static Bound least_items(PactReader *reader, const Types *items) {
    enum { LIMIT = 64 };
    const Type *apart[LIMIT];
    size_t count = 0;
    for (size_t i = 0; i < items->count && count < LIMIT; i++) {
        bool further = true;
        for (size_t j = 0; j < count && further; j++)
            further = types_apart(apart[j], items->items[i]);
        if (further)
            apart[count++] = items->items[i];
    }
    return (Bound){text_format(reader->arena, "%zu", count)};
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static Type *array_type(const Matching *matching) {
    Type *type = pact_type(matching->reader, KIND_ARRAY, matching->spot->example);
    type->array = arena_new_object(matching->reader->arena, ArrayKeywords);
    return type;
}

/* A provider may put other items beside those that the variants ask for; a consumer sends what the
 * variants show. */
static Type *join_variants(const Matching *matching, const Types *items) {
    PactReader *reader = matching->reader;
    const Node *example = matching->spot->example;
    if (reader->direction == DIRECTION_REQUEST) {
        Type *type = array_type(matching);
        type->array->items = pact_join(reader, items, true, example);
        return type;
    }
    Types lists = {0};
    Bound least = least_items(reader, items);
    for (size_t i = 0; i < items->count; i++) {
        Type *type = array_type(matching);
        type->array->contains = items->items[i];
        type->array->min_items = least;
        array_push(reader->arena, &lists, type);
    }
    Type *joined = pact_join(reader, &lists, false, example);
    return joined ? joined : array_type(matching);
}

Type *make_array_contains(const Matching *matching) {
    PactReader *reader = matching->reader;
    const Node *variants = node_member(matching->matcher, TEXT("variants"));
    const Node *example = matching->spot->example;
    if (!example || example->kind != NODE_SEQUENCE || !variants || variants->kind != NODE_SEQUENCE)
        return matching_unknown(matching);
    Types items = {0};
    for (uint32_t i = 0; i < variants->count; i++) {
        Type *item = variant_item(matching, variants->items[i]);
        if (item)
            array_push(reader->arena, &items, item);
    }
    return join_variants(matching, &items);
}
