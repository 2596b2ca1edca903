/* Redrawing areas, first part: what is asked for becomes shapes. */
#include "unit_redraw.h"

#include "../../base/id.h"
#include "../setting/setting.h"

#define ASKED_MOST 50       /* areas of one merge, pieces of one split */
#define NEAR       5e-5     /* degrees; further apart they are no neighbours */

const char *const redraw_op_words[] = { NULL, "split", "merge", "border", "draw", NULL };

/* ---- what is touched ---- */

bool redraw_stands(const struct redraw *p, const struct unode *n)
{
    return n->unit == UNIT_AREA && (!n->valid_to || n->valid_to > p->at);
}

struct redrawn *redraw_of(const struct redraw *p, int64_t area)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->areas[i].id == area)
            return &p->areas[i];
    return NULL;
}

struct redrawn *redraw_touch(struct redraw *p, const struct unode *n)
{
    struct redrawn *have = redraw_of(p, n->id);
    if (have)
        return have;
    have = &p->areas[p->count++];
    *have = (struct redrawn){ .node = n, .id = n->id, .parent = n->parent_id, .name = n->name, .code = n->code, .kind = n->kind };
    if (n->shape) {
        have->before = geo_from_wkb(&p->geo, shape_wkb(n->shape));
        have->after = shape_same(&p->geo, have->before);
    }
    return have;
}

static struct redrawn *add_new(struct redraw *p, int64_t parent, struct str kind, GEOSGeometry *shape)
{
    struct redrawn *n = &p->areas[p->count++];
    *n = (struct redrawn){ .id = id_new(), .parent = parent, .kind = kind, .name = STR_NONE, .code = STR_NONE, .after = shape, .asked = true };
    return n;
}

void redraw_replace(struct redraw *p, GEOSGeometry **at, GEOSGeometry *with)
{
    geo_drop(&p->geo, *at);
    *at = with;
}

void redraw_find(struct redraw *p, struct redraw_finding f)
{
    if (p->finding_count < p->finding_room)
        p->findings[p->finding_count++] = f;
}

/* ---- what may be asked ---- */

static void add_basis(struct buf *b, const struct unode *n)
{
    buf_fmt(b, "%lld/%lld/%lld/%lld;", (long long)n->id, (long long)n->shape_id, (long long)n->parent_id, (long long)n->valid_to);
}

/* Of the areas asked for, or of those beside which a new one is drawn: another plan on the same basis meant the same, and a request that is
 * sent twice does not do twice. */
static struct str basis_of(const struct redraw *p)
{
    unsigned char       hash[HASH_SIZE];
    struct buf          b = buf_new(p->arena, 0);
    const struct unode *up = p->count ? NULL : snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, p->ask->parent_id });
    for (size_t i = 0; i < p->count; i++)
        add_basis(&b, p->areas[i].node);
    for (const struct unode *n = up; n && n <= &p->s->nodes[up->last]; n++)
        if (n == up || n->parent_id == up->id)
            add_basis(&b, n);
    struct str text = buf_view(&b);
    crypto_sha256(text.ptr, text.len, hash);
    return str_hex(p->arena, hash, 16);
}

static err take_areas(struct redraw *p, size_t least, size_t most)
{
    const struct ids *ids = &p->ask->areas;
    if (ids->len < least)
        return FAIL_AT(ERR_REQUIRED, "areas");
    if (ids->len > most)
        return FAIL_AT(ERR_TOO_LONG, "areas");
    for (size_t i = 0; i < ids->len; i++) {
        const struct unode *n = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, ids->at[i] });
        if (!n)
            return FAIL_AT(ERR_UNKNOWN_REFERENCE, "areas");
        if (!redraw_stands(p, n))
            return FAIL_AT(ERR_AREA_CLOSED, "areas");
        if (redraw_of(p, n->id))
            return FAIL_AT(ERR_TAKEN, "areas");
        if (!n->shape && p->ask->op != REDRAW_DRAW)
            return FAIL_AT(ERR_NO_SHAPE, "areas");
        redraw_touch(p, n)->asked = true;
        if (n->parent_id != p->areas[0].parent || !str_eq(n->kind, p->areas[0].kind))
            return FAIL_AT(ERR_NOT_SIBLINGS, "areas");
    }
    p->basis = basis_of(p);
    return p->ask->basis.ptr && !str_eq(p->ask->basis, p->basis) ? FAIL(ERR_CONFLICT) : OK;
}

static err take_line(struct redraw *p, GEOSGeometry **line)
{
    if (!p->ask->line.ptr)
        return FAIL_AT(ERR_REQUIRED, "line");
    err e = geo_read_line(&p->geo, p->ask->line, p->crs, line);
    return failed(e) ? FAIL_AT(ERR_SHAPE, "line") : OK;
}

static err name_piece(struct redraw *p, struct redrawn *r, const struct redraw_piece *given)
{
    struct code_forms   forms = code_forms_read(p->arena, setting_text(p->app, p->arena, "unit.code_forms", p->at));
    const struct unode *up = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, r->parent });
    r->name = given->name;
    r->code = given->code;
    return failed(code_check(code_form_find(&forms, r->kind), r->code, up ? up->code : STR_NONE)) ? FAIL_AT(ERR_CODE_FORM, "pieces") : OK;
}

/* Names and codes for new areas, in the order of the pieces. */
static err name_pieces(struct redraw *p, size_t wanted)
{
    const struct redraw_piece *given = p->ask->pieces.at;
    size_t                     n = 0;
    if (p->ask->pieces.len > wanted)
        return FAIL_AT(ERR_TOO_LONG, "pieces");
    for (size_t i = 0; i < p->count && n < wanted; i++) {
        struct redrawn *r = &p->areas[i];
        if (r->node)
            continue;
        if (n >= p->ask->pieces.len && !p->ask->dry_run)
            return FAIL_AT(ERR_REQUIRED, "pieces");
        if (n < p->ask->pieces.len)
            TRY(name_piece(p, r, &given[n]));
        n++;
    }
    return OK;
}

/* ---- the four ---- */

static err plan_split(struct redraw *p)
{
    GEOSGeometry *line, **parts;
    TRY(take_areas(p, 1, 1));
    if (!p->areas[0].node->parent_id)
        return FAIL_AT(ERR_NOT_SIBLINGS, "areas");   /* there is one root */
    TRY(take_line(p, &line));
    size_t n = cut_shape(&p->geo, p->areas[0].before, line, p->fill_m2, &parts), keeps = (size_t)p->ask->keeps;
    geo_drop(&p->geo, line);
    bool right = n > 1 && n <= ASKED_MOST && keeps < n;
    for (size_t i = 0; i < n; i++) {
        if (!right)
            geo_drop(&p->geo, parts[i]);
        else if (i == keeps)
            redraw_replace(p, &p->areas[0].after, parts[i]);
        else
            add_new(p, p->areas[0].parent, p->areas[0].kind, parts[i]);
    }
    if (n < 2)
        return FAIL_AT(ERR_LINE_MISSES, "line");
    if (!right)
        return n > ASKED_MOST ? FAIL_AT(ERR_TOO_LONG, "line") : FAIL_AT(ERR_NOT_A_CHOICE, "keeps");
    TRY(name_pieces(p, n - 1));
    redraw_share_out(p, &p->areas[0]);
    return OK;
}

/* Children come under the one that stays. A closed one hangs under it too: its cases are seen where its people now work. */
static void bring_children(struct redraw *p, struct redrawn *closed, int64_t to)
{
    for (int32_t i = (int32_t)(closed->node - p->s->nodes) + 1; i <= closed->node->last; i++) {
        const struct unode *n = &p->s->nodes[i];
        if (n->parent_id == closed->id && redraw_stands(p, n))
            redraw_touch(p, n)->parent = to;
    }
}

static err plan_merge(struct redraw *p)
{
    struct redrawn *whole = &p->areas[0];
    TRY(take_areas(p, 2, ASKED_MOST));
    size_t n = p->count;
    for (size_t i = 1; i < n; i++) {
        GEOSGeometry *both = shape_plus(&p->geo, whole->after, p->areas[i].before);
        redraw_replace(p, &whole->after, both);
        redraw_replace(p, &p->areas[i].after, NULL);
        p->areas[i].closes = true;
        p->areas[i].parent = whole->id;
        bring_children(p, &p->areas[i], whole->id);
    }
    return OK;
}

/* Each part to whichever holds most of it. */
static void deal_out(struct redraw *p, GEOSGeometry **parts, size_t n)
{
    GEOSGeometry *sum[2] = { NULL, NULL };
    for (size_t i = 0; i < n; i++) {
        GEOSGeometry *a = shape_both(&p->geo, parts[i], p->areas[0].before), *b = shape_both(&p->geo, parts[i], p->areas[1].before);
        int           to = geo_m2(&p->geo, b) > geo_m2(&p->geo, a);
        redraw_replace(p, &sum[to], shape_plus(&p->geo, sum[to], parts[i]));
        geo_drop(&p->geo, a);
        geo_drop(&p->geo, b);
        geo_drop(&p->geo, parts[i]);
    }
    for (int i = 0; i < 2; i++)
        redraw_replace(p, &p->areas[i].after, sum[i]);
}

static void shift_between(struct redraw *p)
{
    for (int i = 0; i < 2; i++) {
        struct redrawn *from = &p->areas[i], *to = &p->areas[1 - i];
        GEOSGeometry   *region = shape_both(&p->geo, from->before, to->after);
        if (region)
            redraw_shift(p, from, to, region);
        geo_drop(&p->geo, region);
    }
}

static err plan_border(struct redraw *p)
{
    GEOSGeometry *line, **parts;
    double        apart;
    TRY(take_areas(p, 2, 2));
    if (GEOSDistance_r(p->geo.h, p->areas[0].before, p->areas[1].before, &apart) != 1 || apart > NEAR)
        return FAIL_AT(ERR_NOT_NEIGHBOURS, "areas");
    p->border = shared_border(&p->geo, p->areas[0].before, p->areas[1].before);
    if (!p->ask->line.ptr && p->ask->dry_run)
        return OK;
    TRY(take_line(p, &line));
    GEOSGeometry *whole = shape_plus(&p->geo, p->areas[0].before, p->areas[1].before);
    size_t        n = cut_shape(&p->geo, whole, line, p->fill_m2, &parts);
    geo_drop(&p->geo, whole);
    geo_drop(&p->geo, line);
    deal_out(p, parts, n);
    if (n < 2)
        return FAIL_AT(ERR_LINE_MISSES, "line");
    if (!p->areas[0].after || !p->areas[1].after)
        return FAIL_AT(ERR_NOTHING_LEFT, "line");
    shift_between(p);
    return OK;
}

static err take_shape(struct redraw *p, GEOSGeometry **out)
{
    struct geo_stored stored;
    if (!p->ask->geometry.ptr)
        return FAIL_AT(ERR_REQUIRED, "geometry");
    if (failed(geo_store(&p->geo, p->ask->geometry, p->crs, p->ask->repair || p->ask->dry_run, &stored)))
        return FAIL_AT(ERR_SHAPE, "geometry");
    p->repaired = stored.repaired ? stored.reason : STR_NONE;
    *out = geo_from_wkb(&p->geo, stored.wkb);
    return *out ? OK : FAIL_AT(ERR_SHAPE, "geometry");
}

/* Takes away what its neighbours of the same kind hold. */
static void clip(struct redraw *p, struct redrawn *mine, const struct unode *up)
{
    for (const struct unode *n = up ? up + 1 : NULL; n && n <= &p->s->nodes[up->last] && mine->after; n++)
        if (n->parent_id == up->id && n->id != mine->id && n->shape && redraw_stands(p, n) && str_eq(n->kind, mine->kind)) {
            GEOSGeometry *theirs = geo_from_wkb(&p->geo, shape_wkb(n->shape));
            redraw_replace(p, &mine->after, shape_less(&p->geo, mine->after, theirs));
            geo_drop(&p->geo, theirs);
        }
}

static err plan_draw(struct redraw *p)
{
    bool                fresh = !p->ask->areas.len;
    const struct unode *up = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, p->ask->parent_id });
    GEOSGeometry       *shape;
    TRY(take_areas(p, 0, 1));
    if (fresh) {
        if (!up)
            return p->ask->parent_id ? FAIL_AT(ERR_UNKNOWN_REFERENCE, "parent_id") : FAIL_AT(ERR_REQUIRED, "parent_id");
        if (!redraw_stands(p, up))
            return FAIL_AT(ERR_AREA_CLOSED, "parent_id");
        TRY(area_kind_fits(&p->kinds, p->ask->kind, up->kind));
        add_new(p, up->id, p->ask->kind, NULL);
        TRY(name_pieces(p, 1));
    } else {
        up = snapshot_node(p->s, (struct unit_ref){ UNIT_AREA, p->areas[0].parent });
    }
    TRY(take_shape(p, &shape));
    redraw_replace(p, &p->areas[0].after, shape);
    if (p->ask->clip)
        clip(p, &p->areas[0], up);
    return p->areas[0].after ? OK : FAIL_AT(ERR_NOTHING_LEFT, "geometry");
}

/* ---- the plan ---- */

static err plan_areas(struct redraw *p)
{
    static err (*const plans[])(struct redraw *p) = { NULL, plan_split, plan_merge, plan_border, plan_draw };
    if (p->crs == CRS_UNKNOWN)
        return FAIL_AT(ERR_CRS_UNKNOWN, "crs");
    TRY(plans[p->ask->op](p));
    for (size_t i = 0; i < p->count; i++)
        if (!p->areas[i].after && p->areas[i].before && !p->areas[i].closes)
            return FAIL_AT(ERR_NOTHING_LEFT, "line");
    redraw_misfits(p);
    return OK;
}

err redraw_plan(struct app *app, const struct unit_snapshot *s, struct arena *a, const struct redraw_ask *ask, ms at, struct redraw **out)
{
    struct redraw *p = ARENA_NEW(a, struct redraw);
    *p = (struct redraw){ .app = app, .arena = a, .s = s, .ask = ask, .at = at, .crs = crs_find(ask->crs), .repaired = STR_NONE,
                          .room = (size_t)s->areas + ASKED_MOST + 1, .finding_room = 1000,
                          .kinds = area_kinds_read(a, setting_text(app, a, "unit.area_kinds", at)),
                          .fill_m2 = (double)setting_i64(app, "unit.gap_m2", at),
                          .outside_percent = (double)setting_i64(app, "unit.outside_percent", at) };
    p->areas = ARENA_ARRAY(a, p->room, struct redrawn);
    p->findings = ARENA_ARRAY(a, p->finding_room, struct redraw_finding);
    geo_open(&p->geo, a);
    err e = plan_areas(p);
    *out = p;
    if (failed(e))
        redraw_close(p);
    return e;
}

void redraw_close(struct redraw *p)
{
    for (size_t i = 0; i < p->count; i++) {
        geo_drop(&p->geo, p->areas[i].before);
        geo_drop(&p->geo, p->areas[i].after);
    }
    geo_drop(&p->geo, p->border);
    geo_close(&p->geo);
    p->count = 0;
}
