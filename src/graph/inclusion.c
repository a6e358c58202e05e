#include "graph/inclusion.h"

#include "graph/pattern.h"
#include "graph/prover.h"
#include "graph/values.h"
#include "support/map.h"

#include <stdlib.h>

/* What one proof, and what all of a run may take; and how many of the steps may lie within each
 * other. */
enum { STEPS_LIMIT = 6000, RUN_LIMIT = 400000, DEPTH_LIMIT = 160, OPEN_LIMIT = 24 };

Prover *prover_new(Canonicals *canonicals) {
    Arena *arena = canonicals_arena(canonicals);
    Prover *prover = arena_new_object(arena, Prover);
    prover->shop = (Workshop){canonicals, arena_scratch(arena)};
    prover->known = map_new(arena);
    return prover;
}

/* ---- covers ---------------------------------------------------------------------------------- */

Covers more_covers(const Covers *covers) {
    Covers more = *covers;
    more.capacity = more.count;
    return more;
}

void add_covers(Prover *prover, Covers *covers, Meet *meet, AlternativeKind kind) {
    const Canonical *canonical = meet_canonical(meet);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind == kind && !alternative->inexact)
            array_push(prover->shop.arena, covers, alternative);
    }
}

static bool takes(const Prover *prover, const Alternative *cover, const Node *value) {
    if (alternative_accepts(cover, value, prover->direction) != ACCEPTED)
        return false;
    for (size_t i = 0; i < cover->outside.count; i++)
        if (meet_accepts(cover->outside.items[i], value, prover->direction) != REFUSED)
            return false;
    return true;
}

static bool values_covered(const Prover *prover, const Values *values, const Covers *covers) {
    for (size_t i = 0; i < values->count; i++) {
        bool taken = false;
        for (size_t j = 0; j < covers->count && !taken; j++)
            taken = takes(prover, covers->items[j], values->items[i]);
        if (!taken)
            return false;
    }
    return true;
}

/* What a cover leaves over can be written down best where it has constraints, and not at all where
 * it lists values. */
static int rank(const Alternative *cover) {
    return cover->values ? 2 : cover->constraints.count || cover->outside.count ? 0 : 1;
}

/* Most often one cover takes all. */
static bool covered_by_one(Prover *prover, const Subject *subject, const Covers *covers) {
    for (size_t i = 0; i < covers->count; i++)
        if (alternative_is_unlimited(covers->items[i]) && !covers->items[i]->outside.count)
            return true;
    for (size_t i = 0; covers->count > 1 && i < covers->count; i++)
        if (demands_covered(prover, subject, covers->items[i], &(Covers){0}))
            return true;
    return false;
}

/* One cover after the other takes its part. */
static bool covered_by_parts(Prover *prover, const Subject *subject, const Covers *covers) {
    Covers near = {0}, rest = {0};
    size_t best = 0;
    for (size_t i = 0; i < covers->count; i++) {
        if (alternatives_disjoint(prover->shop.canonicals, &subject->is, covers->items[i], 0))
            continue;
        array_push(prover->shop.arena, &near, covers->items[i]);
        if (rank(covers->items[i]) < rank(near.items[best]))
            best = near.count - 1;
    }
    if (covered_by_one(prover, subject, &near))
        return true;
    for (size_t i = 0; i < near.count; i++)
        if (i != best)
            array_push(prover->shop.arena, &rest, near.items[i]);
    return near.count && demands_covered(prover, subject, near.items[best], &rest);
}

/* ---- subjects -------------------------------------------------------------------------------- */

/* Whether all texts are denied, or all values of something that is there. */
static bool is_denied(Prover *prover, const Subject *subject) {
    if (subject->denied_pattern.data &&
        texts_match(canonicals_patterns(prover->shop.canonicals), &subject->is.string,
                    subject->denied_pattern, NULL) == INCLUDED)
        return true;
    for (size_t i = 0; i < subject->denied.count; i++) {
        const Denied *denied = &subject->denied.items[i];
        ARRAY(Meet *) types = {0};
        for (size_t j = 0; j < subject->denied.count; j++)
            if (denied->index == subject->denied.items[j].index &&
                text_equal(denied->name, subject->denied.items[j].name))
                array_push(prover->shop.arena, &types, subject->denied.items[j].type);
        Meet *type = subject->is.kind == ALTERNATIVE_OBJECT
                         ? subject_property_type(&prover->shop, subject, denied->name)
                         : subject_item_type(subject, denied->index);
        if (type_within(prover, type, types.items, types.count))
            return true;
    }
    return false;
}

/* Whether something that has to be there can have no value. */
static bool is_vain(Prover *prover, const Subject *subject) {
    const Alternative *is = &subject->is;
    if (is->values)
        return false;
    for (size_t i = 0; is->kind == ALTERNATIVE_OBJECT && i < is->object.properties.count; i++)
        if (is->object.properties.items[i].required &&
            type_within(prover, is->object.properties.items[i].type, NULL, 0))
            return true;
    return is->kind == ALTERNATIVE_ARRAY && subject_has_items(subject, 1) &&
           type_within(prover, subject_item_type(subject, 0), NULL, 0);
}

/* Values that meet a condition meet `then`; those that meet `else` need not meet the condition. */
static bool condition_covered(Prover *prover, const Subject *subject, const Constraint *constraint,
                              const Covers *covers) {
    const Canonical *condition = meet_canonical(constraint->type);
    const Canonical *consequence = meet_canonical(constraint->then_type);
    const Canonical *otherwise = meet_canonical(constraint->else_type);
    for (size_t i = 0; i < condition->alternatives.count; i++) {
        if (condition->alternatives.items[i]->kind != subject->is.kind)
            continue;
        Subject met = subject_met(&prover->shop, subject, condition->alternatives.items[i]);
        for (size_t j = 0; j < consequence->alternatives.count; j++) {
            const Alternative *then = consequence->alternatives.items[j];
            Subject both = then->kind == met.is.kind ? subject_met(&prover->shop, &met, then) : met;
            if (then->kind == met.is.kind && !covered(prover, &both, covers))
                return false;
        }
    }
    Covers unless = more_covers(covers);
    add_covers(prover, &unless, constraint->type, subject->is.kind);
    for (size_t i = 0; i < otherwise->alternatives.count; i++) {
        if (otherwise->alternatives.items[i]->kind != subject->is.kind)
            continue;
        Subject met = subject_met(&prover->shop, subject, otherwise->alternatives.items[i]);
        if (!covered(prover, &met, &unless))
            return false;
    }
    return true;
}

static bool dependent_covered(Prover *prover, const Subject *subject, const Constraint *constraint,
                              const Covers *covers) {
    const Canonical *schema = meet_canonical(constraint->type);
    Subject without = subject_without(&prover->shop, subject, constraint->text);
    Subject with = subject_with(&prover->shop, subject, constraint->text);
    if (!covered(prover, &without, covers))
        return false;
    for (size_t i = 0; i < schema->alternatives.count; i++) {
        if (schema->alternatives.items[i]->kind != subject->is.kind)
            continue;
        Subject met = subject_met(&prover->shop, &with, schema->alternatives.items[i]);
        if (!covered(prover, &met, covers))
            return false;
    }
    return true;
}

/* Where all items are of a type, there are no more of them than may be of it. */
static void settle_contained(Prover *prover, Subject *subject) {
    for (size_t i = 0; i < subject->contains.count; i++) {
        Constraint contains = subject->contains.items[i];
        bool all = contains.most.digits.size;
        for (size_t j = 0; all && j <= subject->is.array.prefix_items.count; j++)
            all = type_within(prover, subject_item_type(subject, j), &contains.type, 1);
        if (all)
            bound_narrow_maximum(&subject->is.array.max_items, contains.most);
    }
}

static bool take_step(Prover *prover) {
    prover->exhausted |= ++prover->steps > STEPS_LIMIT || ++prover->all_steps > RUN_LIMIT ||
                         prover->depth > DEPTH_LIMIT;
    return !prover->exhausted;
}

/* Facts first: what the subject is besides its facets. */
static bool covered_step(Prover *prover, Subject *subject, Covers *covers) {
    for (size_t i = 0; i < subject->is.outside.count; i++)
        add_covers(prover, covers, subject->is.outside.items[i], subject->is.kind);
    subject->is.outside.count = subject->is.outside.capacity = 0;
    while (subject->is.constraints.count) {
        Constraint constraint = subject->is.constraints.items[--subject->is.constraints.count];
        subject->is.constraints.capacity = subject->is.constraints.count;
        if (constraint.sense == CONSTRAINT_OUTSIDE)
            add_covers(prover, covers, constraint.type, subject->is.kind);
        else if (constraint.sense == CONSTRAINT_CONDITION)
            return condition_covered(prover, subject, &constraint, covers);
        else if (constraint.sense == CONSTRAINT_WITHIN && constraint.text.data)
            return dependent_covered(prover, subject, &constraint, covers);
        else if (constraint.sense == CONSTRAINT_WITHIN)
            array_push(prover->shop.arena, &subject->contains, constraint);
    }
    if (subject->is.kind == ALTERNATIVE_ARRAY && !subject->is.values)
        settle_contained(prover, subject);
    if (!subject_settle(&prover->shop, subject) || is_denied(prover, subject))
        return true;
    if (!covers->count)
        return is_vain(prover, subject);
    subject_list(&prover->shop, subject);
    if (subject->is.values)
        return values_covered(prover, subject->is.values, covers);
    return covered_by_parts(prover, subject, covers);
}

bool covered(Prover *prover, const Subject *subject, const Covers *covers) {
    if (!take_step(prover))
        return false;
    Subject own = *subject;
    own.contains.capacity = own.contains.count;
    Covers all = more_covers(covers);
    prover->depth++;
    bool proven = covered_step(prover, &own, &all);
    prover->depth--;
    return proven;
}

/* ---- types ----------------------------------------------------------------------------------- */

static bool is_plain(Meet *type, Meet *const *others, size_t count) {
    if (meet_is_nothing(type))
        return true;
    for (size_t i = 0; i < count; i++)
        if ((others[i] == type && meet_is_followed(type)) || meet_is_anything(others[i]))
            return true;
    return false;
}

static int by_id(const void *a, const void *b) {
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static uint32_t *key_of(const Prover *prover, Meet *type, Meet *const *others, size_t count,
                        size_t *size) {
    Arena *arena = canonicals_arena(prover->shop.canonicals);
    uint32_t *key = arena_new_array(arena, count + 3, uint32_t);
    key[0] = (uint32_t)count;
    key[1] = prover->direction;
    key[2] = meet_id(type);
    for (size_t i = 0; i < count; i++)
        key[3 + i] = meet_id(others[i]);
    if (count > 1)
        qsort(key + 3, count, sizeof *key, by_id);
    *size = (count + 3) * sizeof *key;
    return key;
}

static bool each_alternative_covered(Prover *prover, Meet *type, Meet *const *others,
                                     size_t count) {
    const Canonical *canonical = meet_canonical(type);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        Covers covers = {0};
        Subject subject = subject_of(canonical->alternatives.items[i]);
        for (size_t j = 0; j < count; j++)
            add_covers(prover, &covers, others[j], subject.is.kind);
        if (!covered(prover, &subject, &covers))
            return false;
    }
    return true;
}

/* Among those that are being answered; SIZE_MAX: it is none of them. */
static size_t find_open(const Prover *prover, const uint32_t *key, size_t size) {
    for (size_t i = 0; i < prover->open.count; i++)
        if (prover->open.items[i][0] == key[0] && !memcmp(prover->open.items[i], key, size))
            return i;
    return SIZE_MAX;
}

bool type_within(Prover *prover, Meet *type, Meet *const *others, size_t count) {
    static char yes, no;
    if (is_plain(type, others, count))
        return true;
    size_t size;
    uint32_t *key = key_of(prover, type, others, count, &size);
    const char *known = map_get(prover->known, key, size);
    if (known)
        return known == &yes;
    size_t open = find_open(prover, key, size);
    if (open != SIZE_MAX) {
        prover->leaned_on = open < prover->leaned_on ? open : prover->leaned_on;
        return true;
    }
    if (prover->open.count >= OPEN_LIMIT)
        prover->exhausted = true;
    if (!take_step(prover))
        return false;
    size_t leaned_on = prover->leaned_on, own = prover->open.count;
    prover->leaned_on = SIZE_MAX;
    array_push(canonicals_arena(prover->shop.canonicals), &prover->open, key);
    bool proven = each_alternative_covered(prover, type, others, count);
    prover->open.count = own;
    /* What leans on a question that is still open holds with that alone. */
    if (proven ? prover->leaned_on >= own : !prover->exhausted)
        map_put(prover->known, key, size, proven ? &yes : &no);
    if (prover->leaned_on >= own || leaned_on < prover->leaned_on)
        prover->leaned_on = leaned_on;
    return proven;
}

static void begin_proof(Prover *prover, Direction direction) {
    prover->direction = direction;
    prover->steps = 0;
    prover->exhausted = false;
    prover->leaned_on = SIZE_MAX;
}

bool prove_within_any(Prover *prover, Meet *inner, Meet *const *outer, size_t count,
                      Direction direction) {
    begin_proof(prover, direction);
    bool proven = type_within(prover, inner, outer, count);
    arena_clear(prover->shop.arena);
    return proven;
}

bool prove_within(Prover *prover, Meet *inner, Meet *outer, Direction direction) {
    return prove_within_any(prover, inner, &outer, 1, direction);
}

bool prove_demand(Prover *prover, const Alternative *values, const Alternative *demand,
                  Direction direction) {
    begin_proof(prover, direction);
    Subject subject = subject_of(values);
    Covers covers = {0};
    array_push(prover->shop.arena, &covers, demand);
    bool proven = covered(prover, &subject, &covers);
    arena_clear(prover->shop.arena);
    return proven;
}

bool prove_same(Prover *prover, Meet *base, Meet *revision, Direction direction) {
    if (!prove_within(prover, base, revision, direction) ||
        !prove_within(prover, revision, base, direction))
        return false;
    bool alike = meets_declare_alike(prover, base, revision);
    arena_clear(prover->shop.arena);
    return alike;
}
