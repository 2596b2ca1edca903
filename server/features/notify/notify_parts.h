/* The notify feature's own parts. Not for other features. */
#ifndef LINLI_NOTIFY_PARTS_H
#define LINLI_NOTIFY_PARTS_H

#include "notify.h"
#include "../../base/worker.h"

#define NOTIFY_BATCH      256
#define NOTIFY_LOOK_EVERY (3 * MS_SECOND)   /* also without being woken: retries, rows of other processes */
#define NOTIFY_ALL_EVERY  (10 * MS_SECOND)  /* among all that is there; in between among those written lately */
#define NOTIFY_NEWEST     MS_MINUTE
#define NOTIFY_GATHER     100               /* ms between waking and spreading: under load many rows go in one write */
#define NOTIFY_TRIES_MOST 8
#define NOTIFY_FIRST_WAIT (10 * MS_SECOND)
#define NOTIFY_WAIT_MOST  MS_HOUR

struct notify_state {
    struct arena                *arena;
    struct worker               *worker;    /* NULL once it was halted */
    ms                           all_at;    /* when the worker looks at all that is there */
    const struct notify_channel *channel;
    struct { const char *name; notify_audience persons; } audiences[4];
};
/* NULL when nobody registered it. */
notify_audience notify_audience_named(const struct app *app, struct str name);

struct notify_kind { const char *name, *zh, *en; };
/* NULL when the table has no such kind. */
const struct notify_kind *notify_kind_named(struct str name);

/* ---- outbox ---- */

struct outbox_row {
    int64_t    id;
    struct str channel, kind, object_kind;
    int64_t    object_id;
    struct str params;
    int64_t    tries;
    ms         created_at, failed_at;
    struct str problem;
};
extern const struct field outbox_row_fields[];

/* Whom a row is for and what it says: its params read. */
struct address {
    struct list     places;     /* struct notify_place */
    int64_t         person, by;
    struct str      audience;   /* instead of a unit or a person */
    int64_t         except;     /* one of the audience who is left out */
    struct str      words;
};
struct str notify_address_write(struct arena *a, const struct address *to);
MUST err   notify_address_read(struct arena *a, struct str params, struct address *out);

/* Whom a row is for, and what each of them wants beside the notice; stands_for: of how many messages this one is, 0: another says it. */
struct told { int64_t person; void *wish; int64_t stands_for; };
struct plan { struct address address; struct list to; err e; };

/* Marks what one message says instead of several, among the rows of a round (struct outbox_row) and their plans. */
void notify_gather(struct arena *a, const struct list *rows, struct plan *plans);
/* Each for itself again. */
void notify_scatter(const struct list *rows, struct plan *plans);
/* The kind that says several of this one; NULL: each is said. */
const struct notify_kind *notify_kind_many(struct arena *a, struct str kind);
/* The words of one with their number beside them, as "n". */
struct str notify_words_many(struct arena *a, struct str words, int64_t n);

/* Spreads what is due, at most NOTIFY_BATCH rows. *done: how many were looked at. */
MUST err notify_round(struct app *app, struct arena *a, int *done);

/* When a row that failed so often is tried again; 0: never, it is a dead letter. */
ms notify_next_try(int64_t tries, ms now);

extern const struct route notify_routes[];

#endif
