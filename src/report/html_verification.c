/* The page of a verification: the verdict, then every interaction by consumer, those that are not
 * satisfied with what the pact and the description say.
 */
#include "report/html.h"

static const char *const verdicts[] = {
    "contradicted", "contradicted", "not-guaranteed", "not guaranteed", "satisfied",
    "satisfied",    NULL,
};

static Text operation_of(Arena *arena, const VerifiedInteraction *interaction) {
    if (!interaction->operation.method.size)
        return TEXT("no operation");
    return operation_text(arena, &interaction->operation);
}

static void gather_names(Html *html, const VerificationReport *report) {
    Arena *arena = html->out.arena;
    for (size_t i = 0; i < report->interactions.count; i++) {
        const VerifiedInteraction *interaction = &report->interactions.items[i];
        names_place(arena, &html->consumers, interaction->consumer);
        names_place(arena, &html->operations, operation_of(arena, interaction));
    }
}

static void put_mismatch(Html *html, const VerificationMismatch *mismatch) {
    html_format(html, "<p><span class=\"tag %s\">%s</span> ", mismatch->error ? "bad" : "doubt",
                mismatch->error ? "error" : "warning");
    html_phrase(html, mismatch->message);
    if (mismatch->need.size) {
        html_put(html, "; the consumer ");
        html_phrase(html, mismatch->need);
    }
    html_put(html, "</p>\n<div class=\"sides\">");
    html_side(html, "pact", &mismatch->pact, !mismatch->pact.place.file.size);
    html_side(html, "description", &mismatch->description, !mismatch->description.place.file.size);
    html_put(html, "</div>\n");
}

static void put_residue(Html *html, const VerificationResidue *residue) {
    html_put(html, "<p class=\"faint\">The matcher ");
    html_code(html, residue->matcher);
    html_put(html, " at ");
    html_code(html, residue->place);
    html_put(html, " could not be held against the description.</p>\n");
}

static void put_interaction(Html *html, const VerifiedInteraction *interaction, size_t index) {
    static const char *const kinds[] = {"safe", "safe doubtful", "breaking"};
    static const char *const tags[] = {"", "doubt", "bad"};
    Arena *arena = html->out.arena;
    bool soft = interaction->result == CONTRADICTED && !interaction->error;
    Satisfaction looks = soft ? NOT_GUARANTEED : interaction->result;
    html_format(html,
                "<article class=\"change %s\" id=\"i%zu\" data-verdict=\"%s\" "
                "data-consumers=\"%zu\" data-operations=\"%zu\"><details%s><summary><h4>",
                kinds[looks], index, satisfaction_id(interaction->result),
                names_place(arena, &html->consumers, interaction->consumer),
                names_place(arena, &html->operations, operation_of(arena, interaction)),
                interaction->error ? " open" : "");
    html_text(html, interaction->interaction);
    html_format(html, "</h4><span class=\"tag %s\">%s%s</span></summary>\n<div class=\"body\">\n",
                tags[looks], satisfaction_word(interaction->result),
                interaction->pending ? ", pending" : "");
    html_put(html, "<p class=\"where\">");
    html_code(html, operation_of(arena, interaction));
    html_put(html, ", recorded in ");
    html_code(html, text_format(arena, "%.*s:%u", TEXT_ARG(interaction->pact), interaction->line));
    html_put(html, "</p>\n");
    for (size_t i = 0; i < interaction->mismatches.count; i++)
        put_mismatch(html, &interaction->mismatches.items[i]);
    for (size_t i = 0; i < interaction->residues.count; i++)
        put_residue(html, &interaction->residues.items[i]);
    html_format(html,
                "<p class=\"rule\"><a class=\"self\" href=\"#i%zu\">Link to this interaction</a>"
                "</p>\n</div></details></article>\n",
                index);
}

static void put_unreached(Html *html, const VerificationReport *report) {
    if (!report->unreached.count)
        return;
    html_format(html,
                "<section><h2>Out of reach <span class=\"count\">%zu</span></h2>\n<table "
                "class=\"results\"><tbody>\n",
                report->unreached.count);
    for (size_t i = 0; i < report->unreached.count; i++) {
        const UnreachedInteraction *interaction = &report->unreached.items[i];
        html_put(html, "<tr><th scope=\"row\">");
        html_text(html, interaction->consumer);
        html_put(html, "</th><td>");
        html_text(html, interaction->interaction);
        html_put(html, "</td><td>");
        html_text(html, interaction->reason);
        html_put(html, "</td></tr>\n");
    }
    html_put(html, "</tbody></table></section>\n");
}

Text verification_html(Arena *arena, const VerificationReport *report, const TextLayout *layout) {
    bool good = report->verdict == SATISFIED;
    Html html = html_new(arena);
    HtmlHead head = {
        .title = text_format(arena, "%s: %.*s", good ? "Satisfied" : "Contradicted",
                             TEXT_ARG(report->source)),
        .good = good,
        .word = good ? "Satisfied" : "Contradicted",
        .says = text_format(arena, "%.*s.", TEXT_ARG(verification_summary_text(arena, report))),
    };
    gather_names(&html, report);
    html_begin(&html, &head);
    html_fact(&html, "Description", report->source);
    html_fact(&html, "Strict", report->strict ? TEXT("yes") : TEXT("no"));
    html_filter(&html, verdicts);
    html_put(&html, "<section id=\"changes\" tabindex=\"-1\"><h2>Interactions</h2>\n");
    for (size_t i = 0; i < report->interactions.count; i++) {
        const VerifiedInteraction *interaction = &report->interactions.items[i];
        bool first = !i || !text_equal(interaction->consumer, interaction[-1].consumer);
        if (first) {
            html_put(&html, i ? "</section>\n<section class=\"group\"><h3>"
                              : "<section class=\"group\"><h3>");
            html_text(&html, interaction->consumer);
            html_put(&html, "</h3>\n");
        }
        put_interaction(&html, interaction, i);
    }
    html_put(&html, report->interactions.count ? "</section>\n</section>\n" : "</section>\n");
    put_unreached(&html, report);
    html_end(&html, layout);
    return buffer_text(&html.out);
}
