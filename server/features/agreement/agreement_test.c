/* Times of pledges, the division of work among them beside a slow one, when to tell, the document: the routes are in tests/api/agreement.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement_inside.h"

enum { ZONE = 480 };
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

static ms day(int year, int month, int d)
{
    return clock_from_civil((struct clock_civil){ .year = year, .month = month, .day = d }, ZONE);
}

static void months_end_where_the_calendar_ends(void **state)
{
    (void)state;
    assert_int_equal(clock_months_later(day(2026, 1, 31), 1, ZONE), day(2026, 2, 28));
    assert_int_equal(clock_months_later(day(2024, 1, 31), 1, ZONE), day(2024, 2, 29));
    assert_int_equal(clock_months_later(day(2025, 11, 30), 3, ZONE), day(2026, 2, 28));
    assert_int_equal(clock_months_later(day(2026, 3, 15), -3, ZONE), day(2025, 12, 15));
}

static void a_term_holds_whole_times_only(void **state)
{
    (void)state;
    static const struct { int64_t rhythm; int months; int64_t want; } rows[] = {
        { ONCE, 12, 1 }, { MONTHLY, 12, 12 }, { QUARTERLY, 12, 4 }, { QUARTERLY, 11, 3 }, { HALF_YEARLY, 12, 2 }, { YEARLY, 12, 1 },
        { YEARLY, 36, 3 }, { YEARLY, 30, 2 }, { YEARLY, 6, 1 }, { QUARTERLY, 2, 1 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct term   t = { day(2026, 1, 31), clock_months_later(day(2026, 1, 31), rows[i].months, ZONE), 0, ZONE };
        struct pledge p = { .rhythm = rows[i].rhythm };
        int64_t       n = 0;
        ms            from, to, last = t.begins;
        while (pledge_time(&p, &t, n, &from, &to)) {
            assert_int_equal(from, last);
            last = to;
            n++;
        }
        assert_int_equal(n, rows[i].want);
        assert_true(last <= t.ends);
    }
}

/* ---- dividing ---- */

static uint64_t seed = 20261126;
static int64_t draw(int64_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)n);
}

static const struct exchange_category cats[] = { { STR("space"), { NULL, 0 }, STR("场地"), STR("Space") }, { STR("room"), STR("space"), STR("会议室"), STR("Room") },
                                                 { STR("goods"), { NULL, 0 }, STR("物资"), STR("Goods") }, { STR("food"), STR("goods"), STR("食品"), STR("Food") } };
static const struct list categories = { (void *)cats, 4 };

/* Whose time, day by day through the term. */
static int64_t time_slowly(const struct pledge *p, ms at)
{
    static const int each[] = { 0, 0, 1, 3, 6, 12 };
    struct clock_civil c = clock_civil_at(at, ZONE);
    int                months = c.year * 12 + c.month - 1 - 2026 * 12;   /* terms begin on the first of January 2026 here */
    return p->rhythm == ONCE ? 0 : months / each[p->rhythm];
}

static bool fits_slowly(const struct pledge *p, const struct work *w)
{
    if (p->org_id != w->org_id)
        return false;
    if (w->of.hold_id)
        return p->hold_id == w->of.hold_id;
    if (p->resource_id)
        return w->of.resource_id == p->resource_id;
    bool own = str_eq(w->of.category, p->category), above = (str_is(p->category, "space") && str_is(w->of.category, "room")) ||
               (str_is(p->category, "goods") && str_is(w->of.category, "food"));
    return own || above;
}

enum { PLEDGES = 5, WORKS = 30 };
struct trial { struct pledge p[PLEDGES]; struct work w[WORKS]; size_t n, m; };

static struct trial drawn(const struct term *t)
{
    struct trial x = { .n = (size_t)draw(PLEDGES) + 1, .m = (size_t)draw(WORKS + 1) };
    ms           at = t->begins;
    for (size_t i = 0; i < x.n; i++)
        x.p[i] = (struct pledge){ .id = (int64_t)i + 1, .org_id = 1 + draw(2), .resource_id = draw(4) ? 0 : 1 + draw(2), .quantity = 1 + draw(6),
                                  .rhythm = 1 + draw(5), .category = cats[draw(4)].code, .hold_id = draw(5) ? 0 : 7 };
    for (size_t i = 0; i < x.m; i++) {
        at += draw(12 * MS_DAY);
        x.w[i] = (struct work){ { .claim_id = (int64_t)i, .resource_id = draw(3), .hold_id = draw(8) ? 0 : 7, .quantity = 1 + draw(4),
                                  .category = cats[draw(4)].code, .given_category = STR(""), .at = at },
                                1 + draw(2), .pledge = 0, .kind = WORK_CLAIM };
    }
    return x;
}

static const int64_t times_in_a_year[] = { 0, 1, 12, 4, 2, 1 };

/* The pledge for which it counts: the first it fits in whose time something is lacking, else the last it fits. */
static int counts_slowly(const struct trial *x, const struct work *w, int64_t given[PLEDGES][12])
{
    int last = -1;
    for (size_t i = 0; i < x->n; i++) {
        int64_t in = time_slowly(&x->p[i], w->of.at);
        if (!fits_slowly(&x->p[i], w))
            continue;
        last = (int)i;
        if (in < times_in_a_year[x->p[i].rhythm] && given[i][in] < x->p[i].quantity)
            break;
    }
    return last;
}

static void divide_and_compare(const struct trial *x, const struct work *divided, int64_t given[PLEDGES][12], int64_t sum[PLEDGES])
{
    for (size_t k = 0; k < x->m; k++) {
        int want = counts_slowly(x, &x->w[k], given);
        assert_int_equal(divided[k].pledge, want);
        if (want < 0)
            continue;
        int64_t in = time_slowly(&x->p[want], x->w[k].of.at);
        if (in < times_in_a_year[x->p[want].rhythm])
            given[want][in] += x->w[k].of.quantity;
        sum[want] += x->w[k].of.quantity;
    }
}

static void each_work_counts_once_where_it_is_lacking(void **state)
{
    (void)state;
    struct term t = { day(2026, 1, 1), day(2027, 1, 1), 0, ZONE };
    for (int round = 0; round < 2000; round++) {
        struct trial    x = drawn(&t), divided = x;
        struct standing s[PLEDGES];
        int64_t         given[PLEDGES][12] = { { 0 } }, sum[PLEDGES] = { 0 };
        pledges_read_off(arena, &(struct list){ divided.p, x.n }, &(struct list){ divided.w, x.m }, &categories, &t, day(2027, 6, 1), s);
        divide_and_compare(&x, divided.w, given, sum);
        for (size_t i = 0; i < x.n; i++) {
            int64_t kept = 0, times = times_in_a_year[x.p[i].rhythm];
            for (int64_t k = 0; k < times; k++)
                kept += given[i][k] >= x.p[i].quantity;
            assert_int_equal(s[i].given, sum[i]);
            assert_int_equal(s[i].times, times);
            assert_int_equal(s[i].over, times);
            assert_int_equal(s[i].kept, kept);
            assert_int_equal(s[i].state, kept == times ? PLEDGE_KEPT : PLEDGE_LATE);
        }
        arena_reset(arena);
    }
}

static struct work order_at(int64_t id, int64_t slot, int64_t minutes, ms at)
{
    return (struct work){ { .service_id = 9, .quantity = 1, .category = STR("room"), .given_category = STR(""), .at = at }, 1, .kind = WORK_ORDER, .order_id = id,
                          .slot_id = slot, .minutes = minutes };
}

static struct work paid_at(int64_t pledge, int64_t fen, ms at)
{
    return (struct work){ { .category = STR("goods"), .given_category = STR(""), .at = at }, 1, .kind = WORK_PAYMENT, .pledge_id = pledge, .fen = fen };
}

/* Forty people at two slots, and money in parts: by the unit they are people, sessions, hours, yuan. */
static void a_unit_says_what_is_counted(void **state)
{
    (void)state;
    static const struct { const char *unit; int64_t given; bool last_counts; } rows[] = {
        { "人次", 40, true }, { "", 40, true }, { "份", 40, true }, { "场", 2, true }, { "次", 2, true }, { "小时", 16, true }, { "hours", 16, true }, { "元", 0, false },
    };
    struct term t = { day(2026, 1, 1), day(2027, 1, 1), 0, ZONE };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pledge   p = { .id = 5, .org_id = 1, .quantity = 16, .rhythm = ONCE, .category = STR("space"), .unit = str_of(rows[i].unit) };
        struct work     w[40];
        struct standing s;
        for (int k = 0; k < 40; k++)
            w[k] = order_at(k + 1, k < 20 ? 7 : 8, 25, day(2026, 3, k < 20 ? 1 : 8));   /* 40 × 25 minutes: 16 hours 40 */
        pledges_read_off(arena, &(struct list){ &p, 1 }, &(struct list){ w, 40 }, &categories, &t, day(2026, 6, 1), &s);
        assert_int_equal(s.given, rows[i].given);
        assert_int_equal(w[39].pledge >= 0, rows[i].last_counts);
        assert_int_equal(s.state, rows[i].given >= 16 ? PLEDGE_KEPT : PLEDGE_OPEN);
    }
    static const struct { const char *unit; int64_t given; } money[] = { { "元", 5001 }, { "万元", 0 }, { "", 5000 }, { "份", 0 }, { "yuan", 5001 } };
    for (size_t i = 0; i < sizeof money / sizeof *money; i++) {
        struct pledge   p[2] = { { .id = 4, .org_id = 1, .quantity = 1, .rhythm = ONCE, .category = STR("goods"), .unit = STR("元") },
                                 { .id = 5, .org_id = 1, .quantity = 5001, .rhythm = ONCE, .category = STR("goods"), .unit = str_of(money[i].unit) } };
        struct work     w[3] = { paid_at(5, 250050, day(2026, 2, 1)), paid_at(5, 250050, day(2026, 3, 1)), paid_at(6, 999900, day(2026, 3, 1)) };
        struct standing s[2];
        pledges_read_off(arena, &(struct list){ p, 2 }, &(struct list){ w, 3 }, &categories, &t, day(2026, 6, 1), s);
        assert_int_equal(s[0].given, 0);   /* it names another pledge */
        assert_int_equal(s[1].given, money[i].given);
        assert_int_equal(s[1].state, money[i].given >= 5001 ? PLEDGE_KEPT : PLEDGE_OPEN);
    }
}

static void an_order_within_a_claim_is_that_claim(void **state)
{
    (void)state;
    static const struct { int64_t service; int from, to; bool want; } rows[] = { { 9, 1, 31, true }, { 8, 1, 31, false }, { 0, 1, 31, false }, { 9, 1, 14, false },
                                                                                { 9, 16, 31, false }, { 9, 15, 15, true } };
    struct work o = order_at(1, 0, 60, day(2026, 3, 15));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(work_is_part(&o, &(struct exchange_kept){ .service_id = rows[i].service, .taken_at = day(2026, 3, rows[i].from), .at = day(2026, 3, rows[i].to) }),
                         rows[i].want);
}

static void an_order_may_be_part_of_a_claim_that_names_no_service(void **state)
{
    (void)state;
    static const struct { int64_t service, resource; struct str category, unit; int from, to; bool want; } rows[] = {
        { 0, 0, STR("room"), STR("人次"), 1, 31, true }, { 0, 0, STR("space"), STR(""), 1, 31, true },   { 9, 0, STR("room"), STR(""), 1, 31, false },
        { 0, 7, STR("room"), STR(""), 1, 31, false },    { 0, 0, STR("food"), STR(""), 1, 31, false },   { 0, 0, STR("room"), STR("元"), 1, 31, false },
        { 0, 0, STR("room"), STR(""), 16, 31, false },   { 0, 0, STR("room"), STR(""), 1, 14, false },
    };
    struct work o = order_at(1, 0, 60, day(2026, 3, 15));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct exchange_kept k = { .service_id = rows[i].service, .resource_id = rows[i].resource, .category = rows[i].category, .unit = rows[i].unit,
                                   .taken_at = day(2026, 3, rows[i].from), .at = day(2026, 3, rows[i].to) };
        assert_int_equal(work_may_be_part(&o, &k, &categories), rows[i].want);
    }
}

static void what_is_not_over_is_not_late(void **state)
{
    (void)state;
    struct term     t = { day(2026, 1, 1), day(2027, 1, 1), 0, ZONE };
    struct pledge   p[2] = { { .org_id = 1, .quantity = 2, .rhythm = QUARTERLY, .category = STR("room") },
                             { .org_id = 1, .quantity = 5, .rhythm = ONCE, .category = STR("food"), .due_at = day(2026, 6, 1) } };
    struct work     w[3] = { { { .quantity = 2, .category = STR("room"), .given_category = STR(""), .at = day(2026, 2, 1) }, 1, .pledge = 0 },
                             { { .quantity = 4, .category = STR("food"), .given_category = STR(""), .at = day(2026, 5, 1) }, 1, .pledge = 0 },
                             { { .quantity = 1, .category = STR("food"), .given_category = STR(""), .at = day(2026, 8, 1) }, 1, .pledge = 0 } };
    struct list     pledges = { p, 2 };
    struct standing s[2];
    pledges_read_off(arena, &pledges, &(struct list){ w, 2 }, &categories, &t, day(2026, 5, 15), s);
    assert_int_equal(s[0].state, PLEDGE_OPEN);
    assert_int_equal(s[0].kept, 1);
    assert_int_equal(s[0].over, 1);
    assert_int_equal(s[0].now_from, day(2026, 4, 1));
    assert_int_equal(s[1].state, PLEDGE_OPEN);
    pledges_read_off(arena, &pledges, &(struct list){ w, 2 }, &categories, &t, day(2026, 7, 1), s);
    assert_int_equal(s[0].state, PLEDGE_LATE);   /* nothing in the second quarter */
    assert_int_equal(s[1].state, PLEDGE_LATE);
    pledges_read_off(arena, &pledges, &(struct list){ w, 3 }, &categories, &t, day(2026, 8, 2), s);
    assert_int_equal(s[1].state, PLEDGE_KEPT);   /* late, but kept */
    t.ended = day(2026, 3, 31);   /* ended early: before the first quarter was over nothing was owed */
    pledges_read_off(arena, &pledges, &(struct list){ w, 0 }, &categories, &t, day(2026, 8, 2), s);
    assert_int_equal(s[0].state, PLEDGE_OPEN);
    assert_int_equal(s[0].over, 0);
}

static void parties_are_told_in_time(void **state)
{
    (void)state;
    struct agreement g = { .state = AGREEMENT_IN_FORCE, .begins_at = day(2026, 1, 1), .ends_at = day(2027, 1, 1), .review_months = 6 };
    struct pledge    p = { .rhythm = ONCE, .due_at = day(2026, 3, 20) };
    struct list      pledges = { &p, 1 };
    const ms         want[] = { day(2026, 3, 6), day(2026, 7, 1), day(2026, 12, 18), day(2027, 1, 1), 0 };
    ms               at = g.begins_at;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        at = agreement_next(&g, &pledges, at, 14 * MS_DAY, ZONE);
        assert_int_equal(at, want[i]);
    }
    assert_int_equal(review_due(&g, day(2026, 6, 30), ZONE), 0);
    assert_int_equal(review_due(&g, day(2026, 7, 1), ZONE), day(2026, 7, 1));
    assert_int_equal(review_due(&g, day(2027, 3, 1), ZONE), day(2027, 1, 1));
    g.state = AGREEMENT_ENDED;
    assert_int_equal(agreement_next(&g, &pledges, g.begins_at, 14 * MS_DAY, ZONE), 0);
}

/* The same agreement is the same bytes; a long one takes several sheets. */
static void on_paper(void **state)
{
    (void)state;
    struct party  parties[2] = { { .seq = 1, .org_id = 1, .signer = STR("李明"), .signed_at = day(2026, 2, 1) }, { .seq = 2, .org_id = 2 } };
    struct pledge pledges[40];
    struct str    names[2] = { STR("梧桐里社区居民委员会"), STR("示范银行银街支行") }, once, again, longer;
    struct buf    b = buf_new(arena, 0);
    for (int i = 0; i < 40; i++)
        pledges[i] = (struct pledge){ .org_id = 1 + i % 2, .title = STR("每季度开展一次反诈宣讲，地点由社区安排"), .quantity = 1, .unit = STR("场"), .rhythm = QUARTERLY };
    struct whole w = { .g = { .title = STR("银行与社区共建协议"), .no = STR("共建〔2026〕001号"), .signed_at = day(2026, 2, 1) },
                       .parties = { parties, 2 }, .pledges = { pledges, 2 } };
    struct agreement_sheet s = { .of = &w, .words = STR("一、**共建原则**：平等协商。\n二、期限一年。"), .url = STR("https://example.org/v/X"),
                                 .code = STR("0123456789ABCDEF"), .party_names = names, .zone_minutes = ZONE };
    assert_int_equal(agreement_pdf(arena, &s, w.g.title, names[0], &once).code, ERR_NONE);
    assert_int_equal(agreement_pdf(arena, &s, w.g.title, names[0], &again).code, ERR_NONE);
    assert_true(str_eq(once, again));
    assert_true(str_starts(once, "%PDF"));
    w.pledges.len = 40;
    for (int i = 0; i < 60; i++)
        buf_z(&b, "三、任何一方需要提前终止的，应说明原因；已经认领的事项办完为止，各方另行商定。\n");
    s.words = buf_view(&b);
    assert_int_equal(agreement_pdf(arena, &s, w.g.title, names[0], &longer).code, ERR_NONE);
    assert_true(longer.len > once.len);
    assert_non_null(memmem(longer.ptr, longer.len, "/Count 5", 8) ? longer.ptr : memmem(longer.ptr, longer.len, "/Count", 6));
}

static void what_is_due_next(void **state)
{
    (void)state;
    struct term     t = { day(2026, 1, 1), day(2026, 12, 31), 0, ZONE };
    struct pledge   once = { .rhythm = ONCE, .quantity = 5, .due_at = day(2026, 6, 1) }, open = { .rhythm = ONCE, .quantity = 5 }, monthly = { .rhythm = MONTHLY, .quantity = 2 };
    struct standing none = { 0 }, kept = { .kept = 1 }, enough = { .now_given = 2 }, half = { .now_given = 1 };
    ms              at = 0;
    assert_true(pledge_due(&once, &none, &t, day(2026, 3, 1), &at));
    assert_int_equal(at, day(2026, 6, 1));
    assert_true(pledge_due(&once, &none, &t, day(2026, 7, 1), &at));   /* late, and still to be done */
    assert_int_equal(at, day(2026, 6, 1));
    assert_false(pledge_due(&once, &kept, &t, day(2026, 3, 1), &at));
    assert_true(pledge_due(&open, &none, &t, day(2026, 3, 1), &at));
    assert_int_equal(at, day(2026, 12, 31));
    assert_true(pledge_due(&monthly, &half, &t, day(2026, 2, 10), &at));
    assert_int_equal(at, day(2026, 3, 1));
    assert_true(pledge_due(&monthly, &enough, &t, day(2026, 2, 10), &at));
    assert_int_equal(at, day(2026, 4, 1));
    assert_false(pledge_due(&monthly, &none, &t, day(2026, 12, 20), &at));   /* the last whole month is over */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_end_where_the_calendar_ends),        cmocka_unit_test(a_term_holds_whole_times_only),
        cmocka_unit_test(each_work_counts_once_where_it_is_lacking), cmocka_unit_test(what_is_not_over_is_not_late),
        cmocka_unit_test(parties_are_told_in_time),                  cmocka_unit_test(on_paper),
        cmocka_unit_test(a_unit_says_what_is_counted),               cmocka_unit_test(an_order_within_a_claim_is_that_claim),
        cmocka_unit_test(an_order_may_be_part_of_a_claim_that_names_no_service),
        cmocka_unit_test(what_is_due_next),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
