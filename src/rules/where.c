#include "rules/layer.h"

#include "support/glob.h"

/* Conditions on where a change is met: on the operations that it reaches, and on its locations in
 * them. The conditions on attributes are in condition.c. */

const char *const where_words[] = {"operation", "location", NULL};

static bool is_of_operations(const RuleCondition *condition) {
    return condition->kind == CONDITION_OPERATION;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* What is read back from a report knows no tags and no operationIds, and a rule must say the same
 * of it. */
static bool read_operation(Layer *layer, const Node *item, RuleCondition *condition) {
    Selector selector;
    if (!selector_parse(layer->arena, item->text, &selector) || !selector.path.size)
        return diagnose(layer->diagnostics, RULE_NO_OPERATION, node_place(item),
                        TEXT_ARG(item->text));
    array_push(layer->arena, &condition->operations, selector);
    return true;
}

static bool read_location(Layer *layer, const Node *item) {
    const char *fault = location_glob_fault(layer->arena, item->text);
    return !fault || diagnose(layer->diagnostics, LOCATION_MALFORMED, node_place(item),
                              TEXT_ARG(item->text), fault);
}

static bool read_globs(Layer *layer, const Node *value, RuleCondition *condition) {
    const char *word = where_words[!is_of_operations(condition)];
    bool list = value->kind == NODE_SEQUENCE;
    size_t count = list ? value->count : 1;
    if (!count)
        return diagnose(layer->diagnostics, RULE_EMPTY, node_place(value), word);
    for (size_t i = 0; i < count; i++) {
        const Node *item = list ? value->items[i] : value;
        if (item->kind != NODE_STRING)
            return rule_wrong_kind(layer, item, word, "a glob, or a sequence of globs");
        if (!item->text.size)
            return diagnose(layer->diagnostics, RULE_EMPTY, node_place(item), word);
        if (!rule_filled_in(layer, item, word) ||
            !(is_of_operations(condition) ? read_operation(layer, item, condition)
                                          : read_location(layer, item)))
            return false;
        array_push(layer->arena, &condition->values, item->text);
    }
    return true;
}

bool where_read(Layer *layer, const Node *value, ConditionKind kind, RuleConditions *into) {
    static const char *const operators[] = {"some", "not", NULL};
    RuleCondition condition = {.kind = kind};
    if (value->kind != NODE_MAPPING) {
        if (!read_globs(layer, value, &condition))
            return false;
        array_push(layer->arena, into, condition);
        return true;
    }
    if (!value->count)
        return diagnose(layer->diagnostics, RULE_EMPTY, node_place(value),
                        where_words[!is_of_operations(&condition)]);
    for (size_t i = 0; i < value->count; i++) {
        const Member *member = &value->members[i];
        RuleCondition some = {.kind = kind, .some = true}, none = {.kind = CONDITION_NOT};
        size_t operator= word_index(member->key, operators);
        if (!operators[operator])
            return diagnose(layer->diagnostics, RULE_UNKNOWN_WORD, node_key_place(member->value),
                            TEXT_ARG(member->key), "condition on where a change is",
                            text_did_you_mean(layer->arena, member->key, operators));
        if (!read_globs(layer, member->value, &some))
            return false;
        array_push(layer->arena, &none.parts, some);
        array_push(layer->arena, into, operator? none : some);
    }
    return true;
}

/* ---- whether it holds ------------------------------------------------------------------------ */

static bool takes_location(const RuleCondition *condition, Text location) {
    for (size_t i = 0; i < condition->values.count; i++)
        if (glob_takes(condition->values.items[i], location, '.'))
            return true;
    return false;
}

/* Of places that are not named it is only known that they are in bodies, mostly. */
static bool takes_unnamed(const RuleCondition *condition) {
    for (size_t i = 0; i < condition->values.count; i++)
        if (text_is(condition->values.items[i], "**") ||
            text_is(condition->values.items[i], "body**"))
            return true;
    return false;
}

/* Of the change's places of the kind, how many there are, and how many the condition takes. */
static size_t count_taken(const RuleCondition *condition, const Change *change, size_t *taken) {
    *taken = 0;
    if (is_of_operations(condition)) {
        for (size_t i = 0; i < change->reaches.count; i++)
            *taken += selectors_take(&condition->operations, change->reaches.items[i]);
        return change->reaches.count;
    }
    size_t places = change->places.count;
    *taken = change->more_places && takes_unnamed(condition);
    if (!places)
        *taken += takes_location(condition, change->location);
    for (size_t i = 0; i < places; i++)
        *taken += takes_location(condition, change->places.items[i]->location);
    return (places ? places : 1) + change->more_places;
}

bool where_holds(const RuleCondition *condition, const Change *change) {
    size_t taken, count = count_taken(condition, change, &taken);
    return taken && (condition->some || taken == count);
}

bool where_holds_always(const RuleCondition *condition) {
    return condition->kind == CONDITION_LOCATION && takes_location(condition, TEXT("")) &&
           takes_location(condition, TEXT("a.b"));
}

bool where_is_same(const RuleCondition *a, const RuleCondition *b) {
    bool same = a->kind == b->kind && a->some == b->some && a->values.count == b->values.count;
    for (size_t i = 0; same && i < a->values.count; i++)
        same = text_equal(a->values.items[i], b->values.items[i]);
    return same;
}

/* ---- in words -------------------------------------------------------------------------------- */

void where_put(Buffer *out, const RuleCondition *condition) {
    buffer_format(out, "%s %s is", condition->some ? "some" : "each",
                  where_words[!is_of_operations(condition)]);
    for (size_t i = 0; i < condition->values.count; i++)
        buffer_format(out, "%s %.*s", i ? " or" : "", TEXT_ARG(condition->values.items[i]));
}

static Text operation_text(Arena *arena, const Reach *reach) {
    const Operation *operation = reach->revision ? reach->revision : reach->base;
    return text_format(arena, "%.*s %.*s", TEXT_ARG(operation->method), TEXT_ARG(operation->path));
}

void where_put_had(Buffer *out, const RuleCondition *condition, const Change *change) {
    bool operations = is_of_operations(condition);
    size_t count = operations ? change->reaches.count : change->places.count, told = 0;
    Text before = {0};
    for (size_t i = 0; i < count && told < WHERE_TOLD; i++) {
        const Reach *reach = operations ? change->reaches.items[i] : NULL;
        Text place =
            operations ? operation_text(out->arena, reach) : change->places.items[i]->location;
        if (text_equal(place, before))
            continue;
        bool taken = operations ? selectors_take(&condition->operations, reach)
                                : takes_location(condition, place);
        if (taken && !condition->some)
            continue;
        buffer_format(out, "%s%.*s", told++ ? ", " : "",
                      TEXT_ARG(place.size ? place : TEXT("the operation itself")));
        before = place;
    }
    if (!told)
        buffer_add(out, count ? TEXT("at places that are not named") : TEXT("none"));
}
