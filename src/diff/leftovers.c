#include "diff/compare.h"

/* Variants that have no partner. Where several lists of variants stand together, each variant of
 * one meets each of the others; one that is new comes in many alternatives, and is one change. It
 * is told by a Type of which no alternative that has a partner is made; those that nothing tells
 * are one change as well. */

typedef struct Leftovers {
    Comparer *comparer;
    Slice side;
    const bool *taken;
    Map *known;   /* ids of the Types of those that have a partner */
    Map *telling; /* Leftover by the id of the Type that tells */
} Leftovers;

static const Type *telling_type(const Leftovers *leftovers, const Alternative *variant) {
    const Conjunction *from = variant->from;
    for (size_t i = 0; i < from->types.count; i++)
        if (!map_get(leftovers->known, &from->types.items[i]->id, sizeof from->types.items[i]->id))
            return from->types.items[i];
    return NULL;
}

static void know_types(Leftovers *leftovers) {
    for (size_t i = 0; i < leftovers->side.count; i++) {
        const Conjunction *from = leftovers->side.items[i]->from;
        for (size_t j = 0; leftovers->taken[i] && j < from->types.count; j++)
            map_put(leftovers->known, &from->types.items[j]->id, sizeof from->types.items[j]->id,
                    leftovers);
    }
}

static Leftover *leftover_of(Leftovers *leftovers, size_t index) {
    static const uint32_t nothing_tells = UINT32_MAX;
    Arena *arena = leftovers->comparer->arena;
    const Alternative *variant = leftovers->side.items[index];
    const Type *type = telling_type(leftovers, variant);
    const uint32_t *id = type ? &type->id : &nothing_tells;
    Leftover *leftover = map_get(leftovers->telling, id, sizeof *id);
    if (leftover)
        return leftover;
    leftover = arena_new_object(arena, Leftover);
    leftover->name = variant_name(arena, variant, index);
    leftover->origin = variant->origin;
    leftover->type = type;
    map_put(leftovers->telling, id, sizeof *id, leftover);
    return leftover;
}

/* What several alternatives have in common is placed and named by what tells them. */
static void name_shared(Comparer *comparer, Leftover *leftover) {
    if (leftover->count > 1 && leftover->type) {
        leftover->origin = leftover->type->origin;
        if (leftover->type->name.size)
            leftover->name = leftover->type->name;
    } else if (leftover->count > 1) {
        leftover->name = text_format(comparer->arena, "%.*s and %zu others",
                                     TEXT_ARG(leftover->name), leftover->count - 1);
    }
}

void put_off_unpaired(Comparer *comparer, Comparison *at, Slice side, const bool *taken,
                      const Canonical *others, bool removed) {
    Leftovers leftovers = {comparer, side, taken, map_new(comparer->arena),
                           map_new(comparer->arena)};
    know_types(&leftovers);
    ARRAY(Deferred) all = {0};
    for (size_t i = 0; i < side.count; i++) {
        if (taken[i])
            continue;
        Unpaired unpaired = {side.items[i], others, removed, leftover_of(&leftovers, i)};
        unpaired.leftover->count++;
        array_push(comparer->arena, &all,
                   ((Deferred){.kind = DEFERRED_UNPAIRED, .at = at, .unpaired = unpaired}));
    }
    for (size_t i = 0; i < all.count; i++) {
        Leftover *leftover = all.items[i].unpaired.leftover;
        if (!leftover->named)
            name_shared(comparer, leftover);
        leftover->named = true;
        defer(comparer, all.items[i]);
    }
}
