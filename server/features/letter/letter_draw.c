/* A letter on a sheet of A4, by pango and cairo: the same drawing for paper and for the screen. Lengths are points (1/72 inch). */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include "letter_inside.h"

#define MM(x)      ((x) * 72.0 / 25.4)
#define PAGE_W     MM(210)
#define PAGE_H     MM(297)
#define LEFT       MM(44.2)             /* of the text */
#define RIGHT      (PAGE_W - LEFT)
#define FOOT       MM(252)              /* lower edge of the QR and of the signature */
#define FONT       "Noto Serif CJK SC, Source Han Serif SC, Songti SC, serif"
#define BODY_MOST  17.0                 /* points; smaller, down to BODY_LEAST, when there is much to say */
#define BODY_LEAST 11.0
#define SEAL_SIDE  MM(40)
#define QR_SIDE    MM(26)

struct colour { double r, g, b; };
#define RGB(hex) ((struct colour){ ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) & 255) / 255.0 })

static const int ink = 0x1E1A17, muted = 0x5A514A, red = 0xA5211A, frame = 0xB3261E, hair = 0xC9B8AE;

struct pen {
    cairo_t                   *cr;
    PangoContext              *pango;
    struct arena              *arena;
    const struct letter_sheet *sheet;
    bool                       zh;
    int                        unknown;     /* signs that no font has */
};

/* ---- text ---- */

struct words {
    double         size, line;      /* points; line: from one line to the next, in sizes */
    int            colour;
    bool           bold, markup;
    PangoAlignment align;
    double         spacing;         /* between letters, in sizes */
    double         indent;          /* of the first line, in sizes */
};

static void colour(cairo_t *cr, int hex)
{
    struct colour c = RGB(hex);
    cairo_set_source_rgb(cr, c.r, c.g, c.b);
}

static PangoLayout *lay_out(struct pen *p, struct str text, const struct words *w, double width)
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

/* Draws at x, y (the upper left corner; alignment needs a width) and returns the height. */
static double text_at(struct pen *p, struct str text, const struct words *w, double x, double y, double width)
{
    PangoLayout *l = lay_out(p, text, w, width);
    int          height;
    pango_layout_get_size(l, NULL, &height);
    colour(p->cr, w->colour);
    cairo_move_to(p->cr, x, y);
    pango_cairo_show_layout(p->cr, l);
    g_object_unref(l);
    return (double)height / PANGO_SCALE;
}

static double width_of(struct pen *p, struct str text, const struct words *w)
{
    PangoLayout *l = lay_out(p, text, w, 0);
    int          width;
    pango_layout_get_size(l, &width, NULL);
    g_object_unref(l);
    return (double)width / PANGO_SCALE;
}

/* A paragraph with ** around what is bold, as Pango's markup. larger: how much bold is, in percent. */
static struct str marked_up(struct arena *a, struct str text, int larger)
{
    struct buf b = buf_new(a, 0);
    bool       bold = false;
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
        } else {
            buf_byte(&b, c);
        }
    }
    buf_z(&b, bold ? "</span>" : "");
    return b.len ? buf_view(&b) : STR("");
}

/* ---- the parts of the page, from the top ---- */

static void line(cairo_t *cr, int hex, double width, double x1, double y, double x2)
{
    colour(cr, hex);
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, x1, y);
    cairo_line_to(cr, x2, y);
    cairo_stroke(cr);
}

static void border(cairo_t *cr)
{
    double outer = MM(15.2), inner = MM(17.1);
    colour(cr, frame);
    cairo_set_line_width(cr, MM(.4));
    cairo_rectangle(cr, outer, outer, PAGE_W - 2 * outer, PAGE_H - 2 * outer);
    cairo_stroke(cr);
    colour(cr, 0xD9A9A4);
    cairo_set_line_width(cr, MM(.2));
    cairo_rectangle(cr, inner, inner, PAGE_W - 2 * inner, PAGE_H - 2 * inner);
    cairo_stroke(cr);
}

/* Title, issuer's area between two lines, number in the corner. Returns where the text begins. */
static double head(struct pen *p)
{
    const struct letter_row *row = p->sheet->row;
    bool                     wide = p->zh && utf8_len(row->title) <= 4;
    struct words title = { .size = !p->zh ? 32 : wide ? 46 : 36, .colour = red, .bold = true, .align = PANGO_ALIGN_CENTER, .spacing = wide ? .5 : p->zh ? .12 : 0 };
    struct words by = { .size = 11.5, .colour = muted, .align = PANGO_ALIGN_CENTER };
    struct words no = { .size = 10.5, .colour = muted, .align = PANGO_ALIGN_RIGHT };
    double       y = MM(44);
    text_at(p, row->no, &no, PAGE_W / 2, MM(26.5), PAGE_W / 2 - MM(28.5));
    y += text_at(p, row->title, &title, MM(20), y, PAGE_W - MM(40)) + MM(2);
    double half = width_of(p, row->issuer_area, &by) / 2 + MM(5), deep = text_at(p, row->issuer_area, &by, MM(20), y, PAGE_W - MM(40));
    line(p->cr, hair, MM(.2), PAGE_W / 2 - half - MM(16), y + deep / 2, PAGE_W / 2 - half);
    line(p->cr, hair, MM(.2), PAGE_W / 2 + half, y + deep / 2, PAGE_W / 2 + half + MM(16));
    return y + deep + MM(15);
}

/* The paragraphs at a size; draws only when told to. Returns where they end. */
static double body(struct pen *p, double size, double y, bool draw)
{
    struct str rest = p->sheet->row->body;
    for (bool first = true; rest.ptr && rest.len; first = false) {
        struct words w = { .size = size, .line = p->zh ? 2.05 : 1.75, .colour = ink, .markup = true, .indent = first || !p->zh ? 0 : 2 };
        struct str   text = marked_up(p->arena, str_cut(&rest, '\n'), first ? 128 : 100);
        PangoLayout *l = lay_out(p, text, &w, RIGHT - LEFT);
        int          height;
        pango_layout_set_justify(l, p->zh);
        pango_layout_get_size(l, NULL, &height);
        if (draw) {
            colour(p->cr, w.colour);
            cairo_move_to(p->cr, LEFT, y);
            pango_cairo_show_layout(p->cr, l);
        }
        g_object_unref(l);
        y += (double)height / PANGO_SCALE + (first ? MM(1.5) : p->zh ? 0 : MM(3));
    }
    return y;
}

/* What the letter is about, once more and in full. */
static double table(struct pen *p, double y, bool draw)
{
    const struct letter_row *row = p->sheet->row;
    struct words             key = { .size = 11.5, .colour = muted }, value = { .size = 11.5, .colour = ink };
    const struct { const char *zh, *en; struct str text; } rows[] = { { "岗位", "Post", row->post_name }, { "服务单位", "Unit", row->unit_name } };
    double at = LEFT + MM(25);
    y += MM(8);
    if (draw)
        line(p->cr, hair, MM(.2), LEFT, y, RIGHT);
    y += MM(5);
    for (size_t i = 0; i < 2; i++) {
        PangoLayout *l = lay_out(p, rows[i].text, &value, RIGHT - at);
        int          height;
        pango_layout_get_size(l, NULL, &height);
        g_object_unref(l);
        if (draw) {
            text_at(p, str_of(p->zh ? rows[i].zh : rows[i].en), &key, LEFT, y, 0);
            text_at(p, rows[i].text, &value, at, y, RIGHT - at);
        }
        y += (double)height / PANGO_SCALE + MM(2);
    }
    return y;
}

/* ---- the foot: QR, signature, seal ---- */

static void draw_qr(struct pen *p, double x, double y)
{
    QRcode *q = QRcode_encodeString(str_z(p->arena, p->sheet->url), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!q)
        return;
    double dot = QR_SIDE / q->width;
    for (int row = 0; row < q->width; row++)
        for (int from = 0, to; from < q->width; from = to) {
            bool dark = q->data[row * q->width + from] & 1;
            for (to = from + 1; to < q->width && (q->data[row * q->width + to] & 1) == dark; to++)
                ;
            if (dark)
                cairo_rectangle(p->cr, x + from * dot, y + row * dot, (to - from) * dot, dot);
        }
    colour(p->cr, ink);
    cairo_fill(p->cr);
    QRcode_free(q);
}

static void foot_left(struct pen *p)
{
    struct words small = { .size = 9, .line = 1.65, .colour = muted };
    struct str   zh, en;
    if (!p->sheet->url.len) {
        struct words draft = { .size = 13, .colour = frame, .bold = true };
        text_at(p, p->zh ? STR("样稿，尚未签发") : STR("Draft, not issued"), &draft, LEFT, FOOT - MM(8), 0);
        return;
    }
    struct str code = letter_code_spaced(p->arena, p->sheet->code);
    zh = str_fmt(p->arena, "扫码查验\n查验码 %.*s", STR_ARG(code));
    en = str_fmt(p->arena, "Scan to verify\nCode %.*s", STR_ARG(code));
    draw_qr(p, LEFT, FOOT - QR_SIDE);
    text_at(p, p->zh ? zh : en, &small, LEFT, FOOT + MM(1.5), 0);
}

/* A seal is pressed on paper: what is white in its picture is the paper. */
static cairo_surface_t *pressed(struct arena *a, const struct file_picture *s)
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

static void draw_seal(struct pen *p, double cx, double cy)
{
    const struct file_picture *s = &p->sheet->seal;
    if (!s->width)
        return;
    int              longer = s->width > s->height ? s->width : s->height;
    double           scale = SEAL_SIDE / longer;
    cairo_surface_t *image = pressed(p->arena, s);
    /* By its name the same seal on many pages is stored once. */
    cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_UNIQUE_ID, (const unsigned char *)p->sheet->seal_name, strlen(p->sheet->seal_name), NULL, NULL);
    cairo_save(p->cr);
    cairo_translate(p->cr, cx - s->width * scale / 2, cy - s->height * scale / 2);
    cairo_scale(p->cr, scale, scale);
    cairo_set_source_surface(p->cr, image, 0, 0);
    cairo_paint_with_alpha(p->cr, .88);
    cairo_restore(p->cr);
    cairo_surface_destroy(image);
}

static void foot_right(struct pen *p)
{
    const struct letter_row *row = p->sheet->row;
    struct words             sign = { .size = 14, .line = 1.85, .colour = ink, .align = PANGO_ALIGN_CENTER };
    enum letter_lang         lang = p->zh ? LETTER_ZH : LETTER_EN;
    struct str date = letter_date(p->arena, row->issued_at, p->sheet->zone_minutes, lang);
    struct str text = str_fmt(p->arena, "%.*s\n%.*s", STR_ARG(row->issuer_name), STR_ARG(date));
    double     width = MM(78), x = RIGHT - width + MM(6);
    PangoLayout *l = lay_out(p, text, &sign, width);
    int          height;
    pango_layout_get_size(l, NULL, &height);
    g_object_unref(l);
    double y = FOOT - (double)height / PANGO_SCALE;
    text_at(p, text, &sign, x, y, width);
    draw_seal(p, x + width / 2, y - MM(1.5));   /* across the name, its middle above it */
}

/* ---- a page ---- */

/* The largest size at which it all fits above the foot; 0: none does. */
static double size_that_fits(struct pen *p, double y)
{
    double most = FOOT - QR_SIDE - MM(6);
    for (double size = BODY_MOST; size >= BODY_LEAST; size -= .5)
        if (table(p, body(p, size, y, false), false) <= most)
            return size;
    return 0;
}

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

static err draw_page(struct arena *a, cairo_t *cr, const struct letter_sheet *sheet)
{
    PangoFontMap *map;
    bool          zh = !str_is(sheet->row->lang, "en");
    struct pen    p = { .cr = cr, .pango = pango_for(cr, zh, &map), .arena = a, .sheet = sheet, .zh = zh };
    border(cr);
    double y = head(&p), size = size_that_fits(&p, y);
    if (size > 0) {
        table(&p, body(&p, size, y, true), true);
        foot_left(&p);
        foot_right(&p);
    }
    g_object_unref(p.pango);
    g_object_unref(map);
    return size <= 0 ? FAIL(ERR_LETTER_LONG) : p.unknown ? FAIL(ERR_LETTER_FONT) : OK;
}

/* ---- PDF ---- */

struct letter_pdf {
    struct arena    *scratch;     /* a page's; the sink may be growing something in the caller's meanwhile */
    cairo_surface_t *surface;
    cairo_t         *cr;
    letter_sink      sink;
    void            *arg;
    err              state;
};

/* A failure is kept here and cairo hears nothing of it: it would leave memory behind. */
static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned n)
{
    struct letter_pdf *p = closure;
    if (!failed(p->state))
        p->state = p->sink(p->arg, (struct str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

struct letter_pdf *letter_pdf_begin(struct arena *a, letter_sink sink, void *arg, struct str title, struct str author, ms at)
{
    struct letter_pdf *p = ARENA_NEW(a, struct letter_pdf);
    *p = (struct letter_pdf){ .scratch = arena_new(0), .sink = sink, .arg = arg };
    p->surface = cairo_pdf_surface_create_for_stream(take, p, PAGE_W, PAGE_H);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, str_z(a, title));
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR, str_z(a, author));
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Linli");
    struct clock_civil c = clock_civil_at(at, 0);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second).ptr);
    p->cr = cairo_create(p->surface);
    return p;
}

err letter_pdf_page(struct letter_pdf *p, const struct letter_sheet *sheet)
{
    err e = draw_page(p->scratch, p->cr, sheet);
    cairo_show_page(p->cr);   /* the seal's dots are read here, at the latest */
    arena_reset(p->scratch);
    return failed(p->state) ? p->state : e;
}

err letter_pdf_end(struct letter_pdf *p)
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

err letter_png(struct arena *a, const struct letter_sheet *sheet, int dpi, struct str *out)
{
    double           scale = dpi / 72.0;
    struct buf       b = buf_new(a, 0);
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(PAGE_W * scale), (int)(PAGE_H * scale));
    cairo_t         *cr = cairo_create(image);
    colour(cr, 0xFFFDFA);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    err  e = draw_page(a, cr, sheet);
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
