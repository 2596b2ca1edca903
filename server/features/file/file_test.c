/* Blobs and rows: stored once, claimed once, swept when nobody wants them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "../../base/id.h"
#include "../../db/test_db.h"
#include "../job/job_parts.h"
#include "../setting/setting.h"
#include "file_parts.h"
#include "image_made.h"

#define TENANT 1

static struct test_db db;
static struct app     app;
static struct arena  *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    test_db_open(&db);
    app = (struct app){ .db = db.db, .tenant = TENANT, .data_dir = db.folder };
    assert_int_equal(mkdir(str_fmt(arena, "%s/files", db.folder).ptr, 0700), 0);
    assert_false(failed(setting_feature.start(&app)));
    assert_false(failed(file_feature.start(&app)));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    file_feature.stop(&app);
    job_feature.stop(&app);
    setting_feature.stop(&app);
    db_close(db.db);
    assert_int_equal(system(str_fmt(arena, "rm -rf '%s'", db.folder).ptr), 0);
    arena_free(arena);
    return 0;
}

static bool there(struct str path)
{
    return access(path.ptr, R_OK) == 0;
}

static void make_old(struct str path)
{
    struct timespec t[2] = { { 1000, 0 }, { 1000, 0 } };
    assert_int_equal(utimensat(AT_FDCWD, path.ptr, t, 0), 0);
}

static struct file_stored store(enum made_kind kind, int width)
{
    struct file_stored f;
    assert_false(failed(file_store_image(&app, arena, made_image(arena, kind, width, 40, 1), &f)));
    return f;
}

/* ---- inserting rows, claiming ---- */

struct inserting { struct file_row row; ms now; };

static err insert(struct db_conn *c, void *arg)
{
    struct inserting *i = arg;
    return file_row_insert(c, TENANT, &i->row, i->now);
}

static int64_t add_row(const struct file_stored *f, int64_t account, struct str claim, ms now)
{
    struct inserting i = { .row = { .id = id_new(), .hash = { (const char *)f->hash, HASH_SIZE }, .media_type = STR("image/jpeg"),
                                    .bytes = f->bytes, .width = f->width, .height = f->height, .created_by = account }, .now = now };
    if (claim.ptr)
        i.row.claim_hash = crypto_digest(arena, claim);
    assert_false(failed(db_write(db.db, 0, insert, &i)));
    return i.row.id;
}

struct claiming { struct ids photos; struct strs claims; int64_t account, owner; struct req req; };

static err claim(struct db_conn *c, void *arg)
{
    struct claiming *k = arg;
    k->req = (struct req){ .app = &app, .arena = arena, .db = c, .tenant = TENANT, .caller = { .account = k->account }, .now = clock_now(),
                           .faults = { .arena = arena } };
    return file_claim(&k->req, "photos", k->photos, k->claims, "case", k->owner);
}

static void stored_by_content(void **state)
{
    (void)state;
    struct file_stored a = store(MADE_PNG, 60), b = store(MADE_PNG, 60), c = store(MADE_PNG, 61);
    assert_memory_equal(a.hash, b.hash, HASH_SIZE);
    assert_memory_not_equal(a.hash, c.hash, HASH_SIZE);
    assert_true(there(file_path(&app, arena, a.hash, FILE_WHOLE)));
    assert_true(there(file_path(&app, arena, a.hash, FILE_THUMB)));
    assert_int_equal(a.width, 60);
    assert_int_equal(a.height, 40);
}

static void damaged_leaves_nothing(void **state)
{
    struct file_stored f;
    struct str         s = made_image(arena, MADE_JPEG, 62, 40, 0);
    (void)state;
    s.len -= s.len / 4;
    int before = system(str_fmt(arena, "test $(find '%s/files' -type f | wc -l) -eq 4", db.folder).ptr);
    assert_int_equal(file_store_image(&app, arena, s, &f).code, ERR_NOT_AN_IMAGE);
    assert_int_equal(file_store_image(&app, arena, STR("GIF89a"), &f).code, ERR_NOT_AN_IMAGE);
    assert_int_equal(file_store_image(&app, arena, made_image(arena, MADE_JPEG_SCANS, 32, 32, 0), &f).code, ERR_IMAGE_BOMB);
    assert_int_equal(system(str_fmt(arena, "test $(find '%s/files' -type f | wc -l) -eq 4", db.folder).ptr), before);
    assert_int_equal(before, 0);
}

static void too_large_is_refused(void **state)
{
    struct file_stored f;
    size_t             n = (size_t)12 * 1024 * 1024 + 1;
    (void)state;
    assert_int_equal(file_store_image(&app, arena, (struct str){ arena_alloc(arena, n), n }, &f).code, ERR_TOO_LARGE);
}

static void claimed_by_the_uploader_once(void **state)
{
    (void)state;
    struct file_stored f = store(MADE_JPEG, 63);
    int64_t            id = add_row(&f, 5, STR_NONE, clock_now());
    struct claiming    k = { .photos = { &id, 1 }, .account = 6, .owner = 900 };
    assert_int_equal(db_write(db.db, 0, claim, &k).code, ERR_INVALID);         /* somebody else's */
    assert_int_equal(k.req.faults.at[0].code, ERR_FILE_UNKNOWN);
    assert_true(str_is(k.req.faults.at[0].path, "photos[0]"));
    k.account = 5;
    assert_false(failed(db_write(db.db, 0, claim, &k)));
    k.owner = 901;
    assert_int_equal(db_write(db.db, 0, claim, &k).code, ERR_INVALID);         /* it has an owner now */
}

static void claimed_by_the_secret_without_account(void **state)
{
    (void)state;
    struct file_stored f = store(MADE_JPEG, 64);
    int64_t            ids[2] = { add_row(&f, 0, STR("right"), clock_now()), add_row(&f, 0, STR("also right"), clock_now()) };
    struct str         claims[2] = { STR("wrong"), STR("right") };
    struct claiming    k = { .photos = { ids, 2 }, .claims = { claims, 2 }, .owner = 902 };
    assert_int_equal(db_write(db.db, 0, claim, &k).code, ERR_INVALID);         /* one of two: nothing is claimed */
    assert_int_equal(k.req.faults.len, 1);
    assert_true(str_is(k.req.faults.at[0].path, "photos[1]"));
    claims[0] = STR("also right");
    assert_false(failed(db_write(db.db, 0, claim, &k)));
}

static void an_account_does_not_take_what_nobody_claimed(void **state)
{
    (void)state;
    struct file_stored f = store(MADE_JPEG, 65);
    int64_t            id = add_row(&f, 0, STR("secret"), clock_now());
    struct claiming    k = { .photos = { &id, 1 }, .account = 5, .owner = 903 };
    assert_int_equal(db_write(db.db, 0, claim, &k).code, ERR_INVALID);
}

static void twice_in_one_list_and_too_many(void **state)
{
    (void)state;
    struct file_stored f = store(MADE_JPEG, 66);
    int64_t            id = add_row(&f, 5, STR_NONE, clock_now()), ids[10] = { id, id };
    struct claiming    k = { .photos = { ids, 2 }, .account = 5, .owner = 904 };
    assert_int_equal(db_write(db.db, 0, claim, &k).code, ERR_INVALID);
    assert_true(str_is(k.req.faults.at[0].path, "photos[1]"));
    k.photos.len = 10;
    assert_int_equal(db_write(db.db, 0, claim, &k).code, ERR_INVALID);
    assert_int_equal(k.req.faults.at[0].code, ERR_TOO_LONG);
    assert_int_equal(k.req.faults.at[0].bound, 9);
}

static void unclaimed_and_orphans_are_swept(void **state)
{
    int64_t rows, blobs;
    ms      day = MS_DAY, now = clock_now();
    (void)state;
    struct file_stored kept = store(MADE_PNG_16, 70), left = store(MADE_PNG_16, 71), young = store(MADE_PNG_16, 72);
    struct str         temp = str_fmt(arena, "%s/files/%02x/.123", db.folder, left.hash[0]);
    int64_t            id = add_row(&kept, 5, STR_NONE, now - 2 * day);
    struct claiming    k = { .photos = { &id, 1 }, .account = 5, .owner = 905 };
    assert_false(failed(db_write(db.db, 0, claim, &k)));
    add_row(&left, 5, STR_NONE, now - 2 * day);
    assert_int_equal(system(str_fmt(arena, "touch '%s'", temp.ptr).ptr), 0);
    make_old(temp);
    make_old(file_path(&app, arena, kept.hash, FILE_WHOLE));
    make_old(file_path(&app, arena, left.hash, FILE_WHOLE));
    assert_false(failed(file_rows_sweep(&app, now - day, &rows)));
    assert_int_equal(rows, 1);
    assert_false(failed(file_blobs_sweep(&app, now - day, &blobs)));
    assert_int_equal(blobs, 1);
    assert_true(there(file_path(&app, arena, kept.hash, FILE_WHOLE)));
    assert_false(there(file_path(&app, arena, left.hash, FILE_WHOLE)));
    assert_false(there(file_path(&app, arena, left.hash, FILE_THUMB)));
    assert_true(there(file_path(&app, arena, young.hash, FILE_WHOLE)));
    assert_false(there(temp));
}

/* An upload of the same picture makes an old blob young again, so that the sweep does not take it from under the new row. */
static void stored_again_is_young(void **state)
{
    int64_t blobs;
    (void)state;
    struct file_stored f = store(MADE_PNG, 73);
    make_old(file_path(&app, arena, f.hash, FILE_WHOLE));
    store(MADE_PNG, 73);
    assert_false(failed(file_blobs_sweep(&app, clock_now() - MS_DAY, &blobs)));
    assert_true(there(file_path(&app, arena, f.hash, FILE_WHOLE)));
}

static void *store_many(void *arg)
{
    struct arena *a = arena_new(0);
    (void)arg;
    for (int i = 0; i < 6; i++) {
        struct file_stored f;
        if (failed(file_store_image(&app, a, made_image(a, MADE_PNG, 100 + i, 40, 0), &f)))
            return arg;
    }
    arena_free(a);
    return NULL;
}

static void many_at_once(void **state)
{
    pthread_t threads[8];
    (void)state;
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, store_many, &app), 0);
    for (int i = 0; i < 8; i++) {
        void *bad;
        pthread_join(threads[i], &bad);
        assert_null(bad);
    }
    assert_int_equal(app.file->busy, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_by_content),
        cmocka_unit_test(damaged_leaves_nothing),
        cmocka_unit_test(too_large_is_refused),
        cmocka_unit_test(claimed_by_the_uploader_once),
        cmocka_unit_test(claimed_by_the_secret_without_account),
        cmocka_unit_test(an_account_does_not_take_what_nobody_claimed),
        cmocka_unit_test(twice_in_one_list_and_too_many),
        cmocka_unit_test(unclaimed_and_orphans_are_swept),
        cmocka_unit_test(stored_again_is_young),
        cmocka_unit_test(many_at_once),
    };
    return cmocka_run_group_tests_name("file", tests, setup, teardown);
}
