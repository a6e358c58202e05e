/* Owns the question which files of the working tree descriptions are made of: those that configs
 * name, and those that they refer to. Knows nothing of what they mean, and compares nothing.
 */
#ifndef BREAKWATER_DESCRIBED_H
#define BREAKWATER_DESCRIBED_H

#include "closure.h"

/* All paths are from the repository's root. */
typedef struct Described {
    Arena *arena;
    Repository *repository;
    Closures *closures;
    Paths files; /* of the working tree */
    Paths named; /* paths and globs as configs have them */
    Paths roots; /* the descriptions */
} Described;

/* By a config, or where that is empty by all of the repository that can be read. False: diagnosed.
 */
bool describe(Arena *arena, Diagnostics *diagnostics, Text config, Described *described);

/* Adds globs that take the files to which descriptions refer. */
void described_parts(Described *described, Paths *globs);

#endif
