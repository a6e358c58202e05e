#include "rules/layer.h"

#include "support/decimal.h"

/* How a row's `when` is read: attributes with what they must be, and groups of them. */

typedef struct When {
    Layer *layer;
    ChangeKind kind;
    int depth;
} When;

enum { DEPTH_LIMIT = 8 };

static const char *const groups[] = {"all", "any", "not", NULL};
static const char *const operators[] = {"not",        "present", "date",      "at_least",
                                        "more_than",  "at_most", "less_than", "days_ago",
                                        "days_ahead", NULL};
static const ConditionKind operator_kinds[] = {
    CONDITION_NOT,       CONDITION_PRESENT,   CONDITION_DATE,
    CONDITION_AT_LEAST,  CONDITION_MORE_THAN, CONDITION_AT_MOST,
    CONDITION_LESS_THAN, CONDITION_DAYS_AGO,  CONDITION_DAYS_AHEAD};

/* ---- values of an attribute ------------------------------------------------------------------ */

static bool check_value(When *when, const Node *value, AttributeId id) {
    Layer *layer = when->layer;
    const char *word = attribute_info(id)->word;
    bool is_truth = attribute_info(id)->type == ATTRIBUTE_TRUTH;
    if (is_truth && value->kind != NODE_BOOLEAN)
        return rule_wrong_kind(layer, value, word, "true or false");
    if (value->kind == NODE_NULL || value->kind == NODE_MAPPING || value->kind == NODE_SEQUENCE)
        return rule_wrong_kind(layer, value, word, "a string, or a sequence of strings");
    if (!rule_filled_in(layer, value, word))
        return false;
    const char *const *words =
        id == ATTRIBUTE_KEYWORD ? change_keywords(when->kind) : attribute_words(id);
    if (!words || words[word_index(value->text, words)])
        return true;
    const char *near = text_did_you_mean(layer->arena, value->text, words);
    return diagnose(layer->diagnostics, RULE_VALUE_NEVER_MET, node_place(value), word,
                    TEXT_ARG(value->text), near);
}

static bool read_values(When *when, const Node *value, AttributeId id, RuleConditions *into) {
    RuleCondition condition = {.attribute = id, .of = when->kind};
    size_t count = value->kind == NODE_SEQUENCE ? value->count : 1;
    if (count == 0)
        return diagnose(when->layer->diagnostics, RULE_EMPTY, node_place(value),
                        attribute_info(id)->word);
    for (size_t i = 0; i < count; i++) {
        const Node *item = value->kind == NODE_SEQUENCE ? value->items[i] : value;
        bool decimal = item->kind == NODE_NUMBER && is_decimal(item->text);
        if (!check_value(when, item, id))
            return false;
        Text text = decimal ? decimal_canonical(when->layer->arena, item->text) : item->text;
        array_push(when->layer->arena, &condition.values, text);
        condition.decimals = condition.decimals || decimal;
    }
    array_push(when->layer->arena, into, condition);
    return true;
}

/* ---- operators ------------------------------------------------------------------------------- */

static bool is_count(Text text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0 && text.size < 7;
}

static bool read_days(When *when, const Node *value, const char *word, RuleCondition *condition) {
    Layer *layer = when->layer;
    condition->number = value->text;
    if (value->kind == NODE_NUMBER && is_count(value->text))
        return true;
    if (value->kind != NODE_STRING)
        return rule_wrong_kind(layer, value, word, "a number of days, or the name of a setting");
    if (rule_settings[word_index(value->text, rule_settings)])
        return true;
    const char *near = text_did_you_mean(layer->arena, value->text, rule_settings);
    return diagnose(layer->diagnostics, RULE_UNKNOWN_WORD, node_place(value), TEXT_ARG(value->text),
                    "number of days, nor a setting", near);
}

static bool fits(When *when, const Node *value, const char *word, ConditionKind kind,
                 AttributeId id) {
    AttributeType type = attribute_info(id)->type;
    bool of_dates = kind == CONDITION_DATE || kind >= CONDITION_DAYS_AGO;
    bool right = kind == CONDITION_NOT || kind == CONDITION_PRESENT
                     ? type != ATTRIBUTE_TRUTH || kind == CONDITION_NOT
                     : of_dates == (type == ATTRIBUTE_DATE) && type != ATTRIBUTE_TRUTH;
    static const char *const types[] = {"a text", "true or false", "a date"};
    return right || diagnose(when->layer->diagnostics, RULE_OPERATOR_UNFIT, node_key_place(value),
                             word, attribute_info(id)->word, types[type]);
}

static bool read_operator(When *when, const Member *member, AttributeId id, RuleConditions *into) {
    Layer *layer = when->layer;
    const Node *value = member->value;
    size_t index = word_index(member->key, operators);
    if (!operators[index]) {
        const char *near = text_did_you_mean(layer->arena, member->key, operators);
        return diagnose(layer->diagnostics, RULE_UNKNOWN_WORD, node_key_place(value),
                        TEXT_ARG(member->key), "condition on an attribute", near);
    }
    const char *word = operators[index];
    RuleCondition condition = {.kind = operator_kinds[index], .attribute = id};
    if (!fits(when, value, word, condition.kind, id))
        return false;
    switch (condition.kind) {
    case CONDITION_NOT:
        if (!read_values(when, value, id, &condition.parts))
            return false;
        break;
    case CONDITION_PRESENT:
    case CONDITION_DATE:
        if (value->kind != NODE_BOOLEAN)
            return rule_wrong_kind(layer, value, word, "true or false");
        condition.wanted = value->boolean;
        break;
    case CONDITION_DAYS_AGO:
    case CONDITION_DAYS_AHEAD:
        if (!read_days(when, value, word, &condition))
            return false;
        break;
    default:
        if (value->kind != NODE_NUMBER)
            return rule_wrong_kind(layer, value, word, "a number");
        condition.number = value->text;
    }
    array_push(layer->arena, into, condition);
    return true;
}

static bool read_attribute(When *when, const Member *member, RuleConditions *into) {
    const Node *value = member->value;
    const char *near = text_did_you_mean(when->layer->arena, member->key, where_words);
    if (*near && attribute_by_word(member->key) == ATTRIBUTE_COUNT)
        return diagnose(when->layer->diagnostics, RULE_UNKNOWN_WORD, node_key_place(value),
                        TEXT_ARG(member->key), "attribute of changes", near);
    AttributeId id = attribute_carried(when->layer, member->key, when->kind, node_key_place(value));
    if (id == ATTRIBUTE_COUNT)
        return false;
    if (value->kind != NODE_MAPPING)
        return read_values(when, value, id, into);
    if (!value->count)
        return diagnose(when->layer->diagnostics, RULE_EMPTY, node_place(value),
                        attribute_info(id)->word);
    bool right = true;
    for (size_t i = 0; i < value->count; i++)
        right = read_operator(when, &value->members[i], id, into) && right;
    return right;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static bool read_mapping(When *when, const Node *mapping, const char *key, RuleConditions *into);

/* `all` and `any` have a list of mappings, `not` one mapping. */
static bool read_group(When *when, const Node *value, const char *word, RuleConditions *into) {
    Layer *layer = when->layer;
    RuleCondition group = {.kind = CONDITION_NOT};
    if (when->depth >= DEPTH_LIMIT)
        return diagnose(layer->diagnostics, RULE_NESTED_TOO_DEEP, node_place(value), DEPTH_LIMIT);
    when->depth++;
    bool right = true;
    if (strcmp(word, "not") == 0) {
        right = read_mapping(when, value, word, &group.parts);
    } else if (value->kind != NODE_SEQUENCE) {
        right = rule_wrong_kind(layer, value, word, "a sequence of mappings of attributes");
    } else {
        group.kind = strcmp(word, "all") == 0 ? CONDITION_ALL : CONDITION_ANY;
        if (!value->count)
            right = diagnose(layer->diagnostics, RULE_EMPTY, node_place(value), word);
        for (size_t i = 0; i < value->count; i++) {
            RuleCondition part = {.kind = CONDITION_ALL};
            right = read_mapping(when, value->items[i], word, &part.parts) && right;
            array_push(layer->arena, &group.parts, part);
        }
    }
    when->depth--;
    array_push(layer->arena, into, group);
    return right;
}

static bool read_mapping(When *when, const Node *mapping, const char *key, RuleConditions *into) {
    if (mapping->kind != NODE_MAPPING)
        return rule_wrong_kind(when->layer, mapping, key, "a mapping of attributes");
    if (!mapping->count)
        return diagnose(when->layer->diagnostics, RULE_EMPTY, node_place(mapping), key);
    bool right = true;
    for (size_t i = 0; i < mapping->count; i++) {
        const Member *member = &mapping->members[i];
        const char *group = groups[word_index(member->key, groups)];
        size_t where = word_index(member->key, where_words);
        right =
            (group                ? read_group(when, member->value, group, into)
             : where_words[where] ? where_read(when->layer, member->value,
                                               (ConditionKind)(CONDITION_OPERATION + where), into)
                                  : read_attribute(when, member, into)) &&
            right;
    }
    return right;
}

bool conditions_read(Layer *layer, const Node *node, ChangeKind kind, RuleConditions *into) {
    When when = {layer, kind, 0};
    return read_mapping(&when, node, "when", into);
}
