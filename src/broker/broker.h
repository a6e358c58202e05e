/* Owns the way to a Pact Broker: HAL documents over HTTP, links followed from its index and never
 * guessed, pages followed, and a store of what was answered before.
 * Gives sources with their names to the loaders. Knows nothing of what a pact means.
 *
 * A stored answer is given only where `offline` asks for it, and a warning tells its date: a broken
 * network never passes for an answer.
 */
#ifndef BREAKWATER_BROKER_BROKER_H
#define BREAKWATER_BROKER_BROKER_H

#include "document/document.h"

typedef struct BrokerOptions {
    Text url;
    Text token;               /* goes before a name and password */
    Text username, password;  /* basic authentication */
    Text ca_file;             /* certificates to trust; empty: the system's */
    Text cache_folder;        /* made where it is missing; empty: nothing is stored */
    bool offline;             /* answers come from the cache alone */
    unsigned timeout_seconds; /* 0: HTTP_TIMEOUT_SECONDS */
} BrokerOptions;

typedef struct Broker Broker;

/* Nothing is asked yet. NULL: diagnosed. */
Broker *broker_new(Arena *arena, Diagnostics *diagnostics, const BrokerOptions *options);

/* Which consumer versions' pacts; several together. */
typedef struct BrokerSelectors {
    bool main_branch;
    bool deployed_or_released; /* to any environment */
    ARRAY(Text) environments;  /* deployed or released there */
    ARRAY(Text) branches;      /* the latest of each */
    Text provider_branch;      /* with it the broker tells which pacts are pending */
} BrokerSelectors;

typedef struct BrokerPact {
    Source source;
    bool pending; /* its failures are no failure yet */
    Text results; /* where results go; empty: the broker names no place */
} BrokerPact;
typedef ARRAY(BrokerPact) BrokerPacts;

/* Adds the provider's pacts for verification, in the broker's order. False, as where there is none:
 * diagnosed. */
bool broker_pacts(Broker *broker, Text provider, const BrokerSelectors *selectors,
                  BrokerPacts *into);

/* What a consumer's version has with its providers, one pact each. */
typedef struct BrokerContract {
    Text provider, bytes;
} BrokerContract;
typedef struct BrokerPublication {
    Text participant, number;
    Text branch, build_url; /* may be empty */
    ARRAY(Text) tags;
    ARRAY(BrokerContract) contracts;
    Text description; /* of a provider, for broker_publish_description */
} BrokerPublication;

/* The same again is nothing new; other content for the version is a conflict. False: diagnosed,
 * with what the broker says. */
bool broker_publish(Broker *broker, const BrokerPublication *publication);

/* Whether it is one of those that take a provider's description. False: diagnosed. */
bool broker_takes_descriptions(Broker *broker, bool *takes);

/* Of a participant as a provider. False: diagnosed. */
bool broker_publish_description(Broker *broker, const BrokerPublication *publication);

/* Publishes a verification's result, in JSON, to where the pact says. False: diagnosed. */
bool broker_publish_result(Broker *broker, const BrokerPact *pact, Text result);

typedef struct BrokerRow {
    Text consumer, consumer_version, provider, provider_version; /* versions may be empty */
    bool known, success;
} BrokerRow;
typedef struct BrokerAnswer {
    bool known, deployable;
    Text reason;
    ARRAY(BrokerRow) rows;
} BrokerAnswer;

/* Which version of a participant: of these one, or its latest. */
typedef struct BrokerSelector {
    Text participant, number, branch, tag;
    bool main_branch;
} BrokerSelector;

typedef struct BrokerQuestion {
    ARRAY(BrokerSelector) selectors;
    Text environment; /* where they are to go; or */
    bool to_main;     /* against everybody's main branch; or */
    Text to_tag;      /* against everybody's latest version with a tag */
    bool all;         /* it is no question of deploying: all rows, whatever is aimed at */
    ARRAY(BrokerSelector) ignored;
} BrokerQuestion;

/* What the broker itself says. False: diagnosed. */
bool broker_ask(Broker *broker, const BrokerQuestion *question, BrokerAnswer *answer);

/* ---- environments ---------------------------------------------------------------------------- */

typedef struct BrokerEnvironment {
    Text name, display_name;
    bool production;
    Text contact_name, contact_email; /* of one that is added; may be empty */
} BrokerEnvironment;
typedef ARRAY(BrokerEnvironment) BrokerEnvironments;

/* Adds them in the broker's order. False: diagnosed. */
bool broker_environments(Broker *broker, BrokerEnvironments *into);
bool broker_add_environment(Broker *broker, const BrokerEnvironment *environment);

/* That a version is deployed or released in an environment, or is no more. */
typedef struct BrokerPresence {
    Text participant, environment;
    Text number;   /* empty: whichever is there, of an end */
    Text instance; /* of a deployment; empty: the one without a name */
    bool released, ends;
} BrokerPresence;

/* *ended counts those that ended. False: diagnosed. */
bool broker_record(Broker *broker, const BrokerPresence *presence, size_t *ended);

#endif
