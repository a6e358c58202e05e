/* The gate's answer for people: the table that users of the Pact Broker's client know, what failed
 * and why, and the answer with its reasons.
 */
#include "report/page.h"

enum { COLUMNS = 6, INDENT = 3, GAP = 3 };

static const char *const headings[COLUMNS] = {"CONSUMER",  "C.VERSION", "PROVIDER",
                                              "P.VERSION", "SUCCESS?",  "RESULT#"};

/* A verification by the provider outranks our comparison, and both are shown. */
static Text success_text(Arena *arena, const GateRow *row) {
    static const char *const words[] = {
        [GATE_YES] = "true", [GATE_UNKNOWN] = "???", [GATE_NO] = "false"};
    Buffer out = {.arena = arena};
    buffer_add(&out, text_from(words[row->result]));
    if (row->replayed && row->compared)
        buffer_format(&out, " [compared: %s]", row->compare_success ? "true" : "false");
    if (row->ignored)
        buffer_add(&out, TEXT(" [ignored]"));
    if (row->pending)
        buffer_add(&out, TEXT(" [pending]"));
    return buffer_text(&out);
}

static void fill_cells(Arena *arena, const GateRow *row, Text cells[COLUMNS]) {
    cells[0] = row->consumer;
    cells[1] = row->consumer_version;
    cells[2] = row->provider;
    cells[3] = row->provider_version.size ? row->provider_version : TEXT("???");
    cells[4] = success_text(arena, row);
    cells[5] = row->number ? text_format(arena, "%zu", row->number) : TEXT("");
}

static void measure(Page *page, const GateAnswer *answer, size_t widths[COLUMNS]) {
    for (size_t i = 0; i < COLUMNS; i++)
        widths[i] = strlen(headings[i]);
    for (size_t i = 0; i < answer->rows.count; i++) {
        Text cells[COLUMNS];
        fill_cells(page->out.arena, &answer->rows.items[i], cells);
        for (size_t j = 0; j < COLUMNS; j++) {
            size_t width = page_width(page, cells[j]);
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
}

static void put_cells(Page *page, const Text cells[COLUMNS], const size_t widths[COLUMNS]) {
    size_t column = 0;
    for (size_t i = 0; i < COLUMNS; i++) {
        page_put(page, cells[i]);
        column += widths[i] + 1;
        if (i + 1 < COLUMNS) {
            page_fill(page, column, 0);
            page_put(page, TEXT("| "));
            column += 2;
        }
    }
    page_end_line(page);
}

static void put_rule(Page *page, const size_t widths[COLUMNS]) {
    for (size_t i = 0; i < COLUMNS; i++) {
        for (size_t j = 0; j < widths[i] + (i ? 1 : 0) + (i + 1 < COLUMNS ? 1 : 0); j++)
            page_put(page, TEXT("-"));
        if (i + 1 < COLUMNS)
            page_put(page, TEXT("|"));
    }
    page_end_line(page);
}

static void put_table(Page *page, const GateAnswer *answer) {
    size_t widths[COLUMNS];
    Text cells[COLUMNS];
    measure(page, answer, widths);
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = text_from(headings[i]);
    put_cells(page, cells, widths);
    put_rule(page, widths);
    for (size_t i = 0; i < answer->rows.count; i++) {
        fill_cells(page->out.arena, &answer->rows.items[i], cells);
        put_cells(page, cells, widths);
    }
    page_end_line(page);
}

static void put_failure(Page *page, const GateRow *row) {
    page_fold(page, STYLE_PLAIN, INDENT,
              text_format(page->out.arena, "%zu. %.*s", row->number, TEXT_ARG(row->reason)));
    page_end_line(page);
    for (size_t i = 0; i < row->details.count; i++) {
        const GateDetail *detail = &row->details.items[i];
        page_fill(page, INDENT, 0);
        page_fold(page, STYLE_PLAIN, INDENT + GAP,
                  text_format(page->out.arena, "\"%.*s\"   %.*s   %.*s",
                              TEXT_ARG(detail->interaction), TEXT_ARG(detail->place),
                              TEXT_ARG(detail->message)));
        page_end_line(page);
    }
    for (size_t i = 0; i < row->changes.count; i++) {
        page_fill(page, INDENT, 0);
        page_fold(page, STYLE_PLAIN, INDENT + GAP,
                  text_format(page->out.arena, "since %.*s %.*s: %.*s", TEXT_ARG(row->provider),
                              TEXT_ARG(row->since), TEXT_ARG(row->changes.items[i])));
        page_end_line(page);
    }
    if (row->compared && row->compare_success && row->replayed && !row->replay_success) {
        page_fill(page, INDENT, 0);
        page_put(page, TEXT("the provider's verification outranks the comparison, which succeeds"));
        page_end_line(page);
    }
    page_end_line(page);
}

Text answer_text(Arena *arena, const GateAnswer *answer, const TextLayout *layout) {
    static const struct {
        const char *word;
        Style style;
    } words[] = {[GATE_YES] = {"yes", STYLE_GOOD},
                 [GATE_UNKNOWN] = {"unknown", STYLE_DOUBTFUL},
                 [GATE_NO] = {"no", STYLE_BAD}};
    Page page = page_new(arena, layout);
    if (answer->rows.count) {
        put_table(&page, answer);
    } else if (!answer->question.size) {
        page_put(&page, TEXT("no pairs"));
        page_end_line(&page);
    }
    for (size_t i = 0; i < answer->rows.count; i++)
        if (answer->rows.items[i].result == GATE_NO)
            put_failure(&page, &answer->rows.items[i]);
    for (size_t i = 0; i < answer->warnings.count; i++) {
        page_fold(&page, STYLE_PLAIN, INDENT,
                  text_format(arena, "warning: %.*s", TEXT_ARG(answer->warnings.items[i])));
        page_end_line(&page);
    }
    if (answer->question.size) {
        page_put_styled(&page, words[answer->result].style, text_from(words[answer->result].word));
        page_fold(&page, STYLE_PLAIN, INDENT,
                  text_format(arena, ": %.*s", TEXT_ARG(answer->question)));
        page_end_line(&page);
    }
    for (size_t i = 0; i < answer->reasons.count; i++) {
        page_fill(&page, INDENT, 0);
        page_fold(&page, STYLE_PLAIN, INDENT + GAP, answer->reasons.items[i]);
        page_end_line(&page);
    }
    return buffer_text(&page.out);
}

Text environments_text(Arena *arena, const StoredEnvironments *environments,
                       const TextLayout *layout) {
    Page page = page_new(arena, layout);
    size_t widest = strlen("NAME");
    for (size_t i = 0; i < environments->count; i++) {
        size_t width = page_width(&page, environments->items[i].name);
        widest = width > widest ? width : widest;
    }
    page_put_styled(&page, STYLE_STRONG, TEXT("NAME"));
    page_fill(&page, widest + GAP, 0);
    page_put_styled(&page, STYLE_STRONG, TEXT("PRODUCTION   DISPLAY NAME"));
    page_end_line(&page);
    for (size_t i = 0; i < environments->count; i++) {
        const StoredEnvironment *environment = &environments->items[i];
        page_put(&page, environment->name);
        page_fill(&page, widest + GAP, 0);
        page_put(&page, environment->production ? TEXT("true         ") : TEXT("false        "));
        page_put(&page, environment->display_name);
        page_end_line(&page);
    }
    return buffer_text(&page.out);
}
