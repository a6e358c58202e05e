/* Owns the way of a mismatch through the graph of comparisons: from the operation down to the place
 * that the mismatch is about, by the nodes that the interaction itself meets there. The two ways of
 * naming differ: alternatives are passed through whatever they are called, a key that one side
 * declares is under a pattern or additional properties on the other, an item of a fixed place is
 * one of all items, and status and media type are those that either side chose for the interaction.
 * Inside impact/ only. Knows nothing of which change explains what.
 */
#ifndef BREAKWATER_IMPACT_ROUTE_H
#define BREAKWATER_IMPACT_ROUTE_H

#include "impact/impact.h"

typedef ARRAY(const Comparison *) RouteNodes;

typedef struct RouteLevel {
    RouteNodes nodes;
    Step in, out;      /* into the level and out of it; of an end: all zero, with an empty name */
    size_t depth;      /* steps that lead to it */
    bool alternatives; /* some of the nodes lie behind alternatives of others */
} RouteLevel;

typedef struct Route {
    ARRAY(RouteLevel) levels; /* the operation first, as deep as the graph knows the way */
    size_t steps;             /* of the whole way */
    Text field; /* of a parameter that several fields make up, the one that it is about, as a step
                   names it; else empty */
    const RouteLevel *part; /* the parameter, header or content that holds the place; NULL: none */
} Route;

Route route_of(Arena *run, const Comparison *operation, const Interaction *interaction,
               const Outcome *base, const Outcome *revision, const Mismatch *mismatch);

/* All that can be reached below, nearest first. */
RouteNodes route_below(Arena *run, const RouteNodes *from);

/* Whether no change is reached from a level. */
bool route_is_equal(Arena *run, const RouteLevel *level);

#endif
