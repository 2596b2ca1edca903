/* case_import.c: cases that come from elsewhere with a story of their own: imports and the demonstration. */
#include "case_call.h"
#include "case_clock.h"
#include "case_level.h"
#include "case_task.h"
#include "../../base/id.h"

#define TEXT_MOST 4000

DB_SQL(case_by_source, "SELECT id FROM cases WHERE tenant_id = $1 AND source_key = $2")

DB_SQL(case_id_taken, "SELECT count(*) FROM cases WHERE tenant_id = $1 AND id = $2")

/* An id of the time of the report, so that lists by age hold history and the present alike. */
static err id_of_time(struct db_conn *c, int64_t tenant, ms t, int64_t *id)
{
    int64_t taken = 1;
    for (int tries = 0; taken && tries < 100; tries++) {
        *id = id_back(t);
        TRY(db_number(c, &case_id_taken, DB_ARGS(I64(tenant), I64(*id)), &taken));
    }
    return taken ? FAIL(ERR_CONFLICT) : OK;
}

/* ---- one row of an import ---- */

static err check_row(const struct case_import *in, ms now)
{
    if (!in->source_key.len)
        return FAIL_AT(ERR_REQUIRED, "source_key");
    if (!in->text.len)
        return FAIL_AT(ERR_REQUIRED, "text");
    if (!in->reported_at)
        return FAIL_AT(ERR_REQUIRED, "reported_at");
    if (in->reported_at > now)
        return FAIL_AT(ERR_TIME_IN_FUTURE, "reported_at");
    if (in->state != CASE_REPORTED && in->state != CASE_CLOSED && in->state != CASE_REJECTED)
        return FAIL_AT(ERR_NOT_A_CHOICE, "state");
    if (in->closed_at && in->closed_at < in->reported_at)
        return FAIL_AT(ERR_PERIOD, "closed_at");
    return OK;
}

/* Severity of the category, which may be any leaf, closed ones too: what was filed under it then stays so. */
static err row_category(struct app *app, const struct case_import *in, int64_t *severity)
{
    const struct case_snapshot *s = case_hold(app);
    const struct case_category *c = case_category_by_id(s, in->category);
    bool                        fits = !in->category || (c && c->leaf);
    *severity = in->severity ? in->severity : c ? c->severity : SEVERITY_ORDINARY;
    case_release(app, s);
    return fits ? OK : FAIL_AT(ERR_CATEGORY_UNKNOWN, "category");
}

static int64_t e7(double degrees)
{
    return (int64_t)(degrees * 1e7 + (degrees < 0 ? -0.5 : 0.5));
}

static void place_row(struct case_row *c, struct geo at, const struct case_way *way)
{
    c->lon_e7 = at.set ? e7(at.lon) : 0;
    c->lat_e7 = at.set ? e7(at.lat) : 0;
    c->area_id = way->area;
    c->shape_id = way->shape;
    c->near_border = way->near;
    c->rule_id = way->rule;
}

/* The story of an imported case: reported, and ended when the source says so. Its time limits were another system's: no clock. */
static err import_moves(const struct case_import *in, int64_t account, struct case_made *m)
{
    ms                end = in->closed_at ? in->closed_at : in->reported_at;
    TRY(case_move(&m->row, &(struct case_move){ .action = ACT_REPORT, .at = in->reported_at, .account = account, .data = in->data },
                  &m->events[m->event_count++]));
    struct case_move close = { .action = in->state == CASE_CLOSED ? ACT_IMPORT_CLOSED : ACT_REJECT, .at = end, .account = account,
                               .text = in->result, .outcome = in->outcome ? in->outcome : OUTCOME_EXPLAINED };
    return in->state == CASE_REPORTED ? OK : case_move(&m->row, &close, &m->events[m->event_count++]);
}

static err import_new(struct db_conn *c, struct arena *a, struct app *app, const struct case_import *in, const struct case_way *way,
                      int64_t severity, int64_t account, ms now, int64_t *id)
{
    struct case_made m = { .sealed.source_key = in->source_key };
    m.events = ARENA_ARRAY(a, 2, struct case_event);
    TRY(id_of_time(c, app->tenant, in->reported_at, id));
    m.row = (struct case_row){ .id = *id, .source = SOURCE_IMPORT, .category_id = in->category, .severity = severity,
                               .text = utf8_head(in->text, TEXT_MOST), .address = in->address, .reporter_name = in->reporter_name,
                               .entered_by = account, .reported_at = in->reported_at };
    place_row(&m.row, in->at, way);
    TRY(case_new_code(c, a, app, in->reported_at, &m.row.code));
    case_seal_contact(a, app, in->contact, &m);
    TRY(import_moves(in, account, &m));
    if (in->state == CASE_REPORTED) {   /* its limits here begin now */
        struct case_times t = case_times_hold(app, a, &m.row);
        case_clock_turn(&m.row, CASE_NONE, &(struct case_move){ .action = ACT_REPORT, .at = now }, &t);
        case_times_release(app, &t);
    }
    return case_insert_made(c, app, &m);
}

err case_import_row(struct db_conn *c, struct arena *a, struct app *app, const struct case_import *in, int64_t account, ms now,
                    int64_t *id, bool *created)
{
    struct case_asked_place place = { in->at, in->at.set ? 0 : in->area, in->category, false };
    struct case_way         way;
    int64_t                 severity;
    TRY(check_row(in, now));
    *created = false;
    err e = db_number(c, &case_by_source, DB_ARGS(I64(app->tenant), TEXT(in->source_key)), id);
    if (e.code != ERR_NOT_FOUND)
        return e;
    TRY(row_category(app, in, &severity));
    TRY(case_way_find(app, a, &place, now, &way));
    *created = true;
    return import_new(c, a, app, in, &way, severity, account, now, id);
}

/* ---- a case with a given story ---- */

static void demo_row(const struct case_demo *in, const struct case_way *way, int64_t severity, int64_t id, struct case_made *m)
{
    m->row = (struct case_row){ .id = id, .source = in->source, .category_id = in->category, .severity = severity,
                                .text = in->text, .address = in->address, .reporter_id = in->reporter,
                                .reporter_name = in->reporter_name, .entered_by = in->account, .reported_at = in->reported_at };
    place_row(&m->row, in->at, way);
}

static struct str step_data(struct arena *a, const struct case_demo_step *s)
{
    static const char *const solved[] = { "", "yes", "partly", "no" };
    if (s->action == ACT_PASS)
        return str_fmt(a, "{\"outcome\":\"%s\"}", case_outcome_words[s->outcome]);
    if (s->action == ACT_RATE)
        return str_fmt(a, "{\"solved\":\"%s\",\"stars\":%d}", solved[s->solved & 3], s->stars);
    if (s->action == ACT_CALL_BACK)
        return case_call_data(a, &(struct case_try){ .reached = s->reached, .contacted = s->contacted, .solved = s->solved, .stars = s->stars });
    if (s->action == ACT_APPEAL_SCORE)
        return str_fmt(a, "{\"ground\":\"%s\"}", case_ground_words[s->ground]);
    return STR_NONE;
}

/* The calls of a story, each beside its step: the first step is the report. */
static err demo_tries(struct db_conn *c, int64_t tenant, int64_t id, const struct case_demo *in)
{
    for (size_t i = 0; i < in->step_count; i++) {
        const struct case_demo_step *s = &in->steps[i];
        struct case_try t = { (int64_t)i + 2, s->at, s->reached, s->contacted, s->solved, s->stars, s->text, STR_NONE };
        if (s->action == ACT_CALL_BACK)
            TRY(case_try_put(c, tenant, id, &t, s->account));
    }
    return OK;
}

DB_SQL(case_person_of_account, "SELECT person_id FROM account WHERE tenant_id = $1 AND id = $2")

/* Whoever made the appeal that stands, who does not decide it. */
static err demo_appellant(struct db_conn *c, int64_t tenant, const struct case_demo *in, struct case_row *row)
{
    for (size_t i = 0; i < in->step_count; i++)
        if (in->steps[i].action == ACT_APPEAL_SCORE)
            TRY(db_number(c, &case_person_of_account, DB_ARGS(I64(tenant), I64(in->steps[i].account)), &row->appeal_by));
    return OK;
}

/* Where a level is concerned; passed to a grid it is handled there. */
static void tell_levels(struct app *app, struct arena *a, const struct case_row *c, const struct case_demo_step *s, struct case_move *m)
{
    unsigned                    effects = case_act(s->action)->effects;
    const struct unit_snapshot *u = unit_hold(app);
    int64_t                     community = unit_above_of_kind(u, c->area_id, "community");
    bool                        grid = effects & HOLDS && str_is(unit_kind_of(u, (struct unit_ref){ UNIT_AREA, s->area }), "grid");
    unit_release(u);
    m->area = s->area;
    m->value = s->due;
    if (effects & HOLDS)
        m->data = case_passed(app, a, c->held_area_id ? c->held_area_id : community, s->area);
    if (grid)
        m->to = CASE_HANDLING;
    if (effects & SUPERVISES)
        m->data = case_supervised(app, a, s->area, s->due);
    if (effects & ANSWERS)
        m->data = case_answered(a, s->why_late, s->due);
}

static err demo_moves(struct app *app, struct arena *a, const struct case_demo *in, const struct case_way *way, struct case_made *m,
                      struct task_story *tasks)
{
    ms last = in->reported_at;
    TRY(case_step(app, a, &m->row, &(struct case_move){ .action = ACT_REPORT, .at = last, .account = in->account },
                  &m->events[m->event_count++]));
    for (size_t i = 0; i < in->step_count; i++) {
        const struct case_demo_step *s = &in->steps[i];
        struct case_move             move = { .action = s->action, .at = s->at, .account = s->account, .org = s->org, .text = s->text,
                                              .data = step_data(a, s), .outcome = s->action == ACT_WITHDRAW ? OUTCOME_WITHDRAWN : s->outcome,
                                              .solved = s->solved, .stars = s->stars, .internal = s->internal, .contacted = s->contacted,
                                              .reached = s->reached, .ground = s->ground, .call_back_at = s->call_back_at };
        if (s->at < last)
            return FAIL(ERR_PERIOD);
        if ((case_act(s->action)->effects & SETS_ORG) && s->org == way->org && way->rule) {
            move.rule = way->rule;
            move.data = case_rule_data(a, way);
        }
        tell_levels(app, a, &m->row, s, &move);
        TRY(case_task_tell(a, app, tasks, s, m->row.severity, &move));
        TRY(case_step(app, a, &m->row, &move, &m->events[m->event_count++]));
        last = s->at;
    }
    return OK;
}

err case_demo_insert(struct db_conn *c, struct arena *a, struct app *app, const struct case_demo *in, int64_t *id, struct str *secret)
{
    struct case_asked_place place = { in->at, 0, in->category, true };
    struct case_import      like = { .category = in->category, .severity = in->severity };
    struct case_made        m = { 0 };
    struct task_story       tasks = { .n = 0 };
    struct case_way         way;
    int64_t                 severity;
    TRY(row_category(app, &like, &severity));
    TRY(case_way_find(app, a, &place, in->reported_at, &way));
    way.automatic = false;
    TRY(id_of_time(c, app->tenant, in->reported_at, id));
    demo_row(in, &way, severity, *id, &m);
    TRY(case_new_code(c, a, app, in->reported_at, &m.row.code));
    m.events = ARENA_ARRAY(a, in->step_count + 1, struct case_event);
    TRY(demo_moves(app, a, in, &way, &m, &tasks));
    *secret = STR_NONE;
    if (!in->reporter) {
        *secret = crypto_token(a, 16);
        m.sealed.secret_hash = crypto_digest(a, *secret);
    }
    case_seal_contact(a, app, in->contact, &m);
    TRY(case_insert_made(c, app, &m));
    TRY(case_save(c, app->tenant, &m.row, m.row.version));   /* what a new row begins without: tasks and their like */
    TRY(demo_appellant(c, app->tenant, in, &m.row));
    TRY(case_save_after(c, app->tenant, &m.row));
    TRY(demo_tries(c, app->tenant, *id, in));
    return case_task_put_story(c, app->tenant, *id, &tasks);
}

err case_demo_photo(struct db_conn *c, int64_t tenant, int64_t id, int64_t file, int64_t seq, enum case_photo_stage stage)
{
    return case_put_photo(c, tenant, id, file, seq, stage);
}
