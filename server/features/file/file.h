/* file: uploads. Every image on every path is decoded under limits and encoded anew: no metadata survives. */
#ifndef LINLI_FILE_H
#define LINLI_FILE_H

#include "../../http/app.h"

extern const struct feature file_feature;

/* Checks that each photo was uploaded by this caller (account, or the claim handed out at upload) and is not owned yet, and makes it
 * belong to the object. At most 9. ERR_FILE_UNKNOWN with the field's path in r->faults otherwise. Inside the write. */
MUST err file_claim(struct req *r, const char *field, struct ids photos, struct strs claims, const char *owner_kind, int64_t owner_id);

/* Who may see the owner may see the file: the owner's feature answers. Registered at start for its owner_kind. */
typedef err (*file_guard)(struct req *r, int64_t owner_id);
void file_guard_for(struct app *app, const char *owner_kind, file_guard guard);

/* A stored file's facts. */
struct file_stored {
    unsigned char hash[32];
    int64_t       bytes, width, height;
    const char   *media_type;
};

/* The sanitiser by itself (import, demonstration): bytes in, clean JPEG or PNG/WebP-turned-JPEG stored by content address, row inserted.
 * ERR_NOT_AN_IMAGE, ERR_IMAGE_BOMB, ERR_TOO_LARGE. */
MUST err file_store_image(struct app *app, struct arena *a, struct str bytes, struct file_stored *out);
MUST err file_insert(struct db_conn *c, int64_t tenant, int64_t id, const struct file_stored *f, int64_t account, const char *owner_kind,
                     int64_t owner_id, ms now);

/* Where a stored photo lies below a district's folder. */
struct str file_where(struct arena *a, const char *folder, const unsigned char hash[32]);

/* A stored picture's dots, for drawing it; 3 bytes each. ERR_NOT_FOUND. */
struct file_picture { int width, height; const unsigned char *rgb; };
MUST err file_picture(struct app *app, struct db_conn *c, struct arena *a, int64_t id, struct file_picture *out);

#endif
