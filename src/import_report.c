/* How the JSON of `verify` is taken into a store. It is our own comparison, made elsewhere, of the
 * description and the contracts that it names by digests. So it counts as that and no more: what it
 * says is found again here, and a report that says otherwise is refused.
 */
#include "replay.h"

static bool check_description(Importing *importing, const VerificationReport *report) {
    const StoredVersion *provider = &importing->provider;
    Diagnostics *diagnostics = &importing->store->diagnostics.all;
    Text there;
    if (!store_description_of(importing->store->store, provider, &there))
        return false;
    if (!there.size)
        return diagnose(diagnostics, DESCRIPTION_UNKNOWN, importing->place,
                        TEXT_ARG(provider->number), TEXT_ARG(provider->name),
                        TEXT_ARG(report->digest));
    return text_equal(there, report->digest) ||
           diagnose(diagnostics, DESCRIPTION_OTHER, importing->place, TEXT_ARG(report->digest),
                    TEXT_ARG(provider->number), TEXT_ARG(provider->name), TEXT_ARG(there));
}

/* Whether the version that is named, or else any of the consumer's, has this contract. */
static bool check_contract(Importing *importing, const VerifiedContract *contract) {
    Store *store = importing->store->store;
    Diagnostics *diagnostics = &importing->store->diagnostics.all;
    const char *number = importing->replay->consumer_number;
    StoredVersions versions = {0};
    const StoredVersion *newest = NULL;
    Text there, newest_digest = {0};
    if (!store_versions(store, contract->consumer, &versions))
        return false;
    for (size_t i = versions.count; i-- > 0;) {
        const StoredVersion *version = &versions.items[i];
        if (number && !text_is(version->number, number))
            continue;
        if (!store_contract_with(store, version, importing->provider.participant, &there))
            return false;
        if (there.size && text_equal(there, contract->digest))
            return true;
        if (there.size && !newest) {
            newest = version;
            newest_digest = there;
        }
    }
    if (!newest)
        return diagnose(diagnostics, CONTRACT_UNKNOWN, importing->place,
                        TEXT_ARG(contract->consumer), TEXT_ARG(importing->provider.name));
    return diagnose(diagnostics, CONTRACT_OF_OTHER_DIGEST, importing->place,
                    TEXT_ARG(contract->digest), TEXT_ARG(newest->number),
                    TEXT_ARG(contract->consumer), TEXT_ARG(newest_digest));
}

/* What the report makes of a consumer. What is pending fails without being one. */
static GateResult claimed(const VerificationReport *report, Text consumer) {
    bool reached = false, unreached = false;
    GateResult result = GATE_YES;
    for (array_each(VerifiedInteraction, interaction, &report->interactions)) {
        if (!text_equal(interaction->consumer, consumer))
            continue;
        reached = true;
        if (interaction->result == CONTRADICTED && !interaction->pending)
            return GATE_NO;
        if (interaction->result == CONTRADICTED)
            result = GATE_UNKNOWN;
    }
    for (array_each(UnreachedInteraction, interaction, &report->unreached))
        unreached = unreached || text_equal(interaction->consumer, consumer);
    return unreached && !reached ? GATE_NO : result;
}

static bool compare_again(Importing *importing, const VerificationReport *report,
                          const VerifiedContract *contract) {
    GateComparer comparer = stored_comparer(importing->store);
    StoredVerification ours;
    bool is_new;
    GateResult result = claimed(report, contract->consumer);
    if (!gate_comparison(importing->store->store, &comparer, contract->digest, report->digest,
                         &ours, &is_new) ||
        (is_new &&
         !store_add_comparison(importing->store->store, contract->digest, report->digest, &ours)))
        return false;
    return result == GATE_UNKNOWN || (result == GATE_YES) == ours.success ||
           diagnose(&importing->store->diagnostics.all, COMPARED_OTHERWISE, importing->place,
                    TEXT_ARG(contract->consumer), result == GATE_YES ? "is" : "is not",
                    ours.success ? "is" : "is not");
}

static bool import_contract(Importing *importing, const VerificationReport *report,
                            const VerifiedContract *contract) {
    if (!contract->digest.size)
        return refuse_import(importing, "its pacts of one consumer contradict each other");
    return check_contract(importing, contract) && compare_again(importing, report, contract);
}

bool import_report(Importing *importing, const VerificationReport *report) {
    const char *wanted = importing->replay->consumer;
    size_t imported = 0;
    if (!report->digest.size)
        return refuse_import(importing, "it does not say by digests what was compared; what this "
                                        "version of `breakwater verify` writes does");
    if (!check_description(importing, report))
        return false;
    for (array_each(VerifiedContract, contract, &report->contracts)) {
        if (wanted && !text_is(contract->consumer, wanted))
            continue;
        if (!import_contract(importing, report, contract))
            return false;
        imported++;
    }
    return imported || refuse_import(importing, wanted ? "nothing in it is of that consumer"
                                                       : "no contract is in it");
}
