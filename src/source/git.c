#include "source/git_handle.h"

#include "source/file.h"
#include "source/path.h"
#include "source/source.h"
#include "source/submodule.h"

static void git_close(void *resource) {
    Git *git = resource;
    git_index_free(git->view.index);
    git_tree_free(git->view.tree);
    git_odb_free(git->odb);
    git_repository_free(git->view.repository);
    if (git->started)
        git_libgit2_shutdown();
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
    int result = tree_of_revision(git->view.repository, revision, &git->view.tree);
    if (result == 0)
        return true;
    if (result != GIT_ENOTFOUND)
        return diagnose(diagnostics, GIT_UNREADABLE, place, TEXT_ARG(name),
                        tree_failure(arena, git->view.repository));
    bool shallow = git_repository_is_shallow(git->view.repository) == 1;
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
    git->view.stage = parsed->stage;
    arena_on_free(arena, git_close, git);
    git->started = git_start();
    if (!git->started || tree_open_repository(&git->view.repository) != 0) {
        if (tree_has_other_format())
            diagnose(diagnostics, GIT_OBJECT_FORMAT, place, "extensions.objectFormat");
        else
            diagnose(diagnostics, GIT_NO_REPOSITORY, place, TEXT_ARG(name),
                     tree_failure(arena, NULL));
        return NULL;
    }
    const char *folder = git_repository_workdir(git->view.repository);
    git->root = file_real_path(
        arena, text_from(folder ? folder : git_repository_path(git->view.repository)));
    if (git_repository_odb(&git->odb, git->view.repository) != 0 ||
        (!git->revision.size &&
         git_repository_index(&git->view.index, git->view.repository) != 0)) {
        diagnose(diagnostics, GIT_UNREADABLE, place, TEXT_ARG(name),
                 tree_failure(arena, git->view.repository));
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

Text git_find_path(Arena *arena, const Git *git, Text path) {
    TreeEntry found;
    bool from_here = text_starts_with(path, TEXT("./")) || text_starts_with(path, TEXT("../"));
    Text plain = path_join(arena, (Text){0}, path);
    if (!from_here && tree_look_up(&git->view, plain.data, &found) == 0)
        return plain;
    Text beside = path_join(arena, folder_here(arena, git), path);
    return from_here || tree_look_up(&git->view, beside.data, &found) == 0 ? beside : plain;
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
                    tree_failure(reading->arena, reading->git->view.repository));
}

static bool no_file(const Reading *reading, const char *what) {
    return diagnose(reading->diagnostics, GIT_NO_FILE, reading->place, TEXT_ARG(reading->shown),
                    what);
}

static bool missing(const Reading *reading, Text path) {
    const Git *git = reading->git;
    if (!git->view.index)
        return diagnose(reading->diagnostics, GIT_NO_SUCH_FILE, reading->place, TEXT_ARG(path),
                        TEXT_ARG(git->revision));
    const git_index_entry *ancestor, *ours, *theirs;
    if (git_index_conflict_get(&ancestor, &ours, &theirs, git->view.index, path.data) == 0)
        return diagnose(reading->diagnostics, GIT_IN_CONFLICT, reading->place,
                        TEXT_ARG(reading->shown));
    Text folder = text_format(reading->arena, "%.*s/", TEXT_ARG(path));
    if (git_index_find_prefix(NULL, git->view.index, folder.data) == 0)
        return no_file(reading, "a folder");
    return diagnose(reading->diagnostics, GIT_NOT_STAGED, reading->place, TEXT_ARG(path));
}

static bool read_blob(const Reading *reading, const git_oid *id, Text *bytes) {
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, reading->git->odb, id) != 0)
        return unreadable(reading);
    if (size > (size_t)SOURCE_SIZE_LIMIT_MIB * 1024 * 1024)
        return diagnose(reading->diagnostics, FILE_TOO_LARGE, reading->place,
                        TEXT_ARG(reading->shown), SOURCE_SIZE_LIMIT_MIB);
    return tree_read_object(reading->arena, reading->git->odb, id, size, bytes) ||
           unreadable(reading);
}

/* Where the path lies in no submodule, it is missing. */
static bool read_in_submodule(const Reading *reading, Text path, Text *bytes) {
    Arena *arena = reading->arena;
    const Git *git = reading->git;
    const Submodule *found =
        submodule_find(arena, git->view.repository, git->view.tree, git->view.index, path);
    if (!found->path.size)
        return missing(reading, path);
    if (!found->tree)
        return diagnose(reading->diagnostics, GIT_NO_SUBMODULE, reading->place,
                        TEXT_ARG(reading->shown), TEXT_ARG(found->path), TEXT_ARG(found->path));
    Git *inner = arena_new_object(arena, Git);
    arena_on_free(arena, git_close, inner);
    inner->revision = git->revision;
    inner->root = path_join(arena, git->root, found->path);
    if (git_tree_dup(&inner->view.tree, found->tree) != 0 ||
        git_repository_odb(&inner->odb, found->repository) != 0)
        return unreadable(reading);
    inner->view.repository = git_tree_owner(inner->view.tree);
    bool read = git_read(arena, reading->diagnostics, inner, found->rest, reading->shown,
                         reading->place, bytes);
    inner->view.repository = NULL; /* it is the submodule's */
    return read;
}

bool git_read(Arena *arena, Diagnostics *diagnostics, const Git *git, Text path, Text shown,
              Place place, Text *bytes) {
    const Reading reading = {arena, diagnostics, git, shown, place};
    path = path_join(arena, (Text){0}, path);
    if (!path.size)
        return no_file(&reading, "the root folder");
    if (path_leads_up(path))
        return missing(&reading, path);
    TreeEntry found;
    Text target;
    int result = tree_follow(arena, &git->view, &path, &found, &target);
    if (result == GIT_ENOTFOUND)
        return read_in_submodule(&reading, path, bytes);
    if (result == GIT_EINVALIDSPEC)
        return diagnose(diagnostics, GIT_LINK_REFUSED, place, TEXT_ARG(shown), TEXT_ARG(target),
                        text_starts_with(target, TEXT("/")) || path_leads_up(path)
                            ? "is outside of the repository"
                            : "leads through too many others");
    if (result != 0)
        return unreadable(&reading);
    if (found.mode == GIT_FILEMODE_TREE || found.mode == GIT_FILEMODE_COMMIT)
        return no_file(&reading, found.mode == GIT_FILEMODE_TREE ? "a folder" : "a submodule");
    return read_blob(&reading, &found.id, bytes);
}
