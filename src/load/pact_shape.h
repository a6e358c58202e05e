/* Owns the way from an example with its matching rules to the Type that a consumer needs.
 * Knows nothing of where in an interaction the example stands.
 */
#ifndef BREAKWATER_LOAD_PACT_SHAPE_H
#define BREAKWATER_LOAD_PACT_SHAPE_H

#include "load/pact_reader.h"

/* A place of the example with the rules that reach it. What hangs below is made once, so that
 * several matchers at each of many levels do not multiply. */
typedef struct Spot Spot;
struct Spot {
    const Node *example; /* NULL: no example is given */
    Standing standing;
    Spot *children; /* of each item or member; NULL until asked for */
    Type *type;     /* NULL until asked for */
    Spot *plain; /* the same place without a rule that came by standing_ruled(); NULL: it is that */
};

Spot *spot_new(PactReader *reader, Standing standing, const Node *example);

/* The spots of all items or members of the example. */
Spot *spot_children(PactReader *reader, Spot *spot);
size_t spot_child_count(const Spot *spot);

/* What the consumer needs at a spot: by the rule that wins there, else exactly the example. */
Type *spot_type(PactReader *reader, Spot *spot);

/* The example itself: a constant, every key, every item and no more. */
Type *spot_exact(PactReader *reader, Spot *spot);

/* The example's kind: an object with the example's keys, an array of items like the example's. */
Type *spot_loose(PactReader *reader, Spot *spot);

/* Any of the Types of the children; NULL where there are none. */
Type *spot_any_child(PactReader *reader, Spot *spot);

/* The Type that a list of matchers makes of a spot. `rule` is the one they belong to. */
Type *matchers_type(PactReader *reader, const Matchers *matchers, bool any,
                    const MatchingRule *rule, Spot *spot, bool own);

#endif
