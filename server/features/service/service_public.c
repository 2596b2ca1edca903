/* service_public.c: the menu for residents: what is on it, by category and community, and when there is room. Nobody's orders. */
#include "service_inside.h"

#include <stdlib.h>

#include "../search/search.h"

enum { MENU_MOST = 500, SCAN_MOST = 4000 };

struct query { struct str text, category; int64_t area, org, alliance; };
static const struct field query_fields[] = {
    FIELD_STR(struct query, text, 1, 100, 0, "Part of the line"), FIELD_STR(struct query, category, 1, 40, 0, "Only of this category, or one below it"),
    FIELD_ID(struct query, area, 0, "Only those that serve this area, or a part of it"), FIELD_ID(struct query, org, 0, "Only of this public organisation"),
    FIELD_ID(struct query, alliance, 0, "Only of members of this public alliance"), FIELD_END
};
static const char *const fragments[] = { " AND s.org_id = $3", NULL };
static const char *const tails[] = { " ORDER BY s.id DESC LIMIT 500", NULL };
DB_FAMILY(menu_rows, "SELECT " SERVICE_COLUMNS " FROM service s WHERE s.tenant_id = $1 AND s.id < $2 AND s.state = 1 AND s.public = 1", fragments, tails)

static bool wanted(struct req *r, const struct list *categories, const struct service *s)
{
    const struct query *q = r->query;
    if (!exchange_category_wanted(categories, q->category, s->category) || (q->area && !exchange_serves(r, s->area_id, q->area)))
        return false;
    struct str text = q->text.ptr ? search_fold(r->arena, q->text) : STR_NONE, title = search_fold(r->arena, s->title);
    return !text.len || memmem(title.ptr, title.len, text.ptr, text.len) != NULL;
}

struct menu { struct list categories; struct service_item *at; size_t n; };

/* What is wanted of the whole menu, or (org) of one organisation's. */
static err read_menu(struct req *r, int64_t org, struct menu *m)
{
    int64_t last = INT64_MAX;
    bool    more = true;
    for (size_t seen = 0; more && seen < SCAN_MOST; seen += MENU_MOST) {
        struct db_rows found;
        struct list    rows;
        TRY(db_query_family(r->db, &menu_rows, org ? 1 : 0, 0, DB_ARGS(I64(r->tenant), I64(last), I64(org)), &found));
        TRY(db_take(&found, r->arena, service_map, sizeof(struct service), MENU_MOST, &rows));
        const struct service *s = rows.at;
        for (size_t i = 0; i < rows.len && m->n < MENU_MOST; i++) {
            last = s[i].id;
            if (wanted(r, &m->categories, &s[i]))
                TRY(service_item_of(r, &m->categories, &s[i], &m->at[m->n++]));
        }
        more = rows.len == MENU_MOST && m->n < MENU_MOST;
    }
    return OK;
}

void service_name_publicly(struct req *r, struct service_item *of, size_t n)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    for (size_t i = 0; i < n; i++)
        if (!unit_is_public(u, ORG_UNIT(of[i].org_id)))
            of[i].org_name = STR("");
    unit_release(u);
}

static int newest(const void *x, const void *y)
{
    const struct service_item *a = x, *b = y;
    return (a->id < b->id) - (a->id > b->id);
}

static err list_menu(struct req *r)
{
    const struct query   *q = r->query;
    struct menu           m = { exchange_categories(r), ARENA_ARRAY(r->arena, MENU_MOST, struct service_item), 0 };
    struct exchange_whose whose = { .by_org = false };
    if (q->org || q->alliance)
        TRY(exchange_whose(r, 0, q->org, q->alliance, &whose));
    if (!whose.by_org)
        TRY(read_menu(r, 0, &m));
    for (size_t i = 0; i < whose.orgs.len; i++)
        TRY(read_menu(r, whose.orgs.at[i], &m));
    qsort(m.at, m.n, sizeof *m.at, newest);
    service_name_publicly(r, m.at, m.n);
    return reply_list(r, service_item_fields, sizeof *m.at, (struct list){ m.at, m.n }, STR_NONE);
}

struct free_slot { int64_t id, free, waiting; bool full; ms begins_at, ends_at; };
static const struct field slot_fields[] = {
    FIELD_ID(struct free_slot, id, REQUIRED, "Slot"), FIELD_TIME(struct free_slot, begins_at, REQUIRED, "From"),
    FIELD_TIME(struct free_slot, ends_at, REQUIRED, "Until, exclusive"), FIELD_I64(struct free_slot, free, 0, 0, REQUIRED, "Free places"),
    FIELD_I64(struct free_slot, waiting, 0, 0, REQUIRED, "How many wait"), FIELD_BOOL(struct free_slot, full, REQUIRED, "Neither a place nor a turn is left"),
    FIELD_END
};
struct area_choice { int64_t id; struct str name; };
static const struct field area_fields[] = {
    FIELD_ID(struct area_choice, id, REQUIRED, "Area"), FIELD_STR(struct area_choice, name, 0, 0, REQUIRED, "Its name"), FIELD_END
};
struct menu_view { struct service_item *service; struct str text, bring; struct list slots, areas; };
static const struct field menu_fields[] = {
    FIELD_OBJECT(struct menu_view, service, service_item_fields, struct service_item, REQUIRED, "The service"),
    FIELD_STR(struct menu_view, text, 0, 0, 0, "What it is"), FIELD_STR(struct menu_view, bring, 0, 0, 0, "What to bring"),
    FIELD_LIST(struct menu_view, slots, slot_fields, struct free_slot, 0, 0, REQUIRED, "Slots that can still be ordered, full ones too"),
    FIELD_LIST(struct menu_view, areas, area_fields, struct area_choice, 0, 0, REQUIRED, "Communities it serves"), FIELD_END
};

static void read_areas(struct req *r, int64_t area, struct list *out)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct ids                  sub = unit_subtree(u, r->arena, AREA_UNIT(area));
    struct area_choice         *at = ARENA_ARRAY(r->arena, sub.len + 1, struct area_choice);
    size_t                      n = 0;
    for (size_t i = 0; i < sub.len; i++)
        if (str_is(unit_kind_of(u, AREA_UNIT(sub.at[i])), "community") && unit_in_use(u, AREA_UNIT(sub.at[i])))
            at[n++] = (struct area_choice){ sub.at[i], str_copy(r->arena, unit_name(u, AREA_UNIT(sub.at[i]))) };
    unit_release(u);
    *out = (struct list){ at, n };
}

static err get_menu(struct req *r)
{
    struct list      categories = exchange_categories(r), slots;
    struct service   s;
    struct menu_view v = { .service = ARENA_NEW(r->arena, struct service_item) };
    size_t           n = 0;
    TRY(service_get(r->db, r->arena, r->tenant, r->path[0], &s));
    if (s.state != SERVICE_OFFERED || !s.is_public)
        return FAIL(ERR_NOT_FOUND);
    TRY(service_item_of(r, &categories, &s, v.service));
    service_name_publicly(r, v.service, 1);
    TRY(slots_of(r->db, r->arena, r->tenant, s.id, r->now, true, &slots));
    const struct slot *t = slots.at;
    struct free_slot  *at = ARENA_ARRAY(r->arena, slots.len + 1, struct free_slot);
    for (size_t i = 0; i < slots.len; i++)
        if (!s.lead_hours || t[i].begins_at - s.lead_hours * MS_HOUR > r->now)
            at[n++] = (struct free_slot){ t[i].id, t[i].capacity - t[i].taken, t[i].waiting, slot_room(&t[i], s.waits) == ROOM_FULL, t[i].begins_at, t[i].ends_at };
    v.slots = (struct list){ at, n };
    v.text = s.text;
    v.bring = s.bring;
    read_areas(r, s.area_id, &v.areas);
    return reply_view(r, menu_fields, &v, 0);
}

const struct route service_public_routes[] = {
    { GET, "/api/v1/public/services", list_menu, .perm = PERM_PUBLIC, .tx = TX_READ, .tag = "service", ROUTE_QUERY(struct query, query_fields),
      .reply_kind = REPLY_LIST, .reply = service_item_fields, ROUTE_ERRORS(ERR_NOT_FOUND), .summary = "The residents' menu, the newest first; at most 500" },
    { GET, "/api/v1/public/services/:id", get_menu, .perm = PERM_PUBLIC, .tx = TX_READ, .tag = "service", .reply_kind = REPLY_VIEW, .reply = menu_fields,
      .summary = "One service of the menu, with its free slots" },
    ROUTE_END
};
