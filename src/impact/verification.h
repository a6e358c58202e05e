/* Owns the finished verification: how each recorded interaction fares against one description. What
 * report/ writes out and adds nothing to: all strings are final, all lists sorted. Knows nothing of
 * output formats.
 */
#ifndef BREAKWATER_IMPACT_VERIFICATION_H
#define BREAKWATER_IMPACT_VERIFICATION_H

#include "impact/verdict.h"

/* How an interaction fares, the better first. Not guaranteed: the description allows an answer that
 * the consumer can't take. Contradicted: it declares none that the consumer can take. */
typedef enum Satisfaction { SATISFIED, NOT_GUARANTEED, CONTRADICTED } Satisfaction;

/* "satisfied", "not guaranteed", "contradicted"; for programs "not-guaranteed". */
const char *satisfaction_word(Satisfaction satisfaction);
const char *satisfaction_id(Satisfaction satisfaction);

/* One reason why an interaction is not satisfied. */
typedef struct VerificationMismatch {
    Satisfaction result; /* NOT_GUARANTEED or CONTRADICTED */
    bool error;          /* false: a warning */
    Text place;          /* "response.body.userId", "request.query.limit", "operation" */
    Text message;        /* "`body.userId` is optional in the description" */
    Text need;           /* "reads body.userId as a string" */
    Location pact, description;
} VerificationMismatch;

/* What a matching rule asks beyond what could be held against a description: said, never dropped.
 */
typedef struct VerificationResidue {
    Text place;   /* "response.body.version" */
    Text matcher; /* "semver" */
    Location pact;
} VerificationResidue;

typedef struct VerifiedInteraction {
    Text consumer;
    Text pact; /* file */
    uint32_t line;
    size_t index; /* its place in the pact's list, from 0 */
    Text interaction;
    VerdictOperation operation; /* no method: none takes the request */
    Satisfaction result;
    bool error;                             /* it alone makes the verdict contradicted */
    bool pending;                           /* by the pact: what fails is a warning */
    ARRAY(VerificationMismatch) mismatches; /* contradictions first, then by place */
    ARRAY(VerificationResidue) residues;
} VerifiedInteraction;

/* An interaction of which an HTTP description says nothing. */
typedef struct UnreachedInteraction {
    Text consumer, pact;
    uint32_t line;
    size_t index;
    Text interaction;
    Text reason; /* "a message, and no webhook has its name" */
} UnreachedInteraction;

/* What was held against the description, all of it. */
typedef struct VerifiedContract {
    Text consumer, provider;
    Text digest; /* empty: its pacts can't be one contract */
} VerifiedContract;

typedef struct VerificationReport {
    Text source;                                    /* the description, as the user wrote it */
    Text digest;                                    /* its own; may be empty, as in old reports */
    Text revision;                                  /* git's; may be empty */
    Text folder;                                    /* of a stored one: what its paths count from */
    bool strict;                                    /* what is not guaranteed is an error, too */
    Satisfaction verdict;                           /* SATISFIED or CONTRADICTED */
    size_t satisfied, not_guaranteed, contradicted; /* interactions */
    size_t consumers;
    ARRAY(Text) consumers_failed;            /* those with an error, sorted */
    ARRAY(VerifiedInteraction) interactions; /* by consumer, pact and index */
    ARRAY(UnreachedInteraction) unreached;   /* likewise */
    ARRAY(VerifiedContract) contracts;       /* by consumer and provider; or none, likewise */
} VerificationReport;

#endif
