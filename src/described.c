#include "described.h"

#include "contents.h"

#include "config/config.h"
#include "source/path.h"
#include "support/glob.h"
#include "support/map.h"

static const Snapshot here = {.kind = SNAPSHOT_FILES};

static bool is_description(const Described *described, Text path) {
    Source source = {.name = path, .file = path, .path = path};
    return repository_read(described->repository, &here, path, &source.bytes) &&
           contents_of(described->arena, &source) == CONTENTS_DESCRIPTION;
}

static void add_named(Described *described, Text path) {
    array_push(described->arena, &described->named, path);
    if (glob_is_plain(path))
        array_push(described->arena, &described->roots, path);
    for (size_t i = 0; !glob_is_plain(path) && i < described->files.count; i++) {
        Text file = described->files.items[i];
        if (glob_takes(path, file, '/') && is_description(described, file))
            array_push(described->arena, &described->roots, file);
    }
}

static bool read_config(Described *described, Diagnostics *diagnostics, Text file) {
    Day long_ago = 0; /* what has expired is no matter here */
    const Config *config = config_read(described->arena, diagnostics, file, long_ago);
    for (size_t i = 0; config && i < config->specs.count; i++)
        for (size_t j = 0; j < config->specs.items[i].paths.count; j++) {
            Text path = repository_path(described->arena, described->repository,
                                        config->specs.items[i].paths.items[j]);
            if (path.data)
                add_named(described, path);
        }
    return config != NULL;
}

bool describe(Arena *arena, Diagnostics *diagnostics, Text config, Described *described) {
    *described = (Described){.arena = arena};
    described->repository = repository_open(arena, diagnostics, "hook");
    if (!described->repository ||
        !repository_list(described->repository, diagnostics, &here, &described->files))
        return false;
    described->closures = closures_new(arena, described->repository);
    if (config.size)
        return read_config(described, diagnostics, config);
    for (array_each(const Text, path, &described->files))
        if (text_equal(path_name(*path), TEXT(CONFIG_NAME)))
            read_config(described, diagnostics,
                        repository_path_from_here(described->repository, *path));
    return true;
}

/* The folder of a part holds others like it, now or later; the root holds all kinds of files. */
static Text glob_of(Arena *arena, Text part) {
    Text folder = path_folder(part), name = path_name(part);
    size_t dot = name.size;
    while (dot && name.data[dot - 1] != '.')
        dot--;
    if (!folder.size || !dot)
        return part;
    return text_format(arena, "%.*s/*.%.*s", TEXT_ARG(folder), (int)(name.size - dot),
                       name.data + dot);
}

void described_parts(Described *described, Paths *globs) {
    Map *known = map_new(described->arena);
    Paths files = {0};
    for (array_each(const Text, root, &described->roots))
        map_put_text(known, *root, described);
    for (array_each(const Text, root, &described->roots))
        closures_files(described->closures, &here, *root, &files);
    for (array_each(const Text, file, &files)) {
        Text glob = glob_of(described->arena, *file);
        if (map_get_text(known, *file) || map_get_text(known, glob))
            continue;
        map_put_text(known, glob, described);
        array_push(described->arena, globs, glob);
    }
}
