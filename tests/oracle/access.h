/* Owns what `readOnly` and `writeOnly` mean to the oracle: a property that is marked so is no part
 * of a request, or of a response. There its name is not called for, and a value that has it proves
 * nothing.
 */
#ifndef BREAKWATER_ORACLE_ACCESS_H
#define BREAKWATER_ORACLE_ACCESS_H

#include "evaluate.h"
#include "random.h"

/* Marks the properties of some names wherever they are declared. */
void mark_access(Arena *arena, Description *description);

/* The names that are no part of what a direction carries. False: a name is marked in one place and
 * not in another, or other keywords may speak of it, and what counts depends on where it stands. */
bool find_hidden(Arena *arena, const Description *description, bool request, Names *hidden);

/* Whether a value has such a name anywhere. */
bool has_hidden(const Value *value, const Names *hidden);

#endif
