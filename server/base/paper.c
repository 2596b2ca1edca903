/* Sheets of A4: see paper.h. */
#include "paper.h"

#include <cairo-pdf.h>
#include <qrencode.h>
#include <string.h>

#include "buf.h"

#define FONT "Noto Serif CJK SC, Source Han Serif SC, Songti SC, serif"

struct colour { double r, g, b; };
#define RGB(hex) ((struct colour){ ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) & 255) / 255.0 })

/* ---- text ---- */

void paper_colour(cairo_t *cr, int hex)
{
    struct colour c = RGB(hex);
    cairo_set_source_rgb(cr, c.r, c.g, c.b);
}

PangoLayout *paper_layout(struct paper *p, struct str text, const struct paper_words *w, double width)
{
    PangoLayout          *l = pango_layout_new(p->pango);
    PangoFontDescription *f = pango_font_description_from_string(FONT);
    PangoAttrList        *attrs;
    pango_font_description_set_absolute_size(f, w->size * PANGO_SCALE);
    pango_font_description_set_weight(f, w->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, f);
    pango_font_description_free(f);
    if (w->markup)
        pango_layout_set_markup(l, text.ptr, (int)text.len);
    else
        pango_layout_set_text(l, text.ptr ? text.ptr : "", (int)text.len);
    attrs = pango_layout_get_attributes(l) ? pango_attr_list_copy(pango_layout_get_attributes(l)) : pango_attr_list_new();
    if (w->spacing > 0)
        pango_attr_list_insert(attrs, pango_attr_letter_spacing_new((int)(w->spacing * w->size * PANGO_SCALE)));
    if (w->line > 0)
        pango_attr_list_insert(attrs, pango_attr_line_height_new_absolute((int)(w->line * w->size * PANGO_SCALE)));
    pango_layout_set_attributes(l, attrs);
    pango_attr_list_unref(attrs);
    pango_layout_set_alignment(l, w->align);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_indent(l, (int)(w->indent * w->size * PANGO_SCALE));
    if (width > 0)
        pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    p->unknown += pango_layout_get_unknown_glyphs_count(l);
    return l;
}

double paper_text(struct paper *p, struct str text, const struct paper_words *w, double x, double y, double width)
{
    PangoLayout *l = paper_layout(p, text, w, width);
    int          height;
    pango_layout_get_size(l, NULL, &height);
    paper_colour(p->cr, w->colour);
    cairo_move_to(p->cr, x, y);
    pango_cairo_show_layout(p->cr, l);
    g_object_unref(l);
    return (double)height / PANGO_SCALE;
}

double paper_width(struct paper *p, struct str text, const struct paper_words *w)
{
    PangoLayout *l = paper_layout(p, text, w, 0);
    int          width;
    pango_layout_get_size(l, &width, NULL);
    g_object_unref(l);
    return (double)width / PANGO_SCALE;
}

double paper_height(struct paper *p, struct str text, const struct paper_words *w, double width)
{
    PangoLayout *l = paper_layout(p, text, w, width);
    int          height;
    pango_layout_get_size(l, NULL, &height);
    g_object_unref(l);
    return (double)height / PANGO_SCALE;
}

/* A year in Chinese figures, such as 二〇二六年: its bytes, or 0. It is never torn by the end of a line. */
static size_t year_at(const char *at, size_t left)
{
    static const char *const figures[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    size_t                   n = 0;
    for (int digits = 0; digits < 4; digits++) {
        bool found = false;
        for (size_t i = 0; i < sizeof figures / sizeof *figures && !found; i++)
            found = left >= n + 3 && memcmp(at + n, figures[i], 3) == 0;
        if (!found)
            return 0;
        n += 3;
    }
    return left >= n + 3 && memcmp(at + n, "年", 3) == 0 ? n + 3 : 0;
}

struct str paper_marked_up(struct arena *a, struct str text, int larger)
{
    struct buf b = buf_new(a, 0);
    bool       bold = false;
    size_t     year;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '*' && i + 1 < text.len && text.ptr[i + 1] == '*') {
            if (bold)
                buf_z(&b, "</span>");
            else
                buf_fmt(&b, "<span weight=\"bold\" size=\"%d%%\">", larger);
            bold = !bold;
            i++;
        } else if (c == '<' || c == '>' || c == '&') {
            buf_z(&b, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        } else if ((year = year_at(text.ptr + i, text.len - i)) > 0) {
            buf_fmt(&b, "<span allow_breaks=\"false\">%.*s</span>", (int)year, text.ptr + i);
            i += year - 1;
        } else {
            buf_byte(&b, c);
        }
    }
    buf_z(&b, bold ? "</span>" : "");
    return b.len ? buf_view(&b) : STR("");
}

/* ---- lines, codes, stamps ---- */

void paper_line(cairo_t *cr, int hex, double width, double x1, double y, double x2)
{
    paper_colour(cr, hex);
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, x1, y);
    cairo_line_to(cr, x2, y);
    cairo_stroke(cr);
}

void paper_qr(struct paper *p, struct str url, int hex, double x, double y, double side)
{
    QRcode *q = QRcode_encodeString(str_z(p->arena, url), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!q)
        return;
    double dot = side / q->width;
    for (int row = 0; row < q->width; row++)
        for (int from = 0, to; from < q->width; from = to) {
            bool dark = q->data[row * q->width + from] & 1;
            for (to = from + 1; to < q->width && (q->data[row * q->width + to] & 1) == dark; to++)
                ;
            if (dark)
                cairo_rectangle(p->cr, x + from * dot, y + row * dot, (to - from) * dot, dot);
        }
    paper_colour(p->cr, hex);
    cairo_fill(p->cr);
    QRcode_free(q);
}

static cairo_surface_t *pressed(struct arena *a, const struct paper_stamp *s)
{
    int            stride = cairo_format_stride_for_width(CAIRO_FORMAT_ARGB32, s->width);
    unsigned char *to = arena_array(a, (size_t)s->height, (size_t)stride);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            const unsigned char *c = s->rgb + ((size_t)y * (size_t)s->width + (size_t)x) * 3;
            unsigned             least = c[0] < c[1] ? c[0] : c[1];
            least = c[2] < least ? c[2] : least;
            uint32_t dot = (uint32_t)(255 - least) << 24 | (uint32_t)(c[0] - least) << 16 | (uint32_t)(c[1] - least) << 8 | (uint32_t)(c[2] - least);
            memcpy(to + (size_t)y * (size_t)stride + (size_t)x * 4, &dot, 4);
        }
    return cairo_image_surface_create_for_data(to, CAIRO_FORMAT_ARGB32, s->width, s->height, stride);
}

void paper_stamp(struct paper *p, const struct paper_stamp *s, double cx, double cy, double side)
{
    int              longer = s->width > s->height ? s->width : s->height;
    double           scale = longer ? side / longer : 0;
    cairo_surface_t *image;
    if (!s->width)
        return;
    image = pressed(p->arena, s);
    cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_UNIQUE_ID, (const unsigned char *)s->name, strlen(s->name), NULL, NULL);
    cairo_save(p->cr);
    cairo_translate(p->cr, cx - s->width * scale / 2, cy - s->height * scale / 2);
    cairo_scale(p->cr, scale, scale);
    cairo_set_source_surface(p->cr, image, 0, 0);
    cairo_paint_with_alpha(p->cr, .88);
    cairo_restore(p->cr);
    cairo_surface_destroy(image);
}

/* ---- a page ---- */

static PangoContext *pango_for(cairo_t *cr, bool zh, PangoFontMap **map)
{
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    PangoContext *c = pango_font_map_create_context(*map);
    pango_cairo_context_set_font_options(c, o);
    pango_cairo_context_set_resolution(c, 72);
    pango_context_set_language(c, pango_language_from_string(zh ? "zh-cn" : "en"));
    pango_context_set_round_glyph_positions(c, FALSE);
    pango_cairo_update_context(cr, c);
    cairo_font_options_destroy(o);
    return c;
}

static err draw_page(struct arena *a, cairo_t *cr, bool zh, paper_draw draw, void *arg)
{
    PangoFontMap *map;
    struct paper  p = { .cr = cr, .pango = pango_for(cr, zh, &map), .arena = a, .zh = zh };
    err           e = draw(&p, arg);
    g_object_unref(p.pango);
    g_object_unref(map);
    return failed(e) ? e : p.unknown ? FAIL(ERR_LETTER_FONT) : OK;
}

/* ---- PDF ---- */

struct paper_pdf {
    struct arena    *scratch;     /* a page's; the sink may be growing something in the caller's meanwhile */
    cairo_surface_t *surface;
    cairo_t         *cr;
    paper_sink      sink;
    void            *arg;
    err              state;
};

/* A failure is kept here and cairo hears nothing of it: it would leave memory behind. */
static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned n)
{
    struct paper_pdf *p = closure;
    if (!failed(p->state))
        p->state = p->sink(p->arg, (struct str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

struct paper_pdf *paper_pdf_begin(struct arena *a, paper_sink sink, void *arg, struct str title, struct str author, ms at)
{
    struct paper_pdf *p = ARENA_NEW(a, struct paper_pdf);
    *p = (struct paper_pdf){ .scratch = arena_new(0), .sink = sink, .arg = arg };
    p->surface = cairo_pdf_surface_create_for_stream(take, p, PAPER_W, PAPER_H);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, str_z(a, title));
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR, str_z(a, author));
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Linli");
    struct clock_civil c = clock_civil_at(at, 0);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second).ptr);
    p->cr = cairo_create(p->surface);
    return p;
}

err paper_pdf_page(struct paper_pdf *p, bool zh, paper_draw draw, void *arg)
{
    err e = draw_page(p->scratch, p->cr, zh, draw, arg);
    cairo_show_page(p->cr);   /* a stamp's dots are read here, at the latest */
    arena_reset(p->scratch);
    return failed(p->state) ? p->state : e;
}

err paper_pdf_end(struct paper_pdf *p)
{
    cairo_destroy(p->cr);
    cairo_surface_finish(p->surface);
    bool bad = cairo_surface_status(p->surface) != CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(p->surface);
    arena_free(p->scratch);
    return failed(p->state) ? p->state : bad ? FAIL(ERR_INTERNAL) : OK;
}

/* ---- PNG ---- */

static cairo_status_t keep(void *closure, const unsigned char *bytes, unsigned n)
{
    buf_add(closure, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

err paper_png(struct arena *a, bool zh, paper_draw draw, void *arg, int dpi, struct str *out)
{
    double           scale = dpi / 72.0;
    struct buf       b = buf_new(a, 0);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(PAPER_W * scale), (int)(PAPER_H * scale));
    cairo_t         *cr = cairo_create(image);
    paper_colour(cr, 0xFFFDFA);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    err  e = draw_page(a, cr, zh, draw, arg);
    bool bad = cairo_surface_write_to_png_stream(image, keep, &b) != CAIRO_STATUS_SUCCESS || b.full;
    cairo_destroy(cr);
    cairo_surface_destroy(image);
    *out = buf_view(&b);
    return failed(e) ? e : bad ? FAIL(ERR_INTERNAL) : OK;
}

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig forgets some 300 bytes while it reads its configuration, once in a process. Cairo 1.16 forgets 768 bytes for each OpenType font
 * it puts into a document, which a loop of ten lines shows; two a PDF, none for a picture. See docs/decisions/letters.md. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libcairo\n";
}
#endif

#if defined __has_feature
#if __has_feature(thread_sanitizer)
/* Pango has fontconfig read its configuration in a thread of its own; fontconfig is not instrumented, so its atomic operations are not seen. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "race:libfontconfig\n";
}
#endif
#endif
