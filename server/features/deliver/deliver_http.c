/* deliver_http.c: what went out, what did not, and sending it again. */
#include "deliver_parts.h"
#include "../audit/audit.h"

#define PAGE 50

static const char *const state_words[] = { NULL, "waiting", "delivered", "given_up", NULL };

#define COLUMNS "id, channel, target_id, kind, object_id, state, tries, created_at, next_at, ended_at, answer, problem"
#define TAIL    " ORDER BY id DESC LIMIT $5"
static const char *const fragments[] = { " AND target_id = $3", " AND state = $4", " AND channel = $6", NULL };
static const char *const tails[] = { TAIL, NULL };
DB_FAMILY(delivery_rows, "SELECT " COLUMNS " FROM delivery WHERE tenant_id = $1 AND id < $2", fragments, tails)
DB_SQL(delivery_again,
       "UPDATE delivery SET state = 1, tries = 0, next_at = $3, ended_at = NULL WHERE tenant_id = $1 AND id = $2 AND state = 3")
DB_SQL(delivery_there, "SELECT state FROM delivery WHERE tenant_id = $1 AND id = $2")

struct row_view {
    int64_t    id;
    struct str channel;
    int64_t    target;
    struct str kind;
    int64_t    object;
    int        state;
    int64_t    tries;
    ms         created_at, next_at, ended_at;
    int64_t    answer;
    struct str problem;
};
static const struct field row_fields[] = {
    FIELD_ID(struct row_view, id, REQUIRED, "Delivery; a receiver sees it in webhook-id"),
    FIELD_STR(struct row_view, channel, 0, 0, REQUIRED, "How it goes: webhook, mail"),
    FIELD_ID(struct row_view, target, REQUIRED, "Subscription; of a mail the person"),
    FIELD_STR(struct row_view, kind, 0, 0, REQUIRED, "What it tells of, such as case.dispatch"),
    FIELD_ID(struct row_view, object, 0, "Case"),
    FIELD_WORD(struct row_view, state, state_words, REQUIRED, "Where it stands"),
    FIELD_I64(struct row_view, tries, 0, 0, REQUIRED, "Attempts"),
    FIELD_TIME(struct row_view, created_at, REQUIRED, "When it was written"),
    FIELD_TIME(struct row_view, next_at, 0, "When it is tried next, while it waits"),
    FIELD_TIME(struct row_view, ended_at, 0, "When it was delivered or given up"),
    FIELD_I64(struct row_view, answer, 0, 0, 0, "Status last answered, of HTTP or SMTP; 0: none"),
    FIELD_STR(struct row_view, problem, 0, 0, 0, "What went wrong last"),
    FIELD_END
};

struct page_query { int64_t target, limit; int state; struct str channel, after; };
static const struct field page_fields[] = {
    FIELD_ID(struct page_query, target, 0, "Of one subscription"),
    FIELD_STR(struct page_query, channel, 1, 20, 0, "webhook or mail; both when not said"),
    FIELD_WORD(struct page_query, state, state_words, 0, "Where they stand"),
    FIELD_I64(struct page_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_STR(struct page_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_END
};

static struct row_view row_of(struct req *r, struct db_rows *rows)
{
    return (struct row_view){ .id = db_i64(rows, 0), .channel = str_copy(r->arena, db_text(rows, 1)), .target = db_i64(rows, 2),
                              .kind = str_copy(r->arena, db_text(rows, 3)), .object = db_i64(rows, 4), .state = (int)db_i64(rows, 5),
                              .tries = db_i64(rows, 6), .created_at = db_i64(rows, 7), .next_at = db_i64(rows, 8), .ended_at = db_i64(rows, 9),
                              .answer = db_i64(rows, 10), .problem = str_copy(r->arena, db_text(rows, 11)) };
}

static err list_deliveries(struct req *r)
{
    const struct page_query *q = r->query;
    size_t                   limit = q->limit ? (size_t)q->limit : PAGE;
    int64_t                  before = INT64_MAX, unused;
    struct row_view         *at = ARENA_ARRAY(r->arena, limit + 1, struct row_view);
    struct list              all = { at, 0 };
    struct db_rows           rows;
    if (q->after.ptr && !req_cursor_read(r, q->after, &before, &unused))
        req_fault(r, "after", ERR_INVALID);
    TRY(req_faults(r));
    TRY(db_query_family(r->db, &delivery_rows, (q->target ? 1 : 0) | (q->state ? 2 : 0) | (q->channel.ptr ? 4 : 0), 0,
                        DB_ARGS(I64(r->tenant), I64(before), I64(q->target), I64(q->state), I64((int64_t)limit + 1), TEXT(q->channel)), &rows));
    while (all.len <= limit && db_next(&rows))
        at[all.len++] = row_of(r, &rows);
    TRY(db_done(&rows));
    bool more = all.len > limit;
    all.len = more ? limit : all.len;
    return reply_list(r, row_fields, sizeof *at, all, more ? req_cursor(r, at[limit - 1].id, 0) : STR_NONE);
}

static err send_again(struct req *r)
{
    int64_t state, changed;
    TRY(db_number(r->db, &delivery_there, DB_ARGS(I64(r->tenant), I64(r->path[0])), &state));
    TRY(db_exec(r->db, &delivery_again, DB_ARGS(I64(r->tenant), I64(r->path[0]), TIME(r->now)), &changed));
    if (!changed)
        return FAIL(ERR_WRONG_STATE);
    TRY(audit_record(r, "delivery.again", "delivery", r->path[0], STR_NONE));
    return reply_none(r);
}

#define DELIVERIES(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "deliver"

const struct route deliver_routes[] = {
    { DELIVERIES(GET, "/api/v1/deliveries", list_deliveries, TX_READ), ROUTE_QUERY(struct page_query, page_fields), .reply_kind = REPLY_LIST,
      .reply = row_fields, .summary = "What was sent to other systems and by mail, newest first" },
    { DELIVERIES(POST, "/api/v1/deliveries/:id/again", send_again, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Send again what was given up" },
    ROUTE_END
};
