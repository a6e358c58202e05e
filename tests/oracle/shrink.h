/* Owns the making of a small pair out of one that fails: whatever can go without mending it, goes.
 */
#ifndef BREAKWATER_ORACLE_SHRINK_H
#define BREAKWATER_ORACLE_SHRINK_H

#include "evaluate.h"
#include "judge.h"

/* Whether a pair still fails in the way that is looked into. */
typedef bool StillFails(void *context, const PairOfSides *pair);

/* Drops keywords, members and items from both sides together and from each alone. */
PairOfSides shrink(Arena *arena, const PairOfSides *pair, StillFails *still_fails, void *context);

#endif
