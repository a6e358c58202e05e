/* Owns the question which two states of a repository git compares where it tells of one file alone:
 * what it was and is called, and the ids of its contents. By it what the file refers to is read as
 * it stood beside it. Knows nothing of what the file means.
 */
#ifndef BREAKWATER_STATES_H
#define BREAKWATER_STATES_H

#include "closure.h"

/* One side of what git tells. */
typedef struct FileState {
    Text path;         /* from the repository's root */
    ContentId content; /* none: there is no file */
    bool as_it_lies;   /* in the working tree: git has given it no id */
} FileState;

/* So many commits of all that has a name are looked at, the newest first. */
enum { STATES_COMMIT_LIMIT = 5000 };

/* Finds the one pair of states that hold the file so: the working tree for what has no id, with the
 * index or HEAD; HEAD and the index; a commit and its parent; else any two. Of several, those in
 * which nothing is missing that the file refers to. False: there is none, or there are several that
 * differ in what the file refers to. */
bool states_find(Repository *repository, Closures *closures, const FileState *base,
                 const FileState *revision, Snapshot *base_in, Snapshot *revision_in);

#endif
