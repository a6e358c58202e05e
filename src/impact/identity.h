/* Owns the ids of changes: short fingerprints by which a waiver, a comment or another program can
 * speak of a change. Inside impact/ only. Knows nothing of wording and of lines.
 */
#ifndef BREAKWATER_IMPACT_IDENTITY_H
#define BREAKWATER_IMPACT_IDENTITY_H

#include "impact/verdict.h"

/* Gives every change of a sorted report its id, unique in the report. An id is made of the rule,
 * the place and what the change itself carries (a value, a keyword, what stood before and stands
 * now): never of a message or a line. The place is the operation (names of path parameters aside)
 * and the location in it for what stands inside of an operation; of what operations share it is
 * where that stands in the description. So it is the same in another revision in which the same
 * change is found, whatever other operations there are. */
void identify_changes(Arena *run, const Api *base, const Api *revision, VerdictReport *report);

#endif
