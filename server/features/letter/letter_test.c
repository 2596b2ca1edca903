/* Tests of the rules of letters: numbers, words, dates, codes. Paper, QR and pages: tests/api/letters.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "letter_inside.h"

#define CHINA 480

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#define assert_text(s, expected) assert_string_equal(str_z(arena, (s)), (expected))

static void numbers_follow_their_scheme(void **state)
{
    (void)state;
    static const struct { const char *scheme, *number; } good[] = {
        { "〔{year}〕第{n}号", "〔2026〕第17号" }, { "示银聘〔{year}〕{nnn} 号", "示银聘〔2026〕017 号" }, { "{n}", "17" }, { "{year}-{nnnn}", "2026-0017" },
    };
    static const char *const bad[] = { "", "无号", "{year}", "{n", "{nnnnn}", "{m}", "{}", "{n}{king}" };
    struct str               out;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(letter_number(arena, str_of(good[i].scheme), 2026, 17, &out).code, ERR_NONE);
        assert_text(out, good[i].number);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(letter_number(arena, str_of(bad[i]), 2026, 17, &out).code, ERR_LETTER_NUMBER);
}

static void texts_take_their_words_in(void **state)
{
    (void)state;
    struct letter_words w = { .person = STR("周立言"), .post = STR("治理顾问"), .unit = STR("梧桐里社区"), .duty = STR(""), .from = STR("一日"), .to = STR("二日") };
    static const struct { const char *text, *out; } good[] = {
        { "{person}同志：\n担任**{unit}{post}**[，{duty}]。", "周立言同志：\n担任**梧桐里社区治理顾问**。" },
        { "自{from}起[，至{to}止]。", "自一日起，至二日止。" }, { "[{duty}][{duty}]空", "空" }, { "", "" }, { "没有花括号", "没有花括号" },
    };
    static const char *const bad[] = { "{king}", "{person", "[{person}", "{}", "[{king}]" };
    struct str               out;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(letter_expand(arena, str_of(good[i].text), &w, &out).code, ERR_NONE);
        assert_text(out, good[i].out);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(letter_expand(arena, str_of(bad[i]), &w, &out).code, ERR_LETTER_TEXT);
    w.person = STR("a*b\n{post}");   /* a name is a name, whatever it is made of */
    assert_int_equal(letter_expand(arena, STR("{person}"), &w, &out).code, ERR_NONE);
    assert_text(out, "a b {post}");
}

static void dates_are_written_out(void **state)
{
    (void)state;
    static const struct { int year, month, day; const char *zh, *en; } dates[] = {
        { 2026, 5, 14, "二〇二六年五月十四日", "14\u00A0May\u00A02026" },    { 2030, 10, 10, "二〇三〇年十月十日", "10\u00A0October\u00A02030" },
        { 2028, 12, 31, "二〇二八年十二月三十一日", "31\u00A0December\u00A02028" }, { 2027, 1, 20, "二〇二七年一月二十日", "20\u00A0January\u00A02027" },
        { 2027, 2, 1, "二〇二七年二月一日", "1\u00A0February\u00A02027" },
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        ms t = clock_from_civil((struct clock_civil){ .year = dates[i].year, .month = dates[i].month, .day = dates[i].day }, CHINA);
        assert_text(letter_date(arena, t, CHINA, LETTER_ZH), dates[i].zh);
        assert_text(letter_date(arena, t, CHINA, LETTER_EN), dates[i].en);
        assert_text(letter_last_day(arena, t + MS_DAY, CHINA, LETTER_ZH), dates[i].zh);   /* the end is exclusive */
    }
    assert_text(letter_last_day(arena, 0, CHINA, LETTER_ZH), "");
}

static void a_year_is_one_word(void **state)
{
    (void)state;
    assert_text(paper_marked_up(arena, STR("至二〇二六年五月"), 100), "至<span allow_breaks=\"false\">二〇二六年</span>五月");
    assert_text(paper_marked_up(arena, STR("二〇二六"), 100), "二〇二六");
    assert_text(paper_marked_up(arena, STR("三〇二年，二〇二"), 100), "三〇二年，二〇二");
}

static void codes_need_the_key(void **state)
{
    (void)state;
    struct keys a = { .search = { 1 } }, b = { .search = { 2 } };
    struct str  code = letter_code(arena, &a, 1, 4711);
    assert_int_equal(code.len, LETTER_CODE_SIZE);
    assert_true(str_eq(code, letter_code(arena, &a, 1, 4711)));
    assert_false(str_eq(code, letter_code(arena, &a, 1, 4712)));
    assert_false(str_eq(code, letter_code(arena, &a, 2, 4711)));
    assert_false(str_eq(code, letter_code(arena, &b, 1, 4711)));
    assert_false(str_eq(letter_code_hash(arena, &a, code), letter_code_hash(arena, &b, code)));
    assert_true(str_eq(letter_code_read(arena, letter_code_spaced(arena, code)), code));
}

static void codes_are_read_as_typed(void **state)
{
    (void)state;
    assert_text(letter_code_read(arena, STR(" l7q2-9fkd oi01-abcd ")), "17Q29FKD0101ABCD");
    assert_null(letter_code_read(arena, STR("L7Q2-9FKD-0000-000")).ptr);
    assert_null(letter_code_read(arena, STR("L7Q2-9FKD-0000-00000")).ptr);
    assert_null(letter_code_read(arena, STR("L7Q2-9FKD-0000-000U")).ptr);
    assert_null(letter_code_read(arena, STR("查验码查验码")).ptr);
    assert_null(letter_code_read(arena, (struct str){ "0000000\0" "00000000", 16 }).ptr);
}

static void a_letter_ends_with_what_it_is_about(void **state)
{
    (void)state;
    assert_int_equal(letter_standing(&(struct letter_row){ .valid_from = 10 }, 5), LETTER_VALID);
    assert_int_equal(letter_standing(&(struct letter_row){ .valid_to = 100, .until = 100 }, 99), LETTER_VALID);
    assert_int_equal(letter_standing(&(struct letter_row){ .valid_to = 100, .until = 100 }, 100), LETTER_ENDED);
    assert_int_equal(letter_standing(&(struct letter_row){ .valid_to = 100, .until = 50 }, 60), LETTER_ENDED);
    assert_int_equal(letter_standing(&(struct letter_row){ .replaced_at = 1 }, 5), LETTER_ENDED);
}

static err count(void *arg, struct str bytes)
{
    *(size_t *)arg += bytes.len;
    return OK;
}

static err refuse(void *arg, struct str bytes)
{
    (void)arg;
    (void)bytes;
    return FAIL(ERR_STORAGE_FULL);
}

static struct letter_row sample(void)
{
    return (struct letter_row){ .kind = STR("letter"), .lang = STR("zh"), .no = STR("〔2026〕第1号"), .title = STR("聘书"), .body = STR("**周立言**同志：\n此聘。"),
                                .post_name = STR("顾问"), .unit_name = STR("社区"), .issuer_name = STR("街道办事处"), .issuer_area = STR("街道"), .issued_at = 1 };
}

static void a_document_ends_cleanly_whatever_happens(void **state)
{
    (void)state;
    struct letter_row   row = sample();
    struct letter_sheet sheet = { .row = &row, .url = STR("https://linli.example.org/v/0000000000000000"), .code = STR("0000000000000000") };
    size_t              bytes = 0;
    struct paper_pdf  *p = paper_pdf_begin(arena, count, &bytes, row.title, row.issuer_name, 1);
    assert_int_equal(letter_pdf_page(p, &sheet).code, ERR_NONE);
    assert_int_equal(paper_pdf_end(p).code, ERR_NONE);
    assert_true(bytes > 1000);
    p = paper_pdf_begin(arena, refuse, NULL, row.title, row.issuer_name, 1);
    err drawn = letter_pdf_page(p, &sheet);   /* the sink may be asked only at the end */
    assert_true(drawn.code == ERR_NONE || drawn.code == ERR_STORAGE_FULL);
    assert_int_equal(paper_pdf_end(p).code, ERR_STORAGE_FULL);
}

static void a_seal_of_any_shape_is_pressed(void **state)
{
    (void)state;
    static const unsigned char dots[3 * 2 * 3] = { 255, 255, 255, 200, 20, 20, 0, 0, 0 };
    struct letter_row          row = sample();
    struct letter_sheet        sheet = { .row = &row, .seal = { 2, 3, dots }, .seal_name = "1" };
    struct str                 png;
    assert_int_equal(letter_png(arena, &sheet, 50, &png).code, ERR_NONE);
    assert_true(png.len > 1000 && memcmp(png.ptr, "\x89PNG", 4) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_follow_their_scheme, setup, teardown),
        cmocka_unit_test_setup_teardown(texts_take_their_words_in, setup, teardown),
        cmocka_unit_test_setup_teardown(dates_are_written_out, setup, teardown),
        cmocka_unit_test_setup_teardown(a_year_is_one_word, setup, teardown),
        cmocka_unit_test_setup_teardown(codes_need_the_key, setup, teardown),
        cmocka_unit_test_setup_teardown(codes_are_read_as_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_letter_ends_with_what_it_is_about, setup, teardown),
        cmocka_unit_test_setup_teardown(a_document_ends_cleanly_whatever_happens, setup, teardown),
        cmocka_unit_test_setup_teardown(a_seal_of_any_shape_is_pressed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
