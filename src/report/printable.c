#include "report/printable.h"

/* The smallest code point that may be written in 2, 3 and 4 bytes: longer spellings are no UTF-8.
 */
static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

uint32_t utf8_next(Text text, size_t *offset) {
    unsigned char first = (unsigned char)text.data[(*offset)++];
    if (first < 0x80)
        return first;
    size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size - *offset < size - 1)
        return NOT_A_CODE_POINT;
    uint32_t code = first & (0x7fu >> size);
    for (size_t i = 0; i < size - 1; i++) {
        unsigned char next = (unsigned char)text.data[*offset + i];
        if ((next & 0xc0) != 0x80)
            return NOT_A_CODE_POINT;
        code = code << 6 | (next & 0x3f);
    }
    if (code < least[size] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return NOT_A_CODE_POINT;
    *offset += size - 1;
    return code;
}

/* C0, DEL and C1; marks, embeddings, overrides and isolates of the bidirectional algorithm (the
 * property Bidi_Control); line and paragraph separators. */
static bool is_harmful(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x061c || code == 0x200e ||
           code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

static void add_escape(Buffer *out, uint32_t code) {
    if (code == NOT_A_CODE_POINT)
        buffer_add(out, TEXT("\xef\xbf\xbd"));
    else if (code == '\n')
        buffer_add(out, TEXT("\\n"));
    else if (code == '\t')
        buffer_add(out, TEXT("\\t"));
    else
        buffer_format(out, "\\u%04x", code);
}

Text text_printable(Arena *arena, Text text, bool keep_lines) {
    Buffer out = {.arena = arena};
    size_t copied = 0;
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        uint32_t code = utf8_next(text, &i);
        if (code == NOT_A_CODE_POINT || (is_harmful(code) && !(keep_lines && code == '\n'))) {
            buffer_add(&out, text_slice(text, copied, start));
            add_escape(&out, code);
            copied = i;
        }
    }
    if (copied == 0)
        return text;
    buffer_add(&out, text_slice(text, copied, text.size));
    return buffer_text(&out);
}
