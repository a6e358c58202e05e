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
#include "report/phrases.h"
#include "report/text_parts.h"

static void put_line(Page *page, Text text) {
    if (!text.size)
        return;
    page_fill(page, TEXT_INDENT, 0);
    page_wrap(page, TEXT_INDENT, text);
    page_end_line(page);
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
    page_fold(page, breaking ? STYLE_STRONG : STYLE_PLAIN, TEXT_INDENT, change->message);
    if (change->rule) {
        Text rule = text_format(page->out.arena, "[%.*s%s%.*s]", TEXT_ARG(change->rule->id),
                                change->id.size ? " " : "", TEXT_ARG(change->id));
        size_t width = page_width(page, rule);
        if (page_is_full(page, 2 + width)) {
            page_end_line(page);
            page_fill(page, TEXT_INDENT, 0);
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
    page_fill(page, TEXT_INDENT, 0);
    if (tells) {
        page_put_styled(page, STYLE_DOUBTFUL, text_from(compatibility_word(change->compatibility)));
        if (change->waived.reason.size)
            page_put(page, TEXT(" without its waiver"));
        else if (change->remark.size && !by_config)
            page_put(page, TEXT(" by its rule"));
        page_put(page, change->remark.size ? TEXT(": ") : TEXT(""));
    }
    page_wrap(page, TEXT_INDENT, change->remark);
    page_end_line(page);
}

static void put_waivers(Page *page, const VerdictChange *change) {
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        Text label = waiver_label(page->out.arena, change, waiver);
        page_fill(page, TEXT_INDENT, 0);
        page_put_styled(page, STYLE_STRONG, text_format(page->out.arena, "%.*s:", TEXT_ARG(label)));
        page_fill(page, 0, 1);
        page_wrap(page, TEXT_INDENT + strlen("help: "), waiver->reason);
        page_end_line(page);
    }
}

/* Not of a pattern, whose message has it, nor where nothing is harmed. */
static void put_witness(Page *page, const VerdictChange *change) {
    Text witness = change_attribute(change->change, ATTRIBUTE_WITNESS);
    if (!witness.size || change->compatibility == COMPATIBLE ||
        change->change->kind == CHANGE_PATTERN_CHANGED)
        return;
    page_fill(page, TEXT_INDENT, 0);
    page_put(page, TEXT("for example "));
    page_fold(page, STYLE_STRONG, TEXT_INDENT, witness);
    page_end_line(page);
}

static void put_change(Page *page, const VerdictReport *report, const VerdictChange *change) {
    put_headline(page, change);
    bool block = fills_block(change);
    if (block)
        text_places(page, report, change);
    else
        text_place_alone(page, change);
    if (page->layout.places)
        put_line(page, also_at_text(page->out.arena, change));
    if (!block)
        return;
    put_witness(page, change);
    put_remark(page, change);
    text_consumers(page, report, change);
    if (change->help.size) {
        page_fill(page, TEXT_INDENT, 0);
        page_put_styled(page, STYLE_STRONG, TEXT("help:"));
        page_fill(page, 0, 1);
        page_wrap(page, TEXT_INDENT + strlen("help: "), change->help);
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

static void put_orphans(Page *page, const VerdictReport *report) {
    size_t count = report->orphans.count;
    if (!count)
        return;
    page_put_styled(page, STYLE_BAD, TEXT("internal:"));
    page_fill(page, 0, 1);
    page_fold(page, STYLE_PLAIN, TEXT_INDENT,
              text_format(page->out.arena,
                          "no change explains why %zu interaction%s worse with the revision", count,
                          count == 1 ? " fares" : "s fare"));
    page_end_line(page);
    text_interactions(page, report->orphans.items, count);
    page_fill(page, TEXT_INDENT, 0);
    page_fold(page, STYLE_PLAIN, TEXT_INDENT,
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
    page_fill(page, 0, 1);
    page_fold(page, STYLE_PLAIN, TEXT_INDENT,
              text_format(page->out.arena, "%zu %s", count, count == 1 ? one : several));
    page_end_line(page);
    text_interactions(page, interactions, count);
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
    put_verdict(page, report->verdict);
    page_fold(page, STYLE_PLAIN, TEXT_INDENT, summary_text(page->out.arena, report));
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
        page_fold(page, STYLE_STRONG, 0, report_heading(page->out.arena, reports, i));
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
