#include "tenant.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/log.h"
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/case/case.h"
#include "features/clock/clock.h"
#include "features/unit/unit.h"

#define TURN_WAIT (5 * MS_SECOND)

DB_SQL(tenant_list, "SELECT tenant_id, code, name, time_zone, demo, closed_at, moved_to, removing_at FROM tenant ORDER BY tenant_id")
DB_SQL(tenant_hosts, "SELECT host, district FROM host ORDER BY host")
DB_SQL(tenant_insert, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
DB_SQL(tenant_highest, "SELECT COALESCE(MAX(n), 0) FROM (SELECT MAX(tenant_id) AS n FROM tenant UNION ALL SELECT MAX(district) FROM district_gone) every")
DB_SQL(tenant_coded, "SELECT COUNT(*) FROM tenant WHERE code = $1")
DB_SQL(tenant_host_insert, "INSERT INTO host (host, district, created_at) VALUES ($2, $1, $3)")
DB_SQL(tenant_host_delete, "DELETE FROM host WHERE host = $2 AND district = $1")

/* ---- rows ---- */

static const struct field tenant_columns[] = {
    FIELD_I64(struct tenant, id, 0, 0, 0, ""),
    FIELD_STR(struct tenant, code, 0, 0, 0, ""),
    FIELD_STR(struct tenant, name, 0, 0, 0, ""),
    FIELD_STR(struct tenant, time_zone, 0, 0, 0, ""),
    FIELD_BOOL(struct tenant, demo, 0, ""),
    FIELD_TIME(struct tenant, closed_at, 0, ""),
    FIELD_STR(struct tenant, moved_to, 0, 0, 0, ""),
    FIELD_TIME(struct tenant, removing_at, 0, ""),
    FIELD_END
};

static const struct field host_columns[] = {
    FIELD_STR(struct tenant_host, host, 0, 0, 0, ""),
    FIELD_I64(struct tenant_host, district, 0, 0, 0, ""),
    FIELD_END
};

err tenant_all(struct db_conn *c, struct arena *a, struct list *tenants, struct list *hosts)
{
    TRY(db_all(c, a, &tenant_list, DB_NO_ARGS, tenant_columns, sizeof(struct tenant), 0, tenants));
    return db_all(c, a, &tenant_hosts, DB_NO_ARGS, host_columns, sizeof(struct tenant_host), 0, hosts);
}

struct lookup {
    struct arena  *arena;
    const char    *named;
    struct tenant *out;
};

static int64_t host_of(const struct list *hosts, const char *named)
{
    const struct tenant_host *h = hosts->at;
    char                      host[HOST_ROOM];
    for (size_t i = 0; host_fold(str_of(named), host) && i < hosts->len; i++)
        if (str_is(h[i].host, host))
            return h[i].district;
    return 0;
}

static err look_up(struct db_conn *c, void *arg)
{
    struct lookup *l = arg;
    struct list    tenants, hosts;
    int64_t        number = 0;
    TRY(tenant_all(c, l->arena, &tenants, &hosts));
    const struct tenant *t = tenants.at;
    if (!l->named && tenants.len > 1)
        return FAIL(ERR_DISTRICT_NEEDED);
    int64_t id = l->named ? host_of(&hosts, l->named) : 0;
    for (size_t i = 0; i < tenants.len; i++)
        if (!l->named || str_is(t[i].code, l->named) || t[i].id == id || (str_to_i64(str_of(l->named), &number) && t[i].id == number)) {
            *l->out = t[i];
            return OK;
        }
    return FAIL(ERR_NOT_FOUND);
}

err tenant_find(struct db *db, struct arena *a, const char *named, struct tenant *out)
{
    return db_read(db, look_up, &(struct lookup){ a, named && *named ? named : NULL, out });
}

/* Outside of any write: nobody waits for who waits here. */
bool tenant_turn(struct db *db)
{
    ms   until = clock_monotonic() + TURN_WAIT;
    bool ours;
    while (!(ours = db_turn(db, 0, "district")) && clock_monotonic() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 100 * 1000 * 1000 }, NULL);
    return ours;
}

err tenant_next(struct db_conn *c, int64_t *id)
{
    TRY(db_number(c, &tenant_highest, DB_NO_ARGS, id));
    (*id)++;
    return OK;
}

/* ---- hosts ---- */

static bool host_byte(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '.';
}

/* Length of what stands before the port. */
static size_t without_port(struct str s)
{
    ptrdiff_t end = s.len && *s.ptr == '[' ? str_find(s, ']') + 1 : str_find(s, ':');
    return end > 0 ? (size_t)end : s.len;
}

bool host_fold(struct str written, char out[HOST_ROOM])
{
    struct str s = { written.ptr, written.ptr ? without_port(written) : 0 };
    bool       address = s.len > 2 && *s.ptr == '[' && s.ptr[s.len - 1] == ']';
    if (s.len > 1 && s.ptr[s.len - 1] == '.')
        s.len--;
    if (s.len == 0 || s.len >= HOST_ROOM || (!address && (*s.ptr == '.' || *s.ptr == '-')))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool fits = host_byte(s.ptr[i]) || (address && strchr("[]:", s.ptr[i]));
        if (!fits)
            return false;
        out[i] = (char)tolower((unsigned char)s.ptr[i]);
    }
    out[s.len] = 0;
    return true;
}

err tenant_host_add(struct db_conn *c, int64_t tenant, struct str host)
{
    return db_exec(c, &tenant_host_insert, DB_ARGS(I64(tenant), TEXT(host), I64(clock_now())), NULL);
}

/* Two districts without a host would both be out of reach. */
static err may_lose(const struct list *tenants, const struct list *hosts, int64_t tenant)
{
    const struct tenant_host *h = hosts->at;
    const struct tenant      *t = tenants->at;
    size_t                    own = 0, bare = 0;
    for (size_t i = 0; i < hosts->len; i++)
        own += h[i].district == tenant;
    for (size_t i = 0; i < tenants->len; i++) {
        bool named = t[i].id == tenant;
        for (size_t k = 0; k < hosts->len; k++)
            named = named || h[k].district == t[i].id;
        bare += !named;
    }
    return own == 1 && bare > 0 ? FAIL(ERR_CONFLICT) : OK;
}

err tenant_host_remove(struct db_conn *c, int64_t tenant, struct str host)
{
    int64_t       changed = 0;
    struct list   tenants, hosts;
    struct arena *a = arena_new(0);
    err           e = tenant_all(c, a, &tenants, &hosts);
    if (!failed(e))
        e = db_exec(c, &tenant_host_delete, DB_ARGS(I64(tenant), TEXT(host)), &changed);
    if (!failed(e))
        e = changed ? may_lose(&tenants, &hosts, tenant) : FAIL(ERR_NOT_FOUND);
    arena_free(a);
    return e;
}

/* ---- a new one ---- */

/* The root of the areas: a grant there holds in the whole district. A demonstration draws its own. */
static err insert_root(struct db_conn *c, struct arena *a, const struct tenant_new *t)
{
    struct unit_area_new root = { .kind = "district", .name = str_of(t->name) };
    int64_t              id;
    return t->demo ? OK : unit_area_add(c, a, t->id, &root, clock_now(), &id);
}

static err install(struct db_conn *c, struct arena *a, const struct tenant_new *t)
{
    TRY(account_roles_install(c, t->id));
    TRY(unit_posts_install(c, t->id));
    TRY(case_packs_install(c, a, t->id, clock_now()));
    TRY(clock_install(c, a, t->id, clock_now()));
    TRY(insert_root(c, a, t));
    return t->first ? OK : audit_write(c, a, t->id, clock_now(), 0, "tenant.create", "tenant", t->id, STR_NONE);
}

static err insert_row(struct db_conn *c, struct tenant_new *t)
{
    int64_t same = 0;
    t->id = TENANT_FIRST;
    if (!t->first)
        TRY(tenant_next(c, &t->id));
    TRY(db_number(c, &tenant_coded, DB_ARGS(TEXT(str_of(t->code))), &same));
    if (same)
        return FAIL_AT(ERR_TAKEN, "code");
    return db_exec(c, &tenant_insert,
                   DB_ARGS(I64(t->id), TEXT(str_of(t->code)), TEXT(str_of(t->name)), TEXT(str_of(t->time_zone)), BOOL(t->demo), I64(clock_now())), NULL);
}

err tenant_insert_new(struct db_conn *c, void *making)
{
    const struct tenant_making *m = making;
    struct keys                 keys;
    TRY(insert_row(c, m->t));
    if (m->t->host && failed(tenant_host_add(c, m->t->id, str_of(m->t->host))))
        return FAIL_AT(ERR_TAKEN, "host");
    TRY(tenant_folder_make(m->config->data, m->t->id));
    TRY(tenant_keys(m->config->data, m->t->id, true, &keys));
    struct arena *a = arena_new(0);
    err           e = install(c, a, m->t);
    arena_free(a);
    return e;
}

/* ---- folders and keys ---- */

struct str tenant_folder(struct arena *a, const char *data, int64_t tenant)
{
    return tenant == TENANT_FIRST ? str_fmt(a, "%s", data) : str_fmt(a, "%s/tenants/%lld", data, (long long)tenant);
}

static err make_folder(const char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return OK;
    log_event(LOG_ERROR, "folder", "path", path, "problem", strerror(errno), NULL);
    return FAIL(errno == ENOSPC ? ERR_STORAGE_FULL : ERR_INTERNAL);
}

static err make_folders(struct arena *a, const char *data, int64_t tenant)
{
    static const char *const names[] = { "files", "spool", "jobs" };
    TRY(make_folder(data));
    if (tenant != TENANT_FIRST)
        TRY(make_folder(str_fmt(a, "%s/tenants", data).ptr));
    TRY(make_folder(tenant_folder(a, data, tenant).ptr));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        TRY(make_folder(str_fmt(a, "%s/%s", tenant_folder(a, data, tenant).ptr, names[i]).ptr));
    return OK;
}

err tenant_folder_make(const char *data, int64_t tenant)
{
    struct arena *a = arena_new(4096);
    err           e = make_folders(a, data, tenant);
    arena_free(a);
    return e;
}

err tenant_keys(const char *data, int64_t tenant, bool create, struct keys *out)
{
    struct arena *a = arena_new(4096);
    err           e = crypto_keys(str_fmt(a, "%s/keys", tenant_folder(a, data, tenant).ptr).ptr, create, out);
    arena_free(a);
    return e;
}

/* ---- zones ---- */

static bool zone_name(struct str zone, UChar out[64], int32_t *len)
{
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(out, 64, len, zone.ptr, (int32_t)zone.len, &status);
    return U_SUCCESS(status) && *len > 0;
}

bool tenant_zone_known(struct str zone)
{
    UChar      name[64], canonical[64];
    int32_t    len;
    UBool      system = 0;
    UErrorCode status = U_ZERO_ERROR;
    if (!zone_name(zone, name, &len))
        return false;
    ucal_getCanonicalTimeZoneID(name, len, canonical, 64, &system, &status);
    return U_SUCCESS(status) && system;
}

int tenant_zone_minutes(struct str zone, ms at)
{
    UChar      name[64];
    int32_t    len, offset = 0;
    UErrorCode status = U_ZERO_ERROR;
    if (!zone_name(zone, name, &len))
        return 0;
    UCalendar *calendar = ucal_open(name, len, NULL, UCAL_GREGORIAN, &status);
    if (U_SUCCESS(status)) {
        ucal_setMillis(calendar, (UDate)at, &status);
        offset = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) + ucal_get(calendar, UCAL_DST_OFFSET, &status);
    }
    ucal_close(calendar);
    return U_SUCCESS(status) ? offset / 60000 : 0;
}
