#include "impact/writing.h"

#include "document/document.h"
#include "support/decimal.h"

static void add_digits(Buffer *out, char low, char high) {
    if (low == high)
        buffer_add_byte(out, low);
    else
        buffer_format(out, "[%c-%c]", low, high);
}

/* Numbers without a sign of as many digits as `limit` that are no more (or, `least`, no less). */
static void add_same_length(Buffer *out, Text limit, bool least) {
    buffer_add(out, limit);
    for (size_t i = 0; i < limit.size; i++) {
        char digit = limit.data[i], first = !least && !i && limit.size > 1 ? '1' : '0';
        if (least ? digit == '9' : digit <= first)
            continue;
        buffer_add_byte(out, '|');
        buffer_add(out, text_slice(limit, 0, i));
        add_digits(out, least ? (char)(digit + 1) : first, least ? '9' : (char)(digit - 1));
        if (i + 1 < limit.size)
            buffer_format(out, "[0-9]{%zu}", limit.size - i - 1);
    }
}

/* Whole numbers without a sign that are no more than `limit` (or, `least`, no less). */
static void add_magnitudes(Buffer *out, Text limit, bool least) {
    buffer_add(out, TEXT("0*("));
    add_same_length(out, limit, least);
    if (least)
        buffer_format(out, "|[1-9][0-9]{%zu,}", limit.size);
    else if (limit.size > 1)
        buffer_format(out, "|[0-9]{1,%zu}", limit.size - 1);
    buffer_add(out, TEXT(")"));
}

/* The digits of a whole number; empty where it is none, or too long. */
static Text magnitude_of(Bound bound) {
    enum { LONGEST = 20 };
    Text digits = bound.digits;
    if (text_starts_with(digits, TEXT("-")))
        digits = text_slice(digits, 1, digits.size);
    for (size_t i = 0; i < digits.size; i++)
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return (Text){0};
    return digits.size < LONGEST ? digits : (Text){0};
}

/* Whole numbers that keep a bound. False: it is none that can be said. */
static bool add_bound(Arena *run, Bound bound, bool lower, Writing *writing) {
    Buffer pattern = {.arena = run};
    Text magnitude = magnitude_of(bound);
    bool negative = text_starts_with(bound.digits, TEXT("-"));
    if (!magnitude.size)
        return !bound.digits.size;
    buffer_add(&pattern, negative ? TEXT("^(-") : TEXT("^([+]?"));
    add_magnitudes(&pattern, magnitude, negative != lower);
    if (negative == lower)
        buffer_add(&pattern, lower ? TEXT("|[+]?[0-9]+") : TEXT("|-[0-9]+"));
    buffer_add(&pattern, TEXT(")$"));
    array_push(run, &writing->patterns, buffer_text(&pattern));
    return true;
}

/* Of numbers with a fraction only the sign is told. */
static void add_bounds(Arena *run, const NumberFacets *number, bool whole, Writing *writing) {
    bool unbounded = !number->minimum.digits.size && !number->maximum.digits.size;
    if (whole) {
        bool low = add_bound(run, number->minimum, true, writing);
        bool high = add_bound(run, number->maximum, false, writing);
        writing->whole = low && high && !number->multiples_of.count;
        return;
    }
    if (number->minimum.digits.size && decimal_compare(number->minimum.digits, TEXT("0")) >= 0)
        array_push(run, &writing->patterns, TEXT("^[^-]"));
    writing->whole = unbounded && !number->multiples_of.count;
}

static void add_values(Arena *run, const Values *values, Writing *writing) {
    Buffer pattern = {.arena = run};
    for (size_t i = 0; i < values->count; i++) {
        buffer_add(&pattern, i ? TEXT("|") : TEXT("^("));
        Text value = node_to_json(run, values->items[i], SIZE_MAX);
        for (size_t j = 0; j < value.size; j++) {
            if (value.data[j] == '.' || value.data[j] == '+')
                buffer_add_byte(&pattern, '\\');
            buffer_add_byte(&pattern, value.data[j]);
        }
    }
    buffer_add(&pattern, TEXT(")$"));
    array_push(run, &writing->patterns, buffer_text(&pattern));
    writing->whole = true;
}

/* A provider is taken to write no exponents, and reads all that is a number. */
Writing writing_of(Arena *run, Meet *provided, Direction direction) {
    const Canonical *canonical = meet_canonical(provided);
    KindSet kinds = canonical->kinds;
    Writing writing = {0};
    const Alternative *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (canonical->alternatives.items[i]->kind != ALTERNATIVE_NULL) {
            only = canonical->alternatives.items[i];
            count++;
        }
    if (count == 1 && only->values) {
        add_values(run, only->values, &writing);
        return writing;
    }
    bool written = direction == DIRECTION_RESPONSE;
    Text number = written ? TEXT("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$")
                          : TEXT("^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$");
    Text integer = written ? TEXT("^-?(0|[1-9][0-9]*)$") : TEXT("^[+-]?[0-9]+$");
    array_push(run, &writing.patterns,
               kinds & KIND_FRACTION  ? number
               : kinds & KIND_INTEGER ? integer
                                      : TEXT("^(true|false)$"));
    writing.whole = true;
    if (count == 1 && only->kind == ALTERNATIVE_NUMBER)
        add_bounds(run, &only->number, !(kinds & KIND_FRACTION), &writing);
    return writing;
}

bool writing_lacks(const StringFacets *texts, const Writing *writing) {
    if (!texts->patterns.count)
        return false;
    for (size_t i = 0; i < writing->patterns.count; i++)
        if (texts_match(texts->known, texts, writing->patterns.items[i], NULL) == NOT_INCLUDED)
            return true;
    return !writing->whole;
}

static StringFacets written_texts(Arena *run, const StringFacets *texts, const Writing *writing) {
    StringFacets written = {.known = texts->known};
    for (size_t i = 0; i < writing->patterns.count; i++)
        array_push(run, &written.patterns, writing->patterns.items[i]);
    return written;
}

bool writing_exceeds(Arena *run, const StringFacets *texts, const Writing *writing) {
    StringFacets written = written_texts(run, texts, writing);
    for (size_t i = 0; i < texts->patterns.count; i++)
        if (texts_match(texts->known, &written, texts->patterns.items[i], NULL) == NOT_INCLUDED)
            return true;
    return false;
}

bool writing_is_apart(Arena *run, const StringFacets *texts, const Writing *writing) {
    StringFacets written = written_texts(run, texts, writing);
    return texts_are_apart(texts->known, &written, texts);
}
