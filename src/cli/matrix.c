/* `breakwater matrix`: what is known of all pairs. */
#include "cli/answer.h"

static const Option options[] = {
    OPTION_PARTICIPANT("pairs of this participant alone; given twice: the pairs of the two"),
    OPTION_VERSION_OF,
    {.name = "branch",
     .value = "BRANCH",
     .help = "its versions of this branch; without a participant: pairs with one of it"},
    {.name = "environment", .value = "ENV", .help = "versions in an environment alone"},
    {.name = "check", .help = "check the whole store for damage first"},
    OPTIONS_ANSWER_FORM,
    OPTIONS_STORE,
};

static const char *const examples[] = {
    "breakwater matrix --environment production",
    "breakwater matrix --pacticipant UserService --format json",
    NULL,
};

static bool is(const Argument *argument, const char *name) {
    return argument->option && strcmp(argument->option->name, name) == 0;
}

/* --version and --branch belong to the participant before them, before the first one to it. */
static bool read_sides(const Arguments *arguments, bw_matrix_filter *filter) {
    for (array_each(Argument, argument, &arguments->list)) {
        bool second = filter->other, names = is(argument, "pacticipant");
        const char **property = NULL;
        if (names)
            property = filter->participant ? &filter->other : &filter->participant;
        else if (is(argument, "version"))
            property = second ? &filter->other_number : &filter->number;
        else if (is(argument, "branch"))
            property = second ? &filter->other_branch : &filter->branch;
        if (!property)
            continue;
        if (*property && names)
            return diagnose(arguments->diagnostics, THIRD_OF_A_PAIR, (Place){0}, argument->value);
        if (*property)
            return diagnose(arguments->diagnostics, VERSION_TWICE, (Place){0},
                            second                ? filter->other
                            : filter->participant ? filter->participant
                                                  : "the first participant",
                            argument->option->name);
        *property = argument->value;
    }
    return !filter->number || filter->participant ||
           diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "pacticipant", "NAME");
}

static int run(const Arguments *arguments) {
    bw_matrix_filter filter = BW_MATRIX_FILTER_INIT;
    filter.environment = arguments_value(arguments, "environment");
    if (!read_sides(arguments, &filter))
        return wrong_usage(arguments);
    int failed, written = EXIT_SAFE;
    bw_store *store = open_store(arguments, false, &failed);
    if (!store)
        return failed;
    const bw_answer *answer;
    bw_status status = arguments_have(arguments, "check") ? bw_store_check(store) : BW_OK;
    if (status == BW_OK)
        status = bw_matrix(store, &filter, &answer);
    if (status == BW_OK)
        written = write_answer(arguments, answer, EXIT_SAFE);
    int exit_status = close_store(arguments, store, status);
    return exit_status == EXIT_SAFE ? written : exit_status;
}

const Command matrix_command = {
    .name = "matrix",
    .summary = "Show what is known of all pairs of consumers and providers.",
    .description = "The pairs among the latest version of each participant and the versions that "
                   "are in environments.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
