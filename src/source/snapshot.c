#include "source/file.h"
#include "source/git.h"
#include "source/path.h"
#include "source/repository_inside.h"
#include "source/source.h"
#include "source/submodule.h"
#include "source/tree.h"

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert(sizeof(ContentId) == GIT_OID_RAWSZ, "a ContentId holds git's");

/* ---- single files ---------------------------------------------------------------------------- */

/* Says once that git lacks what it should have. */
static void tell_failure(Repository *repository) {
    if (!repository->has_failed && repository->diagnostics)
        repository_failed(repository, repository->diagnostics);
    repository->has_failed = true;
}

/* The tree of a commit, which the repository keeps; NULL where there is none. */
static git_tree *tree_of(Repository *repository, const Snapshot *snapshot) {
    if (snapshot->kind != SNAPSHOT_COMMIT)
        return NULL;
    for (size_t i = 0; i < KEPT_TREES; i++)
        if (repository->kept[i].tree &&
            text_equal(repository->kept[i].revision, snapshot->revision))
            return repository->kept[i].tree;
    Text revision = text_copy(repository->arena, snapshot->revision);
    git_tree *tree = NULL;
    if (tree_of_revision(repository->handle, revision.data, &tree) != 0) {
        tell_failure(repository);
        return NULL;
    }
    KeptTree *kept = &repository->kept[repository->kept_next++ % KEPT_TREES];
    git_tree_free(kept->tree);
    *kept = (KeptTree){revision, tree};
    return tree;
}

/* Where the paths of a commit or of the index are looked up. False: nowhere. */
static bool view_of(Repository *repository, const Snapshot *snapshot, TreeView *view) {
    *view = (TreeView){.repository = repository->handle, .tree = tree_of(repository, snapshot)};
    if (snapshot->kind != SNAPSHOT_INDEX && snapshot->kind != SNAPSHOT_FILES)
        return view->tree;
    if (git_repository_index(&view->index, repository->handle) == 0)
        git_index_free(view->index); /* the repository holds it, too */
    else
        tell_failure(repository);
    return view->index;
}

static void content_from(ContentId *id, const git_oid *oid) {
    memcpy(id->bytes, oid->id, sizeof id->bytes);
}

/* The index entry of a file that is in no working tree by intention. */
static bool left_out(Repository *repository, const char *path, git_oid *id) {
    git_index *index = NULL;
    const git_index_entry *entry = NULL;
    bool out = false;
    if (git_repository_index(&index, repository->handle) == 0)
        entry = git_index_get_bypath(index, path, 0);
    if (entry && entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) {
        *id = entry->id;
        out = true;
    }
    git_index_free(index);
    return out;
}

/* Of a file in a submodule, as its commit there has it. */
static ContentId id_in_submodule(Repository *repository, const TreeView *view, Text path) {
    ContentId id = {{0}};
    TreeEntry entry;
    Text target;
    const Submodule *found =
        submodule_find(repository->arena, repository->handle, view->tree, view->index, path);
    if (!found->path.size)
        return id;
    content_from(&id, &found->commit);
    if (!found->tree)
        return id;
    const TreeView inner = {.repository = found->repository, .tree = found->tree};
    Text rest = found->rest;
    int result = tree_follow(repository->arena, &inner, &rest, &entry, &target);
    if (result == 0 || result == GIT_EINVALIDSPEC)
        content_from(&id, &entry.id);
    else if (result == GIT_ENOTFOUND)
        id = (ContentId){{0}};
    else
        tell_failure(repository);
    return id;
}

/* A file that is in conflict is not gone. */
static bool is_in_conflict(Repository *repository, git_index *index, Text path) {
    const git_index_entry *ancestor, *ours, *theirs;
    if (!index || git_index_conflict_get(&ancestor, &ours, &theirs, index,
                                         text_copy(repository->arena, path).data) != 0)
        return false;
    if (!repository->has_failed && repository->diagnostics)
        diagnose(repository->diagnostics, GIT_IN_CONFLICT, (Place){0}, TEXT_ARG(path));
    repository->has_failed = true;
    return true;
}

static ContentId id_in_view(Repository *repository, const TreeView *view, Text path) {
    ContentId id = {{0}};
    TreeEntry entry;
    Text target;
    int result = tree_follow(repository->arena, view, &path, &entry, &target);
    if (result == GIT_ENOTFOUND && is_in_conflict(repository, view->index, path))
        return id;
    if (result == GIT_ENOTFOUND)
        return id_in_submodule(repository, view, path);
    /* A link that can't be followed is there all the same: to read it tells what is wrong. */
    if (result == 0 || result == GIT_EINVALIDSPEC)
        content_from(&id, &entry.id);
    else
        tell_failure(repository);
    return id;
}

/* The submodule of a path is checked out, so that the files there count. */
static bool is_checked_out(Repository *repository, Text submodule) {
    Arena *arena = repository->arena;
    Text folder = path_join(arena, repository->root, submodule);
    return file_exists(arena, path_join(arena, folder, TEXT(".git")));
}

bool repository_is_left_out(Repository *repository, Text path) {
    git_oid id;
    if (file_exists(repository->arena, path_join(repository->arena, repository->root, path)))
        return false;
    Text submodule = repository_submodule_of(repository, path);
    return submodule.size ? !is_checked_out(repository, submodule)
                          : left_out(repository, text_copy(repository->arena, path).data, &id);
}

static ContentId id_of_file(Repository *repository, Text path) {
    ContentId id = {{0}};
    git_oid oid;
    TreeView view;
    const Snapshot files = {.kind = SNAPSHOT_FILES};
    /* With the filters (line endings) by which git would store it. */
    if (git_repository_hashfile(&oid, repository->handle, path.data, GIT_OBJECT_BLOB, NULL) == 0 ||
        left_out(repository, path.data, &oid)) {
        content_from(&id, &oid);
        return id;
    }
    Text submodule = repository_submodule_of(repository, path);
    if (submodule.size && !is_checked_out(repository, submodule) &&
        view_of(repository, &files, &view))
        id = id_in_submodule(repository, &view, path);
    return id;
}

ContentId repository_content_id(Repository *repository, const Snapshot *snapshot, Text path) {
    path = text_copy(repository->arena, path_join(repository->arena, (Text){0}, path));
    TreeView view;
    if (snapshot->kind == SNAPSHOT_FILES)
        return id_of_file(repository, path);
    if (snapshot->kind == SNAPSHOT_NOTHING || !path.size || path_leads_up(path) ||
        !view_of(repository, snapshot, &view))
        return (ContentId){{0}};
    return id_in_view(repository, &view, path);
}

Text repository_source_name(Repository *repository, const Snapshot *snapshot, Text path) {
    if (!path.size || snapshot->kind == SNAPSHOT_NOTHING)
        return TEXT("/dev/null");
    if (snapshot->kind == SNAPSHOT_FILES && !repository_is_left_out(repository, path))
        return repository_path_from_here(repository, path);
    return text_format(repository->arena, "%.*s:%.*s", TEXT_ARG(snapshot->revision),
                       TEXT_ARG(path));
}

Text repository_path_of_source(Repository *repository, Text name) {
    GitName parsed;
    if (!file_exists(repository->arena, name) && git_name_parse(name, &parsed))
        return parsed.path;
    return repository_path(repository->arena, repository, name);
}

static bool read_blob(Repository *repository, const git_oid *id, Text *bytes) {
    git_odb *odb = NULL;
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_repository_odb(&odb, repository->handle) != 0)
        return false;
    git_odb_free(odb); /* the repository holds it, too */
    if (git_odb_read_header(&size, &type, odb, id) != 0 || type != GIT_OBJECT_BLOB ||
        size > (size_t)SOURCE_SIZE_LIMIT_MIB * 1024 * 1024)
        return false;
    return tree_read_object(repository->arena, odb, id, size, bytes);
}

bool repository_read(Repository *repository, const Snapshot *snapshot, Text path, Text *bytes) {
    Arena *arena = repository->arena;
    Text at = text_copy(arena, path_join(arena, (Text){0}, path)), target;
    bool in_git = snapshot->kind == SNAPSHOT_COMMIT || snapshot->kind == SNAPSHOT_INDEX;
    Diagnostics unheard = {.arena = arena};
    TreeView view;
    TreeEntry entry;
    Source source;
    if (in_git && at.size && !path_leads_up(at) && view_of(repository, snapshot, &view) &&
        tree_follow(arena, &view, &at, &entry, &target) == 0)
        return read_blob(repository, &entry.id, bytes);
    if (!source_read(arena, &unheard, repository_source_name(repository, snapshot, path), &source))
        return false;
    *bytes = source.bytes;
    return true;
}

bool repository_submodule_is_here(Repository *repository, const Snapshot *snapshot, Text path) {
    TreeView view;
    if (!view_of(repository, snapshot, &view))
        return true;
    const Submodule *found =
        submodule_find(repository->arena, repository->handle, view.tree, view.index, path);
    return !found->path.size || found->tree;
}

bool content_id_is_none(ContentId id) {
    static const ContentId none;
    return memcmp(&id, &none, sizeof id) == 0;
}

bool content_ids_equal(ContentId a, ContentId b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

bool content_id_parse(Text digits, ContentId *id) {
    git_oid oid;
    if (git_oid_fromstrn(&oid, digits.data, digits.size) != 0 || digits.size != GIT_OID_HEXSZ)
        return false;
    content_from(id, &oid);
    return !content_id_is_none(*id);
}

/* ---- all files ------------------------------------------------------------------------------- */

static void add_path(Repository *repository, Paths *paths, const char *path) {
    Text copy = text_copy(repository->arena, text_from(path));
    array_push(repository->arena, paths, copy);
}

/* libgit2 calls this, so memory may not run out in it by way of an escape: names are collected in
 * libgit2's own list first. */
static int add_name(const char *root, const git_tree_entry *entry, void *into) {
    git_index *names = into;
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return 0;
    char path[4096];
    int size = snprintf(path, sizeof path, "%s%s", root, git_tree_entry_name(entry));
    git_index_entry made = {.mode = GIT_FILEMODE_BLOB, .path = path};
    made.id = *git_tree_entry_id(entry);
    return size < (int)sizeof path ? git_index_add(names, &made) : 0;
}

static bool list_index(Repository *repository, git_index *index, Paths *paths) {
    for (size_t i = 0; i < git_index_entrycount(index); i++)
        add_path(repository, paths, git_index_get_byindex(index, i)->path);
    return true;
}

static bool list_tree(Repository *repository, Diagnostics *diagnostics, const Snapshot *snapshot,
                      Paths *paths) {
    git_tree *tree = tree_of(repository, snapshot);
    git_index *names = NULL;
    bool listed = tree && git_index_new(&names) == 0 &&
                  git_tree_walk(tree, GIT_TREEWALK_PRE, add_name, names) == 0;
    if (listed)
        list_index(repository, names, paths);
    else if (tree)
        repository_failed(repository, diagnostics);
    git_index_free(names);
    return listed;
}

static bool list_files(Repository *repository, Diagnostics *diagnostics, Paths *paths) {
    git_status_options options;
    git_status_list *list = NULL;
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.show = GIT_STATUS_SHOW_WORKDIR_ONLY;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
                    GIT_STATUS_OPT_INCLUDE_UNMODIFIED | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
    if (git_status_list_new(&list, repository->handle, &options) != 0)
        return repository_failed(repository, diagnostics);
    for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
        const git_status_entry *entry = git_status_byindex(list, i);
        const git_diff_delta *delta = entry->index_to_workdir;
        git_oid id;
        if (delta && (!(entry->status & GIT_STATUS_WT_DELETED) ||
                      left_out(repository, delta->new_file.path, &id)))
            add_path(repository, paths, delta->new_file.path);
    }
    git_status_list_free(list);
    return true;
}

static int by_text(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

bool repository_list(Repository *repository, Diagnostics *diagnostics, const Snapshot *snapshot,
                     Paths *paths) {
    bool listed = true;
    git_index *index = NULL;
    if (snapshot->kind == SNAPSHOT_COMMIT)
        listed = list_tree(repository, diagnostics, snapshot, paths);
    else if (snapshot->kind == SNAPSHOT_FILES)
        listed = list_files(repository, diagnostics, paths);
    else if (snapshot->kind == SNAPSHOT_INDEX)
        listed = git_repository_index(&index, repository->handle) == 0
                     ? list_index(repository, index, paths)
                     : repository_failed(repository, diagnostics);
    git_index_free(index);
    if (paths->count > 1)
        qsort(paths->items, paths->count, sizeof *paths->items, by_text);
    return listed;
}

/* ---- changes --------------------------------------------------------------------------------- */

/* What is staged as a tree, so that what is equal is passed over folder by folder; where git keeps
 * its objects nothing is written. NULL: it can't be one, as in a conflict. */
static git_tree *tree_of_index(Repository *repository) {
    git_index *index = NULL;
    git_odb *odb = NULL;
    git_odb_backend *memory = NULL;
    git_tree *tree = NULL;
    git_oid id;
    bool ready = git_repository_odb(&odb, repository->handle) == 0 &&
                 git_repository_index(&index, repository->handle) == 0 &&
                 git_mempack_new(&memory) == 0 && git_odb_add_backend(odb, memory, 999) == 0;
    if (ready && git_index_write_tree(&id, index) == 0)
        git_tree_lookup(&tree, repository->handle, &id);
    git_index_free(index);
    git_odb_free(odb);
    return tree;
}

static int diff_of(Repository *repository, const Snapshot *from, const Snapshot *to,
                   git_diff **diff) {
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
    if (to->kind == SNAPSHOT_FILES) /* add_submodules sees to them, and is faster */
        options.flags |= GIT_DIFF_IGNORE_SUBMODULES;
    git_tree *old = tree_of(repository, from), *new = tree_of(repository, to);
    git_tree *staged = to->kind == SNAPSHOT_INDEX ? tree_of_index(repository) : NULL;
    int result;
    if (repository->has_failed)
        result = GIT_ERROR;
    else if (staged)
        result = git_diff_tree_to_tree(diff, repository->handle, old, staged, &options);
    else if (to->kind == SNAPSHOT_INDEX)
        result = git_diff_tree_to_index(diff, repository->handle, old, NULL, &options);
    else if (to->kind == SNAPSHOT_FILES)
        result = git_diff_tree_to_workdir_with_index(diff, repository->handle, old, &options);
    else
        result = git_diff_tree_to_tree(diff, repository->handle, old, new, &options);
    git_tree_free(staged);
    return result;
}

/* Those whose files may be others than the commit has which `from` holds of them. */
static void add_submodules(Repository *repository, const Snapshot *from, PathChanges *changes) {
    git_index *index = NULL;
    git_tree *tree = tree_of(repository, from);
    if (git_repository_index(&index, repository->handle) != 0)
        index = NULL;
    for (size_t i = 0; index && i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        if (entry->mode != GIT_FILEMODE_COMMIT ||
            !submodule_is_touched(repository->handle, tree, entry))
            continue;
        Text path = text_copy(repository->arena, text_from(entry->path));
        PathChange change = {.from = path, .to = path, .submodule = true};
        array_push(repository->arena, changes, change);
    }
    git_index_free(index);
}

bool repository_changes(Repository *repository, Diagnostics *diagnostics, const Snapshot *from,
                        const Snapshot *to, bool renames, PathChanges *changes) {
    git_diff *diff = NULL;
    git_diff_find_options similar;
    git_diff_find_options_init(&similar, GIT_DIFF_FIND_OPTIONS_VERSION);
    similar.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
    int result = diff_of(repository, from, to, &diff);
    if (result == 0 && renames)
        result = git_diff_find_similar(diff, &similar);
    for (size_t i = 0; result == 0 && i < git_diff_num_deltas(diff); i++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, i);
        bool added = delta->status == GIT_DELTA_ADDED || delta->status == GIT_DELTA_UNTRACKED;
        PathChange change = {.submodule = delta->old_file.mode == GIT_FILEMODE_COMMIT ||
                                          delta->new_file.mode == GIT_FILEMODE_COMMIT};
        if (!added)
            change.from = text_copy(repository->arena, text_from(delta->old_file.path));
        if (delta->status != GIT_DELTA_DELETED)
            change.to = text_copy(repository->arena, text_from(delta->new_file.path));
        array_push(repository->arena, changes, change);
    }
    git_diff_free(diff);
    if (to->kind == SNAPSHOT_FILES)
        add_submodules(repository, from, changes);
    if (result != 0 && !repository->has_failed)
        repository_failed(repository, diagnostics);
    return result == 0;
}
