/* Blobs on disk, by content address. A blob appears whole or not at all. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../base/disk.h"
#include "../../base/id.h"
#include "../../base/log.h"
#include "file_parts.h"

#define TEMP_PREFIX "."

struct str file_path(const struct app *app, struct arena *a, const unsigned char hash[HASH_SIZE], enum file_size size)
{
    struct str hex = str_hex(a, hash, HASH_SIZE);
    return str_fmt(a, "%s/files/%.2s/%s%s", app->data_dir, hex.ptr, hex.ptr + 2, size == FILE_THUMB ? ".t.jpg" : ".jpg");
}

struct str file_where(struct arena *a, const char *folder, const unsigned char hash[32])
{
    struct str hex = str_hex(a, hash, HASH_SIZE);
    return str_fmt(a, "%s/files/%.2s/%s.jpg", folder, hex.ptr, hex.ptr + 2);
}

static err disk_error(const char *what, struct str path)
{
    bool full = disk_is_full(errno);
    log_event(LOG_ERROR, what, "path", path.ptr, "problem", strerror(errno), NULL);
    return FAIL(full ? ERR_STORAGE_FULL : ERR_INTERNAL);
}

static err write_aside(struct str path, struct str bytes)
{
    int fd = open(path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return disk_error("file_create", path);
    bool written = disk_write(fd, bytes) && fsync(fd) == 0;
    err  e = written ? OK : disk_error("file_write", path);
    if (close(fd) != 0 && !failed(e))
        e = disk_error("file_close", path);
    if (failed(e))
        unlink(path.ptr);
    return e;
}

static err sync_folder(struct str folder)
{
    int fd = open(folder.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        err e = disk_error("folder_sync", folder);
        if (fd >= 0)
            close(fd);
        return e;
    }
    close(fd);
    return OK;
}

static err write_one(struct arena *a, struct str folder, struct str path, struct str bytes)
{
    struct str aside = str_fmt(a, "%s/" TEMP_PREFIX "%lld", folder.ptr, (long long)id_new());
    TRY(write_aside(aside, bytes));
    if (rename(aside.ptr, path.ptr) != 0) {
        err e = disk_error("file_rename", path);
        unlink(aside.ptr);
        return e;
    }
    return OK;
}

/* Its age begins anew, so that the sweep leaves it to whoever is about to insert a row for it. */
static bool refresh(struct str path)
{
    return utimensat(AT_FDCWD, path.ptr, NULL, 0) == 0;
}

static err write_both(struct app *app, struct arena *a, const unsigned char *hash, struct str whole, struct str thumb)
{
    struct str path = file_path(app, a, hash, FILE_WHOLE), small = file_path(app, a, hash, FILE_THUMB);
    struct str folder = str_fmt(a, "%s/files/%02x", app->data_dir, hash[0]);
    if (refresh(small) && refresh(path))
        return OK;
    if (mkdir(folder.ptr, 0700) == 0)
        TRY(sync_folder(str_fmt(a, "%s/files", app->data_dir)));
    else if (errno != EEXIST)
        return disk_error("folder_create", folder);
    TRY(write_one(a, folder, small, thumb));   /* the whole picture last: where it is, its thumbnail is */
    TRY(write_one(a, folder, path, whole));
    return sync_folder(folder);
}

err file_blob_write(struct app *app, struct arena *a, const unsigned char hash[HASH_SIZE], struct str whole, struct str thumb)
{
    pthread_mutex_lock(&app->file->blobs);
    err e = write_both(app, a, hash, whole, thumb);
    pthread_mutex_unlock(&app->file->blobs);
    return e;
}

/* ---- sweep ---- */

struct sweep {
    struct app   *app;
    struct arena *arena;
    ms            before;
    int64_t       removed;
    struct str    hash;
    bool          used;
};

static err ask_used(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    return file_hash_used(c, s->app->tenant, s->hash, &s->used);
}

static bool old_enough(const struct sweep *s, const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && (ms)st.st_mtim.tv_sec * 1000 < s->before;
}

/* Decides and removes under the lock that writers take: a blob refreshed by an upload is young again by then. */
static err sweep_blob(struct sweep *s, const unsigned char hash[HASH_SIZE])
{
    struct str path = file_path(s->app, s->arena, hash, FILE_WHOLE);
    if (!old_enough(s, path.ptr))
        return OK;
    s->hash = (struct str){ (const char *)hash, HASH_SIZE };
    TRY(db_read(s->app->db, ask_used, s));
    if (s->used)
        return OK;
    unlink(path.ptr);
    unlink(file_path(s->app, s->arena, hash, FILE_THUMB).ptr);
    s->removed++;
    return OK;
}

static err sweep_entry(struct sweep *s, const char *folder, const char *name)
{
    unsigned char hash[HASH_SIZE];
    struct str    file = str_of(name), path = str_fmt(s->arena, "%s/files/%s/%s", s->app->data_dir, folder, name);
    struct str    hex = str_fmt(s->arena, "%s%.*s", folder, (int)(2 * HASH_SIZE - 2), name);
    if (name[0] == TEMP_PREFIX[0]) {   /* left by a crash in the middle of a write */
        if (file.len > 2 && old_enough(s, path.ptr))
            unlink(path.ptr);
        return OK;
    }
    if (!str_ends(file, ".jpg") || !str_unhex(hex, hash, HASH_SIZE))
        return OK;
    pthread_mutex_lock(&s->app->file->blobs);
    err e = sweep_blob(s, hash);
    pthread_mutex_unlock(&s->app->file->blobs);
    return e;
}

static err sweep_folder(struct sweep *s, const char *name)
{
    DIR *d = opendir(str_fmt(s->arena, "%s/files/%s", s->app->data_dir, name).ptr);
    err  e = OK;
    if (!d)
        return OK;
    for (struct dirent *f; !failed(e) && (f = readdir(d)) != NULL;) {
        struct arena_mark m = arena_mark(s->arena);
        e = sweep_entry(s, name, f->d_name);
        arena_rewind(s->arena, m);
    }
    closedir(d);
    return e;
}

err file_blobs_sweep(struct app *app, ms before, int64_t *removed)
{
    struct sweep s = { .app = app, .arena = arena_new(0), .before = before };
    err          e = OK;
    for (int i = 0; i < 256 && !failed(e); i++) {
        char name[3];
        snprintf(name, sizeof name, "%02x", i);
        e = sweep_folder(&s, name);
    }
    arena_free(s.arena);
    *removed = s.removed;
    return e;
}
