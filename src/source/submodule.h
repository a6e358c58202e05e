/* Owns the way from a repository into its submodules: by the commit that it holds of them, which
 * may be another one than what lies there. Inside source/ only.
 */
#ifndef BREAKWATER_SOURCE_SUBMODULE_H
#define BREAKWATER_SOURCE_SUBMODULE_H

#include "support/text.h"

#include <git2.h>

typedef struct Submodule {
    Text path; /* of the submodule; empty: a path lies in none */
    Text rest; /* of the path, within */
    git_oid commit;
    git_repository *repository;
    git_tree *tree; /* NULL: the repository is not here, or lacks the commit */
} Submodule;

/* The submodule in which a path of a tree, or else of the index, lies. The arena closes it. */
Submodule *submodule_find(Arena *arena, git_repository *repository, git_tree *tree,
                          git_index *index, Text path);

/* Whether what lies in the working tree of a submodule may be other than the commit that a tree of
 * the outer repository (NULL: none) holds of it. What is not checked out is none of it. */
bool submodule_is_touched(git_repository *outer, git_tree *tree, const git_index_entry *entry);

#endif
