#include "gate/asking.h"

bool explain_since(Asking *asking, const StoredVersion *earlier, Text contract, Text after,
                   GateRow *row) {
    const GateComparer *comparer = asking->comparer;
    Text before;
    if (!store_description_of(asking->store, earlier, &before))
        return false;
    if (!before.size || text_equal(before, after))
        return true;
    if (!comparer->explain(comparer->context, contract, before, after, row))
        return false;
    row->since = row->changes.count ? earlier->number : (Text){0};
    return true;
}

/* What stands where the question leads. Of what came later the changes would be told backwards. */
static bool explain_since_standing(Asking *asking, const StoredVersion *provider, Text contract,
                                   Text after, GateRow *row) {
    StoredVersions there = {0};
    if (!standing_versions(asking, provider->name, &there))
        return false;
    for (size_t i = there.count; !row->changes.count && i-- > 0;) {
        const StoredVersion *version = &there.items[i];
        if (version->id < provider->id && !explain_since(asking, version, contract, after, row))
            return false;
    }
    return true;
}

/* The nearest version before it on a branch, or on none, that satisfied the contract. */
static bool explain_since_satisfied(Asking *asking, const StoredVersion *provider, Text contract,
                                    Text branch, Text after, GateRow *row) {
    StoredVersions earlier = {0};
    if (!store_versions_before(asking->store, provider, branch, &earlier))
        return false;
    for (array_each(StoredVersion, version, &earlier)) {
        Known known;
        if (!find_known(asking, version, contract, &known))
            return false;
        GateRow row_before = {0};
        judge_known(asking, &known, &row_before);
        if (row_before.result == GATE_YES)
            return explain_since(asking, version, contract, after, row);
    }
    return true;
}

bool explain_row(Asking *asking, const StoredVersion *provider, Text contract, GateRow *row) {
    const GateComparer *comparer = asking->comparer;
    StoredNames branches = {0};
    Text after, main_branch;
    if (row->result != GATE_NO || !comparer || !comparer->explain)
        return true;
    if (!store_description_of(asking->store, provider, &after) ||
        !store_branches_of(asking->store, provider, &branches) ||
        !store_main_branch(asking->store, provider->name, &main_branch))
        return false;
    if (!after.size)
        return true;
    array_push(asking->arena, &branches, main_branch); /* empty where there is none: any version */
    if (!explain_since_standing(asking, provider, contract, after, row))
        return false;
    for (size_t i = 0; !row->changes.count && i < branches.count; i++)
        if (!explain_since_satisfied(asking, provider, contract, branches.items[i], after, row))
            return false;
    return true;
}
