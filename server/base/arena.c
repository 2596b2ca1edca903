#include "arena.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_CHUNK ((size_t)16 * 1024)
#define ARENA_ALIGN ((size_t)16)

struct chunk {
    struct chunk *before;
    size_t        size;
    size_t        used;
    size_t        pad;
    char          bytes[];
};

struct arena {
    struct chunk *top;
    struct chunk *first;
    size_t        chunk_size;
};

void arena_keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 2 << 20);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

static void *must(void *p)
{
    if (!p) {
        fputs("linli: out of memory\n", stderr);
        abort();
    }
    return p;
}

static struct chunk *chunk_new(size_t size, struct chunk *before)
{
    struct chunk *c = must(malloc(sizeof *c + size));
    c->before = before;
    c->size = size;
    c->used = 0;
    return c;
}

struct arena *arena_new(size_t chunk)
{
    struct arena *a = must(malloc(sizeof *a));
    a->chunk_size = chunk ? chunk : ARENA_CHUNK;
    a->first = a->top = chunk_new(a->chunk_size, NULL);
    return a;
}

static void drop_down_to(struct arena *a, struct chunk *keep)
{
    while (a->top != keep) {
        struct chunk *gone = a->top;
        a->top = gone->before;
        free(gone);
    }
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    drop_down_to(a, a->first);
    free(a->first);
    free(a);
}

void arena_reset(struct arena *a)
{
    drop_down_to(a, a->first);
    a->first->used = 0;
}

static size_t rounded(size_t size)
{
    if (size > SIZE_MAX / 2)
        must(NULL);
    return size ? (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1) : ARENA_ALIGN;
}

void *arena_bytes(struct arena *a, size_t size)
{
    size_t need = rounded(size);
    if (a->top->size - a->top->used < need)
        a->top = chunk_new(need > a->chunk_size ? need : a->chunk_size, a->top);
    void *p = a->top->bytes + a->top->used;
    a->top->used += need;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(arena_bytes(a, size), 0, rounded(size));
}

bool arena_lengthen(struct arena *a, void *last, size_t from, size_t to)
{
    size_t had = rounded(from), need = rounded(to);
    struct chunk *top = a->top;
    if (top->used < had || top->bytes + top->used - had != (char *)last || need < had || top->size - top->used < need - had)
        return false;
    memset(top->bytes + top->used, 0, need - had);
    top->used += need - had;
    return true;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 2 / size)
        must(NULL);
    return arena_alloc(a, n * size);
}

char *arena_copy(struct arena *a, const void *from, size_t n)
{
    char *p = arena_bytes(a, n + 1);
    if (n)
        memcpy(p, from, n);
    p[n] = '\0';
    return p;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){ a->top, a->top->used };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
    drop_down_to(a, mark.chunk);
    a->top->used = mark.used;
}

size_t arena_used(const struct arena *a)
{
    size_t n = 0;
    for (const struct chunk *c = a->top; c; c = c->before)
        n += c->used;
    return n;
}
