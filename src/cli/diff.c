/* `breakwater diff BASE REVISION`: what breaks between two revisions, and whom. */
#include "cli/clock.h"
#include "cli/config.h"
#include "cli/forms.h"
#include "cli/progress.h"
#include "cli/remote.h"

static const Operand operands[] = {
    {"BASE", "the description as it is out: a path, REF:path (git), :path (staged in git) or - "
             "(standard input)"},
    {"REVISION", "the description that is to go out, named in the same ways"},
};

static const char *const policies[] = {"any-consumer", "recorded-consumers", NULL};
static const char *const thresholds[] = {"breaking", "conditional", "never", NULL};

static const Option options[] = {
    {.name = "pacts",
     .value = "PATH",
     .many = true,
     .help = "pacts of the recorded consumers: files, folders, patterns, REF:path or :path (git), "
             "tar archives; may be given more than once"},
    {.name = "policy",
     .value = "POLICY",
     .choices = policies,
     .help = "who decides what is breaking: the rules, or the consumers whose pacts are given "
             "(the default where there are pacts)"},
    {.name = "provider-base-path",
     .value = "PATH",
     .help = "the provider serves the descriptions' paths below PATH, whatever their servers say"},
    OPTION_FORMAT,
    OPTION_OUTPUT,
    {.name = "fail-on",
     .value = "LEVEL",
     .choices = thresholds,
     .help = "what makes the exit status 1: breaking changes (the default), conditional ones too, "
             "or none"},
    {.name = "rules",
     .value = "DIR",
     .help = "lay the rules in the *.yaml files of DIR before the built-in ones; may be given "
             "more than once"},
    {.name = "allow-unresolved",
     .help = "take a $ref that leads nowhere as a type of which nothing is known"},
    OPTIONS_CLOCK,
    {.name = "no-renames", .help = "report a rename as a removal and an addition"},
    OPTIONS_CONFIG,
    OPTIONS_FILTER,
    OPTION_ALLOW_REMOTE,
    OPTIONS_BROKER,
    OPTIONS_PATHS,
    {.name = "verbose",
     .letter = 'v',
     .help = "show notes about the input, and changes of descriptions, examples and the like, too"},
    OPTION_HELP,
};

static const char *const examples[] = {
    "breakwater diff main:openapi.yaml openapi.yaml --pacts pacts/",
    "breakwater diff v1.yaml v2.yaml --format json -o report.json --format text",
    NULL,
};

static bw_compare_options compare_options(const Arguments *arguments) {
    bw_compare_options compare = BW_COMPARE_OPTIONS_INIT;
    Strings pacts = arguments_values(arguments, "pacts");
    Strings rules = arguments_values(arguments, "rules");
    const char *policy = arguments_value(arguments, "policy");
    const char *fail_on = arguments_value(arguments, "fail-on");
    compare.base = arguments_operand(arguments, 0);
    compare.revision = arguments_operand(arguments, 1);
    compare.pacts = pacts.items;
    compare.pact_count = pacts.count;
    compare.rule_folders = rules.items;
    compare.rule_folder_count = rules.count;
    if (policy)
        compare.policy = strcmp(policy, "any-consumer") == 0 ? BW_POLICY_ANY_CONSUMER
                                                             : BW_POLICY_RECORDED_CONSUMERS;
    compare.provider_base_path = arguments_value(arguments, "provider-base-path");
    compare.conditional_is_breaking = fail_on && strcmp(fail_on, "conditional") == 0;
    compare.allow_unresolved = arguments_have(arguments, "allow-unresolved");
    config_options(arguments, &compare);
    compare.allow_remote = arguments_have(arguments, "allow-remote");
    path_options(arguments, &compare);
    compare.no_renames = arguments_have(arguments, "no-renames");
    compare.documentation = arguments_have(arguments, "verbose");
    return compare;
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_compare_options compare = compare_options(arguments);
    bw_broker broker;
    bool asked;
    if (!check_base_path(arguments) || !clock_options(arguments, &compare) ||
        !broker_options(arguments, &broker, &asked) || !outputs_pair(arguments, &outputs)) {
        tell_usage(arguments->diagnostics, arguments->command);
        return EXIT_USAGE;
    }
    compare.broker = asked ? &broker : NULL;
    bw_result *result;
    Progress progress;
    progress_begin(&progress, "comparing", false);
    bw_status status = bw_compare(&compare, &result);
    progress_end(&progress);
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
