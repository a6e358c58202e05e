/* Where a change stands. */
#include "report/phrases.h"
#include "report/text_parts.h"

enum { OPERATIONS_SHOWN = 3, EXCERPT_LEAST = 30 };

static bool same_operation(const VerdictOperation *a, const VerdictOperation *b) {
    return text_equal(a->path, b->path) && text_equal(a->method, b->method) &&
           a->webhook == b->webhook && text_equal(a->callback_of, b->callback_of);
}

/* An operation that a change reaches by several responses stands in a row for each. */
static size_t operation_rows(const VerdictChange *change, size_t first) {
    const VerdictOperation *all = change->operations.items;
    size_t rows = 1, count = change->operations.count;
    while (first + rows < count && same_operation(&all[first], &all[first + rows]))
        rows++;
    return rows;
}

/* How an operation is put, with what of the change stands behind the first one. */
static Text row_text(Arena *arena, const VerdictChange *change, size_t first, size_t rows) {
    Buffer row = {.arena = arena};
    buffer_add(&row, operation_text(arena, &change->operations.items[first]));
    if (first == 0)
        buffer_add(&row, located_text(arena, change));
    if (rows > 1)
        buffer_format(&row, " (and %zu more there)", rows - 1);
    return buffer_text(&row);
}

/* The operations from the current column on, each but the first on a line of its own. */
static void put_operations(Page *page, const VerdictChange *change) {
    size_t column = page->column, shown = 0, more = 0, distinct = 0;
    for (size_t i = 0; i < change->operations.count; i += operation_rows(change, i))
        distinct++;
    size_t limit = distinct == OPERATIONS_SHOWN + 1 ? distinct : OPERATIONS_SHOWN;
    for (size_t i = 0, rows; i < change->operations.count; i += rows) {
        rows = operation_rows(change, i);
        if (shown == limit) {
            more++;
            continue;
        }
        if (shown++) {
            page_end_line(page);
            page_fill(page, column, 0);
        }
        page_fold(page, STYLE_PLAIN, column + TEXT_GAP, row_text(page->out.arena, change, i, rows));
    }
    if (more) {
        page_end_line(page);
        page_fill(page, column, 0);
        page_format(page, "and %zu more operations", more);
    }
}

static void put_label(Page *page, const char *label) {
    page_fill(page, TEXT_INDENT, 0);
    page_put_styled(page, STYLE_FAINT, text_from(label));
    page_fill(page, 0, 1);
}

/* The line of a location, its indentation left out, cut to the page; a caret under each character
 * of the word that begins there. */
static void put_excerpt(Page *page, const Location *location) {
    const Excerpt *excerpt = &location->excerpt;
    size_t from, to, start = 0;
    if (!excerpt_word(excerpt, location->place, &from, &to))
        return;
    Text line = excerpt_line(excerpt, location->place.line);
    while (start < from && (line.data[start] == ' ' || line.data[start] == '\t'))
        start++;
    Text number = text_format(page->out.arena, "%u", location->place.line);
    size_t gutter = TEXT_INDENT + number.size + strlen(" | ");
    size_t room = page->layout.width > gutter + EXCERPT_LEAST ? page->layout.width - gutter
                                                              : (size_t)EXCERPT_LEAST;
    size_t before = page_width(page, text_slice(line, start, from));
    size_t width = page_width(page, text_slice(line, from, to));
    if (before + width > room) {
        start = from;
        before = 0;
        width = width < room ? width : room;
    }
    page_fill(page, TEXT_INDENT, 0);
    page_put_styled(page, STYLE_FAINT, text_format(page->out.arena, "%u | ", location->place.line));
    page_put_cut(page, room, text_slice(line, start, line.size));
    page_end_line(page);
    page_fill(page, TEXT_INDENT + number.size, 0);
    page_put_styled(page, STYLE_FAINT, TEXT(" | "));
    page_fill(page, gutter + before, 0);
    Buffer carets = {.arena = page->out.arena};
    for (size_t i = 0; i < width; i++)
        buffer_add_byte(&carets, '^');
    page_put_styled(page, STYLE_STRONG, buffer_text(&carets));
    page_end_line(page);
}

/* What went with its whole description, say, has no place there. */
static Text revision_text(Arena *arena, const VerdictChange *change) {
    Text place = place_text(arena, change->revision.place);
    return place.size || !change->operations.count ? place : TEXT("(gone)");
}

static void fill_beside(Page *page, size_t column, size_t width) {
    page_fill_beside(page, column, TEXT_GAP, TEXT_ROW_INDENT, width);
}

/* What is new has a place in the revision alone: what stands around it is no news. */
void text_places(Page *page, const VerdictReport *report, const VerdictChange *change) {
    Arena *arena = page->out.arena;
    Text revision = revision_text(arena, change), base = {0};
    if (!change->change->base_absent)
        base = place_text(arena, change->base.place);
    size_t revision_width = page_width(page, revision), base_width = page_width(page, base);
    size_t column = TEXT_INDENT + strlen("--> ") + TEXT_GAP +
                    (revision_width > base_width ? revision_width : base_width);
    if (revision.size) {
        put_label(page, "-->");
        page_put(page, revision);
        if (change->operations.count) {
            fill_beside(page, column, page_width(page, change_path_text(arena, change)));
            put_operations(page, change);
        }
        page_end_line(page);
        if (!change->change->revision_absent)
            put_excerpt(page, &change->revision);
    }
    if (base.size) {
        put_label(page, "was");
        page_put(page, base);
        if (report->base_revision.size) {
            Text of = text_format(arena, "(%.*s)", TEXT_ARG(report->base_revision));
            fill_beside(page, column, page_width(page, of));
            page_put(page, of);
        }
        page_end_line(page);
        put_excerpt(page, &change->base);
    }
}

/* The one place of what is compatible, with the first operation. */
void text_place_alone(Page *page, const VerdictChange *change) {
    size_t distinct = 0;
    for (size_t i = 0; i < change->operations.count; i += operation_rows(change, i))
        distinct++;
    Text place = revision_text(page->out.arena, change);
    if (!place.size)
        return;
    put_label(page, "-->");
    page_put(page, place);
    if (distinct) {
        Text row = row_text(page->out.arena, change, 0, 1);
        if (distinct > 1)
            row = text_format(page->out.arena, "%.*s (and %zu more operation%s)", TEXT_ARG(row),
                              distinct - 1, plural(distinct - 1));
        fill_beside(page, 0, page_width(page, row));
        page_fold(page, STYLE_PLAIN, page->column + TEXT_GAP, row);
    }
    page_end_line(page);
}
