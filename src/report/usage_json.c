/* The usage view for programs, by include/breakwater-usage.schema.json. */
#include "report/json_parts.h"
#include "report/report.h"

enum { REPORT_VERSION = 1 };

static json_t *users_json(const UsageConsumers *users) {
    json_t *array = json_array();
    for (size_t i = 0; i < users->count; i++) {
        const UsageConsumer *user = &users->items[i];
        json_t *object = json_object();
        json_put(&object, "consumer", json_from_text(user->consumer));
        json_put(&object, "sends", json_boolean(user->sends));
        json_put(&object, "reads", json_boolean(user->reads));
        json_put(&object, "interactions", json_from_count(user->interactions));
        json_put(&object, "pact", json_from_text(user->pact));
        json_put(&object, "line", json_integer(user->line));
        json_put(&object, "interaction", json_from_text(user->interaction));
        json_append(&array, object);
    }
    return array;
}

static json_t *part_json(const UsagePart *part) {
    static const char *const kinds[] = {
        [USAGE_PARAMETER] = "parameter",
        [USAGE_BODY] = "body",
        [USAGE_RESPONSE] = "response",
        [USAGE_HEADER] = "header",
    };
    json_t *object = json_object();
    json_put(&object, "kind", json_string(kinds[part->kind]));
    json_put(&object, "location", json_from_text(part->location));
    json_put(&object, "required", json_boolean(part->required));
    json_put(&object, "deprecated", json_boolean(part->deprecated));
    json_put(&object, "description",
             json_from_place(part->description.place, part->description.pointer));
    json_put(&object, "used_by", users_json(&part->users));
    return object;
}

static json_t *operation_json(const UsageOperation *operation) {
    json_t *object = json_object(), *parts = json_array();
    for (size_t i = 0; i < operation->parts.count; i++)
        json_append(&parts, part_json(&operation->parts.items[i]));
    json_put(&object, "method", json_from_text(operation->method));
    json_put(&object, "path", json_from_text(operation->path));
    json_put(&object, "deprecated", json_boolean(operation->deprecated));
    json_put(&object, "description",
             json_from_place(operation->description.place, operation->description.pointer));
    json_put(&object, "used_by", users_json(&operation->users));
    json_put(&object, "parts", parts);
    return object;
}

static json_t *property_json(const UsageProperty *property) {
    json_t *object = json_object();
    json_put(&object, "location", json_from_text(property->location));
    json_put(&object, "required", json_boolean(property->required));
    json_put(&object, "deprecated", json_boolean(property->deprecated));
    json_put(&object, "in_request", json_boolean(property->in_request));
    json_put(&object, "in_response", json_boolean(property->in_response));
    json_put(&object, "description",
             json_from_place(property->description.place, property->description.pointer));
    json_put(&object, "used_by", users_json(&property->users));
    return object;
}

static json_t *count_json(const UsageCount *count) {
    json_t *object = json_object();
    json_put(&object, "used", json_from_count(count->used));
    json_put(&object, "all", json_from_count(count->all));
    return object;
}

static json_t *summary_json(const UsageReport *report) {
    json_t *object = json_object();
    json_put(&object, "operations", count_json(&report->operation_count));
    json_put(&object, "parameters", count_json(&report->parameter_count));
    json_put(&object, "properties", count_json(&report->property_count));
    json_put(&object, "consumers", json_from_count(report->consumers));
    json_put(&object, "interactions", json_from_count(report->interactions));
    return object;
}

Text usage_json(Arena *arena, const UsageReport *report) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "breakwater", json_integer(REPORT_VERSION));
    json_write_member(writer, "source", json_from_text(report->source));
    json_write_member(writer, "unused_only", json_boolean(report->unused_only));
    json_write_member(writer, "summary", summary_json(report));
    json_begin_array(writer, "operations");
    for (size_t i = 0; i < report->operations.count; i++)
        json_write_item(writer, operation_json(&report->operations.items[i]));
    json_end_array(writer);
    json_begin_array(writer, "properties");
    for (size_t i = 0; i < report->properties.count; i++)
        json_write_item(writer, property_json(&report->properties.items[i]));
    json_end_array(writer);
    json_begin_array(writer, "unmatched");
    for (size_t i = 0; i < report->unmatched.count; i++)
        json_write_item(writer, json_from_consumer(&report->unmatched.items[i].who));
    json_end_array(writer);
    return json_finish(writer);
}
