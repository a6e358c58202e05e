/* Owns small files of lines that others write, too: hooks, git's attributes. What is ours stands in
 * a block between two lines of its own. Knows nothing of what the lines mean.
 */
#ifndef BREAKWATER_CLI_SCRIPT_H
#define BREAKWATER_CLI_SCRIPT_H

#include "support/text.h"

/* Empty where the file can't be read. */
Text script_read(Arena *arena, const char *file);

/* False: errno says why. */
bool script_write(const char *file, Text content);

bool script_has_block(Text content, const char *begin);

/* The content without the lines from the one that starts with `begin` to the one that is `end`. */
Text script_without_block(Arena *arena, Text content, const char *begin, const char *end);

#endif
