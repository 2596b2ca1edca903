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

static int make(const struct command_line *line, uint64_t seed, ms now, int cases)
{
    struct tenant_new t = { .code = "demo", .name = "示范区", .time_zone = "Asia/Shanghai", .demo = true };
    if (failed(app_init(&line->config, &t))) {
        fputs("linli: the district was not made\n", stderr);
        return 1;
    }
    struct app *app = command_app(line, APP_FEATURES);
    if (!app)
        return 1;
    err e = demo_fill(app, seed, now, cases);
    app_close(app);
    if (failed(e)) {
        fprintf(stderr, "linli: the demonstration is not complete: %s\n", err_text(e.code, false));
        return 1;
    }
    printf(line->json ? "{\"cases\":%d}\n" : "示范区: a demonstration district with %d invented cases\n", cases);
    return 0;
}

int command_demo(int argc, char **argv)
{
    struct command_line line;
    int64_t             seed = SEED, now = clock_now(), cases = CASES;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli demo [--seed N] [--now TIME] [--cases N] [flags]\n\n"
             "Makes the fictional district 示范区 in an empty data folder: areas, organisations, people in every role and cases of the\n"
             "90 days before --now (UTC milliseconds; now). The same seed and time give the same district.\n");
        config_help();
        return 0;
    }
    if (!number(command_flag(&line, "--seed"), 0, INT64_MAX, &seed) || !number(command_flag(&line, "--now"), 1, INT64_MAX, &now) ||
        !number(command_flag(&line, "--cases"), 0, 1000000, &cases) || !command_rest(&line, 0))
        return 2;
    if (exists(&line.config)) {
        fprintf(stderr, "linli: %s holds a district already; nothing was changed\n", line.config.data);
        return 1;
    }
    return make(&line, (uint64_t)seed, now, (int)cases);
}
