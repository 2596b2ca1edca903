/* Rows of letters and seals. */
#include "letter_inside.h"

/* ---- letters ---- */

#define LETTER                                                                                                                       \
    "SELECT l.id, l.appointment_id, l.issuer_id, l.seal_id, l.kind, l.lang, l.no, l.title, l.body, l.person_name, l.post_name, "    \
    "l.unit_name, l.issuer_name, l.issuer_area, l.valid_from, l.valid_to, l.issued_at, l.replaced_at, x.valid_to, x.person_id, "    \
    "x.unit_kind, x.unit_id FROM letter l JOIN appointment x ON x.tenant_id = l.tenant_id AND x.id = l.appointment_id "

DB_SQL(letter_by_id, LETTER "WHERE l.tenant_id = $1 AND l.id = $2")
DB_SQL(letter_by_code, LETTER "WHERE l.tenant_id = $1 AND l.code_hash = $2")
DB_SQL(letters_of, LETTER "WHERE l.tenant_id = $1 AND l.appointment_id = $2 ORDER BY l.id DESC LIMIT 100")
DB_SQL(letter_add, "INSERT INTO letter (tenant_id, id, appointment_id, kind, lang, no, code_hash, title, body, person_name, post_name, unit_name, "
                   "issuer_id, issuer_name, issuer_area, seal_id, valid_from, valid_to, issued_at, issued_by) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)")
DB_SQL(letter_over, "UPDATE letter SET replaced_at = $3 WHERE tenant_id = $1 AND id = $2 AND replaced_at IS NULL")

static const struct field letter_columns[] = {
    FIELD_ID(struct letter_row, id, REQUIRED, "Id"),
    FIELD_ID(struct letter_row, appointment_id, REQUIRED, "About"),
    FIELD_ID(struct letter_row, issuer_id, REQUIRED, "By"),
    FIELD_ID(struct letter_row, seal_id, 0, "Seal"),
    FIELD_STR(struct letter_row, kind, 0, 0, REQUIRED, "Kind"),
    FIELD_STR(struct letter_row, lang, 0, 0, REQUIRED, "Language"),
    FIELD_STR(struct letter_row, no, 0, 0, REQUIRED, "Number"),
    FIELD_STR(struct letter_row, title, 0, 0, REQUIRED, "Title"),
    FIELD_STR(struct letter_row, body, 0, 0, REQUIRED, "Text"),
    FIELD_STR(struct letter_row, person_name, 0, 0, REQUIRED, "To whom"),
    FIELD_STR(struct letter_row, post_name, 0, 0, REQUIRED, "Post"),
    FIELD_STR(struct letter_row, unit_name, 0, 0, REQUIRED, "Where"),
    FIELD_STR(struct letter_row, issuer_name, 0, 0, REQUIRED, "Issuer"),
    FIELD_STR(struct letter_row, issuer_area, 0, 0, REQUIRED, "Its area"),
    FIELD_TIME(struct letter_row, valid_from, REQUIRED, "From"),
    FIELD_TIME(struct letter_row, valid_to, 0, "Until"),
    FIELD_TIME(struct letter_row, issued_at, REQUIRED, "Date"),
    FIELD_TIME(struct letter_row, replaced_at, 0, "Since when another holds"),
    FIELD_TIME(struct letter_row, until, 0, "End of the appointment"),
    FIELD_ID(struct letter_row, person_id, REQUIRED, "Who"),
    FIELD_I64(struct letter_row, unit_kind, 0, 0, REQUIRED, "Kind of the unit"),
    FIELD_ID(struct letter_row, unit_id, REQUIRED, "Unit"),
    FIELD_END
};

err letter_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct letter_row *out)
{
    return db_one(c, a, &letter_by_id, DB_ARGS(I64(tenant), I64(id)), letter_columns, out);
}

err letter_find_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str hash, struct letter_row *out)
{
    return db_one(c, a, &letter_by_code, DB_ARGS(I64(tenant), BLOB(hash)), letter_columns, out);
}

err letter_list(struct db_conn *c, struct arena *a, int64_t tenant, int64_t appointment, struct list *out)
{
    return db_all(c, a, &letters_of, DB_ARGS(I64(tenant), I64(appointment)), letter_columns, sizeof(struct letter_row), 100, out);
}

err letter_insert(struct db_conn *c, int64_t tenant, const struct letter_row *l, struct str code_hash, int64_t by)
{
    return db_exec(c, &letter_add,
                   DB_ARGS(I64(tenant), I64(l->id), I64(l->appointment_id), TEXT(l->kind), TEXT(l->lang), TEXT(l->no), BLOB(code_hash),
                           TEXT(l->title), TEXT(l->body), TEXT(l->person_name), TEXT(l->post_name), TEXT(l->unit_name), I64(l->issuer_id),
                           TEXT(l->issuer_name), TEXT(l->issuer_area), REF(l->seal_id), TIME(l->valid_from), TIME(l->valid_to),
                           TIME(l->issued_at), REF(by)),
                   NULL);
}

err letter_replace(struct db_conn *c, int64_t tenant, int64_t id, ms now)
{
    return db_exec(c, &letter_over, DB_ARGS(I64(tenant), I64(id), TIME(now)), NULL);
}

/* ---- seals ---- */

#define SEAL "SELECT id, org_id, file_id, created_at, retired_at FROM seal WHERE tenant_id = $1"

DB_SQL(seal_by_id, SEAL " AND id = $2")
DB_SQL(seal_in_use, SEAL " AND org_id = $2 AND retired_at IS NULL ORDER BY id DESC LIMIT 1")
DB_SQL(seals_in_use, SEAL " AND retired_at IS NULL ORDER BY id LIMIT 2000")
DB_SQL(seal_add, "INSERT INTO seal (tenant_id, id, org_id, file_id, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)")
DB_SQL(seal_stop, "UPDATE seal SET retired_at = $3 WHERE tenant_id = $1 AND org_id = $2 AND retired_at IS NULL")

static const struct field seal_columns[] = {
    FIELD_ID(struct seal_row, id, REQUIRED, "Id"),
    FIELD_ID(struct seal_row, org_id, REQUIRED, "Whose"),
    FIELD_ID(struct seal_row, file_id, REQUIRED, "Picture"),
    FIELD_TIME(struct seal_row, created_at, REQUIRED, "From"),
    FIELD_TIME(struct seal_row, retired_at, 0, "Until"),
    FIELD_END
};

err seal_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct seal_row *out)
{
    return db_one(c, a, &seal_by_id, DB_ARGS(I64(tenant), I64(id)), seal_columns, out);
}

err seal_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct seal_row *out)
{
    return db_one(c, a, &seal_in_use, DB_ARGS(I64(tenant), I64(org)), seal_columns, out);
}

err seal_all(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &seals_in_use, DB_ARGS(I64(tenant)), seal_columns, sizeof(struct seal_row), 2000, out);
}

err seal_insert(struct db_conn *c, int64_t tenant, const struct seal_row *s, int64_t by)
{
    return db_exec(c, &seal_add, DB_ARGS(I64(tenant), I64(s->id), I64(s->org_id), I64(s->file_id), TIME(s->created_at), REF(by)), NULL);
}

err seal_retire(struct db_conn *c, int64_t tenant, int64_t org, ms now)
{
    return db_exec(c, &seal_stop, DB_ARGS(I64(tenant), I64(org), TIME(now)), NULL);
}
