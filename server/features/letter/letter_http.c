/* Letters over HTTP: issue, look at, print. */
#include "letter_inside.h"

#include <stdio.h>
#include <unistd.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../account/account.h"
#include "../audit/audit.h"
#include "../job/job.h"
#include "../setting/setting.h"

#define SCREEN_DPI 110

struct letter_view {
    int64_t    id, appointment_id, issuer_id;
    int        kind, lang, state;
    struct str no, title, body, person, post, unit, issuer, verify;
    ms         from, to, issued_at;
    bool       sealed, replaced;
};
static const char *const standing_words[] = { NULL, "valid", "ended", NULL };
static const struct field letter_fields[] = {
    FIELD_ID(struct letter_view, id, REQUIRED, "Id"),
    FIELD_ID(struct letter_view, appointment_id, REQUIRED, "Appointment"),
    FIELD_WORD(struct letter_view, kind, letter_kind_words, REQUIRED, "letter or certificate"),
    FIELD_WORD(struct letter_view, lang, letter_lang_words, REQUIRED, "zh or en"),
    FIELD_STR(struct letter_view, no, 0, 0, REQUIRED, "Number"),
    FIELD_STR(struct letter_view, title, 0, 0, REQUIRED, "Title"),
    FIELD_STR(struct letter_view, body, 0, 0, REQUIRED, "Text, a paragraph a line, ** around what is bold"),
    FIELD_STR(struct letter_view, person, 0, 0, REQUIRED, "To whom"),
    FIELD_STR(struct letter_view, post, 0, 0, REQUIRED, "Post"),
    FIELD_STR(struct letter_view, unit, 0, 0, REQUIRED, "Where, in full"),
    FIELD_ID(struct letter_view, issuer_id, REQUIRED, "Organisation that issued it"),
    FIELD_STR(struct letter_view, issuer, 0, 0, REQUIRED, "Its name"),
    FIELD_TIME(struct letter_view, from, REQUIRED, "From"),
    FIELD_TIME(struct letter_view, to, 0, "Until, exclusive; null: open"),
    FIELD_TIME(struct letter_view, issued_at, REQUIRED, "Its date"),
    FIELD_WORD(struct letter_view, state, standing_words, REQUIRED, "valid or ended"),
    FIELD_BOOL(struct letter_view, sealed, REQUIRED, "A seal is printed on it"),
    FIELD_BOOL(struct letter_view, replaced, REQUIRED, "Another letter holds in its place"),
    FIELD_STR(struct letter_view, verify, 0, 0, REQUIRED, "Address at which anybody verifies it"),
    FIELD_END
};

static int word_index(const char *const *words, struct str word)
{
    for (int i = 1; words[i]; i++)
        if (str_is(word, words[i]))
            return i;
    return 0;
}

static struct letter_view view_of(struct req *r, const struct letter_row *l)
{
    struct str code = letter_code(r->arena, &r->app->keys, r->tenant, l->id);
    return (struct letter_view){
        .id = l->id, .appointment_id = l->appointment_id, .issuer_id = l->issuer_id, .kind = word_index(letter_kind_words, l->kind),
        .lang = word_index(letter_lang_words, l->lang), .state = (int)letter_standing(l, r->now), .no = l->no, .title = l->title, .body = l->body,
        .person = l->person_name, .post = l->post_name, .unit = l->unit_name, .issuer = l->issuer_name,
        .verify = str_fmt(r->arena, "%.*s/v/%.*s", STR_ARG(setting_site(r)), STR_ARG(code)), .from = l->valid_from, .to = l->valid_to,
        .issued_at = l->issued_at, .sealed = l->seal_id != 0, .replaced = l->replaced_at != 0
    };
}

/* ---- what a sheet needs ---- */

static err seal_picture(struct req *r, int64_t seal, struct letter_sheet *out)
{
    struct seal_row s = { 0 };
    if (!seal)
        return OK;
    TRY(seal_find(r->db, r->arena, r->tenant, seal, &s));
    snprintf(out->seal_name, sizeof out->seal_name, "%lld", (long long)seal);
    return file_picture(r->app, r->db, r->arena, s.file_id, &out->seal);
}

/* Whoever sees people at the unit, and the person whose letter it is. */
static err find_seen(struct req *r, int64_t id, struct letter_row *out)
{
    TRY(letter_find(r->db, r->arena, r->tenant, id, out));
    bool own = r->caller.person && r->caller.person == out->person_id;
    return own ? OK : letter_may_see(r, (struct unit_ref){ (enum unit_kind)out->unit_kind, out->unit_id });
}

err letter_sheets(struct req *r, struct ids ids, struct str site, struct letter_sheet *out)
{
    for (size_t i = 0; i < ids.len; i++) {
        struct letter_row *row = ARENA_NEW(r->arena, struct letter_row);
        TRY(find_seen(r, ids.at[i], row));
        out[i] = (struct letter_sheet){ .row = row, .code = letter_code(r->arena, &r->app->keys, r->tenant, row->id),
                                        .zone_minutes = r->app->zone_minutes };
        out[i].url = str_fmt(r->arena, "%.*s/v/%.*s", STR_ARG(site), STR_ARG(out[i].code));
        if (i && out[i - 1].row->seal_id == row->seal_id) {   /* most of one print have the same */
            out[i].seal = out[i - 1].seal;
            memcpy(out[i].seal_name, out[i - 1].seal_name, sizeof out[i].seal_name);
        } else {
            TRY(seal_picture(r, row->seal_id, &out[i]));
        }
    }
    return OK;
}

struct loading { struct ids ids; struct letter_sheet *sheets; };

static err load(struct req *r, void *arg)
{
    struct loading *l = arg;
    l->sheets = ARENA_ARRAY(r->arena, l->ids.len, struct letter_sheet);
    return letter_sheets(r, l->ids, setting_site(r), l->sheets);
}

static err into_buf(void *arg, struct str bytes)
{
    struct buf *b = arg;
    buf_str(b, bytes);
    return b->full ? FAIL(ERR_TOO_LARGE) : OK;
}

static err draw_pdf(struct req *r, const struct letter_sheet *sheets, size_t n, struct str *out)
{
    struct buf         b = buf_new(r->arena, 0);
    struct paper_pdf *p = paper_pdf_begin(r->arena, into_buf, &b, n == 1 ? sheets->row->no : sheets->row->title, sheets->row->issuer_name,
                                            sheets->row->issued_at);
    err                e = OK;
    for (size_t i = 0; i < n && !failed(e); i++)
        e = letter_pdf_page(p, &sheets[i]);
    err ended = paper_pdf_end(p);
    *out = buf_view(&b);
    return failed(e) ? e : ended;
}

static struct loading one_of(struct req *r)
{
    return (struct loading){ .ids = { &r->path[0], 1 } };
}

static err get_pdf(struct req *r)
{
    struct loading l = one_of(r);
    struct str     bytes;
    TRY(req_in_read(r, load, &l));
    TRY(draw_pdf(r, l.sheets, 1, &bytes));
    reply_header(r, "Content-Disposition", str_fmt(r->arena, "inline; filename=\"letter-%lld.pdf\"", (long long)r->path[0]));
    return reply_bytes(r, "application/pdf", bytes, STR_NONE);
}

static err get_picture(struct req *r)
{
    struct loading l = one_of(r);
    struct str     bytes;
    TRY(req_in_read(r, load, &l));
    TRY(letter_png(r->arena, l.sheets, SCREEN_DPI, &bytes));
    return reply_bytes(r, "image/png", bytes, STR_NONE);
}

static err get_letter(struct req *r)
{
    struct letter_row row = { 0 };
    TRY(find_seen(r, r->path[0], &row));
    struct letter_view v = view_of(r, &row);
    return reply_view(r, letter_fields, &v, 0);
}

static err letters_of_appointment(struct req *r)
{
    struct unit_appointment x = { 0 };
    struct list             rows;
    TRY(unit_appointment_find(r->db, r->arena, r->tenant, r->path[0], &x));
    TRY(letter_may_see(r, x.unit));
    TRY(letter_list(r->db, r->arena, r->tenant, x.id, &rows));
    struct letter_view *v = ARENA_ARRAY(r->arena, rows.len, struct letter_view);
    for (size_t i = 0; i < rows.len; i++)
        v[i] = view_of(r, &((const struct letter_row *)rows.at)[i]);
    return reply_list(r, letter_fields, sizeof *v, (struct list){ v, rows.len }, STR_NONE);
}

/* ---- issuing ---- */

struct issue_body { struct ids appointments; int64_t issuer_id; int kind, lang; bool seal, replace; ms issued_at; };
#define ORDER_FIELDS(type)                                                                                                     \
    FIELD_ID(type, issuer_id, REQUIRED, "Organisation that issues it; one in which the caller manages people"),               \
    FIELD_WORD(type, kind, letter_kind_words, 0, "letter (unless said) or certificate"),                                       \
    FIELD_WORD(type, lang, letter_lang_words, 0, "zh (unless said) or en"),                                                    \
    FIELD_BOOL(type, seal, 0, "Print the organisation's seal"),                                                                \
    FIELD_TIME(type, issued_at, 0, "Its date; empty: today")
static const struct field issue_fields[] = {
    FIELD_IDS(struct issue_body, appointments, 1, ISSUE_MOST, REQUIRED, "For which appointments"),
    ORDER_FIELDS(struct issue_body),
    FIELD_BOOL(struct issue_body, replace, 0, "Letters in force end, new ones take their place; without it they are a fault"),
    FIELD_END
};
struct issued_view { struct list letters; };
static const struct field issued_fields[] = {
    FIELD_LIST(struct issued_view, letters, letter_fields, struct letter_view, 0, 0, REQUIRED, "The letters, in the order asked for"), FIELD_END
};

static err check_issuer(struct req *r, int64_t issuer, bool seal, int64_t *seal_id)
{
    struct unit_ref             org = { UNIT_ORG, issuer };
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        used = unit_in_use(s, org);
    struct seal_row             row = { 0 };
    unit_release(s);
    if (!used)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "issuer_id");
    TRY(req_allow(r, PERM_PERSON_MANAGE, org));
    *seal_id = 0;
    if (!seal)
        return OK;
    err e = seal_of(r->db, r->arena, r->tenant, issuer, &row);
    *seal_id = row.id;
    return e.code == ERR_NOT_FOUND ? FAIL_AT(ERR_UNKNOWN_REFERENCE, "seal") : e;
}

static err order_of(struct req *r, const struct issue_body *in, struct letter_order *out)
{
    *out = (struct letter_order){ .issuer = in->issuer_id, .kind = letter_kind_words[in->kind ? in->kind : LETTER_APPOINTMENT],
                                  .lang = letter_lang_words[in->lang ? in->lang : LETTER_ZH], .issued_at = in->issued_at ? in->issued_at : r->now,
                                  .by = r->caller.account, .replace = in->replace };
    if (out->issued_at > r->now + MS_DAY)
        return FAIL_AT(ERR_TIME_IN_FUTURE, "issued_at");
    return check_issuer(r, in->issuer_id, in->seal, &out->seal);
}

/* An appointment that is not there, or is none of the caller's, or may not have a letter, is a fault at its place in the list. */
static err issue_one(struct req *r, struct letter_order *o, size_t i, struct letter_view *out)
{
    struct unit_appointment x = { 0 };
    struct letter_row       row = { 0 };
    int64_t                 id;
    err                     e = unit_appointment_find(r->db, r->arena, r->tenant, o->appointment, &x);
    if (!failed(e) && !req_may(r, PERM_PERSON_MANAGE, x.unit))
        e = FAIL(ERR_NOT_FOUND);
    if (!failed(e))
        e = letter_issue(r->app, r->db, r->arena, o, r->now, &id);
    if (e.code == ERR_NOT_FOUND || e.code == ERR_WRONG_STATE || e.code == ERR_HAS_LETTER) {
        enum err_code code = e.code == ERR_NOT_FOUND ? ERR_UNKNOWN_REFERENCE : e.code;
        faults_add(&r->faults, str_fmt(r->arena, "appointments[%zu]", i), code, 0);
        return OK;
    }
    TRY(e);
    TRY(letter_find(r->db, r->arena, r->tenant, id, &row));
    *out = view_of(r, &row);
    return audit_record(r, "letter.issue", "letter", id, str_fmt(r->arena, "{\"appointment\":\"%lld\",\"issuer\":\"%lld\",\"sealed\":%s}",
                                                                 (long long)x.id, (long long)o->issuer, o->seal ? "true" : "false"));
}

static err issue_letters(struct req *r)
{
    const struct issue_body *in = r->body;
    struct letter_order      o;
    struct letter_view      *v = ARENA_ARRAY(r->arena, in->appointments.len, struct letter_view);
    TRY(order_of(r, in, &o));
    for (size_t i = 0; i < in->appointments.len; i++) {
        o.appointment = in->appointments.at[i];
        TRY(issue_one(r, &o, i, &v[i]));
    }
    TRY(req_faults(r));
    struct issued_view issued = { { v, in->appointments.len } };
    return reply_created(r, STR("/api/v1/letters"), issued_fields, &issued, 0);
}

/* ---- looking before issuing ---- */

struct draft_query { int64_t appointment, issuer_id; int kind, lang; bool seal; ms issued_at; };
static const struct field draft_fields[] = {
    FIELD_ID(struct draft_query, appointment, REQUIRED, "For which appointment"), ORDER_FIELDS(struct draft_query), FIELD_END
};

static err compose_draft(struct req *r, void *arg)
{
    struct letter_sheet      *out = arg;
    const struct draft_query *q = r->query;
    struct issue_body         in = { .issuer_id = q->issuer_id, .kind = q->kind, .lang = q->lang, .seal = q->seal, .issued_at = q->issued_at };
    struct letter_row        *row = ARENA_NEW(r->arena, struct letter_row);
    struct letter_order       o;
    struct unit_appointment   x = { 0 };
    struct unit_post          post = { 0 };
    TRY(unit_appointment_find(r->db, r->arena, r->tenant, q->appointment, &x));
    TRY(letter_may_see(r, x.unit));
    TRY(req_allow(r, PERM_PERSON_MANAGE, x.unit));
    TRY(order_of(r, &in, &o));
    TRY(unit_post_get(r->db, r->arena, r->tenant, x.post_id, &post));
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = letter_compose(r->app, r->arena, s, &x, &post, &o, row);
    unit_release(s);
    TRY(e);
    row->no = STR("");
    *out = (struct letter_sheet){ .row = row, .zone_minutes = r->app->zone_minutes };
    return seal_picture(r, o.seal, out);
}

static err get_draft(struct req *r)
{
    struct letter_sheet sheet;
    struct str          bytes;
    TRY(req_in_read(r, compose_draft, &sheet));
    TRY(letter_png(r->arena, &sheet, SCREEN_DPI, &bytes));
    return reply_bytes(r, "image/png", bytes, STR_NONE);
}

/* ---- printing many ---- */

struct print_query { struct ids letters; };
static const struct field print_fields[] = {
    FIELD_IDS(struct print_query, letters, 1, LETTERS_MOST, REQUIRED, "Which, in this order"), FIELD_END
};

static err record_print(struct req *r, void *arg)
{
    const struct ids *ids = arg;
    return audit_record(r, "letter.print", "tenant", r->tenant, str_fmt(r->arena, "{\"letters\":%zu}", ids->len));
}

static err get_print(struct req *r)
{
    const struct print_query *q = r->query;
    struct loading            l = { .ids = q->letters };
    int64_t                   most = setting_i64(r->app, "letter.print_at_once", r->now);
    struct str                bytes;
    if ((int64_t)l.ids.len > most)
        return req_fail(r, ERR_TOO_LARGE, str_fmt(r->arena, req_text(r, "超过 %lld 份，请用后台任务打印", "More than %lld letters: print them by a job"), (long long)most));
    TRY(req_in_read(r, load, &l));
    TRY(draw_pdf(r, l.sheets, l.ids.len, &bytes));
    TRY(req_in_write(r, record_print, &l.ids));
    reply_header(r, "Content-Disposition", STR("inline; filename=\"letters.pdf\""));
    return reply_bytes(r, "application/pdf", bytes, STR_NONE);
}

/* What the job needs to know. */
struct print_order { struct ids letters; struct str site; int64_t scope; bool chinese; };
static const struct field order_fields[] = {
    FIELD_IDS(struct print_order, letters, 1, LETTERS_MOST, REQUIRED, "Which"),
    FIELD_STR(struct print_order, site, 0, 0, REQUIRED, "Where codes are verified"),
    FIELD_I64(struct print_order, scope, 0, 0, REQUIRED, "Rights of the request that began it"),
    FIELD_BOOL(struct print_order, chinese, REQUIRED, "Language of what it says"),
    FIELD_END
};

static err post_print(struct req *r)
{
    const struct print_query *in = r->body;
    struct print_order        o = { in->letters, setting_site(r), (int64_t)r->caller.anywhere, r->lang == LANG_ZH };
    struct buf                params = buf_new(r->arena, 0);
    struct jsonw              j = jsonw_on(&params);
    struct letter_row         row = { 0 };
    int64_t                   id = id_new();
    for (size_t i = 0; i < in->letters.len; i++) {
        err e = find_seen(r, in->letters.at[i], &row);
        if (e.code == ERR_NOT_FOUND)
            faults_add(&r->faults, str_fmt(r->arena, "letters[%zu]", i), ERR_UNKNOWN_REFERENCE, 0);
        else
            TRY(e);
    }
    TRY(req_faults(r));
    field_write(&j, order_fields, &o);
    TRY(job_add(r, letter_print_job.name, id, buf_view(&params)));
    TRY(audit_record(r, "letter.print", "job", id, str_fmt(r->arena, "{\"letters\":%zu}", in->letters.len)));
    return reply_accepted(r, id);
}

struct piece { struct print_order *order; size_t at, n; struct letter_sheet sheets[10]; };

static err load_piece(struct req *r, void *arg)
{
    struct piece *p = arg;
    return letter_sheets(r, (struct ids){ p->order->letters.at + p->at, p->n }, p->order->site, p->sheets);
}

static err into_file(void *arg, struct str bytes)
{
    return fwrite(bytes.ptr, 1, bytes.len, arg) == bytes.len ? OK : FAIL(ERR_STORAGE_FULL);
}

/* Ten at a time: memory does not grow with how many there are. */
static err print_pieces(struct job *j, struct req *r, struct print_order *o, struct paper_pdf *pdf)
{
    struct piece p = { .order = o };
    while (p.at < o->letters.len) {
        size_t left = o->letters.len - p.at, room = sizeof p.sheets / sizeof *p.sheets;
        p.n = left < room ? left : room;
        struct arena_mark mark = arena_mark(r->arena);
        TRY(req_in_read(r, load_piece, &p));
        for (size_t i = 0; i < p.n; i++)
            TRY(letter_pdf_page(pdf, &p.sheets[i]));
        arena_rewind(r->arena, mark);
        p.at += p.n;
        TRY(job_progress(j, (int64_t)p.at, (int64_t)o->letters.len));
    }
    return OK;
}

static err print_to(struct job *j, struct req *r, struct print_order *o, FILE *f)
{
    struct arena      *own = arena_new(0);   /* the document's own: the pieces come and go */
    struct paper_pdf *pdf = paper_pdf_begin(own, into_file, f, str_of(req_text(r, "聘书", "Letters")), str_of(j->app->tenant_name), id_time(j->id));
    err                e = print_pieces(j, r, o, pdf);
    err                ended = paper_pdf_end(pdf);
    arena_free(own);
    return failed(e) ? e : ended;
}

static err run_print(struct job *j, struct str *result)
{
    struct print_order o = { 0 };
    struct given       given;
    struct faults      faults = { .arena = j->arena };
    struct req         r;
    TRY(field_read_json(j->arena, order_fields, j->params, &o, &given, &faults));
    TRY(account_become(j->app, j->arena, j->owner, (perm_set)o.scope, clock_now(), &r));
    r.lang = o.chinese ? LANG_ZH : LANG_EN;
    struct str path = str_fmt(j->arena, "%.*s/result.pdf", STR_ARG(j->folder));
    FILE      *f = fopen(path.ptr, "we");
    if (!f)
        return FAIL(ERR_INTERNAL);
    err  e = print_to(j, &r, &o, f);
    bool bad = fclose(f) != 0;
    if (failed(e) || bad)
        unlink(path.ptr);
    *result = str_fmt(j->arena, "{\"letters\":%zu}", o.letters.len);
    return failed(e) ? e : bad ? FAIL(ERR_STORAGE_FULL) : OK;
}

const struct job_kind letter_print_job = { "letter.print", run_print };

#define OWN    .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tag = "letter"
#define DRAWS  ROUTE_ERRORS(ERR_LETTER_FONT, ERR_LETTER_LONG, ERR_NOT_FOUND)

const struct route letter_routes[] = {
    { GET, "/api/v1/appointments/:id/letters", letters_of_appointment, .perm = PERM_PERSON_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "letter",
      .reply_kind = REPLY_LIST, .reply = letter_fields, .summary = "Letters of an appointment, newest first" },
    { POST, "/api/v1/letters", issue_letters, .perm = PERM_PERSON_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "letter",
      ROUTE_BODY(struct issue_body, issue_fields), .flags = ROUTE_IDEMPOTENT, .reply_kind = REPLY_CREATED, .reply = issued_fields,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_HAS_LETTER, ERR_WRONG_STATE, ERR_LETTER_TEXT, ERR_LETTER_NUMBER),
      .summary = "Issue numbered letters or certificates for appointments: all or none" },
    { GET, "/api/v1/letters/draft", get_draft, .perm = PERM_PERSON_MANAGE, .scope = SCOPE_ANY, .tx = TX_NONE, .tag = "letter",
      ROUTE_QUERY(struct draft_query, draft_fields), .reply_kind = REPLY_BYTES, .reply_type = "image/png", .flags = ROUTE_SLOW,
      ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_LETTER_TEXT, ERR_LETTER_FONT, ERR_LETTER_LONG), .summary = "How a letter would look, as a picture" },
    { GET, "/api/v1/letters/print", get_print, OWN, .tx = TX_NONE, ROUTE_QUERY(struct print_query, print_fields), .reply_kind = REPLY_BYTES,
      .reply_type = "application/pdf", .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_TOO_LARGE, ERR_LETTER_FONT, ERR_LETTER_LONG, ERR_NOT_FOUND),
      .summary = "Some letters in one PDF (letter.print_at_once)" },
    { POST, "/api/v1/letters/print", post_print, OWN, .tx = TX_WRITE, ROUTE_BODY(struct print_query, print_fields), .body_max = 128 * 1024,
      .reply_kind = REPLY_JOB, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE), .summary = "Many letters in one PDF, by a job; its file is at /jobs/:id/result" },
    { GET, "/api/v1/letters/:id", get_letter, OWN, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = letter_fields, ROUTE_ERRORS(ERR_NOT_FOUND),
      .summary = "A letter; for who sees people at the unit, and for the person it is about" },
    { GET, "/api/v1/letters/:id/pdf", get_pdf, OWN, .tx = TX_NONE, .reply_kind = REPLY_BYTES, .reply_type = "application/pdf", .flags = ROUTE_SLOW,
      DRAWS, .summary = "The letter for printing: A4, fonts embedded; the same bytes each time" },
    { GET, "/api/v1/letters/:id/picture", get_picture, OWN, .tx = TX_NONE, .reply_kind = REPLY_BYTES, .reply_type = "image/png", .flags = ROUTE_SLOW,
      DRAWS, .summary = "The letter for the screen" },
    ROUTE_END
};
