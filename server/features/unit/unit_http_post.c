/* Kinds of posts over HTTP. */
#include "unit_http.h"

#include <ctype.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"
#include "../setting/setting.h"

#define KINDS_MOST 40

#define POST_FIELDS(required)                                                                                                        \
    FIELD_STR(struct post_view, name_zh, 1, 40, required, "Chinese name"),                                                           \
    FIELD_STR(struct post_view, name_en, 1, 60, required, "English name"),                                                           \
    FIELD_STR(struct post_view, duty_zh, 0, 200, 0, "What its holder does, as a letter says it"),                                    \
    FIELD_STR(struct post_view, duty_en, 0, 300, 0, "The same in English"),                                                          \
    FIELD_STRS(struct post_view, unit_kinds, 0, KINDS_MOST, 0, "Kinds of areas and organisations it may be held at; empty: any"),    \
    FIELD_I64(struct post_view, term_months, 0, 600, 0, "Usual term in months; 0: open"),                                            \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct post_view, is_public),                                          \
      .doc = "Its holders may be shown in the public directory, if they agreed" }

const struct field post_create_fields[] = {
    FIELD_STR(struct post_view, code, 1, 40, REQUIRED, "Stable name: small letters, digits and _"),
    POST_FIELDS(REQUIRED),
    FIELD_END,
};

const struct field post_change_fields[] = {
    POST_FIELDS(0),
    FIELD_BOOL(struct post_view, closed, 0, "Nobody is appointed to it any more"),
    FIELD_END,
};

const struct field post_fields[] = {
    FIELD_ID(struct post_view, id, REQUIRED, "Id"),
    FIELD_STR(struct post_view, code, 0, 0, REQUIRED, "Stable name, such as grid_worker"),
    POST_FIELDS(REQUIRED),
    FIELD_BOOL(struct post_view, closed, REQUIRED, "Nobody is appointed to it any more"),
    FIELD_I64(struct post_view, version, 0, 0, REQUIRED, "Grows with each change; send it as If-Match"),
    FIELD_END,
};

/* ---- kinds as a list, and as one text ---- */

static struct strs kinds_apart(struct arena *a, struct str text)
{
    struct str *at = ARENA_ARRAY(a, KINDS_MOST, struct str);
    size_t      n = 0;
    for (struct str one = str_cut(&text, ' '); one.len && n < KINDS_MOST; one = str_cut(&text, ' '))
        at[n++] = one;
    return (struct strs){ at, n };
}

static struct str kinds_together(struct arena *a, struct strs kinds)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < kinds.len; i++)
        buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(kinds.at[i]));
    return b.len ? buf_view(&b) : STR("");
}

static err check_kinds(struct req *r, struct strs kinds)
{
    struct str areas = setting_text(r->app, r->arena, "unit.area_kinds", r->now), orgs = setting_text(r->app, r->arena, "unit.org_kinds", r->now);
    for (size_t i = 0; i < kinds.len; i++)
        if (!kind_listed(r->arena, areas, kinds.at[i]) && !kind_listed(r->arena, orgs, kinds.at[i]))
            faults_add(&r->faults, str_fmt(r->arena, "unit_kinds[%zu]", i), ERR_NOT_A_CHOICE, 0);
    return req_faults(r);
}

static struct post_view view_of(struct arena *a, const struct unit_post *p)
{
    return (struct post_view){ p->id, p->code, p->name_zh, p->name_en, p->duty_zh, p->duty_en, kinds_apart(a, p->unit_kinds), p->term_months,
                               p->is_public, p->closed_at != 0, p->version };
}

/* ---- handlers ---- */

DB_SQL(post_add, "INSERT INTO post (tenant_id, id, code, name_zh, name_en, duty_zh, duty_en, unit_kinds, term_months, public) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
DB_SQL(post_update, "UPDATE post SET name_zh = $3, name_en = $4, duty_zh = $5, duty_en = $6, unit_kinds = $7, term_months = $8, public = $9, "
                    "closed_at = $10, version = version + 1 WHERE tenant_id = $1 AND id = $2")

err post_list(struct req *r)
{
    struct list posts;
    TRY(unit_posts(r->db, r->arena, r->tenant, &posts));
    struct post_view *v = ARENA_ARRAY(r->arena, posts.len, struct post_view);
    for (size_t i = 0; i < posts.len; i++)
        v[i] = view_of(r->arena, &((const struct unit_post *)posts.at)[i]);
    return reply_list(r, post_fields, sizeof *v, (struct list){ v, posts.len }, STR_NONE);
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!islower((unsigned char)s.ptr[i]) && !isdigit((unsigned char)s.ptr[i]) && s.ptr[i] != '_')
            return false;
    return s.len > 0;
}

static err record(struct req *r, const char *action, const struct post_view *v)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, post_fields, v);
    return audit_record(r, action, "post", v->id, buf_view(&b));
}

err post_create(struct req *r)
{
    struct post_view v = *(const struct post_view *)r->body;
    v.id = id_new();
    v.version = 1;
    if (!is_code(v.code))
        return FAIL_AT(ERR_INVALID, "code");
    TRY(check_kinds(r, v.unit_kinds));
    err e = db_exec(r->db, &post_add,
                    DB_ARGS(I64(r->tenant), I64(v.id), TEXT(v.code), TEXT(v.name_zh), TEXT(v.name_en), TEXT(v.duty_zh), TEXT(v.duty_en),
                            TEXT(kinds_together(r->arena, v.unit_kinds)), I64(v.term_months), BOOL(v.is_public)),
                    NULL);
    if (e.code == ERR_TAKEN)
        return FAIL_AT(ERR_TAKEN, "code");
    TRY(e);
    TRY(record(r, "post.create", &v));
    return reply_created(r, STR("/api/v1/posts"), post_fields, &v, v.version);
}

#define GIVEN(member) field_given(post_change_fields, &r->given, offsetof(struct post_view, member))

/* What was given over what is there. */
static void take_in(struct req *r, struct post_view *v)
{
    const struct post_view *in = r->body;
    v->name_zh = in->name_zh.ptr ? in->name_zh : v->name_zh;
    v->name_en = in->name_en.ptr ? in->name_en : v->name_en;
    v->duty_zh = GIVEN(duty_zh) ? in->duty_zh : v->duty_zh;
    v->duty_en = GIVEN(duty_en) ? in->duty_en : v->duty_en;
    v->unit_kinds = GIVEN(unit_kinds) ? in->unit_kinds : v->unit_kinds;
    v->term_months = GIVEN(term_months) ? in->term_months : v->term_months;
    v->is_public = GIVEN(is_public) ? in->is_public : v->is_public;
    v->closed = GIVEN(closed) ? in->closed : v->closed;
}

err post_change(struct req *r)
{
    struct unit_post p = { 0 };
    TRY(unit_post_get(r->db, r->arena, r->tenant, r->path[0], &p));
    TRY(req_version_needed(r, p.version));
    struct post_view v = view_of(r->arena, &p);
    take_in(r, &v);
    TRY(check_kinds(r, v.unit_kinds));
    TRY(db_exec(r->db, &post_update,
                DB_ARGS(I64(r->tenant), I64(v.id), TEXT(v.name_zh), TEXT(v.name_en), TEXT(v.duty_zh), TEXT(v.duty_en),
                        TEXT(kinds_together(r->arena, v.unit_kinds)), I64(v.term_months), BOOL(v.is_public),
                        TIME(!v.closed ? 0 : p.closed_at ? p.closed_at : r->now)),
                NULL));
    v.version++;
    TRY(record(r, "post.change", &v));
    return reply_view(r, post_fields, &v, v.version);
}
