/* service_own.c: their own orders for those who ordered: by account, or by number and secret. */
#include "service_inside.h"

struct own_view {
    struct str code, title, org_name, address, bring, helper_name, team, reason, result, said, name;
    int        state, place, way;
    int64_t    service_id, turn, rating;
    bool       may_cancel, may_rate;
    ms         begins_at, ends_at, created_at;
};
static const struct field own_fields[] = {
    FIELD_STR(struct own_view, code, 0, 0, REQUIRED, "Its number"), FIELD_ID(struct own_view, service_id, REQUIRED, "The service"),
    FIELD_STR(struct own_view, title, 0, 0, REQUIRED, "The service, in a line"), FIELD_STR(struct own_view, org_name, 0, 0, REQUIRED, "Who provides it"),
    FIELD_WORD(struct own_view, place, service_place_words, REQUIRED, "there or home"), FIELD_STR(struct own_view, address, 0, 0, 0, "Where to go"),
    FIELD_STR(struct own_view, bring, 0, 0, 0, "What to bring"), FIELD_WORD(struct own_view, way, service_way_words, REQUIRED, "For oneself or another"),
    FIELD_STR(struct own_view, name, 0, 0, 0, "Who is served"), FIELD_TIME(struct own_view, begins_at, REQUIRED, "From"),
    FIELD_TIME(struct own_view, ends_at, REQUIRED, "Until, exclusive"), FIELD_WORD(struct own_view, state, service_order_words, REQUIRED, "Where it stands"),
    FIELD_I64(struct own_view, turn, 0, 0, REQUIRED, "Turn on the waiting list; 0: it does not wait"),
    FIELD_STR(struct own_view, helper_name, 0, 0, 0, "Who comes"), FIELD_STR(struct own_view, team, 0, 0, 0, "Their team"),
    FIELD_STR(struct own_view, reason, 0, 0, 0, "Why it was refused, cancelled or not used"), FIELD_STR(struct own_view, result, 0, 0, 0, "What was done"),
    FIELD_I64(struct own_view, rating, 0, 0, REQUIRED, "1 to 5; 0: not said yet"), FIELD_STR(struct own_view, said, 0, 0, 0, "What was said of it"),
    FIELD_BOOL(struct own_view, may_cancel, REQUIRED, "It can be cancelled"), FIELD_BOOL(struct own_view, may_rate, REQUIRED, "The caller may say how it was"),
    FIELD_TIME(struct own_view, created_at, REQUIRED, "Ordered"), FIELD_END
};

DB_SQL(helper_name, "SELECT name FROM person WHERE tenant_id = $1 AND id = $2")

static err view_of(struct req *r, const struct order *o, bool secret, struct own_view *v)
{
    struct service s;
    struct db_rows rows;
    TRY(service_get(r->db, r->arena, r->tenant, o->service_id, &s));
    *v = (struct own_view){
        .code = o->code, .title = s.title, .org_name = unit_name_of(r, UNIT_ORG, o->org_id), .address = s.address, .bring = s.bring, .team = o->team,
        .reason = order_reason_said(r, o->reason), .result = o->result, .said = o->said, .name = o->name, .state = (int)o->state, .place = (int)s.place, .way = (int)o->way,
        .service_id = s.id, .rating = o->rating, .may_cancel = order_can(o->state, ACT_CANCEL) && o->begins_at > r->now, .begins_at = o->begins_at, .ends_at = o->ends_at,
        .may_rate = order_can(o->state, ACT_RATE) && !o->rating && rated_by_served(o, r->caller.person, secret), .created_at = o->created_at,
        .helper_name = STR_NONE,
    };
    TRY(order_turn(r, o, &v->turn));
    if (!o->helper_id)
        return OK;
    TRY(db_query(r->db, &helper_name, DB_ARGS(I64(r->tenant), I64(o->helper_id)), &rows));
    if (db_next(&rows))
        v->helper_name = str_copy(r->arena, db_text(&rows, 0));
    return db_done(&rows);
}

DB_SQL(orders_own, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1 AND o.person_id = $2 ORDER BY o.id DESC LIMIT 100")

static err list_own(struct req *r)
{
    struct list rows;
    TRY(db_all(r->db, r->arena, &orders_own, DB_ARGS(I64(r->tenant), I64(r->caller.person)), order_map, sizeof(struct order), 100, &rows));
    const struct order *o = rows.at;
    struct own_view    *v = ARENA_ARRAY(r->arena, rows.len + 1, struct own_view);
    for (size_t i = 0; i < rows.len; i++)
        TRY(view_of(r, &o[i], false, &v[i]));
    return reply_list(r, own_fields, sizeof *v, (struct list){ v, rows.len }, STR_NONE);
}

/* An unknown number and a wrong secret look the same. */
static err own_order(struct req *r, struct order *o, bool *secret)
{
    *secret = false;
    if (!r->caller.account)
        TRY(order_rate(r, true));
    err e = order_by_code(r->db, r->arena, r->tenant, r->path_text[0], o);
    if (e.code == ERR_NOT_FOUND)
        return FAIL(ERR_SECRET);
    TRY(e);
    if (r->caller.person && o->person_id == r->caller.person)
        return OK;
    TRY(order_sealed(r->db, r->arena, r->tenant, o));
    *secret = r->case_secret.len && o->secret_hash.len && crypto_same(o->secret_hash, crypto_digest(r->arena, r->case_secret));
    return *secret ? OK : FAIL(ERR_SECRET);
}

static err answer(struct req *r, const struct order *o, bool secret)
{
    struct own_view v;
    TRY(view_of(r, o, secret, &v));
    return reply_view(r, own_fields, &v, o->version);
}

static err get_own(struct req *r)
{
    struct order o;
    bool         secret;
    TRY(own_order(r, &o, &secret));
    return answer(r, &o, secret);
}

static err cancel_own(struct req *r)
{
    struct order o;
    bool         secret;
    TRY(own_order(r, &o, &secret));
    if (!order_can(o.state, ACT_CANCEL) || o.begins_at <= r->now)
        return FAIL(ERR_WRONG_STATE);
    TRY(order_cancel(r, &o, STR_NONE, true));
    return answer(r, &o, secret);
}

struct rate_body { int64_t rating; struct str said; };
static const struct field rate_fields[] = {
    FIELD_I64(struct rate_body, rating, 1, 5, REQUIRED, "1 to 5"), FIELD_STR(struct rate_body, said, 1, 500, MULTILINE, "In words"), FIELD_END
};

static err rate_own(struct req *r)
{
    const struct rate_body *in = r->body;
    struct order            o;
    bool                    secret;
    TRY(own_order(r, &o, &secret));
    if (!rated_by_served(&o, r->caller.person, secret))
        return FAIL(ERR_NOT_SERVED);
    if (!order_can(o.state, ACT_RATE) || o.rating)
        return FAIL(ERR_WRONG_STATE);
    o.rating = in->rating;
    o.said = in->said;
    o.rated_way = 1;
    o.rated_by = r->caller.account;
    o.rated_at = r->now;
    TRY(order_update(r->db, r->tenant, &o, r->now));
    TRY(order_audit(r, "order.rate", &o));
    return answer(r, &o, secret);
}

#define OWN .perm = PERM_PUBLIC, .tag = "service", .flags = ROUTE_NO_STORE, .reply_kind = REPLY_VIEW, .reply = own_fields

const struct route service_own_routes[] = {
    { GET, "/api/v1/own-orders", list_own, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ, .tag = "service", .flags = ROUTE_NO_STORE,
      .reply_kind = REPLY_LIST, .reply = own_fields, .summary = "What the caller ordered, the newest first; at most 100" },
    { GET, "/api/v1/own-orders/*code", get_own, .tx = TX_READ, OWN, ROUTE_ERRORS(ERR_SECRET, ERR_TOO_MANY),
      .summary = "One order, for whoever ordered it (signed in, or by X-Case-Secret)" },
    { POST, "/api/v1/own-orders/*code/cancel", cancel_own, .tx = TX_WRITE, OWN, ROUTE_ERRORS(ERR_SECRET, ERR_WRONG_STATE, ERR_TOO_MANY),
      .summary = "Cancel it before it begins; whoever waits first has the place" },
    { POST, "/api/v1/own-orders/*code/review", rate_own, .tx = TX_WRITE, OWN, ROUTE_BODY(struct rate_body, rate_fields),
      ROUTE_ERRORS(ERR_SECRET, ERR_NOT_SERVED, ERR_WRONG_STATE, ERR_TOO_MANY), .summary = "Whoever was served says how it was" },
    ROUTE_END
};
