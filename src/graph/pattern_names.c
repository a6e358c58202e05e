#include "graph/pattern.h"

/* Patterns that only list texts: `^a$`, `^(a|b)$`, `^(?:a|b)$`. */

static bool is_plain(Text text) {
    static const char special[] = "\\^$.|?*+()[]{}";
    for (size_t i = 0; i < text.size; i++)
        if (memchr(special, text.data[i], sizeof special - 1))
            return false;
    return text.size > 0;
}

size_t pattern_names(Text pattern, Text names[PATTERN_NAMES]) {
    size_t count = 0;
    if (pattern.size < 3 || pattern.data[0] != '^' || pattern.data[pattern.size - 1] != '$')
        return 0;
    Text list = text_slice(pattern, 1, pattern.size - 1);
    bool group = list.data[0] == '(' && list.data[list.size - 1] == ')';
    if (group)
        list = text_slice(list, text_starts_with(list, TEXT("(?:")) ? 3 : 1, list.size - 1);
    for (size_t start = 0; start <= list.size;) {
        size_t end = group ? text_find_byte(list, '|', start) : SIZE_MAX;
        Text name = text_slice(list, start, end == SIZE_MAX ? list.size : end);
        if (count == PATTERN_NAMES || !is_plain(name))
            return 0;
        names[count++] = name;
        start = end == SIZE_MAX ? list.size + 1 : end + 1;
    }
    return count;
}

void pattern_add_text(Buffer *pattern, Text text) {
    static const char special[] = "\\^$.|?*+()[]{}/";
    buffer_add_byte(pattern, '^');
    for (size_t i = 0; i < text.size; i++) {
        if (memchr(special, text.data[i], sizeof special - 1))
            buffer_add_byte(pattern, '\\');
        buffer_add_byte(pattern, text.data[i]);
    }
    buffer_add_byte(pattern, '$');
}
