/* Owns the way from one name to the several sources that it stands for: a file, the files below a
 * folder, those that a pattern (glob(7), and `**` for any number of folders) matches, all these of
 * git
 * (`REF:path`, `:path`), the files in a tar archive, `-`.
 * Knows nothing of what the bytes mean.
 */
#ifndef BREAKWATER_SOURCE_GATHER_H
#define BREAKWATER_SOURCE_GATHER_H

#include "source/source.h"

typedef ARRAY(Source) Sources;

/* Adds what a name stands for, sorted by name, each with its bytes; below folders and in archives
 * only what ends in `suffix`, hidden files left out. *itself tells whether the name was that of one
 * file. False: diagnosed, and what could be read was added. */
bool source_gather(Arena *arena, Diagnostics *diagnostics, Text name, Text suffix, Sources *into,
                   bool *itself);

#endif
