/* `bw_check_run`: the config's descriptions, each compared with what it was in git. */
#include "configs.h"
#include "settings.h"

#include "source/path.h"
#include "support/glob.h"

#include <stdlib.h>

/* A config with the sides that it wants compared. */
typedef struct Judge {
    ConfigFile file;
    Config *config; /* NULL: it is gone, or can't be read */
    PairFinder *finder;
} Judge;

struct bw_check {
    MemoryEscape escape;
    Arena *arena;
    bw_diagnostics diagnostics;
    ARRAY(Judge) judges;
    ARRAY(bw_result *) results;
    Paths changed;                  /* of descriptions that were compared, in the revision */
    Snapshots merged;               /* of a merge that is staged: its further parents */
    ARRAY(bw_result *) with_merged; /* of comparisons with them, which are not shown */
    bool passed_over;               /* a description was not read, since it is as it was */
    bw_status status;               /* the worst of all comparisons */
};

/* ---- sides ----------------------------------------------------------------------------------- */

static bool find_base(const bw_check_options *options, const Config *config, Repository *repository,
                      Diagnostics *diagnostics, Snapshot *base) {
    Text against = text_from(options->against);
    if (!against.size && options->staged) {
        *base = repository_head(repository);
        return true;
    }
    if (!against.size && config)
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

/* What git does not track (pacts that were fetched, say) is the same whatever is staged. */
static const char *pacts_of(PairFinder *finder, Text name) {
    static const char staged[] = ":./";
    if (!text_starts_with(name, text_from(staged)))
        return name.data;
    Text here = text_slice(name, sizeof staged - 1, name.size);
    Text path = repository_path(finder->arena, finder->repository, here);
    const Paths *paths = paths_of(finder, &finder->revision);
    for (size_t i = 0; paths && i < paths->count; i++)
        if (text_equal(paths->items[i], path) || path_is_beneath(paths->items[i], path) ||
            glob_takes(path, paths->items[i], '/'))
            return name.data;
    return text_copy(finder->arena, here).data;
}

/* The config's pacts and those of the caller. */
static void set_pacts(bw_check *check, PairFinder *finder, const ConfigSpec *spec,
                      bw_compare_options *compare) {
    const char **pacts =
        arena_new_array(check->arena, spec->pacts.count + compare->pact_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < spec->pacts.count; i++)
        pacts[count++] = pacts_of(finder, spec->pacts.items[i]);
    for (size_t i = 0; i < compare->pact_count; i++)
        pacts[count++] = compare->pacts[i];
    compare->pacts = pacts;
    compare->pact_count = count;
}

static void set_base_names(bw_compare_options *compare, const char **names, size_t count) {
    compare->base = names[0];
    compare->more_base = names + 1;
    compare->more_base_count = count - 1;
}

/* What the files of the pairs were in a further parent of a merge, where each may have the one name
 * or the other. */
static const char **names_in(const PairFinder *finder, const Snapshot *parent, const Pairs *pairs,
                             size_t *count) {
    const char **names = arena_new_array(finder->arena, pairs->count + 1, const char *);
    *count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        const Pair *pair = &pairs->items[i];
        Text path = is_in(finder, parent, pair->revision) ? pair->revision : pair->base;
        if (path.size && is_in(finder, parent, path))
            names[(*count)++] = source_name(finder, parent, path).data;
    }
    if (!*count)
        names[(*count)++] = "/dev/null";
    return names;
}

/* How the staged merge compares with its further parents. */
static void compare_merged(bw_check *check, const Judge *judge, const Pairs *pairs,
                           bw_compare_options compare, Given *given) {
    size_t before = check->with_merged.count;
    for (size_t i = 0; i < check->merged.count; i++) {
        size_t count;
        const char **names = names_in(judge->finder, &check->merged.items[i], pairs, &count);
        bw_result *result;
        set_base_names(&compare, names, count);
        compare_by(&compare, given, &result);
        if (!result)
            arena_exhausted(check->arena);
        array_push(check->arena, &check->with_merged, result);
    }
    given->merged = (const bw_result *const *)(check->with_merged.items + before);
    given->merged_count = check->merged.count;
}

/* The files of the pairs as one API. */
static void compare_pairs(bw_check *check, const bw_check_options *options, const Judge *judge,
                          const ConfigSpec *spec, const Pairs *pairs) {
    PairFinder *finder = judge->finder;
    bw_compare_options compare = options->every;
    size_t base, revision;
    const char **base_names = names_of(finder, pairs, true, &base);
    const char **revision_names = names_of(finder, pairs, false, &revision);
    set_base_names(&compare, base_names, base);
    compare.revision = revision_names[0];
    compare.more_revision = revision_names + 1;
    compare.more_revision_count = revision - 1;
    compare.config = NULL;
    set_pacts(check, finder, spec, &compare);
    set_spec(check->arena, spec, &compare);
    if (!set_spec_broker(check->arena, &check->diagnostics.all, spec, &compare)) {
        worsen(check, BW_INVALID_INPUT);
        return;
    }
    bw_result *result;
    Given given = {.config = judge->config, .spec = spec};
    if (check->merged.count)
        compare_merged(check, judge, pairs, compare, &given);
    worsen(check, compare_by(&compare, &given, &result));
    if (!result)
        arena_exhausted(check->arena);
    array_push(check->arena, &check->results, result);
}

static void check_spec(bw_check *check, const bw_check_options *options, const Judge *judge,
                       const ConfigSpec *spec) {
    Pairs pairs = {0};
    if (!find_pairs(judge->finder, spec, &pairs)) {
        worsen(check, BW_INVALID_INPUT);
        return;
    }
    bool together = spec->compose || options->compose, changed = false;
    for (size_t i = 0; i < pairs.count; i++) {
        Pairs one = {.items = &pairs.items[i], .count = 1};
        bool unchanged = pair_is_unchanged(judge->finder, &pairs.items[i]);
        if (!unchanged && !together)
            compare_pairs(check, options, judge, spec, &one);
        if (!unchanged && pairs.items[i].revision.size)
            array_push(check->arena, &check->changed, pairs.items[i].revision);
        changed = changed || !unchanged;
        check->passed_over = check->passed_over || (unchanged && !together);
    }
    check->passed_over = check->passed_over || (together && !changed);
    if (together && changed)
        compare_pairs(check, options, judge, spec, &pairs);
}

/* ---- what is no longer in a config ----------------------------------------------------------- */

/* The config as the base has it; NULL where it has none that can be read, or where it is the same.
 */
static Config *config_before(bw_check *check, const Judge *judge) {
    PairFinder *finder = judge->finder;
    Text path = judge->file.path;
    if (!path.data || finder->base.kind != SNAPSHOT_COMMIT || !is_in(finder, &finder->base, path))
        return NULL;
    ContentId before = repository_content_id(finder->repository, &finder->base, path);
    ContentId now = repository_content_id(finder->repository, &finder->revision, path);
    if (content_ids_equal(before, now))
        return NULL;
    Diagnostics unheard = {.arena = check->arena};
    Day long_ago = 0; /* what has expired is no matter here */
    return config_read(check->arena, &unheard, source_name(finder, &finder->base, path), long_ago);
}

/* A description that goes together with its entry in the config is gone all the same; one that
 * stays without an entry is left alone, but not without a word. */
static void check_dropped(bw_check *check, const bw_check_options *options, const Judge *judge) {
    Judge before = {.config = config_before(check, judge), .finder = judge->finder};
    for (size_t i = 0; before.config && i < before.config->specs.count; i++) {
        const ConfigSpec *spec = &before.config->specs.items[i];
        Pairs dropped = {0};
        find_dropped(judge->finder, spec, &dropped);
        for (size_t j = 0; j < dropped.count; j++) {
            Pairs one = {.items = &dropped.items[j], .count = 1};
            if (!one.items->revision.size)
                compare_pairs(check, options, &before, spec, &one);
            else
                diagnose(&check->diagnostics.all, CONFIG_SPEC_DROPPED, (Place){0},
                         TEXT_ARG(one.items->revision));
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* A report of no changes, for where there are none and one is asked for all the same. */
static void add_empty_result(bw_check *check, const PairFinder *finder) {
    bw_result *result = calloc(1, sizeof *result);
    if (!result)
        arena_exhausted(check->arena);
    const Config *config = check->judges.count ? check->judges.items[0].config : NULL;
    VerdictReport *report = arena_new_object(check->arena, VerdictReport);
    report->base_source = report->base_revision =
        finder->base.revision.size ? finder->base.revision : TEXT("HEAD");
    report->revision_source = finder->revision.kind == SNAPSHOT_INDEX   ? TEXT(":")
                              : finder->revision.kind == SNAPSHOT_FILES ? TEXT(".")
                                                                        : finder->revision.revision;
    report->policy = config ? config->ruling.policy : POLICY_ANY_CONSUMER;
    result->report = report;
    array_push(check->arena, &check->results, result);
}

/* Finders of the same base share what git was asked. */
static PairFinder *finder_of(bw_check *check, const PairFinder *like, const Snapshot *base) {
    for (size_t i = 0; i < check->judges.count; i++) {
        PairFinder *known = check->judges.items[i].finder;
        if (known->base.kind == base->kind && text_equal(known->base.revision, base->revision))
            return known;
    }
    PairFinder *finder = arena_new_object(check->arena, PairFinder);
    *finder = (PairFinder){
        .arena = like->arena,
        .diagnostics = like->diagnostics,
        .repository = like->repository,
        .base = *base,
        .revision = like->revision,
        .judged = like->judged,
    };
    return finder;
}

static bool read_judge(bw_check *check, const bw_check_options *options, const PairFinder *first,
                       ConfigFile file, Day today) {
    Diagnostics *diagnostics = &check->diagnostics.all;
    Judge judge = {.file = file};
    Day long_ago = 0;
    Snapshot base = first->base;
    if (file.name.size) {
        judge.config = config_read(check->arena, diagnostics, file.name,
                                   options->every.expired_waivers ? long_ago : today);
        /* What it says of rules is held against them before it is known whether there is anything
         * to judge by them. */
        if (!judge.config ||
            (config_speaks_of_rules(judge.config) &&
             !settled_rules(check->arena, diagnostics, judge.config, &options->every)))
            return false;
        if (!judge.config->specs.count)
            return diagnose(diagnostics, CONFIG_NO_SPECS, (Place){.file = judge.config->file},
                            "specs");
        if (!find_base(options, judge.config, first->repository, diagnostics, &base))
            return false;
    }
    judge.finder = finder_of(check, first, &base);
    array_push(check->arena, &check->judges, judge);
    return true;
}

/* `first` is a finder of the base that holds where no config says otherwise. */
static bool prepare(bw_check *check, const bw_check_options *options, PairFinder *first) {
    Diagnostics *diagnostics = &check->diagnostics.all, unheard = {.arena = check->arena};
    Day today;
    if (!read_today(diagnostics, options->every.today, &today))
        return false;
    first->arena = check->arena;
    first->diagnostics = diagnostics;
    first->judged = map_new(check->arena);
    first->repository = repository_open(check->arena, diagnostics, "check");
    if (!first->repository)
        return false;
    first->revision = find_revision(options, first->repository);
    if (options->staged && !options->against)
        repository_merge_heads(first->repository, &check->merged);
    if (!find_base(options, NULL, first->repository, &unheard, &first->base))
        first->base = (Snapshot){0};
    ConfigFiles files = {0};
    if (!find_config_files(options, first, &files))
        return false;
    if (!files.count && !options->all_configs) {
        worsen(check, BW_WRONG_USAGE);
        diagnose(diagnostics, CONFIG_MISSING, (Place){0}, "check");
        return true;
    }
    bool right = true;
    for (size_t i = 0; i < files.count; i++)
        right = read_judge(check, options, first, files.items[i], today) && right;
    return right;
}

/* The diff driver was installed when there were other descriptions, or they had other names. */
static void tell_undriven(bw_check *check, Repository *repository) {
    Text first = {0};
    size_t count = 0;
    if (!check->changed.count || !repository_has_driver(repository, "breakwater"))
        return;
    for (array_each(const Text, path, &check->changed))
        if (!repository_is_driven(repository, *path, "breakwater") && !count++)
            first = *path;
    const char *more = count > 1 ? text_format(check->arena, " and %zu more", count - 1).data : "";
    if (count)
        diagnose(&check->diagnostics.all, DRIVER_LACKS, (Place){0}, TEXT_ARG(first), more);
}

/* On the default branch itself, with everything committed, there is nothing to compare with. */
static void tell_nothing_committed(bw_check *check, const bw_check_options *options,
                                   const PairFinder *finder) {
    Snapshot head = repository_head(finder->repository);
    if (!options->against && !options->staged && finder->base.kind == SNAPSHOT_COMMIT &&
        repository_same_commit(finder->repository, &finder->base, &head))
        diagnose(&check->diagnostics.all, GIT_NOTHING_COMMITTED, (Place){0},
                 TEXT_ARG(finder->base.revision));
}

static void judge_all(bw_check *check, const bw_check_options *options) {
    for (size_t i = 0; i < check->judges.count; i++) {
        const Judge *judge = &check->judges.items[i];
        for (size_t j = 0; judge->config && j < judge->config->specs.count; j++)
            check_spec(check, options, judge, &judge->config->specs.items[j]);
    }
    for (size_t i = 0; i < check->judges.count; i++)
        if (!find_left(check->judges.items[i].finder))
            worsen(check, BW_INVALID_INPUT);
    for (size_t i = 0; i < check->judges.count; i++)
        check_dropped(check, options, &check->judges.items[i]);
}

static void run_check(bw_check *check, const bw_check_options *options) {
    PairFinder first = {0};
    if (!prepare(check, options, &first)) {
        check->status = BW_INVALID_INPUT;
        return;
    }
    judge_all(check, options);
    tell_undriven(check, first.repository);
    /* Whatever could not be asked of git, nothing is safe by it. */
    if (check->status == BW_OK && check->diagnostics.all.errors)
        worsen(check, BW_INVALID_INPUT);
    bool whole = !options->staged && !options->every.include_count && !options->every.exclude_count;
    ConfigScope scope = whole ? CONFIG_SCOPE_ALL : CONFIG_SCOPE_PART;
    for (size_t i = 0; i < check->judges.count && check->results.count && !check->status; i++) {
        const Config *config = check->judges.items[i].config;
        if (!config)
            continue;
        config_tell_unused(config, &check->diagnostics.all, scope, !check->passed_over);
        config_tell_unmet(config, &check->diagnostics.all,
                          check->passed_over ? CONFIG_SCOPE_PART : CONFIG_SCOPE_ALL);
    }
    if (check->results.count && check->status == BW_OK)
        tell_callers_unmet(check->arena, &check->diagnostics.all, &options->every,
                           check->results.items, check->results.count, !check->passed_over);
    if (check->results.count || check->status != BW_OK)
        return;
    const PairFinder *finder = check->judges.count ? check->judges.items[0].finder : &first;
    tell_nothing_committed(check, options, finder);
    add_empty_result(check, finder);
}

/* ---- public ---------------------------------------------------------------------------------- */

bw_status bw_check_run(const bw_check_options *options, bw_check **check) {
    *check = NULL;
    if (options->version != BW_CHECK_OPTIONS_VERSION)
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
    for (size_t i = 0; i < check->with_merged.count; i++)
        bw_result_free(check->with_merged.items[i]);
    arena_free(check->arena);
    free(check);
}
