/* Several processes on the same database. They tell each other that something changed which they keep in memory by a number that each looks at:
 * it works on every engine, and a process that was cut off for a while misses nothing. */
#include "inside.h"

DB_SQL(told_times, "SELECT value FROM counter WHERE tenant_id = $1 AND name = $2")

struct told {
    int64_t    tenant;
    struct str name;
};

static err advance(struct db_conn *c, void *arg)
{
    const struct told *t = arg;
    int64_t            times;
    return db_counter(c, t->tenant, t->name, &times);
}

void db_tell(struct db_conn *c, int64_t tenant, const char *name, void (*fn)(void *arg), void *arg)
{
    struct arena *a = db_group_arena(c);
    struct told  *t = ARENA_NEW(a, struct told);
    *t = (struct told){ tenant, str_fmt(a, "told.%s", name) };
    db_before_commit(c, 0, advance, t);
    db_after_commit(c, fn, arg);
}

bool db_turn(struct db *db, int64_t tenant, const char *name)
{
    char text[96];
    snprintf(text, sizeof text, "%lld.%s", (long long)tenant, name);
    return db->engine->turn(db, text);
}

err db_take_node(struct db *db, int node)
{
    return db->engine->take_node(db, node);
}

err db_told(struct db_conn *c, int64_t tenant, const char *name, int64_t *times)
{
    char text[64];
    snprintf(text, sizeof text, "told.%s", name);
    err e = db_number(c, &told_times, DB_ARGS(I64(tenant), TEXT(str_of(text))), times);
    return e.code == ERR_NOT_FOUND ? OK : e;
}
