/* case_level.c: who holds and who supervises a case, and where it may be passed. The decisions themselves: case_access.c. Over HTTP:
 * case_level_http.c. */
#include "case_level.h"
#include "../account/account.h"
#include "../../base/jsonw.h"

#define SUPERVISED_MOST 1000

/* ---- grants at a level ---- */

bool case_granted_at(struct req *r, enum perm perm, int64_t area)
{
    struct unit_refs where = req_where(r, perm);
    for (size_t i = 0; i < where.len; i++)
        if (where.at[i].kind == UNIT_AREA && where.at[i].id == area)
            return true;
    return false;
}

static int64_t parent_of(struct req *r, int64_t area)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    int64_t                     parent = unit_parent(u, (struct unit_ref){ UNIT_AREA, area });
    unit_release(u);
    return parent;
}

int64_t case_granted_from(struct req *r, enum perm perm, int64_t area)
{
    while (area && !case_granted_at(r, perm, area))
        area = parent_of(r, area);
    return area;
}

int64_t case_superior_area(struct req *r, const struct case_row *c)
{
    bool    org = case_state_info((enum case_state)c->state)->who == BY_ORG && c->org_id;
    int64_t level = case_level(c), parent = parent_of(r, level);
    return org || !parent ? level : parent;
}

/* ---- where it may be passed ---- */

static err somebody(struct req *r, int64_t area, enum perm perm, bool *out)
{
    struct list people;
    TRY(account_holders(r->db, r->arena, r->tenant, (struct unit_ref){ UNIT_AREA, area }, perm, r->now, &people));
    *out = people.len > 0;
    return OK;
}

static struct level_choice choice(struct req *r, int64_t area, enum case_state state)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct level_choice         c = { area, str_copy(r->arena, unit_name(u, (struct unit_ref){ UNIT_AREA, area })), (int)state };
    unit_release(u);
    return c;
}

/* Where nobody dispatches, the next one up is asked. */
static err level_up(struct req *r, const struct case_row *c, struct level_choice **out)
{
    int64_t from = c->held_area_id ? c->held_area_id : case_granted_from(r, PERM_CASE_ESCALATE, c->area_id);
    bool    found = false;
    *out = NULL;
    for (int64_t a = from ? parent_of(r, from) : 0; a && !found; a = parent_of(r, a)) {
        TRY(somebody(r, a, PERM_CASE_DISPATCH, &found));
        if (!found)
            continue;
        *out = ARENA_NEW(r->arena, struct level_choice);
        **out = choice(r, a, CASE_ACCEPTED);
    }
    return OK;
}

/* The highest area from which the caller may pass it down: the level that holds it, else the highest of theirs. */
static int64_t top_of(struct req *r, const struct case_row *c)
{
    int64_t top = 0;
    if (c->held_area_id)
        return c->held_area_id;
    for (int64_t a = c->area_id; a; a = parent_of(r, a))
        if (case_granted_at(r, PERM_CASE_DISPATCH, a))
            top = a;
    return top;
}

static err level_below(struct req *r, int64_t area, struct level_choice *out)
{
    bool dispatched, handled = false;
    TRY(somebody(r, area, PERM_CASE_DISPATCH, &dispatched));
    if (!dispatched)
        TRY(somebody(r, area, PERM_CASE_HANDLE, &handled));
    *out = choice(r, area, dispatched ? CASE_ACCEPTED : handled ? CASE_HANDLING : CASE_NONE);
    return OK;
}

static err levels_down(struct req *r, const struct case_row *c, struct list *out)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct chain                up = case_area_chain(u, r->arena, c->area_id);
    struct level_choice        *at = ARENA_ARRAY(r->arena, up.len + 1, struct level_choice);
    size_t                      below = 0;
    unit_release(u);
    *out = (struct list){ at, 0 };
    for (int64_t top = top_of(r, c); below < up.len && up.at[below] != top;)
        below++;
    for (size_t i = below; below < up.len && i-- > 0;) {
        TRY(level_below(r, up.at[i], &at[out->len]));
        out->len += at[out->len].state != CASE_NONE;
    }
    return OK;
}

const struct field level_choice_fields[] = {
    FIELD_ID(struct level_choice, id, REQUIRED, "Area"),
    FIELD_STR(struct level_choice, name, 0, 0, 0, "Its name"),
    FIELD_WORD(struct level_choice, state, case_state_words, 0, "accepted: it is dispatched there; handling: it is handled there, by those who work there"),
    FIELD_END
};
const struct field case_levels_fields[] = {
    FIELD_OBJECT(struct level_choices, up, level_choice_fields, struct level_choice, 0, "Level above that would take it over; null: there is none"),
    FIELD_LIST(struct level_choices, down, level_choice_fields, struct level_choice, 0, 0, REQUIRED, "Levels below on its own chain, nearest first"),
    FIELD_END
};

err case_levels(struct req *r, const struct case_row *c, struct level_choices *out)
{
    *out = (struct level_choices){ 0 };
    if (case_act_from(ACT_ESCALATE, (enum case_state)c->state) && case_permitted(r, c, ACT_ESCALATE, false))
        TRY(level_up(r, c, &out->up));
    if (case_act_from(ACT_DELEGATE, (enum case_state)c->state) && case_permitted(r, c, ACT_DELEGATE, false))
        TRY(levels_down(r, c, &out->down));
    return OK;
}

/* ---- for the story ---- */

struct str case_passed(struct app *app, struct arena *a, int64_t from, int64_t to)
{
    const struct unit_snapshot *u = unit_hold(app);
    struct buf                  b = buf_new(a, 0);
    struct jsonw                j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "from", from);
    jsonw_kv_id(&j, "to", to);
    jsonw_kv_str(&j, "from_name", unit_name(u, (struct unit_ref){ UNIT_AREA, from }));
    jsonw_kv_str(&j, "to_name", unit_name(u, (struct unit_ref){ UNIT_AREA, to }));
    jsonw_close(&j);
    unit_release(u);
    return buf_view(&b);
}

struct str case_supervised(struct app *app, struct arena *a, int64_t area, ms due)
{
    const struct unit_snapshot *u = unit_hold(app);
    struct buf                  b = buf_new(a, 0);
    struct jsonw                j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "area", area);
    jsonw_kv_str(&j, "area_name", unit_name(u, (struct unit_ref){ UNIT_AREA, area }));
    jsonw_kv_i64(&j, "due_at", due);
    jsonw_close(&j);
    unit_release(u);
    return buf_view(&b);
}

struct str case_answered(struct arena *a, struct str why_late, ms done_by)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "why_late", why_late);
    jsonw_kv_i64(&j, "done_by", done_by);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- supervision ---- */

const struct field case_supervision_fields[] = {
    FIELD_TIME(struct supervision_view, since, REQUIRED, "Since when"),
    FIELD_TIME(struct supervision_view, due_at, REQUIRED, "When the level above expects it"),
    FIELD_TIME(struct supervision_view, answered_at, 0, "When whoever has it answered last"),
    FIELD_ID(struct supervision_view, area_id, 0, "Area whose level supervises it"),
    FIELD_STR(struct supervision_view, area_name, 0, 0, 0, "Its name"),
    FIELD_END
};

DB_SQL(case_supervised_by,
       "SELECT id, due_at, state FROM cases WHERE tenant_id = $1 AND supervised_at IS NOT NULL "
       "AND supervised_area_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) ORDER BY supervised_due, id LIMIT $3")

err case_supervising(struct req *r, struct picked *rows, size_t most, size_t *len, int64_t *n)
{
    struct unit_refs where = req_where(r, PERM_CASE_SUPERVISE);
    int64_t         *areas = ARENA_ARRAY(r->arena, where.len + 1, int64_t);
    struct ids       ids = { areas, 0 };
    struct db_rows   found;
    *len = 0;
    *n = 0;
    for (size_t i = 0; i < where.len; i++)
        if (where.at[i].kind == UNIT_AREA)
            areas[ids.len++] = where.at[i].id;
    if (!ids.len)
        return OK;
    TRY(db_query(r->db, &case_supervised_by, DB_ARGS(I64(r->tenant), TEXT(db_keys(r->arena, ids)), I64(SUPERVISED_MOST)), &found));
    while (db_next(&found)) {
        if (*len < most)
            rows[(*len)++] = (struct picked){ .id = db_i64(&found, 0), .due_at = db_is_null(&found, 1) ? PICK_NO_DUE : db_i64(&found, 1),
                                              .state = db_i64(&found, 2), .supervised = true };
        ++*n;
    }
    return db_done(&found);
}
