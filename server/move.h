/* move: whole districts as a file, for moving one to another installation and for backups of all of them. What is in the file, member by member,
 * says docs/moving.md. It does not matter which engine wrote it and which reads it. */
#ifndef LINLI_MOVE_H
#define LINLI_MOVE_H

#include "base/pack.h"
#include "db/transfer.h"
#include "tenant.h"

#define MOVE_FORMAT 1

/* What a file holds of a district. */
struct move_district {
    int64_t     number;                 /* in the installation that wrote it */
    struct str  code, name, time_zone, key_mark;
    struct strs hosts;
    bool        demo;
    ms          created_at;
    int64_t     city;                   /* of a backup: the number of the city it belongs to; 0: none */
    ms          closed_at;              /* of a backup: since when it is closed; 0: it is open */
    struct str  moved_to;
    int64_t     rows, files, missing;   /* missing: photos that its rows name and its folder had not */
    int64_t     audit_rows;
};

struct move_file {
    struct str           kind;          /* tenant, installation */
    struct str           program;
    int                  schema;
    struct list          districts;     /* struct move_district */
    char                 where[512];    /* of a failure: which member, and what about it */
    bool                 unsure;        /* likewise: nobody knows whether it was done all the same */
};

/* ---- out: move_out.c ---- */

struct move_out {
    const struct config *config;
    struct db           *db;
    const char          *path, *keys;   /* keys: the second file, for the keys alone; NULL: none */
    const char          *named;         /* one district; NULL: all of them */
    void               (*progress)(int64_t rows, int64_t files);   /* or NULL */
};
/* Writes the file; *out says what it holds. Beside a running server. */
MUST err move_out(struct arena *a, const struct move_out *o, struct move_file *out);

/* A mark by which a key is known without telling it. */
struct str move_key_mark(struct arena *a, const struct keys *keys);

/* ---- in: move_in.c, move_read.c ---- */

/* Reads a whole file and holds it to its digests, counts and audit chains, without changing anything. ERR_DAMAGED, ERR_CONFLICT (another schema),
 * with out->where. */
MUST err move_verify(struct arena *a, const char *path, struct move_file *out);

struct move_in {
    const struct config *config;
    struct db           *db;
    const char          *path, *keys;
    const char          *code, *host;   /* of one district: instead of its own; NULL: those of the file */
    bool                 restore;       /* all districts, into an empty installation, under their numbers */
};
/* All or nothing, after move_verify. ERR_TAKEN (code, host: err.field), ERR_NOT_FOUND (a key that is needed), ERR_CONFLICT. */
MUST err move_in(struct arena *a, const struct move_in *in, struct move_file *out);

/* Whether a file of keys holds those of what was exported. ERR_NOT_FOUND, ERR_DAMAGED, ERR_CONFLICT, with file->where. */
MUST err move_keys_fit(struct arena *a, const char *keys, struct move_file *file);
/* Removes a folder with all in it. */
void     move_remove_tree(const char *path);

/* ---- between the two ---- */

/* Who takes what a file holds, in its order. Each may be NULL. */
struct move_taker {
    void *arg;
    err (*district)(void *arg, size_t index, const struct move_district *d);
    err (*table)(void *arg, const struct db_table *t);
    err (*row)(void *arg, const struct db_table *t, const struct db_arg *values);
    err (*table_end)(void *arg, const struct db_table *t);
    err (*file)(void *arg, const char *name, struct unpack *u);    /* files/ab/cdef.jpg, jobs/1/result.csv, suggest.model */
    err (*district_end)(void *arg, size_t index, const struct move_district *d);
};
MUST err move_read(struct arena *a, const char *path, const struct move_taker *taker, struct move_file *out);

#endif
