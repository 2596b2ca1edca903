/* What a handler may ask of its request: rights, transactions of its own, cursors. */
#include "../base/crypto.h"
#include "exchange.h"

const char *const unit_kind_words[] = { NULL, "area", "org", NULL };

struct exchange *exchange_of(struct req *r)
{
    return (struct exchange *)((char *)r - offsetof(struct exchange, r));
}

/* ---- rights ---- */

bool req_may(struct req *r, enum perm perm, struct unit_ref where)
{
    return perm == PERM_PUBLIC || (r->caller.account && r->may(r, perm, where));
}

err req_allow(struct req *r, enum perm perm, struct unit_ref where)
{
    if (req_may(r, perm, where))
        return OK;
    return FAIL(r->caller.account ? ERR_NOT_ALLOWED : ERR_NOT_SIGNED_IN);
}

struct unit_refs req_where(struct req *r, enum perm perm)
{
    struct unit_ref *at = ARENA_ARRAY(r->arena, r->caller.grant_count, struct unit_ref);
    size_t           n = 0;
    for (size_t i = 0; i < r->caller.grant_count; i++)
        if (r->caller.grants[i].perms & PERM_BIT(perm))
            at[n++] = r->caller.grants[i].unit;
    return (struct unit_refs){ at, n };
}

/* ---- transactions of a TX_NONE handler ---- */

struct piece {
    struct req *r;
    err       (*work)(struct req *r, void *arg);
    void       *arg;
};

static err run_piece(struct db_conn *c, void *arg)
{
    struct piece *p = arg;
    p->r->db = c;
    err e = p->work(p->r, p->arg);
    p->r->db = NULL;
    return e;
}

err req_in_read(struct req *r, err (*work)(struct req *r, void *arg), void *arg)
{
    struct piece p = { r, work, arg };
    return db_read(r->database, run_piece, &p);
}

err req_in_write(struct req *r, err (*work)(struct req *r, void *arg), void *arg)
{
    struct piece p = { r, work, arg };
    return db_write_in_time(r->database, r->tenant, false, run_piece, &p);
}

/* ---- cursors: two integers and the first 8 bytes of a keyed hash over them and the route, in hex ---- */

#define CURSOR_BYTES 24

static void cursor_seal(struct req *r, unsigned char bytes[CURSOR_BYTES])
{
    const struct http *h = exchange_of(r)->http;
    struct buf         b = buf_new(r->arena, 0);
    buf_add(&b, bytes, 16);
    buf_fmt(&b, "%lld", (long long)r->tenant);
    buf_z(&b, r->route->path);
    memcpy(bytes + 16, crypto_keyed(r->arena, h->o.key, buf_view(&b)).ptr, CURSOR_BYTES - 16);
}

static void put_i64(unsigned char *to, int64_t v)
{
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
}

static int64_t get_i64(const unsigned char *from)
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | from[i];
    return (int64_t)v;
}

struct str req_cursor(struct req *r, int64_t a, int64_t b)
{
    unsigned char bytes[CURSOR_BYTES];
    put_i64(bytes, a);
    put_i64(bytes + 8, b);
    cursor_seal(r, bytes);
    return str_hex(r->arena, bytes, sizeof bytes);
}

bool req_cursor_read(struct req *r, struct str cursor, int64_t *a, int64_t *b)
{
    unsigned char bytes[CURSOR_BYTES], again[CURSOR_BYTES];
    if (!str_unhex(cursor, bytes, sizeof bytes))
        return false;
    memcpy(again, bytes, sizeof again);
    cursor_seal(r, again);
    if (!crypto_same((struct str){ (char *)bytes, sizeof bytes }, (struct str){ (char *)again, sizeof again }))
        return false;
    *a = get_i64(bytes);
    *b = get_i64(bytes + 8);
    return true;
}
