/* case_place.c: from a point and a category to an area and the organisation proposed, with the reason. */
#include "case_parts.h"
#include "../setting/setting.h"
#include "../../base/jsonw.h"

static bool org_usable(const void *arg, int64_t org)
{
    return unit_in_use(arg, (struct unit_ref){ UNIT_ORG, org });
}

static struct str why(struct arena *a, struct str category, const char *comma, struct str area, const char *rule, int64_t number)
{
    struct buf b = buf_new(a, 0);
    buf_str(&b, category);
    buf_z(&b, comma);
    buf_str(&b, area);
    buf_z(&b, rule);
    buf_i64(&b, number);
    return buf_view(&b);
}

void case_rule_why(const struct case_snapshot *s, const struct unit_snapshot *u, struct arena *a, const struct case_rule *rule,
                   struct str *zh, struct str *en)
{
    const struct case_category *c = case_category_by_id(s, rule->category_id);
    struct str                  area = rule->area_id ? unit_name(u, (struct unit_ref){ UNIT_AREA, rule->area_id }) : STR_NONE;
    *zh = why(a, c ? c->name_zh : STR("所有类别"), "，", area.ptr ? area : STR("全区"), "，规则 ", rule->number);
    *en = why(a, c ? c->name_en : STR("Any category"), ", ", area.ptr ? area : STR("everywhere"), ", rule ", rule->number);
}

/* ---- the rule that chose, in the story ---- */

/* As a step keeps it: the rule's number, and what it was about then, since a rule can be changed. Older steps keep the reason in words, under why_zh
 * and why_en, and are answered as they are. */
struct chosen { int64_t rule, area, category; bool automatic; };
static const struct field chosen_fields[] = {
    FIELD_I64(struct chosen, rule, 0, 0, REQUIRED, ""), FIELD_BOOL(struct chosen, automatic, 0, ""), FIELD_ID(struct chosen, area, 0, ""),
    FIELD_ID(struct chosen, category, 0, ""), FIELD_END
};

struct str case_rule_data(struct arena *a, const struct case_way *way)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_i64(&j, "rule", way->number);
    if (way->automatic)
        jsonw_kv_bool(&j, "automatic", true);
    if (way->rule_area)
        jsonw_kv_id(&j, "area", way->rule_area);
    if (way->rule_category)
        jsonw_kv_id(&j, "category", way->rule_category);
    jsonw_close(&j);
    return buf_view(&b);
}

struct str case_rule_told(const struct case_snapshot *s, const struct unit_snapshot *u, struct arena *a, struct str data)
{
    struct chosen chosen = { 0 };
    struct faults faults = { .arena = a };
    struct given  given;
    struct str    zh, en;
    if (!str_starts(data, "{\"rule\":") || failed(field_read_json(a, chosen_fields, data, &chosen, &given, &faults)))
        return data;
    case_rule_why(s, u, a, &(struct case_rule){ .number = chosen.rule, .area_id = chosen.area, .category_id = chosen.category }, &zh, &en);
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_i64(&j, "rule", chosen.rule);
    jsonw_kv_bool(&j, "automatic", chosen.automatic);
    jsonw_kv_str(&j, "why_zh", zh);
    jsonw_kv_str(&j, "why_en", en);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- where it goes ---- */

/* Fills the organisation and the reason from the way's area and the category. */
static void propose(const struct case_snapshot *s, const struct unit_snapshot *u, struct arena *a, int64_t category,
                    struct case_way *out)
{
    const struct routing_rule *r = routing_find(s->routing, s->routing_count, case_area_chain(u, a, out->area),
                                                case_category_chain(s, a, category), org_usable, u);
    if (!r)
        return;
    out->org = r->org;
    out->rule = r->id;
    out->number = r->number;
    out->rule_area = r->area;
    out->rule_category = r->category;
    out->automatic = r->automatic && !out->near && !out->outside;
    case_rule_why(s, u, a, case_rule_by_id(s, r->id), &out->why_zh, &out->why_en);
}

/* A place outside every area belongs to the root and is proposed to the tenant's catch-all. */
static err outside(struct app *app, struct arena *a, const struct unit_snapshot *u, ms now, struct case_way *out)
{
    int64_t org = 0;
    if (!str_to_i64(setting_text(app, a, "case.catch_all_org", now), &org) || !unit_in_use(u, (struct unit_ref){ UNIT_ORG, org }))
        return FAIL_AT(ERR_OUTSIDE_AREA, "at");
    out->area = unit_root(u);
    out->outside = true;
    out->org = org;
    out->why_zh = STR("位置在各区域之外，按设置归口");
    out->why_en = STR("outside every area: the organisation set for such places");
    return OK;
}

static bool is_border(const struct case_way *w, int64_t area)
{
    for (size_t i = 0; i < w->border_count; i++)
        if (w->borders[i].area == area)
            return true;
    return false;
}

static err locate(struct app *app, const struct unit_snapshot *u, struct geo at, ms now, struct case_way *out)
{
    struct unit_place p;
    if (!(at.lon >= -180 && at.lon <= 180 && at.lat >= -90 && at.lat <= 90))
        return FAIL_AT(ERR_PLACE, "at");
    unit_find(u, at.lon, at.lat, (double)setting_i64(app, "unit.border_metres", now), &p);
    out->area = p.area;
    out->shape = p.shape;
    out->border_count = p.near_count;
    memcpy(out->borders, p.near, sizeof p.near);
    out->near = p.area && p.near_count > 0;
    return OK;
}

/* An area stated beside a point must be the one that holds it or a neighbour across the border. */
static err chosen(const struct unit_snapshot *u, const struct case_asked_place *in, struct case_way *out)
{
    struct unit_ref ref = { UNIT_AREA, in->area };
    if (unit_depth(u, ref) < 0)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "area");
    if (!unit_in_use(u, ref))
        return FAIL_AT(ERR_AREA_CLOSED, "area");
    if (in->at.set && in->area != out->area && !is_border(out, in->area))
        return FAIL_AT(ERR_OUTSIDE_AREA, "area");
    if (in->area != out->area)
        out->shape = 0;
    out->area = in->area;
    out->near = out->near && !in->chooses;
    return OK;
}

static err way_find(struct app *app, struct arena *a, const struct unit_snapshot *u, const struct case_snapshot *s,
                    const struct case_asked_place *in, ms now, struct case_way *out)
{
    *out = (struct case_way){ 0 };
    if (in->at.set)
        TRY(locate(app, u, in->at, now, out));
    if (in->area)
        TRY(chosen(u, in, out));
    else if (in->at.set && !out->area)
        return outside(app, a, u, now, out);
    if (!out->area)
        out->area = unit_root(u);   /* an address alone: the district finds the place */
    propose(s, u, a, in->category, out);
    return OK;
}

err case_way_find(struct app *app, struct arena *a, const struct case_asked_place *in, ms now, struct case_way *out)
{
    const struct unit_snapshot *u = unit_hold(app);
    const struct case_snapshot *s = case_hold(app);
    err                         e = way_find(app, a, u, s, in, now, out);
    case_release(app, s);
    unit_release(u);
    return e;
}

void case_way_again(struct app *app, struct arena *a, const struct case_row *c, struct case_way *out)
{
    const struct unit_snapshot *u = unit_hold(app);
    const struct case_snapshot *s = case_hold(app);
    *out = (struct case_way){ .area = c->area_id, .near = c->near_border };
    propose(s, u, a, c->category_id, out);
    case_release(app, s);
    unit_release(u);
}

/* ---- for whoever redraws areas ---- */

DB_SQL(case_open_places, "SELECT lon_e7, lat_e7 FROM cases WHERE tenant_id = $1 AND area_id = $2 AND closed_at IS NULL "
                         "AND lon_e7 BETWEEN $3 AND $4 AND lat_e7 BETWEEN $5 AND $6 LIMIT 100000")

err case_open_at(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, struct unit_window w, struct list *out)
{
    struct db_rows rows;
    size_t         room = 64;
    struct geo    *at = ARENA_ARRAY(a, room, struct geo);
    *out = (struct list){ at, 0 };
    TRY(db_query(c, &case_open_places, DB_ARGS(I64(tenant), I64(area), I64(w.west), I64(w.east), I64(w.south), I64(w.north)), &rows));
    while (db_next(&rows)) {
        if (out->len == room) {
            at = ARENA_ARRAY(a, room * 2, struct geo);
            memcpy(at, out->at, room * sizeof *at);
            out->at = at;
            room *= 2;
        }
        at[out->len++] = (struct geo){ true, (double)db_i64(&rows, 0) / 1e7, (double)db_i64(&rows, 1) / 1e7 };
    }
    return db_done(&rows);
}

DB_SQL(case_rules_at, "SELECT r.id, r.org_id, COALESCE(r.category_id, 0), o.name, COALESCE(c.name_zh, '所有类别'), COALESCE(c.name_en, 'Any category'), "
                      "r.valid_from, r.valid_to FROM routing_rule r JOIN org o ON o.tenant_id = r.tenant_id AND o.id = r.org_id "
                      "LEFT JOIN category c ON c.tenant_id = r.tenant_id AND c.id = r.category_id "
                      "WHERE r.tenant_id = $1 AND r.area_id = $2 AND (r.valid_to IS NULL OR r.valid_to > $3) ORDER BY r.number")

static err rules_at(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out)
{
    return db_all(c, a, &case_rules_at, DB_ARGS(I64(tenant), I64(area), I64(at)), unit_held_map, sizeof(struct unit_held), 500, out);
}

/* A rule for an area that closes is reached no more: told, so that it can be stated for the whole. */
const struct unit_held_kind case_rules_held = { .word = "rule", .list = rules_at };
