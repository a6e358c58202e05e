#include "diff/compare.h"

/* Variants that differ in the listed values of one property alone are one object that lists them
 * all: that is what the other side's only object is held against. */

enum { MERGED_LIMIT = 64 };

static const Values *listed_values(Meet *type) {
    const Canonical *canonical = meet_canonical(type);
    const Alternative *only =
        canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    bool plain = only && !canonical->unknown && !only->constraints.count && !only->outside.count &&
                 !only->inexact && !only->extensible_enum;
    return plain ? only->values : NULL;
}

static bool is_plain(const Alternative *alternative) {
    const ObjectFacets *object = &alternative->object;
    return !alternative->values && !alternative->tags.list.count &&
           !alternative->constraints.count && !alternative->outside.count &&
           !alternative->inexact && !object->pattern_properties.count &&
           !object->dependent_required.count && !object->names &&
           object->additional != ADDITIONAL_DESCRIBED;
}

static bool same_place(const CanonicalProperty *a, const CanonicalProperty *b) {
    return text_equal(a->name, b->name) && a->required == b->required &&
           a->declared == b->declared && a->read_only == b->read_only &&
           a->write_only == b->write_only && a->deprecated == b->deprecated &&
           text_equal(a->sunset, b->sunset) &&
           text_equal(a->deprecated_since, b->deprecated_since) &&
           same_default(a->default_value, b->default_value);
}

/* Whether all but one property say the same; that one lists its values on both sides. */
static bool differ_in_one(Comparer *comparer, const Comparison *at, const ObjectFacets *a,
                          const ObjectFacets *b, size_t *where) {
    if (a->properties.count != b->properties.count || a->additional != b->additional ||
        !text_equal(a->min_properties.digits, b->min_properties.digits) ||
        !text_equal(a->max_properties.digits, b->max_properties.digits))
        return false;
    for (size_t i = 0; i < a->properties.count; i++) {
        const CanonicalProperty *one = &a->properties.items[i], *other = &b->properties.items[i];
        if (!same_place(one, other))
            return false;
        if (one->type == other->type ||
            prove_same(comparer->prover, one->type, other->type, at->direction))
            continue;
        if ((*where != SIZE_MAX && *where != i) || !listed_values(one->type) ||
            !listed_values(other->type))
            return false;
        *where = i;
    }
    return true;
}

const Alternative *merged_variants(Comparer *comparer, const Comparison *at, Slice side) {
    const Alternative *first = side.items[0];
    size_t where = SIZE_MAX;
    if (side.count < 2 || side.count > MERGED_LIMIT || first->kind != ALTERNATIVE_OBJECT)
        return NULL;
    for (size_t i = 0; i < side.count; i++)
        if (!is_plain(side.items[i]) ||
            !differ_in_one(comparer, at, &first->object, &side.items[i]->object, &where))
            return NULL;
    if (where == SIZE_MAX)
        return NULL;
    Values *all = arena_new_object(comparer->arena, Values);
    for (size_t i = 0; i < side.count; i++) {
        const Values *own = listed_values(side.items[i]->object.properties.items[where].type);
        for (size_t j = 0; j < own->count; j++)
            array_push(comparer->arena, all, own->items[j]);
    }
    Alternative *merged = arena_new_object(comparer->arena, Alternative);
    size_t count = first->object.properties.count;
    *merged = *first;
    merged->object.properties.items = arena_new_array(comparer->arena, count, CanonicalProperty);
    for (size_t i = 0; i < count; i++)
        merged->object.properties.items[i] = first->object.properties.items[i];
    merged->object.properties.items[where].type = canonicals_listed(comparer->canonicals, all);
    return merged;
}
