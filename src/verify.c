/* The flow of `verify` is one function, `verify` below: load both, hold each interaction against
 * the description. Behind it stand the public functions that lead to it.
 */
#include "inputs.h"
#include "rendering.h"
#include "seal.h"

#include "impact/impact.h"

#include <stdlib.h>

struct bw_verification {
    Inputs inputs;
    VerificationReport *report; /* NULL: an input was invalid, and the diagnostics say how */
};

static bw_status verify(bw_verification *verification, const bw_verify_options *options) {
    Inputs *inputs = &verification->inputs;
    bw_status status = inputs_load(inputs);
    if (status != BW_OK)
        return status;
    VerifyOptions verifying = {
        .strict = options->strict,
        .provider_base_path = text_from(options->recorded.provider_base_path),
    };
    VerificationReport *report =
        verify_api(inputs->run, inputs->description.api, &inputs->pacts.expectations, &verifying);
    report->source = inputs->description.root->source.name;
    report->revision = inputs->description.root->source.revision;
    name_contents(inputs->run, &inputs->description, &inputs->pacts, report);
    verification->report = report;
    return BW_OK;
}

/* ---- public ---------------------------------------------------------------------------------- */

bw_status bw_verify(const bw_verify_options *options, bw_verification **verification) {
    *verification = NULL;
    if (options->version != BW_VERIFY_OPTIONS_VERSION || !recorded_is_named(&options->recorded))
        return BW_WRONG_USAGE;
    bw_verification *filled = calloc(1, sizeof *filled);
    if (!filled)
        return BW_FAULT;
    inputs_name(&filled->inputs, &options->recorded);
    if (setjmp(filled->inputs.escape.point)) {
        bw_verification_free(filled);
        return BW_FAULT;
    }
    bw_status status = verify(filled, options);
    *verification = filled;
    return status;
}

const bw_diagnostics *bw_verification_diagnostics(const bw_verification *verification) {
    return &verification->inputs.diagnostics;
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
    inputs_free(&verification->inputs);
    free(verification);
}
