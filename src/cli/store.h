/* Owns what the commands on a store have in common: which store, how it is opened, how a run on it
 * ends. Knows nothing of what is done with it.
 */
#ifndef BREAKWATER_CLI_STORE_H
#define BREAKWATER_CLI_STORE_H

#include "breakwater_store.h"
#include "cli/output.h"
#include "report/report.h"

/* Which store, and the Pact Broker's names for it. */
#define OPTIONS_STORE                                                                              \
    {.name = "store",                                                                              \
     .value = "STORE",                                                                             \
     .help = "the store: a SQLite file, postgresql://… or a Pact Broker's https://…; else "    \
             "BREAKWATER_STORE, else PACT_BROKER_BASE_URL, else breakwater.sqlite"},               \
        {.name = "broker-base-url",                                                                \
         .letter = 'b',                                                                            \
         .value = "URL",                                                                           \
         .help = "as --store, as the Pact Broker's client has it"},                                \
        {.name = "broker-token",                                                                   \
         .letter = 'k',                                                                            \
         .value = "TOKEN",                                                                         \
         .help = "for a Pact Broker; else PACT_BROKER_TOKEN"},                                     \
        {.name = "broker-username",                                                                \
         .letter = 'u',                                                                            \
         .value = "NAME",                                                                          \
         .help = "for a Pact Broker; else PACT_BROKER_USERNAME"},                                  \
    {                                                                                              \
        .name = "broker-password", .letter = 'p', .value = "PASSWORD",                             \
        .help = "for a Pact Broker; else PACT_BROKER_PASSWORD"                                     \
    }
#define OPTION_PARTICIPANT(text)                                                                   \
    { .name = "pacticipant", .letter = 'a', .value = "NAME", .help = (text) }
#define OPTION_VERSION_OF                                                                          \
    { .name = "version", .letter = 'e', .value = "VERSION", .help = "its version" }

/* Of a command that records. */
#define OPTION_RECORDED                                                                            \
    {                                                                                              \
        .name = "output", .letter = 'o', .value = "FORMAT", .choices = recorded_forms,             \
        .help = "json: write what was recorded; text (the default): nothing"                       \
    }
extern const char *const recorded_forms[];

/* Opens the store that the options name. An option that is given must not be blank. NULL: told, and
 * *status is the exit status. */
bw_store *open_store(const Arguments *arguments, bool create, int *status);

/* Tells what was said, with `--output json` also there where that is all, closes the store, gives
 * the exit status. */
int close_store(const Arguments *arguments, bw_store *store, bw_status status);

/* Adds what is recorded under a name: a list of tags or files, or a value. */
void add_recorded(const Arguments *arguments, RecordedMembers *members, const char *name,
                  Strings values);

/* Opens the store (`create`: it may be made), lets `record` record, and closes it; gives the exit
 * status. With `--output json` it is written what was recorded; NULL: what the options say. */
int record_in_store(const Arguments *arguments, bool create,
                    bw_status (*record)(bw_store *store, const Arguments *arguments),
                    const RecordedMembers *recorded);

/* Whether all of these options, NULL behind the last, are given; else diagnosed. */
bool need_options(const Arguments *arguments, const char *const *names);

#endif
