/* Owns the walks over commits of a shallow clone, where history begins at whatever has no parent
 * here: libgit2 takes a commit that is not here for a failure. Inside source/ only.
 */
#ifndef BREAKWATER_SOURCE_ANCESTRY_H
#define BREAKWATER_SOURCE_ANCESTRY_H

#include "support/array.h"
#include "support/text.h"

#include <git2.h>

typedef ARRAY(git_oid) CommitIds;

/* The newest commit that is reached from both. False: none that is here is. */
bool ancestry_merge_base(Arena *arena, git_repository *repository, const git_oid *a,
                         const git_oid *b, git_oid *base);

/* Adds the commits that are reached from any of the tips and not from `hidden` (NULL: all),
 * children before parents, and else the newest first. */
void ancestry_list(Arena *arena, git_repository *repository, const git_oid *tips, size_t count,
                   const git_oid *hidden, CommitIds *commits);

#endif
