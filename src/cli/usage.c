/* `breakwater usage SPEC --pacts PATH…`: what of a description is used, and by whom. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/remote.h"

#include <stdio.h>

static const Operand operands[] = {
    {"SPEC", "the description: a path, REF:path (git), :path (staged in git) or - (standard "
             "input)"},
};

static const char *const formats[] = {"text", "json", "markdown", NULL};

static const Option options[] = {
    {.name = "pacts",
     .value = "PATH",
     .many = true,
     .help = "pacts of the recorded consumers: files, folders, patterns, REF:path or :path (git), "
             "tar archives; may be given more than once"},
    {.name = "unused", .help = "list only what no recorded consumer uses"},
    {.name = "provider-base-path",
     .value = "PATH",
     .help = "the provider serves the description's paths below PATH, whatever its servers say"},
    {.name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the report"},
    OPTION_OUTPUT,
    {.name = "allow-unresolved",
     .help = "take a $ref that leads nowhere as a type of which nothing is known"},
    OPTION_ALLOW_REMOTE,
    OPTIONS_BROKER,
    OPTION_VERBOSE,
    OPTION_HELP,
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
    bw_usage_options options_of_usage = BW_USAGE_OPTIONS_INIT;
    Strings pacts = arguments_values(arguments, "pacts");
    options_of_usage.spec = arguments_operand(arguments, 0);
    options_of_usage.pacts = pacts.items;
    options_of_usage.pact_count = pacts.count;
    options_of_usage.provider_base_path = arguments_value(arguments, "provider-base-path");
    options_of_usage.unused_only = arguments_have(arguments, "unused");
    options_of_usage.allow_unresolved = arguments_have(arguments, "allow-unresolved");
    options_of_usage.allow_remote = arguments_have(arguments, "allow-remote");
    options_of_usage.broker = asked ? &broker : NULL;
    bw_usage *usage;
    bw_status status = bw_usage_load(&options_of_usage, &usage);
    if (!usage) {
        fputs("error: out of memory\n", stderr);
        return EXIT_FAULT;
    }
    tell_diagnostics(bw_usage_diagnostics(usage), arguments_have(arguments, "verbose"));
    int exit_status = status == BW_OK ? outputs_write(&outputs, write_usage, usage) : (int)status;
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
