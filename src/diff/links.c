#include "diff/compare.h"

/* Links of a response: what may be called with what it carries. */

static const Link *find_link(const Response *response, Text name) {
    for (size_t i = 0; i < response->links.count; i++)
        if (text_equal(response->links.items[i].name, name))
            return &response->links.items[i];
    return NULL;
}

enum { VALUE_LIMIT = 80 };

static Text shown(Arena *arena, const Node *value) {
    if (value && value->kind == NODE_STRING)
        return value->text;
    return value ? node_to_json(arena, value, VALUE_LIMIT) : (Text){0};
}

/* ---- the operation that a link leads to ------------------------------------------------------ */

/* The token of a JSON pointer at `*at`, which moves behind it. */
static Text next_token(Arena *arena, Text pointer, size_t *at) {
    size_t end = text_find_byte(pointer, '/', *at);
    Text token = text_percent_decode(arena, text_slice(pointer, *at, end));
    Buffer plain = {.arena = arena};
    for (size_t i = 0; i < token.size; i++) {
        bool escaped = token.data[i] == '~' && i + 1 < token.size;
        buffer_add_byte(&plain, !escaped ? token.data[i] : token.data[++i] == '1' ? '/' : '~');
    }
    *at = end == SIZE_MAX ? pointer.size : end + 1;
    return buffer_text(&plain);
}

static const Operation *find_by_reference(Arena *arena, const Api *api, Text reference) {
    size_t at = sizeof "#/paths/" - 1;
    if (!text_starts_with(reference, TEXT("#/paths/")))
        return NULL;
    Text path = next_token(arena, reference, &at), method = next_token(arena, reference, &at);
    for (size_t i = 0; i < api->operations.count && at == reference.size; i++) {
        const Operation *operation = api->operations.items[i];
        if (!operation->webhook && text_equal(operation->path, path) &&
            text_equal_ignoring_case(operation->method, method))
            return operation;
    }
    return NULL;
}

static const Operation *find_by_id(const Api *api, Text id) {
    for (size_t i = 0; i < api->operations.count; i++)
        if (text_equal(api->operations.items[i]->operation_id, id))
            return api->operations.items[i];
    return NULL;
}

/* NULL: none that is known, as of another description. */
static const Operation *target_of(Arena *arena, const Api *api, const Link *link) {
    const Node *id = node_member(link->origin, TEXT("operationId"));
    const Node *reference = node_member(link->origin, TEXT("operationRef"));
    if (id && id->kind == NODE_STRING)
        return find_by_id(api, id->text);
    return reference && reference->kind == NODE_STRING
               ? find_by_reference(arena, api, reference->text)
               : NULL;
}

/* However it is named: one that got another operationId is the same. */
static bool lead_to_the_same(const Comparer *comparer, const Link *base, const Link *revision) {
    const Operation *from = target_of(comparer->arena, comparer->base, base);
    const Operation *to = target_of(comparer->arena, comparer->revision, revision);
    return from && to && operation_partner(comparer, from) == to;
}

typedef struct Links {
    Comparer *comparer;
    Comparison *at;
    const Link *base, *revision;
} Links;

static void compare_field(const Links *links, const char *field, const Node *from, const Node *to) {
    if (from == to || (from && to && node_equal(from, to)))
        return;
    Comparer *comparer = links->comparer;
    Change *change = note(comparer, links->at, CHANGE_LINK_CHANGED, EFFECT_NONE,
                          from ? from : links->base->origin, to ? to : links->revision->origin);
    with(comparer, change, ATTRIBUTE_NAME, links->base->name);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(field));
    with(comparer, change, ATTRIBUTE_FROM, shown(comparer->arena, from));
    with(comparer, change, ATTRIBUTE_TO, shown(comparer->arena, to));
}

static void compare_targets(const Links *links) {
    const Node *from = node_member(links->base->origin, TEXT("operationId"));
    const Node *to = node_member(links->revision->origin, TEXT("operationId"));
    bool by_id = from && to;
    if (lead_to_the_same(links->comparer, links->base, links->revision))
        return;
    from = from ? from : node_member(links->base->origin, TEXT("operationRef"));
    to = to ? to : node_member(links->revision->origin, TEXT("operationRef"));
    compare_field(links, by_id ? "operationId" : "operationRef", from, to);
}

static void compare_link(Comparer *comparer, Comparison *at, const Link *base,
                         const Link *revision) {
    static const char *const fields[] = {"parameters", "requestBody", "server"};
    Links links = {comparer, at, base, revision};
    compare_documentation(comparer, at, base->origin, revision->origin);
    compare_targets(&links);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        compare_field(&links, fields[i], node_member(base->origin, text_from(fields[i])),
                      node_member(revision->origin, text_from(fields[i])));
}

void compare_links(Comparer *comparer, Comparison *at, const Response *base,
                   const Response *revision) {
    for (size_t i = 0; i < base->links.count; i++) {
        const Link *from = &base->links.items[i], *to = find_link(revision, from->name);
        if (to)
            compare_link(comparer, at, from, to);
        else
            with(comparer,
                 note(comparer, at, CHANGE_LINK_REMOVED, EFFECT_NONE, from->origin,
                      revision->origin),
                 ATTRIBUTE_NAME, from->name);
    }
    for (size_t i = 0; i < revision->links.count; i++)
        if (!find_link(base, revision->links.items[i].name))
            with(comparer,
                 note(comparer, at, CHANGE_LINK_ADDED, EFFECT_NONE, base->origin,
                      revision->links.items[i].origin),
                 ATTRIBUTE_NAME, revision->links.items[i].name);
}
