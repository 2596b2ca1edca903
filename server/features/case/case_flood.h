/* What stands between a flood of reports without an account and the district: each sender's device does a little computing first. No picture
 * to read, no third party, nothing to remember: the work is bound to the request's Idempotency-Key, which makes one case only.
 *
 * The challenge is "until.bits.mac": when it ends (ms), how many bits of SHA-256 must be zero, and a keyed hash of both. The answer is sent
 * as `X-Work: challenge:number`, such that SHA-256("challenge:key:number") begins with that many zero bits; key is the Idempotency-Key, of
 * 32 characters or more. docs/api.md tells it to others. */
#ifndef LINLI_CASE_FLOOD_H
#define LINLI_CASE_FLOOD_H

#include "../../http/app.h"

#define FLOOD_VALID (10 * MS_MINUTE)

/* A challenge that ends at `until`; in the arena. key: the process key. */
struct str flood_challenge(struct arena *a, const unsigned char key[32], ms until, int64_t bits);
/* work is an answer to a challenge of ours that has not ended, for this Idempotency-Key. */
bool       flood_solved(struct arena *a, const unsigned char key[32], struct str work, struct str idempotency_key, ms now);
/* The number that solves it, found by trying from 0: what a device does. For tests and programs. */
int64_t    flood_solve(struct arena *a, struct str challenge, struct str idempotency_key);

/* OK while reports are few, or with work done; else ERR_WORK_NEEDED with a challenge in X-Work-Challenge. */
MUST err case_flood_check(struct req *r);

#endif
