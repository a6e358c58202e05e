/* Owns the one hash table of the program: keys are bytes, values are pointers, both in an arena.
 * A thin cover over uthash that keeps its memory in the arena and its out-of-memory `exit` away.
 */
#ifndef BREAKWATER_SUPPORT_MAP_H
#define BREAKWATER_SUPPORT_MAP_H

#include "support/arena.h"
#include "support/text.h"

typedef struct Map Map;

Map *map_new(Arena *arena);

/* The key's bytes must live as long as the map. An equal key has its value replaced. */
void map_put(Map *map, const void *key, size_t key_size, void *value);

/* NULL where the key is not there. */
void *map_get(const Map *map, const void *key, size_t key_size);

static inline void map_put_text(Map *map, Text key, void *value) {
    map_put(map, key.data, key.size, value);
}

static inline void *map_get_text(const Map *map, Text key) {
    return map_get(map, key.data, key.size);
}

size_t map_count(const Map *map);

/* Visits entries in the order they were first put. */
void map_each(const Map *map, void (*visit)(Text key, void *value, void *context), void *context);

#endif
