#include "rendering.h"

bool set_layout(Rendering *rendering, const bw_layout *layout) {
    bw_layout standard = BW_LAYOUT_INIT;
    if (!layout)
        layout = &standard;
    rendering->layout = (TextLayout){.width = layout->width,
                                     .colour = layout->colour,
                                     .version = BW_VERSION,
                                     .all = layout->all,
                                     .places = layout->places,
                                     .folds = layout->folds,
                                     .folder = text_from(layout->folder)};
    return layout->version == BW_LAYOUT_VERSION;
}

bw_status write_rendering(const Rendering *rendering, bw_sink sink, void *context) {
    MemoryEscape escape;
    Arena *volatile arena = NULL;
    if (setjmp(escape.point)) {
        arena_free(arena);
        return BW_FAULT;
    }
    arena = arena_new(&escape);
    if (!arena)
        return BW_FAULT;
    Text text = rendering->render(arena, rendering);
    bool written = sink(text.data, text.size, context);
    arena_free(arena);
    return written ? BW_OK : BW_FAULT;
}
