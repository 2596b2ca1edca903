/* Saved things over HTTP: one's own, and those shared with a unit by whoever may share there. */
#include "saved.h"
#include "saved_rules.h"
#include "../audit/audit.h"
#include "../../base/id.h"

/* ---- rows and views ---- */

struct saved_row {
    int64_t    id, kind, holder_kind, holder_id;
    struct str name, content;
    struct str made_by;
    ms         updated_at;
    int64_t    version;
};
static const struct field row_fields[] = {
    FIELD_ID(struct saved_row, id, 0, ""),               FIELD_I64(struct saved_row, kind, 0, 0, 0, ""),
    FIELD_I64(struct saved_row, holder_kind, 0, 0, 0, ""), FIELD_ID(struct saved_row, holder_id, 0, ""),
    FIELD_STR(struct saved_row, name, 0, 0, 0, ""),      FIELD_STR(struct saved_row, content, 0, 0, 0, ""),
    FIELD_STR(struct saved_row, made_by, 0, 0, 0, ""),   FIELD_TIME(struct saved_row, updated_at, 0, ""),
    FIELD_I64(struct saved_row, version, 0, 0, 0, ""),   FIELD_END
};

struct saved_view {
    int64_t    id;
    int        kind;
    struct str name, query, text;
    int        unit_kind;
    int64_t    unit_id;
    struct str unit_name, made_by;
    bool       mine, may_change;
    ms         updated_at;
    int64_t    version;
};
static const struct field view_fields[] = {
    FIELD_ID(struct saved_view, id, REQUIRED, "Id"),
    FIELD_WORD(struct saved_view, kind, saved_kind_words, REQUIRED, "View of the cases, or text of a reply"),
    FIELD_STR(struct saved_view, name, 0, 0, REQUIRED, "What it is called"),
    FIELD_JSON(struct saved_view, query, 0, "case_view: the page's address, each name with a text or a list of texts"),
    FIELD_STR(struct saved_view, text, 0, 0, 0, "reply: its text with placeholders"),
    FIELD_WORD(struct saved_view, unit_kind, unit_kind_words, 0, "Shared with an area or an organisation; null: one's own"),
    FIELD_ID(struct saved_view, unit_id, 0, "Which; whoever works there or below sees it"),
    FIELD_STR(struct saved_view, unit_name, 0, 0, 0, "Its name"),
    FIELD_STR(struct saved_view, made_by, 0, 0, 0, "Who made it"),
    FIELD_BOOL(struct saved_view, mine, REQUIRED, "Kept for the caller alone"),
    FIELD_BOOL(struct saved_view, may_change, REQUIRED, "The caller may change and delete it"),
    FIELD_TIME(struct saved_view, updated_at, REQUIRED, "Last change"),
    FIELD_I64(struct saved_view, version, 0, 0, REQUIRED, "Version, for If-Match"),
    FIELD_END
};

#define FROM_SAVED                                                                                                        \
    "SELECT s.id, s.kind, s.holder_kind, s.holder_id, s.name, s.content, p.name, s.updated_at, s.version FROM saved s "   \
    "LEFT JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.created_by "                                           \
    "LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id "
DB_SQL(saved_by_id, FROM_SAVED "WHERE s.tenant_id = $1 AND s.id = $2")
DB_SQL(saved_held, FROM_SAVED "WHERE s.tenant_id = $1 AND s.kind = $2 AND s.holder_id IN (SELECT CAST(key AS BIGINT) FROM json_each($3)) "
                   "ORDER BY s.holder_kind, s.name, s.id")
DB_SQL(saved_count, "SELECT count(*) FROM saved WHERE tenant_id = $1 AND holder_id = $2 AND kind = $3")
DB_SQL(saved_insert,
       "INSERT INTO saved (tenant_id, id, kind, holder_kind, holder_id, name, content, created_by, created_at, updated_at, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)")
DB_SQL(saved_update,
       "UPDATE saved SET holder_kind = $3, holder_id = $4, name = $5, content = $6, updated_at = $7, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2")
DB_SQL(saved_delete, "DELETE FROM saved WHERE tenant_id = $1 AND id = $2")

/* The unit it is shared with; UNIT_NONE: an account keeps it for itself. */
static struct unit_ref unit_of(const struct saved_row *s)
{
    return (struct unit_ref){ (enum unit_kind)s->holder_kind, s->holder_kind ? s->holder_id : 0 };
}

static bool may_change(struct req *r, const struct saved_row *s)
{
    return s->holder_kind ? req_may(r, PERM_SHARE, unit_of(s)) : s->holder_id == r->caller.account;
}

static struct saved_view view_of(struct req *r, const struct unit_snapshot *u, const struct saved_row *s)
{
    struct unit_ref unit = unit_of(s);
    return (struct saved_view){
        .id = s->id, .kind = (int)s->kind, .name = s->name, .query = s->kind == SAVED_CASE_VIEW ? s->content : STR_NONE,
        .text = s->kind == SAVED_REPLY ? s->content : STR_NONE, .unit_kind = (int)unit.kind, .unit_id = unit.id,
        .unit_name = unit.id ? str_copy(r->arena, unit_name(u, unit)) : STR_NONE, .made_by = s->made_by,
        .mine = !unit.id, .may_change = may_change(r, s), .updated_at = s->updated_at, .version = s->version,
    };
}

/* ---- reading ---- */

struct saved_query { int kind, unit_kind; int64_t unit_id; };
static const struct field query_fields[] = {
    FIELD_WORD(struct saved_query, kind, saved_kind_words, REQUIRED, "Which kind"),
    FIELD_WORD(struct saved_query, unit_kind, unit_kind_words, 0, "With unit_id: those shared there, for who may share there; else one's own and "
                                                                  "those shared with the units one works in and all above them"),
    FIELD_ID(struct saved_query, unit_id, 0, "Which unit"),
    FIELD_END
};

static struct str holders_text(struct arena *a, struct ids ids, int64_t own)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    for (size_t i = 0; i < ids.len; i++)
        jsonw_kv_i64(&j, str_z(a, str_fmt(a, "%lld", (long long)ids.at[i])), 0);
    if (own)
        jsonw_kv_i64(&j, str_z(a, str_fmt(a, "%lld", (long long)own)), 0);
    jsonw_close(&j);
    return buf_view(&b);
}

/* The units whose things the caller sees. */
static struct ids own_units(struct req *r)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct ids                  units = saved_units(u, r->arena, r->caller.grants, r->caller.grant_count);
    unit_release(u);
    return units;
}

static err read_held(struct req *r, int kind, struct str holders, struct list *out)
{
    struct list rows;
    TRY(db_all(r->db, r->arena, &saved_held, DB_ARGS(I64(r->tenant), I64(kind), TEXT(holders)), row_fields, sizeof(struct saved_row), 0,
               &rows));
    const struct saved_row     *row = rows.at;
    struct saved_view          *at = ARENA_ARRAY(r->arena, rows.len + 1, struct saved_view);
    const struct unit_snapshot *u = unit_hold(r->app);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = view_of(r, u, &row[i]);
    unit_release(u);
    *out = (struct list){ at, rows.len };
    return OK;
}

static err list_saved(struct req *r)
{
    const struct saved_query *q = r->query;
    struct list               items;
    struct str                holders;
    if (q->unit_id || q->unit_kind) {
        TRY(req_allow(r, PERM_SHARE, (struct unit_ref){ (enum unit_kind)q->unit_kind, q->unit_id }));
        holders = holders_text(r->arena, (struct ids){ &q->unit_id, 1 }, 0);
    } else {
        holders = holders_text(r->arena, own_units(r), r->caller.account);
    }
    TRY(read_held(r, q->kind, holders, &items));
    return reply_list(r, view_fields, sizeof(struct saved_view), items, STR_NONE);
}

static bool sees(struct req *r, const struct saved_row *s)
{
    struct ids units = own_units(r);
    for (size_t i = 0; s->holder_kind && i < units.len; i++)
        if (units.at[i] == s->holder_id)
            return true;
    return may_change(r, s);
}

/* What the caller may change; what they do not see is not there for them. */
static err find_own(struct req *r, struct saved_row *s)
{
    TRY(db_one(r->db, r->arena, &saved_by_id, DB_ARGS(I64(r->tenant), I64(r->path[0])), row_fields, s));
    if (!sees(r, s))
        return FAIL(ERR_NOT_FOUND);
    return may_change(r, s) ? req_version_needed(r, s->version) : FAIL(ERR_NOT_ALLOWED);
}

static err answer(struct req *r, int64_t id, bool created)
{
    struct saved_row            s;
    struct saved_view           v;
    const struct unit_snapshot *u;
    TRY(db_one(r->db, r->arena, &saved_by_id, DB_ARGS(I64(r->tenant), I64(id)), row_fields, &s));
    u = unit_hold(r->app);
    v = view_of(r, u, &s);
    unit_release(u);
    return created ? reply_created(r, STR("/api/v1/saved"), view_fields, &v, s.version) : reply_view(r, view_fields, &v, s.version);
}

/* ---- writing ---- */

struct saved_body { int kind, unit_kind; struct str name, query, text; int64_t unit_id; };
#define BODY_FIELDS                                                                                                                  \
    FIELD_STR(struct saved_body, name, 1, SAVED_NAME_MOST, REQUIRED, "What it is called; once with its holder"),                     \
    FIELD_JSON(struct saved_body, query, 0, "case_view: the page's address, each name with a text or a list of texts"),              \
    FIELD_STR(struct saved_body, text, 1, SAVED_TEXT_MOST, MULTILINE,                                                                \
              "reply: the text; {code}, {title}, {address}, {area}, {category} and {org} stand for the case's"),                     \
    FIELD_WORD(struct saved_body, unit_kind, unit_kind_words, 0, "Share it with an area or an organisation; without: for oneself"),   \
    FIELD_ID(struct saved_body, unit_id, 0, "Which")
static const struct field new_fields[] = { FIELD_WORD(struct saved_body, kind, saved_kind_words, REQUIRED, "What it is"), BODY_FIELDS,
                                           FIELD_END };
static const struct field change_fields[] = { BODY_FIELDS, FIELD_END };

static void check_content(struct req *r, int kind, const struct saved_body *in)
{
    const char   *field = kind == SAVED_REPLY ? "text" : "query", *other = kind == SAVED_REPLY ? "query" : "text";
    struct str    content = kind == SAVED_REPLY ? in->text : in->query, stray = kind == SAVED_REPLY ? in->query : in->text;
    enum err_code fault = !content.ptr ? ERR_REQUIRED : kind == SAVED_REPLY ? saved_text_fault(content) : saved_query_fault(content);
    if (fault != ERR_NONE)
        req_fault(r, field, fault);
    if (stray.ptr)
        req_fault(r, other, ERR_UNKNOWN_FIELD);
}

/* Whose it becomes: a unit's, where the caller must hold the right to share, or the caller's own. */
static err check_holder(struct req *r, const struct saved_body *in, struct saved_row *s)
{
    struct unit_ref             unit = { (enum unit_kind)in->unit_kind, in->unit_id };
    const struct unit_snapshot *u = unit_hold(r->app);
    bool                        there = unit.kind && unit_in_use(u, unit);
    unit_release(u);
    s->holder_kind = unit.kind;
    s->holder_id = unit.kind ? unit.id : r->caller.account;
    if (!unit.kind && unit.id)
        req_fault(r, "unit_kind", ERR_REQUIRED);
    else if (unit.kind && !there)
        req_fault(r, "unit_id", unit.id ? ERR_UNKNOWN_REFERENCE : ERR_REQUIRED);
    TRY(req_faults(r));
    return unit.kind ? req_allow(r, PERM_SHARE, unit) : OK;
}

static err check_room(struct req *r, const struct saved_row *s)
{
    int64_t have;
    TRY(db_number(r->db, &saved_count, DB_ARGS(I64(r->tenant), I64(s->holder_id), I64(s->kind)), &have));
    return have < SAVED_MOST ? OK : FAIL_AT(ERR_SAVED_FULL, "name");
}

/* Only what others see, or saw, is on the record: what somebody keeps for themselves is their own business. */
static err record(struct req *r, const char *action, const struct saved_row *s)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    if (!s->holder_kind)
        return OK;
    jsonw_open(&j);
    jsonw_kv_z(&j, "kind", saved_kind_words[s->kind]);
    jsonw_kv_str(&j, "name", s->name);
    jsonw_kv_z(&j, "unit_kind", unit_kind_words[s->holder_kind]);
    jsonw_kv_id(&j, "unit_id", s->holder_id);
    jsonw_close(&j);
    return audit_record(r, action, "saved", s->id, buf_view(&b));
}

static err taken_at_name(err e)
{
    return e.code == ERR_TAKEN ? FAIL_AT(ERR_TAKEN, "name") : e;
}

static err save(struct req *r)
{
    const struct saved_body *in = r->body;
    struct saved_row         s = { .id = id_new(), .kind = in->kind, .name = in->name, .content = in->kind == SAVED_REPLY ? in->text : in->query };
    check_content(r, in->kind, in);
    TRY(check_holder(r, in, &s));
    TRY(check_room(r, &s));
    TRY(taken_at_name(db_exec(r->db, &saved_insert,
                              DB_ARGS(I64(r->tenant), I64(s.id), I64(s.kind), I64(s.holder_kind), I64(s.holder_id), TEXT(s.name), TEXT(s.content),
                                      I64(r->caller.account), I64(r->now)),
                              NULL)));
    TRY(record(r, "saved.share", &s));
    return answer(r, s.id, true);
}

static err change(struct req *r)
{
    const struct saved_body *in = r->body;
    struct saved_row         before, s;
    TRY(find_own(r, &before));
    s = before;
    s.name = in->name;
    s.content = s.kind == SAVED_REPLY ? in->text : in->query;
    check_content(r, (int)s.kind, in);
    TRY(check_holder(r, in, &s));
    bool moves = s.holder_id != before.holder_id;
    if (moves)
        TRY(check_room(r, &s));
    TRY(taken_at_name(db_exec(r->db, &saved_update,
                              DB_ARGS(I64(r->tenant), I64(s.id), I64(s.holder_kind), I64(s.holder_id), TEXT(s.name), TEXT(s.content), I64(r->now)),
                              NULL)));
    if (moves)
        TRY(record(r, "saved.unshare", &before));
    TRY(record(r, moves ? "saved.share" : "saved.change", &s));
    return answer(r, s.id, false);
}

static err delete(struct req *r)
{
    struct saved_row s;
    TRY(find_own(r, &s));
    TRY(db_exec(r->db, &saved_delete, DB_ARGS(I64(r->tenant), I64(s.id)), NULL));
    TRY(record(r, "saved.unshare", &s));
    return reply_none(r);
}

#define SAVED_ERRORS ROUTE_ERRORS(ERR_SAVED_FULL, ERR_TAKEN, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_NOT_ALLOWED, ERR_NOT_FOUND)

static const struct route saved_routes[] = {
    { GET, "/api/v1/saved", list_saved, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_READ,
      ROUTE_QUERY(struct saved_query, query_fields), .reply_kind = REPLY_LIST, .reply = view_fields,
      .summary = "Saved views or replies: one's own and those shared with one's units", .tag = "saved" },
    { POST, "/api/v1/saved", save, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE, ROUTE_BODY(struct saved_body, new_fields),
      .reply_kind = REPLY_CREATED, .reply = view_fields, .flags = ROUTE_IDEMPOTENT, ROUTE_ERRORS(ERR_SAVED_FULL, ERR_TAKEN, ERR_NOT_ALLOWED),
      .summary = "Keep a view or a reply; share it where one may", .tag = "saved" },
    { PUT, "/api/v1/saved/:id", change, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE,
      ROUTE_BODY(struct saved_body, change_fields), .reply_kind = REPLY_VIEW, .reply = view_fields, SAVED_ERRORS,
      .summary = "Change it: name, content and with whom it is shared", .tag = "saved" },
    { DELETE, "/api/v1/saved/:id", delete, .perm = PERM_SIGNED_IN, .scope = SCOPE_SELF, .tx = TX_WRITE, .reply_kind = REPLY_NONE,
      ROUTE_ERRORS(ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_NOT_ALLOWED, ERR_NOT_FOUND), .summary = "Delete it", .tag = "saved" },
    ROUTE_END
};

const struct feature saved_feature = { .name = "saved", .routes = saved_routes };
