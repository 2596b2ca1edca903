/* move_read.c: a file read from its first member to its last; every row parsed, every count and audit chain held to what the file says. */
#include "move.h"

#include <jansson.h>
#include <stdio.h>

#include "features/audit/audit.h"

#define FACTS_MOST   ((size_t)1024 * 1024)
#define ROWS_MOST    ((size_t)128 * 1024 * 1024)
#define DISTRICTS_AT_MOST 100000

struct reading {
    struct arena             *arena;      /* of the whole */
    struct arena             *chunk;      /* of one member of rows */
    struct arena             *row;
    const struct move_taker  *taker;
    struct move_file         *file;
    struct unpack            *pack;
    struct list               tables;
    int64_t                  *counts;     /* rows of each table of the district under way */
    struct move_district     *d;          /* the one under way, or NULL */
    size_t                    index;
    const struct db_table    *table;      /* the one under way, or NULL */
    struct audit_check        audit;
    int64_t                   line;
    char                      member[128];
};

static err fault(struct reading *r, enum err_code code, const char *why)
{
    snprintf(r->file->where, sizeof r->file->where, "%s%s%s", r->member, *r->member ? ": " : "", why);
    return FAIL(code);
}

static err damaged(struct reading *r, const char *why)
{
    return fault(r, ERR_DAMAGED, why);
}

static err wrong_row(struct reading *r, const char *why)
{
    char text[160];
    snprintf(text, sizeof text, "row %lld: %s", (long long)r->line, why);
    return damaged(r, text);
}

/* ---- facts ---- */

static struct str text_in(struct arena *a, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_string(v) ? str_copy(a, (struct str){ json_string_value(v), json_string_length(v) }) : STR_NONE;
}

static err read_json(struct reading *r, json_t **out)
{
    struct str text;
    err        e = unpack_whole(r->pack, r->chunk, FACTS_MOST, &text);
    if (failed(e))
        return damaged(r, unpack_where(r->pack));
    *out = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(*out))
        return OK;
    json_decref(*out);
    return damaged(r, "it is not what it should be");
}

/* Rows of another schema would not fit: such a file is read by the program that wrote it, whose installation is then migrated. */
static err same_schema(struct reading *r, const json_t *head)
{
    char       text[240];
    int        ours, theirs = r->file->schema;
    struct str digest = db_schema_digest(r->arena, &ours);
    if (str_eq(digest, text_in(r->arena, head, "schema_digest")))
        return OK;
    snprintf(text, sizeof text, theirs > ours ? "it was made by a newer program (%.*s, schema %d; this one knows %d): use that one"
                              : "it was made by another program (%.*s, schema %d; this one has %d): read it with that one, then migrate",
             STR_ARG(r->file->program), theirs, ours);
    return fault(r, ERR_CONFLICT, text);
}

static err take_head(struct reading *r, const json_t *head)
{
    const json_t *numbers = json_object_get(head, "numbers");
    size_t        n = json_array_size(numbers);
    r->file->kind = text_in(r->arena, head, "linli");
    r->file->program = text_in(r->arena, head, "program");
    r->file->schema = (int)json_integer_value(json_object_get(head, "schema"));
    if (!r->file->kind.ptr || n == 0 || n > DISTRICTS_AT_MOST)
        return damaged(r, "it is not a file of this program");
    if (json_integer_value(json_object_get(head, "format")) != MOVE_FORMAT)
        return fault(r, ERR_CONFLICT, "its form is of a newer program");
    TRY(same_schema(r, head));
    struct move_district *d = ARENA_ARRAY(r->arena, n, struct move_district);
    for (size_t i = 0; i < n; i++)
        d[i].number = json_integer_value(json_array_get(numbers, i));
    r->file->districts = (struct list){ .at = d, .len = n };
    return OK;
}

static struct strs hosts_in(struct arena *a, const json_t *o)
{
    const json_t *hosts = json_object_get(o, "hosts");
    size_t        n = json_array_size(hosts);
    struct str   *at = ARENA_ARRAY(a, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        at[i] = str_copy(a, str_of(json_string_value(json_array_get(hosts, i))));
    return (struct strs){ at, n };
}

static err begin_district(struct reading *r, const json_t *o)
{
    if (r->d || r->index == r->file->districts.len)
        return damaged(r, "a district begins where none should");
    r->d = &((struct move_district *)r->file->districts.at)[r->index++];
    r->d->code = text_in(r->arena, o, "code");
    r->d->name = text_in(r->arena, o, "name");
    r->d->time_zone = text_in(r->arena, o, "time_zone");
    r->d->key_mark = text_in(r->arena, o, "key_mark");
    r->d->demo = json_is_true(json_object_get(o, "demo"));
    r->d->created_at = json_integer_value(json_object_get(o, "created_at"));
    r->d->hosts = hosts_in(r->arena, o);
    r->d->city = json_integer_value(json_object_get(o, "city"));
    r->d->closed_at = json_integer_value(json_object_get(o, "closed_at"));
    r->d->moved_to = text_in(r->arena, o, "moved_to");
    if (!r->d->code.ptr || !r->d->name.ptr || !r->d->time_zone.ptr || !r->d->key_mark.ptr)
        return damaged(r, "a fact of the district is missing");
    memset(r->counts, 0, r->tables.len * sizeof *r->counts);
    r->audit = (struct audit_check){ .chain = json_integer_value(json_object_get(o, "chain")) };
    return r->taker->district ? r->taker->district(r->taker->arg, r->index, r->d) : OK;
}

/* ---- rows ---- */

static err end_table(struct reading *r)
{
    const struct db_table *t = r->table;
    r->table = NULL;
    return t && r->taker->table_end ? r->taker->table_end(r->taker->arg, t) : OK;
}

static const struct db_table *table_named(struct reading *r, struct str name)
{
    const struct db_table *t = r->tables.at;
    for (size_t i = 0; i < r->tables.len; i++)
        if (str_eq(t[i].name, name))
            return &t[i];
    return NULL;
}

static err begin_table(struct reading *r, struct str name)
{
    const struct db_table *t = table_named(r, name);
    if (t && t == r->table)
        return OK;
    if (!t || (r->table && t < r->table))
        return damaged(r, "this table is not known, or not in its place");
    TRY(end_table(r));
    r->table = t;
    return r->taker->table ? r->taker->table(r->taker->arg, t) : OK;
}

static bool value_of(struct reading *r, const json_t *v, enum db_kind kind, struct db_arg *out)
{
    struct str text = json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : STR_NONE;
    *out = (struct db_arg){ .kind = json_is_null(v) ? DB_NULL : kind, .i64 = json_integer_value(v), .real = json_number_value(v), .bytes = text };
    if (json_is_null(v))
        return true;
    switch (kind) {
    case DB_I64:  return json_is_integer(v);
    case DB_REAL: return json_is_number(v);
    case DB_TEXT: return text.ptr != NULL;
    default:      return text.ptr && crypto_unbase64(r->row, text, &out->bytes);
    }
}

static int64_t number_at(const struct db_table *t, const struct db_arg *v, const char *column)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (str_is(t->columns[i].name, column))
            return v[i].kind == DB_I64 ? v[i].i64 : 0;
    return 0;
}

static struct str bytes_at(const struct db_table *t, const struct db_arg *v, const char *column)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (str_is(t->columns[i].name, column))
            return v[i].kind == DB_TEXT || v[i].kind == DB_BLOB ? v[i].bytes : STR_NONE;
    return STR_NONE;
}

/* The chain is walked here too: a file that somebody rewrote, digests and all, does not hold it together. */
static void check_audit(struct reading *r, const struct db_arg *v)
{
    const struct db_table *t = r->table;
    if (str_is(t->name, "audit"))
        audit_check_row(&r->audit, r->row,
                        &(struct audit_link){ .seq = number_at(t, v, "seq"), .at = number_at(t, v, "at"), .account = number_at(t, v, "account_id"),
                                              .object = number_at(t, v, "object_id"), .remote = bytes_at(t, v, "remote"),
                                              .request = bytes_at(t, v, "request_id"), .action = bytes_at(t, v, "action"),
                                              .object_kind = bytes_at(t, v, "object_kind"), .detail = bytes_at(t, v, "detail"),
                                              .hash = bytes_at(t, v, "hash") });
    else if (str_is(t->name, "audit_head"))
        audit_check_head(&r->audit, number_at(t, v, "seq"), bytes_at(t, v, "hash"));
}

static err take_values(struct reading *r, const json_t *row)
{
    struct db_arg values[DB_COLUMNS_MOST];
    for (size_t i = 0; i < r->table->column_count; i++)
        if (!value_of(r, json_array_get(row, i), r->table->columns[i].kind, &values[i]))
            return wrong_row(r, "a value is not of its column's kind");
    check_audit(r, values);
    if (r->audit.problem)
        return wrong_row(r, r->audit.problem);
    r->counts[r->table - (const struct db_table *)r->tables.at]++;
    r->d->rows++;
    return r->taker->row ? r->taker->row(r->taker->arg, r->table, values) : OK;
}

static err take_line(struct reading *r, struct str line)
{
    json_t *row = json_loadb(line.ptr, line.len, 0, NULL);
    arena_reset(r->row);
    err e = json_array_size(row) == r->table->column_count ? take_values(r, row) : wrong_row(r, "it cannot be read");
    json_decref(row);
    return e;
}

static bool columns_fit(const struct db_table *t, struct str line)
{
    json_t *names = json_loadb(line.ptr, line.len, 0, NULL);
    bool    fit = json_array_size(names) == t->column_count;
    for (size_t i = 0; i < t->column_count && fit; i++)
        fit = str_eq(str_of(json_string_value(json_array_get(names, i))), t->columns[i].name);
    json_decref(names);
    return fit;
}

/* rows/TABLE/000001.jsonl: the columns' names, then a row a line. */
static err take_rows(struct reading *r, struct str below)
{
    struct str text, name = str_cut(&below, '/');
    if (failed(unpack_whole(r->pack, r->chunk, ROWS_MOST, &text)))
        return damaged(r, unpack_where(r->pack));
    TRY(begin_table(r, name));
    if (!columns_fit(r->table, str_cut(&text, '\n')))
        return damaged(r, "its columns are not those of the table");
    for (r->line = 1; text.len; r->line++)
        TRY(take_line(r, str_cut(&text, '\n')));
    return OK;
}

/* ---- files and the end ---- */

static bool hex_digits(struct str s, size_t n)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789abcdef", s.ptr[i]))
            return false;
    return s.len == n;
}

/* Only what we write ourselves: no name leads anywhere else. */
static bool name_fits(struct str below)
{
    struct str whole = below, first = str_cut(&below, '/'), second = str_cut(&below, '/');
    bool       plain = second.len && below.len && *below.ptr != '.' && str_find(below, '/') < 0;
    int64_t    id;
    if (str_is(first, "jobs"))
        return plain && str_to_i64(second, &id) && id > 0;
    struct str stem = { below.ptr, below.len < 62 ? below.len : 62 }, end = { below.ptr + stem.len, below.len - stem.len };
    if (str_is(first, "files"))
        return plain && hex_digits(second, 2) && hex_digits(stem, 62) && (str_is(end, ".jpg") || str_is(end, ".t.jpg"));
    return str_is(whole, "suggest.model");
}

static err take_file(struct reading *r, struct str below)
{
    char name[128];
    TRY(end_table(r));
    if (!name_fits(below))
        return damaged(r, "no file of ours is called so");
    snprintf(name, sizeof name, "%.*s", STR_ARG(below));
    r->d->files++;
    return r->taker->file ? r->taker->file(r->taker->arg, name, r->pack) : OK;
}

static err end_district(struct reading *r, const json_t *o)
{
    const struct db_table *t = r->tables.at;
    const json_t          *rows = json_object_get(o, "rows");
    TRY(end_table(r));
    for (size_t i = 0; i < r->tables.len; i++)
        if (json_integer_value(json_object_get(rows, str_z(r->chunk, t[i].name))) != r->counts[i]) {
            snprintf(r->member, sizeof r->member, "%zu/rows/%.*s", r->index, STR_ARG(t[i].name));
            return damaged(r, "rows are missing, or there are too many");
        }
    if (json_integer_value(json_object_get(o, "files")) != r->d->files)
        return damaged(r, "files are missing, or there are too many");
    if (!audit_check_end(&r->audit))
        return damaged(r, r->audit.problem);
    r->d->audit_rows = r->audit.rows;
    r->d->missing = json_integer_value(json_object_get(o, "missing"));
    struct move_district *d = r->d;
    r->d = NULL;
    return r->taker->district_end ? r->taker->district_end(r->taker->arg, r->index, d) : OK;
}

/* ---- members ---- */

static err with_json(struct reading *r, err (*take)(struct reading *r, const json_t *o))
{
    json_t *o;
    TRY(read_json(r, &o));
    err e = take(r, o);
    json_decref(o);
    return e;
}

static err take_member(struct reading *r, struct str name)
{
    char    number[24];
    int64_t index;
    if (!r->file->kind.ptr)
        return str_is(name, "linli.json") ? with_json(r, take_head) : damaged(r, "it is not a file of this program");
    struct str below = name, first = str_cut(&below, '/');
    if (!str_to_i64(first, &index))
        return damaged(r, "no member is called so");
    if (str_is(below, "district.json"))
        return with_json(r, begin_district);
    snprintf(number, sizeof number, "%zu", r->index);
    if (!r->d || !str_is(first, number))
        return damaged(r, "it belongs to no district");
    if (str_is(below, "end.json"))
        return with_json(r, end_district);
    struct str kind = below, rest = str_cut(&kind, '/');
    return str_is(rest, "rows") ? take_rows(r, kind) : take_file(r, below);
}

static err read_all(struct reading *r)
{
    struct str name;
    int64_t    size;
    for (;;) {
        arena_reset(r->chunk);
        if (failed(unpack_next(r->pack, &name, &size))) {
            *r->member = 0;
            return damaged(r, unpack_where(r->pack));
        }
        if (!name.ptr)
            break;
        snprintf(r->member, sizeof r->member, "%.*s", STR_ARG(name));
        TRY(take_member(r, name));
    }
    *r->member = 0;
    bool whole = r->file->kind.ptr && !r->d && r->index == r->file->districts.len;
    return whole ? OK : damaged(r, "a district is missing at its end");
}

err move_read(struct arena *a, const char *path, const struct move_taker *taker, struct move_file *out)
{
    struct reading r = { .arena = a, .taker = taker, .file = out };
    *out = (struct move_file){ 0 };
    err e = unpack_begin(path, &r.pack);
    if (failed(e))
        return e.code == ERR_NOT_FOUND ? fault(&r, ERR_NOT_FOUND, "there is no such file") : fault(&r, e.code, "it cannot be opened");
    r.chunk = arena_new(0);
    r.row = arena_new(0);
    db_tables(a, &r.tables);
    r.counts = ARENA_ARRAY(a, r.tables.len + 1, int64_t);
    e = read_all(&r);
    unpack_end(r.pack);
    arena_free(r.row);
    arena_free(r.chunk);
    return e;
}

err move_verify(struct arena *a, const char *path, struct move_file *out)
{
    return move_read(a, path, &(struct move_taker){ 0 }, out);
}
