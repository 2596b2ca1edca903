/* Scaling by area, row by row; turning upright. */
#include "image.h"

void scale_fit(int width, int height, int side, int *to_w, int *to_h)
{
    int longer = width > height ? width : height;
    *to_w = width;
    *to_h = height;
    if (longer <= side)
        return;
    *to_w = (int)(((int64_t)width * side + longer / 2) / longer);
    *to_h = (int)(((int64_t)height * side + longer / 2) / longer);
    if (*to_w < 1)
        *to_w = 1;
    if (*to_h < 1)
        *to_h = 1;
}

struct scaler scaler_new(struct arena *a, int width, int height, int side)
{
    struct scaler s = { .from_w = width, .from_h = height };
    scale_fit(width, height, side, &s.to_w, &s.to_h);
    s.line = ARENA_ARRAY(a, (size_t)s.to_w * 3, float);
    s.sum = ARENA_ARRAY(a, (size_t)s.to_w * 3, float);
    s.out = arena_array(a, (size_t)s.to_w * 3, (size_t)s.to_h);
    return s;
}

/* Both directions share one idea: source cell i covers [i·to, (i+1)·to), target cell j covers [j·from, (j+1)·from) on a common ruler of
 * from·to marks, so that overlaps are whole numbers and nothing drifts. */
static void average_across(const struct scaler *s, const unsigned char *rgb)
{
    float   share = 1.0F / (float)s->from_w;
    int64_t at = 0;
    for (int j = 0, i = 0; j < s->to_w; j++) {
        int64_t end = (int64_t)(j + 1) * s->from_w;
        float   r = 0, g = 0, b = 0;
        while (at < end) {
            int64_t cell = (int64_t)(i + 1) * s->to_w, stop = cell < end ? cell : end;
            float   w = (float)(stop - at);
            r += w * (float)rgb[3 * i];
            g += w * (float)rgb[3 * i + 1];
            b += w * (float)rgb[3 * i + 2];
            at = stop;
            i += stop == cell;
        }
        s->line[3 * j] = r * share;
        s->line[3 * j + 1] = g * share;
        s->line[3 * j + 2] = b * share;
    }
}

static void finish_row(struct scaler *s)
{
    int            n = s->to_w * 3;
    unsigned char *to = s->out + (size_t)s->to_y * (size_t)n;
    float          share = 1.0F / (float)s->from_h;
    for (int i = 0; i < n; i++) {
        to[i] = (unsigned char)(s->sum[i] * share + 0.5F);
        s->sum[i] = 0;
    }
    s->to_y++;
}

static void average_down(struct scaler *s)
{
    int64_t at = (int64_t)s->from_y * s->to_h, end = at + s->to_h;
    while (at < end) {
        int64_t cell = (int64_t)(s->to_y + 1) * s->from_h, stop = cell < end ? cell : end;
        float   w = (float)(stop - at);
        for (int i = 0; i < s->to_w * 3; i++)
            s->sum[i] += w * s->line[i];
        at = stop;
        if (stop == cell)
            finish_row(s);
    }
}

void scaler_row(struct scaler *s, const unsigned char *rgb)
{
    if (s->from_y >= s->from_h)
        return;
    if (s->from_w == s->to_w && s->from_h == s->to_h) {
        memcpy(s->out + (size_t)s->from_y * (size_t)s->to_w * 3, rgb, (size_t)s->to_w * 3);
    } else {
        average_across(s, rgb);
        average_down(s);
    }
    s->from_y++;
}

struct pixels scaler_done(const struct scaler *s)
{
    return (struct pixels){ s->to_w, s->to_h, s->out };
}

void flatten_row(const unsigned char *rgba, unsigned char *rgb, int n)
{
    for (int i = 0; i < n; i++) {
        unsigned alpha = rgba[4 * i + 3];
        for (int c = 0; c < 3; c++)
            rgb[3 * i + c] = (unsigned char)((rgba[4 * i + c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

struct pixels image_upright(struct arena *a, struct pixels in, int orientation)
{
    /* Bits of what each orientation asks for: 1 mirror left-right, 2 mirror top-bottom, 4 swap the axes first. */
    static const unsigned char what[9] = { 0, 0, 1, 3, 2, 4, 5, 7, 6 };
    unsigned                   how = orientation >= 1 && orientation <= 8 ? what[orientation] : 0;
    if (how == 0)
        return in;
    bool          swap = how & 4;
    struct pixels out = { swap ? in.height : in.width, swap ? in.width : in.height,
                          arena_array(a, (size_t)in.width * 3, (size_t)in.height) };
    for (int y = 0; y < out.height; y++)
        for (int x = 0; x < out.width; x++) {
            int fx = how & 1 ? out.width - 1 - x : x, fy = how & 2 ? out.height - 1 - y : y;
            int from = swap ? fx * in.width + fy : fy * in.width + fx;
            memcpy(out.rgb + 3 * ((size_t)y * (size_t)out.width + (size_t)x), in.rgb + 3 * (size_t)from, 3);
        }
    return out;
}
