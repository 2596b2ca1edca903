/* Fuzzes the image sanitiser: whatever comes in, either nothing comes out or a bare JPEG within its bounds that reads again. */
#include "fuzz.h"

#include "../../server/features/file/image.h"

/* Only what a decoder needs: SOI, JFIF, tables, frame, scan, EOI. */
static void check_bare(struct str jpeg)
{
    const unsigned char *p = (const unsigned char *)jpeg.ptr;
    size_t               at = 2;
    fuzz_must(jpeg.len > 100 && p[0] == 0xFF && p[1] == 0xD8 && p[jpeg.len - 2] == 0xFF && p[jpeg.len - 1] == 0xD9);
    while (p[at + 1] != 0xDA) {
        unsigned char m = p[at + 1];
        fuzz_must(p[at] == 0xFF && (m == 0xE0 || m == 0xDB || m == 0xC0 || m == 0xC4));
        at += 2 + ((size_t)p[at + 2] << 8 | p[at + 3]);
        fuzz_must(at + 4 < jpeg.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena      *a = arena_new(0);
    struct image_clean out;
    struct pixels      again;
    struct str         in = { (const char *)bytes, n };
    int                turn = image_orientation(in, image_type_of(in));
    fuzz_must(turn >= 1 && turn <= 8);
    err e = image_clean(a, in, &out);
    fuzz_must(!failed(e) || e.code == ERR_NOT_AN_IMAGE || e.code == ERR_IMAGE_BOMB);
    if (!failed(e)) {
        fuzz_must(out.width >= 1 && out.width <= IMAGE_SIDE_KEPT && out.height >= 1 && out.height <= IMAGE_SIDE_KEPT);
        check_bare(out.jpeg);
        check_bare(out.thumb);
        fuzz_must(!failed(image_read_jpeg(a, out.jpeg, &again)) && again.width == out.width && again.height == out.height);
    }
    arena_free(a);
    return 0;
}
