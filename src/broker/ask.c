#include "broker/hal.h"

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

static bool read_answer(Broker *broker, Text url, BrokerAnswer *answer) {
    const Document *document = hal_get(broker, url);
    if (!document)
        return false;
    const Node *summary = node_member(document->root, TEXT("summary"));
    const Node *deployable = node_member(summary, TEXT("deployable"));
    const Node *matrix = node_member(document->root, TEXT("matrix"));
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

/* ---- one version and an environment ---------------------------------------------------------- */

static bool ask_simply(Broker *broker, const BrokerQuestion *question, BrokerAnswer *answer) {
    static const char relation[] = "pb:can-i-deploy-pacticipant-version-to-environment";
    const BrokerSelector *one = &question->selectors.items[0];
    const Document *index = hal_index(broker);
    if (!index)
        return false;
    HalVariable variables[] = {{"pacticipant", one->participant},
                               {"version", one->number},
                               {"environment", question->environment},
                               {0}};
    Text url = hal_template(broker, index, index->root, relation, variables);
    if (!url.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = index->source.file}, TEXT_ARG(index->source.name),
                        relation);
    return read_answer(broker, url, answer);
}

/* ---- the matrix ------------------------------------------------------------------------------ */

static void put_parameter(Buffer *url, const char *name, Text value) {
    buffer_add_byte(url, text_find_byte(buffer_text(url), '?', 0) == SIZE_MAX ? '?' : '&');
    http_encode(url, text_from(name));
    buffer_add_byte(url, '=');
    http_encode(url, value);
}

static void put_selector(Buffer *url, const BrokerSelector *selector) {
    bool latest = !selector->number.size && !selector->main_branch;
    put_parameter(url, "q[][pacticipant]", selector->participant);
    if (selector->number.size)
        put_parameter(url, "q[][version]", selector->number);
    if (selector->branch.size)
        put_parameter(url, "q[][branch]", selector->branch);
    if (selector->tag.size)
        put_parameter(url, "q[][tag]", selector->tag);
    if (selector->main_branch)
        put_parameter(url, "q[][mainBranch]", TEXT("true"));
    if (latest)
        put_parameter(url, "q[][latest]", TEXT("true"));
}

/* The index has no link to the matrix in most brokers; its path is part of the documented API. */
static bool ask_matrix(Broker *broker, const BrokerQuestion *question, BrokerAnswer *answer) {
    const Document *index = hal_index(broker);
    if (!index)
        return false;
    Buffer url = {.arena = broker->arena};
    Text base = hal_link(broker, index, index->root, "pb:matrix", NULL, (Text){0});
    Text root = index->source.path;
    while (root.size && root.data[root.size - 1] == '/')
        root.size--;
    if (base.size)
        buffer_add(&url, base);
    else
        buffer_format(&url, "%.*s/matrix", TEXT_ARG(root));
    for (size_t i = 0; i < question->selectors.count; i++)
        put_selector(&url, &question->selectors.items[i]);
    put_parameter(&url, "latestby", TEXT("cvp"));
    bool aimed = question->environment.size || question->to_main || question->to_tag.size;
    if (question->environment.size)
        put_parameter(&url, "environment", question->environment);
    if (question->to_main)
        put_parameter(&url, "mainBranch", TEXT("true"));
    if (question->to_tag.size)
        put_parameter(&url, "tag", question->to_tag);
    if (question->to_tag.size || (!aimed && question->selectors.count == 1 && !question->all))
        put_parameter(&url, "latest", TEXT("true"));
    for (size_t i = 0; i < question->ignored.count; i++) {
        put_parameter(&url, "ignore[][pacticipant]", question->ignored.items[i].participant);
        if (question->ignored.items[i].number.size)
            put_parameter(&url, "ignore[][version]", question->ignored.items[i].number);
    }
    return read_answer(broker, buffer_text(&url), answer);
}

bool broker_ask(Broker *broker, const BrokerQuestion *question, BrokerAnswer *answer) {
    bool simple = question->selectors.count == 1 && question->selectors.items[0].number.size &&
                  question->environment.size && !question->ignored.count && !question->all;
    return simple ? ask_simply(broker, question, answer) : ask_matrix(broker, question, answer);
}
