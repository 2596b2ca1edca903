/* tenant close, reopen, remove: the end of a district, in steps that can be looked at, the last alone for good. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "move.h"

#define EVERYBODY_KNOWS (5 * MS_SECOND)   /* every process has seen by then that it is closed */

static const char use[] =
    "usage: linli tenant close --tenant WHICH (--export FILE | --without-export NAME) [--moved-to ADDRESS]\n"
    "       linli tenant reopen --tenant WHICH\n"
    "       linli tenant remove --tenant WHICH (--export FILE --keys KEYFILE | --without-export NAME)\n";

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "linli: %s: %s\n", what, why);
    return 1;
}

static int wrong_use(void)
{
    fputs(use, stderr);
    return 2;
}

/* What was said on the line. */
struct wish { const char *export, *keys, *typed, *moved_to; };

/* ---- is it kept? ---- */

static bool typed_right(const struct tenant *t, const char *typed)
{
    if (str_is(t->name, typed))
        return true;
    fprintf(stderr, "linli: without an export the district's name has to be typed as it is: --without-export '%.*s'; nothing was changed\n", STR_ARG(t->name));
    return false;
}

/* A whole file, of this district and no other: the key tells. */
static bool is_its_export(struct command_line *line, struct arena *a, const struct tenant *t, const char *path, struct move_file *file)
{
    struct keys keys;
    if (failed(tenant_keys(line->config.data, t->id, false, &keys)))
        return !fail(path, "the district's own keys are not there to compare with");
    if (failed(move_verify(a, path, file)))
        return !fail(path, *file->where ? file->where : "it cannot be read");
    const struct move_district *d = file->districts.at;
    bool its = str_is(file->kind, "tenant") && file->districts.len == 1 && str_eq(d->key_mark, move_key_mark(a, &keys));
    return its || !fail(path, "it is not an export of this district (linli export tenant); nothing was changed");
}

static bool same_bytes(const char *one, const char *two)
{
    FILE  *x = fopen(one, "rb"), *y = fopen(two, "rb");
    char   p[65536], q[sizeof p];
    bool   same = x && y;
    size_t n = 1;
    while (same && n) {
        n = fread(p, 1, sizeof p, x);
        same = fread(q, 1, sizeof q, y) == n && memcmp(p, q, n) == 0;
    }
    if (x)
        fclose(x);
    if (y)
        fclose(y);
    return same;
}

/* The same district at rest gives the same bytes: so what is in the file is all there is. */
static bool is_of_now(struct app *app, struct command_line *line, struct arena *a, const struct tenant *t, const char *path)
{
    struct move_file again;
    struct move_out  o = { .config = &line->config, .db = app->db, .path = str_fmt(a, "%s.now-%d", path, (int)getpid()).ptr,
                           .named = str_z(a, t->code) };
    err              e = move_out(a, &o, &again);
    bool             same = !failed(e) && same_bytes(path, o.path);
    if (!failed(e))
        unlink(o.path);
    if (failed(e))
        return !fail(path, e.code == ERR_STORAGE_FULL ? "beside it there is no room to compare it with what is here now; nothing was changed" : command_text(e));
    return same || !fail(path, "the district has changed since, or was exported before it was closed: export it once more; nothing was changed");
}

static bool keys_are_kept(struct arena *a, const char *keys, struct move_file *file)
{
    return !failed(move_keys_fit(a, keys, file)) || !fail(keys ? keys : "the keys", file->where);
}

static bool may_close(struct command_line *line, struct arena *a, const struct tenant *t, const struct wish *w)
{
    struct move_file file = { 0 };
    return w->export ? is_its_export(line, a, t, w->export, &file) : typed_right(t, w->typed);
}

static bool may_remove(struct app *app, struct command_line *line, struct arena *a, const struct tenant *t, const struct wish *w)
{
    struct move_file file = { 0 };
    if (!t->closed_at)
        return !fail(line->tenant, "it is open: linli tenant close first; nothing was changed");
    if (t->removing_at)
        return true;   /* it was decided when it began */
    if (!w->export)
        return typed_right(t, w->typed);
    return is_its_export(line, a, t, w->export, &file) && keys_are_kept(a, w->keys, &file) && is_of_now(app, line, a, t, w->export);
}

/* ---- the three ---- */

static int close_it(struct app *app, struct command_line *line, struct arena *a, const struct tenant *t, const struct wish *w)
{
    if (w->moved_to && !tenant_address_fits(str_of(w->moved_to))) {
        fprintf(stderr, "linli: %s is not an address such as https://district.example.org\n", w->moved_to);
        return 2;
    }
    if (t->closed_at)
        return fail(line->tenant, "it is closed already");
    if (!may_close(line, a, t, w))
        return 1;
    err e = db_write(app->db, 0, tenant_close, &(struct tenant_closing){ t->id, w->moved_to });
    if (failed(e))
        return fail(line->tenant, command_text(e));
    printf(line->json ? "{\"closed\":\"%.*s\"}\n" : "%.*s is closed: within two seconds nothing is served of it and nothing works for it. Export it now, as it lies at rest;\n"
           "linli tenant reopen opens it again, linli tenant remove erases it\n", STR_ARG(t->code));
    return 0;
}

static int reopen_it(struct app *app, struct command_line *line, const struct tenant *t)
{
    int64_t id = t->id;
    err     e = db_write(app->db, 0, tenant_reopen, &id);
    if (failed(e))
        return fail(line->tenant, e.code == ERR_CONFLICT ? "it is open" : e.code == ERR_NOT_FOUND ? "it is being erased: there is no way back" : command_text(e));
    printf(line->json ? "{\"open\":\"%.*s\"}\n" : "%.*s is open again within two seconds; everybody signs in anew\n", STR_ARG(t->code));
    return 0;
}

static void wait_for_everybody(const struct tenant *t)
{
    for (ms left; (left = t->closed_at + EVERYBODY_KNOWS - clock_now()) > 0 && left <= EVERYBODY_KNOWS;)
        nanosleep(&(struct timespec){ left / MS_SECOND, left % MS_SECOND * 1000000 }, NULL);
}

static int remove_it(struct app *app, struct command_line *line, struct arena *a, const struct tenant *t, const struct wish *w)
{
    struct tenant_erasing e = { .config = &line->config, .db = app->db, .tenant = t->id };
    wait_for_everybody(t);
    if (!may_remove(app, line, a, t, w))
        return 1;
    err done = tenant_erase(&e);
    if (failed(done)) {
        fprintf(stderr, "linli: %s: it was not erased whole, at %s: %s; the same command goes on\n", line->tenant, e.where, command_text(done));
        return 1;
    }
    printf(line->json ? "{\"removed\":\"%.*s\",\"rows\":%lld}\n" : "%.*s is erased: %lld rows, its files and its keys\n", STR_ARG(t->code), (long long)e.rows);
    return 0;
}

static int act(struct app *app, struct command_line *line, struct arena *a, const struct wish *w)
{
    struct tenant t;
    const char   *what = line->argv[0];
    if (failed(tenant_find(app->db, a, line->tenant, &t)))
        return fail(line->tenant, "there is no such district (linli tenant list)");
    if (strcmp(what, "reopen") == 0)
        return reopen_it(app, line, &t);
    if (!w->export == !w->typed && !t.removing_at)
        return wrong_use();
    return strcmp(what, "close") == 0 ? close_it(app, line, a, &t, w) : remove_it(app, line, a, &t, w);
}

int command_close(struct app *app, struct command_line *line)
{
    struct wish w = { .export = command_flag(line, "--export"), .keys = command_flag(line, "--keys"), .typed = command_flag(line, "--without-export"),
                      .moved_to = command_flag(line, "--moved-to") };
    if (!command_rest(line, 1) || !line->tenant)
        return wrong_use();
    struct arena *a = arena_new(0);
    int           code = act(app, line, a, &w);
    arena_free(a);
    return code;
}
