#include "cli/store.h"

#include "cli/remote.h"

#include <stdio.h>
#include <stdlib.h>

const char *const recorded_forms[] = {"text", "json", NULL};

/* A variable of a pipeline that is not set makes an option that says nothing. */
static bool check_blank(const Arguments *arguments) {
    for (size_t i = 0; i < arguments->list.count; i++) {
        const Argument *argument = &arguments->list.items[i];
        if (argument->value && !text_trim(text_from(argument->value)).size)
            return diagnose(arguments->diagnostics, OPTION_BLANK, (Place){0},
                            argument->option ? "--" : "",
                            argument->option ? argument->option->name : "an operand");
    }
    return true;
}

static const char *store_name(const Arguments *arguments) {
    static const char *const options[] = {"store", "broker-base-url"};
    static const char *const variables[] = {"BREAKWATER_STORE", "PACT_BROKER_BASE_URL"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (arguments_value(arguments, options[i]))
            return arguments_value(arguments, options[i]);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return "breakwater.sqlite";
}

bw_store *open_store(const Arguments *arguments, bool create, int *status) {
    if (!check_blank(arguments)) {
        *status = wrong_usage(arguments);
        return NULL;
    }
    const char *name = store_name(arguments);
    bw_store *store;
    bw_status opened;
    if (strncmp(name, "https://", 8) == 0 || strncmp(name, "http://", 7) == 0) {
        bw_broker options = broker_at(arguments, name);
        opened = bw_store_open_broker(&options, &store);
    } else {
        opened = bw_store_open(name, create, &store);
    }
    if (opened == BW_OK)
        return store;
    *status = close_store(arguments, store, opened);
    return NULL;
}

/* Of a command whose --output is a form: where it is no file. */
static bool is_json_wanted(const Arguments *arguments) {
    const Option *output = command_option_named(arguments->command, "output");
    const char *form = arguments_value(arguments, "format");
    if (!form)
        form = arguments_value(arguments, "output");
    return output && output->choices && form && strcmp(form, "json") == 0 &&
           !arguments_have(arguments, "quiet");
}

/* Who reads standard output alone is to find there why there is nothing else. */
static int write_errors(const Arguments *arguments, const bw_diagnostics *diagnostics) {
    ToldErrors errors = {0};
    bw_diagnostic said;
    for (size_t i = 0; bw_diagnostics_get(diagnostics, i, &said); i++) {
        ToldError error = {text_from(said.id),
                           {said.message.data, said.message.size},
                           {.file = {said.place.file.data, said.place.file.size},
                            .line = said.place.line,
                            .column = said.place.column}};
        if (said.severity == BW_ERROR)
            array_push(arguments->arena, &errors, error);
    }
    return write_standard_output(errors_json(arguments->arena, &errors));
}

int close_store(const Arguments *arguments, bw_store *store, bw_status status) {
    progress_end(arguments->progress);
    int written = EXIT_SAFE;
    if (store)
        tell_diagnostics(bw_store_diagnostics(store), arguments_have(arguments, "verbose"));
    if (store && status == BW_INVALID_INPUT && is_json_wanted(arguments))
        written = write_errors(arguments, bw_store_diagnostics(store));
    if (status == BW_FAULT)
        fputs("error: out of memory\n", stderr);
    bw_store_close(store);
    return written == EXIT_SAFE ? (int)status : written;
}

bool need_options(const Arguments *arguments, const char *const *names) {
    for (size_t i = 0; names[i]; i++) {
        const Option *option = command_option_named(arguments->command, names[i]);
        if (!arguments_have(arguments, names[i]))
            return diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, names[i],
                            option ? option->value : "");
    }
    return true;
}

/* ---- recording ------------------------------------------------------------------------------- */

/* Whether it says how to record and not what, or what has no place. */
static bool is_way(const Option *option) {
    static const Option ways[] = {OPTION_RECORDED, OPTIONS_STORE};
    static const char *const others[] = {"quiet", "verbose", "format", "display-name",
                                         "repository-url"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(option->name, ways[i].name) == 0)
            return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(option->name, others[i]) == 0)
            return true;
    return false;
}

void add_recorded(const Arguments *arguments, RecordedMembers *members, const char *name,
                  Strings values) {
    bool many = strcmp(name, "tag") == 0 || strcmp(name, "file") == 0;
    RecordedMember member = {text_from(name), values.items, values.count, many};
    if (values.count || !many)
        array_push(arguments->arena, members, member);
}

static RecordedMembers told_by_options(const Arguments *arguments) {
    RecordedMembers members = {0};
    const Option *option;
    for (size_t i = 0; (option = command_option(arguments->command, i)); i++) {
        if (is_way(option) || !arguments_have(arguments, option->name))
            continue;
        Strings values = arguments_values(arguments, option->name);
        values.count = option->value ? values.count : 0;
        add_recorded(arguments, &members, option->name, values);
    }
    return members;
}

int record_in_store(const Arguments *arguments, bool create,
                    bw_status (*record)(bw_store *store, const Arguments *arguments),
                    const RecordedMembers *recorded) {
    int status;
    bw_store *store = open_store(arguments, create, &status);
    if (!store)
        return status;
    status = close_store(arguments, store, record(store, arguments));
    if (status != EXIT_SAFE || !is_json_wanted(arguments))
        return status;
    RecordedMembers told = recorded ? *recorded : told_by_options(arguments);
    return write_standard_output(recorded_json(arguments->arena, &told));
}
