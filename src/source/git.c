#include "source/git_handle.h"

#include "source/file.h"
#include "source/path.h"
#include "source/source.h"
#include "source/submodule.h"

/* What stands at a path of the tree or index. */
typedef struct Found {
    git_oid id;
    git_filemode_t mode;
} Found;

static void git_close(void *resource) {
    Git *git = resource;
    git_index_free(git->index);
    git_tree_free(git->tree);
    git_odb_free(git->odb);
    git_repository_free(git->repository);
    if (git->started)
        git_libgit2_shutdown();
}

/* libgit2's words for its last failure on this thread. */
static const char *failure(Arena *arena) {
    const git_error *error = git_error_last();
    if (error && error->klass == GIT_ERROR_NOMEMORY)
        arena_exhausted(arena);
    return error && error->message ? error->message : "unknown failure";
}

bool git_name_parse(Text name, GitName *parsed) {
    size_t colon = 0, depth = 0; /* of braces, as in HEAD^{/fix: typo}:file */
    for (; colon < name.size && (name.data[colon] != ':' || depth); colon++) {
        depth += name.data[colon] == '{';
        depth -= name.data[colon] == '}' && depth;
    }
    if (colon >= name.size)
        return false;
    *parsed = (GitName){.revision = text_slice(name, 0, colon),
                        .path = text_slice(name, colon + 1, name.size)};
    Text path = parsed->path;
    if (!colon && path.size > 1 && path.data[0] >= '0' && path.data[0] <= '3' &&
        path.data[1] == ':') {
        parsed->stage = path.data[0] - '0';
        parsed->path = text_slice(path, 2, path.size);
    }
    return true;
}

static bool open_tree(Arena *arena, Diagnostics *diagnostics, Git *git, Text name, Place place) {
    const char *revision = text_copy(arena, git->revision).data;
    git_object *object = NULL;
    int result = git_revparse_single(&object, git->repository, revision);
    if (result == 0)
        result = git_object_peel((git_object **)&git->tree, object, GIT_OBJECT_TREE);
    git_object_free(object);
    if (result == 0)
        return true;
    const char *why = failure(arena);
    if (result != GIT_ENOTFOUND && result != GIT_EINVALIDSPEC && result != GIT_EPEEL)
        return diagnose(diagnostics, GIT_UNREADABLE, place, TEXT_ARG(name), why);
    bool shallow = git_repository_is_shallow(git->repository) == 1;
    return diagnose(
        diagnostics, GIT_UNKNOWN_REVISION, place, TEXT_ARG(git->revision),
        shallow
            ? ", which is a shallow clone: fetch it first (`git fetch --unshallow`; in CI, clone "
              "with a fetch depth of 0)"
            : "");
}

bool git_start(void) {
    return git_libgit2_init() > 0 && git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) == 0;
}

Git *git_open(Arena *arena, Diagnostics *diagnostics, Text name, const GitName *parsed,
              Place place) {
    Git *git = arena_new_object(arena, Git);
    git->revision = parsed->revision;
    git->stage = parsed->stage;
    arena_on_free(arena, git_close, git);
    git->started = git_start();
    /* As git itself does: GIT_DIR and GIT_INDEX_FILE are set where a hook calls us. */
    if (!git->started ||
        git_repository_open_ext(&git->repository, NULL, GIT_REPOSITORY_OPEN_FROM_ENV, NULL) != 0) {
        diagnose(diagnostics, GIT_NO_REPOSITORY, place, TEXT_ARG(name), failure(arena));
        return NULL;
    }
    const char *folder = git_repository_workdir(git->repository);
    git->root =
        file_real_path(arena, text_from(folder ? folder : git_repository_path(git->repository)));
    if (git_repository_odb(&git->odb, git->repository) != 0 ||
        (!git->revision.size && git_repository_index(&git->index, git->repository) != 0)) {
        diagnose(diagnostics, GIT_UNREADABLE, place, TEXT_ARG(name), failure(arena));
        return NULL;
    }
    if (git->revision.size && !open_tree(arena, diagnostics, git, name, place))
        return NULL;
    return git;
}

Text git_root(const Git *git) {
    return git->root;
}

/* Where the working directory lies below the root. */
static Text folder_here(Arena *arena, const Git *git) {
    Text here = file_working_folder(arena);
    return path_is_beneath(here, git->root) ? text_slice(here, git->root.size + 1, here.size)
                                            : (Text){0};
}

Text git_path_from_here(Arena *arena, const Git *git, Text path) {
    return path_from(arena, folder_here(arena, git), path);
}

/* GIT_ENOTFOUND where there is nothing at the path. */
static int look_up(const Git *git, const char *path, Found *found) {
    if (git->index) {
        const git_index_entry *entry = git_index_get_bypath(git->index, path, git->stage);
        if (!entry)
            return GIT_ENOTFOUND;
        *found = (Found){.id = entry->id, .mode = (git_filemode_t)entry->mode};
        return 0;
    }
    git_tree_entry *entry = NULL;
    int result = git_tree_entry_bypath(&entry, git->tree, path);
    if (result == 0)
        *found = (Found){.id = *git_tree_entry_id(entry), .mode = git_tree_entry_filemode(entry)};
    git_tree_entry_free(entry);
    return result;
}

Text git_find_path(Arena *arena, const Git *git, Text path) {
    Found found;
    bool from_here = text_starts_with(path, TEXT("./")) || text_starts_with(path, TEXT("../"));
    Text plain = path_join(arena, (Text){0}, path);
    if (!from_here && look_up(git, plain.data, &found) == 0)
        return plain;
    Text beside = path_join(arena, folder_here(arena, git), path);
    return from_here || look_up(git, beside.data, &found) == 0 ? beside : plain;
}

/* What is read, and where it is told that it can't be. */
typedef struct Reading {
    Arena *arena;
    Diagnostics *diagnostics;
    const Git *git;
    Text shown;
    Place place;
} Reading;

static bool unreadable(const Reading *reading) {
    return diagnose(reading->diagnostics, GIT_UNREADABLE, reading->place, TEXT_ARG(reading->shown),
                    failure(reading->arena));
}

static bool no_file(const Reading *reading, const char *what) {
    return diagnose(reading->diagnostics, GIT_NO_FILE, reading->place, TEXT_ARG(reading->shown),
                    what);
}

static bool missing(const Reading *reading, Text path) {
    const Git *git = reading->git;
    if (!git->index)
        return diagnose(reading->diagnostics, GIT_NO_SUCH_FILE, reading->place, TEXT_ARG(path),
                        TEXT_ARG(git->revision));
    const git_index_entry *ancestor, *ours, *theirs;
    if (git_index_conflict_get(&ancestor, &ours, &theirs, git->index, path.data) == 0)
        return diagnose(reading->diagnostics, GIT_IN_CONFLICT, reading->place,
                        TEXT_ARG(reading->shown));
    Text folder = text_format(reading->arena, "%.*s/", TEXT_ARG(path));
    if (git_index_find_prefix(NULL, git->index, folder.data) == 0)
        return no_file(reading, "a folder");
    return diagnose(reading->diagnostics, GIT_NOT_STAGED, reading->place, TEXT_ARG(path));
}

/* The size is known, and the block ours, before libgit2 holds anything that would be lost if memory
 * ran out. */
static bool read_blob(const Reading *reading, const git_oid *id, Text *bytes) {
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, reading->git->odb, id) != 0)
        return unreadable(reading);
    if (size > (size_t)SOURCE_SIZE_LIMIT_MIB * 1024 * 1024)
        return diagnose(reading->diagnostics, FILE_TOO_LARGE, reading->place,
                        TEXT_ARG(reading->shown), SOURCE_SIZE_LIMIT_MIB);
    char *block = arena_alloc(reading->arena, size + 1);
    git_odb_object *object = NULL;
    if (git_odb_read(&object, reading->git->odb, id) != 0)
        return unreadable(reading);
    if (git_odb_object_size(object) < size)
        size = git_odb_object_size(object);
    if (size)
        memcpy(block, git_odb_object_data(object), size);
    git_odb_object_free(object);
    *bytes = (Text){block, size};
    return true;
}

/* Where the path lies in no submodule, it is missing. */
static bool read_in_submodule(const Reading *reading, Text path, Text *bytes) {
    Arena *arena = reading->arena;
    const Git *git = reading->git;
    const Submodule *found = submodule_find(arena, git->repository, git->tree, git->index, path);
    if (!found->path.size)
        return missing(reading, path);
    if (!found->tree)
        return diagnose(reading->diagnostics, GIT_NO_SUBMODULE, reading->place,
                        TEXT_ARG(reading->shown), TEXT_ARG(found->path), TEXT_ARG(found->path));
    Git *inner = arena_new_object(arena, Git);
    arena_on_free(arena, git_close, inner);
    inner->revision = git->revision;
    inner->root = path_join(arena, git->root, found->path);
    if (git_tree_dup(&inner->tree, found->tree) != 0 ||
        git_repository_odb(&inner->odb, found->repository) != 0)
        return unreadable(reading);
    inner->repository = git_tree_owner(inner->tree);
    bool read = git_read(arena, reading->diagnostics, inner, found->rest, reading->shown,
                         reading->place, bytes);
    inner->repository = NULL; /* it is the submodule's */
    return read;
}

/* The folder on the way to a path that is a symbolic link, as found; empty: none is. */
static Text linked_folder(const Reading *reading, Text path, Found *found) {
    for (size_t end = 0; (end = text_find_byte(path, '/', end)) != SIZE_MAX; end++) {
        Text folder = text_copy(reading->arena, text_slice(path, 0, end));
        if (look_up(reading->git, folder.data, found) == 0 && found->mode == GIT_FILEMODE_LINK)
            return folder;
    }
    return (Text){0};
}

/* Follows the symbolic link at the beginning of *path, of which `target` is the content. */
static bool follow_link(const Reading *reading, Text link, Text target, Text *path) {
    Text rest = text_slice(*path, link.size + 1, path->size);
    *path = path_join(reading->arena, path_folder(link), target);
    *path = rest.size ? path_join(reading->arena, *path, rest) : *path;
    return (!text_starts_with(target, TEXT("/")) && !path_leads_up(*path)) ||
           diagnose(reading->diagnostics, GIT_LINK_REFUSED, reading->place,
                    TEXT_ARG(reading->shown), TEXT_ARG(target), "is outside of the repository");
}

bool git_read(Arena *arena, Diagnostics *diagnostics, const Git *git, Text path, Text shown,
              Place place, Text *bytes) {
    enum { LINK_LIMIT = 16 };
    const Reading reading = {arena, diagnostics, git, shown, place};
    path = path_join(arena, (Text){0}, path);
    for (int links = 0; links <= LINK_LIMIT; links++) {
        Found found;
        if (!path.size)
            return no_file(&reading, "the root folder");
        if (path_leads_up(path))
            return missing(&reading, path);
        Text link = path;
        int result = look_up(git, path.data, &found);
        if (result == GIT_ENOTFOUND) {
            link = linked_folder(&reading, path, &found);
            if (!link.size)
                return read_in_submodule(&reading, path, bytes);
            result = 0;
        }
        if (result != 0)
            return unreadable(&reading);
        if (found.mode == GIT_FILEMODE_TREE || found.mode == GIT_FILEMODE_COMMIT)
            return no_file(&reading, found.mode == GIT_FILEMODE_TREE ? "a folder" : "a submodule");
        if (!read_blob(&reading, &found.id, bytes))
            return false;
        if (found.mode != GIT_FILEMODE_LINK)
            return true;
        if (!follow_link(&reading, link, *bytes, &path))
            return false;
    }
    return diagnose(diagnostics, GIT_LINK_REFUSED, place, TEXT_ARG(shown), TEXT_ARG(*bytes),
                    "leads through too many others");
}
