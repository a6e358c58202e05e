/* The public functions of the config: a thin cover, like library.c. */
#include "edit.h"

#include "source/path.h"
#include "source/repository.h"

/* Gives what `find` finds, by a copy. */
static bool find_into(char *path, size_t size, Text (*find)(Arena *arena)) {
    MemoryEscape escape;
    Arena *volatile arena = NULL;
    if (setjmp(escape.point)) {
        arena_free(arena);
        return false;
    }
    arena = arena_new(&escape);
    if (!arena)
        return false;
    Text found = find(arena);
    bool fits = found.data && found.size < size;
    if (fits) {
        memcpy(path, found.data, found.size);
        path[found.size] = '\0';
    }
    arena_free(arena);
    return fits;
}

bool bw_config_find(char *path, size_t size) {
    return find_into(path, size, config_find);
}

static Text find_folder(Arena *arena) {
    Repository *repository = repository_find(arena);
    bool bare = !repository || repository_is_bare(repository);
    Text beside = bare ? (Text){0} : repository_path(arena, repository, TEXT("x"));
    return beside.data ? text_slice(beside, 0, path_folder(beside).size) : beside;
}

bool bw_folder_find(char *path, size_t size) {
    return find_into(path, size, find_folder);
}

static void list_paths_of(bw_edit *edit, Repository *repository, Text file, Buffer *out) {
    Day long_ago = 0; /* what has expired is no matter here */
    const Config *config = config_read(edit->arena, &edit->diagnostics.all, file, long_ago);
    for (size_t i = 0; config && i < config->specs.count; i++)
        for (size_t j = 0; j < config->specs.items[i].paths.count; j++) {
            Text given = config->specs.items[i].paths.items[j];
            Text path = repository_path(edit->arena, repository, given);
            if (path.data)
                buffer_format(out, "%.*s\n", TEXT_ARG(path));
        }
}

static bool list_paths(bw_edit *edit, const void *config) {
    Snapshot files = {.kind = SNAPSHOT_FILES};
    Paths paths = {0};
    Buffer out = {.arena = edit->arena};
    Diagnostics *diagnostics = &edit->diagnostics.all;
    Repository *repository = repository_open(edit->arena, diagnostics, "hook");
    if (repository && config) {
        list_paths_of(edit, repository, text_from(config), &out);
        edit->text = buffer_text(&out);
        return !diagnostics->errors;
    }
    if (!repository || !repository_list(repository, diagnostics, &files, &paths))
        return false;
    for (size_t i = 0; i < paths.count; i++) {
        if (!text_equal(path_name(paths.items[i]), TEXT(CONFIG_NAME)))
            continue;
        list_paths_of(edit, repository, repository_path_from_here(repository, paths.items[i]),
                      &out);
    }
    edit->text = buffer_text(&out);
    return true;
}

bw_status bw_config_paths(const char *config, bw_edit **edit) {
    return edit_make(list_paths, config, edit);
}
