/* Owns matching a text against a pattern within a run: patterns are made ready once, and none can
 * keep the run busy for ever. Inside graph/ only; pattern.h has what other stages see.
 */
#ifndef BREAKWATER_GRAPH_PATTERN_MATCH_H
#define BREAKWATER_GRAPH_PATTERN_MATCH_H

#include "graph/canonical.h"

typedef struct Matchers Matchers;
Matchers *matchers_new(Arena *arena);

/* Whether the pattern is found in the text; unproven where it can't be compiled, or would take too
 * long. */
Acceptance matchers_accept(Matchers *matchers, Text pattern, Text text);

/* Whether a text is itself a pattern; unproven where one reader of patterns alone refuses it. */
Acceptance pattern_is_well_formed(Text pattern);

#endif
