/* Owns the question of which file of the base is which of the revision: by the config's paths and
 * globs, and by similarity where one was renamed. Gives pairs to check.c. Knows nothing of what the
 * files hold.
 */
#ifndef BREAKWATER_PAIRS_H
#define BREAKWATER_PAIRS_H

#include "config/config.h"
#include "source/repository.h"

typedef struct Pair {
    Text base, revision; /* paths from the repository's root; empty where there is no file */
} Pair;

typedef ARRAY(Pair) Pairs;

typedef struct PairFinder {
    Arena *arena;
    Diagnostics *diagnostics;
    Repository *repository;
    Snapshot base, revision;
    Paths *base_paths, *revision_paths; /* listed when first needed */
    PathChanges *renames, *changes;
} PairFinder;

/* Adds the pairs of a spec's files. False: diagnosed. */
bool find_pairs(PairFinder *finder, const ConfigSpec *spec, Pairs *pairs);

/* Whether the pair's file is the same on both sides, and so is all that it may refer to. */
bool pair_is_unchanged(PairFinder *finder, const Pair *pair);

/* The name by which a source is read on a side. */
Text source_name(const PairFinder *finder, const Snapshot *snapshot, Text path);

#endif
