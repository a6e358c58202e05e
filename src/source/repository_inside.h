/* Owns what the files about repositories share. Inside source/ only; repository.h is what other
 * stages see.
 */
#ifndef BREAKWATER_SOURCE_REPOSITORY_INSIDE_H
#define BREAKWATER_SOURCE_REPOSITORY_INSIDE_H

#include "source/repository.h"

#include <git2.h>

struct Repository {
    Arena *arena;
    git_repository *handle;
    Text root, here; /* of the working tree; the working directory */
    bool started;
};

/* Says libgit2's words for its last failure on this thread; gives false. */
bool repository_failed(Repository *repository, Diagnostics *diagnostics);

#endif
