/* Posts and appointments: rules and SQL. */
#include "unit_org.h"
#include "unit_inside.h"

#include "../../base/id.h"

/* ---- posts ---- */

#define POST_COLUMNS "id, code, name_zh, name_en, duty_zh, duty_en, unit_kinds, term_months, public, closed_at, version"

DB_SQL(post_install, "INSERT INTO post (tenant_id, id, code, name_zh, name_en, unit_kinds, term_months, public, duty_zh, duty_en) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant_id, code) DO NOTHING")
DB_SQL(post_all, "SELECT " POST_COLUMNS " FROM post WHERE tenant_id = $1 ORDER BY id LIMIT 1000")
DB_SQL(post_by_id, "SELECT " POST_COLUMNS " FROM post WHERE tenant_id = $1 AND id = $2")
DB_SQL(post_named, "SELECT " POST_COLUMNS " FROM post WHERE tenant_id = $1 AND closed_at IS NULL "
                   "AND (code = $2 OR name_zh = $2 OR name_en = $2) ORDER BY CASE WHEN code = $2 THEN 0 ELSE 1 END, id LIMIT 1")

static const struct { const char *code, *zh, *en, *kinds; int months, is_public; const char *duty_zh, *duty_en; } posts[] = {
#define X(code, zh, en, kinds, months, is_public, duty_zh, duty_en) { code, zh, en, kinds, months, is_public, duty_zh, duty_en },
#include "posts.def"
#undef X
};

const struct field post_columns[] = {
    FIELD_ID(struct unit_post, id, REQUIRED, "Id"),
    FIELD_STR(struct unit_post, code, 0, 0, REQUIRED, "Stable name, such as grid_worker"),
    FIELD_STR(struct unit_post, name_zh, 0, 0, REQUIRED, "Chinese name"),
    FIELD_STR(struct unit_post, name_en, 0, 0, REQUIRED, "English name"),
    FIELD_STR(struct unit_post, duty_zh, 0, 0, 0, "What its holder does"),
    FIELD_STR(struct unit_post, duty_en, 0, 0, 0, "The same in English"),
    FIELD_STR(struct unit_post, unit_kinds, 0, 0, 0, "Kinds of units, separated by blanks"),
    FIELD_I64(struct unit_post, term_months, 0, 0, REQUIRED, "Usual term in months"),
    FIELD_BOOL(struct unit_post, is_public, REQUIRED, "Shown in the public directory"),
    FIELD_TIME(struct unit_post, closed_at, 0, "Since when it is no longer in use"),
    FIELD_I64(struct unit_post, version, 0, 0, REQUIRED, "Version"),
    FIELD_END
};

err unit_posts_install(struct db_conn *c, int64_t tenant)
{
    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
        TRY(db_exec(c, &post_install,
                    DB_ARGS(I64(tenant), I64(id_new()), TEXT(str_of(posts[i].code)), TEXT(str_of(posts[i].zh)), TEXT(str_of(posts[i].en)),
                            TEXT(str_of(posts[i].kinds)), I64(posts[i].months), BOOL(posts[i].is_public), TEXT(str_of(posts[i].duty_zh)),
                            TEXT(str_of(posts[i].duty_en))),
                    NULL));
    return OK;
}

err unit_posts(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &post_all, DB_ARGS(I64(tenant)), post_columns, sizeof(struct unit_post), 1000, out);
}

err unit_post_find(struct db_conn *c, struct arena *a, int64_t tenant, struct str text, struct unit_post *out)
{
    err e = db_one(c, a, &post_named, DB_ARGS(I64(tenant), TEXT(text)), post_columns, out);
    return e.code == ERR_NOT_FOUND ? FAIL_AT(ERR_UNKNOWN_REFERENCE, "post") : e;
}

err unit_post_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct unit_post *out)
{
    return db_one(c, a, &post_by_id, DB_ARGS(I64(tenant), I64(id)), post_columns, out);
}

ms unit_post_until(const struct unit_post *p, ms from, int zone_minutes)
{
    return p->term_months ? clock_months_later(from, p->term_months, zone_minutes) : 0;
}

bool unit_post_fits(const struct unit_post *p, struct str kind)
{
    struct str kinds = p->unit_kinds;
    if (!kinds.len)
        return true;
    for (struct str one = str_cut(&kinds, ' '); one.len; one = str_cut(&kinds, ' '))
        if (str_eq(one, kind))
            return true;
    return false;
}

/* ---- appointing ---- */

DB_SQL(area_kind_of, "SELECT kind FROM area WHERE tenant_id = $1 AND id = $2 AND valid_to IS NULL")
DB_SQL(org_kind_of, "SELECT kind FROM org WHERE tenant_id = $1 AND id = $2 AND valid_to IS NULL")
DB_SQL(appointment_overlap, "SELECT COUNT(*) FROM appointment WHERE tenant_id = $1 AND person_id = $2 AND post_id = $3 AND unit_id = $4 "
                            "AND (valid_to IS NULL OR valid_to > $5) AND (CAST($6 AS BIGINT) IS NULL OR valid_from < $6)")
DB_SQL(appointment_add, "INSERT INTO appointment (tenant_id, id, person_id, post_id, unit_kind, unit_id, letter_no, valid_from, valid_to, "
                        "created_at, created_by, renews_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
DB_SQL(letter_number_use, "INSERT INTO letter_number (tenant_id, no, used_at) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, no) DO NOTHING")

struct kind_row { struct str kind; };
static const struct field kind_row_fields[] = { FIELD_STR(struct kind_row, kind, 0, 0, REQUIRED, "Kind"), FIELD_END };

static err check_kind(struct db_conn *c, struct arena *a, int64_t tenant, struct unit_ref unit, const struct unit_post *p)
{
    struct kind_row row;
    err e = db_one(c, a, unit.kind == UNIT_ORG ? &org_kind_of : &area_kind_of, DB_ARGS(I64(tenant), I64(unit.id)), kind_row_fields, &row);
    if (e.code == ERR_NOT_FOUND)
        return FAIL_AT(ERR_UNKNOWN_REFERENCE, "unit_id");
    TRY(e);
    return unit_post_fits(p, row.kind) ? OK : FAIL_AT(ERR_POST_KIND, "unit_id");
}

err unit_letter_number(struct db_conn *c, int64_t tenant, struct str no, ms now)
{
    int64_t used;
    TRY(db_exec(c, &letter_number_use, DB_ARGS(I64(tenant), TEXT(no), TIME(now)), &used));
    return used ? OK : FAIL(ERR_TAKEN);
}

err unit_appoint(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_appoint *n, ms now, int64_t *id)
{
    struct unit_post post;
    int64_t          others;
    TRY(unit_post_find(c, a, tenant, n->post, &post));
    TRY(check_kind(c, a, tenant, n->unit, &post));
    if (n->to && n->to <= n->from)
        return FAIL_AT(ERR_PERIOD, "to");
    TRY(db_number(c, &appointment_overlap,
                  DB_ARGS(I64(tenant), I64(n->person), I64(post.id), I64(n->unit.id), TIME(n->from), TIME(n->to)), &others));
    if (others)
        return FAIL_AT(ERR_APPOINTED, "post");
    if (n->letter_no.ptr) {
        err e = unit_letter_number(c, tenant, n->letter_no, now);
        TRY(e.code == ERR_TAKEN ? FAIL_AT(ERR_TAKEN, "letter_no") : e);
    }
    *id = id_new();
    return db_exec(c, &appointment_add,
                   DB_ARGS(I64(tenant), I64(*id), I64(n->person), I64(post.id), I64(n->unit.kind), I64(n->unit.id), TEXT(n->letter_no),
                           TIME(n->from), TIME(n->to), TIME(now), REF(n->by), REF(n->renews)),
                   NULL);
}

/* ---- reading ---- */

#define APPOINTMENT                                                                                                                    \
    "SELECT x.id, x.person_id, x.post_id, x.renews_id, x.letter_id, x.version, n.name, p.code, p.name_zh, p.name_en, x.letter_no, "   \
    "x.end_reason, x.unit_kind, x.unit_id, x.valid_from, x.valid_to, x.ended_at FROM appointment x "                                  \
    "JOIN post p ON p.tenant_id = x.tenant_id AND p.id = x.post_id "                                                                  \
    "JOIN person n ON n.tenant_id = x.tenant_id AND n.id = x.person_id WHERE x.tenant_id = $1"

DB_SQL(appointment_one, APPOINTMENT " AND x.id = $2")

static const char *const appointment_fragments[] = {
    " AND x.person_id = $2",
    " AND x.post_id = $3",
    " AND x.valid_from <= $4 AND (x.valid_to IS NULL OR x.valid_to > $4)",
    " AND x.valid_from > $4",
    " AND x.valid_to <= $4",
    " AND x.valid_from <= $4 AND x.valid_to > $4 AND x.valid_to <= $5",
    " AND x.id < $6",
    " AND (x.valid_to, x.id) > ($7, $6)",
    NULL
};
static const char *const appointment_tails[] = { " ORDER BY x.id DESC LIMIT 200", " ORDER BY x.valid_to, x.id LIMIT 200", NULL };
DB_FAMILY(appointment_page, APPOINTMENT, appointment_fragments, appointment_tails)

static void read_row(struct db_rows *rows, struct arena *a, struct unit_appointment *v)
{
    *v = (struct unit_appointment){
        .id = db_i64(rows, 0), .person_id = db_i64(rows, 1), .post_id = db_i64(rows, 2), .renews_id = db_i64(rows, 3),
        .letter_id = db_i64(rows, 4), .version = db_i64(rows, 5), .person = str_copy(a, db_text(rows, 6)), .post = str_copy(a, db_text(rows, 7)),
        .post_name_zh = str_copy(a, db_text(rows, 8)), .post_name_en = str_copy(a, db_text(rows, 9)),
        .letter_no = str_copy(a, db_text(rows, 10)), .end_reason = str_copy(a, db_text(rows, 11)),
        .unit = { (enum unit_kind)db_i64(rows, 12), db_i64(rows, 13) }, .from = db_i64(rows, 14), .to = db_i64(rows, 15),
        .ended_at = db_i64(rows, 16)
    };
}

static err read_rows(struct db_rows *rows, struct arena *a, struct list *out)
{
    struct unit_appointment *at = ARENA_ARRAY(a, UNIT_APPOINTMENTS_MOST, struct unit_appointment);
    size_t                   n = 0;
    while (n < UNIT_APPOINTMENTS_MOST && db_next(rows))
        read_row(rows, a, &at[n++]);
    *out = (struct list){ at, n };
    return db_done(rows);
}

err unit_appointment_find(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct unit_appointment *out)
{
    struct db_rows rows;
    struct list    found;
    TRY(db_query(c, &appointment_one, DB_ARGS(I64(tenant), I64(id)), &rows));
    TRY(read_rows(&rows, a, &found));
    if (!found.len)
        return FAIL(ERR_NOT_FOUND);
    *out = *(struct unit_appointment *)found.at;
    return OK;
}

err unit_appointments(struct db_conn *c, struct arena *a, int64_t tenant, const struct unit_appointments_query *q, struct list *out)
{
    static const uint32_t states[] = { [APPOINTMENT_ANY] = 0, [APPOINTMENT_CURRENT] = 4, [APPOINTMENT_AHEAD] = 8, [APPOINTMENT_ENDED] = 16,
                                       [APPOINTMENT_ENDING] = 32 };
    bool           ending = q->state == APPOINTMENT_ENDING;
    uint32_t       mask = (q->person ? 1 : 0) | (q->post ? 2 : 0) | states[q->state] | (!q->after_id ? 0 : ending ? 128 : 64);
    struct db_rows rows;
    TRY(db_query_family(c, &appointment_page, mask, ending,
                        DB_ARGS(I64(tenant), I64(q->person), I64(q->post), I64(q->now), I64(q->until), I64(q->after_id), I64(q->after_to)),
                        &rows));
    return read_rows(&rows, a, out);
}

/* ---- ending ---- */

DB_SQL(appointment_stop, "UPDATE appointment SET valid_to = $3, ended_at = $4, ended_by = $5, end_reason = $6, version = version + 1 "
                         "WHERE tenant_id = $1 AND id = $2")
DB_SQL(appointment_letter, "UPDATE appointment SET letter_id = $3, letter_no = $4 WHERE tenant_id = $1 AND id = $2")

err unit_appointment_end(struct db_conn *c, int64_t tenant, int64_t id, ms at, struct str reason, int64_t by, ms now)
{
    return db_exec(c, &appointment_stop, DB_ARGS(I64(tenant), I64(id), TIME(at), TIME(now), REF(by), TEXT(reason)), NULL);
}

err unit_appointment_letter(struct db_conn *c, int64_t tenant, int64_t id, int64_t letter, struct str no)
{
    return db_exec(c, &appointment_letter, DB_ARGS(I64(tenant), I64(id), I64(letter), TEXT(no)), NULL);
}

/* ---- names ---- */

static struct str area_names(const struct unit_snapshot *s, struct arena *a, const struct unode *n, const char *between)
{
    struct str text = str_copy(a, n->name);
    for (int32_t at = n->parent; at >= 0; at = s->nodes[at].parent)
        text = str_fmt(a, "%.*s%s%.*s", STR_ARG(s->nodes[at].name), between, STR_ARG(text));
    return text;
}

struct str unit_full_name(const struct unit_snapshot *s, struct arena *a, struct unit_ref u, const char *between)
{
    const struct unode *n = snapshot_node(s, u);
    if (!n)
        return STR("");
    return n->unit == UNIT_AREA ? area_names(s, a, n, between) : str_copy(a, n->name);
}

static bool ends_with(struct str text, struct str end)
{
    return text.len >= end.len && memcmp(text.ptr + text.len - end.len, end.ptr, end.len) == 0;
}

/* What somebody wrote for a unit: as it is, as a credit code, and folded as a name. */
struct meant { struct str text, credit, fold; };

/* By its code, its name, or its name behind those of areas above it: 梧桐里社区第一网格. */
static bool goes_by(const struct unit_snapshot *s, struct arena *a, const struct unode *n, const struct meant *m)
{
    if (n->code.len && str_eq(n->code, n->unit == UNIT_AREA ? m->text : m->credit))
        return true;
    if (str_eq(n->fold, m->fold))
        return true;
    return n->unit == UNIT_AREA && m->fold.len > n->fold.len && ends_with(m->fold, n->fold) && ends_with(unit_fold(a, area_names(s, a, n, "")), m->fold);
}

struct unit_ref unit_by_name(const struct unit_snapshot *s, struct arena *a, enum unit_kind kind, struct str text, bool *several)
{
    struct meant    m = { text, credit_tidy(a, text), unit_fold(a, text) };
    struct unit_ref found = { UNIT_NONE, 0 };
    *several = false;
    for (int32_t i = 0; i < s->count && !*several; i++) {
        const struct unode *n = &s->nodes[i];
        bool                fits = !n->valid_to && (kind == UNIT_NONE || kind == n->unit) && goes_by(s, a, n, &m);
        *several = fits && found.id;
        if (fits)
            found = (struct unit_ref){ n->unit, n->id };
    }
    return *several ? (struct unit_ref){ UNIT_NONE, 0 } : found;
}
