#include "support/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024 };

typedef struct Chunk {
    struct Chunk *previous;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
} Chunk;

typedef struct Release {
    struct Release *previous;
    void (*release)(void *);
    void *resource;
} Release;

struct Arena {
    MemoryEscape *escape;
    Chunk *chunk;
    size_t offset;     /* into chunk->bytes */
    size_t next_chunk; /* doubles up to LARGEST_CHUNK */
    size_t used;
    Release *releases;
};

Arena *arena_new(MemoryEscape *escape) {
    Arena *arena = calloc(1, sizeof *arena);
    if (arena) {
        arena->escape = escape;
        arena->next_chunk = FIRST_CHUNK;
    }
    return arena;
}

static void free_chunks(Chunk *chunk) {
    while (chunk) {
        Chunk *previous = chunk->previous;
        free(chunk);
        chunk = previous;
    }
}

static void release_all(const Arena *arena) {
    for (Release *release = arena->releases; release; release = release->previous)
        release->release(release->resource);
}

/* What was filled only once stays, so that to clear after little use costs little. */
void arena_clear(Arena *arena) {
    release_all(arena);
    Chunk *chunk = arena->chunk;
    bool keep = chunk && !chunk->previous && chunk->size == FIRST_CHUNK;
    if (keep)
        memset(chunk->bytes, 0, arena->offset);
    else
        free_chunks(chunk);
    *arena = (Arena){.escape = arena->escape, .next_chunk = FIRST_CHUNK};
    arena->chunk = keep ? chunk : NULL;
}

void arena_free(Arena *arena) {
    if (!arena)
        return;
    release_all(arena);
    free_chunks(arena->chunk);
    free(arena);
}

_Noreturn void arena_exhausted(Arena *arena) {
    longjmp(arena->escape->point, 1);
}

static void add_chunk(Arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(Chunk))
        arena_exhausted(arena);
    /* calloc rather than malloc: fresh pages come zeroed from the kernel at no cost. */
    Chunk *chunk = calloc(1, sizeof(Chunk) + size);
    if (!chunk)
        arena_exhausted(arena);
    chunk->size = size;
    chunk->previous = arena->chunk;
    arena->chunk = chunk;
    arena->offset = 0;
}

void *arena_alloc(Arena *arena, size_t size) {
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX - alignment)
        arena_exhausted(arena);
    size_t padded = (size + alignment - 1) & ~(alignment - 1);
#ifdef ARENA_SEPARATE
    add_chunk(arena, size);
    arena->used += padded;
    return arena->chunk->bytes;
#else
    if (!arena->chunk || arena->chunk->size - arena->offset < padded) {
        size_t chunk = arena->next_chunk;
        if (arena->next_chunk < LARGEST_CHUNK)
            arena->next_chunk *= 2;
        add_chunk(arena, padded > chunk ? padded : chunk);
    }
    void *block = arena->chunk->bytes + arena->offset;
    arena->offset += padded;
    arena->used += padded;
    return block;
#endif
}

void *arena_alloc_array(Arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        arena_exhausted(arena);
    return arena_alloc(arena, count * size);
}

char *arena_copy(Arena *arena, const void *data, size_t size) {
    if (size == SIZE_MAX)
        arena_exhausted(arena);
    char *copy = arena_alloc(arena, size + 1);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

void arena_on_free(Arena *arena, void (*release)(void *), void *resource) {
    Release *entry = arena_new_object(arena, Release);
    entry->release = release;
    entry->resource = resource;
    entry->previous = arena->releases;
    arena->releases = entry;
}

static void free_scratch(void *scratch) {
    arena_free(scratch);
}

Arena *arena_scratch(Arena *arena) {
    Arena *scratch = arena_new(arena->escape);
    if (!scratch)
        arena_exhausted(arena);
    arena_on_free(arena, free_scratch, scratch);
    return scratch;
}

size_t arena_used(const Arena *arena) {
    return arena->used;
}
