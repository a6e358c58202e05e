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

/* What asks for texts has them under the attribute's name; any other condition is said in words. */
static json_t *when_json(Arena *arena, const Rule *rule) {
    json_t *object = json_object();
    RuleConditions others = {0};
    for (size_t i = 0; i < rule->when.count; i++) {
        const RuleCondition *condition = &rule->when.items[i];
        if (condition->kind != CONDITION_ONE_OF) {
            array_push(arena, &others, *condition);
            continue;
        }
        json_t *values = json_array();
        for (size_t j = 0; j < condition->values.count; j++)
            json_append(&values, json_from_text(condition->values.items[j]));
        json_put(&object, attribute_info(condition->attribute)->word, values);
    }
    if (others.count)
        json_put(&object, "also", json_from_text(rules_conditions_text(arena, &others)));
    return object;
}

static json_t *to_json(Arena *arena, const Rule *rule) {
    json_t *object = json_object();
    json_put(&object, "id", json_from_text(rule->id));
    json_put(&object, "purpose", json_from_text(rule->purpose));
    json_put(&object, "change", json_string(change_info(rule->change)->word));
    json_put(&object, "directions", directions_json(rule));
    json_put(&object, "when", when_json(arena, rule));
    json_put(&object, "compatibility", json_string(compatibility_word(rule->compatibility)));
    json_put(&object, "message", json_from_text(rule->message));
    json_put(&object, "why", json_from_text(rule->why));
    json_put(&object, "help", json_from_text(rule->help));
    json_put(&object, "standard", json_from_text_or_null(rule->standard));
    json_put(&object, "link", json_from_text_or_null(rules_standard_link(arena, rule->standard)));
    json_put(&object, "since", json_from_text_or_null(rule->since));
    json_put(&object, "file", json_from_text_or_null(rule->own ? rule->place.file : (Text){0}));
    json_put(&object, "line", rule->own ? json_integer(rule->place.line) : json_null());
    return object;
}

Text rules_json(Arena *arena, const RuleSet *rules) {
    JsonWriter *writer = json_writer_new(arena);
    json_begin_array(writer, "rules");
    for (size_t i = 0; i < rules->rules.count; i++)
        json_write_item(writer, to_json(arena, rules->rules.items[i]));
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

Text rule_json(Arena *arena, const Rule *rule, const RuleExample *example) {
    JsonWriter *writer = json_writer_new(arena);
    json_t *object = to_json(arena, rule), *shown = example->before.size ? json_object() : NULL;
    if (shown) {
        json_put(&shown, "before", json_from_text(example->before));
        json_put(&shown, "after", json_from_text(example->after));
        json_put(&shown, "reported", json_from_text(example->reported));
    }
    json_put(&object, "example", shown ? shown : json_null());
    json_write_member(writer, "rule", object);
    return json_finish(writer);
}
