/* Owns the making of values that a description is likely to take, or to refuse by little: from its
 * own constants, bounds and names, and by small changes. Knows nothing of comparing.
 */
#ifndef BREAKWATER_ORACLE_SAMPLE_H
#define BREAKWATER_ORACLE_SAMPLE_H

#include "generate.h"

/* The constants, bounds and names of both sides, as values to try. */
typedef struct Pool {
    ARRAY(Value *) values;
    ARRAY(Text) names;
} Pool;

void pool_fill(Arena *arena, const Description *description, Pool *pool);

/* A value made by a description, perhaps with a change or two. */
Value *sample(Arena *arena, Random *random, const Description *description, const Pool *pool);

#endif
