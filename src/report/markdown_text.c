#include "report/markdown_text.h"

#include "report/printable.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

static bool is_punctuation(char byte) {
    return (unsigned char)byte < 0x80 && ispunct((unsigned char)byte);
}

/* Mentions of people and issues and bare links are looked for in the finished text, after all
 * escapes: a space of no width keeps what would trigger them apart, behind a byte or before it. */
static bool triggers(Text text, size_t at) {
    char byte = text.data[at];
    return byte == '@' || byte == '#' ||
           (byte == ':' && at + 1 < text.size && text.data[at + 1] == '/');
}

static bool ends_host(Text text, size_t at) {
    return text.data[at] == '.' && at >= 3 && strncasecmp(text.data + at - 3, "www", 3) == 0;
}

/* A numeric reference never stands for markup (CommonMark 2.5). */
static void add_plain(Buffer *out, Text text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (ends_host(text, i))
            buffer_add(out, TEXT("&#8203;"));
        if (byte == '$')
            buffer_add(out, TEXT("<span>$</span>"));
        else if (is_punctuation(byte) && strchr("\\`*_[]<>&|~!", byte))
            buffer_format(out, "&#%d;", byte);
        else
            buffer_add_byte(out, byte);
        if (triggers(text, i))
            buffer_add(out, TEXT("&#8203;"));
    }
}

/* References for all punctuation, so that it is no matter whether Markdown is read there. */
static void add_references(Buffer *out, Text text) {
    for (size_t i = 0; i < text.size; i++) {
        if (ends_host(text, i))
            buffer_add(out, TEXT("&#8203;"));
        if (is_punctuation(text.data[i]) && text.data[i] != '-' && text.data[i] != '/')
            buffer_format(out, "&#%d;", text.data[i]);
        else
            buffer_add_byte(out, text.data[i]);
        if (triggers(text, i))
            buffer_add(out, TEXT("&#8203;"));
    }
}

static bool is_simple_code(Text text) {
    for (size_t i = 0; i < text.size; i++)
        if (strchr("`|\\\n", text.data[i]))
            return false;
    return text.size && text.data[0] != ' ' && text.data[text.size - 1] != ' ';
}

static void add_code(Buffer *out, Text text) {
    if (is_simple_code(text)) {
        buffer_format(out, "`%.*s`", TEXT_ARG(text));
        return;
    }
    buffer_add(out, TEXT("<code>"));
    add_references(out, text);
    buffer_add(out, TEXT("</code>"));
}

void markdown_add_code(Buffer *out, Text text) {
    add_code(out, text_printable(out->arena, text, false));
}

void markdown_add(Buffer *out, Text text) {
    Text shown = text_printable(out->arena, text, false);
    for (size_t from = 0; from < shown.size;) {
        size_t open = text_find_byte(shown, '`', from);
        size_t close = open == SIZE_MAX ? SIZE_MAX : text_find_byte(shown, '`', open + 1);
        if (close == SIZE_MAX) {
            add_plain(out, text_slice(shown, from, shown.size));
            return;
        }
        add_plain(out, text_slice(shown, from, open));
        if (close > open + 1)
            add_code(out, text_slice(shown, open + 1, close));
        else
            add_plain(out, TEXT("``"));
        from = close + 1;
    }
}

void markdown_add_html(Buffer *out, Text text) {
    Text shown = text_printable(out->arena, text, false);
    for (size_t from = 0; from < shown.size;) {
        size_t open = text_find_byte(shown, '`', from);
        size_t close = open == SIZE_MAX ? SIZE_MAX : text_find_byte(shown, '`', open + 1);
        bool code = close != SIZE_MAX;
        add_references(out, text_slice(shown, from, code ? open : shown.size));
        if (!code)
            return;
        buffer_add(out, TEXT("<code>"));
        add_references(out, text_slice(shown, open + 1, close));
        buffer_add(out, TEXT("</code>"));
        from = close + 1;
    }
}

/* The fence is longer than any run of backticks within. */
void markdown_add_block(Buffer *out, const char *language, Text lines) {
    Text shown = text_printable(out->arena, lines, true);
    size_t longest = 2, run = 0;
    for (size_t i = 0; i < shown.size; i++) {
        run = shown.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    Buffer fence = {.arena = out->arena};
    for (size_t i = 0; i <= longest; i++)
        buffer_add_byte(&fence, '`');
    buffer_format(out, "%.*s%s\n%.*s%s%.*s\n", TEXT_ARG(buffer_text(&fence)), language,
                  TEXT_ARG(shown), text_ends_with(shown, TEXT("\n")) ? "" : "\n",
                  TEXT_ARG(buffer_text(&fence)));
}
