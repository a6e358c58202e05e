#include "broker/hal.h"

#include "support/digest.h"

#include <jansson.h>
#include <stdlib.h>

/* jansson's tree and text in the arena's care. */
typedef struct Writing {
    json_t *tree;
    char *dump;
} Writing;

static void release(void *resource) {
    Writing *writing = resource;
    json_decref(writing->tree);
    free(writing->dump);
}

static json_t *text_json(Text text) {
    return json_stringn(text.data ? text.data : "", text.size);
}

/* What is NULL or could not be put makes the whole NULL in the end: memory is gone. */
static void put(json_t **object, const char *key, json_t *value) {
    if (json_object_set_new(*object, key, value) == 0)
        return;
    json_decref(*object);
    *object = NULL;
}

static json_t *contract_json(const BrokerPublication *publication, const BrokerContract *contract,
                             Text content) {
    json_t *object = json_object();
    put(&object, "consumerName", text_json(publication->participant));
    put(&object, "providerName", text_json(contract->provider));
    put(&object, "specification", json_string("pact"));
    put(&object, "contentType", json_string("application/json"));
    put(&object, "content", text_json(content));
    return object;
}

static Text publication_text(Arena *arena, const BrokerPublication *publication) {
    Writing *writing = arena_new_object(arena, Writing);
    Text *contents = arena_new_array(arena, publication->contracts.count, Text);
    arena_on_free(arena, release, writing);
    for (size_t i = 0; i < publication->contracts.count; i++)
        contents[i] = text_base64(arena, publication->contracts.items[i].bytes);
    json_t *tags = json_array(), *contracts = json_array();
    int failed = 0;
    for (size_t i = 0; i < publication->tags.count; i++)
        failed |= json_array_append_new(tags, text_json(publication->tags.items[i]));
    for (size_t i = 0; i < publication->contracts.count; i++)
        failed |= json_array_append_new(
            contracts, contract_json(publication, &publication->contracts.items[i], contents[i]));
    writing->tree = json_object();
    put(&writing->tree, "pacticipantName", text_json(publication->participant));
    put(&writing->tree, "pacticipantVersionNumber", text_json(publication->number));
    if (publication->branch.size)
        put(&writing->tree, "branch", text_json(publication->branch));
    if (publication->build_url.size)
        put(&writing->tree, "buildUrl", text_json(publication->build_url));
    put(&writing->tree, "tags", tags);
    put(&writing->tree, "contracts", contracts);
    writing->dump = writing->tree && !failed ? json_dumps(writing->tree, JSON_COMPACT) : NULL;
    if (!writing->dump)
        arena_exhausted(arena);
    return text_from(writing->dump);
}

bool broker_publish(Broker *broker, const BrokerPublication *publication) {
    Text url = hal_index_link(broker, "pb:publish-contracts", NULL, (Text){0});
    if (!url.size)
        return false;
    const Document *answer = hal_post(broker, url, publication_text(broker->arena, publication));
    if (!answer)
        return false;
    hal_tell_notices(broker, url, answer->root);
    return true;
}

bool broker_publish_result(Broker *broker, const BrokerPact *pact, Text result) {
    Text url = pact->results;
    if (!url.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = pact->source.file}, TEXT_ARG(pact->source.name),
                        "pb:publish-verification-results");
    const Document *answer = hal_post(broker, url, result);
    if (answer)
        hal_tell_notices(broker, url, answer->root);
    return answer != NULL;
}

/* ---- can-i-deploy ---------------------------------------------------------------------------- */

static Text number_of(const Node *side) {
    return hal_text(node_member(side, TEXT("version")), "number");
}

static void read_row(Broker *broker, const Node *item, BrokerAnswer *answer) {
    const Node *consumer = node_member(item, TEXT("consumer"));
    const Node *provider = node_member(item, TEXT("provider"));
    const Node *result = node_member(item, TEXT("verificationResult"));
    const Node *success = node_member(result, TEXT("success"));
    BrokerRow row = {
        .consumer = hal_text(consumer, "name"),
        .consumer_version = number_of(consumer),
        .provider = hal_text(provider, "name"),
        .provider_version = number_of(provider),
        .known = success && success->kind == NODE_BOOLEAN,
        .success = success && success->kind == NODE_BOOLEAN && success->boolean,
    };
    array_push(broker->arena, &answer->rows, row);
}

bool broker_can_deploy(Broker *broker, Text participant, Text number, Text environment,
                       BrokerAnswer *answer) {
    static const char relation[] = "pb:can-i-deploy-pacticipant-version-to-environment";
    const Document *index = hal_index(broker);
    if (!index)
        return false;
    HalVariable variables[] = {
        {"pacticipant", participant}, {"version", number}, {"environment", environment}, {0}};
    Text url = hal_template(broker, index, index->root, relation, variables);
    if (!url.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = index->source.file}, TEXT_ARG(index->source.name),
                        relation);
    const Document *document = hal_get(broker, url);
    const Node *summary = document ? node_member(document->root, TEXT("summary")) : NULL;
    const Node *deployable = node_member(summary, TEXT("deployable"));
    const Node *matrix = document ? node_member(document->root, TEXT("matrix")) : NULL;
    if (!document)
        return false;
    if (!deployable || (deployable->kind != NODE_BOOLEAN && deployable->kind != NODE_NULL))
        return diagnose(broker->diagnostics, BROKER_NO_ANSWER, (Place){.file = url}, TEXT_ARG(url));
    answer->known = deployable->kind == NODE_BOOLEAN;
    answer->deployable = answer->known && deployable->boolean;
    answer->reason = hal_text(summary, "reason");
    hal_tell_notices(broker, url, document->root);
    for (uint32_t i = 0; matrix && matrix->kind == NODE_SEQUENCE && i < matrix->count; i++)
        read_row(broker, matrix->items[i], answer);
    return true;
}
