/* service_menu.c: services, their slots and rhythms over HTTP, for those who offer them. Whoever holds unit.read sees them. */
#include "service_inside.h"

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../clock/clock.h"
#include "../list/list.h"
#include "../notify/notify.h"
#include "../search/search.h"
#include "../setting/setting.h"

enum { RHYTHMS_MOST = 20 };
#define ORDER_AHEAD_MOST (366 * MS_DAY)

/* ---- views ---- */

#define ITEM(base, kind_, m, ...) { .name = #m, .kind = KIND_##kind_, .offset = (base) + offsetof(struct service_item, m), __VA_ARGS__ }
#define SERVICE_ITEM_FIELDS(base)                                                                                                         \
    ITEM(base, ID, id, .flags = REQUIRED, .doc = "Service"),                                                                              \
    ITEM(base, ID, org_id, .flags = REQUIRED, .doc = "Who provides it"),                                                                  \
    ITEM(base, STR, org_name, .flags = REQUIRED, .doc = "Its name; in public empty, unless it is"),                                                                      \
    ITEM(base, STR, title, .flags = REQUIRED, .doc = "In a line"),                                                                        \
    ITEM(base, STR, category, .flags = REQUIRED, .doc = "Code of its category"),                                                          \
    ITEM(base, STR, category_zh, .flags = REQUIRED, .doc = "Its Chinese name"),                                                           \
    ITEM(base, STR, category_en, .flags = REQUIRED, .doc = "Its English name"),                                                           \
    ITEM(base, STR, audience, .doc = "For whom"),                                                                                         \
    ITEM(base, WORD, price, .words = service_price_words, .flags = REQUIRED, .doc = "free or at_cost"),                                   \
    ITEM(base, I64, price_fen, .flags = REQUIRED, .doc = "What it costs, in fen; 0: free or by arrangement"),                             \
    ITEM(base, STR, price_per, .doc = "For what"),                                                                                        \
    ITEM(base, I64, lead_hours, .flags = REQUIRED, .doc = "Ordered at least so many hours before"),                                       \
    ITEM(base, I64, minutes, .flags = REQUIRED, .doc = "How long it usually takes"),                                                      \
    ITEM(base, ID, area_id, .flags = REQUIRED, .doc = "Whom it serves"),                                                                  \
    ITEM(base, STR, area_name, .flags = REQUIRED, .doc = "Its name"),                                                                     \
    ITEM(base, WORD, place, .words = service_place_words, .flags = REQUIRED, .doc = "there: people come; home: somebody goes to them"),   \
    ITEM(base, STR, address, .doc = "Where people come to"),                                                                              \
    ITEM(base, GEO, at, .doc = "Place, WGS 84"),                                                                                          \
    ITEM(base, BOOL, slotted, .flags = REQUIRED, .doc = "Ordered by slot; else by appointment"),                                          \
    ITEM(base, BOOL, reviewed, .flags = REQUIRED, .doc = "Each order is looked at first"),                                                \
    ITEM(base, I64, waits, .flags = REQUIRED, .doc = "Length of a slot's waiting list; 0: none"),                                         \
    ITEM(base, I64, free, .flags = REQUIRED, .doc = "Free places of slots ahead"),                                                        \
    ITEM(base, TIME, next_at, .doc = "The first slot with a free place"),                                                                 \
    ITEM(base, WORD, state, .words = service_state_words, .flags = REQUIRED, .doc = "Where it stands"),                                   \
    { .name = "public", .kind = KIND_BOOL, .offset = (base) + offsetof(struct service_item, is_public), .flags = REQUIRED, .doc = "On the residents' menu" }, \
    ITEM(base, BOOL, may_manage, .flags = REQUIRED, .doc = "The caller may change it"),                                                   \
    ITEM(base, I64, version, .flags = REQUIRED, .doc = "Grows with each change")
const struct field service_item_fields[] = { SERVICE_ITEM_FIELDS(0), FIELD_END };

struct slot_view { int64_t id, capacity, taken, waiting, version; int state; struct str reason; ms begins_at, ends_at; };
static const struct field slot_view_fields[] = {
    FIELD_ID(struct slot_view, id, REQUIRED, "Slot"), FIELD_TIME(struct slot_view, begins_at, REQUIRED, "From"),
    FIELD_TIME(struct slot_view, ends_at, REQUIRED, "Until, exclusive"), FIELD_I64(struct slot_view, capacity, 0, 0, REQUIRED, "Places"),
    FIELD_I64(struct slot_view, taken, 0, 0, REQUIRED, "Places taken"), FIELD_I64(struct slot_view, waiting, 0, 0, REQUIRED, "On the waiting list"),
    FIELD_WORD(struct slot_view, state, slot_state_words, REQUIRED, "open or closed"), FIELD_STR(struct slot_view, reason, 0, 0, 0, "Why it was closed"),
    FIELD_I64(struct slot_view, version, 0, 0, REQUIRED, "Grows with each change"), FIELD_END
};
static const struct field rhythm_map[] = {
    FIELD_ID(struct rhythm, id, REQUIRED, "Rhythm"), FIELD_ID(struct rhythm, service_id, REQUIRED, "Of which service"),
    FIELD_STR(struct rhythm, days, 0, 0, REQUIRED, "Days of the week, 1 Monday to 7 Sunday, such as 24"),
    FIELD_I64(struct rhythm, opens, 0, 0, REQUIRED, "Minute of the day"), FIELD_I64(struct rhythm, closes, 0, 0, REQUIRED, "Minute of the day"),
    FIELD_I64(struct rhythm, capacity, 0, 0, REQUIRED, "Places of each slot"), FIELD_I64(struct rhythm, made_until, 0, 0, REQUIRED, "Slots are made up to this day, counted from 1970"),
    FIELD_TIME(struct rhythm, ends_at, 0, "No slots from then on"), FIELD_BOOL(struct rhythm, rests, REQUIRED, "None on public holidays"), FIELD_END
};
struct service_view { struct service_item i; struct str text, bring; struct list slots, rhythms; int64_t open_orders, done; };
static const struct field view_fields[] = {
    SERVICE_ITEM_FIELDS(offsetof(struct service_view, i)),
    FIELD_STR(struct service_view, text, 0, 0, 0, "What it is"),
    FIELD_STR(struct service_view, bring, 0, 0, 0, "What to bring"),
    FIELD_LIST(struct service_view, slots, slot_view_fields, struct slot_view, 0, 0, REQUIRED, "Slots that have not ended, closed ones too"),
    FIELD_LIST(struct service_view, rhythms, rhythm_map, struct rhythm, 0, 0, REQUIRED, "What makes slots ahead"),
    FIELD_I64(struct service_view, open_orders, 0, 0, REQUIRED, "Orders that have not ended"),
    FIELD_I64(struct service_view, done, 0, 0, REQUIRED, "Orders done"),
    FIELD_END
};

DB_SQL(slot_free, "SELECT COALESCE(SUM(capacity - taken), 0), MIN(CASE WHEN taken < capacity THEN begins_at END) FROM service_slot WHERE tenant_id = $1 "
                  "AND service_id = $2 AND begins_at > $3 AND ends_at > $4 AND state = 1")

err service_item_of(struct req *r, const struct list *categories, const struct service *s, struct service_item *out)
{
    const struct category *c = category_of(categories, s->category);
    struct db_rows         rows;
    *out = (struct service_item){
        .id = s->id, .org_id = s->org_id, .org_name = unit_name_of(r, UNIT_ORG, s->org_id), .title = s->title, .category = s->category,
        .category_zh = c ? c->zh : s->category, .category_en = c ? c->en : s->category, .audience = s->audience, .price = (int)s->price,
        .price_fen = s->price_fen, .price_per = s->price_per, .lead_hours = s->lead_hours, .minutes = s->minutes, .area_id = s->area_id,
        .area_name = unit_name_of(r, UNIT_AREA, s->area_id), .place = (int)s->place, .address = s->address,
        .at = { s->lon != 0 || s->lat != 0, s->lon, s->lat }, .slotted = s->slotted, .reviewed = s->reviewed, .waits = s->waits, .state = (int)s->state,
        .is_public = s->is_public, .may_manage = req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(s->org_id)), .version = s->version,
    };
    if (!s->slotted)
        return OK;
    TRY(db_query(r->db, &slot_free, DB_ARGS(I64(r->tenant), I64(s->id), I64(s->lead_hours ? r->now + s->lead_hours * MS_HOUR : 0), I64(r->now)), &rows));
    if (db_next(&rows)) {
        out->free = db_i64(&rows, 0);
        out->next_at = db_i64(&rows, 1);
    }
    return db_done(&rows);
}

#define RHYTHM_SELECT "SELECT id, service_id, days, opens, closes, capacity, made_until, ends_at, COALESCE(rests, 0) FROM service_rhythm WHERE tenant_id = $1 AND "
DB_SQL(rhythm_list, RHYTHM_SELECT "service_id = $2 ORDER BY id")
DB_SQL(orders_open_of, "SELECT COUNT(*) FROM service_order WHERE tenant_id = $1 AND service_id = $2 AND state IN (1, 3, 4, 5, 6)")
DB_SQL(orders_done_of, "SELECT COUNT(*) FROM service_order WHERE tenant_id = $1 AND service_id = $2 AND state = 7")

static err answer(struct req *r, int64_t id, bool created)
{
    struct list         categories = exchange_categories(r), slots;
    struct service      s;
    struct service_view v = { .open_orders = 0 };
    TRY(service_get(r->db, r->arena, r->tenant, id, &s));
    TRY(service_item_of(r, &categories, &s, &v.i));
    TRY(slots_of(r->db, r->arena, r->tenant, id, r->now, false, &slots));
    TRY(db_all(r->db, r->arena, &rhythm_list, DB_ARGS(I64(r->tenant), I64(id)), rhythm_map, sizeof(struct rhythm), RHYTHMS_MOST, &v.rhythms));
    TRY(db_number(r->db, &orders_open_of, DB_ARGS(I64(r->tenant), I64(id)), &v.open_orders));
    TRY(db_number(r->db, &orders_done_of, DB_ARGS(I64(r->tenant), I64(id)), &v.done));
    const struct slot *at = slots.at;
    struct slot_view  *w = ARENA_ARRAY(r->arena, slots.len + 1, struct slot_view);
    for (size_t i = 0; i < slots.len; i++)
        w[i] = (struct slot_view){ at[i].id, at[i].capacity, at[i].taken, at[i].waiting, at[i].version, (int)at[i].state, at[i].reason, at[i].begins_at,
                                   at[i].ends_at };
    v.slots = (struct list){ w, slots.len };
    v.text = s.text;
    v.bring = s.bring;
    return created ? reply_created(r, str_fmt(r->arena, "/api/v1/services/%lld", (long long)id), view_fields, &v, s.version)
                   : reply_view(r, view_fields, &v, s.version);
}

static err get_service(struct req *r)
{
    return answer(r, r->path[0], false);
}

/* ---- list ---- */

struct query { struct str text, category, after; int64_t area, org, limit; int state, format; };
#define QUERY                                                                                                                             \
    FIELD_STR(struct query, text, 1, 100, 0, "Part of the line, or of the organisation's name"),                                          \
    FIELD_STR(struct query, category, 1, 40, 0, "Only of this category, or one below it"),                                                \
    FIELD_ID(struct query, area, 0, "Only those that serve this area, one below it or one above it"),                                     \
    FIELD_ID(struct query, org, 0, "Only of this organisation"),                                                                          \
    FIELD_WORD(struct query, state, service_state_words, 0, "Only in this state")
static const struct field query_fields[] = {
    QUERY, FIELD_STR(struct query, after, 1, 200, 0, "The page before's next"), FIELD_I64(struct query, limit, 1, 200, 0, "At most so many (50)"), FIELD_END
};
static const struct field file_query_fields[] = { QUERY, LIST_FORMAT_FIELD(struct query), FIELD_END };
enum { BY_ORG = 1, BY_STATE = 2 };
static const char *const fragments[] = { " AND s.org_id = $3", " AND s.state = $4", NULL };
static const char *const tails[] = { " ORDER BY s.id DESC LIMIT 200", NULL };
DB_FAMILY(service_page, "SELECT " SERVICE_COLUMNS " FROM service s WHERE s.tenant_id = $1 AND s.id < $2", fragments, tails)

static bool holds(struct req *r, struct str text, struct str wanted)
{
    struct str fold = search_fold(r->arena, text);
    return memmem(fold.ptr, fold.len, wanted.ptr, wanted.len) != NULL;
}

static bool named(struct req *r, const struct service *s, struct str wanted)
{
    struct str text = search_fold(r->arena, wanted);
    return !wanted.ptr || holds(r, s->title, text) || holds(r, unit_name_of(r, UNIT_ORG, s->org_id), text);
}

static err next_services(struct req *r, struct list_place from, struct db_rows *rows)
{
    const struct query *q = r->query;
    return db_query_family(r->db, &service_page, (q->org ? BY_ORG : 0) | (q->state ? BY_STATE : 0), 0,
                           DB_ARGS(I64(r->tenant), I64(from.id), I64(q->org), I64(q->state)), rows);
}

static err look_at_service(struct req *r, const void *row, void *categories, void *item, bool *wanted)
{
    const struct query   *q = r->query;
    const struct service *s = row;
    *wanted = exchange_category_wanted(categories, q->category, s->category) && (!q->area || exchange_serves(r, s->area_id, q->area)) && named(r, s, q->text);
    return *wanted ? service_item_of(r, categories, s, item) : OK;
}

static struct list_walk service_walk(struct list *categories)
{
    return (struct list_walk){ next_services, look_at_service, categories, LIST_NEWEST, service_map, sizeof(struct service), -1, service_item_fields,
                               sizeof(struct service_item) };
}

static err list_services(struct req *r)
{
    const struct query *q = r->query;
    struct list         categories = exchange_categories(r);
    struct list_walk    w = service_walk(&categories);
    return list_page(r, &w, q->after, q->limit);
}

/* In yuan; empty: by arrangement. */
static struct str say_price(struct req *r, const void *item, void *categories)
{
    const struct service_item *s = item;
    (void)categories;
    if (s->price == PRICE_FREE)
        return str_of(req_text(r, "免费", "free"));
    return s->price_fen ? str_fmt(r->arena, "%lld.%02lld", (long long)s->price_fen / 100, (long long)s->price_fen % 100) : str_of(req_text(r, "成本价", "at cost"));
}

static const char *const state_said[][2] = { { "", "" }, { "可点", "on the menu" }, { "暂停", "paused" }, { "已下架", "withdrawn" } };
static const char *const place_said[][2] = { { "", "" }, { "到店", "there" }, { "上门", "home" } };
static const struct list_column columns[] = {
    { "服务", "Service", 40, .member = "title" }, { "单位", "Organisation", 22, .member = "org_name" }, { "类别", "Category", 16, .member = "category", .name = exchange_category_said },
    { "服务对象", "For whom", 20, .member = "audience" }, { "价格（元）", "Price (yuan)", 11, .say = say_price }, { "每", "Per", 7, .member = "price_per" },
    { "服务方式", "Place", 9, .member = "place", .words = place_said }, { "地址", "Address", 24, .member = "address" }, { "服务区域", "Serves", 16, .member = "area_name" },
    { "时长（分钟）", "Minutes", 11, .member = "minutes" }, { "提前小时", "Hours ahead", 11, .member = "lead_hours" }, { "先审核", "Reviewed", 9, .member = "reviewed" },
    { "候补", "Waiting list", 11, .member = "waits" }, { "余位", "Free places", 11, .member = "free" }, { "最近时段", "Next time", 17, .member = "next_at" },
    { "状态", "State", 11, .member = "state", .words = state_said }, { "向居民公开", "Public", 10, .member = "public" },
};
static const struct list_file service_file = { "services", "service", columns, sizeof columns / sizeof *columns, NULL };

static err export_services(struct req *r)
{
    struct list      categories = exchange_categories(r);
    struct list_walk w = service_walk(&categories);
    return list_export(r, &w, &service_file, ((const struct query *)r->query)->format);
}

/* ---- entering and changing ---- */

#define BODY(needed)                                                                                                                      \
    FIELD_STR(struct service_new, title, 1, 100, (needed), "In a line"),                                                                  \
    FIELD_STR(struct service_new, text, 1, 4000, MULTILINE, "What it is"),                                                                \
    FIELD_STR(struct service_new, category, 1, 40, (needed), "Code of its category"),                                                     \
    FIELD_STR(struct service_new, audience, 1, 200, 0, "For whom, such as 七十岁以上"),                                                   \
    FIELD_WORD(struct service_new, price, service_price_words, 0, "free (when not given) or at_cost"),                                    \
    FIELD_I64(struct service_new, price_fen, 0, 100000000, 0, "What it costs, in fen; only at cost"),                                     \
    FIELD_STR(struct service_new, price_per, 1, 20, 0, "For what, such as 次"),                                                           \
    FIELD_I64(struct service_new, lead_hours, 0, 2160, 0, "Ordered at least so many hours before"),                                       \
    FIELD_I64(struct service_new, minutes, 1, 1440, 0, "How long it usually takes; 60 when not given"),                                   \
    FIELD_STR(struct service_new, bring, 1, 500, 0, "What to bring"),                                                                     \
    FIELD_ID(struct service_new, area_id, 0, "Whom it serves; the organisation's own area when not given"),                               \
    FIELD_WORD(struct service_new, place, service_place_words, 0, "there (when not given): people come; home: somebody goes to them"),    \
    FIELD_STR(struct service_new, address, 1, 200, 0, "Where people come to"),                                                            \
    FIELD_GEO(struct service_new, at, 0, "Place, WGS 84"),                                                                                \
    FIELD_BOOL(struct service_new, slotted, 0, "Ordered by slot; else by appointment"),                                                   \
    FIELD_BOOL(struct service_new, reviewed, 0, "Each order is looked at first"),                                                         \
    FIELD_I64(struct service_new, waits, 0, 10000, 0, "Length of a slot's waiting list; none when not given"),                            \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct service_new, is_public), .doc = "On the residents' menu" }
static const struct field create_fields[] = { BODY(REQUIRED), FIELD_ID(struct service_new, org_id, REQUIRED, "Who provides it"), FIELD_END };
static const struct field change_fields[] = { BODY(0), FIELD_END };
#define GIVEN(m) field_given(change_fields, &r->given, offsetof(struct service_new, m))

static struct str service_json(struct arena *a, const struct service *s)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", s->title);
    jsonw_kv_str(&j, "category", s->category);
    jsonw_kv_z(&j, "state", service_state_words[s->state]);
    jsonw_kv_i64(&j, "waits", s->waits);
    jsonw_kv_bool(&j, "reviewed", s->reviewed);
    jsonw_kv_bool(&j, "public", s->is_public);
    jsonw_close(&j);
    return buf_view(&b);
}

static void fault(struct faults *f, const char *at, enum err_code code)
{
    faults_add(f, str_of(at), code, 0);
}

/* Days and hours at which slots are made ahead. days: empty is none; the caller says what that means. */
struct rhythm_body { struct str days; int64_t opens, closes, capacity; ms ends_at; bool rests; };

static void check_rhythm(const struct rhythm_body *in, ms now, struct faults *f)
{
    if (!days_fit(in->days))
        fault(f, "days", ERR_NOT_A_CHOICE);
    if (!in->closes || !in->capacity)
        fault(f, in->closes ? "capacity" : "closes", ERR_REQUIRED);
    else if (in->closes <= in->opens)
        fault(f, "closes", ERR_PERIOD);
    if (in->ends_at && in->ends_at <= now)
        fault(f, "ends_at", ERR_TIME_IN_PAST);
}

DB_SQL(rhythm_add, "INSERT INTO service_rhythm (tenant_id, id, service_id, days, opens, closes, capacity, made_until, ends_at, created_at, "
                   "rests) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")

/* begins: the first day that may have a slot; 0: today. */
static err rhythm_put(struct req *r, int64_t service, const struct rhythm_body *in, ms begins)
{
    int64_t first = ((begins ? begins : r->now) + (ms)r->app->zone_minutes * MS_MINUTE) / MS_DAY;
    TRY(db_exec(r->db, &rhythm_add, DB_ARGS(I64(r->tenant), I64(id_new()), I64(service), TEXT(in->days), I64(in->opens), I64(in->closes), I64(in->capacity),
                                            I64(first - 1), TIME(in->ends_at), TIME(r->now), BOOL(in->rests)), NULL));
    TRY(rhythms_go_on(r->db, r->app, r->arena, service, r->now));
    return audit_record(r, "service.rhythm", "service", service,
                        str_fmt(r->arena, "{\"days\":\"%.*s\",\"opens\":%lld,\"closes\":%lld,\"capacity\":%lld}", STR_ARG(in->days), (long long)in->opens,
                                (long long)in->closes, (long long)in->capacity));
}

/* What a service must be whoever enters it; before: what it was, whose category may have left the setting. */
static void check(struct req *r, const struct service *s, const struct service *before, struct faults *f)
{
    struct list                 categories = exchange_categories(r);
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        area = unit_in_use(u, AREA_UNIT(s->area_id));
    unit_release(u);
    if (!s->title.len)
        fault(f, "title", ERR_REQUIRED);
    if (!s->category.len)
        fault(f, "category", ERR_REQUIRED);
    else if (!category_of(&categories, s->category) && !(before && str_eq(s->category, before->category)))
        fault(f, "category", ERR_NOT_A_CHOICE);
    if (!area)
        fault(f, "area_id", ERR_UNKNOWN_REFERENCE);
    if (s->price == PRICE_FREE && s->price_fen)
        fault(f, "price_fen", ERR_NOT_A_CHOICE);
    if (s->waits && !s->slotted)
        fault(f, "waits", ERR_NOT_A_CHOICE);
}

static struct service service_of(const struct service_new *in, int64_t area, ms now)
{
    return (struct service){ .id = id_new(), .org_id = in->org_id, .price = in->price ? in->price : PRICE_FREE, .price_fen = in->price_fen,
                             .lead_hours = in->lead_hours, .area_id = in->area_id ? in->area_id : area, .place = in->place ? in->place : PLACE_THERE,
                             .minutes = in->minutes ? in->minutes : 60, .waits = in->waits, .state = SERVICE_OFFERED, .title = in->title, .text = in->text,
                             .category = in->category, .audience = in->audience, .price_per = in->price_per, .bring = in->bring, .address = in->address,
                             .lon = in->at.set ? in->at.lon : 0, .lat = in->at.set ? in->at.lat : 0, .slotted = in->slotted, .reviewed = in->reviewed,
                             .is_public = in->is_public, .created_at = now, .version = 1 };
}

static struct rhythm_body rhythm_of(const struct service_new *in)
{
    return (struct rhythm_body){ in->days.len ? in->days : STR("1234567"), in->opens, in->closes, in->capacity, in->ends_at, false };
}

static bool has_rhythm(const struct service_new *in)
{
    return in->days.len || in->opens || in->closes || in->capacity || in->begins_at || in->ends_at;
}

/* Whose it is, and that the caller may; *area: that organisation's own. */
static void check_org(struct req *r, int64_t org, int64_t *area, struct faults *f)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        there = unit_in_use(u, ORG_UNIT(org));
    *area = there ? unit_area_of(u, ORG_UNIT(org)) : 0;
    *area = *area ? *area : unit_root(u);
    unit_release(u);
    if (!there)
        fault(f, "org_id", ERR_UNKNOWN_REFERENCE);
    else if (!req_may(r, PERM_OFFER_MANAGE, ORG_UNIT(org)))
        fault(f, "org_id", ERR_NOT_ALLOWED);
}

err service_add(struct req *r, const struct service_new *in, bool dry_run, struct faults *faults, int64_t *id)
{
    struct rhythm_body y = rhythm_of(in);
    bool               rhythm = has_rhythm(in);
    size_t             had = faults->len;
    int64_t            area;
    check_org(r, in->org_id, &area, faults);
    struct service s = service_of(in, area, r->now);
    *id = s.id;
    s.slotted = s.slotted || rhythm;
    check(r, &s, NULL, faults);
    if (rhythm)
        check_rhythm(&y, r->now, faults);
    if (in->begins_at && in->ends_at && in->ends_at <= in->begins_at)
        fault(faults, "ends_at", ERR_PERIOD);
    if (faults->len > had)
        return FAIL(ERR_INVALID);
    if (dry_run)
        return OK;
    TRY(service_insert(r->db, r->arena, r->tenant, &s, r->caller.account));
    TRY(audit_record(r, "service.create", "service", s.id, service_json(r->arena, &s)));
    return rhythm ? rhythm_put(r, s.id, &y, in->begins_at) : OK;
}

static err create_service(struct req *r)
{
    const struct service_new   *in = r->body;
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        there = unit_in_use(u, ORG_UNIT(in->org_id));
    int64_t                     id;
    unit_release(u);
    if (there)
        TRY(req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(in->org_id)));
    TRY(service_add(r, in, false, &r->faults, &id));
    return answer(r, id, true);
}

/* The service of an id, with the right to change it. */
static err own(struct req *r, int64_t id, struct service *s)
{
    TRY(service_get(r->db, r->arena, r->tenant, id, s));
    return req_allow(r, PERM_OFFER_MANAGE, ORG_UNIT(s->org_id));
}

#define TAKE(m) do { if (GIVEN(m)) s->m = in->m; } while (0)
static void take_words(struct req *r, const struct service_new *in, struct service *s)
{
    TAKE(title);
    TAKE(text);
    TAKE(category);
    TAKE(audience);
    TAKE(price_per);
    TAKE(bring);
    TAKE(address);
}

static void take_rules(struct req *r, const struct service_new *in, struct service *s)
{
    if (GIVEN(price))
        s->price = in->price ? in->price : PRICE_FREE;
    TAKE(price_fen);
    TAKE(lead_hours);
    if (GIVEN(minutes) && in->minutes)
        s->minutes = in->minutes;
    TAKE(slotted);
    TAKE(reviewed);
    TAKE(waits);
    TAKE(is_public);
}

static void take_where(struct req *r, const struct service_new *in, struct service *s)
{
    if (GIVEN(area_id) && in->area_id)
        s->area_id = in->area_id;
    if (GIVEN(place) && in->place)
        s->place = in->place;
    if (GIVEN(at)) {
        s->lon = in->at.set ? in->at.lon : 0;
        s->lat = in->at.set ? in->at.lat : 0;
    }
}

static err change_service(struct req *r)
{
    struct service before, s;
    int64_t        open = 0;
    TRY(own(r, r->path[0], &before));
    TRY(req_version_needed(r, before.version));
    if (before.state == SERVICE_WITHDRAWN)
        return FAIL(ERR_WRONG_STATE);
    s = before;
    take_words(r, r->body, &s);
    take_rules(r, r->body, &s);
    take_where(r, r->body, &s);
    check(r, &s, &before, &r->faults);
    TRY(db_number(r->db, &orders_open_of, DB_ARGS(I64(r->tenant), I64(s.id)), &open));
    if (open && s.place != before.place)
        req_fault(r, "place", ERR_RESERVED);
    if (open && s.slotted != before.slotted)
        req_fault(r, "slotted", ERR_RESERVED);
    TRY(req_faults(r));
    TRY(service_update(r->db, r->arena, r->tenant, &s, r->now));
    TRY(audit_record(r, "service.change", "service", s.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(service_json(r->arena, &before)), STR_ARG(service_json(r->arena, &s)))));
    return answer(r, s.id, false);
}

static err turn(struct req *r, unsigned from, enum service_state to, const char *action)
{
    struct service s;
    int64_t        open = 0;
    TRY(own(r, r->path[0], &s));
    TRY(req_version(r, s.version));
    if (!(from & 1u << s.state))
        return FAIL(ERR_WRONG_STATE);
    if (to == SERVICE_WITHDRAWN)
        TRY(db_number(r->db, &orders_open_of, DB_ARGS(I64(r->tenant), I64(s.id)), &open));
    if (open)
        return FAIL(ERR_RESERVED);
    s.state = to;
    TRY(service_update(r->db, r->arena, r->tenant, &s, r->now));
    TRY(audit_record(r, action, "service", s.id, service_json(r->arena, &s)));
    return answer(r, s.id, false);
}

static err pause_service(struct req *r)
{
    return turn(r, 1u << SERVICE_OFFERED, SERVICE_PAUSED, "service.pause");
}

static err offer_service(struct req *r)
{
    return turn(r, 1u << SERVICE_PAUSED, SERVICE_OFFERED, "service.offer");
}

static err withdraw_service(struct req *r)
{
    return turn(r, 1u << SERVICE_OFFERED | 1u << SERVICE_PAUSED, SERVICE_WITHDRAWN, "service.withdraw");
}

/* ---- slots ---- */

struct slot_body { int64_t capacity; ms begins_at, ends_at; };
static const struct field slot_fields[] = {
    FIELD_TIME(struct slot_body, begins_at, REQUIRED, "From"), FIELD_TIME(struct slot_body, ends_at, REQUIRED, "Until, exclusive"),
    FIELD_I64(struct slot_body, capacity, 1, 10000, REQUIRED, "Places"), FIELD_END
};

static err slotted_own(struct req *r, int64_t id, struct service *s)
{
    TRY(own(r, id, s));
    return s->slotted && s->state != SERVICE_WITHDRAWN ? OK : FAIL(ERR_WRONG_STATE);
}

static struct str slot_json(struct req *r, const struct slot *t)
{
    return str_fmt(r->arena, "{\"slot\":\"%lld\",\"begins_at\":%lld,\"capacity\":%lld,\"taken\":%lld,\"waiting\":%lld}", (long long)t->id,
                   (long long)t->begins_at, (long long)t->capacity, (long long)t->taken, (long long)t->waiting);
}

static err add_slot(struct req *r)
{
    const struct slot_body *in = r->body;
    struct service          s;
    struct slot             t = { .id = id_new(), .service_id = r->path[0], .begins_at = in->begins_at, .ends_at = in->ends_at, .capacity = in->capacity };
    bool                    overlaps = false;
    TRY(slotted_own(r, r->path[0], &s));
    if (in->ends_at <= in->begins_at || in->ends_at - in->begins_at > MS_DAY)
        req_fault(r, "ends_at", ERR_PERIOD);
    if (in->ends_at <= r->now)
        req_fault(r, "begins_at", ERR_TIME_IN_PAST);
    if (in->begins_at > r->now + ORDER_AHEAD_MOST)
        req_fault(r, "begins_at", ERR_TOO_BIG);
    TRY(req_faults(r));
    TRY(slot_overlaps(r->db, r->tenant, s.id, t.begins_at, t.ends_at, 0, &overlaps));
    if (overlaps)
        return FAIL_AT(ERR_SLOT_OVERLAPS, "begins_at");
    TRY(slot_insert(r->db, r->tenant, &t, r->now));
    TRY(audit_record(r, "service.slot", "service", s.id, slot_json(r, &t)));
    return answer(r, s.id, true);
}

static err open_slot(struct req *r, struct service *s, struct slot *t)
{
    TRY(slot_get(r->db, r->arena, r->tenant, r->path[0], t));
    TRY(own(r, t->service_id, s));
    return t->state == SLOT_OPEN ? OK : FAIL(ERR_SLOT_CLOSED);
}

struct capacity_body { int64_t capacity; };
static const struct field capacity_fields[] = { FIELD_I64(struct capacity_body, capacity, 1, 10000, REQUIRED, "Places"), FIELD_END };

static err change_slot(struct req *r)
{
    struct service s;
    struct slot    t;
    TRY(open_slot(r, &s, &t));
    TRY(req_version(r, t.version));
    t.capacity = ((const struct capacity_body *)r->body)->capacity;
    if (t.capacity < t.taken)
        return FAIL_AT(ERR_RESERVED, "capacity");
    TRY(slot_fill(r, &s, &t));
    TRY(audit_record(r, "service.slot_change", "service", s.id, slot_json(r, &t)));
    return answer(r, s.id, false);
}

struct why_body { struct str reason; };
static const struct field why_fields[] = { FIELD_STR(struct why_body, reason, 1, 200, REQUIRED, "Why; everybody in it is told"), FIELD_END };

/* One note for all who have to be telephoned. */
static struct str close_words(struct req *r, const struct service *s, const struct slot *t, int64_t many)
{
    struct order o = { .begins_at = t->begins_at, .reason = str_fmt(r->arena, "× %lld", (long long)many) };
    return order_words(r, s, &o);
}

/* Everybody in it is told, their orders end. */
static err close_slot(struct req *r)
{
    struct service s;
    struct slot    t;
    struct list    orders;
    int64_t        to_tell = 0;
    TRY(open_slot(r, &s, &t));
    TRY(orders_of_slot(r->db, r->arena, r->tenant, t.id, &orders));
    struct order *o = orders.at;
    for (size_t i = 0; i < orders.len; i++) {
        if (o[i].state == ORDER_UNDER_WAY)
            return FAIL(ERR_RESERVED);
        o[i].state = ORDER_CANCELLED;
        o[i].placed = false;
        o[i].ended_at = r->now;
        o[i].reason = ((const struct why_body *)r->body)->reason;
        TRY(order_tell(r, &s, &o[i], "order.yours_off"));
        TRY(order_update(r->db, r->tenant, &o[i], r->now));
        to_tell += o[i].to_tell;
    }
    if (to_tell)
        TRY(notify_unit(r, AREA_UNIT(s.area_id), PERM_ORDER_ENTER, "order.tell", "service", s.id, close_words(r, &s, &t, to_tell)));
    TRY(audit_record(r, "service.slot_close", "service", s.id, slot_json(r, &t)));
    t.state = SLOT_CLOSED;
    t.taken = t.waiting = 0;
    t.reason = ((const struct why_body *)r->body)->reason;
    TRY(slot_update(r->db, r->tenant, &t));
    return answer(r, s.id, false);
}

/* ---- rhythms ---- */

static const struct field rhythm_fields[] = {
    FIELD_STR(struct rhythm_body, days, 1, 7, REQUIRED, "Days of the week, 1 Monday to 7 Sunday, such as 24"),
    FIELD_I64(struct rhythm_body, opens, 0, 1439, REQUIRED, "Minute of the day"), FIELD_I64(struct rhythm_body, closes, 1, 1440, REQUIRED, "Minute of the day"),
    FIELD_I64(struct rhythm_body, capacity, 1, 10000, REQUIRED, "Places of each slot"), FIELD_TIME(struct rhythm_body, ends_at, 0, "No slots from then on"),
    FIELD_BOOL(struct rhythm_body, rests, 0, "None on public holidays of the district's calendar"),
    FIELD_END
};
DB_SQL(rhythm_made, "UPDATE service_rhythm SET made_until = $3 WHERE tenant_id = $1 AND id = $2")
DB_SQL(rhythm_one, RHYTHM_SELECT "id = $2")
DB_SQL(rhythm_end, "DELETE FROM service_rhythm WHERE tenant_id = $1 AND id = $2")

/* One day: a slot unless it is over, another one stands there, or the rhythm rests on holidays. */
static err rhythm_day(struct db_conn *c, struct app *app, const struct rhythm *y, int64_t day, ms now)
{
    struct slot t = { .id = id_new(), .service_id = y->service_id, .rhythm_id = y->id, .capacity = y->capacity };
    bool        overlaps = false;
    if (!rhythm_on(y, day, app->zone_minutes, &t.begins_at, &t.ends_at) || t.begins_at <= now ||
        (y->rests && clock_holiday(app, t.begins_at)))
        return OK;
    TRY(slot_overlaps(c, app->tenant, y->service_id, t.begins_at, t.ends_at, 0, &overlaps));
    return overlaps ? OK : slot_insert(c, app->tenant, &t, now);
}

DB_SQL(slot_untouched,
       "SELECT t.id, t.begins_at FROM service_slot t WHERE t.tenant_id = $1 AND t.service_id = $2 AND t.rhythm_id = $3 AND t.state = 1 AND t.begins_at > $4 "
       "AND NOT EXISTS (SELECT 1 FROM service_order o WHERE o.tenant_id = t.tenant_id AND o.slot_id = t.id)")
DB_SQL(slot_delete, "DELETE FROM service_slot WHERE tenant_id = $1 AND id = $2")

/* The next year's holidays are published when its first slots are made already: those nobody has ordered go. Ordered ones stay, until
 * the provider closes them, which tells whoever is in them. */
static err rhythm_rests(struct db_conn *c, struct app *app, struct arena *a, const struct rhythm *y, ms now)
{
    struct untouched { int64_t id; ms begins_at; };
    static const struct field map[] = { FIELD_ID(struct untouched, id, 0, ""), FIELD_TIME(struct untouched, begins_at, 0, ""), FIELD_END };
    struct list               rows;
    TRY(db_all(c, a, &slot_untouched, DB_ARGS(I64(app->tenant), I64(y->service_id), I64(y->id), TIME(now)), map, sizeof(struct untouched), 0, &rows));
    const struct untouched *t = rows.at;
    for (size_t i = 0; i < rows.len; i++)
        if (clock_holiday(app, t[i].begins_at))
            TRY(db_exec(c, &slot_delete, DB_ARGS(I64(app->tenant), I64(t[i].id)), NULL));
    return OK;
}

err rhythms_go_on(struct db_conn *c, struct app *app, struct arena *a, int64_t service, ms now)
{
    struct list rows;
    int64_t     today = (now + (ms)app->zone_minutes * MS_MINUTE) / MS_DAY, until = today + setting_i64(app, "service.ahead_days", now);
    TRY(db_all(c, a, &rhythm_list, DB_ARGS(I64(app->tenant), I64(service)), rhythm_map, sizeof(struct rhythm), RHYTHMS_MOST, &rows));
    const struct rhythm *y = rows.at;
    for (size_t i = 0; i < rows.len; i++) {
        if (y[i].rests)
            TRY(rhythm_rests(c, app, a, &y[i], now));
        for (int64_t day = y[i].made_until + 1 > today ? y[i].made_until + 1 : today; day <= until; day++)
            TRY(rhythm_day(c, app, &y[i], day, now));
        if (until > y[i].made_until)
            TRY(db_exec(c, &rhythm_made, DB_ARGS(I64(app->tenant), I64(y[i].id), I64(until)), NULL));
    }
    return OK;
}

static err add_rhythm(struct req *r)
{
    struct service s;
    struct list    rows;
    TRY(slotted_own(r, r->path[0], &s));
    check_rhythm(r->body, r->now, &r->faults);
    TRY(req_faults(r));
    TRY(db_all(r->db, r->arena, &rhythm_list, DB_ARGS(I64(r->tenant), I64(s.id)), rhythm_map, sizeof(struct rhythm), RHYTHMS_MOST, &rows));
    if (rows.len == RHYTHMS_MOST)
        return FAIL(ERR_TOO_MANY);
    TRY(rhythm_put(r, s.id, r->body, 0));
    return answer(r, s.id, true);
}

/* Slots that are made already stay: they are closed one by one, which tells those in them. */
static err end_rhythm(struct req *r)
{
    struct rhythm  y;
    struct service s;
    TRY(db_one(r->db, r->arena, &rhythm_one, DB_ARGS(I64(r->tenant), I64(r->path[0])), rhythm_map, &y));
    TRY(own(r, y.service_id, &s));
    TRY(db_exec(r->db, &rhythm_end, DB_ARGS(I64(r->tenant), I64(y.id)), NULL));
    TRY(audit_record(r, "service.rhythm_end", "service", s.id, STR_NONE));
    return reply_none(r);
}

/* ---- routes ---- */

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "service"
#define MANAGE .perm = PERM_OFFER_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "service"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = view_fields
#define MADE   .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED, .reply = view_fields

const struct route service_menu_routes[] = {
    { GET, "/api/v1/services", list_services, READ, ROUTE_QUERY(struct query, query_fields), .reply_kind = REPLY_LIST, .reply = service_item_fields,
      .summary = "Services on the menu, the newest first" },
    { GET, "/api/v1/services/export", export_services, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "service", ROUTE_QUERY(struct query, file_query_fields),
      .reply_kind = REPLY_BYTES, .reply_type = "text/csv", .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE), .summary = "The rows of the list as a CSV file or an Excel workbook; at most 10,000" },
    { POST, "/api/v1/services", create_service, MANAGE, ROUTE_BODY(struct service_new, create_fields), MADE, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE),
      .summary = "Put a service on the menu" },
    { GET, "/api/v1/services/:id", get_service, READ, VIEW, .summary = "One service, with its slots" },
    { PATCH, "/api/v1/services/:id", change_service, MANAGE, ROUTE_BODY(struct service_new, change_fields), VIEW,
      ROUTE_ERRORS(ERR_RESERVED, ERR_WRONG_STATE), .summary = "Change a service (If-Match); where and how it is ordered only while nobody has ordered it" },
    { POST, "/api/v1/services/:id/pause", pause_service, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Take it off the menu for a time; orders stand" },
    { POST, "/api/v1/services/:id/offer", offer_service, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE), .summary = "Put a paused service on the menu again" },
    { POST, "/api/v1/services/:id/withdraw", withdraw_service, MANAGE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE, ERR_RESERVED),
      .summary = "Withdraw it; not while orders of it are open" },
    { POST, "/api/v1/services/:id/slots", add_slot, MANAGE, ROUTE_BODY(struct slot_body, slot_fields), MADE,
      ROUTE_ERRORS(ERR_TIME_IN_PAST, ERR_SLOT_OVERLAPS, ERR_WRONG_STATE), .summary = "Add a slot: a day and time at which so many can be served" },
    { PATCH, "/api/v1/service-slots/:id", change_slot, MANAGE, ROUTE_BODY(struct capacity_body, capacity_fields), VIEW,
      ROUTE_ERRORS(ERR_RESERVED, ERR_SLOT_CLOSED), .summary = "Change how many it serves; who waits moves up" },
    { POST, "/api/v1/service-slots/:id/close", close_slot, MANAGE, ROUTE_BODY(struct why_body, why_fields), VIEW,
      ROUTE_ERRORS(ERR_SLOT_CLOSED, ERR_RESERVED), .summary = "Close a slot: everybody in it is told" },
    { POST, "/api/v1/services/:id/rhythms", add_rhythm, MANAGE, ROUTE_BODY(struct rhythm_body, rhythm_fields), MADE,
      ROUTE_ERRORS(ERR_TIME_IN_PAST, ERR_WRONG_STATE), .summary = "Have slots made ahead, such as every Tuesday from 9 to 11" },
    { DELETE, "/api/v1/service-rhythms/:id", end_rhythm, MANAGE, .reply_kind = REPLY_NONE, .summary = "Make no more slots; those that are made stay" },
    ROUTE_END
};
