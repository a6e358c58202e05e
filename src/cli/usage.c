/* `breakwater usage SPEC --pacts PATH…`: what of a description is used, and by whom. */
#include "cli/comparison.h"

static const Operand operands[] = {
    OPERAND_SPEC,
};

static const char *const formats[] = {"text", "json", "markdown", NULL};

static const Option options[] = {
    OPTION_PACTS,
    {.name = "unused", .help = "list only what no recorded consumer uses"},
    OPTION_BASE_PATH,
    {.name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the report"},
    OPTION_OUTPUT,
    OPTION_ALLOW_UNRESOLVED,
    OPTION_ALLOW_REMOTE,
    OPTIONS_BROKER,
};

static const char *const examples[] = {
    "breakwater usage openapi.yaml --pacts pacts/",
    "breakwater usage openapi.yaml --pacts pacts/ --unused --format markdown -o unused.md",
    NULL,
};

static bw_status write_usage(const void *subject, const char *format, const bw_layout *layout,
                             bw_sink sink, void *context) {
    bw_usage_format form = BW_USAGE_TEXT;
    if (format && strcmp(format, "json") == 0)
        form = BW_USAGE_JSON;
    else if (format && strcmp(format, "markdown") == 0)
        form = BW_USAGE_MARKDOWN;
    return bw_usage_write(subject, form, layout, sink, context);
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_broker broker;
    bw_usage_options options_of_usage = BW_USAGE_OPTIONS_INIT;
    if (!recorded_options(arguments, &options_of_usage.recorded, &broker) ||
        !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    options_of_usage.unused_only = arguments_have(arguments, "unused");
    bw_usage *usage;
    bw_status status = bw_usage_load(&options_of_usage, &usage);
    progress_end(arguments->progress);
    if (!usage)
        return told_out_of_memory();
    tell_diagnostics(bw_usage_diagnostics(usage), arguments_have(arguments, "verbose"));
    int exit_status =
        status == BW_OK ? outputs_write(&outputs, write_usage, usage, EXIT_SAFE) : (int)status;
    bw_usage_free(usage);
    return exit_status;
}

const Command usage_command = {
    .name = "usage",
    .summary = "Show which parts of a description are used by whom, and which by nobody.",
    .description =
        "Lists operations with their parameters, bodies, responses and headers, and all properties "
        "that operations reach, each with the recorded consumers that send or read it. What "
        "nobody uses can be removed without breaking a recorded consumer. Webhooks are left out: "
        "recorded requests do not tell who takes them.",
    .operands = operands,
    .operand_count = 1,
    .required = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
