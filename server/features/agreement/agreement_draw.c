/* An agreement on paper: its words, what is promised, who signed; as many sheets as it takes. */
#include "agreement_inside.h"

#define MM     PAPER_MM
#define LEFT   MM(28)
#define RIGHT  (PAPER_W - LEFT)
#define TOP    MM(26)
#define BOTTOM MM(268)
#define QR     MM(24)
#define CODE   (QR + MM(2))
#define SIGNED 30.0            /* millimetres of a row of signatures, with room for stamps */
#define SIGNED_LAST 27.0

static const int ink = 0x1E1A17, muted = 0x5A514A, red = 0xA5211A, hair = 0xC9B8AE;

/* Goes through the whole document for each sheet and draws what falls on this one. */
struct flow { struct paper *p; const struct agreement_sheet *s; int at; double y; };

static bool here(const struct flow *f)
{
    return f->at == f->s->page;
}

static void next_sheet(struct flow *f)
{
    f->at++;
    f->y = TOP;
}

/* Room for what is not to be torn. */
static void keep_together(struct flow *f, double height)
{
    if (f->y + height > BOTTOM && f->y > TOP)
        next_sheet(f);
}

/* Line by line: a paragraph may go on on the next sheet. */
static void flow_text(struct flow *f, struct str text, const struct paper_words *w, double x, double width)
{
    PangoLayout     *l = paper_layout(f->p, text, w, width);
    pango_layout_set_justify(l, w->indent > 0);
    PangoLayoutIter *i = pango_layout_get_iter(l);
    do {
        PangoRectangle line;
        pango_layout_iter_get_line_extents(i, NULL, &line);
        double height = (double)line.height / PANGO_SCALE, base = (double)(pango_layout_iter_get_baseline(i) - line.y) / PANGO_SCALE;
        if (f->y + height > BOTTOM)
            next_sheet(f);
        if (here(f)) {
            paper_colour(f->p->cr, w->colour);
            cairo_move_to(f->p->cr, x + (double)line.x / PANGO_SCALE, f->y + base);
            pango_cairo_show_layout_line(f->p->cr, pango_layout_iter_get_line_readonly(i));
        }
        f->y += height;
    } while (pango_layout_iter_next_line(i));
    pango_layout_iter_free(i);
    g_object_unref(l);
}

static void head(struct flow *f)
{
    const struct agreement *g = &f->s->of->g;
    struct paper_words title = { .size = 22, .colour = red, .bold = true, .align = PANGO_ALIGN_CENTER, .line = 1.4 };
    struct paper_words no = { .size = 10.5, .colour = muted, .align = PANGO_ALIGN_CENTER };
    flow_text(f, g->title, &title, LEFT, RIGHT - LEFT);
    f->y += MM(2);
    flow_text(f, g->no.ptr ? g->no : STR("（未签署）"), &no, LEFT, RIGHT - LEFT);
    f->y += MM(4);
    if (here(f))
        paper_line(f->p->cr, hair, MM(.3), LEFT, f->y, RIGHT);
    f->y += MM(6);
}

static void body(struct flow *f)
{
    struct str rest = f->s->words;
    while (rest.ptr && rest.len) {
        struct paper_words w = { .size = 12, .line = 1.85, .colour = ink, .markup = true, .indent = 2 };
        struct str         text = paper_marked_up(f->p->arena, str_cut(&rest, '\n'), 100);
        if (text.len)
            flow_text(f, text, &w, LEFT, RIGHT - LEFT);
        f->y += MM(1.2);
    }
}

/* ---- what is promised ---- */

static struct str how_much(struct arena *a, const struct pledge *p, int zone)
{
    static const char *const rhythm[] = { "", "", "每月 ", "每季度 ", "每半年 ", "每年 " };
    struct str               due = p->due_at ? letter_last_day(a, p->due_at, zone, LETTER_ZH) : STR("");
    return str_fmt(a, "%s%lld %.*s%s%.*s%s", rhythm[p->rhythm], (long long)p->quantity, STR_ARG(p->unit), due.len ? "，" : "", STR_ARG(due), due.len ? "前" : "");
}

static struct str party_name(const struct flow *f, int64_t org)
{
    const struct party *p = f->s->of->parties.at;
    for (size_t i = 0; i < f->s->of->parties.len; i++)
        if (p[i].org_id == org)
            return f->s->party_names[i];
    return STR("");
}

static void row(struct flow *f, const struct str cells[4], bool heading)
{
    static const double edges[] = { 0, 12, 63, 115, 154 };   /* millimetres */
    struct paper_words  w = { .size = 10.5, .line = 1.5, .colour = heading ? muted : ink, .bold = heading };
    double              height = 0;
    for (int i = 0; i < 4; i++) {
        double h = paper_height(f->p, cells[i], &w, MM(edges[i + 1] - edges[i] - 3));
        height = h > height ? h : height;
    }
    keep_together(f, height + MM(3));
    if (here(f)) {
        for (int i = 0; i < 4; i++)
            paper_text(f->p, cells[i], &w, LEFT + MM(edges[i]), f->y + MM(1.2), MM(edges[i + 1] - edges[i] - 3));
        paper_line(f->p->cr, hair, MM(.2), LEFT, f->y + height + MM(2.4), RIGHT);
    }
    f->y += height + MM(2.6);
}

static void promises(struct flow *f)
{
    const struct pledge *p = f->s->of->pledges.at;
    struct paper_words   title = { .size = 13, .colour = red, .bold = true };
    const struct str     heading[4] = { STR("序号"), STR("承诺单位"), STR("承诺事项"), STR("数量与时限") };
    keep_together(f, MM(32));
    f->y += MM(5);
    flow_text(f, STR("承诺事项"), &title, LEFT, RIGHT - LEFT);
    f->y += MM(2);
    row(f, heading, true);
    for (size_t i = 0; i < f->s->of->pledges.len; i++) {
        const struct str cells[4] = { str_fmt(f->p->arena, "%zu", i + 1), party_name(f, p[i].org_id), p[i].title,
                                      how_much(f->p->arena, &p[i], f->s->zone_minutes) };
        row(f, cells, false);
    }
}

/* ---- who signed ---- */

static void signature(struct flow *f, size_t i, double x, double width)
{
    const struct party *p = (const struct party *)f->s->of->parties.at + i;
    struct paper_words  name = { .size = 12, .line = 1.5, .colour = ink, .bold = true }, small = { .size = 10.5, .line = 1.6, .colour = muted };
    struct str          date = p->signed_at ? letter_date(f->p->arena, p->signed_at, f->s->zone_minutes, LETTER_ZH) : STR("            年    月    日");
    struct str          who = p->signed_at && p->scan_id ? str_fmt(f->p->arena, "签署人：%.*s（纸质签署）", STR_ARG(p->signer))
                              : p->signed_at ? str_fmt(f->p->arena, "签署人：%.*s", STR_ARG(p->signer)) : STR("签署人：");
    double              y = f->y;
    y += paper_text(f->p, f->s->party_names[i], &name, x, y, width) + MM(1);
    y += paper_text(f->p, who, &small, x, y, width);
    paper_text(f->p, date, &small, x, y, width);
}

static void signatures(struct flow *f)
{
    double width = (RIGHT - LEFT - MM(10)) / 2;
    f->y += MM(10);
    for (size_t i = 0; i < f->s->of->parties.len; i += 2) {
        bool last = i + 2 >= f->s->of->parties.len;
        keep_together(f, last ? MM(SIGNED_LAST) + CODE : MM(SIGNED));   /* the code never stands on a sheet of its own */
        if (here(f)) {
            signature(f, i, LEFT, width);
            if (i + 1 < f->s->of->parties.len)
                signature(f, i + 1, LEFT + width + MM(10), width);
        }
        f->y += MM(last ? SIGNED_LAST : SIGNED);
    }
}

static void code(struct flow *f)
{
    struct paper_words small = { .size = 9, .line = 1.65, .colour = muted };
    keep_together(f, CODE);
    if (here(f) && f->s->url.len) {
        paper_qr(f->p, f->s->url, ink, LEFT, f->y, QR);
        paper_text(f->p, str_fmt(f->p->arena, "扫码查验真伪与效力\n查验码 %.*s", STR_ARG(letter_code_spaced(f->p->arena, f->s->code))), &small, LEFT + QR + MM(4),
                   f->y + QR / 2 - MM(5), RIGHT - LEFT - QR);
    } else if (here(f)) {
        struct paper_words draft = { .size = 13, .colour = red, .bold = true };
        paper_text(f->p, STR("样稿，尚未签署"), &draft, LEFT, f->y, 0);
    }
    f->y += QR;
}

static int walk(struct paper *p, const struct agreement_sheet *s)
{
    struct flow f = { .p = p, .s = s, .at = 1, .y = TOP };
    head(&f);
    body(&f);
    promises(&f);
    signatures(&f);
    code(&f);
    return f.at;
}

static err draw(struct paper *p, void *arg)
{
    struct agreement_sheet *s = arg;
    struct paper_words      small = { .size = 9, .colour = muted, .align = PANGO_ALIGN_CENTER };
    if (!s->pages) {
        int page = s->page;
        s->page = 0;
        s->pages = walk(p, s);
        s->page = page;
    }
    walk(p, s);
    paper_text(p, str_fmt(p->arena, "第 %d 页，共 %d 页", s->page, s->pages), &small, LEFT, MM(279), RIGHT - LEFT);
    return OK;
}

static err into_buf(void *arg, struct str bytes)
{
    struct buf *b = arg;
    buf_str(b, bytes);
    return b->full ? FAIL(ERR_TOO_LARGE) : OK;
}

err agreement_pdf(struct arena *a, const struct agreement_sheet *sheet, struct str title, struct str author, struct str *out)
{
    struct agreement_sheet s = *sheet;
    struct buf             b = buf_new(a, 0);
    const struct agreement *g = &sheet->of->g;
    struct paper_pdf       *p = paper_pdf_begin(a, into_buf, &b, title, author, g->signed_at ? g->signed_at : g->created_at);
    err                     e = OK;
    s.pages = 0;
    s.page = 0;
    do {
        s.page++;
        e = paper_pdf_page(p, true, draw, &s);
    } while (!failed(e) && s.page < s.pages);
    err ended = paper_pdf_end(p);
    *out = buf_view(&b);
    return failed(e) ? e : ended;
}
