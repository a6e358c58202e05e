/* Owns a page of text for people under construction: columns, styles, wrapping.
 * Knows nothing of what is printed.
 */
#ifndef BREAKWATER_REPORT_PAGE_H
#define BREAKWATER_REPORT_PAGE_H

#include "report/report.h"

typedef enum Style {
    STYLE_PLAIN,
    STYLE_BAD,
    STYLE_GOOD,
    STYLE_DOUBTFUL,
    STYLE_STRONG,
    STYLE_FAINT
} Style;

typedef struct Page {
    Buffer out;
    TextLayout layout;
    size_t column; /* columns of a terminal that the line has so far */
} Page;

Page page_new(Arena *arena, const TextLayout *layout);

/* Text from outside, made printable. */
void page_put(Page *page, Text text);
void page_put_styled(Page *page, Style style, Text text);
void page_format(Page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Spaces up to `column` (from 0), but never fewer than `least`. */
void page_fill(Page *page, size_t column, size_t least);

/* The same before something of `width` columns; where that does not fit and the page folds, a new
 * line that begins at `below`. */
void page_fill_beside(Page *page, size_t column, size_t least, size_t below, size_t width);

void page_end_line(Page *page);

/* The text's words from the current column on, further lines indented by `indent`. */
void page_wrap(Page *page, size_t indent, Text text);

/* The text as it stands or, where the page folds what does not fit, wrapped. */
void page_fold(Page *page, Style style, size_t indent, Text text);

/* Whether a page that folds has no room left for so many columns. */
bool page_is_full(const Page *page, size_t columns);

/* At most so many columns of a text, the last of them "…" where it is cut. */
void page_put_cut(Page *page, size_t columns, Text text);

/* The columns that a text takes when put. */
size_t page_width(Page *page, Text text);

#endif
