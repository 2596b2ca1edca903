/* clock_db.c: the SQL of calendars, hours and policies. */
#include "clock_rules.h"
#include "../../base/id.h"

#define CALENDAR "c.id, c.version, c.name, c.first_year, c.last_year, c.holidays, c.workdays, c.imported_at, p.name"
#define BY_WHOM                                                                                 \
    " FROM clock_calendar c LEFT JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.imported_by " \
    "LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id WHERE c.tenant_id = $1 "

DB_SQL(calendar_newest, "SELECT " CALENDAR ", c.days" BY_WHOM "ORDER BY c.version DESC LIMIT 1")
DB_SQL(calendar_all, "SELECT " CALENDAR BY_WHOM "ORDER BY c.version DESC LIMIT 200")
DB_SQL(calendar_by_id, "SELECT " CALENDAR ", c.days" BY_WHOM "AND c.id = $2")
DB_SQL(calendar_insert,
       "INSERT INTO clock_calendar (tenant_id, id, version, name, first_year, last_year, holidays, workdays, days, imported_at, imported_by) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")

#define HOURS "id, kind, week, valid_from, valid_to, version"
DB_SQL(hours_all, "SELECT " HOURS " FROM clock_hours WHERE tenant_id = $1 AND (valid_to IS NULL OR valid_to > $2) ORDER BY kind, valid_from, id")
DB_SQL(hours_by_id, "SELECT " HOURS " FROM clock_hours WHERE tenant_id = $1 AND id = $2")
DB_SQL(hours_add, "INSERT INTO clock_hours (tenant_id, id, kind, week, valid_from, set_by, version) VALUES ($1, $2, $3, $4, $5, $6, 1)")
DB_SQL(hours_close, "UPDATE clock_hours SET valid_to = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3")
DB_SQL(hours_same,
       "SELECT count(*) FROM clock_hours WHERE tenant_id = $1 AND kind = $2 AND (valid_to IS NULL OR valid_to > $3) AND id <> $4")

#define POLICY                                                                                                                \
    "SELECT p.id, p.category_id, p.severity, p.limits, p.valid_from, p.valid_to, p.version, c.name_zh, c.name_en FROM clock_policy p " \
    "LEFT JOIN category c ON c.tenant_id = p.tenant_id AND c.id = p.category_id WHERE p.tenant_id = $1 "
DB_SQL(policy_all, POLICY "AND (p.valid_to IS NULL OR p.valid_to > $2) ORDER BY p.id")
DB_SQL(policy_by_id, POLICY "AND p.id = $2")
DB_SQL(policy_category, "SELECT count(*) FROM category WHERE tenant_id = $1 AND id = $2 AND valid_to IS NULL")
DB_SQL(policy_add,
       "INSERT INTO clock_policy (tenant_id, id, category_id, severity, limits, valid_from, set_by, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, 1)")
DB_SQL(policy_close, "UPDATE clock_policy SET valid_to = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3")
DB_SQL(policy_same,
       "SELECT count(*) FROM clock_policy WHERE tenant_id = $1 AND category_id IS NOT DISTINCT FROM $2 AND severity = $3 "
       "AND (valid_to IS NULL OR valid_to > $4) AND id <> $5")

/* ---- calendars ---- */

static const struct field calendar_fields[] = {
    FIELD_ID(struct calendar_row, id, 0, ""),              FIELD_I64(struct calendar_row, version, 0, 0, 0, ""),
    FIELD_STR(struct calendar_row, name, 0, 0, 0, ""),     FIELD_I64(struct calendar_row, first_year, 0, 0, 0, ""),
    FIELD_I64(struct calendar_row, last_year, 0, 0, 0, ""), FIELD_I64(struct calendar_row, holidays, 0, 0, 0, ""),
    FIELD_I64(struct calendar_row, workdays, 0, 0, 0, ""), FIELD_TIME(struct calendar_row, imported_at, 0, ""),
    FIELD_STR(struct calendar_row, by, 0, 0, 0, ""),       FIELD_STR(struct calendar_row, days, 0, 0, 0, ""),
    FIELD_END
};
static const struct field calendar_head[] = {
    FIELD_ID(struct calendar_row, id, 0, ""),              FIELD_I64(struct calendar_row, version, 0, 0, 0, ""),
    FIELD_STR(struct calendar_row, name, 0, 0, 0, ""),     FIELD_I64(struct calendar_row, first_year, 0, 0, 0, ""),
    FIELD_I64(struct calendar_row, last_year, 0, 0, 0, ""), FIELD_I64(struct calendar_row, holidays, 0, 0, 0, ""),
    FIELD_I64(struct calendar_row, workdays, 0, 0, 0, ""), FIELD_TIME(struct calendar_row, imported_at, 0, ""),
    FIELD_STR(struct calendar_row, by, 0, 0, 0, ""),       FIELD_END
};

err calendar_latest(struct db_conn *c, struct arena *a, int64_t tenant, struct calendar_row *out)
{
    return db_one(c, a, &calendar_newest, DB_ARGS(I64(tenant)), calendar_fields, out);
}

err calendar_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct calendar_row *out)
{
    return db_one(c, a, &calendar_by_id, DB_ARGS(I64(tenant), I64(id)), calendar_fields, out);
}

err calendar_list(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &calendar_all, DB_ARGS(I64(tenant)), calendar_head, sizeof(struct calendar_row), 0, out);
}

/* The years of the file take the place of the same years in force; other years stay. */
err clock_calendar_import(struct db_conn *c, struct arena *a, int64_t tenant, struct str name, struct str text, ms now, int64_t by,
                          struct faults *faults, struct clock_imported *out)
{
    struct calendar_row   before = { 0 };
    struct clock_calendar cal, given;
    struct str            merged;
    err                   e = calendar_latest(c, a, tenant, &before);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    TRY(calendar_read(a, text, STR_NONE, faults, &given, NULL));
    TRY(calendar_read(a, text, before.days, faults, &cal, &merged));
    if (before.days.ptr && str_eq(before.days, merged))
        return FAIL(ERR_TAKEN);
    *out = (struct clock_imported){ .id = id_new(), .version = before.version + 1, .first_year = cal.first_year, .last_year = cal.last_year,
                                    .years = given.last_year - given.first_year + 1, .holidays = cal.holidays, .workdays = cal.workdays };
    return db_exec(c, &calendar_insert,
                   DB_ARGS(I64(tenant), I64(out->id), I64(out->version), TEXT(name), I64(cal.first_year), I64(cal.last_year),
                           I64(cal.holidays), I64(cal.workdays), TEXT(merged), I64(now), REF(by)),
                   NULL);
}

/* ---- hours ---- */

static const struct field hours_fields[] = {
    FIELD_ID(struct hours_row, id, 0, ""),           FIELD_STR(struct hours_row, kind, 0, 0, 0, ""),
    FIELD_STR(struct hours_row, week, 0, 0, 0, ""),  FIELD_TIME(struct hours_row, valid_from, 0, ""),
    FIELD_TIME(struct hours_row, valid_to, 0, ""),   FIELD_I64(struct hours_row, version, 0, 0, 0, ""), FIELD_END
};

err hours_list(struct db_conn *c, struct arena *a, int64_t tenant, ms since, struct list *out)
{
    return db_all(c, a, &hours_all, DB_ARGS(I64(tenant), I64(since)), hours_fields, sizeof(struct hours_row), 0, out);
}

err hours_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct hours_row *out)
{
    return db_one(c, a, &hours_by_id, DB_ARGS(I64(tenant), I64(id)), hours_fields, out);
}

err hours_insert(struct db_conn *c, int64_t tenant, struct str kind, struct str week, ms from, int64_t by, int64_t *id)
{
    *id = id_new();
    return db_exec(c, &hours_add, DB_ARGS(I64(tenant), I64(*id), TEXT(kind), TEXT(week), I64(from), REF(by)), NULL);
}

err hours_end(struct db_conn *c, int64_t tenant, int64_t id, int64_t was, ms at)
{
    int64_t changed = 0;
    TRY(db_exec(c, &hours_close, DB_ARGS(I64(tenant), I64(id), I64(was), I64(at)), &changed));
    return changed == 1 ? OK : FAIL(ERR_STALE_VERSION);
}

err hours_rivals(struct db_conn *c, int64_t tenant, struct str kind, ms at, int64_t self, int64_t *n)
{
    return db_number(c, &hours_same, DB_ARGS(I64(tenant), TEXT(kind), I64(at), I64(self)), n);
}

/* ---- policies ---- */

static const struct field policy_fields[] = {
    FIELD_ID(struct policy_row, id, 0, ""),            FIELD_ID(struct policy_row, category, 0, ""),
    FIELD_I64(struct policy_row, severity, 0, 0, 0, ""), FIELD_STR(struct policy_row, limits, 0, 0, 0, ""),
    FIELD_TIME(struct policy_row, valid_from, 0, ""),  FIELD_TIME(struct policy_row, valid_to, 0, ""),
    FIELD_I64(struct policy_row, version, 0, 0, 0, ""), FIELD_STR(struct policy_row, name_zh, 0, 0, 0, ""),
    FIELD_STR(struct policy_row, name_en, 0, 0, 0, ""), FIELD_END
};

err policy_list(struct db_conn *c, struct arena *a, int64_t tenant, ms since, struct list *out)
{
    return db_all(c, a, &policy_all, DB_ARGS(I64(tenant), I64(since)), policy_fields, sizeof(struct policy_row), 0, out);
}

err policy_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct policy_row *out)
{
    return db_one(c, a, &policy_by_id, DB_ARGS(I64(tenant), I64(id)), policy_fields, out);
}

err policy_insert(struct db_conn *c, int64_t tenant, int64_t category, int64_t severity, struct str limits, ms from, int64_t by, int64_t *id)
{
    *id = id_new();
    return db_exec(c, &policy_add,
                   DB_ARGS(I64(tenant), I64(*id), REF(category), I64(severity), TEXT(limits), I64(from), REF(by)), NULL);
}

err policy_end(struct db_conn *c, int64_t tenant, int64_t id, int64_t was, ms at)
{
    int64_t changed = 0;
    TRY(db_exec(c, &policy_close, DB_ARGS(I64(tenant), I64(id), I64(was), I64(at)), &changed));
    return changed == 1 ? OK : FAIL(ERR_STALE_VERSION);
}

err policy_category_there(struct db_conn *c, int64_t tenant, int64_t category, bool *there)
{
    int64_t n = 0;
    TRY(db_number(c, &policy_category, DB_ARGS(I64(tenant), I64(category)), &n));
    *there = n > 0;
    return OK;
}

err policy_rivals(struct db_conn *c, int64_t tenant, int64_t category, int64_t severity, ms at, int64_t self, int64_t *n)
{
    return db_number(c, &policy_same, DB_ARGS(I64(tenant), REF(category), I64(severity), I64(at), I64(self)), n);
}
