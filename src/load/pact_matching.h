/* Owns what the makers of Types share: one matcher at one spot of the example.
 * Inside load/ only. Knows nothing of which matchers there are.
 */
#ifndef BREAKWATER_LOAD_PACT_MATCHING_H
#define BREAKWATER_LOAD_PACT_MATCHING_H

#include "load/pact_shape.h"

/* One matcher at one spot. */
typedef struct Matching {
    PactReader *reader;
    const Node *matcher;
    Text word;
    const MatchingRule *rule;
    Spot *spot;
    bool own;   /* the rule names this very place */
    bool among; /* one of several of which a value is to meet any */
} Matching;

/* Keeps by name what the matcher means beside its Type. */
void matching_keep(const Matching *matching, Text text);

/* What no Type can carry: it is kept, and the example's kind stands for it. */
Type *matching_unknown(const Matching *matching);

/* A list that holds what each of the variants shows. */
Type *make_array_contains(const Matching *matching);

/* `min` and `max`: a number that is no negative one, sometimes written as a text; else no bound. */
Bound matcher_count(const Node *matcher, Text name);

#endif
