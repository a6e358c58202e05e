/* Owns what the parts of an answer in the making share. Inside gate/ only. */
#ifndef BREAKWATER_GATE_ASKING_H
#define BREAKWATER_GATE_ASKING_H

#include "gate/gate.h"

typedef struct Asking {
    Arena *arena;
    Diagnostics *diagnostics;
    Store *store;
    const GateQuestion *question;
    const GateComparer *comparer;
    GateAnswer *answer;
    StoredVersions selected;
    StoredPresences present;    /* in the environment */
    StoredPresences everywhere; /* where contracts may be pending, else empty */
    StoredNames participants;
} Asking;

/* Adds the row of a consumer's contract and a provider's version, unless it is there. `needed`: the
 * consumer was asked for. False: diagnosed. */
bool add_row(Asking *asking, const StoredVersion *consumer, const StoredVersion *provider,
             Text contract, bool needed);

/* Adds the row of a consumer that needs a provider of which no version is there. */
void add_missing_row(Asking *asking, const StoredVersion *consumer, Text provider);

/* Sorts, numbers and counts the rows. */
void sort_rows(Asking *asking);

/* The same; decides, gives the reasons. */
void conclude(Asking *asking);

/* `version` may be NULL: then only who is ignored altogether is. */
bool is_ignored(const Asking *asking, Text participant, Text version);

/* The versions of a participant that stand where the question leads. False: diagnosed. */
bool standing_versions(Asking *asking, Text participant, StoredVersions *versions);

/* What a provider's replays of a contract come to: of each interaction the newest that names it. */
typedef struct Replays {
    bool any, success;
    GateDetails details;
    StoredNames unverified; /* of a success: interactions that none names */
} Replays;

/* What is known of a contract and a provider's version. */
typedef struct Known {
    Replays replays;
    StoredVerification comparison; /* no id: there is none */
    Text description;              /* digest; empty: none is published */
} Known;

/* False: diagnosed. */
bool find_replays(Asking *asking, const StoredVersion *provider, Text contract, Replays *replays);

/* Our comparison, made and stored where it is not there yet. False: diagnosed. */
bool find_comparison(Asking *asking, Text contract, Text description, StoredVerification *found);
bool find_known(Asking *asking, const StoredVersion *provider, Text contract, Known *known);

/* What of a row follows from it. */
void judge_known(Asking *asking, const Known *known, GateRow *row);

/* Of a row that is satisfied: what is not guaranteed fails where the provider's version that is
 * in the environment guarantees it: the row is as in the comparison of the two descriptions. False:
 * diagnosed. */
bool judge_doubts(Asking *asking, const StoredVersion *provider, Text contract, Text description,
                  GateRow *row);

/* Says what was not guaranteed, and what was not compared, of the rows that are satisfied. */
void warn_of_doubts(Asking *asking);

/* Adds what the contract suffers from since an earlier version of the provider. */
bool explain_since(Asking *asking, const StoredVersion *earlier, Text contract, Text after,
                   GateRow *row);

/* Adds what changed that a row fails by. False: diagnosed. */
bool explain_row(Asking *asking, const StoredVersion *provider, Text contract, GateRow *row);

/* Whether a contract that is not satisfied is pending. */
bool is_pending(Asking *asking, const StoredVersion *consumer, const StoredVersion *provider,
                Text contract, bool *pending);

#endif
