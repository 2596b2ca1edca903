/* service_hours.c: what was done, read off the orders: hours of helpers, orders for agreements; and which services could answer a need. */
#include "service_inside.h"

#include <stdlib.h>

/* ---- for agreements ---- */

DB_SQL(done_by, "SELECT o.id, o.service_id, COALESCE(o.slot_id, 0), o.area_id, o.minutes, s.title, o.category, o.begins_at FROM service_order o "
                "JOIN service s ON s.tenant_id = o.tenant_id AND s.id = o.service_id WHERE o.tenant_id = $1 AND o.org_id = $2 AND o.state = 7 "
                "AND o.begins_at >= $3 AND o.begins_at < $4 ORDER BY o.begins_at, o.id LIMIT 20000")
#define D(kind, m, ...) FIELD_##kind(struct service_done, m, ##__VA_ARGS__, "")
static const struct field done_map[] = { D(ID, id, 0), D(ID, service_id, 0), D(ID, slot_id, 0), D(ID, area_id, 0), D(I64, minutes, 0, 0, 0),
                                         D(STR, title, 0, 0, 0), D(STR, category, 0, 0, 0), D(TIME, at, 0), FIELD_END };

err service_done_by(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, ms from, ms to, struct list *out)
{
    return db_all(c, a, &done_by, DB_ARGS(I64(tenant), I64(org), I64(from), I64(to)), done_map, sizeof(struct service_done), 20000, out);
}

/* ---- hours ---- */

struct query { int64_t org, person; ms from, to; };
static const struct field query_fields[] = {
    FIELD_ID(struct query, org, 0, "Time given for this organisation, by everybody"), FIELD_ID(struct query, person, 0, "Only of this person; with org"),
    FIELD_TIME(struct query, from, 0, "From (a year ago)"), FIELD_TIME(struct query, to, 0, "Until, exclusive (now)"), FIELD_END
};
struct entry { int64_t order_id, person_id, org_id, minutes; struct str code, title, name, org_name; ms at; };
static const struct field entry_fields[] = {
    FIELD_ID(struct entry, order_id, REQUIRED, "At which order"), FIELD_STR(struct entry, code, 0, 0, REQUIRED, "Its number"),
    FIELD_STR(struct entry, title, 0, 0, REQUIRED, "The service"), FIELD_ID(struct entry, person_id, 0, "Who"),
    FIELD_STR(struct entry, name, 0, 0, 0, "Their name"), FIELD_ID(struct entry, org_id, REQUIRED, "For which organisation"),
    FIELD_STR(struct entry, org_name, 0, 0, REQUIRED, "Its name"), FIELD_I64(struct entry, minutes, 0, 0, REQUIRED, "How long"),
    FIELD_TIME(struct entry, at, REQUIRED, "When"), FIELD_END
};
struct sum { int64_t person_id, orders, minutes; struct str name; };
static const struct field sum_fields[] = {
    FIELD_ID(struct sum, person_id, 0, "Who; null: somebody without an entry among people"), FIELD_STR(struct sum, name, 0, 0, 0, "Their name"),
    FIELD_I64(struct sum, orders, 0, 0, REQUIRED, "At so many orders"), FIELD_I64(struct sum, minutes, 0, 0, REQUIRED, "Together"), FIELD_END
};
struct hours_view { int64_t minutes, orders; struct list people, items; bool more; };
static const struct field hours_fields[] = {
    FIELD_I64(struct hours_view, minutes, 0, 0, REQUIRED, "Together"), FIELD_I64(struct hours_view, orders, 0, 0, REQUIRED, "Entries"),
    FIELD_LIST(struct hours_view, people, sum_fields, struct sum, 0, 0, REQUIRED, "By whom, the most first"),
    FIELD_LIST(struct hours_view, items, entry_fields, struct entry, 0, 0, REQUIRED, "The orders behind it, the newest first; at most 500"),
    FIELD_BOOL(struct hours_view, more, REQUIRED, "There are further ones"), FIELD_END
};
#define HOURS_MOST 500
#define HOURS_WHERE                                                                                                                       \
    " WHERE h.tenant_id = $1 AND h.at >= $2 AND h.at < $3 AND (CAST($4 AS BIGINT) = 0 OR h.org_id = $4) AND (CAST($5 AS BIGINT) = 0 OR h.person_id = $5)"
DB_SQL(hour_items, "SELECT h.order_id, o.code, s.title, h.person_id, COALESCE(p.name, h.name), h.org_id, h.minutes, h.at FROM service_hour h "
                   "JOIN service_order o ON o.tenant_id = h.tenant_id AND o.id = h.order_id JOIN service s ON s.tenant_id = o.tenant_id AND s.id = o.service_id "
                   "LEFT JOIN person p ON p.tenant_id = h.tenant_id AND p.id = h.person_id" HOURS_WHERE " ORDER BY h.at DESC, h.id DESC LIMIT 501")
DB_SQL(hour_sums, "SELECT h.person_id, COUNT(*), SUM(h.minutes), COALESCE(p.name, h.name) FROM service_hour h "
                  "LEFT JOIN person p ON p.tenant_id = h.tenant_id AND p.id = h.person_id" HOURS_WHERE
                  " GROUP BY h.person_id, COALESCE(p.name, h.name) ORDER BY SUM(h.minutes) DESC, h.person_id LIMIT 1000")

static err read_entries(struct req *r, const struct db_arg *args, struct hours_view *v)
{
    struct db_rows rows;
    struct entry  *at = ARENA_ARRAY(r->arena, HOURS_MOST + 1, struct entry);
    size_t         n = 0;
    TRY(db_query(r->db, &hour_items, args, &rows));
    while (n <= HOURS_MOST && db_next(&rows))
        at[n++] = (struct entry){ db_i64(&rows, 0), db_i64(&rows, 3), db_i64(&rows, 5), db_i64(&rows, 6), str_copy(r->arena, db_text(&rows, 1)),
                                  str_copy(r->arena, db_text(&rows, 2)), str_copy(r->arena, db_text(&rows, 4)), STR_NONE, db_i64(&rows, 7) };
    TRY(db_done(&rows));
    for (size_t i = 0; i < n; i++)
        at[i].org_name = unit_name_of(r, UNIT_ORG, at[i].org_id);
    v->more = n > HOURS_MOST;
    v->items = (struct list){ at, v->more ? HOURS_MOST : n };
    return OK;
}

static err read_sums(struct req *r, const struct db_arg *args, struct hours_view *v)
{
    struct db_rows rows;
    struct sum    *at = ARENA_ARRAY(r->arena, 1000, struct sum);
    size_t         n = 0;
    TRY(db_query(r->db, &hour_sums, args, &rows));
    for (; n < 1000 && db_next(&rows); n++) {
        at[n] = (struct sum){ db_i64(&rows, 0), db_i64(&rows, 1), db_i64(&rows, 2), str_copy(r->arena, db_text(&rows, 3)) };
        v->orders += at[n].orders;
        v->minutes += at[n].minutes;
    }
    v->people = (struct list){ at, n };
    return db_done(&rows);
}

/* One's own without org; those of an organisation for its manager. */
static err get_hours(struct req *r)
{
    const struct query *q = r->query;
    struct hours_view   v = { .minutes = 0 };
    ms                  from = q->from ? q->from : r->now - 366 * MS_DAY, to = q->to ? q->to : r->now + MS_DAY;
    int64_t             person = q->org ? q->person : r->caller.person;
    if (to <= from)
        return FAIL_AT(ERR_PERIOD, "to");
    if (q->org)
        TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(q->org)));
    else if (q->person && q->person != r->caller.person)
        return FAIL_AT(ERR_REQUIRED, "org");
    const struct db_arg *args = DB_ARGS(I64(r->tenant), I64(from), I64(to), I64(q->org), I64(person));
    TRY(read_entries(r, args, &v));
    TRY(read_sums(r, args, &v));
    return reply_view(r, hours_fields, &v, 0);
}

/* ---- which services could answer a need ---- */

enum { SHOWN = 10, LOOKED_AT = 400 };
struct service_match { struct service_item *service; int64_t score, done; bool same_category, in_time; };
static const struct field match_fields[] = {
    FIELD_OBJECT(struct service_match, service, service_item_fields, struct service_item, REQUIRED, "What could answer it"),
    FIELD_I64(struct service_match, score, 0, 0, REQUIRED, "0 to 100"), FIELD_BOOL(struct service_match, same_category, REQUIRED, "Exactly the category asked for"),
    FIELD_BOOL(struct service_match, in_time, REQUIRED, "It can be had when it is needed"), FIELD_I64(struct service_match, done, 0, 0, REQUIRED, "How often it was done"),
    FIELD_END
};
DB_SQL(match_services, "SELECT " SERVICE_COLUMNS " FROM service s WHERE s.tenant_id = $1 AND s.category = $2 AND s.state = 1 ORDER BY s.id DESC LIMIT 200")
DB_SQL(match_slot, "SELECT COUNT(*) FROM service_slot WHERE tenant_id = $1 AND service_id = $2 AND state = 1 AND taken < capacity AND begins_at >= $3 AND begins_at < $4")
DB_SQL(match_done, "SELECT COUNT(*) FROM service_order WHERE tenant_id = $1 AND service_id = $2 AND state = 7")

static err weigh(struct req *r, const struct list *categories, const struct exchange_wanted *n, const struct service *s, struct service_match *m)
{
    ms      from = n->begins_at > r->now ? n->begins_at : r->now, to = n->ends_at ? n->ends_at : from + 30 * MS_DAY;
    int64_t slots = 1;
    *m = (struct service_match){ .service = ARENA_NEW(r->arena, struct service_item), .same_category = str_eq(s->category, n->category) };
    TRY(service_item_of(r, categories, s, m->service));
    if (s->slotted)
        TRY(db_number(r->db, &match_slot, DB_ARGS(I64(r->tenant), I64(s->id), I64(from + s->lead_hours * MS_HOUR), I64(to)), &slots));
    TRY(db_number(r->db, &match_done, DB_ARGS(I64(r->tenant), I64(s->id)), &m->done));
    m->in_time = slots > 0;
    m->score = (m->same_category ? 50 : 25) + (m->in_time ? 30 : 0) + 20 * m->done / (m->done + 5);
    return OK;
}

static int better(const void *a, const void *b)
{
    const struct service_match *x = a, *y = b;
    if (x->score != y->score)
        return (int)(y->score - x->score);
    return x->service->id < y->service->id ? 1 : -1;
}

static bool reaches(struct req *r, const struct service *s, const struct exchange_wanted *n)
{
    return exchange_serves(r, s->area_id, n->area) && !(n->unit.kind == UNIT_ORG && n->unit.id == s->org_id);
}

static err services_of_need(struct req *r)
{
    struct list            categories = exchange_categories(r), rows;
    struct exchange_wanted n;
    struct str             near[12];
    struct service_match  *m = ARENA_ARRAY(r->arena, LOOKED_AT, struct service_match);
    size_t                 count = 0;
    TRY(exchange_wanted_of(r, r->path[0], &n));
    size_t kinds = n.quantity > 0 ? categories_near(&categories, n.category, near, sizeof near / sizeof *near) : 0;
    for (size_t k = 0; k < kinds; k++) {
        TRY(db_all(r->db, r->arena, &match_services, DB_ARGS(I64(r->tenant), TEXT(near[k])), service_map, sizeof(struct service), 200, &rows));
        const struct service *s = rows.at;
        for (size_t i = 0; i < rows.len && count < LOOKED_AT; i++)
            if (reaches(r, &s[i], &n))
                TRY(weigh(r, &categories, &n, &s[i], &m[count++]));
    }
    qsort(m, count, sizeof *m, better);
    return reply_list(r, match_fields, sizeof *m, (struct list){ m, count < SHOWN ? count : SHOWN }, STR_NONE);
}

const struct route service_hours_routes[] = {
    { GET, "/api/v1/service-hours", get_hours, .perm = PERM_ORDER_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "service", ROUTE_QUERY(struct query, query_fields),
      .reply_kind = REPLY_VIEW, .reply = hours_fields, ROUTE_ERRORS(ERR_PERIOD), .summary = "Time given to orders: one's own, or an organisation's, with the orders behind it" },
    { GET, "/api/v1/needs/:id/services", services_of_need, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "service", .reply_kind = REPLY_LIST,
      .reply = match_fields, .summary = "Services that could answer a need: at most ten, the best first" },
    ROUTE_END
};
