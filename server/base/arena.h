/* Arena: memory that lives as long as one request (or one job, one import row) and is released at once.
 * Feature code takes all its memory here and never calls malloc or free. */
#ifndef LINLI_BASE_ARENA_H
#define LINLI_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A point in an arena to which arena_rewind returns; for loops that need scratch memory per turn. */
struct arena_mark {
    void  *chunk;
    size_t used;
};

/* Makes an arena. chunk: bytes taken from the system at a time (0: 16 KiB).
 * Aborts the process when the system has no memory, like every function here: a server that cannot
 * allocate a few KiB has nothing sensible left to answer. */
struct arena *arena_new(size_t chunk);

/* For a process that serves, once, before it has threads: what arenas gave back stays with the process up to 2 MiB for each of the C library's heaps,
 * and only pieces of 1 MiB or more go back to the system at once. A request that takes more than 128 KiB otherwise returns and asks anew for it each time,
 * and every processor on which the process runs is interrupted for that (docs/decisions/my-work.md). */
void arena_keep_memory(void);

/* Gives everything back, the arena included. NULL is allowed. */
void arena_free(struct arena *a);

/* Forgets all that was allocated but keeps the first chunk for the next request. */
void arena_reset(struct arena *a);

/* size bytes, zeroed, aligned for any type. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed: for bytes that are written at once. */
void *arena_bytes(struct arena *a, size_t size);

/* Makes what was allocated last longer where it stands, zeroed behind; false: something was allocated after it, or its chunk is full. */
bool arena_lengthen(struct arena *a, void *last, size_t from, size_t to);

/* n × size bytes, zeroed; aborts when the product overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A copy of n bytes with a terminating zero behind it. */
char *arena_copy(struct arena *a, const void *from, size_t n);

struct arena_mark arena_mark(const struct arena *a);
void              arena_rewind(struct arena *a, struct arena_mark mark);

/* Bytes handed out since the last reset; for tests and the memory figures. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type)       ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type)  ((type *)arena_array((a), (n), sizeof(type)))

#endif
