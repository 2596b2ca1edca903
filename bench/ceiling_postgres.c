/* What PostgreSQL alone can do: bare libpq clients, each with a connection of its own, that write the rows of case reports with the program's own
 * schema, a durable transaction for each report. The server is measured against it.
 *
 * Only rows of their own are written: what all reports change together (the day's number, the end of the audit chain, counters) would make
 * one client wait for another's commit, and is left out. Plans are made anew as the program does it.
 *
 * usage: ceiling-postgres --db URL [--connections N] [--tenants N] [--seconds S] [--pipeline]
 *        URL: of an empty database; --pipeline: a transaction is one round trip
 * prints: ceiling connections=… reports=… reports_per_s=… */
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "report.h"

#define PLAN_FIRST 512

static const char *const texts[REPORT_OWN] = {
    REPORT_CASE, REPORT_EVENT, REPORT_FACTS, REPORT_OUTBOX, REPORT_AUDIT, REPORT_WORDS_POSTGRES,
};

static const char      *url = "";
static bool             pipeline;
static int              tenants = 1;
static _Atomic(bool)    stop;
static _Atomic(int64_t) numbers, done;

static void refuse(PGconn *c, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, PQerrorMessage(c));
    exit(1);
}

static void check(PGconn *c, PGresult *r, const char *what)
{
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC)
        refuse(c, what);
    PQclear(r);
}

static void run(PGconn *c, const char *text)
{
    check(c, PQexec(c, text), text);
}

struct sent {
    const char *values[REPORT_ARGS];
    int         lengths[REPORT_ARGS], formats[REPORT_ARGS], count;
    char        numbers[REPORT_ARGS][24];
};

static void put(struct sent *to, const struct db_arg *args)
{
    int i = 0;
    for (; i < REPORT_ARGS && args[i].kind != DB_END; i++) {
        const struct db_arg *a = &args[i];
        bool bytes = a->kind == DB_TEXT || a->kind == DB_BLOB;
        snprintf(to->numbers[i], sizeof to->numbers[i], "%lld", (long long)a->i64);
        to->values[i] = bytes ? a->bytes.ptr : a->kind == DB_I64 ? to->numbers[i] : NULL;
        to->lengths[i] = (int)a->bytes.len;
        to->formats[i] = bytes;
    }
    to->count = i;
}

static void one_by_one(PGconn *c, struct report *r)
{
    char        name[8];
    struct sent to;
    run(c, "BEGIN");
    for (int i = 0; i < REPORT_OWN; i++) {
        snprintf(name, sizeof name, "s%d", i);
        put(&to, r->args[i]);
        check(c, PQexecPrepared(c, name, to.count, to.values, to.lengths, to.formats, 0), texts[i]);
    }
    run(c, "COMMIT");
}

static void in_a_pipeline(PGconn *c, struct report *r)
{
    char        name[8];
    struct sent to;
    PGresult   *answer;
    PQenterPipelineMode(c);
    PQsendQueryPrepared(c, "begin", 0, NULL, NULL, NULL, 0);
    for (int i = 0; i < REPORT_OWN; i++) {
        snprintf(name, sizeof name, "s%d", i);
        put(&to, r->args[i]);
        PQsendQueryPrepared(c, name, to.count, to.values, to.lengths, to.formats, 0);
    }
    PQsendQueryPrepared(c, "commit", 0, NULL, NULL, NULL, 0);
    PQpipelineSync(c);
    for (bool over = false; !over;) {
        answer = PQgetResult(c);
        over = answer && PQresultStatus(answer) == PGRES_PIPELINE_SYNC;
        if (answer)
            check(c, answer, "pipeline");
    }
    PQexitPipelineMode(c);
}

static PGconn *connect_and_prepare(void)
{
    char    name[8];
    PGconn *c = PQconnectdb(url);
    if (PQstatus(c) != CONNECTION_OK)
        refuse(c, "connect");
    run(c, "SET plan_cache_mode = force_generic_plan");
    run(c, "SET jit = off");
    for (int i = 0; i < REPORT_OWN; i++) {
        snprintf(name, sizeof name, "s%d", i);
        check(c, PQprepare(c, name, texts[i], 0, NULL), texts[i]);
    }
    check(c, PQprepare(c, "begin", "BEGIN", 0, NULL), "begin");
    check(c, PQprepare(c, "commit", "COMMIT", 0, NULL), "commit");
    return c;
}

static void *client(void *arg)
{
    PGconn        *c = connect_and_prepare();
    struct report *r = calloc(1, sizeof *r);
    struct arena  *a = arena_new(0);
    int64_t        calls = 0, plan_at = PLAN_FIRST;
    report_init(r);
    report_spread(r, tenants);
    while (!atomic_load(&stop)) {
        report_next(r, atomic_fetch_add(&numbers, 1) + 1);
        arena_reset(a);
        report_numbers(r, a);
        pipeline ? in_a_pipeline(c, r) : one_by_one(c, r);
        atomic_fetch_add(&done, 1);
        calls += REPORT_OWN;
        if (calls < plan_at)
            continue;
        run(c, "DISCARD PLANS");
        plan_at *= 2;
    }
    PQfinish(c);
    arena_free(a);
    free(r);
    return arg;
}

static void make_schema(void)
{
    struct db *db;
    int        applied;
    if (failed(db_open(&(struct db_options){ .path = url }, &db)) || failed(db_migrate(db, &applied)))
        exit(1);
    db_close(db);
}

int main(int argc, char **argv)
{
    int       connections = 64;
    double    seconds = 5;
    pthread_t all[1024];
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--pipeline") == 0) { pipeline = true; continue; }
        if (strcmp(argv[i], "--db") == 0) url = value;
        else if (strcmp(argv[i], "--connections") == 0) connections = atoi(value) < 1024 ? atoi(value) : 1024;
        else if (strcmp(argv[i], "--tenants") == 0) tenants = atoi(value) < REPORT_TENANTS_MOST ? atoi(value) : REPORT_TENANTS_MOST;
        else if (strcmp(argv[i], "--seconds") == 0) seconds = atof(value);
        else { fprintf(stderr, "ceiling-postgres: what is %s?\n", argv[i]); exit(2); }
        i++;
    }
    make_schema();
    for (intptr_t i = 0; i < connections; i++)
        pthread_create(&all[i], NULL, client, (void *)i);
    while (atomic_load(&done) < connections * 8)   /* all are there, and warm */
        usleep(10000);
    ms      start = clock_monotonic();
    int64_t before = atomic_load(&done);
    usleep((useconds_t)(seconds * 1e6));
    int64_t reports = atomic_load(&done) - before;
    double  lasted = (double)(clock_monotonic() - start) / 1000;
    atomic_store(&stop, true);
    for (int i = 0; i < connections; i++)
        pthread_join(all[i], NULL);
    printf("ceiling connections=%d reports=%lld reports_per_s=%.0f\n", connections, (long long)reports, (double)reports / lasted);
    return 0;
}
