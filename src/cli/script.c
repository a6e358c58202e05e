#include "cli/script.h"

#include <stdio.h>

Text script_read(Arena *arena, const char *file) {
    Buffer content = {.arena = arena};
    char block[4096];
    size_t size;
    FILE *stream = fopen(file, "rb");
    while (stream && (size = fread(block, 1, sizeof block, stream)) > 0)
        buffer_add(&content, (Text){block, size});
    if (stream)
        fclose(stream);
    return buffer_text(&content);
}

bool script_write(const char *file, Text content) {
    FILE *stream = fopen(file, "wb");
    if (!stream)
        return false;
    bool written =
        fwrite(content.data ? content.data : "", 1, content.size, stream) == content.size;
    return fclose(stream) == 0 && written;
}

static Text line_at(Text content, size_t start) {
    size_t end = text_find_byte(content, '\n', start);
    return text_slice(content, start, end == SIZE_MAX ? content.size : end + 1);
}

bool script_has_block(Text content, const char *begin) {
    for (size_t at = 0; at < content.size; at += line_at(content, at).size)
        if (text_starts_with(line_at(content, at), text_from(begin)))
            return true;
    return false;
}

Text script_without_block(Arena *arena, Text content, const char *begin, const char *end) {
    Buffer rest = {.arena = arena};
    bool inside = false;
    for (size_t at = 0; at < content.size;) {
        Text line = line_at(content, at);
        at += line.size;
        inside = inside || text_starts_with(line, text_from(begin));
        if (!inside)
            buffer_add(&rest, line);
        inside = inside && !text_is(text_trim(line), end);
    }
    return buffer_text(&rest);
}
