/* audit: the chain of who did what. A row is written in the transaction of the change it tells of. */
#ifndef LINLI_AUDIT_H
#define LINLI_AUDIT_H

#include "../../http/app.h"

extern const struct feature audit_feature;

/* Records an action of the request's caller. action such as "case.dispatch"; detail: JSON object text (before, after) or STR_NONE, without
 * secrets or contact data. The chain: hash = SHA-256(previous hash ‖ canonical row). */
MUST err audit_record(struct req *r, const char *action, const char *object_kind, int64_t object_id, struct str detail);

/* The same for jobs and the command line, where there is no request. account 0: the terminal. */
MUST err audit_write(struct db_conn *c, struct arena *a, int64_t tenant, ms now, int64_t account, const char *action,
                     const char *object_kind, int64_t object_id, struct str detail);

/* Walks the whole chain. *rows: how many were read; *bad: seq of the first row that does not fit (0: whole); problem: static text. */
MUST err audit_verify(struct db_conn *c, int64_t tenant, int64_t *rows, int64_t *bad, const char **problem);

#endif
