#include "graph/meet.h"
#include "graph/pattern.h"
#include "graph/values.h"

#include "support/decimal.h"
#include "support/map.h"

#include <stdlib.h>

/* The values that every Type of the branch lists, or NULL where none lists any. */
static Values *listed_values(Arena *arena, const TypeList *types) {
    const Type *first = NULL;
    for (size_t i = 0; i < types->count && !first; i++)
        if (types->items[i]->values || types->items[i]->constant)
            first = types->items[i];
    if (!first)
        return NULL;
    Values *values = arena_new_object(arena, Values);
    if (first->values)
        for (size_t i = 0; i < first->values->count; i++)
            array_push(arena, values, first->values->items[i]);
    else
        array_push(arena, values, first->constant);
    return values;
}

static bool type_lists(const Type *type, const Node *value, size_t hint) {
    if (type->constant && !node_equal(type->constant, value))
        return false;
    return !type->values || values_have(type->values, value, hint);
}

static AlternativeKind kind_of_value(const Node *value) {
    static const AlternativeKind kinds[] = {
        [NODE_NULL] = ALTERNATIVE_NULL,      [NODE_BOOLEAN] = ALTERNATIVE_BOOLEAN,
        [NODE_NUMBER] = ALTERNATIVE_NUMBER,  [NODE_STRING] = ALTERNATIVE_STRING,
        [NODE_SEQUENCE] = ALTERNATIVE_ARRAY, [NODE_MAPPING] = ALTERNATIVE_OBJECT,
    };
    return kinds[value->kind];
}

/* Listed values of the alternative's kind that all Types of the branch take; facets are filled. */
static Values *values_of_kind(Arena *arena, const Values *listed, const TypeList *types,
                              const Alternative *alternative) {
    Values *values = arena_new_object(arena, Values);
    for (size_t i = 0; i < listed->count; i++) {
        const Node *value = listed->items[i];
        bool taken = kind_of_value(value) == alternative->kind;
        for (size_t j = 0; taken && j < types->count; j++)
            taken = type_lists(types->items[j], value, i);
        if (taken && alternative_accepts(alternative, value, DIRECTION_REQUEST) != REFUSED)
            array_push(arena, values, value);
    }
    values_drop_doubles(arena, values);
    return values;
}

/* What a text holds is said beside the media type that it holds it in (2020-12 validation 8.5). */
static void meet_content(Meet *meet, const TypeList *types, StringFacets *facets) {
    TypeList content = {0};
    for (size_t i = 0; i < types->count && facets->content_media_type.size; i++)
        if (types->items[i]->string && types->items[i]->string->content_schema)
            array_push(canonicals_arena(meet->owner), &content,
                       types->items[i]->string->content_schema);
    if (content.count)
        facets->content = canonicals_meet_of(meet->owner, content.items, content.count);
}

static bool fill_facets(Meet *meet, const TypeList *types, KindSet kinds,
                        Alternative *alternative) {
    Arena *arena = canonicals_arena(meet->owner);
    switch (alternative->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return true;
    case ALTERNATIVE_NUMBER:
        return number_facets(arena, types, (kinds & KIND_NUMBER) == KIND_INTEGER,
                             &alternative->number);
    case ALTERNATIVE_STRING:
        alternative->string.known = canonicals_patterns(meet->owner);
        if (!string_facets(arena, types, &alternative->string))
            return false;
        meet_content(meet, types, &alternative->string);
        return !(alternative->string.patterns.count &&
                 texts_are_none(canonicals_patterns(meet->owner), &alternative->string));
    case ALTERNATIVE_ARRAY:
        return array_facets(meet, types, &alternative->array);
    case ALTERNATIVE_OBJECT:
        return object_facets(meet, types, &alternative->object);
    }
    return true;
}

static bool null_is_listed(const TypeList *types) {
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        bool listed = !type->constant || type->constant->kind == NODE_NULL;
        bool among_values = !type->values;
        for (size_t j = 0; type->values && j < type->values->count; j++)
            among_values |= type->values->items[j]->kind == NODE_NULL;
        if (!(listed && among_values) && !type->nullable)
            return false;
    }
    return true;
}

static const Node *first_origin(const Branch *branch) {
    return branch->origin || !branch->types.count ? branch->origin : branch->types.items[0]->origin;
}

static Alternative *new_alternative(Arena *arena, const Branch *branch, AlternativeKind kind,
                                    const Conjunction *from) {
    Alternative *alternative = arena_new_object(arena, Alternative);
    alternative->kind = kind;
    alternative->from = from;
    alternative->name = branch->name;
    alternative->tags = branch->tags;
    alternative->origin = first_origin(branch);
    alternative->outside.items = branch->outside.items;
    alternative->outside.count = branch->outside.count;
    alternative->inexact = branch->inexact;
    return alternative;
}

static KindSet branch_kinds(const Branch *branch, bool limited_to_values) {
    KindSet kinds = KIND_ANY;
    for (size_t i = 0; i < branch->types.count; i++)
        kinds &= type_own_kinds(branch->types.items[i]);
    if (limited_to_values && !null_is_listed(&branch->types))
        kinds &= ~(KindSet)KIND_NULL;
    return kinds;
}

static const KindSet kind_bits[] = {
    [ALTERNATIVE_NULL] = KIND_NULL,     [ALTERNATIVE_BOOLEAN] = KIND_BOOLEAN,
    [ALTERNATIVE_NUMBER] = KIND_NUMBER, [ALTERNATIVE_STRING] = KIND_STRING,
    [ALTERNATIVE_ARRAY] = KIND_ARRAY,   [ALTERNATIVE_OBJECT] = KIND_OBJECT,
};

/* Constraints that are decided for each listed value have done their work. */
static bool constraints_decide(const Alternative *alternative) {
    for (size_t i = 0; i < alternative->values->count; i++)
        if (alternative_accepts(alternative, alternative->values->items[i], DIRECTION_REQUEST) !=
            ACCEPTED)
            return false;
    return true;
}

static const Values *both_booleans(Arena *arena) {
    Values *values = arena_new_object(arena, Values);
    for (int truth = 0; truth < 2; truth++) {
        Node *node = arena_new_object(arena, Node);
        node->kind = NODE_BOOLEAN;
        node->boolean = truth;
        node->text = text_of_truth(truth);
        array_push(arena, values, node);
    }
    return values;
}

static bool limit_to_values(Arena *arena, const Branch *branch, const Values *listed,
                            Alternative *alternative) {
    if (!listed && alternative->kind == ALTERNATIVE_BOOLEAN && alternative->constraints.count)
        listed = both_booleans(arena);
    if (!listed || alternative->kind == ALTERNATIVE_NULL)
        return true;
    alternative->values = values_of_kind(arena, listed, &branch->types, alternative);
    if (alternative->constraints.count && constraints_decide(alternative))
        alternative->constraints.count = 0;
    bool any_boolean = alternative->kind == ALTERNATIVE_BOOLEAN && alternative->values->count == 2;
    for (size_t i = 0; i < branch->types.count; i++)
        alternative->extensible_enum |= branch->types.items[i]->extensible_enum;
    if (!any_boolean)
        return alternative->values->count > 0;
    alternative->values = NULL;
    return true;
}

void branch_alternatives(Meet *meet, const Branch *branch, Canonical *canonical) {
    Arena *arena = canonicals_arena(meet->owner);
    Conjunction *from = arena_new_object(arena, Conjunction);
    from->types.items = branch->types.items;
    from->types.count = branch->types.count;
    if (branch->null_only) {
        array_push(arena, &canonical->alternatives,
                   new_alternative(arena, branch, ALTERNATIVE_NULL, from));
        return;
    }
    const Values *listed = listed_values(arena, &branch->types);
    KindSet kinds = branch_kinds(branch, listed != NULL);
    for (unsigned kind = ALTERNATIVE_NULL; kind <= ALTERNATIVE_OBJECT; kind++) {
        if (!(kinds & kind_bits[kind]))
            continue;
        Alternative *alternative = new_alternative(arena, branch, (AlternativeKind)kind, from);
        if (!fill_facets(meet, &branch->types, kinds, alternative) ||
            !alternative_constraints(meet, branch, alternative) ||
            !limit_to_values(arena, branch, listed, alternative))
            continue;
        array_push(arena, &canonical->alternatives, alternative);
    }
}

static bool same_types(const Conjunction *a, const Conjunction *b) {
    if (a->types.count != b->types.count)
        return false;
    for (size_t i = 0; i < a->types.count; i++)
        if (a->types.items[i] != b->types.items[i])
            return false;
    return true;
}

/* What was joined before has room of its own and is added to. */
static const Conjunction *joined(Arena *arena, const Conjunction *a, const Conjunction *b) {
    Conjunction *all = a->types.capacity ? (Conjunction *)a : arena_new_object(arena, Conjunction);
    for (size_t i = 0; all != a && i < a->types.count; i++)
        array_push(arena, &all->types, a->types.items[i]);
    for (size_t i = 0; i < b->types.count; i++)
        array_push(arena, &all->types, b->types.items[i]);
    return all;
}

/* Of a union it is not known what each of its parts must not be. */
static void forget_outside(Alternative *a, const Alternative *b) {
    a->inexact |= a->outside.count || b->outside.count || b->inexact;
    a->outside.count = 0;
}

/* Folds `b` into `a` where the union of both is again one alternative. */
static bool absorb(Arena *arena, Alternative *a, const Alternative *b) {
    bool alone = !a->outside.count && !b->outside.count && !a->inexact && !b->inexact;
    if (a->kind != b->kind || !(alone || same_types(a->from, b->from)))
        return false;
    if (alternative_is_unlimited(a) || (same_types(a->from, b->from) && a->from->types.count)) {
        forget_outside(a, b);
        return true;
    }
    bool listed = a->values && b->values && !a->constraints.count && !b->constraints.count;
    if (!listed)
        return false;
    for (size_t i = 0; i < b->values->count; i++)
        array_push(arena, a->values, b->values->items[i]);
    if (a->kind == ALTERNATIVE_BOOLEAN)
        values_drop_doubles(arena, a->values);
    if (a->kind == ALTERNATIVE_BOOLEAN && a->values->count == 2)
        a->values = NULL;
    a->extensible_enum |= b->extensible_enum;
    a->from = joined(arena, a->from, b->from);
    return true;
}

static void drop(Canonical *canonical, size_t index) {
    for (size_t i = index + 1; i < canonical->alternatives.count; i++)
        canonical->alternatives.items[i - 1] = canonical->alternatives.items[i];
    canonical->alternatives.count--;
}

static bool foldable(const Alternative *a) {
    return a->kind != ALTERNATIVE_OBJECT || a->values;
}

static void fold_alternatives(Arena *arena, Canonical *canonical) {
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        for (size_t j = 0; j < canonical->alternatives.count; j++) {
            Alternative *a = canonical->alternatives.items[i],
                        *b = canonical->alternatives.items[j];
            bool duplicate = i < j && same_types(a->from, b->from) && a->kind == b->kind;
            bool alike = same_types(a->from, b->from);
            if (i == j || !(duplicate || foldable(a)) || !absorb(arena, a, b))
                continue;
            if (!alike && !a->values)
                array_push(arena, &canonical->absorbed, b);
            drop(canonical, j);
            i -= j < i;
            j--;
        }
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        Values *values = canonical->alternatives.items[i]->values;
        if (values && values->sorted_count != values->count)
            values_drop_doubles(arena, values);
    }
}

typedef struct Ordered {
    Alternative *alternative;
    size_t index;
} Ordered;

static int by_kind(const void *a, const void *b) {
    const Ordered *left = a, *right = b;
    if (left->alternative->kind != right->alternative->kind)
        return left->alternative->kind < right->alternative->kind ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

static void sort_alternatives(Arena *arena, Canonical *canonical) {
    size_t count = canonical->alternatives.count;
    if (count < 2)
        return;
    Ordered *ordered = arena_new_array(arena, count, Ordered);
    for (size_t i = 0; i < count; i++)
        ordered[i] = (Ordered){canonical->alternatives.items[i], i};
    qsort(ordered, count, sizeof *ordered, by_kind);
    for (size_t i = 0; i < count; i++)
        canonical->alternatives.items[i] = ordered[i].alternative;
}

static bool allows_integers_only(const Alternative *alternative) {
    if (alternative->kind != ALTERNATIVE_NUMBER)
        return false;
    for (size_t i = 0; alternative->values && i < alternative->values->count; i++)
        if (!decimal_is_integer(alternative->values->items[i]->text))
            return false;
    return alternative->values || alternative->number.integer;
}

static void describe(const Meet *meet, Canonical *canonical) {
    for (size_t i = 0; i < meet->types.types.count; i++) {
        const Type *type = meet->types.types.items[i];
        annotations_add(type, &canonical->annotations);
        canonical->unknown |= type->unknown;
        if (!canonical->discriminator && type->combinators)
            canonical->discriminator = type->combinators->discriminator;
    }
    const Combinators *own = meet->top ? meet->top->combinators : NULL;
    if (own && own->discriminator && own->discriminator->of_children)
        canonical->children = own->discriminator;
    if (meet->top)
        canonical->origin = meet->top->origin;
    else if (meet->types.types.count)
        canonical->origin = meet->types.types.items[0]->origin;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        canonical->kinds |=
            allows_integers_only(alternative) ? KIND_INTEGER : kind_bits[alternative->kind];
    }
}

const Canonical *meet_canonical(Meet *meet) {
    if (meet->canonical)
        return meet->canonical;
    Arena *arena = canonicals_arena(meet->owner);
    meet->in_progress = true;
    meet->owner->depth++;
    Branches branches = {0};
    meet_branches(arena, meet, &branches);
    Canonical *canonical = arena_new_object(arena, Canonical);
    canonical->overlapping_one_of = branches.overlapping_one_of;
    for (size_t i = 0; i < branches.list.count; i++)
        branch_alternatives(meet, &branches.list.items[i], canonical);
    fold_alternatives(arena, canonical);
    canonical->overlapping_one_of &= canonical->alternatives.count > 0;
    sort_alternatives(arena, canonical);
    describe(meet, canonical);
    meet->owner->depth--;
    meet->in_progress = false;
    meet->canonical = canonical;
    return canonical;
}

Text kinds_name(Arena *arena, KindSet kinds) {
    static const struct {
        KindSet kinds;
        const char *name;
    } names[] = {{KIND_OBJECT, "object"}, {KIND_ARRAY, "array"},     {KIND_STRING, "string"},
                 {KIND_NUMBER, "number"}, {KIND_INTEGER, "integer"}, {KIND_BOOLEAN, "boolean"},
                 {KIND_NULL, "null"}};
    if (!kinds)
        return TEXT("nothing");
    if (kinds == KIND_ANY || kinds == (KIND_ANY & ~KIND_NULL))
        return TEXT("anything");
    Buffer name = {.arena = arena};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if ((kinds & names[i].kinds) != names[i].kinds)
            continue;
        buffer_format(&name, "%s%s", name.size ? " or " : "", names[i].name);
        kinds &= ~names[i].kinds;
    }
    return buffer_text(&name);
}
