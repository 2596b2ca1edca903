/* WebP in, on libwebp. Of an animation the first frame is taken. */
#include <webp/decode.h>
#include <webp/demux.h>

#include "image.h"

/* Where a frame lies on the canvas, and the scaled size of both. */
struct frame {
    struct str bytes;
    int        x, y, width, height;
    int        canvas_w, canvas_h;
};

static err first_frame(struct str bytes, struct frame *f)
{
    WebPData     data = { (const uint8_t *)bytes.ptr, bytes.len };
    WebPDemuxer *d = WebPDemux(&data);
    WebPIterator it;
    err          e = FAIL(ERR_NOT_AN_IMAGE);
    if (!d)
        return e;
    f->canvas_w = (int)WebPDemuxGetI(d, WEBP_FF_CANVAS_WIDTH);
    f->canvas_h = (int)WebPDemuxGetI(d, WEBP_FF_CANVAS_HEIGHT);
    if (WebPDemuxGetFrame(d, 1, &it)) {
        f->bytes = (struct str){ (const char *)it.fragment.bytes, it.fragment.size };
        f->x = it.x_offset;
        f->y = it.y_offset;
        f->width = it.width;
        f->height = it.height;
        e = it.complete ? OK : e;
        WebPDemuxReleaseIterator(&it);
    }
    WebPDemuxDelete(d);
    return e;
}

/* The frame's size when the canvas is shrunk to fit; never nothing. */
static int shrunk(int n, int to, int from)
{
    int64_t s = ((int64_t)n * to + from / 2) / from;
    return s < 1 ? 1 : (int)s;
}

static err decode(const struct frame *f, int width, int height, unsigned char *rgba)
{
    WebPDecoderConfig c;
    if (!WebPInitDecoderConfig(&c))
        return FAIL(ERR_INTERNAL);
    c.options.use_scaling = width != f->width || height != f->height;
    c.options.scaled_width = width;
    c.options.scaled_height = height;
    c.output.colorspace = MODE_rgbA;   /* multiplied by alpha, so that invisible colours do not bleed when it is scaled */
    c.output.is_external_memory = 1;
    c.output.u.RGBA.rgba = rgba;
    c.output.u.RGBA.stride = width * 4;
    c.output.u.RGBA.size = (size_t)width * (size_t)height * 4;
    VP8StatusCode s = WebPDecode((const uint8_t *)f->bytes.ptr, f->bytes.len, &c);
    WebPFreeDecBuffer(&c.output);
    return s == VP8_STATUS_OK ? OK : FAIL(ERR_NOT_AN_IMAGE);
}

/* Lays the frame on a white canvas; what sticks out after rounding is cut. */
static void lay(struct pixels to, const unsigned char *rgba, int x, int y, int width, int height)
{
    memset(to.rgb, 0xFF, (size_t)to.width * (size_t)to.height * 3);
    for (int j = 0; j < height && y + j < to.height; j++) {
        const unsigned char *from = rgba + (size_t)j * (size_t)width * 4;
        unsigned char       *row = to.rgb + ((size_t)(y + j) * (size_t)to.width + (size_t)x) * 3;
        for (int i = 0; i < width && x + i < to.width; i++)
            for (int c = 0; c < 3; c++) {
                int v = from[4 * i + c] + 255 - from[4 * i + 3];
                row[3 * i + c] = (unsigned char)(v > 255 ? 255 : v);
            }
    }
}

/* The frame header may promise more than the canvas: the decoder allocates by it, so it is judged too. */
static err sizes_ok(const struct frame *f)
{
    int w = 0, h = 0;
    TRY(image_size_ok(f->canvas_w, f->canvas_h));
    if (!WebPGetInfo((const uint8_t *)f->bytes.ptr, f->bytes.len, &w, &h) || w != f->width || h != f->height)
        return FAIL(ERR_NOT_AN_IMAGE);
    return image_size_ok(w, h);
}

err image_read_webp(struct arena *a, struct str bytes, struct pixels *out)
{
    struct frame f = { 0 };
    TRY(first_frame(bytes, &f));
    TRY(sizes_ok(&f));
    scale_fit(f.canvas_w, f.canvas_h, IMAGE_SIDE_KEPT, &out->width, &out->height);
    int            width = shrunk(f.width, out->width, f.canvas_w), height = shrunk(f.height, out->height, f.canvas_h);
    unsigned char *rgba = arena_array(a, (size_t)width * 4, (size_t)height);
    TRY(decode(&f, width, height, rgba));
    out->rgb = arena_array(a, (size_t)out->width * 3, (size_t)out->height);
    lay(*out, rgba, (int)((int64_t)f.x * out->width / f.canvas_w), (int)((int64_t)f.y * out->height / f.canvas_h), width, height);
    return OK;
}
