/* Owns the grammar of path expressions (`$.items[*].id`, `$['x y'][0]`).
 * Knows nothing of rules.
 */
#ifndef BREAKWATER_LOAD_MATCHING_PATH_H
#define BREAKWATER_LOAD_MATCHING_PATH_H

#include "support/array.h"
#include "support/text.h"

typedef struct PathReader {
    Arena *arena;
    Text text;
    size_t at;         /* of the next step, or of the one that can't be read */
    const char *fault; /* set where the expression can't be read */
} PathReader;

typedef enum PathStepKind {
    PATH_NAME,
    PATH_INDEX,
    PATH_EACH,      /* `.*` */
    PATH_EACH_INDEX /* `[*]` */
} PathStepKind;

typedef struct PathStep {
    PathStepKind kind;
    Text key; /* the name, or the index's digits */
} PathStep;

/* False at the end, and where `fault` is set. */
bool matching_path_step(PathReader *reader, PathStep *step);

/* What the step that can't be read may mean: any of some steps, perhaps at any depth. */
typedef struct PathReach {
    ARRAY(PathStep) steps; /* none: anything here and below */
    bool anywhere;
} PathReach;

/* Of a reader whose `fault` is set: `..name`, `['a','b']`, `[1:2]`, `[?(@.a)]` and the like, which
 * JSONPath has (RFC 9535) and Pact has not. */
PathReach matching_path_reach(const PathReader *reader);

/* Whether a text is an array's index as expressions write it. */
bool matching_path_is_index(Text text);

#endif
