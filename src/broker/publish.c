#include "broker/hal.h"

#include "support/digest.h"

static json_t *contract_json(const BrokerPublication *publication, const BrokerContract *contract,
                             Text content) {
    json_t *object = json_object();
    hal_put(&object, "consumerName", hal_json_text(publication->participant));
    hal_put(&object, "providerName", hal_json_text(contract->provider));
    hal_put(&object, "specification", json_string("pact"));
    hal_put(&object, "contentType", json_string("application/json"));
    hal_put(&object, "content", hal_json_text(content));
    return object;
}

static void put_version(json_t **object, const BrokerPublication *publication) {
    json_t *tags = json_array();
    for (size_t i = 0; i < publication->tags.count; i++)
        if (json_array_append_new(tags, hal_json_text(publication->tags.items[i])) != 0) {
            json_decref(tags);
            tags = NULL;
        }
    hal_put(object, "pacticipantVersionNumber", hal_json_text(publication->number));
    if (publication->branch.size)
        hal_put(object, "branch", hal_json_text(publication->branch));
    if (publication->build_url.size)
        hal_put(object, "buildUrl", hal_json_text(publication->build_url));
    hal_put(object, "tags", tags);
}

static Text publication_text(Arena *arena, const BrokerPublication *publication) {
    Text *contents = arena_new_array(arena, publication->contracts.count, Text);
    for (size_t i = 0; i < publication->contracts.count; i++)
        contents[i] = text_base64(arena, publication->contracts.items[i].bytes);
    json_t *object = json_object(), *contracts = json_array();
    for (size_t i = 0; i < publication->contracts.count; i++)
        if (json_array_append_new(
                contracts,
                contract_json(publication, &publication->contracts.items[i], contents[i])) != 0) {
            json_decref(contracts);
            contracts = NULL;
        }
    hal_put(&object, "pacticipantName", hal_json_text(publication->participant));
    put_version(&object, publication);
    hal_put(&object, "contracts", contracts);
    return hal_json(arena, object);
}

static Text description_text(Arena *arena, const BrokerPublication *publication) {
    Text content = text_base64(arena, publication->description);
    bool json = text_starts_with(text_trim(publication->description), TEXT("{"));
    json_t *object = json_object(), *contract = json_object();
    hal_put(&contract, "content", hal_json_text(content));
    hal_put(&contract, "contentType", json_string(json ? "application/json" : "application/yaml"));
    hal_put(&contract, "specification", json_string("oas"));
    put_version(&object, publication);
    hal_put(&object, "contract", contract);
    return hal_json(arena, object);
}

static bool send(Broker *broker, Text url, Text body) {
    const Document *answer = hal_post(broker, url, body);
    if (answer)
        hal_tell_notices(broker, url, answer->root);
    return answer != NULL;
}

bool broker_publish(Broker *broker, const BrokerPublication *publication) {
    Text url = hal_index_link(broker, "pb:publish-contracts", NULL, (Text){0});
    return url.size && send(broker, url, publication_text(broker->arena, publication));
}

bool broker_takes_descriptions(Broker *broker, bool *takes) {
    const Document *index = hal_index(broker);
    if (!index)
        return false;
    *takes =
        hal_link(broker, index, index->root, "pf:publish-provider-contract", NULL, (Text){0}).size >
        0;
    return true;
}

bool broker_publish_description(Broker *broker, const BrokerPublication *publication) {
    Text url = hal_index_link(broker, "pf:publish-provider-contract", "provider",
                              publication->participant);
    return url.size && send(broker, url, description_text(broker->arena, publication));
}

bool broker_publish_result(Broker *broker, const BrokerPact *pact, Text result) {
    if (!pact->results.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = pact->source.file}, TEXT_ARG(pact->source.name),
                        "pb:publish-verification-results");
    return send(broker, pact->results, result);
}
