/* Workflow commands of GitHub Actions: what is printed becomes annotations of the lines in the pull
 * request. Notes are left out, since GitHub shows but a few of each kind; how many stands in the
 * last line. What is waived is a notice.
 */
#include "report/findings.h"
#include "report/forms.h"
#include "report/printable.h"

/* What ends a property, and what escapes, as GitHub unescapes it; ends of lines, which would end a
 * command, are made visible as everywhere. */
static void add_escaped(Buffer *out, Text text, bool property) {
    Text shown = text_printable(out->arena, text, false);
    for (size_t i = 0; i < shown.size; i++) {
        char byte = shown.data[i];
        if (byte == '%' || (property && strchr(":,", byte)))
            buffer_format(out, "%%%02X", (unsigned char)byte);
        else
            buffer_add_byte(out, byte);
    }
}

static void add_place(Buffer *out, const Location *location) {
    const Place *place = &location->place;
    size_t from, to;
    buffer_add(out, TEXT("file="));
    add_escaped(out, place->file, true);
    if (place->line)
        buffer_format(out, ",line=%u", place->line);
    if (place->line && place->column)
        buffer_format(out, ",col=%u", place->column);
    if (excerpt_word(&location->excerpt, *place, &from, &to)) {
        Text line = excerpt_line(&location->excerpt, place->line);
        buffer_format(out, ",endColumn=%zu",
                      place->column + text_length(text_slice(line, from, to)));
    }
    buffer_add_byte(out, ',');
}

static void add_finding(Buffer *out, const Finding *finding) {
    bool waived = finding->suppressed.size > 0;
    buffer_format(out, "::%s ",
                  finding->level == LEVEL_ERROR ? "error"
                  : waived                      ? "notice"
                                                : "warning");
    if (finding->at.place.file.size)
        add_place(out, &finding->at);
    buffer_add(out, TEXT("title="));
    add_escaped(out,
                text_format(out->arena, "breakwater: %s%.*s [%.*s]", waived ? "waived: " : "",
                            TEXT_ARG(finding->rule->id), TEXT_ARG(finding->id)),
                true);
    buffer_add(out, TEXT("::"));
    add_escaped(out, finding->message, false);
    for (size_t i = 0; i < finding->lines.count; i++) {
        buffer_add(out, TEXT("%0A"));
        add_escaped(out, finding->lines.items[i], false);
    }
    buffer_add_byte(out, '\n');
}

Text findings_github(Arena *arena, const Findings *findings, const TextLayout *layout) {
    (void)layout;
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < findings->list.count; i++)
        if (findings->list.items[i].level != LEVEL_NOTE || findings->list.items[i].suppressed.size)
            add_finding(&out, &findings->list.items[i]);
    buffer_add(&out, TEXT("::notice title=breakwater::"));
    add_escaped(&out, findings->summary, false);
    buffer_add_byte(&out, '\n');
    return buffer_text(&out);
}
