/* Owns the looking up of one path in git: in a tree or the index, through symbolic links, the
 * reading of what is there, and the telling of what is not there from what can't be read. Inside
 * source/ only.
 *
 * Nothing is at a path where all trees on the way to it were read and the last has no such entry. A
 * tree that is missing (as in a partial clone) is a failure.
 */
#ifndef BREAKWATER_SOURCE_TREE_H
#define BREAKWATER_SOURCE_TREE_H

#include "support/text.h"

#include <git2.h>

/* Where paths are looked up. */
typedef struct TreeView {
    git_repository *repository;
    git_tree *tree;   /* of a revision */
    git_index *index; /* else */
    int stage;
} TreeView;

typedef struct TreeEntry {
    git_oid id;
    git_filemode_t mode;
} TreeEntry;

/* 0; GIT_ENOTFOUND: nothing is there; else libgit2 has its words for the failure. */
int tree_look_up(const TreeView *view, const char *path, TreeEntry *entry);

/* The same, following symbolic links to files and folders, which may not lead out of the root:
 * *path (normalised) becomes that of what it leads to. GIT_EINVALIDSPEC: *target is the target of a
 * link that leads out, or of one too many. */
int tree_follow(Arena *arena, const TreeView *view, Text *path, TreeEntry *entry, Text *target);

/* The tree of a revision. GIT_ENOTFOUND: there is no such revision; else as above. */
int tree_of_revision(git_repository *repository, const char *revision, git_tree **tree);

/* Opens the repository of the working directory as git itself finds it: GIT_DIR, GIT_WORK_TREE and
 * GIT_INDEX_FILE are set where a hook calls us. */
int tree_open_repository(git_repository **repository);

/* Whether that failed since libgit2 knows no names of objects but those by SHA-1. */
bool tree_has_other_format(void);

/* The content of an object, in the arena; `size` is what its header says. */
bool tree_read_object(Arena *arena, git_odb *odb, const git_oid *id, size_t size, Text *bytes);

/* libgit2's words for its last failure on this thread, and what to do where an object is missing.
 */
const char *tree_failure(Arena *arena, git_repository *repository);

#endif
