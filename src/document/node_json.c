#include "document/document.h"

/* Writes until there is more than `limit`; what is over is cut at the end. */
typedef struct Writer {
    Buffer out;
    size_t limit;
} Writer;

static bool full(const Writer *writer) {
    return writer->out.size > writer->limit;
}

static void write_string(Writer *writer, Text text) {
    static const char hexadecimal[] = "0123456789abcdef";
    static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    buffer_add_byte(&writer->out, '"');
    for (size_t i = 0; i < text.size && !full(writer); i++) {
        char c = text.data[i];
        const char *known = c ? strchr(escaped, c) : NULL;
        if (known) {
            buffer_add_byte(&writer->out, '\\');
            buffer_add_byte(&writer->out, letters[known - escaped]);
        } else if ((unsigned char)c < 0x20) {
            buffer_add(&writer->out, TEXT("\\u00"));
            buffer_add_byte(&writer->out, hexadecimal[(unsigned char)c >> 4]);
            buffer_add_byte(&writer->out, hexadecimal[(unsigned char)c & 15]);
        } else {
            buffer_add_byte(&writer->out, c);
        }
    }
    buffer_add_byte(&writer->out, '"');
}

/* YAML writes numbers that JSON does not: `+1`, `007`, `.5`, `5.`. */
static void write_number(Writer *writer, Text number) {
    size_t at = 0, from;
    if (number.size && (number.data[0] == '-' || number.data[0] == '+')) {
        if (number.data[at++] == '-')
            buffer_add_byte(&writer->out, '-');
    }
    while (at + 1 < number.size && number.data[at] == '0' && number.data[at + 1] >= '0' &&
           number.data[at + 1] <= '9')
        at++;
    if (at < number.size && number.data[at] == '.')
        buffer_add_byte(&writer->out, '0');
    for (from = at; at < number.size && number.data[at] != '.'; at++)
        continue;
    buffer_add(&writer->out, text_slice(number, from, at));
    bool bare = at < number.size &&
                (at + 1 == number.size || number.data[at + 1] < '0' || number.data[at + 1] > '9');
    buffer_add(&writer->out, text_slice(number, bare ? at + 1 : at, number.size));
}

static void write_node(Writer *writer, const Node *node) {
    bool mapping = node->kind == NODE_MAPPING;
    switch (node->kind) {
    case NODE_NULL:
        buffer_add(&writer->out, TEXT("null"));
        return;
    case NODE_BOOLEAN:
        buffer_add(&writer->out, text_of_truth(node->boolean));
        return;
    case NODE_NUMBER:
        write_number(writer, node->text);
        return;
    case NODE_STRING:
        write_string(writer, node->text);
        return;
    default:
        break;
    }
    buffer_add_byte(&writer->out, mapping ? '{' : '[');
    for (uint32_t i = 0; i < node->count && !full(writer); i++) {
        if (i)
            buffer_add_byte(&writer->out, ',');
        if (mapping) {
            write_string(writer, node->members[i].key);
            buffer_add_byte(&writer->out, ':');
        }
        write_node(writer, mapping ? node->members[i].value : node->items[i]);
    }
    buffer_add_byte(&writer->out, mapping ? '}' : ']');
}

Text node_to_json(Arena *arena, const Node *node, size_t limit) {
    Writer writer = {.out = {.arena = arena}, .limit = limit};
    write_node(&writer, node);
    if (full(&writer)) {
        size_t end = limit;
        while (end > 0 && ((unsigned char)writer.out.data[end] & 0xc0) == 0x80)
            end--;
        writer.out.size = end;
        buffer_add(&writer.out, TEXT("…"));
    }
    return buffer_text(&writer.out);
}
