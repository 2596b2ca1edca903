/* pack: one file that holds many, read and written as a stream: tar (ustar) within gzip, so that any tar can open it. Members called SHA256SUMS.n
 * list the digests of those before them, as `sha256sum -c` takes them; the reader holds each member to its line. Made under another name and
 * renamed when it is whole: a pack is there whole or not at all. The same members give the same bytes. */
#ifndef LINLI_BASE_PACK_H
#define LINLI_BASE_PACK_H

#include "err.h"

/* ---- writing ---- */

struct pack;

/* ERR_TAKEN: the file is there already; ERR_NOT_FOUND: no such folder; ERR_STORAGE_FULL. */
MUST err pack_begin(const char *path, struct pack **out);
MUST err pack_bytes(struct pack *p, const char *name, struct str bytes);
/* A file's bytes, in pieces. ERR_NOT_FOUND: it is not there. */
MUST err pack_file(struct pack *p, const char *name, const char *path);
/* Writes the last digests, makes it durable and gives it its name. The pack is gone in any case. */
MUST err pack_end(struct pack *p);
/* Instead: nothing of it stays. */
void     pack_give_up(struct pack *p);

/* ---- reading ---- */

struct unpack;

/* ERR_NOT_FOUND: no such file. */
MUST err unpack_begin(const char *path, struct unpack **out);
/* The next member; what was not read of the one before is passed over. *name is STR_NONE at the end. ERR_DAMAGED: see unpack_where. */
MUST err unpack_next(struct unpack *u, struct str *name, int64_t *size);
/* Up to n bytes of the member; 0 at its end. */
MUST err unpack_read(struct unpack *u, void *bytes, size_t n, size_t *got);
/* All of it, at most `most` bytes, in the arena. ERR_TOO_LARGE. */
MUST err unpack_whole(struct unpack *u, struct arena *a, size_t most, struct str *out);
/* Where it is damaged: "rows/cases/000003.jsonl: …"; static while u lives. */
const char *unpack_where(const struct unpack *u);
void     unpack_end(struct unpack *u);

#endif
