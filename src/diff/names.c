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

/* ---- names that a pattern finds, told apart by what else speaks of them -----------------------
 */

/* More patterns that may find names of one are not told apart. */
enum { NEIGHBOURS_LIMIT = 4 };

/* A pattern of one side alone, and those of both sides that may find some of its names. A pattern
 * that both sides have is a neighbour on either. */
typedef struct Neighbour {
    Text pattern;
    Meet *base, *revision; /* what a side says of the names that it finds; NULL: it has no such */
    bool finds;            /* the names that are asked about */
} Neighbour;

typedef struct Neighbourhood {
    Comparer *comparer;
    const Alternative *base, *revision;
    Patterned *patterned;
    Text named; /* a pattern of all names that a side declares */
    ARRAY(Neighbour) list;
} Neighbourhood;

static void add_neighbours(Neighbourhood *around, const ObjectFacets *facets, bool of_revision) {
    for (size_t i = 0; i < facets->pattern_properties.count; i++) {
        const PatternProperty *met = &facets->pattern_properties.items[i];
        size_t at = 0;
        if (text_equal(met->pattern, around->patterned->pattern->pattern) ||
            !may_share_names(around->comparer, met->pattern, around->patterned->pattern->pattern))
            continue;
        while (at < around->list.count && !text_equal(around->list.items[at].pattern, met->pattern))
            at++;
        if (at == around->list.count)
            array_push(around->comparer->arena, &around->list,
                       ((Neighbour){.pattern = met->pattern}));
        if (of_revision)
            around->list.items[at].revision = met->type;
        else
            around->list.items[at].base = met->type;
    }
}

static void add_named(const Neighbourhood *around, Buffer *pattern, const ObjectFacets *facets) {
    Patterns *patterns = canonicals_patterns(around->comparer->canonicals);
    for (size_t i = 0; i < facets->properties.count; i++) {
        Text name = facets->properties.items[i].name;
        if (patterns_accept(patterns, around->patterned->pattern->pattern, name) == REFUSED)
            continue;
        buffer_add_byte(pattern, '|');
        pattern_add_text(pattern, name);
    }
}

/* What all that speak of some names say of them on one side. */
static Meet *said_of(const Neighbourhood *around, bool by_revision) {
    Comparer *comparer = around->comparer;
    Meet *said = around->patterned->added == by_revision ? around->patterned->pattern->type : NULL;
    for (size_t i = 0; i < around->list.count; i++) {
        const Neighbour *neighbour = &around->list.items[i];
        Meet *type = by_revision ? neighbour->revision : neighbour->base;
        if (neighbour->finds && type)
            said = said ? canonicals_meet_both(comparer->canonicals, said, type) : type;
    }
    return said
               ? said
               : rest_of(comparer, by_revision ? &around->revision->object : &around->base->object);
}

/* Whether no name is found by the pattern, by those neighbours, and by no other. */
static Inclusion are_no_names(const Neighbourhood *around) {
    Comparer *comparer = around->comparer;
    ARRAY(Text) all = {0};
    Buffer others = {.arena = comparer->arena};
    array_push(comparer->arena, &all, around->patterned->pattern->pattern);
    buffer_add(&others, around->named);
    for (size_t i = 0; i < around->list.count; i++)
        if (around->list.items[i].finds)
            array_push(comparer->arena, &all, around->list.items[i].pattern);
        else
            buffer_format(&others, "|(?:%.*s)", TEXT_ARG(around->list.items[i].pattern));
    StringFacets names = {.patterns = {all.items, all.count, all.count}};
    return texts_match(canonicals_patterns(comparer->canonicals), &names, buffer_text(&others),
                       NULL);
}

static void compare_names(Neighbourhood *around, const Comparison *at) {
    array_push(
        around->comparer->arena, &around->patterned->below,
        pair_of(around->comparer, said_of(around, false), said_of(around, true), at->direction));
}

/* Names by one neighbour each, and by none. */
static void compare_by_neighbour(Neighbourhood *around, const Comparison *at) {
    for (size_t i = 0; i < around->list.count; i++) {
        around->list.items[i].finds = true;
        compare_names(around, at);
        around->list.items[i].finds = false;
    }
    compare_names(around, at);
}

/* Names by all that may find them together. */
static void compare_all_names(Neighbourhood *around, const Comparison *at) {
    size_t count = around->list.count;
    for (size_t found = 0; found < (size_t)1 << count; found++) {
        for (size_t i = 0; i < count; i++)
            around->list.items[i].finds = found >> i & 1;
        Inclusion none = are_no_names(around);
        around->patterned->exact &= none != INCLUSION_UNPROVEN;
        if (none != INCLUDED)
            compare_names(around, at);
    }
}

static void put_off(Comparer *comparer, Comparison *at, const Alternative *base,
                    const Alternative *revision, const PatternProperty *pattern, bool added) {
    Patterned patterned = {.base = base, .revision = revision, .pattern = pattern, .added = added};
    Neighbourhood around = {comparer, base, revision, &patterned, {0}, {0}};
    Buffer named = {.arena = comparer->arena};
    buffer_add(&named, TEXT("[^\\s\\S]")); /* no text */
    add_named(&around, &named, &base->object);
    add_named(&around, &named, &revision->object);
    around.named = buffer_text(&named);
    add_neighbours(&around, &base->object, false);
    add_neighbours(&around, &revision->object, true);
    patterned.exact = around.list.count <= NEIGHBOURS_LIMIT;
    if (patterned.exact)
        compare_all_names(&around, at);
    else
        compare_by_neighbour(&around, at);
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

/* Where it is not known which names there are, that what is said of them differs proves nothing. */
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
