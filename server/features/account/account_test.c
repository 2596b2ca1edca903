/* Tests of the rules of accounts, and of what is kept in memory about who asks. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>

#include "../../base/id.h"
#include "../../db/test_db.h"
#include "../setting/setting.h"
#include "inside.h"

#define TENANT 1
#define assert_err(call, want) assert_int_equal((call).code, (want))
#define assert_ok(call)        assert_err(call, ERR_NONE)

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    return failed(crypto_start());
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_text(struct str got, const char *want)
{
    assert_string_equal(str_z(arena, got), want);
}

/* ---- contact ---- */

static void masks_hide_the_middle(void **state)
{
    (void)state;
    assert_text(contact_mask(arena, STR("13812345646")), "138 **** **46");
    assert_text(contact_mask(arena, STR("+86 138-1234-5646")), "861 **** **46");
    assert_text(contact_mask(arena, STR("021-6543210")), "021 **** **10");
    assert_text(contact_mask(arena, STR("12345")), "****");
    assert_text(contact_mask(arena, STR("zhang.san@example.org")), "z***@example.org");
    assert_text(contact_mask(arena, STR("张三@example.org")), "张***@example.org");
    assert_null(contact_mask(arena, STR_NONE).ptr);
}

static void contact_is_a_telephone_or_a_mail_address(void **state)
{
    struct str tidy;
    (void)state;
    assert_ok(contact_tidy(arena, STR("138 1234-5646"), &tidy));
    assert_text(tidy, "13812345646");
    assert_ok(contact_tidy(arena, STR("Zhang@Example.org"), &tidy));
    assert_text(tidy, "zhang@example.org");
    assert_err(contact_tidy(arena, STR("1234"), &tidy), ERR_TOO_SHORT);
    assert_err(contact_tidy(arena, STR("1234567890123456"), &tidy), ERR_TOO_LONG);
    assert_err(contact_tidy(arena, STR("call me"), &tidy), ERR_INVALID);
    assert_err(contact_tidy(arena, STR("a@b@c.de"), &tidy), ERR_INVALID);
    assert_err(contact_tidy(arena, STR("@example.org"), &tidy), ERR_INVALID);
}

static void the_same_telephone_has_the_same_hash(void **state)
{
    struct app app = { 0 }, other = { 0 };
    (void)state;
    other.keys.search[0] = 1;
    struct str a = account_contact_hash(arena, &app, STR("138-1234-5646"));
    assert_true(str_eq(a, account_contact_hash(arena, &app, STR("13812345646"))));
    assert_false(str_eq(a, account_contact_hash(arena, &app, STR("13812345647"))));
    assert_false(str_eq(a, account_contact_hash(arena, &other, STR("13812345646"))));
    assert_null(account_contact_hash(arena, &app, STR("张三")).ptr);
}

/* ---- names and passwords ---- */

static void sign_in_names_are_folded(void **state)
{
    struct str out;
    (void)state;
    assert_ok(account_name_fold(arena, STR("  Zhang.San "), &out));
    assert_text(out, "zhang.san");
    assert_ok(account_name_fold(arena, STR("张三"), &out));
    assert_err(account_name_fold(arena, STR("a"), &out), ERR_TOO_SHORT);
    assert_err(account_name_fold(arena, STR("zhang san"), &out), ERR_INVALID);
    assert_err(account_name_fold(arena, STR("zhang\x01san"), &out), ERR_CONTROL_CHARACTER);
    assert_err(account_name_fold(arena, STR("12345678901234567890123456789012345678901234567890123456789012345"), &out), ERR_TOO_LONG);
}

static void weak_passwords_are_refused(void **state)
{
    static const char *const weak[] = { "", "short", "123456789", "1234567890", "0987654321", "13812345646", "aaaaaaaaaaaa", "abababababab",
                                        "password123", "PASSWORD2026", "Admin123456", "qwertyuiop", "1qaz2wsx3edc", "woaini520520",
                                        "abcdefghijkl", "zhang.san.01", "shequ20260514" };
    static const char *const good[] = { "correct horse 9", "三个和尚没水喝，挑担过河", "k7#pQz!m2Lw", "31415926535897", "tulips on mars" };
    (void)state;
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        if (account_password_ok(str_of(weak[i]), STR("zhang.san.01")).code != ERR_PASSWORD_WEAK)
            fail_msg("%s passed", weak[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (failed(account_password_ok(str_of(good[i]), STR("zhang.san.01"))))
            fail_msg("%s was refused", good[i]);
}

/* Judging it must be the same work as judging a real one: libsodium says so when it would not have it hashed anew. */
static void the_hash_of_nobody_is_judged_like_any_other(void **state)
{
    struct str    real, nobody = crypto_password_nobody(arena);
    struct str    head = STR("$argon2id$v=19$m=65536,t=2,p=1$");
    (void)state;
    assert_ok(crypto_password_hash(arena, STR("tulips on mars"), &real));
    assert_true(crypto_password_check(arena, real, STR("tulips on mars")));
    assert_false(crypto_password_check(arena, real, STR("tulips on Mars")));
    assert_int_equal(real.len, nobody.len);
    assert_true(str_starts(real, head.ptr) && str_starts(nobody, head.ptr));
    assert_int_equal(crypto_pwhash_str_needs_rehash(str_z(arena, nobody), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                    crypto_pwhash_MEMLIMIT_INTERACTIVE), 0);
    assert_false(crypto_password_check(arena, nobody, STR("tulips on mars")));
    assert_false(str_eq(nobody, crypto_password_nobody(arena)));
}

/* ---- back-off ---- */

static void waiting_doubles_up_to_a_bound(void **state)
{
    struct backoff b = { .free = 5, .first_ms = 2000, .most_ms = 900000 };
    (void)state;
    assert_int_equal(account_wait(&b, 0), 0);
    assert_int_equal(account_wait(&b, 4), 0);
    assert_int_equal(account_wait(&b, 5), 2000);
    assert_int_equal(account_wait(&b, 6), 4000);
    assert_int_equal(account_wait(&b, 13), 512000);
    assert_int_equal(account_wait(&b, 14), 900000);
    assert_int_equal(account_wait(&b, INT64_MAX), 900000);
}

/* ---- dates and administrators ---- */

static void a_role_is_held_from_its_beginning_until_before_its_end(void **state)
{
    struct held h = { .from = 100, .to = 200 };
    (void)state;
    assert_false(held_now(&h, 99));
    assert_true(held_now(&h, 100));
    assert_true(held_now(&h, 199));
    assert_false(held_now(&h, 200));
    h.to = 0;
    assert_true(held_now(&h, 1000000));
}

static perm_set shipped(const char *code)
{
    for (size_t i = 0; i < roles_shipped_count; i++)
        if (strcmp(roles_shipped[i].code, code) == 0)
            return perm_set_parse(str_of(roles_shipped[i].permissions));
    fail_msg("no role %s", code);
    return 0;
}

static size_t count_words(const char *permissions)
{
    size_t n = 1;
    for (; *permissions; permissions++)
        n += *permissions == ',';
    return n;
}

static void shipped_roles_name_permissions_that_exist_and_keep_administrators_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < roles_shipped_count; i++) {
        perm_set set = perm_set_parse(str_of(roles_shipped[i].permissions));
        unsigned kinds = account_admin_kinds(set);
        assert_int_equal(__builtin_popcountll(set), count_words(roles_shipped[i].permissions));
        assert_int_equal(kinds & (kinds - 1), 0);
        assert_true(*roles_shipped[i].en && *roles_shipped[i].zh);
    }
    assert_int_equal(account_admin_kinds(shipped("system_admin")), ADMIN_SYSTEM);
    assert_int_equal(account_admin_kinds(shipped("security_admin")), ADMIN_SECURITY);
    assert_int_equal(account_admin_kinds(shipped("audit_admin")), ADMIN_AUDIT);
    assert_int_equal(account_admin_kinds(shipped("community_secretary")), 0);
    assert_string_equal(account_admin_word(ADMIN_SECURITY), "security");
    assert_null(account_admin_word(0));
    assert_null(account_admin_word(ADMIN_SYSTEM | ADMIN_AUDIT));
}

static void nobody_becomes_two_administrators_at_once(void **state)
{
    struct held have[] = { { .perms = shipped("system_admin"), .from = 100, .to = 200 }, { .perms = shipped("grid_worker"), .from = 0 } };
    struct held more = { .perms = shipped("audit_admin"), .from = 150 };
    (void)state;
    assert_true(account_unites_admins(have, 2, &more));
    more.from = 200;                      /* begins when the other has ended */
    assert_false(account_unites_admins(have, 2, &more));
    more = (struct held){ .perms = shipped("audit_admin"), .from = 0, .to = 100 };
    assert_false(account_unites_admins(have, 2, &more));
    more.to = 101;
    assert_true(account_unites_admins(have, 2, &more));
    more = (struct held){ .perms = shipped("system_admin"), .from = 0 };
    assert_false(account_unites_admins(have, 2, &more));
    more.perms = shipped("social_worker");
    assert_false(account_unites_admins(have, 2, &more));
    more.perms = PERM_BIT(PERM_ACCOUNT_LOCK);   /* a role of one's own making does not get around it */
    assert_true(account_unites_admins(have, 2, &more));
}

/* A secretary may hand on what the roles below need: that is what keeps granting within a community possible. */
static void a_secretary_holds_what_those_below_need(void **state)
{
    perm_set own = shipped("community_secretary");
    (void)state;
    assert_int_equal(shipped("grid_worker") & ~own, 0);
    assert_int_equal(shipped("social_worker") & ~own, 0);
    assert_int_not_equal(shipped("street_dispatcher") & ~own, 0);
}

/* ---- which unit a grant reaches ---- */

struct world {
    struct test_db t;
    struct app     app;
    int64_t        district, street_a, street_b, community, bureau, team, office_a, station;
};

static err make_world(struct db_conn *c, void *arg)
{
    struct world        *w = arg;
    struct unit_area_new d = { .kind = "district", .name = STR("区") };
    struct unit_org_new  bureau = { .kind = "department", .name = STR("局") };
    TRY(unit_area_add(c, arena, TENANT, &d, 1, &w->district));
    struct unit_area_new a = { .parent = w->district, .kind = "street", .name = STR("甲街道") };
    struct unit_area_new b = { .parent = w->district, .kind = "street", .name = STR("乙街道") };
    TRY(unit_area_add(c, arena, TENANT, &a, 1, &w->street_a));
    TRY(unit_area_add(c, arena, TENANT, &b, 1, &w->street_b));
    struct unit_area_new m = { .parent = w->street_a, .kind = "community", .name = STR("丙社区") };
    TRY(unit_area_add(c, arena, TENANT, &m, 1, &w->community));
    TRY(unit_org_add(c, arena, TENANT, &bureau, 1, &w->bureau));
    struct unit_org_new team = { .parent = w->bureau, .kind = "department", .name = STR("队") };
    TRY(unit_org_add(c, arena, TENANT, &team, 1, &w->team));
    struct unit_org_new office = { .area = w->street_a, .kind = "street_office", .name = STR("甲街道办事处") };
    TRY(unit_org_add(c, arena, TENANT, &office, 1, &w->office_a));
    struct unit_org_new station = { .area = w->community, .kind = "association", .name = STR("站") };
    return unit_org_add(c, arena, TENANT, &station, 1, &w->station);
}

static int world_up(void **state)
{
    static struct world w;
    memset(&w, 0, sizeof w);
    setup(state);
    test_db_open(&w.t);
    w.app.db = w.t.db;
    w.app.tenant = TENANT;
    w.app.data_dir = w.t.folder;
    *state = &w;
    return failed(db_write(w.t.db, 0, make_world, &w)) || failed(unit_feature.start(&w.app));
}

static int world_down(void **state)
{
    struct world *w = *state;
    unit_feature.stop(&w->app);
    test_db_close(&w->t);
    return teardown(state);
}

static bool covers(struct world *w, enum unit_kind gk, int64_t g, enum unit_kind wk, int64_t where)
{
    const struct unit_snapshot *s = unit_hold(&w->app);
    bool yes = account_covers(s, (struct unit_ref){ gk, g }, (struct unit_ref){ wk, where });
    unit_release(s);
    return yes;
}

static void an_area_reaches_what_lies_in_it(void **state)
{
    struct world *w = *state;
    assert_true(covers(w, UNIT_AREA, w->street_a, UNIT_AREA, w->street_a));
    assert_true(covers(w, UNIT_AREA, w->street_a, UNIT_AREA, w->community));
    assert_false(covers(w, UNIT_AREA, w->street_a, UNIT_AREA, w->street_b));
    assert_false(covers(w, UNIT_AREA, w->street_a, UNIT_AREA, w->district));
    assert_false(covers(w, UNIT_AREA, w->community, UNIT_AREA, w->street_a));
    assert_true(covers(w, UNIT_AREA, w->street_a, UNIT_ORG, w->office_a));
    assert_true(covers(w, UNIT_AREA, w->street_a, UNIT_ORG, w->station));
    assert_false(covers(w, UNIT_AREA, w->street_b, UNIT_ORG, w->office_a));
    assert_false(covers(w, UNIT_AREA, w->community, UNIT_ORG, w->office_a));
    assert_false(covers(w, UNIT_AREA, w->street_a, UNIT_ORG, w->bureau));      /* belongs to no area */
    assert_false(covers(w, UNIT_AREA, w->street_a, UNIT_NONE, 0));
}

static void an_organisation_reaches_what_is_below_it_alone(void **state)
{
    struct world *w = *state;
    assert_true(covers(w, UNIT_ORG, w->bureau, UNIT_ORG, w->team));
    assert_true(covers(w, UNIT_ORG, w->team, UNIT_ORG, w->team));
    assert_false(covers(w, UNIT_ORG, w->team, UNIT_ORG, w->bureau));
    assert_false(covers(w, UNIT_ORG, w->office_a, UNIT_AREA, w->street_a));
    assert_false(covers(w, UNIT_ORG, w->office_a, UNIT_ORG, w->station));
    assert_false(covers(w, UNIT_ORG, w->bureau, UNIT_NONE, 0));
}

static void the_root_reaches_everything(void **state)
{
    struct world *w = *state;
    assert_true(covers(w, UNIT_AREA, w->district, UNIT_NONE, 0));
    assert_true(covers(w, UNIT_AREA, w->district, UNIT_ORG, w->bureau));
    assert_true(covers(w, UNIT_AREA, w->district, UNIT_AREA, w->community));
}

static void what_is_unknown_is_denied(void **state)
{
    struct world *w = *state;
    assert_false(covers(w, UNIT_NONE, 0, UNIT_NONE, 0));
    assert_false(covers(w, UNIT_NONE, 0, UNIT_AREA, w->community));
    assert_false(covers(w, UNIT_AREA, 4711, UNIT_AREA, w->community));
    assert_false(covers(w, UNIT_AREA, w->street_a, UNIT_AREA, 4711));
    assert_false(covers(w, UNIT_ORG, 4711, UNIT_ORG, 4711));
    assert_false(covers(w, UNIT_AREA, w->bureau, UNIT_ORG, w->team));          /* an organisation's id passed off as an area's */
}

/* ---- the cache ---- */

static void cached_logins_are_copied_and_grow_old(void **state)
{
    struct cache     *c = cache_new(arena);
    unsigned char     hash[HASH_SIZE] = { 1, 2, 3 }, other[HASH_SIZE] = { 1, 2, 4 };
    struct held       held[] = { { .perms = 5, .unit = { UNIT_AREA, 7 }, .from = 1 } };
    struct login      l = { .account = 9, .person = 8, .session = 6, .name = STR("张三"), .held = held, .held_count = 1, .expires = 99999, .used = 1000 };
    struct login      out;
    bool              touch;
    (void)state;
    assert_false(cache_get(c, hash, 0, 1000, arena, &out, &touch));
    cache_put(c, hash, 50, 1000, &l);
    assert_true(cache_get(c, hash, 50, 1500, arena, &out, &touch));
    assert_false(touch);
    assert_int_equal(out.account, 9);
    assert_int_equal(out.used, 1000);
    assert_text(out.name, "张三");
    assert_ptr_not_equal(out.held, held);
    assert_int_equal(out.held[0].unit.id, 7);
    assert_false(cache_get(c, other, 50, 1500, arena, &out, &touch));
    assert_false(cache_get(c, hash, 51, 1500, arena, &out, &touch));           /* something changed since */
    assert_true(cache_get(c, hash, 50, 1000 + CACHE_MS, arena, &out, &touch));
    assert_int_equal(out.used, 1500);                                           /* the use before */
    assert_false(cache_get(c, hash, 50, 1001 + CACHE_MS, arena, &out, &touch)); /* another process may have changed it */
    cache_put(c, hash, 49, 2000, &l);                                           /* read earlier, arrives later: not kept */
    assert_true(cache_get(c, hash, 50, 1000 + CACHE_MS, arena, &out, &touch));
    cache_free(c);
}

static void a_cookie_never_passes_for_a_token(void **state)
{
    (void)state;
    struct str value = crypto_token(arena, 32);
    assert_false(str_eq(credential_hash(arena, CREDENTIAL_SESSION, value), credential_hash(arena, CREDENTIAL_TOKEN, value)));
}

static void the_cache_stays_bounded(void **state)
{
    struct cache *c = cache_new(arena);
    struct login  l = { .account = 1, .name = STR("x"), .expires = 99999 }, out;
    unsigned char hash[HASH_SIZE] = { 0 };
    size_t        used = arena_used(arena), found = 0;
    bool          touch;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        memcpy(hash, &i, sizeof i);
        cache_put(c, hash, 1, 100, &l);
    }
    assert_int_equal(arena_used(arena), used);
    for (int i = 0; i < 20000; i++) {
        memcpy(hash, &i, sizeof i);
        found += cache_get(c, hash, 1, 100, arena, &out, &touch);
    }
    assert_in_range(found, 1, 4096);
    cache_free(c);
}

/* ---- what is past its time goes ---- */

DB_SQL(test_answer_put, "INSERT INTO idempotency (tenant_id, id, lookup, body_hash, status) VALUES ($1, $2, $3, $3, 200)")
DB_SQL(test_answers, "SELECT COUNT(*) FROM idempotency WHERE tenant_id = $1")
DB_SQL(test_throttle_put, "INSERT INTO throttle (tenant_id, key, failures, last_at, until_at) VALUES ($1, $2, 1, $3, 0)")
DB_SQL(test_throttles, "SELECT COUNT(*) FROM throttle WHERE tenant_id = $1")
DB_SQL(test_session_put,
       "INSERT INTO session (tenant_id, id, token_hash, account_id, created_at, used_at, expires_at) VALUES ($1, $2, $3, $4, 1, 1, 2)")
DB_SQL(test_sessions, "SELECT COUNT(*) FROM session WHERE tenant_id = $1")

static struct str number_key(int i)
{
    return str_fmt(arena, "%032d", i);
}

#define OLD_ANSWERS 1203   /* more than two rounds of the sweep */

static err put_old_and_new(struct db_conn *c, void *arg)
{
    struct world *w = arg;
    ms            now = clock_now(), then = now - 8 * MS_DAY, long_ago = now - 181 * MS_DAY;
    int64_t       person, account;
    for (int i = 0; i < OLD_ANSWERS + 5; i++)
        TRY(db_exec(c, &test_answer_put, DB_ARGS(I64(TENANT), I64(i < OLD_ANSWERS ? id_at(then) + i : id_new()), BLOB(number_key(i))), NULL));
    for (int i = 0; i < 2; i++)
        TRY(db_exec(c, &test_throttle_put, DB_ARGS(I64(TENANT), BLOB(number_key(i)), I64(i ? now : now - 2 * MS_DAY)), NULL));
    TRY(account_person_add(c, arena, &w->app, STR("某"), STR_NONE, now, &person));
    TRY(account_add(c, TENANT, person, STR("some"), STR_NONE, now, &account));
    for (int i = 0; i < 3; i++)
        TRY(db_exec(c, &test_session_put, DB_ARGS(I64(TENANT), I64(i ? id_new() : id_at(long_ago)), BLOB(number_key(i)), I64(account)), NULL));
    return OK;
}

struct counted { int64_t answers, throttles, sessions; };

static err count_rows(struct db_conn *c, void *arg)
{
    struct counted *n = arg;
    TRY(db_number(c, &test_answers, DB_ARGS(I64(TENANT)), &n->answers));
    TRY(db_number(c, &test_throttles, DB_ARGS(I64(TENANT)), &n->throttles));
    return db_number(c, &test_sessions, DB_ARGS(I64(TENANT)), &n->sessions);
}

static void the_keeper_removes_what_is_past_its_time_and_nothing_else(void **state)
{
    struct world  *w = *state;
    struct counted n;
    assert_ok(setting_feature.start(&w->app));
    assert_ok(account_feature.start(&w->app));
    assert_ok(db_write(w->t.db, 0, put_old_and_new, w));
    keeper_sweep(w->app.account);
    assert_ok(db_read(w->t.db, count_rows, &n));
    assert_int_equal(n.answers, 5);
    assert_int_equal(n.throttles, 1);
    assert_int_equal(n.sessions, 2);
    account_feature.stop(&w->app);
    setting_feature.stop(&w->app);
}

int main(void)
{
    const struct CMUnitTest rules[] = {
        cmocka_unit_test(masks_hide_the_middle),
        cmocka_unit_test(contact_is_a_telephone_or_a_mail_address),
        cmocka_unit_test(the_same_telephone_has_the_same_hash),
        cmocka_unit_test(sign_in_names_are_folded),
        cmocka_unit_test(weak_passwords_are_refused),
        cmocka_unit_test(the_hash_of_nobody_is_judged_like_any_other),
        cmocka_unit_test(waiting_doubles_up_to_a_bound),
        cmocka_unit_test(a_role_is_held_from_its_beginning_until_before_its_end),
        cmocka_unit_test(shipped_roles_name_permissions_that_exist_and_keep_administrators_apart),
        cmocka_unit_test(nobody_becomes_two_administrators_at_once),
        cmocka_unit_test(a_secretary_holds_what_those_below_need),
        cmocka_unit_test(cached_logins_are_copied_and_grow_old),
        cmocka_unit_test(a_cookie_never_passes_for_a_token),
        cmocka_unit_test(the_cache_stays_bounded),
    };
    const struct CMUnitTest places[] = {
        cmocka_unit_test(an_area_reaches_what_lies_in_it),
        cmocka_unit_test(an_organisation_reaches_what_is_below_it_alone),
        cmocka_unit_test(the_root_reaches_everything),
        cmocka_unit_test(what_is_unknown_is_denied),
        cmocka_unit_test(the_keeper_removes_what_is_past_its_time_and_nothing_else),
    };
    int bad = cmocka_run_group_tests_name("rules", rules, setup, teardown);
    return bad + cmocka_run_group_tests_name("places", places, world_up, world_down);
}
