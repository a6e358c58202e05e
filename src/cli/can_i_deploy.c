/* `breakwater can-i-deploy` and `can-i-merge`: may these versions go where others are? */
#include "cli/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { INTERVAL_SECONDS = 10 };

#define OPTIONS_SELECTOR                                                                           \
    OPTION_PARTICIPANT("who; what follows up to the next one says which version of it; may be "    \
                       "given more than once"),                                                    \
        OPTION_VERSION_OF,                                                                         \
        {.name = "latest",                                                                         \
         .letter = 'l',                                                                            \
         .many = true,                                                                             \
         .help = "its latest version (the default); a word behind it is a tag that it has"},       \
        {.name = "tag", .value = "TAG", .help = "its latest version with a tag"},                  \
        {.name = "branch", .value = "BRANCH", .help = "its latest version of a branch"}, {         \
        .name = "main-branch", .help = "its latest version of the main branch"                     \
    }
#define OPTIONS_ANSWER                                                                             \
    {.name = "ignore",                                                                             \
     .value = "NAME",                                                                              \
     .help = "a participant who has no say; a --version behind it: that one alone; may be given "  \
             "more than once, and also by PACT_BROKER_CAN_I_DEPLOY_IGNORE, with commas"},          \
        {.name = "retry-while-unknown",                                                            \
         .value = "TIMES",                                                                         \
         .help = "ask again while the answer is unknown"},                                         \
        {.name = "retry-interval", .value = "SECONDS", .help = "wait so long before (10)"},        \
        {.name = "dry-run",                                                                        \
         .help = "whatever the answer, and where there is none, exit with 0; also by "             \
                 "PACT_BROKER_CAN_I_DEPLOY_DRY_RUN=true"},                                         \
        OPTIONS_ANSWER_FORM, OPTIONS_STORE

static const Option deploy_options[] = {
    OPTIONS_SELECTOR,
    {.name = "to-environment", .value = "ENV", .help = "where it is to go"},
    {.name = "to", .value = "TAG", .help = "against everybody's latest version with a tag"},
    OPTIONS_ANSWER,
};

static const Option merge_options[] = {OPTIONS_SELECTOR, OPTIONS_ANSWER};

/* ---- the question ---------------------------------------------------------------------------- */

typedef ARRAY(bw_selector) GateSelectors;

static bool is(const Argument *argument, const char *name) {
    return argument->option && strcmp(argument->option->name, name) == 0;
}

/* Which version is meant is said once; of a branch or tag it is the latest anyway. */
static bool choose(const Arguments *arguments, const Argument *argument, bw_selector *selector) {
    bool latest = is(argument, "latest"), version = is(argument, "version");
    bool tag = is(argument, "tag") || (latest && argument->value);
    bool branch = is(argument, "branch"), main_branch = is(argument, "main-branch");
    bool chosen = selector->number || selector->branch || selector->tag || selector->main_branch;
    if (!latest && !version && !tag && !branch && !main_branch)
        return true;
    if (selector->number || (version && selector->latest) || (chosen && (!latest || tag)))
        return diagnose(arguments->diagnostics, VERSION_TWICE, (Place){0},
                        selector->participant ? selector->participant : "the first participant",
                        argument->option->name);
    selector->latest = selector->latest || latest;
    selector->main_branch = selector->main_branch || main_branch;
    if (version)
        selector->number = argument->value;
    if (branch)
        selector->branch = argument->value;
    if (tag)
        selector->tag = argument->value;
    return true;
}

/* Options belong to the participant before them, and those before the first one to it; behind
 * --ignore a --version belongs to the one that is ignored. */
static bool read_selectors(const Arguments *arguments, GateSelectors *selectors,
                           GateSelectors *ignored) {
    GateSelectors *newest = selectors;
    bw_selector first = {0};
    for (size_t i = 0; i < arguments->list.count; i++) {
        const Argument *argument = &arguments->list.items[i];
        bool names = is(argument, "pacticipant");
        if (names || is(argument, "ignore")) {
            bw_selector selector = names && !selectors->count ? first : (bw_selector){0};
            newest = names ? selectors : ignored;
            selector.participant = argument->value;
            array_push(arguments->arena, newest, selector);
            continue;
        }
        if (newest == ignored && !is(argument, "version"))
            newest = selectors;
        if (!choose(arguments, argument,
                    newest->count ? &newest->items[newest->count - 1] : &first))
            return false;
    }
    return selectors->count ||
           diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "pacticipant", "NAME");
}

static bool number(const Arguments *arguments, const char *option, unsigned long *value) {
    const char *given = arguments_value(arguments, option);
    char *end;
    if (!given)
        return true;
    *value = strtoul(given, &end, 10);
    return (given[0] >= '0' && given[0] <= '9' && !*end && *value <= 86400) ||
           diagnose(arguments->diagnostics, NOT_A_NUMBER, (Place){0}, given, option);
}

static void read_ignored(const Arguments *arguments, GateSelectors *ignored) {
    Text more = text_from(getenv("PACT_BROKER_CAN_I_DEPLOY_IGNORE"));
    for (size_t at = 0; at < more.size;) {
        size_t comma = text_find_byte(more, ',', at);
        size_t end = comma == SIZE_MAX ? more.size : comma;
        Text name = text_trim(text_slice(more, at, end));
        bw_selector selector = {.participant = text_copy(arguments->arena, name).data};
        if (name.size)
            array_push(arguments->arena, ignored, selector);
        at = end + 1;
    }
}

/* ---- the answer ------------------------------------------------------------------------------ */

static bool is_dry_run(const Arguments *arguments) {
    const char *from_environment = getenv("PACT_BROKER_CAN_I_DEPLOY_DRY_RUN");
    return arguments_have(arguments, "dry-run") ||
           (from_environment && strcmp(from_environment, "true") == 0);
}

static bw_status ask_with_patience(bw_store *store, const bw_question *question,
                                   unsigned long times, unsigned long interval,
                                   const bw_answer **answer) {
    bw_status status = bw_can_deploy(store, question, answer);
    for (unsigned long i = 0;
         i < times && status == BW_OK && bw_answer_deployable(*answer) == BW_DEPLOYABLE_UNKNOWN;
         i++) {
        sleep((unsigned)interval);
        status = bw_can_deploy(store, question, answer);
    }
    return status;
}

static bool read_question(const Arguments *arguments, bw_question *question) {
    GateSelectors selectors = {0}, ignored = {0};
    if (!read_selectors(arguments, &selectors, &ignored))
        return false;
    read_ignored(arguments, &ignored);
    question->selectors = selectors.items;
    question->selector_count = selectors.count;
    question->ignored = ignored.items;
    question->ignored_count = ignored.count;
    question->environment = arguments_value(arguments, "to-environment");
    question->to_tag = arguments_value(arguments, "to");
    return !question->environment || !question->to_tag ||
           diagnose(arguments->diagnostics, OPTIONS_EXCLUDE, (Place){0}, "to", "to-environment");
}

static int ask(const Arguments *arguments, bool to_main) {
    unsigned long times = 0, interval = INTERVAL_SECONDS;
    bw_question question = BW_QUESTION_INIT;
    if (!read_question(arguments, &question) || !number(arguments, "retry-while-unknown", &times) ||
        !number(arguments, "retry-interval", &interval))
        return wrong_usage(arguments);
    question.to_main = to_main;
    int failed;
    bw_store *store = open_store(arguments, false, &failed);
    if (!store)
        return failed;
    const bw_answer *answer = NULL;
    bw_status status = ask_with_patience(store, &question, times, interval, &answer);
    bool yes = answer && bw_answer_deployable(answer) == BW_DEPLOYABLE;
    int written = EXIT_SAFE;
    if (status == BW_OK)
        written = write_answer(arguments, answer, yes ? EXIT_SAFE : EXIT_BREAKING);
    int exit_status = close_store(arguments, store, status);
    return exit_status != EXIT_SAFE ? exit_status : written;
}

/* What is wrong with the command line itself is no answer. */
static int ask_in_earnest(const Arguments *arguments, bool to_main) {
    int status = ask(arguments, to_main);
    if (status == EXIT_SAFE || status == EXIT_USAGE || !is_dry_run(arguments))
        return status;
    fputs(status == EXIT_BREAKING ? "dry run: the answer does not count\n"
                                  : "dry run: there is no answer, and that does not count\n",
          stderr);
    return EXIT_SAFE;
}

static int run_deploy(const Arguments *arguments) {
    return ask_in_earnest(arguments, false);
}

static int run_merge(const Arguments *arguments) {
    return ask_in_earnest(arguments, true);
}

static const char *const deploy_examples[] = {
    "breakwater can-i-deploy --pacticipant UserService --version 2.3.1 --to-environment production",
    "breakwater can-i-deploy -a Web -e 5 -a UserService -e 2.3.1 --to-environment test -o json",
    NULL,
};

static const char *const merge_examples[] = {
    "breakwater can-i-merge --pacticipant UserService --version 2.3.1",
    NULL,
};

const Command can_i_deploy_command = {
    .name = "can-i-deploy",
    .summary = "Say whether versions may be deployed to an environment.",
    .description =
        "Yes, if every contract of the versions that are asked for is satisfied by the providers "
        "that are in the environment, and every contract of the consumers there by these versions. "
        "What is not known is no yes. The exit status is 0 for yes, 1 for no and for unknown.",
    .options = deploy_options,
    .option_count = sizeof deploy_options / sizeof deploy_options[0],
    .examples = deploy_examples,
    .run = run_deploy,
};

const Command can_i_merge_command = {
    .name = "can-i-merge",
    .summary = "Say whether versions suit everybody's main branch.",
    .description = "As can-i-deploy, asked against the latest version of each participant's main "
                   "branch in place of an environment.",
    .options = merge_options,
    .option_count = sizeof merge_options / sizeof merge_options[0],
    .examples = merge_examples,
    .run = run_merge,
};
