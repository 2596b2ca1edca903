/* Host names as they are compared, zones, and which district a name on the terminal means. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "db/test_db.h"
#include "tenant.h"

#define assert_ok(call) assert_int_equal((call).code, ERR_NONE)

static void assert_folds(const char *written, const char *want)
{
    char out[HOST_ROOM] = "";
    bool fits = host_fold(written ? str_of(written) : STR_NONE, out);
    assert_int_equal(fits, want != NULL);
    if (want)
        assert_string_equal(out, want);
}

static void hosts_are_compared_without_case_port_and_last_dot(void **state)
{
    (void)state;
    assert_folds("Wutong.Example.ORG", "wutong.example.org");
    assert_folds("wutong.example.org:8443", "wutong.example.org");
    assert_folds("wutong.example.org.", "wutong.example.org");
    assert_folds("127.0.0.1:80", "127.0.0.1");
    assert_folds("[::1]:8080", "[::1]");
    assert_folds("[2001:DB8::1]", "[2001:db8::1]");
    assert_folds("xn--fiq228c.example", "xn--fiq228c.example");
}

static void what_is_no_host_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = { NULL, "", ":80", ".", ".a", "-a", "a b", "a/b", "a_b", "a@b", "b\xC3\xBCro", "[::1", "[]", "a,b", "%61" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_folds(wrong[i], NULL);
    char longest[HOST_ROOM + 1];
    memset(longest, 'a', sizeof longest);
    longest[HOST_ROOM] = 0;
    assert_folds(longest, NULL);
    longest[HOST_ROOM - 1] = 0;
    assert_folds(longest, longest);
}

static void zones_are_known_by_name(void **state)
{
    (void)state;
    const ms winter = 1768435200000, summer = 1784073600000;   /* 15 January and 15 July 2026 */
    assert_true(tenant_zone_known(STR("Asia/Shanghai")));
    assert_false(tenant_zone_known(STR("Mars/Base")));
    assert_false(tenant_zone_known(STR("")));
    assert_int_equal(tenant_zone_minutes(STR("Asia/Shanghai"), winter), 480);
    assert_int_equal(tenant_zone_minutes(STR("Asia/Urumqi"), winter), 360);
    assert_int_equal(tenant_zone_minutes(STR("Europe/Berlin"), winter), 60);
    assert_int_equal(tenant_zone_minutes(STR("Europe/Berlin"), summer), 120);
}

DB_SQL(tenant_test_insert, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, $2, $3, 'Asia/Shanghai', 0, 1)")

struct row { int64_t id; const char *code, *name, *host; };

static err insert(struct db_conn *c, void *arg)
{
    const struct row *r = arg;
    TRY(db_exec(c, &tenant_test_insert, DB_ARGS(I64(r->id), TEXT(str_of(r->code)), TEXT(str_of(r->name))), NULL));
    return r->host ? tenant_host_add(c, r->id, str_of(r->host)) : OK;
}

static err drop_host(struct db_conn *c, void *arg)
{
    const struct row *r = arg;
    return tenant_host_remove(c, r->id, str_of(r->host));
}

static void a_district_is_found_by_code_host_and_number(void **state)
{
    (void)state;
    struct test_db t;
    struct arena  *a = arena_new(0);
    struct tenant  found;
    struct row     one = { 1, "one", "甲区", NULL }, two = { 2, "two", "乙区", "two.example" }, third = { 3, "three", "丙区", "two.example" };
    test_db_open(&t);
    assert_int_equal(tenant_find(t.db, a, NULL, &found).code, ERR_NOT_FOUND);
    assert_ok(db_write(t.db, 0, insert, &one));
    assert_ok(tenant_find(t.db, a, NULL, &found));
    assert_int_equal(found.id, 1);
    assert_ok(db_write(t.db, 0, insert, &two));
    assert_int_equal(db_write(t.db, 0, insert, &third).code, ERR_TAKEN);   /* a host is one district's */
    assert_int_equal(tenant_find(t.db, a, NULL, &found).code, ERR_DISTRICT_NEEDED);
    static const char *const names[] = { "two", "2", "two.example", "TWO.example:80" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_ok(tenant_find(t.db, a, names[i], &found));
        assert_int_equal(found.id, 2);
    }
    assert_int_equal(tenant_find(t.db, a, "three", &found).code, ERR_NOT_FOUND);
    assert_int_equal(db_write(t.db, 0, drop_host, &two).code, ERR_CONFLICT);   /* neither could be asked for */
    one.host = "one.example";
    assert_int_equal(db_write(t.db, 0, drop_host, &one).code, ERR_NOT_FOUND);
    test_db_close(&t);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_compared_without_case_port_and_last_dot),
        cmocka_unit_test(what_is_no_host_is_refused),
        cmocka_unit_test(zones_are_known_by_name),
        cmocka_unit_test(a_district_is_found_by_code_host_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
