#include "diff/compare.h"

/* A property that was added to an open object is an addition, whatever an undeclared key of that
 * name was before. Not so where another schema beside it speaks of the same key, or takes any: then
 * that one takes the values, with or without the addition. So the comparison that has the additions
 * is walked in step with the schema beside it. */

enum { BESIDE_LIMIT = 4000 }; /* places walked; where there are more, one may speak of it */

typedef struct Beside {
    const Comparison *at;
    Meet *type; /* what the schema beside says of the same place */
} Beside;

typedef struct Steps {
    Comparer *comparer;
    Map *seen; /* key: ids of both */
    ARRAY(Beside) list;
} Steps;

static void step_to(Steps *steps, const Comparison *at, Meet *type) {
    Arena *arena = steps->comparer->arena;
    uint32_t ids[] = {at->id, meet_id(type)};
    if (map_get(steps->seen, ids, sizeof ids))
        return;
    map_put(steps->seen, arena_copy(arena, ids, sizeof ids), sizeof ids, steps);
    array_push(arena, &steps->list, ((Beside){at, type}));
}

static void step_to_property(Steps *steps, const Comparison *to, const ObjectFacets *object,
                             Text name) {
    const CanonicalProperty *property = object_property(object, name);
    step_to(steps, to,
            property ? property->type
                     : undeclared_property(steps->comparer->canonicals, object, name));
}

/* Some property of a name that is not known. */
static void step_to_any_property(Steps *steps, const Comparison *to, const ObjectFacets *object) {
    for (size_t i = 0; i < object->properties.count; i++)
        step_to(steps, to, object->properties.items[i].type);
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        step_to(steps, to, object->pattern_properties.items[i].type);
    step_to(steps, to,
            object->additional_type ? object->additional_type
                                    : canonicals_meet(steps->comparer->canonicals, NULL));
}

static void step_to_item(Steps *steps, const Comparison *to, const ArrayFacets *array) {
    for (size_t i = 0; i < array->prefix_items.count; i++)
        step_to(steps, to, array->prefix_items.items[i]);
    step_to(steps, to, array->items);
}

static void step_within(Steps *steps, const ComparisonEdge *edge, const Alternative *alternative) {
    bool object = alternative->kind == ALTERNATIVE_OBJECT;
    bool array = alternative->kind == ALTERNATIVE_ARRAY;
    switch (edge->step.kind) {
    case STEP_PROPERTY:
        if (object)
            step_to_property(steps, edge->to, &alternative->object, edge->step.name);
        return;
    case STEP_ADDITIONAL_PROPERTIES:
    case STEP_PATTERN_PROPERTY:
        if (object)
            step_to_any_property(steps, edge->to, &alternative->object);
        return;
    case STEP_ITEMS:
    case STEP_PREFIX_ITEM:
        if (array)
            step_to_item(steps, edge->to, &alternative->array);
        return;
    default: /* what lies in the same place, or is no part of a value */
        return;
    }
}

static bool speaks_of(Comparer *comparer, const ObjectFacets *object, Text name) {
    Meet *type = undeclared_property(comparer->canonicals, object, name);
    if (object_property(object, name))
        return true;
    return type == canonicals_meet(comparer->canonicals, NULL)
               ? object->additional != ADDITIONAL_UNSAID
               : property_may_come(comparer->canonicals, object, name);
}

static bool speaks_of_additions(Comparer *comparer, const Comparison *at,
                                const Canonical *canonical) {
    for (size_t i = 0; i < at->changes.count; i++) {
        if (at->changes.items[i]->kind != CHANGE_PROPERTY_ADDED)
            continue;
        Text name = change_attribute(at->changes.items[i], ATTRIBUTE_NAME);
        for (size_t j = 0; j < canonical->alternatives.count; j++)
            if (canonical->alternatives.items[j]->kind == ALTERNATIVE_OBJECT &&
                speaks_of(comparer, &canonical->alternatives.items[j]->object, name))
                return true;
    }
    return false;
}

bool additions_meet(Comparer *comparer, const Comparison *comparison, Meet *beside) {
    Steps steps = {comparer, map_new(comparer->arena), {0}};
    step_to(&steps, comparison, beside);
    for (size_t i = 0; i < steps.list.count; i++) {
        Beside place = steps.list.items[i];
        const Canonical *canonical = meet_canonical(place.type);
        if (i > BESIDE_LIMIT || speaks_of_additions(comparer, place.at, canonical))
            return true;
        for (size_t j = 0; j < place.at->edges.count; j++) {
            const ComparisonEdge *edge = &place.at->edges.items[j];
            if (edge->step.kind == STEP_VARIANT)
                step_to(&steps, edge->to, place.type);
            for (size_t k = 0; k < canonical->alternatives.count; k++)
                step_within(&steps, edge, canonical->alternatives.items[k]);
        }
    }
    return false;
}
