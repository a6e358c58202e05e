#include "diff/compare.h"

#include "graph/pattern.h"

/* Properties by their names alone: `patternProperties` and `propertyNames`. */

/* What an object says of properties that no name and no pattern speaks of. */
static Meet *rest_of(Comparer *comparer, const ObjectFacets *facets) {
    return undeclared_property(comparer->canonicals, facets, (Text){0});
}

static bool may_share_names(Comparer *comparer, Text a, Text b) {
    StringFacets left = {.patterns = {&a, 1, 1}}, right = {.patterns = {&b, 1, 1}};
    return !texts_are_apart(canonicals_patterns(comparer->canonicals), &left, &right);
}

/* All names that the one pattern finds, the other finds. */
static bool finds_all(Comparer *comparer, Text pattern, Text wanted) {
    StringFacets names = {.patterns = {&pattern, 1, 1}};
    return texts_match(canonicals_patterns(comparer->canonicals), &names, wanted, NULL) == INCLUDED;
}

static void add_counterpart(Comparer *comparer, const Comparison *at, Patterned *patterned,
                            Meet *other) {
    Meet *own = patterned->pattern->type;
    array_push(comparer->arena, &patterned->below,
               pair_of(comparer, patterned->added ? other : own, patterned->added ? own : other,
                       at->direction));
}

/* Other patterns of its own side may speak of the same names. */
static bool speaks_alone(Comparer *comparer, const ObjectFacets *own, Text pattern) {
    for (size_t i = 0; i < own->pattern_properties.count; i++)
        if (!text_equal(own->pattern_properties.items[i].pattern, pattern) &&
            may_share_names(comparer, own->pattern_properties.items[i].pattern, pattern))
            return false;
    return true;
}

static void put_off(Comparer *comparer, Comparison *at, const Alternative *base,
                    const Alternative *revision, const PatternProperty *pattern, bool added) {
    const ObjectFacets *own = added ? &revision->object : &base->object;
    const ObjectFacets *other = added ? &base->object : &revision->object;
    Patterned patterned = {.base = base,
                           .revision = revision,
                           .pattern = pattern,
                           .added = added,
                           .exact = speaks_alone(comparer, own, pattern->pattern)};
    bool covered = false;
    for (size_t i = 0; i < other->pattern_properties.count; i++) {
        const PatternProperty *met = &other->pattern_properties.items[i];
        if (!may_share_names(comparer, met->pattern, pattern->pattern))
            continue;
        add_counterpart(comparer, at, &patterned, met->type);
        covered |= finds_all(comparer, pattern->pattern, met->pattern);
    }
    if (!covered)
        add_counterpart(comparer, at, &patterned, rest_of(comparer, other));
    patterned.exact &= patterned.below.count == 1;
    defer(comparer, (Deferred){.kind = DEFERRED_PATTERNED, .at = at, .patterned = patterned});
}

void compare_pattern_properties(Comparer *comparer, Comparison *at, const Alternative *base,
                                const Alternative *revision) {
    const ObjectFacets *from = &base->object, *to = &revision->object;
    size_t i = 0, j = 0;
    while (i < from->pattern_properties.count || j < to->pattern_properties.count) {
        const PatternProperty *a = &from->pattern_properties.items[i];
        const PatternProperty *b = &to->pattern_properties.items[j];
        int order = i == from->pattern_properties.count ? 1
                    : j == to->pattern_properties.count ? -1
                                                        : text_compare(a->pattern, b->pattern);
        if (order < 0)
            put_off(comparer, at, base, revision, a, false);
        else if (order > 0)
            put_off(comparer, at, base, revision, b, true);
        else
            add_types(comparer, at, STEP_PATTERN_PROPERTY, a->pattern, a->type, b->type);
        i += order <= 0;
        j += order >= 0;
    }
}

/* Where several things speak of such names, that one of them differs proves nothing. */
void decide_patterned(Comparer *comparer, Comparison *at, const Patterned *patterned) {
    const PatternProperty *pattern = patterned->pattern;
    bool added = patterned->added;
    Effect effect = EFFECT_NONE;
    for (size_t i = 0; i < patterned->below.count; i++)
        effect |= comparison_by_letter(comparer, patterned->below.items[i]);
    /* An addition is one, and told as one, wherever it is found. */
    for (size_t i = 0; effect & EFFECT_ADDED && i < patterned->below.count; i++)
        add_edge(comparer, at, STEP_PATTERN_PROPERTY, pattern->pattern, patterned->below.items[i]);
    effect &= EFFECT_ALL;
    if (effect == EFFECT_NONE)
        return;
    if (!patterned->exact)
        effect |= EFFECT_UNPROVEN;
    Change *change =
        note(comparer, at, added ? CHANGE_PATTERN_PROPERTY_ADDED : CHANGE_PATTERN_PROPERTY_REMOVED,
             effect, added ? patterned->base->origin : pattern->origin,
             added ? pattern->origin : patterned->revision->origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, ATTRIBUTE_NAME, pattern->pattern);
    with_effect(comparer, change, effect);
}

/* ---- propertyNames --------------------------------------------------------------------------- */

static bool names_all_properties(const ObjectFacets *facets) {
    return facets->additional == ADDITIONAL_FORBIDDEN && !facets->pattern_properties.count;
}

/* An object that names all its properties takes or refuses each by itself. */
void compare_property_names(Comparer *comparer, Comparison *at, const Alternative *base,
                            const Alternative *revision) {
    const ObjectFacets *from = &base->object, *to = &revision->object;
    if ((!from->names && !to->names) || names_all_properties(from) || names_all_properties(to))
        return;
    Meet *any = canonicals_string(comparer->canonicals);
    add_edge(comparer, at, STEP_KEYWORD, TEXT("propertyNames"),
             pair_of(comparer, from->names ? from->names : any, to->names ? to->names : any,
                     at->direction));
}
