/* Owns a text that the library has made for a file and the caller writes: the public `bw_edit`.
 * Knows nothing of what is in it.
 */
#ifndef BREAKWATER_EDIT_H
#define BREAKWATER_EDIT_H

#include "flow.h"

struct bw_edit {
    MemoryEscape escape;
    Arena *arena;
    bw_diagnostics diagnostics;
    Text text;
};

/* Makes an edit by `make`, which gives false where it was diagnosed that there is none. */
bw_status edit_make(bool (*make)(bw_edit *edit, const void *options), const void *options,
                    bw_edit **edit);

#endif
