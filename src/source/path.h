/* Gives the arithmetic of paths with `/`, on text alone. Knows nothing of what exists. */
#ifndef BREAKWATER_SOURCE_PATH_H
#define BREAKWATER_SOURCE_PATH_H

#include "support/text.h"

/* Everything before the last `/`: "" for a bare name, "/" for what stands in the root. */
Text path_folder(Text path);

/* What is behind the last `/`. */
Text path_name(Text path);

/* `relative` as seen from `folder`, without `.`, empty segments and what `..` undoes (RFC 3986
 * section 5.2.4). Where folder is not absolute, a `..` that it can't undo stays in front. */
Text path_join(Arena *arena, Text folder, Text relative);

/* The normalised path as seen from the folder, where both count from one root: "../users.yaml". */
Text path_from(Arena *arena, Text folder, Text path);

/* Whether a normalised path lies in the folder or deeper. */
bool path_is_beneath(Text path, Text folder);

/* A normalised relative path that begins with `..`. */
bool path_leads_up(Text path);

/* Whether text begins as a URI with a scheme, or a network path, does (RFC 3986 section 3.1, 4.2).
 */
bool path_is_url(Text text);

/* Whether text is a URL with an authority: `scheme://…`. */
bool path_is_web_address(Text text);

#endif
