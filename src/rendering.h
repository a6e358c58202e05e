/* Owns how the public functions write something out: by a rendering into an arena of its own.
 * Gives what the files behind include/breakwater.h share. Knows nothing of what is written.
 */
#ifndef BREAKWATER_RENDERING_H
#define BREAKWATER_RENDERING_H

#include "flow.h"
#include "report/report.h"

static inline bw_text public_text(Text text) {
    return (bw_text){text.size ? text.data : "", text.size};
}

static inline bw_compatibility public_compatibility(Compatibility compatibility) {
    return compatibility == BREAKING      ? BW_BREAKING
           : compatibility == CONDITIONAL ? BW_CONDITIONAL
                                          : BW_COMPATIBLE;
}

/* One way of writing something: what `render` gives for `subject`. */
typedef struct Rendering {
    Text (*render)(Arena *arena, const struct Rendering *rendering);
    const void *subject;
    size_t index;
    TextLayout layout;
} Rendering;

/* NULL: as BW_LAYOUT_INIT. False: of an unknown version. */
bool set_layout(Rendering *rendering, const bw_layout *layout);

/* In an arena of its own, so that what is written stays as it was and may be written again. */
bw_status write_rendering(const Rendering *rendering, bw_sink sink, void *context);

#endif
