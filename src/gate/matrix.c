#include "gate/asking.h"

static bool is_side(const StoredVersion *version, Text participant, Text number) {
    return !participant.size || (text_equal(version->name, participant) &&
                                 (!number.size || text_equal(version->number, number)));
}

static bool are_sides(const MatrixFilter *filter, const StoredVersion *one,
                      const StoredVersion *other) {
    return is_side(one, filter->participant, filter->version) &&
           is_side(other, filter->other, filter->other_version);
}

/* What filters the rows: of a branch is the participant that is named, else one of the two. */
typedef struct Wanted {
    const MatrixFilter *filter;
    StoredVersions of_branch;
} Wanted;

static bool is_of_branch(const Wanted *wanted, const StoredVersion *version) {
    for (array_each(StoredVersion, one, &wanted->of_branch))
        if (one->id == version->id)
            return true;
    return !wanted->filter->branch.size;
}

static bool is_wanted(const Wanted *wanted, const StoredVersion *consumer,
                      const StoredVersion *provider) {
    const MatrixFilter *filter = wanted->filter;
    return (are_sides(filter, consumer, provider) && is_of_branch(wanted, consumer)) ||
           (are_sides(filter, provider, consumer) && is_of_branch(wanted, provider));
}

static bool find_of_branch(Asking *asking, const StoredVersions *versions, Wanted *wanted) {
    Text branch = wanted->filter->branch;
    if (!branch.size)
        return true;
    for (array_each(StoredVersion, version, versions)) {
        StoredNames names = {0};
        if (!store_branches_of(asking->store, version, &names))
            return false;
        for (array_each(Text, name, &names))
            if (text_equal(*name, branch))
                array_push(asking->arena, &wanted->of_branch, *version);
    }
    return true;
}

static void add_version(Arena *arena, StoredVersions *versions, const StoredVersion *version) {
    for (size_t i = 0; i < versions->count; i++)
        if (versions->items[i].id == version->id)
            return;
    if (version->id)
        array_push(arena, versions, *version);
}

static bool add_named(Asking *asking, Text participant, Text number, StoredVersions *versions) {
    StoredVersion version = {0};
    if (number.size && !store_find_version(asking->store, participant, number, &version))
        return false;
    add_version(asking->arena, versions, &version);
    return true;
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
    return add_named(asking, filter->participant, filter->version, versions) &&
           add_named(asking, filter->other, filter->other_version, versions);
}

static bool add_rows_of(Asking *asking, const Wanted *wanted, const StoredVersions *versions,
                        const StoredVersion *consumer) {
    StoredContracts contracts = {0};
    if (!store_contracts_of(asking->store, consumer, &contracts))
        return false;
    for (array_each(StoredContract, contract, &contracts)) {
        const StoredVersion missing = {.name = contract->provider};
        bool stands = false;
        for (array_each(StoredVersion, provider, versions)) {
            bool needed = text_equal(provider->name, contract->provider);
            stands = stands || needed;
            if (needed && is_wanted(wanted, consumer, provider) &&
                !add_row(asking, consumer, provider, contract->digest, false))
                return false;
        }
        if (!stands && is_wanted(wanted, consumer, &missing))
            add_missing_row(asking, consumer, contract->provider);
    }
    return true;
}

GateAnswer *gate_matrix(Arena *arena, Diagnostics *diagnostics, Store *store,
                        const MatrixFilter *filter, const GateComparer *comparer) {
    const GateQuestion where = {.environment = filter->environment};
    Asking asking = {.arena = arena,
                     .diagnostics = diagnostics,
                     .store = store,
                     .question = &where,
                     .comparer = comparer,
                     .answer = arena_new_object(arena, GateAnswer)};
    StoredVersions versions = {0};
    Wanted wanted = {.filter = filter};
    if (!collect(&asking, filter, &versions) || !find_of_branch(&asking, &versions, &wanted))
        return NULL;
    for (size_t i = 0; i < versions.count; i++)
        if (!add_rows_of(&asking, &wanted, &versions, &versions.items[i]))
            return NULL;
    sort_rows(&asking);
    return asking.answer;
}
