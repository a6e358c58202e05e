/* Owns the questions which files a description refers to, and whether it is the same with all of
 * them in two states of the repository, by their text alone: it is asked at each commit, and must
 * cost little.
 * Knows nothing of what descriptions mean.
 */
#ifndef BREAKWATER_CLOSURE_H
#define BREAKWATER_CLOSURE_H

#include "source/repository.h"

/* What each content refers to, found once. */
typedef struct Closures Closures;
Closures *closures_new(Arena *arena, Repository *repository);

/* Whether the file of that path, and each that is reached from it by references, has the same bytes
 * in both. False also where that can't be told without a parser. */
bool closures_equal(Closures *closures, const Snapshot *a, const Snapshot *b, Text path);

/* Whether the file, or one that is reached from it, has the name in it, in whatever place and with
 * whatever keyword. True also where it may be written in a way that only a parser understands. */
bool closures_name(Closures *closures, const Snapshot *snapshot, Text path, Text name);

/* Adds the file and all that are reached from it, whether they are there or not, as far as it can
 * be told without a parser. */
void closures_files(Closures *closures, const Snapshot *snapshot, Text path, Paths *files);

#endif
