/* Owns the options by which commands are told of the config and of what to leave out.
 * Gives the rows of an option table and their reading. Knows nothing of what a config says.
 */
#ifndef BREAKWATER_CLI_CONFIG_H
#define BREAKWATER_CLI_CONFIG_H

#include "breakwater.h"
#include "cli/options.h"

#define OPTIONS_CONFIG                                                                             \
    {.name = "config",                                                                             \
     .value = "FILE",                                                                              \
     .help = "read the config FILE (default: .breakwater.yaml here or in a folder above)"},        \
    {                                                                                              \
        .name = "no-config", .help = "read no config"                                              \
    }

#define OPTIONS_FILTER                                                                             \
    {.name = "include",                                                                            \
     .value = "OPERATIONS",                                                                        \
     .help = "report on these alone: a path (/users/**), method and path (GET /users), tag:NAME "  \
             "or id:OPERATION-ID, each with * and **; may be given more than once"},               \
    {                                                                                              \
        .name = "exclude", .value = "OPERATIONS",                                                  \
        .help = "leave these out, named in the same ways; may be given more than once"             \
    }

#define OPTIONS_PATHS                                                                              \
    {.name = "strip-prefix",                                                                       \
     .value = "PREFIX",                                                                            \
     .help = "take PREFIX off the paths of operations on both sides; of several, the first that "  \
             "fits"},                                                                              \
    {                                                                                              \
        .name = "add-prefix", .value = "PREFIX",                                                   \
        .help = "put PREFIX before the paths of operations on both sides"                          \
    }

/* The config to read; NULL: none. */
const char *config_option(const Arguments *arguments);

/* Sets config and filters. */
void config_options(const Arguments *arguments, bw_compare_options *compare);

/* Sets what OPTIONS_PATHS give. */
void path_options(const Arguments *arguments, bw_compare_options *compare);

#endif
