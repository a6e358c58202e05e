/* `breakwater waive ID [REPORT]`: let a breaking change pass, for a reason and a time. */
#include "cli/comparison.h"
#include "cli/edit.h"

static const Operand operands[] = {
    {.name = "ID", .help = "the change, as reports name it behind the rule"},
    {.name = "REPORT",
     .help = "a report that --format json wrote; without it, breakwater check finds the change"},
};

static const Option options[] = {
    {.name = "reason", .value = "TEXT", .help = "why it is let pass; stands in every report"},
    {.name = "expires",
     .value = "DATE",
     .help = "the last day on which it is (2027-01-31); from then on the waiver is an error"},
    {.name = "consumer",
     .value = "NAME",
     .help = "for what it does to this recorded consumer alone"},
    {.name = "against", .value = "REF", .help = "as with breakwater check"},
    {.name = "staged",
     .help = "as with breakwater check; what is not staged is looked at, too, where the change is "
             "not among it"},
    OPTIONS_CONFIG,
    OPTIONS_CLOCK,
};

static const char *const examples[] = {
    "breakwater waive t4zpra0yg5 --reason 'all three have moved' --expires 2027-01-31",
    "breakwater waive t4zpra0yg5 report.json --reason 'a test double' --consumer OrderService",
    NULL,
};

/* Writes the waiver for a change of the results. */
static int waive(const Arguments *arguments, const bw_compare_options *every,
                 const bw_result *const *results, size_t count) {
    const char *config = every->config;
    bw_waive_options waiver = BW_WAIVE_OPTIONS_INIT;
    waiver.config = config;
    waiver.results = results;
    waiver.result_count = count;
    waiver.change = arguments_operand(arguments, 0);
    waiver.reason = arguments_value(arguments, "reason");
    waiver.expires = arguments_value(arguments, "expires");
    waiver.consumer = arguments_value(arguments, "consumer");
    waiver.today = every->today;
    bw_edit *edit;
    bw_status status = bw_waive(&waiver, &edit);
    return finish_edit(arguments, status, edit, config);
}

static int waive_from_report(const Arguments *arguments, const bw_compare_options *every) {
    bw_result *result;
    bw_status status = bw_report_read(arguments_operand(arguments, 1), &result);
    progress_end(arguments->progress);
    if (!result)
        return told_out_of_memory();
    int exit_status = (int)status;
    if (status == BW_OK)
        exit_status = waive(arguments, every, (const bw_result *const *)&result, 1);
    else
        tell_diagnostics(bw_result_diagnostics(result), arguments_have(arguments, "verbose"));
    bw_result_free(result);
    return exit_status;
}

/* What the waiver may be of: the results of one or two checks. */
typedef struct Found {
    bw_check *checks[2];
    ARRAY(const bw_result *) results;
} Found;

/* Its own diagnostics and, where there is no verdict, those of the single comparisons. */
static void tell_check(const bw_check *check, bw_status status) {
    tell_diagnostics(bw_check_diagnostics(check), false);
    for (size_t i = 0; status != BW_OK && i < bw_check_count(check); i++)
        tell_diagnostics(bw_result_diagnostics(bw_check_result(check, i)), false);
}

static bw_status run_check(const Arguments *arguments, const bw_check_options *check_options,
                           Found *found, bw_check **check) {
    bw_status status = bw_check_run(check_options, check);
    progress_end(arguments->progress);
    for (size_t i = 0; *check && i < bw_check_count(*check); i++)
        array_push(arguments->arena, &found->results, bw_check_result(*check, i));
    return status;
}

static bool holds_change(const Found *found, const char *id) {
    bw_change change;
    for (size_t i = 0; i < found->results.count; i++)
        for (size_t j = 0; bw_result_change(found->results.items[i], j, &change); j++)
            if (text_is((Text){change.id.data, change.id.size}, id))
                return true;
    return false;
}

/* `git commit -a` stages for its own time alone: what its hook has refused stands in the working
 * tree. Where that is no description, the id is of no change. */
static bw_status look_around(const Arguments *arguments, bw_check_options *check_options,
                             Found *found) {
    bw_status status = run_check(arguments, check_options, found, &found->checks[0]);
    if (status != BW_OK || !check_options->staged ||
        holds_change(found, arguments_operand(arguments, 0)))
        return status;
    check_options->staged = false;
    if (!check_options->against)
        check_options->against = "HEAD";
    bw_status unstaged = run_check(arguments, check_options, found, &found->checks[1]);
    return unstaged == BW_FAULT ? unstaged : status;
}

static int waive_from_check(const Arguments *arguments, const bw_compare_options *every) {
    bw_check_options options_of_check = BW_CHECK_OPTIONS_INIT;
    options_of_check.every = *every;
    options_of_check.every.expired_waivers = true; /* this may renew them */
    options_of_check.against = arguments_value(arguments, "against");
    options_of_check.staged = arguments_have(arguments, "staged");
    Found found = {0};
    bw_status status = look_around(arguments, &options_of_check, &found);
    int exit_status = (int)status;
    if (!found.checks[0])
        return told_out_of_memory();
    tell_check(found.checks[0], status);
    if (status == BW_OK)
        exit_status = waive(arguments, every, found.results.items, found.results.count);
    bw_check_free(found.checks[0]);
    bw_check_free(found.checks[1]);
    return exit_status;
}

static int run(const Arguments *arguments) {
    bw_compare_options every = BW_COMPARE_OPTIONS_INIT;
    const char *config = config_option(arguments);
    bool usable = clock_options(arguments, &every);
    if (usable && !arguments_value(arguments, "reason"))
        usable = diagnose(arguments->diagnostics, REASON_MISSING, (Place){0}, "waive");
    if (usable && !config && !arguments_operand(arguments, 1))
        usable = diagnose(arguments->diagnostics, CONFIG_MISSING, (Place){0}, "waive");
    if (!usable)
        return wrong_usage(arguments);
    every.config = config ? config : ".breakwater.yaml";
    return arguments_operand(arguments, 1) ? waive_from_report(arguments, &every)
                                           : waive_from_check(arguments, &every);
}

const Command waive_command = {
    .name = "waive",
    .summary = "Let a breaking change pass, for a reason and a time.",
    .description =
        "Writes a waiver into the config by the id of a change: its rule, its operations and its "
        "place, never its wording. What else stands in the file stays as it is. A waived change "
        "stays in every report, with the reason, and is not breaking.",
    .operands = operands,
    .operand_count = 2,
    .required = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
