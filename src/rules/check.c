#include "rules/layer.h"
#include "support/map.h"

/* ---- ids ------------------------------------------------------------------------------------- */

/* A rule of one id, here or in a layer below. */
static bool check_id(const Layer *layer, Map *ids, const Rule *rule) {
    const Rule *first = map_get_text(ids, rule->id);
    if (!first) {
        map_put_text(ids, rule->id, (void *)(uintptr_t)rule);
        return true;
    }
    diagnose(layer->diagnostics, RULE_ID_TWICE, rule->place, TEXT_ARG(rule->id));
    diagnostics_second_place(layer->diagnostics, "first given here", first->place);
    return false;
}

static bool check_retired(const Layer *layer, const Map *ids, const RetiredEntry *entry) {
    const Rule *living = map_get_text(ids, entry->rule.id);
    if (living) {
        diagnose(layer->diagnostics, RULE_ID_RETIRED, living->place, TEXT_ARG(living->id));
        diagnostics_second_place(layer->diagnostics, "retired here", entry->place);
        return false;
    }
    if (!entry->rule.successor.size || map_get_text(ids, entry->rule.successor))
        return true;
    return diagnose(layer->diagnostics, RULE_SUCCESSOR_UNKNOWN, entry->successor_place,
                    TEXT_ARG(entry->rule.successor));
}

static bool check_ids(const Layer *layer, const RuleSet *below) {
    bool right = true;
    Map *ids = map_new(layer->arena);
    for (size_t i = 0; i < below->rules.count; i++)
        map_put_text(ids, below->rules.items[i]->id, below->rules.items[i]);
    for (size_t i = 0; i < layer->rules.count; i++) {
        const Rule *rule = layer->rules.items[i];
        right = check_id(layer, ids, rule) && right;
        for (size_t j = 0; j < below->retired.count; j++)
            if (text_equal(rule->id, below->retired.items[j].id))
                right =
                    diagnose(layer->diagnostics, RULE_ID_RETIRED, rule->place, TEXT_ARG(rule->id));
    }
    for (size_t i = 0; i < layer->retired.count; i++)
        right = check_retired(layer, ids, &layer->retired.items[i]) && right;
    return right;
}

/* ---- rows that can never match --------------------------------------------------------------- */

/* Conditions speak of few attributes and few texts, so all that a row could match falls into few
 * cases: each combination of the texts that are named, where one that is named nowhere stands for
 * all the others. A row is dead if a row before it takes every one of its cases. */

enum { CASE_LIMIT = 1 << 16 }; /* beyond, a row has the benefit of the doubt */

static const char any_other[] = "any text that is named nowhere";

typedef struct Axis {
    AttributeId attribute;
    ARRAY(Text) values; /* any_other, told by its address, stands for the rest */
    size_t chosen;
} Axis;

typedef struct Cases {
    Arena *arena;
    ARRAY(Axis) axes;
} Cases;

static Axis *axis_of(Cases *cases, AttributeId attribute) {
    for (size_t i = 0; i < cases->axes.count; i++)
        if (cases->axes.items[i].attribute == attribute)
            return &cases->axes.items[i];
    Axis axis = {.attribute = attribute};
    const char *const *words = attribute_words(attribute);
    for (; words && *words; words++)
        array_push(cases->arena, &axis.values, text_from(*words));
    if (!axis.values.count)
        array_push(cases->arena, &axis.values, text_from(any_other));
    array_push(cases->arena, &cases->axes, axis);
    return &cases->axes.items[cases->axes.count - 1];
}

static bool is_same_value(Text a, Text b) {
    return (a.data == any_other) == (b.data == any_other) && text_equal(a, b);
}

static void add_values(Cases *cases, const Rule *rule) {
    for (size_t i = 0; i < rule->when.count; i++) {
        const RuleCondition *condition = &rule->when.items[i];
        Axis *axis = axis_of(cases, condition->attribute);
        for (size_t j = 0; j < condition->values.count; j++) {
            size_t k = 0;
            while (k < axis->values.count &&
                   !is_same_value(axis->values.items[k], condition->values.items[j]))
                k++;
            if (k == axis->values.count)
                array_push(cases->arena, &axis->values, condition->values.items[j]);
        }
    }
}

static Text chosen_value(const Cases *cases, AttributeId attribute) {
    for (size_t i = 0; i < cases->axes.count; i++)
        if (cases->axes.items[i].attribute == attribute)
            return cases->axes.items[i].values.items[cases->axes.items[i].chosen];
    return (Text){0};
}

static bool takes_case(const Rule *rule, const Cases *cases) {
    for (size_t i = 0; i < rule->when.count; i++) {
        const RuleCondition *condition = &rule->when.items[i];
        Text value = chosen_value(cases, condition->attribute);
        bool found = false;
        for (size_t j = 0; j < condition->values.count && !found; j++)
            found = is_same_value(value, condition->values.items[j]);
        if (!found)
            return false;
    }
    return true;
}

/* Steps to the next case. False: that was the last. */
static bool next_case(Cases *cases) {
    for (size_t i = 0; i < cases->axes.count; i++) {
        Axis *axis = &cases->axes.items[i];
        if (++axis->chosen < axis->values.count)
            return true;
        axis->chosen = 0;
    }
    return false;
}

/* The row before `index` that takes the present case in the direction; NULL: none. */
static const Rule *taker_before(const Layer *layer, size_t index, bool request,
                                const Cases *cases) {
    for (size_t i = 0; i < index; i++) {
        const Rule *rule = layer->rules.items[i];
        bool same = rule->change == layer->rules.items[index]->change &&
                    (request ? rule->in_request : rule->in_response);
        if (same && takes_case(rule, cases))
            return rule;
    }
    return NULL;
}

/* Whether some case of the row is left to it; else *taker is a row that takes one. */
static bool has_case_left(const Layer *layer, size_t index, bool request, Cases *cases,
                          const Rule **taker) {
    const Rule *rule = layer->rules.items[index];
    for (size_t steps = 0; steps < CASE_LIMIT; steps++) {
        const Rule *before = NULL;
        if (takes_case(rule, cases) && !(before = taker_before(layer, index, request, cases)))
            return true;
        if (before && !*taker)
            *taker = before;
        if (!next_case(cases))
            return false;
    }
    return true;
}

static bool check_reach(const Layer *layer, size_t index) {
    const Rule *rule = layer->rules.items[index], *taker = NULL;
    Cases cases = {.arena = layer->arena};
    for (size_t i = 0; i <= index; i++)
        if (layer->rules.items[i]->change == rule->change)
            add_values(&cases, layer->rules.items[i]);
    if (rule->in_request && has_case_left(layer, index, true, &cases, &taker))
        return true;
    for (size_t i = 0; i < cases.axes.count; i++)
        cases.axes.items[i].chosen = 0;
    if (rule->in_response && has_case_left(layer, index, false, &cases, &taker))
        return true;
    diagnose(layer->diagnostics, RULE_NEVER_MATCHES, rule->place, TEXT_ARG(rule->id));
    diagnostics_second_place(layer->diagnostics, "this row takes them before it", taker->place);
    return false;
}

bool layer_check(const Layer *layer, const RuleSet *below) {
    bool right = check_ids(layer, below);
    for (size_t i = 0; i < layer->rules.count; i++)
        right = check_reach(layer, i) && right;
    return right;
}
