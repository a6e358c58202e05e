#include "source/path.h"

Text path_folder(Text path) {
    size_t end = path.size;
    while (end > 0 && path.data[end - 1] != '/')
        end--;
    return text_slice(path, 0, end > 1 ? end - 1 : end);
}

/* Cuts the last segment off what was built, unless there is none to undo. */
static bool undo_segment(Buffer *built, bool absolute) {
    Text last = buffer_text(built);
    size_t start = last.size;
    while (start > 0 && last.data[start - 1] != '/')
        start--;
    last = text_slice(last, start, last.size);
    if (!last.size || text_equal(last, TEXT("..")))
        return absolute;
    built->size = start > 1 ? start - 1 : (absolute ? 1 : 0);
    return true;
}

static void add_segments(Buffer *built, Text path, bool absolute) {
    for (size_t from = 0; from < path.size;) {
        size_t end = text_find_byte(path, '/', from);
        if (end == SIZE_MAX)
            end = path.size;
        Text segment = text_slice(path, from, end);
        from = end + 1;
        if (!segment.size || text_equal(segment, TEXT(".")))
            continue;
        if (text_equal(segment, TEXT("..")) && undo_segment(built, absolute))
            continue;
        if (built->size && built->data[built->size - 1] != '/')
            buffer_add_byte(built, '/');
        buffer_add(built, segment);
    }
}

Text path_name(Text path) {
    Text folder = path_folder(path);
    size_t from = folder.size + (path.size > folder.size && path.data[folder.size] == '/');
    return text_slice(path, from, path.size);
}

Text path_join(Arena *arena, Text folder, Text relative) {
    Buffer built = {.arena = arena};
    bool absolute = text_starts_with(folder, TEXT("/"));
    if (absolute)
        buffer_add_byte(&built, '/');
    add_segments(&built, folder, absolute);
    add_segments(&built, relative, absolute);
    return text_copy(arena, buffer_text(&built));
}

bool path_is_beneath(Text path, Text folder) {
    if (!text_starts_with(path, folder))
        return false;
    return text_ends_with(folder, TEXT("/")) ||
           (path.size > folder.size && path.data[folder.size] == '/');
}

Text path_from(Arena *arena, Text folder, Text path) {
    while (folder.size) {
        size_t end = text_find_byte(folder, '/', 0);
        Text first = text_slice(folder, 0, end);
        if (!path_is_beneath(path, first))
            break;
        path = text_slice(path, first.size + 1, path.size);
        folder = text_slice(folder, first.size + 1, folder.size);
    }
    Buffer shown = {.arena = arena};
    for (size_t i = 0; i < folder.size; i++)
        if (i == 0 || folder.data[i] == '/')
            buffer_add(&shown, TEXT("../"));
    buffer_add(&shown, path);
    return text_copy(arena, buffer_text(&shown));
}

bool path_leads_up(Text path) {
    return text_equal(path, TEXT("..")) || text_starts_with(path, TEXT("../"));
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool path_is_url(Text text) {
    if (text_starts_with(text, TEXT("//")))
        return true;
    if (!text.size || !is_letter(text.data[0]))
        return false;
    size_t i = 1;
    while (i < text.size &&
           (is_letter(text.data[i]) || (text.data[i] >= '0' && text.data[i] <= '9') ||
            (text.data[i] && strchr("+-.", text.data[i]))))
        i++;
    return i < text.size && text.data[i] == ':';
}

bool path_is_web_address(Text text) {
    size_t colon = text_find_byte(text, ':', 0);
    return colon != SIZE_MAX && path_is_url(text) &&
           text_starts_with(text_slice(text, colon, text.size), TEXT("://"));
}
