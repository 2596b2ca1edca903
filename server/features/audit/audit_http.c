/* Reading the audit record: a page at a time, as a sheet, and whether the chain is whole. Nothing here changes a row. */
#include "chain.h"

struct audit_query { struct str action, object_kind, after; int64_t object_id, account, limit; ms from, to; };
#define FILTER_FIELDS                                                                                            \
    FIELD_STR(struct audit_query, action, 1, 60, 0, "Action, or its beginning, such as case."),                  \
    FIELD_STR(struct audit_query, object_kind, 1, 40, 0, "Kind of object, such as case"),                        \
    FIELD_ID(struct audit_query, object_id, 0, "Object"),                                                        \
    FIELD_ID(struct audit_query, account, 0, "Who did it"),                                                      \
    FIELD_TIME(struct audit_query, from, 0, "From"),                                                             \
    FIELD_TIME(struct audit_query, to, 0, "Until, exclusive")
static const struct field filter_fields[] = { FILTER_FIELDS, FIELD_END };
static const struct field query_fields[] = {
    FILTER_FIELDS,
    FIELD_STR(struct audit_query, after, 1, 100, 0, "The page before's next"),
    FIELD_I64(struct audit_query, limit, 1, 500, 0, "At most so many (100)"),
    FIELD_END
};

struct audit_view { int64_t seq, account_id, object_id; ms at; struct str account_name, remote, request_id, action, object_kind, detail, hash; };
static const struct field audit_fields[] = {
    FIELD_I64(struct audit_view, seq, 0, 0, REQUIRED, "Number in the chain"),
    FIELD_TIME(struct audit_view, at, REQUIRED, "When"),
    FIELD_ID(struct audit_view, account_id, 0, "Who; null: nobody signed in, or the terminal"),
    FIELD_STR(struct audit_view, account_name, 0, 0, 0, "Their name"),
    FIELD_STR(struct audit_view, remote, 0, 0, 0, "From which address; null: the terminal or a job"),
    FIELD_STR(struct audit_view, request_id, 0, 0, 0, "Request, as in the log"),
    FIELD_STR(struct audit_view, action, 0, 0, REQUIRED, "What was done"),
    FIELD_STR(struct audit_view, object_kind, 0, 0, REQUIRED, "To what kind of object"),
    FIELD_ID(struct audit_view, object_id, 0, "Which"),
    FIELD_JSON(struct audit_view, detail, 0, "Before and after, without secrets"),
    FIELD_STR(struct audit_view, hash, 0, 0, REQUIRED, "Link of the chain, in hex"),
    FIELD_END
};

/* ---- rows by filter ---- */

static const char *const fragments[] = {
    " AND a.seq < $2", " AND a.action LIKE $3 ESCAPE '\\'", " AND a.object_kind = $4", " AND a.object_id = $5", " AND a.account_id = $6",
    " AND a.at >= $7", " AND a.at < $8", NULL
};
static const char *const tails[] = { " ORDER BY a.seq DESC LIMIT $9", NULL };
DB_FAMILY(audit_rows,
          "SELECT a.seq, a.at, a.account_id, p.name, a.remote, a.request_id, a.action, a.object_kind, a.object_id, a.detail, a.hash"
          " FROM audit a LEFT JOIN account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id"
          " LEFT JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id WHERE a.tenant_id = $1",
          fragments, tails)

/* The beginning of a text for LIKE. */
static struct str beginning(struct arena *a, struct str text)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("%_\\", text.ptr[i]))
            buf_byte(&b, '\\');
        buf_byte(&b, text.ptr[i]);
    }
    buf_byte(&b, '%');
    return buf_view(&b);
}

static err open_rows(struct req *r, const struct audit_query *q, int64_t before, int64_t limit, struct db_rows *rows)
{
    uint32_t mask = (before ? 1u : 0) | (q->action.ptr ? 2u : 0) | (q->object_kind.ptr ? 4u : 0) | (q->object_id ? 8u : 0) |
                    (q->account ? 16u : 0) | (q->from ? 32u : 0) | (q->to ? 64u : 0);
    return db_query_family(r->db, &audit_rows, mask, 0,
                           DB_ARGS(I64(r->tenant), I64(before), TEXT(beginning(r->arena, q->action)), TEXT(q->object_kind),
                                   I64(q->object_id), I64(q->account), I64(q->from), I64(q->to), I64(limit)),
                           rows);
}

static struct audit_view take_row(struct arena *a, struct db_rows *rows)
{
    struct str hash = db_blob(rows, 10);
    return (struct audit_view){
        .seq = db_i64(rows, 0), .at = db_i64(rows, 1), .account_id = db_i64(rows, 2), .account_name = str_copy(a, db_text(rows, 3)),
        .remote = str_copy(a, db_text(rows, 4)), .request_id = str_copy(a, db_text(rows, 5)), .action = str_copy(a, db_text(rows, 6)),
        .object_kind = str_copy(a, db_text(rows, 7)), .object_id = db_i64(rows, 8), .detail = str_copy(a, db_text(rows, 9)),
        .hash = str_hex(a, hash.ptr, hash.len),
    };
}

#define PAGE 100

static err list_audit(struct req *r)
{
    const struct audit_query *q = r->query;
    struct db_rows            rows;
    int64_t                   limit = q->limit ? q->limit : PAGE, before = 0, ignored;
    if (q->after.ptr && !req_cursor_read(r, q->after, &before, &ignored))
        return FAIL_AT(ERR_INVALID, "after");
    if (q->from && q->to && q->to < q->from)
        return FAIL_AT(ERR_PERIOD, "to");
    struct audit_view *at = ARENA_ARRAY(r->arena, (size_t)limit, struct audit_view);
    struct list        page = { at, 0 };
    TRY(open_rows(r, q, before, limit + 1, &rows));
    while (page.len < (size_t)limit && db_next(&rows))
        at[page.len++] = take_row(r->arena, &rows);
    bool more = page.len == (size_t)limit && db_next(&rows);
    TRY(db_done(&rows));
    return reply_list(r, audit_fields, sizeof *at, page, more ? req_cursor(r, at[page.len - 1].seq, 0) : STR_NONE);
}

/* ---- about one object ---- */

DB_SQL(audit_of_object,
       "SELECT a.at, p.name, a.action, a.detail FROM audit a LEFT JOIN account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id"
       " LEFT JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id"
       " WHERE a.tenant_id = $1 AND a.object_id = $3 AND a.object_kind = $2 ORDER BY a.seq DESC LIMIT $4")
static const struct field line_map[] = { FIELD_TIME(struct audit_note, at, 0, ""), FIELD_STR(struct audit_note, who, 0, 0, 0, ""),
                                         FIELD_STR(struct audit_note, action, 0, 0, 0, ""), FIELD_STR(struct audit_note, detail, 0, 0, 0, ""), FIELD_END };

err audit_about(struct db_conn *c, struct arena *a, int64_t tenant, const char *object_kind, int64_t object_id, size_t most, struct list *out)
{
    return db_all(c, a, &audit_of_object, DB_ARGS(I64(tenant), TEXT(str_of(object_kind)), I64(object_id), I64((int64_t)most)), line_map,
                  sizeof(struct audit_note), most, out);
}

/* ---- as a sheet ---- */

#define SHEET_MOST 100000

static void number_cell(struct buf *b, int64_t v)
{
    buf_byte(b, ',');
    if (v)
        buf_i64(b, v);
}

static void sheet_row(struct arena *a, struct buf *b, struct db_rows *rows)
{
    struct arena_mark mark = arena_mark(a);
    struct str        time = clock_iso(a, db_i64(rows, 1)), hash = db_blob(rows, 10);
    buf_i64(b, db_i64(rows, 0));
    buf_byte(b, ',');
    buf_str(b, time);
    number_cell(b, db_i64(rows, 2));
    for (int column = 3; column <= 7; column++) {
        buf_byte(b, ',');
        buf_cell(b, db_text(rows, column));
    }
    number_cell(b, db_i64(rows, 8));
    buf_byte(b, ',');
    buf_cell(b, db_text(rows, 9));
    buf_byte(b, ',');
    buf_str(b, str_hex(a, hash.ptr, hash.len));
    buf_z(b, "\r\n");
    arena_rewind(a, mark);
}

struct sheet { struct arena *scratch; struct buf text; int64_t rows; };

static err read_sheet(struct req *r, void *arg)
{
    struct sheet  *s = arg;
    struct db_rows rows;
    TRY(open_rows(r, r->query, 0, SHEET_MOST, &rows));
    for (; db_next(&rows); s->rows++)
        sheet_row(s->scratch, &s->text, &rows);
    return db_done(&rows);
}

/* An export is itself on the record. */
static err record_export(struct req *r, void *arg)
{
    const struct sheet *s = arg;
    return audit_record(r, "audit.export", "audit", 0, str_fmt(r->arena, "{\"rows\":%lld}", (long long)s->rows));
}

static err export_audit(struct req *r)
{
    struct sheet s = { .scratch = arena_new(0), .text = buf_new(r->arena, 0) };
    buf_z(&s.text, "\xEF\xBB\xBFseq,at,account_id,account_name,remote,request_id,action,object_kind,object_id,detail,hash\r\n");
    err e = req_in_read(r, read_sheet, &s);
    arena_free(s.scratch);
    TRY(e);
    if (s.text.full)
        return FAIL(ERR_TOO_LARGE);
    TRY(req_in_write(r, record_export, &s));
    reply_header(r, "Content-Disposition", STR("attachment; filename=\"audit.csv\""));
    return reply_bytes(r, "text/csv; charset=utf-8", buf_view(&s.text), STR_NONE);
}

/* ---- is it whole? ---- */

struct verify_view { bool ok; int64_t rows, bad; struct str head, problem; };
static const struct field verify_fields[] = {
    FIELD_BOOL(struct verify_view, ok, REQUIRED, "True when every link fits"),
    FIELD_I64(struct verify_view, rows, 0, 0, REQUIRED, "Rows read"),
    FIELD_I64(struct verify_view, bad, 0, 0, REQUIRED, "Number of the first row that does not fit; 0: none"),
    FIELD_STR(struct verify_view, head, 0, 0, REQUIRED, "Last number and hash, to be kept elsewhere: SEQ:HASH"),
    FIELD_STR(struct verify_view, problem, 0, 0, 0, "What does not fit"),
    FIELD_END
};

static err verify_audit(struct req *r)
{
    struct verify_view v = { 0 };
    struct audit_head  head;
    const char        *problem;
    TRY(audit_verify(r->db, r->tenant, &v.rows, &v.bad, &problem));
    TRY(audit_head_read(r->db, r->tenant, &head));
    v.ok = problem == NULL;
    v.problem = str_of(problem);
    v.head = str_fmt(r->arena, "%lld:%.*s", (long long)head.seq, STR_ARG(str_hex(r->arena, head.hash, HASH_SIZE)));
    return reply_view(r, verify_fields, &v, 0);
}

#define READER .perm = PERM_AUDIT_READ, .scope = SCOPE_TENANT, .tag = "audit"

static const struct route audit_routes[] = {
    { GET, "/api/v1/audit", list_audit, READER, .tx = TX_READ, ROUTE_QUERY(struct audit_query, query_fields), .reply_kind = REPLY_LIST,
      .reply = audit_fields, .flags = ROUTE_NO_STORE, .summary = "The audit record, newest first" },
    { GET, "/api/v1/audit/export", export_audit, READER, .tx = TX_NONE, ROUTE_QUERY(struct audit_query, filter_fields),
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv; charset=utf-8", .flags = ROUTE_SLOW | ROUTE_NO_STORE,
      .summary = "The newest 100,000 rows that fit, as a sheet; the export is recorded" },
    { GET, "/api/v1/audit/verify", verify_audit, READER, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = verify_fields,
      .flags = ROUTE_SLOW | ROUTE_NO_STORE, .summary = "Walk the whole chain: is any row changed, missing or cut off?" },
    ROUTE_END
};

const struct feature audit_feature = {
    .name = "audit",
    .routes = audit_routes,
};
