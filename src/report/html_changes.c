#include "report/html.h"

/* What comes behind the first changes of a long page is folded, and packed until somebody looks. */
enum { OPERATIONS_MOST = 30, CONSUMERS_MOST = 100, UNPACKED_MOST = 200 };

/* ---- what the filter reads ------------------------------------------------------------------- */

/* Places of names, each once, as "0 4 7". */
typedef struct PlaceList {
    Buffer text;
    Map *seen;
} PlaceList;

static void add_place(PlaceList *list, size_t place) {
    Text word = text_format(list->text.arena, "%zu", place);
    if (map_get_text(list->seen, word))
        return;
    map_put_text(list->seen, word, list);
    buffer_format(&list->text, "%s%zu", list->text.size ? " " : "", place);
}

static Text operation_places(Html *html, const VerdictChange *change) {
    Arena *arena = html->out.arena;
    const VerdictOperation **key = arena_new_object(arena, const VerdictOperation *);
    *key = change->operations.items;
    Text *known = map_get(html->operation_lists, key, sizeof *key);
    if (known)
        return *known;
    PlaceList list = {{.arena = arena}, map_new(arena)};
    for (size_t i = 0; i < change->operations.count; i++)
        add_place(&list, names_place(arena, &html->operations,
                                     operation_alone_text(arena, &change->operations.items[i])));
    known = arena_new_object(arena, Text);
    *known = buffer_text(&list.text);
    map_put(html->operation_lists, key, sizeof *key, known);
    return *known;
}

static Text consumer_places(Html *html, const VerdictChange *change) {
    Arena *arena = html->out.arena;
    PlaceList list = {{.arena = arena}, map_new(arena)};
    for (size_t i = 0; i < change->consumers.count; i++)
        add_place(&list, names_place(arena, &html->consumers, change->consumers.items[i].consumer));
    return buffer_text(&list.text);
}

/* ---- parts of a change ----------------------------------------------------------------------- */

static void put_further_places(Html *html, const VerdictChange *change) {
    size_t count = change->further_locations.count;
    if (!count)
        return;
    html_format(html, "<details class=\"where\"><summary>%s%zu more place%s</summary><ul>",
                change->change->more_places ? "more than " : "", count, plural(count));
    for (array_each(const Text, location, &change->further_locations)) {
        html_put(html, "<li>");
        html_code(html, *location);
        html_put(html, "</li>");
    }
    html_put(html, "</ul></details>\n");
}

static void put_where(Html *html, const VerdictChange *change) {
    size_t count = change->operations.count;
    if (!count)
        return;
    if (count == 1) {
        html_put(html, "<p class=\"where\">");
        html_code(html, operation_text(html->out.arena, &change->operations.items[0]));
        html_put(html, "</p>");
        return;
    }
    html_put(html, "<div class=\"where\"><ul>");
    for (size_t i = 0; i < count && i < OPERATIONS_MOST; i++) {
        html_put(html, "<li>");
        html_code(html, operation_text(html->out.arena, &change->operations.items[i]));
        html_put(html, "</li>");
    }
    if (count > OPERATIONS_MOST)
        html_format(html, "<li>and %zu more</li>", count - OPERATIONS_MOST);
    html_put(html, "</ul></div>");
}

static void put_consumer(Html *html, const VerdictConsumer *who) {
    html_put(html, "<tr><th scope=\"row\">");
    html_text(html, who->consumer);
    html_put(html, "</th><td>");
    html_phrase(html, who->reason);
    html_put(html, "</td><td>");
    html_text(html, who->interaction);
    html_put(html, "<br>");
    html_code(html, text_format(html->out.arena, "%.*s:%u", TEXT_ARG(who->pact), who->line));
    html_put(html, "</td></tr>");
}

static void put_consumers(Html *html, const VerdictChange *change) {
    size_t count = change->consumers.count;
    if (!count)
        return;
    html_put(html, "<table class=\"hurt\"><caption>Whom it breaks</caption><thead><tr>"
                   "<th scope=\"col\">Consumer</th><th scope=\"col\">What it does there</th>"
                   "<th scope=\"col\">Recorded in</th></tr></thead><tbody>");
    for (size_t i = 0; i < count && i < CONSUMERS_MOST; i++)
        put_consumer(html, &change->consumers.items[i]);
    if (count > CONSUMERS_MOST)
        html_format(html, "<tr><td colspan=\"3\">and %zu more interaction%s</td></tr>",
                    count - CONSUMERS_MOST, plural(count - CONSUMERS_MOST));
    html_put(html, "</tbody></table>");
}

static void put_advice(Html *html, Text label, Text text) {
    if (!text.size)
        return;
    html_put(html, "<p class=\"advice\"><b>");
    html_text(html, label);
    html_put(html, "</b> ");
    html_phrase(html, text);
    html_put(html, "</p>");
}

static void put_body(Html *html, const VerdictChange *change) {
    html_put(html, "<div class=\"body\">");
    put_where(html, change);
    put_further_places(html, change);
    html_put(html, "<div class=\"sides\">");
    html_side(html, "base", &change->base, change->change->base_absent);
    html_side(html, "revision", &change->revision, change->change->revision_absent);
    html_put(html, "</div>");
    put_consumers(html, change);
    put_advice(html, TEXT("What to do"), change->help);
    put_advice(html, TEXT("Why it is safe all the same"), change->remark);
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        Text label = waiver_label(html->out.arena, change, waiver);
        put_advice(html, label, waiver->reason);
    }
    html_put(html, "<p class=\"rule\">By the rule ");
    html_code(html, change->rule->id);
    html_format(html, " alone: %s. ", compatibility_word(change->compatibility));
    html_format(html, "<a class=\"self\" href=\"#%s", html->prefix);
    html_text(html, change->id);
    html_put(html, "\">Link to this change (");
    html_text(html, change->id);
    html_put(html, ")</a></p></div>");
}

typedef struct Looks {
    const char *kind;    /* classes of the article */
    const char *verdict; /* words for the filter */
    const char *tag, *says;
} Looks;

static Looks looks_of(const VerdictChange *change) {
    if (change->verdict == VERDICT_BREAKING)
        return (Looks){"breaking", "breaking", "bad", "breaking"};
    if (change->waived.reason.size)
        return (Looks){"safe doubtful waived", "safe waived", "doubt", "waived"};
    if (change->remark.size)
        return (Looks){"safe doubtful", "safe remark", "doubt",
                       change->compatibility == BREAKING ? "safe here" : "conditional"};
    return (Looks){"safe", "safe", "", "safe"};
}

/* To a browser that runs the page's script, what is within noscript is one text, of which the
 * script makes nodes when the change is opened; to another it is markup. */
static void put_change(Html *html, const VerdictChange *change) {
    bool packed = html->changes++ >= UNPACKED_MOST;
    Looks looks = looks_of(change);
    html_format(html, "<article class=\"change %s\" id=\"%s", looks.kind, html->prefix);
    html_text(html, change->id);
    html_format(html, "\" data-verdict=\"%s\"", looks.verdict);
    Text consumers = consumer_places(html, change), operations = operation_places(html, change);
    if (consumers.size)
        html_format(html, " data-consumers=\"%.*s\"", TEXT_ARG(consumers));
    if (operations.size)
        html_format(html, " data-operations=\"%.*s\"", TEXT_ARG(operations));
    html_format(html, "><details%s><summary><h%u>",
                change->verdict == VERDICT_BREAKING && !packed ? " open" : "", html->level + 2);
    html_phrase(html, change->message);
    if (change->location.size) {
        html_put(html, "<code class=\"at-location\">");
        html_text(html, change->location);
        html_put(html, "</code>");
    }
    html_format(html, "</h%u><span class=\"tag %s\">%s</span>", html->level + 2, looks.tag,
                looks.says);
    html_put(html, packed ? "</summary><noscript>" : "</summary>");
    put_body(html, change);
    html_put(html, packed ? "</noscript></details></article>\n" : "</details></article>\n");
}

/* ---- groups ---------------------------------------------------------------------------------- */

static void put_group_heading(Html *html, const VerdictChange *change) {
    html_format(html, "<section class=\"group\"><h%u>", html->level + 1);
    if (change->operations.count) {
        const VerdictOperation *operation = &change->operations.items[0];
        html_put(html, "<span class=\"method\">");
        html_text(html, operation->method);
        html_put(html, "</span><code class=\"path\">");
        html_text(html, operation->path);
        html_put(html, "</code>");
        if (operation->webhook)
            html_put(html, "<span class=\"faint\">webhook</span>");
    } else {
        html_put(html, "The whole description");
    }
    html_format(html, "</h%u>\n", html->level + 1);
}

/* Changes from `first` on with the same verdict, by the operation that they reach first. */
static size_t put_section(Html *html, const VerdictReport *report, size_t first) {
    Arena *arena = html->out.arena;
    Verdict verdict = report->changes.items[first].verdict;
    bool breaking = verdict == VERDICT_BREAKING;
    size_t count = 0;
    while (first + count < report->changes.count &&
           report->changes.items[first + count].verdict == verdict)
        count++;
    html_format(html, "<section class=\"changes\"><h%u>%s <span class=\"count\">%zu</span></h%u>\n",
                html->level, breaking ? "What breaks" : "What is safe", count, html->level);
    Text group = {0};
    for (size_t i = first; i < first + count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        Text name = TEXT(" ");
        if (change->operations.count)
            name = operation_alone_text(arena, &change->operations.items[0]);
        if (!text_equal(name, group)) {
            html_put(html, i == first ? "" : "</section>\n");
            put_group_heading(html, change);
            group = name;
        }
        put_change(html, change);
    }
    html_put(html, "</section>\n</section>\n");
    return count;
}

void html_changes(Html *html, const VerdictReport *report) {
    if (!report->changes.count)
        html_format(html,
                    "<section><h%u>No changes</h%u><p class=\"lead\">Both sides mean the same.</p>"
                    "</section>\n",
                    html->level, html->level);
    for (size_t i = 0; i < report->changes.count;)
        i += put_section(html, report, i);
}
