/* `bw_check_run`: the config's descriptions, each compared with what it was in git. */
#include "pairs.h"
#include "settings.h"

#include <stdlib.h>

struct bw_check {
    MemoryEscape escape;
    Arena *arena;
    bw_diagnostics diagnostics;
    Config *config;
    ARRAY(bw_result *) results;
    bw_status status; /* the worst of all comparisons */
};

/* ---- sides ----------------------------------------------------------------------------------- */

static bool find_base(const bw_check_options *options, const Config *config, Repository *repository,
                      Diagnostics *diagnostics, Snapshot *base) {
    Text against = text_from(options->against);
    if (!against.size && options->staged) {
        *base = repository_head(repository);
        return true;
    }
    if (!against.size)
        against = config->against;
    if (!against.size)
        against = repository_default_branch(repository);
    if (!against.size)
        return diagnose(diagnostics, GIT_NO_DEFAULT_BRANCH, (Place){0}, "check");
    return repository_fork_point(repository, diagnostics, against, options->against_itself, base);
}

static Snapshot find_revision(const bw_check_options *options, Repository *repository) {
    if (options->staged)
        return (Snapshot){.kind = SNAPSHOT_INDEX};
    if (repository_is_bare(repository))
        return repository_head(repository);
    return (Snapshot){.kind = SNAPSHOT_FILES};
}

/* ---- comparisons ----------------------------------------------------------------------------- */

static void worsen(bw_check *check, bw_status status) {
    /* A fault weighs more than wrong input, and that more than wrong usage. */
    if (status > check->status)
        check->status = status;
}

static const char **names_of(const PairFinder *finder, const Pairs *pairs, bool of_base,
                             size_t *count) {
    const char **names = arena_new_array(finder->arena, pairs->count + 1, const char *);
    *count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        Text path = of_base ? pairs->items[i].base : pairs->items[i].revision;
        const Snapshot *snapshot = of_base ? &finder->base : &finder->revision;
        if (path.size && snapshot->kind != SNAPSHOT_NOTHING)
            names[(*count)++] = source_name(finder, snapshot, path).data;
    }
    if (!*count)
        names[(*count)++] = "/dev/null";
    return names;
}

/* The config's pacts and those of the caller. */
static void set_pacts(bw_check *check, const ConfigSpec *spec, bw_compare_options *compare) {
    const char **pacts =
        arena_new_array(check->arena, spec->pacts.count + compare->pact_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < spec->pacts.count; i++)
        pacts[count++] = spec->pacts.items[i].data;
    for (size_t i = 0; i < compare->pact_count; i++)
        pacts[count++] = compare->pacts[i];
    compare->pacts = pacts;
    compare->pact_count = count;
}

static void set_paths(bw_check *check, const ConfigSpec *spec, bw_compare_options *compare) {
    const char **prefixes = arena_new_array(
        check->arena, spec->strip_prefixes.count + compare->strip_prefix_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < compare->strip_prefix_count; i++)
        prefixes[count++] = compare->strip_prefixes[i];
    for (size_t i = 0; i < spec->strip_prefixes.count; i++)
        prefixes[count++] = spec->strip_prefixes.items[i].data;
    compare->strip_prefixes = prefixes;
    compare->strip_prefix_count = count;
    if (!compare->add_prefix && spec->add_prefix.size)
        compare->add_prefix = text_copy(check->arena, spec->add_prefix).data;
    if (!compare->provider && spec->provider.size)
        compare->provider = text_copy(check->arena, spec->provider).data;
}

/* The files of the pairs as one API. */
static void compare_pairs(bw_check *check, const bw_check_options *options,
                          const PairFinder *finder, const ConfigSpec *spec, const Pairs *pairs) {
    bw_compare_options compare = options->every;
    size_t base, revision;
    const char **base_names = names_of(finder, pairs, true, &base);
    const char **revision_names = names_of(finder, pairs, false, &revision);
    compare.base = base_names[0];
    compare.more_base = base_names + 1;
    compare.more_base_count = base - 1;
    compare.revision = revision_names[0];
    compare.more_revision = revision_names + 1;
    compare.more_revision_count = revision - 1;
    compare.config = NULL;
    set_pacts(check, spec, &compare);
    set_paths(check, spec, &compare);
    bw_result *result;
    worsen(check, compare_by(&compare, &(Given){.config = check->config, .spec = spec}, &result));
    if (!result)
        arena_exhausted(check->arena);
    array_push(check->arena, &check->results, result);
}

static void check_spec(bw_check *check, const bw_check_options *options, PairFinder *finder,
                       const ConfigSpec *spec) {
    Pairs pairs = {0};
    if (!find_pairs(finder, spec, &pairs)) {
        worsen(check, BW_INVALID_INPUT);
        return;
    }
    bool together = spec->compose || options->compose, changed = false;
    for (size_t i = 0; i < pairs.count; i++) {
        Pairs one = {.items = &pairs.items[i], .count = 1};
        bool unchanged = pair_is_unchanged(finder, &pairs.items[i]);
        if (!unchanged && !together)
            compare_pairs(check, options, finder, spec, &one);
        changed = changed || !unchanged;
    }
    if (together && changed)
        compare_pairs(check, options, finder, spec, &pairs);
}

/* A report of no changes, for where there are none and one is asked for all the same. */
static void add_empty_result(bw_check *check, const PairFinder *finder) {
    bw_result *result = calloc(1, sizeof *result);
    if (!result)
        arena_exhausted(check->arena);
    VerdictReport *report = arena_new_object(check->arena, VerdictReport);
    report->base_source = report->base_revision =
        finder->base.revision.size ? finder->base.revision : TEXT("HEAD");
    report->revision_source = finder->revision.kind == SNAPSHOT_INDEX   ? TEXT(":")
                              : finder->revision.kind == SNAPSHOT_FILES ? TEXT(".")
                                                                        : finder->revision.revision;
    report->policy = check->config->ruling.policy;
    result->report = report;
    array_push(check->arena, &check->results, result);
}

static bool prepare(bw_check *check, const bw_check_options *options, PairFinder *finder) {
    Diagnostics *diagnostics = &check->diagnostics.all;
    Day today;
    if (!read_today(diagnostics, options->every.today, &today))
        return false;
    check->config = config_read(check->arena, diagnostics, text_from(options->every.config), today);
    /* Its rules are read, too, before it is known whether there is anything to judge by them. */
    if (!check->config || !settled_rules(check->arena, diagnostics, check->config, &options->every))
        return false;
    if (!check->config->specs.count)
        return diagnose(diagnostics, CONFIG_NO_SPECS, (Place){.file = check->config->file},
                        "specs");
    finder->arena = check->arena;
    finder->diagnostics = diagnostics;
    finder->repository = repository_open(check->arena, diagnostics, "check");
    if (!finder->repository ||
        !find_base(options, check->config, finder->repository, diagnostics, &finder->base))
        return false;
    finder->revision = find_revision(options, finder->repository);
    return true;
}

static void run_check(bw_check *check, const bw_check_options *options) {
    PairFinder finder = {0};
    if (!prepare(check, options, &finder)) {
        check->status = BW_INVALID_INPUT;
        return;
    }
    for (size_t i = 0; i < check->config->specs.count; i++)
        check_spec(check, options, &finder, &check->config->specs.items[i]);
    bool whole = !options->staged && !options->every.include_count && !options->every.exclude_count;
    if (check->results.count && check->status == BW_OK)
        config_tell_unused(check->config, &check->diagnostics.all, whole);
    if (!check->results.count && check->status == BW_OK)
        add_empty_result(check, &finder);
}

/* ---- public ---------------------------------------------------------------------------------- */

bw_status bw_check_run(const bw_check_options *options, bw_check **check) {
    *check = NULL;
    if (options->version != BW_CHECK_OPTIONS_VERSION || !options->every.config)
        return BW_WRONG_USAGE;
    bw_check *running = calloc(1, sizeof *running);
    if (!running)
        return BW_FAULT;
    if (setjmp(running->escape.point)) {
        bw_check_free(running);
        return BW_FAULT;
    }
    running->arena = arena_new(&running->escape);
    if (!running->arena) {
        bw_check_free(running);
        return BW_FAULT;
    }
    running->diagnostics.all.arena = running->arena;
    run_check(running, options);
    *check = running;
    return running->status;
}

const bw_diagnostics *bw_check_diagnostics(const bw_check *check) {
    return &check->diagnostics;
}

size_t bw_check_count(const bw_check *check) {
    return check->results.count;
}

const bw_result *bw_check_result(const bw_check *check, size_t index) {
    return index < check->results.count ? check->results.items[index] : NULL;
}

/* The results point into the check's arena. */
void bw_check_free(bw_check *check) {
    if (!check)
        return;
    for (size_t i = 0; i < check->results.count; i++)
        bw_result_free(check->results.items[i]);
    arena_free(check->arena);
    free(check);
}
