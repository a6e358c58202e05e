/* A revision that is not out yet against what an environment runs: the comparison of what is
 * deployed there with the revision, judged by the contracts of the consumers that are there.
 */
#include "record.h"

#include <stdlib.h>

/* Ids of Types are unique in a run although the sides are loaded at the same time. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

typedef struct Finding {
    bw_store *store;
    Text provider, environment;
    int64_t provider_id;
    StoredPresences present;
    const SourceBundle *base;
    ARRAY(SourceBundle) contracts;
} Finding;

static Text label_of(const Finding *finding, const StoredVersion *version) {
    return text_format(finding->store->arena, "%.*s %.*s", TEXT_ARG(version->name),
                       TEXT_ARG(version->number));
}

/* What was recorded last; others beside it are told of. */
static bool find_base(Finding *finding) {
    Diagnostics *diagnostics = &finding->store->diagnostics.all;
    const StoredVersion *chosen = NULL;
    Text digest, chosen_digest = {0};
    for (size_t i = finding->present.count; i-- > 0;) {
        const StoredVersion *version = &finding->present.items[i].version;
        if (version->participant != finding->provider_id)
            continue;
        if (!store_description_of(finding->store->store, version, &digest))
            return false;
        if (!digest.size || text_equal(digest, chosen_digest))
            continue;
        if (chosen)
            diagnose(diagnostics, ANOTHER_DEPLOYED, (Place){0}, TEXT_ARG(version->number),
                     TEXT_ARG(finding->provider), TEXT_ARG(chosen->number));
        chosen_digest = chosen ? chosen_digest : digest;
        chosen = chosen ? chosen : version;
    }
    if (!chosen)
        return diagnose(diagnostics, NOTHING_DEPLOYED, (Place){0}, TEXT_ARG(finding->provider),
                        TEXT_ARG(finding->environment));
    finding->base = labelled_bundle(finding->store, chosen_digest, label_of(finding, chosen));
    return finding->base != NULL;
}

static bool find_contracts(Finding *finding) {
    for (size_t i = 0; i < finding->present.count; i++) {
        const StoredVersion *version = &finding->present.items[i].version;
        Text digest;
        bool before = i > 0 && finding->present.items[i - 1].version.id == version->id;
        if (!store_contract_with(finding->store->store, version, finding->provider_id, &digest))
            return false;
        if (!digest.size || before)
            continue;
        const SourceBundle *bundle =
            labelled_bundle(finding->store, digest, label_of(finding, version));
        if (!bundle)
            return false;
        array_push(finding->store->arena, &finding->contracts, *bundle);
    }
    return true;
}

static bool find(Finding *finding) {
    Store *store = finding->store->store;
    Diagnostics *diagnostics = &finding->store->diagnostics.all;
    StoredEnvironment environment;
    if (!store_find_environment(store, finding->environment, &environment) ||
        !store_find_participant(store, finding->provider, &finding->provider_id))
        return false;
    if (!environment.id)
        return diagnose(diagnostics, ENVIRONMENT_UNKNOWN, (Place){0},
                        TEXT_ARG(finding->environment));
    return store_present(store, finding->environment, &finding->present) && find_base(finding) &&
           find_contracts(finding);
}

/* Everything that may run out of memory, whose way out is bw_what_breaks's. */
static bw_status fill(bw_result *result, const bw_compare_options *options) {
    result->run = arena_new(&result->escape);
    if (!result->run)
        longjmp(result->escape.point, 1);
    result->diagnostics.all.arena = result->run;
    compare(result, options);
    if (!result->report)
        return BW_INVALID_INPUT;
    return result->report->orphans.count ? BW_FAULT : BW_OK;
}

static bw_status compare_with(const Finding *finding, const char *revision, bw_result **result) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    bw_result *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    options.policy = BW_POLICY_RECORDED_CONSUMERS;
    filled->base = (Side){.bundles = finding->base, .bundle_count = 1};
    filled->revision = (Side){.names = &revision, .name_count = 1};
    filled->pacts =
        (Side){.bundles = finding->contracts.items, .bundle_count = finding->contracts.count};
    filled->revision.next_type_id = TYPE_IDS_OF_A_SIDE;
    filled->pacts.next_type_id = 2u * TYPE_IDS_OF_A_SIDE;
    if (setjmp(filled->escape.point)) {
        bw_result_free(filled);
        return BW_FAULT;
    }
    bw_status status = fill(filled, &options);
    *result = filled;
    return status;
}

bw_status bw_what_breaks(bw_store *store, const char *provider, const char *environment,
                         const char *revision, bw_result **result) {
    *result = NULL;
    if (!provider || !environment || !revision)
        return BW_WRONG_USAGE;
    if (!has_record(store))
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point))
        return BW_FAULT;
    Finding *finding = arena_new_object(store->arena, Finding);
    finding->store = store;
    finding->provider = text_from(provider);
    finding->environment = text_from(environment);
    return find(finding) ? compare_with(finding, revision, result) : BW_INVALID_INPUT;
}
