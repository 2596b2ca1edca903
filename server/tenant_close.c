/* tenant_close.c: a district is closed, opened again, or erased. */
#include "tenant.h"

#include <ctype.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "db/transfer.h"
#include "features/audit/audit.h"
#include "features/case/case_find.h"
#include "features/search/search.h"
#include "move.h"

#define ROWS_AT_ONCE  1000   /* of one write: others wait for a few milliseconds at most */
#define CASES_AT_ONCE 200

DB_SQL(tenant_close_row, "UPDATE tenant SET closed_at = $2, moved_to = $3 WHERE tenant_id = $1 AND closed_at IS NULL")
DB_SQL(tenant_reopen_row, "UPDATE tenant SET closed_at = NULL, moved_to = NULL WHERE tenant_id = $1 AND closed_at IS NOT NULL AND removing_at IS NULL")
DB_SQL(tenant_sessions_end, "UPDATE session SET ended_at = $2 WHERE tenant_id = $1 AND ended_at IS NULL")
DB_SQL(tenant_erasing_row, "UPDATE tenant SET removing_at = $2 WHERE tenant_id = $1 AND closed_at IS NOT NULL AND removing_at IS NULL")
DB_SQL(tenant_erasing_now, "SELECT COUNT(*) FROM tenant WHERE tenant_id = $1 AND removing_at IS NOT NULL")
DB_SQL(tenant_erase_cases, "DELETE FROM cases WHERE tenant_id = $1 AND id >= $2")
DB_SQL(tenant_erase_hosts, "DELETE FROM host WHERE district = $1")
DB_SQL(tenant_erase_city, "DELETE FROM city_district WHERE district = $1 OR city = $1")
DB_SQL(tenant_erase_row, "DELETE FROM tenant WHERE tenant_id = $1")
DB_SQL(tenant_gone_insert, "INSERT INTO district_gone (district, removed_at) VALUES ($1, $2)")
/* What is erased is overwritten, and the words leave the index's file too, not only its answers. */
DB_SQL2(tenant_erase_wholly, "PRAGMA secure_delete = ON", "SELECT 1")
DB_SQL2(tenant_merge_words, "INSERT INTO search_case (search_case, rank) VALUES ('merge', $1)", "SELECT CAST($1 AS BIGINT) WHERE 1 = 0")

/* ---- closing ---- */

bool tenant_address_fits(struct str address)
{
    struct str rest = address;
    size_t     scheme = str_starts(address, "https://") ? 8 : str_starts(address, "http://") ? 7 : 0;
    if (!scheme || address.len <= scheme || address.len > 300 || !isalnum((unsigned char)address.ptr[scheme]))
        return false;
    for (size_t i = 0; i < rest.len; i++)
        if (!isalnum((unsigned char)rest.ptr[i]) && !memchr(":/.-_~%?=[]@+,", rest.ptr[i], 14))
            return false;
    return true;
}

static err end_sessions(struct db_conn *c, int64_t tenant)
{
    return db_exec(c, &tenant_sessions_end, DB_ARGS(I64(tenant), I64(clock_now())), NULL);
}

static err record(struct db_conn *c, int64_t tenant, const char *action, struct str detail)
{
    struct arena *a = arena_new(4096);
    err           e = audit_write(c, a, tenant, clock_now(), 0, action, "tenant", tenant, detail);
    arena_free(a);
    return e;
}

err tenant_close(struct db_conn *c, void *arg)
{
    const struct tenant_closing *k = arg;
    char                         detail[400] = "";
    struct str                   to = k->moved_to ? str_of(k->moved_to) : STR_NONE;
    int64_t                      changed = 0;
    TRY(db_exec(c, &tenant_close_row, DB_ARGS(I64(k->tenant), I64(clock_now()), TEXT(to)), &changed));
    if (!changed)
        return FAIL(ERR_CONFLICT);
    TRY(end_sessions(c, k->tenant));
    snprintf(detail, sizeof detail, "{\"moved_to\":\"%.*s\"}", STR_ARG(to));
    return record(c, k->tenant, "tenant.close", to.ptr ? str_of(detail) : STR_NONE);
}

err tenant_reopen(struct db_conn *c, void *arg)
{
    const int64_t *tenant = arg;
    int64_t        changed = 0, erasing = 0;
    TRY(db_number(c, &tenant_erasing_now, DB_ARGS(I64(*tenant)), &erasing));
    if (erasing)
        return FAIL(ERR_NOT_FOUND);
    TRY(db_exec(c, &tenant_reopen_row, DB_ARGS(I64(*tenant)), &changed));
    return changed ? record(c, *tenant, "tenant.reopen", STR_NONE) : FAIL(ERR_CONFLICT);
}

/* ---- erasing: rows ---- */

struct erasing {
    struct tenant_erasing *e;
    struct arena          *arena;     /* of one write */
    const struct db_table *table;
    int64_t                rows;      /* of one write */
};

static err begin_erasing(struct db_conn *c, void *arg)
{
    const struct erasing *x = arg;
    int64_t               changed = 0, erasing = 0;
    TRY(db_exec(c, &tenant_erasing_row, DB_ARGS(I64(x->e->tenant), I64(clock_now())), &changed));
    TRY(db_number(c, &tenant_erasing_now, DB_ARGS(I64(x->e->tenant)), &erasing));
    return erasing ? OK : FAIL(ERR_CONFLICT);
}

static err erase_some(struct db_conn *c, void *arg)
{
    struct erasing *x = arg;
    arena_reset(x->arena);
    TRY(db_exec(c, &tenant_erase_wholly, DB_NO_ARGS, NULL));
    return db_erase(c, x->arena, x->table, x->e->tenant, ROWS_AT_ONCE, &x->rows);
}

/* Each case with its words: cut off between the two, a word would be left that belongs to nothing. */
static err erase_cases(struct db_conn *c, void *arg)
{
    struct erasing *x = arg;
    int64_t         from;
    arena_reset(x->arena);
    x->rows = 0;
    TRY(db_exec(c, &tenant_erase_wholly, DB_NO_ARGS, NULL));
    TRY(search_withdraw(c, x->arena, x->e->tenant, &case_search_source, CASES_AT_ONCE, &from));
    return from ? db_exec(c, &tenant_erase_cases, DB_ARGS(I64(x->e->tenant), I64(from)), &x->rows) : OK;
}

static err erase_table(struct erasing *x, const struct db_table *t)
{
    bool cases = str_is(t->name, "cases");
    x->table = t;
    snprintf(x->e->where, sizeof x->e->where, "%.*s", STR_ARG(t->name));
    do {
        TRY(db_write(x->e->db, 0, cases ? erase_cases : erase_some, x));
        x->e->rows += x->rows;
    } while (x->rows > 0);
    return OK;
}

/* Which of a district's tables go at the very end: the row itself, and how far the index is filled, which the cases' words ask. */
static bool goes_last(const struct db_table *t)
{
    return str_is(t->name, "tenant") || str_is(t->name, SEARCH_FILL_TABLE);
}

/* What refers goes before what it refers to. */
static err erase_rows(struct erasing *x, const struct list *tables)
{
    const struct db_table *t = tables->at;
    for (size_t i = tables->len; i-- > 0;)
        if (!goes_last(&t[i]))
            TRY(erase_table(x, &t[i]));
    for (size_t i = tables->len; i-- > 0;)
        if (str_is(t[i].name, SEARCH_FILL_TABLE))
            TRY(erase_table(x, &t[i]));
    return OK;
}

struct merging { int64_t pages, moved; };

static err merge_words(struct db_conn *c, void *arg)
{
    struct merging *m = arg;
    TRY(db_exec(c, &tenant_erase_wholly, DB_NO_ARGS, NULL));
    return db_exec(c, &tenant_merge_words, DB_ARGS(I64(m->pages)), &m->moved);
}

/* Piece by piece until nothing is left to merge: then no piece holds a word that was taken out. */
static err merge_index(struct erasing *x)
{
    struct merging m = { .pages = -500 };
    do {
        TRY(db_write(x->e->db, 0, merge_words, &m));
        m.pages = 500;
    } while (m.moved >= 2);
    return OK;
}

/* ---- erasing: files, and the end ---- */

static void erase_files(struct erasing *x)
{
    static const char *const names[] = { "files", "jobs", "spool", "suggest.model", "keys" };   /* the keys last */
    const char *folder = tenant_folder(x->arena, x->e->config->data, x->e->tenant).ptr;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (x->e->tenant != TENANT_FIRST || strcmp(names[i], "spool") != 0)   /* that of the first district is all of theirs */
            move_remove_tree(str_fmt(x->arena, "%s/%s", folder, names[i]).ptr);
    if (x->e->tenant != TENANT_FIRST)
        move_remove_tree(folder);
}

static err files_are_gone(struct erasing *x)
{
    const char *folder = tenant_folder(x->arena, x->e->config->data, x->e->tenant).ptr;
    snprintf(x->e->where, sizeof x->e->where, "files");
    bool left = access(str_fmt(x->arena, "%s/files", folder).ptr, F_OK) == 0 || access(str_fmt(x->arena, "%s/keys", folder).ptr, F_OK) == 0;
    return left ? FAIL(ERR_INTERNAL) : OK;
}

struct ending { struct erasing *x; const struct list *tables; };

/* Not taken for gone but counted, in the very transaction that takes its name away. */
static err end_district(struct db_conn *c, void *arg)
{
    const struct ending   *k = arg;
    struct tenant_erasing *e = k->x->e;
    const struct db_table *t = k->tables->at;
    arena_reset(k->x->arena);
    for (size_t i = 0; i < k->tables->len; i++) {
        int64_t left = 0;
        snprintf(e->where, sizeof e->where, "%.*s", STR_ARG(t[i].name));
        TRY(db_count(c, k->x->arena, &t[i], e->tenant, &left));
        if (left != str_is(t[i].name, "tenant"))
            return FAIL(ERR_CONFLICT);
    }
    TRY(db_exec(c, &tenant_erase_hosts, DB_ARGS(I64(e->tenant)), NULL));
    TRY(db_exec(c, &tenant_erase_city, DB_ARGS(I64(e->tenant)), NULL));
    TRY(db_exec(c, &tenant_gone_insert, DB_ARGS(I64(e->tenant), I64(clock_now())), NULL));
    return db_exec(c, &tenant_erase_row, DB_ARGS(I64(e->tenant)), NULL);
}

static err erase(struct erasing *x)
{
    struct list   tables;
    struct arena *a = arena_new(0);
    db_tables(a, &tables);
    err e = db_write(x->e->db, 0, begin_erasing, x);
    if (!failed(e))
        e = erase_rows(x, &tables);
    if (!failed(e))
        e = merge_index(x);
    if (!failed(e)) {
        erase_files(x);
        e = files_are_gone(x);
    }
    if (!failed(e))
        e = db_write(x->e->db, 0, end_district, &(struct ending){ x, &tables });
    arena_free(a);
    return e;
}

err tenant_erase(struct tenant_erasing *e)
{
    struct erasing x = { .e = e, .arena = arena_new(0) };
    err            done = erase(&x);
    arena_free(x.arena);
    return done;
}
