#include "support/diagnostics.h"

#include <stdio.h>

static const Severity severities[] = {
#define DIAGNOSTIC(id, severity, format) SEVERITY_##severity,
#include "support/diagnostic.def"
#undef DIAGNOSTIC
};

bool diagnostics_add(Diagnostics *diagnostics, DiagnosticId id, Place place, const char *format,
                     ...) {
    va_list arguments;
    va_start(arguments, format);
    Diagnostic diagnostic = {
        .id = id,
        .severity = severities[id],
        .message = text_vformat(diagnostics->arena, format, arguments),
        .place = place,
    };
    va_end(arguments);
    array_push(diagnostics->arena, &diagnostics->list, diagnostic);
    diagnostics->errors += diagnostic.severity == SEVERITY_ERROR;
    return false;
}

void diagnostics_second_place(Diagnostics *diagnostics, const char *label, Place place) {
    Diagnostic *newest = &diagnostics->list.items[diagnostics->list.count - 1];
    newest->second_label = text_from(label);
    newest->second_place = place;
}

static Text line_of(Place place) {
    size_t from = 0;
    for (uint32_t line = 1; line < place.line; line++) {
        size_t end = text_find_byte(place.content, '\n', from);
        if (end == SIZE_MAX)
            return (Text){0};
        from = end + 1;
    }
    size_t end = text_find_byte(place.content, '\n', from);
    Text line = text_slice(place.content, from, end == SIZE_MAX ? place.content.size : end);
    return text_ends_with(line, TEXT("\r")) ? text_slice(line, 0, line.size - 1) : line;
}

enum { EXCERPT_WIDTH = 100 };

/* The part of the line around the column, at most EXCERPT_WIDTH code points: files in the wild have
 * lines of 17,000 characters. Tabs become spaces so that the caret stands under its character,
 * which a terminal may have given two columns. */
static void render_excerpt(Place place, Buffer *out) {
    Text line = line_of(place);
    if (!line.size || !text_is_utf8(line, NULL))
        return;
    uint32_t first = place.column > EXCERPT_WIDTH - 20 ? place.column - (EXCERPT_WIDTH - 20) : 1;
    Buffer shown = {.arena = out->arena};
    size_t before = 0;
    uint32_t column = 1;
    for (size_t from = 0, at = 0; at < line.size && column < first + EXCERPT_WIDTH; column++) {
        from = at;
        bool control = text_take_code_point(line, &at) < ' ';
        if (column == place.column)
            before = text_columns(buffer_text(&shown));
        if (column >= first)
            buffer_add(&shown, control ? TEXT(" ") : text_slice(line, from, at));
    }
    if (column <= place.column) /* the end of the line */
        before = text_columns(buffer_text(&shown)) + (place.column - column);
    char number[16];
    int width = snprintf(number, sizeof number, "%u", place.line);
    buffer_format(out, "%*s |\n%s | %.*s\n%*s | %*s^\n", width, "", number,
                  TEXT_ARG(buffer_text(&shown)), width, "", (int)before, "");
}

static void render_place(Place place, Buffer *out) {
    if (!place.file.size)
        return;
    buffer_format(out, "  --> %.*s", TEXT_ARG(place.file));
    if (place.line)
        buffer_format(out, ":%u:%u", place.line, place.column);
    buffer_add_byte(out, '\n');
    if (place.line && place.column)
        render_excerpt(place, out);
}

void diagnostic_render(const Diagnostic *diagnostic, Buffer *out) {
    static const char *const words[] = {"error", "warning", "note"};
    buffer_format(out, "%s: %.*s\n", words[diagnostic->severity], TEXT_ARG(diagnostic->message));
    render_place(diagnostic->place, out);
    if (diagnostic->second_label.size) {
        buffer_format(out, "note: %.*s\n", TEXT_ARG(diagnostic->second_label));
        render_place(diagnostic->second_place, out);
    }
}
