#include "diff/compare.h"

#include <stdlib.h>

void by_name_add(Arena *arena, ByName *list, Text name) {
    Named named = {name, list->count};
    array_push(arena, list, named);
}

static int by_name_then_place(const void *a, const void *b) {
    const Named *left = a, *right = b;
    int order = text_compare(left->name, right->name);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

void by_name_sort(ByName *list) {
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_name_then_place);
}

size_t by_name_find(const ByName *list, Text name) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(list->items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < list->count && text_equal(list->items[low].name, name);
    return found ? list->items[low].index : SIZE_MAX;
}
