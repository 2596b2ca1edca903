/* JPEG in and out, on libjpeg-turbo. The library reports by callback and leaves by longjmp; whatever is used after the jump lies in
 * struct reading, never in a local. */
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#include "../../base/buf.h"
#include "image.h"

struct reading {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr         errors;
    struct jpeg_progress_mgr      progress;
    jmp_buf                       out;
    err                           why;
    struct scaler                 scaler;
    unsigned char                *row, *rgb;
};

static struct reading *reading_of(j_common_ptr c)
{
    return c->client_data;
}

static void leave(struct reading *r, enum err_code code)
{
    r->why = FAIL(code);
    longjmp(r->out, 1);
}

static void on_error(j_common_ptr c)
{
    int  code = c->err->msg_code;
    bool costly = code == JERR_IMAGE_TOO_BIG || code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE ||
                  code == JERR_WIDTH_OVERFLOW;
    leave(reading_of(c), costly ? ERR_IMAGE_BOMB : ERR_NOT_AN_IMAGE);
}

/* A warning means the library would invent pixels. Only those that real cameras cause without harm are let pass. */
static void on_message(j_common_ptr c, int level)
{
    static const int harmless[] = { JWRN_EXTRANEOUS_DATA, JWRN_ADOBE_XFORM, JWRN_JFIF_MAJOR };
    if (level >= 0)
        return;
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (c->err->msg_code == harmless[i])
            return;
    leave(reading_of(c), ERR_NOT_AN_IMAGE);
}

static void on_output(j_common_ptr c)
{
    (void)c;
}

/* Each scan of a progressive picture goes over all of it: a few bytes a scan, thousands of scans, hours. */
static void on_progress(j_common_ptr c)
{
    const struct reading *r = reading_of(c);
    int64_t               pixels = (int64_t)r->jpeg.image_width * r->jpeg.image_height, scans = r->jpeg.input_scan_number;
    if (scans > IMAGE_SCANS_MOST || scans * pixels > 20 * IMAGE_PIXELS_MOST)
        leave(reading_of(c), ERR_IMAGE_BOMB);
}

static void reading_start(struct reading *r)
{
    r->jpeg.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = on_error;
    r->errors.emit_message = on_message;
    r->errors.output_message = on_output;
    r->jpeg.client_data = r;
    r->progress.progress_monitor = on_progress;
}

/* The library can shrink by eighths while it decodes: nearly free, and the rest is ours. */
static unsigned eighths(unsigned width, unsigned height)
{
    unsigned longer = width > height ? width : height, n = 8;
    while (n > 1 && longer * (n / 2) / 8 >= IMAGE_SIDE_KEPT)
        n /= 2;
    return n;
}

static void cmyk_row(const struct reading *r)
{
    const unsigned char *from = r->row;
    bool                 inverted = r->jpeg.saw_Adobe_marker;
    for (unsigned i = 0; i < r->jpeg.output_width; i++, from += 4)
        for (int c = 0; c < 3; c++) {
            unsigned ink = inverted ? from[c] : 255U - from[c], black = inverted ? from[3] : 255U - from[3];
            r->rgb[3 * i + (unsigned)c] = (unsigned char)(ink * black / 255);
        }
}

static void read_rows(struct reading *r)
{
    bool cmyk = r->jpeg.out_color_space == JCS_CMYK;
    while (r->jpeg.output_scanline < r->jpeg.output_height) {
        JSAMPROW rows[1] = { r->row };
        jpeg_read_scanlines(&r->jpeg, rows, 1);
        if (cmyk)
            cmyk_row(r);
        scaler_row(&r->scaler, cmyk ? r->rgb : r->row);
    }
}

static void read_all(struct reading *r, struct arena *a, struct str bytes)
{
    jpeg_create_decompress(&r->jpeg);
    r->jpeg.mem->max_memory_to_use = IMAGE_JPEG_MEMORY;
    jpeg_mem_src(&r->jpeg, (const unsigned char *)bytes.ptr, bytes.len);
    r->jpeg.progress = &r->progress;
    jpeg_read_header(&r->jpeg, TRUE);
    err size = image_size_ok(r->jpeg.image_width, r->jpeg.image_height);
    if (failed(size))
        leave(r, size.code);
    bool cmyk = r->jpeg.jpeg_color_space == JCS_CMYK || r->jpeg.jpeg_color_space == JCS_YCCK;
    r->jpeg.out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
    r->jpeg.scale_num = eighths(r->jpeg.image_width, r->jpeg.image_height);
    r->jpeg.scale_denom = 8;
    jpeg_start_decompress(&r->jpeg);
    r->row = arena_array(a, r->jpeg.output_width, (size_t)r->jpeg.output_components);
    r->rgb = arena_array(a, r->jpeg.output_width, 3);
    r->scaler = scaler_new(a, (int)r->jpeg.output_width, (int)r->jpeg.output_height, IMAGE_SIDE_KEPT);
    read_rows(r);
    jpeg_finish_decompress(&r->jpeg);
}

err image_read_jpeg(struct arena *a, struct str bytes, struct pixels *out)
{
    struct reading *r = ARENA_NEW(a, struct reading);
    reading_start(r);
    if (setjmp(r->out) == 0)
        read_all(r, a, bytes);
    jpeg_destroy_decompress(&r->jpeg);
    *out = scaler_done(&r->scaler);
    return r->why;
}

/* ---- out ---- */

#define WRITE_ROOM ((size_t)32 * 1024)

struct writing {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr       errors;
    struct jpeg_destination_mgr to;
    jmp_buf                     out;
    struct buf                  bytes;
    unsigned char              *room;
};

static void write_start(j_compress_ptr c)
{
    struct writing *w = c->client_data;
    w->to.next_output_byte = w->room;
    w->to.free_in_buffer = WRITE_ROOM;
}

static boolean write_full(j_compress_ptr c)
{
    struct writing *w = c->client_data;
    buf_add(&w->bytes, w->room, WRITE_ROOM);
    write_start(c);
    return TRUE;
}

static void write_end(j_compress_ptr c)
{
    struct writing *w = c->client_data;
    buf_add(&w->bytes, w->room, WRITE_ROOM - w->to.free_in_buffer);
}

static void on_write_error(j_common_ptr c)
{
    longjmp(((struct writing *)c->client_data)->out, 1);
}

static void write_all(struct writing *w, struct pixels in)
{
    jpeg_create_compress(&w->jpeg);
    w->jpeg.dest = &w->to;
    w->jpeg.image_width = (JDIMENSION)in.width;
    w->jpeg.image_height = (JDIMENSION)in.height;
    w->jpeg.input_components = 3;
    w->jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&w->jpeg);
    jpeg_set_quality(&w->jpeg, IMAGE_QUALITY, TRUE);
    w->jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&w->jpeg, TRUE);
    while (w->jpeg.next_scanline < w->jpeg.image_height) {
        JSAMPROW rows[1] = { in.rgb + (size_t)w->jpeg.next_scanline * (size_t)in.width * 3 };
        jpeg_write_scanlines(&w->jpeg, rows, 1);
    }
    jpeg_finish_compress(&w->jpeg);
}

err image_write_jpeg(struct arena *a, struct pixels in, struct str *out)
{
    struct writing *w = ARENA_NEW(a, struct writing);
    w->bytes = buf_new(a, 0);
    w->room = arena_alloc(a, WRITE_ROOM);
    w->jpeg.err = jpeg_std_error(&w->errors);
    w->errors.error_exit = on_write_error;
    w->errors.output_message = on_output;
    w->jpeg.client_data = w;
    w->to = (struct jpeg_destination_mgr){ .init_destination = write_start, .empty_output_buffer = write_full,
                                           .term_destination = write_end };
    bool wrong = setjmp(w->out) != 0;
    if (!wrong)
        write_all(w, in);
    jpeg_destroy_compress(&w->jpeg);
    *out = buf_view(&w->bytes);
    return wrong || w->bytes.full ? FAIL(ERR_INTERNAL) : OK;
}
