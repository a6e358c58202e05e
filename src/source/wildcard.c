#include "source/wildcard.h"

#include <fnmatch.h>

bool wildcard_is(Text name) {
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] == '*' || name.data[i] == '?' || name.data[i] == '[')
            return true;
    return false;
}

/* The segment at *at, which is moved behind it and its slash. */
static Text next_segment(Text path, size_t *at) {
    size_t end = text_find_byte(path, '/', *at);
    Text segment = text_slice(path, *at, end == SIZE_MAX ? path.size : end);
    *at = end == SIZE_MAX ? path.size : end + 1;
    return segment;
}

bool wildcard_goes_deep(Text pattern) {
    for (size_t at = 0; at < pattern.size;)
        if (text_is(next_segment(pattern, &at), "**"))
            return true;
    return false;
}

Text wildcard_folder(Text pattern) {
    size_t at = 0, end = 0;
    while (at < pattern.size && !wildcard_is(next_segment(pattern, &at)))
        end = at;
    return text_slice(pattern, 0, end > 1 ? end - 1 : end);
}

/* What is left of the pattern against what is left of the path. */
static bool takes(Arena *arena, Text pattern, Text path, bool suffixed) {
    size_t here = 0, there = 0;
    if (!pattern.size || !path.size)
        return !pattern.size && (!path.size || suffixed);
    Text wanted = next_segment(pattern, &here), segment = next_segment(path, &there);
    Text pattern_rest = text_slice(pattern, here, pattern.size);
    Text path_rest = text_slice(path, there, path.size);
    if (text_is(wanted, "**"))
        return takes(arena, pattern_rest, path, suffixed) ||
               takes(arena, pattern, path_rest, suffixed);
    return fnmatch(text_copy(arena, wanted).data, text_copy(arena, segment).data, FNM_PERIOD) ==
               0 &&
           takes(arena, pattern_rest, path_rest, suffixed);
}

bool wildcard_takes(Arena *arena, Text pattern, Text path, Text suffix) {
    return takes(arena, pattern, path, text_ends_with(path, suffix));
}
