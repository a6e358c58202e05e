#include "rules/layer.h"
#include "support/decimal.h"
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
 * all the others. Of a number or a day that is named, those next to it are named, too. A row is
 * dead if a row before it takes every one of its cases, or if none can be. */

enum { CASE_LIMIT = 1 << 16 }; /* beyond, a row has the benefit of the doubt */

/* No text of a document holds a NUL. */
static const char any_other[] = "\0any text that is named nowhere";

typedef struct Axis {
    AttributeId attribute;
    const RuleCondition *where; /* not NULL: whether a change is there, and of no attribute */
    ARRAY(Text) values;
    size_t chosen;
} Axis;

typedef struct Cases {
    Arena *arena;
    ARRAY(Axis) axes;
    RuleSettings settings;
} Cases;

static void add_value(Cases *cases, Axis *axis, Text value) {
    for (size_t i = 0; i < axis->values.count; i++)
        if (text_equal(axis->values.items[i], value))
            return;
    array_push(cases->arena, &axis->values, value);
}

static Axis *axis_of(Cases *cases, AttributeId attribute) {
    for (size_t i = 0; i < cases->axes.count; i++)
        if (!cases->axes.items[i].where && cases->axes.items[i].attribute == attribute)
            return &cases->axes.items[i];
    Axis axis = {.attribute = attribute};
    const char *const *words = attribute_words(attribute);
    for (; words && *words; words++)
        array_push(cases->arena, &axis.values, text_from(*words));
    if (!axis.values.count) {
        array_push(cases->arena, &axis.values, ((Text){any_other, sizeof any_other - 1}));
        array_push(cases->arena, &axis.values, TEXT(""));
    }
    array_push(cases->arena, &cases->axes, axis);
    return &cases->axes.items[cases->axes.count - 1];
}

/* A number, and those just below and above it. */
static void add_numbers(Cases *cases, Axis *axis, Text written) {
    Arena *arena = cases->arena;
    Text number = decimal_canonical(arena, written);
    add_value(cases, axis, number);
    if (decimal_is_integer(number)) {
        Text below = decimal_previous_integer(arena, number);
        add_value(cases, axis, below);
        add_value(cases, axis, decimal_next_integer(arena, number));
        add_value(cases, axis, text_format(arena, "%.*s.5", TEXT_ARG(below)));
        add_value(cases, axis, text_format(arena, "%.*s.5", TEXT_ARG(number)));
        return;
    }
    Text rest = text_slice(number, 0, number.size - 1); /* its last digit is no 0 */
    char last = number.data[number.size - 1];
    add_value(cases, axis, text_format(arena, "%.*s5", TEXT_ARG(number)));
    add_value(cases, axis, text_format(arena, "%.*s%c9", TEXT_ARG(rest), last - 1));
}

static void add_days(Cases *cases, Axis *axis, const RuleCondition *condition) {
    int days = condition_days(condition, &cases->settings);
    if (condition->kind == CONDITION_DAYS_AGO)
        days = -days;
    for (int near = -1; near <= 1; near++)
        add_value(cases, axis, day_text(cases->arena, cases->settings.today + days + near));
}

static Axis *axis_of_where(const Cases *cases, const RuleCondition *where) {
    for (size_t i = 0; i < cases->axes.count; i++)
        if (cases->axes.items[i].where && where_is_same(cases->axes.items[i].where, where))
            return &cases->axes.items[i];
    return NULL;
}

/* Whether a change is at one place says nothing of any other, so that a row is only dead by another
 * one of the very same place. */
static void add_where(Cases *cases, const RuleCondition *where) {
    if (axis_of_where(cases, where))
        return;
    Axis axis = {.where = where};
    array_push(cases->arena, &axis.values, TEXT("true"));
    if (!where_holds_always(where))
        array_push(cases->arena, &axis.values, TEXT("false"));
    array_push(cases->arena, &cases->axes, axis);
}

static void add_values(Cases *cases, const RuleConditions *conditions) {
    for (size_t i = 0; i < conditions->count; i++) {
        const RuleCondition *condition = &conditions->items[i];
        if (condition->kind >= CONDITION_ALL) {
            add_values(cases, &condition->parts);
            continue;
        }
        if (condition->kind >= CONDITION_OPERATION) {
            add_where(cases, condition);
            continue;
        }
        Axis *axis = axis_of(cases, condition->attribute);
        for (size_t j = 0; j < condition->values.count; j++)
            add_value(cases, axis, condition->values.items[j]);
        if (condition->kind == CONDITION_DATE)
            add_value(cases, axis, day_text(cases->arena, cases->settings.today));
        if (condition->kind == CONDITION_DAYS_AGO || condition->kind == CONDITION_DAYS_AHEAD)
            add_days(cases, axis, condition);
        if (condition->number.size && condition->kind < CONDITION_DAYS_AGO)
            add_numbers(cases, axis, condition->number);
    }
}

static Text chosen_value(const void *subject, AttributeId attribute) {
    const Cases *cases = subject;
    for (size_t i = 0; i < cases->axes.count; i++)
        if (!cases->axes.items[i].where && cases->axes.items[i].attribute == attribute)
            return cases->axes.items[i].values.items[cases->axes.items[i].chosen];
    return (Text){0};
}

static bool is_where(const void *subject, const RuleCondition *where) {
    const Axis *axis = axis_of_where(subject, where);
    return axis && text_is(axis->values.items[axis->chosen], "true");
}

static bool takes_case(const Rule *rule, const Cases *cases) {
    RuleSubject subject = {chosen_value, is_where, cases};
    return conditions_hold(&rule->when, &subject, &cases->settings);
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
    Cases cases = {.arena = layer->arena, .settings = {0, DEPRECATION_DAYS, NOTICE_DAYS}};
    for (size_t i = 0; i <= index; i++)
        if (layer->rules.items[i]->change == rule->change)
            add_values(&cases, &layer->rules.items[i]->when);
    if (rule->in_request && has_case_left(layer, index, true, &cases, &taker))
        return true;
    for (size_t i = 0; i < cases.axes.count; i++)
        cases.axes.items[i].chosen = 0;
    if (rule->in_response && has_case_left(layer, index, false, &cases, &taker))
        return true;
    if (!taker)
        return diagnose(layer->diagnostics, RULE_NEVER_HOLDS, rule->place, TEXT_ARG(rule->id));
    diagnose(layer->diagnostics, RULE_NEVER_MATCHES, rule->place, TEXT_ARG(rule->id));
    diagnostics_second_place(layer->diagnostics, "this row takes them before it", taker->place);
    return false;
}

/* ---- kinds of change without a rule ---------------------------------------------------------- */

/* Whether the entry speaks of the kind in the direction. */
static bool is_unruled(const UnruledKind *entry, ChangeKind kind, bool request) {
    return entry->change == kind && (request ? entry->in_request : entry->in_response);
}

static bool check_unruled(const Layer *layer, const UnruledKind *entry, const Rule *rule) {
    bool request = entry->in_request && rule->in_request;
    bool response = entry->in_response && rule->in_response;
    if (entry->change != rule->change || (!request && !response))
        return true;
    diagnose(layer->diagnostics, RULE_UNRULED_STALE, entry->place, change_info(rule->change)->word,
             request ? "request" : "response");
    diagnostics_second_place(layer->diagnostics, "this one speaks of it", rule->place);
    return false;
}

bool layer_check(const Layer *layer, const RuleSet *below) {
    bool right = check_ids(layer, below);
    for (size_t i = 0; i < layer->rules.count; i++)
        right = check_reach(layer, i) && right;
    for (array_each(const UnruledKind, entry, &layer->unruled)) {
        bool stale = false;
        for (size_t i = 0; i < layer->rules.count && !stale; i++)
            stale = !check_unruled(layer, entry, layer->rules.items[i]);
        for (size_t i = 0; i < below->rules.count && !stale; i++)
            stale = !check_unruled(layer, entry, below->rules.items[i]);
        right = right && !stale;
    }
    return right;
}

/* ---- completeness ---------------------------------------------------------------------------- */

static bool is_spoken_of(const Layer *layer, ChangeKind kind, bool request) {
    for (size_t i = 0; i < layer->rules.count; i++) {
        const Rule *rule = layer->rules.items[i];
        if (rule->change == kind && !rule->when.count &&
            (request ? rule->in_request : rule->in_response))
            return true;
    }
    for (array_each(const UnruledKind, entry, &layer->unruled))
        if (is_unruled(entry, kind, request))
            return true;
    return false;
}

bool layer_check_complete(const Layer *layer) {
    bool right = true;
    for (unsigned kind = 0; kind < CHANGE_COUNT; kind++)
        for (int request = 0; request <= 1; request++)
            if (!is_spoken_of(layer, (ChangeKind)kind, request))
                right =
                    diagnose(layer->diagnostics, RULE_KIND_INCOMPLETE, (Place){0},
                             change_info((ChangeKind)kind)->word, request ? "request" : "response");
    return right;
}
