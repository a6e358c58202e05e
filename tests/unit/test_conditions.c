#include "rules_text.h"

/* What a row's `when` may say, and when it holds. */

#define OPERATION(when) RULE("a", "  change: operation.removed\n  when: " when "\n")

static void operators_are_read(Arena *arena) {
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { days_ago: 1 }, method: { not: [GET] } }")),
               "");
    CHECK_TEXT(checked(arena, OPERATION("{ all: [{ path: x }, { any: [{ method: A }] }] }")), "");
    CHECK_TEXT(checked(arena, OPERATION("{ not: { sunset: { date: true, days_ahead: 3 } } }")), "");
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { days_ago: notice-days } }")), "");
    CHECK_TEXT(checked(arena, OPERATION("{ path: { present: true, more_than: 5, less_than: 9 } }")),
               "");
}

static void wrong_operators_are_told(Arena *arena) {
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { before: 1 } }")),
               "3:21 `before` is no condition on an attribute");
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { days_agoo: 1 } }")),
               "3:21 `days_agoo` is no condition on an attribute; did you mean `days_ago`?");
    CHECK_TEXT(checked(arena, OPERATION("{ path: { days_ago: 1 } }")),
               "3:19 `days_ago` can't be asked of `path`, which is a text");
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { at_least: 1 } }")),
               "3:21 `at_least` can't be asked of `sunset`, which is a date");
    CHECK_TEXT(checked(arena, OPERATION("{ deprecated: { present: true } }")),
               "3:25 `present` can't be asked of `deprecated`, which is true or false");
    CHECK_TEXT(checked(arena, OPERATION("{ path: { at_least: many } }")),
               "3:29 at_least must be a number, not a string");
    CHECK_TEXT(
        checked(arena, OPERATION("{ sunset: { days_ago: notice-dys } }")),
        "3:31 `notice-dys` is no number of days, nor a setting; did you mean `notice-days`?");
    CHECK_TEXT(checked(arena, OPERATION("{ path: {} }")), "3:17 `path` is empty");
    CHECK_TEXT(checked(arena, OPERATION("{ any: {} }")),
               "3:16 any must be a sequence of mappings of attributes, not a mapping");
    CHECK_TEXT(checked(arena, OPERATION("{ any: [] }")), "3:16 `any` is empty");
    CHECK_TEXT(checked(arena, OPERATION("{ not: { pth: x } }")),
               "3:18 `pth` is no attribute of changes; did you mean `path`?");
    CHECK_TEXT(
        checked(
            arena,
            OPERATION("{not: {not: {not: {not: {not: {not: {not: {not: {not: {path: x}}}}}}}}}}")),
        "3:63 conditions stand in each other more than 8 deep");
}

static void places_are_read_and_told(Arena *arena) {
    CHECK_TEXT(
        checked(arena, OPERATION("{ operation: [/users/**, GET /orders], location: body.* }")), "");
    CHECK_TEXT(checked(arena, OPERATION("{ operation: { some: /users/**, not: DELETE /** } }")),
               "");
    CHECK_TEXT(checked(arena, OPERATION("{ operaton: /users }")),
               "3:11 `operaton` is no attribute of changes; did you mean `operation`?");
    CHECK_TEXT(checked(arena, OPERATION("{ operation: users }")),
               "3:22 `users` names no operations: a path (`/users/**`), or method and path "
               "(`GET /users/{id}`) is expected");
    CHECK_TEXT(checked(arena, OPERATION("{ operation: \"tag:a\" }")),
               "3:22 `tag:a` names no operations: a path (`/users/**`), or method and path "
               "(`GET /users/{id}`) is expected");
    CHECK_TEXT(checked(arena, OPERATION("{ operation: [] }")), "3:22 `operation` is empty");
    CHECK_TEXT(checked(arena, OPERATION("{ location: {} }")), "3:21 `location` is empty");
    CHECK_TEXT(checked(arena, OPERATION("{ location: { sme: body } }")),
               "3:23 `sme` is no condition on where a change is; did you mean `some`?");
    CHECK_TEXT(checked(arena, OPERATION("{ location: 5 }")),
               "3:21 location must be a glob, or a sequence of globs, not a number");
    CHECK_TEXT(
        checked(arena, OPERATION("{ location: bdy.name }")),
        "3:21 `bdy.name` is no location: it begins with body, query, path, header, cookie or "
        "querystring; did you mean `body`?");
    CHECK_TEXT(
        checked(arena, OPERATION("{ location: \"body[\" }")),
        "3:21 `body[` is no location: its brackets are not in pairs; all items of a list are "
        "`[*]`");
}

static void rows_of_the_same_place_are_told(Arena *arena) {
    const char *dead =
        "9:7 the rule `b` can never match: the rows before it take all changes that it "
        "would (1:7 this row takes them before it)";
    CHECK_TEXT(checked(arena, ROW("a", "  when: { operation: /a/** }\n")
                                  ROW("b", "  when: { operation: /a/**, name: x }\n")),
               dead);
    CHECK_TEXT(checked(arena, ROW("a", "  when: { location: \"**\" }\n")
                                  ROW("b", "  when: { location: body }\n")),
               dead);
    CHECK_TEXT(checked(arena, ROW("a", "  when: { operation: /a/** }\n")
                                  ROW("b", "  when: { operation: /b/** }\n")),
               "");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { operation: { some: /a/** } }\n")
                                  ROW("b", "  when: { operation: { not: /a/** } }\n")),
               "");
}

static void rows_whose_conditions_exclude_each_other_are_told(Arena *arena) {
    const char *dead = "1:7 the rule `a` can never match: its conditions exclude each other";
    CHECK_TEXT(checked(arena, OPERATION("{ path: { more_than: 5, less_than: 6, not: 5.5 } }")),
               dead);
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { days_ago: 3, days_ahead: 3 } }")), dead);
    CHECK_TEXT(checked(arena, OPERATION("{ sunset: { days_ago: 3, date: false } }")), dead);
    CHECK_TEXT(checked(arena, OPERATION("{ path: x, not: { path: x } }")), dead);
    CHECK_TEXT(checked(arena, OPERATION("{ path: { at_least: 5, at_most: 5 } }")), "");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { name: { at_least: 400 } }\n")
                                  ROW("b", "  when: { name: { more_than: 399 } }\n")),
               "");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { name: { more_than: 399 } }\n")
                                  ROW("b", "  when: { name: { at_least: 400 } }\n")),
               "9:7 the rule `b` can never match: the rows before it take all changes that it "
               "would (1:7 this row takes them before it)");
}

/* Whether a rule with the conditions takes the removal of an operation with the attributes. */
static bool takes(Arena *arena, const char *when, const char *attributes) {
    Layer layer = {.arena = arena, .diagnostics = new_diagnostics(arena)};
    Text file =
        text_format(arena, "- id: a\n  change: operation.removed\n  when: %s\n%s", when, RULE_REST);
    Source source = {.kind = SOURCE_FILE, .name = TEXT("a"), .file = TEXT("a"), .bytes = file};
    CHECK(layer_read(&layer, &source));
    RuleSet set = {.settings = {.deprecation_days = 180, .notice_days = 30}};
    CHECK(day_parse(TEXT("2026-03-01"), &set.settings.today));
    for (size_t i = 0; i < layer.rules.count; i++)
        array_push(arena, &set.rules, layer.rules.items[i]);
    return rules_match(&set,
                       change_of(arena, CHANGE_OPERATION_REMOVED, DIRECTION_REQUEST, attributes));
}

static void conditions_hold_or_do_not(Arena *arena) {
    CHECK(takes(arena, "{ sunset: { days_ago: 1 } }", "sunset=2026-02-28"));
    CHECK(!takes(arena, "{ sunset: { days_ago: 1 } }", "sunset=2026-03-01"));
    CHECK(!takes(arena, "{ sunset: { days_ago: 1 } }", "sunset=soon"));
    CHECK(!takes(arena, "{ sunset: { days_ago: 1 } }", "sunset="));
    CHECK(takes(arena, "{ sunset: { days_ahead: notice-days } }", "sunset=2026-03-31T12:00:00Z"));
    CHECK(!takes(arena, "{ sunset: { days_ahead: notice-days } }", "sunset=2026-03-30"));
    CHECK(takes(arena, "{ sunset: { days_ago: deprecation-days } }", "sunset=2025-09-02"));
    CHECK(!takes(arena, "{ sunset: { days_ago: deprecation-days } }", "sunset=2025-09-03"));
    CHECK(takes(arena, "{ sunset: { date: false, present: true } }", "sunset=2026-02-29"));
    CHECK(!takes(arena, "{ sunset: { date: false, present: true } }", "sunset=2024-02-29"));
    CHECK(takes(arena, "{ path: { at_least: 400, less_than: 500 } }", "path=404"));
    CHECK(!takes(arena, "{ path: { at_least: 400, less_than: 500 } }", "path=500"));
    CHECK(!takes(arena, "{ path: { at_least: 400 } }", "path=4XX"));
    CHECK(takes(arena, "{ any: [{ path: a }, { method: B }] }", "path=x method=B"));
    CHECK(!takes(arena, "{ any: [{ path: a, method: A }, { method: B }] }", "path=a method=C"));
    CHECK(takes(arena, "{ all: [{ path: a }, { method: B }] }", "path=a method=B"));
    CHECK(!takes(arena, "{ not: { path: a, method: B } }", "path=a method=B"));
    CHECK(takes(arena, "{ not: { path: a, method: B } }", "path=a method=C"));
    CHECK(takes(arena, "{ path: { not: [a, b] } }", "path=c"));
    CHECK(!takes(arena, "{ path: { not: [a, b] } }", "path=b"));
}

static void days_are_those_of_the_calendar(Arena *arena) {
    static const struct {
        const char *text;
        Day day;
    } known[] = {{"1970-01-01", 0},     {"1969-12-31", -1},     {"2000-02-29", 11016},
                 {"2026-03-01", 20513}, {"2400-12-31", 157419}, {"0001-01-01", -719162}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Day day = 7;
        CHECK(day_parse(text_from(known[i].text), &day));
        CHECK(day == known[i].day);
        CHECK_TEXT(day_text(arena, known[i].day), known[i].text);
    }
    const char *wrong[] = {"",           "2026-3-1",   "2026-13-01", "2026-02-30", "1900-02-29",
                           "2026-00-01", "2026-01-00", "20260101",   "2026-01-011"};
    Day day;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!day_parse(text_from(wrong[i]), &day));
}

int main(void) {
    RUN(operators_are_read);
    RUN(wrong_operators_are_told);
    RUN(places_are_read_and_told);
    RUN(rows_of_the_same_place_are_told);
    RUN(rows_whose_conditions_exclude_each_other_are_told);
    RUN(conditions_hold_or_do_not);
    RUN(days_are_those_of_the_calendar);
    return check_finish();
}
