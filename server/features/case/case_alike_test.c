/* How alike two reports are: words, families, the score. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "case_alike.h"
#include "case_matter.h"

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

static double alike(const char *x, const char *y)
{
    return alike_words_score(alike_words(arena, case_fold(arena, str_of(x))), alike_words(arena, case_fold(arena, str_of(y))));
}

static void words(void **state)
{
    (void)state;
    assert_true(alike("路灯不亮", "路灯不亮") > 0.999);
    assert_true(alike("3 号楼东侧路灯不亮，晚上很黑", "东侧路灯坏了三天，请修") > 0.2);
    assert_true(alike("3 号楼东侧路灯不亮，晚上很黑", "下水道堵了，污水往外流") < 0.01);
    assert_true(alike("Street light out at the corner of Elm", "the STREET LIGHT on Elm is out") > 0.8);
    assert_true(alike("请您看看这个的", "请您看看那个的") < 0.01);                  /* courtesy alone is nothing in common */
    assert_true(alike("ＡＢＣ１２３ 停车", "abc123 停车") > 0.999);             /* full-width forms are folded before */
    assert_int_equal(alike_words(arena, STR("一的了是在我有和就不人都个上也很到说要去你会着没看且并则如领都请希望谢您贵感尊敬")).n, 0);
    assert_true(alike("", "路灯") < 0.01 && alike("", "") < 0.01 && alike("。，！", "。，！") < 0.01);
}

static void words_of_damaged_and_long_text(void **state)
{
    (void)state;
    struct buf b = buf_new(arena, 0);
    for (int i = 0; i < 4000; i++)
        buf_fmt(&b, "词%d语", i);
    struct alike_words many = alike_words(arena, buf_view(&b));
    assert_true(many.n > 100 && many.n <= ALIKE_WORDS_MOST);
    for (size_t i = 1; i < many.n; i++)
        assert_true(many.at[i - 1] < many.at[i]);
    /* A character cut off at the end is not read beyond it. */
    char  *cut = malloc(5);
    memcpy(cut, "路\xE7\x81", 5);
    assert_int_equal(alike_words(arena, (struct str){ cut, 5 }).n, 0);
    free(cut);
}

static void families(void **state)
{
    (void)state;
    assert_int_equal(alike_family(5, 1, 5, 1), ALIKE_SAME);
    assert_int_equal(alike_family(5, 1, 6, 1), ALIKE_SIBLING);
    assert_int_equal(alike_family(5, 1, 6, 2), ALIKE_OTHER);
    assert_int_equal(alike_family(5, 0, 6, 0), ALIKE_OTHER);   /* nothing above is no family */
    assert_int_equal(alike_family(0, 0, 6, 2), ALIKE_UNKNOWN);
    assert_int_equal(alike_family(5, 1, 0, 0), ALIKE_UNKNOWN);
}

static int score(double metres, int64_t hours, enum alike_family family, double words_)
{
    return alike_score(&(struct alike_near){ metres, 150, hours * MS_HOUR, 30 * MS_DAY, family, words_ });
}

static void scores(void **state)
{
    (void)state;
    assert_int_equal(score(151, 0, ALIKE_SAME, 1), 0);
    assert_int_equal(score(0, 24 * 31, ALIKE_SAME, 1), 0);
    assert_int_equal(score(0, 0, ALIKE_SAME, 1), 100);
    assert_true(score(5, 2, ALIKE_SAME, 0) >= ALIKE_LIKELY);        /* the same kind of thing on the same spot, in other words */
    assert_true(score(100, 2, ALIKE_SAME, 0) < ALIKE_LIKELY);       /* … but not round the corner */
    assert_true(score(100, 2, ALIKE_SAME, 0.4) >= ALIKE_LIKELY);    /* unless they say the same */
    assert_true(score(5, 2, ALIKE_OTHER, 0) < ALIKE_LIKELY);        /* a lamp and a drain on one spot are two matters */
    assert_true(score(5, 2, ALIKE_UNKNOWN, 0) < ALIKE_LIKELY);
    assert_true(score(5, 2, ALIKE_UNKNOWN, 0.3) >= ALIKE_LIKELY);
    for (int m = 0; m < 150; m += 10)                               /* never better for being farther, later or less said */
        assert_true(score(m, 1, ALIKE_SAME, 0.2) >= score(m + 10, 1, ALIKE_SAME, 0.2) &&
                    score(m, 1, ALIKE_SAME, 0.2) >= score(m, 100, ALIKE_SAME, 0.2) &&
                    score(m, 1, ALIKE_SAME, 0.2) <= score(m, 1, ALIKE_SAME, 0.3));
}

static void places(void **state)
{
    (void)state;
    assert_true(alike_metres(1214737000, 312304100, 1214737000, 312304100) < 0.001);
    double north = alike_metres(1214737000, 312304100, 1214737000, 312314100), east = alike_metres(1214737000, 312304100, 1214747000, 312304100);
    assert_true(north > 110 && north < 112 && east > 94 && east < 96);
    /* A cell holds its own middle, on every side of the globe. */
    static const int64_t at[][2] = { { 1214737000, 312304100 }, { -1182437000, 340522000 }, { -1, -1 }, { 0, 0 }, { 1800000000, 900000000 } };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        int64_t          lon, lat;
        struct case_cell c = case_cell_at(at[i][0], at[i][1]);
        case_cell_middle(c, &lon, &lat);
        assert_int_equal(case_cell_number(case_cell_at(lon, lat)), case_cell_number(c));
        assert_true(llabs(lon - at[i][0]) <= CASE_CELL_E7 / 2 && llabs(lat - at[i][1]) <= CASE_CELL_E7 / 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words), cmocka_unit_test(words_of_damaged_and_long_text), cmocka_unit_test(families), cmocka_unit_test(scores),
        cmocka_unit_test(places),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
