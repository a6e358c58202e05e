/* Owns the options by which commands reach out: a Pact Broker as a source of pacts, and remote
 * descriptions; with the environment variables that pipelines set for a broker.
 * Knows nothing of how anything is fetched.
 */
#ifndef BREAKWATER_CLI_REMOTE_H
#define BREAKWATER_CLI_REMOTE_H

#include "cli/commands.h"

/* The rows of an option table. */
#define OPTION_ALLOW_REMOTE                                                                        \
    {                                                                                              \
        .name = "allow-remote",                                                                    \
        .help =                                                                                    \
            "fetch descriptions and references that are URLs (http, https), which are refused "    \
            "otherwise"                                                                            \
    }
#define OPTION_BROKER(text)                                                                        \
    { .name = "broker", .value = "URL", .help = (text) }
#define OPTIONS_BROKER_ANSWERS                                                                     \
    {.name = "provider-branch",                                                                    \
     .value = "BRANCH",                                                                            \
     .help = "the branch of the provider: then pacts that are pending there do not fail"},         \
        {.name = "offline",                                                                        \
         .help = "ask no broker: take what it answered before, which a warning dates"},            \
        {.name = "cache",                                                                          \
         .value = "DIR",                                                                           \
         .help = "store the broker's answers in DIR; else below XDG_CACHE_HOME or ~/.cache"},      \
    {                                                                                              \
        .name = "timeout", .value = "SECONDS", .help = "how long one answer may take (30)"         \
    }
#define OPTIONS_BROKER_ACCESS                                                                      \
    OPTION_BROKER("the Pact Broker that gives the pacts which the config wants of one, with the "  \
                  "credentials in PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and "                 \
                  "PACT_BROKER_PASSWORD; without it PACT_BROKER_BASE_URL is taken"),               \
        OPTIONS_BROKER_ANSWERS
#define OPTIONS_BROKER                                                                             \
    OPTION_BROKER(                                                                                 \
        "take the pacts of --provider from the Pact Broker at URL, with the credentials in "       \
        "PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD; without it "         \
        "PACT_BROKER_BASE_URL is taken where --provider is given"),                                \
        {.name = "provider",                                                                       \
         .value = "NAME",                                                                          \
         .help = "whose pacts count, and which the broker is asked for"},                          \
        {.name = "environment",                                                                    \
         .value = "ENV",                                                                           \
         .help = "take the pacts of the consumers deployed or released to ENV; may be given more " \
                 "than once; without it those of their main branches"},                            \
        {.name = "deployed-or-released",                                                           \
         .help = "take the pacts of the consumers deployed or released to any environment"},       \
        {.name = "consumer-branch",                                                                \
         .value = "BRANCH",                                                                        \
         .help = "take the latest pacts of a branch; may be given more than once"},                \
        {.name = "main-branch",                                                                    \
         .help = "take the pacts of the main branches beside the others that are asked for"},      \
        OPTIONS_BROKER_ANSWERS

/* The broker at a URL, with the credentials of the options, else of the environment. */
bw_broker broker_at(const Arguments *arguments, const char *url);

/* Fills what is to be known of a broker before anything is asked of it: where it is (url NULL: none
 * is named), credentials, cache. False: diagnosed. */
bool broker_access(const Arguments *arguments, bw_broker *broker);

/* Fills `broker` from options and environment. *asked tells whether any is wanted at all. False:
 * diagnosed. */
bool broker_options(const Arguments *arguments, bw_broker *broker, bool *asked);

#endif
