/* What PostgreSQL alone can do: bare libpq clients, each with a connection of its own, that write the rows of case reports with the program's own
 * schema, a durable transaction for each report. The server is measured against it.
 *
 * Only rows of their own are written: what all reports change together (the day's number, the end of the audit chain, counters) would make
 * one client wait for another's commit, and is left out. With --group each district has one client, which commits so many reports at once and
 * what they change together, as the program's writer does. Plans are made anew as the program does it.
 *
 * usage: ceiling-postgres --db URL [--connections N | --group N] [--tenants N] [--seconds S] [--pipeline]
 *        URL: of an empty database; --pipeline: a transaction is one round trip, as a group always is
 * prints: ceiling connections=… reports=… reports_per_s=… us_per_report=…, the machine's processor time in all */
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "report.h"

#define PLAN_FIRST       512
#define CONNECTIONS_MOST 1024

/* Those of a report, then those of a group. */
enum { AT_COUNT = AT_HEAD + 1, AT_HOUR, AT_CATEGORY, STATEMENTS };
static const char *const texts[STATEMENTS] = {
    REPORT_CASE, REPORT_EVENT, REPORT_FACTS, REPORT_OUTBOX, REPORT_AUDIT, REPORT_WORDS_POSTGRES, REPORT_COUNTER, REPORT_HEAD,
    REPORT_COUNT, REPORT_HOUR, REPORT_CATEGORY_COUNT,
};

static const char      *url = "";
static bool             pipeline;
static int              tenants = 1, group;
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

#define ARGS_MOST 64
struct sent {
    const char *values[ARGS_MOST];
    int         lengths[ARGS_MOST], formats[ARGS_MOST], count;
    char        numbers[ARGS_MOST][24];
};

static void put(struct sent *to, const struct db_arg *args)
{
    int i = 0;
    for (; args[i].kind != DB_END; i++) {
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

static void send(PGconn *c, int statement, const struct db_arg *args)
{
    char        name[8];
    struct sent to;
    snprintf(name, sizeof name, "s%d", statement);
    put(&to, args);
    if (!PQsendQueryPrepared(c, name, to.count, to.values, to.lengths, to.formats, 0))
        refuse(c, texts[statement]);
}

static void begin(PGconn *c)
{
    PQenterPipelineMode(c);
    PQsendQueryPrepared(c, "begin", 0, NULL, NULL, NULL, 0);
}

static void commit(PGconn *c)
{
    PGresult *answer;
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

static void in_a_pipeline(PGconn *c, struct report *r)
{
    begin(c);
    for (int i = 0; i < REPORT_OWN; i++)
        send(c, i, r->args[i]);
    commit(c);
}

/* A row of counters begins at $10; PostgreSQL wants to know what those before are, that no value is taken from. */
#define INT8 20
static const Oid unused[] = { 0, INT8, INT8, INT8, INT8, INT8, INT8, INT8, INT8 };

static PGconn *connect_and_prepare(void)
{
    char    name[8];
    PGconn *c = PQconnectdb(url);
    if (PQstatus(c) != CONNECTION_OK)
        refuse(c, "connect");
    run(c, "SET plan_cache_mode = force_generic_plan");
    run(c, "SET jit = off");
    for (int i = 0; i < STATEMENTS; i++) {
        snprintf(name, sizeof name, "s%d", i);
        check(c, PQprepare(c, name, texts[i], i == AT_COUNT ? (int)(sizeof unused / sizeof *unused) : 0, unused), texts[i]);
    }
    check(c, PQprepare(c, "begin", "BEGIN", 0, NULL), "begin");
    check(c, PQprepare(c, "commit", "COMMIT", 0, NULL), "commit");
    return c;
}

/* ---- in groups ---- */

/* Counter rows of a report in tenths, as pg_stat_statements counted them for the program: one district in groups of 32, eight in groups of 7. */
static const struct report_rows rows_of_one = { 39, 15, 20 }, rows_of_many = { 60, 22, 20 };

struct writer {
    PGconn       *c;
    struct report r;
    struct arena *a;
    int64_t       number, tenant;   /* its reports: number, number + tenants, … are all of one district */
    int64_t       counted;
};

static void send_counts(struct writer *w, int statement, void (*make)(int64_t k, struct db_arg args[64]), int n)
{
    struct db_arg args[ARGS_MOST];
    for (int i = 0; i < ARGS_MOST; i++)
        args[i] = (struct db_arg)NUL;   /* those that no value is taken from stay so */
    for (int i = 0; i < n; i++) {
        make(++w->counted, args);
        args[0].i64 = w->tenant;
        send(w->c, statement, args);
    }
}

static void put_group(struct writer *w)
{
    const struct report_rows *rows = tenants > 1 ? &rows_of_many : &rows_of_one;
    arena_reset(w->a);
    begin(w->c);
    for (int i = 0; i < group; i++) {
        report_next(&w->r, w->number += tenants);
        report_numbers(&w->r, w->a);
        for (int k = 0; k < REPORT_OWN; k++)
            send(w->c, k, w->r.args[k]);
    }
    send_counts(w, AT_COUNT, report_count, group * rows->counts / 10);
    send_counts(w, AT_HOUR, report_hour, group * rows->hours / 10);
    send_counts(w, AT_CATEGORY, report_category_count, group * rows->categories / 10);
    send(w->c, AT_COUNTER, w->r.args[AT_COUNTER]);
    send(w->c, AT_HEAD, w->r.args[AT_HEAD]);
    commit(w->c);
}

static void *writer(void *arg)
{
    struct writer *w = calloc(1, sizeof *w);
    int64_t        groups = 0;
    *w = (struct writer){ .c = connect_and_prepare(), .a = arena_new(0), .number = (int64_t)(intptr_t)arg };
    report_init(&w->r);
    report_spread(&w->r, tenants);
    w->tenant = report_tenant(&w->r, w->number);
    while (!atomic_load(&stop)) {
        put_group(w);
        atomic_fetch_add(&done, group);
        groups++;
        if ((groups & (groups - 1)) == 0)
            run(w->c, "DISCARD PLANS");
    }
    PQfinish(w->c);
    arena_free(w->a);
    free(w->r.words_of);
    free(w);
    return NULL;
}

/* ---- each report by itself ---- */

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

/* Processor time of everything on this machine, in hundredths of a second: user, nice, system, interrupts. */
static long long machine_worked(void)
{
    long long at[7] = { 0 };
    FILE     *f = fopen("/proc/stat", "r");
    if (!f || fscanf(f, "cpu %lld %lld %lld %lld %lld %lld %lld", &at[0], &at[1], &at[2], &at[3], &at[4], &at[5], &at[6]) != 7)
        refuse(NULL, "/proc/stat");
    fclose(f);
    return at[0] + at[1] + at[2] + at[5] + at[6];
}

/* --connections, --seconds; the others are everybody's. */
static void read_words(int argc, char **argv, int *connections, double *seconds)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--pipeline") == 0) { pipeline = true; continue; }
        if (strcmp(argv[i], "--db") == 0) url = value;
        else if (strcmp(argv[i], "--connections") == 0) *connections = atoi(value) < CONNECTIONS_MOST ? atoi(value) : CONNECTIONS_MOST;
        else if (strcmp(argv[i], "--group") == 0) group = atoi(value) < 4096 ? atoi(value) : 4096;
        else if (strcmp(argv[i], "--tenants") == 0) tenants = atoi(value) < REPORT_TENANTS_MOST ? atoi(value) : REPORT_TENANTS_MOST;
        else if (strcmp(argv[i], "--seconds") == 0) *seconds = atof(value);
        else { fprintf(stderr, "ceiling-postgres: what is %s?\n", argv[i]); exit(2); }
        i++;
    }
    if (group)
        *connections = tenants;
}

static void measure(int connections, double seconds)
{
    ms        start = clock_monotonic();
    int64_t   before = atomic_load(&done);
    long long worked = machine_worked();
    usleep((useconds_t)(seconds * 1e6));
    double reports = (double)(atomic_load(&done) - before), lasted = (double)(clock_monotonic() - start) / 1000;
    worked = machine_worked() - worked;
    printf("ceiling connections=%d reports=%.0f reports_per_s=%.0f us_per_report=%.0f\n", connections, reports, reports / lasted, (double)worked * 10000 / reports);
}

int main(int argc, char **argv)
{
    int       connections = 64;
    double    seconds = 5;
    pthread_t all[CONNECTIONS_MOST];
    read_words(argc, argv, &connections, &seconds);
    make_schema();
    for (intptr_t i = 0; i < connections; i++)
        pthread_create(&all[i], NULL, group ? writer : client, (void *)i);
    while (atomic_load(&done) < connections * 8 * (group ? group : 1))   /* all are there, and warm */
        usleep(10000);
    measure(connections, seconds);
    atomic_store(&stop, true);
    for (int i = 0; i < connections; i++)
        pthread_join(all[i], NULL);
    return 0;
}
