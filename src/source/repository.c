#include "source/repository_inside.h"

#include "source/ancestry.h"
#include "source/file.h"
#include "source/git.h"
#include "source/path.h"
#include "source/submodule.h"
#include "source/tree.h"

static void close_repository(void *resource) {
    Repository *repository = resource;
    for (size_t i = 0; i < KEPT_TREES; i++)
        git_tree_free(repository->kept[i].tree);
    git_repository_free(repository->handle);
    if (repository->started)
        git_libgit2_shutdown();
}

bool repository_failed(Repository *repository, Diagnostics *diagnostics) {
    repository->has_failed = true;
    return diagnose(diagnostics, GIT_FAILED, (Place){0},
                    tree_failure(repository->arena, repository->handle));
}

Repository *repository_find(Arena *arena) {
    Repository *repository = arena_new_object(arena, Repository);
    repository->arena = arena;
    arena_on_free(arena, close_repository, repository);
    repository->started = git_start();
    if (!repository->started || tree_open_repository(&repository->handle) != 0)
        return NULL;
    const char *folder = git_repository_workdir(repository->handle);
    repository->root =
        file_real_path(arena, text_from(folder ? folder : git_repository_path(repository->handle)));
    repository->here = file_working_folder(arena);
    return repository;
}

Repository *repository_open(Arena *arena, Diagnostics *diagnostics, const char *command) {
    Repository *repository = repository_find(arena);
    if (!repository) {
        if (tree_has_other_format())
            diagnose(diagnostics, GIT_OBJECT_FORMAT, (Place){0}, "extensions.objectFormat");
        else
            diagnose(diagnostics, GIT_NEEDED, (Place){0}, command);
        return NULL;
    }
    repository->diagnostics = diagnostics;
    return repository;
}

bool repository_has_failed(const Repository *repository) {
    return repository->has_failed;
}

bool repository_is_bare(const Repository *repository) {
    return git_repository_is_bare(repository->handle) == 1;
}

Text repository_path_from_here(const Repository *repository, Text path) {
    Arena *arena = repository->arena;
    Text here = repository->here, root = repository->root;
    if (repository_is_bare(repository) || text_equal(here, root))
        return path;
    if (!path_is_beneath(here, root))
        return path_join(arena, root, path);
    size_t below = text_equal(root, TEXT("/")) ? 1 : root.size + 1;
    return path_from(arena, text_slice(here, below, here.size), path);
}

Text repository_path(Arena *arena, const Repository *repository, Text path) {
    if (repository_is_bare(repository))
        return path_join(arena, (Text){0}, path);
    bool absolute = text_starts_with(path, TEXT("/"));
    Text whole = path_join(arena, absolute ? TEXT("/") : repository->here, path);
    if (!path_is_beneath(whole, repository->root)) {
        /* The folder may have been reached through a symbolic link. */
        Text folder = file_real_path(arena, path_folder(whole));
        whole = path_join(arena, folder, path_name(whole));
        if (!folder.size || !path_is_beneath(whole, repository->root))
            return (Text){0};
    }
    size_t root = text_equal(repository->root, TEXT("/")) ? 0 : repository->root.size;
    return text_slice(whole, root + 1, whole.size);
}

/* ---- revisions ------------------------------------------------------------------------------- */

static bool find_commit(Repository *repository, Text name, git_oid *id) {
    git_object *object = NULL, *commit = NULL;
    bool found = git_revparse_single(&object, repository->handle,
                                     text_copy(repository->arena, name).data) == 0 &&
                 git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;
    if (found)
        *id = *git_object_id(commit);
    git_object_free(commit);
    git_object_free(object);
    return found;
}

static bool is_reference(Repository *repository, const char *folder, Text name) {
    git_oid id;
    Text whole = text_format(repository->arena, "refs/%s/%.*s", folder, TEXT_ARG(name));
    return git_reference_name_to_id(&id, repository->handle, whole.data) == 0;
}

/* A pull request is merged into the remote's branch, of which the local one may be far behind.
 * What is more than a branch's name (`HEAD~1`, `main~2`), or is a tag, is what it is for git. */
static Text resolve(Repository *repository, Text reference, git_oid *id) {
    Text remote = text_format(repository->arena, "origin/%.*s", TEXT_ARG(reference));
    if (!text_is(reference, "HEAD") && !is_reference(repository, "tags", reference) &&
        is_reference(repository, "remotes/origin", reference) &&
        find_commit(repository, remote, id))
        return remote;
    return find_commit(repository, reference, id) ? reference : (Text){0};
}

static Text short_id(Repository *repository, const git_oid *id) {
    enum { DIGITS = 10 };
    char digits[DIGITS + 1];
    git_oid_tostr(digits, sizeof digits, id);
    git_oid again;
    Text text = text_copy(repository->arena, text_from(digits));
    if (find_commit(repository, text, &again) && git_oid_equal(&again, id))
        return text;
    char whole[GIT_OID_HEXSZ + 1];
    git_oid_tostr(whole, sizeof whole, id);
    return text_copy(repository->arena, text_from(whole));
}

/* Of a branch, only its name brings it here; what is more (`HEAD~1`), all of the history does. */
static bool too_shallow(Repository *repository, Diagnostics *diagnostics, Text name,
                        Text reference) {
    Text origin = TEXT("origin/"), branch = reference;
    if (text_starts_with(branch, origin))
        branch = text_slice(branch, origin.size, branch.size);
    bool plain = !text_is(branch, "HEAD");
    for (size_t i = 0; i < branch.size; i++)
        plain = plain && !strchr("~^@:{}", branch.data[i]);
    Text what = {0};
    if (plain)
        what = text_format(repository->arena, " origin %.*s:refs/remotes/origin/%.*s",
                           TEXT_ARG(branch), TEXT_ARG(branch));
    return diagnose(diagnostics, GIT_SHALLOW, (Place){0}, TEXT_ARG(name), TEXT_ARG(what));
}

static bool unknown(Repository *repository, Diagnostics *diagnostics, Text reference) {
    bool shallow = git_repository_is_shallow(repository->handle) == 1;
    return shallow ? too_shallow(repository, diagnostics, reference, reference)
                   : diagnose(diagnostics, GIT_UNKNOWN_BASE, (Place){0}, TEXT_ARG(reference),
                              TEXT_ARG(reference));
}

bool repository_fork_point(Repository *repository, Diagnostics *diagnostics, Text reference,
                           bool exactly, Snapshot *snapshot) {
    git_oid theirs, ours, base;
    Text name = resolve(repository, reference, &theirs);
    if (!name.size)
        return unknown(repository, diagnostics, reference);
    *snapshot = (Snapshot){SNAPSHOT_COMMIT, name};
    if (exactly || !find_commit(repository, TEXT("HEAD"), &ours))
        return true;
    int result = git_merge_base(&base, repository->handle, &theirs, &ours);
    bool shallow = git_repository_is_shallow(repository->handle) == 1;
    if (result != 0 && shallow &&
        ancestry_merge_base(repository->arena, repository->handle, &ours, &theirs, &base))
        result = 0;
    if (result != 0 && shallow)
        return too_shallow(repository, diagnostics, name, reference);
    if (result == GIT_ENOTFOUND)
        return diagnose(diagnostics, GIT_NO_FORK_POINT, (Place){0}, TEXT_ARG(name));
    if (result != 0)
        return repository_failed(repository, diagnostics);
    if (!git_oid_equal(&base, &theirs))
        snapshot->revision = short_id(repository, &base);
    return true;
}

/* A value of git's configuration; empty: there is none. */
static Text configured(Repository *repository, const char *key) {
    git_config *config = NULL;
    git_buf value = {0};
    Text found = {0};
    if (git_repository_config_snapshot(&config, repository->handle) == 0 &&
        git_config_get_string_buf(&value, config, key) == 0)
        found = text_copy(repository->arena, (Text){value.ptr, value.size});
    git_buf_dispose(&value);
    git_config_free(config);
    return found;
}

Text repository_default_branch(Repository *repository) {
    static const char *const candidates[] = {"origin/main", "origin/master", "main", "master",
                                             NULL};
    git_reference *head = NULL;
    git_oid id;
    Text branch = {0};
    if (git_reference_lookup(&head, repository->handle, "refs/remotes/origin/HEAD") == 0) {
        const char *target = git_reference_symbolic_target(head);
        static const char remotes[] = "refs/remotes/";
        if (target && strncmp(target, remotes, sizeof remotes - 1) == 0)
            branch = text_copy(repository->arena, text_from(target + sizeof remotes - 1));
        git_reference_free(head);
    }
    if (branch.size && find_commit(repository, branch, &id))
        return branch;
    for (size_t i = 0; candidates[i]; i++)
        if (find_commit(repository, text_from(candidates[i]), &id))
            return text_from(candidates[i]);
    branch = configured(repository, "init.defaultBranch");
    return branch.size && find_commit(repository, branch, &id) ? branch : (Text){0};
}

Text repository_remote_url(Repository *repository) {
    return configured(repository, "remote.origin.url");
}

Snapshot repository_head(Repository *repository) {
    git_oid id;
    if (!find_commit(repository, TEXT("HEAD"), &id))
        return (Snapshot){0};
    return (Snapshot){SNAPSHOT_COMMIT, TEXT("HEAD")};
}

enum { MERGE_HEAD_LIMIT = 64 }; /* git's own octopus takes fewer */

typedef struct MergeHeads {
    git_oid ids[MERGE_HEAD_LIMIT];
    size_t count;
} MergeHeads;

/* libgit2 calls this, so memory may not run out in it. */
static int add_merge_head(const git_oid *id, void *into) {
    MergeHeads *heads = into;
    if (heads->count < MERGE_HEAD_LIMIT)
        heads->ids[heads->count++] = *id;
    return 0;
}

void repository_merge_heads(Repository *repository, Snapshots *heads) {
    MergeHeads found = {.count = 0};
    git_repository_mergehead_foreach(repository->handle, add_merge_head, &found);
    for (size_t i = 0; i < found.count; i++) {
        Snapshot head = {SNAPSHOT_COMMIT, short_id(repository, &found.ids[i])};
        array_push(repository->arena, heads, head);
    }
}

bool repository_same_commit(Repository *repository, const Snapshot *a, const Snapshot *b) {
    git_oid one, other;
    return find_commit(repository, a->revision, &one) &&
           find_commit(repository, b->revision, &other) && git_oid_equal(&one, &other);
}

RepositoryHead repository_head_names(Repository *repository) {
    static const char heads[] = "refs/heads/";
    RepositoryHead names = {0};
    git_reference *head = NULL;
    git_oid id;
    char digits[GIT_OID_HEXSZ + 1];
    if (find_commit(repository, TEXT("HEAD"), &id))
        names.commit =
            text_copy(repository->arena, text_from(git_oid_tostr(digits, sizeof digits, &id)));
    if (git_reference_lookup(&head, repository->handle, "HEAD") != 0)
        return names;
    const char *target = git_reference_symbolic_target(head);
    if (target && text_starts_with(text_from(target), text_from(heads)))
        names.branch = text_copy(repository->arena, text_from(target + sizeof heads - 1));
    git_reference_free(head);
    return names;
}

/* A bare repository has no index. */
static Text submodule_in_head(Repository *repository, Text path) {
    git_tree *tree = NULL;
    if (tree_of_revision(repository->handle, "HEAD", &tree) != 0)
        return (Text){0};
    Text found = submodule_find(repository->arena, repository->handle, tree, NULL, path)->path;
    git_tree_free(tree);
    return found;
}

Text repository_submodule_of(Repository *repository, Text path) {
    git_index *index = NULL;
    Text found = {0};
    if (git_repository_index(&index, repository->handle) != 0)
        return found;
    for (size_t end = 0; !found.size && (end = text_find_byte(path, '/', end)) != SIZE_MAX; end++) {
        Text folder = text_copy(repository->arena, text_slice(path, 0, end));
        const git_index_entry *entry = git_index_get_bypath(index, folder.data, 0);
        if (entry && entry->mode == GIT_FILEMODE_COMMIT)
            found = folder;
    }
    git_index_free(index);
    return found.size || !repository_is_bare(repository) ? found
                                                         : submodule_in_head(repository, path);
}

/* ---- what belongs to the repository ---------------------------------------------------------- */

Text repository_hooks_folder(Arena *arena, Repository *repository) {
    git_config *config = NULL;
    git_buf value = {0};
    Text folder = {0};
    if (git_repository_config_snapshot(&config, repository->handle) == 0 &&
        git_config_get_path(&value, config, "core.hooksPath") == 0)
        folder = text_copy(arena, (Text){value.ptr, value.size});
    git_buf_dispose(&value);
    git_config_free(config);
    if (folder.size && !text_starts_with(folder, TEXT("/")))
        folder = path_join(arena, repository->root, folder);
    if (folder.size)
        return folder;
    return text_format(arena, "%shooks", git_repository_commondir(repository->handle));
}

Text repository_attributes_file(Arena *arena, Repository *repository) {
    return text_format(arena, "%sinfo/attributes", git_repository_commondir(repository->handle));
}

Text repository_config_file(Arena *arena, Repository *repository) {
    return text_format(arena, "%sconfig", git_repository_commondir(repository->handle));
}

bool repository_is_driven(Repository *repository, Text path, const char *driver) {
    const char *value = NULL, *name = text_copy(repository->arena, path).data;
    return git_attr_get(&value, repository->handle, GIT_ATTR_CHECK_FILE_THEN_INDEX, name, "diff") ==
               0 &&
           git_attr_value(value) == GIT_ATTR_VALUE_STRING && strcmp(value, driver) == 0;
}

bool repository_has_driver(Repository *repository, const char *driver) {
    return configured(repository, text_format(repository->arena, "diff.%s.command", driver).data)
               .size > 0;
}

bool repository_configure(Repository *repository, Diagnostics *diagnostics, const char *key,
                          Text value) {
    git_config *config = NULL;
    int result = git_repository_config(&config, repository->handle);
    if (result == 0 && value.data)
        result = git_config_set_string(config, key, text_copy(repository->arena, value).data);
    else if (result == 0)
        result = git_config_delete_entry(config, key);
    git_config_free(config);
    return result == 0 || result == GIT_ENOTFOUND || repository_failed(repository, diagnostics);
}
