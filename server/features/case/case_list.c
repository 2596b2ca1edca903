/* case_list.c: lists, counts, map and My work over HTTP. Which rows: case_pick.c. */
#include <math.h>

#include "case_list.h"
#include "case_call.h"
#include "case_find.h"
#include "case_level.h"
#include "case_pick.h"
#include "case_task.h"
#include "../list/list.h"
#include "../setting/setting.h"
#include "../../base/id.h"

#define LIST_COLUMNS                                                                                                             \
    "c.id, c.code, " CASE_OPENING("c.text") ", c.state, c.outcome, c.category_id, c.severity, c.area_id, c.org_id, c.address, c.lon_e7, c.lat_e7, " \
    "c.source, c.reported_at, c.due_at, c.updated_at, c.reworks, c.version, c.reporter_id, c.handler_id, c.closed_at, c.solved, " \
    "c.tasks_open, "                                                                                                              \
    "c.asked, c.asked_by, c.provisional, c.left_unit, c.call_back, c.rated_by, c.rated_at, c.appeal, c.appeal_by, c.appeals, "  \
    "c.stars, c.contacted, c.held_area_id, c.assignee_id, c.supervised_at, c.supervised_due, c.supervised_answered, c.supervised_area_id, "            \
    "(SELECT p.name FROM person p WHERE p.tenant_id = c.tenant_id AND p.id = c.assignee_id), "                                  \
    "(SELECT min(p.file_id) FROM case_photo p WHERE p.tenant_id = c.tenant_id AND p.case_id = c.id)"
DB_SQL(case_rows_of, "SELECT " LIST_COLUMNS " FROM cases c WHERE c.tenant_id = $1 AND c.id IN (SELECT CAST(key AS BIGINT) FROM json_each($2))")
DB_SQL(case_pins, "SELECT id, lon_e7, lat_e7, state, due_at FROM cases WHERE tenant_id = $1 AND id IN (SELECT CAST(key AS BIGINT) FROM "
                  "json_each($2)) AND lon_e7 IS NOT NULL")

/* ---- what is asked ---- */

static const char *const due_words[] = { NULL, "overdue", "today", "week", NULL };
static const char *const mine_words[] = { NULL, "reported", "handled", "holding", "handed", NULL };
static const char *const sort_words[] = { NULL, "new", "old", "due", NULL };
enum { DUE_ANY, DUE_OVERDUE, DUE_TODAY, DUE_WEEK };
enum { MINE_ANY, MINE_REPORTED, MINE_HANDLED, MINE_HOLDING, MINE_HANDED };
enum { SORT_ANY, SORT_NEW, SORT_OLD, SORT_DUE };

#define FILTER_FIELDS                                                                                                            \
    FIELD_STRS(struct case_query, state, 0, 10, 0, "States, comma-separated; open: all that are not closed or rejected"),        \
    FIELD_ID(struct case_query, area, 0, "Area and everything below it"),                                                        \
    FIELD_ID(struct case_query, category, 0, "Category and everything below it"),                                                \
    FIELD_ID(struct case_query, org, 0, "Organisation that has it, and everything below it"),                                    \
    FIELD_WORD(struct case_query, source, case_source_words, 0, "How it came in"),                                               \
    FIELD_WORD(struct case_query, due, due_words, 0, "Overdue; due today; due this week"),                                       \
    FIELD_STR(struct case_query, text, 1, 100, 0, "Words of the text, the address or the code"),                                 \
    FIELD_WORD(struct case_query, mine, mine_words, 0, "Reported by the caller; handled by them; with their organisations or level; handed to them"), \
    FIELD_ID(struct case_query, held, 0, "Area whose level holds it since it was passed up or down"),                            \
    FIELD_BOOL(struct case_query, supervised, 0, "Only what is under supervision"),                                              \
    FIELD_WORD(struct case_query, call_back, case_call_words, 0, "How the call-back stands; of cases the caller reads as staff"), \
    FIELD_WORD(struct case_query, appeal, case_appeal_words, 0, "How the appeal against the score stands; as staff"),            \
    FIELD_STR(struct case_query, bbox, 1, 100, 0, "Box on the map: west,south,east,north")

#define SORT_FIELD \
    FIELD_WORD(struct case_query, sort, sort_words, 0, "new: newest report first (when nothing is said); old; due: first due first, open cases only")

const struct field case_query_fields[] = {
    FILTER_FIELDS,
    SORT_FIELD,
    FIELD_STR(struct case_query, after, 1, 200, 0, "Cursor of the next page"),
    FIELD_I64(struct case_query, limit, 1, 200, 0, "Rows of a page, 50 when not said"),
    FIELD_END
};
const struct field case_export_fields[] = {
    FILTER_FIELDS,
    SORT_FIELD,
    FIELD_WORD(struct case_query, format, list_format_words, REQUIRED, "csv: UTF-8 with byte order mark; xlsx: Excel workbook"),
    FIELD_END
};
const struct field case_filter_fields[] = { FILTER_FIELDS, FIELD_END };
#define CELLS 48         /* clusters across the box, each way, at most */
const struct field case_map_query_fields[] = {
    FILTER_FIELDS,
    FIELD_I64(struct case_query, columns, 3, CELLS, 0, "How many clusters the map has room for side by side; 48 each way when not said"),
    FIELD_END
};

/* ---- one row of a list ---- */

const struct field case_row_fields[] = {
    FIELD_ID(struct row_view, id, REQUIRED, "Id"),
    FIELD_STR(struct row_view, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_STR(struct row_view, title, 0, 0, 0, "First words"),
    FIELD_WORD(struct row_view, state, case_state_words, REQUIRED, "State"),
    FIELD_WORD(struct row_view, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_OBJECT(struct row_view, category, case_category_ref_fields, struct case_category_ref, 0, "Category"),
    FIELD_I64(struct row_view, severity, 1, 3, 0, "1 urgent, 2 ordinary, 3 minor"),
    FIELD_ID(struct row_view, area_id, 0, "Deepest area"),
    FIELD_STR(struct row_view, area_name, 0, 0, 0, "Its name"),
    FIELD_ID(struct row_view, org_id, 0, "Organisation that has it"),
    FIELD_STR(struct row_view, org_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct row_view, address, 0, 0, 0, "Place in words"),
    FIELD_GEO(struct row_view, at, 0, "Place, WGS 84"),
    FIELD_WORD(struct row_view, source, case_source_words, 0, "How it came in"),
    FIELD_TIME(struct row_view, reported_at, REQUIRED, "When it was reported"),
    FIELD_TIME(struct row_view, due_at, 0, "When the present step is due"),
    FIELD_TIME(struct row_view, updated_at, 0, "Last step"),
    FIELD_I64(struct row_view, reworks, 0, 0, 0, "Times it failed verification"),
    FIELD_ID(struct row_view, held_area_id, 0, "Area whose level holds it since it was passed up or down"),
    FIELD_STR(struct row_view, held_area_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct row_view, assignee, 0, 0, 0, "Person of the organisation it was handed to"),
    FIELD_TIME(struct row_view, supervised_due, 0, "When a level above expects it; null: not under supervision"),
    FIELD_BOOL(struct row_view, supervision_answered, 0, "Whoever has it has answered that level"),
    FIELD_I64(struct row_view, tasks_open, 0, 0, 0, "Organisations called that have neither answered nor been overruled"),
    FIELD_ID(struct row_view, photo, 0, "First photo"),
    FIELD_BOOL(struct row_view, provisional, 0, "The due time reaches beyond the years the calendar covers"),
    FIELD_BOOL(struct row_view, stopped, 0, "The clock is stopped; due_at is the date of the answer or the review"),
    FIELD_WORD(struct row_view, asked, case_asked_words, 0, "Request that waits for approval"),
    FIELD_WORD(struct row_view, call_back, case_call_words, 0, "How the call-back stands; for staff"),
    FIELD_WORD(struct row_view, appeal, case_appeal_words, 0, "How the appeal against the score stands; for staff"),
    FIELD_WORD(struct row_view, solved, case_solved_words, 0, "Whether it is solved, as the reporter says"),
    FIELD_I64(struct row_view, stars, 0, 0, 0, "How it was handled, 1 to 5, as the reporter says; 0: not said"),
    FIELD_STRS(struct row_view, actions, 0, 0, 0, "The main thing the caller may do now"),
    FIELD_I64(struct row_view, version, 0, 0, REQUIRED, "Version, for If-Match"),
    FIELD_END
};

struct list_row { struct case_row c; struct str assignee; int64_t photo; };
#define L_ID(m)   FIELD_ID(struct list_row, m, 0, "")
#define L_I64(m)  FIELD_I64(struct list_row, m, 0, 0, 0, "")
#define L_STR(m)  FIELD_STR(struct list_row, m, 0, 0, 0, "")
#define L_TIME(m) FIELD_TIME(struct list_row, m, 0, "")
static const struct field list_row_fields[] = {
    L_ID(c.id), L_STR(c.code), L_STR(c.text), L_I64(c.state), L_I64(c.outcome), L_ID(c.category_id), L_I64(c.severity), L_ID(c.area_id),
    L_ID(c.org_id), L_STR(c.address), L_I64(c.lon_e7), L_I64(c.lat_e7), L_I64(c.source), L_TIME(c.reported_at), L_TIME(c.due_at),
    L_TIME(c.updated_at), L_I64(c.reworks), L_I64(c.version), L_ID(c.reporter_id), L_ID(c.handler_id), L_TIME(c.closed_at), L_I64(c.solved),
    L_I64(c.tasks_open), L_I64(c.asked), L_ID(c.asked_by), L_I64(c.provisional), L_I64(c.left_unit), L_I64(c.call_back), L_I64(c.rated_by), L_TIME(c.rated_at),
    L_I64(c.appeal), L_ID(c.appeal_by), L_I64(c.appeals), L_I64(c.stars), L_I64(c.contacted), L_ID(c.held_area_id), L_ID(c.assignee_id),
    L_TIME(c.supervised_at), L_TIME(c.supervised_due), L_TIME(c.supervised_answered), L_ID(c.supervised_area_id), L_STR(assignee), L_ID(photo), FIELD_END
};

/* The main thing the caller may do, as the rules and rights have it; at most one. */
static struct strs main_action(struct req *r, const struct case_row *c)
{
    struct case_asker who = { .account = r->caller.account, .person = r->caller.person, .reporter = case_is_reporter(r, c), .now = r->now,
                              .handled_before = c->handler_id && c->handler_id == r->caller.account };
    struct str       *at = ARENA_NEW(r->arena, struct str);
    for (int a = ACT_REPORT; a < ACT_COUNT; a++) {
        const struct case_act *act = case_act((enum case_action)a);
        if (act->primary && case_check(c, &who, (enum case_action)a) == ERR_NONE &&
            case_permitted(r, c, (enum case_action)a, who.reporter)) {
            *at = str_of(act->word);
            return (struct strs){ at, 1 };
        }
    }
    return (struct strs){ NULL, 0 };
}

static struct row_view row_view(struct req *r, const struct unit_snapshot *u, const struct case_snapshot *s, const struct list_row *l)
{
    const struct case_row      *c = &l->c;
    const struct case_category *category = case_category_by_id(s, c->category_id);
    struct row_view             v = { .id = c->id, .code = c->code, .title = case_title(r->arena, c->text), .state = (int)c->state, .outcome = (int)c->outcome,
                                      .severity = c->severity, .area_id = c->area_id, .org_id = c->org_id,
                                      .area_name = unit_name_copy(r->arena, u, UNIT_AREA, c->area_id), .org_name = unit_name_copy(r->arena, u, UNIT_ORG, c->org_id),
                                      .address = c->address, .source = (int)c->source, .reported_at = c->reported_at, .due_at = c->due_at,
                                      .updated_at = c->updated_at, .reworks = c->reworks,
                                      .held_area_id = c->held_area_id, .held_area_name = unit_name_copy(r->arena, u, UNIT_AREA, c->held_area_id),
                                      .assignee = l->assignee, .supervised_due = c->supervised_due,
                                      .supervision_answered = c->supervised_answered != 0,
                                      .tasks_open = c->tasks_open, .photo = l->photo, .version = c->version,
                                      .provisional = c->provisional, .stopped = c->left_unit, .asked = (int)c->asked,
                                      .solved = (int)c->solved, .stars = c->stars, .rated_by = (int)c->rated_by, .contacted = (int)c->contacted };
    if (c->lon_e7 || c->lat_e7)
        v.at = (struct geo){ true, (double)c->lon_e7 / 1e7, (double)c->lat_e7 / 1e7 };
    if (category) {
        v.category = ARENA_NEW(r->arena, struct case_category_ref);
        *v.category = (struct case_category_ref){ category->id, str_copy(r->arena, category->name_zh), str_copy(r->arena, category->name_en) };
    }
    if ((c->call_back || c->appeal) && case_staff_reads(r, c)) {
        v.call_back = (int)c->call_back;
        v.appeal = (int)c->appeal;
    }
    v.actions = main_action(r, c);
    return v;
}

err case_list_views(struct req *r, const struct picked *rows, size_t n, struct list *out)
{
    struct list      found;
    struct row_view *at = ARENA_ARRAY(r->arena, n + 1, struct row_view);
    *out = (struct list){ at, 0 };
    if (!n)
        return OK;
    TRY(db_all(r->db, r->arena, &case_rows_of, DB_ARGS(I64(r->tenant), TEXT(picked_keys(r->arena, rows, n))), list_row_fields,
               sizeof(struct list_row), 0, &found));
    const struct list_row      *all = found.at;
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < found.len; k++)
            if (all[k].c.id == rows[i].id) {
                at[out->len++] = row_view(r, u, s, &all[k]);
                break;
            }
    case_release(r->app, s);
    unit_release(u);
    return OK;
}

/* ---- from the query to arms ---- */

/* The end of the caller's day and of their week (Sunday), in the tenant's zone. */
static void day_and_week(struct req *r, ms *day, ms *week)
{
    ms  local = r->now + r->app->zone_minutes * MS_MINUTE, midnight = local - local % MS_DAY + MS_DAY;
    int weekday = (int)((local / MS_DAY + 3) % 7);   /* 1970-01-01 was a Thursday; Monday is 0 */
    *day = midnight - r->app->zone_minutes * MS_MINUTE;
    *week = *day + (6 - weekday) * MS_DAY;
}

static void read_states(struct req *r, const struct case_query *q, struct pick_arm *arm)
{
    int64_t *at = ARENA_ARRAY(r->arena, CASE_STATE_COUNT * 2, int64_t);
    size_t   n = 0;
    arm->states = (struct pick_set){ .any = q->state.len == 0 };
    for (size_t i = 0; i < q->state.len; i++) {
        bool found = false;
        for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++) {
            bool open = str_is(q->state.at[i], "open") && case_state_info((enum case_state)s)->open;
            if (open || str_is(q->state.at[i], case_state_words[s])) {
                found = true;
                if (n < CASE_STATE_COUNT)
                    at[n++] = s;
            }
        }
        if (!found)
            req_fault(r, "state", ERR_NOT_A_CHOICE);
    }
    arm->states.ids = (struct ids){ at, n };
}

static void read_units(struct req *r, const struct case_query *q, struct pick_arm *arm)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    const struct case_snapshot *s = case_hold(r->app);
    /* The root area is no condition. */
    arm->areas = (struct pick_set){ .any = !q->area || q->area == unit_root(u) };
    arm->orgs = (struct pick_set){ .any = !q->org };
    arm->categories = (struct pick_set){ .any = !q->category };
    if (!arm->areas.any)
        arm->areas.ids = unit_subtree(u, r->arena, (struct unit_ref){ UNIT_AREA, q->area });
    if (q->org)
        arm->orgs.ids = unit_subtree(u, r->arena, (struct unit_ref){ UNIT_ORG, q->org });
    if (q->category)
        arm->categories.ids = case_category_subtree(s, r->arena, q->category);
    case_release(r->app, s);
    unit_release(u);
}

static void read_box(struct req *r, const struct case_query *q, struct pick_arm *arm)
{
    struct str rest = q->bbox;
    double     v[4] = { 0 };
    bool       fits = true;
    for (int i = 0; i < 4; i++)
        fits = str_to_real(str_cut(&rest, ','), &v[i]) && fits;
    fits = fits && !rest.ptr && v[0] >= -180 && v[2] <= 180 && v[1] >= -90 && v[3] <= 90 && v[0] <= v[2] && v[1] <= v[3];
    if (!fits) {
        req_fault(r, "bbox", ERR_PLACE);
        return;
    }
    arm->bbox = true;
    const int order[] = { 0, 2, 1, 3 };
    for (int i = 0; i < 4; i++)
        arm->box[i] = (int64_t)(v[order[i]] * 1e7);
}

static void read_due(struct req *r, const struct case_query *q, struct pick_arm *arm)
{
    ms day, week;
    day_and_week(r, &day, &week);
    const ms before[] = { 0, r->now, day, week }, from[] = { 0, 0, r->now, r->now };
    arm->due_before = before[q->due];
    arm->due_from = from[q->due];
    arm->open = q->due != DUE_ANY;
}

static struct pick_set two_states(struct arena *a, int64_t x, int64_t y)
{
    int64_t *at = ARENA_ARRAY(a, 2, int64_t);
    at[0] = x;
    at[1] = y;
    return (struct pick_set){ false, { at, 2 } };
}

static struct pick_set one_id(struct arena *a, int64_t id)
{
    int64_t *at = ARENA_NEW(a, int64_t);
    *at = id;
    return (struct pick_set){ false, { at, 1 } };
}

/* With the caller's organisations, or, where none has it, with the level they work at. */
static struct pick_arm *holding_arms(struct req *r, struct pick_arm *arm, size_t *n)
{
    size_t           more;
    struct pick_arm *all = ARENA_ARRAY(r->arena, 6, struct pick_arm);
    if (arm->states.any)
        arm->states = two_states(r->arena, CASE_DISPATCHED, CASE_HANDLING);
    struct pick_arm *arms = case_waiting_arms(r, PERM_CASE_HANDLE, BY_ORG, arm, n);
    memcpy(all, arms, *n * sizeof *all);
    arms = case_waiting_arms(r, PERM_CASE_DISPATCH, BY_ORG, arm, &more);
    memcpy(all + *n, arms, more * sizeof *all);
    *n += more;
    return all;
}

/* How a call-back or an appeal stands is for staff: what somebody sees as its reporter alone is not found by it. */
static void read_after(struct req *r, const struct case_query *q, struct pick_arm *arm)
{
    if (q->call_back)
        arm->call_back = one_id(r->arena, q->call_back);
    if (q->appeal)
        arm->appeal = one_id(r->arena, q->appeal);
}

static size_t without_reporter(struct pick_arm *arms, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n; i++)
        if (!arms[i].reporter)
            arms[out++] = arms[i];
    return out;
}

static err arms_of(struct req *r, const struct case_query *q, struct pick_arm **arms, size_t *n)
{
    struct pick_arm arm = { 0 };
    read_after(r, q, &arm);
    read_states(r, q, &arm);
    read_units(r, q, &arm);
    read_due(r, q, &arm);
    arm.source = q->source;
    arm.supervised = q->supervised;
    if (q->held)
        arm.held = one_id(r->arena, q->held);
    if (q->bbox.ptr)
        read_box(r, q, &arm);
    TRY(req_faults(r));
    if (q->mine == MINE_HANDLED)
        arm.handler = r->caller.account;
    if (q->mine == MINE_HANDED)
        arm.assignee = r->caller.person;
    *arms = q->mine == MINE_HOLDING ? holding_arms(r, &arm, n) : case_arms(r, PERM_CASE_READ, &arm, n);
    if (q->mine == MINE_REPORTED) {
        *arms = ARENA_NEW(r->arena, struct pick_arm);
        **arms = arm;
        (*arms)->reporter = r->caller.person;
        *n = 1;
    }
    if (q->call_back || q->appeal)
        *n = without_reporter(*arms, *n);
    return OK;
}

/* ---- the list ---- */

struct list_view { struct list items; struct str next; ms searched_to; };
const struct field case_list_fields[] = {
    FIELD_LIST(struct list_view, items, case_row_fields, struct row_view, 0, 0, REQUIRED, "Cases"),
    FIELD_STR(struct list_view, next, 0, 0, 0, "Cursor of the next page; null: there is none"),
    FIELD_TIME(struct list_view, searched_to, 0, "With text: how far back it looked; null: everything was looked at"),
    FIELD_END
};

/* The next `limit` rows; *last: the last one looked at, *more: there may be some behind it. */
static err rows_of(struct req *r, struct pick *p, const struct case_query *q, size_t limit, struct list *items, struct picked *last, bool *more)
{
    struct picked *rows = ARENA_ARRAY(r->arena, limit + 1, struct picked);
    size_t         n;
    p->most = limit + 1;
    if (q->text.ptr) {
        p->most = limit;
        TRY(case_find(r, p, q->text, rows, &n, last, more));
    } else {
        TRY(case_pick(r, p, rows, &n));
        *more = n > limit;
        n = *more ? limit : n;
        *last = n ? rows[n - 1] : *last;
    }
    return case_list_views(r, rows, n, items);
}

static void put_feature(struct jsonw *j, const struct row_view *row)
{
    jsonw_open(j);
    jsonw_kv_z(j, "type", "Feature");
    jsonw_kv_id(j, "id", row->id);
    jsonw_key(j, "geometry");
    if (row->at.set) {
        jsonw_open(j);
        jsonw_kv_z(j, "type", "Point");
        jsonw_key(j, "coordinates");
        jsonw_list(j);
        jsonw_real(j, row->at.lon, 7);
        jsonw_real(j, row->at.lat, 7);
        jsonw_list_end(j);
        jsonw_close(j);
    } else {
        jsonw_null(j);
    }
    jsonw_key(j, "properties");
    field_write(j, case_row_fields, row);
    jsonw_close(j);
}

/* The same rows as JSON, or as GeoJSON (RFC 7946, with the cursor beside the features). */
static err reply_cases(struct req *r, const struct list_view *v)
{
    const struct row_view *rows = v->items.at;
    if (r->route->reply_kind == REPLY_VIEW)
        return reply_view(r, case_list_fields, v, 0);
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "type", "FeatureCollection");
    jsonw_key(&j, "features");
    jsonw_list(&j);
    for (size_t i = 0; i < v->items.len; i++)
        put_feature(&j, &rows[i]);
    jsonw_list_end(&j);
    jsonw_kv_str(&j, "next", v->next);
    jsonw_close(&j);
    return b.full ? FAIL(ERR_INTERNAL) : reply_bytes(r, "application/geo+json", buf_view(&b), STR_NONE);
}

static err page(struct req *r, struct pick *p, const struct case_query *q)
{
    struct picked    last = { 0 };
    struct list_view v = { .next = STR_NONE };
    bool             more;
    TRY(rows_of(r, p, q, q->limit ? (size_t)q->limit : 50, &v.items, &last, &more));
    v.searched_to = q->text.ptr && more ? id_time(last.id) : 0;
    if (more)
        v.next = req_cursor(r, last.id, p->order == PICK_DUE ? last.due_at : 0);
    return reply_cases(r, &v);
}

/* What the query asks for, in which order. */
static err prepare(struct req *r, const struct case_query *q, struct pick *p)
{
    struct pick_arm *arms;
    *p = (struct pick){ .order = q->sort == SORT_DUE || (q->due && !q->sort) ? PICK_DUE : q->sort == SORT_OLD ? PICK_OLD : PICK_NEW };
    TRY(arms_of(r, q, &arms, &p->arm_count));
    p->arms = arms;
    return OK;
}

err case_list_next(struct req *r, const struct case_query *q, size_t most, struct case_list_at *at, struct list *rows)
{
    struct pick   p;
    struct picked last = { 0 };
    bool          more;
    TRY(prepare(r, q, &p));
    p.after = at->id;
    p.after_due = at->due_at;
    TRY(rows_of(r, &p, q, most, rows, &last, &more));
    *at = (struct case_list_at){ last.id, last.due_at, !more };
    return OK;
}

/* A code that was typed whole is that case, wherever it stands. */
static err by_code(struct req *r, struct str code, bool *done)
{
    struct case_row  c;
    struct list_view v = { .next = STR_NONE };
    err              e = case_get_code(r->db, r->arena, r->tenant, code, &c);
    *done = !failed(e) && case_may_read(r, &c);
    if (!*done)
        return e.code == ERR_NOT_FOUND ? OK : e;
    TRY(case_list_views(r, &(struct picked){ .id = c.id }, 1, &v.items));
    return reply_cases(r, &v);
}

err case_list(struct req *r)
{
    const struct case_query *q = r->query;
    struct pick              p;
    bool                     done = false;
    if (q->text.ptr && case_is_code(q->text))
        TRY(by_code(r, q->text, &done));
    if (done)
        return OK;
    TRY(prepare(r, q, &p));
    if (q->after.ptr && !req_cursor_read(r, q->after, &p.after, &p.after_due))
        req_fault(r, "after", ERR_INVALID);
    TRY(req_faults(r));
    return page(r, &p, q);
}

/* ---- count ---- */

#define COUNT_MOST 500

struct count_view { int64_t count; bool capped; };
const struct field case_count_fields[] = {
    FIELD_I64(struct count_view, count, 0, 0, REQUIRED, "How many"),
    FIELD_BOOL(struct count_view, capped, REQUIRED, "There are more: counted to the bound only"),
    FIELD_END
};

/* The rows asked for, by words of the text too; more: not everything was looked at. */
static err pick_asked(struct req *r, struct pick *p, const struct case_query *q, struct picked *rows, size_t *n, bool *more)
{
    struct picked last;
    *more = false;
    return q->text.ptr ? case_find(r, p, q->text, rows, n, &last, more) : case_pick(r, p, rows, n);
}

static err count(struct req *r, const struct case_query *q, struct count_view *out)
{
    struct pick_arm *arms;
    struct pick      p = { .most = COUNT_MOST + 1 };
    size_t           n;
    bool             more = false;
    TRY(arms_of(r, q, &arms, &p.arm_count));
    p.arms = arms;
    p.order = q->due ? PICK_DUE : PICK_NEW;
    if (q->text.ptr)
        TRY(pick_asked(r, &p, q, ARENA_ARRAY(r->arena, COUNT_MOST + 1, struct picked), &n, &more));
    else
        TRY(case_pick_count(r, &p, &n));
    *out = (struct count_view){ n > COUNT_MOST ? COUNT_MOST : (int64_t)n, n > COUNT_MOST || more };
    return OK;
}

err case_count(struct req *r)
{
    struct count_view v;
    TRY(count(r, r->query, &v));
    return reply_view(r, case_count_fields, &v, 0);
}

/* ---- map ---- */

#define PINS_MOST     2000    /* beyond this they are drawn as clusters */
#define CLUSTERS_MOST 3000    /* cases looked at for clusters: the newest */

struct pin_view { int64_t id; double lon, lat; int state; ms due_at; int64_t count; };
static const struct field pin_fields[] = {
    FIELD_ID(struct pin_view, id, 0, "Case; null: a cluster"),
    FIELD_REAL(struct pin_view, lon, REQUIRED, "Longitude"),
    FIELD_REAL(struct pin_view, lat, REQUIRED, "Latitude"),
    FIELD_WORD(struct pin_view, state, case_state_words, 0, "State; null: a cluster"),
    FIELD_TIME(struct pin_view, due_at, 0, "When its step is due"),
    FIELD_I64(struct pin_view, count, 0, 0, REQUIRED, "Cases it stands for"),
    FIELD_END
};
struct map_view { struct list items; bool clustered, capped; };
const struct field case_map_fields[] = {
    FIELD_LIST(struct map_view, items, pin_fields, struct pin_view, 0, 0, REQUIRED, "Pins, or clusters when there are many"),
    FIELD_BOOL(struct map_view, clustered, REQUIRED, "Clusters, not single cases"),
    FIELD_BOOL(struct map_view, capped, REQUIRED, "Only the newest were looked at"),
    FIELD_END
};

static err read_pins(struct req *r, const struct picked *rows, size_t n, struct pin_view *pins, size_t *count)
{
    struct db_rows found;
    TRY(db_query(r->db, &case_pins, DB_ARGS(I64(r->tenant), TEXT(picked_keys(r->arena, rows, n))), &found));
    while (db_next(&found))
        pins[(*count)++] = (struct pin_view){ db_i64(&found, 0), (double)db_i64(&found, 1) / 1e7, (double)db_i64(&found, 2) / 1e7,
                                              (int)db_i64(&found, 3), db_i64(&found, 4), 1 };
    return db_done(&found);
}

static struct pin_view pin_of(const struct picked *row, bool single)
{
    struct pin_view pin = { .lon = (double)row->lon_e7 / 1e7, .lat = (double)row->lat_e7 / 1e7, .count = 1 };
    if (single) {
        pin.id = row->id;
        pin.state = (int)row->state;
        pin.due_at = row->due_at;
    }
    return pin;
}

/* Cases that came with their place are not read. */
static err add_pins(struct req *r, struct picked *rows, size_t n, struct pin_view *pins, size_t *count)
{
    size_t left = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].lon_e7 || rows[i].lat_e7)
            pins[(*count)++] = pin_of(&rows[i], n <= PINS_MOST);
        else
            rows[left++] = rows[i];
    for (size_t i = 0; i < left; i += PINS_MOST)
        TRY(read_pins(r, rows + i, left - i < PINS_MOST ? left - i : PINS_MOST, pins, count));
    return OK;
}

static int within(double part, int most)
{
    return part <= 0 ? 0 : part >= 1 ? most - 1 : (int)(part * most);
}

/* A cell of a grid over the box becomes one pin at the mean of its cases. The cells are as high as they are wide where their number is said. */
static size_t cluster(struct arena *a, const struct pin_view *pins, size_t n, const double box[4], int64_t columns, struct pin_view *out)
{
    struct pin_view *cells = ARENA_ARRAY(a, CELLS * CELLS, struct pin_view);
    size_t           count = 0;
    double           wide = box[2] > box[0] ? box[2] - box[0] : 1, high = box[3] > box[1] ? box[3] - box[1] : 1;
    double           tall = (double)columns * high / (wide * cos(box[1] / 180 * M_PI));
    int              across = columns ? (int)columns : CELLS, up = !columns || tall > CELLS ? CELLS : tall < 1 ? 1 : (int)tall;
    for (size_t i = 0; i < n; i++) {
        int x = within((pins[i].lon - box[0]) / wide, across), y = within((pins[i].lat - box[1]) / high, up);
        struct pin_view *c = &cells[y * CELLS + x];
        c->lon += pins[i].lon;
        c->lat += pins[i].lat;
        c->count++;
    }
    for (int i = 0; i < CELLS * CELLS; i++)
        if (cells[i].count)
            out[count++] = (struct pin_view){ .lon = cells[i].lon / (double)cells[i].count, .lat = cells[i].lat / (double)cells[i].count,
                                              .count = cells[i].count };
    return count;
}

/* The box asked for, else the one around all pins. */
static void box_of(const struct pick_arm *arm, const struct pin_view *pins, size_t n, double box[4])
{
    if (arm->bbox) {
        const int order[] = { 0, 2, 1, 3 };
        for (int i = 0; i < 4; i++)
            box[i] = (double)arm->box[order[i]] / 1e7;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        box[0] = i && box[0] < pins[i].lon ? box[0] : pins[i].lon;
        box[1] = i && box[1] < pins[i].lat ? box[1] : pins[i].lat;
        box[2] = i && box[2] > pins[i].lon ? box[2] : pins[i].lon;
        box[3] = i && box[3] > pins[i].lat ? box[3] : pins[i].lat;
    }
}

err case_map(struct req *r)
{
    struct pick      p = { .most = CLUSTERS_MOST };
    struct pick_arm *arms;
    struct picked   *rows = ARENA_ARRAY(r->arena, CLUSTERS_MOST, struct picked);
    struct pin_view *pins = ARENA_ARRAY(r->arena, CLUSTERS_MOST, struct pin_view), *out;
    struct map_view  v = { 0 };
    size_t           n, count_ = 0;
    double           box[4] = { 0 };
    bool             more;
    TRY(arms_of(r, r->query, &arms, &p.arm_count));
    p.arms = arms;
    TRY(pick_asked(r, &p, r->query, rows, &n, &more));
    TRY(add_pins(r, rows, n, pins, &count_));
    v.capped = n == CLUSTERS_MOST || more;
    v.clustered = count_ > PINS_MOST;
    v.items = (struct list){ pins, count_ };
    if (v.clustered) {
        out = ARENA_ARRAY(r->arena, CELLS * CELLS, struct pin_view);
        box_of(&arms[0], pins, count_, box);
        v.items = (struct list){ out, cluster(r->arena, pins, count_, box, ((const struct case_query *)r->query)->columns, out) };
    }
    return reply_view(r, case_map_fields, &v, 0);
}

/* ---- My work: what waits for the caller ---- */

#define WORK_MOST  1000   /* counted; beyond this the counts say so */
#define WALK_MOST  1500   /* open cases of the caller's areas looked at for them, first due first */
#define GROUP_MOST 20     /* shown of each, so that the page is there at once however much waits; of the one asked for alone: */
#define ALONE_MOST 200
#define SUPERVISING_MOST 50
#define CALLS_MOST 100    /* counted: who had a part in a case is looked up for each. The page of call-backs counts further */

struct work_counts { int64_t overdue, today, week, all, supervised, supervising, waiting_for_others, call_backs; bool capped, others_capped, call_backs_capped; };
static const struct field work_count_fields[] = {
    FIELD_I64(struct work_counts, overdue, 0, 0, REQUIRED, "Past their time"),
    FIELD_I64(struct work_counts, today, 0, 0, REQUIRED, "Due today, still in time"),
    FIELD_I64(struct work_counts, week, 0, 0, REQUIRED, "Due later this week"),
    FIELD_I64(struct work_counts, all, 0, 0, REQUIRED, "All that wait for the caller"),
    FIELD_I64(struct work_counts, supervised, 0, 0, REQUIRED, "Of these, under supervision"),
    FIELD_I64(struct work_counts, supervising, 0, 0, REQUIRED, "Cases the caller's level supervises, counted to 1,000; not counted above"),
    FIELD_I64(struct work_counts, waiting_for_others, 0, 0, REQUIRED, "Open cases in sight that wait for somebody else"),
    FIELD_I64(struct work_counts, call_backs, 0, 0, REQUIRED, "Reporters the caller may call back now; counted up to 100, and not among all"),
    FIELD_BOOL(struct work_counts, capped, REQUIRED, "More wait for the caller than were counted, which is first due first"),
    FIELD_BOOL(struct work_counts, others_capped, REQUIRED, "More wait for somebody else than were counted"),
    FIELD_BOOL(struct work_counts, call_backs_capped, REQUIRED, "As many call-backs wait as are counted, or more"),
    FIELD_END
};
struct state_count { int state; int64_t count; };
static const struct field state_count_fields[] = {
    FIELD_WORD(struct state_count, state, case_state_words, 0, "State"),
    FIELD_I64(struct state_count, count, 0, 0, 0, "Cases of the caller's work in it"),
    FIELD_END
};
const char *const case_due_group_words[] = { NULL, "overdue", "today", "week", "later", NULL };
struct work_group { int due; int64_t count; struct list items; };
static const struct field work_group_fields[] = {
    FIELD_WORD(struct work_group, due, case_due_group_words, 0, "When they are due"),
    FIELD_I64(struct work_group, count, 0, 0, REQUIRED, "How many there are, of the state asked for"),
    FIELD_LIST(struct work_group, items, case_row_fields, struct row_view, 0, 0, 0, "Cases, first due first; at most 20, of a group asked for 200"),
    FIELD_END
};
const struct field case_work_query_fields[] = {
    FIELD_WORD(struct case_work_query, state, case_state_words, 0, "Only cases of this state in the groups; the counts are of all"),
    FIELD_BOOL(struct case_work_query, supervised, 0, "Only cases under supervision in the groups; the counts are of all"),
    FIELD_WORD(struct case_work_query, due, case_due_group_words, 0, "Only this group; the counts are of all"),
    FIELD_END
};
struct work_view { struct work_counts counts, *counts_; struct list by_state, groups, supervising, called; };
const struct field case_work_fields[] = {
    { .name = "counts", .kind = KIND_OBJECT, .offset = offsetof(struct work_view, counts_), .sub = work_count_fields,
      .size = sizeof(struct work_counts), .flags = REQUIRED, .doc = "How much" },
    FIELD_LIST(struct work_view, by_state, state_count_fields, struct state_count, 0, 0, REQUIRED, "By state"),
    FIELD_LIST(struct work_view, groups, work_group_fields, struct work_group, 0, 0, REQUIRED, "By due time"),
    FIELD_LIST(struct work_view, supervising, case_row_fields, struct row_view, 0, 0, REQUIRED,
               "What the caller's level supervises, first expected first; at most 50"),
    FIELD_LIST(struct work_view, called, case_task_work_fields, struct task_work, 0, 0, REQUIRED,
               "Calls to the caller's organisations that wait for an answer, first due first; at most 200. Counted above"),
    FIELD_END
};

#define ANY_SET ((struct pick_set){ .any = true })

/* Adds the arms of one right for one state. */
static void add_work(struct req *r, enum case_state s, enum perm perm, struct pick_arm *all, size_t *n)
{
    struct pick_arm  with = { one_id(r->arena, s), ANY_SET, ANY_SET, ANY_SET, .open = true };
    size_t           count_;
    struct pick_arm *arms = case_waiting_arms(r, perm, case_state_info(s)->who, &with, &count_);
    for (size_t i = 0; i < count_; i++)
        all[(*n)++] = arms[i];
}

static bool same_set(const struct pick_set *x, const struct pick_set *y)
{
    return x->any == y->any && x->ids.len == y->ids.len && (!x->ids.len || memcmp(x->ids.at, y->ids.at, x->ids.len * sizeof *x->ids.at) == 0);
}

/* Both are driven by the same areas, organisations or levels, and ask the same but for the state. */
static bool one_walk(const struct pick_arm *x, const struct pick_arm *y)
{
    bool driven = !x->areas.any || !x->orgs.any || x->held.ids.len;
    return driven && same_set(&x->areas, &y->areas) && same_set(&x->orgs, &y->orgs) && same_set(&x->held, &y->held) && x->no_org == y->no_org &&
           x->has_org == y->has_org && x->unheld == y->unheld;
}

/* Whoever may take several steps in the same areas walks through these once, not once for each state. */
static void join_arms(struct arena *a, struct pick_arm *all, size_t *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        size_t k = 0;
        while (k < kept && !one_walk(&all[k], &all[i]))
            k++;
        if (k == kept) {
            all[kept++] = all[i];
            continue;
        }
        struct ids before = all[k].states.ids, more = all[i].states.ids;
        int64_t   *at = ARENA_ARRAY(a, before.len + more.len, int64_t);
        memcpy(at, before.at, before.len * sizeof *at);
        memcpy(at + before.len, more.at, more.len * sizeof *at);
        all[k].states.ids = (struct ids){ at, before.len + more.len };
    }
    *n = kept;
}

/* Arms for the states whose next step the caller may take, by the table of states. */
static struct pick_arm *work_arms(struct req *r, size_t *n)
{
    struct pick_arm *all = ARENA_ARRAY(r->arena, CASE_STATE_COUNT * 6, struct pick_arm);
    *n = 0;
    for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++) {
        const struct case_state_info *info = case_state_info((enum case_state)s);
        if (info->perm == PERM_UNSET)
            continue;
        add_work(r, (enum case_state)s, info->perm, all, n);
        if (info->perm == PERM_CASE_HANDLE)   /* whoever took it on instead of dispatching */
            add_work(r, (enum case_state)s, PERM_CASE_DISPATCH, all, n);
    }
    join_arms(r->arena, all, n);
    return all;
}

/* The ends of the groups. */
struct due_ends { ms now, day, week; };

static struct due_ends due_ends(struct req *r)
{
    struct due_ends e = { .now = r->now };
    day_and_week(r, &e.day, &e.week);
    return e;
}

static int due_group(const struct due_ends *e, ms due)
{
    if (!due || due >= e->week)
        return 4;
    return due < e->now ? 1 : due < e->day ? 2 : 3;
}

static void count_work(struct req *r, const struct picked *rows, size_t n, struct work_view *v)
{
    struct state_count *states = ARENA_ARRAY(r->arena, CASE_STATE_COUNT, struct state_count);
    struct due_ends     ends = due_ends(r);
    int64_t             by[CASE_STATE_COUNT] = { 0 }, due[5] = { 0 };
    for (size_t i = 0; i < n; i++) {
        by[rows[i].state]++;
        due[due_group(&ends, rows[i].due_at)]++;
        v->counts.supervised += rows[i].supervised;
    }
    v->counts.overdue = due[1];
    v->counts.today = due[2];
    v->counts.week = due[3];
    v->counts.all = (int64_t)n;
    v->by_state = (struct list){ states, 0 };
    for (int s = CASE_REPORTED; s < CASE_STATE_COUNT; s++)
        if (by[s])
            states[v->by_state.len++] = (struct state_count){ s, by[s] };
}

static void count_called(struct req *r, struct work_view *v)
{
    struct task_work *t = v->called.at;
    struct due_ends   ends = due_ends(r);
    int64_t           due[5] = { 0 };
    for (size_t i = 0; i < v->called.len; i++)
        due[t[i].due = due_group(&ends, t[i].due_at)]++;
    v->counts.overdue += due[1];
    v->counts.today += due[2];
    v->counts.week += due[3];
    v->counts.all += (int64_t)v->called.len;
}

/* Whether the caller asked for it, or for everything. */
static bool asked_for(const struct case_work_query *q, const struct picked *row)
{
    return (!q->state || row->state == q->state) && (!q->supervised || row->supervised);
}

/* The rows of all groups are read at once. */
static err group_work(struct req *r, const struct picked *rows, size_t n, struct work_view *v)
{
    const struct case_work_query *q = r->query;
    struct due_ends               ends = due_ends(r);
    size_t                        most = q->due ? ALONE_MOST : GROUP_MOST, all[5] = { 0 }, shown = 0;
    struct work_group            *groups = ARENA_ARRAY(r->arena, 4, struct work_group);
    struct picked                *some = ARENA_ARRAY(r->arena, most * 4, struct picked), *first[5];
    struct list                   views;
    for (int g = 1; g <= 4; g++)
        first[g] = ARENA_ARRAY(r->arena, most, struct picked);
    for (size_t i = 0; i < n; i++) {
        int g = due_group(&ends, rows[i].due_at);
        if ((!q->due || q->due == g) && asked_for(q, &rows[i]) && all[g]++ < most)
            first[g][all[g] - 1] = rows[i];
    }
    v->groups = (struct list){ groups, 0 };
    for (int g = 1; g <= 4; g++) {
        size_t some_of = all[g] < most ? all[g] : most;
        if (all[g])
            groups[v->groups.len++] = (struct work_group){ .due = g, .count = (int64_t)all[g], .items.len = some_of };
        memcpy(some + shown, first[g], some_of * sizeof *some);
        shown += some_of;
    }
    TRY(case_list_views(r, some, shown, &views));
    for (size_t i = 0, from = 0; i < v->groups.len; from += groups[i++].items.len)
        groups[i].items.at = (struct row_view *)views.at + from;
    return OK;
}

/* The arm by whose areas all that was walked through is in sight; NULL: there is none. */
static struct pick_arm *arm_of_walk(struct arena *a, struct pick_arm *arms, size_t n, struct ids areas)
{
    for (size_t i = 0; i < n; i++)
        if (arms[i].by_area && areas.len && pick_common(a, areas, arms[i].areas.ids).len == areas.len)
            return &arms[i];
    return NULL;
}

/* What was met on the way to the caller's own work is not asked for again: then only what else is in sight, and not in those areas. */
static err count_in_sight(struct req *r, const struct pick_walk *walk, size_t *n)
{
    struct pick_arm  with = { ANY_SET, ANY_SET, ANY_SET, ANY_SET, .open = true };
    struct pick      p = { .order = PICK_DUE, .most = WORK_MOST, .any = true };
    struct pick_arm *arms = case_arms(r, PERM_CASE_READ, &with, &p.arm_count);
    struct pick_arm *walked = arm_of_walk(r->arena, arms, p.arm_count, walk->areas);
    p.arms = arms;
    if (walked && walk->met.len >= WORK_MOST) {
        *n = WORK_MOST;
        return OK;
    }
    if (!walked || !walk->whole || walked->areas.ids.len > walk->areas.len)   /* more areas are in sight than were walked through */
        return case_pick_count(r, &p, n);
    *walked = arms[--p.arm_count];
    struct picked *rows = ARENA_ARRAY(r->arena, WORK_MOST, struct picked);
    TRY(case_pick(r, &p, rows, n));
    if (*n == WORK_MOST)
        return OK;
    size_t     seen = walk->met.len;
    struct ids met = *n ? pick_joined(r->arena, walk->met, (struct ids){ NULL, 0 }) : walk->met;
    for (size_t i = 0; i < *n; i++)
        seen += !pick_has(met, rows[i].id);
    *n = seen < WORK_MOST ? seen : WORK_MOST;
    return OK;
}

/* Open cases the caller sees beyond their own work. */
static err count_others(struct req *r, const struct pick_walk *walk, struct work_view *v)
{
    size_t n;
    TRY(count_in_sight(r, walk, &n));
    v->counts.waiting_for_others = (int64_t)n > v->counts.all ? (int64_t)n - v->counts.all : 0;
    v->counts.others_capped = n == WORK_MOST;
    return OK;
}

static err work_rows(struct req *r, struct picked *rows, size_t *n, struct pick_walk *walk)
{
    struct pick p = { .order = PICK_DUE, .most = WORK_MOST, .walk = walk, .walk_most = WALK_MOST };
    p.arms = work_arms(r, &p.arm_count);
    TRY(case_pick(r, &p, rows, n));
    TRY(case_requests(r, rows, n, WORK_MOST));
    return case_appeals(r, rows, n, WORK_MOST);
}

static err supervising_work(struct req *r, struct work_view *v)
{
    struct picked *rows = ARENA_ARRAY(r->arena, SUPERVISING_MOST, struct picked);
    size_t         n;
    TRY(case_supervising(r, rows, SUPERVISING_MOST, &n, &v->counts.supervising));
    return case_list_views(r, rows, n, &v->supervising);
}

err case_work(struct req *r)
{
    struct picked   *rows = ARENA_ARRAY(r->arena, WORK_MOST, struct picked);
    struct work_view v = { 0 };
    struct pick_walk walk = { 0 };
    struct case_calls calls;
    size_t           n;
    TRY(work_rows(r, rows, &n, &walk));
    TRY(case_calls_count(r, CALLS_MOST, &calls));
    v.counts.call_backs = calls.waiting;
    v.counts.call_backs_capped = calls.capped;
    v.counts_ = &v.counts;
    v.counts.capped = n == WORK_MOST || walk.cut;
    count_work(r, rows, n, &v);
    TRY(supervising_work(r, &v));
    TRY(group_work(r, rows, n, &v));
    TRY(count_others(r, &walk, &v));
    TRY(case_task_work(r, &v.called));
    count_called(r, &v);
    return reply_view(r, case_work_fields, &v, 0);
}

/* ---- deadlines ---- */

static struct case_deadline deadline_of_case(const struct row_view *v)
{
    struct case_category_ref none = { 0, STR_NONE, STR_NONE }, category = v->category ? *v->category : none;
    return (struct case_deadline){ .id = v->id, .case_id = v->id, .code = v->code, .state = v->state, .category_zh = category.name_zh,
                                   .category_en = category.name_en, .area_name = v->area_name, .due_at = v->due_at, .updated_at = v->updated_at,
                                   .version = v->version };
}

err case_deadlines(struct req *r, size_t most, struct list *out)
{
    struct picked *rows = ARENA_ARRAY(r->arena, WORK_MOST, struct picked);
    size_t         n, due = 0;
    struct list    views, calls;
    TRY(work_rows(r, rows, &n, NULL));
    for (size_t i = 0; i < n && due < most; i++)   /* those without a limit come last, but for what waits for an approval */
        if (rows[i].due_at && rows[i].due_at != PICK_NO_DUE)
            rows[due++] = rows[i];
    TRY(case_list_views(r, rows, due, &views));
    TRY(case_task_work(r, &calls));
    struct case_deadline   *at = ARENA_ARRAY(r->arena, views.len + calls.len + 1, struct case_deadline);
    const struct row_view  *view = views.at;
    const struct task_work *call = calls.at;
    *out = (struct list){ at, 0 };
    for (size_t i = 0; i < views.len; i++)
        if (view[i].due_at)
            at[out->len++] = deadline_of_case(&view[i]);
    for (size_t i = 0; i < calls.len && i < most; i++)
        if (call[i].due_at)
            at[out->len++] = (struct case_deadline){ .id = call[i].id, .case_id = call[i].case_id, .called = true, .code = call[i].code,
                                                     .due_at = call[i].due_at, .updated_at = id_time(call[i].id) };
    return OK;
}
