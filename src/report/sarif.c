/* SARIF 2.1.0 (OASIS), for code scanning: one run, the rules with their help, each finding with a
 * fingerprint that survives moved lines and with all places that have a part in it.
 */
#include "report/findings.h"
#include "report/forms.h"
#include "report/json_writer.h"
#include "report/printable.h"

#include <stdio.h>

/* ---- texts ----------------------------------------------------------------------------------- */

/* In a message, braces are placeholders unless doubled (3.11.5), and `](` would make a link
 * (3.11.6). */
static json_t *message_json(Arena *arena, Text text) {
    Buffer out = {.arena = arena};
    Text shown = text_printable(arena, text, true);
    for (size_t i = 0; i < shown.size; i++) {
        char byte = shown.data[i];
        if (byte == ']' && i + 1 < shown.size && shown.data[i + 1] == '(')
            buffer_add_byte(&out, '\\');
        buffer_add_byte(&out, byte);
        if (byte == '{' || byte == '}')
            buffer_add_byte(&out, byte);
    }
    json_t *object = json_object();
    json_put(&object, "text", json_from_text(buffer_text(&out)));
    return object;
}

static bool is_url(Text path) {
    return memmem(path.data, path.size, "://", 3) != NULL;
}

/* RFC 3986 section 3.3; an absolute path as a file URI, and a URL as it is. */
static Text uri_of(Arena *arena, Text path) {
    const char *unreserved = is_url(path) ? "-._~/!$&'()*+,;=@:?#[]%" : "-._~/!$&'()*+,;=@";
    Buffer out = {.arena = arena};
    if (text_starts_with(path, TEXT("/")))
        buffer_add(&out, TEXT("file://"));
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                      (byte >= '0' && byte <= '9');
        if (letter || (byte && strchr(unreserved, byte)))
            buffer_add_byte(&out, (char)byte);
        else
            buffer_format(&out, "%%%02X", byte);
    }
    return buffer_text(&out);
}

/* ---- places ---------------------------------------------------------------------------------- */

static json_t *region_json(const Location *location) {
    json_t *region = json_object();
    size_t from, to;
    json_put(&region, "startLine", json_integer(location->place.line));
    if (location->place.column)
        json_put(&region, "startColumn", json_integer(location->place.column));
    if (excerpt_word(&location->excerpt, location->place, &from, &to)) {
        Text line = excerpt_line(&location->excerpt, location->place.line);
        size_t width = text_length(text_slice(line, from, to));
        json_put(&region, "endColumn", json_from_count(location->place.column + width));
    }
    return region;
}

static json_t *location_json(Arena *arena, const Location *location) {
    json_t *physical = json_object(), *artifact = json_object(), *object = json_object();
    Text file = location->place.file;
    json_put(&artifact, "uri", json_from_text(uri_of(arena, file)));
    if (!text_starts_with(file, TEXT("/")) && !is_url(file))
        json_put(&artifact, "uriBaseId", json_string("%SRCROOT%"));
    json_put(&physical, "artifactLocation", artifact);
    if (location->place.line)
        json_put(&physical, "region", region_json(location));
    json_put(&object, "physicalLocation", physical);
    if (location->pointer.size) {
        json_t *logical = json_object(), *list = json_array();
        json_put(&logical, "fullyQualifiedName",
                 json_from_text(text_printable(arena, location->pointer, false)));
        json_append(&list, logical);
        json_put(&object, "logicalLocations", list);
    }
    return object;
}

static json_t *related_json(Arena *arena, const Finding *finding) {
    json_t *list = json_array();
    for (size_t i = 0; i < finding->related.count; i++) {
        const RelatedPlace *related = &finding->related.items[i];
        json_t *location = location_json(arena, &related->location);
        json_put(&location, "id", json_from_count(i + 1));
        json_put(&location, "message",
                 message_json(arena, text_printable(arena, related->label, false)));
        json_append(&list, location);
    }
    return list;
}

/* Of a rule's text, where `{name}` stands for what each finding names. */
static json_t *template_json(Arena *arena, Text text) {
    char *named = arena_copy(arena, text.data, text.size);
    for (size_t i = 0; i < text.size; i++)
        named[i] = named[i] == '{' ? '<' : named[i] == '}' ? '>' : named[i];
    return message_json(arena, (Text){named, text.size});
}

/* ---- rules and results ----------------------------------------------------------------------- */

static json_t *rule_json_of(Arena *arena, const Rule *rule) {
    json_t *object = json_object();
    json_put(&object, "id", json_from_text(rule->id));
    if (rule->purpose.size)
        json_put(&object, "shortDescription", template_json(arena, rule->purpose));
    if (rule->why.size)
        json_put(&object, "fullDescription", template_json(arena, rule->why));
    Text help = rule->help;
    if (rule->standard.size)
        help = text_format(arena, "%.*s%s(%.*s)", TEXT_ARG(help), help.size ? "\n" : "",
                           TEXT_ARG(rule->standard));
    if (help.size)
        json_put(&object, "help", template_json(arena, help));
    return object;
}

static json_t *tool_json(Arena *arena, const Findings *findings, const TextLayout *layout) {
    json_t *tool = json_object(), *driver = json_object(), *rules = json_array();
    for (size_t i = 0; i < findings->rules.rules.count; i++)
        json_append(&rules, rule_json_of(arena, findings->rules.rules.items[i]));
    json_put(&driver, "name", json_string("breakwater"));
    if (layout->version)
        json_put(&driver, "semanticVersion", json_string(layout->version));
    json_put(&driver, "rules", rules);
    json_put(&tool, "driver", driver);
    return tool;
}

static Text whole_message(Arena *arena, const Finding *finding) {
    Buffer out = {.arena = arena};
    buffer_add(&out, text_printable(arena, finding->message, false));
    for (size_t i = 0; i < finding->lines.count; i++) {
        buffer_add_byte(&out, '\n');
        buffer_add(&out, text_printable(arena, finding->lines.items[i], false));
    }
    return buffer_text(&out);
}

static json_t *suppressions_json(Arena *arena, const Finding *finding) {
    json_t *list = json_array(), *suppression = json_object();
    json_put(&suppression, "kind", json_string("external"));
    json_put(&suppression, "justification",
             json_from_text(text_printable(arena, finding->suppressed, false)));
    json_append(&list, suppression);
    return list;
}

static json_t *result_json(Arena *arena, const Findings *findings, const Finding *finding) {
    static const char *const levels[] = {"note", "warning", "error"};
    json_t *object = json_object(), *prints = json_object();
    json_put(&object, "ruleId", json_from_text(finding->rule->id));
    json_put(&object, "ruleIndex",
             json_from_count(fired_rule_index(&findings->rules, finding->rule)));
    json_put(&object, "level", json_string(levels[finding->level]));
    json_put(&object, "message", message_json(arena, whole_message(arena, finding)));
    if (finding->at.place.file.size) {
        json_t *locations = json_array();
        json_append(&locations, location_json(arena, &finding->at));
        json_put(&object, "locations", locations);
    }
    if (finding->related.count)
        json_put(&object, "relatedLocations", related_json(arena, finding));
    json_put(&prints, "breakwaterChange/v1", json_from_text(finding->fingerprint));
    json_put(&object, "partialFingerprints", prints);
    if (finding->suppressed.size)
        json_put(&object, "suppressions", suppressions_json(arena, finding));
    return object;
}

Text findings_sarif(Arena *arena, const Findings *findings, const TextLayout *layout) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "$schema",
                      json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    json_write_member(writer, "version", json_string("2.1.0"));
    json_begin_array(writer, "runs");
    json_begin_item(writer);
    json_write_member(writer, "tool", tool_json(arena, findings, layout));
    json_write_member(writer, "columnKind", json_string("unicodeCodePoints"));
    json_begin_array(writer, "results");
    for (size_t i = 0; i < findings->list.count; i++)
        json_write_item(writer, result_json(arena, findings, &findings->list.items[i]));
    json_end_array(writer);
    json_end_item(writer);
    json_end_array(writer);
    return json_finish(writer);
}
