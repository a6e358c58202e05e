#include "cli/remote.h"

#include <stdlib.h>

static const char *from_environment(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static const char *cache_folder(const Arguments *arguments) {
    const char *given = arguments_value(arguments, "cache");
    const char *base = from_environment("XDG_CACHE_HOME"), *home = from_environment("HOME");
    if (given || (!base && !home))
        return given;
    return base ? text_format(arguments->arena, "%s/breakwater", base).data
                : text_format(arguments->arena, "%s/.cache/breakwater", home).data;
}

static bool seconds(const Arguments *arguments, unsigned *timeout) {
    const char *given = arguments_value(arguments, "timeout");
    char *end;
    if (!given)
        return true;
    unsigned long value = strtoul(given, &end, 10);
    *timeout = (unsigned)value;
    return (given[0] >= '1' && given[0] <= '9' && !*end && value <= 3600) ||
           diagnose(arguments->diagnostics, NOT_SECONDS, (Place){0}, given, "timeout");
}

static const char *credential(const Arguments *arguments, const char *option,
                              const char *variable) {
    const char *given = arguments_value(arguments, option);
    return given ? given : from_environment(variable);
}

/* A name and password that are given count before a token that the environment has. */
bw_broker broker_at(const Arguments *arguments, const char *url) {
    bw_broker broker = BW_BROKER_INIT;
    bool named = arguments_have(arguments, "broker-username");
    broker.url = url;
    broker.token = named ? arguments_value(arguments, "broker-token")
                         : credential(arguments, "broker-token", "PACT_BROKER_TOKEN");
    broker.username = credential(arguments, "broker-username", "PACT_BROKER_USERNAME");
    broker.password = credential(arguments, "broker-password", "PACT_BROKER_PASSWORD");
    broker.ca_file = from_environment("SSL_CERT_FILE");
    return broker;
}

static const char *broker_url(const Arguments *arguments) {
    static const char *const names[] = {"broker", "broker-base-url", "store"};
    const char *url = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !url; i++)
        url = arguments_value(arguments, names[i]);
    return url;
}

bool broker_access(const Arguments *arguments, bw_broker *broker) {
    const char *url = broker_url(arguments);
    *broker = broker_at(arguments, url ? url : from_environment("PACT_BROKER_BASE_URL"));
    broker->provider_branch = arguments_value(arguments, "provider-branch");
    broker->cache = cache_folder(arguments);
    broker->offline = arguments_have(arguments, "offline");
    return seconds(arguments, &broker->timeout_seconds);
}

bool broker_options(const Arguments *arguments, bw_broker *broker, bool *asked) {
    Strings environments = arguments_values(arguments, "environment");
    Strings branches = arguments_values(arguments, "consumer-branch");
    bool right = broker_access(arguments, broker);
    broker->provider = arguments_value(arguments, "provider");
    bool from_files = arguments_have(arguments, "pacts");
    *asked = broker_url(arguments) || (broker->provider && (broker->url || !from_files));
    if (!*asked || !right)
        return right;
    broker->environments = environments.items;
    broker->environment_count = environments.count;
    broker->branches = branches.items;
    broker->branch_count = branches.count;
    broker->deployed_or_released = arguments_have(arguments, "deployed-or-released");
    broker->main_branch = arguments_have(arguments, "main-branch") ||
                          (!environments.count && !branches.count && !broker->deployed_or_released);
    if (!broker->url)
        return diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "broker", "URL");
    if (!broker->provider)
        return diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "provider", "NAME");
    return true;
}
