/* feed.c: the address: made, shown once, taken back by its owner; read by whoever has it. */
#include "feed_parts.h"
#include "../account/account.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/rate.h"

#define MAKES_AN_HOUR  10
#define READS_AN_HOUR  600    /* from one address */
#define DEADLINES_MOST 500
#define TOKEN_START    6
#define TOKEN_LONGEST  100

DB_SQL(feed_own, "SELECT token_start, created_at, used_at FROM calendar_feed WHERE tenant_id = $1 AND account_id = $2")
DB_SQL(feed_put,
       "INSERT INTO calendar_feed (tenant_id, account_id, token_hash, token_start, created_at) VALUES ($1, $2, $3, $4, $5) "
       "ON CONFLICT (tenant_id, account_id) DO UPDATE SET token_hash = excluded.token_hash, token_start = excluded.token_start, "
       "created_at = excluded.created_at, used_at = NULL")
DB_SQL(feed_delete, "DELETE FROM calendar_feed WHERE tenant_id = $1 AND account_id = $2")
DB_SQL(feed_find, "SELECT account_id, used_at FROM calendar_feed WHERE tenant_id = $1 AND token_hash = $2")
DB_SQL(feed_use, "UPDATE calendar_feed SET used_at = $3 WHERE tenant_id = $1 AND account_id = $2")

/* ---- one's own ---- */

struct feed_view { bool made; struct str start; ms created_at, used_at; struct str url; };
#define FEED_FIELDS                                                                                                  \
    FIELD_BOOL(struct feed_view, made, REQUIRED, "There is an address"),                                             \
    FIELD_STR(struct feed_view, start, 0, 0, 0, "First characters of what is secret in it"),                         \
    FIELD_TIME(struct feed_view, created_at, 0, "When made"),                                                        \
    FIELD_TIME(struct feed_view, used_at, 0, "Last read, to the hour")
static const struct field feed_fields[] = { FEED_FIELDS, FIELD_END };
static const struct field feed_made_fields[] = {
    FEED_FIELDS, FIELD_STR(struct feed_view, url, 0, 0, REQUIRED | SECRET, "The address: shown this once"), FIELD_END
};

/* A token may not make another secret. */
static err in_person(const struct req *r)
{
    return r->caller.session ? OK : FAIL(ERR_NOT_ALLOWED);
}

static err get_feed(struct req *r)
{
    struct feed_view v = { .made = false };
    struct db_rows   rows;
    TRY(in_person(r));
    TRY(db_query(r->db, &feed_own, DB_ARGS(I64(r->tenant), I64(r->caller.account)), &rows));
    if (db_next(&rows))
        v = (struct feed_view){ true, str_copy(r->arena, db_text(&rows, 0)), db_i64(&rows, 1), db_i64(&rows, 2), STR_NONE };
    TRY(db_done(&rows));
    return reply_view(r, feed_fields, &v, 0);
}

static err make_feed(struct req *r)
{
    struct str who = str_fmt(r->arena, "%lld", (long long)r->caller.account), token = crypto_token(r->arena, 24), site = setting_site(r);
    TRY(in_person(r));
    if (!rate_take(r->app->feed->makes, who, MAKES_AN_HOUR, clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    struct feed_view v = { true, { token.ptr, TOKEN_START }, r->now, 0,
                           str_fmt(r->arena, "%.*s/feeds/deadlines/%.*s.ics", STR_ARG(site), STR_ARG(token)) };
    TRY(db_exec(r->db, &feed_put,
                DB_ARGS(I64(r->tenant), I64(r->caller.account), BLOB(crypto_digest(r->arena, token)), TEXT(v.start), TIME(r->now)), NULL));
    TRY(audit_record(r, "calendar_feed.make", "account", r->caller.account, STR_NONE));
    return reply_created(r, STR("/api/v1/calendar-feed"), feed_made_fields, &v, 0);
}

static err remove_feed(struct req *r)
{
    int64_t gone;
    TRY(in_person(r));
    TRY(db_exec(r->db, &feed_delete, DB_ARGS(I64(r->tenant), I64(r->caller.account)), &gone));
    if (!gone)
        return FAIL(ERR_NOT_FOUND);
    TRY(audit_record(r, "calendar_feed.remove", "account", r->caller.account, STR_NONE));
    return reply_none(r);
}

/* ---- reading ---- */

struct reading { struct str token; int64_t account; ms used_at; struct list deadlines; enum lang lang; };

static err find(struct req *r, struct reading *in)
{
    struct db_rows rows;
    TRY(db_query(r->db, &feed_find, DB_ARGS(I64(r->tenant), BLOB(crypto_digest(r->arena, in->token))), &rows));
    if (db_next(&rows)) {
        in->account = db_i64(&rows, 0);
        in->used_at = db_i64(&rows, 1);
    }
    TRY(db_done(&rows));
    return in->account ? OK : FAIL(ERR_NOT_FOUND);
}

/* As its owner would see them now: who has lost a right, or the account, sees them no more. */
static err read_deadlines(struct req *r, void *arg)
{
    struct reading *in = arg;
    struct req      owner;
    TRY(find(r, in));
    err e = account_become(r->app, r->arena, in->account, ~(perm_set)0, r->now, &owner);
    if (failed(e))
        return e.code == ERR_NOT_ALLOWED ? FAIL(ERR_NOT_FOUND) : e;
    owner.db = r->db;
    owner.lang = in->lang = str_is(owner.caller.locale, "en") ? LANG_EN : LANG_ZH;
    return case_deadlines(&owner, DEADLINES_MOST, &in->deadlines);
}

static err note_use(struct req *r, void *arg)
{
    const struct reading *in = arg;
    return db_exec(r->db, &feed_use, DB_ARGS(I64(r->tenant), I64(in->account), TIME(r->now)), NULL);
}

static err read_feed(struct req *r)
{
    struct reading in = { .token = r->path_text[0] };
    if (!rate_take(r->app->feed->reads, r->remote, READS_AN_HOUR, clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    if (in.token.len > TOKEN_LONGEST || !str_ends(in.token, ".ics"))
        return FAIL(ERR_NOT_FOUND);
    in.token.len -= 4;
    TRY(req_in_read(r, read_deadlines, &in));
    if (in.used_at < r->now - MS_HOUR)
        TRY(req_in_write(r, note_use, &in));
    struct feed_words w = { str_of(r->app->tenant_name), setting_site(r), str_of(r->app->time_zone), in.lang, r->app->keys.search };
    struct str        text = feed_calendar(r->arena, &w, &in.deadlines);
    return text.ptr ? reply_bytes(r, "text/calendar; charset=utf-8", text, STR_NONE) : FAIL(ERR_INTERNAL);
}

/* ---- routes and life ---- */

#define OWN(method_, handler_, tx_)                                                                                         \
    .method = method_, .path = "/api/v1/calendar-feed", .handler = handler_, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, \
    .tx = tx_, .flags = ROUTE_NO_STORE, .tag = "feed"

static const struct route feed_routes[] = {
    { OWN(GET, get_feed, TX_READ), .reply_kind = REPLY_VIEW, .reply = feed_fields, .summary = "Whether one's deadlines have an address for calendar programs" },
    { OWN(POST, make_feed, TX_WRITE), .reply_kind = REPLY_CREATED, .reply = feed_made_fields, ROUTE_ERRORS(ERR_TOO_MANY),
      .summary = "Make that address; it is shown once and ends the one before" },
    { OWN(DELETE, remove_feed, TX_WRITE), .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_NOT_FOUND), .summary = "Take that address back" },
    { .method = GET, .path = "/feeds/deadlines/*token", .handler = read_feed, .perm = PERM_PUBLIC, .tx = TX_NONE, .reply_kind = REPLY_BYTES,
      .reply_type = "text/calendar", .flags = ROUTE_FOREIGN, ROUTE_ERRORS(ERR_NOT_FOUND, ERR_TOO_MANY),
      .summary = "The deadlines of whom the secret address belongs to, as iCalendar; TOKEN.ics", .tag = "feed" },
    ROUTE_END
};

static err start(struct app *app)
{
    struct arena      *a = arena_new(256 * 1024);
    struct feed_state *s = ARENA_NEW(a, struct feed_state);
    s->arena = a;
    s->makes = rate_new(a, 1024);
    s->reads = rate_new(a, 4096);
    app->feed = s;
    return OK;
}

static void stop(struct app *app)
{
    struct feed_state *s = app->feed;
    if (!s)
        return;
    rate_end(s->makes);
    rate_end(s->reads);
    app->feed = NULL;
    arena_free(s->arena);
}

const struct feature feed_feature = { .name = "feed", .routes = feed_routes, .start = start, .stop = stop };
