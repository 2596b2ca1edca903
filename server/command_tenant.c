/* tenant: the districts of this installation and the host names they are served under. */
#include <stdio.h>

#include "base/buf.h"
#include "base/jsonw.h"
#include "command.h"
#include "features/audit/audit.h"

static int usage(FILE *out, int code)
{
    fputs("usage: linli tenant list [--json]\n"
          "       linli tenant create --host HOST --name NAME [--code CODE] [--time-zone ZONE]\n"
          "       linli tenant add-host --tenant WHICH HOST\n"
          "       linli tenant remove-host --tenant WHICH HOST\n"
          "       linli tenant city list [--json]\n"
          "       linli tenant city add | remove --tenant CITY DISTRICT\n"
          "       linli tenant close --tenant WHICH (--export FILE | --without-export NAME) [--moved-to ADDRESS]\n"
          "       linli tenant reopen --tenant WHICH\n"
          "       linli tenant remove --tenant WHICH (--export FILE --keys KEYFILE | --without-export NAME)\n\n"
          "Several districts may live in one installation, each apart from the others and served under host names of its own. A running server\n"
          "serves a new district, or under a new name, within two seconds. A district without a host name answers to every name that is\n"
          "not another's; there can be only one such. WHICH: a code, a host or a number.\n"
          "Then make the first administrator: linli user add --tenant CODE --name NAME --sign-in-name NAME --role system_admin\n\n"
          "A city is a district of its own too, made with create; add says which districts belong to it. Its people with the right city.read (role\n"
          "city_leader) see, under its host names, the counters of those districts summed up, and nothing else of them.\n\n"
          "A closed district is served no more: whoever asks for it is told so, and where it has moved. Nothing of it is lost, and reopen serves it again.\n"
          "remove erases a closed one for good: the rows of every table, photos, keys. It wants an export made since it was closed, which is compared\n"
          "with what is there now, or the district's name typed out. Cut off, it goes on when it is asked again.\n\n",
          out);
    if (out == stdout)
        config_help();
    return code;
}

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "linli: %s: %s\n", what, why);
    return 1;
}

/* ---- list ---- */

struct listing {
    struct arena *arena;
    struct list   tenants, hosts;
};

static err read_all(struct db_conn *c, void *arg)
{
    struct listing *l = arg;
    return tenant_all(c, l->arena, &l->tenants, &l->hosts);
}

static void print_json(const struct listing *l)
{
    const struct tenant      *t = l->tenants.at;
    const struct tenant_host *h = l->hosts.at;
    struct buf                b = buf_new(l->arena, 0);
    struct jsonw              j = jsonw_on(&b);
    jsonw_list(&j);
    for (size_t i = 0; i < l->tenants.len; i++) {
        jsonw_open(&j);
        jsonw_kv_i64(&j, "number", t[i].id);
        jsonw_kv_str(&j, "code", t[i].code);
        jsonw_kv_str(&j, "name", t[i].name);
        jsonw_kv_str(&j, "time_zone", t[i].time_zone);
        jsonw_key(&j, "hosts");
        jsonw_list(&j);
        for (size_t k = 0; k < l->hosts.len; k++)
            if (h[k].district == t[i].id)
                jsonw_str(&j, h[k].host);
        jsonw_list_end(&j);
        if (t[i].closed_at)
            jsonw_kv_i64(&j, "closed_at", t[i].closed_at);
        if (t[i].moved_to.ptr)
            jsonw_kv_str(&j, "moved_to", t[i].moved_to);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    printf("%.*s\n", STR_ARG(buf_view(&b)));
}

static void print_text(const struct listing *l)
{
    const struct tenant      *t = l->tenants.at;
    const struct tenant_host *h = l->hosts.at;
    for (size_t i = 0; i < l->tenants.len; i++) {
        bool named = false;
        printf("%3lld  %-16.*s %.*s ", (long long)t[i].id, STR_ARG(t[i].code), STR_ARG(t[i].name));
        for (size_t k = 0; k < l->hosts.len; k++)
            if (h[k].district == t[i].id) {
                printf(" %.*s", STR_ARG(h[k].host));
                named = true;
            }
        printf("%s%s\n", named ? "" : " (no host: every name that is not another's)", t[i].removing_at ? " (being erased)" : t[i].closed_at ? " (closed)" : "");
    }
}

static int list(struct app *app, struct command_line *line)
{
    struct listing l = { .arena = arena_new(0) };
    err            e = command_rest(line, 1) ? db_read(app->db, read_all, &l) : FAIL(ERR_INVALID);
    if (!failed(e) && line->json)
        print_json(&l);
    else if (!failed(e))
        print_text(&l);
    arena_free(l.arena);
    return !failed(e) ? 0 : e.code == ERR_INVALID ? 2 : fail("the districts cannot be read", command_text(e));
}

/* ---- create ---- */

static bool code_fits(const char *code)
{
    return *code && strlen(code) <= 40 && strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(code) &&
           strspn(code, "0123456789") != strlen(code);
}

/* The first label of its host, when no code was given: a district of its own name. */
static const char *code_from(const char *host, char out[HOST_ROOM])
{
    snprintf(out, HOST_ROOM, "%.*s", (int)strcspn(host, "."), host);
    return out;
}

static const char *wrong(const struct tenant_new *t)
{
    if (!t->name || !*t->name)
        return "name the district: --name NAME";
    if (!code_fits(t->code))
        return "the code is made of a to z, 0 to 9 and -, with a letter: --code CODE";
    return tenant_zone_known(str_of(t->time_zone)) ? NULL : "there is no such time zone";
}

static int create(struct app *app, struct command_line *line)
{
    char              host[HOST_ROOM], code[HOST_ROOM];
    const char       *written = command_flag(line, "--host"), *problem = NULL;
    struct tenant_new t = { .name = command_flag(line, "--name"), .code = command_flag(line, "--code"),
                            .time_zone = command_flag(line, "--time-zone"), .host = host };
    if (!command_rest(line, 1))
        return 2;
    if (!written || !host_fold(str_of(written), host))
        problem = "say the host name it is served under: --host HOST";
    t.code = t.code || problem ? t.code : code_from(host, code);
    t.time_zone = t.time_zone ? t.time_zone : "Asia/Shanghai";
    problem = problem ? problem : wrong(&t);
    if (problem) {
        fprintf(stderr, "linli: %s\n", problem);
        return 2;
    }
    if (!tenant_turn(app->db))
        return fail("the district was not made", TENANT_NO_TURN);
    err e = db_write(app->db, 0, tenant_insert_new, &(struct tenant_making){ &line->config, &t });
    if (e.code == ERR_TAKEN)
        return fail(e.field && strcmp(e.field, "host") == 0 ? host : t.code, "another district has this already; nothing was changed");
    if (failed(e))
        return fail("the district was not made", command_text(e));
    printf(line->json ? "{\"number\":%lld,\"code\":\"%s\",\"host\":\"%s\"}\n" : "District %lld, code %s, is served under %s\n", (long long)t.id, t.code, host);
    return 0;
}

/* ---- hosts ---- */

struct renaming {
    int64_t     tenant;
    const char *host;
    bool        add;
};

static err rename_one(struct db_conn *c, void *arg)
{
    const struct renaming *n = arg;
    TRY(n->add ? tenant_host_add(c, n->tenant, str_of(n->host)) : tenant_host_remove(c, n->tenant, str_of(n->host)));
    struct arena *a = arena_new(4096);
    err           e = audit_write(c, a, n->tenant, clock_now(), 0, n->add ? "tenant.host_add" : "tenant.host_remove", "tenant", n->tenant,
                                  str_fmt(a, "{\"host\":\"%s\"}", n->host));
    arena_free(a);
    return e;
}

static const char *why_not(err e)
{
    switch (e.code) {
    case ERR_TAKEN:     return "a district has this name already; nothing was changed";
    case ERR_NOT_FOUND: return "the district has no such name; nothing was changed";
    case ERR_CONFLICT:  return "it is the last name of this district, and another is without a name already: neither could be asked for; nothing was changed";
    default:            return command_text(e);
    }
}

static int hosts(struct app *app, struct command_line *line, bool add)
{
    char          host[HOST_ROOM];
    struct tenant t;
    if (!command_rest(line, 2) || line->argc != 2 || !line->tenant)
        return usage(stderr, 2);
    if (!host_fold(str_of(line->argv[1]), host)) {
        fprintf(stderr, "linli: %s is not a host name\n", line->argv[1]);
        return 2;
    }
    struct arena *a = arena_new(4096);
    err           e = tenant_find(app->db, a, line->tenant, &t);
    int           code = failed(e) ? fail(line->tenant, "there is no such district (linli tenant list)") : 0;
    if (!code && add && !tenant_turn(app->db))
        code = fail(host, TENANT_NO_TURN);
    if (!code && failed(e = db_write(app->db, 0, rename_one, &(struct renaming){ t.id, host, add })))
        code = fail(host, why_not(e));
    if (!code)
        printf(line->json ? "{\"host\":\"%s\"}\n" : add ? "%s is served from now on\n" : "%s is served no more\n", host);
    arena_free(a);
    return code;
}

/* ---- the whole ---- */

static int run(struct app *app, struct command_line *line)
{
    const char *what = line->argv[0];
    if (failed(db_schema_check(app->db)))
        return fail("the database has another schema than this program", "linli migrate");
    if (strcmp(what, "list") == 0)
        return list(app, line);
    if (strcmp(what, "create") == 0)
        return create(app, line);
    if (strcmp(what, "add-host") == 0 || strcmp(what, "remove-host") == 0)
        return hosts(app, line, *what == 'a');
    if (strcmp(what, "close") == 0 || strcmp(what, "reopen") == 0 || strcmp(what, "remove") == 0)
        return command_close(app, line);
    if (strcmp(what, "city") == 0)
        return command_city(app, line);
    return usage(stderr, 2);
}

int command_tenant(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help || line.argc == 0)
        return usage(line.help ? stdout : stderr, line.help ? 0 : 2);
    struct app *app = command_app(&line, APP_DATABASE);
    if (!app)
        return 1;
    int code = run(app, &line);
    app_close(app);
    return code;
}
