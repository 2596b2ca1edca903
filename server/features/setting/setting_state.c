/* The values in memory: read at start, and again after every commit that changed one. */
#include <pthread.h>
#include <stdlib.h>

#include "../../base/log.h"
#include "setting_rules.h"

struct dated {
    const struct setting_value *values;    /* the default (from the beginning of time), then what was set, in order */
    size_t                      len;
};

/* One reading of the table, with the memory it lives in. */
struct loaded {
    struct arena *arena;
    struct dated *by_row;
    int          *sorted;                  /* rows in order of their keys */
};

struct setting_state {
    pthread_rwlock_t lock;
    struct loaded    now;
    struct { const char *key; setting_check check; } checks[16];   /* registered at start, then only read */
    size_t           check_count;
    struct arena    *arena;                /* this struct's own */
};

/* ---- reading the table ---- */

DB_SQL(setting_values, "SELECT key, value, valid_from FROM setting WHERE tenant_id = $1 ORDER BY key, valid_from")

struct stored { struct str key, value; ms valid_from; };
static const struct field stored_fields[] = {
    FIELD_STR(struct stored, key, 0, 0, 0, ""), FIELD_STR(struct stored, value, 0, 0, 0, ""),
    FIELD_TIME(struct stored, valid_from, 0, ""), FIELD_END
};

static int by_key(const void *a, const void *b)
{
    return strcmp(setting_rows[*(const int *)a].key, setting_rows[*(const int *)b].key);
}

static void collect(struct loaded *l, size_t row, const struct stored *all, size_t n)
{
    const struct setting_row *def = &setting_rows[row];
    struct setting_value     *values = ARENA_ARRAY(l->arena, n + 1, struct setting_value);
    int64_t                   bound;
    size_t                    len = 1;
    if (failed(setting_read(l->arena, def, str_of(def->standard), &values[0], &bound))) {
        log_event(LOG_ERROR, "setting_default", "key", def->key, NULL);
        abort();
    }
    values[0].from = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        if (!str_is(all[i].key, def->key))
            continue;
        if (failed(setting_read(l->arena, def, all[i].value, &values[len], &bound)))
            log_event(LOG_WARN, "setting_ignored", "key", def->key, NULL);   /* its bounds have changed since */
        else
            values[len++].from = all[i].valid_from;
    }
    l->by_row[row] = (struct dated){ values, len };
}

static void build(struct loaded *l, const struct stored *all, size_t n)
{
    l->by_row = ARENA_ARRAY(l->arena, setting_rows_count, struct dated);
    l->sorted = ARENA_ARRAY(l->arena, setting_rows_count, int);
    for (size_t row = 0; row < setting_rows_count; row++) {
        l->sorted[row] = (int)row;
        collect(l, row, all, n);
    }
    qsort(l->sorted, setting_rows_count, sizeof *l->sorted, by_key);
}

struct loading { int64_t tenant; struct arena *scratch; struct list rows; };

static err read_rows(struct db_conn *c, void *arg)
{
    struct loading *in = arg;
    return db_all(c, in->scratch, &setting_values, DB_ARGS(I64(in->tenant)), stored_fields, sizeof(struct stored), 0, &in->rows);
}

err setting_reload(struct app *app)
{
    struct setting_state *s = app->setting;
    if (!s)
        return OK;
    struct loading in = { .tenant = app->tenant, .scratch = arena_new(0) };
    err            e = db_read(app->db, read_rows, &in);
    if (!failed(e)) {
        struct loaded next = { .arena = arena_new(0) }, old;
        build(&next, in.rows.at, in.rows.len);
        pthread_rwlock_wrlock(&s->lock);
        old = s->now;
        s->now = next;
        pthread_rwlock_unlock(&s->lock);
        arena_free(old.arena);
    }
    arena_free(in.scratch);
    return e;
}

/* ---- what features say of their values ---- */

void setting_check_add(struct app *app, const char *key, setting_check check)
{
    struct setting_state *s = app->setting;
    if (s && s->check_count < sizeof s->checks / sizeof *s->checks) {
        s->checks[s->check_count].key = key;
        s->checks[s->check_count++].check = check;
    }
}

void setting_look(const struct app *app, struct arena *a, const char *key, struct str json, struct str at, struct faults *faults)
{
    const struct setting_state *s = app->setting;
    for (size_t i = 0; s && i < s->check_count; i++)
        if (strcmp(s->checks[i].key, key) == 0)
            s->checks[i].check(a, json, at, faults);
}

/* ---- asking ---- */

static int find_sorted(const struct loaded *l, const char *key)
{
    size_t low = 0, high = setting_rows_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int    order = strcmp(key, setting_rows[l->sorted[middle]].key);
        if (order == 0)
            return l->sorted[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

static void must_be(int row, bool right_kind, const char *key)
{
    if (row >= 0 && right_kind)
        return;
    log_event(LOG_ERROR, "setting_unknown", "key", key, NULL);
    abort();
}

static bool numeric(int row)
{
    return row >= 0 && (setting_rows[row].kind == NUMBER || setting_rows[row].kind == SWITCH);
}

/* The value in force; text is copied into `a` while the lock is held (a NULL: it is not asked for). */
static struct setting_value ask(const struct app *app, struct arena *a, const char *key, ms at, bool number)
{
    struct setting_state *s = app->setting;
    struct setting_value  v = { 0 };
    if (!s) {
        struct arena *scratch = a ? a : arena_new(0);
        int           row = setting_index(str_of(key));
        int64_t       bound;
        must_be(row, numeric(row) == number && !failed(setting_read(scratch, &setting_rows[row], str_of(setting_rows[row].standard), &v, &bound)), key);
        if (!a)
            arena_free(scratch);
        return v;
    }
    pthread_rwlock_rdlock(&s->lock);
    int row = find_sorted(&s->now, key);
    must_be(row, numeric(row) == number, key);
    v = *setting_in_force(s->now.by_row[row].values, s->now.by_row[row].len, at);
    if (a)
        v.text = str_copy(a, v.text);
    pthread_rwlock_unlock(&s->lock);
    return v;
}

int64_t setting_i64(const struct app *app, const char *key, ms at)
{
    return ask(app, NULL, key, at, true).number;
}

bool setting_bool(const struct app *app, const char *key, ms at)
{
    return ask(app, NULL, key, at, true).number != 0;
}

struct str setting_text(const struct app *app, struct arena *a, const char *key, ms at)
{
    return ask(app, a, key, at, false).text;
}

/* ---- changing ---- */

DB_SQL(setting_insert,
       "INSERT INTO setting (tenant_id, key, valid_from, value, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)"
       " ON CONFLICT (tenant_id, key, valid_from) DO UPDATE SET value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by")

err setting_put(struct db_conn *c, struct arena *a, int64_t tenant, struct str key, struct str value, ms from, ms now, int64_t by)
{
    int                  row = setting_index(key);
    struct setting_value v = { 0 };
    int64_t              bound;
    if (row < 0)
        return FAIL(ERR_NOT_FOUND);
    TRY(setting_read(a, &setting_rows[row], value, &v, &bound));
    return db_exec(c, &setting_insert,
                   DB_ARGS(I64(tenant), TEXT(str_of(setting_rows[row].key)), I64(from), TEXT(v.json), I64(now), REF(by)), NULL);
}

/* ---- start, stop ---- */

err setting_start(struct app *app)
{
    struct arena *arena = arena_new(0);
    app->setting = ARENA_NEW(arena, struct setting_state);
    app->setting->arena = arena;
    app->setting->now.arena = arena_new(0);
    build(&app->setting->now, NULL, 0);
    pthread_rwlock_init(&app->setting->lock, NULL);
    return setting_reload(app);
}

void setting_stop(struct app *app)
{
    struct setting_state *s = app->setting;
    if (!s)
        return;
    app->setting = NULL;
    pthread_rwlock_destroy(&s->lock);
    arena_free(s->now.arena);
    arena_free(s->arena);
}
