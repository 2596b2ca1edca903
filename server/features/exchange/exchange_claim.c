/* exchange_claim.c: an organisation takes on a need or a part of one, does it, and the asker says how it was. What is taken on reserves what it
 * needs; a reservation ends in use (confirmed) or is given back (failed, given back). */
#include "exchange_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../file/file.h"
#include "../notify/notify.h"

const struct field claim_view_fields[] = {
    FIELD_ID(struct claim_view, id, REQUIRED, "Claim"),
    FIELD_ID(struct claim_view, need_id, REQUIRED, "The need"),
    FIELD_STR(struct claim_view, need_title, 0, 0, REQUIRED, "The need, in a line"),
    FIELD_ID(struct claim_view, org_id, REQUIRED, "Who took it on"),
    FIELD_STR(struct claim_view, org_name, 0, 0, REQUIRED, "Its name"),
    FIELD_ID(struct claim_view, resource_id, 0, "With what"),
    FIELD_STR(struct claim_view, resource_title, 0, 0, 0, "The resource, in a line"),
    FIELD_ID(struct claim_view, service_id, 0, "By which service"),
    FIELD_STR(struct claim_view, service_title, 0, 0, 0, "The service, in a line"),
    FIELD_I64(struct claim_view, quantity, 0, 0, REQUIRED, "How much of the need"),
    FIELD_TIME(struct claim_view, begins_at, 0, "The resource is held from"),
    FIELD_TIME(struct claim_view, ends_at, 0, "The resource is held until"),
    FIELD_TIME(struct claim_view, due_at, REQUIRED, "To be done by"),
    FIELD_BOOL(struct claim_view, late, REQUIRED, "Not done, and the day is over"),
    FIELD_STR(struct claim_view, who, 0, 0, 0, "Who comes"),
    FIELD_WORD(struct claim_view, state, claim_state_words, REQUIRED, "Where it stands"),
    FIELD_STR(struct claim_view, evidence, 0, 0, 0, "What was done"),
    FIELD_IDS(struct claim_view, photos, 0, 0, REQUIRED, "Photographs of it"),
    FIELD_I64(struct claim_view, rating, 0, 0, REQUIRED, "1 to 5, by the asker; 0: none"),
    FIELD_STR(struct claim_view, said, 0, 0, 0, "What the asker says of it"),
    FIELD_STR(struct claim_view, reason, 0, 0, 0, "Why it failed or was given back"),
    FIELD_BOOL(struct claim_view, may_do, REQUIRED, "The caller may report it as done or give it back"),
    FIELD_BOOL(struct claim_view, may_judge, REQUIRED, "The caller may confirm it or say that it failed"),
    FIELD_TIME(struct claim_view, created_at, REQUIRED, "Taken"),
    FIELD_TIME(struct claim_view, done_at, 0, "Reported as done"),
    FIELD_TIME(struct claim_view, ended_at, 0, "Confirmed, failed or given back"),
    FIELD_END
};

/* Who did it does not judge it, whatever rights they hold on both sides. */
static bool may_judge(struct req *r, const struct claim *k, const struct need *n)
{
    return req_may(r, PERM_NEED_MANAGE, NEED_UNIT(n)) && r->caller.account != k->done_by && r->caller.account != k->taken_by;
}

err claim_view_of(struct req *r, const struct claim *k, const struct need *n, struct claim_view *v)
{
    struct resource       s = { .title = STR_NONE };
    struct exchange_named by = { .title = STR_NONE };
    if (k->resource_id)
        TRY(resource_get(r->db, r->arena, r->tenant, k->resource_id, &s));
    if (k->service_id)
        TRY(r->app->services->named(r, k->service_id, &by));
    *v = (struct claim_view){
        .id = k->id, .need_id = k->need_id, .need_title = n->title, .org_id = k->org_id, .org_name = unit_name_of(r, UNIT_ORG, k->org_id),
        .resource_id = k->resource_id, .resource_title = s.title, .service_id = k->service_id, .service_title = by.title, .quantity = k->quantity, .begins_at = k->begins_at, .ends_at = k->ends_at,
        .due_at = k->due_at, .late = k->state == CLAIM_TAKEN && k->due_at < r->now, .who = k->who, .state = (int)k->state, .evidence = k->evidence,
        .rating = k->rating, .said = k->said, .reason = k->reason,
        .may_do = k->state <= CLAIM_DONE && req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(k->org_id)),
        .may_judge = k->state <= CLAIM_DONE && may_judge(r, k, n), .created_at = k->created_at, .done_at = k->done_at, .ended_at = k->ended_at,
    };
    return claim_photos(r->db, r->arena, r->tenant, k->id, &v->photos);
}

/* ---- list: what an organisation took on ---- */

struct claims_query { int64_t org, limit; struct str after; bool open; };
static const struct field query_fields[] = {
    FIELD_ID(struct claims_query, org, REQUIRED, "What this organisation took on"),
    FIELD_BOOL(struct claims_query, open, 0, "Only what has not ended"),
    FIELD_STR(struct claims_query, after, 1, 200, 0, "The page before's next"),
    FIELD_I64(struct claims_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_END
};
DB_SQL(claim_of_org, "SELECT " CLAIM_COLUMNS " FROM need_claim WHERE tenant_id = $1 AND org_id = $2 AND id < $3 AND (CAST($4 AS BIGINT) = 0 OR state IN (1, 2)) ORDER BY id DESC LIMIT $5")

static err list_claims(struct req *r)
{
    const struct claims_query *q = r->query;
    int64_t                    last = INT64_MAX, ignored, most = q->limit ? q->limit : 50;
    struct list                rows;
    if (q->after.ptr && !req_cursor_read(r, q->after, &last, &ignored))
        return FAIL_AT(ERR_INVALID, "after");
    TRY(db_all(r->db, r->arena, &claim_of_org, DB_ARGS(I64(r->tenant), I64(q->org), I64(last), BOOL(q->open), I64(most)), claim_map,
               sizeof(struct claim), 0, &rows));
    const struct claim *k = rows.at;
    struct claim_view  *at = ARENA_ARRAY(r->arena, rows.len + 1, struct claim_view);
    for (size_t i = 0; i < rows.len; i++) {
        struct need n;
        TRY(need_get(r->db, r->arena, r->tenant, k[i].need_id, &n));
        TRY(claim_view_of(r, &k[i], &n, &at[i]));
    }
    return reply_list(r, claim_view_fields, sizeof *at, (struct list){ at, rows.len },
                      rows.len == (size_t)most ? req_cursor(r, k[rows.len - 1].id, 0) : STR_NONE);
}

/* ---- words of the messages and of the audit record ---- */

static struct str words(struct req *r, const struct need *n, int64_t org)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", n->title);
    jsonw_kv_str(&j, "org", unit_name_of(r, UNIT_ORG, org));
    jsonw_close(&j);
    return buf_view(&b);
}

static struct str claim_json(struct arena *a, const struct claim *k)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "claim", k->id);
    jsonw_kv_id(&j, "org", k->org_id);
    jsonw_kv_id(&j, "resource", k->resource_id);
    jsonw_kv_id(&j, "service", k->service_id);
    jsonw_kv_i64(&j, "quantity", k->quantity);
    jsonw_kv_z(&j, "state", claim_state_words[k->state]);
    jsonw_kv_i64(&j, "rating", k->rating);
    jsonw_kv_str(&j, "reason", k->reason);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- taking on ---- */

struct take_body { int64_t org_id, resource_id, hold_id, service_id, quantity; ms begins_at, ends_at, due_at; struct str who; };
static const struct field take_fields[] = {
    FIELD_ID(struct take_body, org_id, REQUIRED, "Who takes it on"),
    FIELD_ID(struct take_body, resource_id, 0, "With what; it is reserved"),
    FIELD_ID(struct take_body, hold_id, 0, "The part of it that is held back for an agreement; else only what is free is taken"),
    FIELD_ID(struct take_body, service_id, 0, "By which of its services instead; orders of it in that time are part of the claim, and keep no pledge a second time"),
    FIELD_I64(struct take_body, quantity, 1, 1000000000, REQUIRED, "How much of the need"),
    FIELD_TIME(struct take_body, begins_at, 0, "Hold the resource from; needed for one that is free again after use"),
    FIELD_TIME(struct take_body, ends_at, 0, "Hold the resource until, exclusive"),
    FIELD_TIME(struct take_body, due_at, REQUIRED, "To be done by"),
    FIELD_STR(struct take_body, who, 1, 100, 0, "Who comes"),
    FIELD_END
};

/* Of one that is free again: a period ahead, within its days and hours. */
static err period_fits(struct req *r, const struct take_body *in, const struct resource *s)
{
    if (!in->begins_at || !in->ends_at)
        return FAIL_AT(ERR_REQUIRED, in->begins_at ? "ends_at" : "begins_at");
    if (in->begins_at < r->now)
        return FAIL_AT(ERR_TIME_IN_PAST, "begins_at");
    if (in->ends_at <= in->begins_at)
        return FAIL_AT(ERR_PERIOD, "ends_at");
    return resource_admits(s, in->begins_at, in->ends_at, r->app->zone_minutes) ? OK : FAIL_AT(ERR_OUTSIDE_HOURS, "begins_at");
}

/* One of its own that is offered now. */
static err own_resource(struct req *r, const struct take_body *in, struct resource *s)
{
    err e = resource_get(r->db, r->arena, r->tenant, in->resource_id, s);
    if (e.code != ERR_NOT_FOUND)
        TRY(e);
    return e.code || s->org_id != in->org_id || s->state != RESOURCE_OFFERED ? FAIL_AT(ERR_UNKNOWN_REFERENCE, "resource_id") : OK;
}

/* One of its services that is offered now; with a service there is nothing to reserve. */
static err own_service(struct req *r, const struct take_body *in)
{
    struct exchange_named by;
    if (in->resource_id)
        return FAIL_AT(ERR_NOT_A_CHOICE, "service_id");
    err e = r->app->services ? r->app->services->named(r, in->service_id, &by) : FAIL(ERR_NOT_FOUND);
    if (e.code != ERR_NOT_FOUND)
        TRY(e);
    return e.code || by.org_id != in->org_id || !by.offered ? FAIL_AT(ERR_UNKNOWN_REFERENCE, "service_id") : OK;
}

/* Out of what is held back: it is reserved already. The resource's row is written in any case, as below. */
static err draw(struct req *r, const struct take_body *in, struct resource *s, struct claim *k)
{
    struct hold h;
    err         e = hold_get(r->db, r->arena, r->tenant, in->hold_id, &h);
    if (e.code == ERR_NOT_FOUND || (!failed(e) && (h.resource_id != s->id || h.released_at)))
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "hold_id");
    TRY(e);
    if (in->quantity > h.quantity - h.drawn)
        return FAIL_AT(ERR_NOT_FREE, "quantity");
    h.drawn += in->quantity;
    k->hold_id = h.id;
    TRY(hold_drawn(r->db, r->tenant, &h));
    return resource_update(r->db, r->arena, r->tenant, s, r->now);
}

/* That so much is free then. Its row is written in any case, so that two who ask at once meet there. */
static err reserve(struct req *r, const struct take_body *in, struct claim *k)
{
    struct resource s;
    struct list     claims = { NULL, 0 };
    TRY(own_resource(r, in, &s));
    if (s.again)
        TRY(period_fits(r, in, &s));
    k->begins_at = s.again ? in->begins_at : r->now;
    k->ends_at = s.again ? in->ends_at : in->due_at;
    if (in->hold_id)
        return draw(r, in, &s, k);
    if (s.again)
        TRY(claims_holding(r->db, r->arena, r->tenant, s.id, k->begins_at, k->ends_at, &claims));
    if (in->quantity > resource_free(&s, &claims, k->begins_at, k->ends_at))
        return FAIL_AT(ERR_NOT_FREE, "quantity");
    s.reserved += s.again ? 0 : in->quantity;
    return resource_update(r->db, r->arena, r->tenant, &s, r->now);
}

static err take(struct req *r)
{
    const struct take_body *in = r->body;
    struct need             n;
    struct claim k = { .id = id_new(), .need_id = r->path[0], .org_id = in->org_id, .resource_id = in->resource_id, .service_id = in->service_id,
                       .quantity = in->quantity,
                       .due_at = in->due_at, .who = in->who, .state = CLAIM_TAKEN, .taken_by = r->caller.account, .created_at = r->now,
                       .reason = STR_NONE };
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        there = unit_in_use(s, ORG_UNIT(in->org_id));
    unit_release(s);
    TRY(need_get(r->db, r->arena, r->tenant, r->path[0], &n));
    if (!there)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "org_id");
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(in->org_id)));
    if (!need_seeks(n.state))
        return FAIL(ERR_WRONG_STATE);
    if (in->due_at <= r->now)
        req_fault(r, "due_at", ERR_TIME_IN_PAST);
    if (in->quantity > n.quantity - n.claimed)
        req_fault(r, "quantity", ERR_BEYOND_NEED);
    TRY(req_faults(r));
    if (in->hold_id && !in->resource_id)
        return FAIL_AT(ERR_REQUIRED, "resource_id");
    if (in->service_id)
        TRY(own_service(r, in));
    if (in->resource_id)
        TRY(reserve(r, in, &k));
    TRY(claim_insert(r->db, r->tenant, &k));
    TRY(need_settle(r, &n));
    TRY(audit_record(r, "need.take", "need", n.id, claim_json(r->arena, &k)));
    TRY(notify_unit(r, NEED_UNIT(&n), PERM_NEED_MANAGE, "need.taken", "need", n.id, words(r, &n, k.org_id)));
    return need_answer(r, n.id, true);
}

/* ---- what becomes of it ---- */

/* The claim of the path, in one of the states that are still open, and its need. */
static err open_claim(struct req *r, struct claim *k, struct need *n)
{
    TRY(claim_get(r->db, r->arena, r->tenant, r->path[0], k));
    return need_get(r->db, r->arena, r->tenant, k->need_id, n);
}

/* What was drawn goes back to what is held back, as long as that is. */
static err undraw(struct req *r, const struct claim *k, bool *back)
{
    struct hold h;
    TRY(hold_get(r->db, r->arena, r->tenant, k->hold_id, &h));
    *back = !h.released_at;
    h.drawn -= k->quantity;
    return *back ? hold_drawn(r->db, r->tenant, &h) : OK;
}

/* A reservation of what is used up ends: in use, or given back. */
static err end_reservation(struct req *r, const struct claim *k, bool used)
{
    struct resource s;
    if (!k->resource_id)
        return OK;
    TRY(resource_get(r->db, r->arena, r->tenant, k->resource_id, &s));
    if (s.again)
        return OK;
    bool back = false;
    if (k->hold_id && !used)
        TRY(undraw(r, k, &back));
    s.reserved -= back ? 0 : k->quantity;
    s.used += used ? k->quantity : 0;
    if (s.state == RESOURCE_OFFERED && s.used >= s.quantity)
        s.state = RESOURCE_USED_UP;
    return resource_update(r->db, r->arena, r->tenant, &s, r->now);
}

static err end_claim(struct req *r, struct claim *k, struct need *n, const char *action)
{
    k->ended_at = r->now;
    k->ended_by = r->caller.account;
    TRY(claim_update(r->db, r->tenant, k));
    TRY(end_reservation(r, k, k->state == CLAIM_CONFIRMED));
    if (k->state != CLAIM_GIVEN_BACK)
        TRY(record_add(r->db, r->tenant, k->org_id, k->state == CLAIM_CONFIRMED, k->state == CLAIM_FAILED));
    TRY(need_settle(r, n));
    TRY(audit_record(r, action, "need", n->id, claim_json(r->arena, k)));
    return need_answer(r, n->id, false);
}

struct done_body { struct str text; struct ids photos; };
static const struct field done_fields[] = {
    FIELD_STR(struct done_body, text, 1, 4000, REQUIRED | MULTILINE, "What was done"),
    FIELD_IDS(struct done_body, photos, 0, 9, 0, "Photographs, uploaded before by POST /files"),
    FIELD_END
};

static err claim_done(struct req *r)
{
    const struct done_body *in = r->body;
    struct claim            k;
    struct need             n;
    TRY(open_claim(r, &k, &n));
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(k.org_id)));
    if (k.state != CLAIM_TAKEN)
        return FAIL(ERR_WRONG_STATE);
    TRY(file_claim(r, "photos", in->photos, (struct strs){ NULL, 0 }, "need_claim", k.id));
    TRY(claim_photos_add(r->db, r->tenant, k.id, in->photos));
    k.state = CLAIM_DONE;
    k.evidence = in->text;
    k.done_at = r->now;
    k.done_by = r->caller.account;
    TRY(claim_update(r->db, r->tenant, &k));
    TRY(need_settle(r, &n));
    TRY(audit_record(r, "need.done", "need", n.id, claim_json(r->arena, &k)));
    TRY(notify_unit(r, NEED_UNIT(&n), PERM_NEED_MANAGE, "need.done", "need", n.id, words(r, &n, k.org_id)));
    return need_answer(r, n.id, false);
}

/* The asker's side, and nobody who took it on or did it. */
static err judge(struct req *r, const struct claim *k, const struct need *n)
{
    TRY(req_allow(r, PERM_NEED_MANAGE, NEED_UNIT(n)));
    return may_judge(r, k, n) ? OK : FAIL(ERR_OWN_CLAIM);
}

struct confirm_body { int64_t rating; struct str said; };
static const struct field confirm_fields[] = {
    FIELD_I64(struct confirm_body, rating, 1, 5, REQUIRED, "1 to 5"),
    FIELD_STR(struct confirm_body, said, 1, 1000, MULTILINE, "What the asker says of it"),
    FIELD_END
};

static err claim_confirm(struct req *r)
{
    const struct confirm_body *in = r->body;
    struct claim               k;
    struct need                n;
    TRY(open_claim(r, &k, &n));
    TRY(judge(r, &k, &n));
    if (k.state != CLAIM_DONE)
        return FAIL(ERR_WRONG_STATE);
    k.state = CLAIM_CONFIRMED;
    k.rating = in->rating;
    k.said = in->said;
    TRY(notify_unit(r, ORG_UNIT(k.org_id), PERM_OFFER_MANAGE, "need.confirmed", "need", n.id, words(r, &n, k.org_id)));
    return end_claim(r, &k, &n, "need.confirm");
}

struct why_body { struct str reason; };
static const struct field why_fields[] = { FIELD_STR(struct why_body, reason, 1, 500, REQUIRED, "Why"), FIELD_END };

static err claim_fail(struct req *r)
{
    struct claim k;
    struct need  n;
    TRY(open_claim(r, &k, &n));
    TRY(judge(r, &k, &n));
    if (k.state > CLAIM_DONE)
        return FAIL(ERR_WRONG_STATE);
    if (k.state == CLAIM_TAKEN && k.due_at > r->now)
        return FAIL(ERR_NOT_DUE);
    k.state = CLAIM_FAILED;
    k.reason = ((const struct why_body *)r->body)->reason;
    TRY(notify_unit(r, ORG_UNIT(k.org_id), PERM_OFFER_MANAGE, "need.failed", "need", n.id, words(r, &n, k.org_id)));
    return end_claim(r, &k, &n, "need.fail");
}

static err claim_give_back(struct req *r)
{
    struct claim k;
    struct need  n;
    TRY(open_claim(r, &k, &n));
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(k.org_id)));
    if (k.state != CLAIM_TAKEN)
        return FAIL(ERR_WRONG_STATE);
    k.state = CLAIM_GIVEN_BACK;
    k.reason = ((const struct why_body *)r->body)->reason;
    TRY(notify_unit(r, NEED_UNIT(&n), PERM_NEED_MANAGE, "need.given_back", "need", n.id, words(r, &n, k.org_id)));
    return end_claim(r, &k, &n, "need.give_back");
}

#define GIVES  .perm = PERM_OFFER_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "exchange"
#define JUDGES .perm = PERM_NEED_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "exchange"



const struct route claim_routes[] = {
    { GET, "/api/v1/claims", list_claims, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "exchange",
      ROUTE_QUERY(struct claims_query, query_fields), .reply_kind = REPLY_LIST, .reply = claim_view_fields,
      .summary = "What an organisation took on, the newest first" },
    { POST, "/api/v1/needs/:id/claims", take, GIVES, ROUTE_BODY(struct take_body, take_fields), .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED,
      .reply = need_view_fields,
      ROUTE_ERRORS(ERR_BEYOND_NEED, ERR_NOT_FREE, ERR_OUTSIDE_HOURS, ERR_WRONG_STATE, ERR_TIME_IN_PAST, ERR_UNKNOWN_REFERENCE),
      .summary = "Take on a need or a part of it; with a resource, which is reserved" },
    { POST, "/api/v1/claims/:id/done", claim_done, GIVES, ROUTE_BODY(struct done_body, done_fields), .reply_kind = REPLY_VIEW, .reply = need_view_fields,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_FILE_UNKNOWN), .summary = "Report it as done, with what shows it" },
    { POST, "/api/v1/claims/:id/confirm", claim_confirm, JUDGES, ROUTE_BODY(struct confirm_body, confirm_fields), .reply_kind = REPLY_VIEW,
      .reply = need_view_fields, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_OWN_CLAIM), .summary = "The asker confirms and rates it" },
    { POST, "/api/v1/claims/:id/fail", claim_fail, JUDGES, ROUTE_BODY(struct why_body, why_fields), .reply_kind = REPLY_VIEW, .reply = need_view_fields,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_OWN_CLAIM, ERR_NOT_DUE), .summary = "It was not kept: its part of the need is on the list again" },
    { POST, "/api/v1/claims/:id/give-back", claim_give_back, GIVES, ROUTE_BODY(struct why_body, why_fields), .reply_kind = REPLY_VIEW,
      .reply = need_view_fields, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Give it back before it is done" },
    ROUTE_END
};
