/* Statements sent to PostgreSQL without waiting for each: libpq's pipeline.
 *
 * What is sent is run by the server in its order while this side goes on. Whoever needs an answer sends a point of synchronisation behind
 * it and takes all answers before its own. After a failure the server skips everything up to that point, and the transaction takes
 * nothing more: so nobody has read anything that a failed statement should have changed. The writer decides what to undo. */
#include "postgres.h"

#include <stdlib.h>

#include "../base/log.h"

/* Answers come one for each statement, each followed by nothing. */
static PGresult *take_answer(struct pg_own *own)
{
    PGresult *answer = PQgetResult(own->session), *more;
    for (int i = 0; answer && i < SENT_MOST && (more = PQgetResult(own->session)); i++)
        PQclear(more);
    return answer;
}

static bool went_well(const PGresult *answer)
{
    ExecStatusType status = PQresultStatus(answer);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Those after the first failure were skipped or tell only that the transaction has failed. */
static void take_sent(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    for (int i = 0; i < own->sent; i++) {
        PGresult *answer = take_answer(own);
        if (!went_well(answer) && !failed(own->trouble))
            own->trouble = postgres_err(c, answer, own->names[i]);
        else if (own->asks[i] && went_well(answer))
            own->asks[i]->result = answer;
        else
            PQclear(answer);
    }
    own->sent = 0;
}

/* The answer to the point of synchronisation. */
static void take_point(struct pg_own *own)
{
    PGresult *answer;
    while ((answer = PQgetResult(own->session))) {
        bool met = PQresultStatus(answer) == PGRES_PIPELINE_SYNC || PQstatus(own->session) != CONNECTION_OK;
        PQclear(answer);
        if (met)
            return;
    }
}

static bool pipelined(const struct pg_own *own)
{
    return PQpipelineStatus(own->session) != PQ_PIPELINE_OFF;
}

static err cannot_send(struct db_conn *c, const char *name)
{
    struct pg_own *own = pg_own(c);
    log_event(LOG_ERROR, "database", "statement", name, "text", PQerrorMessage(own->session), NULL);
    return own->trouble = FAIL(ERR_UNAVAILABLE);
}

static err post(struct db_conn *c, const struct pg_call *call)
{
    struct pg_own *own = pg_own(c);
    if (!pipelined(own) && !PQenterPipelineMode(own->session))
        return cannot_send(c, call->name);
    if (!PQsendQueryPrepared(own->session, call->statement, call->count, call->values, call->lengths, call->formats, 0))
        return cannot_send(c, call->name);
    return OK;
}

err pg_settle(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    if (!own || !own->sent)
        return own ? own->trouble : OK;
    bool synced = PQpipelineSync(own->session);
    take_sent(c);
    if (synced)
        take_point(own);
    return own->trouble;
}

bool pg_plans_old(struct pg_own *own)
{
    if (++own->calls < own->plan_at)
        return false;
    own->plan_at = own->plan_at ? 2 * own->plan_at : PLAN_AGAIN_FIRST;
    return own->calls > 1;
}

static err send_one(struct db_conn *c, const struct pg_call *call, struct pg_asked *asked)
{
    struct pg_own *own = pg_own(c);
    TRY(post(c, call));
    own->names[own->sent] = call->name;
    own->asks[own->sent++] = asked;
    if (own->sent % FLUSH_EVERY == 0 && PQflush(own->session) < 0)
        return cannot_send(c, call->name);
    return own->sent == SENT_MOST ? pg_settle(c) : OK;
}

static err send_ahead(struct db_conn *c, const struct pg_call *call, struct pg_asked *asked)
{
    struct pg_own *own = pg_own(c);
    TRY(own->trouble);
    if (pg_plans_old(own))
        TRY(send_one(c, &(struct pg_call){ .statement = PLAN_AGAIN, .name = PLAN_AGAIN }, NULL));
    return send_one(c, call, asked);
}

err pg_send_call(struct db_conn *c, const struct pg_call *call)
{
    pg_own(c)->touched = true;
    return send_ahead(c, call, NULL);
}

/* Lives longer than a group's memory: it may hold a result when that is gone. */
err pg_ask_call(struct db_conn *c, const struct pg_call *call, struct pg_asked **out)
{
    struct pg_own   *own = pg_own(c);
    struct pg_asked *asked = memory(calloc(1, sizeof *asked));
    asked->next = own->asked;
    own->asked = *out = asked;
    return send_ahead(c, call, asked);
}

void pg_forget_asked(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    for (struct pg_asked *a; (a = own->asked);) {
        own->asked = a->next;
        PQclear(a->result);
        free(a);
    }
}

static err wait_plainly(struct db_conn *c, const struct pg_call *call, PGresult **out)
{
    struct pg_own *own = pg_own(c);
    pg_plain(c);
    *out = PQexecPrepared(own->session, call->statement, call->count, call->values, call->lengths, call->formats, 0);
    return OK;
}

err pg_wait_call(struct db_conn *c, const struct pg_call *call, PGresult **out)
{
    struct pg_own *own = pg_own(c);
    *out = NULL;
    TRY(own->trouble);
    if (!own->sent)
        return wait_plainly(c, call, out);
    TRY(post(c, call));
    bool synced = PQpipelineSync(own->session);
    take_sent(c);
    *out = take_answer(own);
    if (synced)
        take_point(own);
    if (failed(own->trouble)) {
        PQclear(*out);
        *out = NULL;
    }
    return own->trouble;
}

bool pg_adrift(const struct db_conn *c)
{
    return c->own && failed(pg_own(c)->trouble);
}

void pg_plain(struct db_conn *c)
{
    struct pg_own *own = pg_own(c);
    err           kept = pg_settle(c);   /* for whoever asks next */
    (void)kept;
    if (pipelined(own))
        PQexitPipelineMode(own->session);
}
