#include "document/json.h"

/* The offset behind the string that opens at `at`; SIZE_MAX where it does not end. */
static size_t string_end(Text text, size_t at) {
    for (size_t i = at + 1; i < text.size; i++) {
        if (text.data[i] == '"')
            return i + 1;
        if (text.data[i] == '\\')
            i++;
    }
    return SIZE_MAX;
}

size_t json_find_too_deep(Text text) {
    size_t depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '{' || c == '[') {
            if (++depth > NESTING_LIMIT)
                return i;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
        } else if (c == '"') {
            i = string_end(text, i);
            if (i == SIZE_MAX)
                return i;
            i--;
        }
    }
    return SIZE_MAX;
}

size_t json_value_size(Text text) {
    size_t depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '"') {
            i = string_end(text, i);
            if (i == SIZE_MAX)
                break;
            i--;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
        } else if (depth || !memchr(" \t\r\n,", c, 5)) {
            continue;
        }
        if (!depth)
            return c == ',' ? i : i + 1;
    }
    return text.size;
}

static size_t skip_digits(Text text, size_t at) {
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    return at;
}

/* The offset behind the number at `at` (RFC 8259 section 6), or `at` where there is none. */
static size_t number_end(Text text, size_t at) {
    size_t start = at < text.size && text.data[at] == '-' ? at + 1 : at;
    size_t end =
        start < text.size && text.data[start] == '0' ? start + 1 : skip_digits(text, start);
    if (end == start)
        return at;
    if (end < text.size && text.data[end] == '.') {
        size_t fraction = skip_digits(text, end + 1);
        if (fraction == end + 1)
            return end;
        end = fraction;
    }
    if (end < text.size && (text.data[end] == 'e' || text.data[end] == 'E')) {
        size_t digits = end + 1;
        if (digits < text.size && (text.data[digits] == '-' || text.data[digits] == '+'))
            digits++;
        size_t exponent = skip_digits(text, digits);
        end = exponent > digits ? exponent : end;
    }
    return end;
}

Text json_blank_numbers(Arena *arena, Text text) {
    char *copy = arena_copy(arena, text.data, text.size);
    for (size_t i = 0; i < text.size;) {
        bool string = text.data[i] == '"';
        size_t end = string ? string_end(text, i) : number_end(text, i);
        if (end == SIZE_MAX)
            break;
        if (!string && end > i) {
            memset(copy + i, ' ', end - i);
            copy[i] = '0';
        }
        i = end > i ? end : i + 1;
    }
    return (Text){copy, text.size};
}

/* The start of the string whose closing quote is right before `end`. */
static size_t string_start(Text text, size_t end) {
    for (size_t i = end - 1; i > 0; i--) {
        if (text.data[i - 1] != '"')
            continue;
        size_t backslashes = 0;
        while (backslashes < i - 1 && text.data[i - 2 - backslashes] == '\\')
            backslashes++;
        if (backslashes % 2 == 0)
            return i - 1;
    }
    return 0;
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("+-._", c));
}

/* Where the token starts that jansson has read up to `end`. */
static size_t token_start(Text text, size_t end) {
    if (end > text.size)
        end = text.size;
    if (!end)
        return 0;
    if (text.data[end - 1] == '"')
        return string_start(text, end);
    size_t start = end;
    while (start > 0 && is_word_byte(text.data[start - 1]))
        start--;
    return start < end ? start : end - 1;
}

/* The offset of the brace of the object in which `key` stands; the text before is valid. */
static size_t object_start(Tree *tree, Text text, size_t key) {
    size_t *open = arena_new_array(tree->arena, NESTING_LIMIT + 1, size_t), depth = 0;
    for (size_t i = 0; i < key; i++) {
        if (text.data[i] == '"')
            i = string_end(text, i) - 1;
        else if (text.data[i] == '{' || text.data[i] == '[')
            open[depth++] = i;
        else if (text.data[i] == '}' || text.data[i] == ']')
            depth--;
    }
    return open[depth - 1];
}

static void release(void *string) {
    json_decref(string);
}

static Text decode_string(Arena *arena, Text text, size_t at) {
    json_error_t error;
    json_t *string = json_loadb(text.data + at, string_end(text, at) - at,
                                JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!string)
        arena_exhausted(arena); /* it was read before, so nothing else is wrong with it */
    arena_on_free(arena, release, string);
    return (Text){json_string_value(string), json_string_length(string)};
}

static bool is_key(Text text, size_t at) {
    size_t next = string_end(text, at);
    while (next < text.size && memchr(" \t\r\n", text.data[next], 4))
        next++;
    return next < text.size && text.data[next] == ':';
}

/* The first key in the object of the one at `second` that is equal to it. Texts are compared
 * decoded:
 * `"a"` and `"\u0061"` are the same key. */
static size_t first_key(Tree *tree, Text text, size_t second, Text key) {
    size_t depth = 0;
    for (size_t i = object_start(tree, text, second) + 1; i < second; i++) {
        char c = text.data[i];
        if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        } else if (c == '"') {
            if (!depth && is_key(text, i) && text_equal(decode_string(tree->arena, text, i), key))
                return i;
            i = string_end(text, i) - 1;
        }
    }
    return second;
}

static bool diagnose_duplicate(Tree *tree, Text text, size_t second) {
    Text key = decode_string(tree->arena, text, second);
    diagnose(tree->diagnostics, DUPLICATE_KEY, tree_place_at(tree, second), TEXT_ARG(key));
    Place first = tree_place_at(tree, first_key(tree, text, second, key));
    return tree_first_given(tree, first);
}

bool json_diagnose(Tree *tree, const json_error_t *error, bool *syntax) {
    Text text = tree->document->source.bytes, message = text_from(error->text);
    if (!message.size || json_error_code(error) == json_error_out_of_memory)
        arena_exhausted(tree->arena);
    size_t at = token_start(text, (size_t)error->position);
    if (json_error_code(error) == json_error_duplicate_key)
        return diagnose_duplicate(tree, text, at);
    if (json_error_code(error) == json_error_null_byte_in_key)
        return diagnose(tree->diagnostics, KEY_HOLDS_NUL, tree_place_at(tree, at), "\\u0000");
    *syntax = true;
    if (strstr(error->text, " near end of file"))
        at = text.size;
    const char *near = strstr(error->text, " near '"); /* the excerpt shows it */
    if (near)
        message.size = (size_t)(near - error->text);
    return diagnose(tree->diagnostics, NOT_JSON, tree_place_at(tree, at), TEXT_ARG(message));
}
