/* The gate's answer as a page: who is where with what is known of it, the graph of participants,
 * every pair, and why pairs fail.
 */
#include "report/html.h"

enum { NODE_WIDTH = 200, NODE_HEIGHT = 28, NODE_GAP = 12, PICTURE_WIDTH = 720 };

static const char *const words[] = {
    [GATE_YES] = "yes", [GATE_UNKNOWN] = "unknown", [GATE_NO] = "no"};
static const char *const tags[] = {
    [GATE_YES] = "tag", [GATE_UNKNOWN] = "tag doubt", [GATE_NO] = "tag bad"};
static const char *const colours[] = {
    [GATE_YES] = "#2e7d32", [GATE_UNKNOWN] = "#b26a00", [GATE_NO] = "#c62828"};

static void put_tag(Html *html, GateResult result) {
    html_format(html, "<span class=\"%s\">%s</span>", tags[result], words[result]);
}

/* ---- who is where ---------------------------------------------------------------------------- */

/* The worst that is known of a version, on either side. */
static GateResult worst_of(const GateAnswer *answer, const GatePresence *presence) {
    GateResult worst = GATE_YES;
    for (size_t i = 0; i < answer->rows.count; i++) {
        const GateRow *row = &answer->rows.items[i];
        bool consumes = text_equal(row->consumer, presence->participant) &&
                        text_equal(row->consumer_version, presence->version);
        bool provides = text_equal(row->provider, presence->participant) &&
                        text_equal(row->provider_version, presence->version);
        if ((consumes || provides) && row->result > worst)
            worst = row->result;
    }
    return worst;
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
        put_tag(html, worst_of(answer, presence));
        html_put(html, "<br>");
    }
    html_put(html, "</td>");
}

/* Versions against environments. What is there stands by participant. */
static void put_environments(Html *html, const GateAnswer *answer) {
    Names environments = {.places = map_new(html->out.arena)};
    if (!answer->present.count)
        return;
    for (size_t i = 0; i < answer->present.count; i++)
        names_place(html->out.arena, &environments, answer->present.items[i].environment);
    html_put(html, "<section><h2>Who is where</h2>\n<table class=\"results\"><thead><tr><th "
                   "scope=\"col\">Participant</th>");
    for (array_each(Text, name, &environments.list)) {
        html_put(html, "<th scope=\"col\">");
        html_text(html, *name);
        html_put(html, "</th>");
    }
    html_put(html, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < answer->present.count; i++) {
        Text participant = answer->present.items[i].participant;
        if (i && text_equal(participant, answer->present.items[i - 1].participant))
            continue;
        html_put(html, "<tr><th scope=\"row\">");
        html_text(html, participant);
        html_put(html, "</th>");
        for (array_each(Text, name, &environments.list))
            put_cell(html, answer, participant, *name);
        html_put(html, "</tr>\n");
    }
    html_put(html, "</tbody></table></section>\n");
}

/* ---- the graph ------------------------------------------------------------------------------- */

static size_t y_of(size_t place) {
    return place * (NODE_HEIGHT + NODE_GAP) + NODE_GAP;
}

static void put_nodes(Html *html, const Names *names, size_t x) {
    for (size_t i = 0; i < names->list.count; i++) {
        html_format(html,
                    "<rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"none\" "
                    "stroke=\"currentColor\"/><text x=\"%zu\" y=\"%zu\" fill=\"currentColor\" "
                    "font-size=\"13\">",
                    x, y_of(i), NODE_WIDTH, NODE_HEIGHT, x + 8, y_of(i) + 19);
        html_text(html, names->list.items[i]);
        html_put(html, "</text>\n");
    }
}

/* Consumers on the left, providers on the right; a participant may be both. */
static void put_graph(Html *html, const GateAnswer *answer) {
    Arena *arena = html->out.arena;
    Names consumers = {.places = map_new(arena)}, providers = {.places = map_new(arena)};
    if (!answer->rows.count)
        return;
    for (size_t i = 0; i < answer->rows.count; i++) {
        names_place(arena, &consumers, answer->rows.items[i].consumer);
        names_place(arena, &providers, answer->rows.items[i].provider);
    }
    size_t most =
        consumers.list.count > providers.list.count ? consumers.list.count : providers.list.count;
    size_t right = PICTURE_WIDTH - NODE_WIDTH - 1;
    html_format(html,
                "<section><h2>Participants</h2>\n<svg viewBox=\"0 0 %d %zu\" role=\"img\" "
                "aria-label=\"Consumers on the left, their providers on the right\">\n",
                PICTURE_WIDTH, y_of(most));
    for (int result = GATE_YES; result <= GATE_NO; result++) /* the worst lies on top */
        for (size_t i = 0; i < answer->rows.count; i++) {
            const GateRow *row = &answer->rows.items[i];
            if ((int)row->result == result)
                html_format(
                    html, "<path d=\"M%d %zuL%zu %zu\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                    NODE_WIDTH,
                    y_of(names_place(arena, &consumers, row->consumer)) + NODE_HEIGHT / 2, right,
                    y_of(names_place(arena, &providers, row->provider)) + NODE_HEIGHT / 2,
                    colours[row->result]);
        }
    put_nodes(html, &consumers, 0);
    put_nodes(html, &providers, right);
    html_put(html, "</svg></section>\n");
}

/* ---- the pairs ------------------------------------------------------------------------------- */

static void put_why(Html *html, const GateRow *row) {
    html_text(html, row->reason);
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

static void put_pairs(Html *html, const GateAnswer *answer) {
    html_format(html,
                "<section id=\"changes\" tabindex=\"-1\"><h2>Pairs <span class=\"count\">%zu"
                "</span></h2>\n<table class=\"results\"><thead><tr><th scope=\"col\">Consumer</th>"
                "<th scope=\"col\">Provider</th><th scope=\"col\">Success</th>"
                "<th scope=\"col\">Why</th></tr></thead><tbody>\n",
                answer->rows.count);
    for (size_t i = 0; i < answer->rows.count; i++) {
        const GateRow *row = &answer->rows.items[i];
        html_put(html, "<tr><th scope=\"row\">");
        html_text(html, row->consumer);
        html_put(html, " ");
        html_code(html, row->consumer_version);
        html_put(html, "</th><td>");
        html_text(html, row->provider);
        html_put(html, " ");
        html_code(html, row->provider_version.size ? row->provider_version : TEXT("none"));
        html_put(html, "</td><td>");
        put_tag(html, row->result);
        if (row->replayed && row->compared)
            html_put(html, row->compare_success ? " compared: yes" : " compared: no");
        html_put(html, row->ignored ? " ignored" : "");
        html_put(html, row->pending ? " pending</td><td>" : "</td><td>");
        put_why(html, row);
        html_put(html, "</td></tr>\n");
    }
    html_put(html, "</tbody></table></section>\n");
}

static void put_list(Html *html, const char *title, const Text *texts, size_t count) {
    if (!count)
        return;
    html_format(html, "<section><h2>%s</h2>\n<ul>\n", title);
    for (size_t i = 0; i < count; i++) {
        html_put(html, "<li>");
        html_text(html, texts[i]);
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
    put_pairs(&html, answer);
    put_environments(&html, answer);
    put_graph(&html, answer);
    html_end(&html, layout);
    return buffer_text(&html.out);
}
