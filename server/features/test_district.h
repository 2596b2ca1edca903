/* For tests only: a district with its root area and one organisation, on a database of its own, at set times. Include after cmocka.h. */
#ifndef LINLI_FEATURES_TEST_DISTRICT_H
#define LINLI_FEATURES_TEST_DISTRICT_H

#include "../base/id.h"
#include "../db/test_db.h"
#include "account/account.h"
#include "search/search.h"
#include "setting/setting.h"
#include "unit/unit.h"

enum { TENANT = 1, EAST = 480 };

static struct arena  *arena;
static struct test_db t;
static struct app     app;
static int64_t        area, org;

DB_SQL(test_district_tenant, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, 'd', 'D', 'Asia/Shanghai', 0, 1)")
DB_SQL(test_district_person, "INSERT INTO person (tenant_id, id, name, name_fold, created_at, updated_at, version) VALUES ($1, $2, 'P', 'p', 1, 1, 1)")

/* A moment there: "2026-11-01 09:00". */
static inline ms at(const char *text)
{
    struct clock_civil c = { 0 };
    assert_true(sscanf(text, "%d-%d-%d %d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute) == 5);
    return clock_from_civil(c, EAST);
}

static inline err test_district_add(struct db_conn *c, const char *organisation)
{
    struct unit_area_new root = { .kind = "district", .name = STR("区") };
    struct unit_org_new  one = { .kind = "association", .name = str_of(organisation) };
    TRY(db_exec(c, &test_district_tenant, DB_ARGS(I64(TENANT)), NULL));
    TRY(account_roles_install(c, TENANT));
    TRY(unit_area_add(c, arena, TENANT, &root, 1, &area));
    one.area = area;
    return unit_org_add(c, arena, TENANT, &one, 1, &org);
}

static inline err test_district_person_add(struct db_conn *c, int64_t *id)
{
    *id = id_new();
    return db_exec(c, &test_district_person, DB_ARGS(I64(TENANT), I64(*id)), NULL);
}

/* `make` runs in the first transaction, and begins with test_district_add. */
static inline bool test_district_open(db_work make)
{
    arena = arena_new(0);
    test_db_open(&t);
    app = (struct app){ .db = t.db, .tenant = TENANT, .zone_minutes = EAST };
    return !failed(db_write(t.db, 0, make, NULL)) && !failed(setting_feature.start(&app)) && !failed(unit_feature.start(&app));
}

static inline void test_district_close(void)
{
    unit_feature.stop(&app);
    search_feature.stop(&app);
    setting_feature.stop(&app);
    test_db_close(&t);
    arena_free(arena);
}

#endif
