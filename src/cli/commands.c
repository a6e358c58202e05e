#include "cli/commands.h"

#include "cli/output.h"
#include "report/printable.h"

#include <stdio.h>

/* clang-format off */
const Command *const commands[] = {
    &diff_command,
    &check_command,
    &init_command,
    &hook_command,
    &waive_command,
    &log_command,
    &diff_driver_command,
    &verify_command,
    &usage_command,
    &report_command,
    &graph_command,
    &rules_command,
    &publish_command,
    &environment_command,
    &create_environment_command,
    &list_environments_command,
    &create_participant_command,
    &create_version_command,
    &create_tag_command,
    &record_deployment_command,
    &record_undeployment_command,
    &record_release_command,
    &record_support_ended_command,
    &verification_command,
    &can_i_deploy_command,
    &can_i_merge_command,
    &what_breaks_command,
    &matrix_command,
    &completion_command,
    &help_command,
    NULL,
};
/* clang-format on */

const Command *command_find(const char *name) {
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

const char *command_did_you_mean(Arena *arena, const char *name) {
    Guess guess = {.mistyped = text_from(name)};
    for (size_t i = 0; commands[i]; i++)
        guess_offer(&guess, text_from(commands[i]->name));
    return text_suggestion(arena, guess.word);
}

/* What pipelines may call, too: it is known, and not taken for a mistyped word. */
static bool is_of_client(const char *word) {
    static const char *const words[] = {
        "create-or-update-webhook",
        "create-webhook",
        "delete-branch",
        "delete-environment",
        "describe-environment",
        "describe-pacticipant",
        "describe-version",
        "generate-uuid",
        "list-latest-pact-versions",
        "list-pacticipants",
        "publish-provider-contract",
        "test-webhook",
        "update-environment",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

void tell_diagnostics(const bw_diagnostics *diagnostics, bool verbose) {
    for (size_t i = 0; i < bw_diagnostics_count(diagnostics); i++) {
        bw_diagnostic diagnostic;
        bw_diagnostics_get(diagnostics, i, &diagnostic);
        if (diagnostic.severity != BW_NOTE || verbose)
            bw_diagnostics_write(diagnostics, i, bw_to_file, stderr);
    }
}

void tell_usage(const Diagnostics *diagnostics, const Command *command) {
    Buffer out = {.arena = diagnostics->arena};
    for (size_t i = 0; i < diagnostics->list.count; i++)
        diagnostic_render(&diagnostics->list.items[i], &out);
    buffer_format(&out, "see breakwater %s%s--help\n", command ? command->name : "",
                  command ? " " : "");
    Text shown = text_printable(out.arena, buffer_text(&out), true);
    fwrite(shown.data, 1, shown.size, stderr);
}

int wrong_usage(const Arguments *arguments) {
    progress_end(arguments->progress);
    tell_usage(arguments->diagnostics, arguments->command);
    return EXIT_USAGE;
}

int told_out_of_memory(void) {
    fputs("error: out of memory\n", stderr);
    return EXIT_FAULT;
}

/* While a plain command runs, git or a shell has the terminal. */
static int run_command(Diagnostics *diagnostics, Progress *progress, const Command *command,
                       int argc, char **argv) {
    Arena *arena = diagnostics->arena;
    Arguments arguments = {
        .arena = arena, .diagnostics = diagnostics, .command = command, .progress = progress};
    if (!arguments_parse(&arguments, argc, argv))
        return wrong_usage(&arguments);
    if (arguments_have(&arguments, "help"))
        return show_help(arena, command);
    progress_begin(progress, command->name, command->plain || arguments_have(&arguments, "quiet"));
    int status = command->run(&arguments);
    progress_end(progress);
    return status;
}

/* Where a command has a `--version` of its own, it is that one. */
static bool asks_for_version(const Command *command, int argc, char **argv) {
    if (command && command_option_named(command, "version"))
        return false;
    return strcmp(argv[1], "--version") == 0 || (argc > 2 && strcmp(argv[2], "--version") == 0);
}

int run_program(Arena *arena, Progress *progress, int argc, char **argv) {
    Diagnostics diagnostics = {.arena = arena};
    const char *word = argc > 1 ? argv[1] : NULL;
    if (!word) {
        diagnose(&diagnostics, MISSING_OPERAND, (Place){0}, "a command");
        tell_usage(&diagnostics, NULL);
        return EXIT_USAGE;
    }
    const Command *command = command_find(word);
    if (asks_for_version(command, argc, argv))
        return write_standard_output(text_format(arena, "breakwater %s\n", bw_version()));
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return show_help(arena, NULL);
    if (command)
        return run_command(&diagnostics, progress, command, argc - 1, argv + 1);
    if (is_of_client(word))
        diagnose(&diagnostics, CLIENT_COMMAND, (Place){0}, word);
    else
        diagnose(&diagnostics, UNKNOWN_COMMAND, (Place){0}, word,
                 command_did_you_mean(arena, word));
    tell_usage(&diagnostics, NULL);
    return EXIT_USAGE;
}
