/* exchange_public.c: what everybody may see of the lists: needs and resources marked so, of an area, a public organisation or a public alliance. No
 * person, no words but the line, and no organisation that is not public itself: whoever wants to help, or to have something, asks the community. */
#include "exchange_inside.h"

#include "../alliance/alliance.h"

DB_SQL(public_needs_all, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.state IN (2, 3) AND n.public = 1" NEED_URGENT "$2")
DB_SQL(public_needs_area, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.area_id = $2 AND n.state IN (2, 3) AND n.public = 1" NEED_URGENT "60")
DB_SQL(public_needs_org, "SELECT " NEED_COLUMNS " FROM need n WHERE n.tenant_id = $1 AND n.unit_id = $2 AND n.state IN (2, 3) AND n.public = 1 ORDER BY n.id LIMIT 60")
#define OPEN_TO_ALL "n.state = 1 AND n.public = 1 AND (n.again = 1 OR n.used + n.reserved < n.quantity) AND (n.ends_at IS NULL OR n.ends_at > $3) ORDER BY n.id LIMIT "
DB_SQL(public_offers_all, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND " OPEN_TO_ALL "$2")
DB_SQL(public_offers_area, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND n.area_id = $2 AND " OPEN_TO_ALL "60")
DB_SQL(public_offers_org, "SELECT " RESOURCE_COLUMNS " FROM resource n WHERE n.tenant_id = $1 AND n.org_id = $2 AND " OPEN_TO_ALL "60")

static const struct sift needs_in_area = { &public_needs_all, &public_needs_area, need_map, sizeof(struct need), offsetof(struct need, area_id), need_by_urgency };
static const struct sift needs_of_org = { NULL, &public_needs_org, need_map, sizeof(struct need), 0, need_by_urgency };
static const struct sift offers_in_area = { &public_offers_all, &public_offers_area, resource_map, sizeof(struct resource), offsetof(struct resource, area_id), resource_by_age };
static const struct sift offers_of_org = { NULL, &public_offers_org, resource_map, sizeof(struct resource), 0, resource_by_age };

/* ---- what is answered ---- */

struct line { struct str title, category_zh, category_en, unit, who, area_name, contact_name, days; int64_t id, quantity, helps, opens, closes, contact_id; int urgency; ms begins_at, ends_at; bool again; };
#define LINE_FIELDS                                                                                                                     \
    FIELD_ID(struct line, id, REQUIRED, "Id"), FIELD_STR(struct line, title, 0, 0, REQUIRED, "In a line"),                                   \
    FIELD_STR(struct line, category_zh, 0, 0, REQUIRED, "Category, Chinese"), FIELD_STR(struct line, category_en, 0, 0, REQUIRED, "Category, English"),   \
    FIELD_I64(struct line, quantity, 0, 0, REQUIRED, "How much is still wanted, or free"), FIELD_STR(struct line, unit, 0, 0, 0, "Of what, in words"),   \
    FIELD_STR(struct line, who, 0, 0, 0, "Who asks or offers; null: an organisation that is not public"),                                    \
    FIELD_STR(struct line, area_name, 0, 0, REQUIRED, "Where"), FIELD_TIME(struct line, begins_at, 0, "From"), FIELD_TIME(struct line, ends_at, 0, "Until"),   \
    FIELD_ID(struct line, contact_id, REQUIRED, "The community to ask; see /public/directory/{id}"),                                         \
    FIELD_STR(struct line, contact_name, 0, 0, REQUIRED, "Its name")
static const struct field need_fields[] = {
    LINE_FIELDS, FIELD_WORD(struct line, urgency, urgency_words, REQUIRED, "How urgent"), FIELD_I64(struct line, helps, 0, 0, REQUIRED, "How many it helps; 0: not said"), FIELD_END
};
static const struct field offer_fields[] = {
    LINE_FIELDS, FIELD_BOOL(struct line, again, REQUIRED, "Free again after each use"), FIELD_STR(struct line, days, 0, 0, 0, "Days of the week, such as 12345; null: any"),
    FIELD_I64(struct line, opens, 0, 0, REQUIRED, "Minute of the day from which it is free"),
    FIELD_I64(struct line, closes, 0, 0, REQUIRED, "Minute of the day until which it is free; 0: midnight"), FIELD_END
};
struct lists { struct str name; struct list needs, offers; };
static const struct field lists_fields[] = {
    FIELD_STR(struct lists, name, 0, 0, REQUIRED, "Whose lists"), FIELD_LIST(struct lists, needs, need_fields, struct line, 0, 0, REQUIRED, "What is asked for, the most urgent first; at most 60"),
    { .name = "resources", .kind = KIND_LIST, .offset = offsetof(struct lists, offers), .sub = offer_fields, .size = sizeof(struct line), .flags = REQUIRED,
      .doc = "What is offered; at most 60" }, FIELD_END
};

/* Who asks or offers, when everybody may know; the community that is asked about it: of an organisation its own. */
static void say_who(struct req *r, struct line *l, struct unit_ref unit, int64_t area)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    int64_t                     home = unit_area_of(u, unit), community = unit_above_of_kind(u, home ? home : area, "community");
    l->contact_id = community ? community : area;
    l->contact_name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, l->contact_id }));
    l->area_name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, area }));
    l->who = unit.kind == UNIT_AREA || unit_is_public(u, unit) ? str_copy(r->arena, unit_name(u, unit)) : STR_NONE;
    unit_release(u);
}

static void say_category(const struct list *categories, struct line *l, struct str code)
{
    const struct category *c = category_of(categories, code);
    l->category_zh = c ? c->zh : code;
    l->category_en = c ? c->en : code;
}

static struct list need_lines(struct req *r, const struct list *rows)
{
    struct list        categories = exchange_categories(r);
    const struct need *n = rows->at;
    struct line       *l = ARENA_ARRAY(r->arena, rows->len + 1, struct line);
    for (size_t i = 0; i < rows->len; i++) {
        l[i] = (struct line){ .id = n[i].id, .title = n[i].title, .quantity = n[i].quantity - n[i].claimed, .unit = n[i].unit, .begins_at = n[i].begins_at,
                              .ends_at = n[i].ends_at, .urgency = (int)n[i].urgency, .helps = n[i].helps };
        say_who(r, &l[i], NEED_UNIT(&n[i]), n[i].area_id);
        say_category(&categories, &l[i], n[i].category);
    }
    return (struct list){ l, rows->len };
}

static struct list offer_lines(struct req *r, const struct list *rows)
{
    struct list            categories = exchange_categories(r);
    const struct resource *s = rows->at;
    struct line           *l = ARENA_ARRAY(r->arena, rows->len + 1, struct line);
    for (size_t i = 0; i < rows->len; i++) {
        l[i] = (struct line){ .id = s[i].id, .title = s[i].title, .quantity = s[i].again ? s[i].quantity : s[i].quantity - s[i].reserved - s[i].used,
                              .unit = s[i].unit, .begins_at = s[i].begins_at, .ends_at = s[i].ends_at, .again = s[i].again, .days = s[i].days,
                              .opens = s[i].opens, .closes = s[i].closes };
        say_who(r, &l[i], ORG_UNIT(s[i].org_id), s[i].area_id);
        say_category(&categories, &l[i], s[i].category);
    }
    return (struct list){ l, rows->len };
}

/* ---- whose lists ---- */

static err of_orgs(struct req *r, const struct ids *orgs, struct lists *v)
{
    struct list needs, offers;
    TRY(exchange_sift_each(r, &needs_of_org, orgs, &needs));
    TRY(exchange_sift_each(r, &offers_of_org, orgs, &offers));
    v->needs = need_lines(r, &needs);
    v->offers = offer_lines(r, &offers);
    return OK;
}

static err of_area(struct req *r, int64_t area, struct lists *v)
{
    struct exchange_place p = exchange_place_of(r, area);
    struct list           needs, offers;
    TRY(exchange_sift(r, &needs_in_area, &p, &p.below, &needs));
    TRY(exchange_sift(r, &offers_in_area, &p, &p.around, &offers));
    v->needs = need_lines(r, &needs);
    v->offers = offer_lines(r, &offers);
    return OK;
}

static err whose_org(struct req *r, int64_t org, struct exchange_whose *out)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        open = unit_in_use(u, ORG_UNIT(org)) && unit_is_public(u, ORG_UNIT(org));
    int64_t                    *own = ARENA_NEW(r->arena, int64_t);
    unit_release(u);
    *own = org;
    out->orgs = (struct ids){ own, 1 };
    out->name = unit_name_of(r, UNIT_ORG, org);
    return open ? OK : FAIL(ERR_NOT_FOUND);
}

static err whose_alliance(struct req *r, int64_t id, struct exchange_whose *out)
{
    struct alliance_present m;
    TRY(alliance_present(r->db, r->arena, r->tenant, id, &m));
    out->orgs = m.orgs;
    out->name = m.name;
    return m.is_public ? OK : FAIL(ERR_NOT_FOUND);
}

err exchange_whose(struct req *r, int64_t area, int64_t org, int64_t alliance, struct exchange_whose *out)
{
    *out = (struct exchange_whose){ .by_org = org || alliance };
    if (out->by_org)
        return alliance ? whose_alliance(r, alliance, out) : whose_org(r, org, out);
    struct exchange_place p = exchange_place_of(r, area);
    out->area = p.area;
    out->name = unit_name_of(r, UNIT_AREA, p.area);
    return p.below.len ? OK : FAIL(ERR_NOT_FOUND);
}

struct lists_query { int64_t area, org, alliance; };
static const struct field query_fields[] = { EXCHANGE_WHOSE_FIELDS(struct lists_query), FIELD_END };

static err read_lists(struct req *r)
{
    const struct lists_query *q = r->query;
    struct exchange_whose     whose;
    TRY(exchange_whose(r, q->area, q->org, q->alliance, &whose));
    struct lists v = { .name = whose.name };
    TRY(whose.by_org ? of_orgs(r, &whose.orgs, &v) : of_area(r, whose.area, &v));
    return reply_view(r, lists_fields, &v, 0);
}

const struct route exchange_public_routes[] = {
    { GET, "/api/v1/public/exchange", read_lists, .perm = PERM_PUBLIC, .tx = TX_READ, .tag = "exchange", ROUTE_QUERY(struct lists_query, query_fields),
      .reply_kind = REPLY_VIEW, .reply = lists_fields, .summary = "What is asked for and offered, as far as it is public: of an area, a public organisation or a public alliance" },
    ROUTE_END
};
