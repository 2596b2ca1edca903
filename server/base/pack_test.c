/* A pack comes back as it went in; every byte that is wrong is found; one that is not finished is not there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "crypto.h"
#include "log.h"
#include "pack.h"

#define assert_ok(call) assert_int_equal((call).code, ERR_NONE)
#define MEMBERS 2100   /* more than two lists of digests */

static char          folder[64], path[96], source[96];
static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/linli-pack-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.pack", folder);
    snprintf(source, sizeof source, "%s/source", folder);
    assert_ok(crypto_start());
    log_setup(LOG_ERROR + 1, false);
    arena = arena_new(0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    unlink(source);
    assert_int_equal(rmdir(folder), 0);   /* nothing else was left */
    arena_free(arena);
    return 0;
}

static struct str body(int i)
{
    return str_fmt(arena, "%*s %d", i % 700, "", i);
}

static void write_pack(int members)
{
    struct pack *p;
    assert_ok(pack_begin(path, &p));
    for (int i = 0; i < members; i++)
        assert_ok(pack_bytes(p, str_fmt(arena, "dir/%d.txt", i).ptr, body(i)));
    assert_ok(pack_end(p));
}

/* How many members could be read before the end or the damage. */
static int read_pack(err *end, char where[256])
{
    struct unpack *u;
    struct str     name, bytes;
    int64_t        size;
    int            n = 0;
    *where = 0;
    *end = unpack_begin(path, &u);
    if (failed(*end))
        return 0;
    for (;; n++) {
        *end = unpack_next(u, &name, &size);
        if (failed(*end) || !name.ptr)
            break;
        if (n % 3 == 0)
            continue;   /* passed over */
        *end = unpack_whole(u, arena, 1 << 20, &bytes);
        if (failed(*end))
            break;
    }
    snprintf(where, 256, "%s", unpack_where(u));
    unpack_end(u);
    return n;
}

static void a_pack_comes_back_as_it_went_in(void **state)
{
    (void)state;
    char           where[256];
    err            e;
    struct unpack *u;
    struct str     name, bytes;
    int64_t        size;
    write_pack(MEMBERS);
    assert_int_equal(read_pack(&e, where), MEMBERS);
    assert_ok(e);
    assert_ok(unpack_begin(path, &u));
    for (int i = 0; i < MEMBERS; i++) {
        assert_ok(unpack_next(u, &name, &size));
        assert_true(str_eq(name, str_fmt(arena, "dir/%d.txt", i)));
        assert_ok(unpack_whole(u, arena, 1 << 20, &bytes));
        assert_true(str_eq(bytes, body(i)));
    }
    unpack_end(u);
}

static long size_of(void)
{
    struct stat st;
    return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

static void flip(long at)
{
    FILE *f = fopen(path, "r+b");
    fseek(f, at, SEEK_SET);
    int c = fgetc(f);
    fseek(f, at, SEEK_SET);
    fputc(c ^ 0x41, f);
    fclose(f);
}

static void every_wrong_byte_is_found(void **state)
{
    (void)state;
    char where[256];
    err  e;
    write_pack(20);
    for (long at = 10; at < size_of(); at += 7) {   /* the first ten say when and by whom it was compressed */
        flip(at);
        read_pack(&e, where);
        assert_int_equal(e.code, ERR_DAMAGED);
        assert_true(*where);
        flip(at);
    }
    read_pack(&e, where);
    assert_ok(e);
}

static void an_end_too_early_is_found(void **state)
{
    (void)state;
    char where[256];
    err  e;
    write_pack(20);
    for (long n = size_of() - 1; n >= 0; n -= 41) {
        assert_int_equal(truncate(path, n), 0);
        read_pack(&e, where);
        assert_int_equal(e.code, ERR_DAMAGED);
    }
}

static void one_that_was_given_up_is_not_there(void **state)
{
    (void)state;
    struct pack *p;
    assert_ok(pack_begin(path, &p));
    assert_ok(pack_bytes(p, "a", STR("b")));
    assert_int_equal(access(path, F_OK), -1);
    pack_give_up(p);
    assert_int_equal(size_of(), -1);
}

static void what_is_there_is_not_written_over(void **state)
{
    (void)state;
    struct pack *p;
    write_pack(1);
    long n = size_of();
    assert_int_equal(pack_begin(path, &p).code, ERR_TAKEN);
    assert_int_equal(size_of(), n);
    assert_int_equal(pack_begin("/tmp/linli-there-is-no-such-folder/a", &p).code, ERR_NOT_FOUND);
}

static void files_go_in_whole(void **state)
{
    (void)state;
    struct pack   *p;
    struct unpack *u;
    struct str     name, bytes;
    int64_t        size;
    FILE          *f = fopen(source, "w");
    for (int i = 0; i < 50000; i++)
        fprintf(f, "%d\n", i);
    fclose(f);
    assert_ok(pack_begin(path, &p));
    assert_ok(pack_file(p, "numbers", source));
    assert_int_equal(pack_file(p, "none", "/tmp/linli-there-is-no-such-file").code, ERR_NOT_FOUND);
    assert_ok(pack_bytes(p, "empty", STR("")));
    assert_ok(pack_end(p));
    assert_ok(unpack_begin(path, &u));
    assert_ok(unpack_next(u, &name, &size));
    assert_ok(unpack_whole(u, arena, 1 << 20, &bytes));
    assert_true(str_starts(bytes, "0\n1\n") && str_ends(bytes, "49999\n"));
    assert_ok(unpack_next(u, &name, &size));
    assert_int_equal(size, 0);
    assert_ok(unpack_next(u, &name, &size));
    assert_null(name.ptr);
    unpack_end(u);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_pack_comes_back_as_it_went_in), T(every_wrong_byte_is_found), T(an_end_too_early_is_found),
        T(one_that_was_given_up_is_not_there), T(what_is_there_is_not_written_over), T(files_go_in_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
