#include "buf.h"

#include <stdarg.h>
#include <stdio.h>

#define BUF_MAX   ((size_t)64 * 1024 * 1024)
#define BUF_FIRST ((size_t)512)

struct buf buf_new(struct arena *a, size_t max)
{
    return (struct buf){ .arena = a, .max = max ? max : BUF_MAX };
}

char *buf_grow(struct buf *b, size_t n)
{
    if (b->full || n > b->max - b->len) {
        b->full = true;
        return NULL;
    }
    size_t cap = b->cap ? b->cap : BUF_FIRST;
    while (cap - b->len < n)
        cap *= 2;
    if (cap > b->max)
        cap = b->max;
    if (!b->cap || !arena_lengthen(b->arena, b->ptr, b->cap, cap)) {
        char *p = arena_alloc(b->arena, cap);
        if (b->len)
            memcpy(p, b->ptr, b->len);
        b->ptr = p;
    }
    b->cap = cap;
    return b->ptr + b->len;
}

void buf_str(struct buf *b, struct str s)
{
    buf_add(b, s.ptr, s.len);
}

void buf_z(struct buf *b, const char *z)
{
    buf_add(b, z, strlen(z));
}

void buf_cell(struct buf *b, struct str s)
{
    buf_byte(b, '"');
    if (s.len && strchr("=+-@\t\r", s.ptr[0]))
        buf_byte(b, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, s.ptr[i]);
    }
    buf_byte(b, '"');
}

/* Two digits at a time: ids have nineteen, and each division waits for the one before. */
struct str buf_digits(char room[BUF_DIGITS], int64_t v)
{
    static const char twos[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
                               "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    size_t   at = BUF_DIGITS;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    for (; u >= 10; u /= 100)
        memcpy(room + (at -= 2), twos + 2 * (u % 100), 2);
    if (u || at == BUF_DIGITS)
        room[--at] = (char)('0' + u);
    if (v < 0)
        room[--at] = '-';
    return (struct str){ room + at, BUF_DIGITS - at };
}

void buf_i64(struct buf *b, int64_t v)
{
    char room[BUF_DIGITS];
    buf_str(b, buf_digits(room, v));
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int   n = vsnprintf(NULL, 0, fmt, ap);
    char *p = n > 0 ? buf_room(b, (size_t)n + 1) : NULL;
    va_end(ap);
    if (p) {
        vsnprintf(p, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

struct str buf_view(const struct buf *b)
{
    return (struct str){ b->ptr ? b->ptr : "", b->len };
}
