/* The engine PostgreSQL through libpq: sessions, what a transaction consists of, errors by SQLSTATE.
 *
 * The writer is the same as on SQLite: one session, requests in savepoints, one commit for the group. Between processes an advisory lock of
 * the database makes groups follow each other, so that every rule may rely on what it has just read, on every engine. It is the first thing
 * a group does and goes with its transaction. See docs/decisions/postgresql.md. */
#include "load.h"
#include "postgres.h"

#include <stdio.h>
#include <stdlib.h>

#include "../base/log.h"
#include "../base/worker.h"

#define VERSION_LEAST 150000
#define GROUP_MOST    60                   /* beyond 64 subtransactions a snapshot no longer holds them all: everybody reads slower */
#define READERS_LEAST 8
#define FRESH_EVERY   (100 * (ms)1)        /* no idle reader keeps a snapshot longer: a counter's old rows fill its page until nobody sees them */
#define NODE_WAIT     (3 * MS_SECOND)
#define DOWN_FOR      (500 * (ms)1)        /* after a failed attempt to connect, others fail without one */

/* The engine's own of the database. */
struct pg_db {
    struct arena  *arena;
    struct worker *ticker;
    atomic_llong   failed_began, failed_at;   /* the last attempt to connect that failed */
    atomic_llong   made_at;                   /* when the last one succeeded */
    pthread_mutex_t turns;      /* guards the session that holds them, and what follows */
    PGconn        *turn_holder;
    char           node[16];    /* the name of this process's number as a turn; empty: it has none */
    bool           node_held, node_missed;   /* in that session; it was somebody else's when it was to be taken anew */
};

static struct pg_db *pg_db(const struct db *db)
{
    return db->own;
}

struct pg_own *pg_own(const struct db_conn *c)
{
    return c->own;
}

/* ---- errors ---- */

static const struct {
    const char   *state;    /* SQLSTATE, or the beginning of it */
    enum err_code err;
} meanings[] = {
    { "23505", ERR_TAKEN },
    { "23503", ERR_UNKNOWN_REFERENCE },
    { "53100", ERR_STORAGE_FULL },
    { "53", ERR_UNAVAILABLE },       /* no memory, too many sessions */
    { "40", ERR_UNAVAILABLE },       /* a conflict, a deadlock, a commit whose fate is unknown */
    { "08", ERR_UNAVAILABLE },       /* the connection */
    { "57", ERR_UNAVAILABLE },       /* somebody stops the server or the statement */
    { "55P03", ERR_UNAVAILABLE },    /* waited too long for a lock */
    { "25P03", ERR_UNAVAILABLE },    /* stood still inside a transaction for too long */
};

static enum err_code meaning(const char *state)
{
    for (size_t i = 0; state && i < sizeof meanings / sizeof *meanings; i++)
        if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0)
            return meanings[i].err;
    return state ? ERR_INTERNAL : ERR_UNAVAILABLE;   /* without a state it is libpq that speaks: the connection is gone */
}

static bool is(const char *state, const char *which)
{
    return state && strcmp(state, which) == 0;
}

err postgres_err(struct db_conn *c, PGresult *result, const char *what)
{
    struct pg_own *own = pg_own(c);
    const char    *state = PQresultErrorField(result, PG_DIAG_SQLSTATE), *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    enum err_code  code = meaning(state);
    own->conflict = is(state, "40001") || is(state, "40P01");
    if (is(state, "25006") && c->writes) {   /* this server became a standby */
        own->leaving = true;
        code = ERR_UNAVAILABLE;
    }
    if (code != ERR_TAKEN && code != ERR_UNKNOWN_REFERENCE)
        log_event(LOG_ERROR, "database", "statement", what, "code", state ? state : "", "text", text ? text : PQerrorMessage(own->session), NULL);
    PQclear(result);
    return FAIL(code);
}

/* ---- sessions ---- */

/* Those before "dbname" are defaults that the URL may change. */
static PGconn *try_session(const char *url)
{
    static const char *const names[] = { "connect_timeout", "target_session_attrs", "keepalives_idle", "keepalives_interval", "keepalives_count",
                                         "tcp_user_timeout", "fallback_application_name", "dbname", "client_encoding", NULL };
    const char *const values[] = { "3", "read-write", "10", "5", "3", "15000", "linli", url, "UTF8", NULL };
    return PQconnectdbParams(names, values, 1);
}

#define SETTINGS                                                                                            \
    "SET client_min_messages = error; SET bytea_output = hex; SET extra_float_digits = 1; SET standard_conforming_strings = on; "             \
    "SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; "                                                           \
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; "                              \
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"

static void ignore_notice(void *arg, const char *text)
{
    (void)arg, (void)text;
}

/* Of several attempts at once one may learn late that there was no server while another has found it already: only one that began after the last success
 * says anything. */
static bool is_down(struct pg_db *own)
{
    return atomic_load(&own->failed_began) > atomic_load(&own->made_at) && clock_monotonic() < atomic_load(&own->failed_at) + DOWN_FOR;
}

err postgres_session(struct db *db, PGconn **out)
{
    struct pg_db *own = pg_db(db);
    ms            began = clock_monotonic();
    *out = NULL;
    if (is_down(own))
        return FAIL(ERR_UNAVAILABLE);
    PGconn *session = try_session(db->path);
    if (PQstatus(session) == CONNECTION_OK) {
        PQsetNoticeProcessor(session, ignore_notice, NULL);
        PQclear(PQexec(session, SETTINGS));
    }
    if (PQstatus(session) != CONNECTION_OK) {
        log_event(LOG_ERROR, "database_connect", "text", PQerrorMessage(session), NULL);
        atomic_store(&own->failed_at, clock_monotonic());
        atomic_store(&own->failed_began, began);
        PQfinish(session);
        return FAIL(ERR_UNAVAILABLE);
    }
    atomic_store(&own->made_at, clock_monotonic());
    *out = session;
    return OK;
}

static void disconnect(struct db_conn *c)
{
    pg_forget_asked(c);
    PQfinish(pg_own(c)->session);
    free(c->own);
    c->own = NULL;
}

static void leave(struct db_conn *c)
{
    if (!c->own)
        return;
    pg_own(c)->leaving = true;   /* the statements go with the session */
    conn_forget_statements(c);
    disconnect(c);
}

/* Each statement is written for one index and has one plan: to plan it anew each time would cost the writer an eighth of its time, and a reader a
 * quarter of a millisecond for each that has a LIMIT, once a table is large. Nor does any wait for helpers to be started, which takes ten of them. */
#define PLANNED_ONCE "SET plan_cache_mode = force_generic_plan; SET jit = off; SET max_parallel_workers_per_gather = 0"

/* Sent many times a second: under their own texts as names. */
#define SAVEPOINT "SAVEPOINT request"
#define RELEASE   "RELEASE request"

static err prepare_steps(struct db_conn *c)
{
    static const char *const all[] = { SAVEPOINT, RELEASE, PLAN_AGAIN };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        PGresult *r = PQprepare(pg_own(c)->session, all[i], all[i], 0, NULL);
        if (PQresultStatus(r) != PGRES_COMMAND_OK)
            return postgres_err(c, r, all[i]);
        PQclear(r);
    }
    return OK;
}

static err run(struct db_conn *c, const char *name, const char *text)
{
    pg_plain(c);
    PGresult      *result = PQexec(pg_own(c)->session, text);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgres_err(c, result, name);
    bool undone = strcmp(text, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0;   /* of a failed transaction: says ROLLBACK */
    PQclear(result);
    return undone ? FAIL(ERR_INTERNAL) : OK;
}

/* Whoever moves a district writes or reads its photos between two statements, for hours where there are many; nobody waits for that transaction.
 * Limits of the role or of the database are lifted too, by name, since older servers do not know them all. A client that has died is found by
 * keepalives. How long a lock is waited for stays. */
#define PATIENCE                                                                                                                              \
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout', 'statement_timeout')"

static err prepare_session(struct db_conn *c)
{
    PQclear(PQexec(pg_own(c)->session, PLANNED_ONCE));
    if (c->patient)
        TRY(run(c, "patience", PATIENCE));
    return c->writes ? prepare_steps(c) : OK;
}

static err connect(struct db_conn *c)
{
    struct pg_own *own = memory(calloc(1, sizeof *own));
    err            e = postgres_session(c->db, &own->session);
    if (failed(e)) {
        free(own);
        return e;
    }
    c->own = own;
    e = prepare_session(c);
    if (failed(e))
        leave(c);
    return e;
}

static bool connected(const struct db_conn *c)
{
    return c->own && !pg_own(c)->leaving && PQstatus(pg_own(c)->session) == CONNECTION_OK;
}

/* ---- transactions ---- */

static enum tx_state state(const struct db_conn *c)
{
    const struct pg_own    *own = pg_own(c);
    PGTransactionStatusType now = own ? PQtransactionStatus(own->session) : PQTRANS_UNKNOWN;
    if (own && own->sent && PQstatus(own->session) == CONNECTION_OK)
        return failed(own->trouble) ? STATE_FAILED : STATE_SOUND;   /* as far as is known */
    return now == PQTRANS_INTRANS ? STATE_SOUND : now == PQTRANS_INERROR ? STATE_FAILED : STATE_GONE;
}

#define BEGIN_READS  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

/* Each statement sees what is committed when it begins; and once the lock is held nobody else commits: to the districts of this lane, or at all.
 * Whoever takes both locks takes them in this order. */
#define LOCK         1818848873
#define BEGIN_WRITES "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock%s(%d, hashtext(current_schema()))"
#define BEGIN_LANE   "; SELECT pg_advisory_xact_lock(%d, hashtext(current_schema()))"

struct beginning { char text[256]; };

/* A reader's last snapshot ends in the same round trip. */
static const char *beginning(const struct db_conn *c, struct beginning *b)
{
    if (!c->writes)
        return state(c) == STATE_GONE ? BEGIN_READS : "COMMIT; " BEGIN_READS;
    if (c->whole)
        snprintf(b->text, sizeof b->text, BEGIN_WRITES, "", LOCK);
    else
        snprintf(b->text, sizeof b->text, BEGIN_WRITES BEGIN_LANE, "_shared", LOCK, LOCK + 1 + c->writer->lane);
    return b->text;
}

/* Where a session is found dead a new one is made: on another server, when the database moved there. */
static err begin(struct db_conn *c)
{
    struct beginning b;
    if (connected(c)) {
        pg_plain(c);
        pg_forget_asked(c);
        pg_own(c)->conflict = pg_own(c)->release = false;
        pg_own(c)->trouble = OK;
        err e = run(c, "begin", beginning(c, &b));
        if (!failed(e) && !c->writes && pg_plans_old(pg_own(c)))
            e = run(c, "plans", PLAN_AGAIN);
        if (!failed(e))
            return OK;
        if (connected(c)) {
            PQclear(PQexec(pg_own(c)->session, "ROLLBACK"));
            return e;
        }
    }
    leave(c);
    TRY(connect(c));
    return run(c, "begin", beginning(c, &b));
}

static err send_step(struct db_conn *c, const char *text)
{
    return pg_send_call(c, &(struct pg_call){ .statement = text, .name = text });
}

/* The savepoint of the last request is given up together with making the next one, the very last by the commit. Where requests run ahead there
 * are none: they are worth an eighth of the time, and a request that fails has seldom written anything. */
static err savepoint(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    bool           before = own->release;
    own->conflict = own->release = own->touched = false;
    if (c->ahead)
        return OK;
    if (before)
        TRY(send_step(c, RELEASE));
    return send_step(c, SAVEPOINT);
}

/* What the request has sent is on its way while the next one is worked at. */
static err release(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    own->release = !c->ahead;
    if (own->sent && PQflush(own->session) < 0)
        return FAIL(ERR_UNAVAILABLE);
    return OK;
}

/* Where requests run ahead the writer learns that they did so in vain, unless there is nothing to undo. */
static err undo(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    pg_plain(c);
    if (c->ahead) {
        if (!failed(own->trouble) && (own->touched || state(c) != STATE_SOUND))
            own->trouble = FAIL(ERR_CONFLICT);
        return own->trouble;
    }
    own->trouble = OK;
    return run(c, "undo", "ROLLBACK TO request");
}

static err commit(struct db_conn *c)
{
    TRY(pg_settle(c));
    return run(c, "commit", "COMMIT");
}

static err roll_back(struct db_conn *c)
{
    pg_plain(c);
    pg_own(c)->trouble = OK;
    return run(c, "rollback", "ROLLBACK");
}

static err step(struct db_conn *c, enum tx_step which)
{
    static err (*const steps[STEPS])(struct db_conn *c) = {
        [STEP_BEGIN] = begin, [STEP_COMMIT] = commit, [STEP_ROLLBACK] = roll_back,
        [STEP_SAVEPOINT] = savepoint, [STEP_RELEASE] = release, [STEP_UNDO] = undo,
    };
    return steps[which](c);
}

static bool conflict(const struct db_conn *c)
{
    return c->own && pg_own(c)->conflict;
}

static int64_t changes(const struct db_conn *c)
{
    return c->own ? pg_own(c)->changes : 0;
}

static err script(struct db_conn *c, const char *name, const char *text)
{
    return run(c, name, text);
}

static void nothing(struct db_conn *c)
{
    (void)c;
}

/* PostgreSQL counts for itself. */
static err statistics(struct db_conn *c, void *arg)
{
    (void)c, (void)arg;
    return OK;
}

/* ---- turns ---- */

/* A lock of the session: gone with it, also when this process is killed. Asking again when it is held already counts up, which harms nobody. */
static bool ask_for_turn(PGconn *session, const char *name)
{
    const char *const values[] = { name };
    PGresult *r = PQexecParams(session, "SELECT pg_try_advisory_lock(hashtext(current_schema()), hashtext($1))", 1, NULL, values, NULL, NULL, 0);
    bool      ours = PQresultStatus(r) == PGRES_TUPLES_OK && strcmp(PQgetvalue(r, 0, 0), "t") == 0;
    PQclear(r);
    return ours;
}

static bool has_turn_holder(struct db *db)
{
    struct pg_db *own = pg_db(db);
    if (own->turn_holder && PQstatus(own->turn_holder) != CONNECTION_OK) {
        PQfinish(own->turn_holder);
        own->turn_holder = NULL;
        own->node_held = false;
    }
    return own->turn_holder || !failed(postgres_session(db, &own->turn_holder));
}

/* After a lost session. Who serves goes on serving: the server may not have noticed yet that the old session is dead, and two that make the same
 * id at the same moment are told so by the key, so that nothing is lost by it. */
static void keep_node(struct pg_db *own)
{
    if (!*own->node || own->node_held)
        return;
    own->node_held = ask_for_turn(own->turn_holder, own->node);
    if (own->node_missed && own->node_held)
        log_event(LOG_INFO, "node_held", "name", own->node, "text", "this process has its number to itself again", NULL);
    if (!own->node_missed && !own->node_held)
        log_event(LOG_ERROR, "node_taken", "name", own->node, "text", "after a lost connection another session has the number of this process", NULL);
    own->node_missed = !own->node_held;
}

static bool turn(struct db *db, const char *name)
{
    struct pg_db *own = pg_db(db);
    bool          ours = false;
    pthread_mutex_lock(&own->turns);
    if (has_turn_holder(db)) {
        keep_node(own);
        ours = ask_for_turn(own->turn_holder, name);
    }
    pthread_mutex_unlock(&own->turns);
    return ours;
}

/* Its session lives as long as the process: one that was killed a moment ago may still have it. */
static err take_node(struct db *db, int node)
{
    struct pg_db *own = pg_db(db);
    int64_t       until = clock_monotonic() + NODE_WAIT;
    char          name[sizeof own->node];
    bool          away;
    snprintf(name, sizeof name, "node.%d", node);
    while (!turn(db, name) && clock_monotonic() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    pthread_mutex_lock(&own->turns);
    away = !has_turn_holder(db);
    memcpy(own->node, name, sizeof name);
    own->node_held = !away && ask_for_turn(own->turn_holder, name);
    pthread_mutex_unlock(&own->turns);
    return away ? FAIL(ERR_UNAVAILABLE) : own->node_held ? OK : FAIL(ERR_TAKEN);
}

/* ---- the whole ---- */

/* Where texts are not ordered by their bytes, lists would come in another order than on SQLite and beginnings could not be looked up. */
static err fit(PGconn *session)
{
    PGresult *result = PQexec(session, "SELECT current_setting('server_encoding'), datcollate, current_setting('server_version') "
                                       "FROM pg_database WHERE datname = current_database()");
    err       e = OK;
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
        e = FAIL(ERR_UNAVAILABLE);
    else if (PQserverVersion(session) < VERSION_LEAST)
        e = engine_refused("version", PQgetvalue(result, 0, 2), "PostgreSQL 15 or newer");
    else if (strcmp(PQgetvalue(result, 0, 0), "UTF8") != 0)
        e = engine_refused("encoding", PQgetvalue(result, 0, 0), "UTF8");
    else if (strcmp(PQgetvalue(result, 0, 1), "C") != 0 && strcmp(PQgetvalue(result, 0, 1), "POSIX") != 0 &&
             strncmp(PQgetvalue(result, 0, 1), "C.", 2) != 0)
        e = engine_refused("collation", PQgetvalue(result, 0, 1), "C: CREATE DATABASE linli TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    PQclear(result);
    return e;
}

static err open_engine(struct db *db)
{
    PGconn *session;
    db->own = memory(calloc(1, sizeof(struct pg_db)));
    pthread_mutex_init(&pg_db(db)->turns, NULL);
    TRY(postgres_session(db, &session));
    err e = fit(session);
    PQfinish(session);
    return e;
}

static void close_engine(struct db *db)
{
    PQfinish(pg_db(db)->turn_holder);
    pthread_mutex_destroy(&pg_db(db)->turns);
    free(db->own);
    db->own = NULL;
}

static err tick(void *arg, struct arena *a, int *done)
{
    struct db *db = arg;
    (void)a;
    *done = 0;
    atomic_fetch_add(&db->fresh, 1);
    readers_let_go(db);
    return OK;
}

static err start(struct db *db)
{
    struct pg_db *own = pg_db(db);
    own->arena = arena_new(0);
    own->ticker = worker_new(own->arena, &(struct worker_plan){ .round = tick, .arg = db, .batch = 1, .look_every = FRESH_EVERY });
    err e = worker_begin(own->ticker);
    if (failed(e))
        arena_free(own->arena);
    return e;
}

static void stop(struct db *db)
{
    worker_end(pg_db(db)->ticker);
    arena_free(pg_db(db)->arena);
}

const struct engine postgres_engine = {
    .postgres = true, .lanes = LANES_MOST, .shared = true, .group_most = GROUP_MOST, .readers_least = READERS_LEAST,
    .open = open_engine, .close = close_engine, .start = start, .stop = stop,
    .connect = connect, .leave = leave, .step = step, .state = state, .conflict = conflict, .changes = changes,
    .script = script, .rest = nothing,
    .prepare = pg_prepare, .twin = pg_twin, .unprepare = pg_unprepare, .bind = pg_bind, .next = pg_next, .reset = pg_reset,
    .send = pg_send, .settle = pg_settle, .ask = pg_ask, .answer = pg_answer, .adrift = pg_adrift,
    .i64 = pg_i64, .real = pg_real, .text = pg_text, .blob = pg_blob, .is_null = pg_is_null,
    .load_begin = pg_load_begin, .load_table = pg_load_table, .load_row = pg_load_row, .load_end = pg_load_end,
    .turn = turn, .take_node = take_node, .statistics = statistics, .examine = postgres_examine,
};
