/* The file feature's own parts: store (bytes on disk), rows (SQL), state. Not for other features. */
#ifndef LINLI_FILE_PARTS_H
#define LINLI_FILE_PARTS_H

#include <pthread.h>

#include "../../base/rate.h"
#include "file.h"

#define FILE_PLACES      2                   /* pictures decoded at once */
#define FILE_QUEUE_MOST  32                  /* uploads waiting for a place */
#define FILE_WAIT_MOST   (30 * MS_SECOND)
#define FILE_ORPHAN_AGE  MS_DAY
#define FILE_GUARDS_MOST 16

struct file_guard_entry {
    const char *owner_kind;
    file_guard  guard;
};

struct file_state {
    struct arena           *arena;
    struct rate            *rate;            /* uploads without an account, by address */
    pthread_mutex_t         gate;
    pthread_cond_t          freed;
    int                     busy, waiting;
    pthread_mutex_t         blobs;           /* held while a blob comes or goes */
    struct file_guard_entry guards[FILE_GUARDS_MOST];
    size_t                  guard_count;
};

/* ---- store ---- */

enum file_size { FILE_WHOLE, FILE_THUMB };

/* Where a blob lies: data_dir/files/ab/cdef….jpg, its thumbnail beside it. */
struct str file_path(const struct app *app, struct arena *a, const unsigned char hash[HASH_SIZE], enum file_size size);

/* Writes both sizes durably (written aside, flushed, renamed). A blob that is there already is kept and counts as new. */
MUST err file_blob_write(struct app *app, struct arena *a, const unsigned char hash[HASH_SIZE], struct str whole, struct str thumb);

/* Removes blobs older than `before` without a row. *removed counts them. */
MUST err file_blobs_sweep(struct app *app, ms before, int64_t *removed);

/* ---- rows ---- */

struct file_row {
    int64_t    id;
    struct str hash, media_type;
    int64_t    bytes, width, height;
    struct str claim_hash;
    int64_t    created_by;
    struct str owner_kind;
    int64_t    owner_id;
};
MUST err file_row_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct file_row *out);
MUST err file_row_insert(struct db_conn *c, int64_t tenant, const struct file_row *f, ms now);
/* True when a row names the blob. */
MUST err file_hash_used(struct db_conn *c, int64_t tenant, struct str hash, bool *out);
/* Deletes rows nobody claimed. */
MUST err file_rows_sweep(struct app *app, ms before, int64_t *removed);

/* True when one of the claims is the one handed out with the row. */
bool file_claim_fits(struct arena *a, const struct file_row *f, struct str claim);

/* ---- limits, from the settings ---- */

int64_t file_bytes_most(const struct app *app, ms now);
int64_t file_photos_most(const struct app *app, ms now);

extern const struct route file_routes[];

#endif
