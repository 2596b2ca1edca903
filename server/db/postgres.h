/* Inside of the engine PostgreSQL: what its own files share. */
#ifndef LINLI_DB_POSTGRES_H
#define LINLI_DB_POSTGRES_H

#include <libpq-fe.h>

#include "inside.h"

/* postgres.c */
/* What a failed result means to a caller; logs what is not his doing. Clears the result. */
err postgres_err(struct db_conn *c, PGresult *result, const char *what);
/* Opens a session with this program's settings; the place of the server may have changed since the last one. */
MUST err postgres_session(struct db *db, PGconn **out);

/* A plan made while a table was small stays, also the server's own of a reference's check; and to a planner that knows nothing of a table yet all
 * its indexes are alike. So plans are thrown away now and then, each time after twice as many statements. */
#define PLAN_AGAIN       "DISCARD PLANS"
#define PLAN_AGAIN_FIRST 512

#define SENT_MOST   256   /* beyond, what was sent is waited for */
#define FLUSH_EVERY 8     /* libpq keeps up to 64 KB for itself; meanwhile the server would stand idle */

/* A question under way or answered. */
struct pg_asked {
    PGresult        *result;   /* NULL: not yet, taken, or never will be */
    struct pg_asked *next;
};

struct pg_own {
    PGconn     *session;
    int64_t     changes;
    unsigned    prepared;   /* statements named so far */
    bool        conflict;   /* the last failure was one that may be gone when tried again */
    bool        release;    /* a savepoint is done with */
    bool        touched;    /* this request may have written */
    bool        leaving;    /* the session is over: nothing on it need be taken back */
    unsigned    calls, plan_at;   /* so far; and at how many plans are made anew */
    err         trouble;    /* the first failure among what was sent */
    int         sent;       /* results that were not waited for yet */
    const char *names[SENT_MOST];
    struct pg_asked *asks[SENT_MOST];   /* NULL: nobody wants the result */
    struct pg_asked *asked;             /* all since the last begin */
};
struct pg_own *pg_own(const struct db_conn *c);

/* postgres_send.c */
/* A prepared statement and its arguments as libpq takes them. */
struct pg_call {
    const char        *statement, *name;
    int                count;
    const char *const *values;
    const int         *lengths, *formats;
};
/* Without waiting. */
MUST err pg_send_call(struct db_conn *c, const struct pg_call *call);
/* Likewise; its result is kept. */
MUST err pg_ask_call(struct db_conn *c, const struct pg_call *call, struct pg_asked **out);
void     pg_forget_asked(struct db_conn *c);
/* Waits for this one and all before it. Takes the result of this one, with the trouble of those before it as the error. */
MUST err pg_wait_call(struct db_conn *c, const struct pg_call *call, PGresult **out);
MUST err pg_settle(struct db_conn *c);
/* Counts a call; true when it is time to plan again. */
bool     pg_plans_old(struct pg_own *own);
bool     pg_adrift(const struct db_conn *c);
/* Nothing is under way any more: libpq's plain calls may be used. */
void     pg_plain(struct db_conn *c);

/* postgres_statement.c */
MUST err       pg_prepare(struct db_conn *c, const char *name, struct str text, struct statement **out);
MUST err       pg_twin(struct db_conn *c, const struct statement *of, struct statement **out);
void           pg_unprepare(struct statement *s);
MUST err       pg_bind(struct db_conn *c, struct statement *s, const struct db_arg *args);
MUST err       pg_send(struct db_conn *c, struct statement *s, const struct db_arg *args);
MUST err       pg_ask(struct db_conn *c, struct statement *s, const struct db_arg *args, void **asked);
MUST err       pg_answer(struct db_conn *c, struct statement *s, void *asked);
MUST err       pg_next(struct db_conn *c, struct statement *s, bool *row);
void           pg_reset(struct statement *s);
int64_t        pg_i64(const struct statement *s, int column);
double         pg_real(const struct statement *s, int column);
struct str     pg_text(const struct statement *s, int column);
struct str     pg_blob(const struct statement *s, int column);
bool           pg_is_null(const struct statement *s, int column);

/* postgres_doctor.c */
MUST err postgres_examine(struct db_conn *c, struct examination *x);

#endif
