/* demo: makes a demonstration district in an empty data folder. */
#include <stdio.h>
#include <sys/stat.h>

#include "command.h"
#include "features/demo/demo.h"

#define SEED  20260514
#define CASES 2000

static bool exists(const struct config *c)
{
    char        path[600];
    struct stat st;
    snprintf(path, sizeof path, "%s/linli.db", c->data);
    return !*c->db && stat(path, &st) == 0;   /* in a database made by others the tenant's row tells */
}

static bool number(const char *text, int64_t least, int64_t most, int64_t *out)
{
    if (!text)
        return true;
    if (str_to_i64(str_of(text), out) && *out >= least && *out <= most)
        return true;
    fprintf(stderr, "linli: %s is not a number from %lld to %lld\n", text, (long long)least, (long long)most);
    return false;
}

/* The first district of a data folder, or one more beside those that are there. */
static err make_district(const struct command_line *line, struct tenant_new *t, bool beside)
{
    if (!beside)
        return app_init(&line->config, t);
    struct app *app = command_app(line, APP_DATABASE);
    if (!app)
        return FAIL(ERR_UNAVAILABLE);
    err e = db_schema_check(app->db);
    if (!failed(e) && !tenant_turn(app->db))
        e = FAIL_AT(ERR_CONFLICT, "turn");
    if (!failed(e))
        e = db_write(app->db, 0, tenant_insert_new, &(struct tenant_making){ &line->config, t });
    app_close(app);
    return e;
}

static int fill(struct command_line *line, const struct tenant_new *t, uint64_t seed, ms now, int cases)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)t->id);
    line->tenant = number;
    struct app *app = command_app(line, APP_FEATURES);
    if (!app)
        return 1;
    err e = demo_fill(app, seed, now, cases);
    app_close(app);
    if (failed(e)) {
        fprintf(stderr, "linli: the demonstration is not complete: %s\n", command_text(e));
        return 1;
    }
    printf(line->json ? "{\"cases\":%d}\n" : "示范区: a demonstration district with %d invented cases\n", cases);
    return 0;
}

static const char *why_not(err e)
{
    if (e.code == ERR_TAKEN)
        return "another has its host or its code; say --code CODE";
    return e.code == ERR_CONFLICT && e.field ? TENANT_NO_TURN : command_text(e);
}

static int make(struct command_line *line, const char *host, const char *code, uint64_t seed, ms now, int cases)
{
    struct tenant_new t = { .code = code ? code : "demo", .name = "示范区", .time_zone = "Asia/Shanghai", .demo = true, .host = host };
    err               e = make_district(line, &t, host != NULL);
    if (!failed(e))
        return fill(line, &t, seed, now, cases);
    fprintf(stderr, "linli: the district was not made: %s\n", why_not(e));
    return 1;
}

int command_demo(int argc, char **argv)
{
    struct command_line line;
    char                host[HOST_ROOM];
    int64_t             seed = SEED, now = clock_now(), cases = CASES;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli demo [--seed N] [--now TIME] [--cases N] [--host HOST [--code CODE]] [flags]\n\n"
             "Makes the fictional district 示范区 in an empty data folder: areas, organisations, people in every role and cases of the\n"
             "90 days before --now (UTC milliseconds; now). The same seed and time give the same district. With --host it is one more district of an\n"
             "installation, served under that name: for trying and for training, apart from all others.\n");
        config_help();
        return 0;
    }
    const char *written = command_flag(&line, "--host"), *code = command_flag(&line, "--code");
    if (!number(command_flag(&line, "--seed"), 0, INT64_MAX, &seed) || !number(command_flag(&line, "--now"), 1, INT64_MAX, &now) ||
        !number(command_flag(&line, "--cases"), 0, 1000000, &cases) || !command_rest(&line, 0))
        return 2;
    if (written && !host_fold(str_of(written), host)) {
        fprintf(stderr, "linli: %s is not a host name\n", written);
        return 2;
    }
    if (!written && exists(&line.config)) {
        fprintf(stderr, "linli: %s holds a district already; nothing was changed\n", line.config.data);
        return 1;
    }
    return make(&line, written ? host : NULL, code, (uint64_t)seed, now, (int)cases);
}
