#include "report/page.h"

#include "report/printable.h"

/* A line of help is never squeezed into less than this. */
enum { WRAP_WIDTH_LEAST = 30 };

/* What a terminal gives two columns (UAX #11: wide and fullwidth), or none: what is set above the
 * character before it. */
static const struct {
    uint32_t from, to;
    uint8_t columns;
} widths[] = {
    {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},   {0x20D0, 0x20F0, 0},
    {0x2E80, 0x303E, 2},   {0x3041, 0x4DBF, 2},   {0x4E00, 0xA4CF, 2},   {0xA960, 0xA97C, 2},
    {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},
    {0xFE30, 0xFE6B, 2},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
    {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
};

static size_t columns_of(Text shown) {
    size_t columns = 0;
    for (size_t at = 0; at < shown.size;) {
        uint32_t code_point = utf8_next(shown, &at);
        size_t row = 0, count = sizeof widths / sizeof *widths;
        while (row < count && code_point > widths[row].to)
            row++;
        bool listed = row < count && code_point >= widths[row].from;
        columns += listed ? widths[row].columns : 1;
    }
    return columns;
}

Page page_new(Arena *arena, const TextLayout *layout) {
    return (Page){.out = {.arena = arena}, .layout = *layout};
}

void page_put(Page *page, Text text) {
    Text shown = text_printable(page->out.arena, text, false);
    buffer_add(&page->out, shown);
    page->column += columns_of(shown);
}

void page_put_styled(Page *page, Style style, Text text) {
    static const char *const escapes[] = {
        [STYLE_PLAIN] = "",         [STYLE_BAD] = "\033[1;31m",
        [STYLE_GOOD] = "\033[32m",  [STYLE_DOUBTFUL] = "\033[33m",
        [STYLE_STRONG] = "\033[1m", [STYLE_FAINT] = "\033[2m",
    };
    bool coloured = page->layout.colour && style != STYLE_PLAIN;
    if (coloured)
        buffer_add(&page->out, text_from(escapes[style]));
    page_put(page, text);
    if (coloured)
        buffer_add(&page->out, TEXT("\033[0m"));
}

void page_format(Page *page, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Text text = text_vformat(page->out.arena, format, arguments);
    va_end(arguments);
    page_put(page, text);
}

void page_fill(Page *page, size_t column, size_t least) {
    size_t spaces = column > page->column + least ? column - page->column : least;
    for (size_t i = 0; i < spaces; i++)
        buffer_add_byte(&page->out, ' ');
    page->column += spaces;
}

void page_end_line(Page *page) {
    buffer_add_byte(&page->out, '\n');
    page->column = 0;
}

void page_wrap(Page *page, size_t indent, Text text) {
    size_t width = page->layout.width;
    if (width < indent + WRAP_WIDTH_LEAST)
        width = indent + WRAP_WIDTH_LEAST;
    bool first = true;
    for (size_t from = 0; from < text.size;) {
        size_t end = from;
        while (end < text.size && text.data[end] != ' ' && text.data[end] != '\n')
            end++;
        Text word = text_slice(text, from, end);
        from = end + 1;
        if (!word.size)
            continue;
        bool fits = page->column + !first + page_width(page, word) <= width;
        if (!fits && page->column > indent) {
            page_end_line(page);
            page_fill(page, indent, 0);
        } else if (!first) {
            page_fill(page, 0, 1);
        }
        page_put(page, word);
        first = false;
    }
}

size_t page_width(Page *page, Text text) {
    return columns_of(text_printable(page->out.arena, text, false));
}

void page_put_cut(Page *page, size_t columns, Text text) {
    if (page_width(page, text) <= columns) {
        page_put(page, text);
        return;
    }
    size_t end = 0, taken = 0;
    for (size_t next = 0; next < text.size; end = next) {
        utf8_next(text, &next);
        taken += page_width(page, text_slice(text, end, next));
        if (taken >= columns)
            break;
    }
    page_put(page, text_slice(text, 0, end));
    page_put(page, TEXT("…"));
}
