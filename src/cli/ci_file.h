/* Owns the files by which a CI system runs `breakwater check`: where each belongs, what it says,
 * and which system a repository is likely kept on. Knows nothing of configs.
 */
#ifndef BREAKWATER_CLI_CI_FILE_H
#define BREAKWATER_CLI_CI_FILE_H

#include "cli/commands.h"
#include "source/repository.h"

extern const char *const ci_systems[];

typedef struct CiFile {
    Text path; /* from the working directory */
    Text root; /* the same from the root of the repository */
    Text text;
    Text project;     /* where breakwater is kept */
    bool has_project; /* it was said */
    bool included;    /* it has to be named in the system's own file, which is there already */
} CiFile;

/* The system that the repository's files or its remote speak of; NULL: none. */
const char *ci_system_of(Arena *arena, Repository *repository);

/* The file for a system, which is not written. `project` is where breakwater is kept, such as
 * "acme/breakwater@v1", or NULL. False: diagnosed. */
bool ci_file_make(const Arguments *arguments, Repository *repository, const char *ci,
                  const char *project, CiFile *file);

/* Makes the folders that the file lies in. False: diagnosed. */
bool ci_file_make_folders(const Arguments *arguments, const CiFile *file);

#endif
