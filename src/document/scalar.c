#include "document/scalar.h"

/* A number of more hexadecimal or octal digits is taken for a string: nobody means it as a number,
 * and turning it into decimal digits takes time by the square of its length. */
enum { OTHER_BASE_LIMIT = 1024 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t skip_digits(Text text, size_t at) {
    while (at < text.size && is_digit(text.data[at]))
        at++;
    return at;
}

static size_t skip_sign(Text text, size_t at) {
    return at < text.size && (text.data[at] == '-' || text.data[at] == '+') ? at + 1 : at;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_decimal(Text text) {
    size_t start = skip_sign(text, 0), at = skip_digits(text, start);
    bool whole = at > start;
    if (at < text.size && text.data[at] == '.') {
        size_t fraction = at + 1;
        at = skip_digits(text, fraction);
        if (!whole && at == fraction)
            return false;
    } else if (!whole) {
        return false;
    }
    if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
        size_t exponent = skip_sign(text, at + 1);
        at = skip_digits(text, exponent);
        if (at == exponent)
            return false;
    }
    return at == text.size;
}

/* The value of a digit in the base, or -1. */
static int digit_value(char c, int base) {
    int value = is_digit(c)              ? c - '0'
                : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                         : base;
    return value < base ? value : -1;
}

/* 8 for 0o…, 16 for 0x…, else 0. */
static int other_base(Text text) {
    if (text.size < 3 || text.size > OTHER_BASE_LIMIT || text.data[0] != '0')
        return 0;
    int base = text.data[1] == 'o' ? 8 : text.data[1] == 'x' ? 16 : 0;
    for (size_t i = 2; base && i < text.size; i++)
        if (digit_value(text.data[i], base) < 0)
            return 0;
    return base;
}

/* The kind of a plain scalar without a tag. */
static NodeKind plain_kind(Text plain) {
    if (!plain.size)
        return NODE_NULL;
    switch (plain.data[0]) {
    case '~':
        return plain.size == 1 ? NODE_NULL : NODE_STRING;
    case 'n':
    case 'N':
        return text_is(plain, "null") || text_is(plain, "Null") || text_is(plain, "NULL")
                   ? NODE_NULL
                   : NODE_STRING;
    case 'f':
    case 'F':
        return text_is(plain, "false") || text_is(plain, "False") || text_is(plain, "FALSE")
                   ? NODE_BOOLEAN
                   : NODE_STRING;
    case 't':
    case 'T':
        return scalar_is_true(plain) ? NODE_BOOLEAN : NODE_STRING;
    default:
        if (!is_digit(plain.data[0]) && !memchr("+-.", plain.data[0], 3))
            return NODE_STRING;
        return is_decimal(plain) || other_base(plain) ? NODE_NUMBER : NODE_STRING;
    }
}

bool scalar_is_true(Text word) {
    return text_is(word, "true") || text_is(word, "True") || text_is(word, "TRUE");
}

/* Of a number: whether it is written with neither point nor exponent. */
static bool is_integer(Text number) {
    return other_base(number) || skip_digits(number, skip_sign(number, 0)) == number.size;
}

static bool is_infinite_or_nan(Text text) {
    Text word = text_slice(text, skip_sign(text, 0), text.size);
    return text_is(word, ".inf") || text_is(word, ".Inf") || text_is(word, ".INF") ||
           text_is(text, ".nan") || text_is(text, ".NaN") || text_is(text, ".NAN");
}

/* The end of a tag of the core schema: "str"; else empty. */
static Text core_tag(Text tag) {
    Text prefix = TEXT("tag:yaml.org,2002:");
    return text_starts_with(tag, prefix) ? text_slice(tag, prefix.size, tag.size) : (Text){0};
}

const char *scalar_tagged_kind(Text text, bool plain, Text tag, NodeKind *kind) {
    Text core = core_tag(tag);
    *kind = NODE_STRING;
    if (text_is(core, "str"))
        return NULL;
    NodeKind found = plain_kind(text);
    if (text_is(core, "float") && is_infinite_or_nan(text))
        return NULL;
    bool number = text_is(core, "int") || text_is(core, "float");
    if (number || text_is(core, "bool") || text_is(core, "null")) {
        *kind = number ? NODE_NUMBER : text_is(core, "bool") ? NODE_BOOLEAN : NODE_NULL;
        bool fits = found == *kind && (!text_is(core, "int") || is_integer(text));
        return fits                    ? NULL
               : text_is(core, "int")  ? "an integer"
               : *kind == NODE_NUMBER  ? "a number"
               : *kind == NODE_BOOLEAN ? "a boolean"
                                       : "null";
    }
    *kind = plain ? found : NODE_STRING;
    return NULL;
}

bool scalar_is_merge(Text text, bool plain, Text tag) {
    return plain && text_equal(text, TEXT("<<")) && !text_is(core_tag(tag), "str");
}

Text scalar_decimal(Arena *arena, Text number) {
    int base = other_base(number);
    if (!base)
        return number;
    /* Digits from the lowest, as many as the number has, or a quarter more for hexadecimal. */
    size_t room = number.size * 5 / 4 + 1, count = 1;
    char *digits = arena_alloc(arena, room);
    for (size_t i = 2; i < number.size; i++) {
        int carry = digit_value(number.data[i], base);
        for (size_t j = 0; j < count || carry; j++) {
            carry += digits[j] * base;
            digits[j] = (char)(carry % 10);
            carry /= 10;
            count = j < count ? count : j + 1;
        }
    }
    for (size_t i = 0, j = count - 1; i < j; i++, j--) {
        char swapped = digits[i];
        digits[i] = digits[j];
        digits[j] = swapped;
    }
    for (size_t i = 0; i < count; i++)
        digits[i] = (char)(digits[i] + '0');
    return (Text){digits, count};
}
