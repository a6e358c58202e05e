/* Owns what a commit of several parents is charged with. Inside its report: knows nothing of git.
 */
#ifndef BREAKWATER_IMPACT_MERGE_H
#define BREAKWATER_IMPACT_MERGE_H

#include "impact/verdict.h"

/* Takes out of the report, which compares with one parent, what the report that compares with
 * another parent does not find: that came with the other one. The verdict becomes that of what is
 * left. */
void keep_common(VerdictReport *report, const VerdictReport *other);

#endif
