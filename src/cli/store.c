#include "cli/store.h"

#include "cli/remote.h"

#include <stdio.h>
#include <stdlib.h>

const char *const text_form[] = {"text", NULL};

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

int close_store(const Arguments *arguments, bw_store *store, bw_status status) {
    if (store)
        tell_diagnostics(bw_store_diagnostics(store), arguments_have(arguments, "verbose"));
    if (status == BW_FAULT)
        fputs("error: out of memory\n", stderr);
    bw_store_close(store);
    return (int)status;
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
