/* Markdown: texts from documents mean nothing in it, and a comment fits, is whole and can be read.
 */
#include "hostile_text.h"

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

/* ---- comments -------------------------------------------------------------------------------- */

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

int main(void) {
    RUN(markdown_gives_no_text_a_meaning);
    RUN(markdown_rows_keep_their_cells);
    RUN(a_comment_fits_and_names_the_cut);
    RUN(a_comment_at_the_border_is_whole);
    RUN(consumers_have_their_rows_together);
    return check_finish();
}
