#include "configs.h"

#include "source/path.h"

static bool is_config(Text path) {
    return text_equal(path_name(path), TEXT(CONFIG_NAME));
}

static void add_file(PairFinder *finder, ConfigFiles *files, Text path, Text name) {
    for (size_t i = 0; i < files->count; i++)
        if (path.data && text_equal(files->items[i].path, path))
            return;
    ConfigFile file = {path, name};
    array_push(finder->arena, files, file);
}

/* A file that is named counts as it is staged, where that is judged and it is staged at all. */
static void add_named(PairFinder *finder, ConfigFiles *files, Text name) {
    const Snapshot *revision = &finder->revision;
    bool git = !source_exists(finder->arena, name);
    Text path = git ? (Text){0} : repository_path(finder->arena, finder->repository, name);
    if (path.data && revision->kind == SNAPSHOT_INDEX && is_in(finder, revision, path))
        name = source_name(finder, revision, path);
    add_file(finder, files, path, name);
}

/* The folder of the repository in which we are: "" or "services/users". */
static Text folder_here(const PairFinder *finder) {
    return path_folder(repository_path(finder->arena, finder->repository, TEXT("x")));
}

static bool add_all(PairFinder *finder, ConfigFiles *files, Text folder) {
    const Paths *paths = paths_of(finder, &finder->revision);
    for (size_t i = 0; paths && i < paths->count; i++) {
        Text path = paths->items[i];
        if (is_config(path) && (!folder.size || path_is_beneath(path, folder)))
            add_file(finder, files, path, source_name(finder, &finder->revision, path));
    }
    return paths != NULL;
}

static void add_gone(PairFinder *finder, ConfigFiles *files) {
    const PathChanges *changes = finder->base.kind == SNAPSHOT_NOTHING ? NULL : changes_of(finder);
    for (size_t i = 0; changes && i < changes->count; i++)
        if (!changes->items[i].to.size && is_config(changes->items[i].from))
            add_file(finder, files, changes->items[i].from, (Text){0});
}

bool find_config_files(const bw_check_options *options, PairFinder *finder, ConfigFiles *files) {
    bool bare = repository_is_bare(finder->repository);
    if (options->every.config) {
        add_named(finder, files, text_from(options->every.config));
        return true;
    }
    Text nearest = bare ? (Text){0} : config_find(finder->arena);
    if (options->all_configs) {
        if (!add_all(finder, files, (Text){0}))
            return false;
        add_gone(finder, files);
    }
    if (nearest.size)
        add_named(finder, files, nearest); /* unless it is there already */
    return files->count || options->all_configs ||
           add_all(finder, files, bare ? (Text){0} : folder_here(finder));
}
