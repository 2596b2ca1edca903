/* All settings as one JSON document, out and in. What was in force in the past is not rewritten: of values that have begun, the last one is
 * taken over from now on when it differs; those still to come keep their dates. */
#include <jansson.h>

#include "../../base/jsonw.h"
#include "setting_rules.h"

DB_SQL(setting_export_rows, "SELECT key, value, valid_from FROM setting WHERE tenant_id = $1 ORDER BY key, valid_from")

err setting_export(struct db_conn *c, struct arena *a, int64_t tenant, struct str *out)
{
    struct buf     b = buf_new(a, 0);
    struct jsonw   j = jsonw_on(&b);
    struct db_rows rows;
    jsonw_open(&j);
    jsonw_kv_z(&j, "kind", "linli-settings");
    jsonw_key(&j, "values");
    jsonw_list(&j);
    TRY(db_query(c, &setting_export_rows, DB_ARGS(I64(tenant)), &rows));
    while (db_next(&rows)) {
        jsonw_open(&j);
        jsonw_kv_str(&j, "key", db_text(&rows, 0));
        jsonw_key(&j, "value");
        jsonw_raw(&j, db_text(&rows, 1));
        jsonw_kv_i64(&j, "valid_from", db_i64(&rows, 2));
        jsonw_close(&j);
    }
    TRY(db_done(&rows));
    jsonw_list_end(&j);
    jsonw_close(&j);
    *out = buf_view(&b);
    return OK;
}

struct taking {
    struct db_conn *db;
    struct arena   *arena;
    const struct app *app;
    int64_t         tenant, by, count;
    ms              now;
    struct faults  *faults;
};

static void fault(struct taking *t, size_t i, const char *member, enum err_code code)
{
    faults_add(t->faults, str_fmt(t->arena, "values[%zu].%s", i, member), code, 0);
}

static struct str dumped(struct arena *a, const json_t *v)
{
    size_t n = json_dumpb(v, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
    char  *out = arena_alloc(a, n + 1);
    json_dumpb(v, out, n, JSON_COMPACT | JSON_ENCODE_ANY);
    return (struct str){ out, n };
}

static struct str key_of(const json_t *item)
{
    const json_t *key = json_object_get(item, "key");
    return json_is_string(key) ? (struct str){ json_string_value(key), json_string_length(key) } : STR_NONE;
}

static ms from_of(const json_t *item)
{
    const json_t *from = json_object_get(item, "valid_from");
    return json_is_integer(from) ? json_integer_value(from) : 0;
}

/* True when a later value of the same key has begun as well: this one is history. */
static bool is_past(const json_t *values, size_t i, ms now)
{
    const json_t *item = json_array_get(values, i);
    struct str    key = key_of(item);
    ms            from = from_of(item);
    for (size_t k = 0; k < json_array_size(values) && from <= now; k++) {
        const json_t *other = json_array_get(values, k);
        if (k != i && str_eq(key_of(other), key) && from_of(other) > from && from_of(other) <= now)
            return true;
    }
    return false;
}

DB_SQL(setting_now,
       "SELECT COUNT(*) FROM setting s WHERE s.tenant_id = $1 AND s.key = $2 AND s.value = $3 AND s.valid_from = (SELECT MAX(b.valid_from)"
       " FROM setting b WHERE b.tenant_id = $1 AND b.key = $2 AND b.valid_from <= $4)")

/* Takes one value over, checked already. */
static err take(struct taking *t, struct str key, const struct setting_value *v, ms from)
{
    int64_t same = 0;
    if (from <= t->now)
        TRY(db_number(t->db, &setting_now, DB_ARGS(I64(t->tenant), TEXT(key), TEXT(v->json), I64(t->now)), &same));
    if (same)
        return OK;
    t->count++;
    return setting_put(t->db, t->arena, t->tenant, key, v->json, from <= t->now ? t->now : from, t->now, t->by);
}

static err take_item(struct taking *t, const json_t *values, size_t i)
{
    const json_t        *item = json_array_get(values, i), *value = json_object_get(item, "value");
    int                  row = setting_index(key_of(item));
    struct setting_value v = { 0 };
    int64_t              bound = 0;
    if (row < 0) {
        fault(t, i, "key", ERR_NOT_A_CHOICE);
        return OK;
    }
    err e = value ? setting_read(t->arena, &setting_rows[row], dumped(t->arena, value), &v, &bound) : FAIL(ERR_REQUIRED);
    if (failed(e)) {
        fault(t, i, "value", e.code);
        return OK;
    }
    setting_look(t->app, t->arena, setting_rows[row].key, v.json, str_fmt(t->arena, "values[%zu].value", i), t->faults);
    if (t->faults->len || is_past(values, i, t->now))
        return OK;
    return take(t, str_of(setting_rows[row].key), &v, from_of(item));
}

err setting_import(struct db_conn *c, struct arena *a, const struct app *app, struct str text, ms now, int64_t by, struct faults *faults,
                   int64_t *count)
{
    struct taking t = { .db = c, .arena = a, .app = app, .tenant = app->tenant, .by = by, .now = now, .faults = faults };
    json_t       *all = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    json_t       *values = json_object_get(all, "values");
    err           e = OK;
    if (!json_is_array(values))
        e = all ? FAIL_AT(ERR_REQUIRED, "values") : FAIL(ERR_BAD_JSON);
    for (size_t i = 0; !failed(e) && i < json_array_size(values); i++)
        e = take_item(&t, values, i);
    json_decref(all);
    *count = t.count;
    return failed(e) ? e : faults->len ? FAIL(ERR_INVALID) : OK;
}
