#include "cli/store.h"

#include "cli/remote.h"

#include <stdio.h>
#include <stdlib.h>

bw_store *open_store(const Arguments *arguments, bool create, int *status) {
    const char *name = arguments_value(arguments, "store");
    const char *from_environment = getenv("BREAKWATER_STORE");
    if (!name && from_environment && *from_environment)
        name = from_environment;
    bw_store *store;
    bw_status opened;
    bool broker = name && (strncmp(name, "https://", 8) == 0 || strncmp(name, "http://", 7) == 0);
    if (broker) {
        bw_broker options = broker_at(name);
        opened = bw_store_open_broker(&options, &store);
    } else {
        opened = bw_store_open(name ? name : "breakwater.sqlite", create, &store);
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
