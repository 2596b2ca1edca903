/* Words of texts and questions; the index in one group with what it belongs to. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../../db/test_db.h"
#include "search_parts.h"

#define TENANT 3

static struct test_db db;
static struct arena  *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    log_setup(LOG_ERROR + 1, false);
    test_db_open(&db);
    if (test_db_postgres())   /* the words of cases that are not there */
        test_db_run(db.name, "ALTER TABLE search_case DROP CONSTRAINT IF EXISTS search_case_tenant_id_case_id_fkey");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    test_db_close(&db);
    arena_free(arena);
    return 0;
}

#define assert_ok(call)       assert_int_equal((call).code, ERR_NONE)
#define assert_words(s, want) assert_string_equal(str_z(arena, search_words(arena, search_fold(arena, str_of(s)))), want)

static void texts_become_words(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words("，。！ \n", "");
    assert_words("灯", "灯");
    assert_words("路灯坏了", "路灯 灯坏 坏了 了");
    assert_words("路灯，坏了", "路灯 灯 坏了 了");
    assert_words("Lamp out AT No.5", "lamp out at no 5");
    assert_words("３号楼A座", "3 号楼 楼 a 座");
    assert_words("260512-0387 井盖", "260512 0387 井盖 盖");
    assert_words("カナ한국", "カナ ナ한 한국 국");
    assert_words("café", "café");
    /* The index's own signs are nobody's letters: what begins with them cannot come from a text. */
    assert_words("\xEE\x80\x80" "17 \xEE\x80\x81" "ab", "17 ab");
}

static void a_word_of_the_index_is_not_longer_than_forty_bytes(void **state)
{
    (void)state;
    struct str w = search_words(arena, STR("0123456789012345678901234567890123456789ZZZZ"));
    assert_int_equal(w.len, SEARCH_WORD_MOST);
    w = search_words(arena, STR("éééééééééééééééééééééé"));
    assert_true(w.len <= SEARCH_WORD_MOST && utf8_valid(w));
}

#define assert_match(text, want) assert_string_equal(str_z(arena, search_read(arena, str_of(text)).match), want)

static void questions_become_matches(void **state)
{
    (void)state;
    assert_match("路灯", "\"路灯\"");
    assert_match("lam", "\"lam\"*");
    assert_match("lam ", "\"lam\"");
    assert_match("Street lamp", "\"street\" AND \"lamp\"*");
    assert_match("路灯的", "\"路灯\"");                          /* a filler says nothing beside a word */
    assert_match("积水", "\"积水\"");                            /* whatever the dictionary makes of it */
    assert_match("积水了", "\"积水\"");
    assert_true(search_read(arena, STR("灯")).match.len == 0);   /* a letter alone is looked for in the newest texts, not in the index */
    assert_int_equal(search_read(arena, STR("灯")).words.len, 1);
    assert_match("260512-0387", "\"260512\" AND \"0387\"*");
    assert_match("260", "\"260\"");   /* too many numbers begin so */
    assert_match("2605", "\"2605\"*");
    assert_match("\" OR * NEAR(", "\"or\" AND \"near\"*");        /* nothing that FTS5 or a tsquery would take for its own */
    assert_true(search_read(arena, STR("。，")).match.len == 0);
    assert_true(search_read(arena, STR("。，")).words.len == 0);
}

static void what_is_found_holds_every_word(void **state)
{
    (void)state;
    struct search_query q = search_read(arena, STR("路灯 坏"));
    assert_int_equal(q.words.len, 2);
    assert_true(search_fits(&q, STR("小区路灯又坏了")));
    assert_false(search_fits(&q, STR("小区路灯不亮")));
    assert_false(search_fits(&q, STR_NONE));
    assert_true(str_is(search_excerpt(arena, &q, STR("门口的路灯\n坏了")), "门口的路灯 坏了"));
    struct str far = str_fmt(arena, "%s路灯坏了", "一二三四五六七八九十一二三四五六七八九十");
    assert_true(str_starts(search_excerpt(arena, &q, far), "…五六"));
}

static bool may_fit(const char *asked, const char *number, const char *text)
{
    const struct str    texts[] = { str_of(number), str_of(text), STR_NONE };
    struct search_query q = search_read(arena, str_of(asked));
    return search_may_fit(&q, texts, 3);
}

static void what_cannot_fit_is_seen_before_folding(void **state)
{
    (void)state;
    assert_true(may_fit("路灯 坏", "260512-0001", "小区路灯又坏了"));
    assert_false(may_fit("路灯 坏", "260512-0001", "小区路灯不亮"));
    assert_true(may_fit("lamp", "260512-0001", "小区 ＬＡＭＰ 不亮"));   /* only folding tells */
    assert_true(may_fit("0512", "260512-0001", ""));
    assert_true(may_fit("！", "260512-0001", ""));
    assert_false(may_fit("灯", "", ""));
}

/* ---- the index ---- */

static struct search_case of(int64_t id, const char *text, int64_t area, int64_t org)
{
    return (struct search_case){ id, search_fold(arena, str_of(text)), area, org, STR_NONE };
}

static err put_two(struct db_conn *c, void *arg)
{
    struct search_case later = of(20, "路灯坏了 lamp", 2, 7), earlier = of(10, "路灯不亮 light", 1, 0);
    search_put(c, TENANT, &later);
    search_put(c, TENANT, &earlier);   /* out of order: the end of the group puts that right */
    return arg ? FAIL(ERR_CONFLICT) : OK;
}

static err move_one(struct db_conn *c, void *arg)
{
    struct search_case was = of(20, "路灯坏了 lamp", 2, 7), now = of(20, "井盖坏了", 1, 8);
    (void)arg;
    search_remove(c, TENANT, &was);
    search_put(c, TENANT, &now);
    return OK;
}

struct question { const char *text; int64_t area, org; bool oldest; int64_t ids[8]; size_t n; };

static err ask(struct db_conn *c, void *arg)
{
    struct question    *q = arg;
    struct search_range range = { .match = search_read(arena, str_of(q->text)).match, .areas = { &q->area, q->area ? 1 : 0 },
                                  .orgs = { &q->org, q->org ? 1 : 0 }, .below = INT64_MAX, .oldest_first = q->oldest, .most = 8 };
    return search_find(c, arena, TENANT, &range, q->ids, &q->n);
}

static struct question asked(const char *text, int64_t area, bool oldest)
{
    struct question q = { .text = text, .area = area, .oldest = oldest };
    assert_ok(db_read(db.db, ask, &q));
    return q;
}

static struct question asked_of(const char *text, int64_t area, int64_t org)
{
    struct question q = { .text = text, .area = area, .org = org };
    assert_ok(db_read(db.db, ask, &q));
    return q;
}

static void the_index_knows_where_a_case_is_and_who_has_it(void **state)
{
    (void)state;
    assert_ok(db_write(db.db, 0, put_two, NULL));
    assert_int_equal(asked_of("路灯", 0, 7).n, 1);
    assert_int_equal(asked_of("路灯", 0, 7).ids[0], 20);
    assert_int_equal(asked_of("路灯", 2, 7).n, 1);
    assert_int_equal(asked_of("路灯", 1, 7).n, 0);    /* both hold, not one of them */
    assert_int_equal(asked_of("路灯", 0, 2).n, 0);    /* an area's number is not an organisation's */
    assert_ok(db_write(db.db, 0, move_one, NULL));
    assert_int_equal(asked_of("路灯", 0, 7).n, 0);
    assert_int_equal(asked_of("井盖", 0, 7).n, 0);
    assert_int_equal(asked_of("井盖", 0, 8).n, 1);
}

static void the_index_changes_with_the_commit(void **state)
{
    (void)state;
    assert_int_equal(db_write(db.db, 0, put_two, &db).code, ERR_CONFLICT);
    assert_int_equal(asked("路灯", 0, false).n, 0);   /* what failed left no words */
    assert_ok(db_write(db.db, 0, put_two, NULL));
    struct question q = asked("路灯", 0, false);
    assert_int_equal(q.n, 2);
    assert_int_equal(q.ids[0], 20);
    assert_int_equal(asked("路灯", 0, true).ids[0], 10);
    assert_int_equal(asked("路灯", 1, false).ids[0], 10);
    assert_int_equal(asked("路灯", 1, false).n, 1);
    assert_int_equal(asked("lig", 0, false).n, 1);    /* the beginning of light */
    assert_int_equal(asked("lig ", 0, false).n, 0);
    assert_int_equal(asked("li", 0, false).n, 0);     /* too short for a beginning */
    assert_ok(db_write(db.db, 0, move_one, NULL));
    assert_int_equal(asked("路灯", 0, false).n, 1);
    assert_int_equal(asked("井盖", 1, false).n, 1);
    assert_int_equal(asked("井盖", 2, false).n, 0);
}

/* The same case in another district, as after a district was taken in twice: each finds its own words. */
static err put_elsewhere(struct db_conn *c, void *arg)
{
    struct search_case same = of(20, "积水 pump", 1, 0);
    (void)arg;
    for (int64_t tenant = 1; tenant <= 2; tenant++)
        search_put(c, tenant, &same);
    return OK;
}

static err ask_elsewhere(struct db_conn *c, void *arg)
{
    struct question    *q = arg;
    struct search_range range = { .match = search_read(arena, str_of(q->text)).match, .below = INT64_MAX, .most = 8 };
    return search_find(c, arena, q->area, &range, q->ids, &q->n);
}

static void each_district_finds_its_own_words(void **state)
{
    (void)state;
    struct question lamp = { .text = "路灯", .area = 1 }, pump = { .text = "pump ", .area = 2 }, first = { .text = "积水 pum", .area = 1 };
    assert_ok(db_write(db.db, 0, put_two, NULL));
    assert_ok(db_write(db.db, 0, put_elsewhere, NULL));
    assert_ok(db_read(db.db, ask_elsewhere, &lamp));
    assert_int_equal(lamp.n, 0);
    assert_int_equal(asked("pump", 0, false).n, 0);
    assert_int_equal(asked("路灯", 0, false).n, 2);
    assert_ok(db_read(db.db, ask_elsewhere, &pump));
    assert_ok(db_read(db.db, ask_elsewhere, &first));
    assert_int_equal(pump.n, 1);
    assert_int_equal(first.n, 1);
    assert_ok(db_write(db.db, 0, move_one, NULL));   /* taken out of one, the others keep it */
    assert_ok(db_read(db.db, ask_elsewhere, &pump));
    assert_int_equal(pump.n, 1);
}

/* From the newest: within the hour, days, weeks, months and years apart, each one well before the next. */
static const int hours_back[] = { 0, 1, 40, 5 * 24, 20 * 24, 60 * 24, 150 * 24, 400 * 24, 1500 * 24, 5000 * 24 };
#define TIMES_COUNT (sizeof hours_back / sizeof *hours_back)

static int64_t id_of_time(size_t i)
{
    return id_at(1790000000000 - (ms)hours_back[i] * 3600 * 1000) + 7;
}

static err put_over_years(struct db_conn *c, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < TIMES_COUNT; i++) {
        struct search_case lamp = of(id_of_time(i), "路灯坏了 lamp", 1 + (int64_t)i % 2, 0);
        struct search_case other = of(id_of_time(i) + 1, "井盖松动 cover", 1, 0);
        search_put(c, TENANT, &lamp);
        search_put(c, TENANT, &other);
    }
    return OK;
}

struct page { struct search_range range; int64_t ids[TIMES_COUNT]; size_t n; };

static err ask_page(struct db_conn *c, void *arg)
{
    struct page *p = arg;
    return search_find(c, arena, TENANT, &p->range, p->ids, &p->n);
}

/* The cases of these, and no others: first, first + step … */
static void assert_page(struct search_range range, size_t n, int first, int step)
{
    struct page p = { .range = range };
    assert_ok(db_read(db.db, ask_page, &p));
    assert_int_equal(p.n, n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(p.ids[i], id_of_time((size_t)(first + step * (int)i)));
}

static void cases_of_all_times_come_in_order(void **state)
{
    (void)state;
    static const char *const texts[] = { "路灯", "lam" };   /* a beginning is looked for in another way first */
    assert_ok(db_write(db.db, 0, put_over_years, NULL));
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        struct search_range all = { .match = search_read(arena, str_of(texts[k])).match, .below = INT64_MAX, .most = TIMES_COUNT }, r = all;
        int64_t             area = 2;
        assert_page(all, TIMES_COUNT, 0, 1);
        for (r.most = 1; r.most < TIMES_COUNT; r.most++)
            assert_page(r, r.most, 0, 1);
        r = all;
        r.oldest_first = true;
        for (r.most = 1; r.most <= TIMES_COUNT; r.most++)
            assert_page(r, r.most, (int)TIMES_COUNT - 1, -1);
        for (size_t i = 0; i < TIMES_COUNT; i++) {   /* page after page, whichever stretch one ends in */
            r = all;
            r.below = id_of_time(i);
            assert_page(r, TIMES_COUNT - 1 - i, (int)i + 1, 1);
            r.below = INT64_MAX;
            r.above = id_of_time(i);
            assert_page(r, i, 0, 1);
            r.oldest_first = true;
            assert_page(r, i, (int)i - 1, -1);
        }
        r = all;
        r.areas = (struct ids){ &area, 1 };
        assert_page(r, TIMES_COUNT / 2, 1, 2);
    }
}

static err put_with_telephone(struct db_conn *c, void *arg)
{
    (void)arg;
    search_put(c, TENANT, &(struct search_case){ .id = 30, .folded = STR("积水"), .contact_hash = STR("0123456789abcdef") });
    return OK;
}

static err ask_telephone(struct db_conn *c, void *arg)
{
    struct question    *q = arg;
    struct search_range range = { .match = search_contact(arena, str_of(q->text)), .below = INT64_MAX, .most = 8 };
    return search_find(c, arena, TENANT, &range, q->ids, &q->n);
}

static void a_telephone_is_found_by_its_hash_alone(void **state)
{
    (void)state;
    struct question right = { .text = "0123456789abcdef" }, wrong = { .text = "0123456789abXXXX" }, other = { .text = "1123456789abcdef" };
    assert_ok(db_write(db.db, 0, put_with_telephone, NULL));
    assert_ok(db_read(db.db, ask_telephone, &right));
    assert_ok(db_read(db.db, ask_telephone, &wrong));   /* twelve bytes of it are the word */
    assert_ok(db_read(db.db, ask_telephone, &other));
    assert_int_equal(right.n, 1);
    assert_int_equal(wrong.n, 1);
    assert_int_equal(other.n, 0);
    assert_int_equal(asked("303132333435363738396162", 0, false).n, 0);
    assert_int_equal(asked("\xEE\x80\x81" "303132333435363738396162", 0, false).n, 0);
}

/* ---- words as numbers ---- */

#define assert_numbers(words, want) assert_string_equal(str_z(arena, search_numbers(arena, STR_NONE, STR(words))), want)

/* They lie in databases. */
static void a_number_is_the_same_for_ever(void **state)
{
    (void)state;
    assert_int_equal(search_number(STR_NONE, STR("路灯"), false), -662318883);
    assert_int_equal(search_number(STR("\xEE\x80\x83" "2" "\xEE\x80\x83"), STR("路灯"), false), 963688143);
    assert_int_equal(search_number(STR_NONE, STR("lamp"), false), -1811798826);
    assert_int_equal(search_number(STR_NONE, STR("lamp"), true), -1998076337);
    assert_numbers("", "{}");
    assert_numbers("路灯 灯坏 路灯", "{-662318883,402355681}");
}

static size_t entries(const char *words)
{
    struct str text = search_numbers(arena, STR_NONE, str_of(words));
    size_t     n = text.len > 2;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == ',';
    return n;
}

static void only_beginnings_that_may_be_asked_for_are_kept(void **state)
{
    (void)state;
    assert_int_equal(entries("路灯 灯坏 坏"), 3);
    assert_int_equal(entries("no"), 1);
    assert_int_equal(entries("lamp"), 3);                    /* lam*, lamp* */
    assert_int_equal(entries("260 2605 260512"), 6);         /* 2605*, 26051*, 260512* */
    assert_int_equal(entries("0123456789abcdef"), 4);        /* of four letters to six */
    assert_int_equal(entries("улица"), 5);                   /* whole letters: ул*, ули* … */
    assert_int_equal(entries("\xEE\x80\x80" "12345"), 1);    /* an area's number is not typed */
}

static err put_words(struct db_conn *c, void *arg)
{
    const char *const *texts = arg;
    for (int i = 0; texts[i]; i++) {
        struct search_case one = of(40 + i, texts[i], 1, 0);
        search_put(c, TENANT, &one);
    }
    return OK;
}

static void a_beginning_is_no_word_and_a_word_no_longer_one(void **state)
{
    (void)state;
    static const char *const texts[] = { "lamp", "lampshades", "lampshade", "2605", "260512", NULL };
    assert_ok(db_write(db.db, 0, put_words, (void *)texts));
    assert_int_equal(asked("lamp", 0, false).n, 3);
    assert_int_equal(asked("lamp ", 0, false).n, 1);
    assert_int_equal(asked("lamps", 0, false).n, 2);
    assert_int_equal(asked("lampshade ", 0, false).n, 1);
    assert_int_equal(asked("lampshades", 0, false).n, test_db_postgres() ? 2 : 1);   /* beyond six letters the text says which, not the index */
    assert_int_equal(asked("2605", 0, false).n, 2);
    assert_int_equal(asked("2605 ", 0, false).n, 1);
    assert_int_equal(asked("26051", 0, false).n, 1);
}

struct numbered { int32_t number; int word; };

static int by_number(const void *x, const void *y)
{
    const struct numbered *a = x, *b = y;
    return a->number != b->number ? (a->number > b->number) - (a->number < b->number) : a->word - b->word;
}

/* Two words of six letters that have one number: among so many there are some ten pairs. */
#define WORDS_TRIED 300000
static struct str collided[2];

static void find_collision(struct str sign)
{
    struct numbered *at = ARENA_ARRAY(arena, WORDS_TRIED, struct numbered);
    for (int i = 0; i < WORDS_TRIED; i++)
        at[i] = (struct numbered){ search_number(sign, str_fmt(arena, "w%05xw", (unsigned)i), false), i };
    qsort(at, WORDS_TRIED, sizeof *at, by_number);
    for (int i = 1; i < WORDS_TRIED; i++)
        if (at[i].number == at[i - 1].number)
            for (int k = 0; k < 2; k++)
                collided[k] = str_fmt(arena, "w%05xw", (unsigned)at[i - 1 + k].word);
}

/* On PostgreSQL the index names the wrong case; its text says no. */
static void two_words_may_have_one_number(void **state)
{
    (void)state;
    find_collision(STR("\xEE\x80\x83" "3" "\xEE\x80\x83"));
    assert_true(collided[0].len && !str_eq(collided[0], collided[1]));
    const char *texts[] = { str_z(arena, collided[0]), NULL };
    assert_ok(db_write(db.db, 0, put_words, texts));
    const char *other = str_z(arena, str_fmt(arena, "%.*s ", STR_ARG(collided[1])));
    assert_int_equal(asked(other, 0, false).n, test_db_postgres() ? 1 : 0);
    struct search_query q = search_read(arena, str_of(other));
    assert_false(search_fits(&q, collided[0]));
    assert_true(search_fits(&q, collided[1]));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(texts_become_words),
        T(a_word_of_the_index_is_not_longer_than_forty_bytes),
        T(questions_become_matches),
        T(what_is_found_holds_every_word),
        T(what_cannot_fit_is_seen_before_folding),
        T(the_index_changes_with_the_commit),
        T(each_district_finds_its_own_words),
        T(the_index_knows_where_a_case_is_and_who_has_it),
        T(cases_of_all_times_come_in_order),
        T(a_telephone_is_found_by_its_hash_alone),
        T(a_number_is_the_same_for_ever),
        T(only_beginnings_that_may_be_asked_for_are_kept),
        T(a_beginning_is_no_word_and_a_word_no_longer_one),
        T(two_words_may_have_one_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
