#include "load/pact_reader.h"

Text pact_scalar_text(Arena *arena, const Node *scalar) {
    switch (scalar->kind) {
    case NODE_STRING:
    case NODE_NUMBER:
        return scalar->text;
    case NODE_BOOLEAN:
        return node_to_json(arena, scalar, SIZE_MAX);
    default:
        return (Text){"", 0};
    }
}

const Node *pact_string_node(Arena *arena, Text text, const Node *origin) {
    if (origin->kind == NODE_STRING && text_equal(origin->text, text))
        return origin;
    Node *node = arena_new_object(arena, Node);
    node->kind = NODE_STRING;
    node->line = origin->line;
    node->column = origin->column;
    node->parent = origin->parent ? origin->parent : origin;
    node->text = text;
    return node;
}

/* ---- Forms ----------------------------------------------------------------------------------- */

/* What is no UTF-8 once decoded stays encoded: texts are UTF-8 throughout. */
static Text form_decoded(Arena *arena, Text text) {
    char *spaced = arena_copy(arena, text.data, text.size);
    for (size_t i = 0; i < text.size; i++)
        spaced[i] = spaced[i] == '+' ? ' ' : spaced[i];
    Text decoded = text_percent_decode(arena, (Text){spaced, text.size});
    return text_is_utf8(decoded, NULL) ? decoded : text;
}

Pairs pact_pairs(Arena *arena, Text text) {
    Pairs pairs = {0};
    for (size_t from = 0; from < text.size;) {
        size_t end = text_find_byte(text, '&', from);
        Text piece = text_slice(text, from, end);
        from = end == SIZE_MAX ? text.size : end + 1;
        if (!piece.size)
            continue;
        size_t sign = text_find_byte(piece, '=', 0);
        Text value = sign == SIZE_MAX ? (Text){"", 0} : text_slice(piece, sign + 1, piece.size);
        Pair pair = {form_decoded(arena, text_slice(piece, 0, sign)), form_decoded(arena, value)};
        array_push(arena, &pairs, pair);
    }
    return pairs;
}

/* ---- Base64 ---------------------------------------------------------------------------------- */

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool pact_base64(Arena *arena, Text text, Text *decoded) {
    text = text_trim(text);
    while (text.size && text.data[text.size - 1] == '=')
        text.size--;
    if (text.size % 4 == 1)
        return false;
    Buffer out = {.arena = arena};
    unsigned bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < text.size; i++) {
        int value = base64_value(text.data[i]);
        if (value < 0)
            return false;
        bits = (bits << 6 | (unsigned)value) & 0xffff;
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        buffer_add_byte(&out, (char)(unsigned char)(bits >> held & 0xff));
    }
    *decoded = buffer_text(&out);
    return true;
}
