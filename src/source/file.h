/* Gives the bytes of files. Knows nothing of git or of references between files. */
#ifndef BREAKWATER_SOURCE_FILE_H
#define BREAKWATER_SOURCE_FILE_H

#include "support/diagnostics.h"

/* FILE_ANY is what a user names: pipes and devices too. A reference may name a regular file only,
 * so that a description can't have us wait for a pipe. */
typedef enum FileWanted { FILE_ANY, FILE_REGULAR } FileWanted;

/* The bytes of a file, in the arena, with a NUL behind them. `shown` is its name in messages.
 * False: diagnosed at `place`. */
bool file_read(Arena *arena, Diagnostics *diagnostics, Text path, FileWanted wanted, Text shown,
               Place place, Text *bytes);

bool file_read_standard_input(Arena *arena, Diagnostics *diagnostics, Place place, Text *bytes);

/* Whether something of that name exists, whatever it is. */
bool file_exists(Arena *arena, Text path);

/* The path without symbolic links, `.` and `..`; empty where there is no such file. */
Text file_real_path(Arena *arena, Text path);

/* The current working directory, without symbolic links; empty where it is gone. */
Text file_working_folder(Arena *arena);

#endif
