#include "diff/compare.h"

/* What leads to a change, and what stands below a place. */

typedef struct Incoming {
    uint32_t *first; /* by node id, and one behind the last */
    uint32_t *from;
} Incoming;

static Incoming incoming_edges(Comparer *comparer) {
    size_t count = comparer->nodes.count, edges = 0;
    Incoming incoming = {arena_new_array(comparer->arena, count + 2, uint32_t), NULL};
    for (size_t i = 0; i < count; i++) {
        const Comparison *node = comparer->nodes.items[i];
        edges += node->edges.count;
        for (size_t j = 0; j < node->edges.count; j++)
            incoming.first[node->edges.items[j].to->id + 2]++;
    }
    for (size_t i = 2; i < count + 2; i++)
        incoming.first[i] += incoming.first[i - 1];
    incoming.from = arena_new_array(comparer->arena, edges, uint32_t);
    for (size_t i = 0; i < count; i++) {
        const Comparison *node = comparer->nodes.items[i];
        for (size_t j = 0; j < node->edges.count; j++)
            incoming.from[incoming.first[node->edges.items[j].to->id + 1]++] = node->id;
    }
    return incoming;
}

bool *find_dirty(Comparer *comparer) {
    size_t count = comparer->nodes.count;
    bool *dirty = arena_new_array(comparer->arena, count, bool);
    uint32_t *stack = arena_new_array(comparer->arena, count, uint32_t);
    size_t depth = 0;
    Incoming incoming = incoming_edges(comparer);
    for (size_t i = 0; i < count; i++)
        if (comparer->nodes.items[i]->changes.count) {
            dirty[i] = true;
            stack[depth++] = (uint32_t)i;
        }
    while (depth) {
        uint32_t node = stack[--depth];
        for (uint32_t i = incoming.first[node]; i < incoming.first[node + 1]; i++) {
            uint32_t from = incoming.from[i];
            if (dirty[from])
                continue;
            dirty[from] = true;
            stack[depth++] = from;
        }
    }
    return dirty;
}

void spread_more_places(Comparer *comparer) {
    ARRAY(Comparison *) list = {0};
    for (size_t i = 0; i < comparer->nodes.count; i++)
        if (comparer->nodes.items[i]->more_places)
            array_push(comparer->arena, &list, comparer->nodes.items[i]);
    for (size_t i = 0; i < list.count; i++) {
        const Comparison *node = list.items[i];
        for (size_t j = 0; j < node->changes.count; j++)
            if (noted_of(node->changes.items[j])->representative)
                noted_of(node->changes.items[j])->representative->more_places = true;
        for (size_t j = 0; j < node->edges.count; j++) {
            Comparison *below = node->edges.items[j].to;
            if (below->more_places)
                continue;
            below->more_places = true;
            array_push(comparer->arena, &list, below);
        }
    }
}
