/* case_kept.c: what others keep beside the cases, and cases as others' lists show them. */
#include "case_task.h"

DB_SQL(kept_rows,
       "SELECT id, state, outcome, category_id, area_id, org_id, reported_at, due_at, solved, stars, tasks, rated_at, "
       "contacted, call_back, appeal, version FROM cases "
       "WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3")
DB_SQL(kept_steps,
       "SELECT case_id, seq, at, action, from_state, to_state, org_id, due_at FROM case_event "
       "WHERE tenant_id = $1 AND case_id > $2 AND case_id <= $3 ORDER BY case_id, seq")
DB_SQL(line_rows,
       "SELECT id, code, " CASE_OPENING("text") ", state, outcome, area_id, org_id, reported_at, due_at, closed_at, tasks FROM cases WHERE tenant_id = $1 "
       "AND id IN (SELECT CAST(key AS BIGINT) FROM json_each($2))")
DB_SQL(due_by_area,
       "SELECT area_id FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND due_at >= $2 AND due_at < $3")
DB_SQL(due_by_org,
       "SELECT org_id FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND due_at >= $2 AND due_at < $3")

/* ---- step by step ---- */

static struct case_kept_step kept_step(const struct case_event *e)
{
    return (struct case_kept_step){ e->at, (enum case_action)e->action, (enum case_state)e->from_state, (enum case_state)e->to_state,
                                    e->org_id, e->due_at };
}

#define STEPS_AT_ONCE 16

err case_tell_keeper(struct db_conn *c, struct app *app, const struct case_row *r, const struct case_event *e, size_t n)
{
    struct case_kept_step steps[STEPS_AT_ONCE];
    case_keeper           fn = case_keeper_of(app);
    struct case_kept      now = { r->id, (enum case_state)r->state, (enum case_outcome)r->outcome, r->category_id, r->area_id, r->org_id,
                                  r->reported_at, r->due_at, r->solved, r->stars, r->tasks, r->rated_at, r->contacted, r->call_back, r->appeal };
    size_t                done = 0;
    if (!fn)
        return OK;
    do {   /* a longer story comes in pieces, each with the case as it stands at the end */
        size_t some = n - done < STEPS_AT_ONCE ? n - done : STEPS_AT_ONCE;
        for (size_t i = 0; i < some; i++)
            steps[i] = kept_step(&e[done + i]);
        TRY(fn(c, app, &now, steps, some));
        done += some;
    } while (done < n);
    return OK;
}

/* ---- whole stories ---- */

#define K_I64(m) FIELD_I64(struct kept_row, m, 0, 0, 0, "")
struct kept_row { int64_t id, state, outcome, category_id, area_id, org_id, reported_at, due_at, solved, stars, tasks, rated_at, contacted, call_back, appeal, version; };
static const struct field kept_row_fields[] = {
    K_I64(id),          K_I64(state),  K_I64(outcome), K_I64(category_id), K_I64(area_id), K_I64(org_id),
    K_I64(reported_at), K_I64(due_at), K_I64(solved),  K_I64(stars),       K_I64(tasks),
    K_I64(rated_at),    K_I64(contacted), K_I64(call_back), K_I64(appeal),     K_I64(version), FIELD_END
};
struct step_row { int64_t case_id, seq, at, action, from_state, to_state, org_id, due_at; };
#define S_I64(m) FIELD_I64(struct step_row, m, 0, 0, 0, "")
static const struct field step_row_fields[] = { S_I64(case_id),    S_I64(seq),      S_I64(at),     S_I64(action), S_I64(from_state),
                                                S_I64(to_state),   S_I64(org_id),   S_I64(due_at), FIELD_END };

static struct case_kept kept_of(const struct kept_row *r)
{
    return (struct case_kept){ r->id, (enum case_state)r->state, (enum case_outcome)r->outcome, r->category_id, r->area_id, r->org_id,
                               r->reported_at, r->due_at, r->solved, r->stars, r->tasks, r->rated_at, r->contacted, r->call_back, r->appeal };
}

err case_stories(struct db_conn *c, struct arena *a, int64_t tenant, int64_t above, size_t most, struct list *out)
{
    struct list rows, steps;
    *out = (struct list){ 0 };
    TRY(db_all(c, a, &kept_rows, DB_ARGS(I64(tenant), I64(above), I64((int64_t)most)), kept_row_fields, sizeof(struct kept_row), most, &rows));
    if (!rows.len)
        return OK;
    const struct kept_row *r = rows.at;
    TRY(db_all(c, a, &kept_steps, DB_ARGS(I64(tenant), I64(above), I64(r[rows.len - 1].id)), step_row_fields, sizeof(struct step_row), 0,
               &steps));
    const struct step_row  *s = steps.at;
    struct case_kept_step  *all = ARENA_ARRAY(a, steps.len + 1, struct case_kept_step);
    struct case_story_kept *stories = ARENA_ARRAY(a, rows.len, struct case_story_kept);
    size_t                  k = 0;
    for (size_t i = 0; i < rows.len; i++) {
        stories[i] = (struct case_story_kept){ kept_of(&r[i]), all + k, 0, true };
        for (; k < steps.len && s[k].case_id == r[i].id; k++) {
            all[k] = (struct case_kept_step){ s[k].at, (enum case_action)s[k].action, (enum case_state)s[k].from_state,
                                              (enum case_state)s[k].to_state, s[k].org_id, s[k].due_at };
            stories[i].whole &= s[k].seq == (int64_t)++stories[i].n;
        }
        stories[i].whole &= r[i].version == (int64_t)stories[i].n;
    }
    *out = (struct list){ stories, rows.len };
    return OK;
}

/* ---- names ---- */

void case_category_names(struct app *app, struct arena *a, int64_t id, struct str *zh, struct str *en)
{
    const struct case_snapshot *s = case_hold(app);
    const struct case_category *c = case_category_by_id(s, id);
    *zh = c ? str_copy(a, c->name_zh) : STR_NONE;
    *en = c ? str_copy(a, c->name_en) : STR_NONE;
    case_release(app, s);
}

/* ---- lines ---- */

const struct field case_line_fields[] = {
    FIELD_ID(struct case_line, id, REQUIRED, "Id"),
    FIELD_STR(struct case_line, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_STR(struct case_line, title, 0, 0, 0, "First words; null when the caller may not read it any more"),
    FIELD_WORD(struct case_line, state, case_state_words, REQUIRED, "State"),
    FIELD_WORD(struct case_line, outcome, case_outcome_words, 0, "Outcome of a closed case"),
    FIELD_STR(struct case_line, area_name, 0, 0, 0, "Deepest area"),
    FIELD_STR(struct case_line, org_name, 0, 0, 0, "Organisation that has it"),
    FIELD_TIME(struct case_line, reported_at, REQUIRED, "When it was reported"),
    FIELD_TIME(struct case_line, due_at, 0, "When the present step is due"),
    FIELD_TIME(struct case_line, closed_at, 0, "When it was closed, rejected or merged"),
    FIELD_END
};

struct line_row { struct case_row c; };
static const struct field line_row_fields[] = {
    FIELD_ID(struct line_row, c.id, 0, ""),          FIELD_STR(struct line_row, c.code, 0, 0, 0, ""),
    FIELD_STR(struct line_row, c.text, 0, 0, 0, ""),  FIELD_I64(struct line_row, c.state, 0, 0, 0, ""),
    FIELD_I64(struct line_row, c.outcome, 0, 0, 0, ""), FIELD_ID(struct line_row, c.area_id, 0, ""),
    FIELD_ID(struct line_row, c.org_id, 0, ""),      FIELD_TIME(struct line_row, c.reported_at, 0, ""),
    FIELD_TIME(struct line_row, c.due_at, 0, ""),    FIELD_TIME(struct line_row, c.closed_at, 0, ""),
    FIELD_I64(struct line_row, c.tasks, 0, 0, 0, ""), FIELD_END
};

static struct case_line line_of(struct req *r, const struct unit_snapshot *u, const struct case_row *c)
{
    struct case_line l = { .id = c->id, .code = c->code, .state = (int)c->state, .outcome = (int)c->outcome, .reported_at = c->reported_at,
                           .due_at = c->due_at, .closed_at = c->closed_at };
    if (case_staff_reads(r, c))
        l.title = case_title(r->arena, c->text);
    if (c->area_id)
        l.area_name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, c->area_id }));
    if (c->org_id)
        l.org_name = str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_ORG, c->org_id }));
    return l;
}

err case_lines(struct req *r, struct ids ids, struct list *out)
{
    struct list       found;
    struct case_line *at = ARENA_ARRAY(r->arena, ids.len + 1, struct case_line);
    *out = (struct list){ at, 0 };
    TRY(db_all(r->db, r->arena, &line_rows, DB_ARGS(I64(r->tenant), TEXT(db_keys(r->arena, ids))), line_row_fields,
               sizeof(struct line_row), 0, &found));
    const struct line_row      *rows = found.at;
    const struct unit_snapshot *u = unit_hold(r->app);
    for (size_t i = 0; i < ids.len; i++)
        for (size_t k = 0; k < found.len; k++)
            if (rows[k].c.id == ids.at[i])
                at[out->len++] = line_of(r, u, &rows[k].c);
    unit_release(u);
    return OK;
}

err case_due_between(struct db_conn *c, int64_t tenant, ms from, ms to, bool by_org, void (*fn)(void *arg, int64_t unit), void *arg)
{
    struct db_rows rows;
    TRY(db_query(c, by_org ? &due_by_org : &due_by_area, DB_ARGS(I64(tenant), I64(from), I64(to)), &rows));
    while (db_next(&rows))
        if (!db_is_null(&rows, 0))
            fn(arg, db_i64(&rows, 0));
    return db_done(&rows);
}
