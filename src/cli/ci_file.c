#include "cli/ci_file.h"

#include "cli/script.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const ci_systems[] = {"github", "gitlab", NULL};

/* What a file speaks of. */
typedef struct CiWords {
    Text project, revision; /* where breakwater is kept */
    Text branch;            /* that changes are merged into */
    Text stage;             /* of the pipeline that is there; empty: it has `test` */
    bool all_configs;
} CiWords;

static Text github_text(Arena *arena, const CiWords *words) {
    return text_format(
        arena,
        "# Judges the API descriptions of each pull request: which consumer would break, where, "
        "and why.\n"
        "# Written by `breakwater init --ci github`; from now on it is yours to edit.\n"
        "---\n"
        "name: API\n"
        "\n"
        "on:\n"
        "  pull_request:\n"
        "  push:\n"
        "    branches: [%.*s]\n"
        "\n"
        "permissions:\n"
        "  contents: read\n"
        "  pull-requests: write  # for the comment\n"
        "  # security-events: write  # for upload-sarif\n"
        "\n"
        "jobs:\n"
        "  breakwater:\n"
        "    runs-on: ubuntu-24.04\n"
        "    timeout-minutes: 10\n"
        "    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "        with:\n"
        "          fetch-depth: 0  # back to where the branch was forked\n"
        "      - uses: %.*s@%.*s\n"
        "        id: breakwater\n"
        "        with:\n"
        "          comment: \"true\"\n"
        "          # upload-sarif: \"true\"  # to code scanning\n"
        "          # fail-on: conditional  # or never, to begin with\n"
        "%s"
        "      - uses: actions/upload-artifact@v4\n"
        "        if: ${{ !cancelled() }}\n"
        "        with:\n"
        "          name: breakwater\n"
        "          path: ${{ steps.breakwater.outputs.folder }}\n",
        TEXT_ARG(words->branch), TEXT_ARG(words->project), TEXT_ARG(words->revision),
        words->all_configs ? "          arguments: --all-configs\n" : "");
}

static Text gitlab_text(Arena *arena, const CiWords *words) {
    Text stage = TEXT("");
    if (words->stage.size)
        stage = text_format(arena,
                            "\n"
                            "breakwater:\n"
                            "  stage: %.*s  # the pipeline has no stage `test`\n",
                            TEXT_ARG(words->stage));
    return text_format(
        arena,
        "# Judges the API descriptions of each merge request: which consumer would break, where, "
        "and why.\n"
        "# Written by `breakwater init --ci gitlab`; from now on it is yours to edit.\n"
        "---\n"
        "include:\n"
        "  - project: %.*s\n"
        "    ref: %.*s\n"
        "    file: ci/gitlab.yml\n"
        "\n"
        "variables:\n"
        "  # The job builds breakwater of this project, unless its image has it already.\n"
        "  BREAKWATER_PROJECT: %.*s\n"
        "  BREAKWATER_REF: %.*s\n"
        "  # BREAKWATER_IMAGE: registry.example/tools/breakwater:1  # of its Dockerfile: faster\n"
        "%s%.*s",
        TEXT_ARG(words->project), TEXT_ARG(words->revision), TEXT_ARG(words->project),
        TEXT_ARG(words->revision),
        words->all_configs ? "  BREAKWATER_ARGUMENTS: --all-configs\n"
                           : "  # BREAKWATER_ARGUMENTS: --fail-on conditional  # or never, to "
                             "begin with\n",
        TEXT_ARG(stage));
}

static const char github_path[] = ".github/workflows/breakwater.yml";
static const char gitlab_path[] = ".gitlab-ci.yml";
static const char gitlab_part[] = ".gitlab/breakwater.yml"; /* where there is a pipeline already */

static Text from_here(const Repository *repository, const char *path) {
    return repository_path_from_here(repository, text_from(path));
}

static bool is_there(const Repository *repository, const char *path) {
    return access(from_here(repository, path).data, F_OK) == 0;
}

static bool holds(Text text, const char *word) {
    return text.size && memmem(text.data, text.size, word, strlen(word));
}

const char *ci_system_of(Arena *arena, Repository *repository) {
    Text url = text_lower(arena, repository_remote_url(repository));
    if (is_there(repository, ".github") || holds(url, "github"))
        return ci_systems[0];
    return is_there(repository, gitlab_path) || holds(url, "gitlab") ? ci_systems[1] : NULL;
}

/* What needs no quotes, neither in YAML nor in a shell. */
static bool is_plain(Text text) {
    static const char others[] = "._/-";
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool digit = byte >= '0' && byte <= '9';
        if (!letter && !digit && (!i || !byte || !strchr(others, byte)))
            return false;
    }
    return text.size > 0;
}

/* "acme/breakwater@v1", or without a revision. */
static bool split_project(const Arguments *arguments, const char *project, Text *name,
                          Text *revision) {
    Text whole = text_from(project);
    size_t at = text_find_byte(whole, '@', 0);
    *name = text_slice(whole, 0, at == SIZE_MAX ? whole.size : at);
    *revision = at == SIZE_MAX ? TEXT("main") : text_slice(whole, at + 1, whole.size);
    return (is_plain(*name) && is_plain(*revision) && text_find_byte(*name, '/', 0) != SIZE_MAX) ||
           diagnose(arguments->diagnostics, NOT_A_PROJECT, (Place){0}, project);
}

/* The branch that changes are merged into, as the system calls it. */
static Text target_branch(Repository *repository) {
    Text branch = repository_default_branch(repository);
    if (text_starts_with(branch, TEXT("origin/")))
        branch = text_slice(branch, strlen("origin/"), branch.size);
    if (!branch.size)
        branch = repository_head_names(repository).branch;
    return is_plain(branch) ? branch : TEXT("main");
}

/* CI starts at the root: a config below it is found by name, as one of all. */
static bool is_below_root(Arena *arena, const Repository *repository) {
    return repository_path(arena, repository, TEXT("x")).size > 1;
}

/* Whether there is one that does not speak of us. */
static bool read_other_pipeline(Arena *arena, const Repository *repository, Text *pipeline) {
    if (!is_there(repository, gitlab_path))
        return false;
    *pipeline = script_read(arena, from_here(repository, gitlab_path).data);
    return !holds(*pipeline, "breakwater");
}

/* What follows the line `stages:`, up to the next key or the end of the list in brackets. */
static Text stages_of(Text pipeline) {
    static const char key[] = "stages:";
    size_t from = 0;
    while (from < pipeline.size &&
           !text_starts_with(text_slice(pipeline, from, pipeline.size), text_from(key))) {
        size_t end = text_find_byte(pipeline, '\n', from);
        from = end == SIZE_MAX ? pipeline.size : end + 1;
    }
    Text rest = text_slice(pipeline, from, pipeline.size);
    rest = text_slice(rest, rest.size ? strlen(key) : 0, rest.size);
    size_t end = text_find_byte(rest, ']', 0), open = text_find_byte(rest, '[', 0);
    if (open < text_find_byte(rest, '\n', 0))
        return text_slice(rest, 0, end == SIZE_MAX ? rest.size : end);
    for (end = 0; (end = text_find_byte(rest, '\n', end)) != SIZE_MAX && end + 1 < rest.size;)
        if (!strchr(" -#\r\n", rest.data[++end]))
            return text_slice(rest, 0, end);
    return rest;
}

/* The first stage of a pipeline that names its stages and has none called `test`, in which the job
 * of ci/gitlab.yml stands; else empty. */
static Text stage_instead(Text pipeline) {
    static const char between[] = " \t\r\n,[\"'-";
    Text stages = stages_of(pipeline), first = {0};
    for (size_t at = 0, end; at < stages.size; at = end) {
        end = at + 1;
        if (stages.data[at] == '#')
            end = text_find_byte(stages, '\n', at);
        else if (!strchr(between, stages.data[at]))
            while (end < stages.size && !strchr(" \t\r\n,\"'", stages.data[end]))
                end++;
        else
            continue;
        Text word = text_slice(stages, at, end);
        if (text_is(word, "test"))
            return (Text){0};
        if (!first.size && is_plain(word))
            first = word;
        end = end < stages.size ? end : stages.size;
    }
    return first;
}

bool ci_file_make(const Arguments *arguments, Repository *repository, const char *ci,
                  const char *project, CiFile *file) {
    Arena *arena = arguments->arena;
    bool on_github = strcmp(ci, "github") == 0;
    const char *kept = on_github ? "your-organisation/breakwater@v1" : "your-group/breakwater@main";
    CiWords words = {.branch = target_branch(repository),
                     .all_configs = is_below_root(arena, repository)};
    if (!split_project(arguments, project ? project : kept, &words.project, &words.revision))
        return false;
    *file = (CiFile){.has_project = project != NULL, .project = words.project};
    Text pipeline = {0};
    file->included = !on_github && read_other_pipeline(arena, repository, &pipeline);
    words.stage = file->included ? stage_instead(pipeline) : (Text){0};
    const char *path = on_github ? github_path : file->included ? gitlab_part : gitlab_path;
    file->root = text_from(path);
    file->path = from_here(repository, path);
    file->text = on_github ? github_text(arena, &words) : gitlab_text(arena, &words);
    return true;
}

bool ci_file_make_folders(const Arguments *arguments, const CiFile *file) {
    for (size_t at = 0; (at = text_find_byte(file->path, '/', at)) != SIZE_MAX; at++) {
        const char *folder = text_copy(arguments->arena, text_slice(file->path, 0, at)).data;
        if (at && mkdir(folder, 0777) != 0 && errno != EEXIST)
            return diagnose(arguments->diagnostics, CI_FILE_FAILED, (Place){0}, (int)strlen(folder),
                            folder, strerror(errno));
    }
    return true;
}
