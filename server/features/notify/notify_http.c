/* Routes of the notify feature: one's own notices; the dead letters for who looks after the system. */
#include "../audit/audit.h"
#include "notify_parts.h"

#define PAGE      50
#define COUNT_CAP 100   /* a badge shows 99+ */

DB_SQL(notice_list,
       "SELECT id, kind, object_kind, object_id, params, created_at, read_at FROM notice "
       "WHERE tenant_id = $1 AND person_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4")
DB_SQL(notice_unread,
       "SELECT count(*) FROM (SELECT id FROM notice WHERE tenant_id = $1 AND person_id = $2 AND read_at IS NULL LIMIT $3) AS unread")
DB_SQL(notice_read,
       "UPDATE notice SET read_at = $4 WHERE tenant_id = $1 AND person_id = $2 AND read_at IS NULL AND id <= $3")
DB_SQL(outbox_dead,
       "SELECT id, channel, kind, object_kind, object_id, params, tries, created_at, failed_at, problem FROM outbox "
       "WHERE tenant_id = $1 AND failed_at IS NOT NULL AND id < $2 ORDER BY id DESC LIMIT $3")
DB_SQL(outbox_revive,
       "UPDATE outbox SET failed_at = NULL, tries = 0, next_at = $3 WHERE tenant_id = $1 AND id = $2 AND failed_at IS NOT NULL")

struct notice_view {
    int64_t    id;
    struct str kind, object_kind;
    int64_t    object_id;
    struct str params;
    ms         created_at, read_at;
    struct str text;
};

static const struct field notice_fields[] = {
    FIELD_ID(struct notice_view, id, REQUIRED, "Notice"),
    FIELD_STR(struct notice_view, kind, 0, 0, REQUIRED, "Such as case.dispatched"),
    FIELD_STR(struct notice_view, object_kind, 0, 0, REQUIRED, "What it is about, such as case"),
    FIELD_ID(struct notice_view, object_id, REQUIRED, "Which"),
    FIELD_JSON(struct notice_view, params, 0, "Words of the text"),
    FIELD_TIME(struct notice_view, created_at, REQUIRED, "When"),
    FIELD_TIME(struct notice_view, read_at, 0, "When it was read"),
    FIELD_STR(struct notice_view, text, 0, 0, REQUIRED, "A sentence in the reader's language"),
    FIELD_END
};

struct page_query { int64_t limit; struct str after; };
static const struct field page_fields[] = {
    FIELD_I64(struct page_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_STR(struct page_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_END
};

struct count_view { int64_t unread; };
static const struct field count_fields[] = {
    FIELD_I64(struct count_view, unread, 0, 100, REQUIRED, "Unread notices; 100 means 100 or more"),
    FIELD_END
};

struct read_body { int64_t up_to; };
static const struct field read_fields[] = {
    FIELD_ID(struct read_body, up_to, REQUIRED, "The newest notice that was seen; it and all before it count as read"),
    FIELD_END
};

/* Where the page begins; a cursor that is not ours is a fault. */
static err page_begin(struct req *r, int64_t *before, size_t *limit)
{
    const struct page_query *q = r->query;
    int64_t                  unused;
    *before = INT64_MAX;
    *limit = q->limit ? (size_t)q->limit : PAGE;
    if (q->after.ptr && !req_cursor_read(r, q->after, before, &unused))
        req_fault(r, "after", ERR_INVALID);
    return req_faults(r);
}

static err list_notices(struct req *r)
{
    int64_t     before;
    size_t      limit;
    struct list items;
    TRY(page_begin(r, &before, &limit));
    TRY(db_all(r->db, r->arena, &notice_list,
               DB_ARGS(I64(r->tenant), I64(r->caller.person), I64(before), I64((int64_t)limit + 1)), notice_fields,
               sizeof(struct notice_view), limit + 1, &items));
    struct notice_view *v = items.at;
    for (size_t i = 0; i < items.len; i++)
        v[i].text = notify_text(r->arena, v[i].kind, v[i].params, r->lang);
    bool more = items.len > limit;
    items.len = more ? limit : items.len;
    return reply_list(r, notice_fields, sizeof *v, items, more ? req_cursor(r, v[limit - 1].id, 0) : STR_NONE);
}

static err count_notices(struct req *r)
{
    struct count_view v = { 0 };
    TRY(db_number(r->db, &notice_unread, DB_ARGS(I64(r->tenant), I64(r->caller.person), I64(COUNT_CAP)), &v.unread));
    return reply_view(r, count_fields, &v, 0);
}

static err read_notices(struct req *r)
{
    const struct read_body *in = r->body;
    TRY(db_exec(r->db, &notice_read, DB_ARGS(I64(r->tenant), I64(r->caller.person), I64(in->up_to), TIME(r->now)), NULL));
    return reply_none(r);
}

static err list_dead(struct req *r)
{
    int64_t     before;
    size_t      limit;
    struct list items;
    TRY(page_begin(r, &before, &limit));
    TRY(db_all(r->db, r->arena, &outbox_dead, DB_ARGS(I64(r->tenant), I64(before), I64((int64_t)limit + 1)), outbox_row_fields,
               sizeof(struct outbox_row), limit + 1, &items));
    const struct outbox_row *v = items.at;
    bool                     more = items.len > limit;
    items.len = more ? limit : items.len;
    return reply_list(r, outbox_row_fields, sizeof *v, items, more ? req_cursor(r, v[limit - 1].id, 0) : STR_NONE);
}

static err retry_dead(struct req *r)
{
    int64_t changed = 0;
    TRY(db_exec(r->db, &outbox_revive, DB_ARGS(I64(r->tenant), I64(r->path[0]), TIME(r->now)), &changed));
    if (!changed)
        return FAIL(ERR_NOT_FOUND);
    TRY(audit_record(r, "message.retry", "message", r->path[0], STR_NONE));
    return reply_none(r);
}

const struct route notify_routes[] = {
    { GET, "/api/v1/notices", list_notices, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct page_query, page_fields), .reply_kind = REPLY_LIST, .reply = notice_fields,
      .summary = "One's own notices, newest first", .tag = "notify" },
    { GET, "/api/v1/notices/count", count_notices, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      .reply_kind = REPLY_VIEW, .reply = count_fields, .summary = "How many notices are unread", .tag = "notify" },
    { POST, "/api/v1/notices/read", read_notices, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      ROUTE_BODY(struct read_body, read_fields), .reply_kind = REPLY_NONE, .summary = "Mark notices as read", .tag = "notify" },
    { GET, "/api/v1/notices/failed", list_dead, .perm = PERM_JOB_READ, .scope = SCOPE_TENANT, .tx = TX_READ,
      ROUTE_QUERY(struct page_query, page_fields), .reply_kind = REPLY_LIST, .reply = outbox_row_fields,
      .summary = "Messages that could not be delivered", .tag = "notify" },
    { POST, "/api/v1/notices/failed/:id/retry", retry_dead, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_NOT_FOUND), .summary = "Try to deliver a message again", .tag = "notify" },
    ROUTE_END
};
