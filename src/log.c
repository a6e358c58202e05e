/* `bw_log_run`: the history of one API, commit by commit. A description that stands on both sides
 * of a commit is read once, and let go when no further commit needs it.
 */
#include "closure.h"
#include "configured.h"
#include "contents.h"
#include "pairs.h"
#include "rendering.h"
#include "settings.h"

#include "source/history.h"
#include "support/map.h"

#include <stdlib.h>

/* One state of the description. */
typedef struct Version {
    Side side;   /* the first, so that load_state finds the rest */
    size_t uses; /* comparisons that still need it */
    bool loaded;
    const char *name, *left_by; /* as read; as the newest commit that made it so has it */
} Version;

typedef struct Logged {
    const HistoryEntry *commit;
    Version *base, *revision;
    const char *base_name, *revision_name; /* as this commit and its parent have them */
    ARRAY(Version *) merged;               /* of further parents */
} Logged;

struct bw_log {
    MemoryEscape escape;
    Arena *arena;
    Arena *scratch; /* of one state while it is looked at */
    bw_diagnostics diagnostics;
    Repository *repository;
    Closures *closures;
    History history;
    ARRAY(Logged) commits; /* newest first */
    ARRAY(Version *) versions;
    Map *by_content;
    bw_compare_options every; /* with what the config says of this description */
    Config *config;           /* NULL: none */
    const ConfigSpec *spec;
    Side pacts;
    size_t loaded;             /* versions that were read */
    uint32_t next_type_id;     /* ids of Types are unique among all versions */
    bw_result *result;         /* of the commit that is being looked at */
    ARRAY(bw_result *) merged; /* the same, as its further parents see it */
    bw_status status;
};

static const uint32_t PACT_TYPE_IDS = 1u << 31;

/* ---- versions -------------------------------------------------------------------------------- */

static const char *name_of(Arena *arena, Text commit, Text path) {
    return path.size ? text_format(arena, "%.*s:%.*s", TEXT_ARG(commit), TEXT_ARG(path)).data
                     : "/dev/null";
}

/* Where the file alone decides, equal contents of one name are one version; else each commit has
 * its own. */
static Version *version_of(bw_log *log, Text commit, Text path, ContentId content, bool alone) {
    Arena *arena = log->arena;
    Buffer key_of = {.arena = arena};
    if (alone)
        buffer_add(&key_of, (Text){(const char *)content.bytes, sizeof content.bytes});
    buffer_add(&key_of, alone ? path : commit);
    Text key = path.size ? buffer_text(&key_of) : TEXT("nothing");
    Version *version = map_get_text(log->by_content, key);
    if (!version) {
        version = arena_new_object(arena, Version);
        version->name = name_of(arena, commit, path);
        map_put_text(log->by_content, key, version);
        array_push(arena, &log->versions, version);
    }
    version->uses++;
    return version;
}

/* Errors name lines of a file that is no more as it was then: what stands before them says when. */
static void load_state(Side *side) {
    Diagnostics *said = &side->diagnostics;
    load_description(side);
    if (side->api)
        return;
    const Version *version = (const Version *)side;
    diagnose(said, LOG_UNREADABLE, (Place){0}, version->left_by ? version->left_by : version->name);
    size_t last = said->list.count - 1;
    Diagnostic when = said->list.items[last];
    memmove(&said->list.items[1], said->list.items, last * sizeof when);
    said->list.items[0] = when;
}

static void load_version(bw_log *log, Version *version) {
    const bw_compare_options *options = &log->every;
    if (version->loaded)
        return;
    version->loaded = true;
    log->loaded += strcmp(version->name, "/dev/null") != 0;
    version->side = (Side){.names = &version->name, .name_count = 1};
    version->side.load.allow_unresolved =
        options->allow_unresolved || (log->config && log->config->allow_unresolved);
    set_prefixes(log->arena, options, &version->side);
    version->side.next_type_id = log->next_type_id;
    load_side(&version->side, load_state);
    if (version->side.exhausted)
        arena_exhausted(log->arena);
    for (array_each(Prefix, prefix, &version->side.strip_prefixes))
        prefix->nearest = text_copy(log->arena, prefix->nearest);
    log->next_type_id = version->side.next_type_id + 1;
}

static void let_go(Version *version) {
    if (--version->uses || !version->loaded)
        return;
    arena_free(version->side.arena);
    version->side.arena = NULL;
}

/* ---- comparisons ----------------------------------------------------------------------------- */

/* What a break hid behind would hide it for good, so the last state that can be read is the base.
 * Versions that are read for it are needed by older commits, and let go by them. */
static const Logged *readable_base(bw_log *log, const Logged *commit) {
    load_version(log, commit->base);
    const Logged *before = commit;
    while (!before->base->side.api && before->commit->previous != HISTORY_BEGINS) {
        before = &log->commits.items[before->commit->previous];
        load_version(log, before->base);
    }
    return before->base->side.api ? before : commit;
}

static bw_status compare_versions(bw_log *log, const Version *base, const char *base_name,
                                  const Logged *commit, bw_result **result) {
    const Version *revision = commit->revision;
    bw_compare_options compare = log->every;
    compare.base = base_name;
    compare.revision = commit->revision_name;
    Given given = {
        .config = log->config,
        .spec = log->spec,
        .base = &base->side,
        .revision = &revision->side,
        .merged = (const bw_result *const *)log->merged.items,
        .merged_count = log->merged.count,
    };
    if (side_has_pacts(&log->pacts))
        given.pacts = &log->pacts;
    bw_status status = compare_by(&compare, &given, result);
    if (!*result)
        arena_exhausted(log->arena);
    return status;
}

static void free_results(bw_log *log) {
    bw_result_free(log->result);
    log->result = NULL;
    for (size_t i = 0; i < log->merged.count; i++)
        bw_result_free(log->merged.items[i]);
    log->merged.count = 0;
}

static void compare_merged(bw_log *log, const Logged *commit) {
    for (size_t i = 0; i < commit->merged.count; i++) {
        bw_result *result;
        const Version *merged = commit->merged.items[i];
        load_version(log, commit->merged.items[i]);
        compare_versions(log, merged, merged->name, commit, &result);
        array_push(log->arena, &log->merged, result);
    }
}

/* The result points into the versions, so it is shown before they are let go. False: enough. */
static bool show_commit(bw_log *log, const bw_log_options *options, const Logged *commit) {
    load_version(log, commit->revision);
    const Logged *from = readable_base(log, commit);
    compare_merged(log, commit);
    if (compare_versions(log, from->base, from->base_name, commit, &log->result) == BW_FAULT)
        log->status = BW_FAULT;
    bw_log_entry entry = {
        .commit = public_text(commit->commit->commit),
        .date = public_text(commit->commit->date),
        .author = public_text(commit->commit->author),
        .subject = public_text(commit->commit->subject),
        .release = public_text(commit->commit->release),
        .result = log->result,
    };
    bool on = options->visit(&entry, options->context);
    free_results(log);
    let_go(commit->base);
    let_go(commit->revision);
    for (size_t i = 0; i < commit->merged.count; i++)
        let_go(commit->merged.items[i]);
    return on;
}

static bool load_recorded(bw_log *log) {
    log->pacts = (Side){.names = log->every.pacts, .name_count = log->every.pact_count};
    log->pacts.next_type_id = PACT_TYPE_IDS;
    log->pacts.provider = text_from(log->every.provider);
    log->pacts.broker = log->every.broker;
    if (!side_has_pacts(&log->pacts))
        return true;
    load_side(&log->pacts, load_pacts);
    if (log->pacts.exhausted)
        arena_exhausted(log->arena);
    gather_diagnostics(&log->diagnostics, &log->pacts);
    return !log->pacts.diagnostics.errors;
}

/* What the config says of the description; its pacts where the caller names none. */
static bool read_log_config(bw_log *log, Repository *repository, Text range, Text path) {
    Text file = text_from(log->every.config);
    if (!file.size && log->every.configured)
        file = config_in_head(log->arena, repository, path);
    const bw_broker *given = log->every.broker;
    Day long_ago = 0; /* what has expired since may have held then */
    log->every.config = NULL;
    log->every.configured = false;
    log->every.broker = given && given->provider ? given : NULL;
    if (!file.size)
        return true;
    log->config = config_read(log->arena, &log->diagnostics.all, file, long_ago);
    if (!log->config)
        return false;
    log->spec = spec_of_past_path(log->arena, log->config, repository, range, path);
    if (!log->spec && log->config->specs.count)
        diagnose(&log->diagnostics.all, CONFIG_NAMES_OTHERS, (Place){0}, TEXT_ARG(file),
                 TEXT_ARG(path));
    if (!log->spec)
        return true;
    set_spec(log->arena, log->spec, &log->every);
    if (log->every.pact_count)
        return true;
    log->every.broker = given;
    if (!set_spec_broker(log->arena, &log->diagnostics.all, log->spec, &log->every))
        return false;
    set_spec_pacts(log->arena, log->spec, &log->every);
    return true;
}

/* Whether a state of the file may refer to others. */
static bool refers_out(bw_log *log, Map *known, Text commit, Text path, ContentId content) {
    char *key = arena_copy(log->arena, content.bytes, sizeof content.bytes);
    if (!path.size || map_get(known, key, sizeof content.bytes))
        return false;
    map_put(known, key, sizeof content.bytes, known);
    log->scratch = arena_new(&log->escape);
    if (!log->scratch)
        arena_exhausted(log->arena);
    Diagnostics unheard = {.arena = log->scratch};
    Source source;
    Text name = text_format(log->scratch, "%.*s:%.*s", TEXT_ARG(commit), TEXT_ARG(path));
    bool refers = source_read(log->scratch, &unheard, name, &source) &&
                  may_refer_out(log->scratch, source.bytes);
    arena_free(log->scratch);
    log->scratch = NULL;
    return refers;
}

/* Whether none of the states of the file does. */
static bool stands_alone(bw_log *log) {
    Map *known = map_new(log->arena);
    for (size_t i = 0; i < log->history.count; i++) {
        const HistoryEntry *entry = &log->history.items[i];
        if (refers_out(log, known, entry->commit, entry->path, entry->content) ||
            refers_out(log, known, entry->parent, entry->parent_path, entry->parent_content))
            return false;
    }
    return true;
}

/* A history's question, of a description that was written anew under another name. */
static Text name_before(void *context, Text parent, Text commit, Text path) {
    bw_log *log = context;
    Diagnostics unheard = {.arena = log->arena};
    PairFinder finder = {
        .arena = log->arena,
        .diagnostics = &unheard,
        .repository = log->repository,
        .base = {SNAPSHOT_COMMIT, parent},
        .revision = {SNAPSHOT_COMMIT, commit},
    };
    return name_on_other_side(&finder, path, false);
}

static bool refers_to_others(void *context, Text parent, Text commit, Text path) {
    bw_log *log = context;
    const Snapshot before = {SNAPSHOT_COMMIT, parent}, after = {SNAPSHOT_COMMIT, commit};
    return !closures_equal(log->closures, &before, &after, path);
}

static void add_commits(bw_log *log, bool alone) {
    for (size_t i = 0; i < log->history.count; i++) {
        const HistoryEntry *entry = &log->history.items[i];
        Logged commit = {
            .commit = entry,
            .base_name = name_of(log->arena, entry->parent, entry->parent_path),
            .revision_name = name_of(log->arena, entry->commit, entry->path),
        };
        commit.base =
            version_of(log, entry->parent, entry->parent_path, entry->parent_content, alone);
        commit.revision = version_of(log, entry->commit, entry->path, entry->content, alone);
        if (!commit.revision->left_by)
            commit.revision->left_by = commit.revision_name;
        for (size_t j = 0; j < entry->merged.count; j++) {
            const HistoryState *state = &entry->merged.items[j];
            Version *merged = version_of(log, state->commit, state->path, state->content, alone);
            array_push(log->arena, &commit.merged, merged);
        }
        array_push(log->arena, &log->commits, commit);
    }
}

static void tell_unmet(bw_log *log) {
    const Side **sides = arena_new_array(log->arena, log->versions.count, const Side *);
    size_t count = 0;
    for (size_t i = 0; i < log->versions.count; i++)
        if (log->versions.items[i]->loaded)
            sides[count++] = &log->versions.items[i]->side;
    tell_unmet_prefixes(sides, count, 0, count ? log->every.strip_prefix_count : 0,
                        &log->diagnostics.all);
}

static void run_log(bw_log *log, const bw_log_options *options) {
    Diagnostics *diagnostics = &log->diagnostics.all;
    log->by_content = map_new(log->arena);
    log->status = BW_INVALID_INPUT;
    log->every = options->every;
    Repository *repository = repository_open(log->arena, diagnostics, "log");
    if (!repository)
        return;
    log->repository = repository;
    log->closures = closures_new(log->arena, repository);
    Text path = repository_path(log->arena, repository, text_from(options->spec));
    if (!path.data) {
        diagnose(diagnostics, CONFIG_SPEC_OUTSIDE, (Place){0}, (int)strlen(options->spec),
                 options->spec);
        return;
    }
    Text range = text_from(options->range);
    if (!read_log_config(log, repository, range, path) || !load_recorded(log))
        return;
    HistoryNames names = {name_before, refers_to_others, log};
    if (!repository_history(repository, diagnostics, range, path, false, &names, &log->history))
        return;
    bool alone = log->history.count && stands_alone(log);
    log->history.count = alone ? log->history.count : 0;
    if (!alone &&
        !repository_history(repository, diagnostics, range, path, true, &names, &log->history))
        return;
    if (!log->history.count) {
        Text submodule = repository_submodule_of(repository, path);
        if (submodule.size)
            diagnose(diagnostics, GIT_HISTORY_IN_SUBMODULE, (Place){0}, TEXT_ARG(path),
                     TEXT_ARG(submodule), (int)(path.size - submodule.size - 1),
                     path.data + submodule.size + 1);
        else
            diagnose(diagnostics, GIT_NO_HISTORY, (Place){0}, TEXT_ARG(path));
        return;
    }
    log->status = BW_OK;
    add_commits(log, alone);
    for (size_t i = 0; i < log->commits.count; i++)
        if (!show_commit(log, options, &log->commits.items[i]))
            return;
    tell_unmet(log);
    diagnose(diagnostics, LOG_READ, (Place){0}, TEXT_ARG(path), log->commits.count, log->loaded);
}

/* ---- public ---------------------------------------------------------------------------------- */

bw_status bw_log_run(const bw_log_options *options, bw_log **log) {
    *log = NULL;
    if (options->version != BW_LOG_OPTIONS_VERSION || !options->spec || !options->visit)
        return BW_WRONG_USAGE;
    bw_log *running = calloc(1, sizeof *running);
    if (!running)
        return BW_FAULT;
    if (setjmp(running->escape.point)) {
        bw_log_free(running);
        return BW_FAULT;
    }
    running->arena = arena_new(&running->escape);
    if (!running->arena) {
        bw_log_free(running);
        return BW_FAULT;
    }
    running->diagnostics.all.arena = running->arena;
    run_log(running, options);
    *log = running;
    return running->status;
}

const bw_diagnostics *bw_log_diagnostics(const bw_log *log) {
    return &log->diagnostics;
}

void bw_log_free(bw_log *log) {
    if (!log)
        return;
    free_results(log);
    for (size_t i = 0; i < log->versions.count; i++)
        if (log->versions.items[i]->loaded)
            arena_free(log->versions.items[i]->side.arena);
    arena_free(log->pacts.arena);
    arena_free(log->scratch);
    arena_free(log->arena);
    free(log);
}
