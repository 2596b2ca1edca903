/* job: slow work as a row, a worker, progress. Workers run in this process; a job whose worker died is taken up again. */
#ifndef LINLI_JOB_H
#define LINLI_JOB_H

#include "../../http/app.h"

extern const struct feature job_feature;

struct job {
    struct app   *app;
    struct arena *arena;
    int64_t       id;
    int64_t       owner;       /* account */
    struct str    params;      /* JSON */
    struct str    folder;      /* data_dir/jobs/<id>: "result.csv", "result.xlsx" or "result.pdf" for the owner to fetch, "errors.csv", and "input", which
                                  goes when the job has ended */
    struct str    checkpoint;  /* what job_checkpoint stored before the process died; STR_NONE on the first run */
    ms            taken_at;    /* proves that the job is still ours */
    ms            told_at;     /* last progress that reached the database */
};

/* A kind of job. run works in its own transactions (db_read, db_write) and calls job_progress between them. It must be repeatable:
 * after a crash it is run again with the same folder, from the start or from its checkpoint. *result: JSON text. */
struct job_kind {
    const char *name;
    err       (*run)(struct job *j, struct str *result);
};
void job_register(struct app *app, const struct job_kind *kind);

/* Registers a kind that the program itself begins, once in each period, however many processes serve; for sweeps and clean-ups. */
void job_every(struct app *app, const struct job_kind *kind, ms period);

/* For a clean-up: runs DELETE … WHERE tenant_id = $1 AND id < $2 with the first id of that time; the result is {"word": rows}. */
MUST err job_delete_old(struct job *j, const struct db_sql *sql, ms before, const char *word, struct str *result);

/* For what falls due: sql gives the ids that are due ($1 the tenant, $2 now, $3 how many at most), soonest first; one sees to one of them, inside a write,
 * and leaves it due later or never. A round is at most fifty, in one write; *seen: how many. job_due goes on until none is left; its result is {"word": all}. */
struct job_due { const struct db_sql *sql; err (*one)(struct req *r, int64_t id); const char *word; };
MUST err job_due_round(struct app *app, const struct job_due *due, ms now, size_t *seen);
MUST err job_due(struct job *j, const struct job_due *due, struct str *result);

/* Makes a job row inside the request's write; a worker begins it after the commit. Files for it lie in job_folder(…, id) beforehand. */
MUST err job_add(struct req *r, const char *kind, int64_t id, struct str params);
struct str job_folder(struct app *app, struct arena *a, int64_t id);     /* made when missing */

/* Tells progress (at most once a second reaches the database). ERR_JOB_STATE when it was asked to stop: return it. */
MUST err job_progress(struct job *j, int64_t done, int64_t total);

/* Inside a write of the job: stores how far it has come, with the work itself, so that after a crash it goes on exactly there.
 * checkpoint: JSON, shown as the result while the job runs. ERR_JOB_STATE when the job is no longer ours: the write rolls back. */
MUST err job_checkpoint(struct db_conn *c, struct job *j, struct str checkpoint, int64_t done, int64_t total);

#endif
