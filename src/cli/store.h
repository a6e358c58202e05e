/* Owns what the commands on a store have in common: which store, how it is opened, how a run on it
 * ends. Knows nothing of what is done with it.
 */
#ifndef BREAKWATER_CLI_STORE_H
#define BREAKWATER_CLI_STORE_H

#include "breakwater_store.h"
#include "cli/output.h"

#define OPTION_STORE                                                                               \
    {                                                                                              \
        .name = "store", .value = "STORE",                                                         \
        .help = "the store: a SQLite file, postgresql://… or a Pact Broker's https://…; else " \
                "BREAKWATER_STORE, else breakwater.sqlite"                                         \
    }
#define OPTION_PARTICIPANT(text)                                                                   \
    { .name = "pacticipant", .letter = 'a', .value = "NAME", .help = (text) }
#define OPTION_VERSION_OF                                                                          \
    { .name = "version", .letter = 'e', .value = "VERSION", .help = "its version" }

/* Opens the store that the options name. NULL: told, and *status is the exit status. */
bw_store *open_store(const Arguments *arguments, bool create, int *status);

/* Tells what was said, closes the store, gives the exit status. */
int close_store(const Arguments *arguments, bw_store *store, bw_status status);

/* Whether all of these options, NULL behind the last, are given; else diagnosed. */
bool need_options(const Arguments *arguments, const char *const *names);

#endif
