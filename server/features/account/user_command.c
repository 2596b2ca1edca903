/* `linli user`: accounts from the terminal. The first administrators are made here: nothing else can make one, and no password is ever an
 * argument, where other users of the machine could read it. */
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "inside.h"

struct user_line {
    struct app   *app;
    struct arena *arena;
    bool          json;
    struct str    words[3];          /* after the verb */
    int           word_count;
    struct str    name, sign_in_name, role, unit;
    bool          password_stdin, end;
    struct str    password_hash;
    int64_t       account, person;
    ms            now;
    struct buf    out;
};

static const char help[] =
    "usage: linli user VERB … [flags]\n\n"
    "  add --name NAME --sign-in-name NAME [--role CODE [--unit UNIT]]  make a person and an account\n"
    "  list                                                             show accounts and their roles\n"
    "  password SIGN-IN-NAME                                            set a new password, end all sessions\n"
    "  lock SIGN-IN-NAME | unlock SIGN-IN-NAME                          lock: no signing in, sessions and tokens stop working\n"
    "  role SIGN-IN-NAME CODE [--unit UNIT] [--end]                     grant a role, or end it\n\n"
    "  --password-stdin   read the password from standard input instead of asking on the terminal\n"
    "  --unit UNIT        an id, area:CODE or org:CODE; without it the whole district\n\n";

static int complain(const char *what, struct str about)
{
    fprintf(stderr, "linli: %s%s%.*s\n", what, about.ptr ? ": " : "", STR_ARG(about));
    return 1;
}

static int fail(err e, struct str about)
{
    fprintf(stderr, "linli: %.*s%s%s%s%s\n", STR_ARG(about), about.ptr ? ": " : "", e.field ? e.field : "", e.field ? ": " : "",
            err_text(e.code, false));
    return 1;
}

/* ---- the password ---- */

static struct str read_line(struct arena *a, FILE *from)
{
    char line[1024];
    if (!fgets(line, sizeof line, from))
        return STR_NONE;
    size_t n = strcspn(line, "\r\n");
    struct str s = str_copy(a, (struct str){ line, n });
    explicit_bzero(line, sizeof line);
    return s;
}

static struct str ask_hidden(struct arena *a, FILE *terminal, const char *prompt)
{
    struct termios before, hidden;
    fputs(prompt, terminal);
    fflush(terminal);
    tcgetattr(fileno(terminal), &before);
    hidden = before;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(fileno(terminal), TCSAFLUSH, &hidden);
    struct str s = read_line(a, terminal);
    tcsetattr(fileno(terminal), TCSAFLUSH, &before);
    fputs("\n", terminal);
    return s;
}

static struct str ask_password(struct user_line *l)
{
    FILE *terminal = l->password_stdin ? NULL : fopen("/dev/tty", "r+");
    if (l->password_stdin)
        return read_line(l->arena, stdin);
    if (!terminal) {
        complain("there is no terminal to ask for the password; use --password-stdin", STR_NONE);
        return STR_NONE;
    }
    struct str first = ask_hidden(l->arena, terminal, "New password: "), again = ask_hidden(l->arena, terminal, "Once more: ");
    fclose(terminal);
    if (str_eq(first, again))
        return first;
    complain("the two are not the same", STR_NONE);
    return STR_NONE;
}

/* 0 when l->password_hash is made. */
static int make_password(struct user_line *l, struct str sign_in_name)
{
    struct str password = ask_password(l);
    if (!password.ptr)
        return 1;
    err e = account_password_ok(password, sign_in_name);
    if (!failed(e))
        e = crypto_password_hash(l->arena, password, &l->password_hash);
    return failed(e) ? fail(e, STR_NONE) : 0;
}

/* ---- units ---- */

DB_SQL(root_area_find, "SELECT id FROM area WHERE tenant_id = $1 AND parent_id IS NULL AND valid_to IS NULL ORDER BY id LIMIT 1")
DB_SQL(area_by_id_or_code,
       "SELECT id FROM area WHERE tenant_id = $1 AND (id = $2 OR code = $3) AND valid_to IS NULL ORDER BY id LIMIT 1")
DB_SQL(org_by_id_or_code,
       "SELECT id FROM org WHERE tenant_id = $1 AND (id = $2 OR code = $3) AND valid_to IS NULL ORDER BY id LIMIT 1")

/* The whole district is its root area; a district that has none yet gets one of its own name. */
static err root_area(struct db_conn *c, struct user_line *l, int64_t *root)
{
    err e = db_number(c, &root_area_find, DB_ARGS(I64(l->app->tenant)), root);
    if (e.code != ERR_NOT_FOUND)
        return e;
    struct unit_area_new n = { .kind = "district", .name = str_of(l->app->tenant_name) };
    return unit_area_add(c, l->arena, l->app->tenant, &n, l->now, root);
}

/* "123" is an id of either kind; "area:CODE" and "org:CODE" name the kind. */
static err find_unit(struct db_conn *c, struct user_line *l, struct unit_ref *out)
{
    static const char *const kinds[] = { [UNIT_AREA] = "area:", [UNIT_ORG] = "org:" };
    static const struct db_sql *const by[] = { [UNIT_AREA] = &area_by_id_or_code, [UNIT_ORG] = &org_by_id_or_code };
    struct str code = l->unit;
    int64_t    id = 0;
    bool       is_id = l->unit.ptr && str_to_i64(l->unit, &id);
    *out = (struct unit_ref){ UNIT_AREA, 0 };
    if (!l->unit.ptr)
        return root_area(c, l, &out->id);
    for (int kind = UNIT_AREA; kind <= UNIT_ORG; kind++) {
        bool named = str_starts(l->unit, kinds[kind]);
        if (named)
            code = (struct str){ l->unit.ptr + strlen(kinds[kind]), l->unit.len - strlen(kinds[kind]) };
        if (!named && !is_id)
            continue;
        out->kind = (enum unit_kind)kind;
        err e = db_number(c, by[kind], DB_ARGS(I64(l->app->tenant), I64(id), TEXT(is_id ? STR_NONE : code)), &out->id);
        if (e.code != ERR_NOT_FOUND)
            return e;
    }
    return FAIL_AT(ERR_UNKNOWN_REFERENCE, "--unit");
}

static err grant(struct db_conn *c, struct user_line *l, struct str role)
{
    struct unit_ref unit;
    int64_t         id;
    TRY(find_unit(c, l, &unit));
    err e = account_assign(c, l->app->tenant, l->person, role, unit, l->now, 0, 0, &id);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_NOT_A_CHOICE, "role");
    TRY(e);
    return audit_write(c, l->arena, l->app->tenant, l->now, 0, "role.assign", "person", l->person,
                       account_detail(l->arena, "role", role, "unit_id", str_fmt(l->arena, "%lld", (long long)unit.id), NULL));
}

/* ---- add ---- */

static err add_work(struct db_conn *c, void *arg)
{
    struct user_line *l = arg;
    TRY(account_person_add(c, l->arena, l->app, l->name, STR_NONE, l->now, &l->person));
    TRY(account_add(c, l->app->tenant, l->person, l->sign_in_name, l->password_hash, l->now, &l->account));
    TRY(audit_write(c, l->arena, l->app->tenant, l->now, 0, "account.add", "account", l->account, STR_NONE));
    return l->role.ptr ? grant(c, l, l->role) : OK;
}

static void print_ids(struct user_line *l)
{
    if (l->json)
        printf("{\"account\":\"%lld\",\"person\":\"%lld\"}\n", (long long)l->account, (long long)l->person);
    else
        printf("account %lld of person %lld\n", (long long)l->account, (long long)l->person);
}

static int user_add(struct user_line *l)
{
    struct str folded;
    if (!l->name.len || !l->sign_in_name.len) {
        complain("state --name and --sign-in-name", STR_NONE);
        return 2;
    }
    err e = account_name_fold(l->arena, l->sign_in_name, &folded);
    if (failed(e))
        return fail(e, l->sign_in_name);
    if (make_password(l, folded))
        return 1;
    e = db_write(l->app->db, l->app->tenant, add_work, l);
    if (failed(e))
        return fail(e, l->sign_in_name);
    print_ids(l);
    return 0;
}

/* ---- what names an account ---- */

DB_SQL(account_by_name, "SELECT id, person_id FROM account WHERE tenant_id = $1 AND sign_in_name = $2")

static err find_account(struct db_conn *c, struct user_line *l)
{
    struct db_rows rows;
    struct str     folded;
    TRY(account_name_fold(l->arena, l->words[0], &folded));
    TRY(db_query(c, &account_by_name, DB_ARGS(I64(l->app->tenant), TEXT(folded)), &rows));
    if (db_next(&rows)) {
        l->account = db_i64(&rows, 0);
        l->person = db_i64(&rows, 1);
    }
    TRY(db_done(&rows));
    return l->account ? OK : FAIL(ERR_NOT_FOUND);
}

static int run_on_account(struct user_line *l, db_work work)
{
    err e = db_write(l->app->db, l->app->tenant, work, l);
    if (failed(e))
        return fail(e, l->words[0]);
    print_ids(l);
    return 0;
}

/* ---- password, lock, unlock, role ---- */

DB_SQL(user_password_set,
       "UPDATE account SET password_hash = $3, password_until = NULL, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(user_sessions_end, "UPDATE session SET ended_at = $3 WHERE tenant_id = $1 AND account_id = $2 AND ended_at IS NULL")
DB_SQL(user_lock_set, "UPDATE account SET locked_at = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(user_role_end,
       "UPDATE assignment SET valid_to = $4 WHERE tenant_id = $1 AND person_id = $2 AND role_id = $3 AND unit_id = $5"
       " AND (valid_to IS NULL OR valid_to > $4)")

static err password_work(struct db_conn *c, void *arg)
{
    struct user_line *l = arg;
    TRY(find_account(c, l));
    TRY(db_exec(c, &user_password_set, DB_ARGS(I64(l->app->tenant), I64(l->account), TEXT(l->password_hash), I64(l->now)), NULL));
    TRY(db_exec(c, &user_sessions_end, DB_ARGS(I64(l->app->tenant), I64(l->account), I64(l->now)), NULL));
    return audit_write(c, l->arena, l->app->tenant, l->now, 0, "account.password", "account", l->account, STR_NONE);
}

static int user_password(struct user_line *l)
{
    return make_password(l, l->words[0]) ? 1 : run_on_account(l, password_work);
}

static err lock_set(struct db_conn *c, struct user_line *l, ms at, const char *action)
{
    TRY(find_account(c, l));
    TRY(db_exec(c, &user_lock_set, DB_ARGS(I64(l->app->tenant), I64(l->account), TIME(at), I64(l->now)), NULL));
    return audit_write(c, l->arena, l->app->tenant, l->now, 0, action, "account", l->account, STR_NONE);
}

static err lock_work(struct db_conn *c, void *arg)
{
    return lock_set(c, arg, ((struct user_line *)arg)->now, "account.lock");
}

static err unlock_work(struct db_conn *c, void *arg)
{
    return lock_set(c, arg, 0, "account.unlock");
}

static int user_lock(struct user_line *l)
{
    return run_on_account(l, lock_work);
}

static int user_unlock(struct user_line *l)
{
    return run_on_account(l, unlock_work);
}

static err role_end(struct db_conn *c, struct user_line *l)
{
    struct unit_ref unit;
    int64_t         role, changed;
    err             e = role_find(c, l->app->tenant, l->words[1], &role);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_NOT_A_CHOICE, "role");
    TRY(e);
    TRY(find_unit(c, l, &unit));
    TRY(db_exec(c, &user_role_end, DB_ARGS(I64(l->app->tenant), I64(l->person), I64(role), I64(l->now), I64(unit.id)), &changed));
    return changed ? audit_write(c, l->arena, l->app->tenant, l->now, 0, "role.end", "person", l->person,
                                 account_detail(l->arena, "role", l->words[1], NULL))
                   : FAIL(ERR_NOT_FOUND);
}

static err role_work(struct db_conn *c, void *arg)
{
    struct user_line *l = arg;
    TRY(find_account(c, l));
    return l->end ? role_end(c, l) : grant(c, l, l->words[1]);
}

static int user_role(struct user_line *l)
{
    return run_on_account(l, role_work);
}

/* ---- list ---- */

DB_SQL(user_all,
       "SELECT a.id, a.person_id, a.sign_in_name, p.name, a.locked_at, a.closed_at FROM account a"
       " JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id WHERE a.tenant_id = $1 ORDER BY a.sign_in_name")
DB_SQL(user_roles,
       "SELECT r.code, g.unit_id FROM assignment g JOIN role r ON r.tenant_id = g.tenant_id AND r.id = g.role_id"
       " WHERE g.tenant_id = $1 AND g.person_id = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to > $3) ORDER BY g.id")

struct user_row { int64_t account, person; struct str sign_in_name, name; ms locked_at, closed_at; };
static const struct field user_columns[] = {
    FIELD_ID(struct user_row, account, 0, ""), FIELD_ID(struct user_row, person, 0, ""),
    FIELD_STR(struct user_row, sign_in_name, 0, 0, 0, ""), FIELD_STR(struct user_row, name, 0, 0, 0, ""),
    FIELD_TIME(struct user_row, locked_at, 0, ""), FIELD_TIME(struct user_row, closed_at, 0, ""), FIELD_END
};

static err list_roles(struct db_conn *c, struct user_line *l, int64_t person, struct str *out)
{
    struct buf     b = buf_new(l->arena, 0);
    struct db_rows rows;
    TRY(db_query(c, &user_roles, DB_ARGS(I64(l->app->tenant), I64(person), I64(l->now)), &rows));
    while (db_next(&rows))
        buf_fmt(&b, "%s%.*s@%lld", b.len ? "," : "", STR_ARG(db_text(&rows, 0)), (long long)db_i64(&rows, 1));
    *out = buf_view(&b);
    return db_done(&rows);
}

static void list_one(struct user_line *l, struct jsonw *j, const struct user_row *u, struct str roles)
{
    const char *state = u->closed_at ? "closed" : u->locked_at ? "locked" : "open";
    if (!l->json) {
        buf_fmt(&l->out, "%-24.*s %-7s %.*s  %.*s\n", STR_ARG(u->sign_in_name), state, STR_ARG(u->name), STR_ARG(roles));
        return;
    }
    jsonw_open(j);
    jsonw_kv_id(j, "account", u->account);
    jsonw_kv_id(j, "person", u->person);
    jsonw_kv_str(j, "sign_in_name", u->sign_in_name);
    jsonw_kv_str(j, "name", u->name);
    jsonw_kv_z(j, "state", state);
    jsonw_kv_str(j, "roles", roles.ptr ? roles : STR(""));
    jsonw_close(j);
}

static err list_work(struct db_conn *c, void *arg)
{
    struct user_line *l = arg;
    struct jsonw      j = jsonw_on(&l->out);
    struct list       all;
    struct str        roles;
    TRY(db_all(c, l->arena, &user_all, DB_ARGS(I64(l->app->tenant)), user_columns, sizeof(struct user_row), 0, &all));
    if (l->json)
        jsonw_list(&j);
    for (size_t i = 0; i < all.len; i++) {
        const struct user_row *u = &((const struct user_row *)all.at)[i];
        TRY(list_roles(c, l, u->person, &roles));
        list_one(l, &j, u, roles);
    }
    if (l->json)
        jsonw_list_end(&j);
    return OK;
}

static int user_list(struct user_line *l)
{
    l->out = buf_new(l->arena, 0);
    err e = db_read(l->app->db, list_work, l);
    if (failed(e))
        return fail(e, STR_NONE);
    printf("%.*s%s", (int)l->out.len, l->out.ptr ? l->out.ptr : "", l->json ? "\n" : "");
    return 0;
}

/* ---- the line ---- */

static const struct { const char *name; int words; int (*run)(struct user_line *l); } verbs[] = {
    { "add", 0, user_add }, { "list", 0, user_list }, { "password", 1, user_password },
    { "lock", 1, user_lock }, { "unlock", 1, user_unlock }, { "role", 2, user_role },
};
#define VERBS (sizeof verbs / sizeof *verbs)

static bool take_flag(struct user_line *l, int argc, char **argv, int *i)
{
    const struct { const char *flag; struct str *to; } texts[] = {
        { "--name", &l->name }, { "--sign-in-name", &l->sign_in_name }, { "--role", &l->role }, { "--unit", &l->unit },
    };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        if (strcmp(argv[*i], texts[k].flag) == 0 && *i + 1 < argc) {
            *texts[k].to = str_trim(str_of(argv[++*i]));
            return utf8_valid(*texts[k].to);
        }
    if (strcmp(argv[*i], "--password-stdin") == 0)
        return l->password_stdin = true;
    if (strcmp(argv[*i], "--end") == 0)
        return l->end = true;
    return false;
}

static bool read_words(struct user_line *l, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool flag = strncmp(argv[i], "--", 2) == 0;
        if (flag ? !take_flag(l, argc, argv, &i) : l->word_count == 3) {
            complain("this is not understood", str_of(argv[i]));
            return false;
        }
        if (!flag)
            l->words[l->word_count++] = str_of(argv[i]);
    }
    return true;
}

static int run_verb(struct user_line *l, int argc, char **argv)
{
    for (size_t v = 0; v < VERBS; v++)
        if (argc && strcmp(argv[0], verbs[v].name) == 0) {
            if (!read_words(l, argc, argv))
                return 2;
            if (l->word_count == verbs[v].words)
                return verbs[v].run(l);
            break;
        }
    fputs(help, stderr);
    return 2;
}

const char *user_command_help(void)
{
    return help;
}

int user_command(struct app *app, int argc, char **argv, bool json)
{
    struct user_line l = { .app = app, .arena = arena_new(0), .json = json, .now = clock_now() };
    int              code = run_verb(&l, argc, argv);
    arena_free(l.arena);
    return code;
}
