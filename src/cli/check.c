/* `breakwater check`: what a pull request and a commit run. */
#include "cli/comparison.h"
#include "cli/forms.h"

#include <stdlib.h>

static const Option options[] = {
    {.name = "against",
     .value = "REF",
     .help = "compare with the commit that HEAD was forked from REF at, as git diff REF... does "
             "(default: the target of the pull request in CI, else what the config says, else the "
             "default branch)"},
    {.name = "staged",
     .help = "judge what is staged in git's index, on top of HEAD unless --against is given"},
    {.name = "pacts",
     .value = "PATH",
     .many = true,
     .help = "pacts beside those that the config names; may be given more than once"},
    OPTION_POLICY,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_FAIL_ON,
    {.name = "all-configs",
     .help = "judge by every .breakwater.yaml of the repository, if there is any, and not by the "
             "nearest alone (without one here or above, those below are taken)"},
    OPTIONS_CONFIG,
    OPTIONS_FILTER,
    OPTIONS_PATHS,
    {.name = "compose",
     .help = "the files of each spec of the config form one API, as behind a gateway"},
    OPTION_RULES,
    OPTION_ALLOW_UNRESOLVED,
    OPTIONS_CLOCK,
    OPTION_NO_RENAMES,
    OPTIONS_BROKER_ACCESS,
};

static const char *const examples[] = {
    "breakwater check",
    "breakwater check --against origin/main --format markdown -o comment.md --format text",
    "breakwater check --staged --include '/public/**'",
    NULL,
};

/* ---- what a pull request is merged into ------------------------------------------------------ */

/* Set by CI systems while they run for a pull request; by some also at other times, where they name
 * the branch that was pushed, which is no base of itself. */
static const struct {
    const char *variable;
    bool is_commit;      /* the commit to compare with, and not a branch */
    const char *told_by; /* for a pull request if this is set; NULL: whenever `variable` is */
    const char *it_says; /* to this; NULL: to anything but `false` */
} targets[] = {
    {"GITHUB_BASE_REF", false, NULL, NULL},                     /* GitHub, Gitea, Forgejo */
    {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", true, NULL, NULL},   /* GitLab, of a merged result */
    {"CI_MERGE_REQUEST_DIFF_BASE_SHA", true, NULL, NULL},       /* GitLab */
    {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", false, NULL, NULL}, /* GitLab */
    {"BITBUCKET_PR_DESTINATION_BRANCH", false, NULL, NULL},     /* Bitbucket */
    {"CHANGE_TARGET", false, NULL, NULL},                       /* Jenkins */
    {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", false, NULL, NULL},  /* Buildkite */
    {"SYSTEM_PULLREQUEST_TARGETBRANCH", false, NULL, NULL},     /* Azure Pipelines */
    {"CODEBUILD_WEBHOOK_BASE_REF", false, NULL, NULL},          /* AWS CodeBuild */
    {"CI_COMMIT_TARGET_BRANCH", false, NULL, NULL},             /* Woodpecker */
    {"CIRRUS_BASE_BRANCH", false, NULL, NULL},                  /* Cirrus */
    {"BITRISEIO_GIT_BRANCH_DEST", false, NULL, NULL},           /* Bitrise */
    {"DRONE_TARGET_BRANCH", false, "DRONE_BUILD_EVENT", "pull_request"},
    {"TRAVIS_BRANCH", false, "TRAVIS_PULL_REQUEST", NULL},
    {"APPVEYOR_REPO_BRANCH", false, "APPVEYOR_PULL_REQUEST_NUMBER", NULL},
    {"SEMAPHORE_GIT_BRANCH", false, "SEMAPHORE_GIT_REF_TYPE", "pull-request"},
};

static bool is_for_pull_request(const char *told_by, const char *it_says) {
    const char *says = told_by ? getenv(told_by) : NULL;
    if (!told_by)
        return true;
    if (!says || !*says)
        return false;
    return it_says ? strcmp(says, it_says) == 0 : strcmp(says, "false") != 0;
}

static void set_base(const Arguments *arguments, bw_check_options *check) {
    static const char heads[] = "refs/heads/";
    check->against = arguments_value(arguments, "against");
    check->staged = arguments_have(arguments, "staged");
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const char *target = getenv(targets[i].variable);
        if (check->against || check->staged || !target || !*target ||
            !is_for_pull_request(targets[i].told_by, targets[i].it_says))
            continue;
        bool is_ref = strncmp(target, heads, sizeof heads - 1) == 0;
        check->against = is_ref ? target + sizeof heads - 1 : target;
        check->against_itself = targets[i].is_commit;
    }
}

/* ---- running --------------------------------------------------------------------------------- */

static bool set_options(const Arguments *arguments, bw_check_options *check, bw_broker *broker) {
    set_base(arguments, check);
    check->compose = arguments_have(arguments, "compose");
    check->all_configs = arguments_have(arguments, "all-configs");
    if (arguments_have(arguments, "no-config"))
        return diagnose(arguments->diagnostics, CONFIG_MISSING, (Place){0}, "check");
    bool right = comparison_options(arguments, &check->every) && broker_access(arguments, broker);
    check->every.broker = broker;
    check->every.config = arguments_value(arguments, "config");
    return right;
}

/* Gives whether anything is breaking. */
static bool tell_results(const Arguments *arguments, const bw_check *check, Results *results) {
    bool verbose = arguments_have(arguments, "verbose"), breaking = false;
    const bw_result **items =
        arena_new_array(arguments->arena, bw_check_count(check), const bw_result *);
    tell_diagnostics(bw_check_diagnostics(check), verbose);
    for (size_t i = 0; i < bw_check_count(check); i++) {
        bw_verdict verdict;
        items[i] = bw_check_result(check, i);
        tell_diagnostics(bw_result_diagnostics(items[i]), verbose);
        breaking =
            breaking || (bw_result_verdict(items[i], &verdict) && verdict == BW_VERDICT_BREAKING);
    }
    *results = (Results){items, bw_check_count(check)};
    return breaking;
}

static int finish(const Arguments *arguments, const Outputs *outputs, bw_status status,
                  const bw_check *check) {
    if (!check)
        return told_out_of_memory();
    Results results;
    bool breaking = tell_results(arguments, check, &results);
    bw_verdict verdict;
    bool fails = false;
    for (size_t i = 0; i < results.count; i++) {
        if (!bw_result_verdict(results.items[i], &verdict))
            return (int)status;
        fails = fails || bw_result_fails(results.items[i]);
    }
    bool told = status == BW_FAULT && results.count; /* the report tells of the fault */
    if (status != BW_OK && !told)
        return (int)status;
    int finished = finish_verdict(arguments, outputs, write_results, &results, breaking, fails);
    return told ? EXIT_FAULT : finished;
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_check_options options_of_check = BW_CHECK_OPTIONS_INIT;
    bw_broker broker;
    if (!set_options(arguments, &options_of_check, &broker) || !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    bw_check *check;
    bw_status status = bw_check_run(&options_of_check, &check);
    progress_end(arguments->progress);
    int exit_status = finish(arguments, &outputs, status, check);
    bw_check_free(check);
    return exit_status;
}

const Command check_command = {
    .name = "check",
    .summary = "Judge the descriptions of this repository against what they were.",
    .description =
        "Compares each description that .breakwater.yaml names with what it was where HEAD was "
        "forked from the branch that it is to be merged into, and writes one report. A description "
        "that stands as it stood is not even read, and one that was renamed is found by its "
        "content.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
