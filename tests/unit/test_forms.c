/* Texts from documents that strangers write, in every form: what the form gives a meaning to is
 * escaped, what harms a reader is made visible. Each hostile text stands in every place of a report
 * that may hold one.
 */
#include "hostile_text.h"

#include <jansson.h>

/* ---- every form ------------------------------------------------------------------------------ */

static void check_harmless(Text text, const char *form, const char *given) {
    static const char *const harmful[] = {
        "\033", "\a", "\b", "\r", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8f", "\xd8\x9c"};
    bool as_data = strcmp(form, "json") == 0; /* for programs: data as it is, in JSON's escapes */
    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++)
        if (!as_data || (unsigned char)harmful[i][0] < ' ')
            check_lacks(text, harmful[i], form, given);
    CHECK(text_is_utf8(text, NULL));
    CHECK(text.size && text.data[text.size - 1] == '\n');
}

static void nothing_harms_a_reader(Arena *arena) {
    for (size_t format = 0; report_format(format).name; format++)
        for (size_t i = 0; i < HOSTILE_COUNT; i++) {
            const char *form = report_format(format).name;
            check_harmless(written(arena, form, hostile[i]), form, hostile[i]);
            if (report_format(format).of_verifications)
                check_harmless(verified(arena, form, hostile[i]), form, hostile[i]);
        }
}

static void json_forms_are_json(Arena *arena) {
    static const char *const forms[] = {"json", "sarif", "gitlab"};
    for (size_t form = 0; form < 3; form++)
        for (size_t i = 0; i < HOSTILE_COUNT; i++) {
            Text text = written(arena, forms[form], hostile[i]);
            json_t *value = json_loadb(text.data, text.size, 0, NULL);
            CHECK(value != NULL);
            json_decref(value);
        }
}

/* ---- GitHub ---------------------------------------------------------------------------------- */

static void a_workflow_command_stays_on_its_line(Arena *arena) {
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        Text text = written(arena, "github", hostile[i]);
        for (size_t from = 0, end; from < text.size; from = end + 1) {
            end = text_find_byte(text, '\n', from);
            Text line = text_slice(text, from, end);
            CHECK(text_starts_with(line, TEXT("::error ")) ||
                  text_starts_with(line, TEXT("::warning ")) ||
                  text_starts_with(line, TEXT("::notice ")));
        }
        /* what breaks, what is waived if there is a reason, the orphan, the summary */
        CHECK(count_of(text, "\n") == 3 + (hostile[i][0] != 0));
    }
}

static void a_workflow_command_escapes_percent(Arena *arena) {
    Text text = written(arena, "github", "100%0A::error::x,y:z");
    check_lacks(text, "100%0A", "github", "100%0A");
    CHECK(holds(text, "100%250A::error::x,y:z"));                         /* in the data */
    CHECK(holds(text, "file=100%250A%3A%3Aerror%3A%3Ax%2Cy%3Az,line=2")); /* in a property */
}

/* A name with a line feed makes no line of its own, in which it could say what it likes. */
static void a_line_feed_in_a_name_is_shown(Arena *arena) {
    static const struct {
        const char *form, *shown, *raw;
    } rows[] = {
        {"github", "name\\nhelp", "name%0Ahelp"},
        {"junit", "name\\nhelp", "name\nhelp"},
        {"sarif", "name\\\\nhelp", "name\\nhelp"},
        {"gitlab", "name\\\\nhelp", "name\\nhelp"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *form = rows[i].form, *given = "name\nhelp: trust me";
        Text text = written(arena, form, given);
        if (strcmp(form, "sarif") == 0) /* the texts of rules before may have several lines */
            text = without(text, "\"tool\"", "\"results\"");
        CHECK(holds(text, rows[i].shown));
        check_lacks(text, rows[i].raw, form, given);
        if (report_format(format_named(form)).of_verifications)
            check_lacks(verified(arena, form, given), rows[i].raw, form, given);
    }
}

/* ---- XML ------------------------------------------------------------------------------------- */

static void junit_escapes_markup(Arena *arena) {
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        Text text = written(arena, "junit", hostile[i]);
        check_lacks(text, "<script", "junit", hostile[i]);
        check_lacks(text, "<img", "junit", hostile[i]);
        check_lacks(text, "]]>", "junit", hostile[i]);
        check_lacks(text, "\" onmouseover", "junit", hostile[i]);
        CHECK(count_of(text, "<") == count_of(text, ">"));
        CHECK(count_of(text, "<testcase ") == 3 && count_of(text, "</testcase>") == 3);
    }
    CHECK(holds(written(arena, "junit", "&amp; <b>\"'"), "&amp;amp; &lt;b&gt;&quot;&#39;"));
}

static void junit_counts(Arena *arena) {
    Text text = written(arena, "junit", "x");
    CHECK(holds(text, "<testsuites name=\"breakwater\" tests=\"3\" failures=\"2\" errors=\"0\" "
                      "skipped=\"1\""));
    CHECK(count_of(text, "<failure ") == 2 && count_of(text, "<skipped ") == 1);
}

static void junit_without_changes_has_a_case_that_passed(Arena *arena) {
    VerdictReport report = {.verdict = VERDICT_SAFE};
    const VerdictReport *one = &report;
    TextLayout layout = {.width = 100};
    Text text =
        reports_write(arena, &(Reports){.items = &one, .count = 1}, format_named("junit"), &layout);
    CHECK(holds(text, "tests=\"1\" failures=\"0\""));
    CHECK(holds(text, "<testcase name=\"safe: no changes\""));
}

/* ---- HTML ------------------------------------------------------------------------------------ */

/* Behind the page's own style: its own script alone, and no attribute that a text has opened. */
static void html_lets_no_text_out(Arena *arena) {
    static const char *const meant[] = {"<img",          "<script>alert",     "\" onmouseover",
                                        "' onmouseover", "onerror=alert(1)>", "<!-- --> #",
                                        "<![CDATA"};
    for (size_t i = 0; i < HOSTILE_COUNT; i++)
        for (int verifies = 0; verifies < 2; verifies++) {
            Text page =
                verifies ? verified(arena, "html", hostile[i]) : written(arena, "html", hostile[i]);
            Text text = without(page, "<style>", "</style>");
            CHECK(count_of(text, "<script") == 1 && count_of(text, "</script") == 1);
            for (size_t j = 0; j < sizeof meant / sizeof *meant; j++)
                check_lacks(text, meant[j], "html", hostile[i]);
            CHECK(count_of(text, "<b>") == count_of(text, "</b>"));
        }
}

static void html_names_its_script_and_style(Arena *arena) {
    Text page = written(arena, "html", "x");
    CHECK(holds(page, "content=\"default-src 'none'; "));
    CHECK(!holds(page, "unsafe-inline") && !holds(page, "http://") && !holds(page, "https://"));
    CHECK(count_of(page, "sha256-") == 2);
}

/* ---- SARIF ----------------------------------------------------------------------------------- */

static void sarif_doubles_braces_and_makes_no_links(Arena *arena) {
    CHECK(holds(written(arena, "sarif", "{0} {path}"), "{{0}} {{path}}"));
    check_lacks(written(arena, "sarif", "[text](javascript:1)"), "\"text\": \"[text](", "sarif",
                "");
}

static void sarif_writes_uris(Arena *arena) {
    CHECK(holds(written(arena, "sarif", "a b%20#.yaml"), "\"uri\": \"a%20b%2520%23.yaml\""));
    CHECK(holds(written(arena, "sarif", "/tmp/x.yaml"), "\"uri\": \"file:///tmp/x.yaml\"\n"));
    CHECK(holds(written(arena, "sarif", "\xc3\xa4.yaml"),
                "\"uri\": \"%C3%A4.yaml\",\n                  \"uriBaseId\": \"%SRCROOT%\""));
    CHECK(holds(written(arena, "sarif", "https://a.example:8/x%20y z.yaml?v=1"),
                "\"uri\": \"https://a.example:8/x%20y%20z.yaml?v=1\"\n"));
}

/* ---- several --------------------------------------------------------------------------------- */

static void fingerprints_of_several_reports_are_unique(Arena *arena) {
    const VerdictReport *two[] = {report_of(arena, TEXT("a.yaml")),
                                  report_of(arena, TEXT("b.yaml"))};
    TextLayout layout = {.width = 100};
    Text text =
        reports_write(arena, &(Reports){.items = two, .count = 2}, format_named("gitlab"), &layout);
    CHECK(count_of(text, "\"fingerprint\": \"id1-a.yaml\"") == 1);
    CHECK(count_of(text, "\"fingerprint\": \"id1-b.yaml\"") == 1);
}

static void several_reports_are_read_back(Arena *arena) {
    const VerdictReport *two[] = {report_of(arena, TEXT("a.yaml")),
                                  report_of(arena, TEXT("b.yaml"))};
    TextLayout layout = {.width = 100};
    for (size_t format = 0; report_format(format).name; format++) {
        Text json = reports_write(arena, &(Reports){.items = two, .count = 2}, format_named("json"),
                                  &layout);
        Diagnostics diagnostics = {.arena = arena};
        Source source = {.name = TEXT("r.json"), .file = TEXT("r.json"), .bytes = json};
        const Document *document = document_parse(arena, &diagnostics, source);
        Reports read = {0};
        CHECK(document && reports_read(arena, &diagnostics, document, &read) && read.count == 2);
        if (read.count == 2)
            CHECK(text_equal(
                reports_write(arena, &read, format, &layout),
                reports_write(arena, &(Reports){.items = two, .count = 2}, format, &layout)));
    }
}

static bool read_json(Arena *arena, Text json, Reports *read) {
    Diagnostics diagnostics = {.arena = arena};
    Source source = {.name = TEXT("r.json"), .file = TEXT("r.json"), .bytes = json};
    const Document *document = document_parse(arena, &diagnostics, source);
    return document && reports_read(arena, &diagnostics, document, read);
}

static void a_history_is_read_and_shown_as_a_timeline(Arena *arena) {
    const VerdictReport *one = report_of(arena, TEXT("a.yaml"));
    TextLayout layout = {.width = 100};
    CommitInfo info = {TEXT("c0ffee"), TEXT("2027-01-31"), TEXT("Ann"), TEXT("Rename <b>"),
                       TEXT("v2")};
    Reports history = {.items = &one, .count = 1, .commits = &info}, read = {0};
    Text json = reports_write(arena, &history, format_named("json"), &layout);
    CHECK(read_json(arena, json, &read) && read.count == 1 && read.commits);
    for (size_t format = 0; read.commits && report_format(format).name; format++)
        CHECK(text_equal(reports_write(arena, &read, format, &layout),
                         reports_write(arena, &history, format, &layout)));
    Text page = reports_write(arena, &history, format_named("html"), &layout);
    CHECK(holds(page, "<ol class=\"timeline\">") && holds(page, "Rename &lt;b&gt;</a>"));
    CHECK(holds(page, "href=\"#1-report\"") && holds(page, "id=\"1-report\""));
}

static void a_commit_may_have_no_verdict(Arena *arena) {
    Reports read = {0};
    CHECK(read_json(arena,
                    TEXT("{\"breakwater\": 1, \"commits\": [{\"commit\": \"a\", \"date\": \"b\", "
                         "\"author\": \"c\", \"subject\": \"d\", \"report\": null}]}"),
                    &read));
    CHECK(read.count == 0 && read.unread_count == 1);
    TextLayout layout = {.width = 100};
    for (size_t format = 0; report_format(format).name; format++)
        CHECK(reports_write(arena, &read, format, &layout).size > 0);
    CHECK(holds(reports_write(arena, &read, format_named("html"), &layout), "Of 1 more"));
}

int main(void) {
    RUN(nothing_harms_a_reader);
    RUN(json_forms_are_json);
    RUN(a_workflow_command_stays_on_its_line);
    RUN(a_workflow_command_escapes_percent);
    RUN(a_line_feed_in_a_name_is_shown);
    RUN(junit_escapes_markup);
    RUN(junit_counts);
    RUN(junit_without_changes_has_a_case_that_passed);
    RUN(html_lets_no_text_out);
    RUN(html_names_its_script_and_style);
    RUN(sarif_doubles_braces_and_makes_no_links);
    RUN(sarif_writes_uris);
    RUN(fingerprints_of_several_reports_are_unique);
    RUN(several_reports_are_read_back);
    RUN(a_history_is_read_and_shown_as_a_timeline);
    RUN(a_commit_may_have_no_verdict);
    return check_finish();
}
