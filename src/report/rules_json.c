/* The rules for programs: the fields of the rule files under their own names. */
#include "report/json_writer.h"
#include "report/report.h"

static json_t *directions_json(const Rule *rule) {
    json_t *array = json_array();
    if (rule->in_request)
        json_append(&array, json_string("request"));
    if (rule->in_response)
        json_append(&array, json_string("response"));
    return array;
}

static json_t *when_json(const Rule *rule) {
    json_t *object = json_object();
    for (size_t i = 0; i < rule->when.count; i++) {
        const RuleCondition *condition = &rule->when.items[i];
        json_t *values = json_array();
        for (size_t j = 0; j < condition->values.count; j++)
            json_append(&values, json_from_text(condition->values.items[j]));
        json_put(&object, attribute_info(condition->attribute)->word, values);
    }
    return object;
}

static json_t *to_json(const Rule *rule) {
    json_t *object = json_object();
    json_put(&object, "id", json_from_text(rule->id));
    json_put(&object, "purpose", json_from_text(rule->purpose));
    json_put(&object, "change", json_string(change_info(rule->change)->word));
    json_put(&object, "directions", directions_json(rule));
    json_put(&object, "when", when_json(rule));
    json_put(&object, "compatibility", json_string(compatibility_word(rule->compatibility)));
    json_put(&object, "message", json_from_text(rule->message));
    json_put(&object, "why", json_from_text(rule->why));
    json_put(&object, "help", json_from_text(rule->help));
    json_put(&object, "standard", json_from_text_or_null(rule->standard));
    return object;
}

Text rules_json(Arena *arena, const RuleSet *rules) {
    JsonWriter *writer = json_writer_new(arena);
    json_begin_array(writer, "rules");
    for (size_t i = 0; i < rules->rules.count; i++)
        json_write_item(writer, to_json(rules->rules.items[i]));
    json_end_array(writer);
    json_begin_array(writer, "retired");
    for (size_t i = 0; i < rules->retired.count; i++) {
        json_t *object = json_object();
        json_put(&object, "id", json_from_text(rules->retired.items[i].id));
        json_put(&object, "successor", json_from_text_or_null(rules->retired.items[i].successor));
        json_write_item(writer, object);
    }
    json_end_array(writer);
    return json_finish(writer);
}

Text rule_json(Arena *arena, const Rule *rule) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "rule", to_json(rule));
    return json_finish(writer);
}
