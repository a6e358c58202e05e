/* The public functions of the config: a thin cover, like library.c. */
#include "edit.h"

#include "source/repository.h"

bool bw_config_find(char *path, size_t size) {
    MemoryEscape escape;
    Arena *volatile arena = NULL;
    if (setjmp(escape.point)) {
        arena_free(arena);
        return false;
    }
    arena = arena_new(&escape);
    if (!arena)
        return false;
    Text found = config_find(arena);
    bool fits = found.size && found.size < size;
    if (fits)
        memcpy(path, found.data, found.size + 1);
    arena_free(arena);
    return fits;
}

static bool list_paths(bw_edit *edit, const void *options) {
    (void)options;
    Arena *arena = edit->arena;
    Diagnostics *diagnostics = &edit->diagnostics.all;
    Repository *repository = repository_find(arena);
    Buffer out = {.arena = arena};
    Day long_ago = 0; /* what has expired is no matter here */
    Text file = config_find(arena);
    const Config *config = file.size ? config_read(arena, diagnostics, file, long_ago) : NULL;
    for (size_t i = 0; config && repository && i < config->specs.count; i++)
        for (size_t j = 0; j < config->specs.items[i].paths.count; j++) {
            Text given = config->specs.items[i].paths.items[j];
            Text path = repository_path(arena, repository, given);
            if (path.data)
                buffer_format(&out, "%.*s\n", TEXT_ARG(path));
        }
    edit->text = buffer_text(&out);
    return config && repository;
}

bw_status bw_config_paths(bw_edit **edit) {
    return edit_make(list_paths, NULL, edit);
}
