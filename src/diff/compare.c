#include "diff/compare.h"

Comparer *comparer_new(Arena *run) {
    Comparer *comparer = arena_new_object(run, Comparer);
    comparer->arena = run;
    comparer->canonicals = canonicals_new(run);
    comparer->prover = prover_new(comparer->canonicals);
    comparer->pairs = map_new(run);
    return comparer;
}

Canonicals *comparer_canonicals(Comparer *comparer) {
    return comparer->canonicals;
}

Prover *comparer_prover(Comparer *comparer) {
    return comparer->prover;
}

static void add_node(Comparer *comparer, Comparison *node, Direction direction) {
    node->direction = direction;
    node->id = (uint32_t)comparer->nodes.count;
    array_push(comparer->arena, &comparer->nodes, node);
}

Comparison *comparison_new(Comparer *comparer, Direction direction) {
    Comparison *node = arena_new_object(comparer->arena, Comparison);
    add_node(comparer, node, direction);
    return node;
}

Comparison *pair_of(Comparer *comparer, Meet *base, Meet *revision, Direction direction) {
    uint32_t ids[] = {meet_id(base), meet_id(revision), direction};
    Pair *pair = map_get(comparer->pairs, ids, sizeof ids);
    if (pair)
        return &pair->comparison;
    pair = arena_new_object(comparer->arena, Pair);
    add_node(comparer, &pair->comparison, direction);
    pair->base = pair->comparison.base_meet = base;
    pair->revision = pair->comparison.revision_meet = revision;
    map_put(comparer->pairs, arena_copy(comparer->arena, ids, sizeof ids), sizeof ids, pair);
    if (base != revision || !meet_is_followed(base))
        array_push(comparer->arena, &comparer->queue, pair);
    return &pair->comparison;
}

void add_edge(Comparer *comparer, Comparison *from, StepKind kind, Text name, Comparison *to) {
    ComparisonEdge edge = {{kind, name}, to};
    array_push(comparer->arena, &from->edges, edge);
}

Change *note(Comparer *comparer, Comparison *at, ChangeKind kind, Effect effect,
             const Node *base_origin, const Node *revision_origin) {
    Noted *noted = arena_new_object(comparer->arena, Noted);
    Change *change = &noted->change;
    noted->effect = effect;
    change->kind = kind;
    change->direction = at->direction;
    change->base_origin = base_origin;
    change->revision_origin = revision_origin;
    change->base_absent = !base_origin;
    change->revision_absent = !revision_origin;
    array_reserve(comparer->arena, &change->attributes,
                  (size_t)__builtin_popcount(change_info(kind)->attributes));
    at->effect |= effect;
    comparer->findings += effect != EFFECT_NONE;
    array_push(comparer->arena, &at->changes, change);
    return change;
}

void with(Comparer *comparer, Change *change, AttributeId id, Text text) {
    array_push(comparer->arena, &change->attributes, ((Attribute){id, text}));
}

void with_truth(Comparer *comparer, Change *change, AttributeId id, bool truth) {
    with(comparer, change, id, text_of_truth(truth));
}

void with_type(Change *change, Meet *type) {
    noted_of(change)->type = type;
}

void with_effect(Comparer *comparer, Change *change, Effect effect) {
    Text word = TEXT("changed");
    if (effect & EFFECT_UNPROVEN)
        word = TEXT("unproven");
    else if (effect == EFFECT_NARROWED)
        word = TEXT("narrowed");
    else if (effect == EFFECT_WIDENED)
        word = TEXT("widened");
    with(comparer, change, ATTRIBUTE_EFFECT, word);
}

const Node *keyword_origin(const Conjunction *from, const char *keyword) {
    for (size_t i = 0; from && i < from->types.count; i++) {
        const Node *member = node_member(from->types.items[i]->origin, text_from(keyword));
        if (member)
            return member;
    }
    return NULL;
}

static void reach(Comparer *comparer, Comparison *node) {
    if (node->visited == comparer->walks)
        return;
    node->visited = comparer->walks;
    array_push(comparer->arena, &comparer->walk, node);
}

Effect comparison_by_letter(Comparer *comparer, const Comparison *comparison) {
    Effect effect = EFFECT_NONE;
    comparer->walks++;
    comparer->walk.count = 0;
    reach(comparer, comparer->nodes.items[comparison->id]);
    for (size_t i = 0; i < comparer->walk.count; i++) {
        Comparison *node = comparer->walk.items[i];
        effect |= node->effect;
        comparer->relied |= node->undecided > 0;
        for (size_t j = 0; j < node->edges.count; j++)
            reach(comparer, node->edges.items[j].to);
    }
    comparer->walked += comparer->walk.count;
    return effect;
}

Effect comparison_relation(Comparer *comparer, const Comparison *comparison) {
    return comparison_by_letter(comparer, comparison) & EFFECT_ALL;
}

void defer(Comparer *comparer, Deferred deferred) {
    deferred.at->undecided++;
    array_push(comparer->arena, &comparer->deferred, deferred);
}

/* Trials at one place and in one run, beyond which a variant counts as not covered; and trials
 * within trials, beyond which what is put off stays so. */
enum { COVER_LIMIT = 256, TRIAL_LIMIT = 100000, TRIAL_DEPTH = 8 };

static void decide(Comparer *comparer, const Deferred *deferred);

/* Compares all pairs that wait, and decides what was put off since there were `base` of those. */
static void drain(Comparer *comparer, size_t base) {
    for (;;) {
        if (comparer->queue_done < comparer->queue.count) {
            compare_pair(comparer, comparer->queue.items[comparer->queue_done++]);
        } else if (comparer->deferred.count > base && comparer->trial_depth < TRIAL_DEPTH) {
            Deferred deferred = comparer->deferred.items[--comparer->deferred.count];
            decide(comparer, &deferred);
        } else {
            return;
        }
    }
}

/* What a discriminator tells apart takes nothing of each other. */
static bool may_cover(const Alternative *other, const Alternative *variant) {
    if (other->kind != variant->kind)
        return false;
    for (size_t i = 0; other->tags.list.count && i < variant->tags.list.count; i++)
        if (!tags_have(&other->tags, variant->tags.list.items[i]))
            return false;
    return true;
}

/* Whether an alternative of the other side takes all values of a variant. Where it declares further
 * properties, which the variant left open, consumers of the variant may or may not have sent such.
 */
typedef enum Cover { NOT_COVERED, COVER_OPEN, COVERED } Cover;

static Cover cover_of(Comparer *comparer, Direction direction, const Unpaired *unpaired,
                      const Alternative *other) {
    Comparison *trial = comparison_new(comparer, direction);
    size_t base = comparer->deferred.count;
    if (unpaired->removed)
        compare_chosen(comparer, trial, unpaired->variant, other);
    else
        compare_chosen(comparer, trial, other, unpaired->variant);
    comparer->trial_depth++;
    drain(comparer, base);
    comparer->trial_depth--;
    Effect effect = comparison_by_letter(comparer, trial);
    Effect harm = unpaired->removed ? EFFECT_NARROWED | EFFECT_ADDED_TO_ANY : EFFECT_WIDENED;
    if (effect & (harm | EFFECT_UNPROVEN))
        return NOT_COVERED;
    return unpaired->removed && effect & EFFECT_ADDED ? COVER_OPEN : COVERED;
}

static Cover best_cover(Comparer *comparer, const Comparison *at, const Unpaired *unpaired) {
    size_t others = unpaired->others->alternatives.count;
    Cover best = NOT_COVERED;
    if (others > COVER_LIMIT || comparer->trials > TRIAL_LIMIT || comparer->walked > WALK_LIMIT)
        return NOT_COVERED;
    comparer->trials += others;
    for (size_t i = 0; i < others && best != COVERED; i++) {
        const Alternative *other = unpaired->others->alternatives.items[i];
        if (!may_cover(other, unpaired->variant) ||
            alternatives_apart(comparer->canonicals, other, unpaired->variant))
            continue;
        Cover cover = cover_of(comparer, at->direction, unpaired, other);
        best = cover > best ? cover : best;
    }
    return best;
}

static const Node *first_origin(const Canonical *canonical) {
    return canonical->alternatives.count ? canonical->alternatives.items[0]->origin
                                         : canonical->origin;
}

/* "oneOf" or "anyOf": where a variant stands. */
static const char *variant_keyword(const Node *variant) {
    const Node *list = variant ? variant->parent : NULL, *owner = list ? list->parent : NULL;
    return owner && node_member(owner, TEXT("oneOf")) == list ? "oneOf" : "anyOf";
}

static void note_unpaired(Comparer *comparer, Comparison *at, const Unpaired *unpaired) {
    const Node *own = unpaired->leftover->origin;
    const Node *parent =
        unpaired->others->origin ? unpaired->others->origin : first_origin(unpaired->others);
    switch (best_cover(comparer, at, unpaired)) {
    case COVERED:
        return;
    case COVER_OPEN:
        note_unproven(comparer, at, variant_keyword(own), own, parent);
        return;
    case NOT_COVERED:
        break;
    }
    Change *change = unpaired->removed
                         ? note(comparer, at, CHANGE_VARIANT_REMOVED, EFFECT_NARROWED, own, parent)
                         : note(comparer, at, CHANGE_VARIANT_ADDED, EFFECT_WIDENED, parent, own);
    change->revision_absent = unpaired->removed;
    change->base_absent = !unpaired->removed;
    with(comparer, change, ATTRIBUTE_NAME, unpaired->leftover->name);
    unpaired->leftover->told = true;
}

static void answer(Comparer *comparer, const Deferred *deferred) {
    Comparison *at = deferred->at;
    switch (deferred->kind) {
    case DEFERRED_UNPAIRED:
        if (!deferred->unpaired.leftover->told)
            note_unpaired(comparer, at, &deferred->unpaired);
        return;
    case DEFERRED_CONSTRAINED:
        decide_constrained(comparer, at, &deferred->constrained);
        return;
    case DEFERRED_PATTERNED:
        decide_patterned(comparer, at, &deferred->patterned);
        return;
    case DEFERRED_OVERLAP:
        decide_overlap(comparer, deferred->overlap);
        return;
    }
}

static void decide(Comparer *comparer, const Deferred *deferred) {
    bool relied = comparer->relied;
    size_t changes = deferred->at->changes.count;
    comparer->relied = false;
    deferred->at->undecided--;
    answer(comparer, deferred);
    if (comparer->relied && deferred->at->changes.count == changes)
        array_push(comparer->arena, &comparer->suspects,
                   ((Suspect){*deferred, comparer->findings}));
    comparer->relied |= relied;
}

/* Puts the questions off again that relied on what has come out otherwise. */
static bool ask_again(Comparer *comparer) {
    size_t kept = 0, count = comparer->suspects.count;
    for (size_t i = 0; i < count; i++) {
        Suspect suspect = comparer->suspects.items[i];
        if (suspect.findings == comparer->findings)
            comparer->suspects.items[kept++] = suspect;
        else
            defer(comparer, suspect.deferred);
    }
    comparer->suspects.count = kept;
    return kept < count;
}

void comparer_settle(Comparer *comparer) {
    do
        drain(comparer, 0);
    while (ask_again(comparer));
    comparer->suspects.count = 0;
}

const Comparison *compare_meets(Comparer *comparer, Meet *base, Meet *revision,
                                Direction direction) {
    Comparison *comparison = pair_of(comparer, base, revision, direction);
    comparer_settle(comparer);
    return comparison;
}

const Comparison *compare_single(Comparer *comparer, const Alternative *base,
                                 const Alternative *revision, Direction direction) {
    /* all of a pointer's size, so that no padding is hashed */
    uintptr_t key[] = {(uintptr_t)base, (uintptr_t)revision, direction};
    Comparison *comparison = map_get(comparer->pairs, key, sizeof key);
    if (comparison)
        return comparison;
    comparison = comparison_new(comparer, direction);
    map_put(comparer->pairs, arena_copy(comparer->arena, key, sizeof key), sizeof key, comparison);
    comparison->base_variant = base;
    comparison->revision_variant = revision;
    compare_chosen(comparer, comparison, base, revision);
    comparer_settle(comparer);
    return comparison;
}

const Comparison *compare_types(Comparer *comparer, const Type *base, const Type *revision,
                                Direction direction) {
    return compare_meets(comparer, canonicals_meet(comparer->canonicals, base),
                         canonicals_meet(comparer->canonicals, revision), direction);
}
