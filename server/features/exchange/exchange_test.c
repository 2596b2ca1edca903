/* States, what is free when, hours, how well things fit: pure, with a slow reckoning beside the quick one. The routes: tests/api/exchange.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "exchange_inside.h"

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

static void a_need_stands_by_what_is_taken_on(void **state)
{
    (void)state;
    static const struct { int64_t quantity, claimed; bool done; enum need_state want; } rows[] = {
        { 10, 0, false, NEED_PUBLISHED }, { 10, 1, false, NEED_PARTLY }, { 10, 9, true, NEED_PARTLY }, { 10, 10, false, NEED_MATCHED },
        { 10, 10, true, NEED_UNDER_WAY }, { 1, 1, false, NEED_MATCHED }, { 10, 0, true, NEED_PUBLISHED },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(need_stands(rows[i].quantity, rows[i].claimed, rows[i].done), rows[i].want);
    for (int s = 0; s < NEED_STATES; s++) {
        assert_int_equal(need_open(s), s >= NEED_PUBLISHED && s <= NEED_UNDER_WAY);
        assert_int_equal(need_seeks(s), s == NEED_PUBLISHED || s == NEED_PARTLY);
        assert_int_equal(need_state_words[s] != NULL, s != NEED_NONE);
    }
}

/* Minute by minute. */
static int64_t held_slowly(const struct claim *k, size_t n, ms from, ms to)
{
    int64_t most = 0;
    for (ms at = from; at < to; at++) {
        int64_t held = 0;
        for (size_t i = 0; i < n; i++)
            held += k[i].begins_at <= at && at < k[i].ends_at ? k[i].quantity : 0;
        most = held > most ? held : most;
    }
    return most;
}

static void the_most_held_is_found_where_claims_begin(void **state)
{
    (void)state;
    uint64_t seed = 20261126;
    for (int round = 0; round < 3000; round++) {
        struct claim k[8];
        size_t       n = (seed = seed * 6364136223846793005u + 1442695040888963407u) >> 61;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            ms begins = (ms)(seed >> 33) % 30;
            k[i] = (struct claim){ .begins_at = begins, .ends_at = begins + 1 + (ms)(seed >> 50) % 9, .quantity = 1 + (int64_t)(seed >> 58) % 4 };
        }
        ms          from = (ms)(seed >> 20) % 25, to = from + 1 + (ms)(seed >> 30) % 12;
        struct list list = { k, n };
        int64_t     slow = held_slowly(k, n, from, to);
        if (held_most(&list, from, to) != slow)
            fail_msg("round %d: %lld, not %lld", round, (long long)held_most(&list, from, to), (long long)slow);
        struct resource again = { .quantity = 5, .again = true };
        assert_int_equal(resource_free(&again, &list, from, to), slow > 5 ? 0 : 5 - slow);
    }
    struct resource goods = { .quantity = 10, .reserved = 3, .used = 4 };
    assert_int_equal(resource_free(&goods, NULL, 0, 0), 3);
    goods.used = 9;
    assert_int_equal(resource_free(&goods, NULL, 0, 0), 0);
}

static ms at(int day, int hour, int minute)
{
    return clock_from_civil((struct clock_civil){ .year = 2026, .month = 11, .day = day, .hour = hour, .minute = minute }, 480);
}

static void hours_and_days_are_kept(void **state)
{
    (void)state;
    struct resource room = { .days = STR("12345"), .opens = 9 * 60, .closes = 17 * 60 + 30 }, any = { .quantity = 1 };
    static const struct { int day, h, m, h2, m2; bool want; } rows[] = {
        { 23, 9, 0, 17, 30, true },   /* a Monday */
        { 23, 8, 59, 10, 0, false },  { 23, 17, 0, 17, 31, false }, { 27, 9, 0, 10, 0, true },
        { 28, 9, 0, 10, 0, false },   /* a Saturday */
        { 29, 9, 0, 10, 0, false },   { 23, 10, 0, 10, 0, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (resource_admits(&room, at(rows[i].day, rows[i].h, rows[i].m), at(rows[i].day, rows[i].h2, rows[i].m2), 480) != rows[i].want)
            fail_msg("row %zu", i);
    assert_false(resource_admits(&room, at(23, 16, 0), at(24, 10, 0), 480));      /* over night */
    assert_true(resource_admits(&any, at(23, 16, 0), at(26, 10, 0), 480));
    any.ends_at = at(25, 0, 0);
    assert_false(resource_admits(&any, at(23, 16, 0), at(26, 10, 0), 480));
    any.begins_at = at(24, 0, 0);
    assert_false(resource_admits(&any, at(23, 16, 0), at(24, 10, 0), 480));
    assert_true(resource_admits(&any, at(24, 0, 0), at(25, 0, 0), 480));
    struct resource weekend = { .days = STR("67") };
    assert_true(resource_admits(&weekend, at(28, 0, 0), at(29, 0, 0), 480));
    assert_false(resource_admits(&weekend, at(28, 12, 0), at(29, 12, 0), 480));   /* one use stays within a day where days are named */
}

static void categories_lie_below_one_another(void **state)
{
    (void)state;
    struct list all = categories_read(arena, STR("[{\"code\":\"space\",\"zh\":\"场地\",\"en\":\"Space\",\"again\":true},"
                                                 "{\"code\":\"room\",\"zh\":\"室\",\"en\":\"Room\",\"of\":\"space\",\"again\":true},"
                                                 "{\"code\":\"hall\",\"zh\":\"厅\",\"en\":\"Hall\",\"of\":\"space\"},{\"code\":\"goods\",\"zh\":\"物\",\"en\":\"Goods\"}]"));
    struct str near[4];
    assert_int_equal(categories_near(&all, STR("room"), near, 4), 2);
    assert_true(str_is(near[0], "room") && str_is(near[1], "space"));
    assert_int_equal(categories_near(&all, STR("space"), near, 4), 3);
    assert_int_equal(categories_near(&all, STR("space"), near, 2), 2);
    assert_int_equal(categories_near(&all, STR("goods"), near, 4), 1);
    assert_int_equal(categories_near(&all, STR("gone"), near, 4), 1);
    assert_true(category_of(&all, STR("room"))->again && !category_of(&all, STR("hall"))->again);
    assert_null(category_of(&all, STR("")));
    assert_int_equal(categories_read(arena, STR("no list")).len, 0);
}

static void squares_lie_side_by_side(void **state)
{
    (void)state;
    int64_t here = exchange_cell(118.0894, 24.4798);
    assert_int_equal(exchange_cell(0, 0), 0);
    assert_int_equal(exchange_cell(118.0894 + 0.02, 24.4798), exchange_cell_beside(here, 1, 0));
    assert_int_equal(exchange_cell(118.0894, 24.4798 - 0.04), exchange_cell_beside(here, 0, -2));
    assert_int_not_equal(exchange_cell(-70.5, -33.4), exchange_cell(70.5, 33.4));
    assert_true(exchange_cell(-180, -90) > 0);
}

static int score(struct fit f)
{
    return fit_score(&f);
}

static void what_fits_better_weighs_more(void **state)
{
    (void)state;
    const struct fit best = { .same_category = true, .in_time = true, .placed = true, .wanted = 10, .free = 10, .metres = 0, .kept = 1000 };
    assert_int_equal(score(best), 100);
    struct fit worse[] = { best, best, best, best, best, best };
    worse[0].same_category = false;
    worse[1].in_time = false;
    worse[2].metres = 3000;
    worse[3].free = 4;
    worse[4].failed = 1000;
    worse[5].kept = 0;
    for (size_t i = 0; i < sizeof worse / sizeof *worse; i++)
        assert_in_range((uint64_t)score(worse[i]), 0, 99);
    assert_int_equal(score((struct fit){ .wanted = 1 }), 15 + 8 + 8);      /* nothing is known: the middle of distance and of the record */
    struct fit more = worse[3];
    more.free = 5;
    assert_true(score(more) > score(worse[3]));
}

static void a_sheet_says_days_and_hours_as_people_do(void **state)
{
    static const struct { const char *text, *days; } good[] = {
        { "12345", "12345" }, { "1-5", "12345" }, { "周一至周五", "12345" }, { "一三五", "135" }, { "星期六、星期日", "67" }, { "Mon-Fri", "12345" },
        { "Tu, Th", "24" },   { "工作日", "12345" }, { "周末", "67" },        { "每天", NULL },   { "Saturday and Sunday", "67" }, { "周五到周日", "567" },
    };
    static const char *const bad[] = { "8", "周", "五至一", "1-", "-3", "有空就来", "1-3-5", "mornings" };
    struct str               days;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(sheet_days(arena, str_of(good[i].text), &days));
        if (!str_eq(days, str_of(good[i].days)))
            fail_msg("%s became %.*s", good[i].text, STR_ARG(days));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (sheet_days(arena, str_of(bad[i]), &days))
            fail_msg("%s was read as days", bad[i]);
    static const struct { const char *text; int64_t minute; } times[] = {
        { "9:00", 540 }, { "09：30", 570 }, { "18", 1080 }, { "24:00", 1440 }, { "0.375", 540 }, { "0:00", 0 }, { "25", -1 }, { "24:01", -1 }, { "9:", -1 },
        { "九点", -1 },  { "-1", -1 },      { "9:60", -1 }, { "1.5", -1 },
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (sheet_minute(str_of(times[i].text)) != times[i].minute)
            fail_msg("%s became %lld", times[i].text, (long long)sheet_minute(str_of(times[i].text)));
    int64_t n;
    assert_true(sheet_count(arena, STR("12,500"), &n) && n == 12500);
    assert_false(sheet_count(arena, STR("60份"), &n));
    static const struct { const char *text; int price; int64_t fen; } prices[] = {
        { "", PRICE_FREE, 0 }, { "免费", PRICE_FREE, 0 }, { "Free", PRICE_FREE, 0 }, { "0", PRICE_FREE, 0 }, { "0.00元", PRICE_FREE, 0 }, { "成本价", PRICE_AT_COST, 0 },
        { "At cost", PRICE_AT_COST, 0 }, { "15", PRICE_AT_COST, 1500 }, { "12.5元", PRICE_AT_COST, 1250 }, { "0.29", PRICE_AT_COST, 29 }, { "1000000", PRICE_AT_COST, 100000000 },
    };
    static const char *const no_prices[] = { "很贵", "-1", "1000001", "15元/次", "元", "nan" };
    int                      price;
    for (size_t i = 0; i < sizeof prices / sizeof *prices; i++)
        if (!sheet_price(arena, str_of(prices[i].text), &price, &n) || price != prices[i].price || n != prices[i].fen)
            fail_msg("%s became %d, %lld fen", prices[i].text, price, (long long)n);
    for (size_t i = 0; i < sizeof no_prices / sizeof *no_prices; i++)
        if (sheet_price(arena, str_of(no_prices[i]), &price, &n))
            fail_msg("%s is no price", no_prices[i]);
}

static void figures_are_what_their_page_says(void **state)
{
    (void)state;
    assert_int_equal(exchange_rate_of(1, 2), 3333);
    assert_int_equal(exchange_rate_of(2, 1), 6667);
    assert_int_equal(exchange_rate_of(0, 3), 0);
    assert_int_equal(exchange_rate_of(0, 0), -1);
    assert_int_equal(exchange_median((int64_t[]){ 9, 1, 5 }, 3), 5);
    assert_int_equal(exchange_median((int64_t[]){ 9, 1, 5, 7 }, 4), 6);
    assert_int_equal(exchange_median(NULL, 0), -1);
}

/* docs/exchange-figures.md is this table in print; LINLI_UPDATE=1 writes it. */
static void the_page_of_figures_is_in_step(void **state)
{
    (void)state;
    const char *root = getenv("LINLI_SOURCE");
    struct buf  b = buf_new(arena, 0);
    exchange_figures_document(&b);
    if (!root)
        skip();
    const char *path = str_fmt(arena, "%s/docs/exchange-figures.md", root).ptr;
    if (getenv("LINLI_UPDATE")) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        assert_int_equal(fwrite(b.ptr, 1, b.len, out), b.len);
        assert_int_equal(fclose(out), 0);
    }
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    char  *text = arena_alloc(arena, b.len + 2);
    size_t n = fread(text, 1, b.len + 1, f);
    fclose(f);
    if (n != b.len || memcmp(text, b.ptr, n) != 0)
        fail_msg("docs/exchange-figures.md is stale: LINLI_UPDATE=1 meson test -C build exchange_test writes it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_need_stands_by_what_is_taken_on), cmocka_unit_test(the_most_held_is_found_where_claims_begin),
        cmocka_unit_test(hours_and_days_are_kept), cmocka_unit_test(categories_lie_below_one_another),
        cmocka_unit_test(squares_lie_side_by_side), cmocka_unit_test(what_fits_better_weighs_more),
        cmocka_unit_test(a_sheet_says_days_and_hours_as_people_do), cmocka_unit_test(figures_are_what_their_page_says),
        cmocka_unit_test(the_page_of_figures_is_in_step),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
