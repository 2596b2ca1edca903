/* For tests only: a database of its own in a new folder, with all migrations applied, gone at the end. Include after cmocka.h. */
#ifndef LINLI_DB_TEST_DB_H
#define LINLI_DB_TEST_DB_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db.h"
#include "../base/crypto.h"

struct test_db {
    struct db *db;
    char       folder[64];
    char       path[96];
};

static inline void test_db_open_bare(struct test_db *t, struct db_options o)
{
    const char *tmp = getenv("TMPDIR");
    assert_false(failed(crypto_start()));
    snprintf(t->folder, sizeof t->folder, "%.40s/linli-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(t->folder));
    snprintf(t->path, sizeof t->path, "%s/linli.db", t->folder);
    o.path = t->path;
    assert_int_equal(db_open(&o, &t->db).code, ERR_NONE);
}

static inline void test_db_open(struct test_db *t)
{
    int applied;
    test_db_open_bare(t, (struct db_options){ 0 });
    assert_int_equal(db_migrate(t->db, &applied).code, ERR_NONE);
    assert_true(applied > 0);
}

static inline void test_db_remove(struct test_db *t)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[128];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", t->path, ends[i]);
        unlink(name);
    }
    rmdir(t->folder);
}

static inline void test_db_close(struct test_db *t)
{
    db_close(t->db);
    test_db_remove(t);
}

#endif
