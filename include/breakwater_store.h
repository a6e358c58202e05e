/* The deployment gate: the record of who runs what where, and whether a version may go there.
 * The conventions are those of breakwater.h.
 */
#ifndef BREAKWATER_STORE_H
#define BREAKWATER_STORE_H

#include "breakwater.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the record ------------------------------------------------------------------------------ */

/* The record of who runs what where, in a SQLite file or in PostgreSQL. Its diagnostics are those
 * of all calls. */
typedef struct bw_store bw_store;

/* `name` is a file, which with `create` is made where it is missing, or a postgresql:// URL, where
 * the tables are made in the current schema. *store is set with BW_OK and with
 * BW_INVALID_INPUT (then for its diagnostics alone), else NULL. */
BW_API bw_status bw_store_open(const char *name, bool create, bw_store **store);

/* A Pact Broker in a store's place, as far as it can do what a store can; what it can't is
 * BW_INVALID_INPUT. Of `broker` the address, the credentials and the timeout count; they must live
 * as long as the store. */
BW_API bw_status bw_store_open_broker(const bw_broker *broker, bw_store **store);

BW_API const bw_diagnostics *bw_store_diagnostics(const bw_store *store);

/* Frees the answers that it gave, too. */
BW_API void bw_store_close(bw_store *store);

/* What a version of a participant has: contracts (pacts, whose consumer the participant is) and a
 * description. */
typedef struct bw_publication {
    unsigned version;
    const char *const *files; /* pacts, as `--pacts` names them, and an OpenAPI description */
    size_t file_count;
    const char *participant; /* needed for a description */
    const char *number;      /* the version: "2.3.1" */
    const char *branch;      /* NULL: none */
    const char *const *tags;
    size_t tag_count;
    const char *build_url; /* for a broker; another store has no place for it */
    bool merge;            /* add to the contracts that the version has */
} bw_publication;

#define BW_PUBLICATION_VERSION 1
#define BW_PUBLICATION_INIT                                                                        \
    { .version = BW_PUBLICATION_VERSION }

/* All of it or nothing. The same again changes nothing, whatever its spaces and the order of keys
 * and interactions; other content for a version that has some already is BW_INVALID_INPUT. */
BW_API bw_status bw_store_publish(bw_store *store, const bw_publication *publication);

/* Of a participant; what is NULL stays as it is. */
typedef struct bw_participant {
    unsigned version;
    const char *name;
    const char *main_branch;
    const char *display_name, *repository_url; /* a store has no place for them, and says so */
} bw_participant;

#define BW_PARTICIPANT_VERSION 1
#define BW_PARTICIPANT_INIT                                                                        \
    { .version = BW_PARTICIPANT_VERSION }

/* Makes it where there is none. */
BW_API bw_status bw_store_set_participant(bw_store *store, const bw_participant *participant);

/* What is added to a version. */
typedef struct bw_version_properties {
    unsigned version;
    const char *participant, *number;
    const char *branch; /* NULL: none */
    const char *const *tags;
    size_t tag_count;
    bool must_exist; /* the version is not made */
} bw_version_properties;

#define BW_VERSION_PROPERTIES_VERSION 1
#define BW_VERSION_PROPERTIES_INIT                                                                 \
    { .version = BW_VERSION_PROPERTIES_VERSION }

BW_API bw_status bw_store_set_version(bw_store *store, const bw_version_properties *properties);

typedef struct bw_environment {
    unsigned version;
    const char *name;
    const char *display_name; /* NULL: the name */
    bool production;
    const char *contact_name,
        *contact_email; /* for a broker; another store has no place for them */
} bw_environment;

#define BW_ENVIRONMENT_VERSION 1
#define BW_ENVIRONMENT_INIT                                                                        \
    { .version = BW_ENVIRONMENT_VERSION }

BW_API bw_status bw_store_add_environment(bw_store *store, const bw_environment *environment);

BW_API bw_status bw_store_write_environments(bw_store *store, bool json, const bw_layout *layout,
                                             bw_sink sink, void *context);

typedef enum bw_event {
    BW_DEPLOYMENT, /* replaces what the participant had there, in the same instance */
    BW_UNDEPLOYMENT,
    BW_RELEASE, /* stands beside the others that are released there */
    BW_SUPPORT_ENDED
} bw_event;

/* `instance` (of a deployment) NULL: the one without a name. `number` of BW_UNDEPLOYMENT may be
 * NULL: whichever version is there. */
BW_API bw_status bw_store_record(bw_store *store, bw_event kind, const char *participant,
                                 const char *number, const char *environment, const char *instance);

/* A verification that was made elsewhere: a result as Pact verifiers publish it, or the JSON of
 * bw_verification_write, which is our comparison of what it names by digests. */
typedef struct bw_replay {
    unsigned version;
    const char *file;
    const char *provider;
    const char *provider_number; /* NULL: the one that the file names */
    const char *consumer;        /* NULL: all that the file names */
    const char *consumer_number; /* whose contract was verified; NULL: the latest */
} bw_replay;

#define BW_REPLAY_VERSION 1
#define BW_REPLAY_INIT                                                                             \
    { .version = BW_REPLAY_VERSION }

BW_API bw_status bw_store_import_verification(bw_store *store, const bw_replay *replay);

/* What a broker is told: that this version of the provider has this description. */
typedef struct bw_verdict_publication {
    unsigned version;
    const char *spec;
    const char *number;             /* the provider's version */
    const char *provider_base_path; /* as in bw_verify_options */
} bw_verdict_publication;

#define BW_VERDICT_PUBLICATION_VERSION 1
#define BW_VERDICT_PUBLICATION_INIT                                                                \
    { .version = BW_VERDICT_PUBLICATION_VERSION }

/* Holds each pact that the broker has for verification, as `broker` selects them, against the
 * description, and publishes the results there. `store` was opened by bw_store_open_broker.
 * *satisfied: all pacts are that are not pending. */
BW_API bw_status bw_publish_verification(bw_store *store, const bw_broker *broker,
                                         const bw_verdict_publication *publication,
                                         bool *satisfied);

/* BW_INVALID_INPUT: the store is damaged, and a diagnostic says how. */
BW_API bw_status bw_store_check(bw_store *store);

/* ---- the gate -------------------------------------------------------------------------------- */

/* A participant's version; with nothing but the name its latest one. */
typedef struct bw_selector {
    const char *participant;
    const char *number;
    const char *branch; /* the latest of a branch */
    const char *tag;    /* the latest with a tag */
    bool main_branch;
    bool latest; /* that it is the latest was said; nothing follows from it */
} bw_selector;

typedef struct bw_question {
    unsigned version;
    const bw_selector *selectors;
    size_t selector_count;
    const char *environment;    /* where they are to go; NULL: against everybody's latest version */
    bool to_main;               /* against everybody's main branch */
    const char *to_tag;         /* against everybody's latest version with a tag */
    const bw_selector *ignored; /* who has no say: all versions, or the one with `number` */
    size_t ignored_count;
} bw_question;

#define BW_QUESTION_VERSION 1
#define BW_QUESTION_INIT                                                                           \
    { .version = BW_QUESTION_VERSION }

typedef enum bw_deployable {
    BW_DEPLOYABLE,         /* every pair that would stand together is known and satisfied */
    BW_DEPLOYABLE_UNKNOWN, /* which is not yes */
    BW_NOT_DEPLOYABLE
} bw_deployable;

typedef struct bw_answer bw_answer;

/* Pairs of which nothing is recorded are compared, and the outcome is recorded. *answer is set with
 * BW_OK; it belongs to the store. */
BW_API bw_status bw_can_deploy(bw_store *store, const bw_question *question,
                               const bw_answer **answer);

/* All pairs among the latest versions and those in environments; what is NULL filters nothing. */
typedef struct bw_matrix_filter {
    unsigned version;
    const char *participant, *number, *branch;       /* a branch alone: of one of the two */
    const char *other, *other_number, *other_branch; /* with whom alone; needs `participant` */
    const char *environment;
} bw_matrix_filter;

#define BW_MATRIX_FILTER_VERSION 1
#define BW_MATRIX_FILTER_INIT                                                                      \
    { .version = BW_MATRIX_FILTER_VERSION }

BW_API bw_status bw_matrix(bw_store *store, const bw_matrix_filter *filter,
                           const bw_answer **answer);

/* What a revision would break in an environment: the comparison of each of the provider's
 * descriptions that are deployed or released there with the revision, judged by the contracts of
 * the consumers there. Of the options `provider` and `revision` are needed, `base` is a source in
 * place of the descriptions there, and there are no pacts and no broker; the default policy is
 * recorded-consumers. *result and the status are as of bw_compare, and it is written with all of
 * the comparisons; where no description is there, it is a verification of the revision by these
 * contracts alone. So it is with a Pact Broker, which has no descriptions, unless `base` is given.
 * *result is NULL with BW_INVALID_INPUT where the store says why. Store and options must live as
 * long as the result. */
BW_API bw_status bw_what_breaks(bw_store *store, const char *environment,
                                const bw_compare_options *options, bw_result **result);

BW_API bw_deployable bw_answer_deployable(const bw_answer *answer);

typedef enum bw_answer_format {
    BW_ANSWER_TEXT,
    BW_ANSWER_JSON, /* by breakwater-answer.schema.json */
    BW_ANSWER_MARKDOWN,
    BW_ANSWER_HTML, /* a page: who is where, the graph of participants, every pair */
    BW_ANSWER_DOT   /* the graph of participants for Graphviz */
} bw_answer_format;

BW_API bw_status bw_answer_write(const bw_answer *answer, bw_answer_format format,
                                 const bw_layout *layout, bw_sink sink, void *context);

#ifdef __cplusplus
}
#endif

#endif
