/* Every migration and statement linked into the program, one JSON object a line, for tools/sql-check. */
#include "db.h"

#include "../base/jsonw.h"

static void list_of(struct jsonw *j, const char *key, const char *const *texts)
{
    jsonw_key(j, key);
    jsonw_list(j);
    for (; texts && *texts; texts++)
        jsonw_z(j, *texts);
    jsonw_list_end(j);
}

static void migration(struct jsonw *j, struct arena *a, const struct db_migration *m)
{
    jsonw_kv_z(j, "kind", "migration");
    jsonw_kv_i64(j, "number", m->number);
    jsonw_kv_z(j, "name", m->name);
    jsonw_kv_str(j, "text", m->text);
    jsonw_kv_str(j, "postgres", db_migration_for(a, m, true));
}

static void statement(struct jsonw *j, const struct db_sql *s)
{
    jsonw_kv_z(j, "kind", "statement");
    jsonw_kv_z(j, "name", s->name);
    jsonw_kv_z(j, "file", s->file);
    jsonw_kv_z(j, "sqlite", s->sqlite);
    jsonw_kv_z(j, "postgres", s->postgres ? s->postgres : s->sqlite);
}

static void family(struct jsonw *j, const struct db_family *f)
{
    jsonw_kv_z(j, "kind", "family");
    jsonw_kv_z(j, "name", f->name);
    jsonw_kv_z(j, "file", f->file);
    jsonw_kv_z(j, "head", f->head);
    list_of(j, "fragments", f->fragments);
    list_of(j, "tails", f->tails);
}

static void end_line(struct jsonw *j, struct arena *a, FILE *out)
{
    jsonw_close(j);
    fwrite(j->out->ptr, 1, j->out->len, out);
    putc('\n', out);
    arena_reset(a);
}

static struct jsonw begin_line(struct buf *line, struct arena *a)
{
    *line = buf_new(a, 0);
    struct jsonw j = jsonw_on(line);
    jsonw_open(&j);
    return j;
}

void db_dump_sql(FILE *out)
{
    struct arena *a = arena_new(1 << 16);
    struct buf    line;
    size_t        count;
    const struct db_migration *m = db_migrations(&count);
    for (size_t i = 0; i < count; i++) {
        struct jsonw j = begin_line(&line, a);
        migration(&j, a, &m[i]);
        end_line(&j, a, out);
    }
    const struct db_sql *s = db_sql_all(&count);
    for (size_t i = 0; i < count; i++) {
        struct jsonw j = begin_line(&line, a);
        statement(&j, &s[i]);
        end_line(&j, a, out);
    }
    const struct db_family *f = db_family_all(&count);
    for (size_t i = 0; i < count; i++) {
        struct jsonw j = begin_line(&line, a);
        family(&j, &f[i]);
        end_line(&j, a, out);
    }
    arena_free(a);
}
