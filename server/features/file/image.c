/* The sanitiser's door. */
#include "image.h"

enum image_type image_type_of(struct str s)
{
    if (s.len >= 4 && memcmp(s.ptr, "\xFF\xD8\xFF", 3) == 0)
        return IMAGE_JPEG;
    if (s.len >= 8 && memcmp(s.ptr, "\x89PNG\r\n\x1A\n", 8) == 0)
        return IMAGE_PNG;
    if (s.len >= 16 && memcmp(s.ptr, "RIFF", 4) == 0 && memcmp(s.ptr + 8, "WEBPVP8", 7) == 0)
        return IMAGE_WEBP;
    return IMAGE_UNKNOWN;
}

err image_size_ok(int64_t width, int64_t height)
{
    if (width < 1 || height < 1)
        return FAIL(ERR_NOT_AN_IMAGE);
    if (width > IMAGE_SIDE_MOST || height > IMAGE_SIDE_MOST || width * height > IMAGE_PIXELS_MOST)
        return FAIL(ERR_IMAGE_BOMB);
    return OK;
}

static struct pixels scaled(struct arena *a, struct pixels in, int side)
{
    struct scaler s = scaler_new(a, in.width, in.height, side);
    for (int y = 0; y < in.height; y++)
        scaler_row(&s, in.rgb + (size_t)y * (size_t)in.width * 3);
    return scaler_done(&s);
}

err image_clean(struct arena *a, struct str bytes, struct image_clean *out)
{
    static err (*const read[])(struct arena *, struct str, struct pixels *) = {
        [IMAGE_JPEG] = image_read_jpeg, [IMAGE_PNG] = image_read_png, [IMAGE_WEBP] = image_read_webp
    };
    enum image_type type = image_type_of(bytes);
    struct pixels   p = { 0 };
    if (type == IMAGE_UNKNOWN)
        return FAIL(ERR_NOT_AN_IMAGE);
    TRY(read[type](a, bytes, &p));
    p = image_upright(a, p, image_orientation(bytes, type));
    TRY(image_write_jpeg(a, p, &out->jpeg));
    TRY(image_write_jpeg(a, scaled(a, p, IMAGE_SIDE_THUMB), &out->thumb));
    out->width = p.width;
    out->height = p.height;
    return OK;
}
