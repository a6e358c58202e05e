#include "diff/compare.h"

/* A `oneOf` whose variants overlap takes what exactly one of them takes. There a wider variant may
 * take values away, since two variants now take them, and a covered variant is no addition without
 * effect. So where both sides have such a `oneOf`, what each two of its variants take together must
 * be the same, or those of them that overlap unchanged, all the way down. A property added to an
 * open object is no change there either, unless another variant speaks of it. */

enum {
    EACH_WITH_EACH = 16
}; /* variants that are held each against each; more, each to its place */

typedef ARRAY(const Type *) Owners;

/* What is gathered of one side: owners of variants that overlap for values of `kinds`. */
typedef struct Gathering {
    Comparer *comparer;
    Map *seen;
    KindSet kinds;
    Owners owners;
} Gathering;

static void add_owners(Gathering *gathering, Meet *meet);

static void add_owners_below(Gathering *gathering, const Type *type) {
    Canonicals *canonicals = gathering->comparer->canonicals;
    const Combinators *combinators = type->combinators;
    bool overlaps = false;
    for (size_t i = 0; i < combinators->one_of.count; i++) {
        overlaps |= combinators->one_of.count > 1 &&
                    variant_overlaps(canonicals, type, i, gathering->kinds);
        add_owners(gathering, canonicals_meet(canonicals, combinators->one_of.items[i]));
    }
    /* What a variant of `anyOf` excludes, another may take: then all of them matter. */
    size_t found = gathering->owners.count;
    for (size_t i = 0; i < combinators->any_of.count; i++)
        add_owners(gathering, canonicals_meet(canonicals, combinators->any_of.items[i]));
    overlaps |= gathering->owners.count > found;
    if (overlaps)
        array_push(gathering->comparer->arena, &gathering->owners, type);
}

/* Those of every overlapping `oneOf` that speaks of the value itself, also from within another
 * combinator. */
static void add_owners(Gathering *gathering, Meet *meet) {
    const Conjunction *types = meet_types(meet);
    for (size_t i = 0; i < types->types.count; i++) {
        const Type *type = types->types.items[i];
        if (!type->combinators || map_get(gathering->seen, &type->id, sizeof type->id))
            continue;
        map_put(gathering->seen, &type->id, sizeof type->id, gathering);
        add_owners_below(gathering, type);
    }
}

static Owners owners_of(Comparer *comparer, Meet *meet) {
    Gathering gathering = {.comparer = comparer,
                           .seen = map_new(comparer->arena),
                           .kinds = conjunction_kinds(meet_types(meet))};
    add_owners(&gathering, meet);
    return gathering.owners;
}

/* ---- variants of two ------------------------------------------------------------------------- */

/* Those variants of a `oneOf` that overlap, and all of an `anyOf` beside or around it. */
static Owners variants_of(Comparer *comparer, const Type *owner, KindSet kinds) {
    Owners variants = {0};
    for (size_t i = 0; i < owner->combinators->one_of.count; i++)
        if (variant_overlaps(comparer->canonicals, owner, i, kinds))
            array_push(comparer->arena, &variants, owner->combinators->one_of.items[i]);
    for (size_t i = 0; i < owner->combinators->any_of.count; i++)
        array_push(comparer->arena, &variants, owner->combinators->any_of.items[i]);
    return variants;
}

typedef struct Overlap {
    Comparer *comparer;
    Direction direction;
    Owners base, revision;
    KindSet base_kinds, revision_kinds;
} Overlap;

static Overlap overlap_of(Comparer *comparer, const Pair *pair) {
    Overlap overlap = {
        .comparer = comparer,
        .direction = pair->comparison.direction,
        .base = owners_of(comparer, pair->base),
        .revision = owners_of(comparer, pair->revision),
        .base_kinds = conjunction_kinds(meet_types(pair->base)),
        .revision_kinds = conjunction_kinds(meet_types(pair->revision)),
    };
    return overlap;
}

static Comparison *compare_at(const Overlap *overlap, const Type *base, const Type *revision) {
    Canonicals *canonicals = overlap->comparer->canonicals;
    Meet *from =
        canonicals_of_kinds(canonicals, canonicals_meet(canonicals, base), overlap->base_kinds);
    Meet *to = canonicals_of_kinds(canonicals, canonicals_meet(canonicals, revision),
                                   overlap->revision_kinds);
    return pair_of(overlap->comparer, from, to, overlap->direction);
}

static bool may_pair(const Owners *base, size_t i, size_t j) {
    return i == j || base->count <= EACH_WITH_EACH;
}

static void queue_owners(const Overlap *overlap, const Type *base, const Type *revision) {
    Owners from = variants_of(overlap->comparer, base, overlap->base_kinds);
    Owners to = variants_of(overlap->comparer, revision, overlap->revision_kinds);
    for (size_t i = 0; from.count == to.count && i < from.count; i++)
        for (size_t j = 0; j < to.count; j++)
            if (may_pair(&from, i, j))
                compare_at(overlap, from.items[i], to.items[j]);
}

void queue_overlap(Comparer *comparer, Pair *pair) {
    Overlap overlap = overlap_of(comparer, pair);
    for (size_t i = 0; i < overlap.base.count; i++)
        for (size_t j = 0; j < overlap.revision.count; j++)
            if (may_pair(&overlap.base, i, j))
                queue_owners(&overlap, overlap.base.items[i], overlap.revision.items[j]);
    defer(comparer, (Deferred){.kind = DEFERRED_OVERLAP, .at = &pair->comparison, .overlap = pair});
}

/* ---- the decision ---------------------------------------------------------------------------- */

/* A property that was added to a variant counts where another variant speaks of it. */
static bool variant_unchanged(const Overlap *overlap, const Owners *from, const Owners *to,
                              size_t i, size_t j) {
    Comparer *comparer = overlap->comparer;
    const Comparison *comparison = compare_at(overlap, from->items[i], to->items[j]);
    Effect effect = comparison_by_letter(comparer, comparison);
    if (effect & EFFECT_ALL)
        return false;
    for (size_t other = 0; effect & EFFECT_ADDED && other < to->count; other++)
        if (other != j && additions_meet(comparer, comparison,
                                         canonicals_meet(comparer->canonicals, to->items[other])))
            return false;
    return true;
}

static Meet *common_of(Canonicals *canonicals, const Owners *variants, size_t i, size_t j,
                       KindSet kinds) {
    Meet *both = canonicals_meet_both(canonicals, canonicals_meet(canonicals, variants->items[i]),
                                      canonicals_meet(canonicals, variants->items[j]));
    return canonicals_of_kinds(canonicals, both, kinds);
}

/* What two variants take together is what is left out of the union: where that is the same, each
 * change of a variant has the effect that it would have in an `anyOf`. */
static bool exclusions_unchanged(const Overlap *overlap, const Type *base, const Type *revision) {
    Comparer *comparer = overlap->comparer;
    Canonicals *canonicals = comparer->canonicals;
    Owners from = variants_of(comparer, base, overlap->base_kinds);
    Owners to = variants_of(comparer, revision, overlap->revision_kinds);
    if (base->combinators->any_of.count || revision->combinators->any_of.count ||
        from.count != to.count || from.count > EACH_WITH_EACH)
        return false;
    for (size_t i = 0; i < from.count; i++)
        for (size_t j = i + 1; j < from.count; j++) {
            Meet *before = common_of(canonicals, &from, i, j, overlap->base_kinds);
            Meet *now = common_of(canonicals, &to, i, j, overlap->revision_kinds);
            if (!prove_within(comparer->prover, before, now, overlap->direction) ||
                !prove_within(comparer->prover, now, before, overlap->direction))
                return false;
        }
    return true;
}

/* Each has an unchanged partner that no other has taken; the order of variants means nothing. */
static bool owners_unchanged(const Overlap *overlap, const Type *base, const Type *revision) {
    Comparer *comparer = overlap->comparer;
    Owners from = variants_of(comparer, base, overlap->base_kinds);
    Owners to = variants_of(comparer, revision, overlap->revision_kinds);
    bool *taken = arena_new_array(comparer->arena, to.count, bool);
    if (from.count != to.count)
        return false;
    for (size_t i = 0; i < from.count; i++) {
        bool found = false;
        for (size_t step = 0; step < to.count && !found; step++) {
            size_t j = (i + step) % to.count;
            found =
                !taken[j] && may_pair(&from, i, j) && variant_unchanged(overlap, &from, &to, i, j);
            taken[j] |= found;
        }
        if (!found)
            return false;
    }
    return true;
}

/* Whether one `oneOf` of a side has an equal on the other. That several are equal means nothing. */
static bool owner_unchanged(const Overlap *overlap, size_t index, bool of_base) {
    size_t others = of_base ? overlap->revision.count : overlap->base.count;
    for (size_t other = 0; other < others; other++) {
        size_t i = of_base ? index : other, j = of_base ? other : index;
        if (may_pair(&overlap->base, i, j) &&
            (owners_unchanged(overlap, overlap->base.items[i], overlap->revision.items[j]) ||
             exclusions_unchanged(overlap, overlap->base.items[i], overlap->revision.items[j])))
            return true;
    }
    return false;
}

static bool overlapping_variants_unchanged(Comparer *comparer, const Pair *pair) {
    Overlap overlap = overlap_of(comparer, pair);
    for (size_t i = 0; i < overlap.base.count; i++)
        if (!owner_unchanged(&overlap, i, true))
            return false;
    for (size_t j = 0; j < overlap.revision.count; j++)
        if (!owner_unchanged(&overlap, j, false))
            return false;
    return true;
}

static const Node *one_of_origin(Comparer *comparer, Meet *meet) {
    Owners owners = owners_of(comparer, meet);
    const Node *origin = owners.count ? owners.items[0]->origin : NULL;
    const Node *member = origin ? node_member(origin, TEXT("oneOf")) : NULL;
    return member ? member : meet_canonical(meet)->origin;
}

void decide_overlap(Comparer *comparer, Pair *pair) {
    Comparison *at = &pair->comparison;
    if (overlapping_variants_unchanged(comparer, pair))
        return;
    note_unproven(comparer, at, "oneOf", one_of_origin(comparer, pair->base),
                  one_of_origin(comparer, pair->revision));
    array_push(comparer->arena, &comparer->doubts, at->changes.items[at->changes.count - 1]);
    array_push(comparer->arena, &comparer->doubtful, at);
}

/* Whether another change shows that inclusion fails in the direction that counts. */
static bool shows_harm(Comparer *comparer, const Comparison *at, const Change *doubt) {
    Effect harm = at->direction == DIRECTION_REQUEST ? EFFECT_NARROWED : EFFECT_WIDENED;
    for (size_t i = 0; i < at->changes.count; i++)
        if (at->changes.items[i] != doubt && noted_of(at->changes.items[i])->effect & harm)
            return true;
    for (size_t i = 0; i < at->edges.count; i++)
        if (comparison_relation(comparer, at->edges.items[i].to) & harm)
            return true;
    return false;
}

void answer_doubts(Comparer *comparer) {
    for (size_t i = 0; i < comparer->doubts.count; i++)
        comparer->doubts.items[i]->answered =
            shows_harm(comparer, comparer->doubtful.items[i], comparer->doubts.items[i]);
}
