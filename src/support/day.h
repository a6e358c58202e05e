/* Owns days: dates of the proleptic Gregorian calendar, as RFC 3339 section 5.6 writes them.
 * Knows nothing of clocks.
 */
#ifndef BREAKWATER_SUPPORT_DAY_H
#define BREAKWATER_SUPPORT_DAY_H

#include "support/text.h"

/* Days since 1970-01-01, before it below 0. */
typedef int32_t Day;

/* The day that a text begins with ("2027-01-31", "2027-01-31T00:00:00Z"). False: it is no date of
 * the calendar. */
bool day_parse(Text text, Day *day);

/* The same of a date as HTTP writes it (RFC 9110 section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
 */
bool day_parse_http(Text text, Day *day);

Text day_text(Arena *arena, Day day);

#endif
