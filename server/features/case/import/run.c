/* The run: rows are read and mapped outside any transaction, then written IMPORT_BATCH at a time. The errors' file and the job's
 * checkpoint go with each batch, so that a killed import goes on exactly behind the last batch that was committed. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../../base/buf.h"
#include "../../../base/log.h"
#include "import.h"

#define TRIES_MOST 50                  /* of a batch, while the database is busy */
#define TRY_WAIT   200                 /* ms between them */

enum fate { FATE_NONE, FATE_IMPORTED, FATE_SAME, FATE_CHANGED, FATE_UPDATED, FATE_REFUSED };

struct entry {
    struct csv_row row;                /* fields copied: the reader goes on */
    struct mapped  mapped;
    enum fate      fate;
};

struct run {
    struct app                *app;
    const struct import_order *order;
    struct binding             binding;
    struct csv_reader         *reader;
    struct arena              *arena;           /* of the whole run */
    struct arena              *batch;           /* of the present batch */
    struct entry              *entries;
    size_t                     count;
    size_t                     first, n;        /* part of the batch that is written */
    int                        errors;          /* file, -1: none */
    bool                       errors_file;     /* it can be cut to a length */
    int64_t                    errors_at;       /* its length, as committed */
    int64_t                    errors_now;      /* its length with the present batch */
    struct import_counts       counts;          /* as committed */
    struct import_counts       counts_now;      /* with the present batch */
    ms                         now;
    bool                       kept_nothing;    /* a dry run: the batch was rolled back on purpose */
};

/* ---- the errors' file ---- */

static void put_columns(struct buf *b, struct csv_row row)
{
    for (size_t i = 0; i < row.count; i++) {
        buf_byte(b, ',');
        csv_put(b, row.fields[i]);
    }
    buf_z(b, "\r\n");
}

/* A byte order mark, so that spreadsheets read it as UTF-8. The original columns follow: what was put right can be imported from here. */
static void put_error_header(struct buf *b, struct csv_row header)
{
    buf_z(b, "\xEF\xBB\xBF_row,_source_id,_field,_code,_message");
    put_columns(b, header);
}

static void put_errors(struct buf *b, const struct entry *e)
{
    for (size_t i = 0; i < e->mapped.fault_count; i++) {
        const struct row_fault *f = &e->mapped.faults[i];
        buf_i64(b, e->row.number);
        buf_byte(b, ',');
        csv_put(b, e->mapped.id);
        buf_fmt(b, ",%s,%s,", f->field, err_slug(f->code));
        csv_put(b, str_fmt(b->arena, "%s / %s", err_text(f->code, true), err_text(f->code, false)));
        put_columns(b, e->row);
    }
}

static err errors_write(struct run *r, struct str bytes)
{
    size_t at = 0;
    if (r->errors < 0)
        return OK;
    while (at < bytes.len) {
        const char *from = bytes.ptr + at;
        ssize_t     n = r->errors_file ? pwrite(r->errors, from, bytes.len - at, r->errors_now + (int64_t)at)
                                       : write(r->errors, from, bytes.len - at);
        if (n <= 0 && errno != EINTR)
            return FAIL(errno == ENOSPC || errno == EDQUOT ? ERR_STORAGE_FULL : ERR_INTERNAL);
        at += n > 0 ? (size_t)n : 0;
    }
    r->errors_now += (int64_t)bytes.len;
    if (r->errors_file && (ftruncate(r->errors, r->errors_now) != 0 || (bytes.len && fdatasync(r->errors) != 0)))
        return FAIL(ERR_INTERNAL);
    return OK;
}

static err errors_open(struct run *r)
{
    r->errors = -1;
    if (!r->order->errors)
        return OK;
    r->errors = open(r->order->errors, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (r->errors < 0)
        return FAIL(ERR_NOT_FOUND);
    struct stat st;
    r->errors_file = fstat(r->errors, &st) == 0 && S_ISREG(st.st_mode);   /* not /dev/null, nor a pipe */
    r->errors_now = r->errors_at;
    if (r->errors_at)
        return OK;
    struct buf b = buf_new(r->arena, 0);
    put_error_header(&b, r->binding.header);
    TRY(errors_write(r, buf_view(&b)));
    r->errors_at = r->errors_now;
    return OK;
}

/* ---- counts ---- */

static const struct { const char *name; size_t offset; } counters[] = {
#define C(member) { #member, offsetof(struct import_counts, member) }
    C(rows), C(imported), C(same), C(changed), C(updated), C(refused), C(shortened)
#undef C
};
#define COUNTERS (sizeof counters / sizeof *counters)

static int64_t *counter(struct import_counts *c, size_t i)
{
    return (int64_t *)(void *)((char *)c + counters[i].offset);
}

struct str import_report(struct arena *a, const struct import_order *o, const struct import_counts *counts, int64_t errors_bytes)
{
    struct import_counts c = *counts;
    struct buf           b = buf_new(a, 0);
    struct jsonw         j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "mapping", o->mapping->name);
    jsonw_kv_bool(&j, "dry_run", o->dry_run);
    for (size_t i = 0; i < COUNTERS; i++)
        jsonw_kv_i64(&j, counters[i].name, *counter(&c, i));
    jsonw_key(&j, "reasons");
    jsonw_open(&j);
    for (int i = 1; i < ERR_COUNT; i++)
        if (c.reasons[i])
            jsonw_kv_i64(&j, err_slug((enum err_code)i), c.reasons[i]);
    jsonw_close(&j);
    jsonw_kv_i64(&j, "errors_bytes", errors_bytes);
    jsonw_close(&j);
    return buf_view(&b);
}

/* The report of the batch before is the checkpoint. */
static err go_on_from(struct run *r, struct str checkpoint)
{
    json_t *all = json_loadb(checkpoint.ptr, checkpoint.len, 0, NULL), *reasons = json_object_get(all, "reasons");
    if (!all)
        return FAIL(ERR_INTERNAL);
    for (size_t i = 0; i < COUNTERS; i++)
        *counter(&r->counts, i) = json_integer_value(json_object_get(all, counters[i].name));
    for (int i = 1; i < ERR_COUNT; i++)
        r->counts.reasons[i] = json_integer_value(json_object_get(reasons, err_slug((enum err_code)i)));
    r->errors_at = json_integer_value(json_object_get(all, "errors_bytes"));
    json_decref(all);
    return OK;
}

static void count_entry(struct import_counts *c, const struct entry *e)
{
    int64_t *by_fate[] = { NULL, &c->imported, &c->same, &c->changed, &c->updated, &c->refused };
    c->rows++;
    ++*by_fate[e->fate];
    c->shortened += e->fate == FATE_IMPORTED && e->mapped.shortened;
    for (size_t i = 0; i < e->mapped.fault_count; i++)
        c->reasons[e->mapped.faults[i].code]++;
}

/* ---- a row into the database ---- */

DB_SQL(import_last_digest,
       "SELECT data FROM case_event WHERE tenant_id = $1 AND case_id = $2 AND data LIKE '%\"digest\":\"%' ORDER BY seq DESC LIMIT 1")

/* The digest of the row as it was taken in stands in the data of the first step, or of the last update. */
static err has_changed(struct db_conn *c, const struct run *r, int64_t id, struct str digest, bool *changed)
{
    struct db_rows rows;
    *changed = false;
    TRY(db_query(c, &import_last_digest, DB_ARGS(I64(r->app->tenant), I64(id)), &rows));
    if (db_next(&rows)) {
        static const char key[] = "\"digest\":\"";
        struct str        data = db_text(&rows, 0);
        const char       *at = data.len ? memmem(data.ptr, data.len, key, sizeof key - 1) : NULL;
        size_t            begin = at ? (size_t)(at - data.ptr) + sizeof key - 1 : 0;
        *changed = at && data.len - begin >= digest.len && memcmp(data.ptr + begin, digest.ptr, digest.len) != 0;
    }
    return db_done(&rows);
}

static err known_row(struct db_conn *c, const struct run *r, struct arena *a, int64_t id, struct entry *e)
{
    bool changed, done = false;
    TRY(has_changed(c, r, id, e->mapped.digest, &changed));
    if (changed && r->order->update)
        TRY(import_update(c, a, r->app, id, &e->mapped, r->order->account, r->now, &done));
    e->fate = !changed ? FATE_SAME : done ? FATE_UPDATED : FATE_CHANGED;
    return OK;
}

/* A fault with a field was found before anything was written: the row is named and the batch goes on. Any other ends the batch. */
static err refused(struct entry *e, err why)
{
    if (!why.field)
        return why;
    e->mapped.faults[0] = (struct row_fault){ why.field, why.code };
    e->mapped.fault_count = 1;
    e->fate = FATE_REFUSED;
    return OK;
}

static err write_row(struct db_conn *c, const struct run *r, struct arena *a, struct entry *e)
{
    int64_t id = 0;
    bool    created = false;
    err     why = case_import_row(c, a, r->app, &e->mapped.in, r->order->account, r->now, &id, &created);
    if (why.code == ERR_OUTSIDE_AREA && r->order->mapping->outside == ELSEWHERE_ROOT && e->mapped.in.at.set) {
        e->mapped.in.at = (struct geo){ 0 };
        e->mapped.in.area = r->binding.root;
        return write_row(c, r, a, e);
    }
    if (failed(why))
        return refused(e, why);
    if (!created)
        return known_row(c, r, a, id, e);
    e->fate = FATE_IMPORTED;
    return OK;
}

/* ---- a batch ---- */

static err write_rows(struct db_conn *c, struct run *r, struct buf *lines)
{
    for (size_t i = r->first; i < r->first + r->n; i++) {
        struct entry     *e = &r->entries[i];
        struct arena_mark m = arena_mark(r->arena);
        err               why = OK;
        if (e->mapped.fault_count == 0)
            why = write_row(c, r, r->arena, e);
        else
            e->fate = FATE_REFUSED;
        arena_rewind(r->arena, m);
        TRY(why);
        count_entry(&r->counts_now, e);
        if (e->fate == FATE_REFUSED)
            put_errors(lines, e);
    }
    return OK;
}

static err write_part(struct db_conn *c, void *arg)
{
    struct run *r = arg;
    struct buf  lines = buf_new(r->batch, 0);
    r->counts_now = r->counts;
    r->errors_now = r->errors_at;
    TRY(write_rows(c, r, &lines));
    TRY(errors_write(r, buf_view(&lines)));
    if (r->order->job)
        TRY(job_checkpoint(c, r->order->job, import_report(r->batch, r->order, &r->counts_now, r->errors_now), csv_bytes(r->reader),
                           csv_size(r->reader)));
    return OK;
}

/* The same, taken back: what it counted stays. */
static err try_part(struct db_conn *c, void *arg)
{
    struct run *r = arg;
    r->kept_nothing = false;
    TRY(write_part(c, arg));
    r->kept_nothing = true;
    return FAIL(ERR_CONFLICT);
}

static bool passing(err e)
{
    return e.code == ERR_UNAVAILABLE;
}

static err commit_part(struct run *r, size_t first, size_t n)
{
    err e = OK;
    r->first = first;
    r->n = n;
    for (int i = 0; i < TRIES_MOST; i++) {
        e = db_write(r->app->db, r->app->tenant, r->order->dry_run ? try_part : write_part, r);
        if (r->order->dry_run && r->kept_nothing)
            e = OK;
        if (!passing(e))
            break;
        nanosleep(&(struct timespec){ 0, TRY_WAIT * 1000000L }, NULL);
    }
    if (!failed(e)) {
        r->counts = r->counts_now;
        r->errors_at = r->errors_now;
    }
    return e;
}

static bool ends_the_run(err e)
{
    return passing(e) || e.code == ERR_STORAGE_FULL || e.code == ERR_JOB_STATE;
}

/* Something unforeseen in one row must not cost the others: each by itself, and the one that fails is named. */
static err commit_singly(struct run *r)
{
    for (size_t i = 0; i < r->count; i++) {
        err e = commit_part(r, i, 1);
        if (failed(e) && ends_the_run(e))
            return e;
        if (!failed(e))
            continue;
        log_event(LOG_WARN, "import_row", "problem", err_slug(e.code), NULL);
        r->entries[i].mapped.faults[0] = (struct row_fault){ "row", e.code };
        r->entries[i].mapped.fault_count = 1;
        TRY(commit_part(r, i, 1));
    }
    return OK;
}

static err commit_batch(struct run *r)
{
    err e = commit_part(r, 0, r->count);
    return failed(e) && !ends_the_run(e) ? commit_singly(r) : e;
}

/* ---- reading ---- */

static void keep_row(struct run *r, const struct csv_row *row)
{
    struct entry *e = &r->entries[r->count++];
    struct str   *fields = ARENA_ARRAY(r->batch, row->count, struct str);
    for (size_t i = 0; i < row->count; i++)
        fields[i] = str_copy(r->batch, row->fields[i]);
    *e = (struct entry){ .row = { row->number, fields, row->count } };
    mapping_row(&r->binding, r->batch, &e->row, &e->mapped);
}

/* Fills a batch; what ends the reading in the middle is told after the rows before it are in. */
static err fill_batch(struct run *r, bool *end)
{
    const struct csv_row *row = NULL;
    arena_reset(r->batch);
    r->entries = ARENA_ARRAY(r->batch, IMPORT_BATCH, struct entry);
    r->count = 0;
    *end = false;
    while (r->count < IMPORT_BATCH) {
        err e = csv_next(r->reader, &row);
        *end = !row;
        if (!row)
            return e;
        keep_row(r, row);
    }
    return OK;
}

static err tell(struct run *r)
{
    const struct import_order *o = r->order;
    if (o->job)
        TRY(job_progress(o->job, csv_bytes(r->reader), csv_size(r->reader)));
    return o->progress ? o->progress(o->arg, &r->counts, csv_bytes(r->reader), csv_size(r->reader)) : OK;
}

static err skip_done(struct run *r)
{
    const struct csv_row *row;
    for (int64_t i = 0; i < r->counts.rows; i++)
        TRY(csv_next(r->reader, &row));
    return OK;
}

static err all_batches(struct run *r)
{
    bool end = false;
    TRY(errors_open(r));
    TRY(skip_done(r));
    while (!end) {
        err broken = fill_batch(r, &end);
        if (r->count)
            TRY(commit_batch(r));
        TRY(tell(r));
        TRY(broken);
    }
    return OK;
}

static err run_open(struct run *r, struct faults *faults, struct strs *missing)
{
    const struct job *job = r->order->job;
    if (job && job->checkpoint.ptr)
        TRY(go_on_from(r, job->checkpoint));
    TRY(mapping_bind(r->arena, r->app, r->order->mapping, csv_header(r->reader), faults, missing, &r->binding));
    r->batch = arena_new((size_t)1024 * 1024);
    err e = all_batches(r);
    mapping_unbind(&r->binding);
    arena_free(r->batch);
    return e;
}

err import_run(struct app *app, struct arena *a, const struct import_order *o, struct import_counts *counts, struct faults *faults,
               struct strs *missing)
{
    struct run *r = ARENA_NEW(a, struct run);
    *r = (struct run){ .app = app, .order = o, .arena = a, .errors = -1, .now = clock_now() };
    TRY(csv_open(a, o->path, &r->reader));
    err e = run_open(r, faults, missing);
    csv_close(r->reader);
    if (r->errors >= 0 && close(r->errors) != 0 && !failed(e))
        e = FAIL(ERR_INTERNAL);
    if (r->errors_file && !failed(e) && r->counts.refused == 0)
        unlink(o->errors);
    *counts = r->counts;
    return e;
}
