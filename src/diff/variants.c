#include "diff/compare.h"

#include "graph/values.h"

/* Alternatives of one kind on both sides, where at least one side has several: paired by
 * discriminator value, then by component name, then by shape, then by likeness. A pair must be
 * alike in something; what is alike in nothing was removed on one side and added on the other. */

enum {
    LIKENESS_LIMIT = 64 * 64, /* pairs weighed by likeness at one place */
    SHAPE_VALUE_WIDTH = 60
};

static bool same_name(const Alternative *a, const Alternative *b) {
    return a->name.size && text_equal(a->name, b->name);
}

static int values_likeness(const Values *a, const Values *b) {
    int shared = 0;
    for (size_t i = 0; i < a->count; i++)
        shared += values_have(b, a->items[i], i);
    return shared;
}

/* 0: no likeness at all. A property that both fix to different constants tells them apart. */
static int properties_likeness(const CanonicalProperty *a, const CanonicalProperty *b) {
    const Canonical *left = meet_canonical(a->type), *right = meet_canonical(b->type);
    if (left->alternatives.count == 1 && right->alternatives.count == 1) {
        const Values *from = left->alternatives.items[0]->values;
        const Values *to = right->alternatives.items[0]->values;
        if (from && to && a->required && b->required)
            return values_likeness(from, to) ? 20 : -20;
    }
    return 2 + (left->kinds == right->kinds) + (a->required == b->required);
}

static int objects_likeness(const ObjectFacets *a, const ObjectFacets *b) {
    int likeness = a->properties.count || b->properties.count ? 0 : 4;
    size_t i = 0, j = 0;
    while (i < a->properties.count && j < b->properties.count) {
        int order = text_compare(a->properties.items[i].name, b->properties.items[j].name);
        if (order == 0)
            likeness += properties_likeness(&a->properties.items[i], &b->properties.items[j]);
        else
            likeness--;
        i += order <= 0;
        j += order >= 0;
    }
    return likeness;
}

static int texts_likeness(const Text *a, size_t a_count, const Text *b, size_t b_count) {
    if (a_count != b_count)
        return -1;
    for (size_t i = 0; i < a_count; i++)
        if (!text_equal(a[i], b[i]))
            return -1;
    return a_count ? 4 : 1;
}

static int bounds_likeness(Bound a, Bound b) {
    return text_equal(a.digits, b.digits) ? (a.digits.size ? 2 : 1) : 0;
}

static int likeness(const Alternative *a, const Alternative *b) {
    if (a->values && b->values)
        return 2 * values_likeness(a->values, b->values);
    if (a->values || b->values)
        return 0;
    switch (a->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return 1;
    case ALTERNATIVE_NUMBER:
        return 1 + bounds_likeness(a->number.minimum, b->number.minimum) +
               bounds_likeness(a->number.maximum, b->number.maximum) +
               (a->number.integer == b->number.integer);
    case ALTERNATIVE_STRING:
        return texts_likeness(a->string.patterns.items, a->string.patterns.count,
                              b->string.patterns.items, b->string.patterns.count) +
               texts_likeness(a->string.formats.items, a->string.formats.count,
                              b->string.formats.items, b->string.formats.count) +
               bounds_likeness(a->string.max_length, b->string.max_length);
    case ALTERNATIVE_ARRAY:
        return meet_canonical(a->array.items)->kinds == meet_canonical(b->array.items)->kinds
                   ? 2 + 4 * (meet_name(a->array.items).size &&
                              text_equal(meet_name(a->array.items), meet_name(b->array.items)))
                   : 0;
    case ALTERNATIVE_OBJECT:
        return objects_likeness(&a->object, &b->object);
    }
    return 0;
}

typedef struct Pairing {
    Comparer *comparer;
    Comparison *at;
    Slice base, revision;
    bool *base_taken, *revision_taken;
    size_t *partner; /* of each of the base: the one that it was paired with last, or NO_PARTNER */
} Pairing;

static const size_t NO_PARTNER = SIZE_MAX;

Text variant_name(Arena *arena, const Alternative *alternative, size_t index) {
    if (alternative->name.size)
        return alternative->name;
    if (alternative->tags.list.count)
        return alternative->tags.list.items[0];
    static const KindSet kinds[] = {
        [ALTERNATIVE_NULL] = KIND_NULL,     [ALTERNATIVE_BOOLEAN] = KIND_BOOLEAN,
        [ALTERNATIVE_NUMBER] = KIND_NUMBER, [ALTERNATIVE_STRING] = KIND_STRING,
        [ALTERNATIVE_ARRAY] = KIND_ARRAY,   [ALTERNATIVE_OBJECT] = KIND_OBJECT,
    };
    Text kind = kinds_name(arena, kinds[alternative->kind]);
    return text_format(arena, "%.*s #%zu", TEXT_ARG(kind), index + 1);
}

void note_tag(Comparer *comparer, Comparison *at, bool added, Text tag, const Node *base_origin,
              const Node *revision_origin) {
    Change *change = note(
        comparer, at, added ? CHANGE_DISCRIMINATOR_VALUE_ADDED : CHANGE_DISCRIMINATOR_VALUE_REMOVED,
        added ? EFFECT_WIDENED : EFFECT_NARROWED, base_origin, revision_origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, ATTRIBUTE_VALUE, tag);
}

static bool means_any(Slice side, Text tag) {
    for (size_t i = 0; i < side.count; i++)
        if (tags_have(&side.items[i]->tags, tag))
            return true;
    return false;
}

/* Those of one variant; where one side has no discriminator, that is another change, and a value
 * that means another variant now is compared with that. */
void compare_variant_tags(Comparer *comparer, Comparison *at, Variant from, Variant to) {
    const Alternative *base = from.side.items[from.index], *revision = to.side.items[to.index];
    const Tags *before = &base->tags, *after = &revision->tags;
    if (!before->list.count || !after->list.count)
        return;
    for (size_t i = 0; i < before->list.count; i++)
        if (!tags_have(after, before->list.items[i]) && !means_any(to.side, before->list.items[i]))
            note_tag(comparer, at, false, before->list.items[i], base->origin, revision->origin);
    for (size_t i = 0; i < after->list.count; i++)
        if (!tags_have(before, after->list.items[i]) && !means_any(from.side, after->list.items[i]))
            note_tag(comparer, at, true, after->list.items[i], base->origin, revision->origin);
}

/* What stands beside all variants is said of none of them. */
static bool says_aside(Meet *meet) {
    const Annotations *annotations = meet ? &meet_canonical(meet)->annotations : NULL;
    return annotations && (annotations->deprecated || annotations->default_value);
}

void compare_variant_asides(Comparer *comparer, const Comparison *type, Comparison *at,
                            const Alternative *from, const Alternative *to) {
    Annotations base = {0}, revision = {0};
    if (says_aside(type->base_meet) || says_aside(type->revision_meet))
        return;
    for (size_t i = 0; i < from->from->types.count; i++)
        annotations_add(from->from->types.items[i], &base);
    for (size_t i = 0; i < to->from->types.count; i++)
        annotations_add(to->from->types.items[i], &revision);
    note_asides(comparer, at, (Aside){&base, from->origin}, (Aside){&revision, to->origin});
}

/* A variant goes by its name, and a value that means another one than before by itself. */
static Text pair_name(Arena *arena, const Alternative *from, const Alternative *to, size_t index) {
    for (size_t i = 0; to->name.size && !same_name(from, to) && i < to->tags.list.count; i++)
        if (tags_have(&from->tags, to->tags.list.items[i]))
            return to->tags.list.items[i];
    return variant_name(arena, to, index);
}

static void pair(Pairing *pairing, size_t i, size_t j) {
    Comparer *comparer = pairing->comparer;
    const Alternative *from = pairing->base.items[i], *to = pairing->revision.items[j];
    pairing->base_taken[i] = pairing->revision_taken[j] = true;
    Comparison *variant = comparison_new(comparer, pairing->at->direction);
    pairing->partner[i] = j;
    add_edge(comparer, pairing->at, STEP_VARIANT, pair_name(comparer->arena, from, to, j), variant);
    compare_variant_asides(comparer, pairing->at, variant, from, to);
    variant->whole = pairing->at->whole ? pairing->at->whole : pairing->at;
    variant->base_variant = from;
    variant->revision_variant = to;
    compare_variant_tags(comparer, variant, (Variant){pairing->base, i},
                         (Variant){pairing->revision, j});
    compare_chosen(comparer, variant, from, to);
}

typedef Text (*TextOf)(Arena *, const Alternative *);

/* Variants of one side that wait for a partner, by text; those of one text are a list. */
typedef struct Waiting {
    Map *first;   /* index + 1 */
    size_t *next; /* by index + 1; 0 ends */
} Waiting;

static Waiting waiting_by(Arena *arena, Slice side, const bool *taken, TextOf text_of) {
    Waiting waiting = {map_new(arena), arena_new_array(arena, side.count + 1, size_t)};
    for (size_t i = side.count; i-- > 0;) {
        Text text = taken[i] ? (Text){0} : text_of(arena, side.items[i]);
        if (!text.size)
            continue;
        waiting.next[i + 1] = (size_t)(uintptr_t)map_get_text(waiting.first, text);
        map_put_text(waiting.first, text, (void *)(uintptr_t)(i + 1));
    }
    return waiting;
}

static size_t take_first(Waiting *waiting, Text text) {
    size_t found = (size_t)(uintptr_t)map_get_text(waiting->first, text);
    if (found)
        map_put_text(waiting->first, text, (void *)(uintptr_t)waiting->next[found]);
    return found;
}

static bool is_only_one(const Waiting *waiting, Text text) {
    size_t found = (size_t)(uintptr_t)map_get_text(waiting->first, text);
    return found && !waiting->next[found];
}

/* Pairs by a text that both sides carry. Where several carry it, `in_order` pairs them as they
 * stand; else they are left to what tells them apart. */
static void pair_by(Pairing *pairing, TextOf text_of, bool in_order) {
    Arena *arena = pairing->comparer->arena;
    Waiting base = waiting_by(arena, pairing->base, pairing->base_taken, text_of);
    Waiting revision = waiting_by(arena, pairing->revision, pairing->revision_taken, text_of);
    for (size_t i = 0; i < pairing->base.count; i++) {
        Text text = pairing->base_taken[i] ? (Text){0} : text_of(arena, pairing->base.items[i]);
        bool alone = text.size && is_only_one(&base, text) && is_only_one(&revision, text);
        size_t found = text.size && (alone || in_order) ? take_first(&revision, text) : 0;
        if (found)
            pair(pairing, i, found - 1);
    }
}

static Text tags_text(Arena *arena, const Alternative *alternative) {
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < alternative->tags.list.count; i++)
        buffer_format(&text, "%s%.*s", i ? "\n" : "", TEXT_ARG(alternative->tags.list.items[i]));
    return buffer_text(&text);
}

static Text name_text(Arena *arena, const Alternative *alternative) {
    (void)arena;
    return alternative->name;
}

/* What an object looks like from outside: its properties, which of them it requires, their kinds.
 */
static Text object_shape(Arena *arena, const ObjectFacets *object) {
    Buffer shape = {.arena = arena};
    for (size_t i = 0; i < object->properties.count; i++) {
        const CanonicalProperty *property = &object->properties.items[i];
        const Canonical *type = meet_canonical(property->type);
        buffer_format(&shape, "%.*s%s%u", TEXT_ARG(property->name), property->required ? "!" : "?",
                      type->kinds);
        const Values *values =
            type->alternatives.count == 1 ? type->alternatives.items[0]->values : NULL;
        if (values && values->count == 1)
            buffer_add(&shape, node_to_json(arena, values->items[0], SHAPE_VALUE_WIDTH));
        buffer_add_byte(&shape, '\n');
    }
    return buffer_text(&shape);
}

static void add_texts(Buffer *shape, const Text *items, size_t count) {
    for (size_t i = 0; i < count; i++)
        buffer_format(shape, "%.*s\n", TEXT_ARG(items[i]));
}

static Text scalar_shape(Arena *arena, const Alternative *alternative) {
    Buffer shape = {.arena = arena};
    if (alternative->kind == ALTERNATIVE_STRING) {
        const StringFacets *string = &alternative->string;
        add_texts(&shape, string->patterns.items, string->patterns.count);
        add_texts(&shape, string->formats.items, string->formats.count);
        add_texts(&shape, &string->min_length.digits, 1);
        add_texts(&shape, &string->max_length.digits, 1);
    } else if (alternative->kind == ALTERNATIVE_NUMBER) {
        const NumberFacets *number = &alternative->number;
        buffer_format(&shape, "%d\n", number->integer);
        add_texts(&shape, &number->minimum.digits, 1);
        add_texts(&shape, &number->maximum.digits, 1);
    }
    return buffer_text(&shape);
}

static Text array_shape(Arena *arena, const ArrayFacets *array) {
    return text_format(arena, "%.*s..%.*s %u %.*s", TEXT_ARG(array->min_items.digits),
                       TEXT_ARG(array->max_items.digits), meet_canonical(array->items)->kinds,
                       TEXT_ARG(meet_name(array->items)));
}

static Text shape_text(Arena *arena, const Alternative *alternative) {
    if (alternative->values)
        return (Text){0};
    if (alternative->kind == ALTERNATIVE_OBJECT)
        return object_shape(arena, &alternative->object);
    if (alternative->kind == ALTERNATIVE_ARRAY)
        return array_shape(arena, &alternative->array);
    return scalar_shape(arena, alternative);
}

/* What it looks like on a second look: all else that limits it, by name. */
static Text whole_shape_text(Arena *arena, const Alternative *alternative) {
    Buffer shape = {.arena = arena};
    if (alternative->values)
        return (Text){0};
    buffer_add(&shape, shape_text(arena, alternative));
    for (size_t i = 0; i < alternative->constraints.count; i++)
        buffer_format(&shape, "%s %.*s\n", alternative->constraints.items[i].keyword,
                      TEXT_ARG(alternative->constraints.items[i].text));
    if (alternative->kind == ALTERNATIVE_OBJECT) {
        const ObjectFacets *object = &alternative->object;
        buffer_format(&shape, "%d %d %.*s..%.*s\n", object->additional, object->names != NULL,
                      TEXT_ARG(object->min_properties.digits),
                      TEXT_ARG(object->max_properties.digits));
        for (size_t i = 0; i < object->pattern_properties.count; i++)
            add_texts(&shape, &object->pattern_properties.items[i].pattern, 1);
        for (size_t i = 0; i < object->dependent_required.count; i++)
            add_texts(&shape, &object->dependent_required.items[i].name, 1);
    } else if (alternative->kind == ALTERNATIVE_ARRAY) {
        buffer_format(&shape, "%zu %d\n", alternative->array.prefix_items.count,
                      alternative->array.unique_items);
    } else if (alternative->kind == ALTERNATIVE_NUMBER) {
        add_texts(&shape, alternative->number.multiples_of.items,
                  alternative->number.multiples_of.count);
    }
    return buffer_text(&shape);
}

static Text required_text(Arena *arena, const Alternative *alternative) {
    Buffer names = {.arena = arena};
    if (alternative->kind != ALTERNATIVE_OBJECT || alternative->values)
        return (Text){0};
    for (size_t i = 0; i < alternative->object.properties.count; i++)
        if (alternative->object.properties.items[i].required)
            add_texts(&names, &alternative->object.properties.items[i].name, 1);
    return buffer_text(&names);
}

static bool may_pair(const Alternative *a, const Alternative *b) {
    return !tags_apart(&a->tags, &b->tags) || same_name(a, b);
}

static bool share_tag(const Alternative *a, const Alternative *b) {
    return a->tags.list.count && b->tags.list.count && !tags_apart(&a->tags, &b->tags);
}

/* Those that several values mean, of which some are new or gone. */
static void pair_by_shared_tag(Pairing *pairing) {
    if (pairing->base.count * pairing->revision.count > LIKENESS_LIMIT)
        return;
    for (size_t i = 0; i < pairing->base.count; i++)
        for (size_t j = 0; j < pairing->revision.count && !pairing->base_taken[i]; j++)
            if (!pairing->revision_taken[j] &&
                share_tag(pairing->base.items[i], pairing->revision.items[j]))
                pair(pairing, i, j);
}

/* The variants that each value means, by value; where several do, none. */
static Map *variants_by_tag(Arena *arena, Slice side) {
    static const size_t several = SIZE_MAX;
    Map *by_tag = map_new(arena);
    for (size_t i = 0; i < side.count; i++)
        for (size_t j = 0; j < side.items[i]->tags.list.count; j++) {
            Text tag = side.items[i]->tags.list.items[j];
            bool first = !map_get_text(by_tag, tag);
            map_put_text(by_tag, tag, (void *)(uintptr_t)(first ? i + 1 : several));
        }
    return by_tag;
}

/* A value that means another variant than the one which its own was paired with. */
static void pair_moved_tags(Pairing *pairing) {
    Arena *arena = pairing->comparer->arena;
    Map *before = variants_by_tag(arena, pairing->base);
    Map *after = variants_by_tag(arena, pairing->revision);
    for (size_t i = 0; i < pairing->base.count; i++) {
        const Tags *tags = &pairing->base.items[i]->tags;
        for (size_t j = 0; j < tags->list.count; j++) {
            size_t from = (size_t)(uintptr_t)map_get_text(before, tags->list.items[j]);
            size_t to = (size_t)(uintptr_t)map_get_text(after, tags->list.items[j]);
            if (from == i + 1 && to && to != SIZE_MAX && pairing->partner[i] != to - 1)
                pair(pairing, i, to - 1);
        }
    }
}

/* The likest pair first, until nothing is alike. Of too many only those that call for the same, as
 * no other of their side does. */
static void pair_by_likeness(Pairing *pairing) {
    if (pairing->base.count * pairing->revision.count > LIKENESS_LIMIT) {
        pair_by(pairing, required_text, false);
        return;
    }
    for (;;) {
        int best = 0;
        size_t best_i = 0, best_j = 0;
        for (size_t i = 0; i < pairing->base.count; i++)
            for (size_t j = 0; j < pairing->revision.count; j++) {
                const Alternative *a = pairing->base.items[i], *b = pairing->revision.items[j];
                if (pairing->base_taken[i] || pairing->revision_taken[j] || !may_pair(a, b))
                    continue;
                int weight = likeness(a, b);
                if (weight > best) {
                    best = weight;
                    best_i = i;
                    best_j = j;
                }
            }
        if (best == 0)
            return;
        pair(pairing, best_i, best_j);
    }
}

void compare_variants(Comparer *comparer, Comparison *at, Slice base, Slice revision,
                      const Canonical *base_type, const Canonical *revision_type) {
    Pairing pairing = {comparer,
                       at,
                       base,
                       revision,
                       arena_new_array(comparer->arena, base.count, bool),
                       arena_new_array(comparer->arena, revision.count, bool),
                       arena_new_array(comparer->arena, base.count, size_t)};
    for (size_t i = 0; i < base.count; i++)
        pairing.partner[i] = NO_PARTNER;
    pair_by(&pairing, tags_text, false);
    pair_by(&pairing, name_text, false);
    pair_by(&pairing, whole_shape_text, true);
    pair_by(&pairing, shape_text, true);
    pair_by_shared_tag(&pairing);
    pair_by_likeness(&pairing);
    pair_moved_tags(&pairing);
    put_off_unpaired(comparer, at, base, pairing.base_taken, revision_type, true);
    put_off_unpaired(comparer, at, revision, pairing.revision_taken, base_type, false);
}
