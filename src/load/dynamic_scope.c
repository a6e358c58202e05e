#include "load/dynamic_scope.h"

#include "load/schema_keywords.h"

enum { SCOPE_LIMIT = 64 };

DynamicScope *dynamic_scope_new(Arena *arena) {
    DynamicScope *scope = arena_new_object(arena, DynamicScope);
    scope->types = map_new(arena);
    return scope;
}

static bool same_anchors(const DynamicAnchors *a, const DynamicAnchors *b) {
    for (size_t i = 0; i < a->list.count; i++) {
        const DynamicAnchor *other = dynamic_anchor(b, a->list.items[i].name);
        if (!other || other->node != a->list.items[i].node)
            return false;
    }
    return a->list.count == b->list.count;
}

DynamicScope *dynamic_scope_enter(Schemas *schemas, const Node *schema) {
    DynamicScope *around = schemas->scope;
    DynamicAnchors anchors = around->anchors;
    anchors.list.capacity = anchors.list.count; /* shared: grows into its own */
    if (!around->full)
        references_add_dynamic_anchors(schemas->reader->references, schema, &anchors);
    if (anchors.list.count == around->anchors.list.count)
        return around;
    for (size_t i = 0; i < schemas->scopes.count; i++) {
        DynamicScope *known = schemas->scopes.items[i];
        if (known->full || same_anchors(&known->anchors, &anchors))
            return known;
    }
    DynamicScope *scope = dynamic_scope_new(schemas->reader->arena);
    scope->anchors = anchors;
    scope->full = schemas->scopes.count == SCOPE_LIMIT;
    array_push(schemas->reader->arena, &schemas->scopes, scope);
    return scope;
}
