/* `breakwater init`: a config for what is found here. */
#include "cli/edit.h"

#include <unistd.h>

static const char file[] = ".breakwater.yaml";

static const Option options[] = {
    {.name = "stdout", .help = "write to standard output, and no file"},
};

static const char *const examples[] = {
    "breakwater init && breakwater check",
    "breakwater init --stdout",
    NULL,
};

static int run(const Arguments *arguments) {
    bool shown = arguments_have(arguments, "stdout");
    if (!shown && access(file, F_OK) == 0) {
        diagnose(arguments->diagnostics, CONFIG_EXISTS, (Place){0}, file);
        return wrong_usage(arguments);
    }
    bw_edit *edit;
    bw_status status = bw_init(&edit);
    int exit_status = finish_edit(arguments, status, edit, shown ? NULL : file);
    if (exit_status != EXIT_SAFE || shown || arguments_have(arguments, "quiet"))
        return exit_status;
    return write_standard_output(
        text_format(arguments->arena,
                    "%s is written: look it through, then try `breakwater check` and let commits "
                    "be checked by `breakwater hook install`\n",
                    file));
}

const Command init_command = {
    .name = "init",
    .summary = "Write a config for the descriptions and pacts that are found here.",
    .description = "Looks through the files below the working directory that git tracks or does "
                   "not ignore, tells descriptions and pacts by what is in them, and writes "
                   ".breakwater.yaml with its words explained.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
