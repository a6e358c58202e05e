/* The verification for people: a table by consumer and interaction, what is wrong below each row.
 *
 *   CONSUMER
 *     contradicted   "INTERACTION"   METHOD PATH   PACT:LINE
 *       error: MESSAGE
 *          --> FILE:LINE:COLUMN
 *         pact PACT:LINE:COLUMN   NEED
 */
#include "report/forms.h"
#include "report/page.h"

enum { ROW_INDENT = 2, MISMATCH_INDENT = 4, PLACE_INDENT = 6, GAP = 3, COLUMNS = 4 };

/* Below a consumer all rows have the same columns, as far as none is wider than this. */
enum { CELL_WIDTH_MOST = 48 };

typedef struct Row {
    Text cells[COLUMNS];
} Row;

static Row row_of(Page *page, const VerifiedInteraction *interaction) {
    Arena *arena = page->out.arena;
    const VerdictOperation *operation = &interaction->operation;
    Row row = {{text_from(satisfaction_word(interaction->result))}};
    row.cells[1] = text_format(arena, "\"%.*s\"%s", TEXT_ARG(interaction->interaction),
                               interaction->pending ? " (pending)" : "");
    row.cells[2] = TEXT("no operation");
    if (operation->method.size)
        row.cells[2] = text_format(arena, "%s%.*s %.*s", operation->webhook ? "webhook " : "",
                                   TEXT_ARG(operation->method), TEXT_ARG(operation->path));
    row.cells[3] = text_format(arena, "%.*s:%u", TEXT_ARG(interaction->pact), interaction->line);
    return row;
}

static Style style_of(const VerifiedInteraction *interaction) {
    if (interaction->result == SATISFIED)
        return STYLE_GOOD;
    return interaction->error ? STYLE_BAD : STYLE_DOUBTFUL;
}

static void put_mismatch(Page *page, const VerificationMismatch *mismatch) {
    page_fill(page, MISMATCH_INDENT, 0);
    page_put_styled(page, mismatch->error ? STYLE_BAD : STYLE_DOUBTFUL,
                    mismatch->error ? TEXT("error:") : TEXT("warning:"));
    page_fill(page, 0, 1);
    page_wrap(page, PLACE_INDENT, mismatch->message);
    page_end_line(page);
    if (mismatch->description.place.file.size) {
        page_fill(page, PLACE_INDENT, 0);
        page_put_styled(page, STYLE_FAINT, TEXT(" --> "));
        page_put(page, place_text(page->out.arena, mismatch->description.place));
        page_end_line(page);
    }
    page_fill(page, PLACE_INDENT, 0);
    page_put_styled(page, STYLE_FAINT, TEXT("pact "));
    page_put(page, place_text(page->out.arena, mismatch->pact.place));
    if (mismatch->pact.place.file.size && mismatch->need.size)
        page_fill_beside(page, 0, GAP, PLACE_INDENT, page_width(page, mismatch->need));
    page_fold(page, STYLE_PLAIN, PLACE_INDENT, mismatch->need);
    page_end_line(page);
}

static void put_residue(Page *page, const VerificationResidue *residue) {
    page_fill(page, MISMATCH_INDENT, 0);
    page_put_styled(page, STYLE_FAINT, TEXT("note:"));
    page_fill(page, 0, 1);
    page_fold(page, STYLE_PLAIN, PLACE_INDENT,
              text_format(page->out.arena,
                          "`%.*s` at %.*s could not be held against the description",
                          TEXT_ARG(residue->matcher), TEXT_ARG(residue->place)));
    page_end_line(page);
}

static void put_row(Page *page, const Row *row, const size_t *widths, Style style) {
    size_t column = ROW_INDENT;
    page_fill(page, column, 0);
    for (size_t i = 0; i < COLUMNS; i++) {
        if (i)
            page_fill_beside(page, column, GAP, PLACE_INDENT, page_width(page, row->cells[i]));
        page_put_styled(page, i == 0 ? style : STYLE_PLAIN, row->cells[i]);
        column += widths[i] + GAP;
    }
    page_end_line(page);
}

/* The interactions from `first` on that are of one consumer; gives their number. */
static size_t put_consumer(Page *page, const VerificationReport *report, size_t first) {
    const VerifiedInteraction *interactions = &report->interactions.items[first];
    size_t count = 0, widths[COLUMNS] = {0};
    while (first + count < report->interactions.count &&
           text_equal(interactions[count].consumer, interactions->consumer)) {
        Row row = row_of(page, &interactions[count++]);
        for (size_t i = 0; i < COLUMNS; i++) {
            size_t width = page_width(page, row.cells[i]);
            width = width > CELL_WIDTH_MOST ? CELL_WIDTH_MOST : width;
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    page_put_styled(page, STYLE_STRONG, interactions->consumer);
    page_end_line(page);
    for (size_t i = 0; i < count; i++) {
        Row row = row_of(page, &interactions[i]);
        put_row(page, &row, widths, style_of(&interactions[i]));
        for (size_t j = 0; j < interactions[i].mismatches.count; j++)
            put_mismatch(page, &interactions[i].mismatches.items[j]);
        for (size_t j = 0; j < interactions[i].residues.count; j++)
            put_residue(page, &interactions[i].residues.items[j]);
    }
    page_end_line(page);
    return count;
}

static void put_unreached(Page *page, const VerificationReport *report) {
    size_t count = report->unreached.count;
    if (!count)
        return;
    page_put_styled(page, STYLE_STRONG, TEXT("out of reach"));
    page_end_line(page);
    for (size_t i = 0; i < count; i++) {
        const UnreachedInteraction *interaction = &report->unreached.items[i];
        page_fill(page, ROW_INDENT, 0);
        page_fold(page, STYLE_PLAIN, MISMATCH_INDENT,
                  text_format(page->out.arena, "%.*s   \"%.*s\"   %.*s:%u   %.*s",
                              TEXT_ARG(interaction->consumer), TEXT_ARG(interaction->interaction),
                              TEXT_ARG(interaction->pact), interaction->line,
                              TEXT_ARG(interaction->reason)));
        page_end_line(page);
    }
    page_end_line(page);
}

static void put_summary(Page *page, const VerificationReport *report) {
    page_put_styled(page, report->verdict == SATISFIED ? STYLE_GOOD : STYLE_BAD,
                    text_format(page->out.arena, "%s:", satisfaction_word(report->verdict)));
    page_fill(page, 0, 1);
    page_fold(page, STYLE_PLAIN, MISMATCH_INDENT,
              verification_summary_text(page->out.arena, report));
    page_end_line(page);
}

Text verification_text(Arena *arena, const VerificationReport *report, const TextLayout *layout) {
    Page page = page_new(arena, layout);
    for (size_t i = 0; i < report->interactions.count;)
        i += put_consumer(&page, report, i);
    put_unreached(&page, report);
    put_summary(&page, report);
    return buffer_text(&page.out);
}
