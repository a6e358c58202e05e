/* The page of a comparison: the verdict, who is hit, and the changes by operation, each with what
 * stands there on both sides. It is complete without its script, which adds the filter.
 */
#include "report/html.h"

static const char *const verdicts[] = {
    "breaking", "breaking", "safe", "safe", "remark", "safe, with a remark",
    "waived",   "waived",   NULL,
};

static Text operation_name(Arena *arena, const VerdictOperation *operation) {
    VerdictOperation whole = *operation;
    whole.status = whole.media_type = (Text){0};
    return operation_text(arena, &whole);
}

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
                        operation_name(arena, &change->operations.items[j]));
    }
}

static void put_interactions(Html *html, const char *heading, const char *lead,
                             const VerdictInteraction *interactions, size_t count) {
    if (!count)
        return;
    html_format(html,
                "<section><h2>%s <span class=\"count\">%zu</span></h2>\n<p class=\"lead\">%s</p>\n"
                "<table class=\"results\"><thead><tr><th>Consumer</th><th>Interaction</th>"
                "<th>Reason</th></tr></thead><tbody>\n",
                heading, count, lead);
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

static void put_report(Html *html, const VerdictReport *report, bool several) {
    if (several) {
        html_put(html, "<section class=\"report\"><h2>");
        html_code(html, report->revision_source);
        html_format(html, ": %s</h2>\n<p class=\"lead\">", verdict_word(report->verdict));
        html_text(html, summary_text(html->out.arena, report));
        html_put(html, "</p></section>\n");
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
}

static Text sentence(Arena *arena, const Reports *reports) {
    if (reports->count == 1)
        return text_format(arena, "%.*s.", TEXT_ARG(summary_text(arena, reports->items[0])));
    size_t breaking = 0;
    for (size_t i = 0; i < reports->count; i++)
        breaking += reports->items[i]->verdict == VERDICT_BREAKING;
    return text_format(arena, "%zu of %zu descriptions break%s.", breaking, reports->count,
                       breaking == 1 ? "s" : "");
}

static void put_facts(Html *html, const Reports *reports) {
    const VerdictReport *report = reports->items[0];
    if (reports->count > 1) {
        html_fact(html, "Descriptions", text_format(html->out.arena, "%zu", reports->count));
        return;
    }
    html_fact(html, "Base", report->base_source);
    html_fact(html, "Revision", report->revision_source);
    html_fact(html, "Policy",
              report->policy == POLICY_ANY_CONSUMER ? TEXT("any consumer")
                                                    : TEXT("recorded consumers"));
    if (report->interactions)
        html_fact(html, "Recorded interactions",
                  text_format(html->out.arena, "%zu", report->interactions));
}

Text report_html(Arena *arena, const Reports *reports, const TextLayout *layout) {
    bool good = reports_verdict(reports) == VERDICT_SAFE;
    Html html = html_new(arena);
    HtmlHead head = {
        .title = text_format(arena, "%s: %.*s", good ? "Safe" : "Breaking",
                             TEXT_ARG(reports->items[0]->revision_source)),
        .good = good,
        .word = good ? "Safe" : "Breaking",
        .says = sentence(arena, reports),
    };
    for (size_t i = 0; i < reports->count; i++)
        gather_names(&html, reports->items[i]);
    html_begin(&html, &head);
    put_facts(&html, reports);
    html_filter(&html, verdicts);
    html_put(&html, "<div id=\"changes\" tabindex=\"-1\"></div>\n");
    for (size_t i = 0; i < reports->count; i++) {
        if (reports->count > 1)
            html.prefix = text_format(arena, "%zu-", i + 1).data;
        put_report(&html, reports->items[i], reports->count > 1);
    }
    html_end(&html, layout);
    return buffer_text(&html.out);
}
