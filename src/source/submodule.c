#include "source/submodule.h"

#include <stdio.h>

static void let_go(void *resource) {
    Submodule *submodule = resource;
    git_tree_free(submodule->tree);
    git_repository_free(submodule->repository);
}

/* Whether a submodule stands at the path, and which commit of it. */
static bool find_link(git_tree *tree, git_index *index, const char *path, git_oid *commit) {
    git_tree_entry *entry = NULL;
    bool found = false;
    if (tree && git_tree_entry_bypath(&entry, tree, path) == 0) {
        found = git_tree_entry_filemode(entry) == GIT_FILEMODE_COMMIT;
        *commit = *git_tree_entry_id(entry);
    }
    git_tree_entry_free(entry);
    const git_index_entry *staged = index ? git_index_get_bypath(index, path, 0) : NULL;
    if (staged && staged->mode == GIT_FILEMODE_COMMIT) {
        found = true;
        *commit = staged->id;
    }
    return found;
}

/* Where it is checked out, or where git keeps those that are not, by the name or the path. */
static git_repository *open_submodule(Arena *arena, git_repository *outer, const char *path) {
    git_submodule *submodule = NULL;
    git_repository *opened = NULL;
    if (git_submodule_lookup(&submodule, outer, path) == 0)
        git_submodule_open(&opened, submodule);
    const char *name = submodule ? git_submodule_name(submodule) : path;
    Text kept = text_format(arena, "%smodules/%s", git_repository_commondir(outer), name);
    git_submodule_free(submodule);
    if (!opened)
        git_repository_open(&opened, kept.data);
    return opened;
}

Submodule *submodule_find(Arena *arena, git_repository *repository, git_tree *tree,
                          git_index *index, Text path) {
    Submodule *found = arena_new_object(arena, Submodule);
    git_commit *commit = NULL;
    git_oid id;
    arena_on_free(arena, let_go, found);
    for (size_t end = 0; (end = text_find_byte(path, '/', end)) != SIZE_MAX; end++) {
        Text folder = text_copy(arena, text_slice(path, 0, end));
        if (!find_link(tree, index, folder.data, &id))
            continue;
        found->commit = id;
        found->path = folder;
        found->rest = text_copy(arena, text_slice(path, end + 1, path.size));
        found->repository = open_submodule(arena, repository, folder.data);
        if (found->repository && git_commit_lookup(&commit, found->repository, &id) == 0)
            git_commit_tree(&found->tree, commit);
        git_commit_free(commit);
        break;
    }
    return found;
}

/* Its files beside the commit that is checked out. */
static bool files_differ(git_repository *repository, const git_oid *commit) {
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_IGNORE_SUBMODULES;
    git_commit *found = NULL;
    git_tree *tree = NULL;
    git_diff *diff = NULL;
    bool differ = git_commit_lookup(&found, repository, commit) != 0 ||
                  git_commit_tree(&tree, found) != 0 ||
                  git_diff_tree_to_workdir_with_index(&diff, repository, tree, &options) != 0 ||
                  git_diff_num_deltas(diff) > 0;
    git_diff_free(diff);
    git_tree_free(tree);
    git_commit_free(found);
    return differ;
}

bool submodule_is_touched(git_repository *outer, git_tree *tree, const git_index_entry *entry) {
    char path[4096];
    git_oid commit;
    git_repository *inner = NULL;
    const char *folder = git_repository_workdir(outer);
    int size = snprintf(path, sizeof path, "%s%s", folder ? folder : "", entry->path);
    bool known = find_link(tree, NULL, entry->path, &commit);
    if (!known || !git_oid_equal(&commit, &entry->id))
        return true;
    if (size >= (int)sizeof path ||
        git_repository_open_ext(&inner, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) != 0)
        return false;
    bool touched = files_differ(inner, &commit);
    git_repository_free(inner);
    return touched;
}
