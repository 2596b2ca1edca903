/* move_in.c: districts of a file taken into an installation: first read to the end and held to all it says, then loaded in one transaction, with
 * their photos in a folder that gets its name just before the commit. */
#include "move.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/log.h"
#include "features/audit/audit.h"
#include "features/search/search.h"

DB_SQL(tenant_restore, "INSERT INTO tenant (tenant_id, code, name, time_zone, demo, created_at, closed_at, moved_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
DB_SQL(tenant_restore_city, "INSERT INTO city_district (district, city, joined_at) VALUES ($1, $2, $3)")
DB_SQL(tenant_count, "SELECT COUNT(*) FROM tenant")
DB_SQL(tenant_same_code, "SELECT COUNT(*) FROM tenant WHERE code = $1")
DB_SQL(tenant_same_host, "SELECT COUNT(*) FROM host WHERE host = $1")

#define PIECE ((size_t)64 * 1024)

/* Something that got its name in this run, and so may lose it again. */
struct placed {
    const char    *path;
    struct placed *before;
};

struct in {
    const struct move_in *in;
    struct arena         *arena;
    struct db_load       *load;
    struct move_file     *file;
    struct list           keys;          /* struct keys, one for each district of the file */
    int64_t               tenant;        /* the number it gets */
    char                  staging[600];  /* data/.moving-…, of this run alone: one folder for each district of the file */
    char                  folder[700];   /* of the district under way */
    int64_t              *numbers;
    size_t                made;          /* districts whose folders were made */
    struct placed        *placed;        /* the last first */
};

static err tell(struct in *x, err e, const char *what)
{
    snprintf(x->file->where, sizeof x->file->where, "%s", what);
    return e;
}

/* ---- folders ---- */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)kind, (void)where;
    return remove(path);
}

void move_remove_tree(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static err disk(struct in *x, const char *path)
{
    const char *problem = disk_is_full(errno) ? "there is no room left" : strerror(errno);
    err         e = FAIL(disk_is_full(errno) ? ERR_STORAGE_FULL : ERR_INTERNAL);
    log_event(LOG_ERROR, "folder", "path", path, "problem", problem, NULL);
    return tell(x, e, str_fmt(x->arena, "%s: %s", problem, path).ptr);
}

static err make_folder(struct in *x, const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST ? OK : disk(x, path);
}

static err write_file(struct in *x, const char *path, struct unpack *u, int fd)
{
    static _Thread_local char piece[PIECE];
    for (size_t got = 1; got;) {
        if (failed(unpack_read(u, piece, sizeof piece, &got)))
            return tell(x, FAIL(ERR_DAMAGED), unpack_where(u));
        if (!disk_write(fd, (struct str){ piece, got }))
            return disk(x, path);
    }
    return fsync(fd) == 0 ? OK : disk(x, path);
}

/* Names were held to our own form by the reader. */
static err take_file(void *arg, const char *name, struct unpack *u)
{
    struct in *x = arg;
    char       path[900];
    snprintf(path, sizeof path, "%s/%s", x->folder, name);
    for (char *slash = path + strlen(x->folder) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        TRY(make_folder(x, path));
        *slash = '/';
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return disk(x, path);
    err e = write_file(x, path, u, fd);
    if (close(fd) != 0 && !failed(e))
        e = disk(x, path);
    return e;
}

static err write_keys(struct in *x, const struct keys *keys)
{
    char path[800];
    snprintf(path, sizeof path, "%s/keys", x->folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return disk(x, path);
    bool good = disk_write(fd, (struct str){ (const char *)keys, sizeof *keys }) && fsync(fd) == 0;
    err  e = good ? OK : disk(x, path);
    close(fd);
    return e;
}

/* ---- keys ---- */

static err read_keys(struct in *x, struct unpack *u)
{
    struct keys *keys = ARENA_ARRAY(x->arena, x->file->districts.len, struct keys);
    struct str   name, bytes;
    int64_t      size;
    for (x->keys = (struct list){ .at = keys }; x->keys.len < x->file->districts.len; x->keys.len++) {
        if (failed(unpack_next(u, &name, &size)) || size != (int64_t)sizeof *keys || failed(unpack_whole(u, x->arena, sizeof *keys, &bytes)))
            return FAIL(ERR_DAMAGED);
        memcpy(&keys[x->keys.len], bytes.ptr, sizeof *keys);
    }
    return unpack_next(u, &name, &size);
}

/* The keys belong to this file: else contacts could never be read, and every letter's code would be unknown. */
static err find_keys(struct in *x)
{
    struct unpack *u;
    if (!x->in->keys || failed(unpack_begin(x->in->keys, &u)))
        return tell(x, FAIL(ERR_NOT_FOUND), "the file of the keys is not there: --keys FILE");
    err e = read_keys(x, u);
    unpack_end(u);
    if (failed(e))
        return tell(x, FAIL(ERR_DAMAGED), "the file of the keys is damaged, or holds those of something else");
    const struct move_district *d = x->file->districts.at;
    for (size_t i = 0; i < x->keys.len; i++)
        if (!str_eq(d[i].key_mark, move_key_mark(x->arena, &((const struct keys *)x->keys.at)[i])))
            return tell(x, FAIL(ERR_CONFLICT), "these are not the keys of this file");
    return OK;
}

err move_keys_fit(struct arena *a, const char *keys, struct move_file *file)
{
    struct move_in in = { .keys = keys };
    return find_keys(&(struct in){ .in = &in, .arena = a, .file = file });
}

/* ---- what is there already ---- */

/* Of a district in its folder; the last of the data folder alone. */
static const char *const parts[] = { "files", "jobs", "keys", "suggest.model", "tenants" };

#define OF_A_DISTRICT 4
#define OF_ALL        5

static bool holds_anything(const char *folder)
{
    bool anything = false;
    DIR *d = opendir(folder);
    if (!d)
        return true;
    for (const struct dirent *one; !anything && (one = readdir(d));)
        anything = strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0;
    closedir(d);
    return anything;
}

/* A file, or a folder that is not empty. */
static bool stands(const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return errno != ENOENT;
    return !S_ISDIR(st.st_mode) || holds_anything(path);
}

/* Photos and keys that no district here is known to own are somebody's all the same: copied back first, or newer than the database. */
static err refuse_filled(struct in *x, const char *folder, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = str_fmt(x->arena, "%s/%s", folder, parts[i]).ptr;
        if (stands(path))
            return tell(x, FAIL(ERR_TAKEN), str_fmt(x->arena, "%s is there already and not empty, though no district here owns it, and nothing is written over: "
                                                    "move it away%s", path, x->in->restore ? ", or restore into an empty folder (--data)" : "").ptr);
    }
    return OK;
}

/* ---- a district ---- */

static err refuse_taken(struct in *x, const struct db_sql *sql, struct str text, const char *what)
{
    int64_t same = 0;
    char    why[300];
    TRY(db_number(db_load_conn(x->load), sql, DB_ARGS(TEXT(text)), &same));
    snprintf(why, sizeof why, "another district has the %s %.*s already: --%s gives this one another", what, STR_ARG(text), what);
    return same ? tell(x, FAIL_AT(ERR_TAKEN, what), why) : OK;
}

static err take_hosts(struct in *x, const struct move_district *d)
{
    struct str  own = x->in->host ? str_of(x->in->host) : STR_NONE;
    struct strs hosts = own.ptr ? (struct strs){ &own, 1 } : d->hosts;
    for (size_t i = 0; i < hosts.len; i++) {
        TRY(refuse_taken(x, &tenant_same_host, hosts.at[i], "host"));
        TRY(tenant_host_add(db_load_conn(x->load), x->tenant, hosts.at[i]));
    }
    return OK;
}

/* How the installation stood towards it comes back with the whole installation alone: elsewhere a district is open, and of no city. */
static err take_place(struct in *x, const struct move_district *d)
{
    if (!x->in->restore || !d->city)
        return OK;
    return db_exec(db_load_conn(x->load), &tenant_restore_city, DB_ARGS(I64(x->tenant), I64(d->city), I64(clock_now())), NULL);
}

static err take_district(void *arg, size_t index, const struct move_district *d)
{
    struct in      *x = arg;
    struct db_conn *c = db_load_conn(x->load);
    struct str      code = x->in->code ? str_of(x->in->code) : d->code;
    if (x->in->restore)
        x->tenant = d->number;
    else
        TRY(tenant_next(c, &x->tenant));
    TRY(refuse_filled(x, tenant_folder(x->arena, x->in->config->data, x->tenant).ptr, OF_A_DISTRICT));
    x->numbers[index - 1] = x->tenant;
    TRY(refuse_taken(x, &tenant_same_code, code, "code"));
    bool closed = x->in->restore && d->closed_at;
    TRY(db_exec(c, &tenant_restore,
                DB_ARGS(I64(x->tenant), TEXT(code), TEXT(d->name), TEXT(d->time_zone), BOOL(d->demo), I64(d->created_at), TIME(closed ? d->closed_at : 0),
                        TEXT(closed && tenant_address_fits(d->moved_to) ? d->moved_to : STR_NONE)), NULL));
    TRY(take_hosts(x, d));
    TRY(take_place(x, d));
    snprintf(x->folder, sizeof x->folder, "%s/%zu", x->staging, index);
    TRY(make_folder(x, x->folder));
    return write_keys(x, &((const struct keys *)x->keys.at)[index - 1]);
}

static err take_table(void *arg, const struct db_table *t)
{
    struct in *x = arg;
    return db_load_table(x->load, t, x->tenant);
}

static err take_row(void *arg, const struct db_table *t, const struct db_arg *values)
{
    struct in *x = arg;
    (void)t;
    return db_load_row(x->load, values);
}

static err take_table_end(void *arg, const struct db_table *t)
{
    struct in *x = arg;
    (void)t;
    return db_load_end(x->load);
}

/* What has arrived is held to the chain once more, as it lies in the database now. */
static err take_end(void *arg, size_t index, const struct move_district *d)
{
    struct in      *x = arg;
    struct db_conn *c = db_load_conn(x->load);
    const char     *problem = NULL;
    int64_t         rows = 0, bad;
    (void)index;
    TRY(search_refill(c, x->tenant));
    TRY(audit_verify(c, x->tenant, &rows, &bad, &problem));
    return problem || rows != d->audit_rows ? tell(x, FAIL(ERR_DAMAGED), problem ? problem : "the audit chain has not arrived whole") : OK;
}

/* ---- the folders get their names ---- */

static err give_name(struct in *x, const char *from, const char *to)
{
    if (access(from, F_OK) != 0)
        return OK;
    if (rename(from, to) != 0)   /* over an empty folder, never over one that holds anything */
        return disk(x, to);
    struct placed *p = ARENA_NEW(x->arena, struct placed);
    *p = (struct placed){ str_z(x->arena, str_of(to)), x->placed };
    x->placed = p;
    return OK;
}

static err place_into(struct in *x, const char *from, const char *to)
{
    TRY(refuse_filled(x, to, OF_A_DISTRICT));   /* looked at before, but that may be hours ago */
    for (size_t i = 0; i < OF_A_DISTRICT; i++)
        TRY(give_name(x, str_fmt(x->arena, "%s/%s", from, parts[i]).ptr, str_fmt(x->arena, "%s/%s", to, parts[i]).ptr));
    return OK;
}

static err place_all(struct in *x)
{
    for (; x->made < x->file->districts.len; x->made++) {
        int64_t number = x->numbers[x->made];
        TRY(tenant_folder_make(x->in->config->data, number));
        TRY(place_into(x, str_fmt(x->arena, "%s/%zu", x->staging, x->made + 1).ptr, tenant_folder(x->arena, x->in->config->data, number).ptr));
    }
    return OK;
}

/* Takes away again what this run has put there, and no more than that; of folders those that are empty. */
static void unplace(struct in *x)
{
    static const char *const made[] = { "/files", "/jobs", "/spool", "" };
    for (const struct placed *p = x->placed; p; p = p->before)
        move_remove_tree(p->path);
    for (size_t i = 0; i <= x->made && i < x->file->districts.len; i++)
        for (size_t k = 0; k < sizeof made / sizeof *made && x->numbers[i] != TENANT_FIRST; k++)
            (void)!rmdir(str_fmt(x->arena, "%s%s", tenant_folder(x->arena, x->in->config->data, x->numbers[i]).ptr, made[k]).ptr);
}

/* ---- the whole ---- */

static err load_all(struct in *x)
{
    struct move_taker taker = { x, take_district, take_table, take_row, take_table_end, take_file, take_end };
    int64_t           there = 0;
    TRY(db_number(db_load_conn(x->load), &tenant_count, DB_NO_ARGS, &there));
    if (x->in->restore && there)
        return tell(x, FAIL(ERR_TAKEN), "there is a district here already: a backup is restored into an empty folder and database");
    if (x->in->restore)
        TRY(refuse_filled(x, x->in->config->data, OF_ALL));
    struct move_file again;
    err              e = move_read(x->arena, x->in->path, &taker, &again);
    if (failed(e) && !*x->file->where)
        snprintf(x->file->where, sizeof x->file->where, "%s", *again.where ? again.where : err_text(e.code, false));
    TRY(e);
    TRY(place_all(x));
    e = db_load_commit(x->load);
    x->file->unsure = e.code == ERR_UNAVAILABLE;
    return x->file->unsure ? tell(x, e, "the database was lost while it was told to keep what it had taken") : e;
}

/* Where nobody knows whether the commit was done the folders keep their names: with it they are needed, without it in nobody's way. */
static err load(struct in *x)
{
    TRY(make_folder(x, x->in->config->data));
    snprintf(x->staging, sizeof x->staging, "%s/.moving-XXXXXX", x->in->config->data);
    if (!mkdtemp(x->staging))
        return disk(x, x->in->config->data);
    err e = db_load_open(x->in->db, &x->load);
    if (!failed(e)) {
        e = load_all(x);
        db_load_close(x->load);
        if (failed(e) && !x->file->unsure)
            unplace(x);
    }
    move_remove_tree(x->staging);
    return e;
}

err move_in(struct arena *a, const struct move_in *in, struct move_file *out)
{
    struct in x = { .in = in, .arena = a, .file = out };
    TRY(move_verify(a, in->path, out));
    if (!in->restore && !str_is(out->kind, "tenant") && out->districts.len > 1)
        return tell(&x, FAIL(ERR_CONFLICT), "this is a backup of several districts: linli restore");
    x.numbers = ARENA_ARRAY(a, out->districts.len, int64_t);
    TRY(find_keys(&x));
    err e = load(&x);
    struct move_district *d = (struct move_district *)out->districts.at;
    for (size_t i = 0; i < out->districts.len; i++)
        d[i].number = x.numbers[i];
    return e;
}
