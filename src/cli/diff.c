/* `breakwater diff BASE REVISION`: what breaks between two revisions, and whom. */
#include "cli/comparison.h"
#include "cli/forms.h"

static const Operand operands[] = {
    {.name = "BASE",
     .help = "the description as it is out: a path, REF:path (git), :path (staged in git) or - "
             "(standard input)"},
    {.name = "REVISION", .help = "the description that is to go out, named in the same ways"},
};

static const Option options[] = {
    OPTION_PACTS,   OPTION_POLICY,  OPTION_BASE_PATH,        OPTION_FORMAT,  OPTION_OUTPUT,
    OPTION_FAIL_ON, OPTION_RULES,   OPTION_ALLOW_UNRESOLVED, OPTIONS_CLOCK,  OPTION_NO_RENAMES,
    OPTIONS_CONFIG, OPTIONS_FILTER, OPTION_ALLOW_REMOTE,     OPTIONS_BROKER, OPTIONS_PATHS,
};

static const char *const examples[] = {
    "breakwater diff main:openapi.yaml openapi.yaml --pacts pacts/",
    "breakwater diff v1.yaml v2.yaml --format json -o report.json --format text",
    NULL,
};

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_compare_options compare = BW_COMPARE_OPTIONS_INIT;
    bw_broker broker;
    bool asked;
    if (!comparison_options(arguments, &compare) || !broker_options(arguments, &broker, &asked) ||
        !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    compare.base = arguments_operand(arguments, 0);
    compare.revision = arguments_operand(arguments, 1);
    compare.broker = asked ? &broker : NULL;
    bw_result *result;
    bw_status status = bw_compare(&compare, &result);
    progress_end(arguments->progress);
    int exit_status = finish_result(arguments, &outputs, status, result);
    bw_result_free(result);
    return exit_status;
}

const Command diff_command = {
    .name = "diff",
    .summary = "Show what breaks between two revisions of a description, and whom.",
    .description =
        "Compares the OpenAPI descriptions BASE and REVISION. Each change is judged by the rules "
        "(see breakwater rules) and, with --pacts, by what the recorded consumers expect. A "
        "conditional change is one that a consumer written with care survives.",
    .operands = operands,
    .operand_count = 2,
    .required = 2,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
