#include "load/dynamic_scope.h"

#include "load/schema_keywords.h"

enum { SCOPE_LIMIT = 64 };

DynamicScope *dynamic_scope_new(Arena *arena) {
    DynamicScope *scope = arena_new_object(arena, DynamicScope);
    scope->types = map_new(arena);
    scope->entered = map_new(arena);
    return scope;
}

static bool holds_all(const DynamicAnchors *anchors, const DynamicAnchors *wanted) {
    for (size_t i = 0; i < wanted->list.count; i++) {
        const DynamicAnchor *anchor = wanted->list.items[i];
        const DynamicAnchor *held = dynamic_anchor(anchors, anchor->name);
        if (!held || held->node != anchor->node)
            return false;
    }
    return true;
}

static void add_all(Arena *arena, DynamicAnchors *anchors, const DynamicAnchors *more) {
    for (size_t i = 0; i < more->list.count; i++)
        dynamic_anchors_add(arena, anchors, more->list.items[i]);
}

/* The scope that has the anchors of another and further ones, of other names. */
static DynamicScope *scope_with(Schemas *schemas, const DynamicAnchors *around,
                                const DynamicAnchors *further) {
    Arena *arena = schemas->reader->arena;
    size_t count = around->list.count + further->list.count;
    for (size_t i = 0; i < schemas->scopes.count; i++) {
        DynamicScope *known = schemas->scopes.items[i];
        if (known->full ||
            (known->anchors.list.count == count && holds_all(&known->anchors, further) &&
             holds_all(&known->anchors, around)))
            return known;
    }
    DynamicScope *scope = dynamic_scope_new(arena);
    add_all(arena, &scope->anchors, around);
    add_all(arena, &scope->anchors, further);
    scope->full = schemas->scopes.count == SCOPE_LIMIT;
    array_push(arena, &schemas->scopes, scope);
    return scope;
}

/* What a scope becomes by anchors, and by those that follow outwards from a node. */
static DynamicScope *enter(Schemas *schemas, DynamicScope *around, const DynamicAnchors *anchors,
                           const Node *outwards) {
    DynamicAnchors further = {0};
    for (; anchors;
         anchors = references_next_dynamic_anchors(schemas->reader->references, &outwards))
        for (size_t i = 0; i < anchors->list.count; i++)
            if (!dynamic_anchor(&around->anchors, anchors->list.items[i]->name))
                dynamic_anchors_add(schemas->reader->arena, &further, anchors->list.items[i]);
    return further.list.count ? scope_with(schemas, &around->anchors, &further) : around;
}

/* What follows outwards is the same wherever anchors are met, so each is entered once a scope. */
DynamicScope *dynamic_scope_enter(Schemas *schemas, const Node *schema) {
    DynamicScope *around = schemas->scope;
    const Node *at = schema;
    const DynamicAnchors *anchors =
        around->full ? NULL : references_next_dynamic_anchors(schemas->reader->references, &at);
    if (!anchors)
        return around;
    DynamicScope *scope = map_get(around->entered, &anchors, sizeof anchors);
    if (scope)
        return scope;
    scope = enter(schemas, around, anchors, at);
    const DynamicAnchors **key = arena_new_object(schemas->reader->arena, const DynamicAnchors *);
    *key = anchors;
    map_put(around->entered, key, sizeof *key, scope);
    return scope;
}
