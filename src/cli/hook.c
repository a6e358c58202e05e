/* `breakwater hook install|uninstall`: let git ask before each commit. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/script.h"

#include "source/repository.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const Operand operands[] = {
    {"ACTION", "install or uninstall"},
};

static const Option options[] = {
    {.name = "diff-driver",
     .help = "let git diff and git log -p show descriptions as changes of the API, too"},
};

static const char *const examples[] = {
    "breakwater hook install",
    "breakwater hook install --diff-driver",
    "breakwater hook uninstall",
    NULL,
};

static const char begin[] = "# breakwater: begin";
static const char end[] = "# breakwater: end";

/* ---- the hook -------------------------------------------------------------------------------- */

/* Git runs hooks at the root of the working tree, and often without the user's PATH. */
static Text hook_block(Arena *arena) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    path[size > 0 ? size : 0] = '\0';
    return text_format(arena,
                       "%s (written by `breakwater hook install`)\n"
                       "# Judges the staged descriptions; git commit --no-verify does without.\n"
                       "if [ -e .breakwater.yaml ]; then\n"
                       "    breakwater='%s'\n"
                       "    [ -x \"$breakwater\" ] || breakwater=breakwater\n"
                       "    \"$breakwater\" check --staged --quiet || exit $?\n"
                       "fi\n"
                       "%s\n",
                       begin, strchr(path, '\'') ? "" : path, end);
}

static bool is_shell_script(Text content) {
    Text line = text_slice(content, 0, text_find_byte(content, '\n', 0));
    return text_starts_with(line, TEXT("#!")) &&
           (text_ends_with(line, TEXT("sh")) || memmem(line.data, line.size, "sh ", 3));
}

static bool write_hook(const Arguments *arguments, const char *file, Text content) {
    if (script_write(file, content) && chmod(file, 0755) == 0)
        return true;
    Text name = text_from(file);
    return diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0}, TEXT_ARG(name),
                    strerror(errno));
}

/* Before the lines of a shell script; a hook of another kind is moved aside and run afterwards. */
static bool install(const Arguments *arguments, const char *file) {
    Arena *arena = arguments->arena;
    Text content = script_read(arena, file);
    content = script_without_block(arena, content, begin, end);
    Text block = hook_block(arena), whole;
    if (!content.size) {
        whole = text_format(arena, "#!/bin/sh\n%.*s", TEXT_ARG(block));
    } else if (is_shell_script(content)) {
        size_t line = text_find_byte(content, '\n', 0);
        size_t from = line == SIZE_MAX ? content.size : line + 1;
        whole = text_format(arena, "%.*s%s%.*s%.*s", (int)from, content.data,
                            line == SIZE_MAX ? "\n" : "", TEXT_ARG(block),
                            (int)(content.size - from), content.data + from);
    } else {
        const char *aside = text_format(arena, "%s.before-breakwater", file).data;
        if (rename(file, aside) != 0)
            return diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0}, (int)strlen(aside),
                            aside, strerror(errno));
        whole = text_format(arena, "#!/bin/sh\n%.*sexec \"$0.before-breakwater\" \"$@\"\n",
                            TEXT_ARG(block));
    }
    return write_hook(arguments, file, whole);
}

static bool uninstall(const Arguments *arguments, const char *file) {
    Arena *arena = arguments->arena;
    const char *aside = text_format(arena, "%s.before-breakwater", file).data;
    Text content = script_read(arena, file);
    if (!content.size || !script_has_block(content, begin))
        return true;
    if (access(aside, F_OK) == 0)
        return rename(aside, file) == 0 || diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0},
                                                    (int)strlen(file), file, strerror(errno));
    Text rest = script_without_block(arena, content, begin, end);
    if (text_is(text_trim(rest), "#!/bin/sh"))
        return unlink(file) == 0;
    return write_hook(arguments, file, rest);
}

/* ---- the diff driver ------------------------------------------------------------------------- */

/* Which files git asks the driver for: what the config names. */
static Text attributes_block(const Arguments *arguments) {
    Arena *arena = arguments->arena;
    Buffer block = {.arena = arena};
    buffer_format(&block, "%s (written by `breakwater hook install --diff-driver`)\n", begin);
    bw_text paths = {0};
    bw_edit *edit = NULL;
    if (bw_config_paths(&edit) == BW_OK)
        paths = bw_edit_text(edit);
    Text list = {paths.data, paths.size};
    for (size_t from = 0; from < list.size;) {
        size_t stop = text_find_byte(list, '\n', from);
        Text line = text_slice(list, from, stop);
        buffer_format(&block, "/%.*s diff=breakwater\n", TEXT_ARG(line));
        from += line.size + 1;
    }
    if (!list.size)
        buffer_add(&block, TEXT("openapi.yaml diff=breakwater\nopenapi.json diff=breakwater\n"));
    bw_edit_free(edit);
    buffer_format(&block, "%s\n", end);
    return buffer_text(&block);
}

static bool set_driver(const Arguments *arguments, Repository *repository, bool wanted) {
    Arena *arena = arguments->arena;
    const char *file = repository_attributes_file(arena, repository).data;
    Text content = script_without_block(arena, script_read(arena, file), begin, end);
    Buffer whole = {.arena = arena};
    buffer_add(&whole, content);
    if (wanted)
        buffer_add(&whole, attributes_block(arguments));
    Text command = wanted ? TEXT("breakwater git-diff-driver") : (Text){0};
    bool there = access(file, F_OK) == 0;
    if ((there || wanted) && !script_write(file, buffer_text(&whole)))
        return diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0}, (int)strlen(file), file,
                        strerror(errno));
    return repository_configure(repository, arguments->diagnostics, "diff.breakwater.command",
                                command);
}

/* The hook runs at the root of the working tree and reads the config that lies there. */
static void check_config(const Arguments *arguments, const Repository *repository) {
    static const char name[] = ".breakwater.yaml";
    Text up = repository_way_up(repository);
    char found[1024];
    if (access(text_format(arguments->arena, "%.*s%s", TEXT_ARG(up), name).data, F_OK) == 0)
        return;
    if (bw_config_find(found, sizeof found)) {
        Text path = repository_path(arguments->arena, repository, text_from(found));
        diagnose(arguments->diagnostics, HOOK_CONFIG_ELSEWHERE, (Place){0},
                 path.data ? path.data : found);
    } else {
        diagnose(arguments->diagnostics, HOOK_WITHOUT_CONFIG, (Place){0}, name);
    }
}

/* ---- running --------------------------------------------------------------------------------- */

static bool act(const Arguments *arguments, bool installing) {
    Arena *arena = arguments->arena;
    Repository *repository = repository_open(arena, arguments->diagnostics, "hook");
    if (!repository)
        return false;
    Text folder = repository_hooks_folder(arena, repository);
    const char *file = text_format(arena, "%.*s/pre-commit", TEXT_ARG(folder)).data;
    mkdir(folder.data, 0777); /* where it is there already, all is well */
    if (!(installing ? install(arguments, file) : uninstall(arguments, file)))
        return false;
    if (installing)
        check_config(arguments, repository);
    if (!installing || arguments_have(arguments, "diff-driver"))
        return set_driver(arguments, repository, installing);
    return true;
}

static int run(const Arguments *arguments) {
    const char *action = arguments_operand(arguments, 0);
    bool installing = strcmp(action, "install") == 0;
    if (!installing && strcmp(action, "uninstall") != 0) {
        diagnose(arguments->diagnostics, UNKNOWN_ACTION, (Place){0}, action);
        return wrong_usage(arguments);
    }
    bool done = act(arguments, installing);
    if (arguments->diagnostics->list.count)
        tell_usage(arguments->diagnostics, arguments->command);
    return done ? EXIT_SAFE : EXIT_INPUT;
}

const Command hook_command = {
    .name = "hook",
    .summary = "Let git have the staged descriptions judged before each commit.",
    .description =
        "Puts a few lines into the pre-commit hook of this repository, beside what is there "
        "already, or takes them out again. They run breakwater check --staged, which costs a few "
        "milliseconds where no description is touched.",
    .operands = operands,
    .operand_count = 1,
    .required = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
