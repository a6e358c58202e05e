/* `breakwater verify SPEC --pacts PATH…`: does this description satisfy these consumers? */
#include "cli/forms.h"
#include "cli/remote.h"

#include <stdio.h>

static const Operand operands[] = {
    {"SPEC", "the description: a path, REF:path (git), :path (staged in git) or - (standard "
             "input)"},
};

static const Option options[] = {
    {.name = "pacts",
     .value = "PATH",
     .many = true,
     .help = "pacts of the recorded consumers: files, folders, patterns, REF:path or :path (git), "
             "tar archives; may be given more than once"},
    {.name = "strict", .help = "what is not guaranteed is an error, too, and not a warning"},
    {.name = "provider-base-path",
     .value = "PATH",
     .help = "the provider serves the description's paths below PATH, whatever its servers say"},
    {.name = "format",
     .value = "FORMAT",
     .choices = verification_form_names,
     .meanings = verification_form_purposes,
     .help = "the form of the report; may be given more than once"},
    OPTION_OUTPUT,
    {.name = "allow-unresolved",
     .help = "take a $ref that leads nowhere as a type of which nothing is known"},
    OPTION_ALLOW_REMOTE,
    OPTIONS_BROKER,
    OPTION_VERBOSE,
    OPTION_HELP,
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
    if (!verification) {
        fputs("error: out of memory\n", stderr);
        return EXIT_FAULT;
    }
    tell_diagnostics(bw_verification_diagnostics(verification),
                     arguments_have(arguments, "verbose"));
    if (!bw_verification_satisfied(verification, &satisfied))
        return (int)status;
    int written = outputs_write(outputs, write_report, verification);
    if (written != EXIT_SAFE)
        return written;
    return satisfied ? EXIT_SAFE : EXIT_BREAKING;
}

static bool check_usage(const Arguments *arguments, Outputs *outputs, bw_broker *broker,
                        bool *asked) {
    if (!broker_options(arguments, broker, asked))
        return false;
    if (!arguments_have(arguments, "pacts") && !*asked)
        return diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "pacts", "PATH");
    return check_base_path(arguments) && outputs_pair(arguments, outputs);
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_broker broker;
    bool asked;
    if (!check_usage(arguments, &outputs, &broker, &asked)) {
        tell_usage(arguments->diagnostics, arguments->command);
        return EXIT_USAGE;
    }
    bw_verify_options verify = BW_VERIFY_OPTIONS_INIT;
    Strings pacts = arguments_values(arguments, "pacts");
    verify.spec = arguments_operand(arguments, 0);
    verify.pacts = pacts.items;
    verify.pact_count = pacts.count;
    verify.provider_base_path = arguments_value(arguments, "provider-base-path");
    verify.strict = arguments_have(arguments, "strict");
    verify.allow_unresolved = arguments_have(arguments, "allow-unresolved");
    verify.allow_remote = arguments_have(arguments, "allow-remote");
    verify.broker = asked ? &broker : NULL;
    bw_verification *verification;
    bw_status status = bw_verify(&verify, &verification);
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
