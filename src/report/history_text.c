/* A history for people: a headline for each commit, and below it what it changed, a line each. */
#include "report/page.h"
#include "report/phrases.h"
#include "report/report.h"

enum { INDENT = 4 };

static void put_change(Page *page, const VerdictChange *change) {
    bool breaking = change->verdict == VERDICT_BREAKING;
    page_put(page, TEXT("  "));
    page_put_styled(page, breaking ? STYLE_BAD : STYLE_GOOD,
                    breaking                     ? TEXT("breaking:")
                    : change->waived.reason.size ? TEXT("waived:")
                                                 : TEXT("safe:"));
    Buffer said = {.arena = page->out.arena};
    buffer_add(&said, change->message);
    if (change->consumers.count)
        buffer_format(&said, " (hurts %zu interaction%s)", change->consumers.count,
                      plural(change->consumers.count));
    page_fill(page, 0, 1);
    page_fold(page, STYLE_PLAIN, INDENT, buffer_text(&said));
    if (change->rule) {
        Text rule = text_format(page->out.arena, "[%.*s %.*s]", TEXT_ARG(change->rule->id),
                                TEXT_ARG(change->id));
        page_fill_beside(page, 0, 2, INDENT, page_width(page, rule));
        page_put_styled(page, STYLE_FAINT, rule);
    }
    page_end_line(page);
}

static void put_headline(Page *page, const CommitInfo *info) {
    page_put_styled(page, STYLE_STRONG, info->commit);
    page_format(page, "  %.*s  ", TEXT_ARG(info->date));
    if (info->release.size)
        page_format(page, "(%.*s)  ", TEXT_ARG(info->release));
    page_fold(page, STYLE_PLAIN, INDENT,
              text_format(page->out.arena, "%.*s: %.*s", TEXT_ARG(info->author),
                          TEXT_ARG(info->subject)));
    page_end_line(page);
}

static void put_changes(Page *page, const VerdictReport *report) {
    bool all = page->layout.all;
    size_t compatible = 0;
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        bool minor = change->verdict == VERDICT_SAFE && change->compatibility == COMPATIBLE;
        compatible += minor;
        if (!minor || all)
            put_change(page, change);
    }
    if (!compatible || all)
        return;
    page_format(page, "  %zu compatible change%s", compatible, plural(compatible));
    page_end_line(page);
}

Text commit_text(Arena *arena, const CommitInfo *info, const VerdictReport *report,
                 const TextLayout *layout) {
    Page page = page_new(arena, layout);
    put_headline(&page, info);
    if (report) {
        put_changes(&page, report);
    } else {
        page_put(&page, TEXT("  no verdict: a side of it can't be read"));
        page_end_line(&page);
    }
    page_end_line(&page);
    return buffer_text(&page.out);
}
