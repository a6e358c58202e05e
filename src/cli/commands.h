/* Owns the list of commands, one file each, and what they have in common.
 * Knows nothing that a user of the library would want.
 */
#ifndef BREAKWATER_CLI_COMMANDS_H
#define BREAKWATER_CLI_COMMANDS_H

#include "breakwater.h"
#include "cli/options.h"

enum { EXIT_SAFE = 0, EXIT_BREAKING = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_FAULT = 4 };

/* What the numbers mean, the same for every command; NULL behind the last. */
typedef struct ExitStatus {
    const char *status, *meaning;
} ExitStatus;

extern const ExitStatus exit_statuses[];

extern const Command completion_command;
extern const Command log_command, diff_command, check_command, init_command, hook_command,
    diff_driver_command, waive_command, verify_command, usage_command, report_command,
    rules_command, graph_command, help_command, publish_command, environment_command,
    record_deployment_command, record_undeployment_command, record_release_command,
    record_support_ended_command, verification_command, can_i_deploy_command, can_i_merge_command,
    matrix_command, what_breaks_command, create_environment_command, list_environments_command,
    create_participant_command, create_version_command, create_tag_command;

/* In the order in which help lists them; NULL behind the last. */
extern const Command *const commands[];

/* NULL where there is none. */
const Command *command_find(const char *name);

/* The command with the nearest name as "; did you mean `diff`?", or "". */
const char *command_did_you_mean(Arena *arena, const char *name);

/* Finds the command that the line names, parses for it, runs it with `progress`. Gives the exit
 * status. */
int run_program(Arena *arena, Progress *progress, int argc, char **argv);

/* Help on one command, or with NULL on the program, to standard output. Gives the exit status. */
int show_help(Arena *arena, const Command *command);

/* Tells what is in the list on standard error; notes only with `verbose`. */
void tell_diagnostics(const bw_diagnostics *diagnostics, bool verbose);

/* The same for what the command line itself has wrong, with the way to help on the command, which
 * may be NULL. */
void tell_usage(const Diagnostics *diagnostics, const Command *command);

/* EXIT_USAGE, with what was diagnosed. */
int wrong_usage(const Arguments *arguments);

/* EXIT_FAULT, of which it is told. */
int told_out_of_memory(void);

#endif
