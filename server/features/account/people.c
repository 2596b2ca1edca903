/* People: rows, where they belong, and who may touch them. */
#include "people.h"

#include "../../base/log.h"

/* ---- rows ---- */

DB_SQL(person_by_id, "SELECT id, name, contact_enc, public, version FROM person WHERE tenant_id = $1 AND id = $2")
DB_SQL(person_accounts,
       "SELECT id, sign_in_name, locked_at, closed_at, password_until FROM account WHERE tenant_id = $1 AND person_id = $2 ORDER BY id")
DB_SQL(person_posts,
       "SELECT a.id, p.code, p.name_zh, p.name_en, a.unit_kind, a.unit_id, a.valid_from, a.valid_to FROM appointment a"
       " JOIN post p ON p.tenant_id = a.tenant_id AND p.id = a.post_id"
       " WHERE a.tenant_id = $1 AND a.person_id = $2 AND (a.valid_to IS NULL OR a.valid_to > $3) ORDER BY a.id")
DB_SQL(person_roles,
       "SELECT g.id, o.code, o.name_zh, o.name_en, g.unit_kind, g.unit_id, g.valid_from, g.valid_to FROM assignment g"
       " JOIN role o ON o.tenant_id = g.tenant_id AND o.id = g.role_id"
       " WHERE g.tenant_id = $1 AND g.person_id = $2 AND (g.valid_to IS NULL OR g.valid_to > $3) ORDER BY g.id")

#define EACH_MOST 100   /* posts, roles and accounts shown of one person */

err person_contact(struct req *r, const struct person *p, struct str *out)
{
    *out = STR_NONE;
    if (!p->sealed.ptr || crypto_open(r->arena, r->app->keys.seal, CONTACT_CONTEXT, p->sealed, out))
        return OK;
    log_event(LOG_ERROR, "contact_sealed_otherwise", "person", str_z(r->arena, str_fmt(r->arena, "%lld", (long long)p->id)), NULL);
    return FAIL(ERR_INTERNAL);
}

err person_take_row(struct req *r, struct db_rows *rows, struct person *p)
{
    struct str contact;
    *p = (struct person){ .id = db_i64(rows, 0), .name = str_copy(r->arena, db_text(rows, 1)), .sealed = str_copy(r->arena, db_blob(rows, 2)),
                          .is_public = db_bool(rows, 3), .version = db_i64(rows, 4) };
    TRY(person_contact(r, p, &contact));
    p->contact_masked = contact_mask(r->arena, contact);
    return OK;
}

err person_row(struct req *r, int64_t id, struct person *out)
{
    struct db_rows rows;
    err            e = OK;
    *out = (struct person){ 0 };
    TRY(db_query(r->db, &person_by_id, DB_ARGS(I64(r->tenant), I64(id)), &rows));
    if (db_next(&rows))
        e = person_take_row(r, &rows, out);
    err done = db_done(&rows);
    TRY(failed(e) ? e : done);
    return out->id ? OK : FAIL(ERR_NOT_FOUND);
}

static err fill_accounts(struct req *r, struct person *p)
{
    struct db_rows         rows;
    struct person_account *at = ARENA_ARRAY(r->arena, EACH_MOST, struct person_account);
    size_t                 n = 0;
    TRY(db_query(r->db, &person_accounts, DB_ARGS(I64(r->tenant), I64(p->id)), &rows));
    while (n < EACH_MOST && db_next(&rows))
        at[n++] = (struct person_account){ .id = db_i64(&rows, 0), .sign_in_name = str_copy(r->arena, db_text(&rows, 1)),
                                           .locked = !db_is_null(&rows, 2), .closed = !db_is_null(&rows, 3),
                                           .one_time = !db_is_null(&rows, 4) };
    p->accounts = (struct list){ at, n };
    return db_done(&rows);
}

_Static_assert(sizeof(struct person_post) == sizeof(struct person_role), "posts and roles are read alike");

/* Posts and roles have the same columns. */
static err fill_held(struct req *r, const struct db_sql *sql, int64_t person, const struct unit_snapshot *s, struct list *out)
{
    struct db_rows      rows;
    struct person_role *at = ARENA_ARRAY(r->arena, EACH_MOST, struct person_role);
    size_t              n = 0;
    TRY(db_query(r->db, sql, DB_ARGS(I64(r->tenant), I64(person), I64(r->now)), &rows));
    while (n < EACH_MOST && db_next(&rows)) {
        struct unit_ref unit = { (enum unit_kind)db_i64(&rows, 4), db_i64(&rows, 5) };
        at[n++] = (struct person_role){ .id = db_i64(&rows, 0), .role = str_copy(r->arena, db_text(&rows, 1)),
                                        .name_zh = str_copy(r->arena, db_text(&rows, 2)), .name_en = str_copy(r->arena, db_text(&rows, 3)),
                                        .unit_kind = (int)unit.kind, .unit_id = unit.id,
                                        .unit_name = str_copy(r->arena, unit_name(s, unit)),
                                        .from = db_i64(&rows, 6), .to = db_i64(&rows, 7) };
    }
    *out = (struct list){ at, n };
    return db_done(&rows);
}

err person_fill(struct req *r, struct person *p)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = fill_accounts(r, p);
    if (!failed(e))
        e = fill_held(r, &person_posts, p->id, s, &p->posts);
    if (!failed(e))
        e = fill_held(r, &person_roles, p->id, s, &p->roles);
    unit_release(s);
    return e;
}

/* ---- who may ---- */

static bool reach_any(struct req *r, enum perm perm, struct list held)
{
    const struct person_role *at = held.at;
    for (size_t i = 0; i < held.len; i++)
        if (req_may(r, perm, (struct unit_ref){ (enum unit_kind)at[i].unit_kind, at[i].unit_id }))
            return true;
    return false;
}

bool person_reach(struct req *r, enum perm perm, const struct person *p)
{
    return req_may(r, perm, (struct unit_ref){ UNIT_NONE, 0 }) || reach_any(r, perm, p->roles) || reach_any(r, perm, p->posts);
}

err person_find(struct req *r, int64_t id, enum perm perm, struct person *out)
{
    TRY(person_row(r, id, out));
    TRY(person_fill(r, out));
    if (!person_reach(r, PERM_PERSON_READ, out))
        return FAIL(ERR_NOT_FOUND);
    return person_reach(r, perm, out) ? OK : FAIL(ERR_NOT_ALLOWED);
}

err account_person_seen(struct req *r, int64_t person, struct str *name)
{
    struct person p;
    TRY(person_find(r, person, PERM_PERSON_READ, &p));
    *name = p.name;
    return OK;
}

#define NAMED_MOST 10

DB_SQL(people_named, "SELECT id, name, contact_enc, public, version FROM person WHERE tenant_id = $1 AND name_fold = $2 "
                     "AND (CAST($3 AS BYTEA) IS NULL OR contact_hash = $3) ORDER BY id LIMIT 100")

static err see_named(struct req *r, struct list rows, bool all, struct ids *out)
{
    struct person *at = rows.at;
    int64_t       *ids = ARENA_ARRAY(r->arena, NAMED_MOST, int64_t);
    size_t         n = 0;
    for (size_t i = 0; i < rows.len && n < NAMED_MOST; i++) {
        TRY(person_fill(r, &at[i]));
        if (all || person_reach(r, PERM_PERSON_READ, &at[i]))
            ids[n++] = at[i].id;
    }
    *out = (struct ids){ ids, n };
    return OK;
}

err account_people_named(struct req *r, struct str name, struct str contact, struct ids *out)
{
    struct db_rows rows;
    struct person *at = ARENA_ARRAY(r->arena, 100, struct person);
    struct str     hash = contact.len ? account_contact_hash(r->arena, r->app, contact) : STR_NONE;
    size_t         n = 0;
    err            e = OK;
    *out = (struct ids){ NULL, 0 };
    if (contact.len && !hash.ptr)   /* no telephone: it fits nobody */
        return OK;
    TRY(db_query(r->db, &people_named, DB_ARGS(I64(r->tenant), TEXT(account_fold(r->arena, name)), BLOB(hash)), &rows));
    while (n < 100 && !failed(e) && db_next(&rows))
        e = person_take_row(r, &rows, &at[n++]);
    err done = db_done(&rows);
    TRY(failed(e) ? e : done);
    return see_named(r, (struct list){ at, n }, hash.ptr != NULL, out);
}

perm_set own_perms_at(struct req *r, struct unit_ref unit)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    perm_set                    set = 0;
    for (size_t i = 0; i < r->caller.grant_count; i++)
        if (account_covers(s, r->caller.grants[i].unit, unit))
            set |= r->caller.grants[i].perms;
    unit_release(s);
    return set;
}

err person_take_over(struct req *r, int64_t person)
{
    const struct held *held;
    size_t             count;
    unsigned           own = account_admin_kinds(r->caller.anywhere);
    bool               root = req_may(r, PERM_PERSON_MANAGE, (struct unit_ref){ UNIT_NONE, 0 });
    if (person == r->caller.person)
        return FAIL(ERR_SELF);
    TRY(held_load(r->db, r->arena, r->tenant, person, r->now, &held, &count));
    for (size_t i = 0; i < count; i++) {
        if (account_admin_kinds(held[i].perms) & ~own)
            return FAIL(ERR_ADMINS_APART);
        if (!root && held[i].perms & ~own_perms_at(r, held[i].unit))
            return FAIL(ERR_WIDER_THAN_OWN);
    }
    return OK;
}
