/* Whom a change hurts, a row for each interaction. */
#include "report/phrases.h"
#include "report/text_parts.h"

#include "support/map.h"

enum { CONSUMER_ROWS_SHOWN = 20, REASON_LEAST = 40 };

static size_t distinct_consumers(Arena *arena, const VerdictChange *change) {
    Map *distinct = map_new(arena);
    for (size_t i = 0; i < change->consumers.count; i++)
        map_put_text(distinct, change->consumers.items[i].consumer, &change->consumers.items[i]);
    return map_count(distinct);
}

typedef struct ConsumerRow {
    Text cells[4]; /* consumer, pact:line, "interaction", reason */
} ConsumerRow;

static ConsumerRow consumer_row(Page *page, const VerdictConsumer *who) {
    Arena *arena = page->out.arena;
    Text pact =
        who->line ? text_format(arena, "%.*s:%u", TEXT_ARG(who->pact), who->line) : who->pact;
    Text interaction = text_format(arena, "\"%.*s\"", TEXT_ARG(who->interaction));
    return (ConsumerRow){{who->consumer, pact, interaction, who->reason}};
}

static void put_narrow_row(Page *page, const ConsumerRow *row) {
    page_fill(page, TEXT_ROW_INDENT, 0);
    page_put_styled(page, STYLE_STRONG, row->cells[0]);
    page_fill_beside(page, 0, TEXT_GAP, TEXT_ROW_INDENT + TEXT_GAP,
                     page_width(page, row->cells[1]));
    page_put(page, row->cells[1]);
    page_end_line(page);
    page_fill(page, TEXT_ROW_INDENT + TEXT_GAP, 0);
    page_wrap(page, TEXT_ROW_INDENT + TEXT_GAP,
              text_format(page->out.arena, "%.*s %.*s", TEXT_ARG(row->cells[2]),
                          TEXT_ARG(row->cells[3])));
    page_end_line(page);
}

/* Cells in columns, the last one free; below each other where it has no room. */
static void put_rows(Page *page, const ConsumerRow *rows, size_t count) {
    static const size_t gaps[] = {TEXT_GAP, TEXT_GAP, TEXT_GAP - 1};
    size_t widths[3] = {0}, last = TEXT_ROW_INDENT, least = 0;
    for (size_t cell = 0; cell < 3; cell++) {
        for (size_t i = 0; i < count; i++) {
            size_t width = page_width(page, rows[i].cells[cell]);
            widths[cell] = width > widths[cell] ? width : widths[cell];
        }
        last += widths[cell] + gaps[cell];
    }
    for (size_t i = 0; i < count; i++) {
        size_t width = page_width(page, rows[i].cells[3]);
        least = width > least ? width : least;
    }
    bool narrow = page_is_full(page, last + (least < REASON_LEAST ? least : REASON_LEAST));
    for (size_t i = 0; i < count; i++) {
        if (narrow) {
            put_narrow_row(page, &rows[i]);
            continue;
        }
        size_t column = TEXT_ROW_INDENT;
        page_fill(page, column, 0);
        for (size_t cell = 0; cell < 3; cell++) {
            page_put_styled(page, cell ? STYLE_PLAIN : STYLE_STRONG, rows[i].cells[cell]);
            column += widths[cell] + gaps[cell];
            if (cell < 2 || rows[i].cells[3].size)
                page_fill(page, column, gaps[cell]);
        }
        page_fold(page, STYLE_PLAIN, last, rows[i].cells[3]);
        page_end_line(page);
    }
}

void text_consumers(Page *page, const VerdictReport *report, const VerdictChange *change) {
    if (!change->consumers.count)
        return;
    page_fill(page, TEXT_INDENT, 0);
    page_format(
        page, "%s %zu of %zu recorded consumer%s",
        change->verdict == VERDICT_BREAKING || change->waived.reason.size ? "breaks" : "hurts",
        distinct_consumers(page->out.arena, change), report->consumers, plural(report->consumers));
    page_end_line(page);
    ConsumerRow rows[CONSUMER_ROWS_SHOWN];
    size_t count = 0;
    while (count < CONSUMER_ROWS_SHOWN && count < change->consumers.count) {
        rows[count] = consumer_row(page, &change->consumers.items[count]);
        count++;
    }
    put_rows(page, rows, count);
    if (count < change->consumers.count) {
        page_fill(page, TEXT_ROW_INDENT, 0);
        size_t more = change->consumers.count - count;
        page_format(page, "and %zu more interaction%s", more, plural(more));
        page_end_line(page);
    }
}

void text_interactions(Page *page, const VerdictInteraction *interactions, size_t count) {
    ConsumerRow *rows = arena_new_array(page->out.arena, count, ConsumerRow);
    for (size_t i = 0; i < count; i++) {
        rows[i] = consumer_row(page, &interactions[i].who);
        if (interactions[i].operation.size)
            rows[i].cells[3] =
                text_format(page->out.arena, "%.*s: %.*s", TEXT_ARG(interactions[i].operation),
                            TEXT_ARG(interactions[i].who.reason));
    }
    put_rows(page, rows, count);
}
