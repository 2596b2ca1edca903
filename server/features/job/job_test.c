/* Jobs: run, tell, cancel, fail, resume after their process died. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../../db/test_db.h"
#include "../setting/setting.h"
#include "job_parts.h"

#define TENANT 1
#define STEPS  200

static struct test_db db;
static struct app     app;
static struct arena  *arena;
static atomic_int     runs, steps;

static void nap(int millis)
{
    nanosleep(&(struct timespec){ millis / 1000, millis % 1000 * 1000000L }, NULL);
}

/* ---- kinds for the tests ---- */

static err count(struct job *j, struct str *result)
{
    runs++;
    TRY(job_progress(j, 1, 2));
    *result = str_fmt(j->arena, "{\"given\":%.*s}", STR_ARG(j->params));
    return OK;
}

static err refuse(struct job *j, struct str *result)
{
    (void)j;
    (void)result;
    return FAIL(ERR_CSV);
}

static err dawdle(struct job *j, struct str *result)
{
    (void)result;
    for (int i = 0; i < 1000; i++) {
        j->told_at = 0;
        TRY(job_progress(j, i, 1000));
        nap(5);
    }
    return OK;
}

/* Works in steps; each is a row of counter with the checkpoint in the same write. */
DB_SQL(test_step,
       "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1) ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1")

struct stepping { struct job *job; int64_t at; };

static err one_step(struct db_conn *c, void *arg)
{
    struct stepping *s = arg;
    char             name[32];
    snprintf(name, sizeof name, "step %lld", (long long)s->at);
    TRY(db_exec(c, &test_step, DB_ARGS(I64(TENANT), TEXT(str_of(name))), NULL));
    snprintf(name, sizeof name, "%lld", (long long)(s->at + 1));
    return job_checkpoint(c, s->job, str_of(name), s->at + 1, STEPS);
}

static err work_in_steps(struct job *j, struct str *result)
{
    struct stepping s = { .job = j };
    if (j->checkpoint.ptr && !str_to_i64(j->checkpoint, &s.at))
        return FAIL(ERR_INTERNAL);
    for (; s.at < STEPS; s.at++) {
        TRY(db_write(j->app->db, j->app->tenant, one_step, &s));
        steps++;
        TRY(job_progress(j, s.at + 1, STEPS));
        nap(2);
    }
    *result = STR("{\"done\":true}");
    return OK;
}

static const struct job_kind kinds[] = { { "test.count", count }, { "test.refuse", refuse }, { "test.dawdle", dawdle },
                                         { "test.steps", work_in_steps } };
static const struct job_kind periodic = { "test.periodic", count };

/* ---- the process around them ---- */

static void begin(bool serving)
{
    app = (struct app){ .db = db.db, .tenant = TENANT, .data_dir = db.folder };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        job_register(&app, &kinds[i]);
    assert_false(failed(job_feature.start(&app)));
    if (serving)
        assert_false(failed(job_feature.work(&app)));
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    log_setup(LOG_ERROR + 1, false);
    test_db_open(&db);
    assert_int_equal(mkdir(str_fmt(arena, "%s/jobs", db.folder).ptr, 0700), 0);
    begin(true);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    job_feature.stop(&app);
    db_close(db.db);
    assert_int_equal(system(str_fmt(arena, "rm -rf '%s'", db.folder).ptr), 0);
    arena_free(arena);
    return 0;
}

struct adding { const char *kind; struct str params; int64_t id; };

static err add(struct db_conn *c, void *arg)
{
    struct adding *a = arg;
    struct req     r = { .app = &app, .arena = arena, .db = c, .tenant = TENANT, .caller = { .account = 5 }, .now = clock_now() };
    return job_add(&r, a->kind, a->id, a->params);
}

static int64_t begin_job(const char *kind, struct str params)
{
    struct adding a = { kind, params, id_new() };
    assert_false(failed(db_write(db.db, 0, add, &a)));
    return a.id;
}

struct looking { int64_t id; struct job_row row; };

static err look(struct db_conn *c, void *arg)
{
    struct looking *l = arg;
    l->row = (struct job_row){ 0 };
    return job_find(c, arena, TENANT, l->id, &l->row);
}

static struct job_row job_now(int64_t id)
{
    struct looking l = { .id = id };
    assert_false(failed(db_read(db.db, look, &l)));
    return l.row;
}

static struct job_row wait_for(int64_t id, enum job_state_number state)
{
    for (int i = 0; i < 3000; i++) {
        struct job_row j = job_now(id);
        if (j.state == (int64_t)state)
            return j;
        nap(10);
    }
    fail_msg("job did not reach state %s: it is %s", job_state_words[state], job_state_words[job_now(id).state]);
    return (struct job_row){ 0 };
}

static err cancel(struct db_conn *c, void *arg)
{
    return job_ask_cancel(c, TENANT, *(int64_t *)arg, clock_now());
}

/* ---- tests ---- */

static void runs_and_answers(void **state)
{
    (void)state;
    ms             asked = clock_monotonic();
    int64_t        id = begin_job("test.count", STR("[1]"));
    struct job_row j = wait_for(id, JOB_DONE);
    assert_true(clock_monotonic() - asked < 3 * MS_SECOND);    /* woken by the commit, not found by looking */
    assert_true(str_is(j.result, "{\"given\":[1]}"));
    assert_int_equal(j.total, 2);
    assert_int_equal(j.progress, 2);
    assert_int_equal(j.owner_id, 5);
    assert_int_equal(j.tries, 1);
    assert_true(j.started_at && j.finished_at >= j.started_at);
    assert_null(j.problem.ptr);
}

static void failure_names_its_code(void **state)
{
    (void)state;
    struct job_row j = wait_for(begin_job("test.refuse", STR_NONE), JOB_FAILED);
    assert_true(str_is(j.problem, "csv"));
}

static void unknown_kinds_are_refused(void **state)
{
    struct adding a = { "test.nothing", STR_NONE, id_new() };
    (void)state;
    assert_int_equal(db_write(db.db, 0, add, &a).code, ERR_INTERNAL);
}

static void running_ones_stop_when_asked(void **state)
{
    (void)state;
    int64_t id = begin_job("test.dawdle", STR_NONE);
    wait_for(id, JOB_RUNNING);
    assert_false(failed(db_write(db.db, 0, cancel, &id)));
    struct job_row j = wait_for(id, JOB_CANCELLED);
    assert_true(j.progress < 1000);
    assert_int_equal(db_write(db.db, 0, cancel, &id).code, ERR_JOB_STATE);
}

static void waiting_ones_are_cancelled_at_once(void **state)
{
    (void)state;
    int64_t busy[JOB_WORKERS];
    for (int i = 0; i < JOB_WORKERS; i++) {
        busy[i] = begin_job("test.dawdle", STR_NONE);
        wait_for(busy[i], JOB_RUNNING);
    }
    int64_t id = begin_job("test.count", STR_NONE);
    int     before = runs;
    assert_false(failed(db_write(db.db, 0, cancel, &id)));
    assert_int_equal(job_now(id).state, JOB_CANCELLED);
    for (int i = 0; i < JOB_WORKERS; i++)
        assert_false(failed(db_write(db.db, 0, cancel, &busy[i])));
    for (int i = 0; i < JOB_WORKERS; i++)
        wait_for(busy[i], JOB_CANCELLED);
    assert_int_equal(runs, before);
}

/* A clean stop puts the job back; the next process goes on from the checkpoint. */
static void an_orderly_end_puts_it_back(void **state)
{
    (void)state;
    steps = 0;
    int64_t id = begin_job("test.steps", STR_NONE);
    while (steps < 20)
        nap(5);
    job_feature.stop(&app);
    struct job_row j = job_now(id);
    assert_int_equal(j.state, JOB_WAITING);
    assert_true(j.progress >= 20 && j.progress < STEPS);
    begin(true);
    j = wait_for(id, JOB_DONE);
    assert_int_equal(steps, STEPS);
    assert_true(str_is(j.result, "{\"done\":true}"));
}

DB_SQL(test_steps_once, "SELECT count(*) FROM counter WHERE tenant_id = $1 AND name LIKE 'step %' AND value = $2")

static err count_steps(struct db_conn *c, void *arg)
{
    return db_number(c, &test_steps_once, DB_ARGS(I64(TENANT), I64(1)), arg);
}

/* The keeper's looks of the last `past`, as if this process had been watching since then. */
static void watch_since(ms past)
{
    int dead;
    for (ms ago = past; ago > 0; ago -= JOB_BEAT_EVERY)
        assert_false(failed(job_watch(&app, clock_monotonic() - ago, &dead)));
}

DB_SQL(test_forget, "DELETE FROM counter WHERE tenant_id = $1")

static err forget_steps(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &test_forget, DB_ARGS(I64(TENANT)), NULL);
}

/* The other process: takes the job, and is killed in the middle of it. */
static void child(int64_t id)
{
    int applied;
    if (failed(db_open(&(struct db_options){ .path = db.path }, &db.db)) || failed(db_migrate(db.db, &applied)))
        _exit(1);
    begin(true);
    while (job_now(id).progress < 30)
        nap(2);
    kill(getpid(), SIGKILL);
}

/* kill -9 in the middle: the row stays "running" without a beat, another worker takes it over, no step is lost or done twice. */
static void killed_in_the_middle_it_resumes(void **state)
{
    (void)state;
    int64_t done_once = 0;
    assert_false(failed(db_write(db.db, 0, forget_steps, NULL)));
    job_feature.stop(&app);
    begin(false);                                    /* this process may add jobs but runs none */
    int64_t id = begin_job("test.steps", STR_NONE);
    job_feature.stop(&app);
    db_close(db.db);
    pid_t pid = fork();
    if (pid == 0)
        child(id);
    int how = 0;
    waitpid(pid, &how, 0);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    assert_false(failed(db_open(&(struct db_options){ .path = db.path }, &db.db)));
    struct job_row left = job_now(id);
    assert_int_equal(left.state, JOB_RUNNING);
    assert_true(left.progress >= 30 && left.progress < STEPS);
    begin(true);
    job_wake(app.job);
    nap(200);
    assert_int_equal(job_now(id).tries, 1);          /* it may only be slow: left alone while its last sign of life is young */
    job_feature.stop(&app);
    begin(false);
    watch_since(JOB_STALE + MS_SECOND);
    assert_false(failed(job_feature.work(&app)));
    struct job_row j = wait_for(id, JOB_DONE);
    assert_int_equal(j.tries, 2);
    assert_false(failed(db_read(db.db, count_steps, &done_once)));
    assert_int_equal(done_once, STEPS);
}

/* ---- whose worker is dead ---- */

DB_SQL(test_run, "UPDATE job SET state = 2, tries = 1, started_at = $3, beat_at = $3 WHERE tenant_id = $1 AND id = $2")

struct signing { int64_t id; ms at; };

static err sign(struct db_conn *c, void *arg)
{
    const struct signing *s = arg;
    return db_exec(c, &test_run, DB_ARGS(I64(TENANT), I64(s->id), TIME(s->at)), NULL);
}

/* The sign of life of another process, by its clock. */
static void signs(int64_t id, ms at)
{
    assert_false(failed(db_write(db.db, TENANT, sign, &(struct signing){ id, at })));
}

/* A job that another process runs, while this one runs none itself. */
static int64_t run_elsewhere(ms at)
{
    job_feature.stop(&app);
    begin(false);
    int64_t id = begin_job("test.count", STR_NONE);
    signs(id, at);
    return id;
}

static int64_t taken(void)
{
    struct job_row row;
    assert_false(failed(job_take(&app, arena, &row)));
    return row.id;
}

static int look_at(ms now)
{
    int dead = 0;
    assert_false(failed(job_watch(&app, now, &dead)));
    return dead;
}

DB_SQL(test_drop, "DELETE FROM job WHERE tenant_id = $1 AND id = $2")

static err drop(struct db_conn *c, void *arg)
{
    return db_exec(c, &test_drop, DB_ARGS(I64(TENANT), I64(*(int64_t *)arg)), NULL);
}

/* It is gone, and workers run again for the other tests. */
static void done_with(int64_t id)
{
    assert_false(failed(db_write(db.db, TENANT, drop, &id)));
    job_feature.stop(&app);
    begin(true);
}

/* Without a new sign of life it is taken when ten seconds have been watched, and not before; however old the sign is by the clock. */
static void a_dead_ones_job_is_taken(void **state)
{
    (void)state;
    int64_t id = run_elsewhere(clock_now() - MS_DAY);
    for (ms now = 0; now < JOB_STALE; now += 2 * MS_SECOND) {
        assert_int_equal(look_at(1000 + now), 0);
        assert_int_equal(taken(), 0);
    }
    assert_int_equal(look_at(1000 + JOB_STALE), 1);
    assert_int_equal(look_at(2000 + JOB_STALE), 0);           /* told once */
    assert_int_equal(taken(), id);
    assert_int_equal(taken(), 0);
    signs(id, 1);
    done_with(id);
}

/* Whoever gives signs of life keeps its job, by whatever clock. */
static void a_clock_that_is_wrong_takes_nothing(void **state)
{
    (void)state;
    ms      past = clock_now() - MS_HOUR;
    int64_t id = run_elsewhere(past);
    for (ms now = 0; now < 3 * JOB_STALE; now += 2 * MS_SECOND) {
        assert_int_equal(look_at(1000 + now), 0);
        assert_int_equal(taken(), 0);
        signs(id, past + now);
    }
    done_with(id);
}

/* A sign that comes after the last look holds too. */
static void a_late_sign_of_life_holds(void **state)
{
    (void)state;
    int64_t id = run_elsewhere(7);
    for (ms now = 0; now <= JOB_STALE; now += 2 * MS_SECOND)
        look_at(1000 + now);
    signs(id, 8);
    assert_int_equal(taken(), 0);
    done_with(id);
}

/* While the database is away nobody can give a sign: the owner has its time again when it is back. */
static void after_a_gap_watching_begins_anew(void **state)
{
    (void)state;
    int64_t id = run_elsewhere(7);
    ms      back = 1000 + 2 * JOB_STALE;
    look_at(1000);
    look_at(1000 + JOB_LOOKS_APART);
    assert_int_equal(look_at(back), 0);
    assert_int_equal(taken(), 0);
    look_at(back + JOB_LOOKS_APART);
    assert_int_equal(taken(), 0);
    assert_int_equal(look_at(back + JOB_STALE), 1);
    done_with(id);
}

/* What a worker of this process runs is not begun beside it, although nobody could write its signs of life. */
static void ones_own_job_is_not_taken(void **state)
{
    (void)state;
    int64_t id = run_elsewhere(7);
    app.job->running[0] = (struct job_held){ id, 7 };
    for (ms now = 0; now <= 2 * JOB_STALE; now += 2 * MS_SECOND)
        look_at(1000 + now);
    assert_int_equal(taken(), 0);
    done_with(id);
}

/* A worker that has lost its job gives no signs of life for the next owner. */
static void who_lost_a_job_does_not_keep_it_alive(void **state)
{
    (void)state;
    int64_t               id = run_elsewhere(7);
    const struct job_held late[JOB_WORKERS] = { { id, 6 } }, ours[JOB_WORKERS] = { { id, 7 } };
    assert_false(failed(job_beat(&app, late)));
    assert_int_equal(job_now(id).beat_at, 7);
    assert_false(failed(job_beat(&app, ours)));
    assert_true(job_now(id).beat_at > 7);
    done_with(id);
}

/* A worker that was only slow finds that it no longer owns the job: its write rolls back. */
static void who_lost_a_job_cannot_write(void **state)
{
    (void)state;
    int64_t id = begin_job("test.dawdle", STR_NONE);
    wait_for(id, JOB_RUNNING);
    struct job      late = { .app = &app, .arena = arena, .id = id, .taken_at = 12345 };
    struct stepping s = { .job = &late, .at = 100000 };
    assert_int_equal(db_write(db.db, 0, one_step, &s).code, ERR_JOB_STATE);
    assert_int_equal(job_progress(&late, 1, 2).code, ERR_JOB_STATE);
    assert_false(failed(db_write(db.db, 0, cancel, &id)));
    wait_for(id, JOB_CANCELLED);
}

static void periodic_ones_begin_once_a_period(void **state)
{
    (void)state;
    struct job_entry e = { &periodic, MS_HOUR };
    int              begun = 0;
    assert_false(failed(job_begin_due(&app, &e, 1, &begun)));
    assert_int_equal(begun, 1);
    assert_false(failed(job_begin_due(&app, &e, 1, &begun)));
    assert_int_equal(begun, 0);
    e.period = 1;
    nap(5);
    assert_false(failed(job_begin_due(&app, &e, 1, &begun)));
    assert_int_equal(begun, 1);
}

/* ---- clean-up ---- */

static bool there(struct str name)
{
    return access(name.ptr, F_OK) == 0;
}

static struct str put(struct str folder, const char *name)
{
    struct str path = str_fmt(arena, "%s/%s", folder.ptr, name);
    assert_int_equal(system(str_fmt(arena, "echo x > '%s'", path.ptr).ptr), 0);
    return path;
}

static void make_old(struct str folder)
{
    assert_int_equal(system(str_fmt(arena, "touch -d '3 days ago' '%s'", folder.ptr).ptr), 0);
}

static void an_ended_job_keeps_its_results_and_not_its_input(void **state)
{
    (void)state;
    struct adding a = { "test.count", STR_NONE, id_new() };
    struct str    folder = job_folder(&app, arena, a.id), input = put(folder, "input"), errors = put(folder, "errors.csv");
    assert_false(failed(db_write(db.db, 0, add, &a)));
    wait_for(a.id, JOB_DONE);
    for (int i = 0; i < 200 && there(input); i++)
        nap(10);
    assert_false(there(input));
    assert_true(there(errors));
}

DB_SQL(test_finish_long_ago, "UPDATE job SET finished_at = 1 WHERE tenant_id = $1 AND id = $2")

static err finish_long_ago(struct db_conn *c, void *arg)
{
    return db_exec(c, &test_finish_long_ago, DB_ARGS(I64(TENANT), I64(*(int64_t *)arg)), NULL);
}

static void old_jobs_and_stray_folders_go(void **state)
{
    (void)state;
    int64_t    old = begin_job("test.count", STR_NONE), kept = begin_job("test.count", STR_NONE);
    struct str stray = job_folder(&app, arena, id_new()), fresh = job_folder(&app, arena, id_new());
    struct str of_old = job_folder(&app, arena, old), of_kept = job_folder(&app, arena, kept);
    put(stray, "input");
    wait_for(old, JOB_DONE);
    wait_for(kept, JOB_DONE);
    struct str input = put(of_kept, "input");
    assert_false(failed(db_write(db.db, 0, finish_long_ago, &old)));
    make_old(stray);
    make_old(of_old);
    make_old(of_kept);
    struct job j = { .app = &app, .arena = arena };
    struct str result;
    assert_false(failed(job_sweep_kind.run(&j, &result)));
    assert_false(there(stray));
    assert_false(there(of_old));
    assert_true(there(fresh));       /* its row may be about to come */
    assert_true(there(of_kept));
    assert_false(there(input));
    assert_int_equal(job_now(kept).state, JOB_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_and_answers),
        cmocka_unit_test(failure_names_its_code),
        cmocka_unit_test(unknown_kinds_are_refused),
        cmocka_unit_test(running_ones_stop_when_asked),
        cmocka_unit_test(waiting_ones_are_cancelled_at_once),
        cmocka_unit_test(an_orderly_end_puts_it_back),
        cmocka_unit_test(killed_in_the_middle_it_resumes),
        cmocka_unit_test(a_dead_ones_job_is_taken),
        cmocka_unit_test(a_clock_that_is_wrong_takes_nothing),
        cmocka_unit_test(a_late_sign_of_life_holds),
        cmocka_unit_test(after_a_gap_watching_begins_anew),
        cmocka_unit_test(ones_own_job_is_not_taken),
        cmocka_unit_test(who_lost_a_job_does_not_keep_it_alive),
        cmocka_unit_test(who_lost_a_job_cannot_write),
        cmocka_unit_test(periodic_ones_begin_once_a_period),
        cmocka_unit_test(an_ended_job_keeps_its_results_and_not_its_input),
        cmocka_unit_test(old_jobs_and_stray_folders_go),
    };
    return cmocka_run_group_tests_name("job", tests, setup, teardown);
}
