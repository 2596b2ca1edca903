/* Redrawing areas, third part: what hangs on them, and writing it down. */
#include "unit_redraw.h"

#include <math.h>

#include "../../base/jsonw.h"
#include "../audit/audit.h"

#define HANGS_MOST 500      /* things of one kind at one area */
#define CASES_MOST 100000

/* ---- what hangs on areas in this feature ---- */

DB_SQL(redraw_services, "SELECT o.id, o.id, 0, o.name, o.kind, o.kind, x.valid_from, x.valid_to FROM org_area x "
                        "JOIN org o ON o.tenant_id = x.tenant_id AND o.id = x.org_id "
                        "WHERE x.tenant_id = $1 AND x.area_id = $2 AND (x.valid_to IS NULL OR x.valid_to > $3) ORDER BY o.name, o.id")
DB_SQL(redraw_posts, "SELECT a.id, a.person_id, a.post_id, n.name, p.name_zh, p.name_en, a.valid_from, a.valid_to FROM appointment a "
                     "JOIN post p ON p.tenant_id = a.tenant_id AND p.id = a.post_id JOIN person n ON n.tenant_id = a.tenant_id AND n.id = a.person_id "
                     "WHERE a.tenant_id = $1 AND a.unit_kind = 1 AND a.unit_id = $2 AND (a.valid_to IS NULL OR a.valid_to > $3) ORDER BY n.name, a.id")

const struct field unit_held_map[] = {
    FIELD_ID(struct unit_held, id, 0, ""),           FIELD_ID(struct unit_held, holder, 0, ""),
    FIELD_ID(struct unit_held, role, 0, ""),         FIELD_STR(struct unit_held, who, 0, 0, 0, ""),
    FIELD_STR(struct unit_held, title_zh, 0, 0, 0, ""), FIELD_STR(struct unit_held, title_en, 0, 0, 0, ""),
    FIELD_TIME(struct unit_held, from, 0, ""),       FIELD_TIME(struct unit_held, to, 0, ""),
    FIELD_END,
};

static err list_services(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out)
{
    return db_all(c, a, &redraw_services, DB_ARGS(I64(tenant), I64(area), I64(at)), unit_held_map, sizeof(struct unit_held), HANGS_MOST, out);
}

static err list_posts(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out)
{
    return db_all(c, a, &redraw_posts, DB_ARGS(I64(tenant), I64(area), I64(at)), unit_held_map, sizeof(struct unit_held), HANGS_MOST, out);
}

static err end_post(struct db_conn *c, struct app *app, int64_t id, ms at, int64_t by, ms now)
{
    return unit_appointment_end(c, app->tenant, id, at, STR("区域并入 merged"), by, now);
}

/* Services end with their area: see close_area. */
const struct unit_held_kind unit_services_held = { .word = "service", .list = list_services };
const struct unit_held_kind unit_posts_held = { .word = "post", .list = list_posts, .end = end_post };

/* ---- open cases in what moves ---- */

static struct shape *shape_made(struct redraw *p, const GEOSGeometry *g)
{
    struct shape *made = NULL;
    return g && !failed(shape_make(0, geo_wkb(&p->geo, g), &made)) ? made : NULL;
}

/* The area asked for that will hold the place; NULL: none of them. */
static const struct redrawn *holder_then(const struct redraw *p, struct shape *const *then, double lon, double lat)
{
    for (size_t i = 0; i < p->count; i++)
        if (then[i] && shape_holds(then[i], lon, lat))
            return &p->areas[i];
    return NULL;
}

static err count_cases(struct db_conn *c, struct redraw *p, const struct redrawn *from, const struct shape *lost, struct shape *const *then,
                       int64_t *counts)
{
    struct box         b = shape_box(lost);
    struct unit_window w = { (int64_t)floor(b.west * 1e7), (int64_t)floor(b.south * 1e7), (int64_t)ceil(b.east * 1e7), (int64_t)ceil(b.north * 1e7) };
    struct ids         below = unit_subtree(p->s, p->arena, (struct unit_ref){ UNIT_AREA, from->id });
    struct arena_mark  mark = arena_mark(p->arena);
    for (size_t i = 0; i < below.len; i++) {
        struct list list;
        TRY(p->app->unit->open_cases(c, p->arena, p->app->tenant, below.at[i], w, &list));
        for (size_t k = 0; k < list.len; k++) {
            const struct geo     *at = (const struct geo *)list.at + k;
            const struct redrawn *to = shape_holds(lost, at->lon, at->lat) ? holder_then(p, then, at->lon, at->lat) : from;
            if (to != from)
                counts[to ? (size_t)(to - p->areas) : p->count]++;
        }
        arena_rewind(p->arena, mark);
    }
    return OK;
}

static err look_at_cases(struct db_conn *c, struct redraw *p, struct shape *const *then, size_t asked)
{
    for (size_t i = 0; i < asked; i++) {
        const struct redrawn *from = &p->areas[i];
        GEOSGeometry         *gone = from->node ? shape_less(&p->geo, from->before, from->after) : NULL;
        struct shape         *lost = shape_made(p, gone);
        int64_t              *counts = ARENA_ARRAY(p->arena, p->count + 1, int64_t);
        err                   e = lost ? count_cases(c, p, from, lost, then, counts) : OK;
        shape_drop(lost);
        geo_drop(&p->geo, gone);
        TRY(e);
        for (size_t k = 0; k <= p->count; k++)
            if (counts[k])
                redraw_find(p, (struct redraw_finding){ STR("open_cases"), from->name, k < p->count ? p->areas[k].name : STR_NONE, from->id,
                                                        k < p->count ? p->areas[k].id : 0, 0, counts[k] });
    }
    return OK;
}

static size_t asked_count(const struct redraw *p)
{
    size_t n = 0;
    while (n < p->count && p->areas[n].asked)
        n++;
    return n;
}

static err look_for_cases(struct db_conn *c, struct redraw *p)
{
    struct shape **then = ARENA_ARRAY(p->arena, p->count + 1, struct shape *);
    size_t         asked = asked_count(p);
    if (!p->app->unit->open_cases)
        return OK;
    for (size_t i = 0; i < asked; i++)
        then[i] = shape_made(p, p->areas[i].after);
    err e = look_at_cases(c, p, then, asked);
    for (size_t i = 0; i < asked; i++)
        shape_drop(then[i]);
    return e;
}

/* ---- what ends ---- */

/* Somebody held it at the other part too, for at least as long. */
static bool held_as_well(const struct unit_held *h, const struct list *there, ms at)
{
    for (size_t i = 0; i < there->len; i++) {
        const struct unit_held *o = (const struct unit_held *)there->at + i;
        if (o->holder == h->holder && o->role == h->role && o->from <= at && (!o->to || (h->to && o->to >= h->to)))
            return true;
    }
    return false;
}

static bool held_everywhere(const struct unit_held *h, const struct list *lists, size_t n, ms at)
{
    for (size_t i = 0; i < n; i++)
        if (!held_as_well(h, &lists[i], at))
            return false;
    return true;
}

/* Its holder keeps it at the area that takes the others in. */
static bool kept(const struct unit_held_kind *k, const struct unit_held *h, const struct list *lists, size_t n, ms at)
{
    for (size_t i = 0; i < lists[0].len; i++) {
        const struct unit_held *o = (const struct unit_held *)lists[0].at + i;
        if (o->holder == h->holder && o->role == h->role && (!k->right || held_everywhere(o, lists, n, at)))
            return true;
    }
    return false;
}

static void take_end(struct redraw *p, const struct unit_held_kind *k, const struct redrawn *r, const struct unit_held *h, bool told)
{
    p->ends[p->end_count++] = (struct redraw_end){ str_of(k->word), h->who, h->title_zh, h->title_en, r->name, r->id, h->id,
                                                    h->from > p->at ? h->from : p->at, k, told };
}

/* What was held at each part holds at the whole. What was held at a part alone must not become a right on the whole. */
static err look_at_kind(struct db_conn *c, struct redraw *p, const struct unit_held_kind *k, size_t asked)
{
    struct list *lists = ARENA_ARRAY(p->arena, asked, struct list);
    for (size_t i = 0; i < asked; i++)
        TRY(k->list(c, p->arena, p->app->tenant, p->areas[i].id, p->at, &lists[i]));
    for (size_t i = 0; i < asked; i++)
        for (size_t n = 0; n < lists[i].len; n++) {
            const struct unit_held *h = (const struct unit_held *)lists[i].at + n;
            if (i > 0 || (k->right && !held_everywhere(h, lists, asked, p->at)))
                take_end(p, k, &p->areas[i], h, !kept(k, h, lists, asked, p->at));
        }
    return OK;
}

static err tell_moves(struct db_conn *c, struct redraw *p, const struct unit_held_kind *k, size_t asked)
{
    for (size_t i = 1; i < asked; i++) {
        struct list list;
        TRY(k->list(c, p->arena, p->app->tenant, p->areas[i].id, p->at, &list));
        if (list.len)
            redraw_find(p, (struct redraw_finding){ str_of(k->moves), p->areas[i].name, p->areas[0].name, p->areas[i].id, p->areas[0].id, 0, (int64_t)list.len });
    }
    return OK;
}

DB_SQL(redraw_orgs, "SELECT COUNT(*) FROM org WHERE tenant_id = $1 AND area_id = $2 AND (valid_to IS NULL OR valid_to > $3)")

static err look_at_merge(struct db_conn *c, struct redraw *p)
{
    size_t asked = asked_count(p);
    p->ends = ARENA_ARRAY(p->arena, asked * HELD_MOST * HANGS_MOST, struct redraw_end);
    for (size_t k = 0; p->app->unit->held[k]; k++)
        TRY(p->app->unit->held[k]->move ? tell_moves(c, p, p->app->unit->held[k], asked) : look_at_kind(c, p, p->app->unit->held[k], asked));
    for (size_t i = 1; i < asked; i++) {
        int64_t n;
        TRY(db_number(c, &redraw_orgs, DB_ARGS(I64(p->app->tenant), I64(p->areas[i].id), I64(p->at)), &n));
        if (n)
            redraw_find(p, (struct redraw_finding){ STR("orgs_move"), p->areas[i].name, p->areas[0].name, p->areas[i].id, p->areas[0].id, 0, n });
    }
    return OK;
}

/* Rights at an area that is split hold for what stays of it. */
static err look_at_split(struct db_conn *c, struct redraw *p)
{
    int64_t n = 0;
    for (size_t k = 0; p->app->unit->held[k]; k++) {
        struct list list = { NULL, 0 };
        if (p->app->unit->held[k]->right)
            TRY(p->app->unit->held[k]->list(c, p->arena, p->app->tenant, p->areas[0].id, p->at, &list));
        n += (int64_t)list.len;
    }
    if (n)
        redraw_find(p, (struct redraw_finding){ STR("roles_stay"), p->areas[0].name, STR_NONE, p->areas[0].id, 0, 0, n });
    return OK;
}

err redraw_look(struct db_conn *c, struct redraw *p)
{
    TRY(look_for_cases(c, p));
    for (size_t i = 0; i < p->count; i++)
        if (!p->areas[i].node)
            TRY(area_code_free(c, p->app->tenant, p->areas[i].code, 0, p->at, 0));
    return p->ask->op == REDRAW_MERGE ? look_at_merge(c, p) : p->ask->op == REDRAW_SPLIT ? look_at_split(c, p) : OK;
}

/* ---- writing ---- */

DB_SQL(redraw_close_row, "UPDATE area SET valid_to = $3, updated_at = $4, parent_id = $5, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(redraw_services_end, "UPDATE org_area SET valid_to = CASE WHEN valid_from > $3 THEN valid_from ELSE $3 END WHERE tenant_id = $1 AND area_id = $2 "
                            "AND (valid_to IS NULL OR valid_to > $3)")
DB_SQL(redraw_orgs_move, "UPDATE org SET area_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND area_id = $2 "
                         "AND (valid_to IS NULL OR valid_to > $4)")

static err move_held(struct db_conn *c, struct redraw *p, const struct redrawn *r, ms now, int64_t by)
{
    for (size_t k = 0; p->app->unit->held[k]; k++) {
        const struct unit_held_kind *kind = p->app->unit->held[k];
        struct list                  list = { NULL, 0 };
        if (kind->move)
            TRY(kind->list(c, p->arena, p->app->tenant, r->id, p->at, &list));
        for (size_t i = 0; i < list.len; i++)
            TRY(kind->move(c, p->arena, p->app, ((const struct unit_held *)list.at)[i].id, r->parent, by, now));
    }
    return OK;
}

static err close_area(struct db_conn *c, struct redraw *p, const struct redrawn *r, ms now, int64_t by)
{
    int64_t t = p->app->tenant;
    TRY(move_held(c, p, r, now, by));
    TRY(db_exec(c, &redraw_services_end, DB_ARGS(I64(t), I64(r->id), TIME(p->at)), NULL));
    TRY(db_exec(c, &redraw_orgs_move, DB_ARGS(I64(t), I64(r->id), I64(r->parent), TIME(now)), NULL));
    return db_exec(c, &redraw_close_row, DB_ARGS(I64(t), I64(r->id), TIME(p->at), TIME(now), REF(r->parent)), NULL);
}

static err add_area(struct db_conn *c, struct redraw *p, const struct redrawn *r, ms now)
{
    struct area_row row = { .id = r->id, .parent_id = r->parent, .kind = r->kind, .code = r->code, .name = r->name,
                            .class_ = p->areas[0].node ? p->areas[0].node->class_ : STR_NONE,
                            .valid_from = p->at, .created_at = now, .updated_at = now };
    TRY(area_code_free(c, p->app->tenant, row.code, 0, p->at, 0));
    return area_insert(c, p->arena, p->app->tenant, &row);
}

/* The row is the one the plan was made from. */
static err same_row(struct db_conn *c, struct redraw *p, const struct redrawn *r, struct area_row *row)
{
    err e = area_get(c, p->arena, p->app->tenant, r->id, row);
    if (e.code == ERR_NOT_FOUND)
        return FAIL(ERR_CONFLICT);
    TRY(e);
    return row->version == r->node->version ? OK : FAIL(ERR_CONFLICT);
}

static err write_shape(struct db_conn *c, struct redraw *p, const struct redrawn *r, ms now, int64_t by, int64_t *shape)
{
    const char *crs = p->ask->op == REDRAW_DRAW ? crs_name(p->crs) : "wgs84";
    struct str  wkb = geo_wkb(&p->geo, r->after);
    (void)now;
    if (!wkb.ptr || (r->node && r->node->shape && str_eq(wkb, shape_wkb(r->node->shape))))
        return OK;
    return area_shape_put(c, p->app->tenant, r->id, wkb, crs, r->asked && p->repaired.ptr, p->at, by, shape);
}

static err audit_area(struct db_conn *c, struct redraw *p, const struct redrawn *r, int64_t shape, ms now, int64_t by)
{
    struct buf   b = buf_new(p->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "redraw", redraw_op_words[p->ask->op]);
    jsonw_kv_id(&j, "shape_before", r->node ? r->node->shape_id : 0);
    jsonw_kv_id(&j, "shape_after", shape);
    jsonw_kv_id(&j, "parent_before", r->node ? r->node->parent_id : 0);
    jsonw_kv_id(&j, "parent_after", r->parent);
    jsonw_kv_bool(&j, "closed", r->closes);
    jsonw_close(&j);
    return audit_write(c, p->arena, p->app->tenant, now, by, r->node ? "area.redraw" : "area.create", "area", r->id, buf_view(&b));
}

static err write_area(struct db_conn *c, struct redraw *p, const struct redrawn *r, ms now, int64_t by)
{
    struct area_row row;
    int64_t         shape = 0;
    if (r->node) {
        TRY(same_row(c, p, r, &row));
        row.updated_at = now;
        row.parent_id = r->parent;
        if (r->closes)
            TRY(close_area(c, p, r, now, by));
        else if (r->parent != r->node->parent_id)
            TRY(area_update(c, p->arena, p->app->tenant, &row));
    }
    if (r->after)
        TRY(write_shape(c, p, r, now, by, &shape));
    if (!shape && r->node && !r->closes && r->parent == r->node->parent_id)
        return OK;
    return audit_area(c, p, r, shape, now, by);
}

static err end_held(struct db_conn *c, struct redraw *p, ms now, int64_t by)
{
    for (size_t i = 0; i < p->end_count; i++)
        if (p->ends[i].kind->end)
            TRY(p->ends[i].kind->end(c, p->app, p->ends[i].id, p->ends[i].at, by, now));
    return OK;
}

static bool still_present(const struct redraw *p)
{
    const struct unit_snapshot *s = unit_hold(p->app);
    bool                        same = s && s->mark == p->s->mark;
    unit_release(s);
    return same;
}

err redraw_apply(struct db_conn *c, struct redraw *p, ms now, int64_t by)
{
    if (!still_present(p))
        return FAIL(ERR_CONFLICT);
    for (size_t i = 0; i < p->count; i++)
        if (!p->areas[i].node)
            TRY(add_area(c, p, &p->areas[i], now));
    if (p->ask->op == REDRAW_MERGE) {   /* who holds what is read again: it may have changed since the plan */
        size_t told = p->finding_count;
        p->end_count = 0;
        TRY(look_at_merge(c, p));
        p->finding_count = told;
    }
    TRY(end_held(c, p, now, by));
    for (size_t i = 0; i < p->count; i++)
        TRY(write_area(c, p, &p->areas[i], now, by));
    unit_changed(c, p->app);
    return OK;
}
