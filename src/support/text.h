/* Owns the slice of text that the whole program passes about, and the buffer that builds one.
 * A Text is bytes and a size; it owns nothing, need not end in NUL, and is UTF-8 wherever a
 * document was read. Knows nothing of places or documents.
 */
#ifndef BREAKWATER_SUPPORT_TEXT_H
#define BREAKWATER_SUPPORT_TEXT_H

#include "support/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Text {
    const char *data;
    size_t size;
} Text;

/* TEXT("literal"); for printf, "%.*s" with TEXT_ARG(text). */
#define TEXT(literal)  ((Text){"" literal, sizeof(literal) - 1})
#define TEXT_ARG(text) (int)(text).size, (text).data

static inline Text text_from(const char *string) {
    return (Text){string, string ? strlen(string) : 0};
}

static inline bool text_equal(Text a, Text b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool text_is(Text text, const char *string) {
    return text_equal(text, text_from(string));
}

/* By bytes, which for UTF-8 is by code point: below, at or above 0 as with strcmp. */
int text_compare(Text a, Text b);

/* ASCII letters alone are folded: field names of HTTP, media types. */
bool text_equal_ignoring_case(Text a, Text b);

bool text_starts_with(Text text, Text prefix);
bool text_ends_with(Text text, Text suffix);

/* Index of the first `byte` at or after `from`, or SIZE_MAX. */
size_t text_find_byte(Text text, char byte, size_t from);

Text text_slice(Text text, size_t from, size_t to);
Text text_trim(Text text);
uint64_t text_hash(Text text);

/* Copies end in a NUL that is not counted. */
Text text_copy(Arena *arena, Text text);
Text text_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Text text_vformat(Arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
Text text_lower(Arena *arena, Text text);

/* Undoes %XX (RFC 3986 section 2.1); a `%` that no two hexadecimal digits follow stays. */
Text text_percent_decode(Arena *arena, Text text);

/* Damerau-Levenshtein distance (optimal string alignment) of the first 64 bytes of each. */
size_t text_distance(Text a, Text b);

/* "true" or "false" */
Text text_of_truth(bool value);

/* What a mistyped word was likely meant to be: of the words that are offered the nearest, the first
 * of equal ones; a third of its letters may be wrong, or all but a beginning of it missing. Begins
 * with .mistyped alone. */
typedef struct Guess {
    Text mistyped;
    Text word; /* empty: none is near */
    size_t distance;
} Guess;

void guess_offer(Guess *guess, Text word);

/* "; did you mean `word`?", the end of a message, or "" where the word is empty. */
const char *text_suggestion(Arena *arena, Text word);

/* The same for the nearest of a list up to a NULL. */
const char *text_did_you_mean(Arena *arena, Text mistyped, const char *const *words);

/* Whether the bytes are well-formed UTF-8 (RFC 3629); where not, *bad is the first wrong offset. */
bool text_is_utf8(Text text, size_t *bad);

/* The code point at an offset of well-formed text, which is moved behind it. */
uint32_t text_take_code_point(Text text, size_t *at);

/* Number of code points. */
size_t text_length(Text text);

/* Columns of a terminal that well-formed text takes. */
size_t text_columns(Text shown);

/* A text under construction, in an arena. */
typedef struct Buffer {
    Arena *arena;
    char *data;
    size_t size;
    size_t capacity;
} Buffer;

void buffer_add(Buffer *buffer, Text text);
void buffer_add_byte(Buffer *buffer, char byte);
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What has been built; holds until the next addition. */
Text buffer_text(const Buffer *buffer);

#endif
