#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"

static bool complain(const char *what, const char *about)
{
    fprintf(stderr, "linli: %s%s%s\n", what, about ? ": " : "", about ? about : "");
    return false;
}

/* "--log-json" as "log_json". */
static void setting_name(const char *flag, char *out, size_t size)
{
    size_t n = 0;
    for (flag += 2; *flag && n + 1 < size; flag++)
        out[n++] = *flag == '-' ? '_' : *flag;
    out[n] = 0;
}

static bool is_switch(const char *name)
{
    return strcmp(name, "trust_proxy") == 0 || strcmp(name, "log_json") == 0;
}

/* Takes argv[*i] (and its value) when it is a common flag. */
static bool common_flag(struct command_line *out, int argc, char **argv, int *i, bool *taken)
{
    char name[64];
    *taken = false;
    if (strncmp(argv[*i], "--", 2) != 0)
        return true;
    setting_name(argv[*i], name, sizeof name);
    struct config probe = out->config;
    const char   *value = is_switch(name) ? "true" : *i + 1 < argc ? argv[*i + 1] : NULL;
    err           e = config_set(&probe, name, value ? value : "");
    if (e.code == ERR_UNKNOWN_FIELD)
        return true;
    if (!value || failed(e))
        return complain("this flag needs another value", argv[*i]);
    out->config = probe;
    *i += is_switch(name) ? 0 : 1;
    *taken = true;
    return true;
}

static bool read_config_file(struct command_line *out, int argc, char **argv)
{
    const char *path = getenv("LINLI_CONFIG");
    for (int i = 0; i + 1 < argc; i++)
        if (strcmp(argv[i], "--config") == 0)
            path = argv[i + 1];
    if (path && failed(config_file(&out->config, path)))
        return complain("the configuration file cannot be used", path);
    return !failed(config_environment(&out->config)) || complain("the environment holds a wrong setting", NULL);
}

static void set_up_log(const struct config *c)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    for (int i = 0; i < 4; i++)
        if (strcmp(c->log_level, names[i]) == 0)
            log_setup((enum log_level)i, c->log_json);
}

bool command_read(int argc, char **argv, struct command_line *out)
{
    memset(out, 0, sizeof *out);
    config_defaults(&out->config);
    if (!read_config_file(out, argc, argv))
        return false;
    out->argv = argv;   /* what is left over moves to the front, behind what was read already */
    for (int i = 0; i < argc; i++) {
        bool taken;
        if (strcmp(argv[i], "--help") == 0)
            out->help = true;
        else if (strcmp(argv[i], "--json") == 0)
            out->json = true;
        else if (strcmp(argv[i], "--config") == 0)
            i++;
        else if (strcmp(argv[i], "--tenant") == 0 && i + 1 < argc)
            out->tenant = argv[++i];
        else if (!common_flag(out, argc, argv, &i, &taken))
            return false;
        else if (!taken)
            out->argv[out->argc++] = argv[i];
    }
    out->argv[out->argc] = NULL;
    set_up_log(&out->config);
    return true;
}

static void take_out(struct command_line *line, int at, int n)
{
    for (int i = at; i + n <= line->argc; i++)
        line->argv[i] = line->argv[i + n];
    line->argc -= n;
}

const char *command_flag(struct command_line *line, const char *flag)
{
    for (int i = 0; i + 1 < line->argc; i++)
        if (strcmp(line->argv[i], flag) == 0) {
            const char *value = line->argv[i + 1];
            take_out(line, i, 2);
            return value;
        }
    return NULL;
}

bool command_switch(struct command_line *line, const char *flag)
{
    for (int i = 0; i < line->argc; i++)
        if (strcmp(line->argv[i], flag) == 0) {
            take_out(line, i, 1);
            return true;
        }
    return false;
}

bool command_rest(const struct command_line *line, int most)
{
    for (int i = 0; i < line->argc; i++)
        if (i >= most || strncmp(line->argv[i], "--", 2) == 0)
            return complain("this is not understood", line->argv[i]);
    return true;
}

const char *command_text(err e)
{
    return e.code == ERR_UNAVAILABLE ? "the log above says why" : err_text(e.code, false);
}

struct app *command_app(const struct command_line *line, enum app_depth depth)
{
    struct app *app = NULL;
    err         e = app_open(&line->config, line->tenant, depth, &app);
    if (failed(e))
        fprintf(stderr, "linli: the data folder %s cannot be opened: %s\n", line->config.data, command_text(e));
    return failed(e) ? NULL : app;
}
