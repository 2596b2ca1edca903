/* Whom to ask for at an organisation: names and duties in the open, each telephone sealed and shown only with a trace. */
#include "unit_http.h"
#include "unit_org.h"

#include "../../base/contact.h"
#include "../../base/id.h"
#include "../../base/jsonw.h"
#include "../audit/audit.h"

#define CONTEXT  "org.person"   /* what a sealed telephone is bound to */
#define MOST     50

const struct field org_person_fields[] = {
    FIELD_ID(struct person_view, id, REQUIRED, "Id"),
    FIELD_STR(struct person_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct person_view, duty, 0, 0, 0, "What they are there for"),
    FIELD_STR(struct person_view, phone_masked, 0, 0, 0, "Telephone, masked"),
    FIELD_END
};
const struct field org_person_body_fields[] = {
    FIELD_STR(struct person_body, name, 1, 60, REQUIRED, "Name"),
    FIELD_STR(struct person_body, duty, 1, 60, 0, "What they are there for"),
    FIELD_STR(struct person_body, phone, 1, 100, SECRET, "Telephone or mail; stored encrypted"),
    FIELD_END
};
const struct field org_person_change_fields[] = {
    FIELD_STR(struct person_body, name, 1, 60, 0, "Name"),
    FIELD_STR(struct person_body, duty, 1, 60, 0, "What they are there for"),
    FIELD_STR(struct person_body, phone, 1, 100, SECRET, "Telephone or mail; stored encrypted"),
    FIELD_END
};

DB_SQL(org_people, "SELECT id, name, duty, phone_enc FROM org_contact WHERE tenant_id = $1 AND org_id = $2 ORDER BY id")
DB_SQL(org_person_put, "INSERT INTO org_contact (tenant_id, id, org_id, name, duty, phone_enc, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                       "ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, duty = excluded.duty, phone_enc = excluded.phone_enc")
DB_SQL(org_person_drop, "DELETE FROM org_contact WHERE tenant_id = $1 AND org_id = $2 AND id = $3")

struct person_row { int64_t id; struct str name, duty, phone_enc; };

static err read_people(struct req *r, int64_t org, struct list *out)
{
    struct person_row *at = ARENA_ARRAY(r->arena, MOST, struct person_row);
    struct db_rows     rows;
    *out = (struct list){ at, 0 };
    TRY(db_query(r->db, &org_people, DB_ARGS(I64(r->tenant), I64(org)), &rows));
    while (out->len < MOST && db_next(&rows))
        at[out->len++] = (struct person_row){ db_i64(&rows, 0), str_copy(r->arena, db_text(&rows, 1)), str_copy(r->arena, db_text(&rows, 2)),
                                              str_copy(r->arena, db_blob(&rows, 3)) };
    return db_done(&rows);
}

static struct str phone_of(struct req *r, const struct person_row *p)
{
    struct str plain = STR_NONE;
    if (p->phone_enc.ptr && !crypto_open(r->arena, r->app->keys.seal, CONTEXT, p->phone_enc, &plain))
        return STR_NONE;
    return plain;
}

err org_people_view(struct req *r, int64_t org, struct list *out)
{
    struct list people;
    TRY(read_people(r, org, &people));
    struct person_view      *v = ARENA_ARRAY(r->arena, people.len + 1, struct person_view);
    const struct person_row *p = people.at;
    for (size_t i = 0; i < people.len; i++)
        v[i] = (struct person_view){ p[i].id, p[i].name, p[i].duty, contact_mask(r->arena, phone_of(r, &p[i])) };
    *out = (struct list){ v, people.len };
    return OK;
}

/* The person of the path (the second id) among those of the organisation. */
static err find_person(struct req *r, const struct list *people, struct person_row *out)
{
    const struct person_row *p = people->at;
    for (size_t i = 0; i < people->len; i++)
        if (p[i].id == r->path[1]) {
            *out = p[i];
            return OK;
        }
    return FAIL(ERR_NOT_FOUND);
}

static err put(struct req *r, const struct org_row *org, const struct person_row *p)
{
    return db_exec(r->db, &org_person_put,
                   DB_ARGS(I64(r->tenant), I64(p->id), I64(org->id), TEXT(p->name), TEXT(p->duty), BLOB(p->phone_enc), I64(r->now),
                           REF(r->caller.account)),
                   NULL);
}

/* The record names whose it is, never the telephone. */
static err recorded(struct req *r, const struct org_row *org, const char *action, const struct person_row *p, struct str why)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "contact", p->id);
    jsonw_kv_str(&j, "duty", p->duty);
    jsonw_kv_bool(&j, "phone", p->phone_enc.ptr != NULL);
    if (why.ptr)
        jsonw_kv_str(&j, "why", why);
    jsonw_close(&j);
    return audit_record(r, action, "org", org->id, buf_view(&b));
}

static err changed(struct req *r, const struct org_row *org, const char *action, const struct person_row *p)
{
    TRY(org_touch(r, org->id));
    TRY(recorded(r, org, action, p, STR_NONE));
    unit_changed(r->db, r->app);
    return org_answer(r, org->id);
}

/* The organisation of the path, open, with the right to change it, and whom one may ask for there. */
static err open_people(struct req *r, struct org_row *org, struct list *people)
{
    TRY(org_own(r, org));
    if (org->valid_to)
        return FAIL(ERR_WRONG_STATE);
    return read_people(r, org->id, people);
}

err org_person_add(struct req *r)
{
    const struct person_body *in = r->body;
    struct org_row            org;
    struct list               people;
    TRY(open_people(r, &org, &people));
    if (people.len == MOST)
        return FAIL_AT(ERR_TOO_BIG, "name");
    struct person_row p = { id_new(), in->name, in->duty, crypto_seal(r->arena, r->app->keys.seal, CONTEXT, in->phone) };
    TRY(put(r, &org, &p));
    return changed(r, &org, "org.contact_add", &p);
}

#define GIVEN(member) field_given(org_person_change_fields, &r->given, offsetof(struct person_body, member))

err org_person_change(struct req *r)
{
    const struct person_body *in = r->body;
    struct org_row            org;
    struct list               people;
    struct person_row         p;
    TRY(open_people(r, &org, &people));
    TRY(find_person(r, &people, &p));
    if (GIVEN(name) && !in->name.ptr)
        return FAIL_AT(ERR_REQUIRED, "name");
    p.name = GIVEN(name) ? in->name : p.name;
    p.duty = GIVEN(duty) ? in->duty : p.duty;
    if (GIVEN(phone))
        p.phone_enc = crypto_seal(r->arena, r->app->keys.seal, CONTEXT, in->phone);
    TRY(put(r, &org, &p));
    return changed(r, &org, "org.contact_change", &p);
}

err org_person_remove(struct req *r)
{
    struct org_row    org;
    struct list       people;
    struct person_row p;
    TRY(open_people(r, &org, &people));
    TRY(find_person(r, &people, &p));
    TRY(db_exec(r->db, &org_person_drop, DB_ARGS(I64(r->tenant), I64(org.id), I64(p.id)), NULL));
    return changed(r, &org, "org.contact_remove", &p);
}

err org_person_phone(struct req *r)
{
    const struct contact_body *in = r->body;
    struct org_row             org;
    struct list                people;
    struct person_row          p;
    TRY(org_get(r->db, r->arena, r->tenant, r->path[0], &org));
    TRY(req_allow(r, PERM_UNIT_READ, (struct unit_ref){ UNIT_ORG, org.id }));
    TRY(read_people(r, org.id, &people));
    TRY(find_person(r, &people, &p));
    struct contact_view v = { phone_of(r, &p) };
    TRY(recorded(r, &org, "org.contact", &p, in->why));
    return reply_view(r, org_contact_fields, &v, 0);
}
