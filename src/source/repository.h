/* Owns the questions to git beyond the bytes of one file: what a branch was forked from, which
 * files a tree, the index or the working tree holds, what became of a file's name, where hooks lie.
 * Knows nothing of what files hold.
 *
 * Everything is asked of the repository of the working directory, as git itself finds it (GIT_DIR,
 * GIT_INDEX_FILE); worktrees, submodules and bare repositories are all the same here. Paths are
 * from the repository's root.
 */
#ifndef BREAKWATER_SOURCE_REPOSITORY_H
#define BREAKWATER_SOURCE_REPOSITORY_H

#include "support/diagnostics.h"

typedef struct Repository Repository;

/* NULL: there is none, of which nothing is said. The arena closes it. */
Repository *repository_find(Arena *arena);

/* The same for a command, of which it is said. NULL: diagnosed. */
Repository *repository_open(Arena *arena, Diagnostics *diagnostics, const char *command);

/* Whether something could not be read that git should have: it was diagnosed, and what was answered
 * of it is worth nothing. */
bool repository_has_failed(const Repository *repository);

bool repository_is_bare(const Repository *repository);

/* A path from the root of the working tree as seen from the working directory: "../users.yaml";
 * absolute where the working directory lies elsewhere. In a bare repository it stays. */
Text repository_path_from_here(const Repository *repository, Text path);

/* The path from the repository's root for one that is given from the working directory; data NULL
 * where it lies outside. */
Text repository_path(Arena *arena, const Repository *repository, Text path);

/* One state of all files: of a commit, of the index, or as they lie on disk. */
typedef struct Snapshot {
    enum { SNAPSHOT_NOTHING, SNAPSHOT_COMMIT, SNAPSHOT_INDEX, SNAPSHOT_FILES } kind;
    Text revision; /* of a commit: what git resolves, the shortest that does */
} Snapshot;

/* The commit that HEAD was forked from `reference` at (git merge-base), or with `exactly` the
 * commit itself. A branch's name means the remote's branch where there is one. False: diagnosed. */
bool repository_fork_point(Repository *repository, Diagnostics *diagnostics, Text reference,
                           bool exactly, Snapshot *snapshot);

/* "origin/main": what HEAD of the remote points to, else a branch main or master, or what
 * init.defaultBranch says. Empty: none. */
Text repository_default_branch(Repository *repository);

/* The URL of the remote `origin`, or empty. */
Text repository_remote_url(Repository *repository);

/* HEAD; SNAPSHOT_NOTHING where nothing was committed yet. */
Snapshot repository_head(Repository *repository);

/* The further parents of the commit that is being made: those of a merge that is under way. */
typedef ARRAY(Snapshot) Snapshots;
void repository_merge_heads(Repository *repository, Snapshots *heads);

bool repository_same_commit(Repository *repository, const Snapshot *a, const Snapshot *b);
/* What HEAD is called: its branch (empty where it is detached) and its commit (empty where there is
 * none yet). */
typedef struct RepositoryHead {
    Text branch, commit;
} RepositoryHead;
RepositoryHead repository_head_names(Repository *repository);

/* Whether the file is not in the working tree by intention, so that the index tells what it holds:
 * a sparse checkout has left it out, or its submodule is not checked out. */
bool repository_is_left_out(Repository *repository, Text path);

/* The name by which a snapshot's file is read as a source; without a path, that of no file. */
Text repository_source_name(Repository *repository, const Snapshot *snapshot, Text path);

/* The path from the root that such a name has; data NULL: none of the repository. */
Text repository_path_of_source(Repository *repository, Text name);

/* The bytes of a file of a snapshot, of which nothing is said where they can't be read. */
bool repository_read(Repository *repository, const Snapshot *snapshot, Text path, Text *bytes);

/* False: the path lies in a submodule whose commit is not here. */
bool repository_submodule_is_here(Repository *repository, const Snapshot *snapshot, Text path);

/* The submodule in which a path lies; empty: in none. */
Text repository_submodule_of(Repository *repository, Text path);

/* An entry's content id, equal for equal bytes, which symbolic links lead to; all zero where there
 * is no file of that path. In a submodule whose commit is not here, all files have that commit's.
 */
typedef struct ContentId {
    unsigned char bytes[20];
} ContentId;

ContentId repository_content_id(Repository *repository, const Snapshot *snapshot, Text path);
bool content_id_is_none(ContentId id);
bool content_ids_equal(ContentId a, ContentId b);

/* Of git's digits. False: these are none, or all zero. */
bool content_id_parse(Text digits, ContentId *id);

/* Adds the paths of all files, sorted; of SNAPSHOT_FILES those that git tracks or does not ignore.
 */
typedef ARRAY(Text) Paths;
bool repository_list(Repository *repository, Diagnostics *diagnostics, const Snapshot *snapshot,
                     Paths *paths);

/* What stands otherwise in `to` than in `from`: a path, and what it was called before. */
typedef struct PathChange {
    Text from, to;  /* empty where the file is new, or gone; different where it was renamed */
    bool submodule; /* it is one, with any of its files */
} PathChange;

typedef ARRAY(PathChange) PathChanges;

/* With `renames`, a file that is gone and one that is new are one where their contents are alike.
 */
bool repository_changes(Repository *repository, Diagnostics *diagnostics, const Snapshot *from,
                        const Snapshot *to, bool renames, PathChanges *changes);

/* Shows commits of all branches and tags and of HEAD by their whole ids, newest first, so many at
 * most, until `visit` gives false. Of what can't be read nothing is said. */
typedef bool CommitVisitor(Text commit, const Paths *parents, void *context);
void repository_commits(Repository *repository, size_t limit, CommitVisitor *visit, void *context);

/* Where hooks are looked for (core.hooksPath, else of the repository). */
Text repository_hooks_folder(Arena *arena, Repository *repository);

/* The file of attributes that belongs to the repository alone: info/attributes. */
Text repository_attributes_file(Arena *arena, Repository *repository);
Text repository_config_file(Arena *arena, Repository *repository);

/* Whether git is set up to show a file by a diff driver, and whether there is one of that name. */
bool repository_is_driven(Repository *repository, Text path, const char *driver);
bool repository_has_driver(Repository *repository, const char *driver);

/* Sets a value in the repository's own configuration; data NULL removes it. */
bool repository_configure(Repository *repository, Diagnostics *diagnostics, const char *key,
                          Text value);

#endif
