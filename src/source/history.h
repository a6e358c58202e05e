/* Owns the history of one file in git: the commits that changed it, each with what it was before,
 * under whatever name. Knows nothing of what the file holds.
 */
#ifndef BREAKWATER_SOURCE_HISTORY_H
#define BREAKWATER_SOURCE_HISTORY_H

#include "source/repository.h"

/* What the file was in a commit. */
typedef struct HistoryState {
    Text commit, path; /* as short as git resolves it; no path: there is no file */
    ContentId content;
} HistoryState;

/* Of an entry: none of the range comes before it. */
#define HISTORY_BEGINS SIZE_MAX

typedef struct HistoryEntry {
    Text commit, parent; /* as short as git resolves them; no parent: a first commit */
    Text date, author, subject;
    Text release;           /* the tag of the range that has it first; empty: none has it yet */
    Text path, parent_path; /* empty where there is no file */
    ContentId content, parent_content;
    ARRAY(HistoryState) merged; /* what it was in the further parents of a merge */
    size_t previous;            /* the entry that left it as the parent has it, by index */
} HistoryEntry;

typedef ARRAY(HistoryEntry) History;

/* `before` is asked where a file is new in a commit and git finds none that it was renamed from:
 * what it was called in the parent. Empty: it was not there. `refers_to_others` is asked where the
 * file is the same in both: whether something that it refers to may not be. */
typedef struct HistoryNames {
    Text (*before)(void *context, Text parent, Text commit, Text path);
    bool (*refers_to_others)(void *context, Text parent, Text commit, Text path);
    void *context;
} HistoryNames;

/* Adds the commits of a range ("v1..v2", a revision, empty for HEAD) that changed the file which is
 * called `path` (from the repository's root) where the range ends, newest first. A merge counts
 * where it differs from all that it merged. With `references`, commits that changed what the file
 * refers to count, too. False: diagnosed. */
bool repository_history(Repository *repository, Diagnostics *diagnostics, Text range, Text path,
                        bool references, const HistoryNames *names, History *history);

#endif
