/* `breakwater what-breaks`: a revision that is not out yet against what an environment runs. */
#include "cli/comparison.h"
#include "cli/forms.h"
#include "cli/store.h"

static const Option options[] = {
    {.name = "provider", .value = "NAME", .help = "whose description it is"},
    {.name = "revision",
     .value = "SPEC",
     .help = "the description that is to go out: a path, REF:path (git), :path (staged in git) or "
             "- (standard input)"},
    {.name = "in-environment", .value = "ENV", .help = "where it is to go"},
    {.name = "base",
     .value = "SPEC",
     .help = "what is there, in place of the descriptions that are recorded; for a Pact Broker, "
             "which has none"},
    OPTION_POLICY,
    OPTION_FAIL_ON,
    OPTION_RULES,
    OPTION_BASE_PATH,
    OPTION_ALLOW_UNRESOLVED,
    OPTIONS_CLOCK,
    OPTION_NO_RENAMES,
    OPTIONS_CONFIG,
    OPTIONS_FILTER,
    OPTION_ALLOW_REMOTE,
    OPTIONS_PATHS,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTIONS_STORE,
};

static const char *const examples[] = {
    "breakwater what-breaks --provider UserService --revision openapi.yaml --in-environment "
    "production",
    NULL,
};

static int run(const Arguments *arguments) {
    static const char *const needed[] = {"provider", "revision", "in-environment", NULL};
    Outputs outputs = {0};
    bw_compare_options compare = BW_COMPARE_OPTIONS_INIT;
    if (!need_options(arguments, needed) || !comparison_options(arguments, &compare) ||
        !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    compare.base = arguments_value(arguments, "base");
    compare.revision = arguments_value(arguments, "revision");
    int failed;
    bw_store *store = open_store(arguments, false, &failed);
    if (!store)
        return failed;
    bw_result *result;
    bw_status status =
        bw_what_breaks(store, arguments_value(arguments, "in-environment"), &compare, &result);
    progress_end(arguments->progress);
    if (!result)
        return close_store(arguments, store, status);
    tell_diagnostics(bw_store_diagnostics(store), true);
    int exit_status = check_forms_of(arguments, &outputs, result)
                          ? finish_result(arguments, &outputs, status, result)
                          : wrong_usage(arguments);
    bw_result_free(result);
    bw_store_close(store);
    return exit_status;
}

const Command what_breaks_command = {
    .name = "what-breaks",
    .summary = "Show what a revision would break in an environment, and whom.",
    .description =
        "Compares the description of the provider's version that is in the environment with the "
        "revision, and judges each change by the contracts of the consumers that are there: the "
        "report of breakwater diff, with what is really deployed in place of a folder of pacts, by "
        "the rules, policies and waivers of the config. "
        "Where no description of the provider is there yet, it tells what breakwater verify does: "
        "whether the revision satisfies these contracts.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
