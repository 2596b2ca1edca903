#include "pack.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "buf.h"
#include "give_way.h"
#include "log.h"

#define BLOCK     512
#define PIECE     ((size_t)16 * 1024)
#define SUMS      "SHA256SUMS."
#define SUMS_EACH 1000       /* members before their digests are written */
#define NAME_MOST 100
#define DIGEST    crypto_hash_sha256_BYTES

/* A tar header: every field is text, numbers in octal. */
struct header {
    char name[NAME_MOST], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100], magic[6], version[2], owner[32], group[32], major[8],
        minor[8], prefix[155], rest[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a tar header is a block");

static err disk_fault(const char *what, const char *path, int number)
{
    log_event(LOG_ERROR, what, "path", path, "problem", strerror(number), NULL);
    switch (number) {
    case ENOSPC: case EDQUOT: case EFBIG: return FAIL(ERR_STORAGE_FULL);
    case ENOENT: return FAIL(ERR_NOT_FOUND);
    case EEXIST: return FAIL(ERR_TAKEN);
    default:     return FAIL(ERR_INTERNAL);
    }
}

static unsigned header_sum(const struct header *h)
{
    struct header copy = *h;
    unsigned      sum = 0;
    memset(copy.sum, ' ', sizeof copy.sum);
    for (size_t i = 0; i < sizeof copy; i++)
        sum += ((const unsigned char *)&copy)[i];
    return sum;
}

/* ---- writing ---- */

struct pack {
    struct arena *arena, *sums_arena;
    char         *path, *part;
    gzFile        stream;
    int           fd;
    struct buf    sums;
    size_t        listed, lists;
};

err pack_begin(const char *path, struct pack **out)
{
    struct arena *a = arena_new(0);
    struct pack  *p = ARENA_NEW(a, struct pack);
    struct stat   st;
    *p = (struct pack){ .arena = a, .sums_arena = arena_new(0), .path = str_z(a, str_of(path)), .part = str_z(a, str_fmt(a, "%s.part", path)), .fd = -1 };
    p->sums = buf_new(p->sums_arena, 0);
    if (stat(path, &st) == 0)
        errno = EEXIST;
    else
        p->fd = open(p->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int own = p->fd < 0 ? -1 : dup(p->fd);
    if (own < 0 || !(p->stream = gzdopen(own, "wb1"))) {
        err e = disk_fault("pack", path, errno);
        pack_give_up(p);
        return e;
    }
    *out = p;
    return OK;
}

static err put(struct pack *p, const void *bytes, size_t n)
{
    give_way();
    errno = 0;
    if (n == 0 || gzwrite(p->stream, bytes, (unsigned)n) == (int)n)
        return OK;
    return disk_fault("pack", p->part, errno ? errno : EIO);
}

static err put_header(struct pack *p, const char *name, uint64_t size)
{
    struct header h = { .mode = "0000600", .uid = "0000000", .gid = "0000000", .mtime = "00000000000", .type = '0', .magic = "ustar", .version = "00" };
    size_t        n = strlen(name);
    if (n >= NAME_MOST || size >= (uint64_t)1 << 33)
        return FAIL(ERR_TOO_LARGE);
    memcpy(h.name, name, n);
    snprintf(h.size, sizeof h.size, "%011llo", (unsigned long long)size);
    snprintf(h.sum, sizeof h.sum, "%06o", header_sum(&h));
    h.sum[7] = ' ';
    return put(p, &h, sizeof h);
}

static err put_padding(struct pack *p, uint64_t size)
{
    static const char zeros[BLOCK];
    return put(p, zeros, (BLOCK - size % BLOCK) % BLOCK);
}

static err put_member(struct pack *p, const char *name, struct str bytes, unsigned char digest[DIGEST])
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    TRY(put_header(p, name, bytes.len));
    for (size_t at = 0; at < bytes.len; at += PIECE) {
        size_t n = bytes.len - at < PIECE ? bytes.len - at : PIECE;
        crypto_hash_sha256_update(&state, (const unsigned char *)bytes.ptr + at, n);
        TRY(put(p, bytes.ptr + at, n));
    }
    crypto_hash_sha256_final(&state, digest);
    return put_padding(p, bytes.len);
}

static err put_sums(struct pack *p)
{
    char          name[32];
    unsigned char unlisted[DIGEST];   /* of a list itself */
    if (!p->listed)
        return OK;
    snprintf(name, sizeof name, SUMS "%06zu", ++p->lists);
    TRY(put_member(p, name, buf_view(&p->sums), unlisted));
    arena_reset(p->sums_arena);
    p->sums = buf_new(p->sums_arena, 0);
    p->listed = 0;
    return OK;
}

static err note_digest(struct pack *p, const char *name, const unsigned char digest[DIGEST])
{
    struct str hex = str_hex(p->sums_arena, digest, DIGEST);
    buf_fmt(&p->sums, "%.*s  %s\n", STR_ARG(hex), name);
    return ++p->listed == SUMS_EACH ? put_sums(p) : OK;
}

err pack_bytes(struct pack *p, const char *name, struct str bytes)
{
    unsigned char digest[DIGEST];
    TRY(put_member(p, name, bytes, digest));
    return note_digest(p, name, digest);
}

/* Exactly the bytes the header tells of: a file that grows meanwhile is cut, one that shrinks is a fault. */
static err put_file(struct pack *p, const char *name, const char *path, int fd)
{
    static _Thread_local char piece[PIECE];
    struct stat               st;
    crypto_hash_sha256_state  state;
    unsigned char             digest[DIGEST];
    crypto_hash_sha256_init(&state);
    if (fstat(fd, &st) != 0)
        return disk_fault("pack", path, errno);
    TRY(put_header(p, name, (uint64_t)st.st_size));
    for (off_t left = st.st_size; left > 0;) {
        ssize_t n = read(fd, piece, left < (off_t)PIECE ? (size_t)left : PIECE);
        if (n <= 0)
            return disk_fault("pack", path, n ? errno : EIO);
        crypto_hash_sha256_update(&state, (const unsigned char *)piece, (unsigned long long)n);
        TRY(put(p, piece, (size_t)n));
        left -= n;
    }
    TRY(put_padding(p, (uint64_t)st.st_size));
    crypto_hash_sha256_final(&state, digest);
    return note_digest(p, name, digest);
}

err pack_file(struct pack *p, const char *name, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? FAIL(ERR_NOT_FOUND) : disk_fault("pack", path, errno);
    err e = put_file(p, name, path, fd);
    close(fd);
    return e;
}

static err put_end(struct pack *p)
{
    static const char zeros[2 * BLOCK];
    TRY(put_sums(p));
    return put(p, zeros, sizeof zeros);
}

/* The folder too, so that the name itself outlives a loss of power. */
static void sync_folder(struct pack *p)
{
    char *slash = strrchr(p->path, '/');
    char *folder = slash ? str_z(p->arena, (struct str){ p->path, (size_t)(slash - p->path) + 1 }) : str_z(p->arena, STR("."));
    int   fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

err pack_end(struct pack *p)
{
    err e = put_end(p);
    errno = 0;
    if (gzclose(p->stream) != Z_OK && !failed(e))
        e = disk_fault("pack", p->part, errno ? errno : EIO);
    p->stream = NULL;
    if (!failed(e) && fsync(p->fd) != 0)
        e = disk_fault("pack", p->part, errno);
    if (!failed(e) && rename(p->part, p->path) != 0)
        e = disk_fault("pack", p->path, errno);
    if (!failed(e)) {
        sync_folder(p);
        close(p->fd);
        p->fd = -1;
    }
    pack_give_up(p);
    return e;
}

void pack_give_up(struct pack *p)
{
    if (p->stream)
        gzclose(p->stream);
    if (p->fd >= 0) {
        unlink(p->part);
        close(p->fd);
    }
    arena_free(p->sums_arena);
    arena_free(p->arena);
}

/* ---- reading ---- */

/* A member whose digest is still to be compared. */
struct digest {
    struct digest *next;
    struct str     name;
    unsigned char  value[DIGEST];
};

struct unpack {
    struct arena            *arena;
    struct arena            *kept;      /* digests since the last list */
    gzFile                   stream;
    char                     name[NAME_MOST + 1];
    char                     where[256];
    uint64_t                 left, size;
    crypto_hash_sha256_state state;
    struct digest           *first, **last;
    bool                     inside;    /* a member is open */
};

static err damaged(struct unpack *u, const char *why)
{
    snprintf(u->where, sizeof u->where, "%s: %s", *u->name ? u->name : "its beginning", why);
    return FAIL(ERR_DAMAGED);
}

err unpack_begin(const char *path, struct unpack **out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? FAIL(ERR_NOT_FOUND) : disk_fault("unpack", path, errno);
    gzFile stream = gzdopen(fd, "rb");
    if (!stream) {
        close(fd);
        return FAIL(ERR_INTERNAL);
    }
    gzbuffer(stream, PIECE * 2);
    struct arena  *a = arena_new(0);
    struct unpack *u = *out = ARENA_NEW(a, struct unpack);
    *u = (struct unpack){ .arena = a, .kept = arena_new(0), .stream = stream };
    u->last = &u->first;
    return OK;
}

static err take(struct unpack *u, void *bytes, size_t n)
{
    for (size_t got = 0; got < n;) {
        int now = gzread(u->stream, (char *)bytes + got, (unsigned)(n - got));
        if (now < 0)
            return damaged(u, "the compressed bytes do not fit");
        if (now == 0)
            return damaged(u, "the file ends too early");
        got += (size_t)now;
    }
    return OK;
}

static err end_padding(struct unpack *u)
{
    char padding[BLOCK];
    return take(u, padding, (BLOCK - u->size % BLOCK) % BLOCK);
}

static struct digest *digest_named(struct unpack *u, struct str name)
{
    struct digest *d = u->first;
    while (d && !str_eq(d->name, name))
        d = d->next;
    return d;
}

/* A list names the members since the one before it, in order. */
static err compare(struct unpack *u, struct str list)
{
    struct digest *d = u->first;
    while (list.len) {
        struct str    line = str_cut(&list, '\n'), hex = { line.ptr, 2 * (size_t)DIGEST };
        unsigned char want[DIGEST];
        if (line.len < hex.len + 3 || !str_unhex(hex, want, DIGEST))
            return damaged(u, "the list of digests cannot be read");
        struct str name = { line.ptr + hex.len + 2, line.len - hex.len - 2 };
        if (!d || !str_eq(d->name, name))
            d = digest_named(u, name);
        if (!d || memcmp(d->value, want, DIGEST) != 0) {
            snprintf(u->name, sizeof u->name, "%.*s", STR_ARG(name));
            return damaged(u, d ? "its digest does not fit" : "it is missing");
        }
        d = d->next;
    }
    u->first = NULL;
    u->last = &u->first;
    arena_reset(u->kept);
    return OK;
}

static err close_member(struct unpack *u)
{
    char piece[4096];
    for (size_t got = 1; got;)
        TRY(unpack_read(u, piece, sizeof piece, &got));
    TRY(end_padding(u));
    struct digest *d = ARENA_NEW(u->kept, struct digest);
    d->name = str_copy(u->kept, str_of(u->name));
    crypto_hash_sha256_final(&u->state, d->value);
    *u->last = d;
    u->last = &d->next;
    u->inside = false;
    return OK;
}

/* The end: two blocks of zeros, all members compared, and nothing behind. */
static err at_end(struct unpack *u)
{
    char rest[BLOCK];
    TRY(take(u, rest, sizeof rest));
    if (u->first)
        return damaged(u, "it stands in no list of digests");
    int more = gzread(u->stream, rest, 1), number = Z_OK;
    gzerror(u->stream, &number);
    if (more < 0 || number != Z_OK)
        return damaged(u, number == Z_BUF_ERROR ? "the file ends too early" : "the compressed bytes do not fit");
    return more > 0 ? damaged(u, "there is something behind the end") : OK;
}

static bool header_fits(const struct header *h, uint64_t *size)
{
    char  octal[13] = "", sum[9] = "";
    char *end;
    memcpy(octal, h->size, 12);
    memcpy(sum, h->sum, 8);
    *size = strtoull(octal, &end, 8);
    return end != octal && strtoul(sum, NULL, 8) == header_sum(h) && h->type == '0' && memchr(h->name, 0, NAME_MOST) && *h->name && memcmp(h->magic, "ustar", 5) == 0;
}

static err open_member(struct unpack *u, const struct header *h)
{
    if (!header_fits(h, &u->size))
        return damaged(u, "what follows is no member");
    snprintf(u->name, sizeof u->name, "%s", h->name);
    u->left = u->size;
    u->inside = true;
    crypto_hash_sha256_init(&u->state);
    return OK;
}

static err read_list(struct unpack *u)
{
    struct arena *a = arena_new(0);
    struct str    list;
    err           e = unpack_whole(u, a, (size_t)16 << 20, &list);
    if (!failed(e))
        e = end_padding(u);
    u->inside = false;
    if (!failed(e))
        e = compare(u, list);
    arena_free(a);
    return e;
}

err unpack_next(struct unpack *u, struct str *name, int64_t *size)
{
    static const struct header none;
    struct header              h;
    *name = STR_NONE;
    for (;;) {
        if (u->inside)
            TRY(close_member(u));
        TRY(take(u, &h, sizeof h));
        if (memcmp(&h, &none, sizeof h) == 0)
            return at_end(u);
        TRY(open_member(u, &h));
        if (!str_starts(str_of(u->name), SUMS))
            break;
        TRY(read_list(u));
    }
    *name = str_of(u->name);
    *size = (int64_t)u->size;
    return OK;
}

err unpack_read(struct unpack *u, void *bytes, size_t n, size_t *got)
{
    *got = u->left < n ? (size_t)u->left : n;
    TRY(take(u, bytes, *got));
    u->left -= *got;
    crypto_hash_sha256_update(&u->state, bytes, *got);
    return OK;
}

err unpack_whole(struct unpack *u, struct arena *a, size_t most, struct str *out)
{
    size_t got;
    if (u->size > most) {
        (void)!failed(damaged(u, "it is larger than such a member may be"));
        return FAIL(ERR_DAMAGED);
    }
    char *bytes = arena_alloc(a, (size_t)u->size + 1);
    TRY(unpack_read(u, bytes, (size_t)u->size, &got));
    *out = (struct str){ bytes, got };
    return OK;
}

const char *unpack_where(const struct unpack *u)
{
    return u->where;
}

void unpack_end(struct unpack *u)
{
    gzclose(u->stream);
    arena_free(u->kept);
    arena_free(u->arena);
}
