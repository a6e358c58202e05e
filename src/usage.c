/* The flow of `usage` is one function, `use` below: load both, find who uses what. Behind it stand
 * the public functions that lead to it.
 */
#include "inputs.h"
#include "rendering.h"

#include "impact/impact.h"

#include <stdlib.h>

struct bw_usage {
    Inputs inputs;
    UsageReport *report; /* NULL: an input was invalid, and the diagnostics say how */
};

static bw_status use(bw_usage *usage, const bw_usage_options *options) {
    Inputs *inputs = &usage->inputs;
    bw_status status = inputs_load(inputs);
    if (status != BW_OK)
        return status;
    UsageOptions using = {
        .unused_only = options->unused_only,
        .provider_base_path = text_from(options->recorded.provider_base_path),
    };
    usage->report =
        usage_of(inputs->run, inputs->description.api, &inputs->pacts.expectations, &using);
    usage->report->source = inputs->description.root->source.name;
    return BW_OK;
}

/* ---- public ---------------------------------------------------------------------------------- */

bw_status bw_usage_load(const bw_usage_options *options, bw_usage **usage) {
    *usage = NULL;
    if (options->version != BW_USAGE_OPTIONS_VERSION || !recorded_is_named(&options->recorded))
        return BW_WRONG_USAGE;
    bw_usage *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    inputs_name(&filled->inputs, &options->recorded);
    if (setjmp(filled->inputs.escape.point)) {
        bw_usage_free(filled);
        return BW_FAULT;
    }
    bw_status status = use(filled, options);
    *usage = filled;
    return status;
}

const bw_diagnostics *bw_usage_diagnostics(const bw_usage *usage) {
    return &usage->inputs.diagnostics;
}

static Text render_text(Arena *arena, const Rendering *rendering) {
    return usage_text(arena, rendering->subject, &rendering->layout);
}

static Text render_json(Arena *arena, const Rendering *rendering) {
    return usage_json(arena, rendering->subject);
}

static Text render_markdown(Arena *arena, const Rendering *rendering) {
    return usage_markdown(arena, rendering->subject);
}

bw_status bw_usage_write(const bw_usage *usage, bw_usage_format format, const bw_layout *layout,
                         bw_sink sink, void *context) {
    Text (*const renders[])(Arena *, const Rendering *) = {
        [BW_USAGE_TEXT] = render_text,
        [BW_USAGE_JSON] = render_json,
        [BW_USAGE_MARKDOWN] = render_markdown,
    };
    if (!usage->report)
        return BW_INVALID_INPUT;
    if ((unsigned)format >= sizeof renders / sizeof *renders)
        return BW_WRONG_USAGE;
    Rendering rendering = {renders[format], usage->report, 0, {0}};
    if (!set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}

void bw_usage_free(bw_usage *usage) {
    if (!usage)
        return;
    inputs_free(&usage->inputs);
    free(usage);
}
