/* Owns the question of which file of the base is which of the revision: by the config's paths and
 * globs, and by similarity where one was renamed. Gives pairs to check.c and log.c.
 */
#ifndef BREAKWATER_PAIRS_H
#define BREAKWATER_PAIRS_H

#include "config/config.h"
#include "source/repository.h"
#include "support/map.h"

typedef struct Pair {
    Text base, revision; /* paths from the repository's root; empty where there is no file */
} Pair;

typedef ARRAY(Pair) Pairs;

/* A file that is no longer what a spec's glob takes. */
typedef struct Left {
    const ConfigSpec *spec;
    Pair pair;
} Left;

typedef struct PairFinder {
    Arena *arena;
    Diagnostics *diagnostics;
    Repository *repository;
    Snapshot base, revision;
    Paths *base_paths, *revision_paths; /* listed when first needed */
    PathChanges *renames, *changes;
    struct Closures *closures; /* made when first needed */
    ARRAY(Left) left;
    Map *judged; /* the paths of all pairs, of either side */
} PairFinder;

/* All paths of one of the finder's two snapshots; NULL: diagnosed. */
const Paths *paths_of(PairFinder *finder, const Snapshot *snapshot);

/* What stands otherwise in the revision, a renamed file being one that is gone and one that is new.
 * NULL: diagnosed. */
const PathChanges *changes_of(PairFinder *finder);

bool is_in(const PairFinder *finder, const Snapshot *snapshot, Text path);

/* What a description of one side is called on the other, where it was renamed or written anew: by
 * similar lines, or by what it describes. Empty: it was not. */
Text name_on_other_side(PairFinder *finder, Text path, bool from_base);

/* Adds the pairs of a spec's files. False: diagnosed. */
bool find_pairs(PairFinder *finder, const ConfigSpec *spec, Pairs *pairs);

/* Once the pairs of all specs are found. False: a file has left its glob for a name that no spec
 * has, which is diagnosed. */
bool find_left(PairFinder *finder);

/* Adds the pairs of the files that a spec of the base's config names and that no pair has yet. */
void find_dropped(PairFinder *finder, const ConfigSpec *spec, Pairs *dropped);

/* Whether the pair's file is the same on both sides, and so is all that it may refer to. */
bool pair_is_unchanged(PairFinder *finder, const Pair *pair);

/* The name by which a source is read on a side. */
Text source_name(const PairFinder *finder, const Snapshot *snapshot, Text path);

#endif
