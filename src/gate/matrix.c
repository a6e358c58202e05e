#include "gate/asking.h"

/* What filters the rows, with the versions of each side's branch. */
typedef struct Wanted {
    const MatrixFilter *filter;
    StoredVersions of_branch[2];
} Wanted;

static bool is_among(const StoredVersions *versions, const StoredVersion *version) {
    for (array_each(StoredVersion, one, versions))
        if (one->id == version->id)
            return true;
    return false;
}

static bool is_side(const Wanted *wanted, size_t side, const StoredVersion *version) {
    const MatrixSide *is = &wanted->filter->sides[side];
    return (!is->participant.size || text_equal(version->name, is->participant)) &&
           (!is->version.size || text_equal(version->number, is->version)) &&
           (!is->branch.size || is_among(&wanted->of_branch[side], version));
}

static bool is_wanted(const Wanted *wanted, const StoredVersion *consumer,
                      const StoredVersion *provider) {
    return (is_side(wanted, 0, consumer) && is_side(wanted, 1, provider)) ||
           (is_side(wanted, 0, provider) && is_side(wanted, 1, consumer));
}

static bool find_of_branch(Asking *asking, const StoredVersions *versions, Text branch,
                           StoredVersions *found) {
    for (size_t i = 0; branch.size && i < versions->count; i++) {
        StoredNames names = {0};
        if (!store_branches_of(asking->store, &versions->items[i], &names))
            return false;
        for (array_each(Text, name, &names))
            if (text_equal(*name, branch))
                array_push(asking->arena, found, versions->items[i]);
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

static bool add_named(Asking *asking, const MatrixSide *side, StoredVersions *versions) {
    StoredVersion version = {0};
    if (side->version.size &&
        !store_find_version(asking->store, side->participant, side->version, &version))
        return false;
    add_version(asking->arena, versions, &version);
    return true;
}

/* The latest version that a side may be, of a participant. */
static bool add_latest(Asking *asking, Text participant, const MatrixSide *side,
                       StoredVersions *versions) {
    StoredVersion version;
    if (side->participant.size && !text_equal(side->participant, participant))
        return true;
    if (!store_latest_version(asking->store, participant, side->branch, (Text){0}, &version))
        return false;
    add_version(asking->arena, versions, &version);
    return true;
}

/* The versions that stand in it: what is in environments and, without one given, the latest of
 * each participant (of the branch). */
static bool collect(Asking *asking, const MatrixFilter *filter, StoredVersions *versions) {
    const MatrixSide *sides = filter->sides;
    if (!store_present(asking->store, filter->environment, &asking->present) ||
        !store_participants(asking->store, &asking->participants))
        return false;
    for (size_t i = 0; i < asking->present.count; i++)
        add_version(asking->arena, versions, &asking->present.items[i].version);
    for (size_t i = 0; !filter->environment.size && i < asking->participants.count; i++) {
        Text participant = asking->participants.items[i];
        bool unnamed = !sides[0].participant.size; /* then what one side is both are */
        if (!add_latest(asking, participant, &sides[0], versions) ||
            (!unnamed && !add_latest(asking, participant, &sides[1], versions)))
            return false;
    }
    return add_named(asking, &sides[0], versions) && add_named(asking, &sides[1], versions);
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
    if (!collect(&asking, filter, &versions))
        return NULL;
    for (size_t side = 0; side < 2; side++)
        if (!find_of_branch(&asking, &versions, filter->sides[side].branch,
                            &wanted.of_branch[side]))
            return NULL;
    for (size_t i = 0; i < versions.count; i++)
        if (!add_rows_of(&asking, &wanted, &versions, &versions.items[i]))
            return NULL;
    sort_rows(&asking);
    return asking.answer;
}
