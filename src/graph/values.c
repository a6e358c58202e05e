#include "graph/values.h"

#include "document/document.h"

#include <stdlib.h>

enum { SHORT_LIST = 16 };

static int by_value(const void *a, const void *b) {
    const Node *const *left = a, *const *right = b;
    return node_compare(*left, *right);
}

void values_index(Arena *arena, Values *values) {
    if (values->count <= SHORT_LIST)
        return;
    values->sorted = arena_new_array(arena, values->count, const Node *);
    memcpy(values->sorted, values->items, values->count * sizeof *values->sorted);
    values->sorted_count = values->count;
    qsort(values->sorted, values->count, sizeof *values->sorted, by_value);
}

bool values_have(const Values *values, const Node *value, size_t hint) {
    if (hint < values->count && node_equal(values->items[hint], value))
        return true;
    if (values->sorted_count == values->count && values->count)
        return bsearch(&value, values->sorted, values->count, sizeof *values->sorted, by_value);
    for (size_t i = 0; i < values->count; i++)
        if (node_equal(values->items[i], value))
            return true;
    return false;
}

/* ---- doubles --------------------------------------------------------------------------------- */

typedef struct Ranked {
    const Node *value;
    size_t rank;
} Ranked;

static int by_value_and_rank(const void *a, const void *b) {
    const Ranked *left = a, *right = b;
    int order = node_compare(left->value, right->value);
    return order ? order : (left->rank > right->rank) - (left->rank < right->rank);
}

static int by_rank(const void *a, const void *b) {
    const Ranked *left = a, *right = b;
    return (left->rank > right->rank) - (left->rank < right->rank);
}

static void drop_from_few(Values *values) {
    Values kept = {.items = values->items};
    for (size_t i = 0; i < values->count; i++)
        if (!values_have(&kept, values->items[i], SIZE_MAX))
            kept.items[kept.count++] = values->items[i];
    values->count = kept.count;
}

void values_drop_doubles(Arena *arena, Values *values) {
    if (values->count <= SHORT_LIST) {
        drop_from_few(values);
        return;
    }
    Ranked *ranked = arena_new_array(arena, values->count, Ranked);
    for (size_t i = 0; i < values->count; i++)
        ranked[i] = (Ranked){values->items[i], i};
    qsort(ranked, values->count, sizeof *ranked, by_value_and_rank);
    size_t kept = 1;
    for (size_t i = 1; i < values->count; i++)
        if (node_compare(ranked[i].value, ranked[kept - 1].value))
            ranked[kept++] = ranked[i];
    qsort(ranked, kept, sizeof *ranked, by_rank);
    for (size_t i = 0; i < kept; i++)
        values->items[i] = ranked[i].value;
    values->count = kept;
    values_index(arena, values);
}
