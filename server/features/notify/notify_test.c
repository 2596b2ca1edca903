/* Messages: to whom they go, what they say, what becomes of those that cannot be sent. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../../db/test_db.h"
#include "../account/account.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "../unit/unit.h"
#include "notify_parts.h"

#define TENANT 1
#define PEOPLE 4

static struct test_db db;
static struct app     app;
static struct arena  *arena;
static int64_t        street, community, grid, person[PEOPLE];

/* Person 0 accepts for the street, 1 and 2 for the community, 3 handles there. Nobody holds anything at the grid. */
static err make(struct db_conn *c, void *arg)
{
    static const struct { const char *role; int at; } posts[PEOPLE] = {
        { "street_dispatcher", 0 }, { "community_secretary", 1 }, { "community_secretary", 1 }, { "department_handler", 1 }
    };
    ms now = clock_now();
    (void)arg;
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ 0, "district", STR_NONE, STR("区"), STR_NONE, STR_NONE }, now, &street));
    int64_t root = street;
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ root, "street", STR_NONE, STR("街道"), STR_NONE, STR_NONE }, now, &street));
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ street, "community", STR_NONE, STR("社区"), STR_NONE, STR_NONE }, now,
                      &community));
    TRY(unit_area_add(c, arena, TENANT, &(struct unit_area_new){ community, "grid", STR_NONE, STR("网格"), STR_NONE, STR_NONE }, now, &grid));
    TRY(account_roles_install(c, TENANT));
    for (int i = 0; i < PEOPLE; i++) {
        int64_t assignment;
        TRY(account_person_add(c, arena, &app, str_fmt(arena, "人%d", i), STR_NONE, now, &person[i]));
        TRY(account_assign(c, TENANT, person[i], str_of(posts[i].role),
                           (struct unit_ref){ UNIT_AREA, posts[i].at ? community : street }, now - MS_DAY, 0, 0, &assignment));
    }
    return OK;
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    log_setup(LOG_ERROR + 1, false);
    test_db_open(&db);
    app = (struct app){ .db = db.db, .tenant = TENANT, .data_dir = db.folder };
    assert_false(failed(setting_feature.start(&app)));
    assert_false(failed(db_write(db.db, 0, make, NULL)));
    assert_false(failed(unit_feature.start(&app)));
    assert_false(failed(notify_feature.start(&app)));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    job_feature.stop(&app);
    notify_feature.stop(&app);
    unit_feature.stop(&app);
    setting_feature.stop(&app);
    test_db_close(&db);
    arena_free(arena);
    return 0;
}

struct telling { struct unit_ref unit; enum perm perm; int64_t to, by; const char *kind; int64_t object; bool fails; };

static err tell(struct db_conn *c, void *arg)
{
    struct telling *t = arg;
    struct req      r = { .app = &app, .arena = arena, .db = c, .tenant = TENANT, .caller = { .person = t->by }, .now = clock_now() };
    struct str      words = STR("{\"code\":\"260512-0001\",\"title\":\"路灯不亮\"}");
    if (t->to)
        TRY(notify_person(&r, t->to, t->kind, "case", t->object, words));
    else
        TRY(notify_unit(&r, t->unit, t->perm, t->kind, "case", t->object, words));
    return t->fails ? FAIL(ERR_CONFLICT) : OK;
}

static void spread(void)
{
    int done = 0;
    assert_false(failed(notify_round(&app, arena, &done)));
}

DB_SQL(test_notices, "SELECT person_id FROM notice WHERE tenant_id = $1 AND object_id = $2 ORDER BY person_id")
DB_SQL(test_outbox, "SELECT count(*) FROM outbox WHERE tenant_id = $1 AND object_id = $2")

struct looking { int64_t object; bool got[PEOPLE]; int64_t count, waiting; };

static err look(struct db_conn *c, void *arg)
{
    struct looking *l = arg;
    struct db_rows  rows;
    TRY(db_query(c, &test_notices, DB_ARGS(I64(TENANT), I64(l->object)), &rows));
    for (; db_next(&rows); l->count++)
        for (int i = 0; i < PEOPLE; i++)
            l->got[i] = l->got[i] || db_i64(&rows, 0) == person[i];
    TRY(db_done(&rows));
    return db_number(c, &test_outbox, DB_ARGS(I64(TENANT), I64(l->object)), &l->waiting);
}

static struct looking seen(int64_t object)
{
    struct looking l = { .object = object };
    assert_false(failed(db_read(db.db, look, &l)));
    return l;
}

static void goes_to_those_who_may_at_the_unit(void **state)
{
    struct telling t = { { UNIT_AREA, community }, PERM_CASE_ACCEPT, 0, 0, "case.reported", 11, false };
    (void)state;
    assert_false(failed(db_write(db.db, 0, tell, &t)));
    assert_int_equal(seen(11).waiting, 1);
    assert_int_equal(seen(11).count, 0);
    spread();
    struct looking l = seen(11);
    assert_int_equal(l.count, 2);
    assert_true(l.got[1] && l.got[2]);
    assert_int_equal(l.waiting, 0);
    spread();
    assert_int_equal(seen(11).count, 2);      /* once, however often the worker looks */
}

static void goes_up_when_nobody_may_here(void **state)
{
    struct telling t = { { UNIT_AREA, grid }, PERM_CASE_ACCEPT, 0, 0, "case.reported", 12, false };
    (void)state;
    assert_false(failed(db_write(db.db, 0, tell, &t)));
    spread();
    assert_int_equal(seen(12).count, 2);
    t = (struct telling){ { UNIT_AREA, street }, PERM_CASE_DISPATCH, 0, 0, "case.accepted", 13, false };
    assert_false(failed(db_write(db.db, 0, tell, &t)));
    spread();
    assert_true(seen(13).got[0] && seen(13).count == 1);
}

DB_SQL(test_hold, "INSERT INTO assignment (tenant_id, id, person_id, role_id, unit_kind, unit_id, valid_from, created_at) "
                  "SELECT tenant_id, $2, $3, id, 1, $4, $5, $5 FROM role WHERE tenant_id = $1 AND code = 'department_handler'")
DB_SQL(test_hold_no_more, "DELETE FROM assignment WHERE tenant_id = $1 AND id > $2 AND id <= $2 + $3")

enum { CROWD = 5001, CROWD_FROM = 1000 };   /* more than is read at once for several units */

static err crowd(struct db_conn *c, void *arg)
{
    (void)arg;
    for (int i = 1; i <= CROWD; i++)
        TRY(db_send(c, &test_hold, DB_ARGS(I64(TENANT), I64(CROWD_FROM + i), I64(person[3]), I64(street), TIME(clock_now() - MS_DAY))));
    return OK;
}

static err disperse(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &test_hold_no_more, DB_ARGS(I64(TENANT), I64(CROWD_FROM), I64(CROWD)), NULL);
}

static void a_crowd_above_hides_nobody_here(void **state)
{
    struct telling t = { { UNIT_AREA, community }, PERM_CASE_ACCEPT, 0, 0, "case.reported", 71, false };
    (void)state;
    assert_false(failed(db_write(db.db, TENANT, crowd, NULL)));
    assert_false(failed(db_write(db.db, 0, tell, &t)));
    spread();
    struct looking l = seen(71);
    assert_int_equal(l.count, 2);
    assert_true(l.got[1] && l.got[2]);
    assert_false(failed(db_write(db.db, TENANT, disperse, NULL)));
}

static void leaves_out_who_caused_it(void **state)
{
    struct telling t = { { UNIT_AREA, community }, PERM_CASE_ACCEPT, 0, person[1], "case.reported", 14, false };
    (void)state;
    assert_false(failed(db_write(db.db, 0, tell, &t)));
    spread();
    assert_true(seen(14).got[2] && seen(14).count == 1);
}

/* At the community and, for another permission, at the grid below it, where nobody holds it: the same two people. At the street a third. */
static err tell_units(struct db_conn *c, void *arg)
{
    const struct notify_place places[] = { { { UNIT_AREA, community }, PERM_CASE_ACCEPT }, { { UNIT_AREA, grid }, PERM_CASE_VERIFY }, { { UNIT_AREA, street }, PERM_CASE_DISPATCH } };
    struct req                r = { .app = &app, .arena = arena, .db = c, .tenant = TENANT, .now = clock_now() };
    return notify_units(&r, places, (size_t)*(int *)arg, "case.reported", "case", 18, STR_NONE);
}

static void who_is_found_twice_is_told_once(void **state)
{
    int three = 3, none = 0;
    (void)state;
    assert_false(failed(db_write(db.db, 0, tell_units, &none)));
    assert_int_equal(seen(18).waiting, 0);
    assert_false(failed(db_write(db.db, 0, tell_units, &three)));
    assert_int_equal(seen(18).waiting, 1);
    spread();
    struct looking l = seen(18);
    assert_true(l.got[0] && l.got[1] && l.got[2]);
    assert_int_equal(l.count, 3);
}

static void one_person(void **state)
{
    struct telling t = { .to = person[3], .kind = "case.yours_closed", .object = 15 };
    (void)state;
    assert_false(failed(db_write(db.db, 0, tell, &t)));
    spread();
    assert_true(seen(15).got[3] && seen(15).count == 1);
}

static void nothing_is_sent_when_the_change_rolls_back(void **state)
{
    struct telling t = { .to = person[3], .kind = "case.yours_closed", .object = 16, .fails = true };
    (void)state;
    assert_int_equal(db_write(db.db, 0, tell, &t).code, ERR_CONFLICT);
    spread();
    assert_int_equal(seen(16).count + seen(16).waiting, 0);
}

static void unknown_kinds_are_refused(void **state)
{
    struct telling t = { .to = person[3], .kind = "case.nonsense", .object = 17 };
    (void)state;
    assert_int_equal(db_write(db.db, 0, tell, &t).code, ERR_INTERNAL);
}

/* ---- what cannot be sent ---- */

DB_SQL(test_outbox_add,
       "INSERT INTO outbox (tenant_id, id, channel, kind, object_kind, object_id, params, created_at, next_at) "
       "VALUES ($1, $2, $3, 'case.reported', 'case', $4, $5, 1, 1)")
DB_SQL(test_outbox_due, "UPDATE outbox SET next_at = 1 WHERE tenant_id = $1")
DB_SQL(test_outbox_row,
       "SELECT id, channel, kind, object_kind, object_id, params, tries, created_at, failed_at, problem FROM outbox "
       "WHERE tenant_id = $1 AND object_id = $2")

static err add_bad(struct db_conn *c, void *arg)
{
    (void)arg;
    TRY(db_exec(c, &test_outbox_add, DB_ARGS(I64(TENANT), I64(id_new()), TEXT(STR("in_app")), I64(21), TEXT(STR("{not json"))), NULL));
    TRY(db_exec(c, &test_outbox_add, DB_ARGS(I64(TENANT), I64(id_new()), TEXT(STR("pigeon")), I64(22), TEXT(STR("{}"))), NULL));
    struct str to = notify_address_write(arena, &(struct address){ .person = person[0] });
    return db_exec(c, &test_outbox_add, DB_ARGS(I64(TENANT), I64(id_new()), TEXT(STR("in_app")), I64(23), TEXT(to)), NULL);
}

static err make_due(struct db_conn *c, void *arg)
{
    (void)arg;
    return db_exec(c, &test_outbox_due, DB_ARGS(I64(TENANT)), NULL);
}

static err read_row(struct db_conn *c, void *arg)
{
    return db_one(c, arena, &test_outbox_row, DB_ARGS(I64(TENANT), I64(21)), outbox_row_fields, arg);
}

static void a_bad_message_does_not_hold_up_the_others(void **state)
{
    struct outbox_row row = { 0 };
    (void)state;
    assert_false(failed(db_write(db.db, 0, add_bad, NULL)));
    spread();
    assert_int_equal(seen(23).count, 1);
    assert_false(failed(db_read(db.db, read_row, &row)));
    assert_int_equal(row.tries, 1);
    assert_int_equal(row.failed_at, 0);
    spread();                                             /* not due yet: waits before it is tried again */
    assert_false(failed(db_read(db.db, read_row, &row)));
    assert_int_equal(row.tries, 1);
    for (int i = 0; i < NOTIFY_TRIES_MOST; i++) {
        assert_false(failed(db_write(db.db, 0, make_due, NULL)));
        spread();
    }
    assert_false(failed(db_read(db.db, read_row, &row)));
    assert_int_equal(row.tries, NOTIFY_TRIES_MOST);
    assert_true(row.failed_at > 0);
    assert_true(str_is(row.problem, "bad_request"));
    assert_int_equal(seen(22).waiting, 1);
}

static void waits_grow_and_end(void **state)
{
    (void)state;
    ms last = 0;
    for (int i = 1; i < NOTIFY_TRIES_MOST; i++) {
        ms next = notify_next_try(i, 1000);
        assert_true(next >= last && next > 1000 && next <= 1000 + NOTIFY_WAIT_MOST);
        last = next;
    }
    assert_int_equal(notify_next_try(NOTIFY_TRIES_MOST, 1000), 0);
}

/* ---- many at once ---- */

struct many { int64_t first; int n; const char *kind; bool fails; };

/* Of n agreements, to person 0; of one of them to person 3 too. */
static err tell_many(struct db_conn *c, void *arg)
{
    const struct many *m = arg;
    struct req         r = { .app = &app, .arena = arena, .db = c, .tenant = TENANT, .now = clock_now() };
    for (int i = 0; i < m->n; i++)
        TRY(notify_person(&r, person[0], m->kind, "agreement", m->first + i, str_fmt(arena, "{\"title\":\"协议%d\"}", i)));
    TRY(notify_person(&r, person[3], m->kind, "agreement", m->first, STR("{\"title\":\"协议0\"}")));
    if (m->fails)
        TRY(db_exec(c, &test_outbox_add, DB_ARGS(I64(TENANT), I64(id_new()), TEXT(STR("in_app")), I64(m->first), TEXT(STR("{not json"))), NULL));
    return OK;
}

DB_SQL(test_said, "SELECT person_id, kind, object_kind, object_id, params FROM notice WHERE tenant_id = $1 AND object_id >= $2 AND object_id < $3 ORDER BY id")
struct said { int64_t person; struct str kind, object_kind; int64_t object; struct str params; };
static const struct field said_map[] = {
    FIELD_ID(struct said, person, 0, ""), FIELD_STR(struct said, kind, 0, 0, 0, ""), FIELD_STR(struct said, object_kind, 0, 0, 0, ""),
    FIELD_ID(struct said, object, 0, ""), FIELD_STR(struct said, params, 0, 0, 0, ""), FIELD_END
};
struct hearing { int64_t first; struct list all; };

static err hear(struct db_conn *c, void *arg)
{
    struct hearing *h = arg;
    return db_all(c, arena, &test_said, DB_ARGS(I64(TENANT), I64(h->first), I64(h->first + 100)), said_map, sizeof(struct said), 100, &h->all);
}

static struct list said_of(const struct many *m)
{
    struct hearing h = { .first = m->first };
    assert_false(failed(db_write(db.db, 0, tell_many, (void *)m)));
    spread();
    assert_false(failed(db_read(db.db, hear, &h)));
    return h.all;
}

static void many_at_once_are_one_message(void **state)
{
    struct list        all = said_of(&(struct many){ 1000, 64, "agreement.review", false });
    const struct said *s = all.at;
    (void)state;
    assert_int_equal(all.len, 2);
    const struct said *many = s[0].person == person[0] ? &s[0] : &s[1], *single = many == s ? &s[1] : s;
    assert_true(str_is(many->kind, "agreement.review_many") && str_is(many->object_kind, "agreements"));
    assert_int_equal(many->object, 1000);
    assert_true(str_is(notify_text(arena, many->kind, many->params, LANG_ZH), "64 份协议该做阶段评估了：协议0等"));
    assert_true(str_is(notify_text(arena, many->kind, many->params, LANG_EN), "Time to review 64 agreements, 协议0 among them"));
    assert_true(single->person == person[3] && str_is(single->kind, "agreement.review") && str_is(single->object_kind, "agreement"));
}

static void three_are_three_and_other_kinds_are_each_said(void **state)
{
    (void)state;
    assert_int_equal(said_of(&(struct many){ 2000, 3, "agreement.review", false }).len, 3 + 1);
    assert_int_equal(said_of(&(struct many){ 3000, 9, "agreement.comment", false }).len, 9 + 1);
}

/* A message that cannot be sent shares the round: it is the fault of that one, and the others are said together all the same. */
static void one_that_cannot_be_sent_takes_none_with_it(void **state)
{
    struct list        all = said_of(&(struct many){ 4000, 9, "agreement.ended", true });
    const struct said *s = all.at;
    int                to_first = 0;
    (void)state;
    for (size_t i = 0; i < all.len; i++)
        to_first += s[i].person == person[0];
    assert_true(to_first == 1 || to_first == 9);
    assert_int_equal(all.len, (size_t)to_first + 1);
    assert_int_equal(seen(4000).waiting, 1);
}

/* ---- sentences ---- */

static void sentences_in_both_languages(void **state)
{
    struct str words = STR("{\"code\":\"260512-0001\",\"title\":\"路灯不亮\",\"n\":5}");
    (void)state;
    assert_true(str_is(notify_text(arena, STR("case.reported"), words, LANG_ZH), "新事项待受理：260512-0001 路灯不亮"));
    assert_true(str_is(notify_text(arena, STR("case.reported"), words, LANG_EN), "New case to accept: 260512-0001 路灯不亮"));
    assert_true(str_is(notify_text(arena, STR("case.reported"), STR_NONE, LANG_EN), "New case to accept:"));
    assert_true(str_is(notify_text(arena, STR("case.reported"), STR("[{"), LANG_EN), "New case to accept:"));
    assert_true(str_is(notify_text(arena, STR("gone.kind"), words, LANG_EN), "gone.kind"));
}

/* Every kind has both sentences, and the same words in both. */
static void the_table_is_whole(void **state)
{
    static const char *const all[] = {
#define N(name, zh, en) name, zh, en,
#include "notify.def"
#undef N
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i += 3) {
        int zh = 0, en = 0;
        for (const char *p = all[i + 1]; (p = strchr(p, '{')) != NULL; p++)
            zh++;
        for (const char *p = all[i + 2]; (p = strchr(p, '{')) != NULL; p++)
            en++;
        assert_int_equal(zh, en);
        assert_true(strlen(all[i + 1]) > 0 && strlen(all[i + 2]) > 0);
        assert_string_equal(notify_kind_named(str_of(all[i]))->zh, all[i + 1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_to_those_who_may_at_the_unit),
        cmocka_unit_test(goes_up_when_nobody_may_here), cmocka_unit_test(a_crowd_above_hides_nobody_here),
        cmocka_unit_test(leaves_out_who_caused_it),
        cmocka_unit_test(who_is_found_twice_is_told_once), cmocka_unit_test(one_person),
        cmocka_unit_test(nothing_is_sent_when_the_change_rolls_back),
        cmocka_unit_test(unknown_kinds_are_refused),
        cmocka_unit_test(a_bad_message_does_not_hold_up_the_others),
        cmocka_unit_test(waits_grow_and_end),
        cmocka_unit_test(many_at_once_are_one_message), cmocka_unit_test(three_are_three_and_other_kinds_are_each_said),
        cmocka_unit_test(one_that_cannot_be_sent_takes_none_with_it),
        cmocka_unit_test(sentences_in_both_languages),
        cmocka_unit_test(the_table_is_whole),
    };
    return cmocka_run_group_tests_name("notify", tests, setup, teardown);
}
