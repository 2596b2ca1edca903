/* For tests only: a database of its own, with all migrations applied, gone at the end. In a new folder on SQLite; where LINLI_TEST_DB names a
 * PostgreSQL (postgresql://… of its database postgres), a database there. Include after cmocka.h. */
#ifndef LINLI_DB_TEST_DB_H
#define LINLI_DB_TEST_DB_H

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db.h"
#include "../base/crypto.h"

struct test_db {
    struct db *db;
    char       folder[64];
    char       path[256];
    char       name[48];    /* of the database on PostgreSQL; empty on SQLite */
};

static inline bool test_db_postgres(void)
{
    const char *url = getenv("LINLI_TEST_DB");
    return url && *url;
}

static inline void test_db_address(char *out, size_t size, const char *name)
{
    const char *url = getenv("LINLI_TEST_DB");
    assert_true((size_t)snprintf(out, size, "%s%cdbname=%s", url, strchr(url, '?') ? '&' : '?', name) < size);
}

/* Runs a text in a database of that server. */
static inline void test_db_run(const char *name, const char *text)
{
    char address[256];
    test_db_address(address, sizeof address, name);
    PGconn   *server = PQconnectdb(address);
    PGresult *r = PQexec(server, text);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        fprintf(stderr, "%s: %s", text, PQerrorMessage(server));
    assert_int_equal(PQresultStatus(r), PGRES_COMMAND_OK);
    PQclear(r);
    PQfinish(server);
}

static inline void test_db_server(const char *format, const char *name)
{
    char text[120];
    snprintf(text, sizeof text, format, name);
    test_db_run("postgres", text);
}

static inline void test_db_migrated(struct db *db)
{
    int applied;
    assert_int_equal(db_migrate(db, &applied).code, ERR_NONE);
    assert_true(applied > 0);
}

/* Made once by each program; emptied for the next test, which is much quicker than a new one. */
static char test_db_kept[48];

static inline void test_db_drop_kept(void)
{
    test_db_server("DROP DATABASE %s WITH (FORCE)", test_db_kept);
}

#define TEST_DB_EMPTY                                                                                                              \
    "DO $$ DECLARE t text; BEGIN SET LOCAL session_replication_role = replica; FOR t IN SELECT relname FROM pg_class "               \
    "WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace) AND relname NOT IN ('migration', 'catalogue') "           \
    "LOOP EXECUTE format('DELETE FROM %I', t); END LOOP; END $$"

static inline void test_db_place(struct test_db *t)
{
    static int  count;
    const char *tmp = getenv("TMPDIR");
    assert_false(failed(crypto_start()));
    *t = (struct test_db){ 0 };
    snprintf(t->folder, sizeof t->folder, "%.40s/linli-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(t->folder));
    snprintf(t->path, sizeof t->path, "%s/linli.db", t->folder);
    if (test_db_postgres())
        snprintf(t->name, sizeof t->name, "linli_test_%d_%d", (int)getpid(), ++count);
}

/* Without a schema. */
static inline void test_db_open_bare(struct test_db *t, struct db_options o)
{
    test_db_place(t);
    if (*t->name) {
        test_db_server("CREATE DATABASE %s", t->name);
        test_db_address(t->path, sizeof t->path, t->name);
    }
    o.path = t->path;
    assert_int_equal(db_open(&o, &t->db).code, ERR_NONE);
}

/* SQLite: the file with its schema as the first test of a program made it; those that follow begin with a copy. */
static char  *test_db_file;
static size_t test_db_size;

static inline void test_db_remember(struct test_db *t)
{
    db_close(t->db);   /* the log goes into the file */
    FILE *f = fopen(t->path, "rb");
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    test_db_size = (size_t)ftell(f);
    rewind(f);
    test_db_file = malloc(test_db_size);
    assert_non_null(test_db_file);
    assert_int_equal(fread(test_db_file, 1, test_db_size, f), test_db_size);
    fclose(f);
}

static inline void test_db_open_file(struct test_db *t)
{
    if (test_db_file) {
        test_db_place(t);
        FILE *f = fopen(t->path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(test_db_file, 1, test_db_size, f), test_db_size);
        fclose(f);
    } else {
        test_db_open_bare(t, (struct db_options){ 0 });
        test_db_migrated(t->db);
        test_db_remember(t);
    }
    assert_int_equal(db_open(&(struct db_options){ .path = t->path }, &t->db).code, ERR_NONE);
}

static inline void test_db_open(struct test_db *t)
{
    if (!test_db_postgres()) {
        test_db_open_file(t);
        return;
    }
    if (!*test_db_kept) {
        test_db_open_bare(t, (struct db_options){ 0 });
        test_db_migrated(t->db);
        memcpy(test_db_kept, t->name, sizeof test_db_kept);
        atexit(test_db_drop_kept);
        return;
    }
    test_db_place(t);
    memcpy(t->name, test_db_kept, sizeof t->name);
    test_db_address(t->path, sizeof t->path, t->name);
    test_db_run(t->name, TEST_DB_EMPTY);
    assert_int_equal(db_open(&(struct db_options){ .path = t->path }, &t->db).code, ERR_NONE);
}

static inline void test_db_remove(struct test_db *t)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[272];
    for (size_t i = 0; !*t->name && i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", t->path, ends[i]);
        unlink(name);
    }
    if (*t->name && strcmp(t->name, test_db_kept) != 0)
        test_db_server("DROP DATABASE %s WITH (FORCE)", t->name);
    rmdir(t->folder);
}

static inline void test_db_close(struct test_db *t)
{
    db_close(t->db);
    test_db_remove(t);
}

#endif
