/* read.c: sums of counters for a unit and a period, what is open, and the cases behind a number. */
#include "columns.h"
#include "read.h"

DB_SQL(insight_totals,
       "SELECT " MEASURE_SUMS " FROM insight_sum WHERE tenant_id = $1 AND unit_id = $2 AND grain = $3 AND day >= $4 AND day <= $5")
DB_SQL(insight_standing,
       "SELECT SUM(in_reported), SUM(in_waiting), SUM(in_accepted), SUM(in_dispatched), SUM(in_handling), SUM(in_handled), SUM(in_suspended) "
       "FROM insight_sum WHERE tenant_id = $1 AND unit_id = $2 AND grain = 2")
DB_SQL(insight_open_due,
       "SELECT SUM(open_due) FROM insight_sum WHERE tenant_id = $1 AND unit_id = $2 AND grain = $3 AND day >= $4 AND day < $5")
DB_SQL(insight_open_due_hours, "SELECT SUM(open_due) FROM insight_hour WHERE tenant_id = $1 AND unit_id = $2 AND hour >= $3 AND hour < $4")
DB_SQL(insight_open_age,
       "SELECT day, open_reported FROM insight_sum WHERE tenant_id = $1 AND unit_id = $2 AND grain = 1 AND day >= $3 AND day <= $4")
DB_SQL(insight_days,
       "SELECT day, " COLUMN_LIST " FROM insight_sum WHERE tenant_id = $1 AND unit_id = $2 AND grain = 1 AND day >= $3 AND day <= $4 "
       "ORDER BY day")
DB_SQL(insight_days_with,
       "SELECT day FROM insight_sum WHERE tenant_id = $1 AND unit_id = $2 AND grain = 1 AND day >= $3 AND day <= $4 "
       "GROUP BY day HAVING SUM(" MEASURE_CASE ") > 0 ORDER BY day DESC LIMIT $6")
/* Those of a kind, by the index of its day: to be listed, the newest case first, or to be counted in any order. */
#define MARKED_ON(column, holder)                                                                                                            \
    "SELECT case_id, area_id, category_id, bits" holder " FROM insight_fact WHERE tenant_id = $1 AND " column " = $2 AND case_id < $3"
#define NEWEST_FIRST " ORDER BY case_id DESC"
DB_SQL(insight_reported_on, MARKED_ON("reported_day", "") NEWEST_FIRST)
DB_SQL(insight_dispatched_on, MARKED_ON("dispatched_day", "") NEWEST_FIRST)
DB_SQL(insight_due_on, MARKED_ON("due_day", ", holder_id") NEWEST_FIRST)
DB_SQL(insight_checked_on, MARKED_ON("checked_day", ", holder_id") NEWEST_FIRST)
DB_SQL(insight_ended_on, MARKED_ON("ended_day", ", holder_id") NEWEST_FIRST)
DB_SQL(insight_rated_on, MARKED_ON("rated_day", ", holder_id") NEWEST_FIRST)
DB_SQL(insight_called_on, MARKED_ON("called_day", ", holder_id") NEWEST_FIRST)
DB_SQL(insight_whistled_on, MARKED_ON("whistled_day", ", holder_id") NEWEST_FIRST)
DB_SQL(insight_appealed_on, MARKED_ON("appealed_day", ", holder_id") NEWEST_FIRST)
/* First dispatches are told by the facts of their cases, further ones by rows of their own: count.c. */
DB_SQL(insight_turns_on,
       "SELECT f.case_id, COALESCE(f.first_org_id, f.holder_id) AS org_id, COALESCE(f.first_bits, f.bits) AS bits FROM insight_fact f "
       "WHERE f.tenant_id = $1 AND f.dispatched_day = $2 AND f.case_id < $3 "
       "UNION ALL SELECT t.case_id, t.org_id, t.bits FROM insight_turn t WHERE t.tenant_id = $1 AND t.day = $2 AND t.case_id < $3" NEWEST_FIRST)
DB_SQL(insight_all_reported_on, MARKED_ON("reported_day", ""))
DB_SQL(insight_all_due_on, MARKED_ON("due_day", ", holder_id"))
DB_SQL(insight_all_ended_on, MARKED_ON("ended_day", ", holder_id"))

static const struct db_sql *const marked_on[MARK_COUNT] = {
    [MARK_REPORTED] = &insight_reported_on, [MARK_DISPATCHED] = &insight_dispatched_on, [MARK_DUE] = &insight_due_on,
    [MARK_CHECKED] = &insight_checked_on, [MARK_ENDED] = &insight_ended_on, [MARK_RATED] = &insight_rated_on,
    [MARK_CALLED] = &insight_called_on, [MARK_WHISTLED] = &insight_whistled_on, [MARK_APPEALED] = &insight_appealed_on,
};
DB_SQL(insight_by_category,
       "SELECT category_id, SUM(reported), SUM(due), SUM(closed_on_time), SUM(closed) FROM insight_category WHERE tenant_id = $1 "
       "AND unit_id = $2 AND grain = $3 AND day >= $4 AND day <= $5 GROUP BY category_id")
DB_SQL(insight_counted_units,
       "SELECT unit_id FROM insight_sum WHERE tenant_id = $1 AND grain = 2 AND unit_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) "
       "GROUP BY unit_id")

/* ---- units ---- */

struct ids unit_parts(const struct unit_snapshot *u, struct arena *a, struct unit_ref unit)
{
    int64_t *one = ARENA_NEW(a, int64_t);
    *one = unit.id;
    return unit.kind == UNIT_ORG ? unit_subtree(u, a, unit) : (struct ids){ one, 1 };
}

/* ---- a period ---- */

/* Calls fn for the stretches of days and whole months that make up from … to. */
static err stretches(int64_t from, int64_t to, err (*fn)(void *arg, enum grain grain, int64_t from, int64_t to), void *arg)
{
    int64_t first = day_month(from) == from ? from : day_next_month(day_month(from)), end = day_month(to + 1);
    if (first >= end)
        return fn(arg, GRAIN_DAY, from, to);
    if (from < first)
        TRY(fn(arg, GRAIN_DAY, from, first - 1));
    TRY(fn(arg, GRAIN_MONTH, first, end - 1));
    return end <= to ? fn(arg, GRAIN_DAY, end, to) : OK;
}

struct adding { struct db_conn *conn; int64_t tenant, unit; struct totals *out; };

static err add_totals(void *arg, enum grain grain, int64_t from, int64_t to)
{
    struct adding *a = arg;
    struct db_rows rows;
    TRY(db_query(a->conn, &insight_totals, DB_ARGS(I64(a->tenant), I64(a->unit), I64(grain), I64(from), I64(to)), &rows));
    if (db_next(&rows))
        for (int i = 0; i < MEASURES; i++)
            a->out->n[i] += db_i64(&rows, i);
    return db_done(&rows);
}

err insight_total(struct db_conn *c, int64_t tenant, struct ids parts, int64_t from, int64_t to, struct totals *out)
{
    *out = (struct totals){ 0 };
    for (size_t i = 0; i < parts.len; i++) {
        struct adding a = { c, tenant, parts.at[i], out };
        TRY(stretches(from, to, add_totals, &a));
    }
    return OK;
}

err insight_series(struct db_conn *c, struct arena *a, int64_t tenant, struct ids parts, int64_t from, int64_t to, struct totals **out)
{
    struct db_rows rows;
    *out = ARENA_ARRAY(a, (size_t)(to - from + 1), struct totals);
    for (size_t i = 0; i < parts.len; i++) {
        TRY(db_query(c, &insight_days, DB_ARGS(I64(tenant), I64(parts.at[i]), I64(from), I64(to)), &rows));
        while (db_next(&rows))
            for (int k = 0; k < MEASURES; k++)
                (*out)[db_i64(&rows, 0) - from].n[k] += db_i64(&rows, 1 + k);
        TRY(db_done(&rows));
    }
    return OK;
}

/* ---- what is open ---- */

static err sum_one(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, int64_t *sum)
{
    int64_t n;
    TRY(db_number(c, sql, args, &n));
    *sum += n;
    return OK;
}

static err open_states(struct db_conn *c, int64_t tenant, int64_t unit, struct standing *out)
{
    struct db_rows rows;
    TRY(db_query(c, &insight_standing, DB_ARGS(I64(tenant), I64(unit)), &rows));
    if (db_next(&rows))
        for (int i = 0; i < OPEN_STATES; i++) {
            out->states[i] += db_i64(&rows, i);
            out->open += db_i64(&rows, i);
        }
    return db_done(&rows);
}

/* Over before this hour; what fell due in it is added by whoever knows the minute. */
static err open_overdue(struct db_conn *c, int64_t tenant, int64_t unit, int64_t hour, struct standing *out)
{
    int64_t today = hour / DAY_HOURS, month = day_month(today);
    TRY(sum_one(c, &insight_open_due, DB_ARGS(I64(tenant), I64(unit), I64(GRAIN_MONTH), I64(INT32_MIN), I64(month)), &out->overdue));
    TRY(sum_one(c, &insight_open_due, DB_ARGS(I64(tenant), I64(unit), I64(GRAIN_DAY), I64(month), I64(today)), &out->overdue));
    return sum_one(c, &insight_open_due_hours, DB_ARGS(I64(tenant), I64(unit), I64(today * DAY_HOURS), I64(hour)), &out->overdue);
}

static err open_ages(struct db_conn *c, int64_t tenant, int64_t unit, int64_t today, struct standing *out)
{
    static const int oldest[AGES - 1] = { 0, 2, 6, 29 };
    struct db_rows   rows;
    TRY(db_query(c, &insight_open_age, DB_ARGS(I64(tenant), I64(unit), I64(today - oldest[AGES - 2]), I64(today)), &rows));
    while (db_next(&rows)) {
        int age = 0;
        while (today - db_i64(&rows, 0) > oldest[age])
            age++;
        out->ages[age] += db_i64(&rows, 1);
    }
    return db_done(&rows);
}

err insight_standing_of(struct db_conn *c, int64_t tenant, struct ids parts, int64_t hour, bool ages, struct standing *out)
{
    *out = (struct standing){ 0 };
    for (size_t i = 0; i < parts.len; i++) {
        TRY(open_states(c, tenant, parts.at[i], out));
        TRY(open_overdue(c, tenant, parts.at[i], hour, out));
        if (ages)
            TRY(open_ages(c, tenant, parts.at[i], hour / DAY_HOURS, out));
    }
    out->ages[AGES - 1] = out->open;
    for (int i = 0; i < AGES - 1; i++)
        out->ages[AGES - 1] -= out->ages[i];
    return OK;
}

/* Units as the keys of a JSON object, which is how a set goes into a statement. */
static struct str units_text(struct arena *a, struct ids units)
{
    struct buf b = buf_new(a, 0);
    buf_byte(&b, '{');
    for (size_t i = 0; i < units.len; i++)
        buf_fmt(&b, "%s\"%lld\":0", i ? "," : "", (long long)units.at[i]);
    buf_byte(&b, '}');
    return buf_view(&b);
}

err insight_counted(struct db_conn *c, struct arena *a, int64_t tenant, struct ids units, struct ids *out)
{
    struct db_rows rows;
    int64_t       *at = ARENA_ARRAY(a, units.len + 1, int64_t);
    *out = (struct ids){ at, 0 };
    TRY(db_query(c, &insight_counted_units, DB_ARGS(I64(tenant), TEXT(units_text(a, units))), &rows));
    while (db_next(&rows))
        at[out->len++] = db_i64(&rows, 0);
    return db_done(&rows);
}

/* ---- the cases behind a number ---- */

static bool counts(const struct measure *m, int64_t bits)
{
    return (bits & m->mask) == m->want;
}

/* Whether a mark is one of the unit's: an area counts what lies in it, an organisation what is counted for it. */
static bool of_unit(const struct unit_snapshot *u, struct unit_ref unit, const struct mark *m)
{
    return unit.kind == UNIT_ORG ? m->org && unit_within(u, (struct unit_ref){ UNIT_ORG, m->org }, unit)
                                 : m->area && unit_within(u, (struct unit_ref){ UNIT_AREA, m->area }, unit);
}

/* The marks of a kind on a day that a unit may have, by the newest case. */
struct marks { struct db_rows rows; enum mark_kind kind; int64_t day; bool turns; };

static err marks_open(struct db_conn *c, int64_t tenant, struct unit_ref unit, enum mark_kind kind, int64_t day, int64_t below, struct marks *out)
{
    out->kind = kind;
    out->day = day;
    out->turns = kind == MARK_DISPATCHED && unit.kind == UNIT_ORG;
    return db_query(c, out->turns ? &insight_turns_on : marked_on[kind], DB_ARGS(I64(tenant), I64(day), I64(below)), &out->rows);
}

static bool marks_next(struct marks *m, int64_t *case_id, struct mark *out)
{
    struct db_rows *r = &m->rows;
    if (!db_next(r))
        return false;
    *case_id = db_i64(r, 0);
    *out = m->turns ? (struct mark){ m->kind, m->day, db_i64(r, 1), 0, 0, db_i64(r, 2) & TURN_BITS }
                    : facts_mark(m->kind, m->day, db_i64(r, 1), db_i64(r, 2), facts_of_holder(m->kind) ? db_i64(r, 4) : 0, db_i64(r, 3));
    return true;
}

static err days_with(struct db_conn *c, int64_t tenant, const struct behind *q, int64_t unit, int64_t *days, size_t *n)
{
    struct db_rows rows;
    TRY(db_query(c, &insight_days_with, DB_ARGS(I64(tenant), I64(unit), I64(q->from), I64(q->to), I64(q->measure), I64((int64_t)q->most)), &rows));
    while (db_next(&rows)) {
        size_t at = *n;
        while (at > 0 && days[at - 1] < db_i64(&rows, 0))
            at--;
        if (at > 0 && days[at - 1] == db_i64(&rows, 0))
            continue;
        for (size_t i = (*n)++; i > at; i--)
            days[i] = days[i - 1];
        days[at] = db_i64(&rows, 0);
    }
    return db_done(&rows);
}

static err cases_of_day(struct db_conn *c, int64_t tenant, const struct unit_snapshot *u, const struct behind *q, int64_t day, struct found_case *out,
                        size_t *n)
{
    const struct measure *m = &insight_measures[q->measure], *not = q->without >= 0 ? &insight_measures[q->without] : NULL;
    int64_t               id, below = day == q->after_day && q->after ? q->after : INT64_MAX;
    struct marks          marks;
    struct mark           mark;
    TRY(marks_open(c, tenant, q->unit, m->kind, day, below, &marks));
    while (*n < q->most && marks_next(&marks, &id, &mark))
        if (counts(m, mark.bits) && !(not && counts(not, mark.bits)) && of_unit(u, q->unit, &mark))
            out[(*n)++] = (struct found_case){ id, day };
    return db_done(&marks.rows);
}

err insight_behind(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_snapshot *u, const struct behind *q,
                   struct found_case *out, size_t *n)
{
    struct ids parts = unit_parts(u, a, q->unit);
    int64_t   *days = ARENA_ARRAY(a, parts.len * q->most + 1, int64_t);
    size_t     count = 0;
    bool       more = true;
    struct behind at = *q;
    *n = 0;
    at.to = q->after ? q->after_day : q->to;
    while (*n < q->most && more) {   /* days on which nothing is left to list do not end it */
        count = 0;
        for (size_t i = 0; i < parts.len; i++)
            TRY(days_with(c, tenant, &at, parts.at[i], days, &count));
        more = count >= q->most;
        for (size_t i = 0; i < count && *n < q->most; i++)
            TRY(cases_of_day(c, tenant, u, q, days[i], out, n));
        at.to = count ? days[count - 1] - 1 : at.to;
    }
    return OK;
}

/* ---- by category ---- */

static struct category_total *category_row(struct category_totals *t, int64_t id)
{
    for (size_t i = 0; i < t->len; i++)
        if (t->at[i].category == id)
            return &t->at[i];
    if (t->len == CATEGORIES_MOST)
        return NULL;
    t->at[t->len] = (struct category_total){ .category = id };
    return &t->at[t->len++];
}

static void add_category(struct category_totals *t, int64_t id, enum category_counter counter, int64_t n)
{
    struct category_total *row = category_row(t, id);
    if (row)
        row->n[counter] += n;
}

struct by_category { struct db_conn *conn; int64_t tenant, unit; struct category_totals *out; };

static err add_categories(void *arg, enum grain grain, int64_t from, int64_t to)
{
    struct by_category *b = arg;
    struct db_rows      rows;
    TRY(db_query(b->conn, &insight_by_category, DB_ARGS(I64(b->tenant), I64(b->unit), I64(grain), I64(from), I64(to)), &rows));
    while (db_next(&rows))
        for (int k = 0; k < CATEGORY_COUNTERS; k++)
            add_category(b->out, db_i64(&rows, 0), (enum category_counter)k, db_i64(&rows, 1 + k));
    return db_done(&rows);
}

static err marks_by_category(struct db_conn *c, int64_t tenant, const struct unit_snapshot *u, struct unit_ref unit, enum mark_kind kind,
                             int64_t day, struct category_totals *out)
{
    static const struct { enum counter measure; enum category_counter is; } all[] = {
        { COUNT_reported, CATEGORY_reported }, { COUNT_due, CATEGORY_due }, { COUNT_closed_on_time, CATEGORY_closed_on_time },
        { COUNT_closed, CATEGORY_closed },
    };
    static const struct db_sql *const all_on[MARK_COUNT] = {
        [MARK_REPORTED] = &insight_all_reported_on, [MARK_DUE] = &insight_all_due_on, [MARK_ENDED] = &insight_all_ended_on,
    };
    struct marks marks = { .kind = kind, .day = day };
    struct mark  mark;
    int64_t      id;
    TRY(db_query(c, all_on[kind], DB_ARGS(I64(tenant), I64(day), I64(INT64_MAX)), &marks.rows));
    for (; marks_next(&marks, &id, &mark); out->looked++)
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            const struct measure *m = &insight_measures[all[i].measure];
            if (m->kind == kind && counts(m, mark.bits) && of_unit(u, unit, &mark))
                add_category(out, mark.category, all[i].is, 1);
        }
    return db_done(&marks.rows);
}

err insight_categories_of(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_snapshot *u, struct unit_ref unit, int64_t from,
                          int64_t to, struct category_totals *out)
{
    static const enum mark_kind kinds[] = { MARK_REPORTED, MARK_DUE, MARK_ENDED };
    struct by_category          b = { c, tenant, unit.id, out };
    *out = (struct category_totals){ ARENA_ARRAY(a, CATEGORIES_MOST, struct category_total), 0, from, 0 };
    if (unit.kind == UNIT_AREA && unit_depth(u, unit) <= CATEGORY_DEPTH)
        return stretches(from, to, add_categories, &b);
    for (int64_t day = to; day >= from && out->looked < MARKS_LOOKED_AT; day--) {
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            TRY(marks_by_category(c, tenant, u, unit, kinds[i], day, out));
        out->from = day;
    }
    return OK;
}
