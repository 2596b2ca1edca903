/* case_together.c: who worked with whom. The calls by whistle of a period, and the cases behind a figure within the caller's rights. */
#include <stdlib.h>

#include "case_list.h"
#include "case_pick.h"
#include "case_task.h"

#define AMONG_MOST 1000   /* of these at most the caller's rights are looked at: the newest */
#define SHOWN_MOST 200

DB_SQL(case_whistles_between,
       "SELECT t.case_id, t.org_id, c.org_id, t.called_at, t.state, c.state, c.outcome FROM case_task t "
       "JOIN cases c ON c.tenant_id = t.tenant_id AND c.id = t.case_id WHERE t.tenant_id = $1 AND t.called_at >= $2 AND t.called_at < $3")

struct call_row { int64_t case_id, org_id, holder, at, task, state, outcome; };
#define NUMBER(m) FIELD_I64(struct call_row, m, 0, 0, 0, "")
static const struct field call_fields[] = { NUMBER(case_id), NUMBER(org_id), NUMBER(holder), NUMBER(at), NUMBER(task), NUMBER(state),
                                            NUMBER(outcome), FIELD_END };

/* Reported as handled, or closed with an outcome of somebody's work. */
static bool was_handled(const struct call_row *row)
{
    return row->state == CASE_HANDLED || (row->state == CASE_CLOSED && row->outcome != OUTCOME_NONE && row->outcome != OUTCOME_WITHDRAWN &&
                                          row->outcome != OUTCOME_DUPLICATE);
}

static int by_case(const void *x, const void *y)
{
    const struct case_whistle *a = x, *b = y;
    if (a->case_id != b->case_id)
        return a->case_id < b->case_id ? -1 : 1;
    return a->org_id < b->org_id ? -1 : a->org_id > b->org_id;
}

err case_whistles(struct db_conn *c, struct arena *a, int64_t tenant, ms from, ms to, struct list *out)
{
    struct list rows;
    TRY(db_all(c, a, &case_whistles_between, DB_ARGS(I64(tenant), I64(from), I64(to)), call_fields, sizeof(struct call_row), 1000000, &rows));
    const struct call_row *row = rows.at;
    struct case_whistle      *at = ARENA_ARRAY(a, rows.len + 1, struct case_whistle);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct case_whistle){ row[i].case_id, row[i].org_id, row[i].holder, row[i].at, row[i].task == TASK_ANSWERED,
                                    row[i].task == TASK_CALLED || row[i].task == TASK_RECEIVED, was_handled(&row[i]) };
    qsort(at, rows.len, sizeof *at, by_case);
    *out = (struct list){ at, rows.len };
    return OK;
}

/* ---- the cases behind a figure ---- */

struct among_view { struct list items; int64_t total, hidden; };
const struct field case_among_fields[] = {
    FIELD_LIST(struct among_view, items, case_row_fields, struct row_view, 0, 0, REQUIRED, "Those the caller may see, newest first, at most 200"),
    FIELD_I64(struct among_view, total, 0, 0, REQUIRED, "All there are"),
    FIELD_I64(struct among_view, hidden, 0, 0, REQUIRED, "Of the newest 1,000: how many the caller may not see"),
    FIELD_END
};

static int newest_first(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a > b ? -1 : a < b;
}

static struct ids newest(struct arena *a, struct ids all)
{
    int64_t *at = ARENA_ARRAY(a, all.len + 1, int64_t);
    memcpy(at, all.at, all.len * sizeof *at);
    qsort(at, all.len, sizeof *at, newest_first);
    return (struct ids){ at, all.len < AMONG_MOST ? all.len : AMONG_MOST };
}

err case_reply_among(struct req *r, struct ids cases)
{
    const struct pick_set any = { .any = true };
    struct pick_arm       with = { .states = any, .areas = any, .orgs = any, .categories = any };
    struct among_view     v = { .total = (int64_t)cases.len };
    struct picked        *rows = ARENA_ARRAY(r->arena, AMONG_MOST, struct picked);
    struct pick           p = { .order = PICK_NEW, .most = AMONG_MOST };
    size_t                n = 0;
    if (cases.len) {
        p.among = newest(r->arena, cases);
        p.arms = case_arms(r, PERM_CASE_READ, &with, &p.arm_count);
        TRY(case_pick(r, &p, rows, &n));
    }
    v.hidden = (int64_t)(p.among.len - n);
    TRY(case_list_views(r, rows, n < SHOWN_MOST ? n : SHOWN_MOST, &v.items));
    return reply_view(r, case_among_fields, &v, 0);
}
