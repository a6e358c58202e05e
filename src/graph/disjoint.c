#include "graph/meet.h"
#include "graph/pattern.h"

#include "support/decimal.h"
#include "support/map.h"

/* Disjoint by kind, by listed values, by bounds, by a property that both require and that can have
 * no common value, or by a closed set of properties that lacks what the other requires. */

enum { DISJOINT_DEPTH = 3 };

static bool values_disjoint(const Alternative *listed, const Alternative *other) {
    for (size_t i = 0; i < listed->values->count; i++)
        if (alternative_accepts(other, listed->values->items[i], DIRECTION_REQUEST) != REFUSED)
            return false;
    return true;
}

static bool apart(Bound maximum, Bound minimum, bool exclusive) {
    if (!maximum.digits.size || !minimum.digits.size)
        return false;
    int order = decimal_compare(maximum.digits, minimum.digits);
    return order < 0 || (order == 0 && exclusive);
}

static bool numbers_disjoint(const NumberFacets *a, const NumberFacets *b) {
    return apart(a->maximum, b->minimum, a->exclusive_maximum || b->exclusive_minimum) ||
           apart(b->maximum, a->minimum, b->exclusive_maximum || a->exclusive_minimum);
}

static bool lacks_required(const ObjectFacets *closed, const ObjectFacets *other) {
    if (closed->additional != ADDITIONAL_FORBIDDEN || closed->pattern_properties.count)
        return false;
    size_t j = 0;
    for (size_t i = 0; i < other->properties.count; i++) {
        const CanonicalProperty *wanted = &other->properties.items[i];
        if (!wanted->required)
            continue;
        while (j < closed->properties.count &&
               text_compare(closed->properties.items[j].name, wanted->name) < 0)
            j++;
        if (j == closed->properties.count ||
            !text_equal(closed->properties.items[j].name, wanted->name))
            return true;
    }
    return false;
}

static bool objects_disjoint(const ObjectFacets *a, const ObjectFacets *b, int depth) {
    if (lacks_required(a, b) || lacks_required(b, a))
        return true;
    size_t j = 0;
    for (size_t i = 0; i < a->properties.count; i++) {
        const CanonicalProperty *property = &a->properties.items[i];
        while (j < b->properties.count &&
               text_compare(b->properties.items[j].name, property->name) < 0)
            j++;
        if (j == b->properties.count)
            break;
        const CanonicalProperty *other = &b->properties.items[j];
        if (!text_equal(other->name, property->name) || !property->required || !other->required)
            continue;
        if (meets_disjoint(property->type, other->type, KIND_ANY, depth + 1))
            return true;
    }
    return false;
}

static bool strings_disjoint(Patterns *patterns, const StringFacets *a, const StringFacets *b) {
    if (apart(a->max_length, b->min_length, false) || apart(b->max_length, a->min_length, false))
        return true;
    return (a->patterns.count || b->patterns.count) && texts_are_apart(patterns, a, b);
}

bool alternatives_disjoint(Canonicals *canonicals, const Alternative *a, const Alternative *b,
                           int depth) {
    if (a->kind != b->kind)
        return true;
    if (a->values)
        return values_disjoint(a, b);
    if (b->values)
        return values_disjoint(b, a);
    switch (a->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return false;
    case ALTERNATIVE_NUMBER:
        return numbers_disjoint(&a->number, &b->number);
    case ALTERNATIVE_STRING:
        return strings_disjoint(canonicals_patterns(canonicals), &a->string, &b->string);
    case ALTERNATIVE_ARRAY:
        return apart(a->array.max_items, b->array.min_items, false) ||
               apart(b->array.max_items, a->array.min_items, false);
    case ALTERNATIVE_OBJECT:
        return objects_disjoint(&a->object, &b->object, depth);
    }
    return false;
}

bool alternatives_apart(Canonicals *canonicals, const Alternative *a, const Alternative *b) {
    return alternatives_disjoint(canonicals, a, b, 0);
}

static bool is_among(const Alternative *alternative, KindSet kinds) {
    static const KindSet bits[] = {
        [ALTERNATIVE_NULL] = KIND_NULL,     [ALTERNATIVE_BOOLEAN] = KIND_BOOLEAN,
        [ALTERNATIVE_NUMBER] = KIND_NUMBER, [ALTERNATIVE_STRING] = KIND_STRING,
        [ALTERNATIVE_ARRAY] = KIND_ARRAY,   [ALTERNATIVE_OBJECT] = KIND_OBJECT,
    };
    return bits[alternative->kind] & kinds;
}

/* What `type` leaves of a Meet, which is known without its canonical form. */
static KindSet kinds_of(const Meet *meet) {
    return conjunction_kinds(&meet->types) | (meet->or_null ? KIND_NULL : 0);
}

bool meets_disjoint(Meet *a, Meet *b, KindSet kinds, int depth) {
    if (!(kinds_of(a) & kinds_of(b) & kinds))
        return true;
    if (depth > DISJOINT_DEPTH || !meet_is_at_hand(a) || !meet_is_at_hand(b))
        return false;
    const Canonical *left = meet_canonical(a), *right = meet_canonical(b);
    for (size_t i = 0; i < left->alternatives.count; i++)
        for (size_t j = 0; j < right->alternatives.count; j++)
            if (is_among(left->alternatives.items[i], kinds) &&
                !alternatives_disjoint(a->owner, left->alternatives.items[i],
                                       right->alternatives.items[j], depth))
                return false;
    return true;
}

bool alternative_is_apart(Canonicals *canonicals, const Alternative *alternative, Meet *meet) {
    if (!meet_is_at_hand(meet))
        return false;
    const Canonical *canonical = meet_canonical(meet);
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (!alternatives_disjoint(canonicals, alternative, canonical->alternatives.items[i], 0))
            return false;
    return true;
}

/* ---- many at once ---------------------------------------------------------------------------- */

static const CanonicalProperty *required_property(const ObjectFacets *object, Text name) {
    size_t low = 0, high = object->properties.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(object->properties.items[middle].name, name);
        if (order == 0)
            return object->properties.items[middle].required ? &object->properties.items[middle]
                                                             : NULL;
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

/* Its only alternative, if that is an object; NULL else. */
static const ObjectFacets *only_object(Meet *meet) {
    if (!meet_is_at_hand(meet))
        return NULL;
    const Canonical *canonical = meet_canonical(meet);
    bool object = canonical->alternatives.count == 1 &&
                  canonical->alternatives.items[0]->kind == ALTERNATIVE_OBJECT;
    return object && !canonical->alternatives.items[0]->values
               ? &canonical->alternatives.items[0]->object
               : NULL;
}

/* The texts that a property lists; NULL where it allows anything else. */
static const Values *listed_texts(const CanonicalProperty *property) {
    if (!property || !meet_is_at_hand(property->type))
        return NULL;
    const Canonical *canonical = meet_canonical(property->type);
    const Alternative *only =
        canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    return only && only->kind == ALTERNATIVE_STRING ? only->values : NULL;
}

static bool tells_apart(Arena *scratch, Meet *const *meets, size_t count, Text name) {
    Map *texts = map_new(scratch);
    for (size_t i = 0; i < count; i++) {
        const ObjectFacets *object = only_object(meets[i]);
        const Values *values = object ? listed_texts(required_property(object, name)) : NULL;
        for (size_t j = 0; values && j < values->count; j++) {
            if (map_get_text(texts, values->items[j]->text))
                return false;
            map_put_text(texts, values->items[j]->text, texts);
        }
        if (!values)
            return false;
    }
    return true;
}

bool meets_told_apart(Arena *scratch, Meet *const *meets, size_t count) {
    const ObjectFacets *first = count ? only_object(meets[0]) : NULL;
    for (size_t i = 0; first && i < first->properties.count; i++)
        if (listed_texts(required_property(first, first->properties.items[i].name)) &&
            tells_apart(scratch, meets, count, first->properties.items[i].name))
            return true;
    return false;
}
