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
    bool by_list; /* only as far as a list of values was lifted */
} Worse;
typedef ARRAY(Worse) Reasons;

/* Adds the mismatches of `revision` by which the interaction fares worse than with the base. */
void find_worse(Arena *run, Comparer *comparer, const Outcome *base, const Outcome *revision,
                Reasons *worse);

/* The same for parameters that both take, and that another serialisation reads as another value. */
void find_read_otherwise(Arena *run, const Outcome *base, const Outcome *revision, Reasons *worse);

/* Looks explanations up in a Diff. */
typedef struct Evidence {
    Arena *run;
    const Diff *diff;
    Map *operations; /* Operation, of either side → its Comparison under the root */
} Evidence;

Evidence *evidence_new(Arena *run, const Diff *diff);

/* How near a change comes to being the reason itself. */
typedef enum Fit {
    FIT_NONE,           /* it is not on the path */
    FIT_HARMLESS_BELOW, /* it only makes a consumer's life easier */
    FIT_HARMLESS_ABOVE,
    FIT_BELOW, /* deeper than the place, or beside it in an alternative */
    FIT_ABOVE, /* on the way to the place, or at it and of another kind */
    FIT_HARMLESS_CAUSE,
    FIT_CAUSE,     /* of a kind that makes such reasons, and about the same thing */
    FIT_SAME_FACT, /* the very difference that the mismatch was read of */
} Fit;

/* The changes that explain a mismatch, all equally well. */
typedef struct Explanation {
    ARRAY(const Change *) changes; /* of Diff.changes; empty: none is on the path */
    bool hurts;       /* false: all that is there only makes a consumer's life easier */
    bool equal;       /* nothing at all changed in what the mismatch is read of: it is none */
    bool by_nearness; /* none on the path explains it: the nearest change of the operation stands
                         for it */
} Explanation;

/* The changes on the path of a mismatch that explain it best. */
Explanation explain(const Evidence *evidence, const Interaction *interaction, const Outcome *base,
                    const Outcome *revision, const Mismatch *mismatch);

/* What took the field that a mismatch of a parameter is about; NULL: nothing. */
const Claim *find_claim(const Outcome *outcome, const Mismatch *mismatch);

#endif
