/* Redrawing areas over HTTP: plan, report, apply now or on a day ahead; and the map as it was. */
#include "unit_redraw.h"

#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "unit_http.h"

#define BODY_MOST ((size_t)4 << 20)
#define LOOK_BACK_MOST ((size_t)64 << 20)

/* ---- fields ---- */

static const struct field piece_fields[] = {
    FIELD_STR(struct redraw_piece, name, 1, 200, REQUIRED, "Name"),
    FIELD_STR(struct redraw_piece, code, 1, 32, 0, "Statistical or grid code"),
    FIELD_END,
};

const struct field redraw_ask_fields[] = {
    FIELD_WORD(struct redraw_ask, op, redraw_op_words, REQUIRED, "split one area by a line; merge siblings into the first; border: move the one "
               "between two siblings; draw an area, or a new one under parent_id, by hand"),
    FIELD_IDS(struct redraw_ask, areas, 0, 0, 0, "Which; none: a new one is drawn"),
    FIELD_JSON(struct redraw_ask, line, 0, "split, border: GeoJSON LineString or MultiLineString from border to border"),
    FIELD_JSON(struct redraw_ask, geometry, 0, "draw: GeoJSON Polygon or MultiPolygon"),
    FIELD_STR(struct redraw_ask, crs, 1, 20, 0, "wgs84 (default), cgcs2000, gcj02 or bd09"),
    FIELD_I64(struct redraw_ask, keeps, 0, 50, 0, "split: number of the piece that stays the area, 0 (default) the largest"),
    FIELD_LIST(struct redraw_ask, pieces, piece_fields, struct redraw_piece, 0, 50, 0, "Names of the new areas, largest first"),
    FIELD_ID(struct redraw_ask, parent_id, 0, "draw: where a new area lies"),
    FIELD_STR(struct redraw_ask, kind, 1, 40, 0, "draw: kind of a new area"),
    FIELD_BOOL(struct redraw_ask, clip, 0, "draw: take away what neighbours of the same kind hold"),
    FIELD_BOOL(struct redraw_ask, repair, 0, "draw: store the repaired shape when it is not valid"),
    FIELD_TIME(struct redraw_ask, effective, 0, "From a time ahead; else at once"),
    FIELD_STR(struct redraw_ask, basis, 1, 64, 0, "As the dry run told: a conflict when the areas have changed since"),
    FIELD_BOOL(struct redraw_ask, dry_run, 0, "Report only, change nothing"),
    FIELD_END,
};

struct redrawn_view {
    int64_t    id, parent_id, m2_before, m2_after, gained, lost;
    struct str name, code, kind, before, after;
    bool       fresh, asked, closes, moves;
};

static const struct field redrawn_fields[] = {
    FIELD_ID(struct redrawn_view, id, REQUIRED, "Id; that of a new area is given when it is applied"),
    FIELD_STR(struct redrawn_view, name, 0, 0, 0, "Name; null: to be named"),
    FIELD_STR(struct redrawn_view, code, 0, 0, 0, "Code"),
    FIELD_STR(struct redrawn_view, kind, 0, 0, REQUIRED, "Kind"),
    FIELD_ID(struct redrawn_view, parent_id, 0, "Area above it afterwards"),
    FIELD_BOOL(struct redrawn_view, fresh, REQUIRED, "New"),
    FIELD_BOOL(struct redrawn_view, asked, REQUIRED, "Named in the request, or new; else an area below that follows"),
    FIELD_BOOL(struct redrawn_view, closes, REQUIRED, "Is taken in by another and closes"),
    FIELD_BOOL(struct redrawn_view, moves, REQUIRED, "Comes under another area"),
    FIELD_I64(struct redrawn_view, m2_before, 0, 0, REQUIRED, "Square metres before"),
    FIELD_I64(struct redrawn_view, m2_after, 0, 0, REQUIRED, "Square metres afterwards"),
    FIELD_I64(struct redrawn_view, gained, 0, 0, REQUIRED, "Square metres that it gains"),
    FIELD_I64(struct redrawn_view, lost, 0, 0, REQUIRED, "Square metres that it loses"),
    FIELD_JSON(struct redrawn_view, before, 0, "Its polygon before; null: none, or an area below that keeps it"),
    FIELD_JSON(struct redrawn_view, after, 0, "Its polygon afterwards; null: none, or an area below that keeps it"),
    FIELD_END,
};

static const struct field finding_fields[] = {
    FIELD_STR(struct redraw_finding, code, 0, 0, REQUIRED, "outside_parent, overlap, gap, apart (in several parts), child_outside, child_moved, child_cut (its part "
              "goes to a neighbour across), child_unheld (its part goes to none), children_unplaced (no polygon), open_cases (stay with the "
              "area that took them), orgs_move, alliances_move, webhooks_move, roles_stay"),
    FIELD_ID(struct redraw_finding, area_id, 0, "Of which area"),
    FIELD_STR(struct redraw_finding, name, 0, 0, 0, "Its name"),
    FIELD_ID(struct redraw_finding, other_id, 0, "The other area"),
    FIELD_STR(struct redraw_finding, other, 0, 0, 0, "Its name"),
    FIELD_I64(struct redraw_finding, m2, 0, 0, REQUIRED, "Square metres"),
    FIELD_I64(struct redraw_finding, count, 0, 0, REQUIRED, "How many"),
    FIELD_END,
};

static const struct field end_fields[] = {
    FIELD_STR(struct redraw_end, what, 0, 0, REQUIRED, "role, post, service, or rule: a routing rule that is reached no more"),
    FIELD_STR(struct redraw_end, who, 0, 0, 0, "Person or organisation; null: not for the caller to see"),
    FIELD_STR(struct redraw_end, title_zh, 0, 0, 0, "Role or post"),
    FIELD_STR(struct redraw_end, title_en, 0, 0, 0, "The same in English"),
    FIELD_ID(struct redraw_end, area_id, REQUIRED, "At which area"),
    FIELD_STR(struct redraw_end, area, 0, 0, REQUIRED, "Its name"),
    FIELD_END,
};

enum redraw_state { STATE_NONE, STATE_PLANNED, STATE_WAITS, STATE_APPLIED, STATE_WITHDRAWN, STATE_FAILED };
static const char *const redraw_state_words[] = { NULL, "planned", "waits", "applied", "withdrawn", "failed", NULL };

struct redraw_view {
    int64_t     id;
    int         op, state;
    ms          effective, created_at, done_at;
    struct str  basis, repaired, reason, border;
    struct list areas, findings, ends;
    struct ids  asked;
    struct strs names;
};

#define HEAD_FIELDS                                                                                                                    \
    FIELD_ID(struct redraw_view, id, 0, "Of one that waits or waited"),                                                               \
    FIELD_WORD(struct redraw_view, op, redraw_op_words, REQUIRED, "What is done"),                                                    \
    FIELD_WORD(struct redraw_view, state, redraw_state_words, REQUIRED, "planned: nothing was changed; waits for its day; applied, withdrawn; failed: the areas had changed"), \
    FIELD_TIME(struct redraw_view, effective, 0, "From when it holds"),                                                               \
    FIELD_TIME(struct redraw_view, created_at, 0, "When it was asked for, of one that waits or waited"),                              \
    FIELD_TIME(struct redraw_view, done_at, 0, "When it was applied, withdrawn or failed"),                                           \
    FIELD_STR(struct redraw_view, reason, 0, 0, 0, "Why it failed, or cannot be applied as things are: the code of an error")

static const struct field redraw_fields[] = {
    HEAD_FIELDS,
    FIELD_STR(struct redraw_view, basis, 0, 0, 0, "Send it with the request that applies"),
    FIELD_STR(struct redraw_view, repaired, 0, 0, 0, "Why the drawn shape had to be repaired"),
    FIELD_JSON(struct redraw_view, border, 0, "border: the present one between the two, a MultiLineString"),
    FIELD_LIST(struct redraw_view, areas, redrawn_fields, struct redrawn_view, 0, 0, REQUIRED, "What is touched"),
    FIELD_LIST(struct redraw_view, findings, finding_fields, struct redraw_finding, 0, 0, REQUIRED, "What to know before"),
    FIELD_LIST(struct redraw_view, ends, end_fields, struct redraw_end, 0, 0, REQUIRED, "What ends with it, to be granted again by hand where wanted"),
    FIELD_END,
};

static const struct field redraw_row_fields[] = {
    HEAD_FIELDS,
    FIELD_IDS(struct redraw_view, asked, 0, 0, REQUIRED, "Areas"),
    FIELD_STRS(struct redraw_view, names, 0, 0, REQUIRED, "Their names"),
    FIELD_END,
};

/* ---- views ---- */

static int64_t m2_less(struct redraw *p, const GEOSGeometry *a, const GEOSGeometry *b)
{
    GEOSGeometry *left = shape_less(&p->geo, a, b);
    double        m2 = geo_m2(&p->geo, left);
    geo_drop(&p->geo, left);
    return (int64_t)(m2 + 0.5);
}

/* Shapes and what changes hands: of an area that only comes under another there is nothing to draw. */
static void measure(struct redraw *p, const struct redrawn *r, struct redrawn_view *v)
{
    struct str before = r->before ? geo_wkb(&p->geo, r->before) : STR_NONE, after = r->after ? geo_wkb(&p->geo, r->after) : STR_NONE;
    bool       same = before.ptr && str_eq(before, after);
    v->m2_before = (int64_t)(geo_m2(&p->geo, r->before) + 0.5);
    v->m2_after = same ? v->m2_before : (int64_t)(geo_m2(&p->geo, r->after) + 0.5);
    if (!same) {
        v->gained = m2_less(p, r->after, r->before);
        v->lost = m2_less(p, r->before, r->after);
    }
    v->before = same && !r->asked ? STR_NONE : geo_text(p->arena, before);
    v->after = same && !r->asked ? STR_NONE : geo_text(p->arena, after);
}

static struct list list_areas(struct redraw *p)
{
    struct redrawn_view *v = ARENA_ARRAY(p->arena, p->count + 1, struct redrawn_view);
    for (size_t i = 0; i < p->count; i++) {
        const struct redrawn *r = &p->areas[i];
        v[i] = (struct redrawn_view){ .id = r->id, .name = r->name, .code = r->code, .kind = r->kind, .parent_id = r->parent, .fresh = !r->node,
                                      .asked = r->asked, .closes = r->closes, .moves = r->node && !r->closes && r->parent != r->node->parent_id };
        measure(p, r, &v[i]);
    }
    return (struct list){ v, p->count };
}

/* Names of people are for those who may see people there. */
static struct list list_ends(struct req *r, const struct redraw *p)
{
    struct redraw_end *told = ARENA_ARRAY(r->arena, p->end_count + 1, struct redraw_end);
    size_t             n = 0;
    for (size_t i = 0; i < p->end_count; i++) {
        if (!p->ends[i].told)
            continue;
        told[n] = p->ends[i];
        if ((str_is(told[n].what, "role") || str_is(told[n].what, "post")) && !req_may(r, PERM_PERSON_READ, (struct unit_ref){ UNIT_AREA, told[n].area_id }))
            told[n].who = STR_NONE;
        n++;
    }
    return (struct list){ told, n };
}

static struct redraw_view view_of(struct req *r, struct redraw *p, enum redraw_state state)
{
    struct redraw_view v = { .op = p->ask->op, .state = state, .effective = p->at, .basis = p->basis, .repaired = p->repaired,
                             .areas = list_areas(p), .findings = { p->findings, p->finding_count }, .ends = list_ends(r, p),
                             .reason = STR_NONE, .border = STR_NONE };
    if (p->border) {
        struct buf   b = buf_new(p->arena, 0);
        struct jsonw j = jsonw_on(&b);
        geo_print_line(&p->geo, &j, p->border);
        v.border = buf_view(&b);
    }
    return v;
}

static int state_of(const struct redraw_row *row)
{
    for (int i = STATE_APPLIED; row->done_at && redraw_state_words[i]; i++)
        if (str_is(row->outcome, redraw_state_words[i]))
            return i;
    return STATE_WAITS;
}

static void head_of(const struct redraw_row *row, const struct redraw_ask *ask, struct redraw_view *v)
{
    v->id = row->id;
    v->op = ask->op;
    v->state = state_of(row);
    v->effective = row->effective;
    v->created_at = row->created_at;
    v->done_at = row->done_at;
    if (row->reason.ptr)
        v->reason = row->reason;
}

/* ---- asking ---- */

/* Each area, and where new ones come to lie. */
static err allow_all(struct req *r, const struct unit_snapshot *s, const struct redraw_ask *ask)
{
    int64_t above = ask->op == REDRAW_DRAW && !ask->areas.len ? ask->parent_id : 0;
    for (size_t i = 0; i < ask->areas.len; i++) {
        struct unit_ref u = { UNIT_AREA, ask->areas.at[i] };
        if (unit_depth(s, u) < 0)
            return FAIL_AT(ERR_UNKNOWN_REFERENCE, "areas");
        TRY(req_allow(r, PERM_UNIT_MANAGE, u));
        if (ask->op == REDRAW_SPLIT)
            above = unit_parent(s, u);
    }
    return above ? req_allow(r, PERM_UNIT_MANAGE, (struct unit_ref){ UNIT_AREA, above }) : OK;
}

struct asking { struct redraw *plan; int64_t id; };

static err look_work(struct req *r, void *arg)
{
    return redraw_look(r->db, ((struct asking *)arg)->plan);
}

static err apply_work(struct req *r, void *arg)
{
    return redraw_apply(r->db, ((struct asking *)arg)->plan, r->now, r->caller.account);
}

static err wait_work(struct req *r, void *arg)
{
    struct asking *w = arg;
    return redraw_wait(r->db, r->arena, r->tenant, w->plan, r->now, r->caller.account, &w->id);
}

static err answer(struct req *r, struct asking *w, const struct redraw_ask *ask)
{
    enum redraw_state state = ask->dry_run ? STATE_PLANNED : ask->effective ? STATE_WAITS : STATE_APPLIED;
    TRY(req_in_read(r, look_work, w));
    struct redraw_view v = view_of(r, w->plan, state);
    if (state == STATE_WAITS)
        TRY(req_in_write(r, wait_work, w));
    if (state == STATE_APPLIED)
        TRY(req_in_write(r, apply_work, w));
    v.id = w->id;
    return reply_view(r, redraw_fields, &v, 0);
}

static err redraw_problem(struct req *r, struct redraw *p, err e)
{
    if (e.code == ERR_SHAPE && p->geo.problem[0]) {
        req_fault(r, e.field, ERR_SHAPE);
        return req_fail(r, ERR_SHAPE, str_of(p->geo.problem));
    }
    return e;
}

static err ask_work(struct req *r, const struct unit_snapshot *s)
{
    const struct redraw_ask *ask = r->body;
    struct asking            w = { NULL, 0 };
    TRY(allow_all(r, s, ask));
    if (ask->effective && ask->effective <= r->now)
        return FAIL_AT(ERR_TIME_IN_PAST, "effective");
    err e = redraw_plan(r->app, s, r->arena, ask, ask->effective ? ask->effective : r->now, &w.plan);
    if (failed(e))
        return redraw_problem(r, w.plan, e);
    e = answer(r, &w, ask);
    redraw_close(w.plan);
    return e;
}

static err redraw_ask_for(struct req *r)
{
    return on_snapshot(r, ask_work);
}

/* ---- those that wait ---- */

static err list_work(struct req *r, const struct unit_snapshot *s)
{
    struct list rows;
    TRY(redraw_list(r->db, r->arena, r->tenant, &rows));
    struct redraw_view *v = ARENA_ARRAY(r->arena, rows.len + 1, struct redraw_view);
    for (size_t i = 0; i < rows.len; i++) {
        const struct redraw_row *row = (const struct redraw_row *)rows.at + i;
        struct redraw_ask        ask;
        TRY(redraw_read_ask(r->arena, row->body, &ask));
        v[i] = (struct redraw_view){ .asked = ask.areas, .reason = STR_NONE };
        struct str *names = ARENA_ARRAY(r->arena, ask.areas.len + 1, struct str);
        for (size_t k = 0; k < ask.areas.len; k++)
            names[k] = str_copy(r->arena, unit_name(s, (struct unit_ref){ UNIT_AREA, ask.areas.at[k] }));
        if (!ask.areas.len)
            names[0] = ask.pieces.len ? ((struct redraw_piece *)ask.pieces.at)->name : STR_NONE;
        v[i].names = (struct strs){ names, ask.areas.len ? ask.areas.len : 1 };
        head_of(row, &ask, &v[i]);
    }
    return reply_list(r, redraw_row_fields, sizeof *v, (struct list){ v, rows.len }, STR_NONE);
}

static err redraw_rows_all(struct req *r)
{
    return on_snapshot(r, list_work);
}

struct showing { struct redraw_row row; struct redraw_ask ask; };

static err read_row(struct req *r, void *arg)
{
    struct showing *w = arg;
    TRY(redraw_waiting(r->db, r->arena, r->tenant, r->path[0], &w->row));
    return redraw_read_ask(r->arena, w->row.body, &w->ask);
}

/* One that waits is planned on the areas of today; the head says when it could not be applied as things are. */
static err show_work(struct req *r, const struct unit_snapshot *s)
{
    struct showing     w;
    struct asking      plan = { NULL, 0 };
    struct redraw_view v = { .reason = STR_NONE, .basis = STR_NONE, .repaired = STR_NONE, .border = STR_NONE };
    TRY(req_in_read(r, read_row, &w));
    TRY(allow_all(r, s, &w.ask));
    w.ask.basis = w.row.basis;
    err e = w.row.done_at ? FAIL(ERR_WRONG_STATE) : redraw_plan(r->app, s, r->arena, &w.ask, w.row.effective, &plan.plan);
    bool planned = !failed(e);
    if (planned)
        e = req_in_read(r, look_work, &plan);
    if (planned && !failed(e))
        v = view_of(r, plan.plan, STATE_WAITS);
    else if (!w.row.done_at)
        v.reason = str_of(err_slug(e.code));
    head_of(&w.row, &w.ask, &v);
    e = reply_view(r, redraw_fields, &v, 0);
    if (planned)
        redraw_close(plan.plan);
    return e;
}

static err redraw_one(struct req *r)
{
    return on_snapshot(r, show_work);
}

static err withdraw_work(struct req *r, const struct unit_snapshot *s)
{
    struct showing     w;
    struct redraw_view v = { .reason = STR_NONE, .basis = STR_NONE, .repaired = STR_NONE, .border = STR_NONE };
    TRY(read_row(r, &w));
    TRY(allow_all(r, s, &w.ask));
    TRY(redraw_settle(r->db, r->tenant, w.row.id, "withdrawn", STR_NONE, r->now));
    TRY(audit_record(r, "area.redraw_withdraw", "area", w.row.area_id, str_fmt(r->arena, "{\"redraw\":\"%lld\"}", (long long)w.row.id)));
    w.row.done_at = r->now;
    w.row.outcome = STR("withdrawn");
    head_of(&w.row, &w.ask, &v);
    return reply_view(r, redraw_fields, &v, 0);
}

static err redraw_withdraw(struct req *r)
{
    return on_snapshot(r, withdraw_work);
}

/* ---- the map as it was ---- */

struct past_query { ms at; struct str kind; int64_t under; };

static const struct field past_query_fields[] = {
    FIELD_TIME(struct past_query, at, 0, "The time, not ahead; now when not given"),
    FIELD_STR(struct past_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_ID(struct past_query, under, 0, "Only what lies directly below this area today, or did when it was closed"),
    FIELD_END,
};

DB_SQL(areas_as_of, "SELECT a.id, a.name, a.kind, a.code, COALESCE(a.parent_id, 0), g.wkb, g.id, g.valid_from FROM area_shape g "
                    "JOIN area a ON a.tenant_id = g.tenant_id AND a.id = g.area_id WHERE g.tenant_id = $1 AND g.valid_from <= $2 "
                    "AND (g.valid_to IS NULL OR g.valid_to > $2) AND a.valid_from <= $2 AND (a.valid_to IS NULL OR a.valid_to > $2) "
                    "AND (CAST($3 AS TEXT) IS NULL OR a.kind = $3) AND (CAST($4 AS BIGINT) IS NULL OR a.parent_id = $4 "
                    "OR a.parent_id IN (SELECT k.id FROM area k WHERE k.tenant_id = $1 AND k.parent_id = $4 AND k.kind = a.kind)) "
                    "ORDER BY a.code, a.name, a.id")

static void print_past(struct jsonw *j, struct arena *scratch, struct db_rows *rows)
{
    jsonw_open(j);
    jsonw_kv_z(j, "type", "Feature");
    jsonw_kv_id(j, "id", db_i64(rows, 0));
    jsonw_key(j, "properties");
    jsonw_open(j);
    jsonw_kv_id(j, "id", db_i64(rows, 0));
    jsonw_kv_str(j, "name", db_text(rows, 1));
    jsonw_kv_str(j, "kind", db_text(rows, 2));
    jsonw_kv_str(j, "code", db_text(rows, 3));
    jsonw_kv_id(j, "parent_id", db_i64(rows, 4));
    jsonw_kv_id(j, "version", db_i64(rows, 6));
    jsonw_kv_i64(j, "valid_from", db_i64(rows, 7));
    jsonw_close(j);
    jsonw_key(j, "geometry");
    (void)geo_print(j, scratch, db_blob(rows, 5), 0);
    jsonw_close(j);
}

static err areas_past(struct req *r)
{
    const struct past_query *q = r->query;
    struct arena            *scratch = arena_new(0);
    struct buf               b = buf_new(r->arena, LOOK_BACK_MOST);
    struct jsonw             j = jsonw_on(&b);
    struct db_rows           rows;
    err                      e = q->at > r->now ? FAIL_AT(ERR_TIME_IN_FUTURE, "at") : OK;
    if (!failed(e))
        e = db_query(r->db, &areas_as_of, DB_ARGS(I64(r->tenant), TIME(q->at ? q->at : r->now), TEXT(q->kind), REF(q->under)), &rows);
    if (!failed(e)) {
        jsonw_open(&j);
        jsonw_kv_z(&j, "type", "FeatureCollection");
        jsonw_key(&j, "features");
        jsonw_list(&j);
        while (!b.full && db_next(&rows))
            print_past(&j, scratch, &rows);
        jsonw_list_end(&j);
        jsonw_close(&j);
        e = db_done(&rows);
    }
    arena_free(scratch);
    TRY(e);
    return b.full ? FAIL(ERR_TOO_LARGE) : reply_bytes(r, "application/geo+json", buf_view(&b), STR_NONE);
}

/* ---- routes ---- */

#define READ   .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "unit"
#define MANAGE .perm = PERM_UNIT_MANAGE, .scope = SCOPE_ANY, .tag = "unit"
#define VIEW   .reply_kind = REPLY_VIEW, .reply = redraw_fields

const struct route unit_redraw_routes[] = {
    { POST, "/api/v1/areas/redraw", redraw_ask_for, MANAGE, .tx = TX_NONE, ROUTE_BODY(struct redraw_ask, redraw_ask_fields), .body_max = BODY_MOST,
      .flags = ROUTE_SLOW, VIEW,
      ROUTE_ERRORS(ERR_SHAPE, ERR_CRS_UNKNOWN, ERR_UNKNOWN_REFERENCE, ERR_AREA_CLOSED, ERR_NO_SHAPE, ERR_NOT_SIBLINGS, ERR_NOT_NEIGHBOURS,
                   ERR_LINE_MISSES, ERR_NOTHING_LEFT, ERR_PARENT_KIND, ERR_CODE_TAKEN, ERR_CODE_FORM, ERR_TIME_IN_PAST, ERR_REDRAW_WAITS, ERR_CONFLICT),
      .summary = "Split, merge, move a border or draw; answers what it means, with dry_run without changing anything" },
    { GET, "/api/v1/areas/redraws", redraw_rows_all, READ, .reply_kind = REPLY_LIST, .reply = redraw_row_fields,
      .summary = "Redraws that wait for their day or waited, newest first" },
    { GET, "/api/v1/areas/redraws/:id", redraw_one, MANAGE, .tx = TX_NONE, VIEW, .summary = "One of them; of one that waits, what it means today" },
    { POST, "/api/v1/areas/redraws/:id/withdraw", redraw_withdraw, MANAGE, .tx = TX_WRITE, VIEW, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Withdraw one that waits" },
    { GET, "/api/v1/areas/past", areas_past, READ, ROUTE_QUERY(struct past_query, past_query_fields), .reply_kind = REPLY_BYTES,
      .reply_type = "application/geo+json", ROUTE_ERRORS(ERR_TIME_IN_FUTURE), .summary = "Outlines of areas as they were at a time" },
    ROUTE_END
};
