/* Cryptography on libsodium: random, hashes, sealed text. Keys are made by `linli init` and lie in the data folder, mode 0600. */
#ifndef LINLI_BASE_CRYPTO_H
#define LINLI_BASE_CRYPTO_H

#include "err.h"

#define HASH_SIZE 32

struct keys {
    unsigned char seal[32];     /* contact data at rest */
    unsigned char search[32];   /* keyed hash of telephones, for exact search */
    unsigned char cursor[32];   /* list cursors */
};

/* Must be called once, before anything else here. */
MUST err crypto_start(void);

/* Reads the key file; makes it (mode 0600) when create is set and there is none. ERR_INTERNAL with a log line on a damaged file. */
MUST err crypto_keys(const char *path, bool create, struct keys *out);

void crypto_random(void *out, size_t n);

/* n random bytes as URL-safe base64 without padding: secrets, session tokens. */
struct str crypto_token(struct arena *a, size_t n);
/* n characters of a 31-letter alphabet without look-alikes (no 0 O 1 I L), for codes people read aloud. */
struct str crypto_code(struct arena *a, size_t n);

/* SHA-256. */
void       crypto_sha256(const void *bytes, size_t n, unsigned char out[HASH_SIZE]);
struct str crypto_digest(struct arena *a, struct str s);                     /* 32 bytes */
/* Keyed BLAKE2b, 32 bytes. */
struct str crypto_keyed(struct arena *a, const unsigned char key[32], struct str s);

/* XChaCha20-Poly1305 with a random nonce in front; context (such as "person.contact") is bound to it, so that a sealed text moved to
 * another column does not open. STR_NONE stays STR_NONE. */
struct str crypto_seal(struct arena *a, const unsigned char key[32], const char *context, struct str plain);
/* false when it was changed, or sealed with another key or context. */
bool       crypto_open(struct arena *a, const unsigned char key[32], const char *context, struct str sealed, struct str *plain);

/* Argon2id (libsodium's interactive limits). Slow on purpose: never inside a transaction. */
MUST err crypto_password_hash(struct arena *a, struct str password, struct str *out);
bool     crypto_password_check(struct arena *a, struct str hash, struct str password);

/* Whether passwords cost next to nothing to judge: never in what is served, on demand in a build with tests (cheap_never.c, cheap_asked.c). */
bool crypto_cheap(void);

/* A hash that no password fits, and that takes as long to judge as any: for names nobody has. Made at once. */
struct str crypto_password_nobody(struct arena *a);

/* HMAC-SHA256; the key may be of any length. */
void       crypto_hmac(struct str key, struct str text, unsigned char out[HASH_SIZE]);
/* Standard base64 with padding. unbase64: false on anything else. */
struct str crypto_base64(struct arena *a, const void *bytes, size_t n);
bool       crypto_unbase64(struct arena *a, struct str text, struct str *out);

/* Constant time. */
bool crypto_same(struct str a, struct str b);

#endif
