/* Per-tenant counters. A group of requests that all take the next number of one counter, such as that of the day's cases, reads its row once
 * and writes it once. */
#include "inside.h"

#include <stdlib.h>

#include "../base/log.h"

DB_SQL(counter_read, "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2")
DB_SQL(counter_write,
       "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value")

#define LATELY 4   /* groups */

static err read_value(struct db_conn *c, const struct group_counter *n, int64_t *out)
{
    struct db_rows rows;
    *out = 0;
    if (n->asked)
        TRY(db_answer(c, n->asked, &rows));
    else
        TRY(db_query(c, &counter_read, DB_ARGS(I64(n->tenant), TEXT(n->name)), &rows));
    if (db_next(&rows))
        *out = db_i64(&rows, 0);
    return db_done(&rows);
}

static struct group_counter *add(struct db_conn *c, int64_t tenant, struct str name)
{
    struct group_counter *n = ARENA_NEW(c->arena, struct group_counter);
    *n = (struct group_counter){ .tenant = tenant, .name = str_copy(c->arena, name), .next = c->counters };
    return c->counters = n;
}

/* In the place of the one that was not advanced for longest. */
static void remember(struct writer *w, int64_t tenant, struct str name)
{
    struct used_counter *to = w->used;
    for (struct used_counter *u = w->used; u < w->used + COUNTERS_USED; u++) {
        if (u->tenant == tenant && str_is(name, u->name)) {
            u->group = w->groups;
            return;
        }
        if (u->group < to->group)
            to = u;
    }
    if (name.len >= sizeof to->name)
        return;
    *to = (struct used_counter){ .tenant = tenant, .group = w->groups };
    memcpy(to->name, name.ptr, name.len);
}

err counters_ask(struct db_conn *c, size_t most)
{
    struct writer *w = c->writer;
    w->groups++;
    for (const struct used_counter *u = w->used; c->engine->ask && most && u < w->used + COUNTERS_USED; u++) {
        if (!u->group || w->groups - u->group > LATELY)
            continue;
        struct group_counter *n = add(c, u->tenant, str_of(u->name));
        TRY(db_ask(c, &counter_read, DB_ARGS(I64(n->tenant), TEXT(n->name)), &n->asked));
        most--;
    }
    return OK;
}

/* The one asked for comes to the front: whoever takes many numbers takes them of few counters. */
static struct group_counter *known(struct db_conn *c, int64_t tenant, struct str name)
{
    for (struct group_counter **at = &c->counters, *n; (n = *at); at = &n->next)
        if (n->tenant == tenant && str_eq(n->name, name)) {
            *at = n->next;
            n->next = c->counters;
            return c->counters = n;
        }
    return NULL;
}

err db_counter(struct db_conn *c, int64_t tenant, struct str name, int64_t *out)
{
    if (!db_is_write(c)) {
        log_event(LOG_ERROR, "database_misuse", "what", "a counter was advanced outside a write", NULL);
        abort();
    }
    struct group_counter *n = known(c, tenant, name), fresh = { .tenant = tenant, .name = name };
    if (!n || n->asked) {
        int64_t value;
        TRY(read_value(c, n ? n : &fresh, &value));
        n = n ? n : add(c, tenant, name);
        n->stored = n->kept = n->value = value;
        n->asked = NULL;
        remember(c->writer, tenant, name);
    }
    *out = ++n->value;
    return OK;
}

void counters_keep(struct db_conn *c)
{
    for (struct group_counter *n = c->counters; n; n = n->next)
        n->kept = n->value;
}

void counters_undo(struct db_conn *c)
{
    for (struct group_counter *n = c->counters; n; n = n->next)
        n->value = n->kept;
}

err counters_store(struct db_conn *c)
{
    for (struct group_counter *n = c->counters; n; n = n->next)
        if (n->value != n->stored)
            TRY(db_send(c, &counter_write, DB_ARGS(I64(n->tenant), TEXT(n->name), I64(n->value))));
    return OK;
}
