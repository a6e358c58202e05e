/* Owns the finished verdict: what report/ writes out and adds nothing to. All strings are final,
 * all lists sorted. Knows nothing of output formats.
 */
#ifndef BREAKWATER_IMPACT_VERDICT_H
#define BREAKWATER_IMPACT_VERDICT_H

#include "rules/rules.h"
#include "support/excerpt.h"

typedef enum Verdict { VERDICT_SAFE, VERDICT_BREAKING } Verdict;
typedef enum Policy { POLICY_ANY_CONSUMER, POLICY_RECORDED_CONSUMERS } Policy;

/* "any-consumer" or "recorded-consumers" */
const char *policy_word(Policy policy);

/* Where a thing is written: file:line:column and the JSON pointer, with the lines around it. No
 * file: on that side there is no place at all. */
typedef struct Location {
    Place place;
    Text pointer;
    Excerpt excerpt;
} Location;

typedef struct VerdictOperation {
    Text method, path, status, media_type; /* status and media_type may be empty */
    bool webhook;
    Text callback_of; /* "POST /orders"; empty: it is no callback */
} VerdictOperation;

/* A recorded consumer that a change hurts. */
typedef struct VerdictConsumer {
    Text consumer;
    Text pact; /* file */
    uint32_t line;
    Text interaction;
    Text reason; /* "reads body.userId as a string" */
} VerdictConsumer;

/* Why a change that would be breaking is let pass, by all its waivers together. */
typedef struct Waived {
    Text reason;  /* empty: the change is not waived, or in part only */
    Text expires; /* "2027-01-31", the last day on which it holds; empty: for good */
} Waived;

/* One of the waivers that speak of a change, whether or not they suffice to let it pass. */
typedef struct ChangeWaiver {
    Text reason, expires;
    Text covers; /* "for OrderService", "at GET /users"; empty: all that the change does */
} ChangeWaiver;

/* Who decides of a change: of its operations the one with the strictest ruling does. */
typedef struct VerdictRuling {
    Policy policy;
    bool fail_on_conditional;
    Text selector, operation; /* of the config's row that says so; empty: no row does */
    bool consumers_decide;    /* for it, or for another of its operations */
} VerdictRuling;

/* How a remark begins that tells where the compatibility comes from. */
#define REMARK_OF_CONFIG "so by the config"

typedef struct VerdictChange {
    Text id; /* ten digits that survive rewording and moved lines; unique in the report */
    const Rule *rule;
    const Change *change;
    Compatibility compatibility;
    VerdictRuling ruling; /* that made the verdict */
    Verdict verdict;
    Text message, help, remark; /* remark: "no recorded consumer depends on it"; may be empty */
    Waived waived;              /* a waived change is never breaking */
    ARRAY(ChangeWaiver) waivers;
    bool partly_held; /* consumers of what it reaches ask for more than could be held */
    Text location;
    ARRAY(Text) further_locations; /* where others of its operations have it elsewhere */
    Location base, revision;
    ARRAY(VerdictOperation) operations;
    ARRAY(VerdictConsumer) consumers;
} VerdictChange;

/* An interaction that fares worse although no change on its path explains it: a defect of the
 * program, shown as one. Also interactions that failed before for the same reason. */
typedef struct VerdictInteraction {
    VerdictConsumer who;
    Text operation; /* "GET /users/{id}" or empty */
} VerdictInteraction;

typedef struct VerdictReport {
    Text base_source, revision_source;     /* as the user wrote them */
    Text base_revision, revision_revision; /* git's, for "(main)"; may be empty */
    Policy policy;
    Verdict verdict;
    bool fails_never;      /* by the config: what is breaking is told, and fails nothing */
    size_t breaking, safe; /* those that are waived are among the safe ones */
    size_t waived;
    size_t consumers, interactions; /* recorded ones; 0 where no pacts are given */
    size_t by_nearness; /* reasons laid to the nearest change of the operation, since none on the
                           path explains them; told nowhere, and tests assert that there is none */
    ARRAY(Text) consumers_recorded, consumers_broken;
    ARRAY(VerdictChange) changes; /* breaking first, then by operation and pointer */
    ARRAY(VerdictInteraction) orphans;
    ARRAY(VerdictInteraction) failing_before; /* contradicted in base and revision alike */
    ARRAY(VerdictInteraction) pending;  /* pending ones that fare worse: no part of the verdict */
    ARRAY(VerdictInteraction) not_held; /* rules that no comparison looked at, where one changed */
} VerdictReport;

#endif
