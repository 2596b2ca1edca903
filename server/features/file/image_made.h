/* Pictures made for tests: four coloured quarters (red, green / blue, yellow), in every encoding, with metadata that must not survive. */
#ifndef LINLI_FILE_IMAGE_MADE_H
#define LINLI_FILE_IMAGE_MADE_H

#include "../../base/buf.h"

/* Stands in every piece of metadata; must never be found in what comes out. */
#define MADE_SECRET "GPS-31.2304N-121.4737E"

enum made_kind {
    MADE_JPEG, MADE_JPEG_GREY, MADE_JPEG_CMYK, MADE_JPEG_PROGRESSIVE, MADE_JPEG_SCANS,
    MADE_PNG, MADE_PNG_ALPHA, MADE_PNG_16, MADE_PNG_PALETTE, MADE_PNG_GREY_1, MADE_PNG_INTERLACED,
    MADE_WEBP, MADE_WEBP_LOSSLESS, MADE_WEBP_ALPHA, MADE_WEBP_ANIMATED,
    MADE_KINDS
};
extern const char *const made_names[MADE_KINDS];

/* orientation 0: no metadata at all; 1 to 8: EXIF with that orientation and a place, and a comment, an XMP and a colour profile block. */
struct str made_image(struct arena *a, enum made_kind kind, int width, int height, int orientation);

/* The quarter's colour at a point of the upright picture as it was drawn. */
void made_colour(int x, int y, int width, int height, unsigned char rgb[3]);

#endif
