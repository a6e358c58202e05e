/* Owns the finished answer of the gate: what report/ writes out and adds nothing to. All strings
 * are final, all lists sorted. Knows nothing of output formats.
 */
#ifndef BREAKWATER_GATE_ANSWER_H
#define BREAKWATER_GATE_ANSWER_H

#include "store/store.h"

typedef enum GateResult { GATE_YES, GATE_UNKNOWN, GATE_NO } GateResult;

/* Why a pair fails: an interaction at a place, or a change of the description. */
typedef struct GateDetail {
    Text interaction, place, message;
} GateDetail;

typedef ARRAY(GateDetail) GateDetails;

/* A consumer's contract and a provider's version that would stand together. */
typedef struct GateRow {
    Text consumer, consumer_version;
    Text provider, provider_version; /* version empty: none is there */
    bool required;                   /* the consumer was asked for, and needs the provider */
    bool ignored;                    /* it has no say */
    bool pending;                    /* nor has it: the provider never satisfied the contract */
    GateResult result;
    bool replayed, replay_success;  /* the provider replayed the contract */
    bool compared, compare_success; /* we compared it with the provider's description */
    size_t number;                  /* of the result, from 1; 0: there is none */
    Text why;                       /* "the description satisfies the contract" */
    Text reason;                    /* the same with who it is about: one sentence */
    GateDetails details;            /* of a failure */
    GateDetails doubts;             /* what the description allows to be otherwise */
    StoredNames unverified;         /* interactions that replays with success left out */
    size_t unreached;               /* interactions of which the description says nothing */
    ARRAY(Text) changes;            /* of the description, which made it so */
    Text since;                     /* the provider's version that they are counted from */
} GateRow;

/* A version that is in an environment, for the picture. */
typedef struct GatePresence {
    Text participant, version, environment, instance;
    bool released;
} GatePresence;

typedef struct GateAnswer {
    GateResult result;
    Text question;       /* "UserService 2.3.1 to production"; empty: the matrix */
    ARRAY(GateRow) rows; /* by consumer, provider and their versions */
    ARRAY(Text) reasons; /* why it is so, the worst first */
    ARRAY(Text) warnings;
    ARRAY(GatePresence) present; /* by participant */
    size_t success, failed, unknown;
} GateAnswer;

#endif
