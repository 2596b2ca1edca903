/* tenant city: which districts form a city. */
#include <stdio.h>

#include "base/buf.h"
#include "base/jsonw.h"
#include "command.h"

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "linli: %s: %s\n", what, why);
    return 1;
}

static int wrong_use(void)
{
    fputs("usage: linli tenant city list [--json]\n       linli tenant city add | remove --tenant CITY DISTRICT\n", stderr);
    return 2;
}

/* ---- list ---- */

struct listing {
    struct arena *arena;
    struct list   tenants, hosts, members;
};

static err read_all(struct db_conn *c, void *arg)
{
    struct listing *l = arg;
    TRY(tenant_all(c, l->arena, &l->tenants, &l->hosts));
    return tenant_city_all(c, l->arena, &l->members);
}

static const struct tenant *tenant_of(const struct listing *l, int64_t id)
{
    const struct tenant *t = l->tenants.at;
    for (size_t i = 0; i < l->tenants.len; i++)
        if (t[i].id == id)
            return &t[i];
    return NULL;
}

static void print_json(const struct listing *l)
{
    const struct city_member *m = l->members.at;
    struct buf                b = buf_new(l->arena, 0);
    struct jsonw              j = jsonw_on(&b);
    jsonw_list(&j);
    for (size_t i = 0; i < l->members.len; i++) {
        const struct tenant *city = tenant_of(l, m[i].city), *district = tenant_of(l, m[i].district);
        if (!city || !district)
            continue;
        jsonw_open(&j);
        jsonw_kv_str(&j, "city", city->code);
        jsonw_kv_str(&j, "district", district->code);
        jsonw_kv_str(&j, "name", district->name);
        jsonw_kv_i64(&j, "joined_at", m[i].joined_at);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    printf("%.*s\n", STR_ARG(buf_view(&b)));
}

static void print_text(const struct listing *l)
{
    const struct city_member *m = l->members.at;
    for (size_t i = 0; i < l->members.len; i++) {
        const struct tenant *city = tenant_of(l, m[i].city), *district = tenant_of(l, m[i].district);
        if (city && district && (i == 0 || m[i].city != m[i - 1].city))
            printf("%.*s %.*s\n", STR_ARG(city->code), STR_ARG(city->name));
        if (city && district)
            printf("    %-16.*s %.*s\n", STR_ARG(district->code), STR_ARG(district->name));
    }
}

static int list(struct app *app, struct command_line *line)
{
    struct listing l = { .arena = arena_new(0) };
    if (!command_rest(line, 2))
        return 2;
    err e = db_read(app->db, read_all, &l);
    if (!failed(e) && line->json)
        print_json(&l);
    else if (!failed(e))
        print_text(&l);
    arena_free(l.arena);
    return failed(e) ? fail("the cities cannot be read", command_text(e)) : 0;
}

/* ---- add, remove ---- */

static const char *why_not(err e)
{
    static const struct { enum err_code code; const char *field, *why; } reasons[] = {
        { ERR_TAKEN, "here", "it belongs to this city already" },
        { ERR_TAKEN, "elsewhere", "it belongs to another city: linli tenant city remove first" },
        { ERR_CONFLICT, "itself", "a city is no district of its own" },
        { ERR_CONFLICT, "time_zone", "city and district are in different time zones: their days are not the same days" },
        { ERR_CONFLICT, "city", "a city cannot belong to a city" },
        { ERR_NOT_FOUND, NULL, "it does not belong to this city" },
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (e.code == reasons[i].code && (!reasons[i].field || (e.field && strcmp(e.field, reasons[i].field) == 0)))
            return reasons[i].why;
    return command_text(e);
}

static int change(struct app *app, struct command_line *line, bool join)
{
    struct city_change change = { .join = join };
    if (!command_rest(line, 3) || line->argc != 3 || !line->tenant)
        return wrong_use();
    struct arena *a = arena_new(4096);
    err           e = tenant_find(app->db, a, line->tenant, &change.city);
    int           code = failed(e) ? fail(line->tenant, "there is no such district (linli tenant list)") : 0;
    if (!code && failed(tenant_find(app->db, a, line->argv[2], &change.district)))
        code = fail(line->argv[2], "there is no such district (linli tenant list)");
    if (!code && failed(e = db_write(app->db, 0, tenant_city_change, &change))) {
        fprintf(stderr, "linli: %s: %s; nothing was changed\n", line->argv[2], why_not(e));
        code = 1;
    }
    if (!code)
        printf(line->json ? "{\"city\":\"%.*s\",\"district\":\"%.*s\"}\n" : join ? "%.*s shows the figures of %.*s from now on\n" : "%.*s shows the figures of %.*s no more\n",
               STR_ARG(change.city.code), STR_ARG(change.district.code));
    arena_free(a);
    return code;
}

int command_city(struct app *app, struct command_line *line)
{
    const char *what = line->argc > 1 ? line->argv[1] : "";
    if (strcmp(what, "list") == 0)
        return list(app, line);
    if (strcmp(what, "add") == 0 || strcmp(what, "remove") == 0)
        return change(app, line, *what == 'a');
    return wrong_use();
}
