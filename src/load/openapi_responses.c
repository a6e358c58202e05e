#include "load/openapi.h"

/* Responses, their headers and links. */

/* What operations share of a response. The media types of Swagger 2.0 are each operation's own,
 * since `produces` is. */
typedef struct SharedResponse {
    Response response;
    const Node *node;
} SharedResponse;

/* OpenAPI 3.1.1 sections 4.8.17.1 and 4.8.15.1: "Content-Type" is described by the media types, and
 * by `contentType` of a part. */
HeaderList headers_load(Loader *loader, const Node *owner) {
    HeaderList list = {0};
    const Node *headers = reader_mapping(&loader->reader, owner, "headers");
    if (headers)
        array_reserve(loader->arena, &list, headers->count);
    for (uint32_t i = 0; headers && i < headers->count && !reader_full(&loader->reader); i++) {
        const Member *member = &headers->members[i];
        if (text_equal_ignoring_case(member->key, TEXT("Content-Type")))
            continue;
        const Parameter *loaded = header_load(loader, member->value, member->key);
        if (!loaded)
            continue;
        Parameter header = *loaded;
        header.name = member->key; /* a header that is referred to has a name at each place */
        array_push(loader->arena, &list, header);
    }
    return list;
}

static void read_links(Loader *loader, const Node *node, Response *response) {
    const Node *links = reader_mapping(&loader->reader, node, "links");
    for (uint32_t i = 0; links && i < links->count; i++) {
        const Member *member = &links->members[i];
        const Node *object = reader_object(&loader->reader, member->value, "a link");
        Link link = {member->key, object};
        if (object)
            array_push(loader->arena, &response->links, link);
    }
}

static const SharedResponse *shared_response(Loader *loader, const Node *item) {
    const Node *node = reader_object(&loader->reader, item, "a response");
    if (!node)
        return NULL;
    SharedResponse *shared = loaded_get(loader->responses, node);
    if (shared)
        return shared;
    shared = arena_new_object(loader->arena, SharedResponse);
    loaded_put(loader->arena, loader->responses, node, shared);
    shared->node = node;
    shared->response.origin = node;
    HeaderList headers = headers_load(loader, node);
    array_share(&shared->response.headers, &headers);
    read_links(loader, node, &shared->response);
    const Node *content = reader_mapping(&loader->reader, node, "content");
    MediaTypeList media_types = content_load(loader, content);
    /* 3.1.1 section 4.8.14.1: before 3.2 `encoding` is of request bodies alone. */
    for (size_t i = 0; i < media_types.count && loader->dialect < DIALECT_3_2; i++)
        media_types.items[i].encodings.count = 0;
    array_share(&shared->response.media_types, &media_types);
    return shared;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "200", "2xx" in any case (given in upper case), "default". */
static bool read_status(Loader *loader, const Member *member, Text *status) {
    Text key = member->key;
    *status = key;
    if (text_is(key, "default"))
        return true;
    bool class = key.size == 3 && key.data[0] >= '1' && key.data[0] <= '5' &&
                 text_equal_ignoring_case(text_slice(key, 1, 3), TEXT("XX"));
    if (class)
        *status = text_format(loader->arena, "%cXX", key.data[0]);
    if (class ||
        (key.size == 3 && is_digit(key.data[0]) && is_digit(key.data[1]) && is_digit(key.data[2])))
        return true;
    return reader_diagnose(&loader->reader, STATUS_UNKNOWN, node_key_place(member->value),
                           TEXT_ARG(key));
}

void responses_load(Loader *loader, const Node *operation, Operation *into) {
    const Node *responses = reader_mapping(&loader->reader, operation, "responses");
    if (responses)
        array_reserve(loader->arena, &into->responses, responses->count);
    for (uint32_t i = 0; responses && i < responses->count && !reader_full(&loader->reader); i++) {
        const Member *member = &responses->members[i];
        Text status;
        if (is_extension(member->key) || !read_status(loader, member, &status))
            continue;
        const SharedResponse *shared = shared_response(loader, member->value);
        if (!shared)
            continue;
        Response response = shared->response;
        response.status = status;
        if (loader->dialect == DIALECT_SWAGGER_2_0) {
            MediaTypeList media_types = swagger_content(loader, operation, shared->node);
            array_share(&response.media_types, &media_types);
        }
        array_push(loader->arena, &into->responses, response);
    }
}
