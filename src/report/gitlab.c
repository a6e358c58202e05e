/* GitLab's code quality report: a JSON array of findings, which GitLab compares by fingerprint with
 * that of the target branch and shows in the merge request. What is waived is of the least severity
 * and says so first, since the format has no field for it.
 */
#include "report/findings.h"
#include "report/forms.h"
#include "report/json_writer.h"
#include "report/printable.h"

#include <stdio.h>

enum { DESCRIPTION_MOST = 2000 };

static Text description_of(Arena *arena, const Finding *finding) {
    Buffer out = {.arena = arena};
    if (finding->suppressed.size)
        buffer_add(&out, TEXT("waived: "));
    buffer_add(&out, finding->message);
    for (size_t i = 0; i < finding->lines.count; i++) {
        buffer_add(&out, i ? TEXT("; ") : TEXT(" — "));
        buffer_add(&out, finding->lines.items[i]);
    }
    return text_cut(arena, text_printable(arena, buffer_text(&out), false), DESCRIPTION_MOST);
}

static json_t *location_json(Arena *arena, const Place *place) {
    json_t *location = json_object(), *lines = json_object();
    json_put(&lines, "begin", json_integer(place->line ? place->line : 1));
    json_put(&location, "path", json_from_text(text_printable(arena, place->file, false)));
    json_put(&location, "lines", lines);
    return location;
}

static json_t *finding_json(Arena *arena, const Finding *finding) {
    static const char *const severities[] = {"info", "minor", "blocker"};
    json_t *object = json_object();
    json_put(&object, "description", json_from_text(description_of(arena, finding)));
    json_put(&object, "check_name", json_from_text(finding->rule->id));
    json_put(&object, "fingerprint", json_from_text(finding->fingerprint));
    json_put(&object, "severity", json_string(severities[finding->level]));
    json_put(&object, "location", location_json(arena, &finding->at.place));
    return object;
}

Text findings_gitlab(Arena *arena, const Findings *findings, const TextLayout *layout) {
    (void)layout;
    JsonWriter *writer = json_array_writer_new(arena);
    for (size_t i = 0; i < findings->list.count; i++)
        json_write_item(writer, finding_json(arena, &findings->list.items[i]));
    return json_finish(writer);
}
