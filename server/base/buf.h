/* buf: bytes that grow in an arena up to a stated cap. Appending past the cap sets .full and writes nothing more;
 * check once at the end. */
#ifndef LINLI_BASE_BUF_H
#define LINLI_BASE_BUF_H

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

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_z(struct buf *b, const char *z);
void buf_byte(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
/* A cell of a CSV sheet: quoted, and what a spreadsheet would take for a formula made plain text by an apostrophe. */
void buf_cell(struct buf *b, struct str s);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Room for n more bytes at the end, to be filled by the caller, who then adds to .len; NULL when past the cap. */
char *buf_room(struct buf *b, size_t n);

struct str buf_view(const struct buf *b);

#endif
