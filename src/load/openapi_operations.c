#include "load/openapi.h"

#include "load/openapi_fields.h"

/* Path items and their operations, with the callbacks that hang on them. */

/* A path item and, where it is a reference, what it refers to, and so on: of members that several
 * have, the first one's count. */
typedef struct PathItem {
    ARRAY(const Node *) nodes;
    Text path;
    bool webhook, internal;
    ParameterKeys parameters;
    bool has_servers;
    ServerList servers;
} PathItem;

typedef struct PendingOperation {
    Operation *operation;
    const Node *node;
    const PathItem *item;
    Operation *caller; /* of a callback: the operation that it hangs on; else NULL */
} PendingOperation;

/* The operations of one path item and their callbacks, in turn: a callback's operation may have
 * callbacks again, even, by reference, those that it stands in. */
typedef struct Batch {
    ARRAY(PendingOperation) pending;
    Map *callbacks; /* names and nodes of those met already below the path item */
} Batch;

/* ---- Path items ------------------------------------------------------------------------------ */

/* The first of the item's nodes that has the member; NULL: none. */
static const Node *holder(const PathItem *item, Text key) {
    for (size_t i = 0; i < item->nodes.count; i++)
        if (node_member(item->nodes.items[i], key))
            return item->nodes.items[i];
    return NULL;
}

/* The item's node and those that it refers to in turn, which lead to an object. */
static void gather_nodes(Loader *loader, const Node *node, PathItem *item) {
    Reader *reader = &loader->reader;
    const Node *reference;
    Target target;
    while ((reference = reference_of(node)) &&
           references_resolve(reader->references, reference, &target)) {
        fields_check(reader, node, "a path item");
        array_push(loader->arena, &item->nodes, node);
        node = target.node;
    }
    array_push(loader->arena, &item->nodes, node);
}

static PathItem *new_item(Loader *loader, const Node *node, Text path, bool webhook) {
    Reader *reader = &loader->reader;
    if (!reader_object(reader, node, "a path item"))
        return NULL;
    PathItem *item = arena_new_object(loader->arena, PathItem);
    gather_nodes(loader, node, item);
    item->path = path;
    item->webhook = webhook;
    const Node *parameters = reader_list(reader, holder(item, TEXT("parameters")), "parameters");
    parameters_merge(loader, parameters, &item->parameters);
    const Node *of_item = holder(item, TEXT("x-internal"));
    const Node *owner = holder(item, TEXT("servers"));
    item->internal = reader_extension_flag(reader, of_item, "x-internal", false);
    item->has_servers = owner && servers_load(loader, owner, &item->servers);
    return item;
}

/* NULL: of another name. */
static const char *known_method(Text key) {
    static const char *const methods[] = {"GET",  "PUT",   "POST",  "DELETE", "OPTIONS",
                                          "HEAD", "PATCH", "TRACE", "QUERY"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (text_equal_ignoring_case(key, text_from(methods[i])))
            return methods[i];
    return NULL;
}

Text method_of(Text key) {
    const char *known = known_method(key);
    return known ? text_from(known) : key;
}

/* The operation of the item with that method that was met already, as `get` is before `GET`, or
 * before one among `additionalOperations`; NULL: none. */
static const Operation *operation_of(const Batch *batch, const PathItem *item, Text method) {
    for (size_t i = batch->pending.count; i > 0 && batch->pending.items[i - 1].item == item; i--)
        if (text_equal(batch->pending.items[i - 1].operation->method, method))
            return batch->pending.items[i - 1].operation;
    return NULL;
}

static void tell_method_twice(Reader *reader, const Node *node, const Operation *first) {
    Place place = node_key_place(node);
    if (!reader_may_warn(reader, place))
        return;
    diagnose(reader->diagnostics, METHOD_TWICE, place, TEXT_ARG(first->method),
             TEXT_ARG(first->path));
    diagnostics_second_place(reader->diagnostics, "first given here",
                             node_key_place(first->origin));
}

static void add_operation(Loader *loader, Batch *batch, const PathItem *item, const Member *member,
                          Operation *caller) {
    const Node *node = reader_object(&loader->reader, member->value, "an operation");
    if (!node)
        return;
    Text method = method_of(member->key);
    const Operation *first = operation_of(batch, item, method);
    if (first) {
        tell_method_twice(&loader->reader, member->value, first);
        return;
    }
    Operation *operation = arena_new_object(loader->arena, Operation);
    operation->method = method;
    operation->path = item->path;
    operation->webhook = item->webhook;
    operation->origin = member->value;
    operation->caller = caller;
    PendingOperation pending = {operation, node, item, caller};
    array_push(loader->arena, &batch->pending, pending);
}

static void add_operations_of(Loader *loader, Batch *batch, const PathItem *item, const Node *node,
                              Operation *caller) {
    for (uint32_t i = 0; i < node->count; i++) {
        const Member *member = &node->members[i];
        if (known_method(member->key) && holder(item, member->key) == node)
            add_operation(loader, batch, item, member, caller);
    }
}

static void add_item(Loader *loader, Batch *batch, const PathItem *item, Operation *caller) {
    for (size_t i = 0; i < item->nodes.count; i++)
        add_operations_of(loader, batch, item, item->nodes.items[i], caller);
    const Node *more = reader_mapping(&loader->reader, holder(item, TEXT("additionalOperations")),
                                      "additionalOperations");
    for (uint32_t i = 0; more && i < more->count; i++)
        add_operation(loader, batch, item, &more->members[i], caller);
}

/* ---- Callbacks ------------------------------------------------------------------------------- */

/* A callback that is met again below the same path item is in the list already: a circle of
 * references ends here. */
static bool is_new(Loader *loader, Batch *batch, Text name, const Node *node) {
    Text key = text_format(loader->arena, "%p %.*s", (const void *)node, TEXT_ARG(name));
    if (map_get_text(batch->callbacks, key))
        return false;
    map_put_text(batch->callbacks, key, batch);
    return true;
}

/* Each callback turns the direction round again: those of a webhook are calls to the provider. */
static void read_callbacks(Loader *loader, Batch *batch, const Node *node, Operation *operation) {
    Reader *reader = &loader->reader;
    const Node *callbacks = reader_mapping(reader, node, "callbacks");
    for (uint32_t i = 0; callbacks && i < callbacks->count && !reader_full(reader); i++) {
        const Member *named = &callbacks->members[i];
        const Node *callback = reader_object(reader, named->value, "a callback");
        if (!callback || !is_new(loader, batch, named->key, callback))
            continue;
        for (uint32_t j = 0; j < callback->count; j++) {
            const Member *member = &callback->members[j];
            if (is_extension(member->key))
                continue;
            Text path = text_format(loader->arena, "%.*s %.*s", TEXT_ARG(named->key),
                                    TEXT_ARG(member->key));
            const PathItem *item = new_item(loader, member->value, path, !operation->webhook);
            if (item)
                add_item(loader, batch, item, operation);
        }
    }
}

/* ---- Operations ------------------------------------------------------------------------------ */

static void read_tags(Loader *loader, const Node *node, Operation *operation) {
    const Node *tags = reader_list(&loader->reader, node, "tags");
    if (tags)
        array_reserve(loader->arena, &operation->tags, tags->count);
    for (uint32_t i = 0; tags && i < tags->count; i++) {
        Tag tag;
        if (reader_name(&loader->reader, tags->items[i], TEXT("tags"), &tag.name))
            array_push(loader->arena, &operation->tags, tag);
    }
}

static void read_parameters(Loader *loader, const PendingOperation *pending) {
    const Node *node = pending->node;
    Operation *operation = pending->operation;
    ParameterKeys keys = {0};
    array_reserve(loader->arena, &keys, pending->item->parameters.count);
    for (size_t i = 0; i < pending->item->parameters.count; i++)
        array_push(loader->arena, &keys, pending->item->parameters.items[i]);
    parameters_merge(loader, reader_list(&loader->reader, node, "parameters"), &keys);
    array_reserve(loader->arena, &operation->parameters, keys.count);
    for (size_t i = 0; i < keys.count && !reader_full(&loader->reader); i++) {
        const ParameterKey *key = keys.items[i];
        if (!text_is(key->in, "body") && !text_is(key->in, "formData"))
            array_push(loader->arena, &operation->parameters, *parameter_load(loader, key));
    }
    const Body *body = NULL;
    const Node *request_body = node_member(node, TEXT("requestBody"));
    if (loader->dialect == DIALECT_SWAGGER_2_0)
        body = swagger_body(loader, node, &keys);
    else if (request_body && request_body->kind != NODE_NULL)
        body = body_load(loader, request_body);
    if (body) {
        operation->request_body = arena_new_object(loader->arena, Body);
        *operation->request_body = *body;
    }
}

/* The operation's servers, else the path's, else the description's (OpenAPI 3.1.1 section
 * 4.8.10.1). */
static void read_servers(Loader *loader, const PendingOperation *pending) {
    ServerList servers = {0};
    if (servers_load(loader, pending->node, &servers))
        array_share(&pending->operation->servers, &servers);
    else if (pending->item->has_servers)
        array_share(&pending->operation->servers, &pending->item->servers);
    else if (!pending->item->webhook)
        array_share(&pending->operation->servers, &loader->api->servers);
}

/* What is written as another word is kept, and is another promise than any that is known. */
static Text stability_of(Reader *reader, const Node *node) {
    static const char *const levels[] = {"draft", "alpha", "beta", "stable"};
    const Node *value = node_member(node, TEXT("x-stability-level"));
    if (!value || value->kind == NODE_NULL)
        return (Text){0};
    if (value->kind != NODE_STRING) {
        reader_extension_unread(reader, value, TEXT("x-stability-level"), "a word");
        return (Text){0};
    }
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (text_equal_ignoring_case(value->text, text_from(levels[i])))
            return value->text;
    diagnose(reader->diagnostics, STABILITY_UNKNOWN, node_place(value), TEXT_ARG(value->text));
    return value->text;
}

static void read_operation(Loader *loader, Batch *batch, const PendingOperation *pending) {
    Reader *reader = &loader->reader;
    const Node *node = pending->node;
    Operation *operation = pending->operation;
    operation->operation_id = reader_text(reader, node, "operationId");
    operation->deprecated = reader_flag(reader, node, "deprecated", false);
    operation->sunset = reader_date(reader, node, "x-sunset");
    operation->deprecated_since = reader_date(reader, node, "x-deprecated-since");
    operation->stability = stability_of(reader, node);
    operation->internal =
        reader_extension_flag(reader, node, "x-internal", pending->item->internal);
    read_tags(loader, node, operation);
    read_parameters(loader, pending);
    responses_load(loader, node, operation);
    security_load(loader, node, operation);
    read_servers(loader, pending);
    read_callbacks(loader, batch, node, operation);
}

OperationList path_item_load(Loader *loader, const Node *node, Text path, bool webhook) {
    OperationList operations = {0};
    const PathItem *item = node->kind == NODE_NULL ? NULL : new_item(loader, node, path, webhook);
    if (!item)
        return operations;
    Batch batch = {.callbacks = map_new(loader->arena)};
    add_item(loader, &batch, item, NULL);
    for (size_t i = 0; i < batch.pending.count && !reader_full(&loader->reader); i++) {
        PendingOperation pending = batch.pending.items[i];
        read_operation(loader, &batch, &pending);
        if (pending.caller)
            array_push(loader->arena, &pending.caller->callbacks, pending.operation);
        else
            array_push(loader->arena, &operations, pending.operation);
    }
    return operations;
}
