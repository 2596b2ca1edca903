/* Which names answer, how they are said, how far it is. The routes: tests/api/directory.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "directory_inside.h"
#include "../search/search.h"

static struct arena        *arena;
static const struct pinyin *readings;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    readings = pinyin_new(arena);
    return readings ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void names_are_found_as_they_are_said(void **state)
{
    (void)state;
    static const struct { const char *typed, *name; int want; } rows[] = {
        { "wtl", "梧桐里社区", 0 },       { "wutongli", "梧桐里社区", 0 },  { "WuTong Li", "梧桐里社区", 0 }, { "wutl", "梧桐里社区", 0 },
        { "wtlisq", "梧桐里社区", 0 },    { "sq", "梧桐里社区", 3 },        { "jwh", "梧桐里社区居委会", 5 }, { "zh", "曾厝垵", -1 },
        { "utl", "梧桐里社区", -1 },      { "wtx", "梧桐里社区", -1 },      { "a3hl", "A座3号楼", -1 },      { "az3hl", "A座3号楼", 0 },
        { "3hao", "A座3号楼", 2 },        { "bank", "Bank of 厦门", 0 },    { "xian", "西安路", 0 },         { "xal", "西安路", 0 },
        { "wutonglishequx", "梧桐里社区", -1 }, { "", "梧桐里社区", -1 },   { "wtl", "", -1 },              { "梧", "梧桐里社区", -1 },
        { "nv", "女", -1 },               { "zhuang", "庄家村", 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (pinyin_find(readings, str_of(rows[i].typed), str_of(rows[i].name)) != rows[i].want)
            fail_msg("%s in %s: %d", rows[i].typed, rows[i].name, pinyin_find(readings, str_of(rows[i].typed), str_of(rows[i].name)));
    assert_int_equal(pinyin_find(NULL, STR("wtl"), STR("梧桐里")), -1);
    struct buf long_one = buf_new(arena, 0), long_name = buf_new(arena, 0);
    for (int i = 0; i < 300; i++) {
        buf_z(&long_one, "a");
        buf_z(&long_name, "啊");
    }
    assert_int_equal(pinyin_find(readings, buf_view(&long_one), buf_view(&long_name)), -1);
    assert_int_equal(pinyin_find(readings, STR("aaaa"), buf_view(&long_name)), 0);
}

static void letters_are_told_from_words(void **state)
{
    (void)state;
    static const char *const said[] = { "wtl", "wu tong", "3hao", "AB" }, *const not_said[] = { "a", "3", "33", "梧桐", "wu桐", "wtl!", "" };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_true(pinyin_typed(str_of(said[i])));
    for (size_t i = 0; i < sizeof not_said / sizeof *not_said; i++)
        assert_false(pinyin_typed(str_of(not_said[i])));
}

static int rank(const char *typed, const char *name)
{
    struct str              text = str_of(typed);
    struct directory_sought s = { text, search_fold(arena, text), pinyin_typed(text) ? readings : NULL };
    return directory_rank(arena, &s, str_of(name));
}

static void what_is_written_comes_before_what_is_said(void **state)
{
    (void)state;
    static const char *const typed[] = { "bank", "bank", "bank", "bank", "bank" }, *const names[] = { "Bank", "BANK 厦门", "厦门 bank", "吧安客", "大吧安客" };
    int                      before = -1;
    for (size_t i = 0; i < 5; i++) {
        int now = rank(typed[i], names[i]);
        if (now <= before)
            fail_msg("%s: %d after %d", names[i], now, before);
        before = now;
    }
    assert_int_equal(rank("ｂａｎｋ", "Bank"), rank("bank", "Bank"));   /* full width */
    assert_int_equal(rank("梧桐", "银杏街道"), -1);
    assert_int_equal(rank("xyz", "银杏街道"), -1);
}

static void distances_are_those_of_the_sphere(void **state)
{
    (void)state;
    struct geo xiamen = { true, 118.0894, 24.4798 }, quanzhou = { true, 118.5894, 24.9088 };
    assert_int_equal(unit_metres(xiamen, xiamen), 0);
    assert_in_range((uint64_t)unit_metres((struct geo){ true, 0, 0 }, (struct geo){ true, 1, 0 }), 111194, 111196);   /* a degree: 2πr / 360 */
    assert_in_range((uint64_t)unit_metres(xiamen, quanzhou), 69477, 69478);                                           /* law of cosines */
    assert_in_range((uint64_t)unit_metres((struct geo){ true, 0, 90 }, (struct geo){ true, 180, -90 }), 20015000, 20015200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_as_they_are_said), cmocka_unit_test(letters_are_told_from_words),
        cmocka_unit_test(what_is_written_comes_before_what_is_said), cmocka_unit_test(distances_are_those_of_the_sphere),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
