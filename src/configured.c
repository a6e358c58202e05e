#include "configured.h"

#include "pairs.h"
#include "settings.h"

#include "source/path.h"
#include "source/source.h"
#include "support/glob.h"

const ConfigSpec *spec_of_path(Arena *arena, const Config *config, const Repository *repository,
                               Text path) {
    for (size_t i = 0; i < config->specs.count; i++) {
        const ConfigSpec *spec = &config->specs.items[i];
        for (size_t j = 0; j < spec->paths.count; j++) {
            Text named = repository_path(arena, repository, spec->paths.items[j]);
            if (named.data && glob_takes(named, path, '/'))
                return spec;
        }
    }
    return NULL;
}

/* The last commit of "v1..v2", "v2" or nothing. */
static Text end_of_range(Text range) {
    for (size_t i = 0; i + 1 < range.size; i++)
        if (range.data[i] == '.' && range.data[i + 1] == '.') {
            size_t end = i + 2 + (i + 2 < range.size && range.data[i + 2] == '.');
            range = text_slice(range, end, range.size);
            break;
        }
    return range.size ? range : TEXT("HEAD");
}

const ConfigSpec *spec_of_past_path(Arena *arena, const Config *config, Repository *repository,
                                    Text range, Text path) {
    const ConfigSpec *spec = spec_of_path(arena, config, repository, path);
    Diagnostics unheard = {.arena = arena};
    PairFinder finder = {.arena = arena, .diagnostics = &unheard, .repository = repository};
    if (spec ||
        !repository_fork_point(repository, &unheard, end_of_range(range), true, &finder.base))
        return spec;
    finder.revision = (Snapshot){.kind = SNAPSHOT_FILES};
    if (repository_is_bare(repository))
        finder.revision = repository_head(repository);
    if (!is_in(&finder, &finder.base, path) || is_in(&finder, &finder.revision, path))
        return NULL;
    Text now = name_on_other_side(&finder, path, true);
    return now.size ? spec_of_path(arena, config, repository, now) : NULL;
}

Text config_in_head(Arena *arena, Repository *repository, Text path) {
    const Snapshot head = repository_head(repository);
    for (Text folder = path; repository_is_bare(repository) && folder.size;) {
        folder = path_folder(folder);
        Text file = path_join(arena, folder, TEXT(CONFIG_NAME));
        if (!content_id_is_none(repository_content_id(repository, &head, file)))
            return repository_source_name(repository, &head, file);
    }
    return (Text){0};
}

void set_spec_pacts(Arena *arena, const ConfigSpec *spec, bw_compare_options *compare) {
    const char **pacts = arena_new_array(arena, spec->pacts.count, const char *);
    for (size_t i = 0; i < spec->pacts.count; i++)
        pacts[i] = spec->pacts.items[i].data;
    compare->pacts = pacts;
    compare->pact_count = spec->pacts.count;
}

/* The config of a folder (from the root) or the next above, as seen from here; *folder is where it
 * was found. Empty: there is none. */
static Text config_above(Arena *arena, const Repository *repository, Text *folder) {
    for (;; *folder = path_folder(*folder)) {
        Text path = path_join(arena, *folder, TEXT(CONFIG_NAME));
        Text file = repository_path_from_here(repository, path);
        if (source_exists(arena, file))
            return file;
        if (!folder->size)
            return (Text){0};
    }
}

/* False: a config can't be read, which is diagnosed. */
static bool find_config(bw_result *result, const Repository *repository, Text path, Text before) {
    Arena *run = result->run;
    Day long_ago = 0; /* what has expired since may have held then */
    Text folder = path_folder(path), file;
    while ((file = config_above(run, repository, &folder)).size) {
        Config *config = config_read(run, &result->diagnostics.all, file, long_ago);
        if (!config)
            return false;
        const ConfigSpec *spec = spec_of_path(run, config, repository, path);
        if (!spec && before.size)
            spec = spec_of_path(run, config, repository, before);
        if (spec || !result->config)
            result->config = config;
        result->spec = spec;
        if (spec || !folder.size)
            break;
        folder = path_folder(folder);
    }
    return true;
}

/* The path from the root of what is shown as a file or is one of the repository. */
static Text path_of(Repository *repository, const char *shown, const char *name) {
    return repository_path_of_source(repository, text_from(shown ? shown : name));
}

bool configure(bw_result *result, bw_compare_options *compare) {
    Arena *run = result->run;
    Repository *repository = repository_find(run);
    if (!repository || repository_is_bare(repository))
        return true;
    Text path = path_of(repository, compare->revision_shown, compare->revision);
    if (!path.data)
        return true;
    if (!find_config(result, repository, path,
                     path_of(repository, compare->base_shown, compare->base)))
        return false;
    const ConfigSpec *spec = result->spec;
    if (!spec)
        return true;
    set_spec(run, spec, compare);
    set_spec_pacts(run, spec, compare);
    if (spec->asks_broker) /* who is hurt is not known here */
        compare->policy = BW_POLICY_ANY_CONSUMER;
    return true;
}
