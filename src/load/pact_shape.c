#include "load/pact_shape.h"

#include <stdio.h>

Spot *spot_new(PactReader *reader, Standing standing, const Node *example) {
    Spot *spot = arena_new_object(reader->arena, Spot);
    *spot = (Spot){.example = example, .standing = standing};
    return spot;
}

static bool is_container(const Node *node) {
    return node && (node->kind == NODE_SEQUENCE || node->kind == NODE_MAPPING);
}

size_t spot_child_count(const Spot *spot) {
    return is_container(spot->example) ? spot->example->count : 0;
}

Spot *spot_children(PactReader *reader, Spot *spot) {
    size_t count = spot_child_count(spot);
    if (spot->children || !count)
        return spot->children;
    spot->children = arena_new_array(reader->arena, count, Spot);
    Spot *plain = spot->plain ? spot_children(reader, spot->plain) : NULL;
    bool is_index = spot->example->kind == NODE_SEQUENCE;
    for (size_t i = 0; i < count; i++) {
        Spot *child = &spot->children[i];
        char digits[24];
        Text key;
        if (is_index) {
            snprintf(digits, sizeof digits, "%zu", i);
            key = text_from(digits);
            child->example = spot->example->items[i];
        } else {
            key = spot->example->members[i].key;
            child->example = spot->example->members[i].value;
        }
        child->standing = standing_below(reader->arena, &spot->standing, key, is_index);
        child->plain = plain ? &plain[i] : NULL;
    }
    return spot->children;
}

Type *spot_type(PactReader *reader, Spot *spot) {
    /* Made once, or what stands below several matchers at each level would multiply. */
    if (spot->plain && standing_equals(&spot->standing, &spot->plain->standing))
        return spot_type(reader, spot->plain);
    const MatchingRule *rule = spot->standing.winner.rule;
    const Node *generator = spot->standing.generator;
    if (!spot->type && generator && reader->direction == DIRECTION_REQUEST)
        spot->type = pact_generated(reader, generator, spot->example);
    if (!spot->type && rule && rule->fault) /* a matcher could make more of it */
        spot->type = reader->direction == DIRECTION_REQUEST ? spot_exact(reader, spot)
                                                            : spot_loose(reader, spot);
    if (!spot->type && rule)
        spot->type =
            matchers_type(reader, &rule->matchers, rule->any, rule, spot, spot->standing.own);
    if (!spot->type)
        spot->type = spot_exact(reader, spot);
    return spot->type;
}

Type *spot_any_child(PactReader *reader, Spot *spot) {
    Types types = {0};
    Spot *children = spot_children(reader, spot);
    for (size_t i = 0; i < spot_child_count(spot); i++)
        array_push(reader->arena, &types, spot_type(reader, &children[i]));
    return pact_join(reader, &types, true, spot->example);
}

/* Every key that the example names is read, so it is required. A consumer sends no others, and does
 * not mind others. */
static Type *object_type(PactReader *reader, Spot *spot) {
    Type *type = pact_type(reader, KIND_OBJECT, spot->example);
    type->object = arena_new_object(reader->arena, ObjectKeywords);
    if (reader->direction == DIRECTION_REQUEST)
        type->object->additional_properties = reader->never;
    Spot *children = spot_children(reader, spot);
    for (size_t i = 0; i < spot_child_count(spot); i++) {
        Text name = spot->example->members[i].key;
        const Node *origin = spot->example->members[i].value;
        Property property = {name, spot_type(reader, &children[i]), origin};
        Required required = {name, origin};
        array_push(reader->arena, &type->object->properties, property);
        array_push(reader->arena, &type->object->required, required);
    }
    return type;
}

static Type *exact_array(PactReader *reader, Spot *spot) {
    Type *type = pact_type(reader, KIND_ARRAY, spot->example);
    type->array = arena_new_object(reader->arena, ArrayKeywords);
    Spot *children = spot_children(reader, spot);
    size_t count = spot_child_count(spot);
    for (size_t i = 0; i < count; i++)
        array_push(reader->arena, &type->array->prefix_items, spot_type(reader, &children[i]));
    Bound bound = {text_format(reader->arena, "%zu", count)};
    type->array->max_items = bound;
    if (count)
        type->array->min_items = bound;
    return type;
}

Type *spot_exact(PactReader *reader, Spot *spot) {
    if (!spot->example)
        return pact_type(reader, 0, NULL);
    if (spot->example->kind == NODE_MAPPING)
        return object_type(reader, spot);
    if (spot->example->kind == NODE_SEQUENCE)
        return exact_array(reader, spot);
    return pact_constant(reader, spot->example, spot->example);
}

/* Not "1.0", which a consumer writes that may write "1.5". */
static bool is_written_whole(Text number) {
    for (size_t i = 0; i < number.size; i++)
        if (number.data[i] == '.' || number.data[i] == 'e' || number.data[i] == 'E')
            return false;
    return true;
}

/* A number that is sent stands for its like: an integer for integers. */
static KindSet kinds_like(const PactReader *reader, const Node *example) {
    static const KindSet kinds[] = {
        [NODE_NULL] = KIND_NULL,     [NODE_BOOLEAN] = KIND_BOOLEAN, [NODE_NUMBER] = KIND_NUMBER,
        [NODE_STRING] = KIND_STRING, [NODE_SEQUENCE] = KIND_ARRAY,  [NODE_MAPPING] = KIND_OBJECT,
    };
    bool number = example->kind == NODE_NUMBER;
    if (reader->direction == DIRECTION_REQUEST && number && is_written_whole(example->text))
        return KIND_INTEGER;
    return kinds[example->kind];
}

Type *spot_loose(PactReader *reader, Spot *spot) {
    if (!spot->example)
        return pact_type(reader, 0, NULL);
    if (spot->example->kind == NODE_MAPPING)
        return object_type(reader, spot);
    Type *type = pact_type(reader, kinds_like(reader, spot->example), spot->example);
    if (spot->example->kind == NODE_SEQUENCE) {
        type->array = arena_new_object(reader->arena, ArrayKeywords);
        type->array->items = spot_any_child(reader, spot);
    }
    return type;
}
