#include "image_made.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>

const char *const made_names[MADE_KINDS] = {
    "jpeg", "jpeg-grey", "jpeg-cmyk", "jpeg-progressive", "jpeg-scans",
    "png", "png-alpha", "png-16", "png-palette", "png-grey-1", "png-interlaced",
    "webp", "webp-lossless", "webp-alpha", "webp-animated"
};

static const unsigned char quarters[4][3] = { { 220, 30, 30 }, { 30, 180, 30 }, { 30, 30, 220 }, { 230, 220, 40 } };

static int quarter(int x, int y, int width, int height)
{
    return (x >= width / 2 ? 1 : 0) + (y >= height / 2 ? 2 : 0);
}

void made_colour(int x, int y, int width, int height, unsigned char rgb[3])
{
    memcpy(rgb, quarters[quarter(x, y, width, height)], 3);
}

static unsigned char *drawn(struct arena *a, int width, int height, int channels)
{
    unsigned char *p = arena_array(a, (size_t)width * (size_t)channels, (size_t)height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            unsigned char *to = p + ((size_t)y * (size_t)width + (size_t)x) * (size_t)channels, rgb[3];
            made_colour(x, y, width, height, rgb);
            if (channels == 1)
                to[0] = quarter(x, y, width, height) % 3 ? 255 : 0;
            else
                memcpy(to, rgb, 3);
            if (channels == 4)
                to[3] = 255;
        }
    return p;
}

/* EXIF: little endian, orientation, and an ASCII entry with the secret. */
static struct str exif(struct arena *a, int orientation)
{
    struct buf b = buf_new(a, 0);
    buf_add(&b, "II*\0\x08\0\0\0\x02\0", 10);
    buf_add(&b, "\x12\x01\x03\0\x01\0\0\0", 8);
    buf_byte(&b, (char)orientation);
    buf_add(&b, "\0\0\0", 3);
    buf_add(&b, "\x0E\x01\x02\0", 4);
    buf_byte(&b, (char)sizeof MADE_SECRET);
    buf_add(&b, "\0\0\0\x26\0\0\0\0\0\0\0", 11);
    buf_add(&b, MADE_SECRET, sizeof MADE_SECRET);
    return buf_view(&b);
}

/* ---- JPEG ---- */

static void jpeg_metadata(struct arena *a, struct jpeg_compress_struct *c, int orientation)
{
    struct buf b = buf_new(a, 0);
    struct str e = exif(a, orientation);
    buf_add(&b, "Exif\0\0", 6);
    buf_str(&b, e);
    jpeg_write_marker(c, JPEG_APP0 + 1, (const JOCTET *)b.ptr, (unsigned)b.len);
    static const char xmp[] = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" MADE_SECRET "</x:xmpmeta>";
    jpeg_write_marker(c, JPEG_APP0 + 1, (const JOCTET *)xmp, sizeof xmp);
    static const char icc[] = "ICC_PROFILE\0\1\1" MADE_SECRET;
    jpeg_write_marker(c, JPEG_APP0 + 2, (const JOCTET *)icc, sizeof icc);
    static const char iptc[] = "Photoshop 3.0\0" MADE_SECRET;
    jpeg_write_marker(c, JPEG_APP0 + 13, (const JOCTET *)iptc, sizeof iptc);
    jpeg_write_marker(c, JPEG_COM, (const JOCTET *)MADE_SECRET, sizeof MADE_SECRET);
}

/* Legal, and absurd: every coefficient of every component in a scan of its own. */
static int many_scans(jpeg_scan_info *s)
{
    int n = 0;
    s[n++] = (jpeg_scan_info){ 3, { 0, 1, 2 }, 0, 0, 0, 0 };
    for (int c = 0; c < 3; c++)
        for (int k = 1; k < 64; k++)
            s[n++] = (jpeg_scan_info){ 1, { c }, k, k, 0, 0 };
    return n;
}

static struct str jpeg(struct arena *a, enum made_kind kind, int width, int height, int orientation)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr       errors;
    jpeg_scan_info              scans[200];
    unsigned char              *bytes = NULL;
    unsigned long               n = 0;
    int                         channels = kind == MADE_JPEG_GREY ? 1 : kind == MADE_JPEG_CMYK ? 4 : 3;
    unsigned char              *p = drawn(a, width, height, channels);
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = (JDIMENSION)width;
    c.image_height = (JDIMENSION)height;
    c.input_components = channels;
    c.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&c);
    jpeg_set_quality(&c, 92, TRUE);
    if (kind == MADE_JPEG_PROGRESSIVE)
        jpeg_simple_progression(&c);
    if (kind == MADE_JPEG_SCANS) {
        c.num_scans = many_scans(scans);
        c.scan_info = scans;
    }
    jpeg_start_compress(&c, TRUE);
    if (orientation)
        jpeg_metadata(a, &c, orientation);
    for (int y = 0; y < height; y++) {
        JSAMPROW row = p + (size_t)y * (size_t)width * (size_t)channels;
        for (int i = 0; channels == 4 && i < width; i++)   /* Adobe's way: ink counted backwards; no black */
            row[4 * i + 3] = 255;
        jpeg_write_scanlines(&c, &row, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    struct str out = { arena_copy(a, bytes, n), n };
    free(bytes);
    return out;
}

/* ---- PNG ---- */

static void png_bytes(png_structp png, png_bytep from, size_t n)
{
    buf_add(png_get_io_ptr(png), from, n);
}

static void png_nothing(png_structp png)
{
    (void)png;
}

static void png_metadata(struct arena *a, png_structp png, png_infop info, int orientation)
{
    struct str e = exif(a, orientation);
    char       key[] = "Comment", secret[] = MADE_SECRET;
    png_text   text[2] = { { .compression = PNG_TEXT_COMPRESSION_NONE, .key = key, .text = secret },
                           { .compression = PNG_TEXT_COMPRESSION_zTXt, .key = key, .text = secret } };
    png_set_text(png, info, text, 2);
    png_set_eXIf_1(png, info, (png_uint_32)e.len, (png_bytep)(uintptr_t)e.ptr);
}

static void png_rows(png_structp png, png_infop info, unsigned char *p, int height)
{
    size_t    n = png_get_rowbytes(png, info);
    png_bytep rows[4096];
    for (int y = 0; y < height; y++)
        rows[y] = p + (size_t)y * n;
    png_write_image(png, rows);
}

static unsigned char *png_drawn(struct arena *a, enum made_kind kind, int width, int height)
{
    int            channels = kind == MADE_PNG_ALPHA ? 4 : kind == MADE_PNG_GREY_1 ? 1 : 3;
    unsigned char *p = drawn(a, width, height, channels);
    size_t         n = (size_t)width * (size_t)height;
    if (kind == MADE_PNG_16) {
        unsigned char *wide = arena_array(a, n, 6);
        for (size_t i = 0; i < n * 3; i++)
            wide[2 * i] = wide[2 * i + 1] = p[i];
        return wide;
    }
    if (kind == MADE_PNG_PALETTE) {
        for (size_t i = 0; i < n; i++)
            p[i] = (unsigned char)quarter((int)(i % (size_t)width), (int)(i / (size_t)width), width, height);
    }
    for (size_t i = 0; kind == MADE_PNG_ALPHA && i < n; i++)   /* the last quarter cannot be seen: white must show */
        if (quarter((int)(i % (size_t)width), (int)(i / (size_t)width), width, height) == 3)
            p[4 * i + 3] = 0;
    return p;
}

static struct str png(struct arena *a, enum made_kind kind, int width, int height, int orientation)
{
    struct buf  b = buf_new(a, 0);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop   info = png_create_info_struct(png);
    int         type = kind == MADE_PNG_ALPHA ? PNG_COLOR_TYPE_RGBA : kind == MADE_PNG_PALETTE ? PNG_COLOR_TYPE_PALETTE :
                       kind == MADE_PNG_GREY_1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
    int         depth = kind == MADE_PNG_16 ? 16 : kind == MADE_PNG_GREY_1 ? 1 : 8;
    png_color   palette[4];
    memcpy(palette, quarters, sizeof palette);
    png_set_write_fn(png, &b, png_bytes, png_nothing);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, depth, type,
                 kind == MADE_PNG_INTERLACED ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (kind == MADE_PNG_PALETTE)
        png_set_PLTE(png, info, palette, 4);
    if (orientation)
        png_metadata(a, png, info, orientation);
    png_write_info(png, info);
    if (kind == MADE_PNG_GREY_1) {
        png_set_packing(png);
        unsigned char *p = drawn(a, width, height, 1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++)
                p[y * width + x] = p[y * width + x] ? 1 : 0;
            png_write_row(png, p + (size_t)y * (size_t)width);
        }
    } else {
        png_rows(png, info, png_drawn(a, kind, width, height), height);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return buf_view(&b);
}

/* ---- WebP ---- */

static struct str owned(struct arena *a, const void *bytes, size_t n)
{
    return (struct str){ arena_copy(a, bytes, n), n };
}

static struct str webp_frame(struct arena *a, enum made_kind kind, int width, int height)
{
    uint8_t       *bytes = NULL;
    unsigned char *p = drawn(a, width, height, 4);
    if (kind == MADE_WEBP_ALPHA)
        for (int y = height / 2; y < height; y++)
            for (int x = width / 2; x < width; x++)
                p[4 * (y * width + x) + 3] = 0;
    size_t n = kind == MADE_WEBP_LOSSLESS || kind == MADE_WEBP_ALPHA ? WebPEncodeLosslessRGBA(p, width, height, width * 4, &bytes)
                                                                     : WebPEncodeRGBA(p, width, height, width * 4, 90, &bytes);
    struct str out = owned(a, bytes, n);
    WebPFree(bytes);
    return out;
}

static struct str webp(struct arena *a, enum made_kind kind, int width, int height, int orientation)
{
    struct str frame = webp_frame(a, kind, width, height), e = exif(a, orientation ? orientation : 1);
    WebPData   f = { (const uint8_t *)frame.ptr, frame.len }, x = { (const uint8_t *)e.ptr, e.len }, all = { 0 };
    WebPData   secret = { (const uint8_t *)MADE_SECRET, sizeof MADE_SECRET };
    if (!orientation && kind != MADE_WEBP_ANIMATED)
        return frame;
    WebPMux *mux = WebPMuxNew();
    if (kind == MADE_WEBP_ANIMATED) {
        WebPMuxFrameInfo in = { .bitstream = f, .id = WEBP_CHUNK_ANMF, .duration = 100, .dispose_method = WEBP_MUX_DISPOSE_NONE,
                                .blend_method = WEBP_MUX_NO_BLEND };
        WebPMuxAnimParams params = { .bgcolor = 0xFFFFFFFF, .loop_count = 0 };
        WebPMuxPushFrame(mux, &in, 1);
        WebPMuxPushFrame(mux, &in, 1);
        WebPMuxSetAnimationParams(mux, &params);
    } else {
        WebPMuxSetImage(mux, &f, 1);
    }
    if (orientation) {
        WebPMuxSetChunk(mux, "EXIF", &x, 1);
        WebPMuxSetChunk(mux, "XMP ", &secret, 1);
        WebPMuxSetChunk(mux, "ICCP", &secret, 1);
    }
    WebPMuxAssemble(mux, &all);
    struct str out = owned(a, all.bytes, all.size);
    WebPDataClear(&all);
    WebPMuxDelete(mux);
    return out;
}

struct str made_image(struct arena *a, enum made_kind kind, int width, int height, int orientation)
{
    if (kind < MADE_PNG)
        return jpeg(a, kind, width, height, orientation);
    return kind < MADE_WEBP ? png(a, kind, width, height, orientation) : webp(a, kind, width, height, orientation);
}
