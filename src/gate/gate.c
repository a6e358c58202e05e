#include "gate/asking.h"

/* ---- who is asked for ------------------------------------------------------------------------ */

static bool find_selected(Asking *asking, const GateSelector *selector, StoredVersion *version) {
    if (selector->version.size)
        return store_find_version(asking->store, selector->participant, selector->version, version);
    if (selector->main_branch)
        return store_main_version(asking->store, selector->participant, version);
    return store_latest_version(asking->store, selector->participant, selector->branch,
                                selector->tag, version);
}

static Text selector_text(const Asking *asking, const GateSelector *selector) {
    Arena *arena = asking->arena;
    if (selector->version.size)
        return text_format(arena, "version %.*s of %.*s", TEXT_ARG(selector->version),
                           TEXT_ARG(selector->participant));
    if (selector->branch.size)
        return text_format(arena, "version of %.*s on the branch %.*s",
                           TEXT_ARG(selector->participant), TEXT_ARG(selector->branch));
    if (selector->tag.size)
        return text_format(arena, "version of %.*s with the tag %.*s",
                           TEXT_ARG(selector->participant), TEXT_ARG(selector->tag));
    return text_format(arena, "version of %.*s%s", TEXT_ARG(selector->participant),
                       selector->main_branch ? " on its main branch" : "");
}

/* The name that the selector has wrong, as it likely was to be. */
static bool find_meant(Asking *asking, const GateSelector *selector, Text *nearest) {
    Store *store = asking->store;
    Text participant = selector->participant;
    int64_t id;
    *nearest = (Text){0};
    if (!store_find_participant(store, participant, &id))
        return false;
    if (!id)
        return gate_nearest(store, GATE_PARTICIPANT, (Text){0}, participant, nearest);
    if (selector->version.size)
        return gate_nearest(store, GATE_VERSION, participant, selector->version, nearest);
    if (selector->branch.size)
        return gate_nearest(store, GATE_BRANCH, participant, selector->branch, nearest);
    return !selector->tag.size ||
           gate_nearest(store, GATE_TAG, participant, selector->tag, nearest);
}

static bool miss(Asking *asking, const GateSelector *selector) {
    Arena *arena = asking->arena;
    Text nearest;
    if (!find_meant(asking, selector, &nearest))
        return false;
    asking->answer->result = GATE_NO;
    array_push(arena, &asking->answer->reasons,
               text_format(arena, "there is no %.*s%s", TEXT_ARG(selector_text(asking, selector)),
                           text_suggestion(arena, nearest)));
    return true;
}

static bool select_versions(Asking *asking) {
    Buffer question = {.arena = asking->arena};
    for (size_t i = 0; i < asking->question->selectors.count; i++) {
        const GateSelector *selector = &asking->question->selectors.items[i];
        StoredVersion version;
        if (!find_selected(asking, selector, &version))
            return false;
        if (version.id)
            array_push(asking->arena, &asking->selected, version);
        else if (!miss(asking, selector))
            return false;
        Text number = version.id ? version.number : selector->version;
        buffer_format(&question, "%s%.*s%s%.*s", question.size ? ", " : "",
                      TEXT_ARG(selector->participant), number.size ? " " : "", TEXT_ARG(number));
    }
    asking->answer->question = buffer_text(&question);
    return true;
}

static bool is_selected(const Asking *asking, Text participant) {
    for (size_t i = 0; i < asking->question->selectors.count; i++)
        if (text_equal(asking->question->selectors.items[i].participant, participant))
            return true;
    return false;
}

/* What is ignored and is not there is likely mistyped, so that nothing is ignored. */
static bool warn_of_ignored(Asking *asking, const GateSelector *ignored) {
    Arena *arena = asking->arena;
    Text nearest = {0};
    StoredVersion version = {0};
    int64_t id;
    if (!store_find_participant(asking->store, ignored->participant, &id) ||
        (ignored->version.size &&
         !store_find_version(asking->store, ignored->participant, ignored->version, &version)))
        return false;
    bool there = id && (!ignored->version.size || version.id);
    if (!there && !find_meant(asking, ignored, &nearest))
        return false;
    const char *missing = id ? "version" : "participant";
    Text said = there ? TEXT("ignored")
                      : text_format(arena, "to be ignored, and there is no such %s%s", missing,
                                    text_suggestion(arena, nearest));
    array_push(arena, &asking->answer->warnings,
               text_format(arena, "%.*s%s%.*s is %.*s", TEXT_ARG(ignored->participant),
                           ignored->version.size ? " " : "", TEXT_ARG(ignored->version),
                           TEXT_ARG(said)));
    return true;
}

static bool check_ignored(Asking *asking) {
    for (array_each(const GateSelector, ignored, &asking->question->ignored))
        if (!warn_of_ignored(asking, ignored))
            return false;
    return true;
}

/* ---- who would stand beside ------------------------------------------------------------------ */

static void add_version(Asking *asking, StoredVersions *versions, const StoredVersion *version) {
    for (size_t i = 0; i < versions->count; i++)
        if (versions->items[i].id == version->id)
            return;
    array_push(asking->arena, versions, *version);
}

bool standing_versions(Asking *asking, Text participant, StoredVersions *versions) {
    const GateQuestion *question = asking->question;
    StoredVersion version;
    if (question->environment.size) {
        for (size_t i = 0; i < asking->present.count; i++)
            if (text_equal(asking->present.items[i].version.name, participant))
                add_version(asking, versions, &asking->present.items[i].version);
        return true;
    }
    bool found = question->to_main ? store_main_version(asking->store, participant, &version)
                                   : store_latest_version(asking->store, participant, (Text){0},
                                                          question->to_tag, &version);
    if (found && version.id)
        add_version(asking, versions, &version);
    return found;
}

/* The versions of a participant against which it is asked: those that stand there; where it is
 * asked for itself, its new versions, and of those that are there what they do not replace:
 * releases. */
static bool counterparts(Asking *asking, Text participant, StoredVersions *versions) {
    if (!is_selected(asking, participant))
        return standing_versions(asking, participant, versions);
    for (size_t i = 0; i < asking->selected.count; i++)
        if (text_equal(asking->selected.items[i].name, participant))
            add_version(asking, versions, &asking->selected.items[i]);
    for (size_t i = 0; i < asking->present.count; i++)
        if (asking->present.items[i].released &&
            text_equal(asking->present.items[i].version.name, participant))
            add_version(asking, versions, &asking->present.items[i].version);
    return true;
}

/* What it needs itself. */
static bool ask_as_consumer(Asking *asking, const StoredVersion *consumer) {
    StoredContracts contracts = {0};
    if (!store_contracts_of(asking->store, consumer, &contracts))
        return false;
    for (size_t i = 0; i < contracts.count; i++) {
        const StoredContract *contract = &contracts.items[i];
        StoredVersions providers = {0};
        if (!counterparts(asking, contract->provider, &providers))
            return false;
        if (!providers.count)
            add_missing_row(asking, consumer, contract->provider);
        for (size_t j = 0; j < providers.count; j++)
            if (!add_row(asking, consumer, &providers.items[j], contract->digest, true))
                return false;
    }
    return true;
}

static bool ask_for_consumer(Asking *asking, const StoredVersion *consumer,
                             const StoredVersion *provider) {
    Text contract;
    if (!store_contract_with(asking->store, consumer, provider->participant, &contract))
        return false;
    return !contract.size || add_row(asking, consumer, provider, contract, false);
}

/* Those who need it and are there. In an environment they are few, else everybody may be one. */
static bool ask_as_provider(Asking *asking, const StoredVersion *provider) {
    if (asking->question->environment.size) {
        for (size_t i = 0; i < asking->present.count; i++) {
            const StoredPresence *there = &asking->present.items[i];
            bool replaced = !there->released && is_selected(asking, there->version.name);
            if (!replaced && !ask_for_consumer(asking, &there->version, provider))
                return false;
        }
        return true;
    }
    for (size_t i = 0; i < asking->participants.count; i++) {
        StoredVersions consumers = {0};
        Text name = asking->participants.items[i];
        if (is_selected(asking, name))
            continue;
        if (!counterparts(asking, name, &consumers))
            return false;
        for (size_t j = 0; j < consumers.count; j++)
            if (!ask_for_consumer(asking, &consumers.items[j], provider))
                return false;
    }
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* " to production" */
static Text target_text(const Asking *asking) {
    const GateQuestion *question = asking->question;
    if (question->environment.size)
        return text_format(asking->arena, " to %.*s", TEXT_ARG(question->environment));
    if (question->to_tag.size)
        return text_format(asking->arena, " to the tag %.*s", TEXT_ARG(question->to_tag));
    return question->to_main ? TEXT(" to the main branch") : (Text){0};
}

static bool prepare(Asking *asking) {
    const GateQuestion *question = asking->question;
    GateAnswer *answer = asking->answer;
    if (!select_versions(asking) || !check_ignored(asking))
        return false;
    answer->question = text_format(asking->arena, "%.*s%.*s", TEXT_ARG(answer->question),
                                   TEXT_ARG(target_text(asking)));
    if (question->environment.size)
        return store_present(asking->store, question->environment, &asking->present);
    bool aimed = question->to_main || question->to_tag.size;
    if (!aimed)
        array_push(asking->arena, &answer->warnings,
                   TEXT("no environment is given: asked against everybody's latest version"));
    return store_participants(asking->store, &asking->participants) &&
           (aimed || store_present(asking->store, (Text){0}, &asking->everywhere));
}

GateAnswer *gate_ask(Arena *arena, Diagnostics *diagnostics, Store *store,
                     const GateQuestion *question, const GateComparer *comparer) {
    Asking asking = {.arena = arena,
                     .diagnostics = diagnostics,
                     .store = store,
                     .question = question,
                     .comparer = comparer,
                     .answer = arena_new_object(arena, GateAnswer)};
    if (!prepare(&asking))
        return NULL;
    for (size_t i = 0; i < asking.selected.count; i++)
        if (!ask_as_consumer(&asking, &asking.selected.items[i]) ||
            !ask_as_provider(&asking, &asking.selected.items[i]))
            return NULL;
    conclude(&asking);
    return asking.answer;
}
