/* The chain itself: hashing a row, adding one, walking all. */
#include "chain.h"

/* ---- a row's bytes ---- */

static void put_i64(struct buf *b, int64_t v)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
    buf_add(b, bytes, sizeof bytes);
}

static void put_text(struct buf *b, struct str s)
{
    uint32_t      n = s.ptr ? (uint32_t)s.len : UINT32_MAX;
    unsigned char bytes[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n };
    buf_add(b, bytes, sizeof bytes);
    buf_add(b, s.ptr, s.ptr ? s.len : 0);
}

void audit_hash(struct arena *a, const struct audit_row *row, const unsigned char before[HASH_SIZE], unsigned char out[HASH_SIZE])
{
    struct arena_mark mark = arena_mark(a);
    struct buf        b = buf_new(a, 0);
    buf_add(&b, before, HASH_SIZE);
    put_i64(&b, row->chain);
    put_i64(&b, row->seq);
    put_i64(&b, row->at);
    put_i64(&b, row->account);
    put_i64(&b, row->object);
    put_text(&b, row->remote);
    put_text(&b, row->request);
    put_text(&b, row->action);
    put_text(&b, row->object_kind);
    put_text(&b, row->detail);
    crypto_sha256(b.ptr, b.len, out);
    arena_rewind(a, mark);
}

/* ---- adding ---- */

DB_SQL(audit_head_find, "SELECT seq, hash, chain_id FROM audit_head WHERE tenant_id = $1")
DB_SQL(audit_head_first, "INSERT INTO audit_head (tenant_id, seq, hash) VALUES ($1, $2, $3)")
DB_SQL(audit_head_move, "UPDATE audit_head SET seq = $2, hash = $3 WHERE tenant_id = $1")
DB_SQL(audit_insert,
       "INSERT INTO audit (tenant_id, seq, at, account_id, remote, request_id, action, object_kind, object_id, detail, hash)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")

static err take_head(struct db_rows *rows, int64_t tenant, struct audit_head *out)
{
    *out = (struct audit_head){ .chain = tenant };
    if (db_next(rows)) {
        struct str hash = db_blob(rows, 1);
        out->seq = db_i64(rows, 0);
        out->chain = db_is_null(rows, 2) ? tenant : db_i64(rows, 2);
        memcpy(out->hash, hash.ptr, hash.len < HASH_SIZE ? hash.len : HASH_SIZE);
    }
    return db_done(rows);
}

err audit_head_read(struct db_conn *c, int64_t tenant, struct audit_head *out)
{
    struct db_rows rows;
    TRY(db_query(c, &audit_head_find, DB_ARGS(I64(tenant)), &rows));
    return take_head(&rows, tenant, out);
}

/* Rows are chained once all requests of a group have run: its end is read and moved once for all of them, and one that failed leaves no gap. The ends
 * of all districts are asked for before the first is needed. */
#define ORDER_ASK  (INT64_MIN)
#define ORDER_ROW  (INT64_MIN + 1)
#define ORDER_HEAD (INT64_MIN + 2)

/* The ends of the districts' chains in this transaction. */
struct end {
    int64_t           tenant, stored;   /* seq of the end as it is in its row */
    struct db_asked  *asked;            /* it is not known yet */
    struct audit_head head;
    struct end       *next;
};

struct pending {
    struct audit_row row;
    struct arena    *arena;
};

static struct end **ends(struct db_conn *c)
{
    static const char key;
    return db_group_value(c, &key, sizeof(struct end *));
}

static struct end *known_end(struct db_conn *c, int64_t tenant)
{
    struct end *e = *ends(c);
    while (e && e->tenant != tenant)
        e = e->next;
    return e;
}

static err ask_end(struct db_conn *c, void *arg)
{
    const struct pending *p = arg;
    if (known_end(c, p->row.tenant))
        return OK;
    struct end *e = ARENA_NEW(p->arena, struct end), **first = ends(c);
    *e = (struct end){ .tenant = p->row.tenant, .next = *first };
    *first = e;
    return db_ask(c, &audit_head_find, DB_ARGS(I64(e->tenant)), &e->asked);
}

static err end_of(struct db_conn *c, int64_t tenant, struct end **out)
{
    struct end    *e = *out = known_end(c, tenant);
    struct db_rows rows;
    if (!e->asked)
        return OK;
    TRY(db_answer(c, e->asked, &rows));
    TRY(take_head(&rows, tenant, &e->head));
    e->asked = NULL;
    e->stored = e->head.seq;
    return OK;
}

static err write_row(struct db_conn *c, void *arg)
{
    struct pending   *p = arg;
    struct audit_row *row = &p->row;
    struct end       *e;
    unsigned char     hash[HASH_SIZE];
    TRY(end_of(c, row->tenant, &e));
    row->seq = e->head.seq + 1;
    row->chain = e->head.chain;
    audit_hash(p->arena, row, e->head.hash, hash);
    memcpy(e->head.hash, hash, HASH_SIZE);
    e->head.seq = row->seq;
    return db_send(c, &audit_insert,
                   DB_ARGS(I64(row->tenant), I64(row->seq), I64(row->at), REF(row->account), TEXT(row->remote), TEXT(row->request),
                           TEXT(row->action), TEXT(row->object_kind), REF(row->object), TEXT(row->detail),
                           BLOB(((struct str){ (char *)hash, HASH_SIZE }))));
}

/* The first one called moves the end; the others find it there. */
static err move_end(struct db_conn *c, void *arg)
{
    const struct pending *p = arg;
    struct end           *e;
    TRY(end_of(c, p->row.tenant, &e));
    if (e->stored == e->head.seq)
        return OK;
    const struct db_sql *how = e->stored ? &audit_head_move : &audit_head_first;
    e->stored = e->head.seq;
    return db_send(c, how, DB_ARGS(I64(e->tenant), I64(e->head.seq), BLOB(((struct str){ (char *)e->head.hash, HASH_SIZE }))));
}

static err add(struct db_conn *c, const struct audit_row *row)
{
    struct arena   *a = db_group_arena(c);
    struct pending *p = ARENA_NEW(a, struct pending);
    *p = (struct pending){ *row, a };
    p->row.remote = str_copy(a, row->remote);
    p->row.request = str_copy(a, row->request);
    p->row.action = str_copy(a, row->action);
    p->row.object_kind = str_copy(a, row->object_kind);
    p->row.detail = str_copy(a, row->detail);
    db_before_commit(c, ORDER_ASK, ask_end, p);
    db_before_commit(c, ORDER_ROW, write_row, p);
    db_before_commit(c, ORDER_HEAD, move_end, p);
    return OK;
}

err audit_record(struct req *r, const char *action, const char *object_kind, int64_t object_id, struct str detail)
{
    struct audit_row row = {
        .tenant = r->tenant, .at = r->now, .account = r->caller.account, .remote = r->remote, .request = r->id,
        .action = str_of(action), .object_kind = str_of(object_kind), .object = object_id, .detail = detail,
    };
    return add(r->db, &row);
}

err audit_write(struct db_conn *c, struct arena *a, int64_t tenant, ms now, int64_t account, const char *action,
                const char *object_kind, int64_t object_id, struct str detail)
{
    struct audit_row row = {
        .tenant = tenant, .at = now, .account = account, .action = str_of(action), .object_kind = str_of(object_kind),
        .object = object_id, .detail = detail,
    };
    (void)a;
    return add(c, &row);
}

/* ---- walking ---- */

DB_SQL(audit_all,
       "SELECT seq, at, account_id, remote, request_id, action, object_kind, object_id, detail, hash FROM audit"
       " WHERE tenant_id = $1 ORDER BY seq")

/* Where the walk stands, and the first thing that did not fit. */
struct walk {
    int64_t                  rows, bad;
    const char              *problem;
    unsigned char            hash[HASH_SIZE];
    const struct audit_head *expected;
    bool                     met;      /* the expected head was among the links */
};

static void fault(struct walk *w, int64_t seq, const char *problem)
{
    if (w->problem)
        return;
    w->bad = seq;
    w->problem = problem;
}

static void step(struct walk *w, struct arena *a, struct db_rows *rows, int64_t chain)
{
    struct audit_row row = {
        .chain = chain, .seq = db_i64(rows, 0), .at = db_i64(rows, 1), .account = db_i64(rows, 2), .remote = db_text(rows, 3),
        .request = db_text(rows, 4), .action = db_text(rows, 5), .object_kind = db_text(rows, 6), .object = db_i64(rows, 7),
        .detail = db_text(rows, 8),
    };
    struct str    stored = db_blob(rows, 9);
    unsigned char hash[HASH_SIZE];
    w->rows++;
    if (row.seq != w->rows)
        fault(w, w->rows, "a row is missing");
    audit_hash(a, &row, w->hash, hash);
    if (stored.len != HASH_SIZE || memcmp(hash, stored.ptr, HASH_SIZE) != 0)
        fault(w, row.seq, "the row, or one before it, was changed");
    memcpy(w->hash, hash, HASH_SIZE);
    if (w->expected && w->expected->seq == row.seq)
        w->met = memcmp(hash, w->expected->hash, HASH_SIZE) == 0;
}

err audit_walk(struct db_conn *c, int64_t tenant, const struct audit_head *expected, int64_t *rows, int64_t *bad, const char **problem)
{
    struct walk       w = { .expected = expected };
    struct audit_head head;
    struct db_rows    all;
    TRY(audit_head_read(c, tenant, &head));
    TRY(db_query(c, &audit_all, DB_ARGS(I64(tenant)), &all));
    struct arena *a = arena_new(0);
    while (!w.problem && db_next(&all))
        step(&w, a, &all, head.chain);
    err e = db_done(&all);
    arena_free(a);
    TRY(e);
    if (head.seq != w.rows)
        fault(&w, w.rows + 1, head.seq > w.rows ? "the chain was cut at its end" : "the head was set back");
    if (memcmp(head.hash, w.hash, HASH_SIZE) != 0)
        fault(&w, head.seq, "the head does not fit the last row");
    if (expected && !w.met)
        fault(&w, expected->seq, "the head kept elsewhere is not part of this chain");
    *rows = w.rows;
    *bad = w.bad;
    *problem = w.problem;
    return OK;
}

err audit_verify(struct db_conn *c, int64_t tenant, int64_t *rows, int64_t *bad, const char **problem)
{
    return audit_walk(c, tenant, NULL, rows, bad, problem);
}

/* ---- rows that lie elsewhere ---- */

void audit_check_row(struct audit_check *check, struct arena *a, const struct audit_link *in)
{
    struct audit_row row = {
        .chain = check->chain, .seq = in->seq, .at = in->at, .account = in->account, .object = in->object, .remote = in->remote,
        .request = in->request, .action = in->action, .object_kind = in->object_kind, .detail = in->detail,
    };
    unsigned char hash[HASH_SIZE];
    audit_hash(a, &row, check->hash, hash);
    if (!check->problem && in->seq != check->rows + 1)
        check->problem = "a row of the audit chain is missing";
    if (!check->problem && (in->hash.len != HASH_SIZE || memcmp(hash, in->hash.ptr, HASH_SIZE) != 0))
        check->problem = "the audit chain does not hold: this row, or one before it, was changed";
    memcpy(check->hash, hash, HASH_SIZE);
    check->rows++;
}

void audit_check_head(struct audit_check *check, int64_t seq, struct str hash)
{
    check->head = seq;
    if (!check->problem && (hash.len != HASH_SIZE || memcmp(check->hash, hash.ptr, HASH_SIZE) != 0))
        check->problem = "the head of the audit chain does not fit its last row";
}

bool audit_check_end(struct audit_check *check)
{
    if (!check->problem && check->head != check->rows)
        check->problem = "the audit chain was cut at its end";
    return !check->problem;
}
