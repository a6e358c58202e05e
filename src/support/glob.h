/* Gives the matching of texts by globs, in which `*` is any run of characters within a segment,
 * `**` any run at all (`**` with a separator behind it also nothing), `?` one character of a
 * segment, and `\` takes the next character as it is. Braces and brackets stand for themselves.
 * Knows nothing of what the texts name.
 */
#ifndef BREAKWATER_SUPPORT_GLOB_H
#define BREAKWATER_SUPPORT_GLOB_H

#include "support/text.h"

/* Whether the glob takes the whole text, whose segments `separator` parts. Time is bounded by the
 * product of the sizes, and the text's once more, whatever the glob. */
bool glob_takes(Text glob, Text text, char separator);

/* Whether nothing in the glob stands for anything but itself. */
bool glob_is_plain(Text glob);

#endif
