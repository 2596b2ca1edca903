/* Seals over HTTP: an organisation's seal is a picture, uploaded by who manages people there. */
#include "letter_inside.h"

#include "../../base/id.h"
#include "../audit/audit.h"

struct seal_view { int64_t id, org_id, photo_id; struct str org_name; ms created_at; };
static const struct field seal_fields[] = {
    FIELD_ID(struct seal_view, id, REQUIRED, "Id"),
    FIELD_ID(struct seal_view, org_id, REQUIRED, "Whose"),
    FIELD_STR(struct seal_view, org_name, 0, 0, REQUIRED, "Its name"),
    FIELD_ID(struct seal_view, photo_id, REQUIRED, "Picture: GET /files/{id}"),
    FIELD_TIME(struct seal_view, created_at, REQUIRED, "Since when"),
    FIELD_END
};

struct seal_body { int64_t org_id, photo; };
static const struct field body_fields[] = {
    FIELD_ID(struct seal_body, org_id, REQUIRED, "Organisation"),
    FIELD_ID(struct seal_body, photo, REQUIRED, "Uploaded before, by POST /files; its white is taken for paper"),
    FIELD_END
};

static struct seal_view view_of(struct req *r, const struct unit_snapshot *s, const struct seal_row *row)
{
    return (struct seal_view){ row->id, row->org_id, row->file_id, str_copy(r->arena, unit_name(s, (struct unit_ref){ UNIT_ORG, row->org_id })),
                               row->created_at };
}

static bool mine(struct req *r, int64_t org)
{
    return req_may(r, PERM_PERSON_MANAGE, (struct unit_ref){ UNIT_ORG, org });
}

static err list_seals(struct req *r)
{
    struct list rows;
    size_t      n = 0;
    TRY(seal_all(r->db, r->arena, r->tenant, &rows));
    const struct seal_row      *at = rows.at;
    struct seal_view           *v = ARENA_ARRAY(r->arena, rows.len, struct seal_view);
    const struct unit_snapshot *s = unit_hold(r->app);
    for (size_t i = 0; i < rows.len; i++)
        if (mine(r, at[i].org_id))
            v[n++] = view_of(r, s, &at[i]);
    unit_release(s);
    return reply_list(r, seal_fields, sizeof *v, (struct list){ v, n }, STR_NONE);
}

static err check_org(struct req *r, int64_t org)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        used = unit_in_use(s, (struct unit_ref){ UNIT_ORG, org });
    unit_release(s);
    return used ? req_allow(r, PERM_PERSON_MANAGE, (struct unit_ref){ UNIT_ORG, org }) : FAIL_AT(ERR_UNKNOWN_REFERENCE, "org_id");
}

/* The one before stays for the letters that have it. */
static err create_seal(struct req *r)
{
    const struct seal_body *in = r->body;
    struct seal_row         row = { .id = id_new(), .org_id = in->org_id, .file_id = in->photo, .created_at = r->now };
    TRY(check_org(r, in->org_id));
    TRY(file_claim(r, "photo", (struct ids){ &row.file_id, 1 }, (struct strs){ NULL, 0 }, "seal", row.id));
    TRY(seal_retire(r->db, r->tenant, in->org_id, r->now));
    TRY(seal_insert(r->db, r->tenant, &row, r->caller.account));
    TRY(audit_record(r, "seal.create", "org", in->org_id, str_fmt(r->arena, "{\"seal\":\"%lld\"}", (long long)row.id)));
    const struct unit_snapshot *s = unit_hold(r->app);
    struct seal_view            v = view_of(r, s, &row);
    unit_release(s);
    return reply_created(r, STR("/api/v1/seals"), seal_fields, &v, 0);
}

static err retire_seal(struct req *r)
{
    struct seal_row row = { 0 };
    TRY(seal_find(r->db, r->arena, r->tenant, r->path[0], &row));
    if (!mine(r, row.org_id))
        return FAIL(ERR_NOT_FOUND);
    if (row.retired_at)
        return FAIL(ERR_WRONG_STATE);
    TRY(seal_retire(r->db, r->tenant, row.org_id, r->now));
    TRY(audit_record(r, "seal.retire", "org", row.org_id, str_fmt(r->arena, "{\"seal\":\"%lld\"}", (long long)row.id)));
    return reply_none(r);
}

#define MANAGES .perm = PERM_PERSON_MANAGE, .scope = SCOPE_ANY, .tag = "letter"

const struct route seal_routes[] = {
    { GET, "/api/v1/seals", list_seals, MANAGES, .tx = TX_READ, .reply_kind = REPLY_LIST, .reply = seal_fields,
      .summary = "Seals in use of the organisations in which one manages people" },
    { POST, "/api/v1/seals", create_seal, MANAGES, .tx = TX_WRITE, ROUTE_BODY(struct seal_body, body_fields), .reply_kind = REPLY_CREATED,
      .reply = seal_fields, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE, ERR_FILE_UNKNOWN), .summary = "An organisation's seal from now on" },
    { DELETE, "/api/v1/seals/:id", retire_seal, MANAGES, .tx = TX_WRITE, .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_WRONG_STATE),
      .summary = "Use a seal no longer; letters that have it keep it" },
    ROUTE_END
};
