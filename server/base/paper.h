/* paper: sheets of A4 drawn by pango and cairo, the same for paper and for the screen: text, lines, a QR, a stamp. Lengths are points (1/72 inch). */
#ifndef LINLI_BASE_PAPER_H
#define LINLI_BASE_PAPER_H

#include <pango/pangocairo.h>

#include "clock.h"
#include "err.h"

#define PAPER_MM(x) ((x) * 72.0 / 25.4)
#define PAPER_W     PAPER_MM(210)
#define PAPER_H     PAPER_MM(297)

/* What draws a page; made by paper_pdf_page and paper_png. */
struct paper {
    cairo_t      *cr;
    PangoContext *pango;
    struct arena *arena;       /* of this page */
    bool          zh;
    int           unknown;     /* signs that no font has */
};
/* A page. ERR_LETTER_LONG and the like end it; signs that no font has are found afterwards. */
typedef err (*paper_draw)(struct paper *p, void *arg);

struct paper_words {
    double         size, line;      /* points; line: from one line to the next, in sizes; 0: the font's own */
    int            colour;          /* 0xRRGGBB */
    bool           bold, markup;
    PangoAlignment align;
    double         spacing;         /* between letters, in sizes */
    double         indent;          /* of the first line, in sizes */
};

void         paper_colour(cairo_t *cr, int hex);
/* A layout as wide as width (0: one line); to be unreferenced. */
PangoLayout *paper_layout(struct paper *p, struct str text, const struct paper_words *w, double width);
/* Draws at x, y (the upper left corner; alignment needs a width) and returns the height. */
double       paper_text(struct paper *p, struct str text, const struct paper_words *w, double x, double y, double width);
double       paper_width(struct paper *p, struct str text, const struct paper_words *w);
/* How high it would be. */
double       paper_height(struct paper *p, struct str text, const struct paper_words *w, double width);
/* A paragraph with ** around what is bold, as Pango's markup. larger: how much bold is, in percent. */
struct str   paper_marked_up(struct arena *a, struct str text, int larger);
void         paper_line(cairo_t *cr, int hex, double width, double x1, double y, double x2);
void         paper_qr(struct paper *p, struct str url, int hex, double x, double y, double side);

/* A picture's dots, 3 bytes each, pressed on the sheet: what is white in it is the paper. By its name the same stamp on many pages is stored
 * once. cx, cy: its middle; side: of its longer edge. */
struct paper_stamp { int width, height; const unsigned char *rgb; const char *name; };
void         paper_stamp(struct paper *p, const struct paper_stamp *s, double cx, double cy, double side);

/* ---- documents ---- */

/* Takes bytes of a document as they are made; not OK ends it. */
typedef err (*paper_sink)(void *arg, struct str bytes);

struct paper_pdf;
/* Begins a document; title and author go into its properties, at into its date, so that the same drawing is the same bytes. */
struct paper_pdf *paper_pdf_begin(struct arena *a, paper_sink sink, void *arg, struct str title, struct str author, ms at);
/* A page. What draw answers; ERR_LETTER_FONT: a sign is in none of the fonts. */
MUST err          paper_pdf_page(struct paper_pdf *p, bool zh, paper_draw draw, void *arg);
/* Ends it, whatever went before; the first error of the sink or the library. */
MUST err          paper_pdf_end(struct paper_pdf *p);
/* A page as a PNG of so many dots an inch. */
MUST err          paper_png(struct arena *a, bool zh, paper_draw draw, void *arg, int dpi, struct str *out);

#endif
