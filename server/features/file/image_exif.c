/* Finds the one thing worth knowing in EXIF before it is thrown away: which way up the picture is. Every offset in it is hostile. */
#include "image.h"

#define ORIENTATION_TAG 0x0112

static unsigned be16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)be16(p) << 16 | be16(p + 2);
}

static uint32_t le32(const unsigned char *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static struct str part(struct str s, size_t from, size_t n)
{
    return from <= s.len && n <= s.len - from ? (struct str){ s.ptr + from, n } : STR_NONE;
}

/* JPEG: segments up to the first scan; an APP1 that begins with Exif. */
static struct str exif_in_jpeg(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t               at = 2;
    while (at + 4 <= s.len && p[at] == 0xFF && p[at + 1] != 0xDA) {
        if (p[at + 1] == 0xFF) {   /* fill byte */
            at++;
            continue;
        }
        size_t     n = be16(p + at + 2);
        struct str body = n >= 2 ? part(s, at + 4, n - 2) : STR_NONE;
        if (!body.ptr)
            return STR_NONE;
        if (p[at + 1] == 0xE1 && body.len > 6 && memcmp(body.ptr, "Exif\0\0", 6) == 0)
            return part(body, 6, body.len - 6);
        at += 2 + n;
    }
    return STR_NONE;
}

static struct str exif_in_png(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t               at = 8;
    while (at + 12 <= s.len) {
        struct str body = part(s, at + 8, be32(p + at));
        if (!body.ptr)
            return STR_NONE;
        if (memcmp(p + at + 4, "eXIf", 4) == 0)
            return body;
        at += 12 + body.len;
    }
    return STR_NONE;
}

static struct str exif_in_webp(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t               at = 12;
    while (at + 8 <= s.len) {
        struct str body = part(s, at + 8, le32(p + at + 4));
        if (!body.ptr)
            return STR_NONE;
        if (memcmp(p + at, "EXIF", 4) == 0)
            return body.len > 6 && memcmp(body.ptr, "Exif\0\0", 6) == 0 ? part(body, 6, body.len - 6) : body;
        at += 8 + body.len + (body.len & 1);
    }
    return STR_NONE;
}

/* A TIFF block: byte order, first directory, its entry 0x0112. */
static int orientation_in(struct str tiff)
{
    const unsigned char *p = (const unsigned char *)tiff.ptr;
    if (tiff.len < 14 || (memcmp(p, "II*\0", 4) != 0 && memcmp(p, "MM\0*", 4) != 0))
        return 1;
    bool   little = p[0] == 'I';
    size_t at = little ? le32(p + 4) : be32(p + 4);
    if (at > tiff.len - 2)
        return 1;
    unsigned count = little ? (unsigned)(p[at] | p[at + 1] << 8) : be16(p + at);
    at += 2;
    for (unsigned i = 0; i < count && at + 12 <= tiff.len; i++, at += 12) {
        unsigned tag = little ? (unsigned)(p[at] | p[at + 1] << 8) : be16(p + at);
        unsigned value = little ? (unsigned)(p[at + 8] | p[at + 9] << 8) : be16(p + at + 8);
        if (tag == ORIENTATION_TAG)
            return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

int image_orientation(struct str bytes, enum image_type type)
{
    static struct str (*const find[])(struct str) = {
        [IMAGE_JPEG] = exif_in_jpeg, [IMAGE_PNG] = exif_in_png, [IMAGE_WEBP] = exif_in_webp
    };
    return type == IMAGE_UNKNOWN ? 1 : orientation_in(find[type](bytes));
}
