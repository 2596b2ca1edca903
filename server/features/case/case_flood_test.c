/* Work asked of reporters in a flood: what counts as done, and what does not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "case_flood.h"

static const unsigned char KEY[32] = { 7 }, OTHER[32] = { 8 };
static struct arena       *arena;

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

static struct str answer(struct str challenge, struct str key)
{
    return str_fmt(arena, "%.*s:%lld", STR_ARG(challenge), (long long)flood_solve(arena, challenge, key));
}

static void work_done_counts_for_its_own_request(void **state)
{
    (void)state;
    struct str key = STR("0123456789abcdef0123456789abcdef"), other = STR("fedcba9876543210fedcba9876543210");
    struct str work = answer(flood_challenge(arena, KEY, 1000, 12), key);
    assert_true(flood_solved(arena, KEY, work, key, 999));
    assert_false(flood_solved(arena, KEY, work, key, 1000));      /* the challenge has ended */
    assert_false(flood_solved(arena, OTHER, work, key, 999));     /* not a challenge of ours */
    /* By chance 1 in 4,096 numbers would do for the other key too; this one does not. */
    assert_false(flood_solved(arena, KEY, work, other, 999));
    struct str brief = STR("short");
    assert_false(flood_solved(arena, KEY, answer(flood_challenge(arena, KEY, 1000, 4), brief), brief, 999));
}

static void a_challenge_cannot_be_made_easier(void **state)
{
    (void)state;
    struct str key = STR("0123456789abcdef0123456789abcdef"), hard = flood_challenge(arena, KEY, 1000, 20);
    struct str mac = hard;
    (void)str_cut(&mac, '.');
    (void)str_cut(&mac, '.');
    struct str easy = str_fmt(arena, "1000.1.%.*s", STR_ARG(mac));
    assert_false(flood_solved(arena, KEY, answer(easy, key), key, 999));
    struct str longer = str_fmt(arena, "99000.20.%.*s", STR_ARG(mac));
    assert_false(flood_solved(arena, KEY, str_fmt(arena, "%.*s:1", STR_ARG(longer)), key, 999));
}

static void nonsense_is_no_work(void **state)
{
    (void)state;
    struct str        key = STR("0123456789abcdef0123456789abcdef");
    static const char *const texts[] = { "", ":", "1", "1:2", "1.2:3", "1.2.:3", ".9.:", "1000.-1.00:1", "1000.999.00:1",
                                         "99999999999999999999.1.00:1", "1000.12.0123456789abcdef0123456789abcdef:5" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(flood_solved(arena, KEY, str_of(texts[i]), key, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_done_counts_for_its_own_request),
        cmocka_unit_test(a_challenge_cannot_be_made_easier),
        cmocka_unit_test(nonsense_is_no_work),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
