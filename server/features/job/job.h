/* job: slow work as a row, a worker, progress. Workers run in this process; a job whose worker died is resumed (its kind says how). */
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
    struct str    folder;      /* data_dir/jobs/<id>: input and result files */
};

/* A kind of job. run works in its own transactions (db_read, db_write) and calls job_progress between them. It must be repeatable:
 * after a crash it is run again from the start with the same folder. *result: JSON text. */
struct job_kind {
    const char *name;
    err       (*run)(struct job *j, struct str *result);
};
void job_register(struct app *app, const struct job_kind *kind);

/* Makes a job row inside the request's write; a worker begins it after the commit. Files for it lie in job_folder(…, id) beforehand. */
MUST err job_add(struct req *r, const char *kind, int64_t id, struct str params);
struct str job_folder(struct app *app, struct arena *a, int64_t id);     /* made when missing */

/* Tells progress (at most once a second reaches the database). ERR_JOB_STATE when it was asked to stop: return it. */
MUST err job_progress(struct job *j, int64_t done, int64_t total);

#endif
