#include "source/patch.h"

#include "source/git.h"

#include <git2.h>

/* Memory may run out in the arena, so what libgit2 holds is in its care. */
typedef struct Made {
    git_patch *patch;
    git_buf text;
    bool started;
} Made;

static void let_go(void *resource) {
    Made *made = resource;
    git_buf_dispose(&made->text);
    git_patch_free(made->patch);
    if (made->started)
        git_libgit2_shutdown();
}

bool patch_add(Buffer *out, Text old_name, Text old_bytes, Text new_name, Text new_bytes) {
    Arena *arena = out->arena;
    Made *made = arena_new_object(arena, Made);
    const char *old = text_copy(arena, old_name).data, *new = text_copy(arena, new_name).data;
    arena_on_free(arena, let_go, made);
    made->started = git_start();
    if (!made->started ||
        git_patch_from_buffers(&made->patch, old_bytes.data, old_bytes.size, old, new_bytes.data,
                               new_bytes.size, new, NULL) != 0 ||
        git_patch_to_buf(&made->text, made->patch) != 0)
        return false;
    buffer_add(out, (Text){made->text.ptr, made->text.size});
    return true;
}
