/* case_known.c: cases as other systems meet them: what everybody may know, and reports that come from elsewhere. */
#include "case_parts.h"
#include "../../base/id.h"

#define LATE_ENTRY (32 * MS_DAY)    /* how long after the fact a report may be entered and still be found by its date */
#define STEPS_BACK (400 * MS_DAY)

/* A unary plus keeps a condition from choosing an index: the time of the report, which orders the rows, drives, or the codes do. */
static const char *const known_fragments[] = {
    " AND c.id >= $2 AND c.reported_at >= $3", " AND c.id < $4 AND c.reported_at < $5", " AND c.updated_at >= $6", " AND c.updated_at < $7",
    " AND +c.closed_at IS NULL", " AND +c.closed_at IS NOT NULL", " AND +c.category_id IN (SELECT CAST(key AS BIGINT) FROM json_each($8))",
    " AND c.code IN (SELECT key FROM json_each($9))", " AND c.released = 1", NULL };
static const char *const known_tails[] = { " ORDER BY c.id DESC LIMIT $10 OFFSET $11", NULL };
DB_FAMILY(case_known_rows,
          "SELECT c.id, c.code, c.state, c.outcome, c.category_id, c.area_id, CASE WHEN c.released = 1 THEN c.text END, "
          "CASE WHEN c.released = 1 THEN (SELECT min(p.file_id) FROM case_photo p "
          "JOIN case_event e ON e.tenant_id = p.tenant_id AND e.case_id = p.case_id AND e.seq = p.seq AND e.internal = 0 "
          "WHERE p.tenant_id = c.tenant_id AND p.case_id = c.id) END, c.released, c.reported_at, c.due_at, c.closed_at, c.updated_at "
          "FROM cases c WHERE c.tenant_id = $1",
          known_fragments, known_tails)
enum { HAS_FROM = 1, HAS_TO = 2, HAS_UPDATED_FROM = 4, HAS_UPDATED_TO = 8, IS_OPEN = 16, IS_CLOSED = 32, HAS_CATEGORIES = 64, HAS_CODES = 128,
       IS_RELEASED = 256 };

DB_SQL(case_known_events,
       "SELECT e.case_id, e.seq, e.at, e.from_state, e.to_state, c.outcome, c.code FROM cases c JOIN case_event e "
       "ON e.tenant_id = c.tenant_id AND e.case_id = c.id WHERE c.tenant_id = $1 AND c.id >= $2 AND c.updated_at >= $3 AND e.at >= $3 "
       "AND e.at < $4 AND e.internal = 0 AND e.from_state <> e.to_state ORDER BY e.at, e.case_id, e.seq LIMIT $5")
DB_SQL(case_by_source_key, "SELECT id, code FROM cases WHERE tenant_id = $1 AND source_key = $2")

#define K_ID(m)   FIELD_ID(struct case_known, m, 0, "")
#define K_I64(m)  FIELD_I64(struct case_known, m, 0, 0, 0, "")
#define K_STR(m)  FIELD_STR(struct case_known, m, 0, 0, 0, "")
#define K_TIME(m) FIELD_TIME(struct case_known, m, 0, "")
static const struct field known_fields[] = {
    K_ID(id), K_STR(code), K_I64(state), K_I64(outcome), K_ID(category_id), K_ID(area_id), K_STR(text), K_ID(photo),
    K_I64(released), K_TIME(reported_at), K_TIME(due_at), K_TIME(closed_at), K_TIME(updated_at), FIELD_END
};

static const struct field step_fields[] = {
    FIELD_ID(struct case_known_step, case_id, 0, ""),   FIELD_I64(struct case_known_step, seq, 0, 0, 0, ""),
    FIELD_TIME(struct case_known_step, at, 0, ""),      FIELD_I64(struct case_known_step, from_state, 0, 0, 0, ""),
    FIELD_I64(struct case_known_step, state, 0, 0, 0, ""), FIELD_I64(struct case_known_step, outcome, 0, 0, 0, ""),
    FIELD_STR(struct case_known_step, code, 0, 0, 0, ""), FIELD_END
};

/* ---- what everybody may know ---- */

static uint32_t mask_of(const struct case_known_query *q)
{
    const struct { bool given; uint32_t bit; } all[] = {
        { q->from, HAS_FROM }, { q->to, HAS_TO }, { q->updated_from, HAS_UPDATED_FROM }, { q->updated_to, HAS_UPDATED_TO },
        { q->status == KNOWN_OPEN, IS_OPEN }, { q->status == KNOWN_CLOSED, IS_CLOSED }, { q->categories.at != NULL, HAS_CATEGORIES },
        { q->codes.at != NULL, HAS_CODES }, { q->released, IS_RELEASED },
    };
    uint32_t mask = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        mask |= all[i].given ? all[i].bit : 0;
    return mask;
}

/* Only what looks like a code can be one: the others need no escaping because they are left out. */
static struct str code_set(struct arena *a, struct strs codes)
{
    struct buf b = buf_new(a, 0);
    bool       first = true;
    buf_byte(&b, '{');
    for (size_t i = 0; i < codes.len; i++)
        if (case_is_code(codes.at[i])) {
            buf_fmt(&b, "%s\"%.*s\":0", first ? "" : ",", STR_ARG(codes.at[i]));
            first = false;
        }
    buf_byte(&b, '}');
    return buf_view(&b);
}

/* Never closer than the grid, for the place as for its name. */
static void blur(struct arena *a, const struct unit_snapshot *u, struct case_known *k)
{
    int64_t grid = unit_above_of_kind(u, k->area_id, "grid");
    int64_t community = grid ? grid : unit_above_of_kind(u, k->area_id, "community");
    k->area_id = community ? community : k->area_id;
    k->area_name = k->area_id ? str_copy(a, unit_name(u, (struct unit_ref){ UNIT_AREA, k->area_id })) : STR_NONE;
    k->at.set = k->area_id && unit_point_inside(u, k->area_id, &k->at.lon, &k->at.lat);
}

err case_known_find(struct db_conn *c, struct arena *a, struct app *app, const struct case_known_query *q, struct list *out)
{
    struct db_rows rows;
    TRY(db_query_family(c, &case_known_rows, mask_of(q), 0,
                        DB_ARGS(I64(app->tenant), I64(q->from ? id_at(q->from - MS_SECOND) : 0), I64(q->from),
                                I64(q->to ? id_at(q->to + LATE_ENTRY) : 0), I64(q->to), I64(q->updated_from), I64(q->updated_to),
                                TEXT(db_keys(a, q->categories)), TEXT(code_set(a, q->codes)), I64((int64_t)q->most),
                                I64((int64_t)q->skip)),
                        &rows));
    TRY(db_take(&rows, a, known_fields, sizeof(struct case_known), q->most, out));
    const struct unit_snapshot *u = unit_hold(app);
    struct case_known          *at = out->at;
    for (size_t i = 0; i < out->len; i++) {
        at[i].title = case_title(a, at[i].text);   /* STR_NONE of a text that is not released */
        blur(a, u, &at[i]);
    }
    unit_release(u);
    return OK;
}

err case_known_steps(struct db_conn *c, struct arena *a, struct app *app, ms from, ms to, size_t most, struct list *out)
{
    return db_all(c, a, &case_known_events,
                  DB_ARGS(I64(app->tenant), I64(id_at(from - STEPS_BACK)), I64(from), I64(to), I64((int64_t)most)), step_fields,
                  sizeof(struct case_known_step), most, out);
}

/* ---- categories ---- */

static struct case_kind kind_of(const struct case_snapshot *s, struct arena *a, const struct case_category *c)
{
    struct chain                up = case_category_chain(s, a, c->id);
    const struct case_category *top = up.len > 1 ? case_category_by_id(s, up.at[up.len - 1]) : NULL;
    return (struct case_kind){ c->id, str_copy(a, c->name_zh), str_copy(a, c->name_en), str_copy(a, c->kind), str_copy(a, c->code),
                               str_copy(a, c->pack), top ? str_copy(a, top->name_zh) : STR_NONE, top ? str_copy(a, top->name_en) : STR_NONE };
}

void case_kinds(struct app *app, struct arena *a, int64_t id, struct list *out)
{
    const struct case_snapshot *s = case_hold(app);
    struct case_kind           *at = ARENA_ARRAY(a, id ? 1 : s->category_count + 1, struct case_kind);
    *out = (struct list){ at, 0 };
    for (size_t i = 0; i < s->category_count; i++) {
        const struct case_category *c = &s->categories[i];
        if (c->leaf && !c->valid_to && (!id || c->id == id))
            at[out->len++] = kind_of(s, a, c);
    }
    case_release(app, s);
}

bool case_category_within(struct app *app, int64_t category, int64_t above)
{
    const struct case_snapshot *s = case_hold(app);
    const struct case_category *c = case_category_by_id(s, category);
    for (int depth = 0; c && c->id != above && depth < 16; depth++)
        c = case_category_by_id(s, c->parent_id);
    case_release(app, s);
    return c && c->id == above;
}

int64_t case_kinds_version(struct app *app)
{
    const struct case_snapshot *s = case_hold(app);
    int64_t                     sum = 0;
    for (size_t i = 0; i < s->category_count; i++)
        sum += s->categories[i].version;
    case_release(app, s);
    return sum;
}

/* ---- reports from elsewhere ---- */

static err taken_before(struct req *r, struct str key, struct case_receipt *out)
{
    struct db_rows rows;
    *out = (struct case_receipt){ .created = true };
    if (!key.ptr)
        return OK;
    TRY(db_query(r->db, &case_by_source_key, DB_ARGS(I64(r->tenant), TEXT(key)), &rows));
    if (db_next(&rows))
        *out = (struct case_receipt){ .id = db_i64(&rows, 0), .code = str_copy(r->arena, db_text(&rows, 1)) };
    return db_done(&rows);
}

err case_take(struct req *r, const struct case_taken *in, struct case_receipt *out)
{
    struct case_report_in report = { .text = in->text, .address = in->address, .reporter_name = in->reporter_name, .contact = in->contact,
                                     .category = in->category, .severity = in->severity, .at = in->at, .reported_at = in->reported_at,
                                     .source = in->source, .source_key = in->source_key, .data = in->data };
    struct case_made      made;
    struct str            secret;
    TRY(taken_before(r, in->source_key, out));
    if (!out->created)
        return OK;
    TRY(case_report_store(r, &report, &made, &secret));
    out->id = made.row.id;
    out->code = made.row.code;
    out->secret = secret;
    return OK;
}

/* ---- updates from elsewhere ---- */

err case_say(struct req *r, const struct case_said *in, struct case_heard *out)
{
    struct case_row c;
    TRY(case_get_code(r->db, r->arena, r->tenant, in->code, &c));
    bool             handled = in->handled && c.state == CASE_HANDLING && !c.tasks_open;
    struct case_move m = { .action = handled ? ACT_HANDLED : ACT_COMMENT, .text = in->text, .data = in->data };
    TRY(case_do(r, &c, &m));
    *out = (struct case_heard){ c.id, c.version, handled };
    return OK;
}
