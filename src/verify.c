/* The flow of `verify` is one function, `verify` below: load, load, hold each interaction against
 * the description. Behind it stand the public functions that lead to it.
 */
#include "rendering.h"

#include "impact/impact.h"

#include <pthread.h>
#include <stdlib.h>

/* The run's arena points into those of the sides, so it is freed first. */
struct bw_verification {
    Side description, pacts;
    MemoryEscape escape;
    Arena *run;
    bw_diagnostics diagnostics;
    VerificationReport *report; /* NULL: an input was invalid, and the diagnostics say how */
};

static void *description_thread(void *side) {
    load_side(side, load_description);
    return NULL;
}

/* Both at the same time; in turn where the system gives no thread. */
static void load_sides(bw_verification *verification) {
    pthread_t thread;
    bool runs = pthread_create(&thread, NULL, description_thread, &verification->description) == 0;
    load_side(&verification->pacts, load_pacts);
    if (runs)
        pthread_join(thread, NULL);
    else
        load_side(&verification->description, load_description);
}

static void verify(bw_verification *verification, const bw_verify_options *options) {
    Side *description = &verification->description, *pacts = &verification->pacts;
    load_sides(verification);
    if (description->exhausted || pacts->exhausted)
        arena_exhausted(verification->run);
    gather_diagnostics(&verification->diagnostics, description);
    gather_diagnostics(&verification->diagnostics, pacts);
    if (verification->diagnostics.all.errors || !description->api)
        return;
    VerifyOptions verifying = {
        .strict = options->strict,
        .provider_base_path = text_from(options->provider_base_path),
    };
    VerificationReport *report =
        verify_api(verification->run, description->api, &pacts->expectations, &verifying);
    report->source = description->root->source.name;
    report->revision = description->root->source.revision;
    verification->report = report;
}

/* ---- public ---------------------------------------------------------------------------------- */

/* Ids of Types are unique in a run although the sides are loaded at the same time. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

static bool names_input_twice(const bw_verify_options *options) {
    int count = strcmp(options->spec, "-") == 0;
    for (size_t i = 0; i < options->pact_count; i++)
        count += strcmp(options->pacts[i], "-") == 0;
    return count > 1;
}

/* Everything that may run out of memory, whose way out is bw_verify's. */
static bw_status fill(bw_verification *verification, const bw_verify_options *options) {
    verification->run = arena_new(&verification->escape);
    if (!verification->run)
        longjmp(verification->escape.point, 1);
    Diagnostics *diagnostics = &verification->diagnostics.all;
    diagnostics->arena = verification->run;
    if (names_input_twice(options)) {
        diagnose(diagnostics, INPUT_TWICE, (Place){0}, "-");
        return BW_WRONG_USAGE;
    }
    verify(verification, options);
    return verification->report ? BW_OK : BW_INVALID_INPUT;
}

bw_status bw_verify(const bw_verify_options *options, bw_verification **verification) {
    *verification = NULL;
    if (options->version != BW_VERIFY_OPTIONS_VERSION || !options->spec ||
        (!options->pact_count && !options->broker))
        return BW_WRONG_USAGE;
    bw_verification *filled = calloc(1, sizeof *filled);
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
        bw_verification_free(filled);
        return BW_FAULT;
    }
    bw_status status = fill(filled, options);
    *verification = filled;
    return status;
}

const bw_diagnostics *bw_verification_diagnostics(const bw_verification *verification) {
    return &verification->diagnostics;
}

bool bw_verification_satisfied(const bw_verification *verification, bool *satisfied) {
    if (!verification->report)
        return false;
    *satisfied = verification->report->verdict == SATISFIED;
    return true;
}

static Text render(Arena *arena, const Rendering *rendering) {
    return verification_write(arena, rendering->subject, rendering->index, &rendering->layout);
}

bw_status bw_verification_write(const bw_verification *verification, bw_format format,
                                const bw_layout *layout, bw_sink sink, void *context) {
    if (!verification->report)
        return BW_INVALID_INPUT;
    Rendering rendering = {render, verification->report, (size_t)format, {0}};
    if (!bw_format_verifies(format) || !set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}

void bw_verification_free(bw_verification *verification) {
    if (!verification)
        return;
    arena_free(verification->run);
    arena_free(verification->pacts.arena);
    arena_free(verification->description.arena);
    free(verification);
}
