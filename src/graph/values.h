/* Owns look-ups in lists of values, such as `enum` has: long ones are sorted once. */
#ifndef BREAKWATER_GRAPH_VALUES_H
#define BREAKWATER_GRAPH_VALUES_H

#include "graph/graph.h"

/* To be called when a list is complete; what is pushed to it later undoes it. */
void values_index(Arena *arena, Values *values);

/* Takes away what is there before, and indexes what is left. */
void values_drop_doubles(Arena *arena, Values *values);

/* Whether the list has an equal value. `hint` is where it is likely to stand. Takes logarithmic
 * time in an indexed list. */
bool values_have(const Values *values, const struct Node *value, size_t hint);

#endif
