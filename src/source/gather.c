#include "source/gather.h"

#include "source/file.h"
#include "source/git.h"
#include "source/path.h"
#include "source/tarball.h"
#include "source/wildcard.h"

#include <glob.h>
#include <stdlib.h>

typedef struct Gathering {
    Arena *arena;
    Diagnostics *diagnostics;
    Text suffix;
    Sources *into;
} Gathering;

static bool add(Gathering *gathering, Text name) {
    Source source;
    if (!source_read(gathering->arena, gathering->diagnostics, name, &source))
        return false;
    array_push(gathering->arena, gathering->into, source);
    return true;
}

static bool add_folder(Gathering *gathering, Text path) {
    Text *names;
    size_t count;
    if (!source_list(gathering->arena, gathering->diagnostics, path, gathering->suffix, &names,
                     &count))
        return false;
    bool read = true;
    for (size_t i = 0; i < count; i++)
        read = add(gathering, names[i]) && read;
    return read;
}

static int by_source_name(const void *a, const void *b) {
    return text_compare(((const Source *)a)->name, ((const Source *)b)->name);
}

/* An archive keeps the order in which a file system gave its files. */
static bool add_tarball(Gathering *gathering, Text path) {
    Sources *into = gathering->into;
    size_t before = into->count;
    bool read =
        tarball_read(gathering->arena, gathering->diagnostics, path, gathering->suffix, into);
    if (into->count > before + 1)
        qsort(&into->items[before], into->count - before, sizeof(Source), by_source_name);
    return read;
}

static bool add_path(Gathering *gathering, Text path) {
    if (tarball_is_named(path))
        return add_tarball(gathering, path);
    return add_folder(gathering, path);
}

/* ---- patterns -------------------------------------------------------------------------------- */

static void release_glob(void *resource) {
    globfree(resource);
}

static bool nothing_matches(Gathering *gathering, Text pattern) {
    return diagnose(gathering->diagnostics, NOTHING_MATCHES, (Place){.file = pattern},
                    TEXT_ARG(pattern));
}

static bool add_deep_matches(Gathering *gathering, Text pattern) {
    Arena *arena = gathering->arena;
    Text folder = wildcard_folder(pattern), *names;
    size_t count, matched = 0, skipped = folder.size ? 0 : strlen("./");
    if (!source_list(arena, gathering->diagnostics, folder.size ? folder : TEXT("."), (Text){0},
                     &names, &count))
        return false;
    bool read = true;
    for (size_t i = 0; i < count; i++) {
        Text name = text_slice(names[i], skipped, names[i].size);
        if (!wildcard_takes(arena, pattern, name, gathering->suffix))
            continue;
        matched++;
        read = add_path(gathering, name) && read;
    }
    return matched ? read : nothing_matches(gathering, pattern);
}

static bool add_matches(Gathering *gathering, Text pattern) {
    if (wildcard_goes_deep(pattern))
        return add_deep_matches(gathering, pattern);
    glob_t *found = arena_new_object(gathering->arena, glob_t);
    arena_on_free(gathering->arena, release_glob, found);
    int result = glob(text_copy(gathering->arena, pattern).data, 0, NULL, found);
    if (result == GLOB_NOSPACE)
        arena_exhausted(gathering->arena);
    if (result != 0)
        return nothing_matches(gathering, pattern);
    bool read = true;
    for (size_t i = 0; i < found->gl_pathc; i++)
        read = add_path(gathering, text_from(found->gl_pathv[i])) && read;
    return read;
}

/* ---- git ------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

static bool add_git_file(Gathering *gathering, const GitName *parsed, Git *git, Text path) {
    Arena *arena = gathering->arena;
    Source source = {.revision = parsed->revision, .git = git, .root = git_root(git)};
    source.kind = parsed->revision.size ? SOURCE_GIT_REVISION : SOURCE_GIT_INDEX;
    source.name = text_format(arena, "%.*s:%.*s", TEXT_ARG(parsed->revision), TEXT_ARG(path));
    source.path = path;
    source.file = git_path_from_here(arena, git, path);
    if (!git_read(arena, gathering->diagnostics, git, path, source.name,
                  (Place){.file = source.name}, &source.bytes))
        return false;
    array_push(arena, gathering->into, source);
    return true;
}

/* Whether it is a folder or a pattern; then its files are added. `./` tells git that names count
 * from where we are, and what is listed counts from the root. */
static bool add_git_files(Gathering *gathering, const GitName *parsed, Text name, bool *good) {
    Arena *arena = gathering->arena;
    Git *git = git_open(arena, gathering->diagnostics, name, parsed, (Place){.file = name});
    *good = false;
    if (!git)
        return true;
    GitNames names = {0};
    bool matches = wildcard_is(parsed->path);
    Text folder = matches ? wildcard_folder(parsed->path) : parsed->path;
    Text pattern = text_slice(parsed->path, folder.size + (folder.size > 0), parsed->path.size);
    folder = git_find_path(arena, git, folder);
    pattern = path_join(arena, folder, pattern);
    bool found = git_list(arena, git, folder, matches ? (Text){0} : gathering->suffix, &names);
    if (!found && !matches)
        return false;
    if (names.count > 1)
        qsort(names.items, names.count, sizeof(Text), by_name);
    size_t taken = 0;
    *good = true;
    for (array_each(Text, path, &names)) {
        if (matches && !wildcard_takes(arena, pattern, *path, gathering->suffix))
            continue;
        taken++;
        *good = add_git_file(gathering, parsed, git, *path) && *good;
    }
    if (matches && !taken)
        *good = nothing_matches(gathering, name);
    return true;
}

/* ---------------------------------------------------------------------------------------------- */

bool source_gather(Arena *arena, Diagnostics *diagnostics, Text name, Text suffix, Sources *into,
                   bool *itself) {
    Gathering gathering = {arena, diagnostics, suffix, into};
    size_t before = into->count;
    *itself = false;
    name = text_copy(arena, name);
    GitName parsed;
    bool exists = file_exists(arena, name), good;
    if (text_is(name, "-") || path_is_web_address(name)) {
        *itself = true;
        return add(&gathering, name);
    }
    if (!exists && git_name_parse(name, &parsed)) {
        if (add_git_files(&gathering, &parsed, name, &good))
            return good;
        *itself = true;
        return add(&gathering, name);
    }
    if (!exists && wildcard_is(name))
        return add_matches(&gathering, name);
    good = add_path(&gathering, name);
    *itself = into->count == before + 1 && text_equal(into->items[before].name, name);
    return good;
}
