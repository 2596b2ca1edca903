/* A letter on a sheet of A4: the same drawing for paper and for the screen. */
#include "letter_inside.h"

#define MM         PAPER_MM
#define LEFT       MM(44.2)             /* of the text */
#define RIGHT      (PAPER_W - LEFT)
#define FOOT       MM(252)              /* lower edge of the QR and of the signature */
#define BODY_MOST  17.0                 /* points; smaller, down to BODY_LEAST, when there is much to say */
#define BODY_LEAST 11.0
#define SEAL_SIDE  MM(40)
#define QR_SIDE    MM(26)

static const int ink = 0x1E1A17, muted = 0x5A514A, red = 0xA5211A, frame = 0xB3261E, hair = 0xC9B8AE;

/* ---- the parts of the page, from the top ---- */

static void border(cairo_t *cr)
{
    double outer = MM(15.2), inner = MM(17.1);
    paper_colour(cr, frame);
    cairo_set_line_width(cr, MM(.4));
    cairo_rectangle(cr, outer, outer, PAPER_W - 2 * outer, PAPER_H - 2 * outer);
    cairo_stroke(cr);
    paper_colour(cr, 0xD9A9A4);
    cairo_set_line_width(cr, MM(.2));
    cairo_rectangle(cr, inner, inner, PAPER_W - 2 * inner, PAPER_H - 2 * inner);
    cairo_stroke(cr);
}

/* Title, issuer's area between two lines, number in the corner. Returns where the text begins. */
static double head(struct paper *p, const struct letter_sheet *sheet)
{
    const struct letter_row *row = sheet->row;
    bool                     wide = p->zh && utf8_len(row->title) <= 4;
    struct paper_words title = { .size = !p->zh ? 32 : wide ? 46 : 36, .colour = red, .bold = true, .align = PANGO_ALIGN_CENTER, .spacing = wide ? .5 : p->zh ? .12 : 0 };
    struct paper_words by = { .size = 11.5, .colour = muted, .align = PANGO_ALIGN_CENTER };
    struct paper_words no = { .size = 10.5, .colour = muted, .align = PANGO_ALIGN_RIGHT };
    double       y = MM(44);
    paper_text(p, row->no, &no, PAPER_W / 2, MM(26.5), PAPER_W / 2 - MM(28.5));
    y += paper_text(p, row->title, &title, MM(20), y, PAPER_W - MM(40)) + MM(2);
    double half = paper_width(p, row->issuer_area, &by) / 2 + MM(5), deep = paper_text(p, row->issuer_area, &by, MM(20), y, PAPER_W - MM(40));
    paper_line(p->cr, hair, MM(.2), PAPER_W / 2 - half - MM(16), y + deep / 2, PAPER_W / 2 - half);
    paper_line(p->cr, hair, MM(.2), PAPER_W / 2 + half, y + deep / 2, PAPER_W / 2 + half + MM(16));
    return y + deep + MM(15);
}

/* The paragraphs at a size; draws only when told to. Returns where they end. */
static double body(struct paper *p, const struct letter_sheet *sheet, double size, double y, bool draw)
{
    struct str rest = sheet->row->body;
    for (bool first = true; rest.ptr && rest.len; first = false) {
        struct paper_words w = { .size = size, .line = p->zh ? 2.05 : 1.75, .colour = ink, .markup = true, .indent = first || !p->zh ? 0 : 2 };
        struct str   text = paper_marked_up(p->arena, str_cut(&rest, '\n'), first ? 128 : 100);
        PangoLayout *l = paper_layout(p, text, &w, RIGHT - LEFT);
        int          height;
        pango_layout_set_justify(l, p->zh);
        pango_layout_get_size(l, NULL, &height);
        if (draw) {
            paper_colour(p->cr, w.colour);
            cairo_move_to(p->cr, LEFT, y);
            pango_cairo_show_layout(p->cr, l);
        }
        g_object_unref(l);
        y += (double)height / PANGO_SCALE + (first ? MM(1.5) : p->zh ? 0 : MM(3));
    }
    return y;
}

/* What the letter is about, once more and in full. */
static double table(struct paper *p, const struct letter_sheet *sheet, double y, bool draw)
{
    const struct letter_row *row = sheet->row;
    struct paper_words             key = { .size = 11.5, .colour = muted }, value = { .size = 11.5, .colour = ink };
    const struct { const char *zh, *en; struct str text; } rows[] = { { "岗位", "Post", row->post_name }, { "服务单位", "Unit", row->unit_name } };
    double at = LEFT + MM(25);
    y += MM(8);
    if (draw)
        paper_line(p->cr, hair, MM(.2), LEFT, y, RIGHT);
    y += MM(5);
    for (size_t i = 0; i < 2; i++) {
        if (draw) {
            paper_text(p, str_of(p->zh ? rows[i].zh : rows[i].en), &key, LEFT, y, 0);
            paper_text(p, rows[i].text, &value, at, y, RIGHT - at);
        }
        y += paper_height(p, rows[i].text, &value, RIGHT - at) + MM(2);
    }
    return y;
}

/* ---- the foot: QR, signature, seal ---- */

static void foot_left(struct paper *p, const struct letter_sheet *sheet)
{
    struct paper_words small = { .size = 9, .line = 1.65, .colour = muted };
    struct str   zh, en;
    if (!sheet->url.len) {
        struct paper_words draft = { .size = 13, .colour = frame, .bold = true };
        paper_text(p, p->zh ? STR("样稿，尚未签发") : STR("Draft, not issued"), &draft, LEFT, FOOT - MM(8), 0);
        return;
    }
    struct str code = letter_code_spaced(p->arena, sheet->code);
    zh = str_fmt(p->arena, "扫码查验\n查验码 %.*s", STR_ARG(code));
    en = str_fmt(p->arena, "Scan to verify\nCode %.*s", STR_ARG(code));
    paper_qr(p, sheet->url, ink, LEFT, FOOT - QR_SIDE, QR_SIDE);
    paper_text(p, p->zh ? zh : en, &small, LEFT, FOOT + MM(3.6), 0);   /* four dots away: a reader needs the margin */
}

static void foot_right(struct paper *p, const struct letter_sheet *sheet)
{
    const struct letter_row *row = sheet->row;
    struct paper_words             sign = { .size = 14, .line = 1.85, .colour = ink, .align = PANGO_ALIGN_CENTER };
    enum letter_lang         lang = p->zh ? LETTER_ZH : LETTER_EN;
    struct str date = letter_date(p->arena, row->issued_at, sheet->zone_minutes, lang);
    struct str text = str_fmt(p->arena, "%.*s\n%.*s", STR_ARG(row->issuer_name), STR_ARG(date));
    double     width = MM(78), x = RIGHT - width + MM(6);
    double     y = FOOT - paper_height(p, text, &sign, width);
    paper_text(p, text, &sign, x, y, width);
    paper_stamp(p, &(struct paper_stamp){ sheet->seal.width, sheet->seal.height, sheet->seal.rgb, sheet->seal_name }, x + width / 2, y - MM(1.5),
                SEAL_SIDE);   /* across the name, its middle above it */
}

/* ---- a page ---- */

/* The largest size at which it all fits above the foot; 0: none does. */
static double size_that_fits(struct paper *p, const struct letter_sheet *sheet, double y)
{
    double most = FOOT - QR_SIDE - MM(6);
    for (double size = BODY_MOST; size >= BODY_LEAST; size -= .5)
        if (table(p, sheet, body(p, sheet, size, y, false), false) <= most)
            return size;
    return 0;
}

static err draw(struct paper *p, void *arg)
{
    const struct letter_sheet *sheet = arg;
    border(p->cr);
    double y = head(p, sheet), size = size_that_fits(p, sheet, y);
    if (size <= 0)
        return FAIL(ERR_LETTER_LONG);
    table(p, sheet, body(p, sheet, size, y, true), true);
    foot_left(p, sheet);
    foot_right(p, sheet);
    return OK;
}

static bool chinese(const struct letter_sheet *sheet)
{
    return !str_is(sheet->row->lang, "en");
}

err letter_pdf_page(struct paper_pdf *p, const struct letter_sheet *sheet)
{
    struct letter_sheet own = *sheet;
    return paper_pdf_page(p, chinese(sheet), draw, &own);
}

err letter_png(struct arena *a, const struct letter_sheet *sheet, int dpi, struct str *out)
{
    struct letter_sheet own = *sheet;
    return paper_png(a, chinese(sheet), draw, &own, dpi, out);
}
