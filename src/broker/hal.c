#include "broker/hal.h"

#include "broker/cache.h"

#include <errno.h>
#include <stdlib.h>

static const char HAL_JSON[] = "application/hal+json, application/json;q=0.9";

static bool is_json(Text content_type) {
    Text type = text_trim(text_slice(content_type, 0, text_find_byte(content_type, ';', 0)));
    return text_equal_ignoring_case(type, TEXT("application/json")) ||
           (type.size > 5 &&
            text_equal_ignoring_case(text_slice(type, type.size - 5, type.size), TEXT("+json")));
}

/* ---- one answer ------------------------------------------------------------------------------ */

/* What the broker itself says of a failure: `error.message`, `errors`, or nothing. */
static Text said_by_broker(Broker *broker, const HttpAnswer *answer) {
    Diagnostics unheard = {.arena = broker->arena};
    Source source = {.name = answer->url, .file = answer->url, .bytes = answer->body};
    const Document *document =
        is_json(answer->content_type) ? document_parse(broker->arena, &unheard, source) : NULL;
    const Node *error = document ? node_member(document->root, TEXT("error")) : NULL;
    const Node *errors = document ? node_member(document->root, TEXT("errors")) : NULL;
    Text text = error ? hal_text(error, "message") : (Text){0};
    const Node *notices = document ? node_member(document->root, TEXT("notices")) : NULL;
    if (!text.size && notices && notices->kind == NODE_SEQUENCE && notices->count)
        text = hal_text(notices->items[0], "text");
    if (!text.size && errors)
        text = node_to_json(broker->arena, errors, 300);
    return text.size ? text_format(broker->arena, ": %.*s", TEXT_ARG(text)) : text;
}

static const char *why_refused(Broker *broker, const HttpAnswer *answer) {
    const BrokerOptions *options = &broker->options;
    if (!options->token.size && !options->username.size)
        return "set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD";
    if (!http_same_origin(broker->arena, options->url, answer->url))
        return "the broker's links lead away from it, where credentials do not go";
    return answer->status == 401 ? "the credentials are not taken"
                                 : "the credentials do not allow it";
}

static bool check_status(Broker *broker, Text url, const HttpAnswer *answer) {
    Place place = {.file = url};
    if (answer->status >= 200 && answer->status < 300)
        return true;
    if (answer->status == 401 || answer->status == 403)
        return diagnose(broker->diagnostics, BROKER_UNAUTHORISED, place, TEXT_ARG(url),
                        answer->status, why_refused(broker, answer),
                        TEXT_ARG(said_by_broker(broker, answer)));
    return diagnose(broker->diagnostics, HTTP_STATUS, place, TEXT_ARG(url), answer->status,
                    TEXT_ARG(said_by_broker(broker, answer)));
}

static const Document *parse(Broker *broker, Text url, Text content_type, Text body) {
    Source source = {.kind = SOURCE_REMOTE, .name = url, .file = url, .path = url, .bytes = body};
    Place place = {.file = url};
    if (!is_json(content_type)) {
        diagnose(broker->diagnostics, BROKER_CONTENT_TYPE, place, TEXT_ARG(url),
                 TEXT_ARG(content_type.size ? content_type : TEXT("no content type")));
        return NULL;
    }
    const Document *document = document_parse(broker->arena, broker->diagnostics, source);
    if (document && document->root->kind == NODE_MAPPING)
        return document;
    if (document)
        diagnose(broker->diagnostics, BROKER_NO_OBJECT, place, TEXT_ARG(url),
                 node_kind_name(document->root->kind));
    return NULL;
}

/* ---- stored answers -------------------------------------------------------------------------- */

static Text question_of(Broker *broker, const HttpRequest *request) {
    return text_format(broker->arena, "%s %.*s\n%.*s", request->method, TEXT_ARG(request->url),
                       TEXT_ARG(request->body));
}

static const Document *answer_from_store(Broker *broker, const HttpRequest *request) {
    StoredAnswer stored;
    Place place = {.file = request->url};
    if (!cache_find(broker->arena, broker->options.cache_folder, question_of(broker, request),
                    &stored)) {
        diagnose(broker->diagnostics, BROKER_NOT_STORED, place, TEXT_ARG(request->url));
        return NULL;
    }
    diagnose(broker->diagnostics, BROKER_STORED_ANSWER, place, TEXT_ARG(request->url),
             TEXT_ARG(stored.date));
    return parse(broker, stored.url, stored.content_type, stored.body);
}

static void tell_what_is_stored(Broker *broker, const HttpRequest *request) {
    StoredAnswer stored;
    if (broker->options.cache_folder.size && cache_find(broker->arena, broker->options.cache_folder,
                                                        question_of(broker, request), &stored))
        diagnose(broker->diagnostics, BROKER_ANSWER_IS_STORED, (Place){.file = request->url},
                 TEXT_ARG(stored.date));
}

static void store(Broker *broker, const HttpRequest *request, const HttpAnswer *answer) {
    StoredAnswer stored = {
        .url = answer->url, .content_type = answer->content_type, .body = answer->body};
    Text folder = broker->options.cache_folder;
    if (folder.size && !cache_put(broker->arena, folder, question_of(broker, request), &stored))
        diagnose(broker->diagnostics, CACHE_NOT_WRITTEN, (Place){.file = folder}, TEXT_ARG(folder),
                 strerror(errno));
}

static const Document *exchange(Broker *broker, const HttpRequest *request, bool changes) {
    if (broker->options.offline && changes) {
        diagnose(broker->diagnostics, BROKER_OFFLINE, (Place){.file = request->url},
                 TEXT_ARG(request->url));
        return NULL;
    }
    if (broker->options.offline)
        return answer_from_store(broker, request);
    HttpAnswer answer;
    if (!http_send(broker->http, broker->diagnostics, (Place){.file = request->url}, request,
                   &answer)) {
        if (!changes)
            tell_what_is_stored(broker, request);
        return NULL;
    }
    if (!check_status(broker, request->url, &answer)) {
        if (!changes && answer.status >= 500)
            tell_what_is_stored(broker, request);
        return NULL;
    }
    const Document *document = parse(broker, answer.url, answer.content_type, answer.body);
    if (document && !changes)
        store(broker, request, &answer);
    return document;
}

const Document *hal_get(Broker *broker, Text url) {
    HttpRequest request = {.method = "GET", .url = url, .accept = text_from(HAL_JSON)};
    return exchange(broker, &request, false);
}

static const Document *send(Broker *broker, const char *method, Text url, Text body, bool changes) {
    bool patches = strcmp(method, "PATCH") == 0;
    HttpRequest request = {.method = method,
                           .url = url,
                           .accept = text_from(HAL_JSON),
                           .content_type = patches ? TEXT("application/merge-patch+json")
                                                   : TEXT("application/json"),
                           .body = body};
    return exchange(broker, &request, changes);
}

const Document *hal_ask(Broker *broker, Text url, Text body) {
    return send(broker, "POST", url, body, false);
}

const Document *hal_post(Broker *broker, Text url, Text body) {
    return send(broker, "POST", url, body, true);
}

const Document *hal_patch(Broker *broker, Text url, Text body) {
    return send(broker, "PATCH", url, body, true);
}

/* ---- what is sent ---------------------------------------------------------------------------- */

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

Text hal_json(Arena *arena, json_t *tree) {
    Writing *writing = arena_new_object(arena, Writing);
    writing->tree = tree;
    writing->dump = tree ? json_dumps(tree, JSON_COMPACT) : NULL;
    arena_on_free(arena, release, writing);
    if (!writing->dump)
        arena_exhausted(arena);
    return text_from(writing->dump);
}

json_t *hal_json_text(Text text) {
    return json_stringn(text.data ? text.data : "", text.size);
}

void hal_put(json_t **object, const char *key, json_t *value) {
    if (json_object_set_new(*object, key, value) == 0)
        return;
    json_decref(*object);
    *object = NULL;
}

void hal_tell_notices(Broker *broker, Text url, const Node *resource) {
    const Node *notices = node_member(resource, TEXT("notices"));
    Place place = {.file = url};
    for (uint32_t i = 0; notices && notices->kind == NODE_SEQUENCE && i < notices->count; i++) {
        Text text = hal_text(notices->items[i], "text"), type = hal_text(notices->items[i], "type");
        if (!text.size)
            continue;
        if (text_is(type, "error") || text_is(type, "warning") || text_is(type, "danger"))
            diagnose(broker->diagnostics, BROKER_WARNS, place, TEXT_ARG(text));
        else
            diagnose(broker->diagnostics, BROKER_NOTICE, place, TEXT_ARG(text));
    }
}

const Document *hal_index(Broker *broker) {
    if (!broker->index)
        broker->index = hal_get(broker, broker->options.url);
    return broker->index;
}

/* ---- links ----------------------------------------------------------------------------------- */

/* `{variable}` replaced by the encoded value; whatever else stands in braces is undefined, and gone
 * (RFC 6570, level 1 and 3.2.1). */
static Text expand(Broker *broker, Text href, const HalVariable *variables) {
    Buffer out = {.arena = broker->arena};
    for (size_t i = 0; i < href.size;) {
        size_t end = href.data[i] == '{' ? text_find_byte(href, '}', i) : SIZE_MAX;
        const HalVariable *variable = variables;
        while (end != SIZE_MAX && variable->name &&
               !text_is(text_slice(href, i + 1, end), variable->name))
            variable++;
        if (end == SIZE_MAX) {
            buffer_add_byte(&out, href.data[i++]);
            continue;
        }
        if (variable->name)
            http_encode(&out, variable->value);
        i = end + 1;
    }
    return buffer_text(&out);
}

Text hal_template(Broker *broker, const Document *document, const Node *resource,
                  const char *relation, const HalVariable *variables) {
    const Node *link = node_member(node_member(resource, TEXT("_links")), text_from(relation));
    if (link && link->kind == NODE_SEQUENCE && link->count)
        link = link->items[0];
    Text href = hal_text(link, "href");
    return href.size
               ? http_resolve(broker->arena, document->source.path, expand(broker, href, variables))
               : (Text){0};
}

Text hal_link(Broker *broker, const Document *document, const Node *resource, const char *relation,
              const char *variable, Text value) {
    HalVariable variables[] = {{variable, value}, {0}};
    return hal_template(broker, document, resource, relation, variables);
}

Text hal_named_link(Broker *broker, const Document *document, const Node *resource,
                    const char *relation, Text name) {
    const Node *links = node_member(node_member(resource, TEXT("_links")), text_from(relation));
    for (uint32_t i = 0; links && links->kind == NODE_SEQUENCE && i < links->count; i++)
        if (text_equal(hal_text(links->items[i], "name"), name))
            return http_resolve(broker->arena, document->source.path,
                                hal_text(links->items[i], "href"));
    return (Text){0};
}

Text hal_index_link(Broker *broker, const char *relation, const char *variable, Text value) {
    const Document *index = hal_index(broker);
    if (!index)
        return (Text){0};
    Text url = hal_link(broker, index, index->root, relation, variable, value);
    if (!url.size)
        diagnose(broker->diagnostics, BROKER_LINK_MISSING, (Place){.file = index->source.file},
                 TEXT_ARG(index->source.name), relation);
    return url;
}

Text hal_text(const Node *resource, const char *name) {
    const Node *member = node_member(resource, text_from(name));
    return member && member->kind == NODE_STRING ? member->text : (Text){0};
}

const Node *hal_embedded(const Node *resource, const char *name) {
    const Node *list = node_member(node_member(resource, TEXT("_embedded")), text_from(name));
    return list && list->kind == NODE_SEQUENCE ? list : NULL;
}
