/* Owns the question whether versions may go where others are: which pairs of a contract and a
 * provider's version would stand together, what is known of each, and what follows.
 * Gives the GateAnswer. Knows nothing of what contracts and descriptions say: a GateComparer does.
 */
#ifndef BREAKWATER_GATE_GATE_H
#define BREAKWATER_GATE_GATE_H

#include "gate/answer.h"
#include "store/store.h"

/* Which version of a participant; nothing but the name: its latest. */
typedef struct GateSelector {
    Text participant, version;
    Text branch, tag; /* the latest of it */
    bool main_branch;
} GateSelector;

/* Without environment, `to_main` and `to_tag` it is asked against the latest version of everybody.
 * Of these some may be work in progress, so a contract that the provider never satisfied, of a
 * version that is nowhere, is pending then: it is shown, and has no say. */
typedef struct GateQuestion {
    ARRAY(GateSelector) selectors;
    Text environment;
    bool to_main;                /* against everybody's main branch */
    Text to_tag;                 /* against everybody's latest version with it */
    ARRAY(GateSelector) ignored; /* all versions, or one */
} GateQuestion;

/* Compares contracts with descriptions, both by digest. */
typedef struct GateComparer {
    Text name; /* "breakwater 0.1.0": what it found is stored under this name */
    /* Fills success and report. False: diagnosed. */
    bool (*compare)(void *context, Text contract, Text description,
                    StoredVerification *verification);
    /* Adds what changed from one description to another that the contract suffers from. May be
     * NULL. */
    bool (*explain)(void *context, Text contract, Text before, Text after, GateRow *row);
    void *context;
} GateComparer;

/* `comparer` NULL: what is stored is all that is known. NULL: diagnosed. */
GateAnswer *gate_ask(Arena *arena, Diagnostics *diagnostics, Store *store,
                     const GateQuestion *question, const GateComparer *comparer);

/* What our comparison of the two comes to: as it is stored, or made now (*is_new) and to be stored.
 * No id: the comparer makes none. False: diagnosed. */
bool gate_comparison(Store *store, const GateComparer *comparer, Text contract, Text description,
                     StoredVerification *found, bool *is_new);

/* One of the two of a pair; what is empty may be anything. */
typedef struct MatrixSide {
    Text participant, version, branch;
} MatrixSide;

/* All pairs among the latest versions and those that are in environments: of two sides, whichever
 * is the consumer, and in one environment, where one is given. Without a participant the second
 * side is empty. */
typedef struct MatrixFilter {
    MatrixSide sides[2];
    Text environment;
} MatrixFilter;
GateAnswer *gate_matrix(Arena *arena, Diagnostics *diagnostics, Store *store,
                        const MatrixFilter *filter, const GateComparer *comparer);

/* Sorts, numbers and counts the rows of an answer that was made elsewhere. */
void gate_finish(GateAnswer *answer);

typedef enum GateName {
    GATE_PARTICIPANT,
    GATE_VERSION,
    GATE_BRANCH,
    GATE_TAG,
    GATE_ENVIRONMENT
} GateName;

/* The nearest name of that kind; of a participant's, where one is given. Empty: none is near.
 * False: diagnosed. */
bool gate_nearest(Store *store, GateName kind, Text participant, Text name, Text *nearest);

/* The mismatches of a stored report as details, what it does not guarantee as doubts, and how many
 * interactions it did not reach. */
void gate_read_report(Arena *arena, Text report, GateRow *row);

#endif
