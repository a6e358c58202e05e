#include "diff/compare.h"

/* A `oneOf` whose variants overlap takes what exactly one of them takes. There a wider variant may
 * take values away, since two variants now take them, and a covered variant is no addition without
 * effect. So where both sides have such a `oneOf`, its variants must themselves be unchanged: their
 * own kinds, values and limits, and which there are. What changes deep inside an object is left to
 * the changes found there, or every addition in a description that forgot a discriminator would be
 * in doubt. */

typedef ARRAY(const Type *) Variants;

static void add_variants(Comparer *comparer, Meet *meet, Map *seen, Variants *variants);

static void add_combinators(Comparer *comparer, const Combinators *combinators, Map *seen,
                            Variants *variants) {
    Canonicals *canonicals = comparer->canonicals;
    for (size_t i = 0; i < combinators->one_of.count; i++) {
        array_push(comparer->arena, variants, combinators->one_of.items[i]);
        add_variants(comparer, canonicals_meet(canonicals, combinators->one_of.items[i]), seen,
                     variants);
    }
    for (size_t i = 0; i < combinators->any_of.count; i++)
        add_variants(comparer, canonicals_meet(canonicals, combinators->any_of.items[i]), seen,
                     variants);
}

/* Those of every `oneOf` that speaks of the value itself, also from within another combinator. */
static void add_variants(Comparer *comparer, Meet *meet, Map *seen, Variants *variants) {
    const Conjunction *types = meet_types(meet);
    for (size_t i = 0; i < types->types.count; i++) {
        const Type *type = types->types.items[i];
        if (!type->combinators || map_get(seen, &type->id, sizeof type->id))
            continue;
        map_put(seen, &type->id, sizeof type->id, seen);
        add_combinators(comparer, type->combinators, seen, variants);
    }
}

static Variants variants_of(Comparer *comparer, Meet *meet) {
    Variants variants = {0};
    add_variants(comparer, meet, map_new(comparer->arena), &variants);
    return variants;
}

typedef struct Overlap {
    Comparer *comparer;
    Direction direction;
    Variants base, revision;
    bool *taken;
} Overlap;

static Comparison *compare_at(Overlap *overlap, size_t i, size_t j) {
    Canonicals *canonicals = overlap->comparer->canonicals;
    return pair_of(overlap->comparer, canonicals_meet(canonicals, overlap->base.items[i]),
                   canonicals_meet(canonicals, overlap->revision.items[j]), overlap->direction);
}

/* What changed at the node itself and at its alternatives. */
static Effect shallow_effect(const Comparison *node) {
    Effect effect = node->effect;
    for (size_t i = 0; i < node->edges.count; i++)
        if (node->edges.items[i].step.kind == STEP_VARIANT)
            effect |= node->edges.items[i].to->effect;
    return effect;
}

/* Each with each, or where there are many, each with the one in its place. */
enum { EACH_WITH_EACH = 16 };

static bool may_pair(const Overlap *overlap, size_t i, size_t j) {
    return i == j || overlap->base.count <= EACH_WITH_EACH;
}

/* The first unchanged variant that no other has taken; the order of variants means nothing. What is
 * not decided yet is this very question, asked of itself. */
static bool has_unchanged_partner(Overlap *overlap, size_t i) {
    size_t count = overlap->revision.count;
    for (size_t step = 0; step < count; step++) {
        size_t j = (i + step) % count;
        if (overlap->taken[j] || !may_pair(overlap, i, j) ||
            shallow_effect(compare_at(overlap, i, j)) != EFFECT_NONE)
            continue;
        overlap->taken[j] = true;
        return true;
    }
    return false;
}

static Overlap overlap_of(Comparer *comparer, const Pair *pair) {
    Arena *arena = comparer->arena;
    Overlap overlap = {.comparer = comparer, .direction = pair->comparison.direction};
    overlap.base = variants_of(comparer, pair->base);
    overlap.revision = variants_of(comparer, pair->revision);
    overlap.taken = arena_new_array(arena, overlap.revision.count, bool);
    return overlap;
}

void queue_overlap(Comparer *comparer, const Pair *pair) {
    Overlap overlap = overlap_of(comparer, pair);
    if (overlap.base.count != overlap.revision.count)
        return;
    for (size_t i = 0; i < overlap.base.count; i++)
        for (size_t j = 0; j < overlap.revision.count; j++)
            if (may_pair(&overlap, i, j))
                compare_at(&overlap, i, j);
}

bool overlapping_variants_unchanged(Comparer *comparer, const Pair *pair) {
    Overlap overlap = overlap_of(comparer, pair);
    if (overlap.base.count != overlap.revision.count)
        return false;
    for (size_t i = 0; i < overlap.base.count; i++)
        if (!has_unchanged_partner(&overlap, i))
            return false;
    return true;
}
