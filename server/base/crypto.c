#include "crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

_Static_assert(sizeof(struct keys) == 96, "the key file holds three keys");

err crypto_start(void)
{
    return sodium_init() < 0 ? FAIL(ERR_INTERNAL) : OK;
}

static err keys_fault(const char *path, const char *why)
{
    log_event(LOG_ERROR, "keys", "path", path, "problem", why, NULL);
    return FAIL(ERR_INTERNAL);
}

static err keys_make(const char *path, struct keys *out)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return keys_fault(path, strerror(errno));
    randombytes_buf(out, sizeof *out);
    bool good = write(fd, out, sizeof *out) == (ssize_t)sizeof *out && fsync(fd) == 0;
    close(fd);
    return good ? OK : keys_fault(path, "cannot be written");
}

err crypto_keys(const char *path, bool create, struct keys *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT && create ? keys_make(path, out) : keys_fault(path, strerror(errno));
    struct stat st;
    bool        good = fstat(fd, &st) == 0 && st.st_size == (off_t)sizeof *out && read(fd, out, sizeof *out) == (ssize_t)sizeof *out;
    close(fd);
    if (!good)
        return keys_fault(path, "is not a key file");
    if (st.st_mode & 077)
        log_event(LOG_WARN, "keys", "path", path, "problem", "others may read it; chmod 600", NULL);
    return OK;
}

void crypto_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

struct str crypto_token(struct arena *a, size_t n)
{
    unsigned char *raw = arena_alloc(a, n);
    size_t         room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char          *out = arena_alloc(a, room);
    randombytes_buf(raw, n);
    sodium_bin2base64(out, room, raw, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(raw, n);
    return str_of(out);
}

struct str crypto_code(struct arena *a, size_t n)
{
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    char             *out = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[randombytes_uniform(sizeof letters - 1)];
    return (struct str){ out, n };
}

void crypto_sha256(const void *bytes, size_t n, unsigned char out[HASH_SIZE])
{
    crypto_hash_sha256(out, bytes, n);
}

struct str crypto_digest(struct arena *a, struct str s)
{
    unsigned char *out = arena_alloc(a, HASH_SIZE);
    crypto_hash_sha256(out, (const unsigned char *)s.ptr, s.len);
    return (struct str){ (char *)out, HASH_SIZE };
}

struct str crypto_keyed(struct arena *a, const unsigned char key[32], struct str s)
{
    unsigned char *out = arena_alloc(a, HASH_SIZE);
    crypto_generichash(out, HASH_SIZE, (const unsigned char *)s.ptr, s.len, key, 32);
    return (struct str){ (char *)out, HASH_SIZE };
}

#define NONCE  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG    crypto_aead_xchacha20poly1305_ietf_ABYTES

struct str crypto_seal(struct arena *a, const unsigned char key[32], const char *context, struct str plain)
{
    if (!plain.ptr)
        return STR_NONE;
    unsigned char     *out = arena_alloc(a, NONCE + plain.len + TAG);
    unsigned long long n;
    randombytes_buf(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, &n, (const unsigned char *)plain.ptr, plain.len,
                                               (const unsigned char *)context, strlen(context), NULL, out, key);
    return (struct str){ (char *)out, NONCE + (size_t)n };
}

bool crypto_open(struct arena *a, const unsigned char key[32], const char *context, struct str sealed, struct str *plain)
{
    if (sealed.len < NONCE + TAG)
        return false;
    const unsigned char *in = (const unsigned char *)sealed.ptr;
    unsigned char       *out = arena_alloc(a, sealed.len - NONCE - TAG + 1);
    unsigned long long   n;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL, in + NONCE, sealed.len - NONCE,
                                                   (const unsigned char *)context, strlen(context), in, key) != 0)
        return false;
    *plain = (struct str){ (char *)out, (size_t)n };
    return true;
}

static size_t password_memory(void)
{
    return crypto_cheap() ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE;
}

static unsigned long long password_rounds(void)
{
    return crypto_cheap() ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE;
}

err crypto_password_hash(struct arena *a, struct str password, struct str *out)
{
    char *z = arena_alloc(a, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str(z, password.ptr, password.len, password_rounds(), password_memory()) != 0)
        return FAIL(ERR_UNAVAILABLE);   /* no memory for it just now */
    *out = str_of(z);
    return OK;
}

bool crypto_password_check(struct arena *a, struct str hash, struct str password)
{
    return hash.len && crypto_pwhash_str_verify(str_z(a, hash), password.ptr, password.len) == 0;
}

struct str crypto_password_nobody(struct arena *a)
{
    unsigned char random[crypto_pwhash_SALTBYTES + 32];
    char          salt[32], hash[64];
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(salt, sizeof salt, random, crypto_pwhash_SALTBYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(hash, sizeof hash, random + crypto_pwhash_SALTBYTES, 32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return str_fmt(a, crypto_pwhash_STRPREFIX "v=19$m=%llu,t=%llu,p=1$%s$%s", (unsigned long long)password_memory() / 1024,
                   password_rounds(), salt, hash);
}

bool crypto_same(struct str a, struct str b)
{
    return a.len == b.len && sodium_memcmp(a.ptr, b.ptr, a.len) == 0;
}

void crypto_hmac(struct str key, struct str text, unsigned char out[HASH_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.ptr, key.len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text.ptr, text.len);
    crypto_auth_hmacsha256_final(&state, out);
}

struct str crypto_base64(struct arena *a, const void *bytes, size_t n)
{
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    char  *out = arena_alloc(a, room);
    sodium_bin2base64(out, room, bytes, n, sodium_base64_VARIANT_ORIGINAL);
    return str_of(out);
}

bool crypto_unbase64(struct arena *a, struct str text, struct str *out)
{
    char *bytes = arena_alloc(a, text.len + 1);
    out->ptr = bytes;
    return sodium_base642bin((unsigned char *)bytes, text.len, text.ptr, text.len, NULL, &out->len, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}
