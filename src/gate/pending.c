#include "gate/asking.h"

static bool is_anywhere(const Asking *asking, const StoredVersion *version) {
    for (size_t i = 0; i < asking->everywhere.count; i++)
        if (asking->everywhere.items[i].version.id == version->id)
            return true;
    return false;
}

static bool satisfies(Asking *asking, const StoredVersion *provider, Text contract, bool *yes) {
    Known known = {0};
    if (!provider->id)
        return true;
    if (!find_known(asking, provider, contract, &known))
        return false;
    *yes = *yes || (known.replay.id ? known.replay.success : known.comparison.success);
    return true;
}

/* Whether one of the provider's versions that count did: those that are somewhere, that of its main
 * branch and the one before. What is recorded of others is asked first. */
static bool was_satisfied(Asking *asking, const StoredVersion *provider, Text contract, bool *was) {
    StoredVersion main_version, before;
    if (!store_was_satisfied(asking->store, contract, provider->participant, was))
        return false;
    if (*was)
        return true;
    for (size_t i = 0; i < asking->everywhere.count; i++) {
        const StoredVersion *there = &asking->everywhere.items[i].version;
        if (there->participant == provider->participant && !satisfies(asking, there, contract, was))
            return false;
    }
    return store_main_version(asking->store, provider->name, &main_version) &&
           satisfies(asking, &main_version, contract, was) &&
           store_version_before(asking->store, provider, &before) &&
           satisfies(asking, &before, contract, was);
}

bool is_pending(Asking *asking, const StoredVersion *consumer, const StoredVersion *provider,
                Text contract, bool *pending) {
    const GateQuestion *question = asking->question;
    bool aimed = question->environment.size || question->to_main || question->to_tag.size;
    bool satisfied = false;
    *pending = false;
    if (!question->selectors.count || aimed || is_anywhere(asking, consumer))
        return true;
    if (!was_satisfied(asking, provider, contract, &satisfied))
        return false;
    *pending = !satisfied;
    return true;
}
