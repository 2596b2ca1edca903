/* PNG in, on libpng. */
#include <setjmp.h>

#include <png.h>

#include "image.h"

#define CHUNK_MOST ((png_alloc_size_t)8 * 1024 * 1024)

struct reading {
    png_structp    png;
    png_infop      info;
    struct str     rest;
    struct scaler  scaler;
    int            width, height;
    unsigned char *rgb;
};

static void on_read(png_structp png, png_bytep to, size_t n)
{
    struct reading *r = png_get_io_ptr(png);
    if (n > r->rest.len)
        png_error(png, "cut short");
    memcpy(to, r->rest.ptr, n);
    r->rest.ptr += n;
    r->rest.len -= n;
}

static void on_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

/* Everything that is not pixels is skipped unread: compressed texts and profiles are a way to spend memory. */
static void skip_metadata(png_structp png)
{
    static const png_byte names[] = "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0sTER\0tEXt\0tIME\0zTXt";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, (int)(sizeof names / 5));
    png_set_user_limits(png, IMAGE_SIDE_MOST, IMAGE_SIDE_MOST);
    png_set_chunk_malloc_max(png, CHUNK_MOST);
    png_set_chunk_cache_max(png, 16);
}

/* Whatever it is (1 to 16 bits, grey, palette, transparent colour) becomes RGBA, 8 bits each. */
static void ask_for_rgba(struct reading *r)
{
    png_set_expand(r->png);
    png_set_scale_16(r->png);
    png_set_gray_to_rgb(r->png);
    png_set_add_alpha(r->png, 0xFF, PNG_FILLER_AFTER);
    png_set_crc_action(r->png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
}

static void give_row(struct reading *r, unsigned char *rgba)
{
    flatten_row(rgba, r->rgb, r->width);
    scaler_row(&r->scaler, r->rgb);
}

static void read_straight(struct reading *r, struct arena *a)
{
    unsigned char *row = arena_alloc(a, png_get_rowbytes(r->png, r->info));
    for (int y = 0; y < r->height; y++) {
        png_read_row(r->png, row, NULL);
        give_row(r, row);
    }
}

/* Seven passes over the whole picture: it has to lie in memory. */
static void read_interlaced(struct reading *r, struct arena *a)
{
    size_t     n = png_get_rowbytes(r->png, r->info);
    png_bytep *rows = ARENA_ARRAY(a, (size_t)r->height, png_bytep);
    char      *all = arena_array(a, (size_t)r->height, n);
    for (int y = 0; y < r->height; y++)
        rows[y] = (png_bytep)all + (size_t)y * n;
    png_read_image(r->png, rows);
    for (int y = 0; y < r->height; y++)
        give_row(r, rows[y]);
}

static void read_all(struct reading *r, struct arena *a)
{
    png_set_read_fn(r->png, r, on_read);
    skip_metadata(r->png);
    png_read_info(r->png, r->info);
    ask_for_rgba(r);
    bool interlaced = png_set_interlace_handling(r->png) > 1;
    png_read_update_info(r->png, r->info);
    r->rgb = arena_array(a, (size_t)r->width, 3);
    r->scaler = scaler_new(a, r->width, r->height, IMAGE_SIDE_KEPT);
    if (png_get_rowbytes(r->png, r->info) != (size_t)r->width * 4)
        png_error(r->png, "not RGBA");
    if (interlaced)
        read_interlaced(r, a);
    else
        read_straight(r, a);
    png_read_end(r->png, NULL);
}

/* The size stands at a fixed place of the first chunk: judged before the library sees a byte. */
static err read_size(struct str bytes, struct reading *r)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    if (bytes.len < 33 || memcmp(p + 12, "IHDR", 4) != 0)
        return FAIL(ERR_NOT_AN_IMAGE);
    int64_t width = png_get_uint_32(p + 16), height = png_get_uint_32(p + 20);
    TRY(image_size_ok(width, height));
    r->width = (int)width;
    r->height = (int)height;
    return OK;
}

err image_read_png(struct arena *a, struct str bytes, struct pixels *out)
{
    struct reading *r = ARENA_NEW(a, struct reading);
    r->rest = bytes;
    TRY(read_size(bytes, r));
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
    if (!r->png)
        return FAIL(ERR_INTERNAL);
    r->info = png_create_info_struct(r->png);
    volatile bool wrong = !r->info;
    if (!wrong) {
        if (setjmp(png_jmpbuf(r->png)) == 0)
            read_all(r, a);
        else
            wrong = true;
    }
    png_destroy_read_struct(&r->png, &r->info, NULL);
    *out = scaler_done(&r->scaler);
    return wrong ? FAIL(ERR_NOT_AN_IMAGE) : OK;
}
