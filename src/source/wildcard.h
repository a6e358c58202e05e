/* Owns patterns of paths: glob(7)'s, and `**` for any number of folders. Internal to source/. Knows
 * nothing of where the paths are. */
#ifndef BREAKWATER_SOURCE_WILDCARD_H
#define BREAKWATER_SOURCE_WILDCARD_H

#include "support/text.h"

/* Whether a name is a pattern, and whether one that glob(3) can't match. */
bool wildcard_is(Text name);
bool wildcard_goes_deep(Text pattern);

/* The folder in which all that matches lies; empty: the one where the pattern begins. */
Text wildcard_folder(Text pattern);

/* Whether a pattern matches a file, or a folder (as a `**` at the end does) that it lies in; of the
 * latter's files those with the suffix count. */
bool wildcard_takes(Arena *arena, Text pattern, Text path, Text suffix);

#endif
