/* The feature's state: the gate that lets few pictures be decoded at once, the owners' guards, the sweep. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <time.h>

#include "../../base/log.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "file_parts.h"
#include "image.h"

/* ---- the gate ---- */

static struct timespec deadline(ms wait)
{
    ms at = clock_now() + wait;
    return (struct timespec){ at / 1000, (at % 1000) * 1000000 };
}

/* Waits for a place. Decoding takes up to 200 MB and a core for a second: without a gate a hundred uploads would take the machine. */
static err gate_enter(struct file_state *s)
{
    struct timespec until = deadline(FILE_WAIT_MOST);
    int             timed_out = 0;
    pthread_mutex_lock(&s->gate);
    if (s->waiting >= FILE_QUEUE_MOST) {
        pthread_mutex_unlock(&s->gate);
        return FAIL(ERR_UNAVAILABLE);
    }
    s->waiting++;
    while (s->busy >= FILE_PLACES && timed_out != ETIMEDOUT)
        timed_out = pthread_cond_timedwait(&s->freed, &s->gate, &until);
    s->waiting--;
    bool in = s->busy < FILE_PLACES;
    s->busy += in;
    pthread_mutex_unlock(&s->gate);
    return in ? OK : FAIL(ERR_UNAVAILABLE);
}

static void gate_leave(struct file_state *s)
{
    pthread_mutex_lock(&s->gate);
    s->busy--;
    pthread_cond_signal(&s->freed);
    pthread_mutex_unlock(&s->gate);
}

/* ---- storing ---- */

static err clean_and_store(struct app *app, struct arena *work, struct str bytes, struct file_stored *out)
{
    struct image_clean clean;
    TRY(image_clean(work, bytes, &clean));
    crypto_sha256(clean.jpeg.ptr, clean.jpeg.len, out->hash);
    out->bytes = (int64_t)clean.jpeg.len;
    out->width = clean.width;
    out->height = clean.height;
    out->media_type = "image/jpeg";
    return file_blob_write(app, work, out->hash, clean.jpeg, clean.thumb);
}

err file_store_image(struct app *app, struct arena *a, struct str bytes, struct file_stored *out)
{
    (void)a;   /* the working memory is large: it is given back at once, not at the end of the request */
    if ((int64_t)bytes.len > file_bytes_most(app, clock_now()))
        return FAIL(ERR_TOO_LARGE);
    TRY(gate_enter(app->file));
    struct arena *work = arena_new((size_t)256 * 1024);
    err           e = clean_and_store(app, work, bytes, out);
    arena_free(work);
    gate_leave(app->file);
    return e;
}

/* ---- a picture to be drawn ---- */

#define PICTURE_MOST ((size_t)16 * 1024 * 1024)

static err read_blob(struct arena *a, struct str path, struct str *out)
{
    struct stat st;
    int         fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || (size_t)st.st_size > PICTURE_MOST) {
        if (fd >= 0)
            close(fd);
        return FAIL(ERR_NOT_FOUND);
    }
    char   *bytes = arena_alloc(a, (size_t)st.st_size);
    ssize_t n = read(fd, bytes, (size_t)st.st_size);
    close(fd);
    *out = (struct str){ bytes, n == (ssize_t)st.st_size ? (size_t)n : 0 };
    return out->len ? OK : FAIL(ERR_NOT_FOUND);
}

err file_picture(struct app *app, struct db_conn *c, struct arena *a, int64_t id, struct file_picture *out)
{
    struct file_row f = { 0 };
    struct str      bytes;
    struct pixels   p;
    TRY(file_row_find(c, a, app->tenant, id, &f));
    TRY(read_blob(a, file_path(app, a, (const unsigned char *)f.hash.ptr, FILE_WHOLE), &bytes));
    TRY(image_read_jpeg(a, bytes, &p));
    *out = (struct file_picture){ p.width, p.height, p.rgb };
    return OK;
}

/* ---- limits ---- */

int64_t file_bytes_most(const struct app *app, ms now)
{
    return setting_i64(app, "file.mebibytes_most", now) * 1024 * 1024;
}

int64_t file_photos_most(const struct app *app, ms now)
{
    return setting_i64(app, "file.photos_most", now);
}

/* ---- guards ---- */

void file_guard_for(struct app *app, const char *owner_kind, file_guard guard)
{
    struct file_state *s = app->file;
    if (s->guard_count == FILE_GUARDS_MOST) {
        log_event(LOG_ERROR, "file_guards_full", "owner", owner_kind, NULL);
        return;
    }
    s->guards[s->guard_count++] = (struct file_guard_entry){ owner_kind, guard };
}

/* ---- orphans ---- */

static err sweep(struct job *j, struct str *result)
{
    ms      before = clock_now() - FILE_ORPHAN_AGE;
    int64_t rows = 0, blobs = 0;
    TRY(file_rows_sweep(j->app, before, &rows));
    TRY(file_blobs_sweep(j->app, before, &blobs));
    *result = str_fmt(j->arena, "{\"rows\":%lld,\"blobs\":%lld}", (long long)rows, (long long)blobs);
    return OK;
}

static const struct job_kind sweep_kind = { "file.sweep", sweep };

/* ---- life ---- */

static err start(struct app *app)
{
    struct arena      *a = arena_new(0);
    struct file_state *s = ARENA_NEW(a, struct file_state);
    s->arena = a;
    s->rate = rate_new(a, 4096);
    pthread_mutex_init(&s->gate, NULL);
    pthread_mutex_init(&s->blobs, NULL);
    pthread_cond_init(&s->freed, NULL);
    app->file = s;
    job_every(app, &sweep_kind, MS_HOUR);
    return OK;
}

static void stop(struct app *app)
{
    struct file_state *s = app->file;
    if (!s)
        return;
    app->file = NULL;
    rate_end(s->rate);
    pthread_cond_destroy(&s->freed);
    pthread_mutex_destroy(&s->blobs);
    pthread_mutex_destroy(&s->gate);
    arena_free(s->arena);
}

const struct feature file_feature = { .name = "file", .routes = file_routes, .start = start, .stop = stop };
