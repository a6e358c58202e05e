/* `breakwater verify SPEC --pacts PATH…`: does this description satisfy these consumers? */
#include "cli/comparison.h"
#include "cli/forms.h"

static const Operand operands[] = {
    OPERAND_SPEC,
};

static const Option options[] = {
    OPTION_PACTS,
    {.name = "strict", .help = "what is not guaranteed is an error, too, and not a warning"},
    OPTION_BASE_PATH,
    {.name = "format",
     .value = "FORMAT",
     .choices = verification_form_names,
     .meanings = verification_form_purposes,
     .help = "the form of the report; may be given more than once"},
    OPTION_OUTPUT,
    OPTION_ALLOW_UNRESOLVED,
    OPTION_ALLOW_REMOTE,
    OPTIONS_BROKER,
};

static const char *const examples[] = {
    "breakwater verify openapi.yaml --pacts pacts/",
    "breakwater verify main:openapi.yaml --pacts pacts/ --strict --format json -o "
    "verification.json",
    NULL,
};

static bw_status write_report(const void *subject, const char *format, const bw_layout *layout,
                              bw_sink sink, void *context) {
    return bw_verification_write(subject, form_of(format), layout, sink, context);
}

static int report(const Arguments *arguments, const Outputs *outputs, bw_status status,
                  const bw_verification *verification) {
    bool satisfied;
    if (!verification)
        return told_out_of_memory();
    tell_diagnostics(bw_verification_diagnostics(verification),
                     arguments_have(arguments, "verbose"));
    if (!bw_verification_satisfied(verification, &satisfied))
        return (int)status;
    return outputs_write(outputs, write_report, verification,
                         satisfied ? EXIT_SAFE : EXIT_BREAKING);
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_broker broker;
    bw_verify_options verify = BW_VERIFY_OPTIONS_INIT;
    if (!recorded_options(arguments, &verify.recorded, &broker) ||
        !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    verify.strict = arguments_have(arguments, "strict");
    bw_verification *verification;
    bw_status status = bw_verify(&verify, &verification);
    progress_end(arguments->progress);
    int exit_status = report(arguments, &outputs, status, verification);
    bw_verification_free(verification);
    return exit_status;
}

const Command verify_command = {
    .name = "verify",
    .summary = "Say whether a description satisfies its recorded consumers.",
    .description =
        "Holds every interaction of the pacts against the OpenAPI description SPEC. Contradicted "
        "is one of which the description declares no answer that the consumer can take, or whose "
        "request it refuses: an error. Not guaranteed is one for which it also allows an answer "
        "that the consumer can't take, such as one without a property that it reads: a warning.",
    .operands = operands,
    .operand_count = 1,
    .required = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
