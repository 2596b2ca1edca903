/* letter: what its files share among themselves. Other features include letter.h alone. */
#ifndef LINLI_LETTER_INSIDE_H
#define LINLI_LETTER_INSIDE_H

#include "../../base/paper.h"
#include "../file/file.h"
#include "../unit/unit.h"
#include "letter.h"

extern const char *const letter_kind_words[];   /* NULL letter certificate NULL */
extern const char *const letter_lang_words[];   /* NULL zh en NULL */
enum letter_kind { LETTER_KIND_NONE, LETTER_APPOINTMENT, LETTER_CERTIFICATE };

/* ---- rules (letter_text.c): no SQL, no clock ---- */

/* What the braces of a letter's text stand for. */
struct letter_words { struct str person, post, unit, duty, from, to, issuer; };
/* The text with its words put in; a part in square brackets is left out when something in braces in it is empty. ERR_LETTER_TEXT. */
MUST err letter_expand(struct arena *a, struct str text, const struct letter_words *w, struct str *out);

enum letter_standing { LETTER_UNKNOWN, LETTER_VALID, LETTER_ENDED };

/* ---- the code behind the QR (letter_code.c) ---- */

/* As people type it: without blanks and hyphens, in capitals, O as 0, I and L as 1. STR_NONE when it cannot be a code. */
struct str letter_code_read(struct arena *a, struct str text);

/* ---- rows (letter_db.c) ---- */

struct letter_row {
    int64_t    id, appointment_id, issuer_id, seal_id;
    struct str kind, lang, no, title, body, person_name, post_name, unit_name, issuer_name, issuer_area;
    ms         valid_from, valid_to, issued_at, replaced_at;
    ms         until;         /* end of the appointment as it is now; 0: open */
    int64_t    person_id;
    int64_t    unit_kind, unit_id;
};
MUST err letter_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct letter_row *out);           /* ERR_NOT_FOUND */
MUST err letter_find_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str hash, struct letter_row *out); /* ERR_NOT_FOUND */
/* All letters of an appointment, newest first. */
MUST err letter_list(struct db_conn *c, struct arena *a, int64_t tenant, int64_t appointment, struct list *out);
MUST err letter_insert(struct db_conn *c, int64_t tenant, const struct letter_row *l, struct str code_hash, int64_t by);
MUST err letter_replace(struct db_conn *c, int64_t tenant, int64_t id, ms now);

enum letter_standing letter_standing(const struct letter_row *l, ms now);

struct seal_row { int64_t id, org_id, file_id; ms created_at, retired_at; };
MUST err seal_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct seal_row *out);               /* ERR_NOT_FOUND */
/* The organisation's seal in use; ERR_NOT_FOUND. */
MUST err seal_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct seal_row *out);
MUST err seal_all(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out);
MUST err seal_insert(struct db_conn *c, int64_t tenant, const struct seal_row *s, int64_t by);
MUST err seal_retire(struct db_conn *c, int64_t tenant, int64_t org, ms now);

/* ---- issuing (letter_issue.c) ---- */

/* The words of a letter that would be issued: everything but number, id and date is set. Reads settings. */
MUST err letter_compose(struct app *app, struct arena *a, const struct unit_snapshot *s, const struct unit_appointment *of,
                        const struct unit_post *post, const struct letter_order *o, struct letter_row *out);

/* ---- drawing (letter_draw.c) ---- */

struct letter_sheet {
    const struct letter_row *row;
    struct str               url, code;    /* empty: a draft, which says so */
    struct file_picture      seal;         /* width 0: none */
    char                     seal_name[24];
    int                      zone_minutes;
};

/* A page of a document. ERR_LETTER_FONT: a sign is in none of the fonts; ERR_LETTER_LONG: it does not fit. */
MUST err letter_pdf_page(struct paper_pdf *p, const struct letter_sheet *sheet);
/* The same page as a PNG of so many dots an inch. */
MUST err letter_png(struct arena *a, const struct letter_sheet *sheet, int dpi, struct str *out);

/* ---- shared by the handlers ---- */

/* Letters as they are drawn, in the order of ids; the caller's right to see each is checked: ERR_NOT_FOUND. site: where codes are verified. */
MUST err letter_sheets(struct req *r, struct ids ids, struct str site, struct letter_sheet *out);

#define LETTERS_MOST 2000   /* in one print */
#define ISSUE_MOST   500    /* in one go */

/* Whoever may see people at the unit sees what is said about its appointments. */
MUST err letter_may_see(struct req *r, struct unit_ref unit);

/* A view, and its fields, shared by what lists appointments. */
struct appointment_view {
    int64_t    id, person_id, unit_id, renews_id, letter_id, version;
    struct str person, post, post_name_zh, post_name_en, unit_name, letter_no, end_reason;
    int        unit_kind, state;
    bool       ending;
    ms         from, to, ended_at;
};
extern const struct field appointment_fields[];
struct appointment_view appointment_view_of(struct req *r, const struct unit_snapshot *s, const struct unit_appointment *x);
/* For audit rows. */
struct str appointment_json(struct arena *a, const struct appointment_view *v);

extern const struct route appointment_routes[], letter_routes[], seal_routes[], verify_routes[];
extern const struct job_kind letter_print_job;

struct letter_state {
    struct arena *arena;
    struct rate  *verifies;
    letter_find_fn others[4];   /* other documents with a code */
    size_t         other_count;
};

#endif
