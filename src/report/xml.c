#include "report/xml.h"

#include "report/printable.h"

/* XML 1.0 section 2.2: what is left of harm after text_printable. */
static bool is_no_xml(uint32_t code) {
    return code == 0xfffe || code == 0xffff;
}

static void add_code(Buffer *out, Text text, size_t from, size_t to, uint32_t code) {
    switch (code) {
    case '&':
        buffer_add(out, TEXT("&amp;"));
        break;
    case '<':
        buffer_add(out, TEXT("&lt;"));
        break;
    case '>':
        buffer_add(out, TEXT("&gt;"));
        break;
    case '"':
        buffer_add(out, TEXT("&quot;"));
        break;
    case '\'':
        buffer_add(out, TEXT("&#39;"));
        break;
    default:
        buffer_add(out, is_no_xml(code) ? TEXT("\xef\xbf\xbd") : text_slice(text, from, to));
    }
}

void xml_add(Buffer *out, Text text) {
    Text shown = text_printable(out->arena, text, false);
    for (size_t i = 0; i < shown.size;) {
        size_t from = i;
        uint32_t code = utf8_next(shown, &i);
        add_code(out, shown, from, i, code);
    }
}
