/* The public functions of the config: a thin cover, like library.c. */
#include "described.h"
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

static bool list_paths(bw_edit *edit, const void *config) {
    Buffer out = {.arena = edit->arena};
    Described described;
    if (!describe(edit->arena, &edit->diagnostics.all, text_from(config), &described))
        return false;
    Paths all = described.named;
    described_parts(&described, &all);
    for (array_each(const Text, path, &all))
        buffer_format(&out, "%.*s\n", TEXT_ARG(*path));
    edit->text = buffer_text(&out);
    return true;
}

bw_status bw_config_paths(const char *config, bw_edit **edit) {
    return edit_make(list_paths, config, edit);
}
