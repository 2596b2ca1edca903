/* Learning and guessing: what was said of lamps is a lamp, the reasons are words of the text, the file is whole or nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "suggest.h"

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

enum { LAMP = 11, DRAIN = 22, NOISE = 33 };

static struct suggest_model *three(void)
{
    static const char *const about[3][4] = {
        { "路灯不亮了", "门口的路灯坏了", "路灯忽明忽暗", "晚上没有路灯" },
        { "下水道堵了冒水", "井盖下面冒水", "雨后积水下水道不通", "污水冒出来" },
        { "半夜施工噪音", "楼上装修太吵", "广场舞噪音扰民", "夜里打麻将很吵" },
    };
    struct suggest_sample *s = ARENA_ARRAY(arena, 120, struct suggest_sample);
    for (int i = 0; i < 120; i++)
        s[i] = (struct suggest_sample){ str_fmt(arena, "%d号楼%s，请处理", i, about[i % 3][i / 3 % 4]), (i % 3 + 1) * 11 };
    return suggest_learn(arena, s, 120, &(struct suggest_limits){ 0 });
}

static void what_was_learnt_is_guessed_with_its_reasons(void **state)
{
    (void)state;
    struct suggest_model *m = three();
    struct suggest_guess  g[SUGGEST_GUESSES];
    assert_non_null(m);
    assert_int_equal(suggest_labels(m), 3);
    assert_int_equal(suggest_learnt(m), 120);
    struct str text = STR("小区东门的路灯又不亮");
    assert_int_equal(suggest_guess(m, arena, text, g), 3);
    assert_int_equal(g[0].label, LAMP);
    assert_true(g[0].confidence > 0.6 && g[0].confidence <= 1);
    assert_true(g[0].confidence >= g[1].confidence && g[1].confidence >= g[2].confidence);
    assert_true(g[0].word_count >= 1);
    for (size_t i = 0; i < g[0].word_count; i++)
        assert_true(g[0].words[i].ptr >= text.ptr && g[0].words[i].ptr + g[0].words[i].len <= text.ptr + text.len && utf8_valid(g[0].words[i]));
    suggest_guess(m, arena, STR("楼下噪音很吵"), g);
    assert_int_equal(g[0].label, NOISE);
    suggest_forget(m);
}

static void unknown_words_and_no_words_give_nothing(void **state)
{
    (void)state;
    struct suggest_model *m = three();
    struct suggest_guess  g[SUGGEST_GUESSES];
    assert_int_equal(suggest_guess(m, arena, STR("zzz"), g), 0);
    assert_int_equal(suggest_guess(m, arena, STR(""), g), 0);
    assert_int_equal(suggest_guess(m, arena, STR_NONE, g), 0);
    suggest_forget(m);
}

static void few_samples_make_no_model(void **state)
{
    (void)state;
    struct suggest_sample s[30];
    for (int i = 0; i < 30; i++)
        s[i] = (struct suggest_sample){ STR("路灯不亮"), i < 21 ? LAMP : DRAIN };
    assert_null(suggest_learn(arena, s, 30, &(struct suggest_limits){ 0 }));   /* one label with ten samples is none to tell apart */
    assert_null(suggest_learn(arena, s, 0, &(struct suggest_limits){ 0 }));
}

static void a_long_text_is_read_at_its_beginning(void **state)
{
    (void)state;
    struct suggest_model *m = three();
    struct suggest_guess  g[SUGGEST_GUESSES];
    char                 *text = arena_alloc(arena, 90001);
    for (int i = 0; i < 30000; i++)
        memcpy(text + i * 3, i < 2 ? (i ? "灯" : "路") : "好", 3);
    assert_int_equal(suggest_guess(m, arena, (struct str){ text, 90000 }, g), 3);
    assert_int_equal(g[0].label, LAMP);
    suggest_forget(m);
}

static void the_file_is_whole_or_nothing(void **state)
{
    (void)state;
    char                  path[64];
    struct suggest_guess  g[SUGGEST_GUESSES], h[SUGGEST_GUESSES];
    struct suggest_model *m = three(), *again;
    snprintf(path, sizeof path, "suggest-test-%d.model", (int)getpid());
    assert_null(suggest_load(path));
    assert_int_equal(suggest_save(m, path).code, ERR_NONE);
    again = suggest_load(path);
    assert_non_null(again);
    suggest_guess(m, arena, STR("路灯坏了"), g);
    suggest_guess(again, arena, STR("路灯坏了"), h);
    assert_int_equal(g[0].label, h[0].label);
    assert_true(g[0].confidence == h[0].confidence);
    suggest_forget(again);
    assert_int_equal(truncate(path, 5000), 0);
    assert_null(suggest_load(path));
    assert_int_equal(truncate(path, 10), 0);
    assert_null(suggest_load(path));
    unlink(path);
    suggest_forget(m);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(what_was_learnt_is_guessed_with_its_reasons),
        T(unknown_words_and_no_words_give_nothing),
        T(few_samples_make_no_model),
        T(a_long_text_is_read_at_its_beginning),
        T(the_file_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
