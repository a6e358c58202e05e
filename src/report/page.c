#include "report/page.h"

#include "report/printable.h"

/* A line of help is never squeezed into less than this. */
enum { WRAP_WIDTH_LEAST = 30 };

Page page_new(Arena *arena, const TextLayout *layout) {
    return (Page){.out = {.arena = arena}, .layout = *layout};
}

void page_put(Page *page, Text text) {
    Text shown = text_printable(page->out.arena, text, false);
    buffer_add(&page->out, shown);
    page->column += text_columns(shown);
}

static void begin_style(Page *page, Style style) {
    static const char *const escapes[] = {
        [STYLE_PLAIN] = "",         [STYLE_BAD] = "\033[1;31m",
        [STYLE_GOOD] = "\033[32m",  [STYLE_DOUBTFUL] = "\033[33m",
        [STYLE_STRONG] = "\033[1m", [STYLE_FAINT] = "\033[2m",
    };
    if (page->layout.colour)
        buffer_add(&page->out, text_from(escapes[style]));
}

static void end_style(Page *page, Style style) {
    if (page->layout.colour && style != STYLE_PLAIN)
        buffer_add(&page->out, TEXT("\033[0m"));
}

void page_put_styled(Page *page, Style style, Text text) {
    begin_style(page, style);
    page_put(page, text);
    end_style(page, style);
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

void page_fill_beside(Page *page, size_t column, size_t least, size_t below, size_t width) {
    size_t beside = column > page->column + least ? column : page->column + least;
    if (page_is_full(page, beside - page->column + width)) {
        page_end_line(page);
        page_fill(page, below, 0);
    } else {
        page_fill(page, column, least);
    }
}

static void wrap(Page *page, Style style, size_t indent, Text text) {
    size_t width = page->layout.width;
    if (width < indent + WRAP_WIDTH_LEAST)
        width = indent + WRAP_WIDTH_LEAST;
    bool first = true;
    begin_style(page, style);
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
            end_style(page, style);
            page_end_line(page);
            page_fill(page, indent, 0);
            begin_style(page, style);
        } else if (!first) {
            page_fill(page, 0, 1);
        }
        page_put(page, word);
        first = false;
    }
    end_style(page, style);
}

void page_wrap(Page *page, size_t indent, Text text) {
    wrap(page, STYLE_PLAIN, indent, text);
}

bool page_is_full(const Page *page, size_t columns) {
    return page->layout.folds && page->column + columns > page->layout.width;
}

void page_fold(Page *page, Style style, size_t indent, Text text) {
    if (page_is_full(page, page_width(page, text)))
        wrap(page, style, indent, text);
    else
        page_put_styled(page, style, text);
}

size_t page_width(Page *page, Text text) {
    return text_columns(text_printable(page->out.arena, text, false));
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
