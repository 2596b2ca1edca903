/* case_pick.c: the rows of a list, quickly at any size. */
#include <stdlib.h>

#include "case_matter.h"
#include "case_pick.h"
#include "case_task.h"

/* $1 tenant, $2 and $3 bounds of id (exclusive), $4 rows, $5 value that drives, $6 states, $7 areas, $8 organisations, $9 categories,
 * $10 source, $11 and $12 due, $13 handler, $14 to $17 box, $18 and $19 due and id of the row before, $20 upper due bound, $21 reporter,
 * $22 newest rows looked at, $23 state or category that drives beside $5, $24 organisations called, $25 ids to choose among, $26 levels that hold, $27
 * person it was handed to, $28 cases that are named (under supervision, in a box that holds few), $29 how its call-back stands, $30 its appeal. Sets come as the keys of a JSON object: one text for every engine. */
#define SET(n)     "(SELECT CAST(key AS BIGINT) FROM json_each($" #n "))"
enum {
    BY_STATE, BY_AREA_ID, BY_ORG_ID, BY_CATEGORY, BY_REPORTER_ID, BY_HANDLER_ID,
    IN_STATES, IN_AREAS, IN_ORGS, IN_CATEGORIES, IS_SOURCE, IS_DUE_BEFORE, IS_DUE_FROM, IS_HANDLER, IN_BOX, IS_OPEN, HAS_NO_ORG, IS_REPORTER,
    AND_STATE, IN_CALLED, BY_HELD, IN_HELD, IS_UNHELD, HAS_ORG, IS_ASSIGNEE, BY_ASSIGNEE_ID,
    BY_CALL, IN_CALLS, BY_APPEAL, IN_APPEALS, AND_CATEGORY
};
/* A unary plus keeps a condition from choosing the index: the one that drives does that. */
#define FRAGMENTS(name)                                                                                                          \
    static const char *const name[] = { " AND state = $5", " AND area_id = $5", " AND org_id = $5", " AND category_id = $5",     \
                                        " AND reporter_id = $5", " AND handler_id = $5", " AND +state IN " SET(6),               \
                                        " AND +area_id IN " SET(7), " AND +org_id IN " SET(8), " AND +category_id IN " SET(9), " AND source = $10",          \
                                        " AND +due_at < $11", " AND +due_at >= $12", " AND +handler_id = $13",                   \
                                        " AND lon_e7 BETWEEN $14 AND $15 AND lat_e7 BETWEEN $16 AND $17",                        \
                                        " AND closed_at IS NULL", " AND +org_id IS NULL", " AND +reporter_id = $21",             \
                                        " AND state = $23",                                                                      \
                                        " AND id IN (SELECT t.case_id FROM case_task t WHERE t.tenant_id = $1 AND t.org_id IN " SET(24) \
                                        " AND t.state <> 4)", " AND held_area_id = $5", " AND +held_area_id IN " SET(26),           \
                                        " AND +held_area_id IS NULL", " AND +org_id IS NOT NULL",                                 \
                                        " AND +assignee_id = $27", " AND assignee_id = $5",                                      \
                                        " AND call_back = $5 AND call_back <> 0", " AND +call_back IN " SET(29),                   \
                                        " AND appeal = $5 AND appeal <> 0", " AND +appeal IN " SET(30), " AND category_id = $23", NULL };
FRAGMENTS(fragments)
static const char *const by_id[] = { " ORDER BY id DESC LIMIT $4", " ORDER BY id LIMIT $4", NULL };
static const char *const by_hour[] = { " ORDER BY id >> 44 DESC, id DESC LIMIT $4", NULL };
static const char *const by_old_hour[] = { " ORDER BY id >> 44, id LIMIT $4", NULL };
static const char *const id_order[] = { " ORDER BY id LIMIT $4", NULL };
static const char *const due_order[] = { " ORDER BY due_at, id LIMIT $4", NULL };
static const char *const person_due_order[] = { " ORDER BY +due_at, id LIMIT $4", NULL };
/* The same orders where no index shall be tempted by them. */
static const char *const as_ids[] = { " ORDER BY +id LIMIT $4", NULL };
static const char *const as_due[] = { " ORDER BY +due_at, +id LIMIT $4", NULL };
static const char *const as_they_come[] = { " LIMIT $4", NULL };
static const char *const task_order[] = { " ORDER BY called_case DESC LIMIT $4", " ORDER BY called_case LIMIT $4", NULL };
static const char *const counted[] = { " LIMIT $4) c", NULL };

#define RECENT_COLUMNS "id, due_at, state, area_id, org_id, category_id, source, reporter_id, handler_id, lon_e7, lat_e7, closed_at, held_area_id, assignee_id, " \
    "call_back, appeal"
DB_FAMILY(case_recent,
          "SELECT id FROM (SELECT " RECENT_COLUMNS " FROM cases WHERE tenant_id = $1 AND id < $2 AND id > $3 "
          "ORDER BY id DESC LIMIT $22) c WHERE id <> 0", fragments, as_they_come)
DB_FAMILY(case_oldest,
          "SELECT id FROM (SELECT " RECENT_COLUMNS " FROM cases WHERE tenant_id = $1 AND id < $2 AND id > $3 "
          "ORDER BY id LIMIT $22) c WHERE id <> 0", fragments, as_they_come)
/* In the order of ids nothing but the id is read, so that an index alone answers. */
DB_FAMILY(case_by_index, "SELECT id FROM cases WHERE tenant_id = $1 AND id < $2 AND id > $3", fragments, by_id)
/* The same from an index of hours (0119), each sorted as it comes: PostgreSQL takes a range open at both ends for few rows, and would sort all at once. */
#define IN_HOUR(bound) "SELECT id FROM cases WHERE tenant_id = $1 AND id >> 44 " bound " AND CASE WHEN id < $2 THEN id > $3 END"
DB_FAMILY(case_by_hour, IN_HOUR("<= CAST($2 AS BIGINT) >> 44"), fragments, by_hour)
DB_FAMILY(case_by_old_hour, IN_HOUR(">= CAST($3 AS BIGINT) >> 44"), fragments, by_old_hour)
DB_FAMILY(case_among, "SELECT id FROM cases WHERE tenant_id = $1 AND id IN " SET(25), fragments, by_id)
DB_FAMILY(case_by_task,
          "SELECT id FROM (SELECT t.case_id AS called_case FROM case_task t WHERE t.tenant_id = $1 AND t.org_id = $5 "
          "AND t.state = $23 AND t.case_id < $2 AND t.case_id > $3) w CROSS JOIN cases WHERE tenant_id = $1 AND id = called_case",
          fragments, task_order)
/* By due time: each index of open cases has these. */
#define DUE_COLUMNS "SELECT id, due_at, state, supervised_area_id "
/* Open cases an organisation was called for: the calls drive, and there are none of old cases among them. */
#define OF_CALLED "FROM (SELECT DISTINCT t.case_id AS called_case FROM case_task t WHERE t.tenant_id = $1 AND t.org_id = $5 AND t.state <> 4 AND t.case_ended = 0) w " \
    "CROSS JOIN cases WHERE tenant_id = $1 AND id = called_case AND +closed_at IS NULL "
DB_FAMILY(case_called_due, DUE_COLUMNS OF_CALLED "AND +due_at >= $18 AND +due_at <= $20 AND (+due_at > $18 OR +id > $19)", fragments, as_due)
DB_FAMILY(case_called_without_due, DUE_COLUMNS OF_CALLED "AND +due_at IS NULL AND +id > $3", fragments, as_ids)
/* Of the few that are named: their ids drive, whatever the order. */
DB_FAMILY(case_named_by_id, "SELECT id FROM cases WHERE tenant_id = $1 AND id IN " SET(28) " AND +id < $2 AND +id > $3", fragments, by_id)
DB_FAMILY(case_named_by_due,
          DUE_COLUMNS "FROM cases WHERE tenant_id = $1 AND id IN " SET(28) " AND +closed_at IS NULL AND +due_at >= $18 AND +due_at <= $20 "
          "AND (+due_at > $18 OR +id > $19)", fragments, as_due)
DB_FAMILY(case_named_without_due,
          DUE_COLUMNS "FROM cases WHERE tenant_id = $1 AND id IN " SET(28) " AND +closed_at IS NULL AND +due_at IS NULL AND +id > $3",
          fragments, as_ids)
DB_SQL(case_supervised_all, "SELECT id FROM cases WHERE tenant_id = $1 AND supervised_at IS NOT NULL AND supervised_area_id > 0 LIMIT $2")
DB_FAMILY(case_by_due,
          DUE_COLUMNS "FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND due_at >= $18 AND due_at <= $20 "
          "AND (due_at > $18 OR id > $19)", fragments, due_order)
/* One person's are few and are put in order afterwards: the plusses keep the planner from walking all open cases in the order of their due time. */
DB_FAMILY(case_person_due,
          DUE_COLUMNS "FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND +due_at >= $18 AND +due_at <= $20 "
          "AND (+due_at > $18 OR id > $19)", fragments, person_due_order)
DB_FAMILY(case_without_due, DUE_COLUMNS "FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND due_at IS NULL AND id > $3",
          fragments, id_order)
DB_SQL(case_any_without_due, "SELECT COUNT(*) FROM (SELECT id FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND due_at IS NULL ORDER BY due_at, id LIMIT 1) c")

/* All open cases of an area, for whoever asks for several kinds of them. */
#define WALKED "SELECT state, org_id, held_area_id, id, due_at, supervised_area_id FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND area_id = $2 "
DB_SQL(case_walk_due, WALKED "AND due_at >= $5 AND due_at <= $6 AND (due_at > $5 OR id > $3) ORDER BY due_at, id LIMIT $4")
DB_SQL(case_walk_without_due, WALKED "AND due_at IS NULL AND id > $3 ORDER BY id LIMIT $4")

#define RECENT_ROWS 500     /* looked at before an index is asked */
#define FEW_STATES  2       /* by due time: so many are looked for each by itself */
#define PROBE_ROWS  1000    /* counted at most to compare indexes */
#define BOX_ROWS    20000   /* cases of a box that are read one by one before what else is asked for drives */
#define BOX_CHEAPER 8       /* so many rows of the indexes of cells cost as one case that is read */
#define ELSE_ROWS   2500    /* what else is asked for drives, whatever the box holds, when it is less than that */
#define BOX_STRETCH 1024    /* rows of a cell taken at once, at most */
#define VERY_FEW    200     /* cases of a box that drive though one person's could */
#define ARGS        31
#define BIT(f)      (1u << (f))

/* One arm on its way to SQL. */
struct run {
    struct req            *r;
    const struct pick     *p;
    const struct pick_arm *arm;
    struct db_arg          args[ARGS];   /* $1 is args[0] */
    uint32_t               mask;         /* conditions, none of which drives */
    struct picked         *best;         /* the page so far, in order */
    struct picked         *spare, *rows; /* room for as many */
    size_t                 n;
    bool                   newest;       /* the page is full of the newest rows there are */
    struct case_cells      cells;        /* the map's cells that the arms' box touches */
    bool                   by_cells;     /* they were walked, for all arms of which their index knows all */
    struct case_boxed      boxed;        /* the box's cases, when these are few */
    int64_t               *met;          /* open cases that several arms were looked for among */
    size_t                 met_len, met_room;
    const struct picked   *horizon;      /* behind this one not all of these were looked at; NULL: all were */
    int                    without_due;  /* PICK_DUE: 1 when any open case of the district has no limit, so that they are looked for at all */
};

/* ---- sets ---- */

static int by_value(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

struct ids pick_joined(struct arena *a, struct ids x, struct ids y)
{
    int64_t *at = ARENA_ARRAY(a, x.len + y.len + 1, int64_t);
    size_t   n = 0;
    if (x.len)
        memcpy(at, x.at, x.len * sizeof *at);
    if (y.len)
        memcpy(at + x.len, y.at, y.len * sizeof *at);
    qsort(at, x.len + y.len, sizeof *at, by_value);
    for (size_t i = 0; i < x.len + y.len; i++)
        if (!n || at[n - 1] != at[i])
            at[n++] = at[i];
    return (struct ids){ at, n };
}

struct ids pick_common(struct arena *a, struct ids x, struct ids y)
{
    int64_t *at = ARENA_ARRAY(a, x.len + 1, int64_t);
    size_t   n = 0;
    for (size_t i = 0, k = 0; i < x.len; i++) {
        while (k < y.len && y.at[k] < x.at[i])
            k++;
        if (k < y.len && y.at[k] == x.at[i])
            at[n++] = x.at[i];
    }
    return (struct ids){ at, n };
}

bool pick_has(struct ids sorted, int64_t id)
{
    return sorted.len && bsearch(&id, sorted.at, sorted.len, sizeof id, by_value);
}

static void set_arg(struct run *run, int n, struct db_arg arg)
{
    run->args[n - 1] = arg;
}

static void set_condition(struct run *run, const struct pick_set *s, int fragment, int n)
{
    if (s->any)
        return;
    run->mask |= BIT(fragment);
    set_arg(run, n, (struct db_arg)TEXT(db_keys(run->r->arena, s->ids)));
}

static void set_number(struct run *run, int64_t value, int fragment, int n)
{
    if (!value)
        return;
    run->mask |= BIT(fragment);
    set_arg(run, n, (struct db_arg)I64(value));
}

static void set_conditions(struct run *run)
{
    const struct pick_arm *a = run->arm;
    for (int i = 0; i < ARGS; i++)
        run->args[i] = (struct db_arg)NUL;
    run->args[ARGS - 1].kind = DB_END;
    set_arg(run, 1, (struct db_arg)I64(run->r->tenant));
    set_condition(run, &a->states, IN_STATES, 6);
    set_condition(run, &a->areas, IN_AREAS, 7);
    set_condition(run, &a->orgs, IN_ORGS, 8);
    set_condition(run, &a->categories, IN_CATEGORIES, 9);
    if (a->called.len)
        set_condition(run, &(struct pick_set){ false, a->called }, IN_CALLED, 24);
    if (a->held.ids.len)
        set_condition(run, &a->held, IN_HELD, 26);
    if (a->call_back.ids.len)
        set_condition(run, &a->call_back, IN_CALLS, 29);
    if (a->appeal.ids.len)
        set_condition(run, &a->appeal, IN_APPEALS, 30);
    set_number(run, a->assignee, IS_ASSIGNEE, 27);
    set_number(run, a->source, IS_SOURCE, 10);
    set_number(run, a->due_before, IS_DUE_BEFORE, 11);
    set_number(run, a->due_from, IS_DUE_FROM, 12);
    set_number(run, a->handler, IS_HANDLER, 13);
    set_number(run, a->reporter, IS_REPORTER, 21);
    for (int i = 0; i < 4; i++)
        set_arg(run, 14 + i, (struct db_arg)I64(a->box[i]));
    run->mask |= (a->bbox ? BIT(IN_BOX) : 0) | (a->open ? BIT(IS_OPEN) : 0) | (a->no_org ? BIT(HAS_NO_ORG) : 0) | (a->has_org ? BIT(HAS_ORG) : 0) |
                 (a->unheld ? BIT(IS_UNHELD) : 0);
}

/* ---- the page so far ---- */

static int compare(enum pick_order order, const struct picked *x, const struct picked *y)
{
    if (order == PICK_DUE && x->due_at != y->due_at)
        return x->due_at < y->due_at ? -1 : 1;
    if (x->id == y->id)
        return 0;
    return (x->id < y->id) == (order != PICK_NEW) ? -1 : 1;
}

/* The rows of a run, in order, go into the page: its best `most` rows, each once. What comes before the first of them stays where it is. */
static void merge(struct run *run, const struct picked *rows, size_t n)
{
    size_t kept = run->n;
    while (n && kept && compare(run->p->order, &run->best[kept - 1], rows) >= 0)
        kept--;
    size_t i = kept, k = 0, count = kept;
    while (count < run->p->most && k < n) {
        int c = i == run->n ? 1 : compare(run->p->order, &run->best[i], &rows[k]);
        run->spare[count++] = c <= 0 ? run->best[i] : rows[k];
        i += c <= 0;
        k += c >= 0;
    }
    size_t rest = run->n - i < run->p->most - count ? run->n - i : run->p->most - count;
    memmove(run->best + count, run->best + i, rest * sizeof *rows);
    memcpy(run->best + kept, run->spare + kept, (count - kept) * sizeof *rows);
    run->n = count + rest;
}

static bool full(const struct run *run)
{
    return run->n == run->p->most;
}

/* Of a full page: whether an id comes after its last row or is that. */
static bool beyond(const struct run *run, int64_t id)
{
    int64_t last = run->best[run->n - 1].id;
    return run->p->order == PICK_NEW ? id <= last : id >= last;
}

/* Rows behind the page's last one need not be read. */
static void set_bounds(struct run *run)
{
    const struct pick   *p = run->p;
    const struct picked *last = full(run) ? &run->best[run->n - 1] : NULL;
    int64_t              below = INT64_MAX, above = 0;
    if (p->order == PICK_NEW) {
        below = p->after ? p->after : INT64_MAX;
        above = last ? last->id : 0;
    } else if (p->order == PICK_OLD) {
        above = p->after;
        below = last ? last->id : INT64_MAX;
    } else if (p->after_due == PICK_NO_DUE) {
        above = p->after;
    }
    set_arg(run, 2, (struct db_arg)I64(below));
    set_arg(run, 3, (struct db_arg)I64(above));
    set_arg(run, 4, (struct db_arg)I64((int64_t)p->most));
    set_arg(run, 18, (struct db_arg)I64(p->after_due));
    set_arg(run, 19, (struct db_arg)I64(p->after));
    set_arg(run, 20, (struct db_arg)I64(last ? last->due_at : INT64_MAX));
    set_arg(run, 22, (struct db_arg)I64(RECENT_ROWS));
}

static err take(struct run *run, const struct db_family *family, uint32_t mask, int tail)
{
    struct db_rows rows;
    size_t         n = 0;
    bool           by_due = run->p->order == PICK_DUE;
    if (run->p->any && full(run))
        return OK;
    set_bounds(run);
    TRY(db_query_family(run->r->db, family, mask, tail, run->args, &rows));
    while (n < run->p->most && db_next(&rows)) {
        run->rows[n] = (struct picked){ .id = db_i64(&rows, 0) };
        if (by_due)
            run->rows[n] = (struct picked){ .id = db_i64(&rows, 0), .due_at = db_is_null(&rows, 1) ? PICK_NO_DUE : db_i64(&rows, 1),
                                            .state = db_i64(&rows, 2), .supervised = db_i64(&rows, 3) > 0 };
        n += !n || run->rows[n - 1].id != run->rows[n].id;   /* an organisation may have been called twice for one case */
    }
    TRY(db_done(&rows));
    merge(run, run->rows, n);
    return OK;
}

/* ---- which condition drives ---- */

/* Values of one column, each a range of its index; areas and organisations go together with the states asked for, areas also with the categories. */
enum together { ALONE, WITH_STATES, WITH_CATEGORIES };
struct driver { const struct pick_set *set; int by, in; enum together with; };

/* Closed first: most cases are, and a full page cuts the other ranges short. */
static const int64_t       every_state[] = { CASE_CLOSED, CASE_REPORTED, CASE_WAITING, CASE_ACCEPTED, CASE_DISPATCHED, CASE_HANDLING,
                                             CASE_HANDLED, CASE_REJECTED, CASE_SUSPENDED, CASE_MERGED };
static const struct ids    all_states = { every_state, sizeof every_state / sizeof *every_state };

#define MANY_VALUES 32   /* from so many areas on, a rare state may be the better driver */

#define DRIVERS 8

static size_t values_of(const struct run *run, const struct driver *d)
{
    return d->set->ids.len * (d->with == WITH_CATEGORIES ? run->arm->categories.ids.len : 1);
}

static size_t drivers_of(const struct run *run, struct driver out[DRIVERS])
{
    const struct pick_arm *a = run->arm;
    size_t                 n = 0;
    if (a->appeal.ids.len)
        out[n++] = (struct driver){ &a->appeal, BY_APPEAL, IN_APPEALS, ALONE };
    if (a->call_back.ids.len)
        out[n++] = (struct driver){ &a->call_back, BY_CALL, IN_CALLS, ALONE };
    if (a->held.ids.len)
        out[n++] = (struct driver){ &a->held, BY_HELD, IN_HELD, ALONE };
    if (!a->orgs.any)
        out[n++] = (struct driver){ &a->orgs, BY_ORG_ID, IN_ORGS, WITH_STATES };
    if (!a->areas.any && !a->categories.any) {
        out[n] = (struct driver){ &a->areas, BY_AREA_ID, IN_AREAS, WITH_CATEGORIES };
        if (values_of(run, &out[n++]) <= MANY_VALUES)   /* neither alone has fewer cases */
            return n;
    }
    if (!a->areas.any)
        out[n++] = (struct driver){ &a->areas, BY_AREA_ID, IN_AREAS, WITH_STATES };
    if (!a->categories.any)
        out[n++] = (struct driver){ &a->categories, BY_CATEGORY, IN_CATEGORIES, ALONE };
    if (!a->states.any && (n == 0 || (!a->areas.any && a->areas.ids.len > MANY_VALUES)))
        out[n++] = (struct driver){ &a->states, BY_STATE, IN_STATES, ALONE };
    return n;
}

typedef err (*each_range)(struct run *run, uint32_t mask, void *arg);

/* The values that go together with the driver's: one that nothing asks for where it stands alone. */
static struct ids together_of(const struct run *run, const struct driver *d)
{
    switch (d->with) {
    case WITH_STATES:
        return run->arm->states.any ? all_states : run->arm->states.ids;
    case WITH_CATEGORIES:
        return run->arm->categories.ids;
    default:
        return (struct ids){ every_state, 1 };
    }
}

static uint32_t mask_of(const struct run *run, const struct driver *d)
{
    static const struct { uint32_t in, by; } with[] = { [WITH_STATES] = { BIT(IN_STATES), BIT(AND_STATE) },
                                                        [WITH_CATEGORIES] = { BIT(IN_CATEGORIES), BIT(AND_CATEGORY) } };
    return (run->mask & ~BIT(d->in) & ~with[d->with].in) | BIT(d->by) | with[d->with].by;
}

/* Calls fn for each index range of the driver, with $5 and $23 set and the mask that goes with them. */
static err ranges(struct run *run, const struct driver *d, each_range fn, void *arg)
{
    struct ids with = together_of(run, d);
    uint32_t   mask = mask_of(run, d);
    for (size_t i = 0; i < d->set->ids.len; i++)
        for (size_t k = 0; k < with.len; k++) {
            set_arg(run, 5, (struct db_arg)I64(d->set->ids.at[i]));
            set_arg(run, 23, (struct db_arg)I64(with.at[k]));
            TRY(fn(run, mask, arg));
        }
    return OK;
}

#define ANY_CONDITION UINT32_MAX
#define DRIVING       (BIT(BY_STATE) | BIT(BY_AREA_ID) | BIT(BY_ORG_ID) | BIT(BY_CATEGORY) | BIT(BY_HELD) | BIT(AND_STATE) | BIT(BY_CALL) | \
                       BIT(BY_APPEAL) | BIT(AND_CATEGORY))

/* Rows counted so far, by the conditions of `by`; never beyond most. */
struct counting { int64_t rows, most; uint32_t by; };

DB_FAMILY(case_probe, "SELECT count(*) FROM (SELECT 1 FROM cases WHERE tenant_id = $1", fragments, counted)
/* The same where more is asked than the index of what drives holds: SQLite 3.40 would rather read the whole district in one that holds the rest. */
DB_FAMILY(case_probe_more, "SELECT count(*) FROM (SELECT 1 FROM cases WHERE tenant_id = $1 AND id > 0 AND id >> 44 >= 0", fragments, counted)

/* Open cases of a state have an index of their own, which is taken. */
static const struct db_family *probe_of(uint32_t mask)
{
    uint32_t by = mask & (BIT(BY_STATE) | BIT(BY_CATEGORY) | BIT(BY_CALL) | BIT(BY_APPEAL));
    return by && mask != by && !(by == BIT(BY_STATE) && mask & BIT(IS_OPEN)) ? &case_probe_more : &case_probe;
}

static err count_range(struct run *run, uint32_t mask, void *arg)
{
    struct counting *c = arg;
    struct db_rows   result;
    if (c->rows >= c->most)
        return OK;
    set_arg(run, 4, (struct db_arg)I64(c->most - c->rows));
    TRY(db_query_family(run->r->db, probe_of(mask & c->by), mask & c->by, 0, run->args, &result));
    c->rows += db_next(&result) ? db_i64(&result, 0) : 0;
    return db_done(&result);
}

/* A count has no order that would ask for each state by itself. */
static err count_ranges(struct run *run, const struct driver *d, struct counting *c)
{
    struct driver whole = *d;
    if (run->arm->states.any && d->with == WITH_STATES)
        whole.with = ALONE;
    return ranges(run, &whole, count_range, c);
}

static err count_driver(struct run *run, const struct driver *d, int64_t most, int64_t *out)
{
    struct counting c = { 0, most, DRIVING };
    TRY(count_ranges(run, d, &c));
    *out = c.rows;
    return OK;
}

/* The driver with the fewest rows, counted up to a bound; among those beyond it, the one with the fewest values. NULL: there is none. */
static err choose(struct run *run, const struct driver *drivers, size_t n, const struct driver **out)
{
    int64_t least = INT64_MAX;
    *out = n ? &drivers[0] : NULL;
    for (size_t i = 0; n > 1 && i < n; i++) {
        int64_t bound = PROBE_ROWS < least ? PROBE_ROWS : least, rows;
        TRY(count_driver(run, &drivers[i], bound, &rows));
        if (rows >= bound)
            rows += (int64_t)values_of(run, &drivers[i]);
        if (rows < least) {
            least = rows;
            *out = &drivers[i];
        }
    }
    return OK;
}

struct taking { const struct db_family *family; int tail; };

static err take_range(struct run *run, uint32_t mask, void *arg)
{
    const struct taking *t = arg;
    if (run->p->order != PICK_DUE && mask & (BIT(BY_STATE) | BIT(BY_CALL)))
        return take(run, run->p->order == PICK_NEW ? &case_by_hour : &case_by_old_hour, mask, 0);
    return take(run, t->family, mask, t->tail);
}

/* ---- an arm ---- */

struct of_person { int64_t person; int is, by; };

static struct of_person person_of(const struct pick_arm *a)
{
    return a->reporter  ? (struct of_person){ a->reporter, IS_REPORTER, BY_REPORTER_ID }
           : a->handler ? (struct of_person){ a->handler, IS_HANDLER, BY_HANDLER_ID }
                        : (struct of_person){ a->assignee, IS_ASSIGNEE, BY_ASSIGNEE_ID };
}

/* One person's cases are few: their index drives without asking. */
static err by_person(struct run *run, const struct db_family *family, int tail)
{
    struct of_person one = person_of(run->arm);
    set_arg(run, 5, (struct db_arg)I64(one.person));
    return take(run, family, (run->mask & ~BIT(one.is)) | BIT(one.by), tail);
}

/* What organisations were called for, a range of their tasks for each state of one. */
static err by_task(struct run *run, int tail)
{
    static const int64_t states[] = { TASK_CALLED, TASK_RECEIVED, TASK_ANSWERED, TASK_OVERRULED, TASK_STOPPED };
    for (size_t i = 0; i < run->arm->called.len; i++)
        for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
            set_arg(run, 5, (struct db_arg)I64(run->arm->called.at[i]));
            set_arg(run, 23, (struct db_arg)I64(states[k]));
            TRY(take(run, &case_by_task, run->mask & ~BIT(IN_CALLED), tail));
        }
    return OK;
}

/* The same by due time. */
static err by_open_task(struct run *run, const struct db_family *family)
{
    for (size_t i = 0; i < run->arm->called.len; i++) {
        set_arg(run, 5, (struct db_arg)I64(run->arm->called.at[i]));
        TRY(take(run, family, run->mask & ~(BIT(IN_CALLED) | BIT(IS_OPEN)), 0));   /* it asks for both itself */
    }
    return OK;
}

static err of_named(struct run *run, struct ids ids)
{
    set_arg(run, 28, (struct db_arg)TEXT(db_keys(run->r->arena, ids)));
    if (run->p->order != PICK_DUE)
        return take(run, &case_named_by_id, run->mask, run->p->order == PICK_NEW ? 0 : 1);
    uint32_t mask = run->mask & ~BIT(IS_OPEN);   /* these two ask for it themselves */
    if (run->p->after_due != PICK_NO_DUE)
        TRY(take(run, &case_named_by_due, mask, 0));
    return take(run, &case_named_without_due, mask, 0);
}

/* ---- a box on the map ---- */

/* Asks for more than states, areas, organisations, categories and who holds it. */
static bool asks_more(const struct pick_arm *a)
{
    return a->called.len || a->call_back.ids.len || a->appeal.ids.len || a->held.ids.len || a->source || a->reporter || a->handler || a->assignee ||
           a->due_before || a->due_from || a->supervised;
}

/* All that the arm asks for is in the indexes of cells. */
static bool cells_know_all(const struct run *run, const struct pick_arm *a)
{
    return run->p->order != PICK_DUE && !asks_more(a) && !a->open && !a->no_org && !a->has_org && !a->unheld;
}

/* Looks at the box, once for all arms, which have the same one. */
static err look_at_box(struct run *run)
{
    if (run->boxed.at)
        return OK;
    run->cells = case_box_cells(run->r->arena, run->arm->box);
    return case_box_few(run->r, run->arm->box, &run->boxed);
}

/* What the indexes of cells know of what an arm asks for, sorted. */
struct known { struct pick_set states, areas, orgs, categories; };

static struct pick_set sorted(struct arena *a, const struct pick_set *s)
{
    return (struct pick_set){ s->any, pick_joined(a, s->ids, (struct ids){ NULL, 0 }) };
}

static struct known known_of(struct arena *a, const struct pick_arm *arm)
{
    return (struct known){ sorted(a, &arm->states), sorted(a, &arm->areas), sorted(a, &arm->orgs), sorted(a, &arm->categories) };
}

static bool in_set(const struct pick_set *s, int64_t id)
{
    return s->any || pick_has(s->ids, id);
}

static bool fits(const struct known *k, const struct case_in_box *c)
{
    return in_set(&k->states, c->state) && in_set(&k->areas, c->area) && in_set(&k->orgs, c->org) && in_set(&k->categories, c->category);
}

static struct picked picked_of(const struct case_in_box *c)
{
    return (struct picked){ .id = c->id, .due_at = c->due_at, .state = c->state, .lon_e7 = c->lon_e7, .lat_e7 = c->lat_e7 };
}

/* They are the answer, or drive where more is asked than the indexes of cells have. */
static err take_boxed(struct run *run, const struct picked *rows, size_t n)
{
    bool answer = cells_know_all(run, run->arm);
    if (answer)
        merge(run, rows, n);
    if (answer || !n)
        return OK;
    int64_t *ids = ARENA_ARRAY(run->r->arena, n, int64_t);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    return of_named(run, (struct ids){ ids, n });
}

/* The few that lie in the box. */
static err of_box(struct run *run)
{
    struct picked *rows = ARENA_ARRAY(run->r->arena, run->boxed.len + 1, struct picked);
    struct known   known = known_of(run->r->arena, run->arm);
    bool           newest = run->p->order == PICK_NEW;
    int64_t        after = run->p->order == PICK_DUE ? 0 : run->p->after;
    size_t         n = 0;
    for (size_t i = 0; i < run->boxed.len; i++) {
        const struct case_in_box *one = &run->boxed.at[newest ? run->boxed.len - 1 - i : i];
        if (fits(&known, one) && (!after || (newest ? one->id < after : one->id > after)))
            rows[n++] = picked_of(one);
    }
    return take_boxed(run, rows, n);
}

/* One person's cases may be fewer still, and so may those an organisation was called for. */
static bool box_drives(const struct run *run)
{
    const struct pick_arm *a = run->arm;
    return a->bbox && run->boxed.few && !a->called.len && (!person_of(a).person || run->boxed.len <= VERY_FEW);
}

/* Whether the cells drive though the box holds many, rather than what else is asked for: d, NULL: nothing. Rows of their index cost little, but cases that
 * have to be read are counted first. */
static err cells_drive(struct run *run, const struct driver *d, bool *out)
{
    int64_t cells, rows, cost = cells_know_all(run, run->arm) ? BOX_CHEAPER : 1, most = cost > 1 ? ELSE_ROWS : BOX_ROWS;
    *out = run->arm->bbox && run->cells.numbers.len > 0;
    if (!*out || !d)
        return OK;
    TRY(count_driver(run, d, most, &rows));
    if (rows == most && cost > 1)
        return OK;
    TRY(case_cells_count(run->r, &run->cells, rows * cost, &cells));
    *out = cells < rows * cost;
    return OK;
}

/* A cell on the way: the id where it ended, DONE: it has no more; and the rows to take of it next. */
struct on_the_way { int64_t end; size_t most; };
#define DONE (-1)

/* The cells on the way, for arms that ask for nothing else or for one that does. */
struct cell_walk {
    struct known       *known;         /* of these arms */
    size_t              arms;
    struct on_the_way  *cells;
    struct case_in_box *found;         /* room for a stretch */
    struct picked      *rows;
};

static err walk_cell(struct run *run, struct cell_walk *w, size_t i)
{
    const struct picked *last = full(run) ? &run->best[run->n - 1] : NULL;
    bool                 oldest = run->p->order == PICK_OLD;
    struct on_the_way   *cell = &w->cells[i];
    int64_t              bound = last ? last->id : oldest ? INT64_MAX : 0;
    size_t               met, n = 0;
    TRY(case_cell_rows(run->r, &run->cells,
                       &(struct case_stretch){ run->cells.numbers.at[i], oldest ? cell->end : bound, oldest ? bound : cell->end, oldest, cell->most },
                       w->found, &met));
    for (size_t k = 0; k < met; k++)
        for (size_t arm = 0; arm < w->arms; arm++)
            if (fits(&w->known[arm], &w->found[k])) {
                w->rows[n++] = picked_of(&w->found[k]);
                break;
            }
    cell->end = met < cell->most ? DONE : w->found[met - 1].id;
    if (n < met / 2 && cell->most <= BOX_STRETCH / 2)
        cell->most *= 2;
    return take_boxed(run, w->rows, n);
}

/* The cell from which the next row would come; -1: none has one that belongs into the page. */
static ptrdiff_t next_cell(const struct run *run, const struct cell_walk *w)
{
    ptrdiff_t next = -1;
    for (size_t i = 0; i < run->cells.numbers.len; i++)
        if (w->cells[i].end != DONE && (next < 0 || (w->cells[i].end < w->cells[next].end) == (run->p->order == PICK_OLD)))
            next = (ptrdiff_t)i;
    return next >= 0 && full(run) && (run->p->any || beyond(run, w->cells[next].end)) ? -1 : next;
}

/* Once for all arms of which the index of cells knows all, else for this one. */
static err by_cells(struct run *run)
{
    const struct pick *p = run->p;
    struct arena      *a = run->r->arena;
    size_t             n = run->cells.numbers.len;
    struct cell_walk   w = { .known = ARENA_ARRAY(a, p->arm_count, struct known), .cells = ARENA_ARRAY(a, n, struct on_the_way),
                             .found = ARENA_ARRAY(a, BOX_STRETCH, struct case_in_box), .rows = ARENA_ARRAY(a, BOX_STRETCH, struct picked) };
    size_t             share = p->most / n / 2 + 16;
    run->by_cells = cells_know_all(run, run->arm);
    for (size_t i = 0; i < p->arm_count; i++)
        if (run->by_cells ? cells_know_all(run, &p->arms[i]) : &p->arms[i] == run->arm)
            w.known[w.arms++] = known_of(a, &p->arms[i]);
    for (size_t i = 0; i < n; i++)
        w.cells[i] = (struct on_the_way){ p->after ? p->after : p->order == PICK_NEW ? INT64_MAX : 0, share < BOX_STRETCH / 2 ? share : BOX_STRETCH / 2 };
    for (ptrdiff_t i; (i = next_cell(run, &w)) >= 0;)
        TRY(walk_cell(run, &w, (size_t)i));
    return OK;
}

/* ---- in order of time, in order of limits ---- */

/* The newest or oldest rows of all, of which a page is soon full where many fit. */
static err take_recent(struct run *run)
{
    bool first = run->n == 0;
    if (run->p->most > RECENT_ROWS)
        return OK;
    TRY(take(run, run->p->order == PICK_NEW ? &case_recent : &case_oldest, run->mask, 0));
    /* A page filled from the district's newest rows cannot get better by older ones, of this arm or the next. */
    run->newest = run->newest || (first && full(run));
    return OK;
}

static err by_time(struct run *run)
{
    struct taking        index = { &case_by_index, run->p->order == PICK_NEW ? 0 : 1 };
    struct driver        drivers[DRIVERS];
    const struct driver *d = NULL;
    bool                 cells;
    TRY(choose(run, drivers, drivers_of(run, drivers), &d));
    TRY(cells_drive(run, d, &cells));
    if (cells)
        return by_cells(run);
    return d ? ranges(run, d, take_range, &index) : take(run, &case_by_index, run->mask, index.tail);
}

/* Open cases by due time: one range per area or organisation, else per state, else the district's. */
static err by_due_time(struct run *run, const struct db_family *family)
{
    struct taking by_due = { family, 0 };
    struct driver drivers[DRIVERS];
    size_t        n = drivers_of(run, drivers);
    for (size_t i = 0; i < n; i++) {
        drivers[i].with = ALONE;   /* these indexes are in order of time within the area or organisation, whatever else is asked for */
        if (drivers[i].by == BY_HELD || drivers[i].by == BY_ORG_ID || drivers[i].by == BY_AREA_ID)
            return ranges(run, &drivers[i], take_range, &by_due);
    }
    if (!run->arm->states.any && run->arm->states.ids.len <= FEW_STATES)
        return ranges(run, &(struct driver){ &run->arm->states, BY_STATE, IN_STATES, ALONE }, take_range, &by_due);
    return take(run, family, run->mask, 0);
}

/* What has no limit comes after what has one. */
static err in_due_order(struct run *run)
{
    const struct db_family *family[] = { &case_by_due, &case_without_due }, *of_person[] = { &case_person_due, &case_without_due },
                           *of_called[] = { &case_called_due, &case_called_without_due };
    for (int i = run->p->after_due == PICK_NO_DUE ? 1 : 0; i < 1 + run->without_due; i++)
        TRY(person_of(run->arm).person ? by_person(run, of_person[i], 0)
            : run->arm->called.len     ? by_open_task(run, of_called[i])
                                       : by_due_time(run, family[i]));
    return OK;
}

static bool empty_set(const struct pick_set *s)
{
    return !s->any && !s->ids.len;
}

#define SUPERVISED_MOST 5000   /* looked at; a district supervises dozens */

err case_supervised_all_ids(struct req *r, struct ids *out)
{
    int64_t       *at = ARENA_ARRAY(r->arena, SUPERVISED_MOST, int64_t);
    struct db_rows rows;
    *out = (struct ids){ at, 0 };
    TRY(db_query(r->db, &case_supervised_all, DB_ARGS(I64(r->tenant), I64(SUPERVISED_MOST)), &rows));
    while (db_next(&rows))
        at[out->len++] = db_i64(&rows, 0);
    *out = pick_joined(r->arena, *out, (struct ids){ NULL, 0 });
    return db_done(&rows);
}

/* Of the rows named, those that fit. */
static err among(struct run *run)
{
    struct ids ids = run->p->among;
    if (run->arm->supervised) {
        TRY(case_supervised_all_ids(run->r, &ids));
        ids = pick_common(run->r->arena, pick_joined(run->r->arena, run->p->among, (struct ids){ NULL, 0 }), ids);
    }
    set_arg(run, 25, (struct db_arg)TEXT(db_keys(run->r->arena, ids)));
    return take(run, &case_among, run->mask, run->p->order == PICK_NEW ? 0 : 1);
}

static err of_supervised(struct run *run)
{
    struct ids ids;
    TRY(case_supervised_all_ids(run->r, &ids));
    return of_named(run, ids);
}

/* Neither one person's nor by limit nor what organisations were called for. */
static bool of_many(const struct run *run)
{
    return run->p->order != PICK_DUE && !person_of(run->arm).person && !run->arm->called.len;
}

static err pick_walking(struct run *run)
{
    if (of_many(run))
        return by_time(run);
    if (run->p->order == PICK_DUE)
        return in_due_order(run);
    int tail = run->p->order == PICK_NEW ? 0 : 1;
    return person_of(run->arm).person ? by_person(run, &case_by_index, tail) : by_task(run, tail);
}

static err pick_arm(struct run *run)
{
    const struct pick_arm *a = run->arm;
    if (empty_set(&a->states) || empty_set(&a->areas) || empty_set(&a->orgs) || empty_set(&a->categories))
        return OK;
    run->mask = 0;
    set_conditions(run);
    if (run->p->among.len)
        return among(run);
    if (a->supervised)
        return of_supervised(run);
    if (of_many(run))
        TRY(take_recent(run));
    if (of_many(run) && (run->newest || (run->by_cells && cells_know_all(run, a))))
        return OK;
    if (a->bbox)
        TRY(look_at_box(run));
    return box_drives(run) ? of_box(run) : pick_walking(run);
}

/* ---- several arms of the same areas ---- */

/* Which open cases of an area are of an arm: by state, whether an organisation has it, whether a level holds it. */
struct walk_rule { bool fits[CASE_STATE_COUNT][2][2]; };

/* Asks for open cases of its areas and for nothing that the index of these does not have. */
static bool walks(const struct pick_arm *a)
{
    return !a->areas.any && a->orgs.any && a->categories.any && !a->bbox && !asks_more(a);
}

static bool of_state(const struct pick_arm *a, int64_t state)
{
    for (size_t i = 0; i < a->states.ids.len; i++)
        if (a->states.ids.at[i] == state)
            return true;
    return a->states.any;
}

static struct walk_rule rule_of(const struct pick *p, int64_t area)
{
    struct walk_rule rule = { 0 };
    for (size_t i = 0; i < p->arm_count; i++) {
        const struct pick_arm *a = &p->arms[i];
        if (!walks(a) || !pick_has(a->areas.ids, area))
            continue;
        for (int64_t s = 0; s < CASE_STATE_COUNT; s++)
            for (int org = a->has_org; of_state(a, s) && org <= !a->no_org; org++) {
                rule.fits[s][org][0] = true;
                rule.fits[s][org][1] = rule.fits[s][org][1] || !a->unheld;
            }
    }
    return rule;
}

/* An area on the way: what of it is asked for, the row where it ended, and whether it has no more. */
struct walking { int64_t area; struct walk_rule rule; struct picked last; bool ended; };

/* Where the next `most` ids of those met go. */
static int64_t *room_to_meet(struct run *run, size_t most)
{
    if (run->met_room < run->met_len + most) {
        run->met_room = 2 * (run->met_len + most);
        int64_t *at = ARENA_ARRAY(run->r->arena, run->met_room, int64_t);
        if (run->met_len)
            memcpy(at, run->met, run->met_len * sizeof *at);
        run->met = at;
    }
    return run->met + run->met_len;
}

/* At most `most` of an area's open cases from where it ended. */
static err walk_area(struct run *run, bool with_due, struct walking *w, size_t most)
{
    struct db_rows rows;
    size_t         n = 0, met = 0;
    int64_t        before = full(run) ? run->best[run->n - 1].due_at : INT64_MAX;
    TRY(db_query(run->r->db, with_due ? &case_walk_due : &case_walk_without_due,
                 DB_ARGS(I64(run->r->tenant), I64(w->area), I64(w->last.id), I64((int64_t)most), I64(w->last.due_at), I64(before)), &rows));
    int64_t *ids = room_to_meet(run, most);
    while (met < most && db_next(&rows)) {
        int64_t state = db_i64(&rows, 0);
        bool    fits = w->rule.fits[state][!db_is_null(&rows, 1)][!db_is_null(&rows, 2)];
        ids[met] = db_i64(&rows, 3);
        if (++met < most && !fits)
            continue;
        w->last = (struct picked){ .id = ids[met - 1], .due_at = with_due ? db_i64(&rows, 4) : PICK_NO_DUE, .state = (int32_t)state,
                                   .supervised = db_i64(&rows, 5) > 0 };
        if (fits)
            run->rows[n++] = w->last;
    }
    TRY(db_done(&rows));
    merge(run, run->rows, n);
    w->ended = met < most;
    run->met_len += met;
    return OK;
}

/* The area from which the next row would come; -1: none has one that belongs into the page. */
static ptrdiff_t next_area(const struct run *run, const struct walking *all, size_t n)
{
    ptrdiff_t next = -1;
    for (size_t i = 0; i < n; i++)
        if (!all[i].ended && (next < 0 || compare(PICK_DUE, &all[i].last, &all[next].last) < 0))
            next = (ptrdiff_t)i;
    return next >= 0 && full(run) && compare(PICK_DUE, &all[next].last, &run->best[run->n - 1]) >= 0 ? -1 : next;
}

/* A part of the page of each area, and then of whichever is behind: a whole page of each would be read for little. */
static err walk_in_turn(struct run *run, bool with_due, struct walking *all, size_t n)
{
    size_t share = run->p->most / n + 16, most = share < run->p->most ? share : run->p->most;
    for (size_t i = 0; i < n; i++) {
        all[i].last = (struct picked){ 0 };
        all[i].ended = false;
    }
    for (ptrdiff_t i; !run->horizon && (i = next_area(run, all, n)) >= 0;)
        if (run->p->walk_most && run->met_len >= run->p->walk_most && all[i].last.id)   /* each was begun */
            run->horizon = &all[i].last;
        else
            TRY(walk_area(run, with_due, &all[i], most));
    return OK;
}

/* Walks once through the areas that several arms ask for; else nothing is walked, and each arm goes its own way. */
static err walk_areas(struct run *run, bool *walked)
{
    const struct pick *p = run->p;
    struct ids         areas = { NULL, 0 };
    size_t             n = 0;
    *walked = false;
    if (p->order != PICK_DUE || p->after || p->after_due)
        return OK;
    for (size_t i = 0; i < p->arm_count; i++)
        if (walks(&p->arms[i])) {
            areas = pick_joined(run->r->arena, areas, p->arms[i].areas.ids);
            n++;
        }
    *walked = n > 1;
    if (!*walked)
        return OK;
    struct walking *all = ARENA_ARRAY(run->r->arena, areas.len + 1, struct walking);
    for (size_t i = 0; i < areas.len; i++)
        all[i] = (struct walking){ .area = areas.at[i], .rule = rule_of(p, areas.at[i]) };
    for (int i = 0; areas.len && !run->horizon && i < 1 + run->without_due; i++)
        TRY(walk_in_turn(run, i == 0, all, areas.len));
    if (p->walk)
        *p->walk = (struct pick_walk){ areas, { run->met, run->met_len }, run->horizon != NULL, !run->horizon && !full(run) };
    return OK;
}

err case_pick(struct req *r, const struct pick *p, struct picked *out, size_t *n)
{
    struct run run = { .r = r, .p = p, .best = ARENA_ARRAY(r->arena, p->most, struct picked),
                       .spare = ARENA_ARRAY(r->arena, p->most, struct picked), .rows = ARENA_ARRAY(r->arena, p->most, struct picked) };
    int64_t    without_due = p->order == PICK_DUE;
    bool       walked;
    if (without_due)
        TRY(db_number(r->db, &case_any_without_due, DB_ARGS(I64(r->tenant)), &without_due));
    run.without_due = (int)without_due;
    TRY(walk_areas(&run, &walked));
    for (size_t i = 0; i < p->arm_count && !(p->any && full(&run)); i++) {
        run.arm = &p->arms[i];
        if (!walked || !walks(run.arm))
            TRY(pick_arm(&run));
    }
    while (run.horizon && run.n && compare(PICK_DUE, &run.best[run.n - 1], run.horizon) > 0)
        run.n--;
    memcpy(out, run.best, run.n * sizeof *out);
    *n = run.n;
    return OK;
}

/* One arm that an index drives: its rows need not be picked to be counted. */
static bool countable(const struct pick *p)
{
    const struct pick_arm *a = p->arms;
    return p->arm_count == 1 && p->order != PICK_DUE && !p->among.len && !a->supervised && !a->bbox && !a->called.len && !person_of(a).person;
}

static err count_arm(struct run *run, struct counting *c)
{
    const struct pick_arm *a = run->arm;
    struct driver          drivers[DRIVERS];
    const struct driver   *d = NULL;
    if (empty_set(&a->states) || empty_set(&a->areas) || empty_set(&a->orgs) || empty_set(&a->categories))
        return OK;
    set_conditions(run);
    TRY(choose(run, drivers, drivers_of(run, drivers), &d));
    return d ? count_ranges(run, d, c) : count_range(run, run->mask, c);
}

struct str picked_keys(struct arena *a, const struct picked *rows, size_t n)
{
    int64_t *ids = ARENA_ARRAY(a, n + 1, int64_t);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    return db_keys(a, (struct ids){ ids, n });
}

err case_pick_count(struct req *r, const struct pick *p, size_t *n)
{
    struct run      run = { .r = r, .p = p, .arm = p->arms };
    struct counting c = { 0, (int64_t)p->most, ANY_CONDITION };
    struct pick     any = *p;
    any.any = true;
    if (!countable(p))
        return case_pick(r, &any, ARENA_ARRAY(r->arena, p->most, struct picked), n);
    TRY(count_arm(&run, &c));
    *n = (size_t)c.rows;
    return OK;
}

/* ---- what the caller may see ---- */

static struct pick_set narrowed(struct arena *a, const struct pick_set *asked, struct ids allowed)
{
    if (asked->any)
        return (struct pick_set){ false, allowed };
    return (struct pick_set){ false, pick_common(a, pick_joined(a, asked->ids, (struct ids){ NULL, 0 }), allowed) };
}

struct reach { bool all; struct ids areas, orgs; };

static struct reach reach_of(struct req *r, enum perm perm)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct unit_refs            where = req_where(r, perm);
    struct reach                s = { 0 };
    for (size_t i = 0; i < where.len && !s.all; i++) {
        struct ids below = unit_subtree(u, r->arena, where.at[i]);
        if (where.at[i].kind == UNIT_ORG) {
            s.orgs = pick_joined(r->arena, s.orgs, below);
            continue;
        }
        s.all = where.at[i].id == unit_root(u);
        s.areas = pick_joined(r->arena, s.areas, below);
        s.orgs = pick_joined(r->arena, s.orgs, unit_orgs_in(u, r->arena, where.at[i].id));
    }
    unit_release(u);
    return s;
}

struct pick_arm *case_arms(struct req *r, enum perm perm, const struct pick_arm *with, size_t *n)
{
    struct pick_arm *arms = ARENA_ARRAY(r->arena, 4, struct pick_arm);
    struct reach     s = reach_of(r, perm);
    *n = 0;
    if (s.all) {
        arms[(*n)++] = *with;
        return arms;
    }
    if (s.areas.len) {
        arms[*n] = *with;
        arms[*n].by_area = true;
        arms[(*n)++].areas = narrowed(r->arena, &with->areas, s.areas);
    }
    if (s.orgs.len) {
        arms[*n] = *with;
        arms[(*n)++].orgs = narrowed(r->arena, &with->orgs, s.orgs);
    }
    if (s.orgs.len && perm == PERM_CASE_READ) {
        arms[*n] = *with;
        arms[(*n)++].called = s.orgs;
    }
    if (perm == PERM_CASE_READ && r->caller.person) {
        arms[*n] = *with;
        arms[(*n)++].reporter = r->caller.person;
    }
    return arms;
}

/* ---- what waits for the caller ---- */

/* The areas among these at which perm is held by a grant; for a state that the levels above wait for too, everything below those. */
static struct ids holding(struct req *r, enum perm perm, enum case_who who, const struct reach *s)
{
    struct unit_refs where = req_where(r, perm);
    int64_t         *at = ARENA_ARRAY(r->arena, where.len + 1, int64_t);
    struct ids       out = { at, 0 };
    if (who == BY_AREA || (who == BY_UPWARDS && s->all))
        return out;
    if (who == BY_UPWARDS)
        return s->areas;
    for (size_t i = 0; i < where.len; i++)
        if (where.at[i].kind == UNIT_AREA)
            at[out.len++] = where.at[i].id;
    return pick_joined(r->arena, out, (struct ids){ NULL, 0 });
}

static void add_org_arm(struct req *r, const struct reach *s, const struct pick_arm *with, struct pick_arm *arms, size_t *n)
{
    if (!s->all && !s->orgs.len)
        return;
    arms[*n] = *with;
    arms[*n].has_org = s->all;
    if (!s->all)
        arms[*n].orgs = narrowed(r->arena, &with->orgs, s->orgs);
    (*n)++;
}

struct pick_arm *case_waiting_arms(struct req *r, enum perm perm, enum case_who who, const struct pick_arm *with, size_t *n)
{
    struct pick_arm *arms = ARENA_ARRAY(r->arena, 3, struct pick_arm), level = *with;
    struct reach     s = reach_of(r, perm);
    struct ids       held = holding(r, perm, who, &s);
    *n = 0;
    if (who == BY_ORG && perm == PERM_CASE_HANDLE)
        add_org_arm(r, &s, with, arms, n);
    level.no_org = who == BY_ORG;
    if (s.all || s.areas.len) {   /* what the levels have together */
        arms[*n] = level;
        arms[*n].unheld = who != BY_AREA && !(who == BY_UPWARDS && s.all);
        if (!s.all)
            arms[*n].areas = narrowed(r->arena, &with->areas, s.areas);
        *n += !(arms[*n].unheld && with->held.ids.len);
    }
    if (with->held.ids.len)
        held = pick_common(r->arena, held, with->held.ids);
    if (held.len) {               /* what was passed to one of the caller's */
        arms[*n] = level;
        arms[(*n)++].held = (struct pick_set){ false, held };
    }
    return arms;
}
