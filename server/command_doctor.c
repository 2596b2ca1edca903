/* doctor: looks for what is wrong with the data folder, the database and the audit chain. Changes nothing. */
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "command.h"
#include "features/audit/audit.h"
#include "features/insight/insight.h"
#include "features/search/search.h"

#define ROOM_LEAST ((unsigned long long)512 * 1024 * 1024)

struct report {
    struct arena *arena;
    struct buf    json;
    struct jsonw  out;
    bool          as_json;
    int           faults;
};

static void tell(struct report *r, bool good, const char *what, struct str detail)
{
    r->faults += !good;
    if (r->as_json) {
        jsonw_open(&r->out);
        jsonw_kv_bool(&r->out, "ok", good);
        jsonw_kv_z(&r->out, "check", what);
        jsonw_kv_str(&r->out, "detail", detail);
        jsonw_close(&r->out);
    } else {
        printf("%s  %s%s%.*s\n", good ? "ok   " : "FAULT", what, detail.len ? ": " : "", STR_ARG(detail));
    }
}

static void check_folder(struct report *r, const struct config *c)
{
    struct statvfs     fs;
    unsigned long long room = statvfs(c->data, &fs) == 0 ? (unsigned long long)fs.f_bavail * fs.f_frsize : 0;
    tell(r, room >= ROOM_LEAST, "room on disk", str_fmt(r->arena, "%llu MiB free", room / 1024 / 1024));
    struct stat st;
    char        path[600];
    snprintf(path, sizeof path, "%s/keys", c->data);
    bool private = stat(path, &st) == 0 && (st.st_mode & 077) == 0;
    tell(r, private, "key file", private ? STR("") : STR("missing, or others may read it (chmod 600)"));
}

static void check_database(struct report *r, struct app *app, bool thorough)
{
    err schema = db_schema_check(app->db);
    tell(r, !failed(schema), "schema", failed(schema) ? STR("is not this program's: linli migrate") : STR(""));
    struct list findings;
    err         e = db_doctor(app->db, r->arena, thorough, &findings);
    const struct db_finding *at = findings.at;
    if (failed(e) || findings.len == 0)
        tell(r, !failed(e), "database", failed(e) ? str_of(command_text(e)) : STR(""));
    for (size_t i = 0; !failed(e) && i < findings.len; i++)
        tell(r, false, at[i].check, at[i].text);
}

struct chain {
    struct app *app;
    int64_t     rows, bad;
    const char *problem;
};

static err verify(struct db_conn *c, void *arg)
{
    struct chain *v = arg;
    return audit_verify(c, v->app->tenant, &v->rows, &v->bad, &v->problem);
}

static void check_audit(struct report *r, struct app *app)
{
    struct chain v = { .app = app };
    err          e = db_read(app->db, verify, &v);
    if (failed(e) || v.bad)
        tell(r, false, "audit chain",
             failed(e) ? str_of(command_text(e)) : str_fmt(r->arena, "row %lld: %s", (long long)v.bad, v.problem));
    else
        tell(r, true, "audit chain", str_fmt(r->arena, "%lld rows", (long long)v.rows));
}

struct words {
    struct app   *app;
    struct arena *arena;
    int64_t       looked, missing, below;
};

static err look_up(struct db_conn *c, void *arg)
{
    struct words *w = arg;
    TRY(search_filled(c, w->app->tenant, &w->below));
    return search_check(w->app, c, w->arena, &w->looked, &w->missing);
}

static void check_search(struct report *r, struct app *app)
{
    struct words w = { .app = app, .arena = r->arena };
    err          e = db_read(app->db, look_up, &w);
    if (failed(e))
        tell(r, false, "search", str_of(command_text(e)));
    else
        tell(r, w.missing == 0, "search", str_fmt(r->arena, "%lld of %lld cases looked up are not found by their number%s", (long long)w.missing,
                                                  (long long)w.looked, w.below ? "; older ones are still being put in" : ""));
}

struct figures {
    struct app            *app;
    bool                   thorough;
    struct insight_checked is;
};

static err recount(struct db_conn *c, void *arg)
{
    struct figures *f = arg;
    return insight_check(f->app, c, f->thorough, &f->is);
}

static void check_figures(struct report *r, struct app *app, bool thorough)
{
    struct figures f = { .app = app, .thorough = thorough };
    err            e = db_read(app->db, recount, &f);
    if (failed(e)) {
        tell(r, false, "figures", str_of(command_text(e)));
        return;
    }
    tell(r, f.is.torn == 0, "stories", str_fmt(r->arena, "%lld of %lld cases looked at have a step missing or twice", (long long)f.is.torn, (long long)f.is.looked));
    tell(r, f.is.counters == 0 && f.is.cases == 0, "figures",
         str_fmt(r->arena, "%lld counters differ from what they count, %lld of %lld cases looked at from their story%s", (long long)f.is.counters,
                 (long long)f.is.cases, (long long)f.is.looked, f.is.complete ? "" : "; older cases are still being counted"));
}

static int examine(const struct command_line *line, bool thorough)
{
    struct app *app = command_app(line, APP_FEATURES);
    if (!app)
        return 1;
    struct report r = { .arena = arena_new(0), .as_json = line->json };
    r.json = buf_new(r.arena, 0);
    r.out = jsonw_on(&r.json);
    jsonw_list(&r.out);
    check_folder(&r, &line->config);
    check_database(&r, app, thorough);
    check_audit(&r, app);
    check_search(&r, app);
    check_figures(&r, app, thorough);
    jsonw_list_end(&r.out);
    if (line->json)
        printf("%.*s\n", STR_ARG(buf_view(&r.json)));
    app_close(app);
    arena_free(r.arena);
    return r.faults ? 1 : 0;
}

int command_doctor(int argc, char **argv)
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help) {
        puts("usage: linli doctor [--thorough] [--json] [flags]\n\n"
             "Looks at the data folder, the database (references, indexes; --thorough reads every page), the audit chain,\n"
             "the search index and the counters of the figures (--thorough counts every case again).\n"
             "Changes nothing. Exit code 1 when something is wrong.\n");
        config_help();
        return 0;
    }
    bool thorough = command_switch(&line, "--thorough");
    return command_rest(&line, 0) ? examine(&line, thorough) : 2;
}
