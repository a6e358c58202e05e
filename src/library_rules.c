/* The public functions by which rules are chosen and explained: a thin cover, like library.c. */
#include "rendering.h"
#include "ruleset.h"

static bool holds(Arena *arena, Text text, Text wanted) {
    Text lower = text_lower(arena, text);
    return wanted.size <= lower.size && memmem(lower.data, lower.size, wanted.data, wanted.size);
}

static bool is_wanted(Arena *arena, const Rule *rule, const bw_rule_filter *filter) {
    static const Compatibility compatibilities[] = {COMPATIBLE, CONDITIONAL, BREAKING};
    if ((filter->in_request && !rule->in_request) || (filter->in_response && !rule->in_response))
        return false;
    if (filter->compatibility && rule->compatibility != compatibilities[*filter->compatibility])
        return false;
    if (!filter->text || !*filter->text)
        return true;
    Text wanted = text_lower(arena, text_from(filter->text));
    const Text texts[] = {rule->id, text_from(change_info(rule->change)->word), rule->purpose,
                          rule->message, rule->why};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (holds(arena, texts[i], wanted))
            return true;
    return false;
}

bw_status bw_rules_keep(bw_rules *rules, const bw_rule_filter *filter) {
    if (filter->version != BW_RULE_FILTER_VERSION)
        return BW_WRONG_USAGE;
    if (!rules->set)
        return BW_INVALID_INPUT;
    if (setjmp(rules->escape.point))
        return BW_FAULT;
    size_t kept = 0;
    for (size_t i = 0; i < rules->set->rules.count; i++)
        if (is_wanted(rules->arena, rules->set->rules.items[i], filter))
            rules->set->rules.items[kept++] = rules->set->rules.items[i];
    rules->set->rules.count = kept;
    return BW_OK;
}

/* ---- why ------------------------------------------------------------------------------------- */

typedef struct Question {
    const bw_rules *rules;
    const VerdictReport *report;
    const VerdictChange *change;
} Question;

static bool find_in(const VerdictReport *report, const char *id, Question *question) {
    for (size_t i = 0; report && i < report->changes.count; i++)
        if (text_is(report->changes.items[i].id, id)) {
            question->report = report;
            question->change = &report->changes.items[i];
            return true;
        }
    return false;
}

static Text render_why(Arena *arena, const Rendering *rendering) {
    const Question *question = rendering->subject;
    return why_text(arena, question->rules->set, question->report, question->change,
                    &rendering->layout);
}

bw_status bw_result_explain(const bw_result *result, const bw_rules *rules, const char *change,
                            const bw_layout *layout, bw_sink sink, void *context) {
    Question question = {.rules = rules};
    bool found = find_in(result->report, change, &question);
    for (size_t i = 0; i < result->stored.count && !found; i++)
        found = find_in(result->stored.items[i], change, &question);
    Rendering rendering = {render_why, &question, 0, {0}};
    if (!found || !rules->set || !set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}
