/* Per-tenant counters. A group of requests that all take the next number of one counter, such as that of the day's cases, reads its row once
 * and writes it once. */
#include "inside.h"

#include <stdlib.h>

#include "../base/log.h"

DB_SQL(counter_read, "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2")
DB_SQL(counter_write,
       "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value")

static err read_value(struct db_conn *c, int64_t tenant, struct str name, int64_t *out)
{
    err e = db_number(c, &counter_read, DB_ARGS(I64(tenant), TEXT(name)), out);
    return e.code == ERR_NOT_FOUND ? OK : e;
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
    struct group_counter *n = known(c, tenant, name);
    if (!n) {
        int64_t value;
        TRY(read_value(c, tenant, name, &value));
        n = ARENA_NEW(c->arena, struct group_counter);
        *n = (struct group_counter){ tenant, str_copy(c->arena, name), value, value, value, c->counters };
        c->counters = n;
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
