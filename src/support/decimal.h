/* Gives exact comparison of decimal numbers as documents write them ("1e3", "1000.0", integers of
 * any size), never by way of a double. Knows nothing of who compares.
 */
#ifndef BREAKWATER_SUPPORT_DECIMAL_H
#define BREAKWATER_SUPPORT_DECIMAL_H

#include "support/text.h"

/* Each function takes a number in JSON's grammar (RFC 8259 section 6), a leading `+` or a missing
 * digit before the point allowed as YAML has them. */

/* Below, at or above 0 as a is less than, equal to or greater than b. */
int decimal_compare(Text a, Text b);

/* Whether the value has no fractional part: "1.0" and "1e2" are integers, as in JSON Schema
 * 2020-12 validation 6.1.1. */
bool decimal_is_integer(Text number);

/* Whether number is an integral multiple of divisor. *decided is false where the two are too far
 * apart in magnitude to be divided within 4096 digits. */
bool decimal_is_multiple(Text number, Text divisor, bool *decided);

/* The next integer above (below) a number, as digits: 4.2 gives 5 (4), 4 gives 5 (3). */
Text decimal_next_integer(Arena *arena, Text number);
Text decimal_previous_integer(Arena *arena, Text number);

/* The shortest plain spelling: "1.50" gives "1.5", "1e2" gives "100" (up to 40 digits, beyond that
 * scientific). */
Text decimal_canonical(Arena *arena, Text number);

#endif
