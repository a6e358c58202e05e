#include "impact/uri.h"

void uri_encode_query(Buffer *out, Text text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%' || c == '&' || c == '=' || c == '#' || c == '+' || c == '?')
            buffer_format(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            buffer_add_byte(out, c);
    }
}

void text_split(Arena *arena, Text text, char separator, Texts *parts) {
    size_t from = 0;
    for (size_t at; (at = text_find_byte(text, separator, from)) != SIZE_MAX; from = at + 1)
        array_push(arena, parts, text_slice(text, from, at));
    array_push(arena, parts, text_slice(text, from, text.size));
}

static Text plus_as_space(Arena *arena, Text text) {
    if (text_find_byte(text, '+', 0) == SIZE_MAX)
        return text;
    char *copy = arena_copy(arena, text.data, text.size);
    for (size_t i = 0; i < text.size; i++)
        if (copy[i] == '+')
            copy[i] = ' ';
    return (Text){copy, text.size};
}

void uri_pairs(Arena *arena, Text text, char separator, UriPairs *pairs) {
    Texts parts = {0};
    text_split(arena, text, separator, &parts);
    for (array_each(Text, part, &parts)) {
        Text pair = separator == '&' ? plus_as_space(arena, *part) : text_trim(*part);
        if (!pair.size)
            continue;
        size_t equals = text_find_byte(pair, '=', 0);
        UriPair found = {.name = text_percent_decode(arena, text_slice(pair, 0, equals))};
        if (equals != SIZE_MAX)
            found.value = text_percent_decode(arena, text_slice(pair, equals + 1, pair.size));
        array_push(arena, pairs, found);
    }
}
