/* service_desk.c: orders for those who see to them: looked at, assigned or grabbed, carried out, called back. Where somebody lives and their telephone
 * are shown to whoever goes there, on that day alone; the telephone also to staff of their area who have to call. Each look is in the audit record. */
#include "service_inside.h"

#include "../account/account.h"
#include "../audit/audit.h"
#include "../list/list.h"
#include "../notify/notify.h"
#include "../../base/contact.h"
#include "../../base/id.h"

#define WORK_MOST (24 * 60)

/* ---- who may ---- */

static bool manages(struct req *r, const struct order *o)
{
    return req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(o->org_id));
}

static bool enters(struct req *r, const struct order *o)
{
    return req_may(r, PERM_ORDER_ENTER, AREA_UNIT(o->area_id));
}

static bool goes(const struct req *r, const struct order *o)
{
    return r->caller.person && o->helper_id == r->caller.person;
}

static bool serves(struct req *r, const struct order *o)
{
    return req_may(r, PERM_ORDER_SERVE, ORG_UNIT(o->org_id));
}

static bool sees(struct req *r, const struct order *o)
{
    return goes(r, o) || req_may(r, PERM_ORDER_READ, ORG_UNIT(o->org_id)) || req_may(r, PERM_ORDER_READ, AREA_UNIT(o->area_id));
}

static err seen_order(struct req *r, struct order *o, struct service *s)
{
    TRY(order_get(r->db, r->arena, r->tenant, r->path[0], o));
    if (!sees(r, o))
        return FAIL(ERR_NOT_FOUND);
    return service_get(r->db, r->arena, r->tenant, o->service_id, s);
}

/* ---- views ---- */

struct order_item {
    int64_t    id, service_id, org_id, slot_id, area_id, helper_id, turn, minutes, rating, version;
    struct str code, title, category, org_name, area_name, name, helper_name, team;
    int        state, way, place;
    bool       to_tell, mine, today, late, known;
    ms         begins_at, ends_at, created_at;
};
#define ITEM(base, kind_, m, ...) { .name = #m, .kind = KIND_##kind_, .offset = (base) + offsetof(struct order_item, m), __VA_ARGS__ }
#define ORDER_ITEM_FIELDS(base)                                                                                                           \
    ITEM(base, ID, id, .flags = REQUIRED, .doc = "Order"),                                                                                \
    ITEM(base, STR, code, .flags = REQUIRED, .doc = "Its number"),                                                                        \
    ITEM(base, ID, service_id, .flags = REQUIRED, .doc = "The service"),                                                                  \
    ITEM(base, STR, title, .flags = REQUIRED, .doc = "The service, in a line"),                                                           \
    ITEM(base, STR, category, .flags = REQUIRED, .doc = "Code of its category"),                                                          \
    ITEM(base, ID, org_id, .flags = REQUIRED, .doc = "Who provides it"),                                                                  \
    ITEM(base, STR, org_name, .flags = REQUIRED, .doc = "Its name"),                                                                      \
    ITEM(base, ID, slot_id, .doc = "Its slot; null: by appointment"),                                                                     \
    ITEM(base, TIME, begins_at, .flags = REQUIRED, .doc = "From"),                                                                        \
    ITEM(base, TIME, ends_at, .flags = REQUIRED, .doc = "Until, exclusive"),                                                              \
    ITEM(base, ID, area_id, .flags = REQUIRED, .doc = "Where whoever is served lives"),                                                   \
    ITEM(base, STR, area_name, .flags = REQUIRED, .doc = "Its name"),                                                                     \
    ITEM(base, WORD, place, .words = service_place_words, .flags = REQUIRED, .doc = "there or home"),                                     \
    ITEM(base, WORD, way, .words = service_way_words, .flags = REQUIRED, .doc = "Who ordered it"),                                        \
    ITEM(base, STR, name, .doc = "Who is served; for the provider's manager, staff of the area and whoever goes there"),                  \
    ITEM(base, BOOL, known, .flags = REQUIRED, .doc = "The caller may know who is served"),                                               \
    ITEM(base, WORD, state, .words = service_order_words, .flags = REQUIRED, .doc = "Where it stands"),                                   \
    ITEM(base, I64, turn, .flags = REQUIRED, .doc = "Turn on the waiting list; 0: it does not wait"),                                     \
    ITEM(base, ID, helper_id, .doc = "Person who goes there"),                                                                            \
    ITEM(base, STR, helper_name, .doc = "Their name"),                                                                                    \
    ITEM(base, STR, team, .doc = "Their team"),                                                                                           \
    ITEM(base, BOOL, mine, .flags = REQUIRED, .doc = "The caller goes there"),                                                            \
    ITEM(base, BOOL, today, .flags = REQUIRED, .doc = "Its day is today"),                                                                \
    ITEM(base, BOOL, late, .flags = REQUIRED, .doc = "Its time is over and it has not ended"),                                            \
    ITEM(base, BOOL, to_tell, .flags = REQUIRED, .doc = "Somebody has to be telephoned what changed"),                                    \
    ITEM(base, I64, minutes, .flags = REQUIRED, .doc = "Of all helpers together"),                                                        \
    ITEM(base, I64, rating, .flags = REQUIRED, .doc = "1 to 5; 0: none"),                                                                 \
    ITEM(base, TIME, created_at, .flags = REQUIRED, .doc = "Ordered"),                                                                    \
    ITEM(base, I64, version, .flags = REQUIRED, .doc = "Grows with each change")
static const struct field order_item_fields[] = { ORDER_ITEM_FIELDS(0), FIELD_END };

struct hour_view { int64_t person_id, minutes; struct str name; };
static const struct field hour_fields[] = {
    FIELD_ID(struct hour_view, person_id, 0, "Who"), FIELD_STR(struct hour_view, name, 0, 0, 0, "Their name"),
    FIELD_I64(struct hour_view, minutes, 0, 0, REQUIRED, "How long"), FIELD_END
};
struct other_view { int64_t id; struct str code, title; int state; ms begins_at; };
static const struct field other_fields[] = {
    FIELD_ID(struct other_view, id, REQUIRED, "Order"), FIELD_STR(struct other_view, code, 0, 0, REQUIRED, "Its number"),
    FIELD_STR(struct other_view, title, 0, 0, REQUIRED, "The service"), FIELD_WORD(struct other_view, state, service_order_words, REQUIRED, "Where it stands"),
    FIELD_TIME(struct other_view, begins_at, REQUIRED, "From"), FIELD_END
};
static const struct field story_fields[] = {
    FIELD_TIME(struct audit_note, at, REQUIRED, "When"), FIELD_STR(struct audit_note, who, 0, 0, 0, "Who; null: without an account"),
    FIELD_STR(struct audit_note, action, 0, 0, REQUIRED, "What, such as order.grab"), FIELD_JSON(struct audit_note, detail, 0, "How it stood then"), FIELD_END
};
struct order_view {
    struct order_item i;
    struct str        contact_masked, note, reason, result, said;
    int               rated_way;
    struct strs       acts;
    struct list       hours, bundle, story;
    ms                done_at, rated_at, ended_at;
};
static const struct field view_fields[] = {
    ORDER_ITEM_FIELDS(offsetof(struct order_view, i)),
    FIELD_STR(struct order_view, contact_masked, 0, 0, 0, "Telephone with its middle hidden; for those who see the name"),
    FIELD_STR(struct order_view, note, 0, 0, 0, "What the helper should know; for those who see the name"),
    FIELD_STR(struct order_view, reason, 0, 0, 0, "Why it was refused, cancelled or not used"), FIELD_STR(struct order_view, result, 0, 0, 0, "What was done"),
    FIELD_STR(struct order_view, said, 0, 0, 0, "What whoever was served says of it"),
    FIELD_WORD(struct order_view, rated_way, rated_way_words, 0, "self: they said so themselves; call_back: on the telephone"),
    FIELD_STRS(struct order_view, acts, 0, 0, REQUIRED, "What the caller may do now: the last part of each path"),
    FIELD_LIST(struct order_view, hours, hour_fields, struct hour_view, 0, 0, REQUIRED, "Time of each helper"),
    FIELD_LIST(struct order_view, bundle, other_fields, struct other_view, 0, 0, REQUIRED, "What was ordered together with it"),
    FIELD_LIST(struct order_view, story, story_fields, struct audit_note, 0, 0, REQUIRED, "What happened to it, the newest first"),
    FIELD_TIME(struct order_view, done_at, 0, "Done"), FIELD_TIME(struct order_view, rated_at, 0, "Reviewed"), FIELD_TIME(struct order_view, ended_at, 0, "Ended"),
    FIELD_END
};

DB_SQL(helper_name, "SELECT name FROM person WHERE tenant_id = $1 AND id = $2")

static err person_name(struct req *r, int64_t person, struct str *name)
{
    struct db_rows rows;
    *name = STR_NONE;
    if (!person)
        return OK;
    TRY(db_query(r->db, &helper_name, DB_ARGS(I64(r->tenant), I64(person)), &rows));
    if (db_next(&rows))
        *name = str_copy(r->arena, db_text(&rows, 0));
    return db_done(&rows);
}

static err item_of(struct req *r, const struct order *o, struct order_item *v)
{
    struct service s;
    bool           knows = manages(r, o) || enters(r, o) || goes(r, o);
    struct str     none = STR_NONE;
    TRY(service_get(r->db, r->arena, r->tenant, o->service_id, &s));
    *v = (struct order_item){
        .id = o->id, .service_id = o->service_id, .org_id = o->org_id, .slot_id = o->slot_id, .area_id = o->area_id, .helper_id = o->helper_id,
        .minutes = o->minutes, .rating = o->rating, .version = o->version, .code = o->code, .title = s.title, .category = o->category,
        .org_name = unit_name_of(r, UNIT_ORG, o->org_id), .area_name = unit_name_of(r, UNIT_AREA, o->area_id), .name = knows ? o->name : none,
        .team = o->team, .state = (int)o->state, .way = (int)o->way, .place = (int)s.place, .to_tell = o->to_tell, .mine = goes(r, o), .known = knows,
        .today = on_the_day(o->begins_at, o->ends_at, r->now, r->app->zone_minutes), .late = order_live(o->state) && o->ends_at < r->now,
        .begins_at = o->begins_at, .ends_at = o->ends_at, .created_at = o->created_at,
    };
    TRY(person_name(r, o->helper_id, &v->helper_name));
    return order_turn(r, o, &v->turn);
}

/* ---- what the caller may do ---- */

/* Not whoever did it: see rate_call. */
static bool may_call_back(struct req *r, const struct order *o)
{
    return enters(r, o) && !o->rating && !goes(r, o) && o->done_by != r->caller.account;
}

static bool may_phone(struct req *r, const struct order *o)
{
    return enters(r, o) && (o->to_tell || (o->state == ORDER_DONE && may_call_back(r, o)));
}

/* What the caller is to an order. */
enum { MANAGER = 1, GOES = 2, SERVER = 4, HELPS = 8, STAFF = 16, CALLS = 32 };

static unsigned roles_in(struct req *r, const struct order *o)
{
    unsigned roles = (manages(r, o) ? MANAGER : 0) | (goes(r, o) ? GOES : 0) | (serves(r, o) ? SERVER : 0) | (enters(r, o) ? STAFF : 0);
    if (roles & (MANAGER | GOES) || (roles & SERVER && !o->helper_id))
        roles |= HELPS;
    return roles | (may_call_back(r, o) ? CALLS : 0);
}

static struct strs acts_of(struct req *r, const struct order *o)
{
    static const struct { const char *word; enum order_act act; unsigned who; enum { ANY_TIME, ITS_DAY, BEGUN } when; } all[] = {
        { "approve", ACT_APPROVE, MANAGER, ANY_TIME },  { "refuse", ACT_REFUSE, MANAGER, ANY_TIME }, { "assign", ACT_ASSIGN, MANAGER, ANY_TIME },
        { "grab", ACT_GRAB, SERVER, ANY_TIME },         { "give-back", ACT_GIVE_BACK, GOES, ANY_TIME }, { "start", ACT_START, MANAGER | GOES, ITS_DAY },
        { "done", ACT_DONE, HELPS, ITS_DAY },           { "no-show", ACT_NO_SHOW, HELPS, BEGUN },    { "cancel", ACT_CANCEL, MANAGER | STAFF, ANY_TIME },
        { "review", ACT_RATE, CALLS, ANY_TIME },
    };
    unsigned    roles = roles_in(r, o);
    ms          from[] = { [ANY_TIME] = 0, [ITS_DAY] = service_day(o->begins_at, r->app->zone_minutes), [BEGUN] = o->begins_at };
    struct str *at = ARENA_ARRAY(r->arena, sizeof all / sizeof *all + 3, struct str);
    size_t      n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (roles & all[i].who && order_can(o->state, all[i].act) && r->now >= from[all[i].when])
            at[n++] = str_of(all[i].word);
    if (reveal_home(o, r->caller.person, r->now, r->app->zone_minutes) == REVEAL_OK)
        at[n++] = STR("home");
    if (may_phone(r, o))
        at[n++] = STR("phone");
    if (o->to_tell && roles & (STAFF | MANAGER))
        at[n++] = STR("told");
    return (struct strs){ at, n };
}

static err read_hours(struct req *r, const struct order *o, struct list *out)
{
    struct list rows;
    TRY(hours_of_order(r->db, r->arena, r->tenant, o->id, &rows));
    const struct hour *h = rows.at;
    struct hour_view  *v = ARENA_ARRAY(r->arena, rows.len + 1, struct hour_view);
    for (size_t i = 0; i < rows.len; i++) {
        v[i] = (struct hour_view){ h[i].person_id, h[i].minutes, h[i].name };
        if (h[i].person_id)
            TRY(person_name(r, h[i].person_id, &v[i].name));
    }
    *out = (struct list){ v, rows.len };
    return OK;
}

static err read_bundle(struct req *r, const struct order *o, struct list *out)
{
    struct list rows = { NULL, 0 };
    size_t      n = 0;
    if (o->bundle_id)
        TRY(orders_of_bundle(r->db, r->arena, r->tenant, o->bundle_id, &rows));
    const struct order *at = rows.at;
    struct other_view  *v = ARENA_ARRAY(r->arena, rows.len + 1, struct other_view);
    for (size_t i = 0; i < rows.len; i++) {
        struct service s;
        if (at[i].id == o->id || !sees(r, &at[i]))
            continue;
        TRY(service_get(r->db, r->arena, r->tenant, at[i].service_id, &s));
        v[n++] = (struct other_view){ at[i].id, at[i].code, s.title, (int)at[i].state, at[i].begins_at };
    }
    *out = (struct list){ v, n };
    return OK;
}

static err answer(struct req *r, int64_t id)
{
    struct order      o;
    struct order_view v = { .contact_masked = STR_NONE, .note = STR_NONE };
    struct str        plain;
    TRY(order_get(r->db, r->arena, r->tenant, id, &o));
    TRY(item_of(r, &o, &v.i));
    TRY(order_sealed(r->db, r->arena, r->tenant, &o));
    if (manages(r, &o) || enters(r, &o) || goes(r, &o)) {
        v.note = o.note;
        if (o.contact_enc.ptr && crypto_open(r->arena, r->app->keys.seal, "order.contact", o.contact_enc, &plain))
            v.contact_masked = contact_mask(r->arena, plain);
    }
    v.reason = order_reason_said(r, o.reason);
    v.result = o.result;
    v.said = o.said;
    v.rated_way = (int)o.rated_way;
    v.done_at = o.done_at;
    v.rated_at = o.rated_at;
    v.ended_at = o.ended_at;
    v.acts = acts_of(r, &o);
    TRY(read_hours(r, &o, &v.hours));
    TRY(read_bundle(r, &o, &v.bundle));
    TRY(audit_about(r->db, r->arena, r->tenant, "order", o.id, 50, &v.story));
    return reply_view(r, view_fields, &v, o.version);
}

static err get_order(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(seen_order(r, &o, &s));
    return answer(r, o.id);
}

/* ---- list ---- */

struct query { int64_t org, service, slot, area, limit; struct str text, after; int state, format; bool open, mine, free, today, to_tell; };
#define QUERY                                                                                                                             \
    FIELD_ID(struct query, org, 0, "Only of this provider"), FIELD_ID(struct query, service, 0, "Only of this service"),                  \
    FIELD_ID(struct query, slot, 0, "Only of this slot"), FIELD_ID(struct query, area, 0, "Only of people in this area or below it"),     \
    FIELD_WORD(struct query, state, service_order_words, 0, "Only in this state"),                                                        \
    FIELD_STR(struct query, text, 1, 60, 0, "Number, or part of the name as far as the caller sees it"),                                  \
    FIELD_BOOL(struct query, open, 0, "Only those that have not ended, the earliest first; else the newest first"),                       \
    FIELD_BOOL(struct query, mine, 0, "Only those to which the caller goes or went"),                                                     \
    FIELD_BOOL(struct query, free, 0, "Only those that nobody has taken and the caller could"),                                           \
    FIELD_BOOL(struct query, today, 0, "Only those of today"), FIELD_BOOL(struct query, to_tell, 0, "Only those where somebody has to be telephoned")
static const struct field query_fields[] = {
    QUERY, FIELD_STR(struct query, after, 1, 200, 0, "The page before's next"), FIELD_I64(struct query, limit, 1, 200, 0, "At most so many (50)"), FIELD_END
};
static const struct field file_query_fields[] = { QUERY, LIST_FORMAT_FIELD(struct query), FIELD_END };
enum { EARLIEST = 1, NEWEST = 2, BY_ORG = 4, BY_SERVICE = 8, BY_SLOT = 16, BY_STATE = 32, MINE = 64, TO_TELL = 128, DAY = 256 };
static const char *const fragments[] = {
    " AND o.state IN (1, 3, 4, 5, 6) AND (o.begins_at, o.id) > ($2, $3)", " AND o.id < $3", " AND o.org_id = $4", " AND o.service_id = $5", " AND o.slot_id = $6",
    " AND o.state = $7", " AND o.helper_id = $8", " AND o.to_tell = 1", " AND o.begins_at < $9 AND o.ends_at > $10", NULL
};
static const char *const tails[] = { " ORDER BY o.id DESC LIMIT 200", " ORDER BY o.begins_at, o.id LIMIT 200", NULL };
DB_FAMILY(order_page, "SELECT " ORDER_COLUMNS " FROM service_order o WHERE o.tenant_id = $1", fragments, tails)

static bool wanted(struct req *r, const struct order *o)
{
    const struct query *q = r->query;
    if (!sees(r, o) || (q->free && !(serves(r, o) && order_can(o->state, ACT_GRAB))))
        return false;
    if (q->area) {
        const struct unit_snapshot *u = unit_hold(r->app);
        bool                        in = unit_within(u, AREA_UNIT(o->area_id), AREA_UNIT(q->area));
        unit_release(u);
        if (!in)
            return false;
    }
    if (!q->text.ptr || str_eq(q->text, o->code))
        return true;
    return o->name.len && (manages(r, o) || enters(r, o) || goes(r, o)) && memmem(o->name.ptr, o->name.len, q->text.ptr, q->text.len);
}

static uint32_t narrowed(const struct query *q)
{
    return (q->open ? EARLIEST : NEWEST) | (q->org ? BY_ORG : 0) | (q->service ? BY_SERVICE : 0) | (q->slot ? BY_SLOT : 0) | (q->state ? BY_STATE : 0) |
           (q->mine ? MINE : 0) | (q->to_tell ? TO_TELL : 0) | (q->today ? DAY : 0);
}

static err next_orders(struct req *r, struct list_place from, struct db_rows *rows)
{
    const struct query *q = r->query;
    ms                  day = service_day(r->now, r->app->zone_minutes);
    return db_query_family(r->db, &order_page, narrowed(q), q->open,
                           DB_ARGS(I64(r->tenant), I64(from.at), I64(from.id), I64(q->org), I64(q->service), I64(q->slot), I64(q->state),
                                   I64(r->caller.person), I64(day + MS_DAY), I64(day)), rows);
}

static err look_at_order(struct req *r, const void *row, void *arg, void *item, bool *is_wanted)
{
    (void)arg;
    *is_wanted = wanted(r, row);
    return *is_wanted ? item_of(r, row, item) : OK;
}

static struct list_walk order_walk(const struct query *q, struct list *categories)
{
    struct list_place earliest = { 0, 0 };
    return (struct list_walk){ next_orders, look_at_order, categories, q->open ? earliest : LIST_NEWEST, order_map, sizeof(struct order),
                               offsetof(struct order, begins_at), order_item_fields, sizeof(struct order_item) };
}

static err list_orders(struct req *r)
{
    const struct query *q = r->query;
    struct list_walk    w = order_walk(q, NULL);
    return list_page(r, &w, q->after, q->limit);
}

/* Who goes there, for those who may know whom to. */
static struct str say_helper(struct req *r, const void *item, void *categories)
{
    const struct order_item *o = item;
    struct str               none = STR_NONE;
    (void)r;
    (void)categories;
    return o->known ? o->helper_name : none;
}

static bool tells_who(const void *item)
{
    return ((const struct order_item *)item)->name.len > 0;
}

static const char *const state_said[][2] = { { "", "" }, { "待审核", "to be reviewed" }, { "未通过", "refused" }, { "已约上", "placed" }, { "候补", "waiting" }, { "已派单", "assigned" },
                                             { "服务中", "under way" }, { "已完成", "done" }, { "已取消", "cancelled" }, { "未到", "no-show" } };
static const char *const way_said[][2] = { { "", "" }, { "本人", "themselves" }, { "邻居", "a neighbour" }, { "社工", "a social worker" }, { "电话", "by telephone" } };
static const char *const place_said[][2] = { { "", "" }, { "到店", "there" }, { "上门", "home" } };
/* No telephone and no home: these open for one person, for one order, on its day. The name as the list shows it to the same caller. */
static const struct list_column columns[] = {
    { "单号", "Number", 13, .member = "code" }, { "服务", "Service", 30, .member = "title" }, { "类别", "Category", 16, .member = "category", .name = exchange_category_said },
    { "单位", "Organisation", 22, .member = "org_name" }, { "从", "From", 17, .member = "begins_at" }, { "到", "Until", 17, .member = "ends_at" },
    { "区域", "Area", 16, .member = "area_name" }, { "服务方式", "Place", 9, .member = "place", .words = place_said }, { "谁点的", "Ordered by", 14, .member = "way", .words = way_said },
    { "称呼", "Name", 14, .member = "name" }, { "状态", "State", 13, .member = "state", .words = state_said }, { "谁去", "Who goes", 14, .say = say_helper },
    { "队伍", "Team", 14, .member = "team" }, { "服务分钟", "Minutes", 9, .member = "minutes", .or_empty = true }, { "评分", "Stars", 7, .member = "rating", .or_empty = true },
    { "点单时间", "Ordered", 17, .member = "created_at" },
};
static const struct list_file order_file = { "orders", "order", columns, sizeof columns / sizeof *columns, tells_who };

static err export_orders(struct req *r)
{
    const struct query *q = r->query;
    struct list         categories = exchange_categories(r);
    struct list_walk    w = order_walk(q, &categories);
    return list_export(r, &w, &order_file, q->format);
}

/* ---- acts ---- */

static err ready(struct req *r, struct order *o, struct service *s, enum order_act act)
{
    TRY(seen_order(r, o, s));
    TRY(req_version(r, o->version));
    return order_can(o->state, act) ? OK : FAIL(ERR_WRONG_STATE);
}

static err save(struct req *r, struct order *o, const char *action)
{
    TRY(order_update(r->db, r->tenant, o, r->now));
    TRY(order_audit(r, action, o));
    return answer(r, o->id);
}

static err approve(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(ready(r, &o, &s, ACT_APPROVE));
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(o.org_id)));
    o.state = o.placed ? ORDER_PLACED : ORDER_WAITING;
    if (o.placed)
        TRY(order_tell(r, &s, &o, "order.yours_placed"));
    return save(r, &o, "order.approve");
}

struct why_body { struct str reason; };
static const struct field why_fields[] = { FIELD_STR(struct why_body, reason, 1, 200, REQUIRED, "Why; whoever ordered is told"), FIELD_END };

static err refuse(struct req *r)
{
    struct order   o, left;
    struct service s;
    TRY(ready(r, &o, &s, ACT_REFUSE));
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(o.org_id)));
    left = o;
    o.state = ORDER_REFUSED;
    o.placed = false;
    o.reason = ((const struct why_body *)r->body)->reason;
    o.ended_at = r->now;
    TRY(order_tell(r, &s, &o, "order.yours_refused"));
    TRY(order_update(r->db, r->tenant, &o, r->now));
    TRY(order_audit(r, "order.refuse", &o));
    TRY(order_leave(r, &s, &left));
    return answer(r, o.id);
}

DB_SQL(order_clash, "SELECT COUNT(*) FROM service_order o WHERE o.tenant_id = $1 AND o.helper_id = $2 AND o.state IN (5, 6) AND o.begins_at < $4 AND o.ends_at > $3 "
                    "AND o.id <> $5 AND (o.slot_id IS NULL OR o.slot_id <> $6)")

/* Nobody is at two orders at once; those of one slot are one occasion. */
static err not_busy(struct req *r, const struct order *o, int64_t person, const char *field)
{
    int64_t n = 0;
    TRY(db_number(r->db, &order_clash, DB_ARGS(I64(r->tenant), I64(person), I64(o->begins_at), I64(o->ends_at), I64(o->id), I64(o->slot_id)), &n));
    return !n ? OK : field ? FAIL_AT(ERR_HELPER_BUSY, field) : FAIL(ERR_HELPER_BUSY);
}

static err takes(struct req *r, const struct service *s, struct order *o, int64_t person, struct str team)
{
    bool known = o->state == ORDER_ASSIGNED;
    o->state = ORDER_ASSIGNED;
    o->helper_id = person;
    o->team = team;
    if (o->person_id && !known)
        TRY(notify_person(r, o->person_id, "order.yours_taken", "own_order", o->id, order_words(r, s, o)));
    return OK;
}

struct assign_body { int64_t person_id; struct str team; };
static const struct field assign_fields[] = {
    FIELD_ID(struct assign_body, person_id, REQUIRED, "Who goes: one of GET /orders/:id/helpers"), FIELD_STR(struct assign_body, team, 1, 60, 0, "Their team"),
    FIELD_END
};

static err helpers_of(struct req *r, int64_t org, struct list *out)
{
    return account_holders(r->db, r->arena, r->tenant, ORG_UNIT(org), PERM_ORDER_SERVE, r->now, out);
}

static bool among(const struct list *holders, int64_t person)
{
    const struct account_holder *h = holders->at;
    for (size_t i = 0; i < holders->len; i++)
        if (h[i].id == person)
            return true;
    return false;
}

static err assign(struct req *r)
{
    const struct assign_body *in = r->body;
    struct order              o;
    struct service            s;
    struct list               helpers;
    TRY(ready(r, &o, &s, ACT_ASSIGN));
    TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(o.org_id)));
    TRY(helpers_of(r, o.org_id, &helpers));
    if (!among(&helpers, in->person_id))
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "person_id");
    TRY(not_busy(r, &o, in->person_id, "person_id"));
    if (o.helper_id && o.helper_id != in->person_id)
        TRY(notify_person(r, o.helper_id, "order.dropped", "order", o.id, order_words(r, &s, &o)));
    TRY(takes(r, &s, &o, in->person_id, in->team));
    TRY(notify_person(r, o.helper_id, "order.assigned", "order", o.id, order_words(r, &s, &o)));
    return save(r, &o, "order.assign");
}

static err grab(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(ready(r, &o, &s, ACT_GRAB));
    TRY(req_allow(r, PERM_ORDER_SERVE, ORG_UNIT(o.org_id)));
    TRY(not_busy(r, &o, r->caller.person, NULL));
    TRY(takes(r, &s, &o, r->caller.person, STR_NONE));
    return save(r, &o, "order.grab");
}

static err give_back(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(ready(r, &o, &s, ACT_GIVE_BACK));
    if (!goes(r, &o))
        return FAIL(ERR_NOT_ALLOWED);
    o.state = ORDER_PLACED;
    o.helper_id = 0;
    o.team = STR_NONE;
    o.reason = ((const struct why_body *)r->body)->reason;
    TRY(notify_unit(r, ORG_UNIT(o.org_id), PERM_OFFER_MANAGE, "order.returned", "order", o.id, order_words(r, &s, &o)));
    TRY(order_audit(r, "order.give_back", &o));
    o.reason = STR_NONE;
    TRY(order_update(r->db, r->tenant, &o, r->now));
    return answer(r, o.id);
}

/* Whoever goes there, or the provider's manager; of what nobody in particular goes to (at the place) whoever serves there. */
static err may_carry_out(struct req *r, const struct order *o)
{
    if (goes(r, o) || manages(r, o) || (serves(r, o) && !o->helper_id))
        return OK;
    return FAIL(ERR_NOT_ALLOWED);
}

static err the_day(struct req *r, const struct order *o)
{
    return day_has_come(o->begins_at, r->now, r->app->zone_minutes) ? OK : FAIL(ERR_NOT_THE_DAY);
}

static err start_order(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(ready(r, &o, &s, ACT_START));
    TRY(may_carry_out(r, &o));
    TRY(the_day(r, &o));
    o.state = ORDER_UNDER_WAY;
    return save(r, &o, "order.start");
}

struct helper { int64_t person_id, minutes; struct str name; };
static const struct field helper_fields[] = {
    FIELD_ID(struct helper, person_id, 0, "Who; the caller, or somebody who serves there"), FIELD_STR(struct helper, name, 1, 60, 0, "Or a name"),
    FIELD_I64(struct helper, minutes, 1, WORK_MOST, REQUIRED, "How long"), FIELD_END
};
struct done_body { struct str text; struct list helpers; };
static const struct field done_fields[] = {
    FIELD_STR(struct done_body, text, 1, 1000, MULTILINE, "What was done"),
    FIELD_LIST(struct done_body, helpers, helper_fields, struct helper, 1, 30, REQUIRED, "Who helped and how long"), FIELD_END
};

static err check_helpers(struct req *r, const struct order *o, const struct list *helpers)
{
    const struct helper *h = helpers->at;
    struct list          known;
    TRY(helpers_of(r, o->org_id, &known));
    for (size_t i = 0; i < helpers->len; i++) {
        bool fits = h[i].person_id ? h[i].person_id == r->caller.person || h[i].person_id == o->helper_id || among(&known, h[i].person_id) : h[i].name.len > 0;
        if (!fits)
            req_fault(r, str_fmt(r->arena, "helpers[%zu].person_id", i).ptr, h[i].person_id ? ERR_UNKNOWN_REFERENCE : ERR_REQUIRED);
        for (size_t k = 0; k < i; k++)
            if (h[i].person_id && h[i].person_id == h[k].person_id)
                req_fault(r, str_fmt(r->arena, "helpers[%zu].person_id", i).ptr, ERR_TAKEN);
    }
    return req_faults(r);
}

static err done(struct req *r)
{
    const struct done_body *in = r->body;
    const struct helper    *h = in->helpers.at;
    struct order            o;
    struct service          s;
    TRY(ready(r, &o, &s, ACT_DONE));
    TRY(may_carry_out(r, &o));
    TRY(the_day(r, &o));
    TRY(check_helpers(r, &o, &in->helpers));
    for (size_t i = 0; i < in->helpers.len; i++) {
        struct hour row = { .id = id_new(), .order_id = o.id, .org_id = o.org_id, .person_id = h[i].person_id, .minutes = h[i].minutes, .at = o.begins_at };
        row.name = h[i].person_id ? row.name : h[i].name;
        TRY(hour_insert(r->db, r->tenant, &row));
        o.minutes += h[i].minutes;
    }
    o.state = ORDER_DONE;
    o.result = in->text;
    o.done_at = o.ended_at = r->now;
    o.done_by = r->caller.account;
    if (o.person_id)
        TRY(notify_person(r, o.person_id, "order.yours_done", "own_order", o.id, order_words(r, &s, &o)));
    return save(r, &o, "order.done");
}

static err no_show(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(ready(r, &o, &s, ACT_NO_SHOW));
    TRY(may_carry_out(r, &o));
    if (o.begins_at > r->now)
        return FAIL(ERR_NOT_THE_DAY);
    o.state = ORDER_NO_SHOW;
    o.ended_at = r->now;
    if (o.person_id)
        TRY(notify_person(r, o.person_id, "order.yours_no_show", "own_order", o.id, order_words(r, &s, &o)));
    return save(r, &o, "order.no_show");
}

static err cancel(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(ready(r, &o, &s, ACT_CANCEL));
    if (!manages(r, &o) && !enters(r, &o))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(order_cancel(r, &o, ((const struct why_body *)r->body)->reason, false));
    return answer(r, o.id);
}

/* ---- call-back ---- */

struct rate_body { int64_t rating; struct str said; };
static const struct field rate_fields[] = {
    FIELD_I64(struct rate_body, rating, 1, 5, REQUIRED, "1 to 5, as they said"), FIELD_STR(struct rate_body, said, 1, 500, MULTILINE, "In their words"), FIELD_END
};

static err rate_call(struct req *r)
{
    const struct rate_body *in = r->body;
    struct order            o;
    struct service          s;
    TRY(ready(r, &o, &s, ACT_RATE));
    TRY(req_allow(r, PERM_ORDER_ENTER, AREA_UNIT(o.area_id)));
    if (goes(r, &o) || o.done_by == r->caller.account)
        return FAIL(ERR_OWN_CLAIM);
    if (o.rating)
        return FAIL(ERR_WRONG_STATE);
    o.rating = in->rating;
    o.said = in->said;
    o.rated_way = 2;
    o.rated_by = r->caller.account;
    o.rated_at = r->now;
    return save(r, &o, "order.call_back");
}

static err told(struct req *r)
{
    struct order   o;
    struct service s;
    TRY(seen_order(r, &o, &s));
    if (!manages(r, &o) && !enters(r, &o))
        return FAIL(ERR_NOT_ALLOWED);
    if (!o.to_tell)
        return FAIL(ERR_WRONG_STATE);
    o.to_tell = false;
    return save(r, &o, "order.told");
}

/* ---- where somebody lives ---- */

struct home_view { struct str name, contact, address, note; };
static const struct field home_fields[] = {
    FIELD_STR(struct home_view, name, 0, 0, 0, "Whom to ask for"), FIELD_STR(struct home_view, contact, 0, 0, SECRET, "Telephone in full"),
    FIELD_STR(struct home_view, address, 0, 0, SECRET, "Where they live"), FIELD_STR(struct home_view, note, 0, 0, 0, "What the helper should know"), FIELD_END
};

static err unseal(struct req *r, struct order *o, struct home_view *v, bool with_address)
{
    const unsigned char *key = r->app->keys.seal;
    TRY(order_sealed(r->db, r->arena, r->tenant, o));
    *v = (struct home_view){ .name = o->name, .note = o->note };
    if (o->contact_enc.ptr && !crypto_open(r->arena, key, "order.contact", o->contact_enc, &v->contact))
        return FAIL(ERR_INTERNAL);
    if (with_address && o->address_enc.ptr && !crypto_open(r->arena, key, "order.address", o->address_enc, &v->address))
        return FAIL(ERR_INTERNAL);
    return OK;
}

static err home(struct req *r)
{
    struct order     o;
    struct service   s;
    struct home_view v;
    TRY(seen_order(r, &o, &s));
    switch (reveal_home(&o, r->caller.person, r->now, r->app->zone_minutes)) {
    case REVEAL_NOT_THEIRS:   return FAIL(ERR_NOT_ALLOWED);
    case REVEAL_NOT_NOW:      return FAIL(ERR_WRONG_STATE);
    case REVEAL_NOT_THAT_DAY: return FAIL(ERR_NOT_THAT_DAY);
    case REVEAL_OK:           break;
    }
    TRY(unseal(r, &o, &v, true));
    TRY(order_audit(r, "order.home", &o));
    return reply_view(r, home_fields, &v, 0);
}

static err phone(struct req *r)
{
    struct order     o;
    struct service   s;
    struct home_view v;
    TRY(seen_order(r, &o, &s));
    TRY(req_allow(r, PERM_ORDER_ENTER, AREA_UNIT(o.area_id)));
    if (!may_phone(r, &o))
        return FAIL(ERR_WRONG_STATE);
    TRY(unseal(r, &o, &v, false));
    TRY(order_audit(r, "order.phone", &o));
    return reply_view(r, home_fields, &v, 0);
}

static const struct field holder_fields[] = {
    FIELD_ID(struct account_holder, id, REQUIRED, "Person"), FIELD_STR(struct account_holder, name, 0, 0, REQUIRED, "Their name"), FIELD_END
};

static err list_helpers(struct req *r)
{
    struct order   o;
    struct service s;
    struct list    helpers;
    TRY(seen_order(r, &o, &s));
    if (!manages(r, &o) && !serves(r, &o) && !goes(r, &o))
        return FAIL(ERR_NOT_ALLOWED);
    TRY(helpers_of(r, o.org_id, &helpers));
    return reply_list(r, holder_fields, sizeof(struct account_holder), helpers, STR_NONE);
}

/* ---- routes ---- */

#define READ         .perm = PERM_ORDER_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "service"
#define ACT(perm_)   .perm = (perm_), .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "service", .reply_kind = REPLY_VIEW, .reply = view_fields
#define WHY          ROUTE_BODY(struct why_body, why_fields)
#define SEALED(perm_) .perm = (perm_), .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "service", .flags = ROUTE_NO_STORE, .reply_kind = REPLY_VIEW, .reply = home_fields

const struct route service_desk_routes[] = {
    { GET, "/api/v1/orders", list_orders, READ, ROUTE_QUERY(struct query, query_fields), .reply_kind = REPLY_LIST, .reply = order_item_fields,
      .summary = "Orders of the caller's organisations and areas" },
    { GET, "/api/v1/orders/export", export_orders, .perm = PERM_ORDER_READ, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "service", ROUTE_QUERY(struct query, file_query_fields),
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE), .summary = "The rows of the list as a CSV file or an Excel workbook; at most 10,000; names as the list shows them, never a telephone or a home" },
    { GET, "/api/v1/orders/:id", get_order, READ, .reply_kind = REPLY_VIEW, .reply = view_fields, .summary = "One order, with what the caller may do" },
    { GET, "/api/v1/orders/:id/helpers", list_helpers, READ, .reply_kind = REPLY_LIST, .reply = holder_fields, .summary = "Who may be sent to it" },
    { POST, "/api/v1/orders/:id/approve", approve, ACT(PERM_OFFER_MANAGE), ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Let an order that is reviewed go on" },
    { POST, "/api/v1/orders/:id/refuse", refuse, ACT(PERM_OFFER_MANAGE), WHY, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Refuse it with a reason" },
    { POST, "/api/v1/orders/:id/assign", assign, ACT(PERM_OFFER_MANAGE), ROUTE_BODY(struct assign_body, assign_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_HELPER_BUSY, ERR_UNKNOWN_REFERENCE), .summary = "Send somebody (派单)" },
    { POST, "/api/v1/orders/:id/grab", grab, ACT(PERM_ORDER_SERVE), ROUTE_ERRORS(ERR_WRONG_STATE, ERR_HELPER_BUSY), .summary = "Take it oneself (接单)" },
    { POST, "/api/v1/orders/:id/give-back", give_back, ACT(PERM_ORDER_SERVE), WHY, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Give it back before its day" },
    { POST, "/api/v1/orders/:id/start", start_order, ACT(PERM_ORDER_SERVE), ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_THE_DAY), .summary = "It is under way" },
    { POST, "/api/v1/orders/:id/done", done, ACT(PERM_ORDER_SERVE), ROUTE_BODY(struct done_body, done_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_THE_DAY, ERR_UNKNOWN_REFERENCE), .summary = "It is done, with the time of each helper" },
    { POST, "/api/v1/orders/:id/no-show", no_show, ACT(PERM_ORDER_SERVE), ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_THE_DAY), .summary = "Nobody was there" },
    { POST, "/api/v1/orders/:id/cancel", cancel, ACT(PERM_ORDER_READ), WHY, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Cancel it for them; whoever waits first has the place" },
    { POST, "/api/v1/orders/:id/review", rate_call, ACT(PERM_ORDER_ENTER), ROUTE_BODY(struct rate_body, rate_fields),
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_OWN_CLAIM), .summary = "What whoever was served said on the telephone" },
    { POST, "/api/v1/orders/:id/told", told, ACT(PERM_ORDER_READ), ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "They have been telephoned" },
    { POST, "/api/v1/orders/:id/home", home, SEALED(PERM_ORDER_SERVE), ROUTE_ERRORS(ERR_WRONG_STATE, ERR_NOT_THAT_DAY),
      .summary = "Where they live and their telephone: for whoever goes there, on that day alone; audited" },
    { POST, "/api/v1/orders/:id/phone", phone, SEALED(PERM_ORDER_ENTER), ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Their telephone, while a call waits to be made: for staff of their area; audited" },
    ROUTE_END
};
