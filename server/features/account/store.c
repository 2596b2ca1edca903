/* People, accounts, roles and assignments as rows: what the command line, the demonstration and imports share with the handlers. */
#include "inside.h"

#include "../../base/id.h"
#include "../audit/audit.h"

/* ---- people ---- */

DB_SQL(person_insert,
       "INSERT INTO person (tenant_id, id, name, name_fold, contact_enc, contact_hash, public, created_at, updated_at, version)"
       " VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, 1)")

err account_person_add(struct db_conn *c, struct arena *a, const struct app *app, struct str name, struct str contact, ms now,
                       int64_t *person)
{
    struct str tidy;
    if (contact.ptr)
        TRY(contact_tidy(a, contact, &tidy));
    *person = id_new();
    return db_exec(c, &person_insert,
                   DB_ARGS(I64(app->tenant), I64(*person), TEXT(name), TEXT(account_fold(a, name)),
                           BLOB(crypto_seal(a, app->keys.seal, CONTACT_CONTEXT, contact)),
                           BLOB(account_contact_hash(a, app, contact)), I64(now)),
                   NULL);
}

/* ---- accounts ---- */

DB_SQL(account_insert,
       "INSERT INTO account (tenant_id, id, person_id, sign_in_name, password_hash, password_until, created_at, updated_at, version)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 1)")

err account_insert_row(struct db_conn *c, int64_t tenant, int64_t person, struct str sign_in_name, struct str password_hash, ms until,
                       ms now, int64_t *account)
{
    struct arena *a = arena_new(0);
    struct str    folded;
    err           e = account_name_fold(a, sign_in_name, &folded);
    *account = id_new();
    if (failed(e))
        e.field = "sign_in_name";
    else
        e = db_exec(c, &account_insert,
                    DB_ARGS(I64(tenant), I64(*account), I64(person), TEXT(folded), TEXT(password_hash), TIME(until), I64(now)), NULL);
    arena_free(a);
    return e.code == ERR_TAKEN ? FAIL_AT(ERR_TAKEN, "sign_in_name") : e;
}

DB_SQL(person_publish, "UPDATE person SET public = 1 WHERE tenant_id = $1 AND id = $2")

err account_person_show(struct db_conn *c, int64_t tenant, int64_t person)
{
    return db_exec(c, &person_publish, DB_ARGS(I64(tenant), I64(person)), NULL);
}

err account_add(struct db_conn *c, int64_t tenant, int64_t person, struct str sign_in_name, struct str password_hash, ms now,
                int64_t *account)
{
    return account_insert_row(c, tenant, person, sign_in_name, password_hash, 0, now, account);
}

/* ---- roles ---- */

DB_SQL(role_ship,
       "INSERT INTO role (tenant_id, id, code, name_zh, name_en, permissions, built_in, version) VALUES ($1, $2, $3, $4, $5, $6, 1, 1)"
       " ON CONFLICT (tenant_id, code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,"
       " permissions = excluded.permissions, built_in = 1, version = role.version + 1"
       " WHERE role.permissions <> excluded.permissions OR role.name_zh <> excluded.name_zh OR role.name_en <> excluded.name_en"
       " OR role.built_in <> 1")
DB_SQL(role_id_by_code, "SELECT id FROM role WHERE tenant_id = $1 AND code = $2")

err account_roles_install(struct db_conn *c, int64_t tenant)
{
    for (size_t i = 0; i < roles_shipped_count; i++) {
        const struct role_shipped *s = &roles_shipped[i];
        TRY(db_exec(c, &role_ship,
                    DB_ARGS(I64(tenant), I64(id_new()), TEXT(str_of(s->code)), TEXT(str_of(s->zh)), TEXT(str_of(s->en)),
                            TEXT(str_of(s->permissions))),
                    NULL));
    }
    return OK;
}

err role_find(struct db_conn *c, int64_t tenant, struct str code, int64_t *role)
{
    return db_number(c, &role_id_by_code, DB_ARGS(I64(tenant), TEXT(code)), role);
}

/* ---- assignments ---- */

DB_SQL(assignment_insert,
       "INSERT INTO assignment (tenant_id, id, person_id, role_id, unit_kind, unit_id, valid_from, valid_to, created_at, created_by)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
DB_SQL(role_permissions, "SELECT permissions FROM role WHERE tenant_id = $1 AND id = $2")

err role_perms(struct db_conn *c, int64_t tenant, int64_t role, perm_set *out)
{
    struct db_rows rows;
    TRY(db_query(c, &role_permissions, DB_ARGS(I64(tenant), I64(role)), &rows));
    bool found = db_next(&rows);
    if (found)
        *out = perm_set_parse(db_text(&rows, 0));
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

err assignment_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct assignment_new *n, ms now, int64_t by, int64_t *id)
{
    const struct held *have;
    size_t             count;
    struct held        more = { .unit = n->unit, .from = n->from, .to = n->to };
    if (n->to && n->to <= n->from)
        return FAIL_AT(ERR_PERIOD, "to");
    TRY(role_perms(c, tenant, n->role, &more.perms));
    TRY(held_load(c, a, tenant, n->person, n->from < now ? n->from : now, &have, &count));
    if (account_unites_admins(have, count, &more))
        return FAIL_AT(ERR_ADMINS_APART, "role");
    *id = id_new();
    return db_exec(c, &assignment_insert,
                   DB_ARGS(I64(tenant), I64(*id), I64(n->person), I64(n->role), I64(n->unit.kind), I64(n->unit.id), I64(n->from),
                           TIME(n->to), I64(now), REF(by)),
                   NULL);
}

err account_assign(struct db_conn *c, int64_t tenant, int64_t person, struct str role_code, struct unit_ref unit, ms from, ms to,
                   int64_t by, int64_t *assignment)
{
    struct assignment_new n = { .person = person, .unit = unit, .from = from, .to = to };
    TRY(role_find(c, tenant, role_code, &n.role));
    struct arena *a = arena_new(0);
    err           e = assignment_add(c, a, tenant, &n, clock_now(), by, assignment);
    arena_free(a);
    return e;
}

/* ---- who holds a right at a unit ---- */

#define HOLDERS_MOST 500

DB_SQL(assignment_holders,
       "SELECT p.id, p.name, r.permissions FROM assignment a JOIN role r ON r.tenant_id = a.tenant_id AND r.id = a.role_id "
       "JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id "
       "WHERE a.tenant_id = $1 AND a.unit_id = $2 AND a.unit_kind = $3 AND a.valid_from <= $4 "
       "AND (a.valid_to IS NULL OR a.valid_to > $4) ORDER BY p.name, p.id LIMIT $5")

err account_holders(struct db_conn *c, struct arena *a, int64_t tenant, struct unit_ref unit, enum perm perm, ms now, struct list *out)
{
    struct account_holder *at = ARENA_ARRAY(a, HOLDERS_MOST, struct account_holder);
    struct db_rows         rows;
    *out = (struct list){ at, 0 };
    TRY(db_query(c, &assignment_holders, DB_ARGS(I64(tenant), I64(unit.id), I64(unit.kind), TIME(now), I64(HOLDERS_MOST)), &rows));
    while (db_next(&rows)) {
        bool again = out->len && at[out->len - 1].id == db_i64(&rows, 0);
        if (!again && (perm_set_parse(db_text(&rows, 2)) & PERM_BIT(perm)))
            at[out->len++] = (struct account_holder){ db_i64(&rows, 0), str_copy(a, db_text(&rows, 1)) };
    }
    return db_done(&rows);
}

/* ---- roles that hang on an area which is redrawn ---- */

DB_SQL(assignment_stop, "UPDATE assignment SET valid_to = CASE WHEN valid_from > $3 THEN valid_from ELSE $3 END WHERE tenant_id = $1 AND id = $2")
DB_SQL(assignments_at, "SELECT a.id, a.person_id, a.role_id, p.name, r.name_zh, r.name_en, a.valid_from, a.valid_to FROM assignment a "
                       "JOIN role r ON r.tenant_id = a.tenant_id AND r.id = a.role_id JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id "
                       "WHERE a.tenant_id = $1 AND a.unit_kind = 1 AND a.unit_id = $2 AND (a.valid_to IS NULL OR a.valid_to > $3) ORDER BY p.name, a.id")
DB_SQL(assignment_person, "SELECT person_id FROM assignment WHERE tenant_id = $1 AND id = $2")

err assignment_end(struct db_conn *c, struct app *app, int64_t id, ms at)
{
    account_changed_in(c, app);
    return db_exec(c, &assignment_stop, DB_ARGS(I64(app->tenant), I64(id), I64(at)), NULL);
}

static err held_list(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms at, struct list *out)
{
    return db_all(c, a, &assignments_at, DB_ARGS(I64(tenant), I64(area), I64(at)), unit_held_map, sizeof(struct unit_held), HOLDERS_MOST, out);
}

static err held_end(struct db_conn *c, struct app *app, int64_t id, ms at, int64_t by, ms now)
{
    int64_t person;
    TRY(db_number(c, &assignment_person, DB_ARGS(I64(app->tenant), I64(id)), &person));
    TRY(assignment_end(c, app, id, at));
    struct arena *a = arena_new(0);
    err           e = audit_write(c, a, app->tenant, now, by, "role.end", "person", person, str_fmt(a, "{\"assignment\":\"%lld\",\"why\":\"redraw\"}", (long long)id));
    arena_free(a);
    return e;
}

const struct unit_held_kind assignments_held = { .word = "role", .right = true, .list = held_list, .end = held_end };

DB_SQL(assignment_all,
       "SELECT a.person_id, p.name, r.permissions, a.unit_kind, a.unit_id, a.valid_from, a.valid_to FROM assignment a"
       " JOIN role r ON r.tenant_id = a.tenant_id AND r.id = a.role_id JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE a.tenant_id = $1 AND (a.valid_to IS NULL OR a.valid_to > $2) ORDER BY a.person_id, a.id")
DB_SQL(assignment_count, "SELECT COUNT(*) FROM assignment WHERE tenant_id = $1 AND (valid_to IS NULL OR valid_to > $2)")

err account_grants(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct list *out)
{
    struct db_rows rows;
    int64_t        most;
    TRY(db_number(c, &assignment_count, DB_ARGS(I64(tenant), I64(now)), &most));
    struct account_grant *at = ARENA_ARRAY(a, (size_t)most + 1, struct account_grant);
    size_t                n = 0;
    TRY(db_query(c, &assignment_all, DB_ARGS(I64(tenant), I64(now)), &rows));
    for (; n < (size_t)most && db_next(&rows); n++)
        at[n] = (struct account_grant){ db_i64(&rows, 0), str_copy(a, db_text(&rows, 1)), perm_set_parse(db_text(&rows, 2)),
                                        { (enum unit_kind)db_i64(&rows, 3), db_i64(&rows, 4) }, db_i64(&rows, 5), db_i64(&rows, 6) };
    *out = (struct list){ at, n };
    return db_done(&rows);
}
