/* The gate's answer for programs, by include/breakwater-answer.schema.json; environments. */
#include "report/json_writer.h"
#include "report/report.h"

enum { REPORT_VERSION = 1 };

static json_t *result_json(GateResult result) {
    static const char *const words[] = {
        [GATE_YES] = "yes", [GATE_UNKNOWN] = "unknown", [GATE_NO] = "no"};
    return json_string(words[result]);
}

static json_t *texts_json(const Text *texts, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(&array, json_from_text(texts[i]));
    return array;
}

static json_t *known_json(bool known, bool success) {
    return known ? json_boolean(success) : json_null();
}

static json_t *detail_json(const GateDetail *detail) {
    json_t *object = json_object();
    json_put(&object, "interaction", json_from_text(detail->interaction));
    json_put(&object, "place", json_from_text(detail->place));
    json_put(&object, "message", json_from_text(detail->message));
    return object;
}

static json_t *details_list(const GateDetail *details, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(&array, detail_json(&details[i]));
    return array;
}

static json_t *row_json(const GateRow *row) {
    json_t *object = json_object();
    json_put(&object, "consumer", json_from_text(row->consumer));
    json_put(&object, "consumer_version", json_from_text(row->consumer_version));
    json_put(&object, "provider", json_from_text(row->provider));
    json_put(&object, "provider_version", json_from_text_or_null(row->provider_version));
    json_put(&object, "required", json_boolean(row->required));
    json_put(&object, "ignored", json_boolean(row->ignored));
    json_put(&object, "pending", json_boolean(row->pending));
    json_put(&object, "result", result_json(row->result));
    json_put(&object, "verified", known_json(row->replayed, row->replay_success));
    json_put(&object, "compared", known_json(row->compared, row->compare_success));
    json_put(&object, "reason", json_from_text(row->reason));
    json_put(&object, "mismatches", details_list(row->details.items, row->details.count));
    json_put(&object, "not_guaranteed", details_list(row->doubts.items, row->doubts.count));
    json_put(&object, "unreached", json_from_count(row->unreached));
    json_put(&object, "unverified", texts_json(row->unverified.items, row->unverified.count));
    json_put(&object, "since", json_from_text_or_null(row->since));
    json_put(&object, "changes", texts_json(row->changes.items, row->changes.count));
    return object;
}

static json_t *summary_json(const GateAnswer *answer) {
    json_t *object = json_object();
    json_put(&object, "success", json_from_count(answer->success));
    json_put(&object, "failed", json_from_count(answer->failed));
    json_put(&object, "unknown", json_from_count(answer->unknown));
    json_put(&object, "deployable",
             known_json(answer->result != GATE_UNKNOWN, answer->result == GATE_YES));
    json_put(&object, "reason",
             json_from_text(answer->reasons.count ? answer->reasons.items[0] : (Text){0}));
    return object;
}

Text answer_json(Arena *arena, const GateAnswer *answer) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "breakwater", json_integer(REPORT_VERSION));
    json_write_member(writer, "question", json_from_text(answer->question));
    json_write_member(writer, "deployable", result_json(answer->result));
    json_write_member(writer, "summary", summary_json(answer));
    json_write_member(writer, "reasons", texts_json(answer->reasons.items, answer->reasons.count));
    json_write_member(writer, "warnings",
                      texts_json(answer->warnings.items, answer->warnings.count));
    json_begin_array(writer, "matrix");
    for (size_t i = 0; i < answer->rows.count; i++)
        json_write_item(writer, row_json(&answer->rows.items[i]));
    json_end_array(writer);
    return json_finish(writer);
}

Text details_json(Arena *arena, const GateRow *row, const StoredNames *failed) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "mismatches", details_list(row->details.items, row->details.count));
    json_write_member(writer, "not_guaranteed", details_list(row->doubts.items, row->doubts.count));
    json_write_member(writer, "unreached", json_from_count(row->unreached));
    json_write_member(writer, "unverified",
                      texts_json(row->unverified.items, row->unverified.count));
    if (failed)
        json_write_member(writer, "failed", texts_json(failed->items, failed->count));
    return json_finish(writer);
}

Text environments_json(Arena *arena, const StoredEnvironments *environments) {
    JsonWriter *writer = json_writer_new(arena);
    json_begin_array(writer, "environments");
    for (size_t i = 0; i < environments->count; i++) {
        const StoredEnvironment *environment = &environments->items[i];
        json_t *object = json_object();
        json_put(&object, "name", json_from_text(environment->name));
        json_put(&object, "display_name", json_from_text(environment->display_name));
        json_put(&object, "production", json_boolean(environment->production));
        json_write_item(writer, object);
    }
    json_end_array(writer);
    return json_finish(writer);
}
