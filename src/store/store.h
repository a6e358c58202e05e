/* Owns the record of who runs what where: participants and their versions, contracts and
 * descriptions, environments, deployments and releases, verifications.
 * Gives rows, in an arena. Knows nothing of what a contract says, and decides nothing.
 *
 * A function that writes must stand between store_begin and store_commit. False: diagnosed.
 */
#ifndef BREAKWATER_STORE_STORE_H
#define BREAKWATER_STORE_STORE_H

#include "support/diagnostics.h"

typedef struct Store Store;

/* `name` is a file (SQLite), with `create` made where it is missing, or a postgresql:// URL. NULL:
 * diagnosed. The arena closes it. */
Store *store_open(Arena *arena, Diagnostics *diagnostics, Text name, bool create);

bool store_begin(Store *store);
bool store_commit(Store *store);
void store_roll_back(Store *store);

/* Whether the last failure was another writer's doing, of which nothing was said: then the
 * transaction is to be rolled back and done again. */
bool store_conflicted(const Store *store);

/* What a full check finds wrong; empty: nothing. */
bool store_check(Store *store, Text *wrong);

/* ---- participants and versions --------------------------------------------------------------- */

typedef struct StoredVersion {
    int64_t id; /* 0: there is none */
    int64_t participant;
    Text name, number; /* "UserService", "2.3.1" */
} StoredVersion;
typedef ARRAY(StoredVersion) StoredVersions;

/* 0 where there is none. */
bool store_find_participant(Store *store, Text name, int64_t *id);
bool store_add_participant(Store *store, Text name, int64_t *id);

bool store_find_version(Store *store, Text participant, Text number, StoredVersion *version);
bool store_add_version(Store *store, Text participant, Text number, StoredVersion *version);

/* The newest version of a participant; of a branch or with a tag, where one is given. */
bool store_latest_version(Store *store, Text participant, Text branch, Text tag,
                          StoredVersion *version);

/* The newest version of the participant's main branch: the branch that was set, else `main` or
 * `master`, whichever is there. */
bool store_main_version(Store *store, Text participant, StoredVersion *version);

/* That branch; empty where there is none. */
bool store_main_branch(Store *store, Text participant, Text *branch);

/* Those with a description that the same participant had before, the newest 50, newest first; of a
 * branch, where one is given. */
bool store_versions_before(Store *store, const StoredVersion *version, Text branch,
                           StoredVersions *before);

bool store_add_branch(Store *store, const StoredVersion *version, Text branch);
bool store_add_tag(Store *store, const StoredVersion *version, Text tag);
bool store_set_main_branch(Store *store, Text participant, Text branch);

/* All participants, by name. */
typedef ARRAY(Text) StoredNames;
bool store_participants(Store *store, StoredNames *names);

/* All versions, oldest first; of one participant, where a name is given. */
bool store_versions(Store *store, Text participant, StoredVersions *versions);

/* The names of all branches, and of all tags; of one participant, where a name is given. */
bool store_branches(Store *store, Text participant, StoredNames *names);
bool store_tags(Store *store, Text participant, StoredNames *names);

bool store_branches_of(Store *store, const StoredVersion *version, StoredNames *names);

/* ---- contracts and descriptions -------------------------------------------------------------- */

/* The files that a contract or description is made of. */
typedef struct StoredPart {
    Text name, bytes;
} StoredPart;
typedef struct StoredBundle {
    Text digest;
    ARRAY(StoredPart) parts;
} StoredBundle;

/* Sets the digest: of one part's content, or of the names and contents of several. Who knows what
 * the parts mean may set it otherwise. */
void bundle_seal(Arena *arena, StoredBundle *bundle);

bool store_add_bundle(Store *store, const StoredBundle *bundle);
bool store_bundle(Store *store, Text digest, StoredBundle *bundle);

typedef struct StoredContract {
    StoredVersion consumer;
    Text provider, digest;
} StoredContract;
typedef ARRAY(StoredContract) StoredContracts;

/* A version has one contract with each provider and one description. *other is set to the digest
 * of what is there, and nothing is changed, where it is another one. */
bool store_add_contract(Store *store, const StoredVersion *consumer, Text provider, Text digest,
                        Text *other);
bool store_add_description(Store *store, const StoredVersion *version, Text digest, Text *other);

/* In place of the one that is there. */
bool store_replace_contract(Store *store, const StoredVersion *consumer, int64_t provider,
                            Text digest);

/* Digest of a version's contract with a provider; empty where there is none. */
bool store_contract_with(Store *store, const StoredVersion *consumer, int64_t provider,
                         Text *digest);

/* Contracts of a consumer's version, by provider. */
bool store_contracts_of(Store *store, const StoredVersion *consumer, StoredContracts *contracts);

/* Digest of a version's description; empty where it has none. */
bool store_description_of(Store *store, const StoredVersion *version, Text *digest);

/* ---- environments ---------------------------------------------------------------------------- */

typedef struct StoredEnvironment {
    int64_t id; /* 0: there is none */
    Text name, display_name;
    bool production;
} StoredEnvironment;
typedef ARRAY(StoredEnvironment) StoredEnvironments;

bool store_find_environment(Store *store, Text name, StoredEnvironment *environment);
bool store_add_environment(Store *store, const StoredEnvironment *environment);
bool store_environments(Store *store, StoredEnvironments *environments);

/* A version that is in an environment: deployed (in one of its instances) or released. */
typedef struct StoredPresence {
    int64_t id;
    StoredVersion version;
    bool released;
    Text instance;    /* empty: none is named */
    Text environment; /* its name */
    Text since;
} StoredPresence;
typedef ARRAY(StoredPresence) StoredPresences;

/* What is there now, by participant and in order of recording; everywhere, where no environment
 * is given. */
bool store_present(Store *store, Text environment, StoredPresences *presences);

/* Replaces what the participant had deployed in that instance. */
bool store_deploy(Store *store, const StoredVersion *version, const StoredEnvironment *environment,
                  Text instance);
bool store_release(Store *store, const StoredVersion *version,
                   const StoredEnvironment *environment);

/* *ended is the number of those that ended. `instance` empty: that which has no name; a version
 * without id is any of its participant. */
bool store_undeploy(Store *store, const StoredVersion *version,
                    const StoredEnvironment *environment, Text instance, size_t *ended);
bool store_end_support(Store *store, const StoredVersion *version,
                       const StoredEnvironment *environment, size_t *ended);

/* ---- verifications --------------------------------------------------------------------------- */

/* What a provider's replay of a contract came to, or our comparison of it with a description. */
typedef struct StoredVerification {
    int64_t id; /* 0: there is none */
    bool success;
    Text verifier; /* "breakwater", "pact-jvm" */
    Text verified; /* when; empty of a comparison */
    Text report;   /* JSON */
} StoredVerification;

/* The newest replay of a contract by a provider's version that is older than the one with an id;
 * INT64_MAX: the newest. And whether any version replayed it. */
bool store_replay(Store *store, Text contract, const StoredVersion *provider, int64_t before,
                  StoredVerification *verification);
bool store_was_replayed(Store *store, Text contract, Text provider, bool *was);

/* Whether some version of the provider replayed a contract with success. */
bool store_was_verified(Store *store, Text contract, int64_t provider, bool *was);

/* Digests of the descriptions of the provider's versions that did not replay a contract, the newest
 * 200, newest first. */
bool store_unverified_descriptions(Store *store, Text contract, int64_t provider,
                                   StoredNames *digests);
bool store_add_replay(Store *store, Text contract, const StoredVersion *provider,
                      const StoredVerification *verification);

/* Another version of the program may compare otherwise: what it found is kept under its name. */
bool store_comparison(Store *store, Text contract, Text description, Text verifier,
                      StoredVerification *verification);
bool store_add_comparison(Store *store, Text contract, Text description,
                          const StoredVerification *verification);

#endif
