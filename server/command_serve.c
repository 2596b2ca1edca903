/* serve, init, migrate, openapi: the commands that belong to no feature. */
#include <stdio.h>
#include <unistd.h>

#include "command.h"

static int fail(err e, const char *what)
{
    fprintf(stderr, "linli: %s: %s\n", what, command_text(e));
    return 1;
}

int command_serve(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli serve [flags]\n\nServes every district over HTTP, each under its host names (linli tenant), until SIGINT or SIGTERM, then finishes what is under way.\n");
        config_help();
        return 0;
    }
    if (!command_rest(&line, 0))
        return 2;
    err e = app_serve(&line.config);
    if (failed(e))
        fprintf(stderr, "linli: the data folder %s cannot be served; the log above says why\n", line.config.data);
    return failed(e) ? 1 : 0;
}

int command_init(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli init --name NAME [--code CODE] [--time-zone ZONE] [flags]\n\n"
             "Makes the data folder with its keys, the database and a district. Changes nothing when there is one already.\n"
             "Then make the first administrator: linli user add\n");
        config_help();
        return 0;
    }
    struct tenant_new t = { .name = command_flag(&line, "--name"), .code = command_flag(&line, "--code"),
                            .time_zone = command_flag(&line, "--time-zone") };
    if (!command_rest(&line, 0))
        return 2;
    if (!t.name || !*t.name) {
        fputs("linli: name the district: --name NAME\n", stderr);
        return 2;
    }
    t.code = t.code ? t.code : "district";
    t.time_zone = t.time_zone ? t.time_zone : "Asia/Shanghai";
    err e = app_init(&line.config, &t);
    return failed(e) ? fail(e, "the district was not made") : 0;
}

int command_migrate(int argc, char **argv)
{
    struct command_line line;
    int                 applied = 0;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli migrate [flags]\n\nBrings the database to this program's schema. Forward only; what was applied is never changed.\n");
        config_help();
        return 0;
    }
    if (!command_rest(&line, 0))
        return 2;
    struct app *app = command_app(&line, APP_DATABASE);
    if (!app)
        return 1;
    err e = db_migrate(app->db, &applied);
    app_close(app);
    if (failed(e))
        return fail(e, "the database was not changed");
    printf(line.json ? "{\"applied\":%d}\n" : "%d migrations applied\n", applied);
    return 0;
}

/* What the shipped roles may do; what everybody signed in may do belongs to each of them. */
static const struct role_column *role_columns(struct arena *a)
{
    struct role_column *out = ARENA_ARRAY(a, roles_shipped_count + 2, struct role_column);
    perm_set            everybody = PERM_BIT(PERM_SIGNED_IN) | PERM_BIT(PERM_CASE_REPORT);
    out[0] = (struct role_column){ "resident", everybody };
    for (size_t i = 0; i < roles_shipped_count; i++)
        out[i + 1] = (struct role_column){ roles_shipped[i].code, perm_set_parse(str_of(roles_shipped[i].permissions)) | everybody };
    return out;
}

int command_openapi(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli openapi [--permissions]\n\nPrints the API document (OpenAPI 3.1, JSON), or the page of permissions (Markdown).");
        return 0;
    }
    bool permissions = command_switch(&line, "--permissions");
    if (!command_rest(&line, 0))
        return 2;
    struct arena *a = arena_new(0);
    struct buf    out = buf_new(a, 0);
    struct jsonw  j = jsonw_on(&out);
    if (permissions)
        permissions_write(&out, app_routes(), role_columns(a));
    else
        openapi_write(&j, app_routes(), LINLI_VERSION);
    fwrite(out.ptr, 1, out.len, stdout);
    if (!permissions)
        putchar('\n');
    arena_free(a);
    return 0;
}
