#include "load/pact_reader.h"

/* Patterns of dates and times as Java has them (java.time.format.DateTimeFormatter,
 * java.text.SimpleDateFormat): Pact's libraries in all languages take these. */

/* ---- Formats of JSON Schema ------------------------------------------------------------------ */

typedef enum Zone { ZONE_NOT_TIME, ZONE_MISSING, ZONE_GIVEN } Zone;

/* What a Java pattern says behind the date: `HH:mm:ss`, a fraction, and a zone (java.time.format
 * DateTimeFormatter). */
static Zone time_zone_of(Text format) {
    if (!text_starts_with(format, TEXT("HH:mm:ss")))
        return ZONE_NOT_TIME;
    size_t at = strlen("HH:mm:ss");
    if (at < format.size && (format.data[at] == '.' || format.data[at] == ','))
        for (at++; at < format.size && (format.data[at] == 'S' || format.data[at] == 'n'); at++)
            ;
    Text zone = text_slice(format, at, format.size);
    static const char *const zones[] = {"'Z'", "X", "XX", "XXX", "XXXXX", "x", "xx",
                                        "xxx", "Z", "ZZ", "ZZZ", "ZZZZZ", "VV"};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (text_is(zone, zones[i]))
            return ZONE_GIVEN;
    return zone.size ? ZONE_NOT_TIME : ZONE_MISSING;
}

Text pact_time_format(Text pattern, bool *whole) {
    static const char *const dates[] = {"yyyy-MM-dd", "uuuu-MM-dd", "YYYY-MM-dd"};
    *whole = true;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        if (text_is(pattern, dates[i]))
            return TEXT("date");
        if (!text_starts_with(pattern, text_from(dates[i])))
            continue;
        Text rest = text_slice(pattern, strlen(dates[i]), pattern.size);
        if (!text_starts_with(rest, TEXT("'T'")))
            return (Text){0};
        Zone zone = time_zone_of(text_slice(rest, strlen("'T'"), rest.size));
        *whole = zone == ZONE_GIVEN;
        if (zone == ZONE_NOT_TIME)
            return (Text){0};
        return TEXT("date-time");
    }
    Zone zone = time_zone_of(pattern);
    *whole = zone == ZONE_GIVEN;
    return zone == ZONE_NOT_TIME ? (Text){0} : TEXT("time");
}

/* ---- Regular expressions --------------------------------------------------------------------- */

/* What a run of one letter stands for: digits as many as it is long (at least so many where it is
 * one), or text. */
typedef struct Letter {
    char letter;
    unsigned most;    /* digits of a single letter; 0: as many as there are */
    unsigned textual; /* from this many letters on it is a word; 0: never */
} Letter;

static const Letter letters[] = {
    {'y', 0, 0}, {'u', 0, 0}, {'Y', 0, 0}, {'M', 2, 3}, {'L', 2, 3}, {'d', 2, 0}, {'D', 3, 0},
    {'H', 2, 0}, {'h', 2, 0}, {'k', 2, 0}, {'K', 2, 0}, {'m', 2, 0}, {'s', 2, 0}, {'S', 9, 0},
    {'n', 9, 0}, {'w', 2, 0}, {'W', 1, 0}, {'F', 1, 0}, {'A', 0, 0}, {'N', 0, 0}, {'e', 1, 3},
    {'E', 0, 1}, {'a', 0, 1}, {'G', 0, 1}, {'z', 0, 1}, {'V', 0, 1}, {'O', 0, 1}, {'B', 0, 1},
};

static const Letter *letter_of(char c) {
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].letter == c)
            return &letters[i];
    return NULL;
}

/* An offset: `X` may be Z, and three letters or more of either put a colon between. */
static void add_offset(Buffer *out, char c, size_t count) {
    const char *zulu = c == 'X' ? "Z|" : "";
    if (c == 'Z')
        buffer_add(out, count < 4 ? TEXT("[+-]\\d{4}") : TEXT("(?:Z|.*[+-]\\d{2}:\\d{2}.*)"));
    else if (count == 1)
        buffer_format(out, "(?:%s[+-]\\d{2}(?:\\d{2})?)", zulu);
    else
        buffer_format(out, "(?:%s[+-]\\d{2}%s\\d{2}%s)", zulu, count % 2 ? ":" : "",
                      count > 3 ? "(?::?\\d{2})?" : "");
}

static bool add_letters(Buffer *out, char c, size_t count) {
    if (c == 'X' || c == 'x' || c == 'Z') {
        add_offset(out, c, count);
        return true;
    }
    const Letter *letter = letter_of(c);
    if (!letter)
        return false;
    if (letter->textual && count >= letter->textual)
        buffer_add(out, TEXT(".+"));
    else if (count == 1 && letter->most)
        buffer_format(out, "\\d{1,%u}", letter->most);
    else
        buffer_format(out, "\\d{%zu%s}", count,
                      letter->most || count == 2 || count == 4 ? "" : ",");
    return true;
}

static void add_literal(Buffer *out, char c) {
    if (c && strchr("^$\\.*+?()[]{}|/", c))
        buffer_add_byte(out, '\\');
    buffer_add_byte(out, c);
}

/* `'T'` is a T, and `''` is a quote, in quotes as well. The position behind it; SIZE_MAX: the quote
 * is not closed. */
static size_t add_quoted(Buffer *out, Text pattern, size_t at) {
    if (at + 1 < pattern.size && pattern.data[at + 1] == '\'') {
        add_literal(out, '\'');
        return at + 2;
    }
    for (at++; at < pattern.size; at++) {
        bool quote = pattern.data[at] == '\'';
        if (quote && (at + 1 == pattern.size || pattern.data[at + 1] != '\''))
            return at + 1;
        add_literal(out, pattern.data[at]);
        at += quote;
    }
    return SIZE_MAX;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Text pact_time_pattern(Arena *arena, Text pattern) {
    Buffer out = {.arena = arena};
    size_t open = 0;
    buffer_add_byte(&out, '^');
    for (size_t at = 0; at < pattern.size;) {
        char c = pattern.data[at];
        size_t end = at + 1;
        if (is_letter(c)) {
            while (end < pattern.size && pattern.data[end] == c)
                end++;
            if (!add_letters(&out, c, end - at))
                return (Text){0};
        } else if (c == '\'') {
            end = add_quoted(&out, pattern, at);
            if (end == SIZE_MAX)
                return (Text){0};
        } else if (c == '[') {
            open++;
            buffer_add(&out, TEXT("(?:"));
        } else if (c == ']' && open) {
            open--;
            buffer_add(&out, TEXT(")?"));
        } else if (c == '#' || c == '{' || c == '}' || c == ']') {
            return (Text){0}; /* reserved */
        } else {
            add_literal(&out, c);
        }
        at = end;
    }
    while (open--)
        buffer_add(&out, TEXT(")?"));
    buffer_add_byte(&out, '$');
    return buffer_text(&out);
}
