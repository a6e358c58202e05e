/* The report for programs: include/breakwater-report.schema.json says the same in JSON Schema. */
#include "report/fired.h"
#include "report/forms.h"
#include "report/json_parts.h"
#include "support/map.h"

static json_t *verdict_json(Verdict verdict) {
    return json_string(verdict == VERDICT_BREAKING ? "breaking" : "safe");
}

static json_t *operation_json(const VerdictOperation *operation) {
    json_t *object = json_object();
    json_put(&object, "method", json_from_text(operation->method));
    json_put(&object, "path", json_from_text(operation->path));
    json_put(&object, "status", json_from_text_or_null(operation->status));
    json_put(&object, "media_type", json_from_text_or_null(operation->media_type));
    if (operation->webhook)
        json_put(&object, "webhook", json_true());
    if (operation->callback_of.size)
        json_put(&object, "callback_of", json_from_text(operation->callback_of));
    return object;
}

static json_t *location_json(const Location *location, bool absent) {
    json_t *object = json_from_place(location->place, location->pointer);
    if (absent && location->place.file.size)
        json_put(&object, "absent", json_true());
    json_put_excerpt(&object, &location->excerpt);
    return object;
}

/* A shared component makes many changes reach the same operations: each one's text is made once. */
typedef struct OperationTexts {
    JsonWriter *writer;
    Map *texts; /* Text by key_of */
    Buffer key;
} OperationTexts;

static Text key_of(OperationTexts *operations, const VerdictOperation *operation) {
    const Text parts[] = {operation->method, operation->path, operation->status,
                          operation->media_type, operation->callback_of};
    operations->key.size = 0;
    buffer_add_byte(&operations->key, operation->webhook ? '1' : '0');
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buffer_add(&operations->key, parts[i]);
        buffer_add_byte(&operations->key, '\0');
    }
    return buffer_text(&operations->key);
}

static void write_operation(OperationTexts *operations, const VerdictOperation *operation) {
    Text key = key_of(operations, operation);
    Text *text = map_get_text(operations->texts, key);
    if (!text) {
        text = arena_new_object(operations->key.arena, Text);
        *text = json_item_text(operations->writer, operation_json(operation));
        map_put_text(operations->texts, text_copy(operations->key.arena, key), text);
    }
    json_write_item_text(operations->writer, *text);
}

static json_t *waived_json(const Waived *waived) {
    json_t *object = json_object();
    json_put(&object, "reason", json_from_text(waived->reason));
    json_put(&object, "expires", json_from_text_or_null(waived->expires));
    return object;
}

static void write_waivers(JsonWriter *writer, const VerdictChange *change) {
    if (!change->waivers.count)
        return;
    json_begin_array(writer, "waivers");
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        json_t *object = json_object();
        json_put(&object, "reason", json_from_text(waiver->reason));
        json_put(&object, "expires", json_from_text_or_null(waiver->expires));
        json_put(&object, "covers", json_from_text(waiver->covers));
        json_write_item(writer, object);
    }
    json_end_array(writer);
}

/* What the change carries, so that a program that has the report alone knows what the rules saw. */
static json_t *attributes_json(const Change *fact) {
    json_t *object = json_object();
    for (size_t i = 0; i < fact->attributes.count; i++) {
        const AttributeInfo *info = attribute_info(fact->attributes.items[i].id);
        json_put(&object, info->word, json_from_text(fact->attributes.items[i].text));
    }
    return object;
}

static void write_locations(JsonWriter *writer, const VerdictChange *change) {
    if (!change->further_locations.count)
        return;
    json_begin_array(writer, "further_locations");
    for (array_each(const Text, location, &change->further_locations))
        json_write_item(writer, json_from_text(*location));
    json_end_array(writer);
    if (change->change->more_places)
        json_write_member(writer, "more_places", json_true());
}

/* Only what the report as a whole does not say. */
static void write_ruling(JsonWriter *writer, const VerdictChange *change) {
    const VerdictRuling *ruling = &change->ruling;
    bool any = ruling->policy == POLICY_ANY_CONSUMER;
    if (!ruling->selector.size && !(any && ruling->fail_on_conditional))
        return;
    json_t *object = json_object();
    json_put(&object, "policy", json_string(policy_word(ruling->policy)));
    json_put(&object, "fail_on",
             json_string(ruling->fail_on_conditional ? "conditional" : "breaking"));
    json_put(&object, "for", json_from_text_or_null(ruling->selector));
    json_put(&object, "operation", json_from_text_or_null(ruling->operation));
    if (any && ruling->consumers_decide)
        json_put(&object, "consumers_decide", json_true());
    json_write_member(writer, "ruling", object);
}

static void write_facts(JsonWriter *writer, const VerdictChange *change) {
    const Change *fact = change->change;
    const char *direction = fact->direction == DIRECTION_REQUEST ? "request" : "response";
    const char *compatibility = compatibility_word(change->compatibility);
    json_write_member(writer, "id", json_from_text(change->id));
    json_write_member(writer, "rule", json_from_text(change->rule->id));
    json_write_member(writer, "change", json_string(change_info(fact->kind)->word));
    json_write_member(writer, "direction", json_string(direction));
    json_write_member(writer, "attributes", attributes_json(fact));
    json_write_member(writer, "compatibility", json_string(compatibility));
    json_write_member(writer, "verdict", verdict_json(change->verdict));
    write_ruling(writer, change);
    if (change->waived.reason.size)
        json_write_member(writer, "waived", waived_json(&change->waived));
    write_waivers(writer, change);
    json_write_member(writer, "message", json_from_text(change->message));
    json_write_member(writer, "help", json_from_text(change->help));
    json_write_member(writer, "remark", json_from_text(change->remark));
    json_write_member(writer, "location", json_from_text(change->location));
    write_locations(writer, change);
    json_write_member(writer, "base", location_json(&change->base, fact->base_absent));
    json_write_member(writer, "revision", location_json(&change->revision, fact->revision_absent));
}

static void write_change(OperationTexts *operations, const VerdictChange *change) {
    JsonWriter *writer = operations->writer;
    json_begin_item(writer);
    write_facts(writer, change);
    json_begin_array(writer, "operations");
    for (size_t i = 0; i < change->operations.count; i++)
        write_operation(operations, &change->operations.items[i]);
    json_end_array(writer);
    json_begin_array(writer, "consumers");
    for (size_t i = 0; i < change->consumers.count; i++)
        json_write_item(writer, json_from_consumer(&change->consumers.items[i]));
    json_end_array(writer);
    json_end_item(writer);
}

static json_t *interaction_json(const VerdictInteraction *interaction) {
    json_t *object = json_from_consumer(&interaction->who);
    json_put(&object, "operation", json_from_text_or_null(interaction->operation));
    return object;
}

static json_t *source_json(Text source, Text ref) {
    json_t *object = json_object();
    json_put(&object, "source", json_from_text(source));
    if (ref.size)
        json_put(&object, "ref", json_from_text(ref));
    return object;
}

static json_t *summary_json(const VerdictReport *report) {
    json_t *object = json_object();
    json_put(&object, "changes", json_from_count(report->changes.count));
    json_put(&object, "breaking", json_from_count(report->breaking));
    json_put(&object, "safe", json_from_count(report->safe));
    json_put(&object, "waived", json_from_count(report->waived));
    json_put(&object, "consumers", json_from_count(report->consumers));
    json_put(&object, "consumers_broken",
             json_from_names(report->consumers_broken.items, report->consumers_broken.count));
    json_put(&object, "consumers_recorded",
             json_from_names(report->consumers_recorded.items, report->consumers_recorded.count));
    json_put(&object, "interactions", json_from_count(report->interactions));
    return object;
}

static json_t *rule_json_brief(const Rule *rule) {
    json_t *object = json_object();
    json_put(&object, "id", json_from_text(rule->id));
    json_put(&object, "purpose", json_from_text(rule->purpose));
    json_put(&object, "why", json_from_text(rule->why));
    json_put(&object, "help", json_from_text(rule->help));
    json_put(&object, "standard", json_from_text(rule->standard));
    return object;
}

static void write_interactions(JsonWriter *writer, const char *key,
                               const VerdictInteraction *interactions, size_t count) {
    json_begin_array(writer, key);
    for (size_t i = 0; i < count; i++)
        json_write_item(writer, interaction_json(&interactions[i]));
    json_end_array(writer);
}

static void write_report(Arena *arena, JsonWriter *writer, const VerdictReport *report) {
    bool any = report->policy == POLICY_ANY_CONSUMER;
    json_write_member(writer, "base", source_json(report->base_source, report->base_revision));
    json_write_member(writer, "revision",
                      source_json(report->revision_source, report->revision_revision));
    json_write_member(writer, "policy", json_string(any ? "any-consumer" : "recorded-consumers"));
    json_write_member(writer, "verdict", verdict_json(report->verdict));
    if (report->fails_never)
        json_write_member(writer, "fail_on", json_string("never"));
    json_write_member(writer, "summary", summary_json(report));
    OperationTexts operations = {writer, map_new(arena), {.arena = arena}};
    json_begin_array(writer, "changes");
    for (size_t i = 0; i < report->changes.count; i++)
        write_change(&operations, &report->changes.items[i]);
    json_end_array(writer);
    write_interactions(writer, "orphans", report->orphans.items, report->orphans.count);
    write_interactions(writer, "failing_before", report->failing_before.items,
                       report->failing_before.count);
    if (report->pending.count)
        write_interactions(writer, "pending", report->pending.items, report->pending.count);
    if (report->not_held.count)
        write_interactions(writer, "not_held", report->not_held.items, report->not_held.count);
    FiredRules fired = {0};
    fired_rules_add(arena, &fired, report);
    json_begin_array(writer, "rules");
    for (size_t i = 0; i < fired.rules.count; i++)
        json_write_item(writer, rule_json_brief(fired.rules.items[i]));
    json_end_array(writer);
}

/* Without a report: a side of the commit can't be read. */
static void write_commit(Arena *arena, JsonWriter *writer, const CommitInfo *info,
                         const VerdictReport *report) {
    json_begin_item(writer);
    json_write_member(writer, "commit", json_from_text(info->commit));
    json_write_member(writer, "date", json_from_text(info->date));
    json_write_member(writer, "author", json_from_text(info->author));
    json_write_member(writer, "subject", json_from_text(info->subject));
    if (info->release.size)
        json_write_member(writer, "release", json_from_text(info->release));
    if (report) {
        json_begin_object(writer, "report");
        write_report(arena, writer, report);
        json_end_item(writer);
    } else {
        json_write_member(writer, "report", json_null());
    }
    json_end_item(writer);
}

static void write_commits(Arena *arena, JsonWriter *writer, const Reports *reports) {
    const UnreadCommit *unread = reports->unread, *end = unread + reports->unread_count;
    json_write_member(writer, "verdict", verdict_json(reports_verdict(reports)));
    json_begin_array(writer, "commits");
    for (size_t i = 0; i <= reports->count; i++) {
        for (; unread != end && unread->before == i; unread++)
            write_commit(arena, writer, &unread->info, NULL);
        if (i < reports->count)
            write_commit(arena, writer, &reports->commits[i], reports->items[i]);
    }
    json_end_array(writer);
}

Text report_json(Arena *arena, const Reports *reports, const TextLayout *layout) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "breakwater", json_integer(STORED_VERSION));
    if (layout->folder.size)
        json_write_member(writer, "folder", json_from_text(layout->folder));
    if (reports->commits) {
        write_commits(arena, writer, reports);
        return json_finish(writer);
    }
    if (reports->count == 1) {
        write_report(arena, writer, reports->items[0]);
        return json_finish(writer);
    }
    json_write_member(writer, "verdict", verdict_json(reports_verdict(reports)));
    json_begin_array(writer, "reports");
    for (size_t i = 0; i < reports->count; i++) {
        json_begin_item(writer);
        write_report(arena, writer, reports->items[i]);
        json_end_item(writer);
    }
    json_end_array(writer);
    return json_finish(writer);
}
