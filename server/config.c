#include "config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

enum kind { TEXT_, NUMBER_, SWITCH_ };

static const struct row {
    const char *name, *fallback, *help;
    enum kind   kind;
    size_t      offset, size;
    int64_t     most;
} rows[] = {
    { "data", "data", "folder of the database, files and keys", TEXT_, offsetof(struct config, data), 512, 0 },
    { "db", "", "postgresql://… of the database; without it the file linli.db in the data folder", TEXT_, offsetof(struct config, db), 1024, 0 },
    { "address", "127.0.0.1", "address to listen on", TEXT_, offsetof(struct config, address), 64, 0 },
    { "port", "8080", "port to listen on; 0 takes a free one", NUMBER_, offsetof(struct config, port), 0, 65535 },
    { "node", "0", "number of this process among those that share a database, 0 to 63", NUMBER_, offsetof(struct config, node), 0, 63 },
    { "trust_proxy", "false", "honour X-Forwarded-For and -Proto of a proxy on this machine", SWITCH_, offsetof(struct config, trust_proxy), 0, 0 },
    { "connections", "1024", "most connections open at once", NUMBER_, offsetof(struct config, connections), 0, 65535 },
    { "metrics_token", "", "bearer token for /metrics from elsewhere; without it /metrics is for this machine", TEXT_, offsetof(struct config, metrics_token), 128, 0 },
    { "log_json", "false", "log lines as JSON", SWITCH_, offsetof(struct config, log_json), 0, 0 },
    { "log_level", "info", "least level logged: debug, info, warn, error", TEXT_, offsetof(struct config, log_level), 8, 0 },
};
#define ROWS (sizeof rows / sizeof *rows)

static err set_number(int *out, const char *value, int64_t most)
{
    int64_t v;
    if (!str_to_i64(str_of(value), &v) || v < 0 || v > most)
        return FAIL(ERR_INVALID);
    *out = (int)v;
    return OK;
}

static err set_switch(bool *out, const char *value)
{
    struct str v = str_of(value);
    *out = str_is(v, "true") || str_is(v, "1") || str_is(v, "yes");
    return *out || str_is(v, "false") || str_is(v, "0") || str_is(v, "no") ? OK : FAIL(ERR_INVALID);
}

static err set_text(char *out, size_t size, const char *value)
{
    int n = snprintf(out, size, "%s", value);
    return n >= 0 && (size_t)n < size ? OK : FAIL(ERR_TOO_LONG);
}

static err set_row(struct config *c, const struct row *r, const char *value)
{
    char *p = (char *)c + r->offset;
    switch (r->kind) {
    case NUMBER_: return set_number((int *)p, value, r->most);
    case SWITCH_: return set_switch((bool *)p, value);
    default:      return set_text(p, r->size, value);
    }
}

err config_set(struct config *c, const char *name, const char *value)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].name, name) == 0)
            return set_row(c, &rows[i], value);
    return FAIL(ERR_UNKNOWN_FIELD);
}

void config_defaults(struct config *c)
{
    memset(c, 0, sizeof *c);
    for (size_t i = 0; i < ROWS; i++)
        if (failed(set_row(c, &rows[i], rows[i].fallback)))
            abort();
}

struct file_reading {
    struct config *config;
    const char    *path;
};

static int file_line(void *user, const char *section, const char *name, const char *value)
{
    struct file_reading *f = user;
    err                  e = *section ? FAIL(ERR_UNKNOWN_FIELD) : config_set(f->config, name, value);
    if (failed(e))
        log_event(LOG_ERROR, "config", "file", f->path, "name", name, "problem", err_text(e.code, false), NULL);
    return !failed(e);
}

err config_file(struct config *c, const char *path)
{
    struct file_reading f = { c, path };
    int                 line = ini_parse(path, file_line, &f);
    if (line < 0)
        return FAIL(ERR_NOT_FOUND);
    return line == 0 ? OK : FAIL(ERR_INVALID);
}

err config_environment(struct config *c)
{
    for (size_t i = 0; i < ROWS; i++) {
        char name[64] = "LINLI_";
        for (size_t k = 0; rows[i].name[k]; k++)
            name[6 + k] = rows[i].name[k] == '_' ? '_' : (char)(rows[i].name[k] - 32);
        const char *value = getenv(name);
        if (value && failed(set_row(c, &rows[i], value))) {
            log_event(LOG_ERROR, "config", "environment", name, "problem", "not a value it can take", NULL);
            return FAIL(ERR_INVALID);
        }
    }
    return OK;
}

void config_help(void)
{
    puts("  --config FILE          ini file, name = value; the environment (LINLI_DATA …) and flags win over it");
    puts("  --tenant WHICH         of several districts the one meant, by code, host or number; needed by commands that are about one");
    for (size_t i = 0; i < ROWS; i++) {
        char flag[64];
        snprintf(flag, sizeof flag, "--%s %s", rows[i].name, rows[i].kind == SWITCH_ ? "" : "VALUE");
        for (char *p = flag; *p; p++)
            *p = *p == '_' ? '-' : *p;
        printf("  %-22s %s (default %s)\n", flag, rows[i].help, rows[i].fallback);
    }
}
