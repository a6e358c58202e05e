/* The page of a comparison: the verdict, who is hit, and the changes by operation, each with what
 * stands there on both sides. It is complete without its script, which adds the filter.
 */
#include "report/html.h"

static const char *const verdicts[] = {
    "breaking", "breaking", "safe", "safe", "remark", "safe, with a remark",
    "waived",   "waived",   NULL,
};

/* The filter knows consumers that are hit and operations that changes reach. */
static void gather_names(Html *html, const VerdictReport *report) {
    Arena *arena = html->out.arena;
    Map *seen = map_new(arena); /* many changes have one list of operations */
    for (size_t i = 0; i < report->consumers_broken.count; i++)
        names_place(arena, &html->consumers, report->consumers_broken.items[i]);
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        for (size_t j = 0; j < change->consumers.count; j++)
            names_place(arena, &html->consumers, change->consumers.items[j].consumer);
        const VerdictOperation **list = arena_new_object(arena, const VerdictOperation *);
        *list = change->operations.items;
        if (map_get(seen, list, sizeof *list))
            continue;
        map_put(seen, list, sizeof *list, seen);
        for (size_t j = 0; j < change->operations.count; j++)
            names_place(arena, &html->operations,
                        operation_alone_text(arena, &change->operations.items[j]));
    }
}

static void put_interactions(Html *html, const char *heading, const char *lead,
                             const VerdictInteraction *interactions, size_t count) {
    if (!count)
        return;
    html_format(
        html,
        "<section><h%u>%s <span class=\"count\">%zu</span></h%u>\n<p class=\"lead\">%s</p>\n"
        "<table class=\"results\"><thead><tr><th>Consumer</th><th>Interaction</th>"
        "<th>Reason</th></tr></thead><tbody>\n",
        html->level, heading, count, html->level, lead);
    for (size_t i = 0; i < count; i++) {
        const VerdictConsumer *who = &interactions[i].who;
        html_put(html, "<tr><th scope=\"row\">");
        html_text(html, who->consumer);
        html_put(html, "</th><td>");
        html_text(html, who->interaction);
        html_put(html, "<br>");
        html_code(html, text_format(html->out.arena, "%.*s:%u", TEXT_ARG(who->pact), who->line));
        html_put(html, "</td><td>");
        if (interactions[i].operation.size) {
            html_code(html, interactions[i].operation);
            html_put(html, "<br>");
        }
        html_phrase(html, who->reason);
        html_put(html, "</td></tr>\n");
    }
    html_put(html, "</tbody></table></section>\n");
}

static void put_report(Html *html, const VerdictReport *report, Text heading) {
    if (heading.size) {
        html_format(html, "<section class=\"report\" id=\"%sreport\"><h2>", html->prefix);
        html_code(html, heading);
        html_format(html, ": %s</h2>\n<p class=\"lead\">", verdict_word(report->verdict));
        html_text(html, summary_text(html->out.arena, report));
        html_put(html, "</p>\n");
    }
    put_interactions(html, "No change explains these",
                     "They fare worse with the revision, and no change says why. This is a defect "
                     "of breakwater, and its verdict on them is not to be trusted.",
                     report->orphans.items, report->orphans.count);
    html_picture(html, report);
    html_changes(html, report);
    put_interactions(
        html, "Failed before",
        "These interactions fail with base and revision for the same reason. They have "
        "no part in the verdict.",
        report->failing_before.items, report->failing_before.count);
    put_interactions(html, "Not held",
                     "What these ask for could not be held against the descriptions, and something "
                     "changed where they ask for it.",
                     report->not_held.items, report->not_held.count);
    html_put(html, heading.size ? "</section>\n" : "");
}

static bool are_several(const Reports *reports) {
    return reports->count != 1 || reports->commits;
}

static Text sentence(Arena *arena, const Reports *reports) {
    Text said = are_several(reports) ? several_text(arena, reports)
                                     : summary_text(arena, reports->items[0]);
    return sentence_text(arena, said);
}

static bool has_releases(const Reports *reports) {
    for (size_t i = 0; i < reports->count; i++)
        if (reports->commits[i].release.size)
            return true;
    return false;
}

/* Above the first of the commits that came out with a release: what it broke. */
static void put_release(Html *html, const Reports *reports, size_t first) {
    Text release = reports->commits[first].release;
    size_t commits = 0, breaking = 0;
    for (size_t i = first; i < reports->count; i++, commits++) {
        if (!text_equal(reports->commits[i].release, release))
            break;
        breaking += reports->items[i]->verdict == VERDICT_BREAKING;
    }
    html_put(html, "<li class=\"release\"><h3>");
    html_text(html, release.size ? release : TEXT("unreleased"));
    html_format(html, "</h3><span class=\"faint\">%zu commit%s, ", commits, plural(commits));
    if (breaking)
        html_format(html, "<b class=\"bad\">%zu breaking</b></span></li>\n", breaking);
    else
        html_put(html, "none breaking</span></li>\n");
}

static void put_commit(Html *html, const Reports *reports, size_t index) {
    const VerdictReport *report = reports->items[index];
    const CommitInfo *info = &reports->commits[index];
    html_format(html, "<li class=\"%s\" data-report=\"%zu-report\"><time>",
                verdict_word(report->verdict), index + 1);
    html_text(html, info->date);
    html_format(html, "</time><div><a href=\"#%zu-report\">", index + 1);
    html_text(html, info->subject.size ? info->subject : info->commit);
    html_format(html, "</a> <span class=\"tag%s\">%s</span><br><span class=\"faint\">",
                report->verdict == VERDICT_BREAKING ? " bad" : "", verdict_word(report->verdict));
    html_text(html, summary_text(html->out.arena, report));
    html_put(html, "<br>");
    html_code(html, info->commit);
    html_put(html, " ");
    html_text(html, info->author);
    html_put(html, "</span></div></li>\n");
}

/* A history as a list from the newest to the oldest, each commit joined with what it changed. */
static void put_timeline(Html *html, const Reports *reports) {
    bool released = has_releases(reports);
    html_put(html, "<section><h2>History</h2>\n<p class=\"lead\">The commits that changed the API, "
                   "newest first.");
    if (reports->unread_count)
        html_format(html, " Of %zu more a side can't be read.", reports->unread_count);
    html_put(html, "</p>\n<ol class=\"timeline\">\n");
    for (size_t i = 0; i < reports->count; i++) {
        bool next =
            i == 0 || !text_equal(reports->commits[i].release, reports->commits[i - 1].release);
        if (released && next)
            put_release(html, reports, i);
        put_commit(html, reports, i);
    }
    html_put(html, "</ol></section>\n");
}

/* The verdict on each of several descriptions. */
static void put_overview(Html *html, const Reports *reports) {
    html_put(html, "<section><h2>Descriptions</h2>\n<table class=\"results overview\"><thead><tr>"
                   "<th scope=\"col\">Description</th><th scope=\"col\">Verdict</th>"
                   "<th scope=\"col\">Changes</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < reports->count; i++) {
        const VerdictReport *report = reports->items[i];
        html_format(html, "<tr data-report=\"%zu-report\"><th scope=\"row\">", i + 1);
        html_format(html, "<a href=\"#%zu-report\">", i + 1);
        html_code(html, report_heading(html->out.arena, reports, i));
        html_format(html, "</a></th><td><span class=\"tag%s\">%s</span></td><td>",
                    report->verdict == VERDICT_BREAKING ? " bad" : "",
                    verdict_word(report->verdict));
        html_text(html, summary_text(html->out.arena, report));
        html_put(html, "</td></tr>\n");
    }
    html_put(html, "</tbody></table></section>\n");
}

static void put_facts(Html *html, const Reports *reports) {
    if (are_several(reports)) {
        html_fact(html, reports->commits ? "Commits" : "Descriptions",
                  text_format(html->out.arena, "%zu", reports->count));
        return;
    }
    const VerdictReport *report = reports->items[0];
    html_fact(html, "Base", report->base_source);
    html_fact(html, "Revision", report->revision_source);
    html_fact(html, "Policy",
              report->policy == POLICY_ANY_CONSUMER ? TEXT("any consumer")
                                                    : TEXT("recorded consumers"));
    if (report->interactions)
        html_fact(html, "Recorded interactions",
                  text_format(html->out.arena, "%zu", report->interactions));
}

static HtmlHead head_of(Arena *arena, const Reports *reports) {
    bool good = reports_verdict(reports) == VERDICT_SAFE;
    Text of = reports->count ? reports->items[0]->revision_source : (Text){0};
    return (HtmlHead){
        .title = text_format(arena, "%s: %.*s", good ? "Safe" : "Breaking", TEXT_ARG(of)),
        .good = good,
        .word = good ? "Safe" : "Breaking",
        .says = sentence(arena, reports),
    };
}

Text report_html(Arena *arena, const Reports *reports, const TextLayout *layout) {
    Html html = html_new(arena);
    HtmlHead head = head_of(arena, reports);
    for (size_t i = 0; i < reports->count; i++)
        gather_names(&html, reports->items[i]);
    html_begin(&html, &head);
    put_facts(&html, reports);
    html_filter(&html, verdicts);
    if (reports->commits)
        put_timeline(&html, reports);
    else if (are_several(reports))
        put_overview(&html, reports);
    html.level = are_several(reports) ? 3 : 2;
    html_put(&html, "<div id=\"changes\" tabindex=\"-1\"></div>\n");
    for (size_t i = 0; i < reports->count; i++) {
        if (are_several(reports))
            html.prefix = text_format(arena, "%zu-", i + 1).data;
        put_report(&html, reports->items[i],
                   are_several(reports) ? report_heading(arena, reports, i) : (Text){0});
    }
    html_end(&html, layout);
    return buffer_text(&html.out);
}
