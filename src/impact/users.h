/* Owns who uses what while it is being found out: for each thing, by its address, the consumers.
 * Inside impact/ only. Knows nothing of what the things are.
 */
#ifndef BREAKWATER_IMPACT_USERS_H
#define BREAKWATER_IMPACT_USERS_H

#include "graph/canonical.h"
#include "impact/usage.h"
#include "support/map.h"

typedef struct Users {
    Arena *run;
    Map *by_thing; /* UserSet by address */
} Users;

/* The interaction in hand uses a thing. */
void users_add(Users *users, const void *thing, const Interaction *interaction,
               Direction direction);

/* A value that the consumer sends or reads: each property that declares one of its members is used.
 * `expected` is what it needs there, by which variants are told apart; NULL where that is not
 * known.
 */
void users_add_value(Users *users, Canonicals *canonicals, const Type *type,
                     const struct Node *value, const Type *expected, const Interaction *interaction,
                     Direction direction);

/* Those of a thing, by name. */
UsageConsumers users_of(const Users *users, const void *thing);

#endif
