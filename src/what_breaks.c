/* A revision that is not out yet against what an environment runs: the comparison of what is
 * deployed there with the revision, judged by the contracts of the consumers that are there. Where
 * no description is there yet, nothing changes: whether it satisfies these contracts is all.
 */
#include "record.h"
#include "seal.h"

#include "impact/impact.h"

#include <stdlib.h>

/* Ids of Types are unique in a run although the sides are loaded at the same time. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

typedef struct Finding {
    bw_store *store;
    Text provider, environment;
    int64_t provider_id;
    StoredPresences present;
    ARRAY(SourceBundle) bases; /* one for each description that is there */
    ARRAY(SourceBundle) contracts;
} Finding;

static Text label_of(const Finding *finding, const StoredVersion *version) {
    return text_format(finding->store->arena, "%.*s %.*s", TEXT_ARG(version->name),
                       TEXT_ARG(version->number));
}

static bool is_among(const StoredNames *names, Text name) {
    for (size_t i = 0; i < names->count; i++)
        if (text_equal(names->items[i], name))
            return true;
    return false;
}

static bool was_before(const Finding *finding, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (finding->present.items[i].version.id == finding->present.items[index].version.id)
            return true;
    return false;
}

/* All that are there: a consumer may speak to each of them today. */
static bool find_bases(Finding *finding) {
    Arena *arena = finding->store->arena;
    StoredNames digests = {0};
    for (size_t i = 0; i < finding->present.count; i++) {
        const StoredVersion *version = &finding->present.items[i].version;
        Text digest;
        if (version->participant != finding->provider_id)
            continue;
        if (!store_description_of(finding->store->store, version, &digest))
            return false;
        if (!digest.size || is_among(&digests, digest))
            continue;
        const SourceBundle *bundle =
            labelled_bundle(finding->store, digest, label_of(finding, version));
        if (!bundle)
            return false;
        array_push(arena, &digests, digest);
        array_push(arena, &finding->bases, *bundle);
    }
    return true;
}

static bool find_contracts(Finding *finding) {
    for (size_t i = 0; i < finding->present.count; i++) {
        const StoredVersion *version = &finding->present.items[i].version;
        Text digest;
        if (!store_contract_with(finding->store->store, version, finding->provider_id, &digest))
            return false;
        if (!digest.size || was_before(finding, i))
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
    if (!finding->provider_id)
        return tell_unknown_participant(finding->store, finding->provider);
    return store_present(store, finding->environment, &finding->present) && find_bases(finding) &&
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

static bw_status run(bw_result *filled) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    options.policy = BW_POLICY_RECORDED_CONSUMERS;
    if (setjmp(filled->escape.point))
        return BW_FAULT;
    return fill(filled, &options);
}

/* Revision and pacts are loaded by the first of the comparisons. */
static void set_sides(bw_result *result, const Finding *finding, const char *const *revision,
                      const bw_result *first) {
    if (result != first) {
        result->revision = first->revision;
        result->pacts = first->pacts;
        result->revision.borrowed = result->pacts.borrowed = true;
        return;
    }
    result->revision = (Side){.names = revision, .name_count = 1};
    result->pacts =
        (Side){.bundles = finding->contracts.items, .bundle_count = finding->contracts.count};
    result->revision.next_type_id = TYPE_IDS_OF_A_SIDE;
    result->pacts.next_type_id = 2u * TYPE_IDS_OF_A_SIDE;
}

/* The first deployment. */
static void hold(bw_result *result) {
    VerifyOptions verifying = {0};
    load_side(&result->revision, load_description);
    load_side(&result->pacts, load_pacts);
    if (result->revision.exhausted || result->pacts.exhausted)
        longjmp(result->escape.point, 1);
    gather_diagnostics(&result->diagnostics, &result->revision);
    gather_diagnostics(&result->diagnostics, &result->pacts);
    if (result->diagnostics.all.errors || !result->revision.api)
        return;
    VerificationReport *report =
        verify_api(result->run, result->revision.api, &result->pacts.expectations, &verifying);
    report->source = result->revision.root->source.name;
    report->revision = result->revision.root->source.revision;
    name_contents(result->run, &result->revision, &result->pacts, report);
    result->verification = report;
}

static bw_status run_first(bw_result *filled) {
    if (setjmp(filled->escape.point))
        return BW_FAULT;
    filled->run = arena_new(&filled->escape);
    if (!filled->run)
        return BW_FAULT;
    filled->diagnostics.all.arena = filled->run;
    hold(filled);
    return filled->verification ? BW_OK : BW_INVALID_INPUT;
}

static bw_status hold_first(const Finding *finding, const char *const *revision,
                            bw_result **result) {
    bw_result *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    set_sides(filled, finding, revision, filled);
    bw_status status = run_first(filled);
    if (status == BW_FAULT) {
        bw_result_free(filled);
        return BW_FAULT;
    }
    *result = filled;
    return status;
}

/* What all of them say as what the first one says; where one has no report, there is none. */
static bool gather(bw_result *first, size_t count) {
    if (setjmp(first->escape.point))
        return false;
    const VerdictReport **reports = arena_new_array(first->run, count, const VerdictReport *);
    size_t filled = 0;
    for (const bw_result *result = first; result; result = result->next) {
        if (result != first)
            gather_diagnostics(&first->diagnostics, &result->base);
        if (result->report)
            reports[filled++] = result->report;
    }
    if (filled < count)
        first->report = NULL;
    else if (count > 1)
        first->stored = (Reports){.items = reports, .count = count};
    return true;
}

/* Each description that is there with the revision. */
static bw_status compare_all(const Finding *finding, const char *const *revision,
                             bw_result **result) {
    bw_result *first = NULL, **next = &first;
    bw_status status = BW_OK;
    for (size_t i = 0; i < finding->bases.count && status != BW_INVALID_INPUT; i++) {
        bw_result *filled = *next = calloc(1, sizeof *filled);
        if (filled) {
            set_sides(filled, finding, revision, first);
            filled->base = (Side){.bundles = &finding->bases.items[i], .bundle_count = 1};
            bw_status one = run(filled);
            status = one == BW_OK ? status : one;
            next = &filled->next;
        }
        if (!filled || (status == BW_FAULT && !filled->report)) {
            bw_result_free(first);
            return BW_FAULT;
        }
    }
    if (first && !gather(first, finding->bases.count)) {
        bw_result_free(first);
        return BW_FAULT;
    }
    *result = first;
    return status;
}

bw_status bw_what_breaks(bw_store *store, const char *provider, const char *environment,
                         const char *revision, bw_result **result) {
    *result = NULL;
    if (!provider || !environment || !revision)
        return BW_WRONG_USAGE;
    if (!store->store && !store->broker)
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point))
        return BW_FAULT;
    Finding *finding = arena_new_object(store->arena, Finding);
    finding->store = store;
    finding->provider = text_from(provider);
    finding->environment = text_from(environment);
    if (store->broker) {
        diagnose(&store->diagnostics.all, BROKER_HAS_NO_DESCRIPTIONS, (Place){0}, provider,
                 environment);
        return BW_INVALID_INPUT;
    }
    if (!find(finding))
        return BW_INVALID_INPUT;
    return finding->bases.count ? compare_all(finding, &revision, result)
                                : hold_first(finding, &revision, result);
}
