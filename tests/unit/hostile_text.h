/* What the tests of forms share: texts that strangers may have written, reports in which each
 * stands wherever one may, and what must not come of it.
 */
#ifndef BREAKWATER_TESTS_HOSTILE_TEXT_H
#define BREAKWATER_TESTS_HOSTILE_TEXT_H

#include "report/forms.h"

#include "check.h"

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

static inline Location location_in(Text text) {
    Location location = {
        .place = {.file = text.size ? text : TEXT("file"), .line = 2, .column = 1},
        .pointer = text,
        .excerpt = {.line = 1, .column = 1},
    };
    return location;
}

static inline Location with_lines(Arena *arena, Location location, Text text) {
    array_push(arena, &location.excerpt.lines, TEXT("before"));
    array_push(arena, &location.excerpt.lines, text);
    return location;
}

static inline VerdictChange change_of(Arena *arena, Text text, Verdict verdict) {
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

static inline const VerdictReport *report_of(Arena *arena, Text text) {
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

static inline const VerificationReport *verification_of(Arena *arena, Text text) {
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

static inline size_t format_named(const char *name) {
    size_t index = 0;
    while (strcmp(report_format(index).name, name) != 0)
        index++;
    return index;
}

static inline Text written(Arena *arena, const char *form, const char *text) {
    const VerdictReport *report = report_of(arena, text_from(text));
    TextLayout layout = {.width = 100, .version = "1.0.0"};
    return reports_write(arena, &(Reports){.items = &report, .count = 1}, format_named(form),
                         &layout);
}

static inline Text verified(Arena *arena, const char *form, const char *text) {
    TextLayout layout = {.width = 100, .version = "1.0.0"};
    return verification_write(arena, verification_of(arena, text_from(text)), format_named(form),
                              &layout);
}

static inline bool holds(Text text, const char *part) {
    return memmem(text.data, text.size, part, strlen(part)) != NULL;
}

static inline size_t count_of(Text text, const char *part) {
    size_t count = 0, size = strlen(part);
    for (size_t i = 0; i + size <= text.size; i++)
        count += memcmp(text.data + i, part, size) == 0;
    return count;
}

static inline Text without(Text text, const char *from, const char *to) {
    const char *start = memmem(text.data, text.size, from, strlen(from));
    CHECK(start != NULL);
    size_t at = start ? (size_t)(start - text.data) : 0;
    const char *end = memmem(text.data + at, text.size - at, to, strlen(to));
    CHECK(end != NULL);
    return text_slice(text, end ? (size_t)(end - text.data) : 0, text.size);
}

static inline void check_lacks(Text text, const char *part, const char *form, const char *given) {
    CHECK(!holds(text, part));
    if (holds(text, part))
        printf("  as %s, `%s` must not stand in:\n%.*s\n  given: %s\n", form, part, TEXT_ARG(text),
               given);
}

#endif
