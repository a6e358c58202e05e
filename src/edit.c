#include "edit.h"

#include "rendering.h"

#include <stdlib.h>

bw_status edit_make(bool (*make)(bw_edit *edit, const void *options), const void *options,
                    bw_edit **edit) {
    *edit = NULL;
    bw_edit *made = calloc(1, sizeof *made);
    if (!made)
        return BW_FAULT;
    if (setjmp(made->escape.point)) {
        bw_edit_free(made);
        return BW_FAULT;
    }
    made->arena = arena_new(&made->escape);
    if (!made->arena) {
        bw_edit_free(made);
        return BW_FAULT;
    }
    made->diagnostics.all.arena = made->arena;
    *edit = made;
    return make(made, options) ? BW_OK : BW_INVALID_INPUT;
}

const bw_diagnostics *bw_edit_diagnostics(const bw_edit *edit) {
    return &edit->diagnostics;
}

bw_text bw_edit_text(const bw_edit *edit) {
    return public_text(edit->text);
}

void bw_edit_free(bw_edit *edit) {
    if (!edit)
        return;
    arena_free(edit->arena);
    free(edit);
}
