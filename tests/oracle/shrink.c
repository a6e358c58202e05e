#include "shrink.h"

#include "generate.h"

/* A place in a side is the number of steps of a walk over its values, so that two sides that are
 * alike have like places. One attempt removes the value at a place of one or both sides. */

enum { ATTEMPTS = 4000 };

/* Removes the `at`-th member or item met on the way; false where there are fewer. */
static bool remove_at(Value *value, size_t *at) {
    for (size_t i = 0; i < value->members.count; i++) {
        if ((*at)-- == 0) {
            value_remove_at(value, i);
            return true;
        }
        if (remove_at(value->members.items[i].value, at))
            return true;
    }
    for (size_t i = 0; i < value->items.count; i++) {
        if (value->items.count > 1 && (*at)-- == 0) {
            value_drop(value, i);
            return true;
        }
        if (remove_at(value->items.items[i], at))
            return true;
    }
    return false;
}

static bool remove_from(Description *side, size_t at) {
    return remove_at(side->schema, &at) || remove_at(side->components, &at);
}

typedef enum Which { BOTH, BASE, REVISION } Which;

static bool smaller(Arena *arena, const PairOfSides *pair, size_t at, Which which,
                    PairOfSides *into) {
    into->base = description_copy(arena, &pair->base);
    into->revision = description_copy(arena, &pair->revision);
    bool removed = false;
    if (which != REVISION)
        removed |= remove_from(&into->base, at);
    if (which != BASE)
        removed |= remove_from(&into->revision, at);
    return removed;
}

PairOfSides shrink(Arena *arena, const PairOfSides *pair, StillFails *still_fails, void *context) {
    PairOfSides best = *pair;
    int attempts = 0;
    for (bool progress = true; progress && attempts < ATTEMPTS;) {
        progress = false;
        for (Which which = BOTH; which <= REVISION; which++) {
            PairOfSides candidate;
            for (size_t at = 0;
                 attempts++ < ATTEMPTS && smaller(arena, &best, at, which, &candidate);) {
                if (!still_fails(context, &candidate)) {
                    at++;
                    continue;
                }
                best = candidate;
                progress = true;
            }
        }
    }
    return best;
}
