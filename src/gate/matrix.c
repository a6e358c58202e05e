#include "gate/asking.h"

static bool is_wanted(const MatrixFilter *filter, const StoredVersion *consumer,
                      const StoredVersion *provider) {
    const StoredVersion *sides[] = {consumer, provider};
    if (!filter->participant.size)
        return true;
    for (size_t i = 0; i < 2; i++)
        if (text_equal(sides[i]->name, filter->participant) &&
            (!filter->version.size || text_equal(sides[i]->number, filter->version)))
            return true;
    return false;
}

static void add_version(Arena *arena, StoredVersions *versions, const StoredVersion *version) {
    for (size_t i = 0; i < versions->count; i++)
        if (versions->items[i].id == version->id)
            return;
    if (version->id)
        array_push(arena, versions, *version);
}

/* The versions that stand in it: what is in environments and, without one given, the latest of
 * each participant (of the branch). */
static bool collect(Asking *asking, const MatrixFilter *filter, StoredVersions *versions) {
    StoredVersion version;
    if (!store_present(asking->store, filter->environment, &asking->present) ||
        !store_participants(asking->store, &asking->participants))
        return false;
    for (size_t i = 0; i < asking->present.count; i++)
        add_version(asking->arena, versions, &asking->present.items[i].version);
    for (size_t i = 0; !filter->environment.size && i < asking->participants.count; i++) {
        if (!store_latest_version(asking->store, asking->participants.items[i], filter->branch,
                                  (Text){0}, &version))
            return false;
        add_version(asking->arena, versions, &version);
    }
    if (!filter->version.size)
        return true;
    if (!store_find_version(asking->store, filter->participant, filter->version, &version))
        return false;
    add_version(asking->arena, versions, &version);
    return true;
}

static bool add_rows_of(Asking *asking, const MatrixFilter *filter, const StoredVersions *versions,
                        const StoredVersion *consumer) {
    StoredContracts contracts = {0};
    if (!store_contracts_of(asking->store, consumer, &contracts))
        return false;
    for (array_each(StoredContract, contract, &contracts))
        for (array_each(StoredVersion, provider, versions)) {
            bool needed = text_equal(provider->name, contract->provider);
            if (needed && is_wanted(filter, consumer, provider) &&
                !add_row(asking, consumer, provider, contract->digest, false))
                return false;
        }
    return true;
}

GateAnswer *gate_matrix(Arena *arena, Diagnostics *diagnostics, Store *store,
                        const MatrixFilter *filter, const GateComparer *comparer) {
    static const GateQuestion nothing = {0};
    Asking asking = {.arena = arena,
                     .diagnostics = diagnostics,
                     .store = store,
                     .question = &nothing,
                     .comparer = comparer,
                     .answer = arena_new_object(arena, GateAnswer)};
    StoredVersions versions = {0};
    if (!collect(&asking, filter, &versions))
        return NULL;
    for (size_t i = 0; i < versions.count; i++)
        if (!add_rows_of(&asking, filter, &versions, &versions.items[i]))
            return NULL;
    sort_rows(&asking);
    return asking.answer;
}
