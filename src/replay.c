/* How results of verifications that were made elsewhere are recorded: the JSON of `verify`, or a
 * result as Pact verifiers publish it.
 */
#include "record.h"

#include "document/document.h"
#include "report/report.h"

typedef struct Importing {
    bw_store *store;
    Arena *arena;
    const bw_replay *replay;
    const Node *root;
    StoredVersion provider;
    GateRow row; /* its details are those of the consumer in hand */
} Importing;

static Text member_text(const Node *node, const char *name) {
    const Node *member = node_member(node, text_from(name));
    return member && member->kind == NODE_STRING ? member->text : (Text){0};
}

static bool is_false(const Node *node) {
    return node && node->kind == NODE_BOOLEAN && !node->boolean;
}

static const Node *list_member(const Node *node, const char *name) {
    const Node *list = node_member(node, text_from(name));
    return list && list->kind == NODE_SEQUENCE ? list : NULL;
}

static void add_mismatch(Importing *importing, Text interaction, Text place, Text message) {
    GateDetail detail = {interaction, place, message};
    array_push(importing->arena, &importing->row.details, detail);
}

static bool store_result(Importing *importing, Text consumer, bool success, Text verifier) {
    Store *store = importing->store->store;
    Diagnostics *diagnostics = &importing->store->diagnostics.all;
    const char *number = importing->replay->consumer_number;
    StoredVersion version;
    Text contract = {0};
    bool found = number ? store_find_version(store, consumer, text_from(number), &version)
                        : store_latest_version(store, consumer, (Text){0}, (Text){0}, &version);
    if (!found || (version.id && !store_contract_with(store, &version,
                                                      importing->provider.participant, &contract)))
        return false;
    if (!contract.size)
        return diagnose(diagnostics, CONTRACT_UNKNOWN, (Place){0}, TEXT_ARG(consumer),
                        TEXT_ARG(importing->provider.name));
    StoredVerification result = {.success = success,
                                 .verifier = verifier,
                                 .report = details_json(importing->arena, &importing->row)};
    return store_add_replay(store, contract, &importing->provider, &result);
}

/* ---- the JSON of `verify` -------------------------------------------------------------------- */

static bool import_consumer(Importing *importing, const Node *interactions, Text consumer) {
    importing->row = (GateRow){0};
    bool success = true;
    for (uint32_t i = 0; i < interactions->count; i++) {
        const Node *interaction = interactions->items[i];
        const Node *mismatches = list_member(interaction, "mismatches");
        if (!text_equal(member_text(interaction, "consumer"), consumer))
            continue;
        for (uint32_t j = 0; mismatches && j < mismatches->count; j++) {
            const Node *mismatch = mismatches->items[j];
            if (!text_is(member_text(mismatch, "level"), "error"))
                continue;
            success = false;
            add_mismatch(importing, member_text(interaction, "interaction"),
                         member_text(mismatch, "place"), member_text(mismatch, "message"));
        }
    }
    return store_result(importing, consumer, success, TEXT("breakwater verify"));
}

static bool was_before(const Node *interactions, uint32_t index) {
    Text consumer = member_text(interactions->items[index], "consumer");
    for (uint32_t i = 0; i < index; i++)
        if (text_equal(member_text(interactions->items[i], "consumer"), consumer))
            return true;
    return false;
}

static bool import_report(Importing *importing, const Node *interactions) {
    const char *wanted = importing->replay->consumer;
    for (uint32_t i = 0; i < interactions->count; i++) {
        Text consumer = member_text(interactions->items[i], "consumer");
        if (was_before(interactions, i) || (wanted && !text_is(consumer, wanted)))
            continue;
        if (!import_consumer(importing, interactions, consumer))
            return false;
    }
    return true;
}

/* ---- a verifier's result --------------------------------------------------------------------- */

static void add_test(Importing *importing, const Node *test) {
    const Node *mismatches = list_member(test, "mismatches");
    Text interaction = member_text(test, "interactionDescription");
    if (!interaction.size)
        interaction = member_text(test, "testDescription");
    for (uint32_t i = 0; mismatches && i < mismatches->count; i++) {
        const Node *mismatch = mismatches->items[i];
        Text message = member_text(mismatch, "description");
        if (!message.size)
            message = member_text(mismatch, "mismatch");
        add_mismatch(importing, interaction, member_text(mismatch, "attribute"), message);
    }
    if ((!mismatches || !mismatches->count) && is_false(node_member(test, TEXT("success"))))
        add_mismatch(importing, interaction, (Text){0}, TEXT("failed"));
}

static bool import_result(Importing *importing, const Node *success, Place place) {
    const Node *tests = node_member(importing->root, TEXT("testResults"));
    const Node *list = tests && tests->kind == NODE_MAPPING ? list_member(tests, "tests") : tests;
    Text verifier = member_text(node_member(importing->root, TEXT("verifiedBy")), "implementation");
    if (!importing->replay->consumer)
        return diagnose(&importing->store->diagnostics.all, NO_VERIFICATION, place,
                        TEXT_ARG(place.file), "--consumer tells whose contract was verified");
    importing->row = (GateRow){0};
    for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->count; i++)
        add_test(importing, list->items[i]);
    return store_result(importing, text_from(importing->replay->consumer), success->boolean,
                        verifier.size ? verifier : TEXT("a Pact verifier"));
}

bool import_verification(bw_store *store, const void *context) {
    const bw_replay *replay = context;
    Diagnostics *diagnostics = &store->diagnostics.all;
    Importing *importing = arena_new_object(store->arena, Importing);
    *importing = (Importing){.store = store, .arena = store->arena, .replay = replay};
    DocumentSet *set = document_set_new(store->arena, diagnostics);
    const Document *document = document_set_open(set, text_from(replay->file));
    if (!document || !store_add_version(store->store, text_from(replay->provider),
                                        text_from(replay->provider_number), &importing->provider))
        return false;
    importing->root = document->root;
    Place place = {.file = document->source.file};
    const Node *interactions = list_member(document->root, "interactions");
    const Node *success = node_member(document->root, TEXT("success"));
    if (node_member(document->root, TEXT("breakwater")) && interactions)
        return import_report(importing, interactions);
    if (success && success->kind == NODE_BOOLEAN)
        return import_result(importing, success, place);
    return diagnose(diagnostics, NO_VERIFICATION, place, TEXT_ARG(place.file),
                    "neither `interactions` nor `success` is in it");
}
