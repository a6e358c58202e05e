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

static void compare_link(Comparer *comparer, Comparison *at, const Link *base,
                         const Link *revision) {
    static const char *const fields[] = {"operationId", "operationRef", "parameters", "requestBody",
                                         "server"};
    compare_documentation(comparer, at, base->origin, revision->origin);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const Node *from = node_member(base->origin, text_from(fields[i]));
        const Node *to = node_member(revision->origin, text_from(fields[i]));
        if (from == to || (from && to && node_equal(from, to)))
            continue;
        Change *change = note(comparer, at, CHANGE_LINK_CHANGED, EFFECT_NONE,
                              from ? from : base->origin, to ? to : revision->origin);
        with(comparer, change, ATTRIBUTE_NAME, base->name);
        with(comparer, change, ATTRIBUTE_KEYWORD, text_from(fields[i]));
        with(comparer, change, ATTRIBUTE_FROM, shown(comparer->arena, from));
        with(comparer, change, ATTRIBUTE_TO, shown(comparer->arena, to));
    }
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
