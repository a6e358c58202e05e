/* The public functions of the rules: a thin cover, like library.c. */
#include "example.h"
#include "rendering.h"
#include "ruleset.h"
#include "settings.h"

#include <stdlib.h>

/* ---- the rules ------------------------------------------------------------------------------- */

/* What has expired in the config is no matter here, and what it says of rules not either. */
static bool read_rules(bw_rules *rules, const bw_rules_options *options) {
    Diagnostics *diagnostics = &rules->diagnostics.all;
    Day today, long_ago = 0;
    const Config *config = NULL;
    if (!read_today(diagnostics, options->today, &today))
        return false;
    if (options->config &&
        !(config = config_read(rules->arena, diagnostics, text_from(options->config), long_ago)))
        return false;
    rules->set =
        load_rules(rules->arena, diagnostics, config, options->folders, options->folder_count);
    if (rules->set)
        set_days(&rules->set->settings, config, options->deprecation_days, options->notice_days);
    if (rules->set)
        rules->set->settings.today = today;
    return rules->set;
}

bw_status bw_rules_load(const bw_rules_options *options, bw_rules **rules) {
    *rules = NULL;
    if (options->version != BW_RULES_OPTIONS_VERSION)
        return BW_WRONG_USAGE;
    bw_rules *loaded = calloc(1, sizeof *loaded);
    if (!loaded)
        return BW_FAULT;
    if (setjmp(loaded->escape.point)) {
        bw_rules_free(loaded);
        return BW_FAULT;
    }
    loaded->arena = arena_new(&loaded->escape);
    if (!loaded->arena) {
        bw_rules_free(loaded);
        return BW_FAULT;
    }
    loaded->diagnostics.all.arena = loaded->arena;
    bool read = read_rules(loaded, options);
    *rules = loaded;
    return read ? BW_OK : BW_INVALID_INPUT;
}

const bw_diagnostics *bw_rules_diagnostics(const bw_rules *rules) {
    return &rules->diagnostics;
}

size_t bw_rules_count(const bw_rules *rules) {
    return rules->set ? rules->set->rules.count : 0;
}

bool bw_rules_get(const bw_rules *rules, size_t index, bw_rule *rule) {
    if (index >= bw_rules_count(rules))
        return false;
    const Rule *inner = rules->set->rules.items[index];
    *rule = (bw_rule){
        .id = public_text(inner->id),
        .purpose = public_text(inner->purpose),
        .message = public_text(inner->message),
        .why = public_text(inner->why),
        .help = public_text(inner->help),
        .standard = public_text(inner->standard),
        .change = change_info(inner->change)->word,
        .in_request = inner->in_request,
        .in_response = inner->in_response,
        .compatibility = public_compatibility(inner->compatibility),
        .file = public_text(inner->own ? inner->place.file : (Text){0}),
        .line = inner->own ? inner->place.line : 0,
    };
    return true;
}

size_t bw_rules_find(const bw_rules *rules, const char *id) {
    for (size_t i = 0; i < bw_rules_count(rules); i++)
        if (text_is(rules->set->rules.items[i]->id, id))
            return i;
    return SIZE_MAX;
}

bw_text bw_rules_nearest(const bw_rules *rules, const char *id) {
    if (!rules->set)
        return public_text((Text){0});
    for (size_t i = 0; i < rules->set->retired.count; i++)
        if (text_is(rules->set->retired.items[i].id, id))
            return public_text(rules->set->retired.items[i].successor);
    const Rule *nearest = rules_nearest(rules->set, text_from(id));
    return public_text(nearest ? nearest->id : (Text){0});
}

static Text render_rules_text(Arena *arena, const Rendering *rendering) {
    const RuleSet *set = rendering->subject;
    if (rendering->index >= set->rules.count)
        return rules_text(arena, set, &rendering->layout);
    const Rule *rule = set->rules.items[rendering->index];
    RuleExample example = example_of(arena, rule, &rendering->layout);
    return rule_text(arena, rule, &example, &rendering->layout);
}

static Text render_rules_json(Arena *arena, const Rendering *rendering) {
    const RuleSet *set = rendering->subject;
    if (rendering->index >= set->rules.count)
        return rules_json(arena, set);
    const Rule *rule = set->rules.items[rendering->index];
    RuleExample example = example_of(arena, rule, &rendering->layout);
    return rule_json(arena, rule, &example);
}

static Text render_rules_markdown(Arena *arena, const Rendering *rendering) {
    const RuleSet *set = rendering->subject;
    if (rendering->index >= set->rules.count)
        return rules_markdown(arena, set);
    const Rule *rule = set->rules.items[rendering->index];
    RuleExample example = example_of(arena, rule, &rendering->layout);
    return rule_markdown(arena, rule, &example);
}

bw_status bw_rules_write(const bw_rules *rules, size_t index, bw_format format,
                         const bw_layout *layout, bw_sink sink, void *context) {
    if (!rules->set)
        return BW_INVALID_INPUT;
    Rendering rendering = {render_rules_text, rules->set, index, {0}};
    if (format == BW_FORMAT_JSON)
        rendering.render = render_rules_json;
    if (format == BW_FORMAT_MARKDOWN)
        rendering.render = render_rules_markdown;
    bool usable = set_layout(&rendering, layout);
    if (!usable || (index != SIZE_MAX && index >= bw_rules_count(rules)))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}

void bw_rules_free(bw_rules *rules) {
    if (!rules)
        return;
    arena_free(rules->arena);
    free(rules);
}

/* ---- those that are asked for ---------------------------------------------------------------- */

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
