/* JUnit's XML, as CI systems read it: a suite for each operation (each consumer), a case for each
 * finding, failed where it is an error and skipped where it is waived. Without findings there is
 * one case that passed, so that no reader takes the file for a run that did not happen.
 */
#include "report/findings.h"
#include "report/forms.h"
#include "report/xml.h"

static void attribute(Buffer *out, const char *name, Text value) {
    buffer_format(out, " %s=\"", name);
    xml_add(out, value);
    buffer_add_byte(out, '"');
}

static void count_attribute(Buffer *out, const char *name, size_t count) {
    buffer_format(out, " %s=\"%zu\"", name, count);
}

typedef struct Counts {
    size_t cases, failures, skipped;
} Counts;

static void count(Counts *counts, const Finding *finding) {
    counts->cases++;
    counts->failures += finding->level == LEVEL_ERROR;
    counts->skipped += finding->suppressed.size > 0;
}

/* The findings of one group. */
typedef struct Suite {
    Text name;
    Counts counts;
    ARRAY(const Finding *) findings;
} Suite;

typedef ARRAY(Suite *) Suites;

/* In the order in which their first findings stand. */
static Suites suites_of(Arena *arena, const Findings *findings) {
    Suites suites = {0};
    Map *by_name = map_new(arena);
    for (array_each(const Finding, finding, &findings->list)) {
        Suite *suite = map_get_text(by_name, finding->group);
        if (!suite) {
            suite = arena_new_object(arena, Suite);
            suite->name = finding->group;
            map_put_text(by_name, suite->name, suite);
            array_push(arena, &suites, suite);
        }
        count(&suite->counts, finding);
        array_push(arena, &suite->findings, finding);
    }
    return suites;
}

static void add_counts(Buffer *out, Counts counts) {
    count_attribute(out, "tests", counts.cases);
    count_attribute(out, "failures", counts.failures);
    count_attribute(out, "errors", 0);
    count_attribute(out, "skipped", counts.skipped);
}

static void add_body(Buffer *out, const Finding *finding) {
    Arena *arena = out->arena;
    Text place = place_text(arena, finding->at.place);
    xml_add(out, place);
    for (size_t i = 0; i < finding->lines.count; i++) {
        buffer_add_byte(out, '\n');
        xml_add(out, finding->lines.items[i]);
    }
}

static void add_case(Buffer *out, const Finding *finding) {
    buffer_add(out, TEXT("    <testcase"));
    attribute(out, "name",
              text_format(out->arena, "%.*s [%.*s]", TEXT_ARG(finding->message),
                          TEXT_ARG(finding->fingerprint)));
    attribute(out, "classname", finding->rule->id);
    if (finding->at.place.file.size) {
        attribute(out, "file", finding->at.place.file);
        count_attribute(out, "line", finding->at.place.line);
    }
    buffer_add(out, TEXT(" time=\"0\">\n"));
    if (finding->suppressed.size) {
        buffer_add(out, TEXT("      <skipped"));
        attribute(out, "message", finding->suppressed);
        buffer_add(out, TEXT("/>\n"));
    } else if (finding->level == LEVEL_ERROR) {
        buffer_add(out, TEXT("      <failure"));
        attribute(out, "message", finding->message);
        attribute(out, "type", finding->rule->id);
        buffer_add_byte(out, '>');
        add_body(out, finding);
        buffer_add(out, TEXT("</failure>\n"));
    } else if (finding->lines.count) {
        buffer_add(out, TEXT("      <system-out>"));
        add_body(out, finding);
        buffer_add(out, TEXT("</system-out>\n"));
    }
    buffer_add(out, TEXT("    </testcase>\n"));
}

static void add_suite(Buffer *out, const Suite *suite) {
    buffer_add(out, TEXT("  <testsuite"));
    attribute(out, "name", suite->name);
    add_counts(out, suite->counts);
    buffer_add(out, TEXT(" time=\"0\">\n"));
    for (size_t i = 0; i < suite->findings.count; i++)
        add_case(out, suite->findings.items[i]);
    buffer_add(out, TEXT("  </testsuite>\n"));
}

static void add_nothing_found(Buffer *out, const Findings *findings) {
    buffer_add(out, TEXT("  <testsuite name=\"breakwater\" tests=\"1\" failures=\"0\" errors=\"0\" "
                         "skipped=\"0\" time=\"0\">\n    <testcase"));
    attribute(out, "name", findings->summary);
    buffer_add(out, TEXT(" classname=\"breakwater\" time=\"0\"/>\n  </testsuite>\n"));
}

Text findings_junit(Arena *arena, const Findings *findings, const TextLayout *layout) {
    (void)layout;
    Buffer out = {.arena = arena};
    Suites suites = suites_of(arena, findings);
    Counts all = {0};
    for (array_each(const Finding, finding, &findings->list))
        count(&all, finding);
    all.cases = all.cases ? all.cases : 1;
    buffer_add(&out, TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"));
    attribute(&out, "name", TEXT("breakwater"));
    add_counts(&out, all);
    buffer_add(&out, TEXT(" time=\"0\">\n"));
    if (!suites.count)
        add_nothing_found(&out, findings);
    for (size_t i = 0; i < suites.count; i++)
        add_suite(&out, suites.items[i]);
    buffer_add(&out, TEXT("</testsuites>\n"));
    return buffer_text(&out);
}
