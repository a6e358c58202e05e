/* Owns the lines in which two states of a file differ, as git shows them. Knows nothing of what the
 * file holds.
 */
#ifndef BREAKWATER_SOURCE_PATCH_H
#define BREAKWATER_SOURCE_PATCH_H

#include "support/text.h"

/* Adds the unified diff; nothing where they are the same. False: libgit2 can't make one. */
bool patch_add(Buffer *out, Text old_name, Text old_bytes, Text new_name, Text new_bytes);

#endif
