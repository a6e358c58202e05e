#include "gate/asking.h"

static bool is_anywhere(const Asking *asking, const StoredVersion *version) {
    for (size_t i = 0; i < asking->everywhere.count; i++)
        if (asking->everywhere.items[i].version.id == version->id)
            return true;
    return false;
}

/* Whether one of the provider's versions ever did: by its own replay, else by its description. It
 * is a function of what is recorded, not of what was asked before. */
static bool was_satisfied(Asking *asking, const StoredVersion *provider, Text contract, bool *was) {
    StoredNames descriptions = {0};
    if (!store_was_verified(asking->store, contract, provider->participant, was))
        return false;
    if (*was)
        return true;
    if (!store_unverified_descriptions(asking->store, contract, provider->participant,
                                       &descriptions))
        return false;
    for (size_t i = 0; !*was && i < descriptions.count; i++) {
        StoredVerification comparison;
        if (!find_comparison(asking, contract, descriptions.items[i], &comparison))
            return false;
        *was = comparison.id && comparison.success;
    }
    return true;
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
