/* Owns the examples of the built-in rules: each rule's own case, compared when it is asked for.
 * Gives text. Knows nothing of where it is shown.
 */
#ifndef BREAKWATER_EXAMPLE_H
#define BREAKWATER_EXAMPLE_H

#include "rendering.h"

/* All is empty where there is no example. */
RuleExample example_of(Arena *arena, const Rule *rule, const TextLayout *layout);

#endif
