#include "graph/formats.h"

#include "support/decimal.h"

typedef enum Sort {
    SORT_TEXT,
    SORT_NUMBER,
    SORT_INTEGER /* with a range */
} Sort;

typedef struct Format {
    const char *name;
    Sort sort;
    const char *least, *greatest;
    const char *wider[4]; /* those that take all its values and more */
} Format;

/* A float holds integers exactly as far as its significand reaches. */
#define FLOAT_LAST "16777216"

/* clang-format off */
static const Format formats[] = {
    {"int8",         SORT_INTEGER, "-128", "127", {0}},
    {"int16",        SORT_INTEGER, "-32768", "32767", {0}},
    {"int32",        SORT_INTEGER, "-2147483648", "2147483647", {0}},
    {"int64",        SORT_INTEGER, "-9223372036854775808", "9223372036854775807", {0}},
    {"uint8",        SORT_INTEGER, "0", "255", {0}},
    {"uint16",       SORT_INTEGER, "0", "65535", {0}},
    {"uint32",       SORT_INTEGER, "0", "4294967295", {0}},
    {"uint64",       SORT_INTEGER, "0", "18446744073709551615", {0}},
    {"double-int",   SORT_INTEGER, "-9007199254740991", "9007199254740991", {0}},
    {"float",        SORT_NUMBER, NULL, NULL, {"double", "decimal"}},
    {"double",       SORT_NUMBER, NULL, NULL, {"decimal"}},
    {"decimal128",   SORT_NUMBER, NULL, NULL, {"decimal"}},
    {"decimal",      SORT_NUMBER, NULL, NULL, {0}},
    {"unixtime",     SORT_NUMBER, NULL, NULL, {0}},
    {"base64url",    SORT_TEXT, NULL, NULL, {0}},
    {"binary",       SORT_TEXT, NULL, NULL, {0}},
    {"byte",         SORT_TEXT, NULL, NULL, {0}},
    {"char",         SORT_TEXT, NULL, NULL, {0}},
    {"commonmark",   SORT_TEXT, NULL, NULL, {0}},
    {"date",         SORT_TEXT, NULL, NULL, {0}},
    {"date-time",    SORT_TEXT, NULL, NULL, {0}},
    {"date-time-local", SORT_TEXT, NULL, NULL, {0}},
    {"duration",     SORT_TEXT, NULL, NULL, {0}},
    {"email",        SORT_TEXT, NULL, NULL, {"idn-email"}},
    {"hostname",     SORT_TEXT, NULL, NULL, {"idn-hostname"}},
    {"html",         SORT_TEXT, NULL, NULL, {0}},
    {"http-date",    SORT_TEXT, NULL, NULL, {0}},
    {"idn-email",    SORT_TEXT, NULL, NULL, {0}},
    {"idn-hostname", SORT_TEXT, NULL, NULL, {0}},
    {"ipv4",         SORT_TEXT, NULL, NULL, {0}},
    {"ipv6",         SORT_TEXT, NULL, NULL, {0}},
    {"iri",          SORT_TEXT, NULL, NULL, {"iri-reference"}},
    {"iri-reference", SORT_TEXT, NULL, NULL, {0}},
    {"json-pointer", SORT_TEXT, NULL, NULL, {0}},
    {"media-range",  SORT_TEXT, NULL, NULL, {0}},
    {"password",     SORT_TEXT, NULL, NULL, {0}},
    {"regex",        SORT_TEXT, NULL, NULL, {0}},
    {"relative-json-pointer", SORT_TEXT, NULL, NULL, {0}},
    {"sf-binary",    SORT_TEXT, NULL, NULL, {0}},
    {"sf-boolean",   SORT_TEXT, NULL, NULL, {0}},
    {"sf-decimal",   SORT_TEXT, NULL, NULL, {0}},
    {"sf-integer",   SORT_TEXT, NULL, NULL, {"sf-decimal"}},
    {"sf-string",    SORT_TEXT, NULL, NULL, {0}},
    {"sf-token",     SORT_TEXT, NULL, NULL, {0}},
    {"time",         SORT_TEXT, NULL, NULL, {0}},
    {"time-local",   SORT_TEXT, NULL, NULL, {0}},
    {"uri",          SORT_TEXT, NULL, NULL, {"uri-reference", "iri", "iri-reference"}},
    {"uri-reference", SORT_TEXT, NULL, NULL, {"iri-reference"}},
    {"uri-template", SORT_TEXT, NULL, NULL, {0}},
    {"uuid",         SORT_TEXT, NULL, NULL, {0}},
};
/* clang-format on */

static const Format *find(Text name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (text_is(name, formats[i].name))
            return &formats[i];
    return NULL;
}

bool format_is_registered(Text format) {
    return find(format) != NULL;
}

bool format_is_of_numbers(Text format) {
    const Format *known = find(format);
    return known && known->sort != SORT_TEXT;
}

/* Structured fields have numbers, too (RFC 9651 section 3.3). */
bool format_is_of_texts(Text format) {
    const Format *known = find(format);
    return known && known->sort == SORT_TEXT && !text_starts_with(format, TEXT("sf-"));
}

bool format_is_idle(Text format, KindSet kinds) {
    static const char *const hints[] = {"password", "commonmark", "html"};
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (text_is(format, hints[i]))
            return true;
    return (text_is(format, "string") && kinds == KIND_STRING) ||
           (text_is(format, "number") && kinds == KIND_NUMBER) ||
           (text_is(format, "integer") && kinds == KIND_INTEGER);
}

Text format_as_encoding(Text format) {
    return text_is(format, "byte") ? TEXT("base64") : (Text){0};
}

Text format_as_media_type(Text format) {
    return text_is(format, "binary") ? TEXT("application/octet-stream") : (Text){0};
}

bool format_range(Text format, Text *least, Text *greatest) {
    const Format *known = find(format);
    if (!known || known->sort != SORT_INTEGER)
        return false;
    *least = text_from(known->least);
    *greatest = text_from(known->greatest);
    return true;
}

static bool range_includes(const char *least, const char *greatest, const Format *narrow) {
    return decimal_compare(text_from(narrow->least), text_from(least)) >= 0 &&
           decimal_compare(text_from(narrow->greatest), text_from(greatest)) <= 0;
}

static bool integers_included(const Format *wide, const Format *narrow) {
    if (wide->sort == SORT_INTEGER)
        return range_includes(wide->least, wide->greatest, narrow);
    /* What reads doubles takes any JSON number, as JSON's own readers do (RFC 8259 section 6). */
    if (text_is(text_from(wide->name), "decimal") || text_is(text_from(wide->name), "double"))
        return true;
    return text_is(text_from(wide->name), "float") &&
           range_includes("-" FLOAT_LAST, FLOAT_LAST, narrow);
}

bool format_includes(Text wide, Text narrow) {
    if (text_equal(wide, narrow))
        return true;
    const Format *above = find(wide), *below = find(narrow);
    if (!above || !below)
        return false;
    if (below->sort == SORT_INTEGER)
        return above->sort != SORT_TEXT && integers_included(above, below);
    for (size_t i = 0; i < sizeof below->wider / sizeof *below->wider && below->wider[i]; i++)
        if (text_is(wide, below->wider[i]))
            return true;
    return false;
}

Text format_example(Text format) {
    static const char *const examples[][2] = {
        {"base64url", "YQ"},
        {"byte", "YQ=="},
        {"date", "2026-01-31"},
        {"date-time", "2026-01-31T09:30:00Z"},
        {"date-time-local", "2026-01-31T09:30:00"},
        {"duration", "P1D"},
        {"email", "a@example.com"},
        {"hostname", "example.com"},
        {"http-date", "Sat, 31 Jan 2026 09:30:00 GMT"},
        {"idn-email", "a@example.com"},
        {"idn-hostname", "example.com"},
        {"ipv4", "192.0.2.1"},
        {"ipv6", "2001:db8::1"},
        {"iri", "https://example.com/"},
        {"iri-reference", "/a"},
        {"json-pointer", "/a"},
        {"media-range", "text/*"},
        {"regex", "^a$"},
        {"relative-json-pointer", "0/a"},
        {"time", "09:30:00Z"},
        {"time-local", "09:30:00"},
        {"uri", "https://example.com/"},
        {"uri-reference", "/a"},
        {"uri-template", "/{a}"},
        {"uuid", "123e4567-e89b-42d3-a456-426614174000"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (text_is(format, examples[i][0]))
            return text_from(examples[i][1]);
    return (Text){0};
}
