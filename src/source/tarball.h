/* Gives the files in a tar archive, plain or compressed by gzip, bzip2, xz or zstd (libarchive).
 * Nothing is unpacked. Knows nothing of what the files mean.
 */
#ifndef BREAKWATER_SOURCE_TARBALL_H
#define BREAKWATER_SOURCE_TARBALL_H

#include "source/gather.h"

/* By the name alone: ".tar", ".tar.gz", ".tgz", … */
bool tarball_is_named(Text path);

/* Adds the regular files whose names end in `suffix`, hidden ones left out. Together they may be no
 * larger than one file may be. False: diagnosed. */
bool tarball_read(Arena *arena, Diagnostics *diagnostics, Text path, Text suffix, Sources *into);

#endif
