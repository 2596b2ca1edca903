/* The sanitiser: every encoding comes out as the same upright picture without a byte of metadata; nothing damaged comes out at all. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include <zlib.h>

#include "../../base/clock.h"
#include "image.h"
#include "image_made.h"

static int setup(void **state)
{
    *state = arena_new(0);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static bool holds(struct str s, const char *what, size_t n)
{
    return memmem(s.ptr, s.len, what, n) != NULL;
}

static bool near(const unsigned char *a, const unsigned char *b)
{
    for (int c = 0; c < 3; c++)
        if (abs(a[c] - b[c]) > 24)
            return false;
    return true;
}

/* Only the segments an encoder needs: SOI, JFIF, tables, frame, scan, EOI. */
static void assert_bare(struct str jpeg)
{
    const unsigned char *p = (const unsigned char *)jpeg.ptr;
    size_t               at = 2;
    assert_memory_equal(p, "\xFF\xD8", 2);
    while (p[at + 1] != 0xDA) {
        assert_int_equal(p[at], 0xFF);
        unsigned char m = p[at + 1];
        assert_true(m == 0xE0 || m == 0xDB || m == 0xC0 || m == 0xC4);
        if (m == 0xE0)
            assert_memory_equal(p + at + 4, "JFIF", 5);
        at += 2 + ((size_t)p[at + 2] << 8 | p[at + 3]);
    }
    assert_memory_equal(p + jpeg.len - 2, "\xFF\xD9", 2);
    assert_false(holds(jpeg, MADE_SECRET, sizeof MADE_SECRET - 1));
}

/* Where a point of the upright picture was drawn, by the definition of the eight orientations. */
static void drawn_at(int orientation, int x, int y, int w, int h, int *dx, int *dy)
{
    int map[9][2] = { { 0 }, { x, y }, { w - 1 - x, y }, { w - 1 - x, h - 1 - y }, { x, h - 1 - y },
                      { y, x }, { y, w - 1 - x }, { h - 1 - y, w - 1 - x }, { h - 1 - y, x } };
    *dx = map[orientation][0];
    *dy = map[orientation][1];
}

static bool transparent_quarter(enum made_kind kind, int dx, int dy, int w, int h)
{
    return (kind == MADE_PNG_ALPHA || kind == MADE_WEBP_ALPHA) && dx >= w / 2 && dy >= h / 2;
}

static void expected_colour(enum made_kind kind, int dx, int dy, int w, int h, unsigned char want[3])
{
    made_colour(dx, dy, w, h, want);
    if (transparent_quarter(kind, dx, dy, w, h))
        memset(want, 255, 3);
    if (kind == MADE_PNG_GREY_1 || kind == MADE_JPEG_GREY)
        memset(want, ((dx >= w / 2) + 2 * (dy >= h / 2)) % 3 ? 255 : 0, 3);
}

/* Cleans a picture drawn w × h and looks at the middle of each quarter of what came out. */
static void check(struct arena *a, enum made_kind kind, int w, int h, int orientation)
{
    struct image_clean out;
    struct pixels      p;
    err                e = image_clean(a, made_image(a, kind, w, h, orientation), &out);
    if (failed(e))
        print_error("%s orientation %d: %s\n", made_names[kind], orientation, err_slug(e.code));
    assert_false(failed(e));
    assert_bare(out.jpeg);
    assert_bare(out.thumb);
    bool turned = orientation >= 5;
    assert_int_equal(out.width, turned ? h : w);
    assert_int_equal(out.height, turned ? w : h);
    assert_false(failed(image_read_jpeg(a, out.jpeg, &p)));
    for (int q = 0; q < 4; q++) {
        int           x = p.width * (1 + 2 * (q & 1)) / 4, y = p.height * (1 + 2 * (q >> 1)) / 4, dx, dy;
        unsigned char want[3];
        drawn_at(orientation ? orientation : 1, x, y, p.width, p.height, &dx, &dy);
        expected_colour(kind, dx, dy, w, h, want);
        if (!near(p.rgb + 3 * (y * p.width + x), want))
            print_error("%s orientation %d quarter %d\n", made_names[kind], orientation, q);
        assert_true(near(p.rgb + 3 * (y * p.width + x), want));
    }
}

static void every_encoding_every_orientation(void **state)
{
    struct arena *a = *state;
    for (int kind = 0; kind < MADE_KINDS; kind++)
        for (int o = 0; o <= 8 && kind != MADE_JPEG_SCANS; o++) {
            check(a, (enum made_kind)kind, 96, 64, o);
            arena_reset(a);
        }
}

static void metadata_was_there_before(void **state)
{
    struct arena *a = *state;
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        struct str in = made_image(a, (enum made_kind)kind, 16, 16, 6);
        assert_true(holds(in, MADE_SECRET, sizeof MADE_SECRET - 1));
        assert_int_equal(image_orientation(in, image_type_of(in)), 6);
    }
}

static void odd_and_tiny_sizes(void **state)
{
    static const int sizes[][2] = { { 1, 1 }, { 1, 40 }, { 3, 1 }, { 7, 5 }, { 17, 31 } };
    struct arena    *a = *state;
    for (int kind = 0; kind < MADE_KINDS; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes && kind != MADE_JPEG_SCANS; i++) {
            struct image_clean out;
            assert_false(failed(image_clean(a, made_image(a, (enum made_kind)kind, sizes[i][0], sizes[i][1], 6), &out)));
            assert_int_equal(out.width, sizes[i][1]);
            assert_int_equal(out.height, sizes[i][0]);
            assert_bare(out.jpeg);
        }
}

static void large_pictures_are_scaled(void **state)
{
    struct arena      *a = *state;
    struct image_clean out;
    struct pixels      p;
    static const enum made_kind kinds[] = { MADE_JPEG, MADE_JPEG_PROGRESSIVE, MADE_PNG, MADE_PNG_INTERLACED, MADE_WEBP, MADE_WEBP_ANIMATED };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        assert_false(failed(image_clean(a, made_image(a, kinds[i], 3000, 2000, 6), &out)));
        assert_int_equal(out.width, 1365);
        assert_int_equal(out.height, IMAGE_SIDE_KEPT);
        assert_false(failed(image_read_jpeg(a, out.thumb, &p)));
        assert_int_equal(p.width, 213);
        assert_int_equal(p.height, IMAGE_SIDE_THUMB);
        assert_true(out.thumb.len < 20000);
        unsigned char want[3];
        made_colour(2999, 0, 3000, 2000, want);   /* orientation 6: what was left below comes up left */
        made_colour(0, 1999, 3000, 2000, want);
        assert_true(near(p.rgb + 3 * (20 * p.width + 20), want));
        arena_reset(a);
    }
}

static void scaling_keeps_the_mean(void **state)
{
    struct arena *a = *state;
    for (int w = 301; w < 2500; w += 733) {
        struct scaler  s = scaler_new(a, w, 997, 100);
        unsigned char *row = arena_array(a, (size_t)w, 3);
        for (int y = 0; y < 997; y++) {
            for (int i = 0; i < w * 3; i++)
                row[i] = (unsigned char)((i + y) & 1 ? 255 : 0);
            scaler_row(&s, row);
        }
        struct pixels p = scaler_done(&s);
        double        sum = 0;
        for (int i = 0; i < p.width * p.height * 3; i++)
            sum += p.rgb[i];
        sum /= p.width * p.height * 3;
        assert_true(sum > 126 && sum < 129);
    }
}

static void cut_short_at_every_sixteenth(void **state)
{
    struct arena *a = *state;
    for (int kind = 0; kind < MADE_KINDS; kind++)
        for (int i = 0; i < 16; i++) {
            struct image_clean out;
            struct str         in = made_image(a, (enum made_kind)kind, 80, 60, i & 1);
            in.len = in.len * (size_t)i / 16;
            err e = image_clean(a, in, &out);
            if (!failed(e))
                print_error("%s cut at %d/16 was taken\n", made_names[kind], i);
            assert_true(e.code == ERR_NOT_AN_IMAGE || e.code == ERR_IMAGE_BOMB);
            arena_reset(a);
        }
}

/* Every byte of a small file in turn turned over: no crash, and never metadata in what comes out. */
static void every_byte_damaged(void **state)
{
    struct arena *a = arena_new(0);
    (void)state;
    for (int kind = 0; kind < MADE_KINDS; kind++) {
        struct str in = made_image(a, (enum made_kind)kind, 24, 16, 1);
        struct arena_mark m = arena_mark(a);
        for (size_t i = 0; i < in.len; i++) {
            struct image_clean out;
            char              *bytes = arena_copy(a, in.ptr, in.len);
            bytes[i] = (char)~bytes[i];
            if (!failed(image_clean(a, (struct str){ bytes, in.len }, &out)))
                assert_bare(out.jpeg);
            arena_rewind(a, m);
        }
    }
    arena_free(a);
}

static err clean_code(struct arena *a, struct str s)
{
    struct image_clean out;
    return image_clean(a, s, &out);
}

static void put_be32(char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (char)(v >> (24 - 8 * i));
}

static void png_size_bomb(void **state)
{
    struct arena *a = *state;
    static const uint32_t sizes[][2] = { { 7072, 7072 }, { 16384, 16384 }, { 16385, 1 }, { 1, 2000000000 }, { 0x7FFFFFFF, 0x7FFFFFFF } };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct str s = made_image(a, MADE_PNG, 16, 16, 0);
        char      *p = arena_copy(a, s.ptr, s.len);
        put_be32(p + 16, sizes[i][0]);
        put_be32(p + 20, sizes[i][1]);
        put_be32(p + 29, (uint32_t)crc32(0, (const Bytef *)p + 12, 17));
        size_t before = arena_used(a);
        assert_int_equal(clean_code(a, (struct str){ p, s.len }).code, ERR_IMAGE_BOMB);
        assert_true(arena_used(a) - before < 1 << 20);   /* by what its header says, before anything is unpacked */
        put_be32(p + 16, 0);
        assert_int_equal(clean_code(a, (struct str){ p, s.len }).code, ERR_NOT_AN_IMAGE);
    }
}

static void jpeg_size_bomb(void **state)
{
    struct arena *a = *state;
    struct str    s = made_image(a, MADE_JPEG, 16, 16, 0);
    char         *p = arena_copy(a, s.ptr, s.len);
    char         *sof = memmem(p, s.len, "\xFF\xC0", 2);
    assert_non_null(sof);
    memcpy(sof + 5, "\xFF\x00\xFF\x00", 4);
    assert_int_equal(clean_code(a, (struct str){ p, s.len }).code, ERR_IMAGE_BOMB);
    memcpy(sof + 5, "\x20\x00\x20\x00", 4);   /* 8192 × 8192: each side allowed, together too many */
    assert_int_equal(clean_code(a, (struct str){ p, s.len }).code, ERR_IMAGE_BOMB);
}

static void webp_size_bomb(void **state)
{
    struct arena *a = *state;
    struct str    s = made_image(a, MADE_WEBP, 16, 16, 0);
    char         *p = arena_copy(a, s.ptr, s.len);
    memcpy(p + 26, "\xFF\x3F\xFF\x3F", 4);
    assert_int_equal(clean_code(a, (struct str){ p, s.len }).code, ERR_IMAGE_BOMB);
}

static void scan_bomb(void **state)
{
    struct arena *a = *state;
    assert_int_equal(clean_code(a, made_image(a, MADE_JPEG_SCANS, 32, 32, 0)).code, ERR_IMAGE_BOMB);
}

/* A PNG whose text inflates to 64 MB: skipped unread, so it costs nothing. */
static void text_bomb(void **state)
{
    struct arena      *a = *state;
    struct image_clean out;
    size_t             plain = (size_t)64 << 20;
    uLongf             n = compressBound(plain);
    Bytef             *zeros = calloc(1, plain), *packed = malloc(n);
    compress2(packed, &n, zeros, plain, 9);
    struct str png = made_image(a, MADE_PNG, 16, 16, 0);
    struct buf b = buf_new(a, 0);
    buf_add(&b, png.ptr, 33);
    char *chunk = arena_alloc(a, n + 22);
    put_be32(chunk, (uint32_t)n + 9);
    memcpy(chunk + 4, "zTXtComment\0\0", 13);
    memcpy(chunk + 17, packed, n);
    put_be32(chunk + 17 + n, (uint32_t)crc32(0, (Bytef *)chunk + 4, (uInt)n + 13));
    buf_add(&b, chunk, n + 21);
    buf_add(&b, png.ptr + 33, png.len - 33);
    size_t before = arena_used(a);
    assert_false(failed(image_clean(a, buf_view(&b), &out)));
    assert_true(arena_used(a) - before < 1 << 20);
    free(zeros);
    free(packed);
}

/* The largest picture allowed passes, and its pixels never lie in memory whole. */
static void fifty_megapixels_in_little_memory(void **state)
{
    struct arena      *a = *state;
    struct image_clean out;
    struct str         in = made_image(a, MADE_PNG_GREY_1, 12500, 4000, 0);
    size_t             before = arena_used(a);
    assert_false(failed(image_clean(a, in, &out)));
    assert_int_equal(out.width, IMAGE_SIDE_KEPT);
    assert_true(arena_used(a) - before < 16 << 20);
}

static void other_things_are_refused(void **state)
{
    static const struct str things[] = {
        STR(""), STR("\xFF"), STR("\xFF\xD8\xFF"), STR("\xFF\xD8\xFF\xE0"), STR("GIF89a\1\0\1\0\0\0\0;"), STR("BM\0\0\0\0\0\0\0\0\0\0\0\0"),
        STR("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), STR("%PDF-1.7\n"), STR("PK\3\4"),
        STR("\x89PNG\r\n\x1A\n"), STR("RIFF\0\0\0\0WEBPVP8 "), STR("RIFF\xFF\xFF\xFF\xFFWEBPVP8X\xFF\xFF\xFF\xFF"), STR("II*\0\x08\0\0\0"),
        STR("\xFF\xD8\xFF\xE1\xFF\xFF" "Exif\0\0II*\0\xFF\xFF\xFF\xFF")
    };
    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        assert_int_equal(clean_code(*state, things[i]).code, ERR_NOT_AN_IMAGE);
}

static void polyglots_lose_their_second_tongue(void **state)
{
    static const struct str payloads[] = { STR("<script>alert(1)</script>"), STR("PK\3\4linli.txt"), STR("<?php system($_GET[0]); ?>"),
                                           STR("%PDF-1.7 1 0 obj") };
    struct arena *a = *state;
    for (int kind = 0; kind < MADE_KINDS; kind++)
        for (size_t i = 0; i < sizeof payloads / sizeof *payloads && kind != MADE_JPEG_SCANS; i++) {
            struct image_clean out;
            struct buf         b = buf_new(a, 0);
            buf_str(&b, made_image(a, (enum made_kind)kind, 32, 32, 1));
            buf_str(&b, payloads[i]);
            err e = image_clean(a, buf_view(&b), &out);
            if (failed(e))
                continue;
            assert_bare(out.jpeg);
            assert_false(holds(out.jpeg, payloads[i].ptr, payloads[i].len));
        }
}

static void hostile_exif_means_upright(void **state)
{
    static const struct str blocks[] = {
        STR("II*\0\xFF\xFF\xFF\x7F\0\0\0\0\0\0"), STR("II*\0\x08\0\0\0\xFF\xFF\x12\x01\x03\0\x01\0\0\0\x09\0\0\0"),
        STR("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0"), STR("II*\0\x0D\0\0\0\x01\0\x12\x01\x03\0"), STR("XX*\0\x08\0\0\0\0\0\0\0\0\0")
    };
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct buf b = buf_new(a, 0);
        buf_add(&b, "\xFF\xD8\xFF\xE1\0", 5);
        buf_byte(&b, (char)(blocks[i].len + 8));
        buf_add(&b, "Exif\0\0", 6);
        buf_str(&b, blocks[i]);
        assert_int_equal(image_orientation(buf_view(&b), IMAGE_JPEG), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metadata_was_there_before),
        cmocka_unit_test(every_encoding_every_orientation),
        cmocka_unit_test(odd_and_tiny_sizes),
        cmocka_unit_test(large_pictures_are_scaled),
        cmocka_unit_test(scaling_keeps_the_mean),
        cmocka_unit_test(cut_short_at_every_sixteenth),
        cmocka_unit_test(every_byte_damaged),
        cmocka_unit_test(png_size_bomb),
        cmocka_unit_test(jpeg_size_bomb),
        cmocka_unit_test(webp_size_bomb),
        cmocka_unit_test(scan_bomb),
        cmocka_unit_test(text_bomb),
        cmocka_unit_test(fifty_megapixels_in_little_memory),
        cmocka_unit_test(other_things_are_refused),
        cmocka_unit_test(polyglots_lose_their_second_tongue),
        cmocka_unit_test(hostile_exif_means_upright),
    };
    return cmocka_run_group_tests_name("image", tests, setup, teardown);
}
