/* A server with a handful of routes of its own, for tests of the HTTP layer: what the layer promises is shown here without any feature.
 * usage: http_demo FOLDER [patience in ms]; prints the port it listens on, ends on SIGTERM. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../server/base/crypto.h"
#include "../server/base/id.h"
#include "../server/base/log.h"
#include "../server/http/route.h"

#define TENANT 1

DB_SQL(thing_insert, "INSERT INTO setting (tenant_id, key, valid_from, value, set_at) VALUES ($1, $2, 0, $3, 1)")
DB_SQL(thing_change, "UPDATE setting SET value = $3, set_at = set_at + 1 WHERE tenant_id = $1 AND key = $2 AND valid_from = 0")
DB_SQL(thing_find, "SELECT value, set_at FROM setting WHERE tenant_id = $1 AND key = $2 AND valid_from = 0")
DB_SQL(thing_count, "SELECT COUNT(*) FROM setting WHERE tenant_id = $1")
DB_SQL(key_find, "SELECT body_hash, status, location, reply FROM idempotency WHERE tenant_id = $1 AND lookup = $2")
DB_SQL(key_insert, "INSERT INTO idempotency (tenant_id, id, lookup, body_hash, status, location, reply)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)")

/* ---- things: a text with a version ---- */

static const char *const colour_words[] = { NULL, "red", "green", NULL };

struct part { struct str name; int64_t weight; };
static const struct field part_fields[] = {
    FIELD_STR(struct part, name, 1, 20, REQUIRED, "What it is called"),
    FIELD_I64(struct part, weight, 0, 100, 0, "Grams"),
    FIELD_END
};

struct thing_new { struct str text; int64_t amount; int colour; bool loud; struct list parts; struct str any; };
static const struct field thing_new_fields[] = {
    FIELD_STR(struct thing_new, text, 1, 50, REQUIRED, "What it says"),
    FIELD_I64(struct thing_new, amount, 1, 10, 0, "How many"),
    FIELD_WORD(struct thing_new, colour, colour_words, 0, "Which colour"),
    FIELD_BOOL(struct thing_new, loud, 0, "Whether it is loud"),
    FIELD_LIST(struct thing_new, parts, part_fields, struct part, 0, 5, 0, "Its parts"),
    FIELD_JSON(struct thing_new, any, 0, "Anything"),
    FIELD_END
};

struct thing { int64_t id; struct str text; int64_t version; };
static const struct field thing_view[] = {
    FIELD_ID(struct thing, id, REQUIRED, "Id"),
    FIELD_STR(struct thing, text, 0, 0, REQUIRED, "What it says"),
    FIELD_I64(struct thing, version, 0, 0, REQUIRED, "Grows with each change"),
    FIELD_END
};
static const struct field thing_columns[] = {
    FIELD_STR(struct thing, text, 0, 0, 0, ""),
    FIELD_I64(struct thing, version, 0, 0, 0, ""),
    FIELD_END
};

static struct str key_of(struct req *r, int64_t id)
{
    return str_fmt(r->arena, "thing.%lld", (long long)id);
}

static err find_thing(struct req *r, int64_t id, struct thing *out)
{
    TRY(db_one(r->db, r->arena, &thing_find, DB_ARGS(I64(r->tenant), TEXT(key_of(r, id))), thing_columns, out));
    out->id = id;
    return OK;
}

static err make_thing(struct req *r)
{
    const struct thing_new *in = r->body;
    struct thing            t = { .text = in->text, .version = 1 };
    if (str_is(in->text, "forbidden"))
        req_fault(r, "text", ERR_NOT_A_CHOICE);
    TRY(req_faults(r));
    TRY(db_counter(r->db, r->tenant, STR("thing"), &t.id));
    TRY(db_exec(r->db, &thing_insert, DB_ARGS(I64(r->tenant), TEXT(key_of(r, t.id)), TEXT(t.text)), NULL));
    if (str_is(in->text, "fail after writing"))
        return req_fail(r, ERR_WRONG_STATE, STR("written, then refused"));
    return reply_created(r, str_fmt(r->arena, "/api/v1/things/%lld", (long long)t.id), thing_view, &t, t.version);
}

static err get_thing(struct req *r)
{
    struct thing t;
    TRY(find_thing(r, r->path[0], &t));
    return reply_view(r, thing_view, &t, t.version);
}

static err change_thing(struct req *r)
{
    const struct thing_new *in = r->body;
    struct thing            t;
    TRY(find_thing(r, r->path[0], &t));
    TRY(req_version_needed(r, t.version));
    TRY(db_exec(r->db, &thing_change, DB_ARGS(I64(r->tenant), TEXT(key_of(r, t.id)), TEXT(in->text)), NULL));
    TRY(find_thing(r, t.id, &t));
    return reply_view(r, thing_view, &t, t.version);
}

struct count { int64_t things; };
static const struct field count_view[] = { FIELD_I64(struct count, things, 0, 0, REQUIRED, "How many there are"), FIELD_END };

static err count_things(struct req *r)
{
    struct count c;
    TRY(db_number(r->db, &thing_count, DB_ARGS(I64(r->tenant)), &c.things));
    return reply_view(r, count_view, &c, 0);
}

/* ---- lists, cursors ---- */

struct page { int64_t limit; struct str after; int colour; };
static const struct field page_query[] = {
    FIELD_I64(struct page, limit, 1, 500, 0, "Rows on a page"),
    FIELD_STR(struct page, after, 1, 100, 0, "Cursor"),
    FIELD_WORD(struct page, colour, colour_words, 0, "Which colour"),
    FIELD_END
};

static err list_numbers(struct req *r)
{
    const struct page *q = r->query;
    int64_t            from = 0, ignored, limit = q->limit ? q->limit : 10;
    if (q->after.ptr && !req_cursor_read(r, q->after, &from, &ignored))
        return FAIL_AT(ERR_BAD_REQUEST, "after");
    struct thing *rows = ARENA_ARRAY(r->arena, (size_t)limit, struct thing);
    for (int64_t i = 0; i < limit; i++)
        rows[i] = (struct thing){ from + i + 1, str_of(req_text(r, "数字和文字", "number and text")), 1 };
    return reply_list(r, thing_view, sizeof *rows, (struct list){ rows, (size_t)limit }, req_cursor(r, from + limit, 0));
}

/* ---- the rest: one for each promise ---- */

static err ping(struct req *r)
{
    struct count c = { 1 };
    return reply_view(r, count_view, &c, 0);
}

struct wait { int64_t ms; };
static const struct field wait_query[] = { FIELD_I64(struct wait, ms, 1, 10000, REQUIRED, "How long"), FIELD_END };

static const struct field dawdle_query[] = { FIELD_I64(struct wait, ms, 0, 10000, 0, "How long"), FIELD_END };

static err slow(struct req *r)
{
    const struct wait *q = r->query;
    nanosleep(&(struct timespec){ q->ms / 1000, q->ms % 1000 * 1000000 }, NULL);
    return ping(r);
}

/* A read that says on which thread it was worked on. */
static err dawdle(struct req *r)
{
    const struct wait *q = r->query;
    char               name[16] = "";
    if (q->ms)
        nanosleep(&(struct timespec){ q->ms / 1000, q->ms % 1000 * 1000000 }, NULL);
    pthread_getname_np(pthread_self(), name, sizeof name);
    struct thing t = { 1, str_copy(r->arena, str_of(name)), 1 };
    return reply_view(r, thing_view, &t, 0);
}

static err upload(struct req *r)
{
    struct stat  st;
    struct count c = { 0 };
    if (stat(r->upload_path.ptr, &st))
        return FAIL(ERR_INTERNAL);
    c.things = st.st_size;
    return reply_view(r, count_view, &c, 0);
}

static err raw(struct req *r)
{
    return reply_bytes(r, "application/octet-stream", r->raw_body, STR_NONE);
}

static err send_file(struct req *r)
{
    return reply_file(r, "application/octet-stream", str_fmt(r->arena, "%s/file.bin", (const char *)r->app), STR("\"file-1\""));
}

static err internal(struct req *r)
{
    (void)r;
    return FAIL(ERR_INTERNAL);
}

static err text_segment(struct req *r)
{
    struct thing t = { 1, r->path_text[0], 1 };
    return reply_view(r, thing_view, &t, 0);
}

static err who(struct req *r)
{
    struct thing t = { 1, str_fmt(r->arena, "%.*s %.*s", STR_ARG(r->caller.name), STR_ARG(r->remote)), 1 };
    reply_header(r, "Set-Cookie", STR("seen=1"));
    return reply_view(r, thing_view, &t, 0);
}

static const struct route demo_routes[] = {
    { GET, "/api/v1/ping", ping, .perm = PERM_PUBLIC, .reply_kind = REPLY_VIEW, .reply = count_view, .summary = "Ping", .tag = "demo" },
    { GET, "/api/v1/slow", slow, .perm = PERM_PUBLIC, ROUTE_QUERY(struct wait, wait_query), .reply_kind = REPLY_VIEW, .reply = count_view,
      .flags = ROUTE_SLOW, .summary = "Wait", .tag = "demo" },
    { GET, "/api/v1/dawdle", dawdle, .perm = PERM_PUBLIC, .tx = TX_READ, ROUTE_QUERY(struct wait, dawdle_query), .reply_kind = REPLY_VIEW,
      .reply = thing_view, .summary = "Read, and take that long", .tag = "demo" },
    { POST, "/api/v1/things", make_thing, .perm = PERM_CASE_REPORT, .scope = SCOPE_ANY, .tx = TX_WRITE,
      ROUTE_BODY(struct thing_new, thing_new_fields), .reply_kind = REPLY_CREATED, .reply = thing_view, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Make a thing", .tag = "demo" },
    { GET, "/api/v1/things/:id", get_thing, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = thing_view,
      .summary = "See a thing", .tag = "demo" },
    { PATCH, "/api/v1/things/:id", change_thing, .perm = PERM_CASE_REPORT, .scope = SCOPE_ANY, .tx = TX_WRITE,
      ROUTE_BODY(struct thing_new, thing_new_fields), .reply_kind = REPLY_VIEW, .reply = thing_view, .summary = "Change a thing",
      .tag = "demo" },
    { GET, "/api/v1/things/count", count_things, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = count_view,
      .summary = "Count things", .tag = "demo" },
    { GET, "/api/v1/numbers", list_numbers, .perm = PERM_PUBLIC, .tx = TX_READ, ROUTE_QUERY(struct page, page_query),
      .reply_kind = REPLY_LIST, .reply = thing_view, .summary = "Numbers without end", .tag = "demo" },
    { POST, "/api/v1/uploads", upload, .perm = PERM_PUBLIC, .body_kind = BODY_UPLOAD, .body_max = 1 << 20, .reply_kind = REPLY_VIEW,
      .reply = count_view, .summary = "Upload", .tag = "demo" },
    { POST, "/api/v1/staff-uploads", upload, .perm = PERM_UNIT_MANAGE, .scope = SCOPE_TENANT, .body_kind = BODY_UPLOAD,
      .body_max = 64 << 20, .reply_kind = REPLY_VIEW, .reply = count_view, .summary = "Upload, not for everybody", .tag = "demo" },
    { PUT, "/api/v1/raw", raw, .perm = PERM_PUBLIC, .body_kind = BODY_RAW, .body_max = 4096, .reply_kind = REPLY_BYTES,
      .reply_type = "application/octet-stream", .summary = "Echo", .tag = "demo" },
    { GET, "/api/v1/file", send_file, .perm = PERM_PUBLIC, .reply_kind = REPLY_BYTES, .reply_type = "application/octet-stream",
      .flags = ROUTE_CACHE, .summary = "A file", .tag = "demo" },
    { GET, "/api/v1/internal", internal, .perm = PERM_PUBLIC, .reply_kind = REPLY_NONE, .summary = "Fails", .tag = "demo" },
    { GET, "/api/v1/text/*text", text_segment, .perm = PERM_PUBLIC, .reply_kind = REPLY_VIEW, .reply = thing_view,
      .summary = "A segment", .tag = "demo" },
    { GET, "/api/v1/who", who, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, .reply_kind = REPLY_VIEW,
      .reply = thing_view, .flags = ROUTE_NO_STORE, .summary = "Who am I", .tag = "demo" },
    { POST, "/api/v1/act", ping, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE, .reply_kind = REPLY_VIEW,
      .reply = count_view, .summary = "Takes no body", .tag = "demo" },
    ROUTE_END
};

/* ---- hooks: a cookie "alice" signs Alice in, who may report; "root" may everything; "en-alice" has chosen English ---- */

static err identify(struct req *r)
{
    struct str value = r->cookie.ptr ? r->cookie : r->bearer;
    if (str_ends(value, "alice"))
        r->caller = (struct caller){ .account = 7, .name = STR("Alice"), .anywhere = PERM_BIT(PERM_SIGNED_IN) | PERM_BIT(PERM_CASE_REPORT) };
    if (str_is(value, "root"))
        r->caller = (struct caller){ .account = 8, .name = STR("Root"), .anywhere = ~(perm_set)0 };
    if (str_starts(value, "en-"))
        r->caller.locale = STR("en");
    return OK;
}

static bool may(struct req *r, enum perm perm, struct unit_ref where)
{
    (void)where;
    return (r->caller.anywhere & PERM_BIT(perm)) != 0 && r->caller.account == 8;
}

static struct str lookup(struct req *r)
{
    return str_fmt(r->arena, "%.*s %.*s", STR_ARG(r->caller.name), STR_ARG(r->idempotency_key));
}

static err key_find_hook(struct req *r, struct str hash, bool *hit, int *status, struct str *location, struct str *body)
{
    struct db_rows rows;
    err            e = OK;
    TRY(db_query(r->db, &key_find, DB_ARGS(I64(r->tenant), BLOB(lookup(r))), &rows));
    if (db_next(&rows)) {
        *hit = true;
        e = str_eq(db_blob(&rows, 0), hash) ? OK : FAIL(ERR_KEY_REUSED);
        *status = (int)db_i64(&rows, 1);
        *location = str_copy(r->arena, db_text(&rows, 2));
        *body = str_copy(r->arena, db_blob(&rows, 3));
    }
    err done = db_done(&rows);
    return failed(e) ? e : done;
}

static err key_store_hook(struct req *r, struct str hash, int status, struct str location, struct str body)
{
    return db_exec(r->db, &key_insert,
                   DB_ARGS(I64(r->tenant), I64(id_new()), BLOB(lookup(r)), BLOB(hash), I64(status), TEXT(location), BLOB(body)), NULL);
}

static const struct http_hooks demo_hooks = { .identify = identify, .may = may, .idempotency_find = key_find_hook, .idempotency_store = key_store_hook };

/* ---- start ---- */

static err open_all(const char *folder, ms patience, struct db **db, struct http **http)
{
    static const struct route *const tables[] = { demo_routes, NULL };
    static char                      spool[4096], file[4096];
    snprintf(spool, sizeof spool, "%s/spool", folder);
    snprintf(file, sizeof file, "%s/demo.db", folder);
    struct http_options o = { .address = "127.0.0.1", .spool = spool, .patience = patience, .trust_proxy = true };
    int                 applied;
    mkdir(spool, 0700);
    TRY(crypto_start());
    TRY(db_open(&(struct db_options){ .path = file }, db));
    TRY(db_migrate(*db, &applied));
    /* The demonstration's app is no more than its folder. */
    return http_start(&o, &demo_hooks, (struct app *)(uintptr_t)folder, *db, TENANT, tables, http);
}

int main(int argc, char **argv)
{
    struct db   *db;
    struct http *http;
    int64_t      patience = 0;
    sigset_t     set;
    int          got;
    if (argc < 2 || (argc > 2 && !str_to_i64(str_of(argv[2]), &patience)))
        return 2;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    if (failed(open_all(argv[1], patience, &db, &http)))
        return 1;
    printf("%d\n", http_port(http));
    fflush(stdout);
    sigwait(&set, &got);
    http_stop(http, 5 * MS_SECOND);
    db_close(db);
    return 0;
}
