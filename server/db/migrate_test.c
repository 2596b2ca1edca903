/* Tests of migrations, their templates and the doctor. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "postgres.h"
#include "sqlite.h"
#include "test_db.h"

#define assert_err(call, want) assert_int_equal((call).code, (want))
#define assert_ok(call)        assert_err(call, ERR_NONE)

static struct test_db t;
static struct arena  *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open_bare(&t, (struct db_options){ .readers = 1 });
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    test_db_close(&t);
    arena_free(arena);
    return 0;
}

static int64_t number_postgres(const char *text)
{
    PGconn   *session = PQconnectdb(t.path);
    PGresult *r = PQexec(session, text);
    int64_t   n = PQntuples(r) ? atoll(PQgetvalue(r, 0, 0)) : -1;
    PQclear(r);
    PQfinish(session);
    return n;
}

static int64_t number(const char *text)
{
    sqlite3      *handle;
    if (test_db_postgres())
        return number_postgres(text);
    sqlite3_stmt *s;
    assert_ok(handle_open(t.path, false, &handle));
    int64_t n = -1;
    if (sqlite3_prepare_v2(handle, text, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
        n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(handle);
    return n;
}

static err script(struct db_conn *c, void *arg)
{
    return conn_script(c, "test", arg);
}

static void run(const char *text)
{
    assert_ok(db_write(t.db, 0, script, (void *)text));
}

/* The embedded ones and room for more. */
static struct migration_set copy_of_embedded(void)
{
    struct migration_set all = migrations_embedded(), copy = { .count = all.count };
    struct db_migration *at = ARENA_ARRAY(arena, all.count + 2, struct db_migration);
    memcpy(at, all.at, all.count * sizeof *at);
    copy.at = at;
    return copy;
}

static struct migration_set with_one_more(const char *text)
{
    struct migration_set set = copy_of_embedded();
    ((struct db_migration *)set.at)[set.count] =
        (struct db_migration){ .number = set.at[set.count - 1].number + 1, .name = "9999_more", .text = str_of(text) };
    set.count++;
    return set;
}

/* Those before a number: a database of an older program. */
static struct migration_set before(int number)
{
    struct migration_set set = migrations_embedded();
    while (set.count && set.at[set.count - 1].number >= number)
        set.count--;
    return set;
}

static void twice_changes_nothing(void **state)
{
    (void)state;
    int applied;
    assert_err(db_schema_check(t.db), ERR_CONFLICT);
    assert_ok(db_migrate(t.db, &applied));
    assert_int_equal(applied, migrations_embedded().count);
    int64_t changes = number("SELECT count(*) || sum(applied_at) FROM migration");
    assert_ok(db_migrate(t.db, &applied));
    assert_int_equal(applied, 0);
    assert_int_equal(number("SELECT count(*) || sum(applied_at) FROM migration"), changes);
    assert_ok(db_schema_check(t.db));
}

static void numbers_ascend(void **state)
{
    (void)state;
    struct migration_set all = migrations_embedded();
    assert_true(all.count >= 3);
    for (size_t i = 0; i < all.count; i++) {
        assert_true(i == 0 || all.at[i].number > all.at[i - 1].number);
        assert_int_equal(strlen(all.at[i].text.ptr), all.at[i].text.len);
    }
}

static void a_later_one_is_applied_alone(void **state)
{
    (void)state;
    int applied;
    struct migration_set more = with_one_more("-- table: More\nCREATE TABLE more (\n    a BIGINT NOT NULL, -- first [personal: to try; a day]\n"
                                              "    PRIMARY KEY (a)\n) /*STRICT*/;\nALTER TABLE more ADD COLUMN b TEXT; -- second, it's late\n");
    assert_ok(db_migrate(t.db, &applied));
    assert_err(schema_check_with(t.db, &more), ERR_CONFLICT);
    assert_ok(migrate_with(t.db, &more, &applied));
    assert_int_equal(applied, 1);
    assert_ok(schema_check_with(t.db, &more));
    assert_int_equal(number("SELECT count(*) FROM catalogue WHERE table_name = 'more'"), 3);
    assert_int_equal(number("SELECT count(*) FROM catalogue WHERE table_name = 'more' AND column_name = 'a' AND description = 'first' "
                            "AND personal = 'to try; a day'"), 1);
    assert_int_equal(number("SELECT count(*) FROM catalogue WHERE column_name = 'b' AND description = 'second, it''s late'"), 1);

    /* The program of yesterday meets the database of today. */
    assert_err(db_migrate(t.db, &applied), ERR_CONFLICT);
    assert_err(db_schema_check(t.db), ERR_CONFLICT);
}

#define OLD_FACT(id, holder, bits, turns)                                                                                          \
    "INSERT INTO insight_fact (tenant_id, case_id, holder_id, bits, reported_day, dispatched_day, state, turns, answers) "        \
    "VALUES (1, " #id ", " #holder ", " #bits ", 20000, NULLIF(20001 * " #turns ", 0), 4, " #turns ", 0);"
#define OLD_TURN(id, org, day, bits)                                                                                               \
    "INSERT INTO insight_turn (tenant_id, case_id, org_id, day, bits) VALUES (1, " #id ", " #org ", " #day ", " #bits ");"

/* A row for every dispatch before, only for further ones now: migration 0116. */
static void first_dispatches_move_to_their_cases(void **state)
{
    (void)state;
    int applied;
    struct migration_set old = before(116);
    assert_ok(migrate_with(t.db, &old, &applied));
    run(OLD_FACT(1, NULL, 1, 0)                                                             /* never dispatched */
        OLD_FACT(2, 50, 139, 1) OLD_TURN(2, 50, 20001, 10)                                  /* told by its case */
        OLD_FACT(3, NULL, 13, 1) OLD_TURN(3, 50, 20001, 12)                                 /* returned */
        OLD_FACT(4, 70, 13, 3) OLD_TURN(4, 50, 20001, 8) OLD_TURN(4, 60, 20001, 4) OLD_TURN(4, 70, 20003, 0)
        OLD_FACT(5, 60, 13, 3) OLD_TURN(5, 60, 20001, 12) OLD_TURN(5, 50, 20002, 0));       /* came back */
    assert_ok(db_migrate(t.db, &applied));
    assert_true(applied > 0);
    assert_int_equal(number("SELECT count(*) FROM insight_turn"), 3);
    assert_int_equal(number("SELECT sum(case_id * org_id) FROM insight_turn WHERE bits = 4 AND day = 20001 OR bits = 0 AND day > 20001"), 4 * 60 + 4 * 70 + 5 * 50);
    assert_int_equal(number("SELECT count(*) FROM insight_fact WHERE case_id IN (1, 2, 5) AND first_org_id IS NULL AND first_bits IS NULL"), 3);
    assert_int_equal(number("SELECT count(*) FROM insight_fact WHERE case_id = 3 AND first_org_id = 50 AND first_bits IS NULL"), 1);
    assert_int_equal(number("SELECT count(*) FROM insight_fact WHERE case_id = 4 AND first_org_id = 50 AND first_bits = 8"), 1);
    assert_int_equal(number("SELECT count(*) FROM insight_fact WHERE bits IN (1, 139, 13) AND turns IN (0, 1, 3)"), 5);
    assert_ok(db_schema_check(t.db));
}

static void a_changed_one_is_refused(void **state)
{
    (void)state;
    int applied;
    assert_ok(db_migrate(t.db, &applied));
    struct migration_set set = copy_of_embedded();
    struct db_migration *second = &((struct db_migration *)set.at)[1];
    second->text = str_fmt(arena, "%s-- a word more\n", second->text.ptr);
    assert_err(migrate_with(t.db, &set, &applied), ERR_CONFLICT);
    assert_int_equal(applied, 0);
    assert_err(schema_check_with(t.db, &set), ERR_CONFLICT);
    second->text = set.at[0].text;
    second->number = 17;
    assert_err(migrate_with(t.db, &set, &applied), ERR_CONFLICT);
}

/* A role may own a schema of a database in which others have theirs. */
static void another_schema_is_nobodys_business(void **state)
{
    (void)state;
    if (!test_db_postgres())
        skip();   /* one file, one schema */
    run("CREATE SCHEMA other; CREATE TABLE other.migration (number INTEGER)");
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    assert_ok(db_schema_check(t.db));
}

static void a_failing_one_leaves_nothing(void **state)
{
    (void)state;
    int applied;
    struct migration_set broken = with_one_more("CREATE TABLE half (a BIGINT);\nINSERT INTO half (a) VALUES (1);\nCREATE TABLE cases (a BIGINT);\n");
    assert_err(migrate_with(t.db, &broken, &applied), ERR_INTERNAL);
    assert_int_equal(applied, broken.count - 1);
    assert_int_equal(number(test_db_postgres() ? "SELECT count(*) FROM pg_class WHERE relname = 'half'" : "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
    assert_int_equal(number("SELECT count(*) FROM migration"), broken.count - 1);
    assert_ok(db_schema_check(t.db));
}

static void the_template_serves_both_engines(void **state)
{
    (void)state;
    struct db_migration m = { .number = 1, .name = "0001_x", .text = str_of(
        "-- table: A BIGINT thing, it's one\n"
        "CREATE TABLE thing (\n"
        "    id BIGINT NOT NULL, -- id\n"
        "    at DOUBLE PRECISION, -- where\n"
        "    raw BYTEA, -- bytes [personal: use; a year]\n"
        "    name TEXT DEFAULT 'BYTEA', -- MY_BIGINT stays\n"
        "    PRIMARY KEY (id)\n"
        ") /*STRICT, WITHOUT ROWID*/;\n") };
    const char *s = db_migration_for(arena, &m, false).ptr, *p = db_migration_for(arena, &m, true).ptr;
    assert_non_null(strstr(s, "id INTEGER NOT NULL"));
    assert_non_null(strstr(s, "at REAL,"));
    assert_non_null(strstr(s, "raw BLOB,"));
    assert_non_null(strstr(s, "DEFAULT 'BYTEA'"));
    assert_non_null(strstr(s, ") STRICT, WITHOUT ROWID;"));
    assert_null(strstr(s, "COMMENT ON"));
    assert_non_null(strstr(s, "('thing', 'raw', 'bytes', 'use; a year')"));
    assert_non_null(strstr(p, "id BIGINT NOT NULL"));
    assert_non_null(strstr(p, "/*STRICT, WITHOUT ROWID*/"));
    assert_non_null(strstr(p, "COMMENT ON TABLE thing IS 'A BIGINT thing, it''s one';"));
    assert_non_null(strstr(p, "COMMENT ON COLUMN thing.raw IS 'bytes [personal: use; a year]';"));
    assert_null(strstr(p, "thing.PRIMARY"));
}

#define NOT_OF_AN_INDEX                                                                                                          \
    "NOT EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%' AND s.name LIKE v.name || '\\_%' ESCAPE '\\') "

static void everything_is_described(void **state)
{
    (void)state;
    if (test_db_postgres())
        skip();   /* tools/sql-check looks at the comments */
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    /* A full-text index keeps tables of its own; what is in them is described with it. */
    assert_int_equal(number("SELECT count(*) FROM sqlite_schema s WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND " NOT_OF_AN_INDEX "AND NOT EXISTS "
                            "(SELECT 1 FROM catalogue c WHERE c.table_name = s.name AND c.column_name = '')"), 0);
    assert_int_equal(number("SELECT count(*) FROM sqlite_schema s, pragma_table_info(s.name) i WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite%' AND " NOT_OF_AN_INDEX
                            "AND NOT EXISTS (SELECT 1 FROM catalogue c WHERE c.table_name = s.name AND c.column_name = i.name)"), 0);
    assert_true(number("SELECT count(*) FROM catalogue WHERE personal IS NOT NULL") > 10);
}

/* ---- doctor ---- */

static size_t findings(const char *check, struct list *all)
{
    size_t n = 0;
    assert_ok(db_doctor(t.db, arena, true, all));
    for (size_t i = 0; i < all->len; i++)
        n += strcmp(((struct db_finding *)all->at)[i].check, check) == 0;
    return n;
}

static void the_doctor_finds_a_changed_schema(void **state)
{
    (void)state;
    struct list all;
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    findings("", &all);
    assert_int_equal(all.len, 0);
    run("CREATE TABLE stray (a INTEGER); DROP INDEX cases_state; DROP INDEX cases_area;"
        "CREATE INDEX cases_area ON cases (tenant_id, area_id);");
    assert_int_equal(findings("schema", &all), 3);
    assert_int_equal(all.len, 3);
    run("UPDATE migration SET checksum = 'other' WHERE number = 2");
    assert_int_equal(findings("migrations", &all), 1);
}

static void the_doctor_finds_lost_references(void **state)
{
    (void)state;
    struct list all;
    sqlite3    *other;
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    if (test_db_postgres()) {
        run("UPDATE pg_constraint SET convalidated = false WHERE conrelid = CAST('case_event' AS regclass) AND contype = 'f'");
        assert_int_equal(findings("references", &all), number("SELECT count(*) FROM pg_constraint WHERE NOT convalidated"));
        assert_true(all.len > 0);
        return;
    }
    assert_ok(handle_open(t.path, true, &other));
    assert_int_equal(sqlite3_exec(other, "PRAGMA foreign_keys = OFF; INSERT INTO case_event (tenant_id, case_id, seq, at, action, from_state, "
                                         "to_state, internal) VALUES (1, 1, 1, 1, 1, 1, 1, 0)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    usleep(1500000);   /* a reader may keep its snapshot for a second */
    assert_int_equal(findings("references", &all), 1);
    assert_true(str_is(((struct db_finding *)all.at)[0].text, "a row of case_event refers to a row of cases that is not there"));
}

static void the_doctor_finds_what_is_damaged(void **state)
{
    (void)state;
    struct list all;
    struct db_options o = { .path = t.path, .readers = 1 };
    assert_ok(db_migrate(t.db, &(int){ 0 }));
    if (test_db_postgres()) {
        run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = CAST('cases_state' AS regclass)");
        assert_int_equal(findings("integrity", &all), 1);
        return;
    }
    run("WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
        "INSERT INTO counter (tenant_id, name, value) SELECT 1, 'name ' || i, i FROM n");
    int64_t page = number("SELECT pageno FROM dbstat WHERE name = 'counter' AND pagetype = 'leaf' LIMIT 1 OFFSET 2");
    assert_true(page > 1);
    int64_t size = number("PRAGMA page_size");
    db_close(t.db);
    FILE *f = fopen(t.path, "r+");
    assert_int_equal(fseek(f, (page - 1) * size, SEEK_SET), 0);
    for (int i = 0; i < size; i++)
        fputc(0x5A, f);
    fclose(f);
    assert_ok(db_open(&o, &t.db));
    assert_true(findings("integrity", &all) >= 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(twice_changes_nothing),
        T(numbers_ascend),
        T(a_later_one_is_applied_alone),
        T(first_dispatches_move_to_their_cases),
        T(a_changed_one_is_refused),
        T(another_schema_is_nobodys_business),
        T(a_failing_one_leaves_nothing),
        T(the_template_serves_both_engines),
        T(everything_is_described),
        T(the_doctor_finds_a_changed_schema),
        T(the_doctor_finds_lost_references),
        T(the_doctor_finds_what_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
