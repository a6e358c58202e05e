#include "graph/values.h"

#include "document/document.h"
#include "support/decimal.h"

#include <stdlib.h>

enum { SHORT_LIST = 16 };

/* Of values that are no objects or arrays; those come last, in any order. */
static int compare(const Node *a, const Node *b) {
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    switch (a->kind) {
    case NODE_BOOLEAN:
        return (int)a->boolean - (int)b->boolean;
    case NODE_NUMBER:
        return decimal_compare(a->text, b->text);
    case NODE_STRING:
        return text_compare(a->text, b->text);
    default:
        return 0;
    }
}

static int by_value(const void *a, const void *b) {
    const Node *const *left = a, *const *right = b;
    return compare(*left, *right);
}

void values_index(Arena *arena, Values *values) {
    if (values->count <= SHORT_LIST)
        return;
    values->sorted = arena_new_array(arena, values->count, const Node *);
    memcpy(values->sorted, values->items, values->count * sizeof *values->sorted);
    values->sorted_count = values->count;
    qsort(values->sorted, values->count, sizeof *values->sorted, by_value);
}

static bool have_from(const Node *const *items, size_t from, size_t count, const Node *value) {
    for (size_t i = from; i < count; i++)
        if (node_equal(items[i], value))
            return true;
    return false;
}

bool values_have(const Values *values, const Node *value, size_t hint) {
    if (hint < values->count && node_equal(values->items[hint], value))
        return true;
    if (values->sorted_count != values->count)
        return have_from(values->items, 0, values->count, value);
    size_t low = 0, high = values->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(values->sorted[middle], value) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (value->kind == NODE_SEQUENCE || value->kind == NODE_MAPPING)
        return have_from(values->sorted, low, values->count, value);
    return low < values->count && node_equal(values->sorted[low], value);
}
