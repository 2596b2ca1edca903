/* The tables as the migrations make them, a snapshot read page by page, and a transaction that takes whole tables. */
#include "transfer.h"

#include <ctype.h>
#include <stdlib.h>

#include "../base/buf.h"
#include "../base/crypto.h"
#include "inside.h"
#include "load.h"

#define TABLES_MOST 256
#define PAGE        1000

/* ---- the tables ---- */

struct reading {
    struct arena    *arena;
    struct db_table *tables;
    size_t           count;
    struct db_table *now;       /* whose lines follow */
    bool             elsewhere; /* inside what is one engine's own */
};

static struct str word_at(struct str *line)
{
    size_t n = 0, skip = 0;
    while (skip < line->len && (line->ptr[skip] == ' ' || line->ptr[skip] == ','))
        skip++;
    while (skip + n < line->len && (isalnum((unsigned char)line->ptr[skip + n]) || line->ptr[skip + n] == '_'))
        n++;
    struct str w = { line->ptr + skip, n };
    line->ptr += skip + n;
    line->len -= skip + n;
    return w;
}

static bool skip_words(struct str *line, const char *words)
{
    if (!str_starts(*line, words))
        return false;
    line->ptr += strlen(words);
    line->len -= strlen(words);
    return true;
}

static struct db_table *table_named(struct reading *r, struct str name)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->tables[i].name, name))
            return &r->tables[i];
    return NULL;
}

static bool kind_of(struct str type, enum db_kind *kind)
{
    static const struct { const char *type; enum db_kind kind; } kinds[] = {
        { "BIGINT", DB_I64 }, { "INTEGER", DB_I64 }, { "SMALLINT", DB_I64 }, { "TEXT", DB_TEXT }, { "BYTEA", DB_BLOB }, { "DOUBLE", DB_REAL },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(type, kinds[i].type)) {
            *kind = kinds[i].kind;
            return true;
        }
    return false;
}

static void add_column(struct reading *r, struct db_table *t, struct str line)
{
    struct str   name = word_at(&line), type = word_at(&line);
    enum db_kind kind;
    if (!t || !name.len || !islower((unsigned char)*name.ptr) || !kind_of(type, &kind))
        return;
    if (str_is(name, "tenant_id"))
        t->tenant = true;
    else if (t->column_count < DB_COLUMNS_MOST)
        t->columns[t->column_count++] = (struct db_column){ str_copy(r->arena, name), kind };
    else
        misuse("a table has too many columns", str_z(r->arena, t->name));
}

static void drop_column(struct db_table *t, struct str name)
{
    size_t at = 0;
    while (t && at < t->column_count && !str_eq(t->columns[at].name, name))
        at++;
    if (!t || at == t->column_count)
        return;
    memmove(&t->columns[at], &t->columns[at + 1], (t->column_count - at - 1) * sizeof *t->columns);
    t->column_count--;
    for (size_t k = 0; k < t->key_count; k++)
        t->keys[k] -= t->keys[k] > at;
}

static void take_key(struct db_table *t, struct str line)
{
    for (struct str name = word_at(&line); t && name.len; name = word_at(&line))
        for (size_t i = 0; i < t->column_count; i++)
            if (str_eq(t->columns[i].name, name) && t->key_count < DB_KEYS_MOST)
                t->keys[t->key_count++] = i;
}

static void note_tree(struct db_table *t, struct str line)
{
    ptrdiff_t at = str_find(line, ')');
    if (!t || at < 0)
        return;
    line = (struct str){ line.ptr + at + 1, line.len - (size_t)at - 1 };
    if (skip_words(&line, " REFERENCES "))
        t->tree = t->tree || str_eq(word_at(&line), t->name);
}

static void begin_table(struct reading *r, struct str line)
{
    if (r->count == TABLES_MOST)
        misuse("too many tables", "");
    r->now = &r->tables[r->count++];
    *r->now = (struct db_table){ .name = str_copy(r->arena, word_at(&line)) };
}

static void drop_table(struct reading *r, struct str line)
{
    struct db_table *t = table_named(r, word_at(&line));
    if (!t)
        return;
    memmove(t, t + 1, (size_t)(r->tables + r->count - t - 1) * sizeof *t);
    r->count--;
}

static void alter_table(struct reading *r, struct str line)
{
    struct db_table *t = table_named(r, word_at(&line));
    line = str_trim(line);
    if (skip_words(&line, "ADD COLUMN "))
        add_column(r, t, line);
    else if (skip_words(&line, "DROP COLUMN "))
        drop_column(t, word_at(&line));
}

static void read_line(struct reading *r, struct str line)
{
    line = str_trim(line);
    if (str_starts(line, "/*SQLITE") || str_starts(line, "/*POSTGRES"))
        r->elsewhere = true;
    if (r->elsewhere)
        r->elsewhere = !str_ends(line, "*/");
    else if (skip_words(&line, "CREATE TABLE "))
        begin_table(r, line);
    else if (skip_words(&line, "ALTER TABLE "))
        alter_table(r, line);
    else if (skip_words(&line, "DROP TABLE "))
        drop_table(r, line);
    else if (skip_words(&line, "PRIMARY KEY ("))
        take_key(r->now, line);
    else if (skip_words(&line, "FOREIGN KEY ("))
        note_tree(r->now, line);
    else if (str_starts(line, ")"))
        r->now = NULL;
    else if (!str_starts(line, "--"))
        add_column(r, r->now, line);
}

void db_tables(struct arena *a, struct list *out)
{
    struct reading             r = { .arena = a, .tables = ARENA_ARRAY(a, TABLES_MOST, struct db_table) };
    size_t                     count, kept = 0;
    const struct db_migration *m = db_migrations(&count);
    for (size_t i = 0; i < count; i++)
        for (struct str rest = m[i].text; rest.ptr;)
            read_line(&r, str_cut(&rest, '\n'));
    for (size_t i = 0; i < r.count; i++)
        if (r.tables[i].tenant)
            r.tables[kept++] = r.tables[i];
    *out = (struct list){ .at = r.tables, .len = kept };
}

struct str db_schema_digest(struct arena *a, int *last)
{
    size_t                     count;
    const struct db_migration *m = db_migrations(&count);
    struct buf                 b = buf_new(a, 0);
    for (size_t i = 0; i < count; i++)
        buf_str(&b, m[i].text);
    *last = count ? m[count - 1].number : 0;
    struct str digest = crypto_digest(a, buf_view(&b));
    return str_hex(a, digest.ptr, digest.len);
}

/* ---- out ---- */

struct db_cut {
    struct db_conn conn;
    struct arena  *arena;
};

err db_cut_open(struct db *db, struct db_cut **out)
{
    struct db_cut *cut = memory(calloc(1, sizeof *cut));
    cut->arena = arena_new(0);
    cut->conn.patient = true;
    err e = conn_open(db, &cut->conn, false);
    if (!failed(e))
        e = cut->conn.engine->step(&cut->conn, STEP_BEGIN);
    if (failed(e))
        db_cut_close(cut);
    else
        *out = cut;
    return e;
}

struct db_conn *db_cut_conn(struct db_cut *cut)
{
    return &cut->conn;
}

void db_cut_close(struct db_cut *cut)
{
    if (cut->conn.own)
        conn_end_statements(&cut->conn);
    conn_close(&cut->conn);
    arena_free(cut->arena);
    free(cut);
}

static void add_keys(struct buf *b, const struct db_table *t)
{
    for (size_t i = 0; i < t->key_count; i++)
        buf_fmt(b, "%s%.*s", i ? ", " : "", STR_ARG(t->columns[t->keys[i]].name));
}

/* SELECT … WHERE tenant_id = $1 AND (k, l) > ($2, $3) ORDER BY k, l LIMIT …: names are the migrations', values are bound. */
static struct str page_text(struct arena *a, const struct db_table *t, bool first)
{
    struct buf b = buf_new(a, 0);
    buf_z(&b, "SELECT ");
    for (size_t i = 0; i < t->column_count; i++)
        buf_fmt(&b, "%s%.*s", i ? ", " : "", STR_ARG(t->columns[i].name));
    buf_fmt(&b, " FROM %.*s WHERE tenant_id = $1", STR_ARG(t->name));
    if (t->key_count && !first) {
        buf_z(&b, " AND (");
        add_keys(&b, t);
        buf_z(&b, ") > (");
        for (size_t i = 0; i < t->key_count; i++)
            buf_fmt(&b, "%s$%zu", i ? ", " : "", i + 2);
        buf_byte(&b, ')');
    }
    if (t->key_count) {
        buf_z(&b, " ORDER BY ");
        add_keys(&b, t);
    }
    buf_fmt(&b, " LIMIT %d", PAGE);
    return buf_view(&b);
}

static struct db_arg key_value(struct arena *a, struct db_rows *row, const struct db_column *c, size_t column)
{
    struct db_arg v = { .kind = c->kind };
    if (c->kind == DB_I64)
        v.i64 = db_i64(row, (int)column);
    else if (c->kind == DB_REAL)
        v.real = db_real(row, (int)column);
    else
        v.bytes = str_copy(a, c->kind == DB_TEXT ? db_text(row, (int)column) : db_blob(row, (int)column));
    return v;
}

struct page {
    const struct db_table *table;
    struct db_arg          args[DB_KEYS_MOST + 2];   /* the district, then the last key read */
    struct arena          *keys;
    size_t                 rows;
};

static err read_page(struct db_cut *cut, struct page *p, bool first, db_take_row take, void *arg)
{
    struct statement *s;
    struct db_rows    rows;
    TRY(cut->conn.engine->prepare(&cut->conn, str_z(cut->arena, p->table->name), page_text(cut->arena, p->table, first), &s));
    s->passing = true;
    TRY(conn_start(&cut->conn, s, p->args, &rows));
    err e = OK;
    for (p->rows = 0; !failed(e) && db_next(&rows); p->rows++) {
        e = take(arg, &rows);
        if (p->rows == PAGE - 1) {
            arena_reset(p->keys);
            for (size_t i = 0; i < p->table->key_count; i++)
                p->args[i + 1] = key_value(p->keys, &rows, &p->table->columns[p->table->keys[i]], p->table->keys[i]);
        }
    }
    err done = db_done(&rows);
    return failed(e) ? e : done;
}

err db_cut_rows(struct db_cut *cut, const struct db_table *t, int64_t tenant, db_take_row take, void *arg)
{
    struct page p = { .table = t, .args = { I64(tenant) }, .keys = arena_new(4096), .rows = PAGE };
    err         e = OK;
    for (bool first = true; !failed(e) && p.rows == PAGE; first = false) {
        arena_reset(cut->arena);
        p.args[first ? 1 : t->key_count + 1] = (struct db_arg){ .kind = DB_END };
        e = read_page(cut, &p, first, take, arg);
        if (!t->key_count)
            break;
    }
    arena_free(p.keys);
    return e;
}

/* ---- away ---- */

static err run_text(struct db_conn *c, const struct db_table *t, struct arena *a, struct str text, const struct db_arg *args, struct db_rows *rows)
{
    struct statement *s;
    TRY(c->engine->prepare(c, str_z(a, t->name), text, &s));
    s->passing = true;
    return conn_start(c, s, args, rows);
}

/* DELETE FROM t WHERE tenant_id = $1 AND (k, l) <= ($2, $3): a range of the key. */
static struct str erase_text(struct arena *a, const struct db_table *t, bool all)
{
    struct buf b = buf_new(a, 0);
    buf_fmt(&b, "DELETE FROM %.*s WHERE tenant_id = $1", STR_ARG(t->name));
    if (!all) {
        buf_z(&b, " AND (");
        add_keys(&b, t);
        buf_z(&b, ") <= (");
        for (size_t i = 0; i < t->key_count; i++)
            buf_fmt(&b, "%s$%zu", i ? ", " : "", i + 2);
        buf_byte(&b, ')');
    }
    return buf_view(&b);
}

/* The last key of so many rows; *all: there are not more. */
static err last_key(struct db_conn *c, struct arena *a, const struct db_table *t, int64_t most, struct db_arg *args, bool *all)
{
    struct buf     b = buf_new(a, 0);
    struct db_rows rows;
    buf_z(&b, "SELECT ");
    add_keys(&b, t);
    buf_fmt(&b, " FROM %.*s WHERE tenant_id = $1 ORDER BY ", STR_ARG(t->name));
    add_keys(&b, t);
    buf_fmt(&b, " LIMIT 1 OFFSET %lld", (long long)most - 1);
    args[1] = (struct db_arg){ .kind = DB_END };
    TRY(run_text(c, t, a, buf_view(&b), args, &rows));
    *all = !db_next(&rows);
    for (size_t i = 0; !*all && i < t->key_count; i++)
        args[i + 1] = key_value(a, &rows, &t->columns[t->keys[i]], i);
    args[*all ? 1 : t->key_count + 1] = (struct db_arg){ .kind = DB_END };
    return db_done(&rows);
}

err db_erase(struct db_conn *c, struct arena *a, const struct db_table *t, int64_t tenant, int64_t most, int64_t *rows)
{
    struct db_arg  args[DB_KEYS_MOST + 2] = { I64(tenant), { .kind = DB_END } };
    struct db_rows none;
    bool           all = t->tree || !t->key_count;
    if (!all)
        TRY(last_key(c, a, t, most, args, &all));
    int64_t before = c->engine->changes(c);
    TRY(run_text(c, t, a, erase_text(a, t, all), args, &none));
    (void)db_next(&none);
    TRY(db_done(&none));
    *rows = c->engine->changes(c) - before;
    return OK;
}

err db_count(struct db_conn *c, struct arena *a, const struct db_table *t, int64_t tenant, int64_t *rows)
{
    struct db_rows one;
    TRY(run_text(c, t, a, str_fmt(a, "SELECT COUNT(*) FROM %.*s WHERE tenant_id = $1", STR_ARG(t->name)), DB_ARGS(I64(tenant)), &one));
    *rows = db_next(&one) ? db_i64(&one, 0) : 0;
    return db_done(&one);
}

/* ---- in ---- */

err db_load_open(struct db *db, struct db_load **out)
{
    struct db_load *l = memory(calloc(1, sizeof *l));
    l->arena = arena_new(0);
    l->conn.patient = true;
    err e = conn_open(db, &l->conn, true);
    if (!failed(e))
        e = db->engine->load_begin(l);
    if (failed(e))
        db_load_close(l);
    else
        *out = l;
    return e;
}

struct db_conn *db_load_conn(struct db_load *l)
{
    return &l->conn;
}

err db_load_table(struct db_load *l, const struct db_table *t, int64_t tenant)
{
    arena_reset(l->arena);
    l->table = t;
    l->tenant = tenant;
    return l->conn.engine->load_table(l);
}

err db_load_row(struct db_load *l, const struct db_arg *values)
{
    return l->conn.engine->load_row(l, values);
}

err db_load_end(struct db_load *l)
{
    err e = l->conn.engine->load_end(l);
    l->table = NULL;
    return e;
}

err db_load_commit(struct db_load *l)
{
    conn_end_statements(&l->conn);
    return conn_script(&l->conn, "load", "COMMIT");
}

void db_load_close(struct db_load *l)
{
    if (l->table)
        (void)!failed(l->conn.engine->load_end(l));
    conn_close(&l->conn);   /* what was not committed goes with the connection */
    arena_free(l->arena);
    free(l);
}
