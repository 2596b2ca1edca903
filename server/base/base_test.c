/* Tests of server/base: text, time, ids, JSON, field tables, cryptography. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "crypto.h"
#include "disk.h"
#include "field.h"
#include "give_way.h"
#include "id.h"
#include "log.h"
#include "permission.h"
#include "rate.h"
#include "worker.h"

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

static void assert_str(struct str got, const char *want)
{
    if (!str_is(got, want))
        fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

static void arena_lengthens_what_came_last(void **state)
{
    (void)state;
    struct arena *a = arena_new(256);
    char         *p = arena_bytes(a, 32), *whole;
    memcpy(p, "kept", 5);
    assert_true(arena_lengthen(a, p, 32, 128));
    assert_string_equal(p, "kept");
    whole = arena_bytes(a, 16);
    assert_ptr_equal(whole, p + 128);
    assert_false(arena_lengthen(a, p, 128, 144));      /* something stands behind it */
    assert_false(arena_lengthen(a, whole, 16, 1000));  /* its chunk is full */
    assert_true(arena_lengthen(a, whole, 16, 112));
    arena_free(a);
}

static void arena_rewinds(void **state)
{
    (void)state;
    struct arena     *a = arena_new(64);
    char             *first = arena_copy(a, "kept", 4);
    struct arena_mark m = arena_mark(a);
    for (int i = 0; i < 100; i++)
        memset(arena_alloc(a, 100), 1, 100);
    arena_rewind(a, m);
    assert_string_equal(first, "kept");
    assert_true(arena_used(a) <= 64);
    char *zeroed = arena_alloc(a, 32);
    for (int i = 0; i < 32; i++)
        assert_int_equal(zeroed[i], 0);
    arena_free(a);
}

static void utf8_is_strict(void **state)
{
    (void)state;
    assert_true(utf8_valid(STR("井盖 lamp \xF0\x9F\x92\xA1")));
    assert_false(utf8_valid(STR("\xC0\x80")));             /* overlong */
    assert_false(utf8_valid(STR("\xE0\x9F\xBF")));         /* overlong */
    assert_false(utf8_valid(STR("\xED\xA0\x80")));         /* surrogate */
    assert_false(utf8_valid(STR("\xF4\x90\x80\x80")));     /* beyond U+10FFFF */
    assert_false(utf8_valid(STR("\xE4\xBA")));             /* cut off */
    assert_false(utf8_valid(STR("\x80")));
    assert_int_equal(utf8_len(STR("井盖ab")), 4);
    assert_str(utf8_head(STR("井盖ab"), 3), "井盖a");
    assert_true(utf8_has_control(STR("a\x01")));
    assert_true(utf8_has_control(STR("a\xC2\x85")));
    assert_false(utf8_has_control(STR("a\tb\r\n井")));
}

static void text_helpers(void **state)
{
    (void)state;
    int64_t v;
    double  d;
    assert_str(str_trim(STR(" \xE3\x80\x80 井盖\n")), "井盖");
    assert_true(str_to_i64(STR("-9223372036854775808"), &v) && v == INT64_MIN);
    assert_true(str_to_i64(STR("9223372036854775807"), &v) && v == INT64_MAX);
    assert_false(str_to_i64(STR("9223372036854775808"), &v));
    assert_false(str_to_i64(STR("-"), &v));
    assert_false(str_to_i64(STR("1 "), &v));
    assert_true(str_to_real(STR("-118.25"), &d) && d == -118.25);
    assert_false(str_to_real(STR("0x10"), &d));
    assert_false(str_to_real(STR("nan"), &d));
    assert_false(str_to_real(STR("1e999"), &d));
    struct str rest = STR("a,,b");
    assert_str(str_cut(&rest, ','), "a");
    assert_str(str_cut(&rest, ','), "");
    assert_str(str_cut(&rest, ','), "b");
    assert_null(rest.ptr);
}

static void times_round_trip(void **state)
{
    (void)state;
    ms t;
    assert_true(clock_parse_iso(STR("2026-05-14T09:42:00+08:00"), &t));
    assert_str(clock_iso(arena, t), "2026-05-14T01:42:00.000Z");
    assert_true(clock_parse_iso(STR("1969-12-31T23:59:59.999Z"), &t) && t == -1);
    assert_true(clock_parse_iso(STR("2024-02-29T00:00:00.5Z"), &t));
    assert_false(clock_parse_iso(STR("2025-02-29T00:00:00Z"), &t));
    assert_false(clock_parse_iso(STR("2026-05-14T24:00:00Z"), &t));
    assert_false(clock_parse_iso(STR("2026-05-14T09:42:00"), &t));
    assert_false(clock_parse_iso(STR("2026-05-14T09:42:00.Z"), &t));
    assert_false(clock_parse_iso(STR("2026-05-14T09:42:00Zx"), &t));
    for (ms day = -200000; day < 200000; day += 37) {
        struct clock_civil c = clock_civil_at(day * MS_DAY + 12345678, 480);
        assert_true(clock_from_civil(c, 480) == day * MS_DAY + 12345678);
    }
}

static void days_are_read_as_people_write_them(void **state)
{
    (void)state;
    ms want = clock_from_civil((struct clock_civil){ .year = 2024, .month = 3, .day = 1 }, 480);
    static const char *const good[] = { "2024-03-01", "2024/3/1", "2024.3.1", "2024年3月1日", "2024-3-01" };
    static const char *const bad[] = { "", "2024-13-01", "2024-04-31", "2023-02-29", "1-3-2024", "2024-03", "2024-03-01 10:00", "去年", "20240301" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(clock_day(str_of(good[i]), 480), want);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (clock_day(str_of(bad[i]), 480) != 0)
            fail_msg("%s was read as a day", bad[i]);
}

static void ids_are_found(void **state)
{
    const int64_t three[] = { 7, 2, 9 };
    struct ids    ids = { three, 3 };
    (void)state;
    assert_true(ids_has(ids, 7) && ids_has(ids, 2) && ids_has(ids, 9));
    assert_false(ids_has(ids, 3) || ids_has((struct ids){ three, 2 }, 9) || ids_has((struct ids){ NULL, 0 }, 0));
}

static void ids_grow(void **state)
{
    (void)state;
    int64_t before = id_new(), low = id_at(clock_now() - 1000);
    for (int i = 0; i < 100000; i++) {
        int64_t next = id_new();
        assert_true(next > before);
        before = next;
    }
    assert_true(before > low);
    int64_t day = 1420070400000, last = 0;   /* 2015-01-01: history has ids of its time, all different */
    for (int i = 0; i < 100000; i++) {
        int64_t back = id_back(day);
        assert_true(back >= id_at(day) && back < id_at(day + MS_SECOND) && back != last);
        last = back;
    }
    assert_true(id_back(0) < id_at(day));
}

static void json_escapes(void **state)
{
    (void)state;
    struct buf   b = buf_new(arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "a", STR("\"\\\n\x01井"));
    jsonw_key(&j, "r");
    jsonw_list(&j);
    jsonw_real(&j, -0.5, 3);
    jsonw_real(&j, 121.4730001, 7);
    jsonw_real(&j, -0.00000001, 7);
    jsonw_list_end(&j);
    jsonw_kv_id(&j, "id", 0);
    jsonw_close(&j);
    assert_str(buf_view(&b), "{\"a\":\"\\\"\\\\\\n\\u0001井\",\"r\":[-0.5,121.4730001,0],\"id\":null}");
}

/* Texts are looked through eight bytes at a time: each character at each place of texts of each length up to three such words. */
static void json_escapes_everywhere(void **state)
{
    (void)state;
    static const char short_form[] = "\"\\\n\r\t\b\f";
    for (unsigned c = 1; c < 0x80; c++)
        for (size_t n = 1; n <= 24; n++)
            for (size_t at = 0; at < n; at++) {
                char            text[25];
                struct buf      b = buf_new(arena, 0);
                struct jsonw    j = jsonw_on(&b);
                struct arena_mark mark = arena_mark(arena);
                const char     *p = strchr(short_form, (int)c);
                memset(text, 'a', n);
                text[n] = 0;
                text[at] = (char)c;
                jsonw_z(&j, text);
                struct str want = p         ? str_fmt(arena, "\"%.*s\\%c%s\"", (int)at, text, "\"\\nrtbf"[p - short_form], text + at + 1)
                                  : c < 0x20 ? str_fmt(arena, "\"%.*s\\u%04x%s\"", (int)at, text, c, text + at + 1)
                                             : str_fmt(arena, "\"%s\"", text);
                assert_true(str_eq(buf_view(&b), want));
                arena_rewind(arena, mark);
            }
}

static void numbers_in_digits(void **state)
{
    (void)state;
    static const int64_t values[] = { 0, 1, 9, 10, 11, 99, 100, 101, 109, 999, 1000, 10009, 1795695318797, INT64_MAX, INT64_MIN, -1, -10, -100 };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct buf b = buf_new(arena, 0);
        buf_i64(&b, values[i]);
        assert_true(str_eq(buf_view(&b), str_fmt(arena, "%lld", (long long)values[i])));
    }
}

/* A key that is ready takes its own length, not its room, also where only that is left. */
static void keys_that_are_ready(void **state)
{
    (void)state;
    static const char key[JSONW_KEY_ROOM] = "\"a\":";
    struct buf        b = buf_new(arena, 10);
    struct jsonw      j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_key_ready(&j, key, 4);
    jsonw_i64(&j, 1);
    jsonw_key_ready(&j, key, 4);
    assert_true(b.full);
    assert_str(buf_view(&b), "{\"a\":1");   /* nothing of what has no room */
}

static void put_each(struct jsonw *j, int which)
{
    static const char key[JSONW_KEY_ROOM] = "\"a\":";
    switch (which) {
    case 0: jsonw_real(j, 12.5, 3); break;
    case 1: jsonw_real(j, -7, 0); break;
    case 2: jsonw_i64(j, -123456); break;
    case 3: jsonw_id(j, 77); break;
    case 4: jsonw_str(j, STR("plain")); break;
    case 5: jsonw_str(j, STR("\"")); break;
    case 6: jsonw_bool(j, true); break;
    case 7: jsonw_raw(j, STR("[1]")); break;
    case 8: jsonw_key_ready(j, key, 4); break;
    case 9: jsonw_key(j, "b"); break;
    default: jsonw_open(j); break;
    }
}

/* However much room is left, nothing is written behind it. */
static void a_value_stays_within_its_room(void **state)
{
    (void)state;
    for (int which = 0; which <= 10; which++)
        for (size_t room = 0; room <= 48; room++)
            for (int comma = 0; comma < 2; comma++) {
                char         space[64];
                memset(space, '#', sizeof space);
                struct buf   b = { .ptr = space, .cap = room, .max = room, .arena = arena };
                struct jsonw j = { .out = &b, .comma = comma };
                put_each(&j, which);
                assert_true(b.len <= room);
                for (size_t i = room; i < sizeof space; i++)
                    assert_int_equal(space[i], '#');
            }
}

static void buf_stops_at_its_cap(void **state)
{
    (void)state;
    struct buf b = buf_new(arena, 10);
    buf_z(&b, "12345678");
    buf_z(&b, "abc");
    assert_true(b.full);
    assert_str(buf_view(&b), "12345678");
}

/* ---- field tables ---- */

enum colour { COLOUR_NONE, RED, BLUE };
static const char *const colours[] = { NULL, "red", "blue", NULL };

struct part { struct str name; int64_t count; };
struct sample {
    struct str  text;
    int64_t     number, id;
    double      real;
    bool        yes;
    ms          when;
    struct geo  at;
    int         colour;
    struct strs words;
    struct ids  ids;
    struct list parts;
    struct part *one;
    struct str  any;
};

static const struct field part_fields[] = {
    FIELD_STR(struct part, name, 1, 10, REQUIRED, "Name"),
    FIELD_I64(struct part, count, 0, 9, 0, "Count"),
    FIELD_END
};

static const struct field sample_fields[] = {
    FIELD_STR(struct sample, text, 1, 5, REQUIRED, "Text"),
    FIELD_I64(struct sample, number, 1, 100, 0, "Number"),
    FIELD_ID(struct sample, id, 0, "Id"),
    FIELD_REAL(struct sample, real, 0, "Real"),
    FIELD_BOOL(struct sample, yes, 0, "Yes"),
    FIELD_TIME(struct sample, when, 0, "When"),
    FIELD_GEO(struct sample, at, 0, "Where"),
    FIELD_WORD(struct sample, colour, colours, 0, "Colour"),
    FIELD_STRS(struct sample, words, 0, 3, 0, "Words"),
    FIELD_IDS(struct sample, ids, 0, 3, 0, "Ids"),
    FIELD_LIST(struct sample, parts, part_fields, struct part, 0, 3, 0, "Parts"),
    FIELD_OBJECT(struct sample, one, part_fields, struct part, 0, "One"),
    FIELD_JSON(struct sample, any, 0, "Anything"),
    FIELD_END
};

static struct faults faults;
static struct sample sample;
static struct given  given;

static err read_json(const char *text)
{
    faults = (struct faults){ .arena = arena };
    sample = (struct sample){ .text = STR_NONE };
    return field_read_json(arena, sample_fields, str_of(text), &sample, &given, &faults);
}

static void assert_fault(const char *json, const char *path, enum err_code code)
{
    assert_int_equal(read_json(json).code, ERR_INVALID);
    for (size_t i = 0; i < faults.len; i++)
        if (str_is(faults.at[i].path, path) && faults.at[i].code == code)
            return;
    fail_msg("no fault %s at %s for %s", err_slug(code), path, json);
}

static void bodies_round_trip(void **state)
{
    (void)state;
    const char *text = "{\"text\":\"井盖\",\"number\":7,\"id\":\"9007199254740993\",\"real\":1.5,\"yes\":true,\"when\":1778722920000,"
                       "\"at\":{\"lon\":121.473,\"lat\":31.23},\"colour\":\"blue\",\"words\":[\"a\",\"b\"],\"ids\":[\"1\",\"2\"],"
                       "\"parts\":[{\"name\":\"x\",\"count\":3}],\"one\":{\"name\":\"y\",\"count\":0},\"any\":{\"k\":[1,null]}}";
    assert_false(failed(read_json(text)));
    assert_int_equal(sample.colour, BLUE);
    assert_true(field_given(sample_fields, &given, offsetof(struct sample, any)));
    struct buf   b = buf_new(arena, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, sample_fields, &sample);
    assert_str(buf_view(&b), text);
}

static void bodies_collect_every_fault(void **state)
{
    (void)state;
    assert_int_equal(read_json("{\"text\":\"123456\",\"number\":0,\"nope\":1,\"at\":{\"lon\":181,\"lat\":0},\"colour\":\"green\"}").code,
                     ERR_INVALID);
    assert_int_equal(faults.len, 5);
    assert_fault("{\"text\":\"123456\"}", "text", ERR_TOO_LONG);
    assert_fault("{\"text\":\" \\u3000\"}", "text", ERR_BLANK);
    assert_fault("{\"text\":\"a\\u0007\"}", "text", ERR_CONTROL_CHARACTER);
    assert_fault("{\"text\":\"a\\nb\"}", "text", ERR_CONTROL_CHARACTER);
    assert_fault("{}", "text", ERR_REQUIRED);
    assert_fault("{\"text\":null}", "text", ERR_REQUIRED);
    assert_fault("{\"text\":1}", "text", ERR_WRONG_TYPE);
    assert_fault("{\"text\":\"a\",\"id\":12}", "id", ERR_WRONG_TYPE);
    assert_fault("{\"text\":\"a\",\"id\":\"-1\"}", "id", ERR_WRONG_TYPE);
    assert_fault("{\"text\":\"a\",\"ids\":[\"1\",\"x\"]}", "ids[1]", ERR_WRONG_TYPE);
    assert_fault("{\"text\":\"a\",\"words\":[\"1\",\"2\",\"3\",\"4\"]}", "words", ERR_TOO_LONG);
    assert_fault("{\"text\":\"a\",\"parts\":[{\"count\":1}]}", "parts[0].name", ERR_REQUIRED);
    assert_fault("{\"text\":\"a\",\"one\":[]}", "one", ERR_WRONG_TYPE);
    assert_fault("{\"text\":\"a\",\"x\":1}", "x", ERR_UNKNOWN_FIELD);
}

static void bad_json_is_refused(void **state)
{
    (void)state;
    assert_int_equal(read_json("{\"text\":\"a\",\"text\":\"b\"}").code, ERR_BAD_JSON);
    assert_int_equal(read_json("[]").code, ERR_BAD_JSON);
    assert_int_equal(read_json("").code, ERR_BAD_JSON);
    assert_int_equal(read_json("{\"text\":\"\xC0\x80\"}").code, ERR_BAD_JSON);
    char deep[200] = "{\"any\":";
    for (int i = 0; i < 40; i++)
        strcat(deep, "[");
    assert_int_equal(read_json(deep).code, ERR_BAD_JSON);
}

static err read_query(const char *text)
{
    faults = (struct faults){ .arena = arena };
    sample = (struct sample){ .text = STR_NONE };
    return field_read_query(arena, sample_fields, str_of(text), &sample, &given, &faults);
}

static void queries(void **state)
{
    (void)state;
    assert_false(failed(read_query("text=%E4%BA%95+%E7%9B%96&ids=1,2&at=121.5,31.2&yes=1&number=")));
    assert_str(sample.text, "井 盖");
    assert_int_equal(sample.ids.len, 2);
    assert_true(sample.at.set && sample.yes);
    assert_int_equal(read_query("text=a&text=b").code, ERR_INVALID);
    assert_int_equal(read_query("text=%E4%").code, ERR_INVALID);
    assert_int_equal(read_query("text=%C0%80").code, ERR_INVALID);
    assert_int_equal(read_query("number=1").code, ERR_INVALID);
    assert_int_equal(read_query("text=a&one=1").code, ERR_INVALID);
}

/* ---- cryptography ---- */

static void sealing(void **state)
{
    (void)state;
    unsigned char key[32], other[32];
    struct str    plain;
    crypto_random(key, 32);
    crypto_random(other, 32);
    struct str sealed = crypto_seal(arena, key, "person.contact", STR("13800000046"));
    assert_true(crypto_open(arena, key, "person.contact", sealed, &plain));
    assert_str(plain, "13800000046");
    assert_false(crypto_open(arena, other, "person.contact", sealed, &plain));
    assert_false(crypto_open(arena, key, "cases.contact", sealed, &plain));
    ((char *)(uintptr_t)sealed.ptr)[30] ^= 1;
    assert_false(crypto_open(arena, key, "person.contact", sealed, &plain));
    assert_null(crypto_seal(arena, key, "x", STR_NONE).ptr);
}

static void passwords(void **state)
{
    (void)state;
    struct str hash;
    assert_false(failed(crypto_password_hash(arena, STR("correct horse"), &hash)));
    assert_true(str_starts(hash, "$argon2id$"));
    assert_true(crypto_password_check(arena, hash, STR("correct horse")));
    assert_false(crypto_password_check(arena, hash, STR("wrong horse")));
    assert_false(crypto_password_check(arena, STR_NONE, STR("")));
}

/* Cheap ones are asked for by name alone, and judged as others are. */
static void cheap_passwords(void **state)
{
    (void)state;
    struct str hash;
    assert_false(crypto_cheap());
    assert_int_equal(setenv("LINLI_CHEAP_PASSWORDS", "1", 1), 0);
    assert_false(failed(crypto_password_hash(arena, STR("correct horse"), &hash)));
    assert_true(str_starts(hash, "$argon2id$v=19$m=8,t=1,p=1$") && str_starts(crypto_password_nobody(arena), "$argon2id$v=19$m=8,t=1,p=1$"));
    assert_int_equal(unsetenv("LINLI_CHEAP_PASSWORDS"), 0);
    assert_true(crypto_password_check(arena, hash, STR("correct horse")));
    assert_false(crypto_password_check(arena, hash, STR("wrong horse")));
}

static void key_file(void **state)
{
    (void)state;
    char path[] = "/tmp/linli-keys-XXXXXX";
    int  fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    struct keys a, b;
    assert_true(failed(crypto_keys(path, true, &a)));   /* empty file: damaged, never replaced */
    unlink(path);
    assert_true(failed(crypto_keys(path, false, &a)));
    assert_false(failed(crypto_keys(path, true, &a)));
    assert_false(failed(crypto_keys(path, true, &b)));
    assert_memory_equal(&a, &b, sizeof a);
    unlink(path);
}

static void permissions(void **state)
{
    (void)state;
    assert_int_equal(perm_find(STR("case.report")), PERM_CASE_REPORT);
    assert_int_equal(perm_find(STR("unset")), PERM_UNSET);
    assert_int_equal(perm_set_parse(STR("case.report, nonsense,unit.read")), PERM_BIT(PERM_CASE_REPORT) | PERM_BIT(PERM_UNIT_READ));
}

static void rate_fills_evenly(void **state)
{
    (void)state;
    struct rate *r = rate_new(arena, 16);
    ms           now = 1000;
    for (int i = 0; i < 6; i++)
        assert_int_equal(rate_take(r, STR("10.0.0.1"), 5, now), i < 5);
    assert_true(rate_take(r, STR("10.0.0.2"), 5, now));                       /* somebody else's bucket */
    assert_false(rate_take(r, STR("10.0.0.1"), 5, now + 11 * MS_MINUTE));
    assert_true(rate_take(r, STR("10.0.0.1"), 5, now + 13 * MS_MINUTE));
    assert_false(rate_take(r, STR("10.0.0.1"), 5, now + 13 * MS_MINUTE));
    for (int i = 0; i < 1000; i++)                                            /* more names than slots: the memory does not grow */
        assert_true(rate_take(r, str_fmt(arena, "a%d", i), 5, now + 20 * MS_MINUTE + i));
    rate_end(r);
}

struct rounds { atomic_int left, looks; };

/* Two at a time. */
static err take_two(void *arg, struct arena *a, int *done)
{
    struct rounds *r = arg;
    (void)a;
    atomic_fetch_add(&r->looks, 1);
    *done = r->left < 2 ? r->left : 2;
    atomic_fetch_sub(&r->left, *done);
    return OK;
}

static void wait_until_none(const struct rounds *r)
{
    ms began = clock_monotonic();
    while (r->left > 0 && clock_monotonic() - began < 10 * MS_SECOND)
        usleep(1000);
    assert_int_equal(r->left, 0);
}

static void workers_work_while_there_is_some(void **state)
{
    (void)state;
    struct rounds  r = { 5, 0 };
    struct worker *w = worker_new(arena, &(struct worker_plan){ take_two, &r, 2, MS_HOUR, 0 });
    worker_wake(w);                             /* before it began: nothing is missed */
    assert_false(failed(worker_begin(w)));
    wait_until_none(&r);
    r.left = 1;
    worker_wake(w);
    wait_until_none(&r);
    worker_end(w);
    assert_true(atomic_load(worker_stopping(w)));
    assert_int_equal(r.looks, 4);               /* 2, 2, 1 of five; then one: a look each, no more */

    struct worker *looks = worker_new(arena, &(struct worker_plan){ take_two, &r, 2, 5, 0 });
    r.left = 3;
    assert_false(failed(worker_begin(looks)));  /* nobody wakes it: it looks by itself */
    wait_until_none(&r);
    worker_end(looks);
    worker_end(worker_new(arena, &(struct worker_plan){ take_two, &r, 2, 5, 0 }));   /* one that never began */
}

/* Who is woken again and again works seldom, but does; and does not keep whoever ends it. */
static void workers_gather_under_load(void **state)
{
    (void)state;
    struct rounds  r = { 0, 0 };
    struct worker *w = worker_new(arena, &(struct worker_plan){ take_two, &r, 2, MS_HOUR, 20 });
    assert_false(failed(worker_begin(w)));
    ms  began = clock_monotonic(), woken = began, now = began;
    int late = 0;                               /* times this thread did not wake it for so long that it may have taken the load to be over */
    for (; now - began < 800 || (!r.looks && now - began < 10 * MS_SECOND); now = clock_monotonic()) {
        worker_wake(w);
        late += now - woken >= 10;
        woken = now;
        usleep(2000);
    }
    int seen = r.looks;
    late += clock_monotonic() - woken >= 10;
    assert_in_range(seen, 1, (clock_monotonic() - began) / (GATHERS_MOST * 20) + late);
    r.left = 1;
    worker_wake(w);
    wait_until_none(&r);
    worker_end(w);

    struct worker *slow = worker_new(arena, &(struct worker_plan){ take_two, &r, 2, MS_HOUR, MS_HOUR });
    assert_false(failed(worker_begin(slow)));
    worker_wake(slow);
    usleep(20000);
    worker_end(slow);
}

/* A file that may not grow takes a part of what is written, as a disk that is nearly full does. */
static void a_write_goes_on_until_it_is_told_why_not(void **state)
{
    (void)state;
    struct rlimit before, small = { 100, RLIM_INFINITY };
    FILE         *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    errno = EEXIST;
    bool part = disk_write(fileno(f), (struct str){ (char[160]){ 0 }, 160 });
    int  why = errno;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_false(part);
    assert_true(disk_is_full(why));
    assert_int_equal(lseek(fileno(f), 0, SEEK_END), 100);
    assert_true(disk_write(fileno(f), STR("x")));
    fclose(f);
}

static ms worked(const struct rusage *r)
{
    return (r->ru_utime.tv_sec + r->ru_stime.tv_sec) * 1000 + (r->ru_utime.tv_usec + r->ru_stime.tv_usec) / 1000;
}

/* Whether it leaves the processor by itself so often in so much work. */
static bool leaves(int times, ms work)
{
    struct rusage before, now;
    getrusage(RUSAGE_SELF, &before);
    do {
        give_way();
        getrusage(RUSAGE_SELF, &now);
    } while (now.ru_nvcsw - before.ru_nvcsw < times && worked(&now) - worked(&before) < work);
    return now.ru_nvcsw - before.ru_nvcsw >= times;
}

/* In a process of its own: it stays behind all others. */
static void long_work_gives_way(void **state)
{
    (void)state;
    int   status;
    pid_t child = fork();
    if (child == 0) {
        bool before = leaves(3, 10);
        give_way_from_now();
        _exit(before ? 1 : sched_getscheduler(0) != SCHED_IDLE ? 2 : !leaves(100, 500) ? 3 : 0);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* ---- the log: in a process of its own, its standard error a file ---- */

static int said(int (*child)(void), char *text, size_t size)
{
    FILE *f = tmpfile();
    int   status;
    assert_non_null(f);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fileno(f), STDERR_FILENO);
        log_gather();
        _exit(child());
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    ssize_t n = pread(fileno(f), text, size - 1, 0);
    assert_true(n >= 0);
    text[n] = 0;
    fclose(f);
    return status;
}

static bool in_order(const char *text, const char *const *words)
{
    for (; *words && text; words++)
        text = strstr(text, *words);
    return text;
}

static bool has(const char *word)
{
    char    text[4096];
    ssize_t n = pread(STDERR_FILENO, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = 0;
    return strstr(text, word);
}

static int says_grave_things(void)
{
    log_event(LOG_INFO, "first", NULL);
    log_event(LOG_WARN, "second", NULL);
    return has("event=second") ? 0 : 1;   /* there already, without being waited for */
}

static int says_little(void)
{
    log_event(LOG_INFO, "alone", NULL);
    for (int i = 0; i < 2000 && !has("event=alone"); i++)
        usleep(1000);
    return has("event=alone") ? 0 : 1;
}

static int ends_well(void)
{
    log_event(LOG_INFO, "last", NULL);
    log_gather_end();
    bool there = has("event=last");
    log_event(LOG_INFO, "after", NULL);
    return there && has("event=after") ? 0 : 1;
}

static int fails(void)
{
    log_event(LOG_INFO, "before_the_end", NULL);
    abort();
}

static void a_log_keeps_what_was_said(void **state)
{
    (void)state;
    char text[4096];
    assert_int_equal(said(says_grave_things, text, sizeof text), 0);
    assert_true(in_order(text, (const char *[]){ "event=first", "event=second", NULL }));
    assert_int_equal(said(says_little, text, sizeof text), 0);
    assert_int_equal(said(ends_well, text, sizeof text), 0);
    int status = said(fails, text, sizeof text);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_non_null(strstr(text, "event=before_the_end"));
}

#define SPEAKERS   4
#define LINES_EACH 3000

static void *speak(void *arg)
{
    char n[16];
    for (int i = 0; i < LINES_EACH; i++) {
        snprintf(n, sizeof n, "%d", i);
        log_event(LOG_INFO, "said", "who", arg, "n", n, NULL);
    }
    return NULL;
}

static long writes_so_far(void)
{
    char  text[512] = "", *at;
    FILE *f = fopen("/proc/self/io", "r");
    if (f && fread(text, 1, sizeof text - 1, f) == 0)
        text[0] = 0;
    if (f)
        fclose(f);
    at = strstr(text, "syscw: ");
    return at ? strtol(at + 7, NULL, 10) : 0;
}

/* More than there is room for at once; few writes for many lines. */
static int many_speak(void)
{
    static const char *const names[SPEAKERS] = { "0", "1", "2", "3" };
    pthread_t                threads[SPEAKERS];
    long                     before = writes_so_far();
    for (int i = 0; i < SPEAKERS; i++)
        if (pthread_create(&threads[i], NULL, speak, (void *)(uintptr_t)names[i]) != 0)
            return 1;
    for (int i = 0; i < SPEAKERS; i++)
        pthread_join(threads[i], NULL);
    log_gather_end();
    long writes = writes_so_far() - before;
    return writes > 0 && writes < SPEAKERS * LINES_EACH / 4 ? 0 : 2;
}

static void many_speak_and_none_is_cut_short(void **state)
{
    (void)state;
    enum { SIZE = SPEAKERS * LINES_EACH * 100 };
    char *text = arena_bytes(arena, SIZE), *rest;
    int   next[SPEAKERS] = { 0 };
    assert_int_equal(said(many_speak, text, SIZE), 0);
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        int who, n, end = 0;
        assert_int_equal(sscanf(line, "at=%*s level=info event=said who=%d n=%d%n", &who, &n, &end), 2);
        assert_int_equal(line[end], 0);
        assert_in_range(who, 0, SPEAKERS - 1);
        assert_int_equal(n, next[who]++);
    }
    for (int i = 0; i < SPEAKERS; i++)
        assert_int_equal(next[i], LINES_EACH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_log_keeps_what_was_said), cmocka_unit_test(many_speak_and_none_is_cut_short),
        cmocka_unit_test(rate_fills_evenly), cmocka_unit_test(workers_work_while_there_is_some), cmocka_unit_test(workers_gather_under_load),
        cmocka_unit_test(arena_rewinds), cmocka_unit_test(a_write_goes_on_until_it_is_told_why_not), cmocka_unit_test(long_work_gives_way),
        cmocka_unit_test(arena_lengthens_what_came_last), cmocka_unit_test(utf8_is_strict), cmocka_unit_test(text_helpers),
        cmocka_unit_test(times_round_trip), cmocka_unit_test(days_are_read_as_people_write_them), cmocka_unit_test(ids_are_found), cmocka_unit_test(ids_grow),
        cmocka_unit_test(json_escapes), cmocka_unit_test(json_escapes_everywhere), cmocka_unit_test(numbers_in_digits),
        cmocka_unit_test(keys_that_are_ready), cmocka_unit_test(a_value_stays_within_its_room),
        cmocka_unit_test(buf_stops_at_its_cap), cmocka_unit_test(bodies_round_trip),
        cmocka_unit_test(bodies_collect_every_fault), cmocka_unit_test(bad_json_is_refused), cmocka_unit_test(queries),
        cmocka_unit_test(sealing), cmocka_unit_test(passwords), cmocka_unit_test(cheap_passwords), cmocka_unit_test(key_file), cmocka_unit_test(permissions),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
