/* `breakwater can-i-deploy` and `can-i-merge`: may these versions go where others are? `matrix`:
 * what is known of all pairs. */
#include "cli/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { INTERVAL_SECONDS = 10 };

static const char *const formats[] = {"text", "table", "json", "markdown", "html", "dot", NULL};

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
     .help = "a participant who has no say; may be given more than once, and also by "             \
             "PACT_BROKER_CAN_I_DEPLOY_IGNORE, with commas"},                                      \
        {.name = "retry-while-unknown",                                                            \
         .value = "TIMES",                                                                         \
         .help = "ask again while the answer is unknown"},                                         \
        {.name = "retry-interval", .value = "SECONDS", .help = "wait so long before (10)"},        \
        {.name = "dry-run", .help = "whatever the answer, exit with 0"}, OPTIONS_FORM
#define OPTIONS_FORM                                                                               \
    {.name = "output",                                                                             \
     .letter = 'o',                                                                                \
     .value = "FORMAT",                                                                            \
     .choices = formats,                                                                           \
     .help = "as --format, as the Pact Broker's client has it"},                                   \
    {                                                                                              \
        .name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the answer"  \
    }

static const Option deploy_options[] = {
    OPTIONS_SELECTOR,
    {.name = "to-environment", .value = "ENV", .help = "where it is to go"},
    OPTIONS_ANSWER,
    OPTION_STORE,
};

static const Option merge_options[] = {OPTIONS_SELECTOR, OPTIONS_ANSWER, OPTION_STORE};

static const Option matrix_options[] = {
    OPTION_PARTICIPANT("pairs of this participant alone"),
    OPTION_VERSION_OF,
    {.name = "branch", .value = "BRANCH", .help = "the latest versions of a branch"},
    {.name = "environment", .value = "ENV", .help = "versions in an environment alone"},
    {.name = "check", .help = "check the whole store for damage first"},
    OPTIONS_FORM,
    OPTION_STORE,
};

/* ---- the question ---------------------------------------------------------------------------- */

typedef struct Selectors {
    ARRAY(bw_selector) list;
} Selectors;

static bool is(const Argument *argument, const char *name) {
    return argument->option && strcmp(argument->option->name, name) == 0;
}

/* Options belong to the participant before them. */
static bool read_selectors(const Arguments *arguments, Selectors *selectors) {
    for (size_t i = 0; i < arguments->list.count; i++) {
        const Argument *argument = &arguments->list.items[i];
        if (is(argument, "pacticipant")) {
            bw_selector selector = {.participant = argument->value};
            array_push(arguments->arena, &selectors->list, selector);
            continue;
        }
        bool latest = is(argument, "latest") && argument->value;
        bool selects = latest || is(argument, "version") || is(argument, "branch") ||
                       is(argument, "tag") || is(argument, "main-branch");
        if (!selects)
            continue;
        if (!selectors->list.count)
            break;
        bw_selector *newest = &selectors->list.items[selectors->list.count - 1];
        if (is(argument, "version"))
            newest->number = argument->value;
        else if (is(argument, "branch"))
            newest->branch = argument->value;
        else if (latest || is(argument, "tag"))
            newest->tag = argument->value;
        else
            newest->main_branch = true;
    }
    return selectors->list.count ||
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

static void read_ignored(const Arguments *arguments, bw_question *question) {
    Strings given = arguments_values(arguments, "ignore");
    ARRAY(const char *) names = {0};
    for (size_t i = 0; i < given.count; i++)
        array_push(arguments->arena, &names, given.items[i]);
    Text more = text_from(getenv("PACT_BROKER_CAN_I_DEPLOY_IGNORE"));
    for (size_t at = 0; at < more.size;) {
        size_t comma = text_find_byte(more, ',', at);
        size_t end = comma == SIZE_MAX ? more.size : comma;
        Text name = text_trim(text_slice(more, at, end));
        if (name.size)
            array_push(arguments->arena, &names, text_copy(arguments->arena, name).data);
        at = end + 1;
    }
    question->ignored = names.items;
    question->ignored_count = names.count;
}

/* ---- the answer ------------------------------------------------------------------------------ */

static bw_status write_form(const void *answer, const char *format, const bw_layout *layout,
                            bw_sink sink, void *context) {
    static const struct {
        const char *name;
        bw_answer_format format;
    } rows[] = {{"json", BW_ANSWER_JSON},
                {"markdown", BW_ANSWER_MARKDOWN},
                {"html", BW_ANSWER_HTML},
                {"dot", BW_ANSWER_DOT}};
    bw_answer_format form = BW_ANSWER_TEXT;
    for (size_t i = 0; format && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(format, rows[i].name) == 0)
            form = rows[i].format;
    return bw_answer_write(answer, form, layout, sink, context);
}

/* Gives the exit status: `status`, unless it can't be written. */
static int write_answer(const Arguments *arguments, const bw_answer *answer, int status) {
    const char *format = arguments_value(arguments, "format");
    Output output = {.format = format ? format : arguments_value(arguments, "output")};
    Outputs outputs = {.list = {&output, 1, 1}, .quiet = arguments_have(arguments, "quiet")};
    return outputs_write(&outputs, write_form, answer, status);
}

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

static int ask(const Arguments *arguments, bool to_main) {
    Selectors selectors = {0};
    unsigned long times = 0, interval = INTERVAL_SECONDS;
    bw_question question = BW_QUESTION_INIT;
    if (!read_selectors(arguments, &selectors) ||
        !number(arguments, "retry-while-unknown", &times) ||
        !number(arguments, "retry-interval", &interval))
        return wrong_usage(arguments);
    question.selectors = selectors.list.items;
    question.selector_count = selectors.list.count;
    question.to_main = to_main;
    question.environment = to_main ? NULL : arguments_value(arguments, "to-environment");
    read_ignored(arguments, &question);
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
    if (exit_status != EXIT_SAFE)
        return exit_status;
    if (written != EXIT_BREAKING || !is_dry_run(arguments))
        return written;
    fputs("dry run: the answer does not count\n", stderr);
    return EXIT_SAFE;
}

static int run_deploy(const Arguments *arguments) {
    return ask(arguments, false);
}

static int run_merge(const Arguments *arguments) {
    return ask(arguments, true);
}

static int run_matrix(const Arguments *arguments) {
    bw_matrix_filter filter = BW_MATRIX_FILTER_INIT;
    filter.participant = arguments_value(arguments, "pacticipant");
    filter.number = arguments_value(arguments, "version");
    filter.branch = arguments_value(arguments, "branch");
    filter.environment = arguments_value(arguments, "environment");
    if (filter.number && !filter.participant) {
        diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "pacticipant", "NAME");
        return wrong_usage(arguments);
    }
    int failed;
    bw_store *store = open_store(arguments, false, &failed);
    if (!store)
        return failed;
    const bw_answer *answer;
    bw_status status = arguments_have(arguments, "check") ? bw_store_check(store) : BW_OK;
    if (status == BW_OK)
        status = bw_matrix(store, &filter, &answer);
    int written = EXIT_SAFE;
    if (status == BW_OK)
        written = write_answer(arguments, answer, EXIT_SAFE);
    int exit_status = close_store(arguments, store, status);
    return exit_status != EXIT_SAFE ? exit_status : written;
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

static const char *const matrix_examples[] = {
    "breakwater matrix --environment production",
    "breakwater matrix --pacticipant UserService --format json",
    NULL,
};

const Command can_i_deploy_command = {
    .name = "can-i-deploy",
    .summary = "Say whether versions may be deployed to an environment.",
    .description =
        "Yes, if every contract of the versions that are asked for is satisfied by the providers "
        "that are in the environment, and every contract of the consumers there by these versions. "
        "What is not known is no yes. The exit status is 0 for yes and 1 otherwise.",
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

const Command matrix_command = {
    .name = "matrix",
    .summary = "Show what is known of all pairs of consumers and providers.",
    .description = "The pairs among the latest version of each participant and the versions that "
                   "are in environments.",
    .options = matrix_options,
    .option_count = sizeof matrix_options / sizeof matrix_options[0],
    .examples = matrix_examples,
    .run = run_matrix,
};
