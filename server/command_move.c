/* export tenant, import tenant, backup, restore, verify: districts as a file. */
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/give_way.h"
#include "base/jsonw.h"
#include "command.h"
#include "move.h"

static const char export_help[] =
    "usage: linli export tenant FILE --tenant WHICH --keys KEYFILE [flags]\n\n"
    "Writes one district whole into a file: rows, photos, files of jobs; from one snapshot, beside a running server, on SQLite and PostgreSQL.\n"
    "Its keys go into a file of their own, without which contacts, letters' codes and sealed answers cannot be read: take both along apart from\n"
    "each other. linli verify FILE holds it to its digests, counts and audit chain. Neither file may be there already.\n";
static const char import_help[] =
    "usage: linli import tenant FILE --keys KEYFILE [--code CODE] [--host HOST] [flags]\n\n"
    "Takes one district in, whole or not at all, from an installation on either engine. Everything is read and checked first. A code or host that another\n"
    "district has is refused; --code and --host give others. A running server serves it within two seconds; its search index is filled by a job.\n"
    "On SQLite nobody else can write while it is taken in.\n";
static const char backup_help[] =
    "usage: linli backup FILE [--keys KEYFILE] [flags]\n\n"
    "Writes every district with its photos into one file, from one snapshot, beside a running server, on SQLite and PostgreSQL, giving way to\n"
    "whoever works. FILE must not be there; it has its name only when it is whole. The keys go into KEYFILE, to be kept elsewhere; they change only when a\n"
    "district is made.\n";
static const char restore_help[] =
    "usage: linli restore FILE --keys KEYFILE [flags]\n\n"
    "Restores a backup into an empty data folder and an empty database (--data, --db), of either engine, whole or not at all. Everything is read and\n"
    "checked first. Nothing that exists is written over or removed: photos, keys or districts that lie there already are named, and nothing is done.\n";
static const char verify_help[] =
    "usage: linli verify FILE [--json]\n\n"
    "Reads a backup or an exported district to its end and holds it to its digests, to the rows and files it says it has, and to its audit chains.\n"
    "Needs neither a data folder nor a database, and changes nothing. Exit code 1 when something does not fit.\n";

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "linli: %s: %s\n", what, why);
    return 1;
}

static int help(const char *text, bool wanted)
{
    fputs(text, wanted ? stdout : stderr);
    if (wanted) {
        putchar('\n');
        config_help();
    }
    return wanted ? 0 : 2;
}

/* ---- what is told ---- */

static void print_json(struct arena *a, const struct move_file *f)
{
    const struct move_district *d = f->districts.at;
    struct buf                  b = buf_new(a, 0);
    struct jsonw                j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "holds", f->kind);
    jsonw_kv_str(&j, "program", f->program);
    jsonw_kv_i64(&j, "schema", f->schema);
    jsonw_key(&j, "districts");
    jsonw_list(&j);
    for (size_t i = 0; i < f->districts.len; i++) {
        jsonw_open(&j);
        jsonw_kv_i64(&j, "number", d[i].number);
        jsonw_kv_str(&j, "code", d[i].code);
        jsonw_kv_i64(&j, "rows", d[i].rows);
        jsonw_kv_i64(&j, "files", d[i].files);
        jsonw_kv_i64(&j, "missing", d[i].missing);
        jsonw_kv_i64(&j, "audit_rows", d[i].audit_rows);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    jsonw_close(&j);
    printf("%.*s\n", STR_ARG(buf_view(&b)));
}

static void print_text(const struct move_file *f, const char *what)
{
    const struct move_district *d = f->districts.at;
    for (size_t i = 0; i < f->districts.len; i++) {
        printf("%.*s %s: %lld rows, %lld files, audit chain of %lld rows whole\n", STR_ARG(d[i].code), what, (long long)d[i].rows, (long long)d[i].files,
               (long long)d[i].audit_rows);
        if (d[i].missing)
            printf("%.*s: %lld photos that its rows name were not in its folder\n", STR_ARG(d[i].code), (long long)d[i].missing);
    }
}

static int told(struct arena *a, const struct command_line *line, const struct move_file *f, const char *what)
{
    if (line->json)
        print_json(a, f);
    else
        print_text(f, what);
    return 0;
}

static void show(int64_t rows, int64_t files)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%lld rows, %lld files ", (long long)rows, (long long)files);
}

/* ---- out ---- */

static const char *why_not_out(const struct move_out *o, err e)
{
    bool keys = e.field && strcmp(e.field, "keys") == 0;
    switch (e.code) {
    case ERR_TAKEN:        return keys ? "the file of the keys is there already; nothing was written" : "it is there already; nothing was written";
    case ERR_STORAGE_FULL: return "there is no room left; nothing of it was kept";
    case ERR_NOT_FOUND:    return o->named ? "there is no such district, or no such folder for the file" : "there is no district, or no such folder for the file";
    default:               return command_text(e);
    }
}

static int write_out(struct app *app, struct command_line *line, struct move_out *o)
{
    struct move_file file;
    struct arena    *a = arena_new(0);
    o->config = &line->config;
    o->db = app->db;
    o->progress = show;
    give_way_from_now();
    err e = db_schema_check(app->db);
    if (!failed(e))
        e = move_out(a, o, &file);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    int code = failed(e) ? fail(o->path, why_not_out(o, e)) : told(a, line, &file, "written");
    if (!code && !o->keys)
        fputs("linli: the keys are not in it: keep a copy of every file called keys elsewhere, or write them with --keys KEYFILE\n", stderr);
    arena_free(a);
    return code;
}

static int out(struct command_line *line, const char *text, const char *path, bool one)
{
    struct move_out o = { .path = path, .keys = command_flag(line, "--keys"), .named = line->tenant };
    if (!command_rest(line, one ? 2 : 1) || !path || (one && !o.named) || (!one && o.named))
        return help(text, false);
    struct app *app = command_app(line, APP_DATABASE);
    if (!app)
        return 1;
    int code = write_out(app, line, &o);
    app_close(app);
    return code;
}

int command_export(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help || line.argc == 0 || strcmp(line.argv[0], "tenant") != 0)
        return help(export_help, line.help);
    return out(&line, export_help, line.argc > 1 ? line.argv[1] : NULL, true);
}

int command_backup(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help || line.argc == 0)
        return help(backup_help, line.help);
    return out(&line, backup_help, line.argv[0], false);
}

/* ---- in ---- */

static int take_in(struct command_line *line, struct db *db, struct move_in *in)
{
    struct move_file file = { 0 };
    struct arena    *a = arena_new(0);
    int              applied;
    in->config = &line->config;
    in->db = db;
    err e = in->restore ? db_migrate(db, &applied) : db_schema_check(db);
    if (!failed(e) && !tenant_turn(db)) {
        e = FAIL(ERR_CONFLICT);
        snprintf(file.where, sizeof file.where, "%s", TENANT_NO_TURN);
    }
    if (!failed(e))
        e = move_in(a, in, &file);
    int code = failed(e) ? fail(in->path, *file.where ? file.where : command_text(e)) : told(a, line, &file, "taken in");
    if (code)
        fputs(file.unsure ? "linli: whether it was done is not known: linli tenant list tells\n" : "linli: nothing was changed\n", stderr);
    if (!code && failed(db_migrate(db, &applied)))   /* no migration is missing: it tells the planner what has come */
        code = fail("the statistics of the database", "they could not be renewed");
    arena_free(a);
    return code;
}

static int in(struct command_line *line, struct move_in *in)
{
    struct db *db;
    err        e = in->restore ? tenant_folder_make(line->config.data, TENANT_FIRST) : OK;
    if (failed(e))
        return fail(line->config.data, e.code == ERR_STORAGE_FULL ? "there is no room left" : "the folder cannot be made");
    e = app_open_db(&line->config, &db);
    if (failed(e))
        return fail("the database cannot be opened", command_text(e));
    int code = take_in(line, db, in);
    db_close(db);
    return code;
}

int command_import_tenant(struct command_line *line)
{
    static char    host[HOST_ROOM];
    const char    *written;
    struct move_in i = { .keys = command_flag(line, "--keys"), .code = command_flag(line, "--code") };
    if (line->help)
        return help(import_help, true);
    written = command_flag(line, "--host");
    if (!command_rest(line, 2) || line->argc != 2)
        return help(import_help, false);
    if (written && !host_fold(str_of(written), host)) {
        fprintf(stderr, "linli: %s is not a host name\n", written);
        return 2;
    }
    i.path = line->argv[1];
    i.host = written ? host : NULL;
    return in(line, &i);
}

int command_restore(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    struct move_in i = { .keys = command_flag(&line, "--keys"), .restore = true };
    if (line.help || line.argc == 0 || !command_rest(&line, 1))
        return help(restore_help, line.help);
    i.path = line.argv[0];
    return in(&line, &i);
}

/* ---- verify ---- */

int command_verify(int argc, char **argv)
{
    struct command_line line;
    struct move_file    file;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help || line.argc == 0 || !command_rest(&line, 1))
        return help(verify_help, line.help);
    struct arena *a = arena_new(0);
    err           e = crypto_start();
    if (!failed(e))
        e = move_verify(a, line.argv[0], &file);
    int code = failed(e) ? fail(line.argv[0], *file.where ? file.where : command_text(e)) : told(a, &line, &file, "is whole");
    arena_free(a);
    return code;
}
