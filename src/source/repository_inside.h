/* Owns what the files about repositories share. Inside source/ only; repository.h is what other
 * stages see.
 */
#ifndef BREAKWATER_SOURCE_REPOSITORY_INSIDE_H
#define BREAKWATER_SOURCE_REPOSITORY_INSIDE_H

#include "source/repository.h"

#include <git2.h>

/* A revision's tree, looked up once. */
typedef struct KeptTree {
    Text revision;
    git_tree *tree;
} KeptTree;

enum { KEPT_TREES = 8 };

struct Repository {
    Arena *arena;
    Diagnostics *diagnostics; /* of the command; NULL: failures to read are not told */
    git_repository *handle;
    Text root, here;           /* of the working tree; the working directory */
    KeptTree kept[KEPT_TREES]; /* the oldest gives way */
    size_t kept_next;
    bool started, has_failed;
};

/* Says libgit2's words for its last failure on this thread; gives false. */
bool repository_failed(Repository *repository, Diagnostics *diagnostics);

#endif
