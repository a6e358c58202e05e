#include "report/dot.h"

#include "report/printable.h"

void dot_add_string(Buffer *out, Text text) {
    Text shown = text_printable(out->arena, text, false);
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < shown.size; i++) {
        if (shown.data[i] == '"' || shown.data[i] == '\\')
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, shown.data[i]);
    }
    buffer_add_byte(out, '"');
}
