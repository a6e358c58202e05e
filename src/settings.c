#include "settings.h"

#include <time.h>

enum { SECONDS_A_DAY = 86400 };

RuleSet *load_rules(Arena *arena, Diagnostics *diagnostics, const char *const *folders,
                    size_t count) {
    RuleSet *rules = rules_builtin(arena, diagnostics);
    for (size_t i = 0; rules && i < count; i++)
        if (!rules_add_folder(arena, diagnostics, rules, text_from(folders[i])))
            return NULL;
    return rules;
}

bool read_today(Diagnostics *diagnostics, const char *today, Day *day) {
    *day = (Day)(time(NULL) / SECONDS_A_DAY);
    return !today || day_parse(text_from(today), day) ||
           diagnose(diagnostics, NOT_A_DATE, (Place){0}, today);
}

static bool add_selectors(Arena *run, Diagnostics *diagnostics, const char *const *texts,
                          size_t count, Selectors *selectors) {
    for (size_t i = 0; i < count; i++) {
        Selector selector;
        Text text = text_from(texts[i]);
        if (!selector_parse(run, text, &selector))
            return diagnose(diagnostics, CONFIG_NO_SELECTOR, (Place){0}, TEXT_ARG(text));
        array_push(run, selectors, selector);
    }
    return true;
}

/* What is asked for on top of the config. The waivers stay the config's own. */
static bool set_policies(bw_result *result, const bw_compare_options *options, Settings *settings) {
    static const Policies none = {0};
    Diagnostics *diagnostics = &result->diagnostics.all;
    Policies *policies = arena_new_object(result->run, Policies);
    *policies = result->config ? result->config->policies : none;
    settings->judging.policies = policies;
    /* Growing must not write into the config's own block. */
    policies->included.capacity = policies->included.count;
    policies->excluded.capacity = policies->excluded.count;
    return add_selectors(result->run, diagnostics, options->include, options->include_count,
                         &policies->included) &&
           add_selectors(result->run, diagnostics, options->exclude, options->exclude_count,
                         &policies->excluded);
}

static void set_ruling(const bw_result *result, const bw_compare_options *options,
                       Settings *settings) {
    ConfigRuling ruling = {0};
    if (result->config)
        ruling = result->config->ruling;
    if (result->spec && result->spec->ruling.has_policy)
        ruling = (ConfigRuling){true, ruling.has_fail_on, result->spec->ruling.policy,
                                ruling.fail_on_conditional};
    if (result->spec && result->spec->ruling.has_fail_on)
        ruling.fail_on_conditional = result->spec->ruling.fail_on_conditional;
    bool recorded = ruling.has_policy ? ruling.policy == POLICY_RECORDED_CONSUMERS
                                      : side_has_pacts(&result->pacts);
    if (options->policy != BW_POLICY_DEFAULT)
        recorded = options->policy == BW_POLICY_RECORDED_CONSUMERS;
    settings->judging.policy = recorded ? POLICY_RECORDED_CONSUMERS : POLICY_ANY_CONSUMER;
    settings->judging.fail_on_conditional =
        ruling.fail_on_conditional || options->conditional_is_breaking;
}

static bool set_rules(bw_result *result, const bw_compare_options *options, Day today,
                      Settings *settings) {
    Diagnostics *diagnostics = &result->diagnostics.all;
    const Config *config = result->config;
    RuleSet *rules = rules_builtin(result->run, diagnostics);
    for (size_t i = 0; rules && config && i < config->rule_folders.count; i++)
        if (!rules_add_folder(result->run, diagnostics, rules, config->rule_folders.items[i]))
            return false;
    for (size_t i = 0; rules && i < options->rule_folder_count; i++)
        if (!rules_add_folder(result->run, diagnostics, rules, text_from(options->rule_folders[i])))
            return false;
    if (!rules || (config && !config_check_rules(config, rules, diagnostics)))
        return false;
    int deprecation = config ? config->deprecation_days : 0;
    int notice = config ? config->notice_days : 0;
    deprecation = options->deprecation_days > 0 ? options->deprecation_days : deprecation;
    notice = options->notice_days > 0 ? options->notice_days : notice;
    if (deprecation > 0)
        rules->settings.deprecation_days = deprecation;
    if (notice > 0)
        rules->settings.notice_days = notice;
    rules->settings.today = today;
    settings->rules = rules;
    return true;
}

bool open_config(bw_result *result, const bw_compare_options *options) {
    Diagnostics *diagnostics = &result->diagnostics.all;
    Day today;
    if (!read_today(diagnostics, options->today, &today))
        return false;
    if (!result->config && options->config)
        result->config = config_read(result->run, diagnostics, text_from(options->config), today);
    if (!result->config)
        return !options->config;
    bool allow = result->config->allow_unresolved || options->allow_unresolved;
    result->base.load.allow_unresolved = result->revision.load.allow_unresolved = allow;
    return true;
}

bool settle(bw_result *result, const bw_compare_options *options, Settings *settings) {
    Diagnostics *diagnostics = &result->diagnostics.all;
    Day today;
    *settings = (Settings){0};
    if (!read_today(diagnostics, options->today, &today))
        return false;
    if (!set_rules(result, options, today, settings) || !set_policies(result, options, settings))
        return false;
    set_ruling(result, options, settings);
    settings->judging.provider_base_path = text_from(options->provider_base_path);
    if (settings->judging.policy == POLICY_RECORDED_CONSUMERS && !side_has_pacts(&result->pacts))
        diagnose(diagnostics, POLICY_WITHOUT_PACTS, (Place){0}, "recorded-consumers");
    return true;
}
