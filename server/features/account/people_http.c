/* People and their accounts over HTTP. */
#include "../../base/id.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "people.h"

/* ---- views ---- */

static const struct field person_account_fields[] = {
    FIELD_ID(struct person_account, id, REQUIRED, "Account"),
    FIELD_STR(struct person_account, sign_in_name, 0, 0, REQUIRED, "Name typed at sign-in"),
    FIELD_BOOL(struct person_account, locked, REQUIRED, "Locked by an administrator"),
    FIELD_BOOL(struct person_account, closed, REQUIRED, "Closed for good"),
    FIELD_BOOL(struct person_account, one_time, REQUIRED, "Has a one-time password that was not changed yet"),
    FIELD_END
};

static const struct field person_post_fields[] = {
    { .name = "appointment", .kind = KIND_ID, .offset = offsetof(struct person_post, id), .flags = REQUIRED, .doc = "Appointment" },
    FIELD_STR(struct person_post, post, 0, 0, REQUIRED, "Code of the post"),
    FIELD_STR(struct person_post, name_zh, 0, 0, REQUIRED, "Its Chinese name"),
    FIELD_STR(struct person_post, name_en, 0, 0, REQUIRED, "Its English name"),
    FIELD_WORD(struct person_post, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_ID(struct person_post, unit_id, REQUIRED, "Where"),
    FIELD_STR(struct person_post, unit_name, 0, 0, 0, "Its name"),
    FIELD_TIME(struct person_post, from, REQUIRED, "From"),
    FIELD_TIME(struct person_post, to, 0, "Until, exclusive; null: open"),
    FIELD_END
};
static const struct field person_role_fields[] = {
    { .name = "assignment", .kind = KIND_ID, .offset = offsetof(struct person_role, id), .flags = REQUIRED, .doc = "Assignment" },
    FIELD_STR(struct person_role, role, 0, 0, REQUIRED, "Code of the role"),
    FIELD_STR(struct person_role, name_zh, 0, 0, REQUIRED, "Its Chinese name"),
    FIELD_STR(struct person_role, name_en, 0, 0, REQUIRED, "Its English name"),
    FIELD_WORD(struct person_role, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    FIELD_ID(struct person_role, unit_id, REQUIRED, "Where: its subtree is meant"),
    FIELD_STR(struct person_role, unit_name, 0, 0, 0, "Its name"),
    FIELD_TIME(struct person_role, from, REQUIRED, "From"),
    FIELD_TIME(struct person_role, to, 0, "Until, exclusive; null: open"),
    FIELD_END
};
static const struct field person_fields[] = {
    FIELD_ID(struct person, id, REQUIRED, "Person"),
    FIELD_STR(struct person, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct person, contact_masked, 0, 0, 0, "Contact with its middle hidden; in full by POST /people/{id}/contact"),
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct person, is_public), .flags = REQUIRED,
      .doc = "A post of theirs may be shown publicly" },
    FIELD_LIST(struct person, accounts, person_account_fields, struct person_account, 0, 0, REQUIRED, "Ways to sign in"),
    FIELD_LIST(struct person, posts, person_post_fields, struct person_post, 0, 0, REQUIRED, "Posts held now or later"),
    FIELD_LIST(struct person, roles, person_role_fields, struct person_role, 0, 0, REQUIRED, "Roles held now or later"),
    FIELD_I64(struct person, version, 0, 0, REQUIRED, "Grows with each change; send it as If-Match"),
    FIELD_END
};

static struct str person_path(struct req *r, int64_t id)
{
    return str_fmt(r->arena, "/api/v1/people/%lld", (long long)id);
}

/* ---- list ---- */

#define PAGE       50
#define BATCH      200
#define SCAN_MOST  2000     /* rows looked at for one page of somebody who sees few of them; the page then is short, with a next */

struct people_query { struct str text, after; int64_t unit, limit; };
static const struct field people_query_fields[] = {
    FIELD_STR(struct people_query, text, 1, 100, 0, "Part of the name; or a whole telephone"),
    FIELD_ID(struct people_query, unit, 0, "Only with a post or role at this unit or below it"),
    FIELD_STR(struct people_query, after, 1, 100, 0, "The page before's next"),
    FIELD_I64(struct people_query, limit, 1, 200, 0, "At most so many (50)"),
    FIELD_END
};

static const char *const people_fragments[] = { " AND name_fold LIKE $3 ESCAPE '\\'", " AND contact_hash = $4", NULL };
static const char *const people_tails[] = { " ORDER BY id LIMIT 200", NULL };
DB_FAMILY(people_page, "SELECT id, name, contact_enc, public, version FROM person WHERE tenant_id = $1 AND id > $2", people_fragments,
          people_tails)

struct people_scan {
    const struct people_query *q;
    bool                       all;        /* the caller sees everybody */
    struct person             *at;         /* the page */
    size_t                     len, most;
    int64_t                    last;       /* id up to which rows were looked at */
    bool                       ended;
};

static bool held_within(const struct unit_snapshot *s, struct list held, int64_t unit)
{
    const struct person_role *at = held.at;
    for (size_t i = 0; i < held.len; i++) {
        struct unit_ref u = { (enum unit_kind)at[i].unit_kind, at[i].unit_id };
        if (account_covers(s, (struct unit_ref){ UNIT_AREA, unit }, u) || account_covers(s, (struct unit_ref){ UNIT_ORG, unit }, u))
            return true;
    }
    return false;
}

static bool wanted(struct req *r, const struct people_scan *scan, const struct person *p)
{
    if (!scan->all && !person_reach(r, PERM_PERSON_READ, p))
        return false;
    if (!scan->q->unit)
        return true;
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        in = held_within(s, p->posts, scan->q->unit) || held_within(s, p->roles, scan->q->unit);
    unit_release(s);
    return in;
}

/* The next rows after scan->last, bare. */
static err batch(struct req *r, struct people_scan *scan, struct person *rows_out, size_t *n)
{
    struct db_rows rows;
    struct str     folded = account_fold(r->arena, scan->q->text), hash = account_contact_hash(r->arena, r->app, scan->q->text);
    uint32_t       mask = !scan->q->text.ptr ? 0 : hash.ptr ? 2 : 1;
    err            e = OK;
    *n = 0;
    TRY(db_query_family(r->db, &people_page, mask, 0,
                        DB_ARGS(I64(r->tenant), I64(scan->last), TEXT(search_like(r->arena, folded)), BLOB(hash)), &rows));
    while (*n < BATCH && !failed(e) && db_next(&rows))
        e = person_take_row(r, &rows, &rows_out[(*n)++]);
    err done = db_done(&rows);
    return failed(e) ? e : done;
}

static err scan_batch(struct req *r, struct people_scan *scan, size_t *looked)
{
    struct person *rows = ARENA_ARRAY(r->arena, BATCH, struct person);
    size_t         n;
    TRY(batch(r, scan, rows, &n));
    scan->ended = n < BATCH;
    for (size_t i = 0; i < n; i++) {
        if (scan->len == scan->most) {
            scan->ended = false;
            return OK;
        }
        TRY(person_fill(r, &rows[i]));
        if (wanted(r, scan, &rows[i]))
            scan->at[scan->len++] = rows[i];
        scan->last = rows[i].id;
        (*looked)++;
    }
    return OK;
}

static err list_people(struct req *r)
{
    const struct people_query *q = r->query;
    struct people_scan         scan = { .q = q, .most = q->limit ? (size_t)q->limit : PAGE };
    int64_t                    ignored;
    size_t                     looked = 0;
    if (q->after.ptr && !req_cursor_read(r, q->after, &scan.last, &ignored))
        return FAIL_AT(ERR_INVALID, "after");
    scan.all = req_may(r, PERM_PERSON_READ, (struct unit_ref){ UNIT_NONE, 0 });
    scan.at = ARENA_ARRAY(r->arena, scan.most, struct person);
    while (!scan.ended && scan.len < scan.most && looked < SCAN_MOST)
        TRY(scan_batch(r, &scan, &looked));
    return reply_list(r, person_fields, sizeof(struct person), (struct list){ scan.at, scan.len },
                      scan.ended ? STR_NONE : req_cursor(r, scan.last, 0));
}

/* People in the search over everything: by name. A telephone belongs to a person or not; that is asked on the page of people. */
static err find_people(struct req *r, const struct search_query *q, size_t most, struct list *out, bool *more)
{
    struct people_query     asked = { .text = q->text };
    struct people_scan      scan = { .q = &asked, .most = most + 1 };
    size_t                  looked = 0;
    *out = (struct list){ NULL, 0 };
    if (!(r->caller.anywhere & PERM_BIT(PERM_PERSON_READ)) || account_contact_hash(r->arena, r->app, q->text).ptr)
        return OK;
    scan.all = req_may(r, PERM_PERSON_READ, (struct unit_ref){ UNIT_NONE, 0 });
    scan.at = ARENA_ARRAY(r->arena, scan.most, struct person);
    while (!scan.ended && scan.len < scan.most && looked < SCAN_MOST)
        TRY(scan_batch(r, &scan, &looked));
    struct search_hit *at = ARENA_ARRAY(r->arena, most + 1, struct search_hit);
    *more = scan.len > most;
    for (size_t i = 0; i < scan.len && i < most; i++) {
        const struct person_post *post = scan.at[i].posts.len ? scan.at[i].posts.at : NULL;
        at[out->len++] = (struct search_hit){ .id = scan.at[i].id, .title = scan.at[i].name };
        if (post)
            at[i].note = str_fmt(r->arena, "%.*s · %.*s", STR_ARG(post->unit_name), STR_ARG(r->lang == LANG_ZH ? post->name_zh : post->name_en));
    }
    out->at = at;
    return OK;
}

const struct search_group people_search_group = { "person", 4, find_people };

static err reply_person(struct req *r, int64_t id, bool created)
{
    struct person p;
    TRY(person_row(r, id, &p));
    TRY(person_fill(r, &p));
    return created ? reply_created(r, person_path(r, id), person_fields, &p, p.version) : reply_view(r, person_fields, &p, p.version);
}

static err get_person(struct req *r)
{
    struct person p;
    TRY(person_find(r, r->path[0], PERM_PERSON_READ, &p));
    return reply_view(r, person_fields, &p, p.version);
}

/* ---- make, change ---- */

struct person_body { struct str name, contact, post; bool is_public; int unit_kind; int64_t unit_id; };
#define PERSON_BODY_FIELDS(required)                                                                                      \
    FIELD_STR(struct person_body, name, 1, 80, required, "Name"),                                                         \
    FIELD_STR(struct person_body, contact, 1, 100, SECRET, "Telephone or mail address; kept encrypted"),                  \
    { .name = "public", .kind = KIND_BOOL, .offset = offsetof(struct person_body, is_public),                             \
      .doc = "A post of theirs may be shown publicly" }
static const struct field person_new_fields[] = {
    PERSON_BODY_FIELDS(REQUIRED),
    FIELD_STR(struct person_body, post, 1, 60, 0, "First post; needed from who does not manage the whole district"),
    FIELD_WORD(struct person_body, unit_kind, unit_kind_words, 0, "Where: area or org"),
    FIELD_ID(struct person_body, unit_id, 0, "Where"),
    FIELD_END
};
static const struct field person_change_fields[] = { PERSON_BODY_FIELDS(0), FIELD_END };

static void check_contact(struct req *r, struct str contact)
{
    struct str tidy;
    err        e = contact.ptr ? contact_tidy(r->arena, contact, &tidy) : OK;
    if (failed(e))
        req_fault(r, "contact", e.code);
}

/* A person made by who manages one community belongs there from the first moment. */
static err check_first_post(struct req *r, const struct person_body *in)
{
    struct unit_ref unit = { (enum unit_kind)in->unit_kind, in->unit_id };
    bool            root = req_may(r, PERM_PERSON_MANAGE, (struct unit_ref){ UNIT_NONE, 0 });
    bool            any = in->post.ptr || unit.kind || unit.id;
    if (!any && root)
        return OK;
    if (!in->post.ptr)
        req_fault(r, "post", ERR_REQUIRED);
    if (!unit.kind)
        req_fault(r, "unit_kind", ERR_REQUIRED);
    if (!unit.id)
        req_fault(r, "unit_id", ERR_REQUIRED);
    TRY(req_faults(r));
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        there = unit_in_use(s, unit);
    unit_release(s);
    return there ? req_allow(r, PERM_PERSON_MANAGE, unit) : FAIL_AT(ERR_UNKNOWN_REFERENCE, "unit_id");
}

static err make_person(struct req *r)
{
    const struct person_body *in = r->body;
    int64_t                   id, appointment;
    check_contact(r, in->contact);
    TRY(req_faults(r));
    TRY(check_first_post(r, in));
    TRY(account_person_add(r->db, r->arena, r->app, in->name, in->contact, r->now, &id));
    if (in->post.ptr) {
        struct unit_appoint first = { .person = id, .post = in->post, .unit = { (enum unit_kind)in->unit_kind, in->unit_id }, .from = r->now,
                                      .by = r->caller.account };
        TRY(unit_appoint(r->db, r->arena, r->tenant, &first, r->now, &appointment));
    }
    if (in->is_public)
        TRY(account_person_show(r->db, r->tenant, id));
    TRY(audit_record(r, "person.add", "person", id, account_detail(r->arena, "name", in->name, NULL)));
    return reply_person(r, id, true);
}

DB_SQL(person_update,
       "UPDATE person SET name = $3, name_fold = $4, contact_enc = $5, contact_hash = $6, public = $7, updated_at = $8,"
       " version = version + 1 WHERE tenant_id = $1 AND id = $2")

static err change_person(struct req *r)
{
    const struct person_body *in = r->body;
    struct person             p;
    struct str                contact;
    check_contact(r, in->contact);
    TRY(req_faults(r));
    TRY(person_find(r, r->path[0], PERM_PERSON_MANAGE, &p));
    TRY(req_version_needed(r, p.version));
    TRY(person_contact(r, &p, &contact));
    bool new_contact = field_given(person_change_fields, &r->given, offsetof(struct person_body, contact));
    bool new_public = field_given(person_change_fields, &r->given, offsetof(struct person_body, is_public));
    struct str name = in->name.ptr ? in->name : p.name;
    contact = new_contact ? in->contact : contact;
    TRY(db_exec(r->db, &person_update,
                DB_ARGS(I64(r->tenant), I64(p.id), TEXT(name), TEXT(account_fold(r->arena, name)),
                        BLOB(crypto_seal(r->arena, r->app->keys.seal, CONTACT_CONTEXT, contact)),
                        BLOB(account_contact_hash(r->arena, r->app, contact)), BOOL(new_public ? in->is_public : p.is_public), I64(r->now)),
                NULL));
    account_changed(r);
    TRY(audit_record(r, "person.change", "person", p.id,
                     account_detail(r->arena, "name_before", p.name, "name", name, "contact", new_contact ? STR("changed") : STR("same"),
                                    NULL)));
    return reply_person(r, p.id, false);
}

/* ---- contact in full ---- */

struct reveal_body { struct str why; };
static const struct field reveal_body_fields[] = {
    FIELD_STR(struct reveal_body, why, 1, 200, 0, "What for; kept in the audit record"), FIELD_END
};
struct reveal_view { struct str name, contact; };
static const struct field reveal_fields[] = {
    FIELD_STR(struct reveal_view, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct reveal_view, contact, 0, 0, SECRET, "Contact in full; null: none is known"),
    FIELD_END
};

static err reveal_contact(struct req *r)
{
    const struct reveal_body *in = r->body;
    struct person             p;
    struct reveal_view        v = { 0 };
    TRY(person_find(r, r->path[0], PERM_PERSON_CONTACT, &p));
    v.name = p.name;
    TRY(person_contact(r, &p, &v.contact));
    TRY(audit_record(r, "person.contact", "person", p.id, in->why.ptr ? account_detail(r->arena, "why", in->why, NULL) : STR_NONE));
    return reply_view(r, reveal_fields, &v, 0);
}

/* ---- accounts ---- */

struct account_body { struct str sign_in_name, password; };
static const struct field account_body_fields[] = {
    FIELD_STR(struct account_body, sign_in_name, 2, 64, REQUIRED, "Name typed at sign-in"),
    FIELD_STR(struct account_body, password, 1, 200, SECRET | RAW_TEXT, "First password; empty: one is made and shown once"),
    FIELD_END
};
struct account_made { int64_t id; struct str one_time_password; ms until; };
static const struct field account_made_fields[] = {
    FIELD_ID(struct account_made, id, REQUIRED, "Account"),
    FIELD_STR(struct account_made, one_time_password, 0, 0, SECRET, "Shown this once; null when you gave one yourself"),
    FIELD_TIME(struct account_made, until, REQUIRED, "It must be used, and changed, before"),
    FIELD_END
};

/* What is worked out before the write, since hashing takes long. */
struct password_making {
    struct account_made view;
    struct str          sign_in_name, hash;
    int64_t             person;
};

DB_SQL(account_open_count, "SELECT COUNT(*) FROM account WHERE tenant_id = $1 AND person_id = $2 AND closed_at IS NULL")

static err account_allowed(struct req *r, void *arg)
{
    struct person p;
    int64_t       n;
    (void)arg;
    TRY(person_find(r, r->path[0], PERM_PERSON_MANAGE, &p));
    TRY(person_take_over(r, p.id));
    TRY(db_number(r->db, &account_open_count, DB_ARGS(I64(r->tenant), I64(p.id)), &n));
    return n ? FAIL(ERR_HAS_ACCOUNT) : OK;
}

static err account_write(struct req *r, void *arg)
{
    struct password_making *m = arg;
    TRY(account_allowed(r, NULL));
    TRY(account_insert_row(r->db, r->tenant, r->path[0], m->sign_in_name, m->hash, m->view.until, r->now, &m->view.id));
    TRY(audit_record(r, "account.add", "account", m->view.id, account_detail(r->arena, "sign_in_name", m->sign_in_name, NULL)));
    return reply_created(r, person_path(r, r->path[0]), account_made_fields, &m->view, 0);
}

/* The password given, or one made up: 16 letters without look-alikes in groups of four. */
static err make_one_time(struct req *r, struct str given, struct password_making *m)
{
    struct str password = given;
    if (!password.ptr) {
        const char *c = crypto_code(r->arena, 16).ptr;
        password = m->view.one_time_password = str_fmt(r->arena, "%.4s-%.4s-%.4s-%.4s", c, c + 4, c + 8, c + 12);
    }
    m->view.until = r->now + setting_i64(r->app, "account.one_time_hours", r->now) * MS_HOUR;
    return password_hash(r, password, &m->hash);
}

static err make_account(struct req *r)
{
    const struct account_body *in = r->body;
    struct password_making     m = { 0 };
    err                        e = account_name_fold(r->arena, in->sign_in_name, &m.sign_in_name);
    if (failed(e))
        req_fault(r, "sign_in_name", e.code);
    if (in->password.ptr && failed(account_password_ok(in->password, m.sign_in_name)))
        req_fault(r, "password", ERR_PASSWORD_WEAK);
    TRY(req_faults(r));
    TRY(req_in_read(r, account_allowed, NULL));
    TRY(make_one_time(r, in->password, &m));
    return req_in_write(r, account_write, &m);
}

DB_SQL(account_person_of, "SELECT person_id FROM account WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL")
DB_SQL(account_reset,
       "UPDATE account SET password_hash = $3, password_until = $4, updated_at = $5, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(account_close,
       "UPDATE account SET closed_at = $3, password_hash = NULL, updated_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2")
DB_SQL(account_lock, "UPDATE account SET locked_at = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2")

/* The person of the account in the path, whom the caller may manage and whose account they may take into their hands. */
static err account_in_hand(struct req *r, void *arg)
{
    struct person p;
    int64_t       person;
    (void)arg;
    TRY(db_number(r->db, &account_person_of, DB_ARGS(I64(r->tenant), I64(r->path[0])), &person));
    TRY(person_find(r, person, PERM_PERSON_MANAGE, &p));
    return person_take_over(r, person);
}

static err close_account(struct req *r)
{
    TRY(account_in_hand(r, NULL));
    TRY(db_exec(r->db, &account_close, DB_ARGS(I64(r->tenant), I64(r->path[0]), I64(r->now)), NULL));
    TRY(sessions_end(r, r->path[0], 0));
    TRY(audit_record(r, "account.close", "account", r->path[0], STR_NONE));
    return reply_none(r);
}

static err reset_write(struct req *r, void *arg)
{
    struct password_making *m = arg;
    TRY(account_in_hand(r, NULL));
    m->view.id = r->path[0];
    TRY(db_exec(r->db, &account_reset, DB_ARGS(I64(r->tenant), I64(r->path[0]), TEXT(m->hash), I64(m->view.until), I64(r->now)), NULL));
    TRY(sessions_end(r, r->path[0], 0));
    TRY(audit_record(r, "account.password_reset", "account", r->path[0], STR_NONE));
    return reply_view(r, account_made_fields, &m->view, 0);
}

static err reset_password(struct req *r)
{
    struct password_making m = { 0 };
    TRY(req_in_read(r, account_in_hand, NULL));
    TRY(make_one_time(r, STR_NONE, &m));
    return req_in_write(r, reset_write, &m);
}

static err set_lock(struct req *r, ms at, const char *action)
{
    int64_t person;
    TRY(db_number(r->db, &account_person_of, DB_ARGS(I64(r->tenant), I64(r->path[0])), &person));
    if (person == r->caller.person)
        return FAIL(ERR_SELF);
    TRY(db_exec(r->db, &account_lock, DB_ARGS(I64(r->tenant), I64(r->path[0]), TIME(at), I64(r->now)), NULL));
    account_changed(r);
    TRY(audit_record(r, action, "account", r->path[0], STR_NONE));
    return reply_none(r);
}

static err lock_account(struct req *r)
{
    return set_lock(r, r->now, "account.lock");
}

static err unlock_account(struct req *r)
{
    return set_lock(r, 0, "account.unlock");
}

#define MANAGE .perm = PERM_PERSON_MANAGE, .scope = SCOPE_ANY
#define LOCK   .perm = PERM_ACCOUNT_LOCK, .scope = SCOPE_TENANT, .tx = TX_WRITE, .reply_kind = REPLY_NONE, ROUTE_ERRORS(ERR_SELF)

const struct route people_routes[] = {
    { GET, "/api/v1/people", list_people, .perm = PERM_PERSON_READ, .scope = SCOPE_ANY, .tx = TX_READ,
      ROUTE_QUERY(struct people_query, people_query_fields), .reply_kind = REPLY_LIST, .reply = person_fields,
      .summary = "People one may see", .tag = "account" },
    { GET, "/api/v1/people/:id", get_person, .perm = PERM_PERSON_READ, .scope = SCOPE_ANY, .tx = TX_READ, .reply_kind = REPLY_VIEW,
      .reply = person_fields, .summary = "A person", .tag = "account" },
    { POST, "/api/v1/people", make_person, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct person_body, person_new_fields),
      .reply_kind = REPLY_CREATED, .reply = person_fields, .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_UNKNOWN_REFERENCE),
      .summary = "Enter a person", .tag = "account" },
    { PATCH, "/api/v1/people/:id", change_person, MANAGE, .tx = TX_WRITE, ROUTE_BODY(struct person_body, person_change_fields),
      .reply_kind = REPLY_VIEW, .reply = person_fields, ROUTE_ERRORS(ERR_STALE_VERSION, ERR_VERSION_NEEDED),
      .summary = "Change a person", .tag = "account" },
    { POST, "/api/v1/people/:id/contact", reveal_contact, .perm = PERM_PERSON_CONTACT, .scope = SCOPE_ANY, .tx = TX_WRITE,
      ROUTE_BODY(struct reveal_body, reveal_body_fields), .reply_kind = REPLY_VIEW, .reply = reveal_fields, .flags = ROUTE_NO_STORE,
      .summary = "See a contact in full; the look is on the audit record", .tag = "account" },
    { POST, "/api/v1/people/:id/account", make_account, MANAGE, .tx = TX_NONE, ROUTE_BODY(struct account_body, account_body_fields),
      .reply_kind = REPLY_CREATED, .reply = account_made_fields, .flags = ROUTE_SLOW | ROUTE_NO_STORE,
      ROUTE_ERRORS(ERR_TAKEN, ERR_HAS_ACCOUNT, ERR_SELF, ERR_ADMINS_APART, ERR_WIDER_THAN_OWN),
      .summary = "Give a person an account; its password must be changed at the first sign-in", .tag = "account" },
    { POST, "/api/v1/accounts/:id/close", close_account, MANAGE, .tx = TX_WRITE, .reply_kind = REPLY_NONE,
      ROUTE_ERRORS(ERR_SELF, ERR_ADMINS_APART, ERR_WIDER_THAN_OWN), .summary = "Close an account for good", .tag = "account" },
    { POST, "/api/v1/accounts/:id/password", reset_password, MANAGE, .tx = TX_NONE, .reply_kind = REPLY_VIEW,
      .reply = account_made_fields, .flags = ROUTE_SLOW | ROUTE_NO_STORE, ROUTE_ERRORS(ERR_SELF, ERR_ADMINS_APART, ERR_WIDER_THAN_OWN),
      .summary = "Replace a forgotten password by a one-time one; all sessions end", .tag = "account" },
    { POST, "/api/v1/accounts/:id/lock", lock_account, LOCK, .summary = "Lock an account: its sessions and tokens stop working",
      .tag = "account" },
    { POST, "/api/v1/accounts/:id/unlock", unlock_account, LOCK, .summary = "Unlock an account", .tag = "account" },
    ROUTE_END
};
