/* search_index.c: the words of cases in the engine's full-text index.
 *
 * SQLite's FTS5 writes out what it has gathered at every savepoint, as a piece that has to be merged with others later. A request is a
 * savepoint here, so the words wait for the end of their group and go in together, in order of the ids: one piece for each commit. */
#include "search_parts.h"

/* Words of our own, behind signs of the private-use area that no text's word can begin with. */
#define AREA_SIGN    "\xEE\x80\x80"
#define CONTACT_SIGN "\xEE\x80\x81"
#define ORG_SIGN     "\xEE\x80\x82"
#define FIRST_DISTRICT 1

/* On PostgreSQL words are numbers, one text of them all (search_numbers.c). */
#define NUMBERS(n) "CAST(CAST(" n " AS TEXT) AS INTEGER[])"

DB_SQL2(search_put_case,
        "INSERT INTO search_case (tenant_id, rowid, words) VALUES ($1, $2, $3)",
        "INSERT INTO search_case (tenant_id, case_id, words) VALUES ($1, $2, " NUMBERS("$3") ") "
        "ON CONFLICT (tenant_id, case_id) DO UPDATE SET words = excluded.words")
DB_SQL2(search_remove_case,
        "INSERT INTO search_case (tenant_id, search_case, rowid, words) VALUES ($1, 'delete', $2, $3)",
        "DELETE FROM search_case WHERE tenant_id = $1 AND case_id = $2 AND words = " NUMBERS("$3"))

/* Whatever its words are, where that can be said. */
DB_SQL2(search_withdraw_case,
        "INSERT INTO search_case (tenant_id, search_case, rowid, words) VALUES ($1, 'delete', $2, $3)",
        "DELETE FROM search_case WHERE tenant_id = $1 AND case_id = $2 AND CAST($3 AS TEXT) IS NOT NULL")

DB_SQL(search_fill_read, "SELECT below, done, total FROM search_fill WHERE tenant_id = $1")
DB_SQL(search_fill_write, "UPDATE search_fill SET below = $2, done = $3, total = $4 WHERE tenant_id = $1")

DB_SQL(search_fill_all, "INSERT INTO search_fill (tenant_id, below, done, total) SELECT CAST($1 AS BIGINT), COALESCE(MAX(id), 0) + 1, 0, COUNT(*) FROM cases "
                        "WHERE tenant_id = $1")

/* ---- in and out ---- */

static struct str sign_of(struct arena *a, int64_t tenant)
{
    return tenant == FIRST_DISTRICT ? STR("") : str_fmt(a, SEARCH_DISTRICT_SIGN "%lld" SEARCH_DISTRICT_SIGN, (long long)tenant);
}

/* Words parted by blanks, each made the district's. */
static struct str words_of(struct arena *a, struct str sign, struct str text)
{
    if (!sign.len)
        return text;
    struct buf b = buf_new(a, 0);
    struct str word;
    while (text.ptr)
        if ((word = str_cut(&text, ' ')).len) {
            buf_z(&b, b.len ? " " : "");
            buf_str(&b, sign);
            buf_str(&b, word);
        }
    return buf_view(&b);
}

/* A question whose quoted words are the district's. */
static struct str question_of(struct arena *a, struct str sign, struct str match)
{
    struct buf b = buf_new(a, 0);
    bool       inside = false;
    for (size_t i = 0; sign.len && i < match.len; i++) {
        buf_byte(&b, match.ptr[i]);
        inside = match.ptr[i] == '"' ? !inside : inside;
        if (match.ptr[i] == '"' && inside)
            buf_str(&b, sign);
    }
    return sign.len ? buf_view(&b) : match;
}

/* All there is of a case, as the engine takes it. */
static struct str all_words(const struct db_conn *c, struct arena *a, int64_t tenant, const struct search_case *in)
{
    struct buf b = buf_new(a, 0);
    struct str sign = sign_of(a, tenant);
    buf_str(&b, search_words(a, in->folded));
    if (in->area)
        buf_fmt(&b, " " AREA_SIGN "%lld", (long long)in->area);
    if (in->org)
        buf_fmt(&b, " " ORG_SIGN "%lld", (long long)in->org);
    if (in->contact_hash.len >= 12)
        buf_fmt(&b, " " CONTACT_SIGN "%.24s", str_hex(a, in->contact_hash.ptr, 12).ptr);
    return db_is_postgres(c) ? search_numbers(a, sign, buf_view(&b)) : words_of(a, sign, buf_view(&b));
}

struct waiting {
    const struct db_sql *sql;
    int64_t              tenant, id;
    struct str           words;
};

static err write_waiting(struct db_conn *c, void *arg)
{
    const struct waiting *w = arg;
    return db_send(c, w->sql, DB_ARGS(I64(w->tenant), I64(w->id), TEXT(w->words)));
}

static void wait_for_commit(struct db_conn *c, int64_t tenant, const struct search_case *in, const struct db_sql *sql)
{
    struct arena   *a = db_group_arena(c);
    struct waiting *w = ARENA_NEW(a, struct waiting);
    *w = (struct waiting){ sql, tenant, in->id, all_words(c, a, tenant, in) };
    db_before_commit(c, in->id, write_waiting, w);
}

void search_put(struct db_conn *c, int64_t tenant, const struct search_case *in)
{
    wait_for_commit(c, tenant, in, &search_put_case);
}

void search_remove(struct db_conn *c, int64_t tenant, const struct search_case *was)
{
    wait_for_commit(c, tenant, was, &search_remove_case);
}

err search_put_now(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_case *in)
{
    return write_waiting(c, &(struct waiting){ &search_put_case, tenant, in->id, all_words(c, a, tenant, in) });
}

err search_withdraw(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_source *source, size_t most, int64_t *from)
{
    struct list cases = { 0 };
    int64_t     below;
    TRY(search_filled(c, tenant, &below));
    TRY(source->next(c, a, tenant, INT64_MAX, most, &cases));
    const struct search_case *at = cases.at;
    *from = cases.len ? at[cases.len - 1].id : 0;
    for (size_t i = cases.len; i-- > 0;)
        if (at[i].id >= below)   /* those below were not put in yet */
            TRY(write_waiting(c, &(struct waiting){ &search_withdraw_case, tenant, at[i].id, all_words(c, a, tenant, &at[i]) }));
    return OK;
}

/* ---- finding ---- */

/* $2: words; $6: areas and organisations. On SQLite all of them name the district, and FTS5 goes through its lists in the order of the ids, from either
 * end, as far as it must. */
#define FTS(match, bounds_order)                                                                                                         \
    "SELECT rowid FROM search_case WHERE $1 <> 0 AND search_case MATCH " match " AND rowid < $3 AND rowid > $4 " bounds_order " LIMIT $5"

/* PostgreSQL's GIN knows no order: asked for a word it names all cases that hold it, of which the newest are wanted. So its index holds when a case
 * came, too, in stretches of nine hours (2^25 ms, an id's bits from the 47th on), of six days and of 99, and is asked for the two stretches of a length
 * that lie nearest, the shortest first, then for what is left. Each arm is asked only when those before it have not filled the page: an arm has a LIMIT
 * of its own, so it never runs beside another, and their rows come one arm after the other. All arms are planned once, for the index of words: the
 * plusses keep that of the ids away. Areas and organisations are conditions of their own, $6 and $7, the same when there is one of both: GIN leaps
 * between conditions, while within one it weighs all of its numbers for each case. */
#define HOUR(id)    "CAST(" id " >> 47 AS INTEGER)"
#define WEEK(id)    "CAST((" id " >> 51) + 65536 AS INTEGER)"    /* beyond all hours */
#define QUARTER(id) "CAST((" id " >> 55) + 131072 AS INTEGER)"   /* beyond all weeks */
#define TIMES       "ARRAY[" HOUR("case_id") ", " WEEK("case_id") ", " QUARTER("case_id") "]"
#define STRETCHES(which, shift, next) "ARRAY[" which("at") ", " which("at") " " next "], (at >> " shift ") " next
#define ASKED(what) "(SELECT " what " FROM asked)"
#define HOLDS       "words @> " ASKED("words")
#define HOLDS_ONE   HOLDS " AND words && " ASKED("units") " AND words && " ASKED("others")
#define ARM(holds, times, order)                                                                                                         \
    " UNION ALL (SELECT case_id FROM search_case WHERE tenant_id = $1 AND " holds " AND +case_id < " ASKED("below")                      \
    " AND +case_id > " ASKED("above") " AND " times " ORDER BY +case_id " order " LIMIT $5)"
/* The first 256 cases are walked through: of a word that many of them hold, as of the water in the streets on the day of a flood, the index would have tens
 * of thousands. below, above: bounds of the others; edge: which of their ids is nearest; next: to the next stretch; up_to, behind: whether a stretch is
 * among those asked for, or further. */
#define GIN(holds, units, others, below, above, edge, next, up_to, behind, order)                                                        \
    "WITH walked AS MATERIALIZED (SELECT case_id, words FROM search_case WHERE tenant_id = $1 AND case_id < $3 AND case_id > $4 "         \
    "ORDER BY case_id " order " LIMIT 256), "                                                                                             \
    "bounds (below, above) AS MATERIALIZED (SELECT " below ", " above "), "                                                              \
    "place (at) AS MATERIALIZED (SELECT " edge "(case_id) FROM search_case WHERE tenant_id = $1 "                                        \
    "AND case_id < (SELECT below FROM bounds) AND case_id > (SELECT above FROM bounds)), "                                               \
    "asked (words, units, others, below, above, hours, hour, weeks, week, quarters, quarter) AS MATERIALIZED (SELECT " NUMBERS("$2") ", " \
    units ", " others ", below, above, " STRETCHES(HOUR, "47", next) ", " STRETCHES(WEEK, "51", next) ", "                              \
    STRETCHES(QUARTER, "55", next) " FROM bounds CROSS JOIN place) "                                                                     \
    "SELECT case_id FROM ((SELECT case_id FROM walked WHERE " holds " ORDER BY case_id " order " LIMIT $5)"                              \
    ARM(holds, TIMES " && " ASKED("hours") " AND case_id >> 47 " up_to " " ASKED("hour"), order)                                           \
    ARM(holds, TIMES " && " ASKED("weeks") " AND case_id >> 47 " behind " " ASKED("hour") " AND case_id >> 51 " up_to " " ASKED("week"),  \
        order)                                                                                                                           \
    ARM(holds, TIMES " && " ASKED("quarters") " AND case_id >> 51 " behind " " ASKED("week") " AND case_id >> 55 " up_to " "             \
        ASKED("quarter"), order)                                                                                                         \
    ARM(holds, "case_id >> 55 " behind " " ASKED("quarter"), order) ") found LIMIT $5"
#define GIN_NEWEST(holds, units, others)                                                                                                 \
    GIN(holds, units, others, "COALESCE((SELECT MIN(case_id) FROM walked), $3)", "CAST($4 AS BIGINT)", "MAX", "- 1", ">=", "<", "DESC")
#define GIN_OLDEST(holds, units, others)                                                                                                 \
    GIN(holds, units, others, "CAST($3 AS BIGINT)", "COALESCE((SELECT MAX(case_id) FROM walked), $4)", "MIN", "+ 1", "<=", ">", "ASC")
DB_SQL2(search_newest, FTS("$2", "ORDER BY rowid DESC"), GIN_NEWEST(HOLDS, "NULL", "NULL"))
DB_SQL2(search_oldest, FTS("$2", "ORDER BY rowid"), GIN_OLDEST(HOLDS, "NULL", "NULL"))
DB_SQL2(search_newest_of, FTS("$6 || ' AND ' || $2", "ORDER BY rowid DESC"), GIN_NEWEST(HOLDS_ONE, NUMBERS("$6"), NUMBERS("$7")))
DB_SQL2(search_oldest_of, FTS("$6 || ' AND ' || $2", "ORDER BY rowid"), GIN_OLDEST(HOLDS_ONE, NUMBERS("$6"), NUMBERS("$7")))

/* One of these; STR_NONE: there are none. */
static struct str units_of(struct arena *a, const char *sign, struct ids units)
{
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < units.len; i++)
        buf_fmt(&b, "%s\"%s%lld\"", i ? " OR " : "(", sign, (long long)units.at[i]);
    buf_z(&b, units.len ? ")" : "");
    return units.len ? buf_view(&b) : STR_NONE;
}

/* A question as the engine takes it. */
struct question { struct str words, units, others; };

static struct question question_for(const struct db_conn *c, struct arena *a, int64_t tenant, const struct search_range *in)
{
    struct str sign = sign_of(a, tenant), areas = units_of(a, AREA_SIGN, in->areas), orgs = units_of(a, ORG_SIGN, in->orgs);
    struct str units = areas.ptr ? areas : orgs, others = orgs.ptr ? orgs : areas;
    if (db_is_postgres(c))
        return (struct question){ search_numbers_asked(a, sign, in->match), search_numbers_asked(a, sign, units), search_numbers_asked(a, sign, others) };
    if (areas.ptr && orgs.ptr)
        units = str_fmt(a, "%.*s AND %.*s", STR_ARG(areas), STR_ARG(orgs));
    return (struct question){ question_of(a, sign, in->match), question_of(a, sign, units), STR_NONE };
}

err search_find(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_range *in, int64_t *ids, size_t *n)
{
    static const struct db_sql *const statements[2][2] = { { &search_newest, &search_oldest }, { &search_newest_of, &search_oldest_of } };
    struct db_rows                    rows;
    *n = 0;
    if (!in->match.len)
        return OK;
    struct question q = question_for(c, a, tenant, in);
    TRY(db_query(c, statements[in->areas.len || in->orgs.len][in->oldest_first],
                 DB_ARGS(I64(tenant), TEXT(q.words), I64(in->below), I64(in->above), I64((int64_t)in->most), TEXT(q.units), TEXT(q.others)), &rows));
    while (*n < in->most && db_next(&rows))
        ids[(*n)++] = db_i64(&rows, 0);
    return db_done(&rows);
}

struct str search_contact(struct arena *a, struct str contact_hash)
{
    return contact_hash.len < 12 ? STR_NONE : str_fmt(a, "\"" CONTACT_SIGN "%.24s\"", str_hex(a, contact_hash.ptr, 12).ptr);
}

/* ---- how far it has been filled ---- */

err search_progress_read(struct db_conn *c, int64_t tenant, struct search_progress *out)
{
    struct db_rows rows;
    *out = (struct search_progress){ 0 };
    TRY(db_query(c, &search_fill_read, DB_ARGS(I64(tenant)), &rows));
    if (db_next(&rows))
        *out = (struct search_progress){ db_i64(&rows, 0), db_i64(&rows, 1), db_i64(&rows, 2) };
    return db_done(&rows);
}

err search_progress_write(struct db_conn *c, int64_t tenant, const struct search_progress *p)
{
    return db_exec(c, &search_fill_write, DB_ARGS(I64(tenant), I64(p->below), I64(p->done), I64(p->total)), NULL);
}

err search_filled(struct db_conn *c, int64_t tenant, int64_t *below)
{
    struct search_progress p;
    TRY(search_progress_read(c, tenant, &p));
    *below = p.below;
    return OK;
}

err search_refill(struct db_conn *c, int64_t tenant)
{
    return db_exec(c, &search_fill_all, DB_ARGS(I64(tenant)), NULL);
}
