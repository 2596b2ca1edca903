/* What the database layer makes of it: many threads that submit the same reports through db_write, or read single cases through db_read.
 *
 * usage: layer write [--threads N] [--seconds S] [--key] [--path FILE]
 *        layer read  [--threads N] [--seconds S] [--cases N] [--path FILE] [--beside] [--kept]
 *        --beside: while one thread writes; --kept: keep the database, and use the one kept before
 * prints: layer mode=… threads=… per_s=… group=… */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "report.h"

DB_SQL(bench_counter, REPORT_COUNTER)
DB_SQL(bench_facts, REPORT_FACTS)
DB_SQL2(bench_words, REPORT_WORDS_SQLITE, REPORT_WORDS_POSTGRES)
DB_SQL(bench_case, REPORT_CASE)
DB_SQL(bench_event, REPORT_EVENT)
DB_SQL(bench_head, REPORT_HEAD)
DB_SQL(bench_audit, REPORT_AUDIT)
DB_SQL(bench_outbox, REPORT_OUTBOX)
DB_SQL(bench_key, REPORT_KEY)
DB_SQL(bench_read_case,
       "SELECT code, source, state, category_id, severity, text, address, lon_e7, lat_e7, area_id, rule_id, org_id, reported_at, due_at, "
       "updated_at, version FROM cases WHERE tenant_id = $1 AND id = $2")
DB_SQL(bench_read_events, "SELECT seq, at, action, from_state, to_state, account_id, org_id, internal, text, data FROM case_event "
                          "WHERE tenant_id = $1 AND case_id = $2 ORDER BY seq")
DB_SQL(bench_read_session, "SELECT id, account_id, expires_at, ended_at FROM session WHERE tenant_id = $1 AND token_hash = $2")

static const struct db_sql *const statements[REPORT_STATEMENTS] = {
    &bench_case, &bench_event, &bench_facts, &bench_outbox, &bench_audit, &bench_words, &bench_counter, &bench_head, &bench_key,
};

DB_SQL(bench_ids, "SELECT id FROM cases WHERE tenant_id = $1 LIMIT $2")

static struct db        *db;
static bool              with_key;
static _Atomic(bool)     stop;
static _Atomic(int64_t)  done;
static _Atomic(int64_t)  numbers;
static int64_t          *ids, id_count;

struct job {
    struct report *r;
    int64_t        number;
    int64_t        bytes;
};

static err put(struct db_conn *c, void *arg)
{
    struct job *j = arg;
    /* As the audit chain does it: the next number is known inside the write only. */
    int64_t number = atomic_fetch_add(&numbers, 1) + 1;
    j->r->args[AT_HEAD][1].i64 = j->r->args[AT_AUDIT][1].i64 = number;
    for (int i = 0; i < REPORT_STATEMENTS - !with_key; i++)
        TRY(db_send(c, statements[i], j->r->args[i]));
    return OK;
}

static err get(struct db_conn *c, void *arg)
{
    struct job    *j = arg;
    struct db_rows rows;
    TRY(db_query(c, &bench_read_session, DB_ARGS(I64(REPORT_TENANT), BLOB(((struct str){ "0123456789abcdef0123456789abcdef", 32 }))), &rows));
    while (db_next(&rows))
        j->bytes++;
    TRY(db_done(&rows));
    TRY(db_query(c, &bench_read_case, DB_ARGS(I64(REPORT_TENANT), I64(j->number)), &rows));
    while (db_next(&rows))
        for (int i = 0; i < 17; i++)
            j->bytes += i == 0 || (i >= 5 && i <= 7) ? (int64_t)db_text(&rows, i).len : db_i64(&rows, i);
    TRY(db_done(&rows));
    TRY(db_query(c, &bench_read_events, DB_ARGS(I64(REPORT_TENANT), I64(j->number)), &rows));
    while (db_next(&rows))
        for (int i = 0; i < 10; i++)
            j->bytes += i >= 8 ? (int64_t)db_text(&rows, i).len : db_i64(&rows, i);
    return db_done(&rows);
}

static void *writes(void *arg)
{
    static _Atomic(int64_t) codes;
    struct job j = { .r = calloc(1, sizeof *j.r) };
    (void)arg;
    report_init(j.r);
    while (!atomic_load(&stop)) {
        report_next(j.r, atomic_fetch_add(&codes, 1) + 1);
        err e = db_write(db, 0, put, &j);
        if (failed(e)) {
            fprintf(stderr, "write: %s\n", err_slug(e.code));
            exit(1);
        }
        int64_t at = atomic_fetch_add(&done, 1);
        if (ids && at < id_count)
            ids[at] = j.r->id;
    }
    free(j.r);
    return NULL;
}

static void *reads(void *arg)
{
    struct job j = { 0 };
    uint64_t   x = (uint64_t)(intptr_t)arg * 0x9E3779B97F4A7C15u + 1;
    int64_t    n = 0;
    for (; !atomic_load(&stop); n++) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        j.number = ids[(x >> 33) % (uint64_t)id_count];
        int64_t before = j.bytes;
        if (failed(db_read(db, get, &j)) || j.bytes == before) {
            fprintf(stderr, "read failed\n");
            exit(1);
        }
    }
    atomic_fetch_add(&done, n);
    return NULL;
}

static err load_ids(struct db_conn *c, void *arg)
{
    struct db_rows rows;
    int64_t        n = 0;
    (void)arg;
    TRY(db_query(c, &bench_ids, DB_ARGS(I64(REPORT_TENANT), I64(id_count)), &rows));
    while (db_next(&rows))
        ids[n++] = db_i64(&rows, 0);
    id_count = n;
    return db_done(&rows);
}

static double run(void *(*work)(void *arg), int threads, double seconds, int64_t until)
{
    pthread_t all[1024];
    atomic_store(&stop, false);
    atomic_store(&done, 0);
    ms start = clock_monotonic();
    for (intptr_t i = 0; i < threads; i++)
        pthread_create(&all[i], NULL, work, (void *)i);
    while (until ? atomic_load(&done) < until : clock_monotonic() - start < (ms)(seconds * 1000))
        usleep(5000);
    double lasted = (double)(clock_monotonic() - start) / 1000;
    atomic_store(&stop, true);
    for (int i = 0; i < threads; i++)
        pthread_join(all[i], NULL);
    return lasted;
}

static void print(const char *mode, int threads, double seconds)
{
    struct db_stats s;
    db_stats(db, &s);
    printf("layer mode=%s threads=%d per_s=%.0f group=%.1f\n", mode, threads, (double)atomic_load(&done) / seconds,
           s.commits ? (double)(s.writes - s.write_failures) / (double)s.commits : 0);
}

static void *one_slow_writer(void *arg)
{
    struct job j = { .r = calloc(1, sizeof *j.r) };
    int64_t    number = 1 << 20;
    (void)arg;
    report_init(j.r);
    while (!atomic_load(&stop)) {
        usleep(10000);
        report_next(j.r, number++);
        if (failed(db_write(db, 0, put, &j)))
            exit(1);
    }
    free(j.r);
    return NULL;
}

static void remove_files(const char *path)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[512];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

struct options {
    const char *mode, *path;
    int         threads, readers;
    double      seconds;
    bool        beside, kept;
};

static bool flag(struct options *o, const char *name)
{
    const struct { const char *name; bool *at; } flags[] = { { "--key", &with_key }, { "--beside", &o->beside }, { "--kept", &o->kept } };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(name, flags[i].name) == 0)
            return *flags[i].at = true;
    return false;
}

static void value(struct options *o, const char *name, const char *text)
{
    if (strcmp(name, "--threads") == 0)
        o->threads = atoi(text);
    else if (strcmp(name, "--seconds") == 0)
        o->seconds = atof(text);
    else if (strcmp(name, "--cases") == 0)
        id_count = atoi(text);
    else if (strcmp(name, "--readers") == 0)
        o->readers = atoi(text);
    else if (strcmp(name, "--path") == 0)
        o->path = text;
    else {
        fprintf(stderr, "layer: what is %s?\n", name);
        exit(2);
    }
}

static void measure_reads(const struct options *o, bool made)
{
    pthread_t writer;
    ids = calloc((size_t)id_count, sizeof *ids);
    if (made) {
        run(writes, 64, 0, id_count);
        usleep(1500000);
    } else if (failed(db_read(db, load_ids, NULL))) {
        exit(1);
    }
    atomic_store(&stop, false);
    if (o->beside)
        pthread_create(&writer, NULL, one_slow_writer, NULL);
    print(o->beside ? "read-beside" : o->mode, o->threads, run(reads, o->threads, o->seconds, 0));
    if (o->beside)
        pthread_join(writer, NULL);
}

int main(int argc, char **argv)
{
    struct options o = { .mode = argc > 1 ? argv[1] : "", .path = "layer.db", .threads = 64, .seconds = 5 };
    id_count = 10000;
    for (int i = 2; i < argc; i++)
        if (!flag(&o, argv[i]))
            value(&o, argv[i], i + 1 < argc ? argv[i + 1] : ""), i++;
    bool writing = strcmp(o.mode, "write") == 0;
    if (!writing && strcmp(o.mode, "read") != 0) {
        fprintf(stderr, "usage: layer write|read [flags]\n");
        return 2;
    }
    bool made = access(o.path, F_OK) != 0 || !o.kept;
    if (made)
        remove_files(o.path);
    struct db_options open = { .path = o.path, .readers = o.readers };
    if (failed(db_open(&open, &db)) || failed(db_migrate(db, &(int){ 0 })))
        return 1;
    if (writing)
        print(o.mode, o.threads, run(writes, o.threads, o.seconds, 0));
    else
        measure_reads(&o, made);
    db_close(db);
    if (!o.kept)
        remove_files(o.path);
    return 0;
}
