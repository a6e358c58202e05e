/* Owns who decides of a change: the policy, by operation too, what is left out of a report, and the
 * waivers of single changes. Knows nothing of the files in which all that is written.
 */
#ifndef BREAKWATER_IMPACT_POLICY_H
#define BREAKWATER_IMPACT_POLICY_H

#include "diff/diff.h"
#include "diff/selector.h"
#include "impact/verdict.h"

/* What a selector that names no operation is likely meant to be, in its form. Empty: none is near.
 */
Text selector_guess(Arena *arena, const Selector *selector);

/* Operations that are under another policy than the rest. The first row that takes one counts. */
typedef struct PolicyRow {
    Selectors where;
    Policy policy;
    bool fail_on_conditional;
} PolicyRow;

/* What the rule says of a change's compatibility does not hold here. */
typedef struct Override {
    Text rule; /* its id, or a glob */
    bool off;  /* the change is left out, unless it hurts a recorded consumer */
    Compatibility compatibility;
} Override;

typedef ARRAY(Text) PolicyTexts;

typedef struct WaiverCondition {
    AttributeId attribute;
    Text value;
} WaiverCondition;

/* Lets a change pass that would be breaking. Empty texts and lists ask for nothing. */
typedef struct Waiver {
    Text rule;             /* glob of its id */
    Selectors operations;  /* a change is waived once all its places are */
    PolicyTexts locations; /* globs, segments parted by `.` */
    ARRAY(WaiverCondition) when;
    Text consumer; /* whom alone the change may hurt */
    Waived waived;
    Place place;
    bool used;                        /* it lets something pass that would be breaking */
    bool needless;                    /* it speaks of a change that is not breaking by the policy */
    bool has_consumers, consumer_met; /* there are recorded ones, and its own among them */
    Guess consumer_guess;
    bool misplaced;       /* what it speaks of is at none of its locations, */
    Guess location_guess; /* but perhaps at this one */
} Waiver;

typedef struct Policies {
    ARRAY(PolicyRow) rows;
    ARRAY(Override) overrides;
    ARRAY(Waiver *) waivers;
    Selectors included, excluded; /* none included: all */
} Policies;

/* Marks the selectors, the waivers' among them, that name an operation of the description. */
void policies_meet(Policies *policies, const Api *api);

/* The same for consumers that waivers name. */
void policies_meet_consumers(Policies *policies, const Expectations *expectations);

/* Whether what a change reaches belongs into the report at all. */
bool policies_include(const Policies *policies, const Reach *reach);
bool policies_include_place(const Policies *policies, const ChangePlace *place);

typedef struct Decider {
    Policy policy; /* where no row of `policies` says otherwise */
    bool fail_on_conditional;
    const Policies *policies;
    bool has_consumers; /* false: no policy asks them, and the rules decide */
} Decider;

/* Sets compatibility, verdict, remark and waiver of a change whose consumers are all known. False:
 * it is to be left out of the report. */
bool decide(Arena *run, const Decider *decider, VerdictChange *change);

#endif
