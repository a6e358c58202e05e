#include "graph/format_texts.h"

/* A shape is a text in which `9` stands for a digit and `F` for a hexadecimal one. */
static bool has_shape(Text text, size_t from, const char *shape) {
    size_t i = from;
    for (; *shape; shape++, i++) {
        if (i >= text.size)
            return false;
        char c = text.data[i];
        bool digit = c >= '0' && c <= '9';
        bool hexadecimal = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (*shape == '9' ? !digit : *shape == 'F' ? !hexadecimal : c != *shape)
            return false;
    }
    return true;
}

enum { DATE_SIZE = 10, TIME_SIZE = 8, UUID_SIZE = 36 };

static bool is_date(Text text) {
    return text.size == DATE_SIZE && has_shape(text, 0, "9999-99-99");
}

/* RFC 3339 section 5.6: a fraction and an offset may follow; that the offset must is often
 * forgotten, so it is not held against a text. */
static bool is_time(Text text, size_t from) {
    if (!has_shape(text, from, "99:99:99"))
        return false;
    size_t at = from + TIME_SIZE;
    return at == text.size || text.data[at] == '.' || text.data[at] == 'Z' ||
           text.data[at] == 'z' || text.data[at] == '+' || text.data[at] == '-';
}

static bool is_date_time(Text text) {
    bool separated =
        text.size > DATE_SIZE &&
        (text.data[DATE_SIZE] == 'T' || text.data[DATE_SIZE] == 't' || text.data[DATE_SIZE] == ' ');
    return separated && is_date(text_slice(text, 0, DATE_SIZE)) && is_time(text, DATE_SIZE + 1);
}

static bool is_email(Text text) {
    size_t at = text_find_byte(text, '@', 0);
    return at != SIZE_MAX && at > 0 && at + 1 < text.size;
}

static bool is_ipv4(Text text) {
    size_t dots = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool dot = text.data[i] == '.';
        if (!dot && (text.data[i] < '0' || text.data[i] > '9'))
            return false;
        dots += dot;
    }
    return dots == 3;
}

bool format_is_violated(Text format, Text text) {
    if (text_is(format, "date"))
        return !is_date(text);
    if (text_is(format, "date-time"))
        return !is_date_time(text);
    if (text_is(format, "time"))
        return !is_time(text, 0);
    if (text_is(format, "uuid"))
        return text.size != UUID_SIZE ||
               !has_shape(text, 0, "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF");
    if (text_is(format, "email"))
        return !is_email(text);
    if (text_is(format, "ipv4"))
        return !is_ipv4(text);
    if (text_is(format, "uri"))
        return text_find_byte(text, ':', 0) == SIZE_MAX;
    return false;
}
