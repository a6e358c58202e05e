#include "diff/compare.h"

#include "graph/pattern.h"
#include "graph/values.h"

static const Node *type_origin(const Canonical *canonical, const char *keyword) {
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Node *found = keyword_origin(canonical->alternatives.items[i]->from, keyword);
        if (found)
            return found;
    }
    if (canonical->origin || !canonical->alternatives.count)
        return canonical->origin;
    return canonical->alternatives.items[0]->origin;
}

static Effect kinds_effect(KindSet from, KindSet to) {
    return ((from & ~to) ? EFFECT_NARROWED : EFFECT_NONE) |
           ((to & ~from) ? EFFECT_WIDENED : EFFECT_NONE);
}

void note_kinds(Comparer *comparer, Comparison *at, Kinds kinds, const Node *base_origin,
                const Node *revision_origin) {
    Change *change =
        note(comparer, at, CHANGE_TYPE_CHANGED, kinds.effect, base_origin, revision_origin);
    with(comparer, change, ATTRIBUTE_FROM, kinds_name(comparer->arena, kinds.from));
    with(comparer, change, ATTRIBUTE_TO, kinds_name(comparer->arena, kinds.to));
    with_effect(comparer, change, kinds.effect);
}

static void compare_kinds(Comparer *comparer, Comparison *at, const Canonical *base,
                          const Canonical *revision) {
    KindSet from = base->kinds & ~(KindSet)KIND_NULL, to = revision->kinds & ~(KindSet)KIND_NULL;
    bool from_null = base->kinds & KIND_NULL, to_null = revision->kinds & KIND_NULL;
    bool anything =
        from_null && to_null && (base->kinds == KIND_ANY || revision->kinds == KIND_ANY);
    bool whole =
        !from || !to || anything; /* null alone, nothing, or any: no matter of nullability */
    if (!whole && from_null != to_null)
        note(comparer, at, to_null ? CHANGE_NULL_ADDED : CHANGE_NULL_REMOVED,
             to_null ? EFFECT_WIDENED : EFFECT_NARROWED, type_origin(base, "nullable"),
             type_origin(revision, "nullable"));
    if (whole) {
        from = base->kinds;
        to = revision->kinds;
    }
    if (from != to)
        note_kinds(comparer, at, (Kinds){from, to, kinds_effect(from, to)},
                   type_origin(base, "type"), type_origin(revision, "type"));
}

void note_unproven(Comparer *comparer, Comparison *at, const char *keyword, const Node *base_origin,
                   const Node *revision_origin) {
    Change *change =
        note(comparer, at, CHANGE_TYPE_UNPROVEN, EFFECT_UNPROVEN, base_origin, revision_origin);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
}

/* ---- listed values --------------------------------------------------------------------------- */

enum { VALUE_WIDTH = 80 };

static const Node *list_origin(const Alternative *alternative) {
    const Node *origin = keyword_origin(alternative->from, "enum");
    if (!origin)
        origin = keyword_origin(alternative->from, "const");
    if (!origin)
        origin = keyword_origin(alternative->from, "x-extensible-enum");
    return origin ? origin : alternative->origin;
}

static bool has_none_of(const Values *values, const Values *others) {
    for (size_t i = 0; i < others->count; i++)
        if (values_have(values, others->items[i], i))
            return false;
    return true;
}

/* Both list the same values and differ in whether others may come: a promise, and no value. */
static void compare_extensibility(Comparer *comparer, Comparison *at, const Alternative *base,
                                  const Alternative *revision) {
    static const char *const words[] = {"closed", "extensible"};
    if (base->extensible_enum == revision->extensible_enum)
        return;
    Change *change = note(comparer, at, CHANGE_ENUM_EXTENSIBILITY_CHANGED, EFFECT_NONE,
                          list_origin(base), list_origin(revision));
    with(comparer, change, ATTRIBUTE_FROM, text_from(words[base->extensible_enum]));
    with(comparer, change, ATTRIBUTE_TO, text_from(words[revision->extensible_enum]));
    with_effect(comparer, change, base->extensible_enum ? EFFECT_NARROWED : EFFECT_WIDENED);
}

static void compare_values(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision) {
    compare_extensibility(comparer, at, base, revision);
    for (size_t i = 0; i < base->values->count; i++) {
        const Node *value = base->values->items[i];
        if (values_have(revision->values, value, i))
            continue;
        Change *change = note(comparer, at, CHANGE_ENUM_VALUE_REMOVED, EFFECT_NARROWED, value,
                              list_origin(revision));
        change->revision_absent = true;
        with(comparer, change, ATTRIBUTE_VALUE, node_to_json(comparer->arena, value, VALUE_WIDTH));
    }
    bool replaced = has_none_of(base->values, revision->values);
    for (size_t i = 0; i < revision->values->count; i++) {
        const Node *value = revision->values->items[i];
        if (!replaced && values_have(base->values, value, i))
            continue;
        Change *change =
            note(comparer, at, CHANGE_ENUM_VALUE_ADDED, EFFECT_WIDENED, list_origin(base), value);
        change->base_absent = true;
        with(comparer, change, ATTRIBUTE_VALUE, node_to_json(comparer->arena, value, VALUE_WIDTH));
        with_truth(comparer, change, ATTRIBUTE_EXTENSIBLE, base->extensible_enum);
        with_truth(comparer, change, ATTRIBUTE_REPLACED, replaced);
    }
}

static Text list_text(Arena *arena, const Values *values) {
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < values->count; i++) {
        if (text.size > VALUE_WIDTH) {
            buffer_add(&text, TEXT(", …"));
            break;
        }
        buffer_add(&text, i ? TEXT(", ") : TEXT(""));
        buffer_add(&text, node_to_json(arena, values->items[i], VALUE_WIDTH));
    }
    return buffer_text(&text);
}

/* One side lists its values and the other does not: the listed ones are held against the facets. */
static Effect listing_effect(const Alternative *listed, const Alternative *other,
                             Direction direction, Effect if_inside, Effect if_outside) {
    Effect effect = if_inside;
    for (size_t i = 0; i < listed->values->count; i++) {
        Acceptance accepted = alternative_accepts(other, listed->values->items[i], direction);
        if (accepted == REFUSED)
            effect |= if_outside;
        else if (accepted != ACCEPTED)
            effect |= EFFECT_UNPROVEN;
    }
    return effect;
}

/* Whether all texts that the facets take are among the listed ones. */
static bool facets_within_list(Comparer *comparer, const Alternative *facets,
                               const Alternative *listed) {
    const StringFacets *texts = &facets->string;
    return facets->kind == ALTERNATIVE_STRING && !facets->constraints.count &&
           (texts->patterns.count || texts->max_length.digits.size) &&
           texts_among(canonicals_patterns(comparer->canonicals), texts, listed->values, NULL) ==
               INCLUDED;
}

static void compare_listing(Comparer *comparer, Comparison *at, const Alternative *base,
                            const Alternative *revision) {
    bool added = revision->values != NULL;
    const Alternative *listed = added ? revision : base;
    const Alternative *facets = added ? base : revision;
    Effect inside = added ? EFFECT_NARROWED : EFFECT_WIDENED;
    Effect outside = added ? EFFECT_WIDENED : EFFECT_NARROWED;
    if (facets_within_list(comparer, facets, listed))
        inside = EFFECT_NONE;
    Effect effect = listing_effect(listed, facets, at->direction, inside, outside);
    if (effect == EFFECT_NONE)
        return;
    Change *change = note(comparer, at, added ? CHANGE_ENUM_ADDED : CHANGE_ENUM_REMOVED, effect,
                          added ? base->origin : list_origin(base),
                          added ? list_origin(revision) : revision->origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, added ? ATTRIBUTE_TO : ATTRIBUTE_FROM,
         list_text(comparer->arena, listed->values));
    with_effect(comparer, change, effect);
    with_truth(comparer, change, ATTRIBUTE_EXTENSIBLE, listed->extensible_enum);
}

/* ---- alternatives ---------------------------------------------------------------------------- */

void compare_alternatives(Comparer *comparer, Comparison *at, const Alternative *base,
                          const Alternative *revision) {
    if (base->values && revision->values) {
        compare_constraints(comparer, at, base, revision);
        compare_values(comparer, at, base, revision);
        return;
    }
    if (base->values || revision->values) {
        compare_listed_constraints(comparer, at, base->values ? base : revision, base, revision);
        compare_listing(comparer, at, base, revision);
        return;
    }
    compare_constraints(comparer, at, base, revision);
    switch (base->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return;
    case ALTERNATIVE_NUMBER:
        compare_number_facets(comparer, at, base, revision);
        return;
    case ALTERNATIVE_STRING:
        compare_string_facets(comparer, at, base, revision);
        return;
    case ALTERNATIVE_ARRAY:
        compare_array_facets(comparer, at, base, revision);
        return;
    case ALTERNATIVE_OBJECT:
        compare_object_facets(comparer, at, base, revision);
        return;
    }
}

/* Of one pair of several, integers against numbers: the kinds of the whole need not show it. */
void compare_chosen(Comparer *comparer, Comparison *at, const Alternative *base,
                    const Alternative *revision) {
    bool numbers = base->kind == ALTERNATIVE_NUMBER && !base->values && !revision->values;
    if (numbers && base->number.integer != revision->number.integer) {
        Effect effect = base->number.integer ? EFFECT_WIDENED : EFFECT_NARROWED;
        KindSet from = base->number.integer ? KIND_INTEGER : KIND_NUMBER;
        KindSet to = base->number.integer ? KIND_NUMBER : KIND_INTEGER;
        note_kinds(comparer, at, (Kinds){from, to, effect}, base->origin, revision->origin);
    }
    compare_alternatives(comparer, at, base, revision);
}

static Slice slice_of(const Canonical *canonical, AlternativeKind kind) {
    size_t from = 0, to;
    while (from < canonical->alternatives.count && canonical->alternatives.items[from]->kind < kind)
        from++;
    for (to = from; to < canonical->alternatives.count; to++)
        if (canonical->alternatives.items[to]->kind != kind)
            break;
    return (Slice){canonical->alternatives.items + from, to - from};
}

/* What stands in a schema that this one extends by `allOf` tells nothing of this one's values. */
static const Discriminator *own_discriminator(const Canonical *canonical) {
    const Discriminator *written = canonical->discriminator;
    return written && written->of_children ? canonical->children : written;
}

static void compare_discriminators(Comparer *comparer, Comparison *at, const Canonical *base,
                                   const Canonical *revision) {
    const Discriminator *from = own_discriminator(base), *to = own_discriminator(revision);
    if ((!from && !to) || (from && to && text_equal(from->property, to->property)))
        return;
    Change *change = note(comparer, at, CHANGE_DISCRIMINATOR_CHANGED, EFFECT_NONE,
                          from ? from->origin : type_origin(base, "oneOf"),
                          to ? to->origin : type_origin(revision, "oneOf"));
    change->base_absent = !from;
    change->revision_absent = !to;
    with(comparer, change, ATTRIBUTE_FROM, from ? from->property : (Text){0});
    with(comparer, change, ATTRIBUTE_TO, to ? to->property : (Text){0});
}

static const DiscriminatorMapping *mapped(const Discriminator *discriminator, Text value) {
    for (size_t i = 0; i < discriminator->mapping.count; i++)
        if (text_equal(discriminator->mapping.items[i].value, value))
            return &discriminator->mapping.items[i];
    return NULL;
}

/* The schemas that extend this one and are told apart by a value. */
static void compare_children(Comparer *comparer, Comparison *at, const Discriminator *base,
                             const Discriminator *revision) {
    for (size_t i = 0; i < base->mapping.count; i++) {
        const DiscriminatorMapping *from = &base->mapping.items[i];
        const DiscriminatorMapping *to = mapped(revision, from->value);
        if (!to)
            note_tag(comparer, at, false, from->value, base->origin, revision->origin);
        else if (from->type && to->type)
            add_edge(comparer, at, STEP_VARIANT, from->value,
                     pair_of(comparer, canonicals_meet(comparer->canonicals, from->type),
                             canonicals_meet(comparer->canonicals, to->type), at->direction));
    }
    for (size_t i = 0; i < revision->mapping.count; i++)
        if (!mapped(base, revision->mapping.items[i].value))
            note_tag(comparer, at, true, revision->mapping.items[i].value, base->origin,
                     revision->origin);
}

/* Where only one side has a `oneOf` whose variants overlap, the other takes what several take. */
static void compare_exclusion(Comparer *comparer, Pair *pair, const Canonical *base,
                              const Canonical *revision) {
    if (base->overlapping_one_of && revision->overlapping_one_of)
        queue_overlap(comparer, pair);
    else if (base->overlapping_one_of || revision->overlapping_one_of)
        note_constraint(comparer, &pair->comparison, "oneOf",
                        base->overlapping_one_of ? EFFECT_WIDENED : EFFECT_NARROWED,
                        type_origin(base, "oneOf"), type_origin(revision, "oneOf"));
}

/* One of a kind on both sides are the same thing, unless a discriminator says otherwise. */
static void compare_kind(Comparer *comparer, Comparison *at, AlternativeKind kind,
                         const Canonical *base, const Canonical *revision) {
    Slice from = slice_of(base, kind), to = slice_of(revision, kind);
    if (!from.count || !to.count)
        return;
    const Alternative *one = from.items[0], *other = to.items[0];
    if (from.count > 1 && to.count == 1)
        one = merged_variants(comparer, at, from);
    else if (to.count > 1 && from.count == 1)
        other = merged_variants(comparer, at, to);
    bool several = from.count > 1 && to.count > 1;
    if (several || !one || !other || tags_apart(&one->tags, &other->tags)) {
        compare_variants(comparer, at, from, to, base, revision);
        return;
    }
    compare_variant_tags(comparer, at, (Variant){from, 0}, (Variant){to, 0});
    compare_alternatives(comparer, at, one, other);
    compare_variant_asides(comparer, at, at, one, other);
}

/* Whether keyword by keyword a difference was found, or may still be found in what several keywords
 * say together. */
static bool looks_different(const Comparer *comparer, const Comparison *at, size_t deferred) {
    bool different = (at->effect & EFFECT_ALL) != 0 || comparer->deferred.count > deferred;
    for (size_t i = 0; i < at->changes.count; i++)
        different |= at->changes.items[i]->kind == CHANGE_DISCRIMINATOR_CHANGED;
    for (size_t i = 0; i < at->edges.count && !different; i++)
        different = at->edges.items[i].step.kind != STEP_PROPERTY &&
                    at->edges.items[i].step.kind != STEP_ITEMS &&
                    at->edges.items[i].step.kind != STEP_PREFIX_ITEM;
    return different;
}

static void forget_differences(Comparer *comparer, Comparison *at);

/* Whether what lies below is told all the same: types that mean the same, and what is no type. Of
 * variants those that agree belong together. */
static bool is_told(Comparer *comparer, Comparison *below) {
    if (below->base_meet)
        return prove_same(comparer->prover, below->base_meet, below->revision_meet,
                          below->direction);
    if ((below->effect & EFFECT_ALL) || below->undecided)
        return false;
    forget_differences(comparer, below);
    return true;
}

/* What was found is no difference: forgotten is all but what has no effect on values. A
 * discriminator that tells the same apart by the same values may stand elsewhere. */
static void forget_differences(Comparer *comparer, Comparison *at) {
    size_t changes = 0, edges = 0;
    for (size_t i = 0; i < at->changes.count; i++)
        if (!(noted_of(at->changes.items[i])->effect & EFFECT_ALL) &&
            at->changes.items[i]->kind != CHANGE_DISCRIMINATOR_CHANGED)
            at->changes.items[changes++] = at->changes.items[i];
    for (size_t i = 0; i < at->edges.count; i++)
        if (is_told(comparer, at->edges.items[i].to))
            at->edges.items[edges++] = at->edges.items[i];
    at->changes.count = changes;
    at->edges.count = edges;
    at->effect &= ~(Effect)EFFECT_ALL;
    at->undecided = 0;
}

/* However two types are put together, they may mean the same. */
static void settle_by_meaning(Comparer *comparer, Pair *pair, size_t deferred) {
    Comparison *at = &pair->comparison;
    if (!looks_different(comparer, at, deferred) ||
        !prove_same(comparer->prover, pair->base, pair->revision, at->direction))
        return;
    comparer->deferred.count = deferred;
    forget_differences(comparer, at);
}

/* A discriminator that told apart which schemas extend the type tells apart the variants of a
 * `oneOf`, or the contrary. Who reads or writes such a value goes by what its tag means, which is
 * what is compared: that it is spelled otherwise is no change. */
static bool compare_respelled(Comparer *comparer, Pair *pair, const Canonical *base,
                              const Canonical *revision) {
    if (!base->children == !revision->children)
        return false;
    const Discriminator *from = meet_told_apart(comparer->arena, pair->base);
    const Discriminator *to = meet_told_apart(comparer->arena, pair->revision);
    if (!from || !to || !text_equal(from->property, to->property))
        return false;
    compare_children(comparer, &pair->comparison, from, to);
    return true;
}

void compare_pair(Comparer *comparer, Pair *pair) {
    size_t deferred = comparer->deferred.count;
    Comparison *at = &pair->comparison;
    const Canonical *base = meet_canonical(pair->base), *revision = meet_canonical(pair->revision);
    compare_kinds(comparer, at, base, revision);
    if (compare_respelled(comparer, pair, base, revision))
        return;
    compare_exclusion(comparer, pair, base, revision);
    compare_discriminators(comparer, at, base, revision);
    for (unsigned kind = ALTERNATIVE_NULL; kind <= ALTERNATIVE_OBJECT; kind++)
        compare_kind(comparer, at, (AlternativeKind)kind, base, revision);
    settle_by_meaning(comparer, pair, deferred);
    if (base->children && revision->children)
        compare_children(comparer, at, base->children, revision->children);
}
