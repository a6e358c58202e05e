/* `breakwater hook install|uninstall`: let git ask before each commit. */
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/script.h"

#include "source/path.h"
#include "source/repository.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const actions[] = {"install", "uninstall", NULL};

static const Operand operands[] = {
    {.name = "ACTION", .help = "install or uninstall", .choices = actions},
};

static const Option options[] = {
    {.name = "diff-driver",
     .help = "let git diff and git log -p show descriptions as changes of the API, too"},
    {.name = "config",
     .value = "FILE",
     .help = "let the hook judge by the config FILE alone (default: every .breakwater.yaml)"},
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

/* For a shell, whatever stands in it. */
static Text quoted(Arena *arena, Text text) {
    Buffer out = {.arena = arena};
    buffer_add_byte(&out, '\'');
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '\'')
            buffer_add(&out, TEXT("'\\''"));
        else
            buffer_add_byte(&out, text.data[i]);
    buffer_add_byte(&out, '\'');
    return buffer_text(&out);
}

/* Git runs hooks and drivers often without the user's PATH. */
static Text this_program(Arena *arena) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    bool whole = size > 0 && (size_t)size < sizeof path;
    return quoted(arena, whole ? (Text){path, (size_t)size} : TEXT("breakwater"));
}

/* What holds neither a description, nor a part of one, nor a pact: text that is no YAML. */
static const char *const source_code[] = {
    "c",   "cc",    "cpp",  "cs",  "css", "dart",   "ex",    "go",  "h",   "hpp", "html", "java",
    "js",  "jsx",   "kt",   "kts", "lua", "md",     "mjs",   "php", "pl",  "py",  "rb",   "rs",
    "rst", "scala", "scss", "sh",  "sql", "svelte", "swift", "ts",  "tsx", "vue",
};

/* A command that succeeds where nothing else is staged: git alone says so, in a tenth of the time.
 * It is asked of all paths, since pathspecs may be set to be taken literally. */
static Text nothing_but_code(Arena *arena) {
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("git diff --cached --quiet --ignore-submodules=none -- ."));
    for (size_t i = 0; i < sizeof source_code / sizeof *source_code; i++)
        buffer_format(&out, "%s':!*.%s'", i % 12 ? " " : " \\\n    ", source_code[i]);
    return buffer_text(&out);
}

/* What to do about a refused commit: a hook judges by the config as it is staged. */
static Text refusal(Arena *arena, Text config) {
    Text option = TEXT(""), file = TEXT(".breakwater.yaml");
    if (config.size) {
        file = quoted(arena, config);
        option = text_format(arena, " --config %.*s", TEXT_ARG(file));
    }
    return text_format(arena,
                       "breakwater refuses this commit: undo the change, let it pass by "
                       "`breakwater waive ID --staged%.*s --reason TEXT && git add %.*s`, or "
                       "commit with --no-verify",
                       TEXT_ARG(option), TEXT_ARG(file));
}

/* Git runs a hook at the root of the working tree. `config` empty: all configs count. */
static Text hook_block(Arena *arena, Text config) {
    Text program = this_program(arena), which = TEXT("--all-configs");
    Text passed = nothing_but_code(arena), refused = quoted(arena, refusal(arena, config));
    if (config.size)
        which = text_format(arena, "--config %.*s", TEXT_ARG(quoted(arena, config)));
    return text_format(
        arena,
        "%s (written by `breakwater hook install`)\n"
        "# Judges the staged descriptions; git commit --no-verify does without.\n"
        "breakwater=%.*s\n"
        "[ -x \"$breakwater\" ] || breakwater=breakwater\n"
        "# Source code alone is no description, no part of one, and no pact.\n"
        "%.*s ||\n"
        "\"$breakwater\" check --staged %.*s --quiet || {\n"
        "    status=$?\n"
        "    [ $status != 1 ] || echo %.*s >&2\n"
        "    [ $status != 127 ] || echo 'breakwater is not here any more: install it, take these "
        "lines out of the hook (breakwater hook uninstall does), or commit with --no-verify' >&2\n"
        "    exit $status\n"
        "}\n"
        "%s\n",
        begin, TEXT_ARG(program), TEXT_ARG(passed), TEXT_ARG(which), TEXT_ARG(refused), end);
}

static bool has_interpreter(Text content) {
    return text_starts_with(content, TEXT("#!"));
}

/* Text that names no interpreter is run by the shell, too. */
static bool is_shell_script(Text content) {
    Text line = text_slice(content, 0, text_find_byte(content, '\n', 0));
    if (!has_interpreter(line))
        return text_find_byte(content, '\0', 0) == SIZE_MAX;
    return text_ends_with(line, TEXT("sh")) || memmem(line.data, line.size, "sh ", 3);
}

/* Where husky keeps the hooks that it has git run, which it writes anew: they run those of the
 * folder above, whatever rights these have. */
static bool is_of_husky(Text folder) {
    return text_ends_with(folder, TEXT("/.husky/_"));
}

/* A file that is there keeps its rights, with `more`; a new one is for everybody. */
static bool write_hook(const Arguments *arguments, const char *file, Text content, mode_t more) {
    struct stat before;
    mode_t mode = stat(file, &before) == 0 ? (before.st_mode & 07777) | more : 0755;
    if (script_write(file, content) && chmod(file, mode) == 0)
        return true;
    Text name = text_from(file);
    return diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0}, TEXT_ARG(name),
                    strerror(errno));
}

/* Before the lines of a shell script; a hook of another kind is moved aside and run afterwards. So
 * is one that was switched off (chmod -x), which stays so. */
static bool install(const Arguments *arguments, const char *file, bool of_husky, Text config) {
    Arena *arena = arguments->arena;
    Text content = script_read(arena, file);
    bool ours = script_has_block(content, begin);
    bool runs = ours || of_husky || access(file, X_OK) == 0;
    content = script_without_block(arena, content, begin, end);
    Text block = hook_block(arena, config), whole;
    if (!content.size) {
        whole = text_format(arena, "#!/bin/sh\n%.*s", TEXT_ARG(block));
    } else if (runs && is_shell_script(content)) {
        size_t line = text_find_byte(content, '\n', 0);
        size_t from = !has_interpreter(content) ? 0 : line == SIZE_MAX ? content.size : line + 1;
        whole = text_format(arena, "%.*s%s%.*s%.*s", (int)from, content.data,
                            from && line == SIZE_MAX ? "\n" : "", TEXT_ARG(block),
                            (int)(content.size - from), content.data + from);
    } else {
        const char *aside = text_format(arena, "%s.before-breakwater", file).data;
        if (rename(file, aside) != 0)
            return diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0}, (int)strlen(aside),
                            aside, strerror(errno));
        whole = text_format(arena,
                            "#!/bin/sh\n%.*s"
                            "[ ! -x \"$0.before-breakwater\" ] || "
                            "exec \"$0.before-breakwater\" \"$@\"\n",
                            TEXT_ARG(block));
    }
    return write_hook(arguments, file, whole, of_husky ? 0 : 0111);
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
    return write_hook(arguments, file, rest, 0);
}

/* ---- the diff driver ------------------------------------------------------------------------- */

/* Adds a path or glob of a config as a pattern of gitattributes(5), with `?` for blanks, which end
 * one (libgit2 knows no quotes), a backslash for brackets, which stand for themselves in ours, and
 * `**` as a folder of its own. */
static void put_pattern(Buffer *block, Text glob, const char *extension) {
    buffer_add_byte(block, '/');
    for (size_t i = 0; i < glob.size; i++) {
        bool blank = strchr(" \t", glob.data[i]) != NULL;
        if (glob.data[i] == '[')
            buffer_add_byte(block, '\\');
        buffer_add_byte(block, blank ? '?' : glob.data[i]);
        bool deep = i && glob.data[i] == '*' && glob.data[i - 1] == '*' &&
                    (i < 2 || glob.data[i - 2] == '/') && i + 1 < glob.size;
        if (deep && glob.data[i + 1] != '/')
            buffer_add(block, TEXT("/*"));
    }
    buffer_format(block, "%s diff=breakwater\n", extension);
}

/* YAML that is written anew as JSON, or has the other ending, is the description that it was. */
static void put_patterns(Buffer *block, Text glob) {
    static const char *const endings[] = {".yaml", ".yml", ".json"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends_with(glob, text_from(endings[i]))) {
            Text stem = text_slice(glob, 0, glob.size - strlen(endings[i]));
            put_pattern(block, stem, ".y*ml");
            put_pattern(block, stem, ".json");
            return;
        }
    put_pattern(block, glob, "");
}

/* Which files git asks the driver for: those of the usual names wherever they are moved to, and
 * what the configs name. */
static Text attributes_block(Arena *arena, Text paths) {
    static const char usual[] = "openapi.y*ml diff=breakwater\nopenapi.json diff=breakwater\n"
                                "swagger.y*ml diff=breakwater\nswagger.json diff=breakwater\n";
    Buffer block = {.arena = arena};
    buffer_format(&block, "%s (written by `breakwater hook install --diff-driver`)\n%s", begin,
                  usual);
    for (size_t from = 0; from < paths.size;) {
        Text line = text_slice(paths, from, text_find_byte(paths, '\n', from));
        put_patterns(&block, line);
        from += line.size + 1;
    }
    buffer_format(&block, "%s\n", end);
    return buffer_text(&block);
}

/* Git leaves the heading of a section that has lost its last key. */
static void drop_empty_section(Arena *arena, const char *file) {
    static const char heading[] = "[diff \"breakwater\"]\n";
    Text content = script_read(arena, file);
    const char *found =
        content.size ? memmem(content.data, content.size, heading, strlen(heading)) : NULL;
    if (!found)
        return;
    size_t from = (size_t)(found - content.data), to = from + strlen(heading);
    if (to == content.size || content.data[to] == '[')
        script_write(file, text_format(arena, "%.*s%.*s", (int)from, content.data,
                                       (int)(content.size - to), content.data + to));
}

/* *renewed: other files than before are shown by the driver now. */
static bool set_driver(const Arguments *arguments, Repository *repository, Text paths, bool wanted,
                       bool *renewed) {
    Arena *arena = arguments->arena;
    const char *file = repository_attributes_file(arena, repository).data;
    Text before = script_read(arena, file);
    Text content = script_without_block(arena, before, begin, end);
    Buffer whole = {.arena = arena};
    buffer_add(&whole, content);
    if (wanted)
        buffer_add(&whole, attributes_block(arena, paths));
    *renewed =
        wanted && script_has_block(before, begin) && !text_equal(before, buffer_text(&whole));
    Text command = {0}, program = this_program(arena);
    if (wanted)
        command = text_format(arena, "%.*s git-diff-driver", TEXT_ARG(program));
    bool there = access(file, F_OK) == 0;
    if ((there || wanted) && !script_write(file, buffer_text(&whole)))
        return diagnose(arguments->diagnostics, HOOK_FAILED, (Place){0}, (int)strlen(file), file,
                        strerror(errno));
    if (!repository_configure(repository, arguments->diagnostics, "diff.breakwater.command",
                              command))
        return false;
    if (!wanted)
        drop_empty_section(arena, repository_config_file(arena, repository).data);
    return true;
}

/* What the configs of the repository name, a line each. False: told. */
static bool configured_paths(const Arguments *arguments, Text *paths) {
    bw_edit *edit;
    bool read = bw_config_paths(arguments_value(arguments, "config"), &edit) == BW_OK;
    progress_end(arguments->progress);
    *paths = (Text){0};
    if (edit)
        tell_diagnostics(bw_edit_diagnostics(edit), false);
    if (read) {
        bw_text text = bw_edit_text(edit);
        *paths = text_copy(arguments->arena, (Text){text.data, text.size});
    }
    bw_edit_free(edit);
    return read;
}

/* ---- running --------------------------------------------------------------------------------- */

/* The config that --config names, from the root; empty where it is not given. False: diagnosed. */
static bool named_config(const Arguments *arguments, const Repository *repository, Text *config) {
    Text given = text_from(arguments_value(arguments, "config"));
    *config = given.size ? repository_path(arguments->arena, repository, given) : (Text){0};
    return !given.size || config->data ||
           diagnose(arguments->diagnostics, CONFIG_SPEC_OUTSIDE, (Place){0}, TEXT_ARG(given));
}

/* From where one stands, if it is below. */
static bool tell_done(const Arguments *arguments, const char *file, bool installing, bool driver,
                      bool renewed) {
    const char *says = !installing ? "no longer asks breakwater, and neither does git diff"
                       : driver    ? "lets the staged descriptions be judged, and git diff shows "
                                     "descriptions as changes of the API"
                                   : "lets the staged descriptions be judged before each commit";
    Text line = text_format(
        arguments->arena, "%s %s%s\n", file, says,
        renewed ? "; which files are descriptions was brought up to date (info/attributes)" : "");
    return write_standard_output(line) == EXIT_SAFE;
}

static bool act(const Arguments *arguments, bool installing) {
    Arena *arena = arguments->arena;
    Text paths = {0}, config;
    Repository *repository = repository_open(arena, arguments->diagnostics, "hook");
    if (!repository || !named_config(arguments, repository, &config) ||
        (installing && !configured_paths(arguments, &paths)))
        return false;
    Text folder = repository_hooks_folder(arena, repository);
    bool of_husky = is_of_husky(folder);
    if (of_husky)
        folder = text_copy(arena, path_folder(folder));
    const char *file = text_format(arena, "%.*s/pre-commit", TEXT_ARG(folder)).data;
    mkdir(folder.data, 0777); /* where it is there already, all is well */
    if (!(installing ? install(arguments, file, of_husky, config) : uninstall(arguments, file)))
        return false;
    if (installing && !paths.size)
        diagnose(arguments->diagnostics, HOOK_WITHOUT_CONFIG, (Place){0}, ".breakwater.yaml");
    bool driver = !installing || arguments_have(arguments, "diff-driver"), renewed = false;
    if (driver && !set_driver(arguments, repository, paths, installing, &renewed))
        return false;
    return arguments_have(arguments, "quiet") ||
           tell_done(arguments, file, installing, driver, renewed);
}

static int run(const Arguments *arguments) {
    const char *action = arguments_operand(arguments, 0);
    bool installing = strcmp(action, "install") == 0;
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
