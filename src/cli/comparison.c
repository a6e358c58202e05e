#include "cli/comparison.h"

enum { PATH_SIZE = 1024 };

const char *const policy_names[] = {"any-consumer", "recorded-consumers", NULL};
const char *const fail_on_names[] = {"breaking", "conditional", "never", NULL};
static const bw_fail_on fail_on_levels[] = {BW_FAIL_ON_BREAKING, BW_FAIL_ON_CONDITIONAL,
                                            BW_FAIL_ON_NEVER};

const char *config_option(const Arguments *arguments) {
    const char *given = arguments_value(arguments, "config");
    if (given || arguments_have(arguments, "no-config"))
        return given;
    char *path = arena_alloc(arguments->arena, PATH_SIZE);
    return bw_config_find(path, PATH_SIZE) ? path : NULL;
}

static void set_lists(const Arguments *arguments, bw_compare_options *compare) {
    const struct {
        const char *option;
        const char *const **items;
        size_t *count;
    } lists[] = {
        {"pacts", &compare->pacts, &compare->pact_count},
        {"rules", &compare->rule_folders, &compare->rule_folder_count},
        {"include", &compare->include, &compare->include_count},
        {"exclude", &compare->exclude, &compare->exclude_count},
        {"strip-prefix", &compare->strip_prefixes, &compare->strip_prefix_count},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        Strings given = arguments_values(arguments, lists[i].option);
        *lists[i].items = given.items;
        *lists[i].count = given.count;
    }
}

bool comparison_options(const Arguments *arguments, bw_compare_options *compare) {
    const char *policy = arguments_value(arguments, "policy");
    const char *fail_on = arguments_value(arguments, "fail-on");
    set_lists(arguments, compare);
    compare->config = config_option(arguments);
    if (policy)
        compare->policy = strcmp(policy, policy_names[0]) == 0 ? BW_POLICY_ANY_CONSUMER
                                                               : BW_POLICY_RECORDED_CONSUMERS;
    for (size_t i = 0; fail_on && fail_on_names[i]; i++)
        if (strcmp(fail_on, fail_on_names[i]) == 0)
            compare->fail_on = fail_on_levels[i];
    compare->provider_base_path = arguments_value(arguments, "provider-base-path");
    compare->provider = arguments_value(arguments, "provider");
    compare->add_prefix = arguments_value(arguments, "add-prefix");
    compare->allow_unresolved = arguments_have(arguments, "allow-unresolved");
    compare->allow_remote = arguments_have(arguments, "allow-remote");
    compare->no_renames = arguments_have(arguments, "no-renames");
    compare->documentation = arguments_have(arguments, "verbose");
    return check_base_path(arguments) && clock_options(arguments, compare);
}

bool recorded_options(const Arguments *arguments, bw_recorded *recorded, bw_broker *broker) {
    bool asked;
    Strings pacts = arguments_values(arguments, "pacts");
    if (!broker_options(arguments, broker, &asked))
        return false;
    if (!pacts.count && !asked)
        return diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "pacts", "PATH");
    *recorded = (bw_recorded){
        .spec = arguments_operand(arguments, 0),
        .pacts = pacts.items,
        .pact_count = pacts.count,
        .broker = asked ? broker : NULL,
        .provider = arguments_value(arguments, "provider"),
        .provider_base_path = arguments_value(arguments, "provider-base-path"),
        .allow_unresolved = arguments_have(arguments, "allow-unresolved"),
        .allow_remote = arguments_have(arguments, "allow-remote"),
    };
    return check_base_path(arguments);
}
