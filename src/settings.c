#include "settings.h"

#include <time.h>

enum { SECONDS_A_DAY = 86400 };

/* Where a folder as a whole is of no use, the config that names it is at fault. */
static void tell_where_named(Diagnostics *diagnostics, const Config *config, size_t index) {
    const Diagnostic *newest = &diagnostics->list.items[diagnostics->list.count - 1];
    const Node *named = node_member(config->document->root, TEXT("rules"));
    bool whole = newest->place.line == 0 &&
                 text_equal(newest->place.file, config->rule_folders.items[index]);
    if (named && named->kind == NODE_SEQUENCE)
        named = index < named->count ? named->items[index] : NULL;
    if (named && whole)
        diagnostics_second_place(diagnostics, "named here", node_place(named));
}

RuleSet *load_rules(Arena *arena, Diagnostics *diagnostics, const Config *config,
                    const char *const *folders, size_t count) {
    RuleSet *rules = rules_builtin(arena, diagnostics);
    for (size_t i = 0; rules && config && i < config->rule_folders.count; i++)
        if (!rules_add_folder(arena, diagnostics, rules, config->rule_folders.items[i])) {
            tell_where_named(diagnostics, config, i);
            return NULL;
        }
    for (size_t i = 0; rules && i < count; i++)
        if (!rules_add_folder(arena, diagnostics, rules, text_from(folders[i])))
            return NULL;
    return rules;
}

RuleSet *settled_rules(Arena *arena, Diagnostics *diagnostics, const Config *config,
                       const bw_compare_options *options) {
    RuleSet *rules =
        load_rules(arena, diagnostics, config, options->rule_folders, options->rule_folder_count);
    bool known = rules && (!config || config_check_rules(config, rules, diagnostics));
    return known ? rules : NULL;
}

void set_spec(Arena *arena, const ConfigSpec *spec, bw_compare_options *compare) {
    size_t count = compare->strip_prefix_count;
    const char **prefixes =
        arena_new_array(arena, count + spec->strip_prefixes.count, const char *);
    for (size_t i = 0; i < count; i++)
        prefixes[i] = compare->strip_prefixes[i];
    for (size_t i = 0; i < spec->strip_prefixes.count; i++)
        prefixes[count++] = text_copy(arena, spec->strip_prefixes.items[i]).data;
    compare->strip_prefixes = prefixes;
    compare->strip_prefix_count = count;
    if (!compare->add_prefix && spec->add_prefix.size)
        compare->add_prefix = text_copy(arena, spec->add_prefix).data;
    if (!compare->provider && spec->provider.size)
        compare->provider = text_copy(arena, spec->provider).data;
}

bool set_spec_broker(Arena *arena, Diagnostics *diagnostics, const ConfigSpec *spec,
                     bw_compare_options *compare) {
    const bw_broker *given = compare->broker;
    if (!spec->asks_broker) {
        compare->broker = given && given->provider ? given : NULL;
        return true;
    }
    if (!given || !given->url)
        return diagnose(diagnostics, CONFIG_NO_BROKER, spec->place, "PACT_BROKER_BASE_URL");
    bw_broker *broker = arena_new_object(arena, bw_broker);
    const char **environments = arena_new_array(arena, spec->environments.count, const char *);
    const char **branches = arena_new_array(arena, spec->branches.count, const char *);
    for (size_t i = 0; i < spec->environments.count; i++)
        environments[i] = text_copy(arena, spec->environments.items[i]).data;
    for (size_t i = 0; i < spec->branches.count; i++)
        branches[i] = text_copy(arena, spec->branches.items[i]).data;
    *broker = *given;
    broker->provider = text_copy(arena, spec->provider).data;
    broker->environments = environments;
    broker->environment_count = spec->environments.count;
    broker->branches = branches;
    broker->branch_count = spec->branches.count;
    broker->deployed_or_released = spec->deployed_or_released;
    broker->main_branch =
        spec->main_branch ||
        (!spec->environments.count && !spec->branches.count && !spec->deployed_or_released);
    compare->broker = broker;
    return true;
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
            return diagnose(diagnostics, CONFIG_NO_SELECTOR, (Place){0}, TEXT_ARG(text), "");
        array_push(run, selectors, selector);
    }
    return true;
}

static void take_selectors(Arena *run, const Selectors *from, Selectors *into) {
    for (size_t i = 0; i < from->count; i++)
        array_push(run, into, from->items[i]);
}

/* Which selectors name something: those of the config in all comparisons, the caller's in this. */
static void meet_selectors(bw_result *result, Policies *policies) {
    const Api *sides[] = {result->base.api, result->revision.api};
    if (!sides[0] || !sides[1])
        return;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        policies_meet(policies, sides[i]);
        if (result->config)
            policies_meet(&result->config->policies, sides[i]);
    }
    if (result->config && side_has_pacts(&result->pacts))
        policies_meet_consumers(&result->config->policies, &result->pacts.expectations);
    size_t configured[] = {0, 0};
    if (result->config) {
        configured[0] = result->config->policies.included.count;
        configured[1] = result->config->policies.excluded.count;
    }
    const Selectors *lists[] = {&policies->included, &policies->excluded};
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !result->spec; i++) {
        Selectors given = *lists[i];
        given.items += configured[i];
        given.count -= configured[i];
        tell_unmet_selectors(&given, &result->diagnostics.all);
    }
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
    if (result->spec) {
        take_selectors(result->run, &result->spec->included, &policies->included);
        take_selectors(result->run, &result->spec->excluded, &policies->excluded);
    }
    if (!add_selectors(result->run, diagnostics, options->include, options->include_count,
                       &policies->included) ||
        !add_selectors(result->run, diagnostics, options->exclude, options->exclude_count,
                       &policies->excluded))
        return false;
    meet_selectors(result, policies);
    return true;
}

void tell_callers_unmet(Arena *arena, Diagnostics *diagnostics, const bw_compare_options *options,
                        bw_result *const *results, size_t count, bool whole) {
    Policies given = {0};
    if (!add_selectors(arena, diagnostics, options->include, options->include_count,
                       &given.included) ||
        !add_selectors(arena, diagnostics, options->exclude, options->exclude_count,
                       &given.excluded))
        return;
    const Side **sides = arena_new_array(arena, 2 * count, const Side *);
    for (size_t i = 0; i < count; i++) {
        policies_meet(&given, results[i]->base.api);
        policies_meet(&given, results[i]->revision.api);
        sides[2 * i] = &results[i]->base;
        sides[2 * i + 1] = &results[i]->revision;
    }
    const Selectors *lists[] = {&given.included, &given.excluded};
    for (size_t i = 0; i < 2; i++) {
        if (whole)
            tell_unmet_selectors(lists[i], diagnostics);
        for (array_each(const Selector, selector, lists[i]))
            if (!whole && !selector->met)
                diagnose(diagnostics, SELECTOR_UNMET_HERE, selector->place,
                         TEXT_ARG(selector->written));
    }
    if (whole)
        tell_unmet_prefixes(sides, 2 * count, 0, options->strip_prefix_count, diagnostics);
}

void tell_of_config(bw_result *result, const bw_compare_options *options) {
    bool whole = !options->include_count && !options->exclude_count;
    ConfigScope scope = config_scope_of_one(result->config);
    config_tell_unused(result->config, &result->diagnostics.all, whole ? scope : CONFIG_SCOPE_PART,
                       scope == CONFIG_SCOPE_ONE);
    config_tell_unmet(result->config, &result->diagnostics.all, scope);
}

static void set_ruling(bw_result *result, const bw_compare_options *options, Settings *settings) {
    ConfigRuling ruling = {0};
    if (result->config)
        ruling = result->config->ruling;
    const ConfigRuling *own = result->spec ? &result->spec->ruling : NULL;
    if (own && own->has_policy) {
        ruling.has_policy = true;
        ruling.policy = own->policy;
    }
    if (own && own->has_fail_on) {
        ruling.fail_on_conditional = own->fail_on_conditional;
        ruling.fail_never = own->fail_never;
    }
    if (options->fail_on != BW_FAIL_ON_DEFAULT) {
        ruling.fail_on_conditional = options->fail_on == BW_FAIL_ON_CONDITIONAL;
        ruling.fail_never = options->fail_on == BW_FAIL_ON_NEVER;
    }
    settings->fails_never = ruling.fail_never;
    bool recorded = ruling.has_policy ? ruling.policy == POLICY_RECORDED_CONSUMERS
                                      : side_has_pacts(&result->pacts);
    if (options->policy != BW_POLICY_DEFAULT)
        recorded = options->policy == BW_POLICY_RECORDED_CONSUMERS;
    settings->judging.policy = recorded ? POLICY_RECORDED_CONSUMERS : POLICY_ANY_CONSUMER;
    settings->judging.fail_on_conditional = ruling.fail_on_conditional;
}

void set_days(RuleSettings *rules, const Config *config, int deprecation_days, int notice_days) {
    int deprecation = config ? config->deprecation_days : 0;
    int notice = config ? config->notice_days : 0;
    deprecation = deprecation_days > 0 ? deprecation_days : deprecation;
    notice = notice_days > 0 ? notice_days : notice;
    if (deprecation > 0)
        rules->deprecation_days = deprecation;
    if (notice > 0)
        rules->notice_days = notice;
}

static bool set_rules(bw_result *result, const bw_compare_options *options, Day today,
                      Settings *settings) {
    const Config *config = result->config;
    RuleSet *rules = settled_rules(result->run, &result->diagnostics.all, config, options);
    if (!rules)
        return false;
    set_days(&rules->settings, config, options->deprecation_days, options->notice_days);
    rules->settings.today = today;
    settings->rules = rules;
    return true;
}

bool open_config(bw_result *result, const bw_compare_options *options, Settings *settings) {
    Diagnostics *diagnostics = &result->diagnostics.all;
    Day today, long_ago = 0;
    *settings = (Settings){0};
    if (!read_today(diagnostics, options->today, &today))
        return false;
    if (!result->config && options->config)
        result->config = config_read(result->run, diagnostics, text_from(options->config),
                                     options->expired_waivers ? long_ago : today);
    if (!result->config && options->config)
        return false;
    if (result->config && result->config->allow_unresolved)
        result->base.load.allow_unresolved = result->revision.load.allow_unresolved = true;
    return set_rules(result, options, today, settings);
}

bool settle(bw_result *result, const bw_compare_options *options, Settings *settings) {
    if (!set_policies(result, options, settings))
        return false;
    set_ruling(result, options, settings);
    settings->judging.provider_base_path = text_from(options->provider_base_path);
    if (settings->judging.policy == POLICY_RECORDED_CONSUMERS && !side_has_pacts(&result->pacts))
        diagnose(&result->diagnostics.all, POLICY_WITHOUT_PACTS, (Place){0}, "recorded-consumers");
    return true;
}
