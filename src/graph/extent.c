#include "graph/meet.h"

/* Whether a set is empty, or everything. Both are asked while other canonical forms are made, so
 * the answer is no where it would lead round in a circle or too deep. */

bool meet_is_at_hand(const Meet *meet) {
    return meet->canonical || (!meet->in_progress && meet->owner->depth < FORM_DEPTH);
}

bool meet_is_nothing(Meet *meet) {
    for (size_t i = 0; i < meet->types.types.count && !meet->or_null; i++)
        if (meet->types.types.items[i]->never)
            return true;
    return meet->types.types.count && meet_is_at_hand(meet) &&
           !meet_canonical(meet)->alternatives.count;
}

static bool object_is_unlimited(const ObjectFacets *object) {
    return !object->properties.count && !object->pattern_properties.count &&
           !object->dependent_required.count && !object->names &&
           (object->additional == ADDITIONAL_UNSAID || object->additional == ADDITIONAL_ALLOWED) &&
           !object->min_properties.digits.size && !object->max_properties.digits.size;
}

bool alternative_is_unlimited(const Alternative *a) {
    if (a->values || a->constraints.count)
        return false;
    switch (a->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return true;
    case ALTERNATIVE_NUMBER:
        return !a->number.integer && !a->number.minimum.digits.size &&
               !a->number.maximum.digits.size && !a->number.multiples_of.count &&
               !a->number.formats.count;
    case ALTERNATIVE_STRING:
        return !a->string.min_length.digits.size && !a->string.max_length.digits.size &&
               !a->string.patterns.count && !a->string.formats.count &&
               !a->string.content_encoding.size && !a->string.content_media_type.size;
    case ALTERNATIVE_ARRAY:
        return !a->array.min_items.digits.size && !a->array.max_items.digits.size &&
               !a->array.prefix_items.count && !a->array.unique_items &&
               meet_is_anything(a->array.items);
    case ALTERNATIVE_OBJECT:
        return object_is_unlimited(&a->object);
    }
    return false;
}

Alternative alternative_of_kind(Canonicals *canonicals, AlternativeKind kind) {
    Alternative all = {.kind = kind};
    if (kind == ALTERNATIVE_STRING)
        all.string.known = canonicals_patterns(canonicals);
    if (kind == ALTERNATIVE_ARRAY)
        all.array.items = canonicals_meet(canonicals, NULL);
    return all;
}

bool meet_is_anything(Meet *meet) {
    if (!meet->types.types.count)
        return !meet->too_deep;
    if (!meet_is_at_hand(meet) || meet->too_deep)
        return false;
    if (meet->asked_for_limits) /* lists of what is being asked for: no limit of their own */
        return true;
    const Canonical *canonical = meet_canonical(meet);
    bool anything =
        canonical->kinds == KIND_ANY && !canonical->overlapping_one_of && !canonical->unknown;
    meet->asked_for_limits = true;
    for (size_t i = 0; i < canonical->alternatives.count && anything; i++)
        anything = alternative_is_unlimited(canonical->alternatives.items[i]);
    meet->asked_for_limits = false;
    return anything;
}
