#include "graph/meet.h"
#include "graph/pattern.h"
#include "graph/values.h"

#include "support/map.h"

#include <stdlib.h>

Canonicals *canonicals_new(Arena *arena) {
    Canonicals *canonicals = arena_new_object(arena, Canonicals);
    canonicals->arena = arena;
    canonicals->by_types = map_new(arena);
    canonicals->patterns = patterns_new(arena);
    canonicals->never = (Type){.id = OWN_IDS, .never = true};
    canonicals->string = (Type){.id = OWN_IDS + 1, .kinds = KIND_STRING};
    return canonicals;
}

Patterns *canonicals_patterns(Canonicals *canonicals) {
    return canonicals->patterns;
}

Arena *canonicals_arena(const Canonicals *canonicals) {
    return canonicals->arena;
}

bool canonicals_may_branch(Canonicals *canonicals, size_t size) {
    enum { BRANCHED_LIMIT = 1000000 };
    canonicals->branched += size;
    return canonicals->branched <= BRANCHED_LIMIT;
}

Arena *canonicals_scratch(Canonicals *canonicals) {
    Arena **scratch = &canonicals->scratch[canonicals->depth];
    if (!*scratch)
        *scratch = arena_scratch(canonicals->arena);
    return *scratch;
}

static bool is_alone(size_t count, const Combinators *combinators) {
    return count == 1 && !combinators->discriminator;
}

/* A Type that says something by one keyword alone, through `$ref` and wrappers: that of `not`, or
 * of `anyOf`. NULL: it says more, or by another. */
static const Combinators *only_combinator(const Type *type) {
    for (int hops = 0; type && hops < NESTING_LIMIT; hops++) {
        const Combinators *own = type->combinators;
        size_t parts = own ? own->all_of.count + own->any_of.count + own->one_of.count : 0;
        bool otherwise = type->kinds || type->never || type->unknown || type->nullable ||
                         type->values || type->constant || type->format.size || type->number ||
                         type->string || type->array || type->object ||
                         (own && (own->if_type || own->discriminator));
        bool choice = own && parts > 1 && parts == own->any_of.count;
        size_t said = (choice ? 1 : parts) + (type->reference != NULL) + (own && own->not_type);
        if (otherwise || said != 1)
            return NULL;
        if (choice || (own && own->not_type))
            return own;
        type = type->reference     ? type->reference
               : own->all_of.count ? own->all_of.items[0]
               : own->any_of.count ? own->any_of.items[0]
                                   : own->one_of.items[0];
    }
    return NULL;
}

/* What a Type denies that is a `not` and nothing else. NULL: it is none such. */
static const Type *only_denied(const Type *type) {
    const Combinators *only = only_combinator(type);
    return only ? only->not_type : NULL;
}

/* Where a `not` denies a `not`, or an `anyOf` of such: how many schemas are denied twice. */
static size_t twice_denied_count(const Combinators *combinators) {
    const Combinators *denied = only_combinator(combinators->not_type);
    if (!denied || denied->not_type)
        return denied != NULL;
    for (size_t i = 0; i < denied->any_of.count; i++)
        if (!only_denied(denied->any_of.items[i]))
            return 0;
    return denied->any_of.count;
}

static const Type *twice_denied(const Combinators *combinators, size_t index) {
    const Combinators *denied = only_combinator(combinators->not_type);
    return denied->not_type ? denied->not_type : only_denied(denied->any_of.items[index]);
}

bool type_denies(const Type *type) {
    return type->combinators && type->combinators->not_type &&
           !twice_denied_count(type->combinators);
}

/* The consequence of an `if` that is `true`, `{}` or `false`. NULL: there is none, or none such. */
static const Type *foregone(const Combinators *combinators) {
    const Type *condition = combinators->if_type;
    if (!condition || condition->reference || (condition->combinators && !condition->never))
        return NULL;
    if (condition->never)
        return combinators->else_type;
    return type_has_own_keywords(condition) || condition->nullable ? NULL : combinators->then_type;
}

const Type *type_condition(const Type *type) {
    const Combinators *combinators = type->combinators;
    return combinators && !foregone(combinators) ? combinators->if_type : NULL;
}

size_t type_part_count(const Type *type) {
    const Combinators *combinators = type->combinators;
    if (!combinators)
        return 0;
    return twice_denied_count(combinators) + (size_t)(foregone(combinators) != NULL) +
           combinators->all_of.count + is_alone(combinators->any_of.count, combinators) +
           is_alone(combinators->one_of.count, combinators);
}

const Type *type_part(const Type *type, size_t index) {
    const Combinators *combinators = type->combinators;
    size_t denied = twice_denied_count(combinators);
    if (index < denied)
        return twice_denied(combinators, index);
    index -= denied;
    const Type *consequence = foregone(combinators);
    if (consequence && index-- == 0)
        return consequence;
    if (index < combinators->all_of.count)
        return combinators->all_of.items[index];
    if (index == combinators->all_of.count && is_alone(combinators->any_of.count, combinators))
        return combinators->any_of.items[0];
    return combinators->one_of.items[0];
}

bool type_has_any_of(const Type *type) {
    const Combinators *combinators = type->combinators;
    return combinators && combinators->any_of.count &&
           !is_alone(combinators->any_of.count, combinators);
}

bool type_has_one_of(const Type *type) {
    const Combinators *combinators = type->combinators;
    return combinators && combinators->one_of.count &&
           !is_alone(combinators->one_of.count, combinators);
}

static bool has_variants(const Type *type) {
    return type_has_any_of(type) || type_has_one_of(type);
}

bool type_has_own_keywords(const Type *type) {
    const Combinators *combinators = type->combinators;
    bool combined = combinators && (has_variants(type) || type_denies(type) ||
                                    type_condition(type) || combinators->discriminator);
    return type->kinds || type->never || type->unknown || type->values || type->constant ||
           type->format.size || type->number || type->string || type->array || type->object ||
           combined;
}

KindSet type_own_kinds(const Type *type) {
    if (type->never)
        return 0;
    KindSet kinds = type->kinds ? type->kinds : KIND_ANY;
    return type->nullable ? kinds | KIND_NULL : kinds;
}

/* A part of `allOf` that says nothing of values; `nullable` alone counts for the whole. */
static bool says_nothing(const Type *part) {
    return !type_has_own_keywords(part) && !part->reference && !type_part_count(part);
}

/* Types without doubles. */
typedef struct TypeSet {
    TypeList list;
    Map *ids; /* from the MANY'th on; NULL before */
} TypeSet;

enum { MANY = 32 };

/* False: it was there. */
static bool set_add(Arena *arena, TypeSet *set, const Type *type) {
    if (set->ids && map_get(set->ids, &type->id, sizeof type->id))
        return false;
    for (size_t i = 0; !set->ids && i < set->list.count; i++)
        if (set->list.items[i] == type)
            return false;
    array_push(arena, &set->list, type);
    if (set->list.count < MANY)
        return true;
    size_t first = set->ids ? set->list.count - 1 : 0;
    set->ids = set->ids ? set->ids : map_new(arena);
    for (size_t i = first; i < set->list.count; i++)
        map_put(set->ids, &set->list.items[i]->id, sizeof type->id, set);
    return true;
}

/* `seen` holds all Types passed through, so that `allOf` and `$ref` may be cyclic. */
static void flatten_into(Arena *arena, const Type *type, bool top, int hops, TypeSet *seen,
                         Flattened *into) {
    if (!set_add(arena, seen, type))
        return;
    if (hops > HOPS_LIMIT) {
        into->too_deep = true;
        return;
    }
    size_t parts = type_part_count(type);
    bool own = type_has_own_keywords(type);
    if (own)
        array_push(arena, &into->types, type);
    if (top && (own || parts > 1) && !into->top)
        into->top = type;
    if (top && type->nullable && (type->reference || parts || has_variants(type) || !own))
        into->or_null = true;
    size_t speaking = type->reference != NULL;
    for (size_t i = 0; i < parts; i++)
        speaking += !says_nothing(type_part(type, i));
    bool still_top = top && !own && speaking == 1;
    if (type->reference)
        flatten_into(arena, type->reference, still_top, hops + 1, seen, into);
    for (size_t i = 0; i < parts; i++) {
        const Type *part = type_part(type, i);
        if (says_nothing(part))
            into->or_null |= top && part->nullable;
        else
            flatten_into(arena, part, still_top, hops + 1, seen, into);
    }
}

/* Most Types are followed nowhere. */
static bool stands_alone(const Type *type) {
    return !type->reference && !type_part_count(type);
}

void flatten(Arena *arena, const Type *type, Flattened *into) {
    TypeSet seen = {0};
    if (stands_alone(type) && !into->types.count && type_has_own_keywords(type)) {
        array_reserve(arena, &into->types, 1);
        array_push(arena, &into->types, type);
        into->top = into->top ? into->top : type;
        into->or_null |= type->nullable && has_variants(type);
        return;
    }
    flatten_into(arena, type, true, 0, &seen, into);
    /* `nullable: true` alone allows anything, null included: nothing to add. */
    if (!into->types.count)
        into->or_null = false;
}

Text type_component_name(const Type *type) {
    for (int hops = 0; type && hops < NESTING_LIMIT; hops++) {
        if (type->name.size)
            return type->name;
        if (type_has_own_keywords(type))
            break;
        if (type->reference)
            type = type->reference;
        else if (type_part_count(type) == 1)
            type = type_part(type, 0);
        else
            break;
    }
    return (Text){0};
}

static void annotations_within(const Type *type, int depth, Annotations *into) {
    enum { DEPTH = 8 };
    if (!type || depth > DEPTH)
        return;
    into->read_only |= type->read_only;
    into->write_only |= type->write_only;
    into->deprecated |= type->deprecated;
    if (!into->sunset.size)
        into->sunset = type->sunset;
    if (!into->deprecated_since.size)
        into->deprecated_since = type->deprecated_since;
    if (!into->default_value)
        into->default_value = type->default_value;
    annotations_within(type->reference, depth + 1, into);
    for (size_t i = 0; i < type_part_count(type); i++)
        annotations_within(type_part(type, i), depth + 1, into);
}

void annotations_add(const Type *type, Annotations *into) {
    annotations_within(type, 0, into);
}

static int by_id(const void *a, const void *b) {
    const Type *const *left = a, *const *right = b;
    return ((*left)->id > (*right)->id) - ((*left)->id < (*right)->id);
}

/* Holds until another Type is asked for. */
static TypeMeets *meets_of_type(Canonicals *canonicals, const Type *type) {
    uint32_t quarter = type->id >> ID_BITS, index = type->id & ((1u << ID_BITS) - 1);
    while (canonicals->by_type[quarter].count <= index)
        array_push(canonicals->arena, &canonicals->by_type[quarter], (TypeMeets){0});
    return &canonicals->by_type[quarter].items[index];
}

static Meet *new_meet(Canonicals *canonicals, const Flattened *flattened, Text name) {
    Meet *meet = arena_new_object(canonicals->arena, Meet);
    meet->id = canonicals->count++;
    meet->owner = canonicals;
    meet->types.types.items = flattened->types.items;
    meet->types.types.count = flattened->types.count;
    meet->top = flattened->top;
    meet->or_null = flattened->or_null;
    meet->too_deep = flattened->too_deep;
    meet->name = name;
    return meet;
}

static Meet *intern_alone(Canonicals *canonicals, const Flattened *flattened, Text name) {
    TypeMeets *known = meets_of_type(canonicals, flattened->types.items[0]);
    if (!known->own)
        known->own = new_meet(canonicals, flattened, name);
    return known->own;
}

static Meet *intern(Canonicals *canonicals, Flattened *flattened, Text name) {
    Arena *arena = canonicals->arena;
    TypeList *types = &flattened->types;
    if (types->count == 1 && !flattened->or_null && !flattened->too_deep)
        return intern_alone(canonicals, flattened, name);
    if (types->count > 1)
        qsort(types->items, types->count, sizeof(const Type *), by_id);
    size_t size = (types->count + 1) * sizeof(uint32_t);
    uint32_t *key = arena_alloc(arena, size);
    for (size_t i = 0; i < types->count; i++)
        key[i] = types->items[i]->id;
    key[types->count] = flattened->or_null | (uint32_t)flattened->too_deep << 1;
    Meet *meet = map_get(canonicals->by_types, key, size);
    if (meet)
        return meet;
    meet = new_meet(canonicals, flattened, name);
    map_put(canonicals->by_types, key, size, meet);
    return meet;
}

Meet *canonicals_meet(Canonicals *canonicals, const Type *type) {
    if (!type)
        return canonicals_meet_of(canonicals, NULL, 0);
    Meet *meet = meets_of_type(canonicals, type)->meet;
    if (meet)
        return meet;
    Flattened flattened = {0};
    flatten(canonicals->arena, type, &flattened);
    meet = intern(canonicals, &flattened, type_component_name(type));
    return meets_of_type(canonicals, type)->meet = meet;
}

Meet *canonicals_meet_of(Canonicals *canonicals, const Type *const *types, size_t count) {
    if (count == 1)
        return canonicals_meet(canonicals, types[0]);
    Flattened all = {0};
    TypeSet set = {0};
    bool or_null = count > 0;
    for (size_t i = 0; i < count; i++) {
        Flattened one = {0};
        flatten(canonicals->arena, types[i], &one);
        for (size_t j = 0; j < one.types.count; j++)
            set_add(canonicals->arena, &set, one.types.items[j]);
        or_null &= one.or_null;
        all.too_deep |= one.too_deep;
    }
    all.types = set.list;
    all.or_null = or_null && all.types.count;
    return intern(canonicals, &all, (Text){0});
}

Meet *canonicals_nothing(Canonicals *canonicals) {
    return canonicals_meet(canonicals, &canonicals->never);
}

Meet *canonicals_string(Canonicals *canonicals) {
    return canonicals_meet(canonicals, &canonicals->string);
}

Meet *canonicals_meet_both(Canonicals *canonicals, Meet *a, Meet *b) {
    if (a == b || !a->types.types.count)
        return b;
    if (!b->types.types.count)
        return a;
    Flattened all = {.or_null = a->or_null && b->or_null, .too_deep = a->too_deep || b->too_deep};
    TypeSet set = {0};
    for (size_t i = 0; i < a->types.types.count; i++)
        set_add(canonicals->arena, &set, a->types.types.items[i]);
    for (size_t i = 0; i < b->types.types.count; i++)
        set_add(canonicals->arena, &set, b->types.types.items[i]);
    all.types = set.list;
    return intern(canonicals, &all, (Text){0});
}

static Type *new_type(Canonicals *canonicals) {
    Type *type = arena_new_object(canonicals->arena, Type);
    type->id = OWN_IDS + 2 + KIND_ANY + 1 + canonicals->made++;
    return type;
}

const Type *canonicals_any_of(Canonicals *canonicals, Type *const *types, size_t count) {
    Type *type = new_type(canonicals);
    type->combinators = arena_new_object(canonicals->arena, Combinators);
    for (size_t i = 0; i < count; i++)
        if (!types[i]->never)
            array_push(canonicals->arena, &type->combinators->any_of, types[i]);
    type->never = !type->combinators->any_of.count;
    type->origin = types[0]->origin;
    return type;
}

Meet *canonicals_listed(Canonicals *canonicals, Values *values) {
    Type *type = new_type(canonicals);
    type->values = values;
    values_drop_doubles(canonicals->arena, values);
    type->origin = values->items[0];
    return canonicals_meet(canonicals, type);
}

Meet *canonicals_matching(Canonicals *canonicals, const Text *patterns, size_t count) {
    Meet *meet = canonicals_string(canonicals);
    for (size_t i = 0; i < count; i++) {
        Type *type = arena_new_object(canonicals->arena, Type);
        type->id = OWN_IDS + 2 + KIND_ANY + 1 + canonicals->made++;
        type->kinds = KIND_STRING;
        type->string = arena_new_object(canonicals->arena, StringKeywords);
        type->string->pattern = patterns[i];
        meet = canonicals_meet_both(canonicals, meet, canonicals_meet(canonicals, type));
    }
    return meet;
}

Meet *canonicals_of_kinds(Canonicals *canonicals, Meet *meet, KindSet kinds) {
    if (kinds == KIND_ANY)
        return meet;
    Type **type = &canonicals->of_kinds[kinds];
    if (!*type) {
        *type = arena_new_object(canonicals->arena, Type);
        (*type)->id = OWN_IDS + 2 + kinds;
        (*type)->kinds = kinds;
        (*type)->never = !kinds;
    }
    return canonicals_meet_both(canonicals, meet, canonicals_meet(canonicals, *type));
}

Meet *meet_child(const Meet *meet, size_t index) {
    const Discriminator *children = meet->canonical->children;
    const Type *type = children->mapping.items[index].type;
    return type ? canonicals_meet(meet->owner, type) : NULL;
}

const Conjunction *meet_types(const Meet *meet) {
    return &meet->types;
}

Text meet_name(const Meet *meet) {
    return meet->name;
}

uint32_t meet_id(const Meet *meet) {
    return meet->id;
}

bool meet_is_followed(const Meet *meet) {
    return !meet->too_deep;
}
