/* case_remind.c: what the program does about due times by itself: reminders, and computing them again when a calendar comes. */
#include "case_clock.h"
#include "case_task.h"
#include "../audit/audit.h"
#include "../job/job.h"
#include "../notify/notify.h"
#include "../../base/jsonw.h"

#define REMIND_EVERY (5 * MS_MINUTE)
#define REMIND_BATCH 200    /* of one write */
#define AGAIN_BATCH  500

DB_SQL(case_remind_due, "SELECT id, 0 FROM cases WHERE tenant_id = $1 AND remind_at <= $2 AND remind_at IS NOT NULL ORDER BY remind_at, id LIMIT $3")
DB_SQL(case_supervision_due,
       "SELECT id, 0 FROM cases WHERE tenant_id = $1 AND supervised_remind_at <= $2 AND supervised_remind_at IS NOT NULL "
       "ORDER BY supervised_remind_at, id LIMIT $3")
DB_SQL(case_task_remind_due,
       "SELECT case_id, id FROM case_task WHERE tenant_id = $1 AND remind_at <= $2 AND remind_at IS NOT NULL ORDER BY remind_at, case_id, id LIMIT $3")
DB_SQL(case_due_open,
       "SELECT id, due_at FROM cases WHERE tenant_id = $1 AND closed_at IS NULL AND due_at >= $2 AND (due_at > $2 OR id > $3) "
       "AND clock_unit >= 2 AND calendar < $4 ORDER BY due_at, id LIMIT $5")
/* ---- reminders: each in the same write as the row that says it was sent ---- */

struct round {
    struct app   *app;
    struct arena *arena;
    ms            now;
    size_t        most, sent;
};

static struct str words(struct req *r, const struct case_row *c)
{
    struct buf         b = buf_new(r->arena, 0);
    struct jsonw       j = jsonw_on(&b);
    struct clock_civil t = clock_civil_at(c->due_at, r->app->zone_minutes);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", c->code);
    jsonw_kv_str(&j, "title", case_title(r->arena, c->text));
    jsonw_kv_str(&j, "due", str_fmt(r->arena, "%02d-%02d %02d:%02d", t.month, t.day, t.hour, t.minute));
    jsonw_close(&j);
    return buf_view(&b);
}

/* The area above a unit; the root when there is none. Whoever may approve extensions there, or nearest above, is told. */
static struct unit_ref above_unit(struct app *app, struct unit_ref unit, int64_t place)
{
    const struct unit_snapshot *u = unit_hold(app);
    int64_t                     area = unit_area_of(u, unit);
    int64_t                     above = unit_parent(u, (struct unit_ref){ UNIT_AREA, area ? area : place });
    struct unit_ref             out = { UNIT_AREA, above ? above : unit_root(u) };
    unit_release(u);
    return out;
}

/* Nobody answered what was asked: it ends as rejected, and whoever asked hears of it. */
static err time_out(struct req *r, struct case_row *c)
{
    struct unit_ref  asked_by = case_responsible(c);
    struct str       w = words(r, c);
    struct case_move m = { .action = ACT_TIMEOUT };
    TRY(case_do(r, c, &m));
    return notify_unit(r, asked_by, PERM_CASE_ACCEPT, "case.no_answer", "case", c->id, w);
}

static err send(struct req *r, const struct case_row *c)
{
    const struct case_state_info *info = case_state_info((enum case_state)c->state);
    bool                          late = r->now >= c->due_at;
    struct str                    w = words(r, c);
    if (c->state == CASE_SUSPENDED)
        return notify_unit(r, case_responsible(c), PERM_CASE_EXTEND, "case.review_due", "case", c->id, w);
    if (c->state == CASE_WAITING)   /* the reporter owes an answer */
        return OK;
    if (late)
        return notify_unit(r, above_unit(r->app, case_responsible(c), c->area_id), PERM_CASE_EXTEND, "case.overdue", "case", c->id, w);
    return notify_unit(r, case_responsible(c), info->perm, "case.due_soon", "case", c->id, w);
}

static err remind_one(struct req *r, int64_t id)
{
    struct case_row c;
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    if (c.state == CASE_WAITING && r->now >= c.due_at)
        return time_out(r, &c);
    TRY(send(r, &c));
    case_clock_reminded(&c, r->now);
    return case_save_clock(r->db, r->app, &c);
}

/* While nobody has answered whoever has the case is asked; when the day is over the level that supervises hears of it, then daily. */
static err remind_supervision(struct req *r, int64_t id)
{
    struct case_row c;
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    struct unit_ref by = { UNIT_AREA, c.supervised_area_id };
    bool            late = r->now >= c.supervised_due;
    struct str      w = case_note_words(r, &c, c.org_id);
    if (late)
        TRY(notify_unit(r, by, PERM_CASE_SUPERVISE, "case.supervision_late", "case", c.id, w));
    if (late || !c.supervised_answered)
        TRY(notify_unit(r, case_responsible(&c), case_waits_for((enum case_state)c.state), late ? "case.supervision_late" : "case.supervision_soon",
                        "case", c.id, w));
    c.supervised_remind_at = case_clock_next(c.supervised_due, r->now);
    return case_save_clock(r->db, r->app, &c);
}

/* The organisation called, and once it is late the level above it too. */
static err remind_task(struct req *r, int64_t id, int64_t task)
{
    struct case_row  c;
    struct case_task t;
    TRY(case_get(r->db, r->arena, r->tenant, id, &c));
    TRY(case_task_get(r->db, r->arena, r->tenant, id, task, &t));
    struct unit_ref org = { UNIT_ORG, t.org_id };
    bool            late = r->now >= t.due_at;
    struct case_row of = c;   /* the words of the case with the time of the call */
    of.due_at = t.due_at;
    struct str w = case_note_words(r, &of, t.org_id);
    TRY(notify_unit(r, org, PERM_CASE_HANDLE, late ? "case.task_late" : "case.task_soon", "case", id, w));
    if (late)
        TRY(notify_unit(r, above_unit(r->app, org, c.area_id), PERM_CASE_EXTEND, "case.task_late", "case", id, w));
    t.reminded++;
    t.remind_at = case_clock_next(t.due_at, r->now);
    return case_task_reminded(r->db, r->tenant, id, &t);
}

static err remind_case(struct req *r, int64_t id, int64_t task)
{
    (void)task;
    return remind_one(r, id);
}

static err remind_supervised(struct req *r, int64_t id, int64_t task)
{
    (void)task;
    return remind_supervision(r, id);
}

/* What is due to be reminded of: case and task, and what is said then. */
static const struct pass {
    const struct db_sql *due;
    err                (*one)(struct req *r, int64_t id, int64_t task);
} passes[] = {
    { &case_remind_due, remind_case },
    { &case_supervision_due, remind_supervised },
    { &case_task_remind_due, remind_task },
};
#define PASSES (sizeof passes / sizeof *passes)

static err remind_pass(struct req *r, const struct pass *p, size_t most, size_t *sent)
{
    struct db_rows rows;
    int64_t        ids[REMIND_BATCH][2];
    size_t         n = 0;
    TRY(db_query(r->db, p->due, DB_ARGS(I64(r->tenant), I64(r->now), I64((int64_t)most)), &rows));
    while (n < most && db_next(&rows)) {
        ids[n][0] = db_i64(&rows, 0);
        ids[n++][1] = db_i64(&rows, 1);
    }
    TRY(db_done(&rows));
    for (size_t i = 0; i < n; i++)
        TRY(p->one(r, ids[i][0], ids[i][1]));
    *sent += n;
    return OK;
}

static err remind(struct db_conn *db, void *arg)
{
    struct round *in = arg;
    struct req    r = { .app = in->app, .arena = in->arena, .db = db, .tenant = in->app->tenant, .now = in->now };
    in->sent = 0;
    for (size_t i = 0; i < PASSES && in->sent < in->most; i++)
        TRY(remind_pass(&r, &passes[i], in->most - in->sent, &in->sent));
    return OK;
}

static err any_due(struct db_conn *db, void *arg)
{
    struct round *in = arg;
    int64_t       id;
    for (size_t i = 0; i < PASSES && !in->sent; i++) {
        err e = db_number(db, passes[i].due, DB_ARGS(I64(in->app->tenant), I64(in->now), I64(1)), &id);
        in->sent = !failed(e);
        if (failed(e) && e.code != ERR_NOT_FOUND)
            return e;
    }
    return OK;
}

err case_remind_round(struct app *app, ms now, size_t most, size_t *sent)
{
    struct round in = { app, arena_new(0), now, most < REMIND_BATCH ? most : REMIND_BATCH, 0 };
    err          e = db_read(app->db, any_due, &in);
    if (!failed(e) && in.sent)
        e = db_write(app->db, app->tenant, remind, &in);
    *sent = in.sent;
    arena_free(in.arena);
    return e;
}

/* Also reads calendar, hours and limits again: another process (the command line) may have changed them. */
static err remind_all(struct job *j, struct str *result)
{
    size_t  sent = REMIND_BATCH;
    int64_t all = 0;
    TRY(clock_reload(j->app));
    while (sent == REMIND_BATCH) {
        TRY(case_remind_round(j->app, clock_now(), REMIND_BATCH, &sent));
        all += (int64_t)sent;
        TRY(job_progress(j, all, all));
    }
    *result = str_fmt(j->arena, "{\"reminders\":%lld}", (long long)all);
    return OK;
}

/* ---- a new calendar ---- */

/* Walks the open cases in order of their due time. A case that was done names the new calendar and is passed over, wherever its due time has
 * moved; so after a crash the walk begins at the beginning. */
struct again {
    struct app   *app;
    struct arena *arena;
    int64_t       calendar;
    ms            due;
    int64_t       id;
    size_t        looked, changed;
};

static err again_one(struct db_conn *db, struct again *in, int64_t id)
{
    struct case_row c;
    TRY(case_get(db, in->arena, in->app->tenant, id, &c));
    ms                due = c.due_at;
    struct case_times t = case_times_hold(in->app, in->arena, &c);
    bool              changed = case_clock_again(&c, &t);
    case_times_release(in->app, &t);
    in->changed += c.due_at != due;
    return changed ? case_save_clock(db, in->app, &c) : OK;
}

static err again_batch(struct db_conn *db, void *arg)
{
    struct again  *in = arg;
    struct db_rows rows;
    int64_t        ids[AGAIN_BATCH];
    size_t         n = 0;
    in->changed = 0;
    TRY(db_query(db, &case_due_open, DB_ARGS(I64(in->app->tenant), I64(in->due), I64(in->id), I64(in->calendar), I64(AGAIN_BATCH)), &rows));
    while (n < AGAIN_BATCH && db_next(&rows)) {
        ids[n++] = db_i64(&rows, 0);
        in->id = db_i64(&rows, 0);
        in->due = db_i64(&rows, 1);
    }
    TRY(db_done(&rows));
    for (size_t i = 0; i < n; i++)
        TRY(again_one(db, in, ids[i]));
    in->looked = n;
    return OK;
}

struct telling { struct job *job; struct str detail; };

static err tell_audit(struct db_conn *db, void *arg)
{
    struct telling *in = arg;
    return audit_write(db, in->job->arena, in->job->app->tenant, clock_now(), in->job->owner, "case.recompute_due", "calendar", 0, in->detail);
}

static err recompute(struct job *j, struct str *result)
{
    TRY(clock_reload(j->app));
    const struct clock_book *b = clock_hold(j->app);
    struct again             in = { .app = j->app, .arena = arena_new(0), .calendar = clock_calendar_version(b), .looked = AGAIN_BATCH };
    int64_t                  looked = 0, changed = 0;
    clock_release(j->app, b);
    err e = OK;
    while (!failed(e) && in.looked == AGAIN_BATCH) {
        e = db_write(j->app->db, j->app->tenant, again_batch, &in);
        looked += (int64_t)in.looked;
        changed += (int64_t)in.changed;
        arena_reset(in.arena);
        if (!failed(e))
            e = job_progress(j, looked, looked);
    }
    arena_free(in.arena);
    TRY(e);
    *result = str_fmt(j->arena, "{\"calendar\":%lld,\"cases\":%lld,\"changed\":%lld}", (long long)in.calendar, (long long)looked,
                      (long long)changed);
    return db_write(j->app->db, j->app->tenant, tell_audit, &(struct telling){ j, *result });
}

void case_remind_start(struct app *app)
{
    static const struct job_kind remind_kind = { "case.remind", remind_all }, recompute_kind = { CLOCK_RECOMPUTE_JOB, recompute };
    job_every(app, &remind_kind, REMIND_EVERY);
    job_register(app, &recompute_kind);
}
