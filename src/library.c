/* The public functions of include/breakwater.h, in the order of their sections there: a thin cover
 * that keeps memory's escape inside and turns what is inside outward.
 */
#include "configured.h"
#include "example.h"
#include "rendering.h"
#include "ruleset.h"
#include "settings.h"

#include "report/printable.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- support --------------------------------------------------------------------------------- */

const char *bw_version(void) {
    return BW_VERSION;
}

bool bw_to_file(const char *data, size_t size, void *file) {
    return size == 0 || fwrite(data, 1, size, file) == size;
}

/* ---- documents ------------------------------------------------------------------------------- */

static const char *const diagnostic_names[] = {
#define DIAGNOSTIC(id, severity, format) #id,
#include "support/diagnostic.def"
#undef DIAGNOSTIC
};

static bw_place public_place(Place place, Text pointer) {
    return (bw_place){public_text(place.file), place.line, place.column, public_text(pointer)};
}

size_t bw_diagnostics_count(const bw_diagnostics *diagnostics) {
    return diagnostics->all.list.count;
}

bool bw_diagnostics_get(const bw_diagnostics *diagnostics, size_t index,
                        bw_diagnostic *diagnostic) {
    static const bw_severity severities[] = {BW_ERROR, BW_WARNING, BW_NOTE};
    if (index >= diagnostics->all.list.count)
        return false;
    const Diagnostic *inner = &diagnostics->all.list.items[index];
    *diagnostic = (bw_diagnostic){
        .severity = severities[inner->severity],
        .id = diagnostic_names[inner->id],
        .message = public_text(inner->message),
        .place = public_place(inner->place, (Text){0}),
        .second_label = public_text(inner->second_label),
        .second_place = public_place(inner->second_place, (Text){0}),
    };
    return true;
}

static Text render_diagnostic(Arena *arena, const Rendering *rendering) {
    Buffer out = {.arena = arena};
    diagnostic_render(rendering->subject, &out);
    return text_printable(arena, buffer_text(&out), true);
}

bw_status bw_diagnostics_write(const bw_diagnostics *diagnostics, size_t index, bw_sink sink,
                               void *context) {
    if (index >= diagnostics->all.list.count)
        return BW_WRONG_USAGE;
    Rendering rendering = {render_diagnostic, &diagnostics->all.list.items[index], 0, {0}};
    return write_rendering(&rendering, sink, context);
}

/* ---- graph ----------------------------------------------------------------------------------- */

struct bw_graph {
    Side side;
    bw_diagnostics diagnostics;
};

bw_status bw_graph_load(const bw_graph_options *options, bw_graph **graph) {
    *graph = NULL;
    if (options->version != BW_GRAPH_OPTIONS_VERSION || !options->spec)
        return BW_WRONG_USAGE;
    bw_graph *loaded = calloc(1, sizeof *loaded);
    if (!loaded)
        return BW_FAULT;
    loaded->side.names = &options->spec;
    loaded->side.name_count = 1;
    loaded->side.load.allow_unresolved = options->allow_unresolved;
    loaded->side.allow_remote = options->allow_remote;
    load_side(&loaded->side, load_description);
    if (loaded->side.exhausted) {
        bw_graph_free(loaded);
        return BW_FAULT;
    }
    loaded->diagnostics.all = loaded->side.diagnostics;
    if (loaded->diagnostics.all.errors)
        loaded->side.api = NULL;
    *graph = loaded;
    return loaded->side.api ? BW_OK : BW_INVALID_INPUT;
}

const bw_diagnostics *bw_graph_diagnostics(const bw_graph *graph) {
    return &graph->diagnostics;
}

static Text render_graph_json(Arena *arena, const Rendering *rendering) {
    return graph_json(arena, rendering->subject);
}

static Text render_graph_dot(Arena *arena, const Rendering *rendering) {
    return graph_dot(arena, rendering->subject);
}

bw_status bw_graph_write(const bw_graph *graph, bw_graph_format format, bw_sink sink,
                         void *context) {
    if (!graph->side.api)
        return BW_INVALID_INPUT;
    Rendering rendering = {
        format == BW_GRAPH_DOT ? render_graph_dot : render_graph_json, graph->side.api, 0, {0}};
    return write_rendering(&rendering, sink, context);
}

void bw_graph_free(bw_graph *graph) {
    if (!graph)
        return;
    arena_free(graph->side.arena);
    free(graph);
}

/* ---- impact ---------------------------------------------------------------------------------- */

/* Ids of Types are unique in a run although the sides are loaded at the same time. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

/* Standard input can be read once. */
static bool names_input_twice(const bw_compare_options *options) {
    int count = (strcmp(options->base, "-") == 0) + (strcmp(options->revision, "-") == 0);
    for (size_t i = 0; i < options->pact_count; i++)
        count += strcmp(options->pacts[i], "-") == 0;
    return count > 1;
}

/* One list of both, in the run's arena. */
static const char *const *joined(Arena *run, const char *first, const char *const *more,
                                 size_t count) {
    const char **names = arena_new_array(run, count + 1, const char *);
    names[0] = first;
    for (size_t i = 0; i < count; i++)
        names[i + 1] = more[i];
    return names;
}

/* Without a provider it is there for what a config wants of it. */
static bool wants_broker(const bw_compare_options *options) {
    return options->broker && options->broker->provider;
}

static void set_sides(bw_result *result, const bw_compare_options *options) {
    Arena *run = result->run;
    LoadOptions load = {.allow_unresolved = options->allow_unresolved};
    result->base = (Side){.load = load,
                          .allow_remote = options->allow_remote,
                          .name_count = 1 + options->more_base_count};
    result->revision = (Side){.load = load,
                              .allow_remote = options->allow_remote,
                              .name_count = 1 + options->more_revision_count};
    result->base.names = joined(run, options->base, options->more_base, options->more_base_count);
    result->revision.names =
        joined(run, options->revision, options->more_revision, options->more_revision_count);
    result->base.shown = options->base_shown;
    result->revision.shown = options->revision_shown;
    set_prefixes(run, options, &result->base);
    set_prefixes(run, options, &result->revision);
    result->pacts = (Side){.names = options->pacts,
                           .name_count = options->pact_count,
                           .load = load,
                           .broker = wants_broker(options) ? options->broker : NULL};
    result->pacts.provider = text_from(options->provider);
    result->revision.next_type_id = TYPE_IDS_OF_A_SIDE;
    result->pacts.next_type_id = 2u * TYPE_IDS_OF_A_SIDE;
}

static void borrow(Side *side, const Side *given) {
    if (!given)
        return;
    *side = *given;
    side->borrowed = true;
}

/* Everything that may run out of memory, whose way out is bw_compare's. */
static bw_status fill(bw_result *result, const bw_compare_options *given_options,
                      const Given *given) {
    result->run = arena_new(&result->escape);
    if (!result->run)
        longjmp(result->escape.point, 1);
    result->diagnostics.all.arena = result->run;
    bw_compare_options *options = arena_new_object(result->run, bw_compare_options);
    *options = *given_options;
    if (options->configured && !configure(result, options))
        return BW_INVALID_INPUT;
    set_sides(result, options);
    borrow(&result->base, given->base);
    borrow(&result->revision, given->revision);
    borrow(&result->pacts, given->pacts);
    if (names_input_twice(options)) {
        diagnose(&result->diagnostics.all, INPUT_TWICE, (Place){0}, "-");
        return BW_WRONG_USAGE;
    }
    VerdictReport *report = compare(result, options);
    for (size_t i = 0; report && i < given->merged_count; i++)
        if (given->merged[i]->report)
            keep_common(report, given->merged[i]->report);
    if (!report)
        return BW_INVALID_INPUT;
    return report->orphans.count ? BW_FAULT : BW_OK;
}

bw_status bw_compare(const bw_compare_options *options, bw_result **result) {
    return compare_by(options, &(Given){0}, result);
}

bw_status compare_by(const bw_compare_options *options, const Given *given, bw_result **result) {
    *result = NULL;
    if (options->version != BW_COMPARE_OPTIONS_VERSION || !options->base || !options->revision)
        return BW_WRONG_USAGE;
    bw_result *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    if (setjmp(filled->escape.point)) {
        bw_result_free(filled);
        return BW_FAULT;
    }
    filled->config = given->config;
    filled->spec = given->spec;
    bw_status status = fill(filled, options, given);
    *result = filled;
    return status;
}

const bw_diagnostics *bw_result_diagnostics(const bw_result *result) {
    return &result->diagnostics;
}

static bool report_fails(const VerdictReport *report) {
    return report->verdict == VERDICT_BREAKING && !report->fails_never;
}

bool bw_result_fails(const bw_result *result) {
    if (result->verification)
        return result->verification->verdict != SATISFIED;
    const Reports *stored = &result->stored;
    bool fails = !stored->count && result->report && report_fails(result->report);
    for (size_t i = 0; i < stored->count; i++)
        fails = fails || report_fails(stored->items[i]);
    return fails;
}

size_t bw_result_unread_count(const bw_result *result) {
    return result->stored.unread_count;
}

bool bw_result_verdict(const bw_result *result, bw_verdict *verdict) {
    if (result->verification) {
        bool satisfied = result->verification->verdict == SATISFIED;
        *verdict = satisfied ? BW_VERDICT_SAFE : BW_VERDICT_BREAKING;
        return true;
    }
    const Reports *stored = &result->stored;
    if (!result->report && !stored->commits)
        return false;
    Verdict whole =
        stored->count || stored->commits ? reports_verdict(stored) : result->report->verdict;
    bool breaking = whole == VERDICT_BREAKING;
    *verdict = breaking ? BW_VERDICT_BREAKING : BW_VERDICT_SAFE;
    return true;
}

size_t bw_result_change_count(const bw_result *result) {
    return result->report ? result->report->changes.count : 0;
}

static const VerdictChange *change_at(const bw_result *result, size_t index) {
    return index < bw_result_change_count(result) ? &result->report->changes.items[index] : NULL;
}

bool bw_result_change(const bw_result *result, size_t index, bw_change *change) {
    const VerdictChange *inner = change_at(result, index);
    if (!inner)
        return false;
    bool in_request = inner->change->direction == DIRECTION_REQUEST;
    bool breaking = inner->verdict == VERDICT_BREAKING;
    *change = (bw_change){
        .id = public_text(inner->id),
        .rule = public_text(inner->rule->id),
        .change = change_info(inner->change->kind)->word,
        .direction = in_request ? BW_REQUEST : BW_RESPONSE,
        .compatibility = public_compatibility(inner->compatibility),
        .verdict = breaking ? BW_VERDICT_BREAKING : BW_VERDICT_SAFE,
        .message = public_text(inner->message),
        .help = public_text(inner->help),
        .remark = public_text(inner->remark),
        .waived = public_text(inner->waived.reason),
        .waived_expires = public_text(inner->waived.expires),
        .location = public_text(inner->location),
        .base = public_place(inner->base.place, inner->base.pointer),
        .revision = public_place(inner->revision.place, inner->revision.pointer),
        .operation_count = inner->operations.count,
        .consumer_count = inner->consumers.count,
    };
    return true;
}

bool bw_result_operation(const bw_result *result, size_t change, size_t index,
                         bw_operation *operation) {
    const VerdictChange *at = change_at(result, change);
    if (!at || index >= at->operations.count)
        return false;
    const VerdictOperation *inner = &at->operations.items[index];
    *operation = (bw_operation){
        .method = public_text(inner->method),
        .path = public_text(inner->path),
        .status = public_text(inner->status),
        .media_type = public_text(inner->media_type),
        .webhook = inner->webhook,
    };
    return true;
}

bool bw_result_consumer(const bw_result *result, size_t change, size_t index,
                        bw_consumer *consumer) {
    const VerdictChange *at = change_at(result, change);
    if (!at || index >= at->consumers.count)
        return false;
    const VerdictConsumer *inner = &at->consumers.items[index];
    *consumer = (bw_consumer){
        .consumer = public_text(inner->consumer),
        .pact = public_text(inner->pact),
        .line = inner->line,
        .interaction = public_text(inner->interaction),
        .reason = public_text(inner->reason),
    };
    return true;
}

void bw_result_free(bw_result *result) {
    if (!result)
        return;
    bw_result_free(result->next);
    arena_free(result->run);
    Side *const sides[] = {&result->pacts, &result->revision, &result->base};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (!sides[i]->borrowed)
            arena_free(sides[i]->arena);
    free(result);
}
