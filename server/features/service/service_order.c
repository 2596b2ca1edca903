/* service_order.c: ordering: one service, week by week, or a package; by whoever is served or somebody for them. All of it or nothing. */
#include "service_inside.h"

#include "../account/account.h"
#include "../clock/clock.h"
#include "../../base/contact.h"
#include "../../base/id.h"

enum { LINES_MOST = 60 };
#define AHEAD_MOST (366 * MS_DAY)

struct pick { int64_t service_id, slot_id; ms wanted_at; };
static const struct field pick_fields[] = {
    FIELD_ID(struct pick, service_id, REQUIRED, "Which of the package's services"), FIELD_ID(struct pick, slot_id, 0, "Its slot"),
    FIELD_TIME(struct pick, wanted_at, 0, "Its time, by appointment"), FIELD_END
};
struct order_body {
    int64_t     service_id, slot_id, package_id, area_id, weeks;
    ms          wanted_at;
    struct list picks;
    struct str  name, contact, address, note;
    int         way;
};
static const struct field body_fields[] = {
    FIELD_ID(struct order_body, service_id, 0, "One service; or a package"), FIELD_ID(struct order_body, slot_id, 0, "In this slot"),
    FIELD_TIME(struct order_body, wanted_at, 0, "By appointment: at this time"),
    FIELD_I64(struct order_body, weeks, 1, 26, 0, "The same each week, so many times (1)"),
    FIELD_ID(struct order_body, package_id, 0, "A package: every service of it"),
    FIELD_LIST(struct order_body, picks, pick_fields, struct pick, 0, LINES_MOST, 0, "When, for each service of the package"),
    FIELD_WORD(struct order_body, way, service_way_words, 0, "self (when not given), neighbour: for somebody else; social_worker, phone: entered by staff"),
    FIELD_STR(struct order_body, name, 1, 60, 0, "How to address whoever is served"),
    FIELD_STR(struct order_body, contact, 5, 60, SECRET, "Their telephone; stored encrypted. Needed unless ordered for oneself with an account"),
    FIELD_STR(struct order_body, address, 1, 200, SECRET, "Where they live, when somebody comes to them; stored encrypted"),
    FIELD_ID(struct order_body, area_id, 0, "Area they live in; the service's own when not given"),
    FIELD_STR(struct order_body, note, 1, 300, MULTILINE, "What the helper should know"),
    FIELD_END
};

/* One service at one time. */
struct line { struct service s; struct slot t; ms begins_at; const char *at; /* the field a fault of it is told at */ const char *when; };
struct lines { struct line *at; size_t len; int64_t holidays; };

/* ---- what is ordered ---- */

static bool orderable(struct req *r, const struct service *s)
{
    return s->state == SERVICE_OFFERED && (s->is_public || r->caller.anywhere & (PERM_BIT(PERM_ORDER_ENTER) | PERM_BIT(PERM_UNIT_READ)));
}

static err read_slot(struct req *r, struct line *l, int64_t id)
{
    err e = slot_get(r->db, r->arena, r->tenant, id, &l->t);
    if (e.code != ERR_NOT_FOUND)
        TRY(e);
    if (e.code || l->t.service_id != l->s.id)
        req_fault(r, l->when, ERR_UNKNOWN_REFERENCE);
    else if (l->t.state != SLOT_OPEN)
        req_fault(r, l->when, ERR_SLOT_CLOSED);
    else if (l->t.ends_at <= r->now)
        req_fault(r, l->when, ERR_TIME_IN_PAST);
    else
        l->begins_at = l->t.begins_at;
    return OK;
}

static void check_time(struct req *r, const struct line *l, ms wanted)
{
    if (!l->s.slotted && wanted && wanted <= r->now)
        req_fault(r, l->when, ERR_TIME_IN_PAST);
    else if (wanted > r->now + AHEAD_MOST)
        req_fault(r, l->when, ERR_TOO_BIG);
    else if (l->s.lead_hours && wanted && wanted > r->now && wanted - l->s.lead_hours * MS_HOUR < r->now)
        req_fault(r, l->when, ERR_LEAD_TIME);
}

/* When: a slot for what is ordered by slot, a time for what is not. */
static err read_when(struct req *r, struct line *l, int64_t slot, ms wanted)
{
    if (!orderable(r, &l->s)) {
        req_fault(r, l->at, ERR_NOT_OFFERED);
        return OK;
    }
    if (l->s.slotted ? !slot : !wanted) {
        req_fault(r, l->when, ERR_REQUIRED);
        return OK;
    }
    l->begins_at = wanted;
    if (l->s.slotted)
        TRY(read_slot(r, l, slot));
    check_time(r, l, l->begins_at);
    return OK;
}

static err read_one(struct req *r, const struct order_body *in, struct lines *out)
{
    struct line *l = &out->at[0];
    *l = (struct line){ .at = "service_id", .when = "slot_id" };
    err e = service_get(r->db, r->arena, r->tenant, in->service_id, &l->s);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "service_id");
    TRY(e);
    l->when = l->s.slotted ? "slot_id" : "wanted_at";
    out->len = 1;
    return read_when(r, l, in->slot_id, in->wanted_at);
}

/* The same day and time of the weeks behind it, but for public holidays on which there is no slot. */
static err read_weeks(struct req *r, int64_t weeks, struct lines *out)
{
    for (int64_t k = 1; k < weeks; k++) {
        struct line *l = &out->at[out->len++];
        *l = out->at[0];
        l->begins_at = out->at[0].begins_at + k * 7 * MS_DAY;
        l->at = l->when = "weeks";
        if (!l->s.slotted)
            continue;
        TRY(slot_at(r->db, r->arena, r->tenant, l->s.id, l->begins_at, &l->t));
        if (l->t.id)
            continue;
        if (!clock_holiday(r->app, l->begins_at))
            return FAIL_AT(ERR_NO_SLOT, "weeks");
        out->holidays++;
        out->len--;
    }
    return OK;
}

static const struct pick *pick_of(const struct order_body *in, int64_t service, size_t *i)
{
    const struct pick *p = in->picks.at;
    for (*i = 0; *i < in->picks.len; ++*i)
        if (p[*i].service_id == service)
            return &p[*i];
    return NULL;
}

static err read_package(struct req *r, const struct order_body *in, struct lines *out)
{
    struct package p;
    struct list    services;
    size_t         k;
    err            e = package_get(r->db, r->arena, r->tenant, in->package_id, &p);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "package_id");
    TRY(e);
    if (p.state != SERVICE_OFFERED)
        return FAIL_AT(ERR_NOT_OFFERED, "package_id");
    TRY(package_services(r, p.id, &services));
    const struct service *s = services.at;
    if (services.len > LINES_MOST || !services.len)
        return FAIL_AT(ERR_NOT_OFFERED, "package_id");
    for (size_t i = 0; i < services.len; i++) {
        struct line       *l = &out->at[out->len++];
        const struct pick *pick = pick_of(in, s[i].id, &k);
        *l = (struct line){ .s = s[i], .at = "package_id", .when = pick ? str_fmt(r->arena, "picks[%zu].%s", k, s[i].slotted ? "slot_id" : "wanted_at").ptr : "picks" };
        TRY(read_when(r, l, pick ? pick->slot_id : 0, pick ? pick->wanted_at : 0));
    }
    return OK;
}

static err read_lines(struct req *r, const struct order_body *in, struct lines *out)
{
    *out = (struct lines){ ARENA_ARRAY(r->arena, LINES_MOST + 1, struct line), 0, 0 };
    if (!in->service_id == !in->package_id) {
        req_fault(r, "service_id", in->service_id ? ERR_NOT_A_CHOICE : ERR_REQUIRED);
        return req_faults(r);
    }
    if (in->package_id && in->weeks > 1)
        req_fault(r, "weeks", ERR_NOT_A_CHOICE);
    return in->package_id ? read_package(r, in, out) : read_one(r, in, out);
}

/* ---- for whom, and by whom ---- */

struct whom { struct str contact, contact_hash; int64_t area; enum service_way way; bool home; };

static void check_contact(struct req *r, const struct order_body *in, struct whom *w)
{
    struct str tidy;
    bool       needed = !r->caller.account || w->way != WAY_SELF;
    if (!in->contact.len) {
        if (needed)
            req_fault(r, "contact", ERR_REQUIRED);
        return;
    }
    err e = contact_tidy(r->arena, in->contact, &tidy);
    if (failed(e) || str_find(in->contact, '@') >= 0)
        req_fault(r, "contact", failed(e) ? e.code : ERR_INVALID);
    w->contact = in->contact;
    w->contact_hash = account_contact_hash(r->arena, r->app, in->contact);
}

static void check_area(struct req *r, const struct lines *lines, struct whom *w)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        there = unit_in_use(u, AREA_UNIT(w->area)), served = true;
    for (size_t i = 0; i < lines->len; i++)
        served = served && unit_within(u, AREA_UNIT(w->area), AREA_UNIT(lines->at[i].s.area_id));
    unit_release(u);
    if (!there || !served)
        req_fault(r, "area_id", there ? ERR_NOT_SERVED_HERE : ERR_UNKNOWN_REFERENCE);
}

static err read_whom(struct req *r, const struct order_body *in, const struct lines *lines, struct whom *w)
{
    *w = (struct whom){ .way = in->way ? (enum service_way)in->way : WAY_SELF, .area = in->area_id ? in->area_id : lines->len ? lines->at[0].s.area_id : 0 };
    for (size_t i = 0; i < lines->len; i++)
        w->home = w->home || lines->at[i].s.place == PLACE_HOME;
    check_contact(r, in, w);
    if (w->home && !in->address.len)
        req_fault(r, "address", ERR_REQUIRED);
    if (!in->name.len && w->way != WAY_SELF)
        req_fault(r, "name", ERR_REQUIRED);
    check_area(r, lines, w);
    TRY(req_faults(r));
    if (w->way >= WAY_SOCIAL_WORKER)
        return req_allow(r, PERM_ORDER_ENTER, AREA_UNIT(w->area));
    return r->caller.account ? OK : order_rate(r, false);
}

DB_SQL(order_same, "SELECT COUNT(*) FROM service_order o WHERE o.tenant_id = $1 AND o.slot_id = $2 AND o.contact_hash = $3 AND o.state IN (1, 3, 4, 5, 6)")
DB_SQL(order_same_person, "SELECT COUNT(*) FROM service_order o WHERE o.tenant_id = $1 AND o.person_id = $3 AND o.slot_id = $2 AND o.way = 1 AND o.state IN (1, 3, 4, 5, 6)")

/* One order of a slot for each telephone, and for each account that orders for itself. */
static err once(struct req *r, const struct whom *w, const struct line *l)
{
    int64_t by_phone = 0, by_person = 0;
    if (w->contact_hash.ptr)
        TRY(db_number(r->db, &order_same, DB_ARGS(I64(r->tenant), I64(l->t.id), BLOB(w->contact_hash)), &by_phone));
    if (r->caller.account && w->way == WAY_SELF)
        TRY(db_number(r->db, &order_same_person, DB_ARGS(I64(r->tenant), I64(l->t.id), I64(r->caller.person)), &by_person));
    return by_phone || by_person ? FAIL_AT(ERR_ORDERED_ALREADY, "slot_id") : OK;
}

/* ---- placing ---- */

struct made_item { struct str code, title, org_name; int state; int64_t turn; ms begins_at, ends_at; };
static const struct field made_item_fields[] = {
    FIELD_STR(struct made_item, code, 0, 0, REQUIRED, "Its number"), FIELD_STR(struct made_item, title, 0, 0, REQUIRED, "The service"),
    FIELD_STR(struct made_item, org_name, 0, 0, REQUIRED, "Who provides it"), FIELD_WORD(struct made_item, state, service_order_words, REQUIRED, "Where it stands"),
    FIELD_I64(struct made_item, turn, 0, 0, REQUIRED, "Its turn on the waiting list; 0: it does not wait"), FIELD_TIME(struct made_item, begins_at, REQUIRED, "From"),
    FIELD_TIME(struct made_item, ends_at, REQUIRED, "Until, exclusive"), FIELD_END
};
struct made_view { struct str secret; struct list items; int64_t holidays; };
static const struct field made_fields[] = {
    FIELD_LIST(struct made_view, items, made_item_fields, struct made_item, 0, 0, REQUIRED, "What was ordered"),
    FIELD_I64(struct made_view, holidays, 0, 0, REQUIRED, "Weeks left out: a public holiday without a slot"),
    FIELD_STR(struct made_view, secret, 0, 0, SECRET, "For X-Case-Secret, with each number; only without an account"), FIELD_END
};

static struct order order_of(struct req *r, const struct order_body *in, const struct whom *w, const struct line *l, int64_t bundle)
{
    bool          home = l->s.place == PLACE_HOME;
    struct str    none = STR_NONE;
    const unsigned char *key = r->app->keys.seal;
    return (struct order){
        .id = id_new(), .service_id = l->s.id, .org_id = l->s.org_id, .category = l->s.category, .slot_id = l->t.id, .begins_at = l->begins_at,
        .ends_at = l->t.id ? l->t.ends_at : l->begins_at + l->s.minutes * MS_MINUTE, .area_id = w->area, .bundle_id = bundle, .way = w->way,
        .person_id = w->way <= WAY_NEIGHBOUR ? r->caller.person : 0, .entered_by = r->caller.account, .name = in->name.len ? in->name : r->caller.name,
        .contact_enc = crypto_seal(r->arena, key, "order.contact", w->contact), .contact_hash = w->contact_hash,
        .address_enc = home ? crypto_seal(r->arena, key, "order.address", in->address) : none, .note = in->note, .created_at = r->now, .version = 1,
    };
}

static err place_all(struct req *r, const struct order_body *in, const struct whom *w, const struct lines *lines, struct made_view *v)
{
    int64_t           bundle = lines->len > 1 ? id_new() : 0;
    struct made_item *at = ARENA_ARRAY(r->arena, lines->len, struct made_item);
    struct str        hash = STR_NONE;
    v->secret = r->caller.account ? STR_NONE : crypto_token(r->arena, 16);
    if (v->secret.ptr)
        hash = crypto_digest(r->arena, v->secret);
    for (size_t i = 0; i < lines->len; i++) {
        struct line *l = &lines->at[i];
        struct order o = order_of(r, in, w, l, bundle);
        o.secret_hash = hash;
        if (l->t.id)
            TRY(once(r, w, l));
        err e = order_place(r, &l->s, l->t.id ? &l->t : NULL, &o, v->secret.ptr != NULL);
        if (e.code == ERR_FULL && lines->len > 1)
            return FAIL_AT(ERR_FULL, l->when);
        TRY(e);
        at[i] = (struct made_item){ .code = o.code, .title = l->s.title, .org_name = unit_name_of(r, UNIT_ORG, l->s.org_id), .state = (int)o.state,
                                    .begins_at = o.begins_at, .ends_at = o.ends_at, .turn = o.placed ? 0 : l->t.waiting };
    }
    v->items = (struct list){ at, lines->len };
    v->holidays = lines->holidays;
    return OK;
}

static err enter_order(struct req *r)
{
    const struct order_body *in = r->body;
    struct lines             lines;
    struct whom              w;
    struct made_view         v;
    TRY(read_lines(r, in, &lines));
    TRY(read_whom(r, in, &lines, &w));
    if (in->weeks > 1)
        TRY(read_weeks(r, in->weeks, &lines));
    TRY(place_all(r, in, &w, &lines, &v));
    const struct made_item *first = v.items.at;
    return reply_created(r, str_fmt(r->arena, "/api/v1/own-orders/%.*s", STR_ARG(first->code)), made_fields, &v, 0);
}

const struct route service_order_routes[] = {
    { POST, "/api/v1/orders", enter_order, .perm = PERM_PUBLIC, .tx = TX_WRITE, .tag = "service", ROUTE_BODY(struct order_body, body_fields),
      .flags = ROUTE_IDEMPOTENT | ROUTE_NO_STORE, .reply_kind = REPLY_CREATED, .reply = made_fields,
      ROUTE_ERRORS(ERR_FULL, ERR_NOT_OFFERED, ERR_SLOT_CLOSED, ERR_LEAD_TIME, ERR_NO_SLOT, ERR_ORDERED_ALREADY, ERR_NOT_SERVED_HERE, ERR_TIME_IN_PAST,
                   ERR_UNKNOWN_REFERENCE, ERR_TOO_MANY),
      .summary = "Order a service, each week or once, or a package; for oneself or somebody else" },
    ROUTE_END
};
