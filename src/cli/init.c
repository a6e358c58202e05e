/* `breakwater init`: a config for what is found here, and a file for CI. */
#include "cli/ci_file.h"
#include "cli/edit.h"

#include <unistd.h>

static const char config[] = ".breakwater.yaml";

static const Option options[] = {
    {.name = "ci",
     .value = "SYSTEM",
     .choices = ci_systems,
     .help = "write the file by which SYSTEM judges each pull request, too; what is there already "
             "stays"},
    {.name = "from",
     .value = "PROJECT",
     .help = "the project on SYSTEM in which breakwater is kept, such as acme/breakwater@v1"},
    {.name = "stdout", .help = "write to standard output, and no file; with --ci its file alone"},
};

static const char *const examples[] = {
    "breakwater init && breakwater check",
    "breakwater init --ci github --from acme/breakwater@v1",
    "breakwater init --stdout",
    NULL,
};

/* ---- what comes next ------------------------------------------------------------------------- */

static void put_next(Buffer *out, Text command, const char *meaning) {
    buffer_format(out, "  %-39.*s # %s\n", TEXT_ARG(command), meaning);
}

/* The commands that follow, to be pasted. `file` may be NULL. */
static Text what_comes_next(const Arguments *arguments, Repository *repository,
                            const CiFile *file) {
    Buffer out = {.arena = arguments->arena};
    buffer_add(&out, TEXT("next:\n"));
    put_next(&out, TEXT("breakwater check"), "judges this branch, and what is not committed yet");
    put_next(&out, TEXT("breakwater hook install --diff-driver"),
             "refuses commits that break; git diff shows changes of the API");
    const char *ci = ci_system_of(arguments->arena, repository);
    if (!file)
        put_next(&out,
                 text_format(arguments->arena, "breakwater init --ci %s", ci ? ci : ci_systems[0]),
                 ci ? "the file for CI" : "the file for CI; or gitlab");
    if (file && file->included)
        buffer_format(&out, "  # .gitlab-ci.yml has an `include` to get: - local: %.*s\n",
                      TEXT_ARG(file->root));
    buffer_format(&out, "  git add %s", config);
    if (file)
        buffer_format(&out, " %.*s", TEXT_ARG(file->path));
    buffer_add(&out, TEXT(" && git commit -m 'Judge changes of the API'\n"));
    return buffer_text(&out);
}

/* ---- writing --------------------------------------------------------------------------------- */

static bw_status write_text(const void *text, const char *format, const bw_layout *layout,
                            bw_sink sink, void *context) {
    (void)format, (void)layout;
    const Text *whole = text;
    return sink(whole->data, whole->size, context) ? BW_OK : BW_FAULT;
}

/* `path` NULL: to standard output. */
static int write_ci_file(const Arguments *arguments, const CiFile *file, const char *path) {
    if (path && !ci_file_make_folders(arguments, file)) {
        tell_usage(arguments->diagnostics, arguments->command);
        return EXIT_INPUT;
    }
    Output output = {.file = path};
    Outputs outputs = {.list = {&output, 1, 1}};
    return outputs_write(&outputs, write_text, &file->text, EXIT_SAFE);
}

static int write_config(const Arguments *arguments, const char *path) {
    bw_edit *edit;
    bw_status status = bw_init(&edit);
    return finish_edit(arguments, status, edit, path);
}

/* ---- running --------------------------------------------------------------------------------- */

/* A config that is there already stays, where there is something else to do. */
static int write_all(const Arguments *arguments, Repository *repository, const CiFile *file) {
    bool stays = access(config, F_OK) == 0;
    int status = stays ? EXIT_SAFE : write_config(arguments, config);
    if (status == EXIT_SAFE && file)
        status = write_ci_file(arguments, file, file->path.data);
    if (status != EXIT_SAFE || arguments_have(arguments, "quiet"))
        return status;
    Buffer out = {.arena = arguments->arena};
    buffer_format(&out, "%s %s\n", config,
                  stays ? "stays as it is" : "is written: look it through");
    if (file)
        buffer_format(&out, "%.*s is written\n", TEXT_ARG(file->path));
    if (file && !file->has_project) {
        diagnose(arguments->diagnostics, CI_PROJECT_MISSING, (Place){0}, TEXT_ARG(file->path),
                 TEXT_ARG(file->project));
        tell_usage(arguments->diagnostics, arguments->command);
    }
    if (repository)
        buffer_add(&out, what_comes_next(arguments, repository, file));
    return write_standard_output(buffer_text(&out));
}

static int run_with_ci(const Arguments *arguments, const char *ci) {
    Repository *repository = repository_open(arguments->arena, arguments->diagnostics, "init --ci");
    const char *project = arguments_value(arguments, "from");
    CiFile file;
    if (!repository || !ci_file_make(arguments, repository, ci, project, &file))
        return wrong_usage(arguments);
    if (arguments_have(arguments, "stdout"))
        return write_ci_file(arguments, &file, NULL);
    if (access(file.path.data, F_OK) == 0) {
        diagnose(arguments->diagnostics, CI_FILE_EXISTS, (Place){0}, TEXT_ARG(file.path), ci);
        return wrong_usage(arguments);
    }
    return write_all(arguments, repository, &file);
}

static int run(const Arguments *arguments) {
    const char *ci = arguments_value(arguments, "ci");
    if (ci)
        return run_with_ci(arguments, ci);
    if (arguments_have(arguments, "from")) {
        diagnose(arguments->diagnostics, OPTION_NEEDS_OPTION, (Place){0}, "from", "ci");
        return wrong_usage(arguments);
    }
    if (arguments_have(arguments, "stdout"))
        return write_config(arguments, NULL);
    if (access(config, F_OK) == 0) {
        diagnose(arguments->diagnostics, CONFIG_EXISTS, (Place){0}, config);
        return wrong_usage(arguments);
    }
    return write_all(arguments, repository_find(arguments->arena), NULL);
}

const Command init_command = {
    .name = "init",
    .summary = "Write a config for the descriptions and pacts that are found here.",
    .description = "Looks through the files below the working directory that git tracks or does "
                   "not ignore, tells descriptions and pacts by what is in them, and writes "
                   ".breakwater.yaml with its words explained. With --ci it also writes a workflow "
                   "of GitHub Actions or a pipeline of GitLab.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
