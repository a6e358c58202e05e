/* Owns the examples of the built-in rules: each rule's own case, compared when it is asked for.
 * Gives text. Knows nothing of where it is shown.
 */
#ifndef BREAKWATER_EXAMPLE_H
#define BREAKWATER_EXAMPLE_H

#include "rendering.h"

/* What differs between the two sides of the rule's example, and what is reported of it. Empty where
 * there is no example. */
Text example_text(Arena *arena, const Rule *rule, const TextLayout *layout);

#endif
