/* The public functions of the config: a thin cover, like library.c. */
#include "flow.h"

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
