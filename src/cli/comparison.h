/* Owns the options by which commands are told how to compare and by whom to judge; a command takes
 * the rows that mean something to it. Gives the rows of an option table and their reading. Knows
 * nothing of what becomes of them.
 */
#ifndef BREAKWATER_CLI_COMPARISON_H
#define BREAKWATER_CLI_COMPARISON_H

#include "cli/clock.h"
#include "cli/output.h"
#include "cli/remote.h"

extern const char *const policy_names[], *const fail_on_names[];

#define OPERAND_SPEC                                                                               \
    {                                                                                              \
        .name = "SPEC",                                                                            \
        .help =                                                                                    \
            "the description: a path, REF:path (git), :path (staged in git) or - (standard input)" \
    }

#define OPTION_PACTS                                                                               \
    {                                                                                              \
        .name = "pacts", .value = "PATH", .many = true,                                            \
        .help = "pacts of the recorded consumers: files, folders, patterns, REF:path or :path "    \
                "(git), tar archives; may be given more than once"                                 \
    }

#define OPTION_POLICY                                                                              \
    {                                                                                              \
        .name = "policy", .value = "POLICY", .choices = policy_names,                              \
        .help = "who decides what is breaking: the rules, or the consumers whose pacts are given " \
                "(the default where there are pacts)"                                              \
    }

#define OPTION_FAIL_ON                                                                             \
    {                                                                                              \
        .name = "fail-on", .value = "LEVEL", .choices = fail_on_names,                             \
        .help = "what makes the exit status 1: breaking changes (the default), conditional ones "  \
                "too, or none"                                                                     \
    }

#define OPTION_RULES                                                                               \
    {                                                                                              \
        .name = "rules", .value = "DIR",                                                           \
        .help = "lay the rules in the *.yaml files of DIR before all others; may be given more "   \
                "than once"                                                                        \
    }

#define OPTION_BASE_PATH                                                                           \
    {                                                                                              \
        .name = "provider-base-path", .value = "PATH",                                             \
        .help = "the provider serves the description's paths below PATH, whatever its servers say" \
    }

#define OPTION_ALLOW_UNRESOLVED                                                                    \
    {                                                                                              \
        .name = "allow-unresolved",                                                                \
        .help = "take a $ref that leads nowhere as a type of which nothing is known"               \
    }

#define OPTION_NO_RENAMES                                                                          \
    { .name = "no-renames", .help = "report a rename as a removal and an addition" }

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

/* Sets what the options of this file and of the clock give, as far as the command has them. False:
 * diagnosed. */
bool comparison_options(const Arguments *arguments, bw_compare_options *compare);

/* For a command on SPEC that can do nothing without pacts, those of a broker or --pacts. `broker`
 * is where the one that is asked stands, and must live as long as `recorded`. False: diagnosed. */
bool recorded_options(const Arguments *arguments, bw_recorded *recorded, bw_broker *broker);

#endif
