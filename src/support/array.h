/* Gives growing arrays in an arena: `ARRAY(Text) names = {0}; array_push(arena, &names, name);`.
 * Growth leaves the old block to the arena, so pointers into an array hold only while nothing is
 * pushed.
 */
#ifndef BREAKWATER_SUPPORT_ARRAY_H
#define BREAKWATER_SUPPORT_ARRAY_H

#include "support/arena.h"

#include <stddef.h>
#include <string.h>

#define ARRAY(Item)                                                                                \
    struct {                                                                                       \
        Item *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

static inline void *array_resized(Arena *arena, const void *items, size_t count, size_t capacity,
                                  size_t size) {
    void *resized = arena_alloc_array(arena, capacity, size);
    if (items && count)
        memcpy(resized, items, count * size);
    return resized;
}

static inline void *array_grow(Arena *arena, void *items, size_t *capacity, size_t size) {
    size_t old = *capacity;
    *capacity = old ? old * 2 : 4;
    return array_resized(arena, items, old, *capacity, size);
}

/* Room for `more` items without growth: where their number is known, nothing is left to the arena.
 */
#define array_reserve(arena, array, more)                                                          \
    do {                                                                                           \
        size_t array_wanted = (array)->count + (more);                                             \
        if (array_wanted > (array)->capacity) {                                                    \
            (array)->items = array_resized((arena), (array)->items, (array)->count, array_wanted,  \
                                           sizeof *(array)->items);                                \
            (array)->capacity = array_wanted;                                                      \
        }                                                                                          \
    } while (0)

#define array_push(arena, array, value)                                                            \
    do {                                                                                           \
        if ((array)->count == (array)->capacity)                                                   \
            (array)->items =                                                                       \
                array_grow((arena), (array)->items, &(array)->capacity, sizeof *(array)->items);   \
        (array)->items[(array)->count++] = (value);                                                \
    } while (0)

/* for (array_each(Text, name, &names)) … with `name` a pointer to each item. */
#define array_each(Item, item, array)                                                              \
    Item *item = (array)->items, *item##_end = (array)->items + (array)->count;                    \
    item != item##_end;                                                                            \
    item++

#endif
