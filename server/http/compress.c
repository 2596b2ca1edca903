/* Compression of answers made on the fly: fast levels, since each is sent once. */
#include <brotli/encode.h>
#include <zlib.h>

#include "exchange.h"

#define BROTLI_FAST 2
#define GZIP_FAST   2

static size_t brotli_into(struct str body, char *out, size_t room)
{
    size_t len = room;
    bool   done = BrotliEncoderCompress(BROTLI_FAST, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.len, (const uint8_t *)body.ptr,
                                        &len, (uint8_t *)out);
    return done ? len : 0;
}

static size_t gzip_into(struct str body, char *out, size_t room)
{
    z_stream z = { 0 };
    if (body.len > UINT32_MAX || deflateInit2(&z, GZIP_FAST, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    z.next_in = (Bytef *)body.ptr;
    z.avail_in = (uInt)body.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&z);
    return done ? z.total_out : 0;
}

struct str body_compress(struct arena *a, enum coding coding, struct str body)
{
    char  *out = arena_alloc(a, body.len);   /* as large as the body: what does not fit is not worth it */
    size_t n = coding == CODING_BR ? brotli_into(body, out, body.len) : gzip_into(body, out, body.len);
    return n ? (struct str){ out, n } : STR_NONE;
}
