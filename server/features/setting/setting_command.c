/* `linli settings`: all values as one JSON file. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "../audit/audit.h"
#include "setting_rules.h"

static const char help[] =
    "usage: linli settings VERB [flags]\n\n"
    "  export           print all values with their dates as one JSON document\n"
    "  import FILE      take such a document in; nothing is changed when a key or a value in it is not right\n";

const char *setting_command_help(void)
{
    return help;
}

static int fail(err e, const char *about)
{
    fprintf(stderr, "linli: %s%s%s\n", about ? about : "", about ? ": " : "", err_text(e.code, false));
    return 1;
}

struct setting_line {
    struct app   *app;
    struct arena *arena;
    struct str    text;
    struct faults faults;
    int64_t       count;
};

static err export_work(struct db_conn *c, void *arg)
{
    struct setting_line *l = arg;
    return setting_export(c, l->arena, l->app->tenant, &l->text);
}

static err import_work(struct db_conn *c, void *arg)
{
    struct setting_line *l = arg;
    TRY(setting_import(c, l->arena, l->app, l->text, clock_now(), 0, &l->faults, &l->count));
    return audit_write(c, l->arena, l->app->tenant, clock_now(), 0, "setting.import", "setting", 0, STR_NONE);
}

static int run_export(struct setting_line *l)
{
    err e = db_read(l->app->db, export_work, l);
    if (failed(e))
        return fail(e, NULL);
    printf("%.*s\n", STR_ARG(l->text));
    return 0;
}

static struct str read_file(struct arena *a, const char *path)
{
    struct buf b = buf_new(a, 1 << 20);
    char       piece[4096];
    size_t     n;
    FILE      *f = fopen(path, "r");
    if (!f)
        return STR_NONE;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(&b, piece, n);
    fclose(f);
    return b.full ? STR_NONE : buf_view(&b);
}

static int run_import(struct setting_line *l, const char *path, bool json)
{
    l->text = read_file(l->arena, path);
    if (!l->text.ptr)
        return fail(FAIL(ERR_BAD_JSON), path);
    l->faults.arena = l->arena;
    err e = db_write(l->app->db, l->app->tenant, import_work, l);
    for (size_t i = 0; i < l->faults.len; i++)
        fprintf(stderr, "linli: %.*s: %s\n", STR_ARG(l->faults.at[i].path), err_text(l->faults.at[i].code, false));
    if (failed(e))
        return fail(e, path);
    printf(json ? "{\"values\":%lld}\n" : "%lld values taken in\n", (long long)l->count);
    return 0;
}

int setting_command(struct app *app, int argc, char **argv, bool json)
{
    struct setting_line l = { .app = app, .arena = arena_new(0) };
    int                 code = 2;
    if (argc == 1 && strcmp(argv[0], "export") == 0)
        code = run_export(&l);
    else if (argc == 2 && strcmp(argv[0], "import") == 0)
        code = run_import(&l, argv[1], json);
    else
        fputs(help, stderr);
    arena_free(l.arena);
    return code;
}
