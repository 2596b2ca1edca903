/* Inside of the audit feature: a row and its hash. */
#ifndef LINLI_AUDIT_CHAIN_H
#define LINLI_AUDIT_CHAIN_H

#include "audit.h"

struct audit_row {
    int64_t    tenant, chain, seq, account, object;
    ms         at;
    struct str remote, request, action, object_kind, detail;
};

/* hash = SHA-256(before ‖ row), as audit.h says. */
void audit_hash(struct arena *a, const struct audit_row *row, const unsigned char before[HASH_SIZE], unsigned char out[HASH_SIZE]);

struct audit_head {
    int64_t       seq;
    unsigned char hash[HASH_SIZE];
    int64_t       chain;    /* the number its rows are hashed with */
};
MUST err audit_head_read(struct db_conn *c, int64_t tenant, struct audit_head *out);

/* Like audit_verify; expected (or NULL): a head kept elsewhere, which must be one of the links. */
MUST err audit_walk(struct db_conn *c, int64_t tenant, const struct audit_head *expected, int64_t *rows, int64_t *bad, const char **problem);

#endif
