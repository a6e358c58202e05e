/* Owns the ids of changes: short fingerprints by which a waiver, a comment or another program can
 * speak of a change. Inside impact/ only. Knows nothing of wording and of lines.
 */
#ifndef BREAKWATER_IMPACT_IDENTITY_H
#define BREAKWATER_IMPACT_IDENTITY_H

#include "impact/verdict.h"

/* Gives every change of a sorted report its id, unique in the report. An id is made of the rule,
 * the first operation (names of path parameters aside), the place in it and what the change itself
 * carries (a value, a keyword, what stood before and stands now): never of a message, a file, a
 * line or a pointer. So it is the same in another revision in which the same change is found. */
void identify_changes(Arena *run, VerdictReport *report);

#endif
