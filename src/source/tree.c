#include "source/tree.h"

#include "source/path.h"

#include <git2/sys/repository.h>
#include <stdlib.h>

static bool object_is_missing(void) {
    const git_error *error = git_error_last();
    return error && error->klass == GIT_ERROR_ODB;
}

int tree_look_up(const TreeView *view, const char *path, TreeEntry *entry) {
    if (view->index) {
        const git_index_entry *staged = git_index_get_bypath(view->index, path, view->stage);
        if (!staged)
            return GIT_ENOTFOUND;
        *entry = (TreeEntry){staged->id, (git_filemode_t)staged->mode};
        return 0;
    }
    git_tree_entry *found = NULL;
    int result = git_tree_entry_bypath(&found, view->tree, path);
    if (result == 0)
        *entry = (TreeEntry){*git_tree_entry_id(found), git_tree_entry_filemode(found)};
    git_tree_entry_free(found);
    return result == GIT_ENOTFOUND && object_is_missing() ? GIT_ERROR : result;
}

int tree_of_revision(git_repository *repository, const char *revision, git_tree **tree) {
    git_object *object = NULL, *commit = NULL;
    int result = git_revparse_single(&object, repository, revision);
    if (result == 0 && git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
        result = git_commit_tree(tree, (git_commit *)commit) == 0 ? 0 : GIT_ERROR;
    else if (result == 0 && git_object_peel((git_object **)tree, object, GIT_OBJECT_TREE) != 0)
        result = GIT_ENOTFOUND; /* it is that of a file, say */
    git_object_free(commit);
    git_object_free(object);
    return result == GIT_EINVALIDSPEC ? GIT_ENOTFOUND : result;
}

/* ---- symbolic links -------------------------------------------------------------------------- */

/* The folder on the way to a path that is a symbolic link, as found; empty: none is. */
static Text linked_folder(Arena *arena, const TreeView *view, Text path, TreeEntry *entry) {
    for (size_t end = 0; (end = text_find_byte(path, '/', end)) != SIZE_MAX; end++) {
        Text folder = text_copy(arena, text_slice(path, 0, end));
        if (tree_look_up(view, folder.data, entry) == 0 && entry->mode == GIT_FILEMODE_LINK)
            return folder;
    }
    return (Text){0};
}

/* The block is ours before libgit2 holds anything that would be lost if memory ran out. */
static int read_link(Arena *arena, const TreeView *view, const git_oid *id, Text *target) {
    enum { TARGET_LIMIT = 4096 };
    char *block = arena_alloc(arena, TARGET_LIMIT + 1);
    git_blob *blob = NULL;
    int result = git_blob_lookup(&blob, view->repository, id);
    if (result != 0)
        return GIT_ERROR;
    size_t size = (size_t)git_blob_rawsize(blob);
    size = size < TARGET_LIMIT ? size : TARGET_LIMIT;
    memcpy(block, git_blob_rawcontent(blob), size);
    git_blob_free(blob);
    *target = (Text){block, size};
    return 0;
}

/* The path with the link at its beginning followed. False: it leads out of the root. */
static bool follow_link(Arena *arena, Text link, Text target, Text *path) {
    Text rest = text_slice(*path, link.size < path->size ? link.size + 1 : link.size, path->size);
    *path = path_join(arena, path_folder(link), target);
    *path = rest.size ? path_join(arena, *path, rest) : *path;
    return !text_starts_with(target, TEXT("/")) && !path_leads_up(*path) && path->size;
}

int tree_follow(Arena *arena, const TreeView *view, Text *path, TreeEntry *entry, Text *target) {
    enum { LINK_LIMIT = 16 };
    for (int links = 0; links <= LINK_LIMIT; links++) {
        Text link = text_copy(arena, *path);
        int result = tree_look_up(view, link.data, entry);
        if (result == GIT_ENOTFOUND) {
            link = linked_folder(arena, view, *path, entry);
            if (!link.size)
                return GIT_ENOTFOUND;
            result = 0;
        }
        if (result != 0 || entry->mode != GIT_FILEMODE_LINK)
            return result;
        result = read_link(arena, view, &entry->id, target);
        if (result != 0)
            return result;
        if (!follow_link(arena, link, *target, path))
            return GIT_EINVALIDSPEC;
    }
    return GIT_EINVALIDSPEC;
}

/* ---- the repository -------------------------------------------------------------------------- */

/* The index that git was told to use in place of the repository's own. */
static int use_index(git_repository *repository, const char *file) {
    git_index *index = NULL;
    int result = git_index_open(&index, file);
    if (result == 0)
        result = git_repository_set_index(repository, index);
    git_index_free(index);
    return result;
}

int tree_open_repository(git_repository **repository) {
    const char *folder = getenv("GIT_DIR"), *files = getenv("GIT_WORK_TREE");
    const char *index = getenv("GIT_INDEX_FILE");
    if (!files || !*files)
        return git_repository_open_ext(repository, NULL, GIT_REPOSITORY_OPEN_FROM_ENV, NULL);
    /* libgit2 refuses an environment that names the working tree. */
    unsigned flags = folder ? GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT : 0;
    int result = git_repository_open_ext(repository, folder ? folder : ".", flags, NULL);
    if (result == 0)
        result = git_repository_set_workdir(*repository, files, 0);
    if (result == 0 && index && *index)
        result = use_index(*repository, index);
    return result;
}

bool tree_has_other_format(void) {
    const git_error *error = git_error_last();
    return error && error->message && strstr(error->message, "objectformat");
}

static bool is_partial(git_repository *repository) {
    git_config *config = NULL;
    git_config_iterator *values = NULL;
    git_config_entry *entry;
    bool partial = false;
    if (git_repository_config_snapshot(&config, repository) == 0 &&
        git_config_iterator_new(&values, config) == 0)
        while (!partial && git_config_next(&entry, values) == 0)
            partial = text_starts_with(text_from(entry->name), TEXT("remote.")) &&
                      text_ends_with(text_from(entry->name), TEXT(".promisor"));
    git_config_iterator_free(values);
    git_config_free(config);
    return partial;
}

/* The size is known, and the block ours, before libgit2 holds anything that would be lost if memory
 * ran out. */
bool tree_read_object(Arena *arena, git_odb *odb, const git_oid *id, size_t size, Text *bytes) {
    char *block = arena_alloc(arena, size + 1);
    git_odb_object *object = NULL;
    if (git_odb_read(&object, odb, id) != 0)
        return false;
    if (git_odb_object_size(object) < size)
        size = git_odb_object_size(object);
    if (size)
        memcpy(block, git_odb_object_data(object), size);
    git_odb_object_free(object);
    *bytes = (Text){block, size};
    return true;
}

const char *tree_failure(Arena *arena, git_repository *repository) {
    const git_error *error = git_error_last();
    if (error && error->klass == GIT_ERROR_NOMEMORY)
        arena_exhausted(arena);
    bool missing = object_is_missing();
    const char *words = error && error->message ? error->message : "unknown failure";
    Text text = text_copy(arena, text_from(words));
    if (!missing || !repository)
        return text.data;
    return text_format(arena, "%s; %s", text.data,
                       is_partial(repository)
                           ? "this is a partial clone: fetch what it lacks first "
                             "(`git fetch --refetch --no-filter`; in CI, clone without a filter)"
                           : "an object is gone that git should have: `git fsck` tells which, and "
                             "`git fetch --refetch` fetches it again")
        .data;
}
