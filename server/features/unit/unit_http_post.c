/* Posts and appointments over HTTP. */
#include "unit_http.h"

#include <ctype.h>

#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"

const struct field post_fields[] = {
    FIELD_ID(struct post_view, id, REQUIRED, "Id"),
    FIELD_STR(struct post_view, code, 0, 0, REQUIRED, "Stable name, such as grid_worker"),
    FIELD_STR(struct post_view, name_zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct post_view, name_en, 0, 0, REQUIRED, "English name"),
    FIELD_END,
};

const struct field post_body_fields[] = {
    FIELD_STR(struct post_body, code, 1, 40, REQUIRED, "Stable name: small letters, digits and _"),
    FIELD_STR(struct post_body, name_zh, 1, 40, REQUIRED, "Chinese name"),
    FIELD_STR(struct post_body, name_en, 1, 60, REQUIRED, "English name"),
    FIELD_END,
};

const struct field appointment_body_fields[] = {
    FIELD_STR(struct appointment_body, post, 1, 40, REQUIRED, "Code of the post"),
    FIELD_WORD(struct appointment_body, unit_kind, unit_kind_words, REQUIRED, "At an area or an organisation"),
    FIELD_ID(struct appointment_body, unit_id, REQUIRED, "Which"),
    FIELD_TIME(struct appointment_body, from, 0, "From; empty: now"),
    FIELD_TIME(struct appointment_body, to, 0, "Until, exclusive; empty: open"),
    FIELD_STR(struct appointment_body, letter_no, 1, 60, 0, "Number of the letter of appointment"),
    FIELD_END,
};

const struct field appointment_fields[] = {
    FIELD_ID(struct appointment_view, id, REQUIRED, "Id"),
    FIELD_ID(struct appointment_view, person_id, REQUIRED, "Who"),
    FIELD_STR(struct appointment_view, post, 0, 0, REQUIRED, "Code of the post"),
    FIELD_STR(struct appointment_view, post_name_zh, 0, 0, REQUIRED, "Chinese name of the post"),
    FIELD_STR(struct appointment_view, post_name_en, 0, 0, REQUIRED, "English name of the post"),
    FIELD_WORD(struct appointment_view, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_ID(struct appointment_view, unit_id, REQUIRED, "Where"),
    FIELD_STR(struct appointment_view, unit_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct appointment_view, letter_no, 0, 0, 0, "Number of the letter of appointment"),
    FIELD_TIME(struct appointment_view, from, REQUIRED, "From"),
    FIELD_TIME(struct appointment_view, to, 0, "Until, exclusive; null: open"),
    FIELD_END,
};

/* ---- posts ---- */

DB_SQL(posts_all, "SELECT id, code, name_zh, name_en FROM post WHERE tenant_id = $1 ORDER BY id")
DB_SQL(post_add, "INSERT INTO post (tenant_id, id, code, name_zh, name_en) VALUES ($1, $2, $3, $4, $5)")

err post_list(struct req *r)
{
    struct list posts;
    TRY(db_all(r->db, r->arena, &posts_all, DB_ARGS(I64(r->tenant)), post_fields, sizeof(struct post_view), 1000, &posts));
    return reply_list(r, post_fields, sizeof(struct post_view), posts, STR_NONE);
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!islower((unsigned char)s.ptr[i]) && !isdigit((unsigned char)s.ptr[i]) && s.ptr[i] != '_')
            return false;
    return s.len > 0;
}

err post_create(struct req *r)
{
    const struct post_body *in = r->body;
    struct post_view        v = { id_new(), in->code, in->name_zh, in->name_en };
    if (!is_code(in->code))
        return FAIL_AT(ERR_INVALID, "code");
    err e = db_exec(r->db, &post_add, DB_ARGS(I64(r->tenant), I64(v.id), TEXT(v.code), TEXT(v.name_zh), TEXT(v.name_en)), NULL);
    if (e.code == ERR_TAKEN)
        return FAIL_AT(ERR_TAKEN, "code");
    TRY(e);
    TRY(audit_record(r, "post.create", "post", v.id, str_fmt(r->arena, "{\"code\":\"%.*s\"}", STR_ARG(v.code))));
    return reply_created(r, STR("/api/v1/posts"), post_fields, &v, 0);
}

/* ---- appointments ---- */

#define APPOINTMENT_COLUMNS "x.id, x.person_id, p.code, p.name_zh, p.name_en, x.unit_kind, x.unit_id, x.letter_no, x.valid_from, x.valid_to "
#define APPOINTMENT_FROM    "FROM appointment x JOIN post p ON p.tenant_id = x.tenant_id AND p.id = x.post_id "

DB_SQL(appointments_of, "SELECT " APPOINTMENT_COLUMNS APPOINTMENT_FROM "WHERE x.tenant_id = $1 AND x.person_id = $2 ORDER BY x.id DESC LIMIT 500")
DB_SQL(appointment_by_id, "SELECT " APPOINTMENT_COLUMNS APPOINTMENT_FROM "WHERE x.tenant_id = $1 AND x.id = $2")
DB_SQL(appointment_person, "SELECT id FROM person WHERE tenant_id = $1 AND id = $2")
DB_SQL(appointment_stop, "UPDATE appointment SET valid_to = $3 WHERE tenant_id = $1 AND id = $2")

static void read_row(struct req *r, const struct unit_snapshot *s, struct db_rows *rows, struct appointment_view *v)
{
    *v = (struct appointment_view){ .id = db_i64(rows, 0), .person_id = db_i64(rows, 1), .post = str_copy(r->arena, db_text(rows, 2)),
                                    .post_name_zh = str_copy(r->arena, db_text(rows, 3)), .post_name_en = str_copy(r->arena, db_text(rows, 4)),
                                    .unit_kind = (int)db_i64(rows, 5), .unit_id = db_i64(rows, 6),
                                    .letter_no = str_copy(r->arena, db_text(rows, 7)), .from = db_i64(rows, 8), .to = db_i64(rows, 9) };
    v->unit_name = str_copy(r->arena, unit_name(s, (struct unit_ref){ (enum unit_kind)v->unit_kind, v->unit_id }));
}

static err list_work(struct req *r, const struct unit_snapshot *s)
{
    struct appointment_view *items = ARENA_ARRAY(r->arena, 500, struct appointment_view);
    struct db_rows           rows;
    size_t                   n = 0;
    int64_t                  person;
    TRY(db_number(r->db, &appointment_person, DB_ARGS(I64(r->tenant), I64(r->path[0])), &person));
    TRY(db_query(r->db, &appointments_of, DB_ARGS(I64(r->tenant), I64(person)), &rows));
    while (n < 500 && db_next(&rows))
        read_row(r, s, &rows, &items[n++]);
    TRY(db_done(&rows));
    return reply_list(r, appointment_fields, sizeof *items, (struct list){ items, n }, STR_NONE);
}

err appointment_list(struct req *r)
{
    return on_snapshot(r, list_work);
}

static err read_one(struct req *r, int64_t id, struct appointment_view *v)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    struct db_rows              rows;
    bool                        found = false;
    err                         e = db_query(r->db, &appointment_by_id, DB_ARGS(I64(r->tenant), I64(id)), &rows);
    if (!failed(e)) {
        found = db_next(&rows);
        if (found)
            read_row(r, s, &rows, v);
        e = db_done(&rows);
    }
    unit_release(s);
    return failed(e) ? e : found ? OK : FAIL(ERR_NOT_FOUND);
}

/* The unit exists, is in use, and the caller manages people there. */
static err check_unit(struct req *r, struct unit_ref u)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        known = unit_depth(s, u) >= 0, used = unit_in_use(s, u);
    unit_release(s);
    if (!known)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "unit_id");
    if (!used)
        return FAIL_AT(ERR_AREA_CLOSED, "unit_id");
    return req_allow(r, PERM_PERSON_MANAGE, u);
}

static struct str appointment_json(struct arena *a, const struct appointment_view *v)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, appointment_fields, v);
    return buf_view(&b);
}

err appointment_create(struct req *r)
{
    const struct appointment_body *in = r->body;
    struct unit_ref                u = { (enum unit_kind)in->unit_kind, in->unit_id };
    struct appointment_view        v;
    ms                             from = in->from ? in->from : r->now;
    int64_t                        person, id;
    TRY(check_unit(r, u));
    if (in->to && in->to <= from)
        return FAIL_AT(ERR_PERIOD, "to");
    TRY(db_number(r->db, &appointment_person, DB_ARGS(I64(r->tenant), I64(r->path[0])), &person));
    TRY(unit_appoint(r->db, r->tenant, person, in->post, u, in->letter_no, from, in->to, r->caller.account, &id));
    TRY(read_one(r, id, &v));
    TRY(audit_record(r, "appointment.create", "person", person, appointment_json(r->arena, &v)));
    return reply_created(r, str_fmt(r->arena, "/api/v1/people/%lld/appointments", (long long)person), appointment_fields, &v, 0);
}

err appointment_end(struct req *r)
{
    struct appointment_view v;
    TRY(read_one(r, r->path[0], &v));
    TRY(req_allow(r, PERM_PERSON_MANAGE, (struct unit_ref){ (enum unit_kind)v.unit_kind, v.unit_id }));
    if (v.to && v.to <= r->now)
        return FAIL(ERR_WRONG_STATE);
    TRY(db_exec(r->db, &appointment_stop, DB_ARGS(I64(r->tenant), I64(v.id), TIME(r->now > v.from ? r->now : v.from)), NULL));
    TRY(audit_record(r, "appointment.end", "person", v.person_id, appointment_json(r->arena, &v)));
    return reply_none(r);
}
