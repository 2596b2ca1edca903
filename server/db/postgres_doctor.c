/* What is wrong with a database of PostgreSQL: indexes left half made, references never checked, a schema changed by hand. Damaged pages
 * are for the server's own checksums and pg_amcheck to find. */
#include "postgres.h"

#define INVALID                                                                                                                          \
    "SELECT 'integrity', 'index ' || c.relname || ' is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "                \
    "WHERE NOT i.indisvalid AND c.relnamespace = CAST(current_schema() AS regnamespace) "                                                  \
    "UNION ALL SELECT 'references', conname || ' of ' || CAST(conrelid AS regclass) || ' was never checked' FROM pg_constraint "           \
    "WHERE NOT convalidated AND connamespace = CAST(current_schema() AS regnamespace)"

/* Pretty definitions leave out the name of a schema that is searched anyway: so they are the same in any. */
#define OBJECTS                                                                                                                          \
    "SELECT c.relname COLLATE \"C\", pg_get_indexdef(c.oid, 0, true) FROM pg_class c WHERE c.relkind = 'i' "                               \
    "AND c.relnamespace = CAST(current_schema() AS regnamespace) "                                                                         \
    "UNION ALL SELECT c.relname COLLATE \"C\", "                                                                                           \
    "(SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END "  \
    "|| COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''), ', ' ORDER BY a.attnum) FROM pg_attribute a "                        \
    "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 "                   \
    "AND NOT a.attisdropped) || COALESCE((SELECT string_agg(pg_get_constraintdef(k.oid, true), '; ' ORDER BY k.conname) "                  \
    "FROM pg_constraint k WHERE k.conrelid = c.oid), '') "                                                                                 \
    "FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace) ORDER BY 1"

static struct str column(struct arena *a, const PGresult *r, int row, int i)
{
    return str_copy(a, str_of(PQgetvalue(r, row, i)));
}

static err ask(struct db_conn *c, PGconn *session, const char *what, const char *text, PGresult **out)
{
    *out = PQexec(session, text);
    ExecStatusType status = PQresultStatus(*out);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ? OK : postgres_err(c, *out, what);
}

static err tell(struct db_conn *c, PGconn *session, const char *what, const char *text)
{
    PGresult *r;
    TRY(ask(c, session, what, text, &r));
    PQclear(r);
    return OK;
}

static err objects_of(struct db_conn *c, PGconn *session, struct arena *a, struct list *out)
{
    PGresult *r;
    TRY(ask(c, session, "objects", OBJECTS, &r));
    struct object *at = ARENA_ARRAY(a, (size_t)PQntuples(r) + 1, struct object);
    for (int i = 0; i < PQntuples(r); i++)
        at[i] = (struct object){ column(a, r, i, 0), column(a, r, i, 1) };
    *out = (struct list){ .at = at, .len = (size_t)PQntuples(r) };
    PQclear(r);
    return OK;
}

/* The schema as the migrations make it, in a transaction that is never committed. */
static err make_expected(struct db_conn *c, PGconn *session, struct arena *a, struct list *out)
{
    struct migration_set all = migrations_embedded();
    TRY(tell(c, session, "expected", "BEGIN; CREATE SCHEMA linli_expected; SET LOCAL search_path = linli_expected"));
    for (size_t i = 0; i < all.count; i++)
        TRY(tell(c, session, all.at[i].name, db_migration_for(a, &all.at[i], true).ptr));
    return objects_of(c, session, a, out);
}

err postgres_examine(struct db_conn *c, struct examination *x)
{
    PGresult   *r;
    PGconn     *other;
    struct list want, have;
    TRY(ask(c, pg_own(c)->session, "invalid", INVALID, &r));
    for (int i = 0; i < PQntuples(r); i++)
        finding(x, str_is(column(x->arena, r, i, 0), "integrity") ? "integrity" : "references", column(x->arena, r, i, 1));
    PQclear(r);
    TRY(objects_of(c, pg_own(c)->session, x->arena, &have));
    TRY(postgres_session(c->db, &other));
    err e = make_expected(c, other, x->arena, &want);
    PQfinish(other);
    if (!failed(e))
        compare_schema(x, want, have);
    return e;
}
