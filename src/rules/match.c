#include "rules/layer.h"

/* ---- matching -------------------------------------------------------------------------------- */

static Text attribute_of_change(const void *change, AttributeId id) {
    return change_attribute(change, id);
}

static bool is_where(const void *change, const RuleCondition *where) {
    return where_holds(where, change);
}

static RuleSubject subject_from(const Change *change) {
    return (RuleSubject){attribute_of_change, is_where, change};
}

static bool matches(const RuleSet *set, const Rule *rule, const Change *change) {
    if (rule->change != change->kind)
        return false;
    if (!(change->direction == DIRECTION_REQUEST ? rule->in_request : rule->in_response))
        return false;
    RuleSubject subject = subject_from(change);
    return conditions_hold(&rule->when, &subject, &set->settings);
}

size_t rules_unmet(Arena *arena, const RuleSet *set, const Rule *rule, const Change *change,
                   Text **texts) {
    ARRAY(Text) unmet = {0};
    RuleSubject subject = subject_from(change);
    for (size_t i = 0; i < rule->when.count; i++) {
        RuleConditions one = {&rule->when.items[i], 1, 1};
        if (!conditions_hold(&one, &subject, &set->settings))
            array_push(arena, &unmet, condition_unmet_text(arena, &one, change));
    }
    *texts = unmet.items;
    return unmet.count;
}

static bool ask_the_day(const RuleConditions *conditions) {
    for (size_t i = 0; i < conditions->count; i++) {
        const RuleCondition *condition = &conditions->items[i];
        bool days =
            condition->kind == CONDITION_DAYS_AGO || condition->kind == CONDITION_DAYS_AHEAD;
        if (days || ask_the_day(&condition->parts))
            return true;
    }
    return false;
}

bool rules_ask_the_day(const Rule *rule) {
    return ask_the_day(&rule->when);
}

const Rule *rules_match(const RuleSet *set, const Change *change) {
    for (size_t i = 0; i < set->rules.count; i++)
        if (matches(set, set->rules.items[i], change))
            return set->rules.items[i];
    return NULL;
}

bool rules_are_silent(const RuleSet *set, const Change *change) {
    for (size_t i = 0; i < set->unruled.count; i++) {
        const UnruledKind *kind = &set->unruled.items[i];
        bool request = change->direction == DIRECTION_REQUEST;
        if (kind->change == change->kind && (request ? kind->in_request : kind->in_response))
            return true;
    }
    return false;
}

/* ---- ids ------------------------------------------------------------------------------------- */

const Rule *rules_find(const RuleSet *set, Text id) {
    for (size_t i = 0; i < set->rules.count; i++)
        if (text_equal(set->rules.items[i]->id, id))
            return set->rules.items[i];
    return NULL;
}

const Rule *rules_nearest(const RuleSet *set, Text id) {
    Guess guess = {.mistyped = id};
    for (size_t i = 0; i < set->rules.count; i++)
        guess_offer(&guess, set->rules.items[i]->id);
    return guess.word.size ? rules_find(set, guess.word) : NULL;
}

/* ---- templates ------------------------------------------------------------------------------- */

bool template_next(Text template, size_t *at, TemplatePiece *piece) {
    if (*at >= template.size)
        return false;
    size_t open = text_find_byte(template, '{', *at);
    size_t close = open == SIZE_MAX ? SIZE_MAX : text_find_byte(template, '}', open);
    size_t end = open == SIZE_MAX ? template.size : open;
    *piece = (TemplatePiece){.before = text_slice(template, *at, end)};
    *at = template.size;
    if (open == SIZE_MAX) {
        piece->wrong = text_find_byte(piece->before, '}', 0) != SIZE_MAX;
        return true;
    }
    if (close != SIZE_MAX) {
        piece->word = text_slice(template, open + 1, close);
        *at = close + 1;
    }
    piece->wrong = piece->word.size == 0 || text_find_byte(piece->before, '}', 0) != SIZE_MAX;
    return true;
}

Text rules_expand(Arena *arena, Text template, const Change *change) {
    Buffer out = {.arena = arena};
    TemplatePiece piece;
    for (size_t at = 0; template_next(template, &at, &piece);) {
        buffer_add(&out, piece.before);
        AttributeId attribute = attribute_by_word(piece.word);
        if (attribute != ATTRIBUTE_COUNT)
            buffer_add(&out, change_attribute(change, attribute));
    }
    return buffer_text(&out);
}

const char *compatibility_word(Compatibility compatibility) {
    static const char *const words[] = {"compatible", "conditional", "breaking"};
    return words[compatibility];
}
