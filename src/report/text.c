/* The report for people. A change fills a block:
 *
 *   breaking: MESSAGE                                        [rule id]
 *      --> FILE:LINE:COLUMN   METHOD PATH → STATUS MEDIA-TYPE → LOCATION
 *     LINE | what stands there
 *          | ^^^^
 *      was FILE:LINE:COLUMN   (REF)
 *     LINE | what stood there
 *          | ^^^^
 *      breaks N of M recorded consumers
 *        CONSUMER   PACT:LINE   "INTERACTION"  REASON
 *      help: HELP
 *      waived until DATE: REASON
 *
 * A compatible one that nothing is to be said of has a headline and its place.
 */
#include "report/forms.h"
#include "report/page.h"
#include "report/phrases.h"

#include "support/map.h"

enum {
    INDENT = 3,
    ROW_INDENT = 5,
    GAP = 3,
    OPERATIONS_SHOWN = 3,
    CONSUMER_ROWS_SHOWN = 20,
    EXCERPT_LEAST = 30,
    NARROW = 80
};

/* There is no room for columns side by side: what does not fit beside goes below. */
static bool is_narrow(const Page *page) {
    return page->layout.width < NARROW;
}

static bool fits(Page *page, size_t gap, Text text) {
    return page->column + gap + page_width(page, text) <= page->layout.width;
}

/* ---- places and operations ------------------------------------------------------------------- */

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
        page_put(page, operation_text(page->out.arena, &change->operations.items[i]));
        if (i == 0)
            page_put(page, located_text(page->out.arena, change));
        if (rows > 1)
            page_format(page, " (and %zu more there)", rows - 1);
    }
    if (more) {
        page_end_line(page);
        page_fill(page, column, 0);
        page_format(page, "and %zu more operations", more);
    }
}

static void put_line(Page *page, Text text) {
    if (!text.size)
        return;
    page_fill(page, INDENT, 0);
    page_wrap(page, INDENT, text);
    page_end_line(page);
}

static void put_label(Page *page, const char *label) {
    page_fill(page, INDENT, 0);
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
    size_t gutter = INDENT + number.size + strlen(" | ");
    size_t room = page->layout.width > gutter + EXCERPT_LEAST ? page->layout.width - gutter
                                                              : (size_t)EXCERPT_LEAST;
    size_t before = page_width(page, text_slice(line, start, from));
    size_t width = page_width(page, text_slice(line, from, to));
    if (before + width > room) {
        start = from;
        before = 0;
        width = width < room ? width : room;
    }
    page_fill(page, INDENT, 0);
    page_put_styled(page, STYLE_FAINT, text_format(page->out.arena, "%u | ", location->place.line));
    page_put_cut(page, room, text_slice(line, start, line.size));
    page_end_line(page);
    page_fill(page, INDENT + number.size, 0);
    page_put_styled(page, STYLE_FAINT, TEXT(" | "));
    page_fill(page, gutter + before, 0);
    Buffer carets = {.arena = page->out.arena};
    for (size_t i = 0; i < width; i++)
        buffer_add_byte(&carets, '^');
    page_put_styled(page, STYLE_STRONG, buffer_text(&carets));
    page_end_line(page);
}

/* What is new has a place in the revision alone: what stands around it is no news. */
static void put_places(Page *page, const VerdictReport *report, const VerdictChange *change) {
    Text revision = place_text(page->out.arena, change->revision.place);
    Text base = {0};
    if (!change->change->base_absent)
        base = place_text(page->out.arena, change->base.place);
    size_t revision_width = page_width(page, revision), base_width = page_width(page, base);
    size_t column =
        INDENT + strlen("--> ") + GAP + (revision_width > base_width ? revision_width : base_width);
    if (revision.size || change->operations.count) {
        put_label(page, "-->");
        page_put(page, revision);
        if (change->operations.count) {
            if (is_narrow(page) && !fits(page, GAP, change_path_text(page->out.arena, change))) {
                page_end_line(page);
                column = ROW_INDENT;
            }
            page_fill(page, column, 0);
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
            page_fill(page, is_narrow(page) ? 0 : column, GAP);
            page_format(page, "(%.*s)", TEXT_ARG(report->base_revision));
        }
        page_end_line(page);
        put_excerpt(page, &change->base);
    }
}

/* ---- consumers ------------------------------------------------------------------------------- */

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
    page_fill(page, ROW_INDENT, 0);
    page_put_styled(page, STYLE_STRONG, row->cells[0]);
    page_fill(page, 0, GAP);
    page_put(page, row->cells[1]);
    page_end_line(page);
    page_fill(page, ROW_INDENT + GAP, 0);
    page_wrap(page, ROW_INDENT + GAP,
              text_format(page->out.arena, "%.*s %.*s", TEXT_ARG(row->cells[2]),
                          TEXT_ARG(row->cells[3])));
    page_end_line(page);
}

/* Cells in columns, the last one free. */
static void put_rows(Page *page, const ConsumerRow *rows, size_t count) {
    static const size_t gaps[] = {GAP, GAP, GAP - 1};
    size_t widths[3] = {0};
    for (size_t i = 0; is_narrow(page) && i < count; i++)
        put_narrow_row(page, &rows[i]);
    if (is_narrow(page))
        return;
    for (size_t i = 0; i < count; i++)
        for (size_t cell = 0; cell < 3; cell++) {
            size_t width = page_width(page, rows[i].cells[cell]);
            widths[cell] = width > widths[cell] ? width : widths[cell];
        }
    for (size_t i = 0; i < count; i++) {
        size_t column = ROW_INDENT;
        page_fill(page, column, 0);
        for (size_t cell = 0; cell < 3; cell++) {
            page_put_styled(page, cell ? STYLE_PLAIN : STYLE_STRONG, rows[i].cells[cell]);
            column += widths[cell] + gaps[cell];
            if (cell < 2 || rows[i].cells[3].size)
                page_fill(page, column, gaps[cell]);
        }
        page_put(page, rows[i].cells[3]);
        page_end_line(page);
    }
}

static void put_consumers(Page *page, const VerdictReport *report, const VerdictChange *change) {
    if (!change->consumers.count)
        return;
    page_fill(page, INDENT, 0);
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
        page_fill(page, ROW_INDENT, 0);
        size_t more = change->consumers.count - count;
        page_format(page, "and %zu more interaction%s", more, plural(more));
        page_end_line(page);
    }
}

/* ---- changes --------------------------------------------------------------------------------- */

/* What is compatible needs no more than a place. */
static bool fills_block(const VerdictChange *change) {
    return change->verdict == VERDICT_BREAKING || change->compatibility != COMPATIBLE ||
           change->remark.size || change->consumers.count || change->waived.reason.size;
}

static void put_verdict(Page *page, Verdict verdict) {
    page_put_styled(page, verdict == VERDICT_BREAKING ? STYLE_BAD : STYLE_GOOD,
                    text_format(page->out.arena, "%s:", verdict_word(verdict)));
    page_fill(page, 0, 1);
}

static void put_headline(Page *page, const VerdictChange *change) {
    bool breaking = change->verdict == VERDICT_BREAKING;
    put_verdict(page, change->verdict);
    if (is_narrow(page))
        page_wrap(page, INDENT, change->message);
    else
        page_put_styled(page, breaking ? STYLE_STRONG : STYLE_PLAIN, change->message);
    if (change->rule) {
        Text rule = text_format(page->out.arena, "[%.*s%s%.*s]", TEXT_ARG(change->rule->id),
                                change->id.size ? " " : "", TEXT_ARG(change->id));
        size_t width = page_width(page, rule);
        if (is_narrow(page) && !fits(page, 2, rule)) {
            page_end_line(page);
            page_fill(page, INDENT, 0);
        }
        page_fill(page, page->layout.width > width ? page->layout.width - width : 0, 2);
        page_put_styled(page, STYLE_FAINT, rule);
    }
    page_end_line(page);
}

/* The compatibility where the verdict does not say it already, and the remark. */
static void put_remark(Page *page, const VerdictChange *change) {
    Compatibility told = change->verdict == VERDICT_BREAKING ? BREAKING : COMPATIBLE;
    bool tells = change->compatibility != told;
    bool by_config = text_starts_with(change->remark, TEXT(REMARK_OF_CONFIG));
    if (!tells && !change->remark.size)
        return;
    page_fill(page, INDENT, 0);
    if (tells) {
        page_put_styled(page, STYLE_DOUBTFUL, text_from(compatibility_word(change->compatibility)));
        if (change->waived.reason.size)
            page_put(page, TEXT(" without its waiver"));
        else if (change->remark.size && !by_config)
            page_put(page, TEXT(" by its rule"));
        page_put(page, change->remark.size ? TEXT(": ") : TEXT(""));
    }
    page_wrap(page, INDENT, change->remark);
    page_end_line(page);
}

/* The one place of what is compatible, with the first operation. */
static void put_brief_place(Page *page, const VerdictChange *change) {
    size_t distinct = 0;
    for (size_t i = 0; i < change->operations.count; i += operation_rows(change, i))
        distinct++;
    Text place = place_text(page->out.arena, change->revision.place);
    if (!place.size && !distinct)
        return;
    put_label(page, "-->");
    page_put(page, place);
    if (distinct) {
        page_fill(page, 0, GAP);
        page_put(page, operation_text(page->out.arena, &change->operations.items[0]));
        page_put(page, located_text(page->out.arena, change));
    }
    if (distinct > 1)
        page_format(page, " (and %zu more operation%s)", distinct - 1, plural(distinct - 1));
    page_end_line(page);
}

static void put_waivers(Page *page, const VerdictChange *change) {
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        Text label = waiver_label(page->out.arena, change, waiver);
        page_fill(page, INDENT, 0);
        page_put_styled(page, STYLE_STRONG, text_format(page->out.arena, "%.*s:", TEXT_ARG(label)));
        page_fill(page, 0, 1);
        page_wrap(page, INDENT + strlen("help: "), waiver->reason);
        page_end_line(page);
    }
}

/* Not of a pattern, whose message has it, nor where nothing is harmed. */
static void put_witness(Page *page, const VerdictChange *change) {
    Text witness = change_attribute(change->change, ATTRIBUTE_WITNESS);
    if (!witness.size || change->compatibility == COMPATIBLE ||
        change->change->kind == CHANGE_PATTERN_CHANGED)
        return;
    page_fill(page, INDENT, 0);
    page_put(page, TEXT("for example "));
    page_put_styled(page, STYLE_STRONG, witness);
    page_end_line(page);
}

static void put_change(Page *page, const VerdictReport *report, const VerdictChange *change) {
    put_headline(page, change);
    bool block = fills_block(change);
    if (block)
        put_places(page, report, change);
    else
        put_brief_place(page, change);
    if (page->layout.places)
        put_line(page, also_at_text(page->out.arena, change));
    if (!block)
        return;
    put_witness(page, change);
    put_remark(page, change);
    put_consumers(page, report, change);
    if (change->help.size) {
        page_fill(page, INDENT, 0);
        page_put_styled(page, STYLE_STRONG, TEXT("help:"));
        page_fill(page, 0, 1);
        page_wrap(page, INDENT + strlen("help: "), change->help);
        page_end_line(page);
    }
    put_waivers(page, change);
}

static void put_changes(Page *page, const VerdictReport *report) {
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        if (i && (fills_block(change) || fills_block(change - 1)))
            page_end_line(page);
        put_change(page, report, change);
    }
    if (report->changes.count)
        page_end_line(page);
}

/* ---- interactions ---------------------------------------------------------------------------- */

static void put_interactions(Page *page, const VerdictInteraction *interactions, size_t count) {
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

static void put_orphans(Page *page, const VerdictReport *report) {
    size_t count = report->orphans.count;
    if (!count)
        return;
    page_put_styled(page, STYLE_BAD, TEXT("internal:"));
    page_format(page, " no change explains why %zu interaction%s worse with the revision", count,
                count == 1 ? " fares" : "s fare");
    page_end_line(page);
    put_interactions(page, report->orphans.items, count);
    page_fill(page, INDENT, 0);
    page_put(page,
             TEXT("this is a defect of breakwater; its verdict on these is not to be trusted"));
    page_end_line(page);
    page_end_line(page);
}

/* Interactions that have no part in the verdict. */
static void put_note(Page *page, const VerdictInteraction *interactions, size_t count,
                     const char *one, const char *several) {
    if (!count)
        return;
    page_put_styled(page, STYLE_DOUBTFUL, TEXT("note:"));
    page_format(page, " %zu %s", count, count == 1 ? one : several);
    page_end_line(page);
    put_interactions(page, interactions, count);
    page_end_line(page);
}

static void put_notes(Page *page, const VerdictReport *report) {
    put_note(page, report->failing_before.items, report->failing_before.count,
             "interaction fails with the base already, for the same reason",
             "interactions fail with the base already, for the same reason");
    put_note(page, report->pending.items, report->pending.count,
             "pending interaction fares worse, which is no part of the verdict",
             "pending interactions fare worse, which is no part of the verdict");
    put_note(
        page, report->not_held.items, report->not_held.count,
        "thing that a pact asks for could not be held against the descriptions, which differ there",
        "things that pacts ask for could not be held against the descriptions, which differ there");
}

/* ---- summary --------------------------------------------------------------------------------- */

static void put_summary(Page *page, const VerdictReport *report) {
    Text summary = summary_text(page->out.arena, report);
    put_verdict(page, report->verdict);
    if (is_narrow(page))
        page_wrap(page, INDENT, summary);
    else
        page_put(page, summary);
    page_end_line(page);
}

static void put_report(Page *page, const VerdictReport *report) {
    put_changes(page, report);
    put_orphans(page, report);
    put_notes(page, report);
    put_summary(page, report);
}

/* Several descriptions, each under its name. */
static void put_reports(Page *page, const Reports *reports) {
    for (size_t i = 0; i < reports->count; i++) {
        page_put_styled(page, STYLE_STRONG, report_heading(page->out.arena, reports, i));
        page_end_line(page);
        page_end_line(page);
        put_report(page, reports->items[i]);
        page_end_line(page);
    }
    put_verdict(page, reports_verdict(reports));
    page_put(page, several_text(page->out.arena, reports));
    page_end_line(page);
}

/* As `log` tells it, commit by commit. */
static Text history_text(Arena *arena, const Reports *reports, const TextLayout *layout) {
    Buffer out = {.arena = arena};
    const UnreadCommit *unread = reports->unread, *end = unread + reports->unread_count;
    for (size_t i = 0; i <= reports->count; i++) {
        for (; unread != end && unread->before == i; unread++)
            buffer_add(&out, commit_text(arena, &unread->info, NULL, layout));
        if (i < reports->count)
            buffer_add(&out, commit_text(arena, &reports->commits[i], reports->items[i], layout));
    }
    return buffer_text(&out);
}

Text report_text(Arena *arena, const Reports *reports, const TextLayout *layout) {
    if (reports->commits)
        return history_text(arena, reports, layout);
    Page page = page_new(arena, layout);
    if (reports->count == 1)
        put_report(&page, reports->items[0]);
    else
        put_reports(&page, reports);
    return buffer_text(&page.out);
}
