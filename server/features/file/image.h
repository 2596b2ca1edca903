/* image: the one sanitiser. Bytes from anywhere in, a clean JPEG and its thumbnail out. Nothing of the input but its pixels survives:
 * no EXIF, XMP, IPTC, ICC, comment, animation or trailing bytes. Pure: no clock, no disk, no database. */
#ifndef LINLI_FILE_IMAGE_H
#define LINLI_FILE_IMAGE_H

#include "../../base/err.h"

#define IMAGE_PIXELS_MOST ((int64_t)50 * 1000 * 1000)   /* what a large camera makes */
#define IMAGE_SIDE_MOST   16384
#define IMAGE_SIDE_KEPT   2048                          /* longer sides are scaled down to this */
#define IMAGE_SIDE_THUMB  320
#define IMAGE_QUALITY     82

enum image_type { IMAGE_UNKNOWN, IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP };

/* The type by content; names and declared types are not asked. */
enum image_type image_type_of(struct str bytes);

struct image_clean {
    struct str jpeg, thumb;
    int        width, height;   /* of jpeg */
};

/* ERR_NOT_AN_IMAGE: no JPEG, PNG or WebP, or damaged, or cut short. ERR_IMAGE_BOMB: more than IMAGE_PIXELS_MOST or IMAGE_SIDE_MOST,
 * or made to cost far more time or memory than its size. The arena holds the working memory too: give it one of its own and
 * free it soon (a 50-megapixel interlaced PNG takes 200 MB, a JPEG at most IMAGE_JPEG_MEMORY, everything else a few MB). */
MUST err image_clean(struct arena *a, struct str bytes, struct image_clean *out);

/* ---- the parts, for the decoders and the tests ---- */

#define IMAGE_JPEG_MEMORY ((long)192 * 1024 * 1024)
#define IMAGE_SCANS_MOST  40     /* of a progressive JPEG; encoders make about ten */

struct pixels {
    int            width, height;
    unsigned char *rgb;          /* width × height × 3 */
};

/* OK when a picture of this size may be decoded at all. */
MUST err image_size_ok(int64_t width, int64_t height);

/* A decoder reads a whole picture, flattens it on white and scales it to fit IMAGE_SIDE_KEPT on the way. */
MUST err image_read_jpeg(struct arena *a, struct str bytes, struct pixels *out);
MUST err image_read_png(struct arena *a, struct str bytes, struct pixels *out);
MUST err image_read_webp(struct arena *a, struct str bytes, struct pixels *out);

/* EXIF orientation 1 to 8; 1 when there is none or it makes no sense. */
int image_orientation(struct str bytes, enum image_type type);
/* The picture turned so that orientation becomes 1. */
struct pixels image_upright(struct arena *a, struct pixels in, int orientation);

/* Encodes; the only way bytes leave this module. */
MUST err image_write_jpeg(struct arena *a, struct pixels in, struct str *out);

/* Averages rows as they arrive, so that a large picture never lies in memory whole. Each source pixel counts by the area it covers. */
struct scaler {
    int            from_w, from_h, to_w, to_h;
    int            from_y, to_y;
    float         *line, *sum;
    unsigned char *out;
};
/* The size that fits a square of side, never larger than it was. */
void          scale_fit(int width, int height, int side, int *to_w, int *to_h);
struct scaler scaler_new(struct arena *a, int width, int height, int side);
/* The next row, from_w × 3 bytes. Rows beyond the last are ignored. */
void          scaler_row(struct scaler *s, const unsigned char *rgb);
struct pixels scaler_done(const struct scaler *s);
/* A row with straight alpha flattened on white: n × RGBA in, n × RGB out (may be the same memory). */
void          flatten_row(const unsigned char *rgba, unsigned char *rgb, int n);

#endif
