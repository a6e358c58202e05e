/* Owns how numbers and booleans are written as texts: what a matcher for texts rules of them.
 * Inside impact/ only. Knows nothing of where they stand.
 */
#ifndef BREAKWATER_IMPACT_WRITING_H
#define BREAKWATER_IMPACT_WRITING_H

#include "graph/pattern.h"

/* Patterns that all match what a number, boolean or listed value is written as. */
typedef struct Writing {
    ARRAY(Text) patterns;
    bool whole; /* they say all that the description does */
} Writing;

/* How a provider writes values of a description, or what it may read them of. */
Writing writing_of(Arena *run, Meet *provided, Direction direction);

/* Whether some text that the pact allows is none of the description's. */
bool writing_lacks(const StringFacets *texts, const Writing *writing);

/* Whether some text of the description's is none that the pact allows. */
bool writing_exceeds(Arena *run, const StringFacets *texts, const Writing *writing);

/* Whether it is proven that no text of the description's is one that the pact allows. */
bool writing_is_apart(Arena *run, const StringFacets *texts, const Writing *writing);

#endif
