/* Texts from documents that strangers write, in every form: what the form gives a meaning to is
 * escaped, what harms a reader is made visible. Each hostile text stands in every place of a report
 * that may hold one.
 */
#include "check.h"

#include "report/forms.h"

#include <jansson.h>

static const char *const hostile[] = {
    "a`b``c```d",
    "a|b\\|c",
    "line one\nline two\r\n::error::injected",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "100%0A::error::injected%25",
    "\033[31mred\033[0m\a\b",
    "user\xe2\x80\xae"
    "evil\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c",
    "@everyone see #1 at https://evil.example or www.evil.example",
    "[text](javascript:alert(1)) ![image](//evil.example)",
    "**bold** _it_ ~~gone~~ $x^2$ <!-- --> # heading",
    "]]> <![CDATA[ &amp; &#x3c; &lt;",
    "{0} {path} {{x}}",
    "-->\n# heading\n- item\n> quote\n```\nfence\n```",
    "\xff\xfe not UTF-8 \xc0\xaf",
    "",
};
enum { HOSTILE_COUNT = sizeof hostile / sizeof *hostile };

static Location location_in(Text text) {
    Location location = {
        .place = {.file = text.size ? text : TEXT("file"), .line = 2, .column = 1},
        .pointer = text,
        .excerpt = {.line = 1, .column = 1},
    };
    return location;
}

static Location with_lines(Arena *arena, Location location, Text text) {
    array_push(arena, &location.excerpt.lines, TEXT("before"));
    array_push(arena, &location.excerpt.lines, text);
    return location;
}

static VerdictChange change_of(Arena *arena, Text text, Verdict verdict) {
    static const Change fact = {.kind = CHANGE_PROPERTY_REMOVED, .direction = DIRECTION_RESPONSE};
    Rule *rule = arena_new_object(arena, Rule);
    *rule =
        (Rule){.id = TEXT("a-rule"), .purpose = text, .why = text, .help = text, .standard = text};
    VerdictChange change = {
        .id = text_format(arena, "id%d", verdict),
        .rule = rule,
        .change = &fact,
        .compatibility = BREAKING,
        .verdict = verdict,
        .message = text_format(arena, "property `%.*s` was removed", TEXT_ARG(text)),
        .help = text,
        .remark = text,
        .waived = {.reason = verdict == VERDICT_SAFE ? text : (Text){0}, .expires = text},
        .location = text,
        .base = with_lines(arena, location_in(text), text),
        .revision = with_lines(arena, location_in(text), text),
    };
    VerdictOperation operation = {text, text, text, text, false, text};
    VerdictConsumer who = {text, text, 3, text, text};
    array_push(arena, &change.operations, operation);
    array_push(arena, &change.consumers, who);
    ChangeWaiver waiver = {text, text, text};
    array_push(arena, &change.waivers, waiver);
    return change;
}

static const VerdictReport *report_of(Arena *arena, Text text) {
    VerdictReport *report = arena_new_object(arena, VerdictReport);
    *report = (VerdictReport){
        .base_source = text,
        .revision_source = text,
        .base_revision = text,
        .verdict = VERDICT_BREAKING,
        .breaking = 1,
        .safe = 1,
        .consumers = 1,
        .interactions = 1,
    };
    VerdictInteraction interaction = {{text, text, 3, text, text}, text};
    array_push(arena, &report->consumers_broken, text);
    array_push(arena, &report->consumers_recorded, text);
    array_push(arena, &report->changes, change_of(arena, text, VERDICT_BREAKING));
    array_push(arena, &report->changes, change_of(arena, text, VERDICT_SAFE));
    array_push(arena, &report->orphans, interaction);
    array_push(arena, &report->failing_before, interaction);
    return report;
}

static const VerificationReport *verification_of(Arena *arena, Text text) {
    VerificationReport *report = arena_new_object(arena, VerificationReport);
    *report = (VerificationReport){.source = text, .verdict = CONTRADICTED, .contradicted = 1};
    VerifiedInteraction interaction = {
        .consumer = text, .pact = text, .line = 2, .interaction = text, .error = true};
    VerdictOperation operation = {text, text, text, text, false, text};
    VerificationMismatch mismatch = {CONTRADICTED,     true, text, text, text, location_in(text),
                                     location_in(text)};
    interaction.result = CONTRADICTED;
    interaction.operation = operation;
    array_push(arena, &interaction.mismatches, mismatch);
    array_push(arena, &report->consumers_failed, text);
    array_push(arena, &report->interactions, interaction);
    return report;
}

/* ---- what is written ------------------------------------------------------------------------- */

static size_t format_named(const char *name) {
    size_t index = 0;
    while (strcmp(report_format(index).name, name) != 0)
        index++;
    return index;
}

static Text written(Arena *arena, const char *form, const char *text) {
    const VerdictReport *report = report_of(arena, text_from(text));
    TextLayout layout = {.width = 100, .version = "1.0.0"};
    return reports_write(arena, &(Reports){.items = &report, .count = 1}, format_named(form),
                         &layout);
}

static Text verified(Arena *arena, const char *form, const char *text) {
    TextLayout layout = {.width = 100, .version = "1.0.0"};
    return verification_write(arena, verification_of(arena, text_from(text)), format_named(form),
                              &layout);
}

static bool holds(Text text, const char *part) {
    return memmem(text.data, text.size, part, strlen(part)) != NULL;
}

static size_t count_of(Text text, const char *part) {
    size_t count = 0, size = strlen(part);
    for (size_t i = 0; i + size <= text.size; i++)
        count += memcmp(text.data + i, part, size) == 0;
    return count;
}

static Text without(Text text, const char *from, const char *to) {
    const char *start = memmem(text.data, text.size, from, strlen(from));
    CHECK(start != NULL);
    size_t at = start ? (size_t)(start - text.data) : 0;
    const char *end = memmem(text.data + at, text.size - at, to, strlen(to));
    CHECK(end != NULL);
    return text_slice(text, end ? (size_t)(end - text.data) : 0, text.size);
}

static void check_lacks(Text text, const char *part, const char *form, const char *given) {
    CHECK(!holds(text, part));
    if (holds(text, part))
        printf("  as %s, `%s` must not stand in:\n%.*s\n  given: %s\n", form, part, TEXT_ARG(text),
               given);
}

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

/* ---- Markdown -------------------------------------------------------------------------------- */

/* Without code spans and fenced blocks, in which nothing has a meaning. */
static Text outside_code(Arena *arena, Text text) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < text.size;) {
        size_t run = 0;
        while (i + run < text.size && text.data[i + run] == '`')
            run++;
        if (!run) {
            buffer_add_byte(&out, text.data[i++]);
            continue;
        }
        Text fence = text_slice(text, i, i + run);
        size_t end = i + run;
        while (end + run <= text.size && !text_equal(text_slice(text, end, end + run), fence))
            end++;
        CHECK(end + run <= text.size); /* each one is closed */
        i = end + run;
    }
    return buffer_text(&out);
}

static void markdown_gives_no_text_a_meaning(Arena *arena) {
    static const char *const meant[] = {"<script",  "<img",      "onerror=alert(1)>",
                                        "**bold",   "@everyone", "see #1",
                                        "https://", "www.",      "](",
                                        "~~",       "$x",        "\n# head",
                                        "\n- item", "\n> quo",   "\n::error"};
    static const char *const forms[] = {"markdown", "changelog"};
    for (size_t form = 0; form < 2; form++)
        for (size_t i = 0; i < HOSTILE_COUNT; i++) {
            Text text = outside_code(arena, written(arena, forms[form], hostile[i]));
            for (size_t j = 0; j < sizeof meant / sizeof *meant; j++)
                check_lacks(text, meant[j], forms[form], hostile[i]);
        }
}

/* A row of the table of consumers has four cells. */
static void markdown_rows_keep_their_cells(Arena *arena) {
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        Text text = written(arena, "markdown", hostile[i]);
        for (size_t from = 0, end; from < text.size; from = end + 1) {
            end = text_find_byte(text, '\n', from);
            Text line = text_slice(text, from, end);
            if (!text_starts_with(line, TEXT("| ")))
                continue;
            CHECK(count_of(line, "|") == 5);
            CHECK(!holds(line, "\\|"));
        }
    }
}

static const VerdictReport *long_report(Arena *arena, size_t count) {
    VerdictReport *report = arena_new_object(arena, VerdictReport);
    *report = (VerdictReport){.verdict = VERDICT_BREAKING, .breaking = count, .safe = count};
    for (size_t i = 0; i < 2 * count; i++)
        array_push(arena, &report->changes,
                   change_of(arena, text_format(arena, "property%zu", i),
                             i < count ? VERDICT_BREAKING : VERDICT_SAFE));
    return report;
}

static Text comment_on(Arena *arena, const VerdictReport *report) {
    TextLayout layout = {.width = 100};
    return reports_write(arena, &(Reports){.items = &report, .count = 1}, format_named("markdown"),
                         &layout);
}

static void a_comment_fits_and_names_the_cut(Arena *arena) {
    Text text = comment_on(arena, long_report(arena, 1000));
    CHECK(text.size <= 65536 && text.size > 60000);
    CHECK(text_starts_with(text, TEXT("<!-- breakwater -->\n")));
    size_t shown = count_of(text, "was removed</summary>") + count_of(text, "was removed · ");
    Text cut = text_format(arena, "> %zu changes are left out here", 2000 - shown);
    CHECK(holds(text, cut.data));
    CHECK(count_of(text, "<details>") == count_of(text, "</details>"));
}

/* Letters of three bytes, one more in each report: on both sides of the border all is whole. */
static void a_comment_at_the_border_is_whole(Arena *arena) {
    size_t whole = 0, cut = 0;
    for (size_t letters = 1; letters < 4400; letters += letters < 4100 ? 97 : 1) {
        VerdictReport report = {.verdict = VERDICT_BREAKING, .breaking = 5};
        Buffer name = {.arena = arena};
        for (size_t i = 0; i < letters; i++)
            buffer_add(&name, TEXT("\xe8\xb3\x87"));
        for (size_t i = 0; i < report.breaking; i++) {
            VerdictChange change = change_of(arena, TEXT("x"), VERDICT_BREAKING);
            change.message = buffer_text(&name);
            change.consumers.count = 0;
            array_push(arena, &report.changes, change);
        }
        Text text = comment_on(arena, &report);
        size_t told = count_of(text, "<summary>");
        bool full = holds(text, "left out here");
        CHECK(text.size <= 65536 && text_is_utf8(text, NULL));
        CHECK(text_starts_with(text, TEXT("<!-- breakwater -->\n")));
        CHECK(count_of(text, "<details>") == told && count_of(text, "</details>") == told);
        CHECK(full == (told < report.breaking));
        if (full)
            CHECK(holds(text, text_format(arena, "> %zu change", report.breaking - told).data));
        whole = full ? whole : text.size;
        cut += full;
    }
    CHECK(cut > 0 && whole > 65536 - 1000); /* all but what is kept for the words on the cut */
}

/* One row for what a change does to a consumer, the name in the first, and what is too much is
 * counted. */
static void consumers_have_their_rows_together(Arena *arena) {
    VerdictReport report = {.verdict = VERDICT_BREAKING, .breaking = 8, .consumers = 2};
    for (size_t i = 0; i < report.breaking; i++) {
        VerdictChange change = change_of(arena, TEXT("x"), VERDICT_BREAKING);
        change.consumers.count = 0;
        for (size_t j = 0; j < 5; j++) {
            VerdictConsumer who = {TEXT("Web"), TEXT("p.json"), (uint32_t)j, TEXT("a request"),
                                   TEXT("reads body.x")};
            array_push(arena, &change.consumers, who);
        }
        VerdictConsumer other = {TEXT("App"), TEXT("q.json"), 7, TEXT("one"), TEXT("sends x")};
        if (i == 1)
            array_push(arena, &change.consumers, other);
        array_push(arena, &report.changes, change);
    }
    Text text = comment_on(arena, &report);
    CHECK(count_of(text, "\n| **`Web`** | ") == 1 && count_of(text, "\n| **`App`** | ") == 1);
    CHECK(count_of(text, "\n| | reads body.x | `a request`<br>`p.json:0`<br>") == 4);
    CHECK(count_of(text, "<br>and 2 more | ") == 5);
    CHECK(holds(text, "\n| | … and 15 more interactions, told below | | |\n| **`App`** | sends x"));
    CHECK(count_of(text, "\n- `Web` reads body.x: `a request` (`p.json:0`)\n") == 8);
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
    RUN(markdown_gives_no_text_a_meaning);
    RUN(markdown_rows_keep_their_cells);
    RUN(a_comment_fits_and_names_the_cut);
    RUN(a_comment_at_the_border_is_whole);
    RUN(consumers_have_their_rows_together);
    RUN(sarif_doubles_braces_and_makes_no_links);
    RUN(sarif_writes_uris);
    RUN(fingerprints_of_several_reports_are_unique);
    RUN(several_reports_are_read_back);
    RUN(a_history_is_read_and_shown_as_a_timeline);
    RUN(a_commit_may_have_no_verdict);
    return check_finish();
}
