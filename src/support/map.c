#include "support/map.h"

/* Every function here that adds names its table `map`, so that uthash's memory comes of its arena.
 * Tables that were outgrown stay there until the arena goes: together never more than the last. */
#define uthash_malloc(size)               arena_alloc(map->arena, (size))
#define uthash_free(ptr, size)            ((void)(ptr), (void)(size))
#define uthash_fatal(message)             arena_exhausted(map->arena)
#define HASH_FUNCTION(key, length, value) ((value) = hash_of(map, (key), (length)))
#include <uthash.h>

typedef struct Entry {
    const void *key;
    size_t key_size;
    void *value;
    UT_hash_handle hh;
} Entry;

struct Map {
    Arena *arena;
    Entry *entries;
    uint64_t seed; /* that keys can't be chosen to collide */
};

/* Both halves of the product of 64 bits each: every bit of the seed has a say in what comes out. */
static uint64_t folded(uint64_t a, uint64_t b) {
    __extension__ typedef unsigned __int128 Wide;
    Wide product = (Wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Eight bytes at a time; uthash takes the low bits and gives up growing where they are uneven. */
static unsigned hash_of(const Map *map, const void *key, size_t size) {
    const unsigned char *bytes = key;
    uint64_t hash = map->seed ^ size;
    for (size_t i = 0; i < size; i += sizeof hash) {
        uint64_t word = 0;
        memcpy(&word, bytes + i, size - i < sizeof word ? size - i : sizeof word);
        hash = folded(hash ^ word, 0x9e3779b97f4a7c15u);
    }
    return (unsigned)folded(hash ^ map->seed, 0xc4ceb9fe1a85ec53u);
}

Map *map_new(Arena *arena) {
    Map *map = arena_new_object(arena, Map);
    map->arena = arena;
    map->seed = (uint64_t)(uintptr_t)map * 0x9e3779b97f4a7c15u;
    return map;
}

/* An empty text may have no bytes; memcmp takes no null pointer even for none (C17 7.24.1). */
static const void *bytes_of(const void *key) {
    return key ? key : "";
}

void map_put(Map *map, const void *key, size_t key_size, void *value) {
    Entry *entry = NULL;
    key = bytes_of(key);
    HASH_FIND(hh, map->entries, key, key_size, entry);
    if (entry) {
        entry->value = value;
        return;
    }
    entry = arena_new_object(map->arena, Entry);
    entry->key = key;
    entry->key_size = key_size;
    entry->value = value;
    HASH_ADD_KEYPTR(hh, map->entries, entry->key, key_size, entry);
}

void *map_get(const Map *map, const void *key, size_t key_size) {
    Entry *entry = NULL;
    key = bytes_of(key);
    HASH_FIND(hh, map->entries, key, key_size, entry);
    return entry ? entry->value : NULL;
}

size_t map_count(const Map *map) {
    return HASH_COUNT(map->entries);
}

void map_each(const Map *map, void (*visit)(Text, void *, void *), void *context) {
    for (const Entry *entry = map->entries; entry; entry = entry->hh.next)
        visit((Text){entry->key, entry->key_size}, entry->value, context);
}
