/* import: areas from GeoJSON, cases from CSV, a calendar of working days. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buf.h"
#include "command.h"
#include "features/audit/audit.h"
#include "features/case/import/import.h"
#include "features/clock/clock.h"
#include "features/unit/unit.h"

#define NONE_REFUSED "\"refused_count\":0,"
#define GEOJSON_MOST ((size_t)256 * 1024 * 1024)

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "linli: %s: %s\n", what, why);
    return 1;
}

static int usage(FILE *out, int code)
{
    fputs("usage: linli import areas FILE.geojson[.gz] --kind KIND --name-property NAME [--code-property NAME] [--crs wgs84|gcj02|bd09]\n"
          "                    [--parent ID] [--dry-run]\n"
          "       linli import cases FILE.csv[.gz] --mapping NAME|FILE [--dry-run] [--update] [--errors FILE]\n"
          "       linli import calendar FILE.json [--name NAME]\n"
          "       linli import tenant FILE --keys KEYFILE [--code CODE] [--host HOST]\n"
          "       linli import mappings\n\n"
          "areas     reads a FeatureCollection of polygons; nothing is changed when one of them is refused.\n"
          "cases     reads rows of another system. Each row is wholly in or wholly named, with its reason, in the errors' file (FILE.errors.csv).\n"
          "          A second import of the same file changes nothing; --update closes what the source has closed since.\n"
          "calendar  holidays and make-up working days, a year to its dates; years in the file replace those years. A running server has the due\n"
          "          times of open cases computed again, else the next one does.\n"
          "tenant    a whole district that linli export tenant wrote: linli import tenant --help\n"
          "mappings  lists the layouts the program knows.\n\n"
          "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some rows or areas were refused: rows are named in the\n"
          "errors' file and the others are in; areas are in the report and none is changed.\n\n",
          out);
    if (out == stdout)
        config_help();
    return code;
}

/* ---- areas ---- */

struct areas {
    struct app                *app;
    struct arena              *arena;
    struct str                 geojson, report;
    struct unit_import_options options;
};

static err import_areas(struct db_conn *c, void *arg)
{
    struct areas *in = arg;
    ms            now = clock_now();
    TRY(unit_import(c, in->arena, in->app, in->geojson, &in->options, now, 0, &in->report));
    return in->options.dry_run ? OK : audit_write(c, in->arena, in->app->tenant, now, 0, "area.import", "area", 0, STR_NONE);
}

static bool read_whole(struct arena *a, const char *path, struct str *out)
{
    struct buf b = buf_new(a, GEOJSON_MOST);
    gzFile     f = gzopen(path, "rb");
    int        n = 0;
    for (char *room; f && (room = buf_room(&b, 1 << 16)) != NULL && (n = gzread(f, room, 1 << 16)) > 0;)
        b.len += (size_t)n;
    if (f)
        gzclose(f);
    *out = buf_view(&b);
    return f && n == 0 && !b.full;
}

static int areas_with(struct app *app, struct areas *in)
{
    in->app = app;
    err e = db_write(app->db, app->tenant, import_areas, in);
    if (in->report.ptr)
        printf("%.*s\n", STR_ARG(in->report));
    if (failed(e))
        return fail("no area was imported", command_text(e));
    if (memmem(in->report.ptr, in->report.len, NONE_REFUSED, sizeof NONE_REFUSED - 1))
        return 0;
    fputs("linli: nothing was changed: some areas were refused (see \"refused\" in the report)\n", stderr);
    return 3;
}

static int command_areas(struct command_line *line)
{
    const char  *parent = command_flag(line, "--parent");
    struct areas in = { .options = { .crs = command_flag(line, "--crs"), .kind = command_flag(line, "--kind"),
                                     .name_property = command_flag(line, "--name-property"),
                                     .code_property = command_flag(line, "--code-property"), .dry_run = command_switch(line, "--dry-run") } };
    if (!command_rest(line, 2) || line->argc != 2 || !in.options.kind || !in.options.name_property ||
        (parent && !str_to_i64(str_of(parent), &in.options.parent)))
        return usage(stderr, 2);
    in.options.crs = in.options.crs ? in.options.crs : "wgs84";
    in.arena = arena_new((size_t)1024 * 1024);
    int code = 1;
    if (!read_whole(in.arena, line->argv[1], &in.geojson)) {
        fail(line->argv[1], "the file cannot be read");
    } else {
        struct app *app = command_app(line, APP_FEATURES);
        code = app ? areas_with(app, &in) : 1;
        if (app)
            app_close(app);
    }
    arena_free(in.arena);
    return code;
}

/* ---- cases ---- */

static err show(void *arg, const struct import_counts *c, int64_t bytes, int64_t size)
{
    (void)arg;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%3lld %%  %lld rows, %lld new, %lld known, %lld refused ", (long long)(size ? bytes * 100 / size : 100),
                (long long)c->rows, (long long)c->imported, (long long)(c->same + c->changed + c->updated), (long long)c->refused);
    return OK;
}

static void print_text(const struct import_order *o, const struct import_counts *c)
{
    printf("%lld rows: %lld imported%s, %lld known already, %lld changed in the source%s, %lld refused\n", (long long)c->rows,
           (long long)c->imported, o->dry_run ? " (dry run: nothing was kept)" : "", (long long)c->same,
           (long long)(c->changed + c->updated), c->updated ? " (brought up to date)" : c->changed ? " (left alone)" : "",
           (long long)c->refused);
    for (int i = 1; i < ERR_COUNT; i++)
        if (c->reasons[i])
            printf("  %8lld  %s\n", (long long)c->reasons[i], err_text((enum err_code)i, false));
    if (c->refused)
        printf("The refused rows and their reasons: %s\n", o->errors);
}

struct audited { struct app *app; struct arena *arena; struct str report; };

static err write_audit(struct db_conn *c, void *arg)
{
    struct audited *in = arg;
    return audit_write(c, in->arena, in->app->tenant, clock_now(), 0, "case.import", "case", 0, in->report);
}

static void print_faults(const struct faults *faults, struct strs missing)
{
    for (size_t i = 0; i < missing.len; i++)
        fprintf(stderr, "linli: the file has no column \"%.*s\"\n", STR_ARG(missing.at[i]));
    for (size_t i = 0; i < faults->len && missing.len == 0; i++)
        fprintf(stderr, "linli: mapping: %.*s: %s\n", STR_ARG(faults->at[i].path), err_text(faults->at[i].code, false));
}

static int cases_with(struct app *app, struct arena *a, const struct command_line *line, const struct import_order *o)
{
    struct import_counts counts = { 0 };
    struct faults        faults = { .arena = a };
    struct strs          missing = { 0 };
    err                  e = import_run(app, a, o, &counts, &faults, &missing);
    struct audited       audit = { app, a, import_report(a, o, &counts, 0) };
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    if (!o->dry_run && counts.rows && failed(db_write(app->db, app->tenant, write_audit, &audit)))
        return fail("import", "the audit row could not be written");
    if (line->json)
        printf("%.*s\n", STR_ARG(audit.report));
    else
        print_text(o, &counts);
    print_faults(&faults, missing);
    if (failed(e)) {
        fprintf(stderr, "linli: stopped behind row %lld; what was imported stays, and importing again goes on from there\n",
                (long long)counts.rows);
        return fail(o->path, command_text(e));
    }
    return counts.refused ? 3 : 0;
}

static int run_cases(struct arena *a, struct command_line *line, const char *mapping, struct import_order *o)
{
    struct faults faults = { .arena = a };
    err           e = mapping_load(a, mapping, &faults, &o->mapping);
    if (failed(e)) {
        print_faults(&faults, (struct strs){ 0 });
        return fail(mapping, e.code == ERR_NOT_FOUND ? "there is no such mapping and no such file (linli import mappings)"
                                                     : command_text(e));
    }
    o->path = line->argv[1];
    o->progress = show;
    if (!o->errors)
        o->errors = str_fmt(a, "%s.errors.csv", o->path).ptr;
    struct app *app = command_app(line, APP_FEATURES);
    if (!app)
        return 1;
    int code = cases_with(app, a, line, o);
    app_close(app);
    return code;
}

static int command_cases(struct command_line *line)
{
    const char         *mapping = command_flag(line, "--mapping");
    struct import_order o = { .errors = command_flag(line, "--errors"), .dry_run = command_switch(line, "--dry-run"),
                              .update = command_switch(line, "--update") };
    if (!command_rest(line, 2) || line->argc != 2 || !mapping)
        return usage(stderr, 2);
    struct arena *a = arena_new(0);
    int           code = run_cases(a, line, mapping, &o);
    arena_free(a);
    return code;
}

/* ---- a calendar ---- */

struct calendar {
    struct app           *app;
    struct arena         *arena;
    struct str            text, name;
    struct clock_imported made;
    struct faults         faults;
};

static err import_calendar(struct db_conn *c, void *arg)
{
    struct calendar *in = arg;
    struct req       r = { .app = in->app, .arena = in->arena, .db = c, .tenant = in->app->tenant, .now = clock_now(),
                           .faults = { .arena = in->arena } };
    err              e = clock_import(&r, in->name, in->text, &in->made);
    in->faults = r.faults;
    return e;
}

static int calendar_with(struct app *app, struct calendar *in, bool json)
{
    in->app = app;
    err e = db_write(app->db, app->tenant, import_calendar, in);
    for (size_t i = 0; i < in->faults.len; i++)
        fprintf(stderr, "linli: %.*s: %s\n", STR_ARG(in->faults.at[i].path), err_text(in->faults.at[i].code, false));
    if (e.code == ERR_TAKEN) {
        puts(json ? "{\"changed\":false}" : "Nothing to do: the calendar in force says the same");
        return 0;
    }
    if (failed(e))
        return fail("no calendar was imported", command_text(e));
    printf(json ? "{\"changed\":true,\"version\":%lld,\"first_year\":%lld,\"last_year\":%lld}\n"
                : "Calendar version %lld, %lld to %lld; the due times of open cases will be computed again\n",
           (long long)in->made.version, (long long)in->made.first_year, (long long)in->made.last_year);
    return 0;
}

static int command_calendar(struct command_line *line)
{
    const char     *name = command_flag(line, "--name");
    struct calendar in = { 0 };
    if (!command_rest(line, 2) || line->argc != 2)
        return usage(stderr, 2);
    const char *slash = strrchr(line->argv[1], '/');
    in.name = str_of(name ? name : slash ? slash + 1 : line->argv[1]);
    in.arena = arena_new((size_t)256 * 1024);
    int code = 1;
    if (!read_whole(in.arena, line->argv[1], &in.text)) {
        fail(line->argv[1], "the file cannot be read");
    } else {
        struct app *app = command_app(line, APP_FEATURES);
        code = app ? calendar_with(app, &in, line->json) : 1;
        if (app)
            app_close(app);
    }
    arena_free(in.arena);
    return code;
}

static int command_mappings(void)
{
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < mapping_count(); i++) {
        const struct mapping *m;
        struct str            file = str_of(mapping_name(i));
        file.len -= sizeof ".json" - 1;
        if (!failed(mapping_shipped(a, file, &m)))
            printf("%-14.*s %.*s\n", STR_ARG(m->name), STR_ARG(m->title_en));
    }
    arena_free(a);
    return 0;
}

int command_import(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    const char *what = line.argc ? line.argv[0] : "";
    if (strcmp(what, "tenant") == 0)
        return command_import_tenant(&line);
    if (line.help)
        return usage(stdout, 0);
    if (strcmp(what, "areas") == 0)
        return command_areas(&line);
    if (strcmp(what, "cases") == 0)
        return command_cases(&line);
    if (strcmp(what, "calendar") == 0)
        return command_calendar(&line);
    return strcmp(what, "mappings") == 0 ? command_mappings() : usage(stderr, 2);
}
