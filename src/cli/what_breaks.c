/* `breakwater what-breaks`: a revision that is not out yet against what an environment runs. */
#include "cli/forms.h"
#include "cli/store.h"

static const char *const thresholds[] = {"breaking", "never", NULL};

static const Option options[] = {
    {.name = "provider", .value = "NAME", .help = "whose description it is"},
    {.name = "revision",
     .value = "SPEC",
     .help = "the description that is to go out: a path, REF:path (git), :path (staged in git) or "
             "- (standard input)"},
    {.name = "in-environment", .value = "ENV", .help = "where it is to go"},
    {.name = "fail-on",
     .value = "LEVEL",
     .choices = thresholds,
     .help = "what makes the exit status 1: a report of breaking changes (the default), or none"},
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
    if (!need_options(arguments, needed) || !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    int failed;
    bw_store *store = open_store(arguments, false, &failed);
    if (!store)
        return failed;
    bw_result *result;
    bw_status status = bw_what_breaks(store, arguments_value(arguments, "provider"),
                                      arguments_value(arguments, "in-environment"),
                                      arguments_value(arguments, "revision"), &result);
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
        "report of breakwater diff, with what is really deployed in place of a folder of pacts. "
        "Where no description of the provider is there yet, it tells what breakwater verify does: "
        "whether the revision satisfies these contracts.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
