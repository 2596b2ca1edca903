/* The order of one request: guard, route, body, transaction, who and may they, handler. */
#include <arpa/inet.h>
#include <strings.h>

#include "../base/crypto.h"
#include "../base/id.h"
#include "../base/log.h"
#include "app.h"
#include "exchange.h"

#define COOKIE_NAME   "linli="
#define KEY_LONGEST   200
#define TOKEN_LONGEST 200
#define AGENT_LONGEST 400
#define WORK_LONGEST  200
#define HOST_LONGEST  300
#define PACE_MOST     1000000  /* microseconds: one that hung for minutes is forgotten as soon as one of a second */
#define LONG          20000
#define WEBHOOK_LONGEST 1000   /* several signatures may stand in one header, so that keys can be changed */
#define BODY_SMALL    ((size_t)64 * 1024)

const struct route files_route = { .path = "(files)" }, unknown_route = { .path = "(unknown)" };
static const struct field no_parameters[] = { FIELD_END };

/* ---- what the headers say ---- */

/* Visible ASCII of a bearable length, else STR_NONE. */
static struct str visible(struct str s, size_t longest)
{
    if (s.len == 0 || s.len > longest)
        return STR_NONE;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] <= ' ' || (unsigned char)s.ptr[i] >= 0x7F)
            return STR_NONE;
    return s;
}

static struct str cookie_value(struct str cookies)
{
    while (cookies.ptr) {
        struct str one = str_trim(str_cut(&cookies, ';'));
        size_t     skip = sizeof COOKIE_NAME - 1;
        if (str_starts(one, COOKIE_NAME))
            return visible((struct str){ one.ptr + skip, one.len - skip }, TOKEN_LONGEST);
    }
    return STR_NONE;
}

static struct str bearer_token(struct str authorization)
{
    if (authorization.len < 7 || strncasecmp(authorization.ptr, "Bearer ", 7) != 0)
        return STR_NONE;
    return visible(str_trim((struct str){ authorization.ptr + 7, authorization.len - 7 }), TOKEN_LONGEST);
}

/* The last address in X-Forwarded-For is the one our own proxy saw; what stands before it the client may have made up. */
static struct str forwarded_address(struct str list)
{
    struct str last = STR_NONE;
    char       z[INET6_ADDRSTRLEN];
    struct in6_addr parsed;
    while (list.ptr)
        last = str_trim(str_cut(&list, ','));
    if (last.len == 0 || last.len >= sizeof z)
        return STR_NONE;
    memcpy(z, last.ptr, last.len);
    z[last.len] = 0;
    return inet_pton(AF_INET, z, &parsed) == 1 || inet_pton(AF_INET6, z, &parsed) == 1 ? last : STR_NONE;
}

static void set_remote(struct exchange *x)
{
    struct req *r = &x->r;
    struct str  forwarded = STR_NONE;
    if (x->http->o.trust_proxy && x->conn->loopback) {
        forwarded = forwarded_address(x->headers.value[H_FORWARDED_FOR]);
        r->https = str_is(x->headers.value[H_FORWARDED_PROTO], "https");
    }
    r->loopback = x->conn->loopback && !x->headers.value[H_FORWARDED_FOR].ptr;
    r->remote = forwarded.ptr ? forwarded : str_of(x->conn->address);
}

static struct str request_id(struct arena *a)
{
    uint64_t      id = (uint64_t)id_new();
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(id >> (56 - 8 * i));
    return str_hex(a, bytes, sizeof bytes);
}

/* Whose house the caller stands before. The routes of the server itself answer under any name. */
static void find_district(struct exchange *x)
{
    const struct http_hooks *hooks = &x->http->hooks;
    x->r.host = visible(x->headers.value[H_HOST], HOST_LONGEST);
    x->place.app = x->http->app;
    if (hooks->enter)
        hooks->enter(hooks->house, x->r.host, x->r.arena, &x->place);
    x->r.app = x->place.app;
    x->nowhere = hooks->enter && !x->r.app;
    x->r.tenant = !hooks->enter ? x->http->tenant : x->nowhere ? 0 : x->r.app->tenant;
}

static void fill_request(struct exchange *x)
{
    struct req           *r = &x->r;
    const struct headers *h = &x->headers;
    find_district(x);
    r->database = x->http->db;
    r->may = x->http->hooks.may;
    r->reply = &x->reply;
    r->route = &unknown_route;
    r->faults.arena = r->arena;
    r->now = clock_now();
    r->id = request_id(r->arena);
    r->lang = accept_language(h->value[H_ACCEPT_LANGUAGE]);
    r->bearer = bearer_token(h->value[H_AUTHORIZATION]);
    r->cookie = r->bearer.ptr ? STR_NONE : cookie_value(h->value[H_COOKIE]);
    r->case_secret = visible(h->value[H_SECRET], TOKEN_LONGEST);
    r->work = visible(h->value[H_WORK], WORK_LONGEST);
    r->idempotency_key = visible(h->value[H_IDEMPOTENCY_KEY], KEY_LONGEST);
    for (int i = 0; i < 3; i++)
        r->webhook[i] = visible(h->value[H_WEBHOOK_ID + i], WEBHOOK_LONGEST);
    r->if_match = if_match_version(h->value[H_IF_MATCH]);
    if (h->value[H_USER_AGENT].len <= AGENT_LONGEST && utf8_valid(h->value[H_USER_AGENT]))
        r->user_agent = h->value[H_USER_AGENT];
    set_remote(x);
}

/* ---- who and may they ---- */

/* What one person prepared is never taken as another's, nor as nobody's: a queue on a shared device says whose it sends (X-Expect-Account). */
static err expected(struct req *r)
{
    struct str wanted = exchange_of(r)->headers.value[H_EXPECT_ACCOUNT];
    int64_t    account = 0;
    if (!wanted.ptr)
        return OK;
    if (!r->caller.account)
        return FAIL(ERR_NOT_SIGNED_IN);
    return str_to_i64(wanted, &account) && account == r->caller.account ? OK : FAIL(ERR_OTHER_ACCOUNT);
}

static err permit(struct req *r)
{
    const struct route *t = r->route;
    TRY(expected(r));
    if (t->perm == PERM_PUBLIC)
        return OK;
    if (r->caller.account == 0)
        return FAIL(ERR_NOT_SIGNED_IN);
    if (t->scope == SCOPE_TENANT)
        return req_allow(r, t->perm, (struct unit_ref){ UNIT_NONE, 0 });
    return r->caller.anywhere & PERM_BIT(t->perm) ? OK : FAIL(ERR_NOT_ALLOWED);
}

static err identify(struct req *r)
{
    r->caller = (struct caller){ 0 };
    if ((!r->cookie.ptr && !r->bearer.ptr) || exchange_of(r)->nowhere)
        return OK;
    TRY(exchange_of(r)->http->hooks.identify(r));
    if (r->caller.locale.ptr)
        r->lang = str_starts(r->caller.locale, "en") ? LANG_EN : LANG_ZH;
    return OK;
}

static err admit(struct req *r, void *arg)
{
    (void)arg;
    TRY(identify(r));
    return permit(r);
}

err exchange_admit(struct exchange *x)
{
    struct req *r = &x->r;
    if (!r->cookie.ptr && !r->bearer.ptr)
        return permit(r);
    err e = req_in_read(r, admit, NULL);
    x->identified = !failed(e);
    return e;
}

/* ---- before the body ---- */

/* A browser sends a session cookie along with whatever page asks it to; a token must be put there on purpose. */
static err origin_check(const struct exchange *x)
{
    bool writes = x->method != GET && !(x->r.route->flags & ROUTE_FOREIGN);
    return writes && !x->r.bearer.ptr && headers_cross_origin(&x->headers) ? FAIL(ERR_NOT_ALLOWED) : OK;
}

static err no_route(struct exchange *x)
{
    x->entry = &x->http->unknown;
    x->r.route = &unknown_route;
    if (x->method != GET || str_starts(x->path.whole, "/api/") || str_is(x->path.whole, "/api") || !static_reply(x))
        return FAIL(ERR_NOT_FOUND);
    x->entry = &x->http->files;
    x->r.route = &files_route;
    return OK;
}

/* Under a name that leads to no district only the server itself answers; who reads pages is told where a closed one went. */
static err nobody_here(struct exchange *x)
{
    if (!x->place.closed)
        return FAIL(ERR_NO_DISTRICT);
    if (x->place.moved_to.ptr)
        x->reply.detail = x->place.moved_to;
    if (x->method != GET || str_starts(x->path.whole, "/api/") || !static_wants_page(x))
        return FAIL(ERR_DISTRICT_CLOSED);
    closed_reply(x);
    return OK;
}

static err find_route(struct exchange *x)
{
    struct match m;
    router_match(x->http->router, &x->path, x->method, &m);
    x->allow = m.allow;
    if (x->nowhere && !(m.entry && m.entry->route->flags & ROUTE_ANY_HOST))
        return nobody_here(x);
    /* A page may share its address with a form's door: reading it is not that door's method. */
    if (m.allow && !m.entry && x->method == GET && !failed(no_route(x)))
        return OK;
    if (m.allow && !m.entry) {
        if (m.other && m.other->problem) {
            x->problem = m.other->problem;
            x->r.route = m.other;
        }
        return FAIL(ERR_METHOD);
    }
    if (!m.entry)
        return x->method == METHOD_NONE ? FAIL(ERR_METHOD) : no_route(x);
    x->entry = m.entry;
    x->r.route = m.entry->route;
    memcpy(x->r.path, m.param, sizeof x->r.path);
    memcpy(x->r.path_text, m.text, sizeof x->r.path_text);
    x->problem = m.entry->route->problem;
    if (m.entry->route->flags & ROUTE_FOREIGN)
        x->r.cookie = x->r.bearer = STR_NONE;
    return OK;
}

/* Large bodies and uploads are not taken from somebody who may not send them. */
bool exchange_is_early(const struct exchange *x)
{
    bool large = x->intake == INTAKE_SPOOL || (x->intake == INTAKE_MEMORY && x->limit > BODY_SMALL);
    return !failed(x->early) && large && x->r.route->perm != PERM_PUBLIC;
}

static err checks(struct exchange *x)
{
    err e = headers_guard(&x->headers);
    if (!failed(e))
        e = path_read(x->r.arena, x->target, &x->path);
    if (failed(e)) {
        x->close = true;
        return e;
    }
    x->r.query_text = x->path.query;
    TRY(find_route(x));
    TRY(origin_check(x));
    if (x->headers.value[H_IDEMPOTENCY_KEY].ptr && !x->r.idempotency_key.ptr)
        return FAIL(ERR_BAD_REQUEST);
    return body_plan(x);
}

void exchange_begin(struct exchange *x)
{
    fill_request(x);
    x->entry = &x->http->unknown;
    x->early = checks(x);
}

/* ---- the work ---- */

static err read_query(struct exchange *x)
{
    const struct route *t = x->r.route;
    const struct field *table = t->query ? t->query : no_parameters;
    void               *out = arena_alloc(x->r.arena, t->query_size);
    struct str          query = x->path.query.ptr ? x->path.query : STR("");
    if (t->query)
        x->r.query = out;
    else if (query.len == 0 || t->flags & ROUTE_FOREIGN)
        return OK;
    return field_read_query(x->r.arena, table, query, out, &x->r.query_given, &x->r.faults);
}

/* Every fault of query and body in one answer. */
static err read_input(struct exchange *x)
{
    err query = read_query(x), body = body_read(x);
    return failed(body) && body.code != ERR_INVALID ? body : failed(query) ? query : body;
}

/* Who may not do it learns that first; who may, learns what is wrong with the input, in the language of the account. */
static err input_fault(struct exchange *x, err e)
{
    struct faults kept = x->r.faults;
    err           may = x->identified ? OK : exchange_admit(x);
    x->r.faults = kept;
    return failed(may) ? may : e;
}

static struct str request_hash(struct exchange *x)
{
    struct buf b = buf_new(x->r.arena, 0);
    buf_z(&b, method_name(x->method));
    buf_str(&b, x->target);
    buf_byte(&b, '\n');
    buf_str(&b, buf_view(&x->body));
    unsigned char *hash = arena_alloc(x->r.arena, HASH_SIZE);
    crypto_sha256(b.ptr, b.len, hash);
    return (struct str){ (char *)hash, HASH_SIZE };
}

static err handle(struct req *r)
{
    TRY(r->route->handler(r));
    if (r->reply->status == 0) {
        log_event(LOG_ERROR, "handler_without_answer", "route", r->route->path, NULL);
        return FAIL(ERR_INTERNAL);
    }
    return OK;
}

/* The first answer again for a repeated key, else the handler, and its answer kept in the same transaction. */
static err handle_once(struct req *r)
{
    const struct http_hooks *hooks = &exchange_of(r)->http->hooks;
    struct str               hash = request_hash(exchange_of(r)), location = STR_NONE, body = STR_NONE;
    bool                     hit = false;
    int                      status = 0;
    TRY(hooks->idempotency_find(r, hash, &hit, &status, &location, &body));
    if (hit) {
        *r->reply = (struct reply){ .status = status, .type = body.ptr ? "application/json" : NULL, .body = body, .location = location };
        return OK;
    }
    TRY(handle(r));
    TRY(reply_finish(r));
    return hooks->idempotency_store(r, hash, r->reply->status, r->reply->location, r->reply->body);
}

static err handle_any(struct req *r)
{
    return r->route->flags & ROUTE_IDEMPOTENT && r->idempotency_key.ptr ? handle_once(r) : handle(r);
}

struct attempt {
    struct exchange  *x;
    struct arena_mark mark;
};

/* One run inside the transaction. After a conflict there is another, so everything an earlier run left is undone first. */
static err attempt_run(struct db_conn *c, void *arg)
{
    struct attempt *at = arg;
    struct req     *r = &at->x->r;
    arena_rewind(r->arena, at->mark);
    r->faults = (struct faults){ .arena = r->arena };
    at->x->reply = (struct reply){ 0 };
    r->db = c;
    TRY(identify(r));
    TRY(permit(r));
    return handle_any(r);
}

static err run_without(struct exchange *x)
{
    if (!x->identified)
        TRY(exchange_admit(x));
    return handle_any(&x->r);
}

/* Who shows no session and no token is turned away before a transaction is begun for them. */
static err transact(struct exchange *x)
{
    if (x->r.route->perm != PERM_PUBLIC && !x->r.cookie.ptr && !x->r.bearer.ptr)
        return FAIL(ERR_NOT_SIGNED_IN);
    struct attempt at = { x, arena_mark(x->r.arena) };
    switch (x->r.route->tx) {
    case TX_READ:  return db_read(x->http->db, attempt_run, &at);
    case TX_WRITE: return db_write_in_time(x->http->db, x->r.tenant, true, attempt_run, &at);
    default:       return run_without(x);
    }
}

static err run(struct exchange *x)
{
    if (failed(x->early))
        return x->early;
    if (failed(x->fault))
        return x->fault;
    if (x->reply.status)
        return OK;
    err e = read_input(x);
    return failed(e) ? input_fault(x, e) : transact(x);
}

static void add_allow(struct exchange *x)
{
    struct buf b = buf_new(x->r.arena, 0);
    unsigned   allow = x->allow ? x->allow : 1u << GET;
    for (enum method m = GET; m <= DELETE; m++)
        if (allow & 1u << m) {
            buf_z(&b, b.len ? ", " : "");
            buf_z(&b, m == GET ? "GET, HEAD" : method_name(m));
        }
    reply_header(&x->r, "Allow", buf_view(&b));
}

static void work(struct exchange *x)
{
    err e = run(x);
    x->r.db = NULL;
    if (!failed(e))
        e = reply_finish(&x->r);
    if (!failed(e))
        return;
    if (e.code == ERR_INTERNAL)
        log_event(LOG_ERROR, "internal", "request", x->r.id.ptr, "route", x->r.route->path, NULL);
    struct str text = x->problem ? problem_text(&x->r, e) : STR_NONE;
    reply_problem(&x->r, e);
    if (x->problem)
        x->problem(&x->r, x->reply.status, text);
    if (e.code == ERR_METHOD)
        add_allow(x);
}

/* The last one counts a thirty-second, and in full when it was long. Where two threads are here at once, one of theirs is lost: no harm. */
static void keep_pace(struct route_entry *e, int64_t took)
{
    int last = (int)(took < PACE_MOST ? took : PACE_MOST);
    int before = atomic_load_explicit(&e->pace, memory_order_relaxed);
    int now = last > LONG && last > before ? last : before + (last - before) / 32;
    atomic_store_explicit(&e->pace, now, memory_order_relaxed);
}

void exchange_work(struct exchange *x)
{
    int64_t from = exchange_micros();
    work(x);
    exchange_finish(x);
    int64_t until = exchange_micros();
    x->took = until - x->began;
    x->answered = true;
    if (x->reply.status < 400)   /* being refused is always quick */
        keep_pace(x->entry, until - from);
}

static err work_here(struct db_conn *c, void *arg)
{
    (void)c;
    exchange_work(arg);
    return OK;
}

/* Reads alone, and of routes that have shown to be quick; not where no reader is free, nor where the database is elsewhere. */
bool exchange_work_at_once(struct exchange *x)
{
    if (failed(x->early) || failed(x->fault) || x->reply.status) {
        exchange_work(x);
        return true;
    }
    bool quick = x->r.route->tx == TX_READ && !(x->r.route->flags & ROUTE_SLOW) &&
                 atomic_load_explicit(&x->entry->pace, memory_order_relaxed) < PACE_FIRST;
    return quick && !failed(db_read_at_once(x->http->db, work_here, x));
}
