#include "rules/layer.h"

#include "support/decimal.h"

/* Whether what a row's `when` says holds, and what it is in words. */

enum { DEPRECATION, NOTICE };
const char *const rule_settings[] = {
    [DEPRECATION] = "deprecation-days", [NOTICE] = "notice-days", NULL};

/* Beside the bits of the attributes that were told. */
#define WHERE_BIT ((uint64_t)1 << ATTRIBUTE_COUNT)

static bool is_where(const RuleCondition *condition) {
    return condition->kind == CONDITION_OPERATION || condition->kind == CONDITION_LOCATION;
}

/* ---- whether it holds ------------------------------------------------------------------------ */

bool is_decimal(Text text) {
    size_t i = text.size && text.data[0] == '-';
    bool digit = false, point = false;
    for (; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' && digit && !point)
            point = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            return false;
    }
    return digit && text.data[text.size - 1] != '.';
}

static bool compares(ConditionKind kind, Text value, Text number) {
    if (!is_decimal(value))
        return false;
    int order = decimal_compare(value, number);
    switch (kind) {
    case CONDITION_AT_LEAST:
        return order >= 0;
    case CONDITION_MORE_THAN:
        return order > 0;
    case CONDITION_AT_MOST:
        return order <= 0;
    default:
        return order < 0;
    }
}

int condition_days(const RuleCondition *condition, const RuleSettings *given) {
    if (text_is(condition->number, rule_settings[DEPRECATION]))
        return given->deprecation_days;
    if (text_is(condition->number, rule_settings[NOTICE]))
        return given->notice_days;
    int days = 0;
    for (size_t i = 0; i < condition->number.size; i++)
        days = days * 10 + (condition->number.data[i] - '0');
    return days;
}

static bool is_one_of(const RuleCondition *condition, Text text, Text in) {
    bool any_case = attribute_names_header(condition->of, condition->attribute, in);
    for (size_t i = 0; i < condition->values.count; i++) {
        Text value = condition->values.items[i];
        bool numbers = condition->decimals && is_decimal(value) && is_decimal(text);
        if (numbers    ? decimal_compare(value, text) == 0
            : any_case ? text_equal_ignoring_case(value, text)
                       : text_equal(value, text))
            return true;
    }
    return false;
}

static bool holds_for(const RuleCondition *condition, const RuleSubject *subject,
                      const RuleSettings *given) {
    if (is_where(condition))
        return subject->is_where(subject->it, condition);
    Text value = subject->attribute_of(subject->it, condition->attribute);
    Day day;
    switch (condition->kind) {
    case CONDITION_ONE_OF:
        return is_one_of(condition, value, subject->attribute_of(subject->it, ATTRIBUTE_IN));
    case CONDITION_PRESENT:
        return (value.size > 0) == condition->wanted;
    case CONDITION_DATE:
        return day_parse(value, &day) == condition->wanted;
    case CONDITION_DAYS_AGO:
        return day_parse(value, &day) && given->today - day >= condition_days(condition, given);
    case CONDITION_DAYS_AHEAD:
        return day_parse(value, &day) && day - given->today >= condition_days(condition, given);
    default:
        return compares(condition->kind, value, condition->number);
    }
}

bool conditions_hold(const RuleConditions *conditions, const RuleSubject *subject,
                     const RuleSettings *given) {
    for (size_t i = 0; i < conditions->count; i++) {
        const RuleCondition *condition = &conditions->items[i];
        bool holds = false;
        if (condition->kind < CONDITION_ALL)
            holds = holds_for(condition, subject, given);
        else if (condition->kind == CONDITION_ANY)
            for (size_t j = 0; j < condition->parts.count && !holds; j++) {
                RuleConditions one = {&condition->parts.items[j], 1, 1};
                holds = conditions_hold(&one, subject, given);
            }
        else
            holds = conditions_hold(&condition->parts, subject, given) ==
                    (condition->kind == CONDITION_ALL);
        if (!holds)
            return false;
    }
    return true;
}

/* ---- in words -------------------------------------------------------------------------------- */

static void put_values(Buffer *out, const RuleCondition *condition) {
    for (size_t i = 0; i < condition->values.count; i++) {
        Text value = condition->values.items[i];
        buffer_format(out, "%s %.*s", i ? " or" : "", TEXT_ARG(value));
        if (!value.size)
            buffer_add(out, TEXT("empty"));
    }
}

static void put_condition(Buffer *out, const RuleCondition *condition) {
    static const char *const words[] = {
        [CONDITION_AT_LEAST] = "is at least",
        [CONDITION_MORE_THAN] = "is more than",
        [CONDITION_AT_MOST] = "is at most",
        [CONDITION_LESS_THAN] = "is less than",
    };
    const char *word =
        condition->kind < CONDITION_OPERATION ? attribute_info(condition->attribute)->word : NULL;
    switch (condition->kind) {
    case CONDITION_OPERATION:
    case CONDITION_LOCATION:
        where_put(out, condition);
        return;
    case CONDITION_ONE_OF:
        buffer_format(out, "%s is", word);
        put_values(out, condition);
        return;
    case CONDITION_PRESENT:
        buffer_format(out, "%s is %s", word, condition->wanted ? "given" : "empty");
        return;
    case CONDITION_DATE:
        buffer_format(out, "%s is %s date", word, condition->wanted ? "a" : "no");
        return;
    case CONDITION_DAYS_AGO:
    case CONDITION_DAYS_AHEAD:
        buffer_format(out, "%s is at least %.*s day%s %s", word, TEXT_ARG(condition->number),
                      text_is(condition->number, "1") ? "" : "s",
                      condition->kind == CONDITION_DAYS_AGO ? "ago" : "ahead");
        return;
    case CONDITION_ALL:
    case CONDITION_ANY:
    case CONDITION_NOT:
        buffer_add(out, condition->kind == CONDITION_NOT ? TEXT("not (") : TEXT("("));
        for (size_t i = 0; i < condition->parts.count; i++) {
            if (i)
                buffer_add(out, condition->kind == CONDITION_ANY ? TEXT(", or ") : TEXT(", and "));
            put_condition(out, &condition->parts.items[i]);
        }
        buffer_add_byte(out, ')');
        return;
    default:
        buffer_format(out, "%s %s %.*s", word, words[condition->kind], TEXT_ARG(condition->number));
    }
}

Text rules_conditions_text(Arena *arena, const RuleConditions *conditions) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < conditions->count; i++) {
        if (i)
            buffer_add(&out, TEXT("; "));
        put_condition(&out, &conditions->items[i]);
    }
    return buffer_text(&out);
}

/* What the change has of the attributes that are asked for, each once. */
static void put_values_had(Buffer *out, const RuleConditions *conditions, const Change *change,
                           uint64_t *told) {
    for (size_t i = 0; i < conditions->count; i++) {
        const RuleCondition *condition = &conditions->items[i];
        if (condition->kind >= CONDITION_ALL) {
            put_values_had(out, &condition->parts, change, told);
            continue;
        }
        if (is_where(condition)) {
            buffer_add(out, *told ? TEXT(", ") : TEXT(""));
            where_put_had(out, condition, change);
            *told |= WHERE_BIT;
            continue;
        }
        uint64_t bit = (uint64_t)1 << condition->attribute;
        const AttributeInfo *info = attribute_info(condition->attribute);
        Text value = change_attribute(change, condition->attribute);
        if (!value.size)
            value = info->type == ATTRIBUTE_TRUTH ? TEXT("not given") : TEXT("empty");
        if (!(*told & bit))
            buffer_format(out, "%s%s is %.*s", *told ? ", " : "", info->word, TEXT_ARG(value));
        *told |= bit;
    }
}

Text condition_unmet_text(Arena *arena, const RuleConditions *one, const Change *change) {
    Buffer out = {.arena = arena};
    uint64_t told = 0;
    put_condition(&out, &one->items[0]);
    buffer_add(&out, TEXT(" (here "));
    put_values_had(&out, one, change, &told);
    buffer_add_byte(&out, ')');
    return buffer_text(&out);
}
