/* case_find.c: cases by words.
 *
 * Each arm of what the caller may see is searched for itself, in one of two ways. By the index: the cases that hold the words, newest first, and of
 * them those that fit the arm; right where the words are rare, or the arm is wide. By the rows: the arm's cases, newest first, and of them those
 * that hold the words; right where the words stand everywhere and the arm is narrow. Which it is shows only in doing, so the index is tried for
 * a stretch, then the rows from where it came to. An arm of few areas or few organisations goes into the question to the index itself. */
#include <stdlib.h>

#include "case_find.h"
#include "../account/account.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/jsonw.h"

DB_SQL(case_texts, "SELECT id, code, text, address FROM cases WHERE tenant_id = $1 AND id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) ORDER BY id")
DB_SQL(case_words_before,
       "SELECT id, code, text, address, area_id, org_id, contact_hash FROM cases WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
DB_SQL(case_hits,
       "SELECT id, code, text, address, state, area_id, reported_at FROM cases WHERE tenant_id = $1 AND id IN (SELECT CAST(key AS BIGINT) "
       "FROM json_each($2)) ORDER BY id DESC")

/* How far the index is followed for an arm: a first stretch, each next one four times as long up to a bound, and in all so many of its cases
 * before the arm's rows are taken instead. */
#define INDEX_FIRST 64
#define INDEX_STEP  1024
#define INDEX_MOST  2000
#define ROWS_FIRST  100
#define ROWS_STEP   1000

/* One page's search. */
struct find {
    struct req                *r;
    const struct search_query *q;
    const struct pick         *p;
    size_t                     wanted;
    int64_t                    unfilled;   /* cases with smaller ids are not in the index */
};

/* What an arm gave: rows in order, and the last row up to which that is all. */
struct found {
    struct picked *at;
    size_t         n;
    struct picked  last;
    bool           more;
};

/* ---- which of these rows hold the words ---- */

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* Of a row that begins with id, code, text and address. */
static bool holds_words(struct find *f, struct db_rows *row)
{
    const struct str  texts[] = { db_text(row, 1), db_text(row, 2), db_text(row, 3) };
    struct arena_mark mark = arena_mark(f->r->arena);
    bool              fits = search_may_fit(f->q, texts, 3) && search_fits(f->q, case_find_text(f->r->arena, texts[0], texts[1], texts[2]));
    arena_rewind(f->r->arena, mark);
    return fits;
}

/* Adds those of the rows that hold the words, in their order, until as many as wanted are there. The texts come in order of the ids. */
static err add_fitting(struct find *f, const struct picked *rows, size_t n, struct found *out)
{
    struct db_rows texts;
    int64_t       *fitting = ARENA_ARRAY(f->r->arena, n + 1, int64_t);
    size_t         count = 0;
    if (!n)
        return OK;
    TRY(db_query(f->r->db, &case_texts, DB_ARGS(I64(f->r->tenant), TEXT(picked_keys(f->r->arena, rows, n))), &texts));
    while (db_next(&texts))
        if (holds_words(f, &texts))
            fitting[count++] = db_i64(&texts, 0);
    TRY(db_done(&texts));
    for (size_t i = 0; i < n && out->n < f->wanted; i++)
        if (bsearch(&rows[i].id, fitting, count, sizeof *fitting, by_id))
            out->at[out->n++] = rows[i];
    return OK;
}

/* ---- by the index ---- */

static bool few(const struct pick_set *s)
{
    return !s->any && s->ids.len <= SEARCH_UNITS_MOST;
}

/* By what the index holds nothing of. */
static bool narrowed(const struct pick_arm *arm)
{
    return arm->called.len || arm->source || arm->reporter || arm->handler || arm->due_before || arm->due_from || arm->open || arm->no_org ||
           arm->bbox || arm->call_back.ids.len || arm->appeal.ids.len;
}

/* All that narrows the arm are words of the index: none of the arm's rows holds the words but those it names. */
static bool index_knows(const struct pick_arm *arm)
{
    return arm->states.any && arm->categories.any && (arm->areas.any || few(&arm->areas)) && (arm->orgs.any || few(&arm->orgs)) &&
           !narrowed(arm);
}

static struct search_range range_of(const struct find *f, const struct pick_arm *arm)
{
    bool       oldest = f->p->order == PICK_OLD;
    struct ids all = { NULL, 0 };
    return (struct search_range){ .match = f->q->match, .oldest_first = oldest, .most = INDEX_FIRST,
                                  .areas = few(&arm->areas) ? arm->areas.ids : all, .orgs = few(&arm->orgs) ? arm->orgs.ids : all,
                                  .below = !oldest && f->p->after ? f->p->after : INT64_MAX, .above = oldest ? f->p->after : 0 };
}

/* One stretch of the index. *ended: it has no more. */
static err index_step(struct find *f, const struct pick_arm *arm, struct search_range *range, struct found *out, bool *ended)
{
    int64_t       *ids = ARENA_ARRAY(f->r->arena, range->most, int64_t);
    struct picked *rows = ARENA_ARRAY(f->r->arena, range->most + 1, struct picked);
    struct pick    p = { .arms = arm, .arm_count = 1, .order = f->p->order, .most = range->most };
    size_t         n;
    TRY(search_find(f->r->db, f->r->arena, f->r->tenant, range, ids, &n));
    *ended = n < range->most;
    if (!n)
        return OK;
    out->last.id = ids[n - 1];
    range->below = range->oldest_first ? range->below : out->last.id;
    range->above = range->oldest_first ? out->last.id : range->above;
    p.among = (struct ids){ ids, n };
    TRY(case_pick(f->r, &p, rows, &n));
    return add_fitting(f, rows, n, out);
}

static err by_index(struct find *f, const struct pick_arm *arm, size_t most, struct found *out, bool *ended)
{
    struct search_range range = range_of(f, arm);
    *ended = false;
    for (size_t looked = 0; looked < most && !*ended && out->n < f->wanted; looked += range.most) {
        struct arena_mark mark = arena_mark(f->r->arena);
        range.most = looked ? range.most * 4 : range.most;
        range.most = range.most > INDEX_STEP ? INDEX_STEP : range.most;
        TRY(index_step(f, arm, &range, out, ended));
        arena_rewind(f->r->arena, mark);
    }
    return OK;
}

/* ---- by the rows ---- */

static int64_t rows_most(const struct find *f)
{
    return setting_i64(f->r->app, "case.search_rows", f->r->now);
}

/* From out->last on, until enough are found or the setting's number of rows has been looked at. */
static err by_rows(struct find *f, const struct pick_arm *arms, size_t arm_count, struct found *out)
{
    struct picked *rows = ARENA_ARRAY(f->r->arena, ROWS_STEP + 1, struct picked);
    struct pick    p = { .arms = arms, .arm_count = arm_count, .order = f->p->order, .most = ROWS_FIRST, .after = f->p->after,
                         .after_due = f->p->after_due };
    int64_t        left = rows_most(f);
    if (out->last.id)
        p.after = out->last.id;
    for (out->more = true; out->more && left > 0 && out->n < f->wanted; p.most = p.most * 4 > ROWS_STEP ? ROWS_STEP : p.most * 4) {
        struct arena_mark mark = arena_mark(f->r->arena);
        size_t            n;
        TRY(case_pick(f->r, &p, rows, &n));
        out->more = n == p.most;
        left -= (int64_t)p.most;
        TRY(add_fitting(f, rows, n, out));
        arena_rewind(f->r->arena, mark);
        if (n)
            out->last = rows[n - 1];
        p.after = n ? rows[n - 1].id : p.after;
        p.after_due = n ? rows[n - 1].due_at : p.after_due;
    }
    return OK;
}

/* ---- an arm, and all of them ---- */

/* Where the index has its cases: not for one person's, which are few; not from the oldest while those are missing; not beyond its end. */
static bool index_helps(const struct find *f, const struct pick_arm *arm)
{
    bool beyond = f->unfilled && (f->p->order == PICK_OLD || (f->p->after && f->p->after <= f->unfilled));
    return f->q->match.len && !arm->reporter && !arm->handler && !arm->called.len && !beyond;
}

static err search_arm(struct find *f, const struct pick_arm *arm, struct found *out)
{
    bool ended = false, helps = index_helps(f, arm), enough = helps && index_knows(arm);
    out->at = ARENA_ARRAY(f->r->arena, f->wanted + 1, struct picked);
    if (helps)
        TRY(by_index(f, arm, enough ? (size_t)rows_most(f) : INDEX_MOST, out, &ended));
    if (ended && f->unfilled)
        out->last.id = f->unfilled;   /* from here on the rows themselves are read */
    if (out->n < f->wanted && (ended ? f->unfilled != 0 : !enough))
        TRY(by_rows(f, arm, 1, out));
    else
        out->more = !ended;
    if (out->n == f->wanted) {
        out->more = true;
        out->last = out->at[out->n - 1];
    }
    return OK;
}

static bool is_before(const struct find *f, int64_t x, int64_t y)
{
    return f->p->order == PICK_NEW ? x > y : x < y;
}

/* Puts the arm's rows between those already there, in order, each once. */
static size_t merge(const struct find *f, struct picked *out, size_t n, const struct found *arm)
{
    for (size_t i = 0; i < arm->n; i++) {
        size_t at = n;
        while (at > 0 && is_before(f, arm->at[i].id, out[at - 1].id))
            at--;
        if (at > 0 && out[at - 1].id == arm->at[i].id)
            continue;
        memmove(out + at + 1, out + at, (n - at) * sizeof *out);
        out[at] = arm->at[i];
        n++;
    }
    return n;
}

/* All arms are known down to the first of their ends; what lies behind it is for the next page. */
static err search_arms(struct find *f, struct picked *out, size_t *n, struct picked *last, bool *more)
{
    struct picked *all = ARENA_ARRAY(f->r->arena, f->p->arm_count * f->wanted + 1, struct picked);
    size_t         count = 0;
    *more = false;
    for (size_t i = 0; i < f->p->arm_count; i++) {
        struct found arm = { 0 };
        TRY(search_arm(f, &f->p->arms[i], &arm));
        count = merge(f, all, count, &arm);
        if (arm.more && (!*more || is_before(f, arm.last.id, last->id)))
            *last = arm.last;
        *more = *more || arm.more;
    }
    while (*more && count && is_before(f, last->id, all[count - 1].id))
        count--;
    *n = count < f->wanted ? count : f->wanted;
    if (count > f->wanted)
        *more = true;
    if (*n == f->wanted && *n)
        *last = all[*n - 1];
    memcpy(out, all, *n * sizeof *out);
    return OK;
}

static err find(struct req *r, struct pick *p, const struct search_query *q, struct picked *out, size_t *n, struct picked *last, bool *more)
{
    struct find f = { .r = r, .q = q, .p = p, .wanted = p->most };
    *n = 0;
    *more = false;
    if (!q->words.len)
        return OK;
    if (p->order == PICK_DUE) {
        struct found all = { .at = out };
        TRY(by_rows(&f, p->arms, p->arm_count, &all));
        *n = all.n;
        *last = all.n == f.wanted ? all.at[all.n - 1] : all.last;
        *more = all.more || all.n == f.wanted;
        return OK;
    }
    TRY(search_filled(r->db, r->tenant, &f.unfilled));
    return search_arms(&f, out, n, last, more);
}

err case_find(struct req *r, struct pick *p, struct str text, struct picked *out, size_t *n, struct picked *last, bool *more)
{
    struct search_query q = search_read(r->arena, text);
    return find(r, p, &q, out, n, last, more);
}

/* ---- for the filling job ---- */

static err words_before(struct db_conn *c, struct arena *a, int64_t tenant, int64_t below, size_t most, struct list *out)
{
    struct db_rows      rows;
    struct search_case *at = ARENA_ARRAY(a, most + 1, struct search_case);
    *out = (struct list){ at, 0 };
    TRY(db_query(c, &case_words_before, DB_ARGS(I64(tenant), I64(below), I64((int64_t)most)), &rows));
    while (out->len < most && db_next(&rows))
        at[out->len++] = (struct search_case){ db_i64(&rows, 0), case_find_text(a, db_text(&rows, 1), db_text(&rows, 2), db_text(&rows, 3)),
                                                  db_i64(&rows, 4), db_i64(&rows, 5), str_copy(a, db_blob(&rows, 6)) };
    return db_done(&rows);
}

const struct search_source case_search_source = { words_before };

/* ---- the cases' part of the search over everything ---- */

static struct search_hit hit_of(struct req *r, const struct unit_snapshot *u, const struct search_query *q, struct db_rows *row)
{
    struct arena *a = r->arena;
    struct str    text = str_copy(a, db_text(row, 2)), address = str_copy(a, db_text(row, 3));
    bool          in_address = !search_fits(q, search_fold(a, text)) && search_fits(q, search_fold(a, address));
    return (struct search_hit){ .id = db_i64(row, 0), .code = str_copy(a, db_text(row, 1)), .title = case_title(a, text),
                                .excerpt = search_excerpt(a, q, in_address ? address : text),
                                .note = str_copy(a, unit_name(u, (struct unit_ref){ UNIT_AREA, db_i64(row, 5) })),
                                .state = str_of(case_state_words[db_i64(row, 4)]), .at = db_i64(row, 6) };
}

static err hits_of(struct req *r, const struct search_query *q, const struct picked *rows, size_t n, struct list *out)
{
    struct search_hit *at = ARENA_ARRAY(r->arena, n + 1, struct search_hit);
    struct db_rows     found;
    *out = (struct list){ at, 0 };
    if (!n)
        return OK;
    TRY(db_query(r->db, &case_hits, DB_ARGS(I64(r->tenant), TEXT(picked_keys(r->arena, rows, n))), &found));
    const struct unit_snapshot *u = unit_hold(r->app);
    while (out->len < n && db_next(&found))
        at[out->len++] = hit_of(r, u, q, &found);
    unit_release(u);
    return db_done(&found);
}

static err find_cases(struct req *r, const struct search_query *q, size_t most, struct list *out, bool *more)
{
    struct pick_arm any = { .states = { .any = true }, .areas = { .any = true }, .orgs = { .any = true }, .categories = { .any = true } };
    struct pick     p = { .order = PICK_NEW, .most = most };
    struct picked  *rows = ARENA_ARRAY(r->arena, most + 1, struct picked), last;
    size_t          n;
    p.arms = case_arms(r, PERM_CASE_READ, &any, &p.arm_count);
    TRY(find(r, &p, q, rows, &n, &last, more));
    return hits_of(r, q, rows, n, out);
}

const struct search_group case_search_group = { "case", 1, find_cases };

static err find_categories(struct req *r, const struct search_query *q, size_t most, struct list *out, bool *more)
{
    const struct case_snapshot *s = case_hold(r->app);
    struct search_hit          *at = ARENA_ARRAY(r->arena, most + 1, struct search_hit);
    *out = (struct list){ at, 0 };
    for (size_t i = 0; i < s->category_count && !*more; i++) {
        const struct case_category *c = &s->categories[i];
        struct str                  name = str_fmt(r->arena, "%.*s %.*s", STR_ARG(c->name_zh), STR_ARG(c->name_en));
        if (c->valid_to || !search_fits(q, search_fold(r->arena, name)))
            continue;
        *more = out->len == most;
        if (!*more)
            at[out->len++] = (struct search_hit){ .id = c->id, .title = str_copy(r->arena, r->lang == LANG_ZH ? c->name_zh : c->name_en),
                                                  .code = str_copy(r->arena, c->code) };
    }
    case_release(r->app, s);
    return OK;
}

const struct search_group category_search_group = { "category", 5, find_categories };

/* ---- by telephone ---- */

#define CONTACT_MOST 200

const struct field case_by_contact_fields[] = {
    FIELD_STR(struct case_by_contact_in, contact, 5, 60, REQUIRED | SECRET, "The whole telephone or mail address"),
    FIELD_STR(struct case_by_contact_in, why, 1, 200, REQUIRED, "Why it is looked for; kept in the audit record"),
    FIELD_END
};
struct by_contact_view { struct list items; bool more; };
static const struct field hit_fields[] = {
    FIELD_ID(struct search_hit, id, REQUIRED, "Id"),
    FIELD_STR(struct search_hit, code, 0, 0, REQUIRED, "Number people say"),
    FIELD_STR(struct search_hit, title, 0, 0, REQUIRED, "First words"),
    FIELD_STR(struct search_hit, state, 0, 0, REQUIRED, "State"),
    FIELD_STR(struct search_hit, note, 0, 0, 0, "Area"),
    FIELD_TIME(struct search_hit, at, REQUIRED, "When it was reported"),
    FIELD_END
};
const struct field case_by_contact_view_fields[] = {
    FIELD_LIST(struct by_contact_view, items, hit_fields, struct search_hit, 0, 0, REQUIRED, "Newest first, at most 200"),
    FIELD_BOOL(struct by_contact_view, more, REQUIRED, "There are further ones"),
    FIELD_END
};

/* The index names what holds the word, a part of the hash, or on PostgreSQL another word of its number. */
static err has_contact(struct req *r, int64_t id, struct str hash, bool *has)
{
    struct case_sealed s;
    TRY(case_get_sealed(r->db, r->arena, r->tenant, id, &s));
    *has = str_eq(s.contact_hash, hash);
    return OK;
}

/* Only cases whose contact the caller could open one by one. */
static err contact_cases(struct req *r, struct str hash, struct picked *rows, size_t *n, bool *more)
{
    struct search_range range = { .match = search_contact(r->arena, hash), .below = INT64_MAX, .most = CONTACT_MOST };
    int64_t            *ids = ARENA_ARRAY(r->arena, CONTACT_MOST, int64_t);
    size_t              found;
    TRY(search_find(r->db, r->arena, r->tenant, &range, ids, &found));
    *n = 0;
    *more = found == CONTACT_MOST;
    for (size_t i = 0; i < found; i++) {
        struct case_row c;
        bool            has = false;
        TRY(case_get(r->db, r->arena, r->tenant, ids[i], &c));
        if (case_may_read(r, &c) && case_permitted(r, &c, ACT_CONTACT, false))
            TRY(has_contact(r, c.id, hash, &has));
        if (has)
            rows[(*n)++] = (struct picked){ .id = c.id };
    }
    return OK;
}

static struct str audit_detail(struct req *r, struct str why, struct list hits)
{
    const struct search_hit *at = hits.at;
    struct buf               b = buf_new(r->arena, 0);
    struct jsonw             j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "why", why);
    jsonw_key(&j, "codes");
    jsonw_list(&j);
    for (size_t i = 0; i < hits.len; i++)
        jsonw_str(&j, at[i].code);
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

err case_by_contact(struct req *r)
{
    const struct case_by_contact_in *in = r->body;
    struct by_contact_view           v = { 0 };
    struct picked                   *rows = ARENA_ARRAY(r->arena, CONTACT_MOST, struct picked);
    struct search_query              none = { .words = { NULL, 0 } };
    size_t                           n;
    struct str                       hash = account_contact_hash(r->arena, r->app, in->contact);
    if (!hash.ptr)
        req_fault(r, "contact", ERR_INVALID);
    TRY(req_faults(r));
    TRY(contact_cases(r, hash, rows, &n, &v.more));
    TRY(hits_of(r, &none, rows, n, &v.items));
    TRY(audit_record(r, "case.contact_search", "case", 0, audit_detail(r, in->why, v.items)));
    return reply_view(r, case_by_contact_view_fields, &v, 0);
}
