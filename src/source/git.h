/* Owns the way into git: an open repository, and in it the tree of one revision or the index.
 * Gives the bytes at a path there. Knows nothing of references between files.
 *
 * The revision is looked up once, so that a branch that moves meanwhile does not tear a description
 * apart; what is read later through the same Git comes of the same tree.
 */
#ifndef BREAKWATER_SOURCE_GIT_H
#define BREAKWATER_SOURCE_GIT_H

#include "support/diagnostics.h"

typedef struct Git Git;

/* `REF:path`, `:path` or `:N:path` in its parts, as `git show` takes them. */
typedef struct GitName {
    Text revision; /* empty for the index */
    Text path;
    int stage; /* of the index, 0 unless in conflict */
} GitName;

/* False where `name` has no colon that separates a revision from a path. */
bool git_name_parse(Text name, GitName *parsed);

/* Starts libgit2, which counts how often; git_libgit2_shutdown ends it. A repository may belong to
 * another user, as where CI mounts it into a container: it is read, and nothing that its
 * configuration names is ever run. False: it did not start. */
bool git_start(void);

/* Opens the repository of the current working directory. NULL: diagnosed. The arena closes it. */
Git *git_open(Arena *arena, Diagnostics *diagnostics, Text name, const GitName *parsed,
              Place place);

/* The repository's root folder. */
Text git_root(const Git *git);

/* A path as seen from the working directory, as those of files are shown. */
Text git_path_from_here(Arena *arena, const Git *git, Text path);

/* The path from the repository's root that a name means: `./x` and `../x` count from the current
 * working directory, and so does a plain path that is not found from the root. */
Text git_find_path(Arena *arena, const Git *git, Text path);

/* The bytes at a path from the repository's root; symbolic links to files and folders are followed
 * inside the same tree. `shown` is its name in messages. False: diagnosed at `place`. */
bool git_read(Arena *arena, Diagnostics *diagnostics, const Git *git, Text path, Text shown,
              Place place, Text *bytes);

typedef ARRAY(Text) GitNames;

/* Adds the paths, from the root, of the files below a folder of the tree or index whose names end
 * in `suffix`, hidden ones left out. False: `path` is no folder there. */
bool git_list(Arena *arena, const Git *git, Text path, Text suffix, GitNames *names);

#endif
