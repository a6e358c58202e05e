/* Owns the step from two outcomes to who is hurt by what: which mismatches of the revision are new,
 * and which change explains each.
 * Inside impact/ only. Knows nothing of rules and verdicts.
 */
#ifndef BREAKWATER_IMPACT_EVIDENCE_H
#define BREAKWATER_IMPACT_EVIDENCE_H

#include "impact/impact.h"
#include "support/map.h"

/* A mismatch by which an interaction fares worse. `step_down`: its place was better in the base;
 * else it was as bad already, for other reasons. */
typedef struct Worse {
    const Mismatch *mismatch;
    bool step_down;
} Worse;
typedef ARRAY(Worse) Reasons;

/* Adds the mismatches of `revision` by which the interaction fares worse than with the base. */
void find_worse(Arena *run, const Outcome *base, const Outcome *revision, Reasons *worse);

/* Looks explanations up in a Diff. */
typedef struct Evidence {
    Arena *run;
    const Diff *diff;
    Map *operations; /* Operation, of either side → its Comparison under the root */
} Evidence;

Evidence *evidence_new(Arena *run, const Diff *diff);

typedef struct Explanation {
    const Change *change; /* one of Diff.changes; NULL: none is on the path */
    bool hurts;           /* false: all that is there only makes a consumer's life easier */
} Explanation;

/* The change on the path of a mismatch that explains it best. */
Explanation explain(const Evidence *evidence, const Interaction *interaction, const Outcome *base,
                    const Outcome *revision, const Mismatch *mismatch);

#endif
