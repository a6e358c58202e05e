#include "gate/gate.h"

static void offer(Guess *guess, Text word) {
    guess_offer(guess, word);
    if (!text_equal_ignoring_case(word, guess->mistyped))
        return;
    guess->word = word;
    guess->distance = 0;
}

static void offer_all(Guess *guess, const StoredNames *names) {
    for (array_each(Text, name, names))
        offer(guess, *name);
}

static bool offer_versions(Store *store, Text participant, Guess *guess) {
    StoredVersions versions = {0};
    if (!store_versions(store, participant, &versions))
        return false;
    for (size_t i = versions.count; i-- > 0;) /* of those that are as near the newest */
        offer(guess, versions.items[i].number);
    return true;
}

static bool offer_environments(Store *store, Guess *guess) {
    StoredEnvironments environments = {0};
    if (!store_environments(store, &environments))
        return false;
    for (array_each(StoredEnvironment, environment, &environments))
        offer(guess, environment->name);
    return true;
}

static bool offer_names(Store *store, GateName kind, Text participant, Guess *guess) {
    StoredNames names = {0};
    bool found = kind == GATE_BRANCH ? store_branches(store, participant, &names)
                 : kind == GATE_TAG  ? store_tags(store, participant, &names)
                                     : store_participants(store, &names);
    offer_all(guess, &names);
    return found;
}

bool gate_nearest(Store *store, GateName kind, Text participant, Text name, Text *nearest) {
    Guess guess = {.mistyped = name};
    bool offered = kind == GATE_VERSION       ? offer_versions(store, participant, &guess)
                   : kind == GATE_ENVIRONMENT ? offer_environments(store, &guess)
                                              : offer_names(store, kind, participant, &guess);
    bool near = guess.distance * 3 <= name.size; /* else it has little of the name */
    *nearest = near ? guess.word : (Text){0};
    return offered;
}
