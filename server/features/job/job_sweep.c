/* Daily clean-up: jobs that ended long ago, folders without a job. */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "job_parts.h"
#include "../../base/id.h"

DB_SQL(job_old_delete, "DELETE FROM job WHERE tenant_id = $1 AND state IN (3, 4, 5) AND finished_at < $2")
DB_SQL(job_state_now, "SELECT state FROM job WHERE tenant_id = $1 AND id = $2")

struct sweep {
    struct app *app;
    ms          now;
    int64_t     jobs, folders;
    int64_t     id, state;   /* of the folder looked at; 0: there is no such job */
};

static err delete_old(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    return db_exec(c, &job_old_delete, DB_ARGS(I64(s->app->tenant), TIME(s->now - JOB_KEPT)), &s->jobs);
}

struct deleting { const struct db_sql *sql; int64_t tenant, before, removed; };

static err run_delete(struct db_conn *c, void *arg)
{
    struct deleting *d = arg;
    return db_exec(c, d->sql, DB_ARGS(I64(d->tenant), I64(d->before)), &d->removed);
}

err job_delete_old(struct job *j, const struct db_sql *sql, ms before, const char *word, struct str *result)
{
    struct deleting d = { sql, j->app->tenant, id_at(before), 0 };
    TRY(db_write(j->app->db, j->app->tenant, run_delete, &d));
    *result = str_fmt(j->arena, "{\"%s\":%lld}", word, (long long)d.removed);
    return OK;
}

static err ask_state(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    s->state = JOB_NONE;
    err e = db_number(c, &job_state_now, DB_ARGS(I64(s->app->tenant), I64(s->id)), &s->state);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static void remove_folder(struct arena *a, struct str path)
{
    DIR *d = opendir(path.ptr);
    if (!d)
        return;
    for (struct dirent *f; (f = readdir(d)) != NULL;)
        if (strcmp(f->d_name, ".") != 0 && strcmp(f->d_name, "..") != 0)
            unlink(str_fmt(a, "%s/%s", path.ptr, f->d_name).ptr);
    closedir(d);
    rmdir(path.ptr);
}

/* A folder is made before its row: only one that is a day old and still without a row is nobody's. The input of one that was cancelled
 * before a worker had it goes too. */
static err sweep_entry(struct sweep *s, struct arena *a, const char *name)
{
    struct str  path = str_fmt(a, "%s/jobs/%s", s->app->data_dir, name);
    struct stat st;
    if (!str_to_i64(str_of(name), &s->id) || stat(path.ptr, &st) != 0 || (ms)st.st_mtim.tv_sec * 1000 > s->now - MS_DAY)
        return OK;
    TRY(db_read(s->app->db, ask_state, s));
    if (s->state == JOB_NONE) {
        remove_folder(a, path);
        s->folders++;
    } else if (s->state > JOB_RUNNING) {
        unlink(str_fmt(a, "%s/input", path.ptr).ptr);
    }
    return OK;
}

static err sweep_folders(struct sweep *s)
{
    struct arena *a = arena_new(0);
    DIR          *d = opendir(str_fmt(a, "%s/jobs", s->app->data_dir).ptr);
    err           e = OK;
    for (struct dirent *f; d && !failed(e) && (f = readdir(d)) != NULL;)
        e = sweep_entry(s, a, f->d_name);
    if (d)
        closedir(d);
    arena_free(a);
    return e;
}

static err sweep(struct job *j, struct str *result)
{
    struct sweep s = { .app = j->app, .now = clock_now() };
    TRY(db_write(j->app->db, j->app->tenant, delete_old, &s));
    TRY(sweep_folders(&s));
    *result = str_fmt(j->arena, "{\"jobs\":%lld,\"folders\":%lld}", (long long)s.jobs, (long long)s.folders);
    return OK;
}

const struct job_kind job_sweep_kind = { "job.sweep", sweep };
