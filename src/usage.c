/* The flow of `usage` is one function, `use` below: load, load, find who uses what. Behind it stand
 * the public functions that lead to it.
 */
#include "rendering.h"

#include "impact/impact.h"

#include <stdlib.h>

/* The run's arena points into those of the sides, so it is freed first. */
struct bw_usage {
    Side description, pacts;
    MemoryEscape escape;
    Arena *run;
    bw_diagnostics diagnostics;
    UsageReport *report; /* NULL: an input was invalid, and the diagnostics say how */
};

static void use(bw_usage *usage, const bw_usage_options *options) {
    Side *description = &usage->description, *pacts = &usage->pacts;
    load_side(description, load_description);
    load_side(pacts, load_pacts);
    if (description->exhausted || pacts->exhausted)
        arena_exhausted(usage->run);
    gather_diagnostics(&usage->diagnostics, description);
    gather_diagnostics(&usage->diagnostics, pacts);
    if (usage->diagnostics.all.errors || !description->api)
        return;
    UsageOptions using = {
        .unused_only = options->unused_only,
        .provider_base_path = text_from(options->provider_base_path),
    };
    UsageReport *report = usage_of(usage->run, description->api, &pacts->expectations, &using);
    report->source = description->root->source.name;
    usage->report = report;
}

/* ---- public ---------------------------------------------------------------------------------- */

/* Ids of Types are unique in a run. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

static bool names_input_twice(const bw_usage_options *options) {
    int count = strcmp(options->spec, "-") == 0;
    for (size_t i = 0; i < options->pact_count; i++)
        count += strcmp(options->pacts[i], "-") == 0;
    return count > 1;
}

/* Everything that may run out of memory, whose way out is bw_usage_load's. */
static bw_status fill(bw_usage *usage, const bw_usage_options *options) {
    usage->run = arena_new(&usage->escape);
    if (!usage->run)
        longjmp(usage->escape.point, 1);
    Diagnostics *diagnostics = &usage->diagnostics.all;
    diagnostics->arena = usage->run;
    if (names_input_twice(options)) {
        diagnose(diagnostics, INPUT_TWICE, (Place){0}, "-");
        return BW_WRONG_USAGE;
    }
    use(usage, options);
    return usage->report ? BW_OK : BW_INVALID_INPUT;
}

bw_status bw_usage_load(const bw_usage_options *options, bw_usage **usage) {
    *usage = NULL;
    if (options->version != BW_USAGE_OPTIONS_VERSION || !options->spec ||
        (!options->pact_count && !options->broker))
        return BW_WRONG_USAGE;
    bw_usage *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    LoadOptions load = {.allow_unresolved = options->allow_unresolved};
    filled->description = (Side){.names = &options->spec,
                                 .name_count = 1,
                                 .load = load,
                                 .allow_remote = options->allow_remote};
    filled->pacts = (Side){
        .names = options->pacts, .name_count = options->pact_count, .broker = options->broker};
    filled->pacts.next_type_id = TYPE_IDS_OF_A_SIDE;
    if (setjmp(filled->escape.point)) {
        bw_usage_free(filled);
        return BW_FAULT;
    }
    bw_status status = fill(filled, options);
    *usage = filled;
    return status;
}

const bw_diagnostics *bw_usage_diagnostics(const bw_usage *usage) {
    return &usage->diagnostics;
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
    arena_free(usage->run);
    arena_free(usage->pacts.arena);
    arena_free(usage->description.arena);
    free(usage);
}
