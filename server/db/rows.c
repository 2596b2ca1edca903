/* From rows to structs, over the primitive queries; the same for every engine. */
#include "inside.h"

#include <stdlib.h>

#include "../base/buf.h"
#include "../base/log.h"

#define ROWS_MOST ((size_t)100000)

static int word_of(const struct field *f, struct db_rows *rows, int column)
{
    struct str text = db_text(rows, column);
    for (int i = 1; text.ptr && f->words[i]; i++)
        if (str_is(text, f->words[i]))
            return i;
    return 0;
}

static void map_one(struct db_rows *rows, int column, struct arena *a, const struct field *f, void *member)
{
    const struct engine *e = rows->conn->engine;
    switch (f->kind) {
    case KIND_STR:
    case KIND_JSON: *(struct str *)member = str_copy(a, e->text(rows->stmt, column)); break;
    case KIND_I64:
    case KIND_ID:
    case KIND_TIME: *(int64_t *)member = e->i64(rows->stmt, column); break;
    case KIND_REAL: *(double *)member = db_real(rows, column); break;
    case KIND_BOOL: *(bool *)member = db_bool(rows, column); break;
    case KIND_WORD: *(int *)member = word_of(f, rows, column); break;
    default:
        log_event(LOG_ERROR, "database_misuse", "what", "this kind of field cannot be mapped", "field", f->name, NULL);
        abort();
    }
}

void db_map(struct db_rows *rows, struct arena *a, const struct field *table, void *out)
{
    if (!rows->open)
        misuse("a row was read where there is none", "");
    for (int i = 0; table[i].kind != KIND_END; i++)
        map_one(rows, i, a, &table[i], (char *)out + table[i].offset);
}

err db_one(struct db_conn *c, struct arena *a, const struct db_sql *sql, const struct db_arg *args,
           const struct field *table, void *out)
{
    struct db_rows rows;
    TRY(db_query(c, sql, args, &rows));
    bool found = db_next(&rows);
    if (found)
        db_map(&rows, a, table, out);
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

/* Doubles the array, so that a long list costs at most twice its size in the arena. */
static void grow(struct arena *a, struct list *list, size_t *cap, size_t size)
{
    size_t more = *cap ? *cap * 2 : 16;
    void  *bigger = arena_array(a, more, size);
    if (list->len)
        memcpy(bigger, list->at, list->len * size);
    list->at = bigger;
    *cap = more;
}

err db_all(struct db_conn *c, struct arena *a, const struct db_sql *sql, const struct db_arg *args,
           const struct field *table, size_t size, size_t most, struct list *out)
{
    struct db_rows rows;
    TRY(db_query(c, sql, args, &rows));
    return db_take(&rows, a, table, size, most, out);
}

err db_take(struct db_rows *rows, struct arena *a, const struct field *table, size_t size, size_t most, struct list *out)
{
    size_t cap = 0;
    *out = (struct list){ 0 };
    while (out->len < (most ? most : ROWS_MOST) && db_next(rows)) {
        if (out->len == cap)
            grow(a, out, &cap, size);
        db_map(rows, a, table, (char *)out->at + out->len * size);
        out->len++;
    }
    return db_done(rows);
}

err db_number(struct db_conn *c, const struct db_sql *sql, const struct db_arg *args, int64_t *out)
{
    struct db_rows rows;
    TRY(db_query(c, sql, args, &rows));
    bool found = db_next(&rows);
    *out = found ? db_i64(&rows, 0) : 0;
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

struct str db_keys(struct arena *a, struct ids ids)
{
    struct buf b = buf_new(a, 0);
    buf_byte(&b, '{');
    for (size_t i = 0; i < ids.len; i++) {
        buf_z(&b, i ? ",\"" : "\"");
        buf_i64(&b, ids.at[i]);
        buf_z(&b, "\":0");
    }
    buf_byte(&b, '}');
    return buf_view(&b);
}
