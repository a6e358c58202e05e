/* How a broker is told whether a description satisfies the pacts that it has for verification. */
#include "record.h"

#include "impact/impact.h"
#include "report/report.h"

/* Ids of Types are unique in a run. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

/* The description goes with the store, also where memory runs out meanwhile. */
static void release(void *resource) {
    Side *description = resource;
    arena_free(description->arena);
    description->arena = NULL;
}

static Side *load_spec(bw_store *store, const bw_verdict_publication *given) {
    Side *description = arena_new_object(store->arena, Side);
    *description = (Side){.names = &given->spec, .name_count = 1};
    arena_on_free(store->arena, release, description);
    load_side(description, load_description);
    if (description->exhausted)
        arena_exhausted(store->arena);
    gather_diagnostics(&store->diagnostics, description);
    return description->api && !description->diagnostics.errors ? description : NULL;
}

static bool publish_one(bw_store *store, const bw_verdict_publication *given, const Api *api,
                        const BrokerPact *pact, bool *satisfied) {
    Diagnostics *diagnostics = &store->diagnostics.all;
    uint32_t next_type_id = TYPE_IDS_OF_A_SIDE;
    LoadOptions load = {.next_type_id = &next_type_id};
    Expectations expectations = {0};
    const Document *document = document_parse(store->arena, diagnostics, pact->source);
    if (!document || !load_pact(store->arena, diagnostics, NULL, document, &load, &expectations))
        return false;
    VerifyOptions options = {.provider_base_path = text_from(given->provider_base_path)};
    VerificationReport *report = verify_api(store->arena, api, &expectations, &options);
    TextLayout layout = {.version = BW_VERSION};
    *satisfied = *satisfied && (report->verdict == SATISFIED || pact->pending);
    return broker_publish_result(
        store->broker, pact,
        verification_result(store->arena, report, text_from(given->number), &layout));
}

static bool publish_all(bw_store *store, const bw_broker *broker,
                        const bw_verdict_publication *given, bool *satisfied) {
    BrokerSelectors selectors = {0};
    BrokerPacts pacts = {0};
    broker_selectors_of(store->arena, broker, &selectors);
    Side *description = load_spec(store, given);
    if (!description ||
        !broker_pacts(store->broker, text_from(broker->provider), &selectors, &pacts))
        return false;
    for (array_each(BrokerPact, pact, &pacts))
        if (!publish_one(store, given, description->api, pact, satisfied))
            return false;
    return true;
}

bw_status bw_publish_verification(bw_store *store, const bw_broker *broker,
                                  const bw_verdict_publication *given, bool *satisfied) {
    if (given->version != BW_VERDICT_PUBLICATION_VERSION || !given->spec || !given->number ||
        !broker->provider || !store->broker)
        return BW_WRONG_USAGE;
    *satisfied = true;
    if (setjmp(store->escape.point))
        return BW_FAULT;
    return publish_all(store, broker, given, satisfied) ? BW_OK : BW_INVALID_INPUT;
}
