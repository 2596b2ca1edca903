/* What SQLite alone can do: one bare thread that commits the rows of case reports in groups, with the program's own schema and durable commits.
 * bench/layer and the server are measured against it.
 *
 * usage: ceiling [--group N] [--tenants N] [--seconds S] [--key] [--path FILE] [--page BYTES] [--cache KIB] [--inline-checkpoint]
 * prints: ceiling group=… reports=… reports_per_s=… rows_per_s=… mib_per_report=… */
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

static const char *const texts[REPORT_STATEMENTS] = {
    REPORT_CASE, REPORT_EVENT, REPORT_FACTS, REPORT_OUTBOX, REPORT_AUDIT, REPORT_WORDS_SQLITE, REPORT_COUNTER, REPORT_HEAD, REPORT_KEY,
};

struct options {
    const char *path, *extra;
    int         group, page, cache, tenants;
    double      seconds;
    bool        key, inline_checkpoint;
};

static _Atomic(bool)   stop;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;   /* the writer between begin and commit, or the log's restart */

static void check(int code, sqlite3 *db, const char *what)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "%s: %s\n", what, db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    exit(1);
}

static sqlite3 *open_database(const struct options *o)
{
    sqlite3 *db;
    char     settings[512];
    check(sqlite3_open_v2(o->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL), NULL, "open");
    snprintf(settings, sizeof settings,
             "PRAGMA page_size = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -%d;"
             "PRAGMA busy_timeout = 10000; PRAGMA wal_autocheckpoint = %d; PRAGMA mmap_size = 268435456; %s",
             o->page, o->cache, o->inline_checkpoint ? 1000 : 0, o->extra ? o->extra : "");
    check(sqlite3_exec(db, settings, NULL, NULL, NULL), db, "settings");
    return db;
}

static void make_schema(sqlite3 *db)
{
    struct arena *a = arena_new(0);
    size_t        count;
    const struct db_migration *all = db_migrations(&count);
    for (size_t i = 0; i < count; i++)
        check(sqlite3_exec(db, db_migration_for(a, &all[i], false).ptr, NULL, NULL, NULL), db, all[i].name);
    arena_free(a);
}

/* Moves the log into the file beside the writer, as the server does. */
static void *checkpoints(void *arg)
{
    const struct options *o = arg;
    sqlite3 *db = open_database(o);
    while (!atomic_load(&stop)) {
        int in_log = 0, moved = 0;
        usleep(100000);
        sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
        if (in_log > 4096) {
            pthread_mutex_lock(&gate);
            sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_RESTART, &in_log, &moved);
            pthread_mutex_unlock(&gate);
        }
    }
    sqlite3_close(db);
    return NULL;
}

/* A statement and which argument each parameter takes. */
struct prepared {
    sqlite3_stmt *handle;
    int           count, argument[64];
};

static void bind_all(const struct prepared *s, const struct db_arg *args)
{
    for (int i = 0; i < s->count; i++) {
        const struct db_arg *a = &args[s->argument[i]];
        if (a->kind == DB_I64)
            sqlite3_bind_int64(s->handle, i + 1, a->i64);
        else if (a->kind == DB_TEXT)
            sqlite3_bind_text(s->handle, i + 1, a->bytes.ptr, (int)a->bytes.len, SQLITE_STATIC);
        else if (a->kind == DB_BLOB)
            sqlite3_bind_blob(s->handle, i + 1, a->bytes.ptr, (int)a->bytes.len, SQLITE_STATIC);
        else
            sqlite3_bind_null(s->handle, i + 1);
    }
}

static struct prepared prepare(sqlite3 *db, const char *text)
{
    struct prepared s = { 0 };
    check(sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &s.handle, NULL), db, text);
    s.count = sqlite3_bind_parameter_count(s.handle);
    for (int i = 0; i < s.count; i++)
        s.argument[i] = atoi(sqlite3_bind_parameter_name(s.handle, i + 1) + 1) - 1;
    return s;
}

static void put(sqlite3 *db, const struct prepared *s, const struct db_arg *args)
{
    bind_all(s, args);
    while (sqlite3_step(s->handle) == SQLITE_ROW)
        ;
    check(sqlite3_reset(s->handle), db, sqlite3_sql(s->handle));
}

struct all {
    struct prepared own[REPORT_STATEMENTS], count, hour, category;
    sqlite3_stmt   *begin, *commit;
};

static void put_report(sqlite3 *db, const struct all *s, struct report *r, int64_t number, bool key)
{
    report_next(r, number);
    for (int i = 0; i < AT_WORDS; i++)
        put(db, &s->own[i], r->args[i]);
    if (key)
        put(db, &s->own[AT_KEY], r->args[AT_KEY]);
}

static void put_counts(sqlite3 *db, const struct prepared *s, void (*make)(int64_t k, struct db_arg args[64]), struct report *r, int n)
{
    struct db_arg  args[64];
    static int64_t k;
    for (int i = 0; i < n; i++) {
        make(++k, args);
        args[0].i64 = report_tenant(r, k);
        put(db, s, args);
    }
}

/* What is written once for all, as the program does it: the words first, in order of the ids. last: number of the last report of the group. */
static void end_group(sqlite3 *db, const struct all *s, struct report *r, const int64_t *ids, int n, int64_t last)
{
    for (int i = 0; i < n; i++) {
        if (r->tenants > 1)
            report_for(r, report_tenant(r, last - n + 1 + i));
        r->args[AT_WORDS][1].i64 = ids[i];
        put(db, &s->own[AT_WORDS], r->args[AT_WORDS]);
    }
    const struct report_rows *rows = r->tenants > 1 ? &report_rows_many : &report_rows_one;
    put_counts(db, &s->count, report_count, r, n * rows->counts / 10);
    put_counts(db, &s->hour, report_hour, r, n * rows->hours / 10);
    put_counts(db, &s->category, report_category_count, r, n * rows->categories / 10);
    for (int i = 0; i < n && (i == 0 || i < r->tenants); i++) {
        if (r->tenants > 1)
            report_for(r, report_tenant(r, last - i));
        put(db, &s->own[AT_COUNTER], r->args[AT_COUNTER]);
        put(db, &s->own[AT_HEAD], r->args[AT_HEAD]);
    }
}

static void prepare_all(sqlite3 *db, struct all *s)
{
    for (int i = 0; i < REPORT_STATEMENTS; i++)
        s->own[i] = prepare(db, texts[i]);
    s->count = prepare(db, REPORT_COUNT);
    s->hour = prepare(db, REPORT_HOUR);
    s->category = prepare(db, REPORT_CATEGORY_COUNT);
    sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &s->begin, NULL);
    sqlite3_prepare_v2(db, "COMMIT", -1, &s->commit, NULL);
}

static void finalize_all(const struct all *s)
{
    for (int i = 0; i < REPORT_STATEMENTS; i++)
        sqlite3_finalize(s->own[i].handle);
    sqlite3_finalize(s->count.handle);
    sqlite3_finalize(s->hour.handle);
    sqlite3_finalize(s->category.handle);
    sqlite3_finalize(s->begin);
    sqlite3_finalize(s->commit);
}

static int64_t run(sqlite3 *db, const struct options *o, double *seconds)
{
    static struct report r;
    static int64_t       ids[4096];
    struct all           s;
    int64_t              number = 0;
    report_init(&r);
    report_spread(&r, o->tenants);
    prepare_all(db, &s);
    ms start = clock_monotonic(), now = start;
    while (now - start < (ms)(o->seconds * 1000)) {
        pthread_mutex_lock(&gate);
        check(sqlite3_step(s.begin), db, "begin");
        sqlite3_reset(s.begin);
        for (int i = 0; i < o->group; i++) {
            put_report(db, &s, &r, ++number, o->key);
            ids[i] = r.id;
        }
        end_group(db, &s, &r, ids, o->group, number);
        check(sqlite3_step(s.commit), db, "commit");
        sqlite3_reset(s.commit);
        pthread_mutex_unlock(&gate);
        now = clock_monotonic();
    }
    *seconds = (double)(now - start) / 1000;
    finalize_all(&s);
    return number;
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

static struct options options(int argc, char **argv)
{
    struct options o = { .path = "ceiling.db", .group = 32, .page = 4096, .cache = 16384, .tenants = 1, .seconds = 5 };
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--key") == 0) { o.key = true; continue; }
        if (strcmp(argv[i], "--inline-checkpoint") == 0) { o.inline_checkpoint = true; continue; }
        if (strcmp(argv[i], "--group") == 0) o.group = atoi(value) < 4096 ? atoi(value) : 4096;
        else if (strcmp(argv[i], "--tenants") == 0) o.tenants = atoi(value) < REPORT_TENANTS_MOST ? atoi(value) : REPORT_TENANTS_MOST;
        else if (strcmp(argv[i], "--seconds") == 0) o.seconds = atof(value);
        else if (strcmp(argv[i], "--path") == 0) o.path = value;
        else if (strcmp(argv[i], "--page") == 0) o.page = atoi(value);
        else if (strcmp(argv[i], "--cache") == 0) o.cache = atoi(value);
        else if (strcmp(argv[i], "--pragma") == 0) o.extra = value;
        else { fprintf(stderr, "ceiling: what is %s?\n", argv[i]); exit(2); }
        i++;
    }
    return o;
}

int main(int argc, char **argv)
{
    struct options o = options(argc, argv);
    struct stat    file = { 0 };
    pthread_t      thread;
    double         seconds;
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    remove_files(o.path);
    sqlite3 *db = open_database(&o);
    make_schema(db);
    if (!o.inline_checkpoint)
        pthread_create(&thread, NULL, checkpoints, &o);
    int64_t reports = run(db, &o, &seconds);
    atomic_store(&stop, true);
    if (!o.inline_checkpoint)
        pthread_join(thread, NULL);
    sqlite3_close(db);
    stat(o.path, &file);
    const struct report_rows *rows = o.tenants > 1 ? &report_rows_many : &report_rows_one;
    printf("ceiling group=%d reports=%lld reports_per_s=%.0f rows_per_s=%.0f bytes_per_report=%.0f\n", o.group, (long long)reports,
           (double)reports / seconds, (double)reports * (REPORT_OWN + (double)(rows->counts + rows->hours + rows->categories) / 10 + o.key) / seconds, (double)file.st_size / (double)reports);
    remove_files(o.path);
    return 0;
}
