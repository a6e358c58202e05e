#include "support/text.h"

#include <stdio.h>

int text_compare(Text a, Text b) {
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equal_ignoring_case(Text a, Text b) {
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

bool text_starts_with(Text text, Text prefix) {
    return text.size >= prefix.size && text_equal(text_slice(text, 0, prefix.size), prefix);
}

bool text_ends_with(Text text, Text suffix) {
    return text.size >= suffix.size &&
           text_equal(text_slice(text, text.size - suffix.size, text.size), suffix);
}

size_t text_find_byte(Text text, char byte, size_t from) {
    if (from >= text.size)
        return SIZE_MAX;
    const char *found = memchr(text.data + from, byte, text.size - from);
    return found ? (size_t)(found - text.data) : SIZE_MAX;
}

Text text_slice(Text text, size_t from, size_t to) {
    if (to > text.size)
        to = text.size;
    if (from > to)
        from = to;
    return (Text){text.data ? text.data + from : NULL, to - from};
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Text text_trim(Text text) {
    size_t from = 0, to = text.size;
    while (from < to && is_space(text.data[from]))
        from++;
    while (to > from && is_space(text.data[to - 1]))
        to--;
    return text_slice(text, from, to);
}

uint64_t text_hash(Text text) {
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3u;
    return hash;
}

Text text_copy(Arena *arena, Text text) {
    return (Text){arena_copy(arena, text.data, text.size), text.size};
}

Text text_vformat(Arena *arena, const char *format, va_list arguments) {
    va_list measured;
    va_copy(measured, arguments);
    int size = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    if (size < 0)
        arena_exhausted(arena);
    char *data = arena_alloc(arena, (size_t)size + 1);
    vsnprintf(data, (size_t)size + 1, format, arguments);
    return (Text){data, (size_t)size};
}

Text text_format(Arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Text text = text_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

Text text_lower(Arena *arena, Text text) {
    char *copy = arena_copy(arena, text.data, text.size);
    for (size_t i = 0; i < text.size; i++)
        copy[i] = lower(copy[i]);
    return (Text){copy, text.size};
}

static int hexadecimal(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Text text_percent_decode(Arena *arena, Text text) {
    if (text_find_byte(text, '%', 0) == SIZE_MAX)
        return text;
    char *decoded = arena_alloc(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool escape = text.data[i] == '%' && i + 2 < text.size;
        int high = escape ? hexadecimal(text.data[i + 1]) : -1;
        int low = escape ? hexadecimal(text.data[i + 2]) : -1;
        bool decodes = high >= 0 && low >= 0;
        decoded[size++] = decodes ? (char)(high * 16 + low) : text.data[i];
        i += decodes ? 2 : 0;
    }
    return (Text){decoded, size};
}

size_t text_distance(Text a, Text b) {
    enum { LIMIT = 64 };
    size_t rows[3][LIMIT + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    size_t height = a.size < LIMIT ? a.size : LIMIT, width = b.size < LIMIT ? b.size : LIMIT;
    for (size_t j = 0; j <= width; j++) {
        above[j] = j;
        before[j] = 0;
    }
    for (size_t i = 1; i <= height; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t cost = a.data[i - 1] != b.data[j - 1];
            size_t best = above[j - 1] + cost;
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[width];
}

/* Length of the well-formed sequence at `s`, or 0 (RFC 3629 section 4). */
static size_t utf8_sequence(const unsigned char *s, size_t left) {
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || left < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    bool surrogate = s[0] == 0xed && s[1] > 0x9f;
    bool beyond = s[0] == 0xf4 && s[1] > 0x8f;
    return overlong || surrogate || beyond ? 0 : length;
}

Text text_of_truth(bool value) {
    return value ? TEXT("true") : TEXT("false");
}

/* Fewer letters say too little of how the word goes on. */
enum { BEGINNING_LEAST = 3 };

void guess_offer(Guess *guess, Text word) {
    size_t distance = text_distance(guess->mistyped, word), most = guess->mistyped.size / 3 + 1;
    bool begins =
        guess->mistyped.size >= BEGINNING_LEAST && text_starts_with(word, guess->mistyped);
    if (distance > most && begins)
        distance = most;
    if (distance > most || (guess->word.size && distance >= guess->distance))
        return;
    guess->word = word;
    guess->distance = distance;
}

const char *text_suggestion(Arena *arena, Text word) {
    return word.size ? text_format(arena, "; did you mean `%.*s`?", TEXT_ARG(word)).data : "";
}

const char *text_did_you_mean(Arena *arena, Text mistyped, const char *const *words) {
    Guess guess = {.mistyped = mistyped};
    for (; *words; words++)
        guess_offer(&guess, text_from(*words));
    return text_suggestion(arena, guess.word);
}

bool text_is_utf8(Text text, size_t *bad) {
    const unsigned char *s = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.size;) {
        size_t length = utf8_sequence(s + i, text.size - i);
        if (!length) {
            if (bad)
                *bad = i;
            return false;
        }
        i += length;
    }
    return true;
}

uint32_t text_take_code_point(Text text, size_t *at) {
    unsigned char lead = (unsigned char)text.data[(*at)++];
    unsigned more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t code_point = more ? lead & (0x3Fu >> more) : lead;
    for (; more && *at < text.size; more--)
        code_point = code_point << 6 | (text.data[(*at)++] & 0x3F);
    return code_point;
}

size_t text_length(Text text) {
    size_t length = 0;
    for (size_t i = 0; i < text.size; i++)
        length += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    return length;
}

/* ---- columns -----------------------------------------------------------------------------------
 */

/* What a terminal gives two columns (UAX #11: wide and fullwidth), or none: what is set above the
 * character before it. */
static const struct {
    uint32_t from, to;
    uint8_t columns;
} widths[] = {
    {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},   {0x20D0, 0x20F0, 0},
    {0x2E80, 0x303E, 2},   {0x3041, 0x4DBF, 2},   {0x4E00, 0xA4CF, 2},   {0xA960, 0xA97C, 2},
    {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},
    {0xFE30, 0xFE6B, 2},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
    {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
};

size_t text_columns(Text shown) {
    size_t columns = 0;
    for (size_t at = 0; at < shown.size;) {
        uint32_t code_point = text_take_code_point(shown, &at);
        size_t row = 0, count = sizeof widths / sizeof *widths;
        while (row < count && code_point > widths[row].to)
            row++;
        bool listed = row < count && code_point >= widths[row].from;
        columns += listed ? widths[row].columns : 1;
    }
    return columns;
}

static void buffer_reserve(Buffer *buffer, size_t more) {
    if (more > SIZE_MAX / 2 - buffer->size)
        arena_exhausted(buffer->arena);
    if (buffer->size + more <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < buffer->size + more)
        capacity *= 2;
    char *data = arena_alloc(buffer->arena, capacity);
    if (buffer->size)
        memcpy(data, buffer->data, buffer->size);
    buffer->data = data;
    buffer->capacity = capacity;
}

void buffer_add(Buffer *buffer, Text text) {
    buffer_reserve(buffer, text.size);
    if (text.size)
        memcpy(buffer->data + buffer->size, text.data, text.size);
    buffer->size += text.size;
}

void buffer_add_byte(Buffer *buffer, char byte) {
    buffer_add(buffer, (Text){&byte, 1});
}

void buffer_format(Buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        arena_exhausted(buffer->arena);
    buffer_reserve(buffer, (size_t)size + 1);
    vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
    va_end(again);
    buffer->size += (size_t)size;
}

Text buffer_text(const Buffer *buffer) {
    return (Text){buffer->data, buffer->size};
}
