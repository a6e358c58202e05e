/* A revision that is not out yet against what an environment runs: the comparison of what is
 * deployed there with the revision, judged by the contracts of the consumers that are there. Where
 * no description is there yet, nothing changes: whether it satisfies these contracts is all.
 */
#include "record.h"
#include "seal.h"
#include "settings.h"

#include "impact/impact.h"

#include <stdlib.h>

/* Ids of Types are unique in a run although the sides are loaded at the same time. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

typedef struct Finding {
    bw_store *store;
    bw_compare_options options; /* the caller's, with what follows from them */
    Config *config;             /* NULL: none is read */
    ConfigSpec spec;            /* what the config says of this provider */
    bw_broker broker;           /* of the contracts, where there is no record */
    const char *environment_name;
    Text provider, environment;
    int64_t provider_id;
    StoredPresences present;
    ARRAY(SourceBundle) bases; /* one for each description that is there; or */
    const char *base;          /* the description that the caller says is there */
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
    StoredEnvironment environment;
    if (!store_find_environment(store, finding->environment, &environment) ||
        !store_find_participant(store, finding->provider, &finding->provider_id))
        return false;
    if (!environment.id)
        return tell_unknown_environment(finding->store, finding->environment);
    if (!finding->provider_id)
        return tell_unknown_participant(finding->store, finding->provider);
    return store_present(store, finding->environment, &finding->present) &&
           (finding->base || find_bases(finding)) && find_contracts(finding);
}

/* A broker has the contracts of those that are there, and no descriptions. */
static void ask_for_contracts(Finding *finding) {
    finding->broker = *finding->store->asked;
    finding->broker.provider = finding->options.provider;
    finding->broker.environments = &finding->environment_name;
    finding->broker.environment_count = 1;
}

/* What a config says of the provider alone is what it says of the spec that names it. */
static void find_spec(Finding *finding) {
    Config *config = finding->config;
    for (size_t i = 0; config && i < config->specs.count; i++)
        if (text_equal(config->specs.items[i].provider, finding->provider))
            finding->spec = config->specs.items[i];
}

/* Unless somebody says otherwise, the consumers that are there decide. */
static bool find_settings(Finding *finding) {
    bw_compare_options *options = &finding->options;
    Diagnostics *diagnostics = &finding->store->diagnostics.all;
    Day today;
    if (!read_today(diagnostics, options->today, &today))
        return false;
    if (options->config) {
        finding->config =
            config_read(finding->store->arena, diagnostics, text_from(options->config), today);
        if (!finding->config)
            return false;
    }
    find_spec(finding);
    bool ruled =
        (finding->config && finding->config->ruling.has_policy) || finding->spec.ruling.has_policy;
    if (options->policy == BW_POLICY_DEFAULT && !ruled)
        options->policy = BW_POLICY_RECORDED_CONSUMERS;
    set_spec(finding->store->arena, &finding->spec, options);
    return true;
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

static bw_status run(bw_result *filled, const bw_compare_options *options) {
    if (setjmp(filled->escape.point))
        return BW_FAULT;
    return fill(filled, options);
}

/* How a description's paths are to be read, on either side. */
static void set_description(Side *side, const Finding *finding) {
    const bw_compare_options *options = &finding->options;
    side->load.allow_unresolved = options->allow_unresolved;
    side->allow_remote = options->allow_remote;
    side->add_prefix = text_from(options->add_prefix);
    set_prefixes(finding->store->arena, options, side);
}

/* Revision and pacts are loaded by the first of the comparisons. */
static void set_sides(bw_result *result, const Finding *finding, const bw_result *first) {
    result->config = finding->config;
    result->spec = &finding->spec;
    if (result != first) {
        result->revision = first->revision;
        result->pacts = first->pacts;
        result->revision.borrowed = result->pacts.borrowed = true;
        return;
    }
    result->revision = (Side){.names = &finding->options.revision, .name_count = 1};
    set_description(&result->revision, finding);
    result->pacts = (Side){.bundles = finding->contracts.items,
                           .bundle_count = finding->contracts.count,
                           .broker = finding->store->broker ? &finding->broker : NULL};
    result->revision.next_type_id = TYPE_IDS_OF_A_SIDE;
    result->pacts.next_type_id = 2u * TYPE_IDS_OF_A_SIDE;
}

static void set_base(bw_result *result, const Finding *finding, size_t index) {
    if (finding->base)
        result->base = (Side){.names = &finding->base, .name_count = 1};
    else
        result->base = (Side){.bundles = &finding->bases.items[index], .bundle_count = 1};
    set_description(&result->base, finding);
}

/* The first deployment, or one of which no description is known. */
static void hold(bw_result *result, const bw_compare_options *options) {
    VerifyOptions verifying = {.strict = options->fail_on == BW_FAIL_ON_CONDITIONAL,
                               .provider_base_path = text_from(options->provider_base_path)};
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

static bw_status run_first(bw_result *filled, const bw_compare_options *options) {
    if (setjmp(filled->escape.point))
        return BW_FAULT;
    filled->run = arena_new(&filled->escape);
    if (!filled->run)
        return BW_FAULT;
    filled->diagnostics.all.arena = filled->run;
    hold(filled, options);
    return filled->verification ? BW_OK : BW_INVALID_INPUT;
}

static bw_status hold_first(const Finding *finding, bw_result **result) {
    bw_result *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    set_sides(filled, finding, filled);
    bw_status status = run_first(filled, &finding->options);
    if (status == BW_FAULT) {
        bw_result_free(filled);
        return BW_FAULT;
    }
    *result = filled;
    return status;
}

/* What all of them say as what the first one says; where one has no report, there is none. */
static bool gather(const Finding *finding, bw_result *first, size_t count) {
    if (setjmp(first->escape.point))
        return false;
    const VerdictReport **reports = arena_new_array(first->run, count, const VerdictReport *);
    bw_result **results = arena_new_array(first->run, count, bw_result *);
    size_t filled = 0;
    for (bw_result *result = first; result; result = result->next) {
        if (result != first)
            gather_diagnostics(&first->diagnostics, &result->base);
        results[filled] = result;
        if (result->report)
            reports[filled++] = result->report;
    }
    if (filled < count) {
        first->report = NULL;
        return true;
    }
    if (count > 1)
        first->stored = (Reports){.items = reports, .count = count};
    if (first->config)
        tell_of_config(first, &finding->options);
    tell_callers_unmet(first->run, &first->diagnostics.all, &finding->options, results, count,
                       true);
    return true;
}

/* Each description that is there with the revision. */
static bw_status compare_all(const Finding *finding, size_t count, bw_result **result) {
    bw_result *first = NULL, **next = &first;
    bw_status status = BW_OK;
    for (size_t i = 0; i < count && status != BW_INVALID_INPUT; i++) {
        bw_result *filled = *next = calloc(1, sizeof *filled);
        if (filled) {
            set_sides(filled, finding, first);
            set_base(filled, finding, i);
            bw_status one = run(filled, &finding->options);
            status = one == BW_OK ? status : one;
            next = &filled->next;
        }
        if (!filled || (status == BW_FAULT && !filled->report)) {
            bw_result_free(first);
            return BW_FAULT;
        }
    }
    if (first && !gather(finding, first, count)) {
        bw_result_free(first);
        return BW_FAULT;
    }
    *result = first;
    return status;
}

bw_status bw_what_breaks(bw_store *store, const char *environment,
                         const bw_compare_options *options, bw_result **result) {
    *result = NULL;
    if (options->version != BW_COMPARE_OPTIONS_VERSION || !options->provider || !environment ||
        !options->revision || options->pact_count)
        return BW_WRONG_USAGE;
    if (!store->store && !store->broker)
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point))
        return BW_FAULT;
    Finding *finding = arena_new_object(store->arena, Finding);
    *finding = (Finding){.store = store,
                         .options = *options,
                         .provider = text_from(options->provider),
                         .environment = text_from(environment),
                         .base = options->base,
                         .environment_name = environment};
    if (store->broker)
        ask_for_contracts(finding);
    if (!find_settings(finding) || (store->store && !find(finding)))
        return BW_INVALID_INPUT;
    size_t bases = finding->base ? 1 : finding->bases.count;
    return bases ? compare_all(finding, bases, result) : hold_first(finding, result);
}
