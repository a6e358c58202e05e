/* `breakwater environment create NAME` and `list`; `create-environment --name NAME` and
 * `list-environments`, as the Pact Broker's client has them. */
#include "cli/store.h"

static const char *const formats[] = {"text", "json", NULL};

static const char *const actions[] = {"create", "list", NULL};

static const Operand environment_operands[] = {
    {.name = "ACTION", .help = "create or list", .choices = actions},
    {.name = "NAME", .help = "of the environment to be made"},
};

#define OPTIONS_CREATE                                                                             \
    {.name = "name", .value = "NAME", .help = "of the environment to be made"},                    \
        {.name = "display-name", .value = "TEXT", .help = "how it is shown"},                      \
        {.name = "contact-name",                                                                   \
         .value = "NAME",                                                                          \
         .help = "for a Pact Broker: who answers for it"},                                         \
        {.name = "contact-email-address",                                                          \
         .value = "ADDRESS",                                                                       \
         .help = "for a Pact Broker: theirs"},                                                     \
    {                                                                                              \
        .name = "production",                                                                      \
        .help = "it is a production environment; --no-production: it is none (the default)"        \
    }
#define OPTION_LIST_OUTPUT                                                                         \
    {                                                                                              \
        .name = "output", .letter = 'o', .value = "FORMAT", .choices = formats,                    \
        .help = "the form of the list"                                                             \
    }

static const Option environment_options[] = {
    OPTIONS_CREATE,
    {.name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the list"},
    OPTION_LIST_OUTPUT,
    OPTIONS_STORE,
};

static const Option create_options[] = {
    OPTIONS_CREATE,
    OPTION_RECORDED,
    OPTIONS_STORE,
};

static const Option list_options[] = {OPTION_LIST_OUTPUT, OPTIONS_STORE};

static const char *name_of(const Arguments *arguments) {
    const char *operand = arguments_operand(arguments, 1);
    return operand ? operand : arguments_value(arguments, "name");
}

static bw_status add(bw_store *store, const Arguments *arguments) {
    bw_environment environment = BW_ENVIRONMENT_INIT;
    environment.name = name_of(arguments);
    environment.display_name = arguments_value(arguments, "display-name");
    environment.production = arguments_have(arguments, "production");
    environment.contact_name = arguments_value(arguments, "contact-name");
    environment.contact_email = arguments_value(arguments, "contact-email-address");
    return bw_store_add_environment(store, &environment);
}

static int create(const Arguments *arguments) {
    RecordedMembers recorded = {0};
    const char *name = name_of(arguments), *shown = arguments_value(arguments, "display-name");
    if (!name) {
        diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "name", "NAME");
        return wrong_usage(arguments);
    }
    add_recorded(arguments, &recorded, "name", (Strings){&name, 1});
    add_recorded(arguments, &recorded, "display-name", (Strings){shown ? &shown : &name, 1});
    if (arguments_have(arguments, "production"))
        add_recorded(arguments, &recorded, "production", (Strings){0});
    return record_in_store(arguments, true, add, &recorded);
}

static int list(const Arguments *arguments) {
    const char *format = arguments_value(arguments, "format");
    if (!format)
        format = arguments_value(arguments, "output");
    bw_layout layout = terminal_layout();
    Buffer out = {.arena = arguments->arena};
    int status;
    bw_store *store = open_store(arguments, false, &status);
    if (!store)
        return status;
    bool json = format && strcmp(format, "json") == 0;
    status = close_store(arguments, store,
                         bw_store_write_environments(store, json, &layout, into_buffer, &out));
    if (status != EXIT_SAFE || arguments_have(arguments, "quiet"))
        return status;
    return write_standard_output(buffer_text(&out));
}

static int run_environment(const Arguments *arguments) {
    const char *action = arguments_operand(arguments, 0);
    if (strcmp(action, "create") == 0)
        return create(arguments);
    const char *more = arguments_operand(arguments, 1);
    if (!more)
        return list(arguments);
    diagnose(arguments->diagnostics, UNEXPECTED_OPERAND, (Place){0}, more);
    return wrong_usage(arguments);
}

static const char *const environment_examples[] = {
    "breakwater environment create production --production",
    "breakwater environment list",
    NULL,
};

static const char *const create_examples[] = {
    "breakwater create-environment --name production --production",
    NULL,
};

static const char *const list_examples[] = {"breakwater list-environments --output json", NULL};

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

const Command create_environment_command = {
    .name = "create-environment",
    .summary = "As environment create, as the Pact Broker's client has it.",
    .description = "Versions are deployed and released to environments.",
    .options = create_options,
    .option_count = sizeof create_options / sizeof create_options[0],
    .examples = create_examples,
    .run = create,
};

const Command list_environments_command = {
    .name = "list-environments",
    .summary = "As environment list, as the Pact Broker's client has it.",
    .description = "All environments by name.",
    .options = list_options,
    .option_count = sizeof list_options / sizeof list_options[0],
    .examples = list_examples,
    .run = list,
};
