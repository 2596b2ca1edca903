/* Tests of signatures and of what is said; the ways in and out: tests/api/hooks.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "hook_parts.h"
#include "../../base/crypto.h"

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

#define SECRET STR("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
#define ID     STR("msg_p5jXN8AQM9LWM0D4loKWxJek")
#define AT     STR("1614265330")
#define BODY   STR("{\"test\": 2432232314}")
#define RIGHT  STR("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
#define NOW    (1614265330 * MS_SECOND)

/* The example that the libraries of Standard Webhooks test themselves with. */
static void the_published_example_is_signed_alike(void **state)
{
    (void)state;
    struct str made = sign_v1(arena, SECRET, ID, AT, BODY);
    assert_true(str_eq(made, RIGHT));
    assert_null(sign_v1(arena, STR("no secret"), ID, AT, BODY).ptr);
    assert_null(sign_v1(arena, STR("whsec_%%%"), ID, AT, BODY).ptr);
}

static bool fits(struct str id, struct str at, struct str signature, struct str body, ms now)
{
    const struct str header[3] = { id, at, signature };
    return sign_fits(arena, SECRET, header, body, now);
}

static void only_the_right_signature_in_its_time_fits(void **state)
{
    (void)state;
    assert_true(fits(ID, AT, RIGHT, BODY, NOW));
    assert_true(fits(ID, AT, STR("v1,AAAA v1a,xx v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), BODY, NOW));
    assert_true(fits(ID, AT, RIGHT, BODY, NOW + SIGN_WINDOW));
    assert_false(fits(ID, AT, RIGHT, BODY, NOW + SIGN_WINDOW + 1));
    assert_true(fits(ID, AT, RIGHT, BODY, NOW - SIGN_WINDOW));
    assert_false(fits(ID, AT, RIGHT, BODY, NOW - SIGN_WINDOW - 1));
    assert_false(fits(STR("msg_other"), AT, RIGHT, BODY, NOW));
    assert_false(fits(ID, STR("1614265331"), RIGHT, BODY, NOW));
    assert_false(fits(ID, AT, RIGHT, STR("{\"test\": 2432232315}"), NOW));
    assert_false(fits(ID, AT, STR("v1,g0hM9SsE"), BODY, NOW));
    assert_false(fits(ID, AT, STR_NONE, BODY, NOW));
    assert_false(fits(STR_NONE, AT, RIGHT, BODY, NOW));
    assert_false(fits(ID, STR("now"), RIGHT, BODY, NOW));
}

/* Computed with `printf … | openssl dgst -sha256 -hmac … -binary | base64` after the algorithms in the robots' documentation. */
static void robots_are_signed_as_their_pages_say(void **state)
{
    (void)state;
    struct str secret = STR("SEC000000000000000000000");
    assert_string_equal(sign_dingtalk(arena, secret, 1700000000000).ptr, "1zJ/w34EOSVAYr7cu7Vo8LnebmK2/GrCgegtr8mQrqM=");
    assert_string_equal(sign_feishu(arena, secret, 1700000000000).ptr, "T/Rh7mO9UfAMVq2oLqqH6N/gcjNQWQW4G5Lekc5WAeo=");
    assert_string_equal(hook_feishu_signed(arena, STR("{\"msg_type\":\"text\"}"), secret, 1700000000999).ptr,
                        "{\"timestamp\":\"1700000000\",\"sign\":\"T/Rh7mO9UfAMVq2oLqqH6N/gcjNQWQW4G5Lekc5WAeo=\",\"msg_type\":\"text\"}");
}

static struct hook_step step(bool title)
{
    return (struct hook_step){ .told = { .id = 7, .code = STR("260512-0387"), .title = STR("<@all> [点我](http://x) 路灯\n不亮"), .action = ACT_DISPATCH,
                                         .from = CASE_ACCEPTED, .state = CASE_DISPATCHED, .category_id = 3, .area_id = 4, .org_id = 5, .severity = 2,
                                         .reported_at = 1778550120000, .due_at = 1778578920000 },
                               .category_zh = STR("路灯异常"), .category_en = STR("Street lamp"), .area = STR("第1网格"), .org = STR("路灯所"),
                               .site = STR("https://linli.example.org"), .title = title, .at = 1778550121000, .zone_minutes = 480 };
}

static void words_are_told_only_when_wanted_and_mark_nothing_up(void **state)
{
    (void)state;
    struct hook_step plain = step(false), full = step(true);
    for (int f = FORMAT_JSON; f <= FORMAT_FEISHU; f++) {
        assert_null(strstr(hook_body(arena, (enum hook_format)f, false, &plain).ptr, "路灯\\n不亮"));
        assert_null(strstr(hook_body(arena, (enum hook_format)f, false, &plain).ptr, "点我"));
        assert_non_null(strstr(hook_body(arena, (enum hook_format)f, false, &full).ptr, "点我"));
        if (f != FORMAT_JSON)
            assert_null(strstr(hook_body(arena, (enum hook_format)f, false, &full).ptr, "<@all>"));
    }
    assert_string_equal(hook_plain(arena, STR("a<b>@c")).ptr, "a＜b＞＠c");
}

static void each_format_is_as_its_page_says(void **state)
{
    (void)state;
    struct hook_step s = step(false);
    assert_string_equal(hook_body(arena, FORMAT_JSON, false, &s).ptr,
                        "{\"type\":\"case.dispatch\",\"timestamp\":\"2026-05-12T01:42:01.000Z\",\"data\":{\"id\":\"7\",\"code\":\"260512-0387\","
                        "\"action\":\"dispatch\",\"from\":\"accepted\",\"state\":\"dispatched\",\"outcome\":null,\"severity\":2,"
                        "\"category\":{\"id\":\"3\",\"name\":\"路灯异常\"},\"area\":{\"id\":\"4\",\"name\":\"第1网格\"},"
                        "\"org\":{\"id\":\"5\",\"name\":\"路灯所\"},\"reported_at\":\"2026-05-12T01:42:00.000Z\","
                        "\"due_at\":\"2026-05-12T09:42:00.000Z\",\"url\":\"https://linli.example.org/desk/cases/7\"}}");
    assert_string_equal(hook_body(arena, FORMAT_FEISHU, false, &s).ptr,
                        "{\"msg_type\":\"text\",\"content\":{\"text\":\"派遣：事项 260512-0387\\n状态：待签收\\n类别：路灯异常\\n区域：第1网格\\n"
                        "承办：路灯所\\n时限：2026-05-12 17:42\\nhttps://linli.example.org/desk/cases/7\"}}");
    assert_non_null(strstr(hook_body(arena, FORMAT_WECOM, false, &s).ptr, "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"**派遣：事项 260512-0387**\\n"));
    assert_non_null(strstr(hook_body(arena, FORMAT_DINGTALK, true, &s).ptr,
                           "{\"msgtype\":\"markdown\",\"markdown\":{\"title\":\"Dispatch: case 260512-0387\",\"text\":\"**Dispatch: case 260512-0387**\\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_example_is_signed_alike),
        cmocka_unit_test(only_the_right_signature_in_its_time_fits),
        cmocka_unit_test(robots_are_signed_as_their_pages_say),
        cmocka_unit_test(words_are_told_only_when_wanted_and_mark_nothing_up),
        cmocka_unit_test(each_format_is_as_its_page_says),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
