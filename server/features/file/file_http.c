/* Routes of the file feature: upload, see. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../setting/setting.h"
#include "file_parts.h"

#define UPLOAD_MOST  ((size_t)32 * 1024 * 1024)   /* what the setting may be raised to */
#define CLAIM_BYTES  18

/* ---- upload ---- */

struct upload_view {
    int64_t    id;
    struct str claim;
    int64_t    width, height, bytes;
};

static const struct field upload_fields[] = {
    FIELD_ID(struct upload_view, id, REQUIRED, "File, to be named when a case is reported or handled"),
    FIELD_STR(struct upload_view, claim, 0, 0, SECRET, "Only without an account: proves whose upload it is; goes into photo_claims"),
    FIELD_I64(struct upload_view, width, 0, 0, REQUIRED, "Pixels, after turning upright and scaling"),
    FIELD_I64(struct upload_view, height, 0, 0, REQUIRED, "Pixels"),
    FIELD_I64(struct upload_view, bytes, 0, 0, REQUIRED, "Size as stored"),
    FIELD_END
};

/* What is kept between the slow part and the write. */
struct upload {
    struct file_stored stored;
    struct upload_view view;
};

static err may_upload(struct req *r)
{
    if (r->caller.account)
        return OK;
    int64_t per_hour = setting_i64(r->app, "file.anonymous_per_hour", r->now);
    return rate_take(r->app->file->rate, r->remote, per_hour, clock_monotonic()) ? OK : FAIL(ERR_TOO_MANY);
}

/* The spool file as bytes without a copy of them. */
static err map_spool(struct req *r, struct str *out)
{
    struct stat st;
    if (!r->upload_path.len)   /* an empty body */
        return FAIL(ERR_NOT_AN_IMAGE);
    int fd = open(str_z(r->arena, r->upload_path), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        if (fd >= 0)
            close(fd);
        return FAIL(ERR_INTERNAL);
    }
    if (st.st_size == 0) {
        close(fd);
        return FAIL(ERR_NOT_AN_IMAGE);
    }
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    *out = (struct str){ p, (size_t)st.st_size };
    return p == MAP_FAILED ? FAIL(ERR_INTERNAL) : OK;
}

static err store_spool(struct req *r, struct file_stored *out)
{
    struct str bytes;
    TRY(map_spool(r, &bytes));
    err e = file_store_image(r->app, r->arena, bytes, out);
    munmap((void *)(uintptr_t)bytes.ptr, bytes.len);
    return e;
}

static err insert_upload(struct req *r, void *arg)
{
    struct upload  *u = arg;
    struct file_row f = {
        .id = u->view.id, .hash = { (const char *)u->stored.hash, HASH_SIZE }, .media_type = str_of(u->stored.media_type),
        .bytes = u->stored.bytes, .width = u->stored.width, .height = u->stored.height, .created_by = r->caller.account
    };
    if (u->view.claim.ptr)
        f.claim_hash = crypto_digest(r->arena, u->view.claim);
    return file_row_insert(r->db, r->tenant, &f, r->now);
}

/* The slow part (decode, scale, encode, flush) lies outside any transaction; the write is one row. */
static err post_file(struct req *r)
{
    struct upload u = { 0 };
    TRY(may_upload(r));
    TRY(store_spool(r, &u.stored));
    u.view = (struct upload_view){ .id = id_new(), .width = u.stored.width, .height = u.stored.height, .bytes = u.stored.bytes };
    if (!r->caller.account)
        u.view.claim = crypto_token(r->arena, CLAIM_BYTES);
    TRY(req_in_write(r, insert_upload, &u));
    return reply_created(r, str_fmt(r->arena, "/api/v1/files/%lld", (long long)u.view.id), upload_fields, &u.view, 0);
}

/* ---- see ---- */

static file_guard guard_of(const struct file_state *s, struct str owner_kind)
{
    for (size_t i = 0; i < s->guard_count; i++)
        if (str_is(owner_kind, s->guards[i].owner_kind))
            return s->guards[i].guard;
    return NULL;
}

/* Who may see the owner may see the file. Before it has one: its uploader, by account or by the claim in X-Case-Secret. */
static err may_see(struct req *r, const struct file_row *f)
{
    if (f->owner_kind.ptr) {
        file_guard guard = guard_of(r->app->file, f->owner_kind);
        return guard ? guard(r, f->owner_id) : FAIL(ERR_NOT_FOUND);
    }
    bool own = f->created_by && f->created_by == r->caller.account;
    return own || file_claim_fits(r->arena, f, r->case_secret) ? OK : FAIL(ERR_NOT_FOUND);
}

static err serve(struct req *r, enum file_size size)
{
    struct file_row f = { 0 };
    TRY(file_row_find(r->db, r->arena, r->tenant, r->path[0], &f));
    TRY(may_see(r, &f));
    struct str path = file_path(r->app, r->arena, (const unsigned char *)f.hash.ptr, size);
    struct str etag = str_fmt(r->arena, "%s%s", str_hex(r->arena, f.hash.ptr, 16).ptr, size == FILE_THUMB ? "t" : "");
    return reply_file(r, "image/jpeg", path, etag);
}

static err get_file(struct req *r)
{
    return serve(r, FILE_WHOLE);
}

static err get_thumb(struct req *r)
{
    return serve(r, FILE_THUMB);
}

const struct route file_routes[] = {
    { POST, "/api/v1/files", post_file, .perm = PERM_PUBLIC, .tx = TX_NONE, .body_kind = BODY_UPLOAD, .body_max = UPLOAD_MOST,
      .reply_kind = REPLY_CREATED, .reply = upload_fields, .flags = ROUTE_SLOW | ROUTE_NO_STORE,
      ROUTE_ERRORS(ERR_NOT_AN_IMAGE, ERR_IMAGE_BOMB, ERR_TOO_LARGE, ERR_TOO_MANY, ERR_UNAVAILABLE, ERR_STORAGE_FULL),
      .summary = "Upload a photo (JPEG, PNG, WebP); it is turned upright, scaled to 2,048 pixels and stored without metadata",
      .tag = "file" },
    { GET, "/api/v1/files/:id", get_file, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_BYTES, .reply_type = "image/jpeg",
      .flags = ROUTE_CACHE, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "A photo; for whoever may see what it belongs to", .tag = "file" },
    { GET, "/api/v1/files/:id/thumb", get_thumb, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_BYTES,
      .reply_type = "image/jpeg", .flags = ROUTE_CACHE, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "A photo at 320 pixels", .tag = "file" },
    ROUTE_END
};
