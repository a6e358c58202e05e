/* `bw_git_change_read`: what git tells of one file as comparisons of descriptions. */
#include "contents.h"
#include "described.h"
#include "edit.h"
#include "states.h"

#include "source/path.h"
#include "support/glob.h"

#include <stdlib.h>

/* So many files are looked into for descriptions that no config names. */
enum { SEARCH_LIMIT = 2000 };

typedef struct Driven {
    Arena *arena;
    Described described; /* by the configs of the working tree */
    FileState base, revision;
    Snapshot base_in, revision_in;
    Buffer *out;
} Driven;

static void put(Driven *driven, Text text) {
    buffer_add(driven->out, text);
    buffer_add_byte(driven->out, '\0');
}

static bool state_of(Driven *driven, const char *path, const char *id, FileState *file) {
    Text given = text_from(path), digits = text_from(id);
    *file = (FileState){.path = text_copy(driven->arena, given)};
    if (text_is(digits, ".")) /* there is no file */
        return true;
    file->as_it_lies = !content_id_parse(digits, &file->content);
    return !file->as_it_lies || strspn(id, "0") == digits.size;
}

/* ---- what the file is ------------------------------------------------------------------------ */

static Text bytes_of(Driven *driven, const char *file, Text path, Source *source) {
    Diagnostics unheard = {.arena = driven->arena};
    if (strcmp(file, "/dev/null") == 0 ||
        !source_read(driven->arena, &unheard, text_from(file), source))
        *source = (Source){0};
    source->name = source->file = source->path = path;
    return source->bytes;
}

static bool is_named(const Driven *driven, Text path) {
    for (array_each(const Text, named, &driven->described.named))
        if (glob_takes(*named, path, '/'))
            return true;
    return false;
}

/* *refers: to other files, on a side. */
static bool is_description(Driven *driven, const bw_git_change *change, bool *refers) {
    Source base, revision;
    Text before = bytes_of(driven, change->base_file, driven->base.path, &base);
    Text after = bytes_of(driven, change->revision_file, driven->revision.path, &revision);
    *refers = may_refer_out(driven->arena, before) || may_refer_out(driven->arena, after);
    for (array_each(const Text, root, &driven->described.roots))
        if (text_equal(*root, driven->revision.path))
            return true;
    return contents_of(driven->arena, &base) == CONTENTS_DESCRIPTION ||
           contents_of(driven->arena, &revision) == CONTENTS_DESCRIPTION;
}

/* ---- parts ----------------------------------------------------------------------------------- */

/* Whether a file of a state is a description that refers to another, in any number of steps. */
static bool carries(Driven *driven, const Snapshot *state, Text path, Text part) {
    Paths files = {0};
    Source source = {.name = path, .file = path, .path = path};
    if (text_equal(path, part) ||
        !repository_read(driven->described.repository, state, path, &source.bytes) ||
        !may_refer_out(driven->arena, source.bytes) ||
        contents_of(driven->arena, &source) != CONTENTS_DESCRIPTION)
        return false;
    closures_files(driven->described.closures, state, path, &files);
    for (array_each(const Text, file, &files))
        if (text_equal(*file, part))
            return true;
    return false;
}

static bool may_be_description(Text path) {
    return text_ends_with(path, TEXT(".yaml")) || text_ends_with(path, TEXT(".yml")) ||
           text_ends_with(path, TEXT(".json"));
}

/* Those that the configs name, or where none does that refers to the part, any. */
static void find_descriptions(Driven *driven, const Snapshot *state, Text part, Paths *found) {
    Diagnostics unheard = {.arena = driven->arena};
    Paths files = {0};
    if (!repository_list(driven->described.repository, &unheard, state, &files))
        return;
    for (array_each(const Text, path, &files))
        if (is_named(driven, *path) && carries(driven, state, *path, part))
            array_push(driven->arena, found, *path);
    size_t looked = 0;
    for (size_t i = 0; !found->count && i < files.count && looked < SEARCH_LIMIT; i++) {
        Text path = files.items[i];
        looked += may_be_description(path);
        if (may_be_description(path) && carries(driven, state, path, part))
            array_push(driven->arena, found, path);
    }
}

static int by_text(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

/* Of all that changes in a description, the file with which it is shown: itself, or the first that
 * git comes to. */
static Text shown_with(Driven *driven, Text description) {
    Paths files = {0};
    closures_files(driven->described.closures, &driven->base_in, description, &files);
    closures_files(driven->described.closures, &driven->revision_in, description, &files);
    qsort(files.items, files.count, sizeof *files.items, by_text);
    for (size_t i = 0; i <= files.count; i++) {
        Text path = i ? files.items[i - 1] : description;
        Repository *repository = driven->described.repository;
        ContentId before = repository_content_id(repository, &driven->base_in, path);
        if (!content_ids_equal(before,
                               repository_content_id(repository, &driven->revision_in, path)))
            return path;
    }
    return description;
}

static Text name_in(Driven *driven, const Snapshot *state, Text path) {
    Repository *repository = driven->described.repository;
    bool there = !content_id_is_none(repository_content_id(repository, state, path));
    return repository_source_name(repository, state, there ? path : (Text){0});
}

static void put_part(Driven *driven, Text description) {
    Text with = shown_with(driven, description);
    bool here = text_equal(with, driven->revision.path) || text_equal(with, driven->base.path);
    put(driven, description);
    put(driven, here ? name_in(driven, &driven->base_in, description) : (Text){0});
    put(driven, here ? name_in(driven, &driven->revision_in, description) : (Text){0});
    put(driven, here ? (Text){0} : with);
}

static void put_parts(Driven *driven) {
    Paths found = {0};
    find_descriptions(driven, &driven->revision_in, driven->revision.path, &found);
    if (!found.count)
        find_descriptions(driven, &driven->base_in, driven->base.path, &found);
    for (array_each(const Text, description, &found))
        put_part(driven, *description);
}

/* ---- states ---------------------------------------------------------------------------------- */

/* What a commit is called: as short as git writes it. */
static void shorten(Driven *driven, Snapshot *state) {
    enum { DIGITS = 10 };
    if (state->kind != SNAPSHOT_COMMIT || state->revision.size <= DIGITS)
        return;
    const Snapshot shorter = {SNAPSHOT_COMMIT, text_slice(state->revision, 0, DIGITS)};
    if (repository_same_commit(driven->described.repository, state, &shorter))
        *state = shorter;
}

static Text state_name(const Snapshot *state) {
    return state->kind == SNAPSHOT_FILES   ? TEXT("the working tree")
           : state->kind == SNAPSHOT_INDEX ? TEXT("the index")
                                           : state->revision;
}

static bool read_change(bw_edit *edit, const void *options) {
    const bw_git_change *change = options;
    Buffer out = {.arena = edit->arena};
    Driven driven = {.arena = edit->arena, .out = &out};
    Described *described = &driven.described;
    Diagnostics unheard = {.arena = edit->arena};
    bool refers;
    if (!describe(edit->arena, &unheard, (Text){0}, described) ||
        !state_of(&driven, change->base_path, change->base_id, &driven.base) ||
        !state_of(&driven, change->revision_path, change->revision_id, &driven.revision))
        return false;
    bool whole = is_description(&driven, change, &refers);
    if (whole && !refers)
        return true;
    if (!states_find(described->repository, described->closures, &driven.base, &driven.revision,
                     &driven.base_in, &driven.revision_in))
        return false;
    shorten(&driven, &driven.base_in);
    shorten(&driven, &driven.revision_in);
    put(&driven, state_name(&driven.base_in));
    put(&driven, state_name(&driven.revision_in));
    if (whole) {
        put(&driven, (Text){0});
        put(&driven, name_in(&driven, &driven.base_in, driven.base.path));
        put(&driven, name_in(&driven, &driven.revision_in, driven.revision.path));
        put(&driven, (Text){0});
    } else {
        put_parts(&driven);
    }
    edit->text = buffer_text(&out);
    return true;
}

bw_status bw_git_change_read(const bw_git_change *change, bw_edit **edit) {
    return edit_make(read_change, change, edit);
}
