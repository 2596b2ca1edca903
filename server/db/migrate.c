/* Migrations: forward only, in order, each in one transaction together with the row that records it. */
#include "inside.h"

#include <stdio.h>

#include "../base/crypto.h"
#include "../base/log.h"

DB_SQL2(migration_table_there,
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'")
DB_SQL(migration_list, "SELECT number, name, checksum FROM migration ORDER BY number")
DB_SQL(migration_record, "INSERT INTO migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)")

struct applied {
    int64_t    number;
    struct str name, checksum;
};

static const struct field applied_columns[] = {
    FIELD_I64(struct applied, number, 0, 0, 0, ""),
    FIELD_STR(struct applied, name, 0, 0, 0, ""),
    FIELD_STR(struct applied, checksum, 0, 0, 0, ""),
    FIELD_END
};

static struct str checksum(struct arena *a, struct str text)
{
    unsigned char hash[HASH_SIZE];
    crypto_sha256(text.ptr, text.len, hash);
    return str_hex(a, hash, sizeof hash);
}

static err applied_list(struct db_conn *c, struct arena *a, struct list *out)
{
    int64_t there;
    *out = (struct list){ 0 };
    TRY(db_number(c, &migration_table_there, DB_NO_ARGS, &there));
    if (!there)
        return OK;
    return db_all(c, a, &migration_list, DB_NO_ARGS, applied_columns, sizeof(struct applied), 0, out);
}

static err refuse(const char *why, struct arena *a, struct str name)
{
    log_event(LOG_ERROR, "migration_refused", "why", why, "name", str_z(a, name), NULL);
    return FAIL(ERR_CONFLICT);
}

/* What was applied must be the beginning of what this program knows, word for word. */
static err compare(struct arena *a, const struct migration_set *known, const struct list *applied)
{
    const struct applied *row = applied->at;
    for (size_t i = 0; i < applied->len; i++) {
        if (i >= known->count)
            return refuse("the database was made by a newer program", a, row[i].name);
        const struct db_migration *m = &known->at[i];
        if (row[i].number != m->number)
            return refuse("applied in another order, or not known to this program", a, row[i].name);
        if (!str_eq(row[i].checksum, checksum(a, m->text)))
            return refuse("it has been changed since it was applied", a, row[i].name);
    }
    return OK;
}

static err apply(struct db_conn *c, struct arena *a, const struct db_migration *m)
{
    struct str text = db_migration_for(a, m, c->engine->postgres);
    TRY(conn_script(c, m->name, text.ptr));
    return db_exec(c, &migration_record,
                   DB_ARGS(I64(m->number), TEXT(str_of(m->name)), TEXT(checksum(a, m->text)), TIME(clock_now())), NULL);
}

struct step {
    const struct migration_set *known;
    struct arena               *arena;
    bool                        did;
};

/* Applies the first that is missing. Looks anew each time: another process may be at the same work. */
static err next_missing(struct db_conn *c, void *arg)
{
    struct step *s = arg;
    struct list  applied;
    s->did = false;
    TRY(applied_list(c, s->arena, &applied));
    TRY(compare(s->arena, s->known, &applied));
    if (applied.len == s->known->count)
        return OK;
    TRY(apply(c, s->arena, &s->known->at[applied.len]));
    s->did = true;
    return OK;
}

err migrate_with(struct db *db, const struct migration_set *known, int *applied)
{
    struct step s = { .known = known, .arena = arena_new(0), .did = true };
    err e = OK;
    for (*applied = 0; s.did && !failed(e); *applied += s.did) {
        arena_reset(s.arena);
        s.did = false;
        e = db_write(db, 0, next_missing, &s);
        s.did = s.did && !failed(e);
    }
    arena_free(s.arena);
    return e;
}

static err all_applied(struct db_conn *c, void *arg)
{
    struct step *s = arg;
    struct list  applied;
    TRY(applied_list(c, s->arena, &applied));
    TRY(compare(s->arena, s->known, &applied));
    if (applied.len < s->known->count)
        return refuse("it has not been applied; run `linli migrate`", s->arena, str_of(s->known->at[applied.len].name));
    return OK;
}

err schema_check_with(struct db *db, const struct migration_set *known)
{
    struct step s = { .known = known, .arena = arena_new(0) };
    err e = db_read(db, all_applied, &s);
    arena_free(s.arena);
    return e;
}

struct migration_set migrations_embedded(void)
{
    struct migration_set all;
    all.at = db_migrations(&all.count);
    return all;
}

err db_migrate(struct db *db, int *applied)
{
    struct migration_set all = migrations_embedded();
    TRY(migrate_with(db, &all, applied));
    return db_write(db, 0, db->engine->statistics, NULL);
}

err db_schema_check(struct db *db)
{
    struct migration_set all = migrations_embedded();
    return schema_check_with(db, &all);
}
