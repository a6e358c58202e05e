/* `breakwater environment create NAME` and `list`; `breakwater verification import FILE`. */
#include "cli/store.h"

#include <stdio.h>

static const char *const formats[] = {"text", "json", NULL};

static const Operand environment_operands[] = {
    {"ACTION", "create or list"},
    {"NAME", "of the environment to be made"},
};

static const Option environment_options[] = {
    {.name = "name", .value = "NAME", .help = "of the environment to be made"},
    {.name = "display-name", .value = "TEXT", .help = "how it is shown"},
    {.name = "production", .help = "it is a production environment"},
    {.name = "no-production", .help = "it is none (the default)"},
    {.name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the list"},
    OPTION_STORE,
    OPTION_HELP,
};

static int create(const Arguments *arguments) {
    const char *name = arguments_operand(arguments, 1);
    if (!name)
        name = arguments_value(arguments, "name");
    if (!name) {
        diagnose(arguments->diagnostics, MISSING_OPERAND, (Place){0}, "NAME");
        return wrong_usage(arguments);
    }
    int status;
    bw_store *store = open_store(arguments, true, &status);
    if (!store)
        return status;
    return close_store(arguments, store,
                       bw_store_add_environment(store, name,
                                                arguments_value(arguments, "display-name"),
                                                arguments_have(arguments, "production")));
}

static int list(const Arguments *arguments) {
    const char *format = arguments_value(arguments, "format");
    bw_layout layout = terminal_layout();
    int status;
    bw_store *store = open_store(arguments, false, &status);
    if (!store)
        return status;
    return close_store(arguments, store,
                       bw_store_write_environments(store, format && strcmp(format, "json") == 0,
                                                   &layout, bw_to_file, stdout));
}

static int run_environment(const Arguments *arguments) {
    const char *action = arguments_operand(arguments, 0);
    if (strcmp(action, "create") == 0)
        return create(arguments);
    if (strcmp(action, "list") == 0 && !arguments_operand(arguments, 1))
        return list(arguments);
    diagnose(arguments->diagnostics, NOT_AN_ACTION, (Place){0}, action, "create or list");
    return wrong_usage(arguments);
}

static const char *const environment_examples[] = {
    "breakwater environment create production --production",
    "breakwater environment list",
    NULL,
};

const Command environment_command = {
    .name = "environment",
    .summary = "Make an environment, or list them all.",
    .description = "Versions are deployed and released to environments.",
    .operands = environment_operands,
    .operand_count = 2,
    .required = 1,
    .options = environment_options,
    .option_count = sizeof environment_options / sizeof environment_options[0],
    .examples = environment_examples,
    .run = run_environment,
};

/* ---- verification import --------------------------------------------------------------------- */

static const Operand verification_operands[] = {
    {"ACTION", "import"},
    {"FILE", "the JSON of breakwater verify, or a result as Pact verifiers publish it"},
};

static const Option verification_options[] = {
    {.name = "provider", .value = "NAME", .help = "who verified"},
    {.name = "provider-version", .value = "VERSION", .help = "which version of it"},
    {.name = "consumer", .value = "NAME", .help = "whose contract; else all that the file names"},
    {.name = "consumer-version",
     .value = "VERSION",
     .help = "of which version the contract is; else the latest"},
    OPTION_STORE,
    OPTION_HELP,
};

static int run_verification(const Arguments *arguments) {
    static const char *const needed[] = {"provider", "provider-version", NULL};
    const char *action = arguments_operand(arguments, 0);
    if (strcmp(action, "import") != 0) {
        diagnose(arguments->diagnostics, NOT_AN_ACTION, (Place){0}, action, "import");
        return wrong_usage(arguments);
    }
    if (!need_options(arguments, needed))
        return wrong_usage(arguments);
    bw_replay replay = BW_REPLAY_INIT;
    replay.file = arguments_operand(arguments, 1);
    replay.provider = arguments_value(arguments, "provider");
    replay.provider_number = arguments_value(arguments, "provider-version");
    replay.consumer = arguments_value(arguments, "consumer");
    replay.consumer_number = arguments_value(arguments, "consumer-version");
    int status;
    bw_store *store = open_store(arguments, false, &status);
    return store ? close_store(arguments, store, bw_store_import_verification(store, &replay))
                 : status;
}

static const char *const verification_examples[] = {
    "breakwater verification import result.json --provider UserService --provider-version 2.3.1",
    NULL,
};

const Command verification_command = {
    .name = "verification",
    .summary = "Record a verification that was made elsewhere.",
    .description = "What a provider found by replaying a contract outranks our comparison of the "
                   "contract with its description.",
    .operands = verification_operands,
    .operand_count = 2,
    .required = 2,
    .options = verification_options,
    .option_count = sizeof verification_options / sizeof verification_options[0],
    .examples = verification_examples,
    .run = run_verification,
};
