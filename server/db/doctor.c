/* Looks for what is wrong with a database: pages, references, migrations, and a schema somebody changed by hand. */
#include "inside.h"

void finding(struct examination *x, const char *check, struct str text)
{
    struct db_finding *at = x->findings->at;
    if (x->findings->len == x->cap) {
        x->cap = x->cap ? x->cap * 2 : 16;
        struct db_finding *bigger = ARENA_ARRAY(x->arena, x->cap, struct db_finding);
        if (at)
            memcpy(bigger, at, x->findings->len * sizeof *at);
        x->findings->at = at = bigger;
    }
    at[x->findings->len++] = (struct db_finding){ check, text };
}

void compare_schema(struct examination *x, struct list want, struct list have)
{
    const struct object *w = want.at, *h = have.at, *w_end = w + want.len, *h_end = h + have.len;
    while (w < w_end || h < h_end) {
        int order = w == w_end ? 1 : h == h_end ? -1 : str_cmp(w->name, h->name);
        if (order < 0)
            finding(x, "schema", str_fmt(x->arena, "%.*s is missing", STR_ARG(w->name)));
        else if (order > 0)
            finding(x, "schema", str_fmt(x->arena, "%.*s is not the program's", STR_ARG(h->name)));
        else if (!str_eq(w->text, h->text))
            finding(x, "schema", str_fmt(x->arena, "%.*s was changed", STR_ARG(h->name)));
        w += order <= 0;
        h += order >= 0;
    }
}

static err examine(struct db_conn *c, void *arg)
{
    return c->engine->examine(c, arg);
}

err db_doctor(struct db *db, struct arena *a, bool thorough, struct list *findings)
{
    struct examination x = { .arena = a, .thorough = thorough, .findings = findings };
    *findings = (struct list){ 0 };
    err e = db_schema_check(db);
    if (e.code == ERR_CONFLICT)
        finding(&x, "migrations", STR("not exactly this program's: see the log"));
    else if (failed(e))
        return e;
    return db_read(db, examine, &x);
}
