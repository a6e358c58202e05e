/* The gate's answer as a page: every pair and why pairs fail, who is where with what is known of
 * it, the graph of participants.
 */
#include "report/html.h"

static const char *const words[] = {
    [GATE_YES] = "yes", [GATE_UNKNOWN] = "unknown", [GATE_NO] = "no"};
static const char *const tags[] = {
    [GATE_YES] = "tag", [GATE_UNKNOWN] = "tag doubt", [GATE_NO] = "tag bad"};

static void put_tag(Html *html, GateResult result) {
    html_format(html, "<span class=\"%s\">%s</span>", tags[result], words[result]);
}

/* ---- who is where ---------------------------------------------------------------------------- */

/* `version` empty: any. */
static bool stands(const GateAnswer *answer, Text participant, Text version, Text environment) {
    for (array_each(GatePresence, presence, &answer->present))
        if (text_equal(presence->environment, environment) &&
            text_equal(presence->participant, participant) &&
            (!version.size || text_equal(presence->version, version)))
            return true;
    return false;
}

static bool is_of(const GatePresence *presence, Text participant, Text version) {
    return text_equal(participant, presence->participant) && text_equal(version, presence->version);
}

/* What a row says of a version where it stands: nothing, unless the other side stands there, too;
 * a provider that is not there at all leaves its consumer unknown. */
static bool says_of(const GateAnswer *answer, const GateRow *row, const GatePresence *presence,
                    GateResult *result) {
    Text environment = presence->environment;
    *result = row->result;
    if (is_of(presence, row->provider, row->provider_version))
        return stands(answer, row->consumer, row->consumer_version, environment);
    if (!is_of(presence, row->consumer, row->consumer_version))
        return false;
    if (row->provider_version.size &&
        stands(answer, row->provider, row->provider_version, environment))
        return true;
    *result = GATE_UNKNOWN;
    return !stands(answer, row->provider, (Text){0}, environment);
}

/* The worst that is known of a version there, on either side; where nothing is, no word. */
static void put_worst(Html *html, const GateAnswer *answer, const GatePresence *presence) {
    GateResult worst = GATE_YES, result;
    bool said = false;
    for (array_each(GateRow, row, &answer->rows)) {
        if (!says_of(answer, row, presence, &result))
            continue;
        said = true;
        worst = result > worst ? result : worst;
    }
    if (said)
        put_tag(html, worst);
}

static void put_cell(Html *html, const GateAnswer *answer, Text participant, Text environment) {
    html_put(html, "<td>");
    for (size_t i = 0; i < answer->present.count; i++) {
        const GatePresence *presence = &answer->present.items[i];
        if (!text_equal(presence->participant, participant) ||
            !text_equal(presence->environment, environment))
            continue;
        html_code(html, presence->version);
        html_put(html, presence->released ? " released " : " deployed ");
        if (presence->instance.size) {
            html_put(html, "as ");
            html_text(html, presence->instance);
            html_put(html, " ");
        }
        put_worst(html, answer, presence);
        html_put(html, "<br>");
    }
    html_put(html, "</td>");
}

/* An answer is about some participants; the others that are there are no part of it. */
static bool concerns(const GateAnswer *answer, Text participant) {
    if (!answer->question.size)
        return true;
    for (size_t i = 0; i < answer->rows.count; i++)
        if (text_equal(answer->rows.items[i].consumer, participant) ||
            text_equal(answer->rows.items[i].provider, participant))
            return true;
    return false;
}

static void put_participants(Html *html, const GateAnswer *answer, const Names *environments) {
    for (size_t i = 0; i < answer->present.count; i++) {
        Text participant = answer->present.items[i].participant;
        if ((i && text_equal(participant, answer->present.items[i - 1].participant)) ||
            !concerns(answer, participant))
            continue;
        html_put(html, "<tr><th scope=\"row\">");
        html_text(html, participant);
        html_put(html, "</th>");
        for (array_each(Text, name, &environments->list))
            put_cell(html, answer, participant, *name);
        html_put(html, "</tr>\n");
    }
}

/* Versions against environments. What is there stands by participant. */
static void put_environments(Html *html, const GateAnswer *answer) {
    Names environments = {.places = map_new(html->out.arena)};
    bool any = false;
    for (size_t i = 0; i < answer->present.count; i++) {
        any = any || concerns(answer, answer->present.items[i].participant);
        names_place(html->out.arena, &environments, answer->present.items[i].environment);
    }
    if (!any)
        return;
    html_put(html, "<section><h2>Who is where</h2>\n<div class=\"scroll\"><table "
                   "class=\"results\"><thead><tr><th scope=\"col\">Participant</th>");
    for (array_each(Text, name, &environments.list)) {
        html_put(html, "<th scope=\"col\">");
        html_text(html, *name);
        html_put(html, "</th>");
    }
    html_put(html, "</tr></thead><tbody>\n");
    put_participants(html, answer, &environments);
    html_put(html, "</tbody></table></div></section>\n");
}

/* ---- the pairs ------------------------------------------------------------------------------- */

static void put_why(Html *html, const GateRow *row) {
    html_text(html, row->why);
    if (!row->details.count && !row->changes.count)
        return;
    html_put(html, "<ul>");
    for (size_t i = 0; i < row->details.count; i++) {
        const GateDetail *detail = &row->details.items[i];
        html_put(html, "<li>");
        html_text(html, detail->interaction);
        if (detail->place.size) {
            html_put(html, " ");
            html_code(html, detail->place);
        }
        html_put(html, ": ");
        html_phrase(html, detail->message);
        html_put(html, "</li>");
    }
    for (size_t i = 0; i < row->changes.count; i++) {
        html_put(html, "<li>since ");
        html_text(html, row->provider);
        html_put(html, " ");
        html_code(html, row->since);
        html_put(html, ": ");
        html_phrase(html, row->changes.items[i]);
        html_put(html, "</li>");
    }
    html_put(html, "</ul>");
}

static void put_side(Html *html, Text name, Text version) {
    html_text(html, name);
    html_put(html, " <span class=\"number\">");
    html_code(html, version.size ? version : TEXT("none"));
    html_put(html, "</span>");
}

static void put_pair(Html *html, const GateRow *row) {
    html_put(html, "<tr><th scope=\"row\">");
    put_side(html, row->consumer, row->consumer_version);
    html_put(html, "</th><td>");
    put_side(html, row->provider, row->provider_version);
    html_put(html, "</td><td>");
    put_tag(html, row->result);
    if (row->replayed && row->compared)
        html_put(html, row->compare_success ? " compared: yes" : " compared: no");
    html_put(html, row->ignored ? " ignored" : "");
    html_put(html, row->pending ? " pending</td><td>" : "</td><td>");
    put_why(html, row);
    html_put(html, "</td></tr>\n");
}

/* The worst come first. */
static void put_pairs(Html *html, const GateAnswer *answer) {
    if (!answer->rows.count)
        return;
    html_format(html,
                "<section id=\"changes\" tabindex=\"-1\"><h2>Pairs <span class=\"count\">%zu"
                "</span></h2>\n<div class=\"scroll\"><table class=\"results stack\"><thead><tr>"
                "<th scope=\"col\">Consumer</th><th scope=\"col\">Provider</th>"
                "<th scope=\"col\">Success</th><th scope=\"col\">Why</th></tr></thead><tbody>\n",
                answer->rows.count);
    for (int result = GATE_NO; result >= GATE_YES; result--)
        for (size_t i = 0; i < answer->rows.count; i++)
            if ((int)answer->rows.items[i].result == result)
                put_pair(html, &answer->rows.items[i]);
    html_put(html, "</tbody></table></div></section>\n");
}

static void put_list(Html *html, const char *title, const Text *texts, size_t count) {
    if (!count)
        return;
    html_format(html, "<section><h2>%s</h2>\n<ul>\n", title);
    for (size_t i = 0; i < count; i++) {
        html_put(html, "<li>");
        html_phrase(html, texts[i]);
        html_put(html, "</li>\n");
    }
    html_put(html, "</ul></section>\n");
}

Text answer_html(Arena *arena, const GateAnswer *answer, const TextLayout *layout) {
    static const char *const heads[] = {
        [GATE_YES] = "Deployable", [GATE_UNKNOWN] = "Unknown", [GATE_NO] = "Not deployable"};
    bool matrix = !answer->question.size;
    Html html = html_new(arena);
    HtmlHead head = {
        .title = matrix ? TEXT("Matrix")
                        : text_format(arena, "%s: %.*s", heads[answer->result],
                                      TEXT_ARG(answer->question)),
        .good = matrix ? !answer->failed : answer->result == GATE_YES,
        .word = matrix ? "Matrix" : heads[answer->result],
        .says = matrix ? TEXT("What is known of all pairs.") : answer->question,
    };
    html_begin(&html, &head);
    html_fact(&html, "Satisfied", text_format(arena, "%zu", answer->success));
    html_fact(&html, "Failed", text_format(arena, "%zu", answer->failed));
    html_fact(&html, "Unknown", text_format(arena, "%zu", answer->unknown));
    html_put(&html, "</dl>\n</div></header>\n<main class=\"wrap\">\n");
    put_list(&html, "Reasons", answer->reasons.items, answer->reasons.count);
    put_list(&html, "Warnings", answer->warnings.items, answer->warnings.count);
    if (!matrix) /* there the pairs are the evidence, here the picture sums them up */
        put_pairs(&html, answer);
    put_environments(&html, answer);
    html_participants(&html, answer);
    if (matrix)
        put_pairs(&html, answer);
    html_end(&html, layout);
    return buffer_text(&html.out);
}
