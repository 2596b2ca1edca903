/* Tests of what a mail says and of its headers; the sending itself: tests/api/mail.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "mail_parts.h"

#define CHINA 480

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

static void addresses(void **state)
{
    static const char *const good[] = { "a@b.cn", "wang.fang+linli@mail.example.org", "o'neil@xn--fiq228c.cn", "1@2.3" };
    static const char *const bad[] = { "", "a", "@b.cn", "a@", "a@b", "a@b..cn", "a@.cn", "a@b.cn.", ".a@b.cn", "a.@b.cn", "a..b@b.cn", "-a@b.cn",
                                       "a b@c.cn", "a@b.cn\r\nRCPT TO:<x@y.z>", "a@b.cn\n", "<a@b.cn>", "a@b@c.cn", "a@b.cn, c@d.cn", "路@b.cn",
                                       "a@路.cn", "a@-b.cn", "a@b-.cn", "\"a\"@b.cn", "a@[127.0.0.1]", "a\\@b.cn" };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!mail_address_fits(str_of(good[i])))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (mail_address_fits(str_of(bad[i])))
            fail_msg("%s", bad[i]);
    assert_false(mail_address_fits((struct str){ "a\0b@c.cn", 8 }));
}

/* Every line of a header: no longer than 76 bytes, and no line break but before a blank. */
static void check_header(struct str s)
{
    size_t line = 0;
    for (size_t i = 0; i < s.len; i++, line++) {
        assert_true(s.ptr[i] >= ' ' || s.ptr[i] == '\r' || s.ptr[i] == '\n');
        assert_true((unsigned char)s.ptr[i] < 0x7F);
        if (s.ptr[i] == '\n') {
            assert_true(i > 0 && s.ptr[i - 1] == '\r' && i + 1 < s.len && s.ptr[i + 1] == ' ');
            line = 0;
        }
        assert_true(line <= 76);
    }
}

static void headers_hold_nothing_but_text(void **state)
{
    (void)state;
    assert_true(str_is(mail_header_text(arena, STR("New comment: 260512-0001")), "New comment: 260512-0001"));
    assert_true(str_is(mail_header_text(arena, STR("路灯")), "=?UTF-8?B?6Lev54Gv?="));
    assert_true(str_is(mail_header_text(arena, STR("a\r\nBcc: x@y.z")), "a  Bcc: x@y.z"));
    assert_true(str_is(mail_header_text(arena, STR("=?x?=")), "=?UTF-8?B?PT94Pz0=?="));   /* what looks encoded is encoded */
    static const char *const hard[] = { "很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题很长的标题",
                                        "路\r\nBcc: a@b.cn\r\n\r\n正文", "路\x7f灯\x01", "a very long subject that goes on and on, beyond what a line of a header should hold" };
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
        check_header(mail_header_text(arena, str_of(hard[i])));
    assert_true(str_is(mail_mailbox(arena, STR("Linli \"x\" \\"), STR("a@b.cn")), "\"Linli \\\"x\\\" \\\\\" <a@b.cn>"));
    assert_true(str_is(mail_mailbox(arena, STR("a\r\nTo: <b@c.d>"), STR("a@b.cn")), "\"a  To: <b@c.d>\" <a@b.cn>"));
    assert_true(str_is(mail_mailbox(arena, STR_NONE, STR("a@b.cn")), "<a@b.cn>"));
    assert_true(str_is(mail_mailbox(arena, STR("邻里"), STR("a@b.cn")), "=?UTF-8?B?6YK76YeM?= <a@b.cn>"));
}

static ms at(const char *iso)
{
    ms t;
    assert_true(clock_parse_iso(str_of(iso), &t));
    return t;
}

static void dates_and_hours(void **state)
{
    (void)state;
    assert_true(str_is(mail_date(arena, at("2026-05-12T09:42:07+08:00"), CHINA), "Tue, 12 May 2026 09:42:07 +0800"));
    assert_true(str_is(mail_date(arena, at("2026-01-01T00:00:00Z"), -210), "Wed, 31 Dec 2025 20:30:00 -0330"));
    assert_int_equal(mail_next_hour(at("2026-05-12T07:59:00+08:00"), 8, CHINA), at("2026-05-12T08:00:00+08:00"));
    assert_int_equal(mail_next_hour(at("2026-05-12T08:00:00+08:00"), 8, CHINA), at("2026-05-13T08:00:00+08:00"));
    static const struct { const char *when; int from, to; const char *then; } quiet[] = {
        { "2026-05-12T21:59:00+08:00", 22, 7, "2026-05-12T21:59:00+08:00" }, { "2026-05-12T22:00:00+08:00", 22, 7, "2026-05-13T07:00:00+08:00" },
        { "2026-05-13T06:59:59+08:00", 22, 7, "2026-05-13T07:00:00+08:00" }, { "2026-05-13T07:00:00+08:00", 22, 7, "2026-05-13T07:00:00+08:00" },
        { "2026-05-12T12:30:00+08:00", 12, 14, "2026-05-12T14:00:00+08:00" }, { "2026-05-12T14:00:00+08:00", 12, 14, "2026-05-12T14:00:00+08:00" },
        { "2026-05-12T12:30:00+08:00", 12, 12, "2026-05-12T12:30:00+08:00" },
    };
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        assert_int_equal(mail_after_quiet(at(quiet[i].when), quiet[i].from, quiet[i].to, CHINA), at(quiet[i].then));
}

static bool holds(struct str s, const char *part)
{
    return memmem(s.ptr, s.len, part, strlen(part)) != NULL;
}

static void letters(void **state)
{
    struct mail_words w = { STR("枫桥区"), STR("https://linli.example.org"), STR("https://linli.example.org/stop/t"), LANG_ZH, CHINA };
    struct mail_line  lines[60];
    (void)state;
    for (size_t i = 0; i < 60; i++)
        lines[i] = (struct mail_line){ STR("case.dispatched"), STR("case"), 7, STR("{\"code\":\"260512-0001\",\"title\":\"路灯\"}"), at("2026-05-12T09:42:07+08:00") };
    struct letter one = mail_letter(arena, &w, mail_lines_write(arena, lines, 1), false);
    assert_true(str_is(one.subject, "派给你们的事项，请签收：260512-0001 路灯"));
    assert_true(holds(one.text, "https://linli.example.org/desk/cases/7\r\n"));
    assert_true(holds(one.text, "/stop/t\r\n"));
    struct letter day = mail_letter(arena, &w, mail_lines_write(arena, lines, 60), true);
    assert_true(str_is(day.subject, "枫桥区：60 条消息"));
    assert_true(holds(day.text, "05-12 09:42  派给你们的事项"));
    assert_true(holds(day.text, "还有 10 条"));
    w.lang = LANG_EN;
    lines[0].kind = STR("case.follow_closed");
    one = mail_letter(arena, &w, mail_lines_write(arena, lines, 1), false);
    assert_true(str_is(one.subject, "260512-0001, which you follow, is closed"));
    assert_true(holds(one.text, "https://linli.example.org/c/260512-0001\r\n"));
    assert_false(holds(one.text, "/desk/"));
    for (size_t i = 0; i < one.text.len; i++)
        assert_true(one.text.ptr[i] != '\n' || one.text.ptr[i - 1] == '\r');
    assert_true(mail_letter(arena, &w, STR("not json"), true).text.len > 0);
}

static void topics(void **state)
{
    static const struct { const char *kind; enum notify_topic topic; } all[] = {
        { "case.reported", TOPIC_WORK }, { "case.task_answered", TOPIC_WORK }, { "case.due_soon", TOPIC_DEADLINES }, { "case.overdue", TOPIC_DEADLINES },
        { "case.review_due", TOPIC_DEADLINES }, { "case.no_answer", TOPIC_DEADLINES }, { "case.yours_closed", TOPIC_OWN }, { "case.comment", TOPIC_OWN },
        { "case.follow_closed", TOPIC_FOLLOWED }, { "job.ended", TOPIC_OTHER }, { "something.else", TOPIC_OTHER } };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(notify_topic_of(str_of(all[i].kind)), all[i].topic);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses), cmocka_unit_test(headers_hold_nothing_but_text), cmocka_unit_test(dates_and_hours), cmocka_unit_test(letters),
        cmocka_unit_test(topics),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
