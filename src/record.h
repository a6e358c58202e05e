/* Owns what a caller holds of a store: the open store with its arena and what was said.
 * Gives it to the public functions of publish.c, record.c and gate.c. Knows nothing of output.
 */
#ifndef BREAKWATER_RECORD_H
#define BREAKWATER_RECORD_H

#include "breakwater_store.h"
#include "broker/broker.h"
#include "flow.h"
#include "gate/gate.h"

struct bw_store {
    MemoryEscape escape;
    Arena *arena;
    bw_diagnostics diagnostics;
    Store *store;           /* NULL: could not be opened, or it is a broker */
    Broker *broker;         /* NULL: it is none */
    const bw_broker *asked; /* how; likewise */
};

/* That a version is somewhere, or is there no more. */
typedef struct Event {
    bw_event kind;
    Text participant, number, environment, instance;
} Event;

/* False: it is said that what is to end is not there. */
bool tell_not_there(bw_store *store, const Event *event);

/* What a broker does in a record's place; the contexts are bw_question, bw_matrix_filter,
 * bw_environment and Event. NULL, false: diagnosed. */
GateAnswer *ask_broker(bw_store *store, const void *question);
GateAnswer *ask_broker_matrix(bw_store *store, const void *filter);
bool add_broker_environment(bw_store *store, const void *environment);
bool list_broker_environments(bw_store *store, StoredEnvironments *environments);
bool record_at_broker(bw_store *store, const void *event);

/* Says of an option of the Pact Broker's client that is given that the record has no place for it.
 */
void tell_unused(bw_store *store, const char *value, const char *option);

/* False: it is said that there is no such participant, with the nearest name. */
bool tell_unknown_participant(bw_store *store, Text name);

/* Runs `work` in a transaction, which is rolled back where it fails. False: diagnosed. */
bool in_transaction(bw_store *store, bool (*work)(bw_store *store, const void *context),
                    const void *context);

/* What stands in the transactions of the public functions of these names. */
bool publish(bw_store *store, const void *publication);
bool import_verification(bw_store *store, const void *replay);

/* The comparer whose context is a bw_store. */
GateComparer stored_comparer(bw_store *store);

/* The bundle of a digest with the name that places show before its files' own. NULL: diagnosed. */
const SourceBundle *labelled_bundle(bw_store *store, Text digest, Text label);

#endif
