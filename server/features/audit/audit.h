/* audit: the chain of who did what. A row is written in the transaction of the change it tells of.
 *
 * The chain: hash(seq) = SHA-256( hash(seq − 1) ‖ row(seq) ), with 32 zero bytes before the first row. row(seq) is the concatenation of
 *
 *     chain, seq, at, account_id (0: none), object_id (0: none)         each as 8 bytes, most significant first
 *     remote, request_id, action, object_kind, detail                       each as a 4-byte length, most significant first, and
 *                                                                           its UTF-8 bytes; NULL has the length 0xFFFFFFFF and no bytes
 *
 * chain is the district's tenant_id where the record was begun; it stays when the district moves to another installation (audit_head.chain_id).
 * Lengths stand in front, so that no two different rows have the same bytes. Table audit_head repeats the last seq and hash: a chain cut at
 * its end, or a head set back, does not fit. Who can rewrite the whole database can rewrite the whole chain; against that the head is
 * printed by `linli audit head`, to be kept elsewhere, and `linli audit verify --head SEQ:HASH` compares. */
#ifndef LINLI_AUDIT_H
#define LINLI_AUDIT_H

#include "../../http/app.h"

extern const struct feature audit_feature;

/* Records an action of the request's caller. action such as "case.dispatch"; detail: JSON object text (before, after) or STR_NONE, without
 * secrets or contact data. */
MUST err audit_record(struct req *r, const char *action, const char *object_kind, int64_t object_id, struct str detail);

/* The same for jobs and the command line, where there is no request. account 0: the terminal. */
MUST err audit_write(struct db_conn *c, struct arena *a, int64_t tenant, ms now, int64_t account, const char *action,
                     const char *object_kind, int64_t object_id, struct str detail);

/* The newest rows about one object, newest first: for its own page. The whole record is for the audit administrator alone. */
struct audit_note { ms at; struct str who, action, detail; };   /* who STR_NONE: the terminal */
MUST err audit_about(struct db_conn *c, struct arena *a, int64_t tenant, const char *object_kind, int64_t object_id, size_t most, struct list *out);

/* Walks the whole chain. *rows: how many were read; *bad: seq of the first row that does not fit (0: whole); problem: static text or NULL. */
MUST err audit_verify(struct db_conn *c, int64_t tenant, int64_t *rows, int64_t *bad, const char **problem);

/* The same for rows that lie elsewhere, such as in a backup: each in its order, then the head, then the end. Set chain first. */
struct audit_link {
    int64_t    seq, account, object;
    ms         at;
    struct str remote, request, action, object_kind, detail, hash;
};
struct audit_check {
    int64_t       chain, rows, head;
    const char   *problem;           /* of the first that does not fit; static */
    unsigned char hash[HASH_SIZE];
};
void audit_check_row(struct audit_check *check, struct arena *a, const struct audit_link *row);
void audit_check_head(struct audit_check *check, int64_t seq, struct str hash);
bool audit_check_end(struct audit_check *check);

/* `linli audit`: what follows the command's name. Exit code. */
int         audit_command(struct app *app, int argc, char **argv, bool json);
const char *audit_command_help(void);

#endif
