/* buf: bytes that grow in an arena up to a stated cap. Appending past the cap sets .full and writes nothing more;
 * check once at the end. */
#ifndef LINLI_BASE_BUF_H
#define LINLI_BASE_BUF_H

#include <string.h>

#include "str.h"

struct buf {
    char         *ptr;
    size_t        len;
    size_t        cap;
    size_t        max;
    bool          full;
    struct arena *arena;
};

/* max: the most bytes it may ever hold (0: 64 MiB). */
struct buf buf_new(struct arena *a, size_t max);

/* Room for n more bytes at the end, to be filled by the caller, who then adds to .len; NULL when past the cap. Within what is there
 * already it is inlined: answers are written byte by byte. Growing is not: it would keep the rest from being so. */
char *buf_grow(struct buf *b, size_t n) __attribute__((noinline));
static inline char *buf_room(struct buf *b, size_t n)
{
    return n <= b->cap - b->len && !b->full ? b->ptr + b->len : buf_grow(b, n);
}

static inline void buf_add(struct buf *b, const void *bytes, size_t n)
{
    char *p = n ? buf_room(b, n) : NULL;
    if (p) {
        memcpy(p, bytes, n);
        b->len += n;
    }
}

static inline void buf_byte(struct buf *b, char c)
{
    char *p = buf_room(b, 1);
    if (p) {
        *p = c;
        b->len++;
    }
}

void buf_str(struct buf *b, struct str s);
void buf_z(struct buf *b, const char *z);
void buf_i64(struct buf *b, int64_t v);
/* The same digits as a text in room. */
#define BUF_DIGITS ((size_t)21)
struct str buf_digits(char room[BUF_DIGITS], int64_t v);
/* A cell of a CSV sheet: quoted, and what a spreadsheet would take for a formula made plain text by an apostrophe. */
void buf_cell(struct buf *b, struct str s);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

struct str buf_view(const struct buf *b);

#endif
