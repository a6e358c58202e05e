/* `breakwater report FILE`: a stored JSON report in any form. */
#include "cli/forms.h"

static const Operand operands[] = {
    {.name = "FILE", .help = "a report that --format json wrote, named as the sides of diff are"},
};

static const char *const thresholds[] = {"breaking", "never", NULL};

static const Option options[] = {
    OPTION_FORMAT,
    OPTION_OUTPUT,
    {.name = "fail-on",
     .value = "LEVEL",
     .choices = thresholds,
     .help = "what makes the exit status 1: a report of breaking changes (the default), or none"},
    {.name = "all", .help = "of a history as text, list what is compatible, too"},
};

static const char *const examples[] = {
    "breakwater report report.json --format html -o report.html",
    "breakwater report report.json --format markdown -o comment.md --format sarif -o report.sarif",
    NULL,
};

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    if (!outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    bw_result *result;
    bw_status status = bw_report_read(arguments_operand(arguments, 0), &result);
    progress_end(arguments->progress);
    int exit_status = EXIT_USAGE;
    if (check_forms_of(arguments, &outputs, result))
        exit_status = finish_result(arguments, &outputs, status, result);
    else
        tell_usage(arguments->diagnostics, arguments->command);
    /* As with the command that stored it: where some states can't be read, there is no verdict. */
    if (result && bw_result_unread_count(result) && exit_status < EXIT_INPUT)
        exit_status = EXIT_INPUT;
    bw_result_free(result);
    return exit_status;
}

const Command report_command = {
    .name = "report",
    .summary = "Show a report that was stored as JSON, in another form.",
    .description =
        "Reads what --format json of diff, check, log or verify wrote, and writes it as if "
        "it had just been found: "
        "compare once, then show the result to people and machines.",
    .operands = operands,
    .operand_count = 1,
    .required = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
