/* project_remind.c: what the program does by itself: tells a project's people of milestones and ends that fall due and of those that are late, each
 * once. What was told stands on the row; a new day is told of anew. */
#include "project_inside.h"

#include "../../base/jsonw.h"
#include "../job/job.h"
#include "../notify/notify.h"
#include "../setting/setting.h"

enum { BATCH = 100, TOLD_DUE = 1, TOLD_LATE = 2 };

/* At work: planned or under way. Of one project together. */
DB_SQL(project_steps_due, "SELECT s.id, s.project_id, s.title, s.due_at, s.person_id, s.org_id FROM project_step s "
                          "JOIN project n ON n.tenant_id = s.tenant_id AND n.id = s.project_id WHERE s.tenant_id = $1 AND s.done_at IS NULL AND s.due_at < $2 "
                          "AND (s.told = 0 OR (s.told = 1 AND s.due_at < $3)) AND n.state IN (2, 3) ORDER BY s.project_id, s.due_at, s.id LIMIT 100")
DB_SQL(project_step_told, "UPDATE project_step SET told = $3 WHERE tenant_id = $1 AND id = $2")
DB_SQL(project_ends_due, "SELECT " PROJECT_COLUMNS " FROM project n WHERE n.tenant_id = $1 AND n.state IN (2, 3) AND n.due_at IS NOT NULL AND n.due_at < $2 "
                         "AND (n.told = 0 OR (n.told = 1 AND n.due_at < $3)) ORDER BY n.due_at, n.id LIMIT 100")
DB_SQL(project_told, "UPDATE project SET told = $3 WHERE tenant_id = $1 AND id = $2")

struct due { int64_t id, project_id, person_id, org_id; struct str title; ms due_at; };
static const struct field due_map[] = {
    FIELD_ID(struct due, id, 0, ""), FIELD_ID(struct due, project_id, 0, ""), FIELD_STR(struct due, title, 0, 0, 0, ""), FIELD_TIME(struct due, due_at, 0, ""),
    FIELD_ID(struct due, person_id, 0, ""), FIELD_ID(struct due, org_id, 0, ""), FIELD_END
};
struct round { struct app *app; struct arena *arena; ms now; size_t found; };

/* ---- words ---- */

/* 选址（12月3日）、通电（12月10日）; of an end, which has no title, its day alone. */
static void put_what(struct req *r, struct jsonw *j, const struct due *d, size_t n, bool zh)
{
    struct buf b = buf_new(r->arena, 0);
    for (size_t i = 0; i < n; i++) {
        struct str day = clock_day_said(r->arena, d[i].due_at, r->app->zone_minutes, zh);
        if (!d[i].title.len)
            buf_str(&b, day);
        else
            buf_fmt(&b, zh ? "%s%.*s（%.*s）" : "%s%.*s (%.*s)", !i ? "" : zh ? "、" : ", ", STR_ARG(d[i].title), STR_ARG(day));
    }
    jsonw_kv_str(j, zh ? "zh" : "en", buf_view(&b));
}

static struct str words_of(struct req *r, const struct project *p, const struct due *d, size_t n)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "title", p->title);
    jsonw_key(&j, "what");
    jsonw_open(&j);
    put_what(r, &j, d, n, true);
    put_what(r, &j, d, n, false);
    jsonw_close(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- whom ---- */

struct told { struct req *r; const struct project *p; const char *kind; struct str words; int64_t *at; size_t len; };

static err tell_once(struct told *t, int64_t person, int64_t org)
{
    int64_t id = person ? person : org;
    for (size_t i = 0; i < t->len; i++)
        if (t->at[i] == id)
            return OK;
    if (!id)
        return OK;
    t->at[t->len++] = id;
    return person ? notify_person(t->r, person, t->kind, "project", t->p->id, t->words)
                  : notify_unit(t->r, (struct unit_ref){ UNIT_ORG, org }, PERM_PROJECT_MANAGE, t->kind, "project", t->p->id, t->words);
}

/* Lead, captain, liaison, and whoever answers for one of these; the unit that runs it where there is nobody of them. */
static err tell(struct req *r, const struct project *p, const char *kind, const struct due *d, size_t n)
{
    struct list team;
    TRY(team_of(r->db, r->arena, r->tenant, p->id, &team));
    const struct member *m = team.at;
    struct told          t = { r, p, kind, words_of(r, p, d, n), ARENA_ARRAY(r->arena, team.len + n + 1, int64_t), 0 };
    for (size_t i = 0; i < team.len; i++)
        if (m[i].role != TEAM_MEMBER)
            TRY(tell_once(&t, m[i].person_id, 0));
    for (size_t i = 0; i < n; i++)
        TRY(tell_once(&t, d[i].person_id, d[i].org_id));
    return t.len ? OK : notify_unit(r, PROJECT_UNIT(p), PERM_PROJECT_MANAGE, kind, "project", p->id, t.words);
}

/* ---- a round ---- */

static struct req asker(const struct round *in, struct db_conn *c)
{
    return (struct req){ .app = in->app, .arena = in->arena, .db = c, .tenant = in->app->tenant, .now = in->now };
}

static ms noticed_from(const struct round *in)
{
    return in->now + setting_i64(in->app, "project.notice_days", in->now) * MS_DAY;
}

static bool together(const struct due *x, const struct due *y, ms now)
{
    return x->project_id == y->project_id && (x->due_at < now) == (y->due_at < now);
}

static err steps_batch(struct db_conn *c, void *arg)
{
    struct round  *in = arg;
    struct req     r = asker(in, c);
    struct list    rows;
    struct project p;
    TRY(db_all(c, in->arena, &project_steps_due, DB_ARGS(I64(r.tenant), TIME(noticed_from(in)), TIME(in->now)), due_map, sizeof(struct due), BATCH, &rows));
    const struct due *d = rows.at;
    for (size_t i = 0, n; i < rows.len; i += n) {
        bool late = d[i].due_at < in->now;
        for (n = 0; i + n < rows.len && together(&d[i], &d[i + n], in->now); n++)
            TRY(db_exec(c, &project_step_told, DB_ARGS(I64(r.tenant), I64(d[i + n].id), I64(late ? TOLD_LATE : TOLD_DUE)), NULL));
        TRY(project_get(c, in->arena, r.tenant, d[i].project_id, &p));
        TRY(tell(&r, &p, late ? "project.late" : "project.due", &d[i], n));
    }
    in->found = rows.len;
    return OK;
}

static err ends_batch(struct db_conn *c, void *arg)
{
    struct round *in = arg;
    struct req    r = asker(in, c);
    struct list   rows;
    TRY(db_all(c, in->arena, &project_ends_due, DB_ARGS(I64(r.tenant), TIME(noticed_from(in)), TIME(in->now)), project_map, sizeof(struct project), BATCH, &rows));
    const struct project *p = rows.at;
    for (size_t i = 0; i < rows.len; i++) {
        bool       late = p[i].due_at < in->now;
        struct due end = { .due_at = p[i].due_at };
        TRY(db_exec(c, &project_told, DB_ARGS(I64(r.tenant), I64(p[i].id), I64(late ? TOLD_LATE : TOLD_DUE)), NULL));
        TRY(tell(&r, &p[i], late ? "project.end_late" : "project.end_due", &end, 1));
    }
    in->found = rows.len;
    return OK;
}

err project_remind_round(struct app *app, ms now, int64_t *told)
{
    static err (*const batches[])(struct db_conn *, void *) = { steps_batch, ends_batch };
    struct round in = { .app = app, .arena = arena_new(0), .now = now };
    err          e = OK;
    *told = 0;
    for (size_t i = 0; i < 2; i++)
        do {
            e = db_write(app->db, app->tenant, batches[i], &in);
            *told += failed(e) ? 0 : (int64_t)in.found;
            arena_reset(in.arena);
        } while (!failed(e) && in.found == BATCH);
    arena_free(in.arena);
    return e;
}

static err remind(struct job *j, struct str *result)
{
    int64_t told;
    TRY(project_remind_round(j->app, clock_now(), &told));
    *result = str_fmt(j->arena, "{\"told\":%lld}", (long long)told);
    return OK;
}

void project_remind_start(struct app *app)
{
    static const struct job_kind kind = { "project.remind", remind };
    job_every(app, &kind, MS_HOUR);
}
