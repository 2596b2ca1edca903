/* Tests of the guard and of the waits; the sending itself: tests/api/hooks.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <cmocka.h>

#include "deliver_parts.h"

static bool is_public(const char *text)
{
    struct sockaddr_in  a4 = { .sin_family = AF_INET };
    struct sockaddr_in6 a6 = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, text, &a4.sin_addr) == 1)
        return address_is_public((const struct sockaddr *)&a4);
    assert_int_equal(inet_pton(AF_INET6, text, &a6.sin6_addr), 1);
    return address_is_public((const struct sockaddr *)&a6);
}

static void only_public_addresses_are_public(void **state)
{
    static const char *const inside[] = {
        "0.0.0.0", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::127.0.0.1", "fe80::1", "fc00::1", "fd12::1",
        "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1" };
    static const char *const outside[] = { "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
                                           "169.253.1.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "192.169.1.1", "223.255.255.255",
                                           "2400:3200::1", "2606:4700::1111", "::ffff:8.8.8.8" };
    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if (is_public(inside[i]))
            fail_msg("%s", inside[i]);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (!is_public(outside[i]))
            fail_msg("%s", outside[i]);
}

static void addresses_are_https_without_names_in_them(void **state)
{
    (void)state;
    assert_true(deliver_target_fits(STR("https://example.org/hook?key=1"), false));
    assert_false(deliver_target_fits(STR("http://example.org/hook"), false));
    assert_true(deliver_target_fits(STR("http://example.org/hook"), true));
    static const char *const bad[] = { "", "https://", "https:///x", "https://a@b/", "https://user:word@example.org/", "ftp://example.org/",
                                       "file:///etc/passwd", "gopher://x/", "https://a b/", "https://a/\r\nX: y", "https://a/#b", "HTTPS://a/",
                                       "https://a\\b/", "https://路灯/" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (deliver_target_fits(str_of(bad[i]), true))
            fail_msg("%s", bad[i]);
}

static void waits_double_and_end(void **state)
{
    struct app app = { 0 };   /* without settings: their defaults */
    (void)state;
    assert_int_equal(deliver_next(&app, 1, 0), 10 * MS_SECOND);
    assert_int_equal(deliver_next(&app, 2, 0), 20 * MS_SECOND);
    assert_int_equal(deliver_next(&app, 7, 0), 640 * MS_SECOND);
    assert_int_equal(deliver_next(&app, 8, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_public_addresses_are_public),
        cmocka_unit_test(addresses_are_https_without_names_in_them),
        cmocka_unit_test(waits_double_and_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
