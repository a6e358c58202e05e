/* Owns memory: everything the program allocates lives in an Arena and is freed with it.
 * Gives zeroed, aligned blocks, and one way out when memory is gone.
 * Knows nothing of what is stored.
 *
 * An arena points only into arenas that outlive it: base, revision, pacts, then run. No object is
 * freed alone. A build with -DARENA_SEPARATE makes each allocation its own malloc, so that
 * sanitizers see inside.
 */
#ifndef BREAKWATER_SUPPORT_ARENA_H
#define BREAKWATER_SUPPORT_ARENA_H

#include <setjmp.h>
#include <stddef.h>

typedef struct Arena Arena;

/* Where control goes when memory runs out: the owner calls setjmp on `point` before it hands the
 * escape to an arena, on the thread that will use that arena. No frame of a foreign library may lie
 * between the two (we call those libraries; they never call us). */
typedef struct MemoryEscape {
    jmp_buf point;
} MemoryEscape;

/* Returns NULL when memory is gone; `escape` must outlive the arena. */
Arena *arena_new(MemoryEscape *escape);

/* Frees the arena, all blocks in it, and what arena_on_free registered, newest first. NULL is fine.
 */
void arena_free(Arena *arena);

/* An arena for what is needed for a while, cleared between uses. It takes the same escape and goes
 * with `arena` at the latest. */
Arena *arena_scratch(Arena *arena);

/* Frees all blocks and what arena_on_free registered; the arena is as new. */
void arena_clear(Arena *arena);

/* Zeroed, aligned for any type. Never returns NULL: takes the escape. A size of 0 gives a valid
 * pointer. */
void *arena_alloc(Arena *arena, size_t size);

/* As arena_alloc for `count` elements; an overflowing product takes the escape. */
void *arena_alloc_array(Arena *arena, size_t count, size_t size);

/* Copies `size` bytes and puts a NUL behind them. */
char *arena_copy(Arena *arena, const void *data, size_t size);

/* Has `release(resource)` called when the arena is freed: for what a foreign library gave. */
void arena_on_free(Arena *arena, void (*release)(void *resource), void *resource);

/* Takes the escape: for a foreign library that reported exhausted memory. */
_Noreturn void arena_exhausted(Arena *arena);

/* Bytes handed out so far. */
size_t arena_used(const Arena *arena);

#define arena_new_object(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_new_array(arena, count, Type)                                                        \
    ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))

#endif
