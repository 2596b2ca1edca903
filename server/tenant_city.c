/* tenant_city.c: which districts form a city. */
#include "tenant.h"

#include "base/buf.h"
#include "base/jsonw.h"
#include "features/audit/audit.h"

DB_SQL(tenant_cities, "SELECT m.district, m.city, m.joined_at FROM city_district m ORDER BY m.city, m.district")
DB_SQL(tenant_city_join, "INSERT INTO city_district (district, city, joined_at) VALUES ($2, $1, $3)")
DB_SQL(tenant_city_leave, "DELETE FROM city_district WHERE district = $2 AND city = $1")

static const struct field member_columns[] = {
    FIELD_I64(struct city_member, district, 0, 0, 0, ""),
    FIELD_I64(struct city_member, city, 0, 0, 0, ""),
    FIELD_TIME(struct city_member, joined_at, 0, ""),
    FIELD_END
};

err tenant_city_all(struct db_conn *c, struct arena *a, struct list *out)
{
    return db_all(c, a, &tenant_cities, DB_NO_ARGS, member_columns, sizeof(struct city_member), 0, out);
}

/* A city is no district of another, nor of itself; its days are its districts' days. */
static err may_join(struct db_conn *c, struct arena *a, const struct tenant *city, const struct tenant *district)
{
    struct list all;
    if (city->id == district->id)
        return FAIL_AT(ERR_CONFLICT, "itself");
    if (!str_eq(city->time_zone, district->time_zone))
        return FAIL_AT(ERR_CONFLICT, "time_zone");
    TRY(tenant_city_all(c, a, &all));
    const struct city_member *m = all.at;
    for (size_t i = 0; i < all.len; i++) {
        if (m[i].district == district->id)
            return FAIL_AT(ERR_TAKEN, m[i].city == city->id ? "here" : "elsewhere");
        if (m[i].city == district->id || m[i].district == city->id)
            return FAIL_AT(ERR_CONFLICT, "city");
    }
    return OK;
}

static err record(struct db_conn *c, struct arena *a, int64_t whose, const char *action, const struct tenant *other)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", other->code);
    jsonw_kv_str(&j, "name", other->name);
    jsonw_close(&j);
    return audit_write(c, a, whose, clock_now(), 0, action, "tenant", whose, buf_view(&b));
}

static err change(struct db_conn *c, struct arena *a, const struct city_change *change)
{
    int64_t changed = 0, city = change->city.id, district = change->district.id;
    if (change->join)
        TRY(may_join(c, a, &change->city, &change->district));
    TRY(change->join ? db_exec(c, &tenant_city_join, DB_ARGS(I64(city), I64(district), I64(clock_now())), &changed)
                     : db_exec(c, &tenant_city_leave, DB_ARGS(I64(city), I64(district)), &changed));
    if (!changed)
        return FAIL(ERR_NOT_FOUND);
    TRY(record(c, a, district, change->join ? "city.join" : "city.leave", &change->city));
    return record(c, a, city, change->join ? "city.add" : "city.remove", &change->district);
}

err tenant_city_change(struct db_conn *c, void *arg)
{
    struct arena *a = arena_new(0);
    err           e = change(c, a, arg);
    arena_free(a);
    return e;
}
