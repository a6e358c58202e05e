/* Owns the question of who breaks: matches interactions to operations, holds each against both
 * sides, and explains what fares worse by the changes on its path.
 * Gives the VerdictReport, and for one description the VerificationReport. Knows nothing of output.
 */
#ifndef BREAKWATER_IMPACT_IMPACT_H
#define BREAKWATER_IMPACT_IMPACT_H

#include "diff/diff.h"
#include "impact/merge.h"
#include "impact/policy.h"
#include "impact/reason.h"
#include "impact/usage.h"
#include "impact/verdict.h"
#include "impact/verification.h"

/* One reason why an interaction is not satisfied. Reason and detail tell those of the same place
 * apart and are the same on both sides where the reason is the same. */
typedef struct Mismatch {
    Satisfaction level; /* NOT_GUARANTEED or CONTRADICTED */
    Direction direction;
    ReasonId reason;
    Text detail;
    const Change *difference; /* between pact and description, of which it was read; or NULL */
    ARRAY(Step) steps;        /* from the operation down to the place in the description */
    Text place;               /* "response.body.userId", "request.query.limit", "operation" */
    Text message;             /* "`userId` is optional in the description" */
    Text need;                /* what the consumer does there: "reads body.userId as a string" */
    bool by_state;            /* an exact value or a count that the provider's state decides */
    const struct Node *pact_origin, *description_origin;
    /* What the pact takes or sends at the place, NULL where no type says it all, and what the
     * description says there, in each alternative in which it was met. */
    Meet *expected;
    ARRAY(Meet *) provided;
    bool elsewhere; /* only in alternatives of the description that are not those of the pact */
    ARRAY(const struct Node *) variants; /* alternatives of the description in which it was met */
} Mismatch;

/* What took a field of the request. */
typedef struct Claim {
    ParameterIn in;
    Text field;
    const Parameter *parameter; /* NULL: credentials */
    /* What it is read as, where the parameter takes it, else NULL; and where the pact has it. */
    const struct Node *value, *origin;
} Claim;

/* What may answer for the status, and the content that the body was held against. */
typedef struct Answered {
    const Response *response;    /* NULL: a message has none */
    const MediaType *media_type; /* NULL: none */
} Answered;

typedef struct Outcome {
    const Operation *operation; /* NULL: no operation takes the request, no webhook has the name */
    ARRAY(Answered) answers;    /* several where a rule takes several statuses; none declared: 0 */
    const MediaType *request_media; /* that the body is held against; NULL: none */
    ARRAY(Claim) claims;
    Satisfaction result;
    ARRAY(Mismatch) mismatches;
    size_t readings; /* pairs of alternatives that were read for it */
} Outcome;

/* Operations by method and path, base paths of `servers` taken off. */
typedef struct Router Router;

/* `base_path` is where the provider serves the description's paths; data NULL: below the base paths
 * of their servers, or as they stand. */
Router *router_new(Arena *run, const Api *api, Text base_path);

/* The operation that takes method and path (percent-encoded); literal segments win over templated
 * ones, the earlier segment deciding. NULL: none; *nearest then names one whose path is alike, or
 * is empty. `captures` receives the path parameters' values; may be NULL. */
typedef struct Capture {
    Text name, value;
    size_t segment; /* of the path, in which it stands */
    bool whole;     /* it is all of the segment */
} Capture;
typedef ARRAY(Capture) Captures;
const Operation *router_find(const Router *router, Text method, Text path, Captures *captures,
                             Text *nearest);

/* Holds one interaction against one description. */
Outcome *satisfaction(Arena *run, Comparer *comparer, const Router *router,
                      const Interaction *interaction);

typedef struct JudgeOptions {
    Policy policy;
    bool fail_on_conditional;
    Text provider_base_path;  /* as router_new takes it */
    const Policies *policies; /* what the config says; NULL: nothing */
} JudgeOptions;

/* Judges every change by the rules, finds who is hurt, and decides. `expectations` NULL: no pacts.
 */
VerdictReport *judge(Arena *run, const Api *base, const Api *revision, const Diff *diff,
                     const RuleSet *rules, const Expectations *expectations,
                     const JudgeOptions *options);

typedef struct VerifyOptions {
    bool strict;             /* what is not guaranteed is an error, too */
    Text provider_base_path; /* as router_new takes it */
} VerifyOptions;

/* Holds every interaction against one description. */
VerificationReport *verify_api(Arena *run, const Api *api, const Expectations *expectations,
                               const VerifyOptions *options);

typedef struct UsageOptions {
    bool unused_only;        /* list only what nobody uses */
    Text provider_base_path; /* as router_new takes it */
} UsageOptions;

/* Finds which parts of a description the consumers use. */
UsageReport *usage_of(Arena *run, const Api *api, const Expectations *expectations,
                      const UsageOptions *options);

#endif
