#include "graph/meet.h"

/* `anyOf` and `oneOf` are decided one after the other: each undecided one of a branch is replaced
 * by as many branches as it has variants, until none is left. */

typedef enum ListKind { ANY_OF, ONE_OF } ListKind;

typedef struct Choice {
    const Type *owner;
    ListKind list;
    bool overlaps; /* a `oneOf` whose variants are not told apart */
    KindSet kinds; /* that the Types beside it leave */
} Choice;

typedef struct Open {
    Branch branch;
    ARRAY(Choice) undecided;
    TypeList deciding; /* owners on this branch's way: meeting one again adds no value */
} Open;

typedef struct Expansion {
    Arena *arena;
    Canonicals *canonicals;
    Branches *branches;
    const Type *endless; /* a `oneOf` that is a variant of itself; NULL: none */
} Expansion;

static void add_choices(Arena *arena, Open *open, const Type *type) {
    if (type_has_any_of(type))
        array_push(arena, &open->undecided, ((Choice){.owner = type, .list = ANY_OF}));
    if (type_has_one_of(type))
        array_push(arena, &open->undecided, ((Choice){.owner = type, .list = ONE_OF}));
}

static void add_type(Arena *arena, Open *open, const Type *type) {
    array_push(arena, &open->branch.types, type);
    add_choices(arena, open, type);
}

static bool has_type(const TypeList *types, const Type *type) {
    for (size_t i = 0; i < types->count; i++)
        if (types->items[i] == type)
            return true;
    return false;
}

/* Arrays of a branch are shared between its copies. One that is pushed to grows into its own, as
 * full as it seems here; `undecided` is taken from, too, and what was taken is written over. */
static Open copy_open(Arena *arena, const Open *open) {
    Open copy = *open;
    copy.branch.types.capacity = copy.branch.types.count;
    copy.branch.constraints.capacity = copy.branch.constraints.count;
    copy.branch.outside.capacity = copy.branch.outside.count;
    copy.deciding.capacity = copy.deciding.count;
    copy.undecided.capacity = 0;
    if (copy.undecided.count)
        array_reserve(arena, &copy.undecided, 0);
    return copy;
}

static bool all_allow_null(const TypeList *types) {
    for (size_t i = 0; i < types->count; i++)
        if (!(type_own_kinds(types->items[i]) & KIND_NULL))
            return false;
    return true;
}

static void expand(Expansion *expansion, Open *open);

/* Of variants within variants the innermost names the branch. */
static void name_variant(Arena *arena, Branch *branch, const Type *owner, const Type *variant) {
    Text name = type_component_name(variant);
    Tags tags = variant_tags(arena, owner->combinators->discriminator, variant);
    branch->name = name.size ? name : branch->name;
    branch->tags = tags.list.count ? tags : branch->tags;
    branch->origin = variant->origin ? variant->origin : branch->origin;
}

static void add_too_deep(Arena *arena, Branch *branch, const Node *origin) {
    Constraint constraint = {
        .keyword = "$ref", .sense = CONSTRAINT_UNKNOWN, .unfollowed = true, .origin = origin};
    array_push(arena, &branch->constraints, constraint);
}

/* A variant of nothing but `nullable: true` is what generators for 3.0 write for null. By the
 * letter it is anything. */
static bool stands_for_null(const Type *variant, const Flattened *flattened) {
    return variant->nullable && !variant->reference && !flattened->types.count;
}

/* Each of many variants with each would take too long. */
enum { MANY_VARIANTS = 8, OVERLAP_LIMIT = 128 };

/* Told apart by the discriminator, or by what they are where the value is one of `kinds`. */
static bool variants_apart(Canonicals *canonicals, const Type *owner, size_t i, size_t j,
                           KindSet kinds) {
    const Combinators *combinators = owner->combinators;
    Text tag = first_tag(combinators->discriminator, combinators->one_of.items[i]);
    Text other = first_tag(combinators->discriminator, combinators->one_of.items[j]);
    if (tag.size && other.size && !text_equal(tag, other))
        return true;
    return meets_disjoint(canonicals_meet(canonicals, combinators->one_of.items[i]),
                          canonicals_meet(canonicals, combinators->one_of.items[j]), kinds, 0);
}

/* A value that a variant of a `oneOf` takes is in none of those that the variant overlaps. */
static void keep_outside(Expansion *expansion, Branch *branch, Choice choice, size_t index) {
    enum { OUTSIDE_LIMIT = 16 };
    size_t count = choice.owner->combinators->one_of.count;
    branch->inexact |= count > OUTSIDE_LIMIT;
    for (size_t i = 0; !branch->inexact && i < count; i++)
        if (i != index &&
            !variants_apart(expansion->canonicals, choice.owner, i, index, choice.kinds))
            array_push(
                expansion->arena, &branch->outside,
                canonicals_meet(expansion->canonicals, choice.owner->combinators->one_of.items[i]));
}

static void add_null_branch(Expansion *expansion, const Open *open, Choice choice,
                            const Node *origin) {
    if (!all_allow_null(&open->branch.types))
        return;
    Branch branch = {.null_only = true, .origin = origin};
    branch.inexact = choice.overlaps || open->branch.outside.count || open->branch.inexact;
    array_push(expansion->arena, &expansion->branches->list, branch);
}

static const Type *chosen_variant(Choice choice, size_t index) {
    const Combinators *combinators = choice.owner->combinators;
    return choice.list == ANY_OF ? combinators->any_of.items[index]
                                 : combinators->one_of.items[index];
}

/* What a variant of a `oneOf` takes that stands there twice, the other takes, too. */
static bool is_taken_twice(const Expansion *expansion, Choice choice, size_t index) {
    Type *const *variants = choice.owner->combinators->one_of.items;
    size_t count = choice.owner->combinators->one_of.count;
    bool twice = false;
    if (!choice.overlaps || variants[index]->nullable)
        return false;
    for (size_t i = 0; !twice && i < count; i++)
        twice = i != index && !variants[i]->nullable &&
                canonicals_meet(expansion->canonicals, variants[i]) ==
                    canonicals_meet(expansion->canonicals, variants[index]);
    return twice;
}

/* Whether a variant is what is being decided. To an `anyOf` that adds no value. Of a `oneOf` it is
 * as if whether the value is taken were to depend on whether it is taken. */
static bool leads_back(Expansion *expansion, const Open *open, const Flattened *variant) {
    bool back = false;
    for (size_t i = 0; i < variant->types.count && !back; i++)
        back = has_type(&open->deciding, variant->types.items[i]);
    for (size_t i = 0; back && i < open->deciding.count; i++)
        if (type_has_one_of(open->deciding.items[i]))
            expansion->endless = open->deciding.items[i];
    return back;
}

static void choose(Expansion *expansion, const Open *open, Choice choice, size_t index) {
    const Type *variant = chosen_variant(choice, index);
    Arena *arena = expansion->arena;
    Flattened flattened = {0};
    if (is_taken_twice(expansion, choice, index))
        return;
    flatten(arena, variant, &flattened);
    if (stands_for_null(variant, &flattened)) {
        add_null_branch(expansion, open, choice, variant->origin);
        return;
    }
    if (leads_back(expansion, open, &flattened))
        return;
    if (flattened.or_null)
        add_null_branch(expansion, open, choice, variant->origin);
    Open chosen = copy_open(arena, open);
    if (flattened.too_deep)
        add_too_deep(arena, &chosen.branch, variant->origin);
    for (size_t i = 0; i < flattened.types.count; i++)
        if (!has_type(&chosen.branch.types, flattened.types.items[i]))
            add_type(arena, &chosen, flattened.types.items[i]);
    name_variant(arena, &chosen.branch, choice.owner, variant);
    if (choice.overlaps)
        keep_outside(expansion, &chosen.branch, choice, index);
    expand(expansion, &chosen);
}

static bool all_told_apart(Canonicals *canonicals, const Type *owner) {
    size_t count = owner->combinators->one_of.count;
    Meet **meets = arena_new_array(canonicals->arena, count, Meet *);
    for (size_t i = 0; i < count; i++)
        meets[i] = canonicals_meet(canonicals, owner->combinators->one_of.items[i]);
    return count >= MANY_VARIANTS && meets_told_apart(canonicals->arena, meets, count);
}

bool variant_overlaps(Canonicals *canonicals, const Type *owner, size_t index, KindSet kinds) {
    size_t count = owner->combinators->one_of.count;
    kinds &= type_own_kinds(owner);
    if (count > OVERLAP_LIMIT)
        return !all_told_apart(canonicals, owner);
    for (size_t i = 0; i < count; i++)
        if (i != index && !variants_apart(canonicals, owner, i, index, kinds))
            return true;
    return false;
}

static bool one_of_overlaps(const Expansion *expansion, Choice choice) {
    const Type *owner = choice.owner;
    if (all_told_apart(expansion->canonicals, owner))
        return false;
    for (size_t i = 0; i < owner->combinators->one_of.count; i++)
        if (variant_overlaps(expansion->canonicals, owner, i, choice.kinds))
            return true;
    return false;
}

static void keep_as_constraint(Expansion *expansion, Open *open, Choice choice) {
    const Combinators *combinators = choice.owner->combinators;
    bool any = choice.list == ANY_OF;
    size_t count = any ? combinators->any_of.count : combinators->one_of.count;
    Type *const *variants = any ? combinators->any_of.items : combinators->one_of.items;
    Constraint constraint = {
        .keyword = any ? "anyOf" : "oneOf",
        .sense = CONSTRAINT_UNKNOWN,
        .origin = choice.owner->origin,
    };
    for (size_t i = 0; i < count; i++)
        array_push(expansion->arena, &constraint.variants,
                   canonicals_meet(expansion->canonicals, variants[i]));
    array_push(expansion->arena, &open->branch.constraints, constraint);
}

/* Properties of a branch times the parts that speak of all of them. */
enum { SPOKEN_LIMIT = 4000000 };

bool objects_are_too_large(const TypeList *types) {
    uint64_t names = 0, speaking = 0;
    for (size_t i = 0; i < types->count; i++) {
        const ObjectKeywords *object = types->items[i]->object;
        if (!object)
            continue;
        names += object->properties.count + object->required.count +
                 object->pattern_properties.count + 1;
        speaking += object->pattern_properties.count + (object->additional_properties != NULL) +
                    (object->unevaluated_properties != NULL);
    }
    return names * speaking > SPOKEN_LIMIT;
}

static KindSet kinds_left(const TypeList *types) {
    KindSet kinds = KIND_ANY;
    for (size_t i = 0; i < types->count; i++)
        kinds &= type_own_kinds(types->items[i]);
    return kinds;
}

static void expand(Expansion *expansion, Open *open) {
    while (open->undecided.count) {
        Choice choice = open->undecided.items[--open->undecided.count];
        const Combinators *combinators = choice.owner->combinators;
        size_t count =
            choice.list == ANY_OF ? combinators->any_of.count : combinators->one_of.count;
        size_t size = count * (open->branch.types.count + open->deciding.count);
        if (expansion->branches->list.count + count > ALTERNATIVE_LIMIT ||
            open->deciding.count > HOPS_LIMIT ||
            !canonicals_may_branch(expansion->canonicals, size)) {
            keep_as_constraint(expansion, open, choice);
            continue;
        }
        array_push(expansion->arena, &open->deciding, choice.owner);
        choice.kinds = kinds_left(&open->branch.types);
        choice.overlaps = choice.list == ONE_OF && count > 1 && one_of_overlaps(expansion, choice);
        expansion->branches->overlapping_one_of |= choice.overlaps;
        for (size_t i = 0; i < count; i++)
            choose(expansion, open, choice, i);
        return;
    }
    if (objects_are_too_large(&open->branch.types))
        add_too_deep(expansion->arena, &open->branch, open->branch.types.items[0]->origin);
    array_push(expansion->arena, &expansion->branches->list, open->branch);
}

KindSet conjunction_kinds(const Conjunction *types) {
    TypeList list = {.items = types->types.items, .count = types->types.count};
    return kinds_left(&list);
}

static void add_endless(const Expansion *expansion) {
    Constraint constraint = {.keyword = "oneOf",
                             .sense = CONSTRAINT_UNKNOWN,
                             .endless = true,
                             .origin = expansion->endless->origin};
    for (size_t i = 0; i < expansion->branches->list.count; i++)
        array_push(expansion->arena, &expansion->branches->list.items[i].constraints, constraint);
}

void meet_branches(Arena *arena, Meet *meet, Branches *branches) {
    Expansion expansion = {.arena = arena, .canonicals = meet->owner, .branches = branches};
    Open open = {0};
    open.branch.types.items = meet->types.types.items;
    open.branch.types.count = open.branch.types.capacity = meet->types.types.count;
    for (size_t i = 0; i < meet->types.types.count; i++)
        add_choices(arena, &open, meet->types.types.items[i]);
    if (!open.undecided.count)
        array_reserve(arena, &branches->list, 1u + meet->or_null);
    if (meet->too_deep)
        add_too_deep(arena, &open.branch, meet->top ? meet->top->origin : NULL);
    expand(&expansion, &open);
    if (expansion.endless)
        add_endless(&expansion);
    if (branches->list.count == 1 && !branches->list.items[0].name.size)
        branches->list.items[0].name = meet->name;
    if (meet->or_null)
        array_push(arena, &branches->list,
                   ((Branch){.null_only = true, .origin = meet->top ? meet->top->origin : NULL}));
}
