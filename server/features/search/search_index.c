/* search_index.c: the words of cases in the engine's full-text index.
 *
 * SQLite's FTS5 writes out what it has gathered at every savepoint, as a piece that has to be merged with others later. A request is a
 * savepoint here, so the words wait for the end of their group and go in together, in order of the ids: one piece for each commit. */
#include "search_parts.h"

/* Words of our own, behind signs of the private-use area that no text's word can begin with. */
#define AREA_SIGN    "\xEE\x80\x80"
#define CONTACT_SIGN "\xEE\x80\x81"
#define ORG_SIGN     "\xEE\x80\x82"
/* Before each word of a district other than the first: SQLite's index cannot be asked for one district's rows, so words are the district's own,
 * also where two districts' cases have the same id. */
#define DISTRICT_SIGN "\xEE\x80\x83"
#define FIRST_DISTRICT 1

DB_SQL2(search_put_case,
        "INSERT INTO search_case (tenant_id, rowid, words) VALUES ($1, $2, $3)",
        "INSERT INTO search_case (tenant_id, case_id, words) VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' '))) "
        "ON CONFLICT (tenant_id, case_id) DO UPDATE SET words = excluded.words")
DB_SQL2(search_remove_case,
        "INSERT INTO search_case (tenant_id, search_case, rowid, words) VALUES ($1, 'delete', $2, $3)",
        "DELETE FROM search_case WHERE tenant_id = $1 AND case_id = $2 AND words = array_to_tsvector(string_to_array($3, ' '))")

/* Whatever its words are, where that can be said. */
DB_SQL2(search_withdraw_case,
        "INSERT INTO search_case (tenant_id, search_case, rowid, words) VALUES ($1, 'delete', $2, $3)",
        "DELETE FROM search_case WHERE tenant_id = $1 AND case_id = $2 AND CAST($3 AS TEXT) IS NOT NULL")

DB_SQL(search_fill_read, "SELECT below, done, total FROM search_fill WHERE tenant_id = $1")
DB_SQL(search_fill_write, "UPDATE search_fill SET below = $2, done = $3, total = $4 WHERE tenant_id = $1")

DB_SQL(search_fill_all, "INSERT INTO search_fill (tenant_id, below, done, total) SELECT CAST($1 AS BIGINT), COALESCE(MAX(id), 0) + 1, 0, COUNT(*) FROM cases "
                        "WHERE tenant_id = $1")

/* ---- in and out ---- */

/* Words parted by blanks, each made the district's. */
static struct str words_of(struct arena *a, int64_t tenant, struct str text)
{
    if (tenant == FIRST_DISTRICT)
        return text;
    struct buf b = buf_new(a, 0);
    struct str word, sign = str_fmt(a, " " DISTRICT_SIGN "%lld" DISTRICT_SIGN, (long long)tenant);
    while (text.ptr)
        if ((word = str_cut(&text, ' ')).len) {
            buf_str(&b, b.len ? sign : (struct str){ sign.ptr + 1, sign.len - 1 });
            buf_str(&b, word);
        }
    return buf_view(&b);
}

/* A question whose quoted words are the district's. */
static struct str question_of(struct arena *a, int64_t tenant, struct str match)
{
    struct buf b = buf_new(a, 0);
    bool       inside = false;
    for (size_t i = 0; tenant != FIRST_DISTRICT && i < match.len; i++) {
        buf_byte(&b, match.ptr[i]);
        inside = match.ptr[i] == '"' ? !inside : inside;
        if (match.ptr[i] == '"' && inside)
            buf_fmt(&b, DISTRICT_SIGN "%lld" DISTRICT_SIGN, (long long)tenant);
    }
    return tenant == FIRST_DISTRICT ? match : buf_view(&b);
}

static struct str all_words(struct arena *a, int64_t tenant, const struct search_case *in)
{
    struct buf b = buf_new(a, 0);
    buf_str(&b, search_words(a, in->folded));
    if (in->area)
        buf_fmt(&b, " " AREA_SIGN "%lld", (long long)in->area);
    if (in->org)
        buf_fmt(&b, " " ORG_SIGN "%lld", (long long)in->org);
    if (in->contact_hash.len >= 12)
        buf_fmt(&b, " " CONTACT_SIGN "%.24s", str_hex(a, in->contact_hash.ptr, 12).ptr);
    return words_of(a, tenant, buf_view(&b));
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
    *w = (struct waiting){ sql, tenant, in->id, all_words(a, tenant, in) };
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
    return write_waiting(c, &(struct waiting){ &search_put_case, tenant, in->id, all_words(a, tenant, in) });
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
            TRY(write_waiting(c, &(struct waiting){ &search_withdraw_case, tenant, at[i].id, all_words(a, tenant, &at[i]) }));
    return OK;
}

/* ---- finding ---- */

/* $2: words; $6: areas and organisations, or the words again. On SQLite they name the district, and FTS5 goes through its lists in the order of the ids,
 * from either end, as far as it must. */
#define FTS(bounds_order)                                                                                                                \
    "SELECT rowid FROM search_case WHERE $1 <> 0 AND search_case MATCH CASE WHEN $6 = $2 THEN $2 ELSE $6 || ' AND ' || $2 END " \
    "AND rowid < $3 AND rowid > $4 " bounds_order

/* PostgreSQL's GIN knows no order: asked for a word it names all cases that hold it, of which the newest are wanted. So its index holds when a case
 * came, too, in stretches of nine hours (2^25 ms, an id's bits from the 47th on), of six days and of 99, and is asked for the two stretches of a length
 * that lie nearest, the shortest first, then for what is left. Each arm is asked only when those before it have not filled the page: an arm has a LIMIT
 * of its own, so it never runs beside another, and their rows come one arm after the other. All arms are planned once, for the index of words: the
 * plusses keep that of the ids away. Areas and organisations are a condition of their own: GIN leaps between conditions, while within one it weighs all
 * of its words for each case. */
#define TIMES "array_to_tsvector(string_to_array(CAST(case_id >> 47 AS TEXT) || ' w' || CAST(case_id >> 51 AS TEXT) || ' q' || CAST(case_id >> 55 AS TEXT), ' '))"
#define TSQUERY(n) "CAST(replace(replace(replace(replace(CAST(" n " AS TEXT), '\"*', ''':*'), '\"', ''''), ' AND ', ' & '), ' OR ', ' | ') AS tsquery)"
#define STRETCHES(sign, shift, next)                                                                                                     \
    "CAST('" sign "' || CAST(at >> " shift " AS TEXT) || '|" sign "' || CAST((at >> " shift ") " next " AS TEXT) AS tsquery), "          \
    "(at >> " shift ") " next
#define ASKED(what) "(SELECT " what " FROM asked)"
#define HOLDS       "words @@ " ASKED("words") " AND words @@ " ASKED("units")
#define ARM(times, order)                                                                                                                \
    " UNION ALL (SELECT case_id FROM search_case WHERE tenant_id = $1 AND " HOLDS " AND +case_id < " ASKED("below")                      \
    " AND +case_id > " ASKED("above") " AND " times " ORDER BY +case_id " order " LIMIT $5)"
/* The first 256 cases are walked through: of a word that many of them hold, as of the water in the streets on the day of a flood, or of the beginning of a
 * word, which is put together from all words that begin so, the index would have tens of thousands. below, above: bounds of the others; edge: which of
 * their ids is nearest; next: to the next stretch; up_to, behind: whether a stretch is among those asked for, or further. */
#define TSV(below, above, edge, next, up_to, behind, order)                                                                              \
    "WITH walked AS MATERIALIZED (SELECT case_id, words FROM search_case WHERE tenant_id = $1 AND case_id < $3 AND case_id > $4 "         \
    "ORDER BY case_id " order " LIMIT 256), "                                                                                             \
    "bounds (below, above) AS MATERIALIZED (SELECT " below ", " above "), "                                                              \
    "place (at) AS MATERIALIZED (SELECT " edge "(case_id) FROM search_case WHERE tenant_id = $1 "                                        \
    "AND case_id < (SELECT below FROM bounds) AND case_id > (SELECT above FROM bounds)), "                                               \
    "asked (words, units, below, above, hours, hour, weeks, week, quarters, quarter) AS MATERIALIZED (SELECT " TSQUERY("$2") ", "          \
    TSQUERY("$6") ", below, above, " STRETCHES("", "47", next) ", " STRETCHES("w", "51", next) ", " STRETCHES("q", "55", next)           \
    " FROM bounds CROSS JOIN place) "                                                                                                    \
    "SELECT case_id FROM ((SELECT case_id FROM walked WHERE " HOLDS " ORDER BY case_id " order " LIMIT $5)"                              \
    ARM(TIMES " @@ " ASKED("hours") " AND case_id >> 47 " up_to " " ASKED("hour"), order)                                                  \
    ARM(TIMES " @@ " ASKED("weeks") " AND case_id >> 47 " behind " " ASKED("hour") " AND case_id >> 51 " up_to " " ASKED("week"), order)  \
    ARM(TIMES " @@ " ASKED("quarters") " AND case_id >> 51 " behind " " ASKED("week") " AND case_id >> 55 " up_to " " ASKED("quarter"),  \
        order)                                                                                                                           \
    ARM("case_id >> 55 " behind " " ASKED("quarter"), order) ") found LIMIT $5"
DB_SQL2(search_newest, FTS("ORDER BY rowid DESC LIMIT $5"),
        TSV("COALESCE((SELECT MIN(case_id) FROM walked), $3)", "CAST($4 AS BIGINT)", "MAX", "- 1", ">=", "<", "DESC"))
DB_SQL2(search_oldest, FTS("ORDER BY rowid LIMIT $5"),
        TSV("CAST($3 AS BIGINT)", "COALESCE((SELECT MAX(case_id) FROM walked), $4)", "MIN", "+ 1", "<=", ">", "ASC"))

static void add_units(struct buf *b, const char *sign, struct ids units)
{
    for (size_t i = 0; i < units.len; i++)
        buf_fmt(b, "%s\"%s%lld\"", i ? " OR " : b->len ? " AND (" : "(", sign, (long long)units.at[i]);
    buf_z(b, units.len ? ")" : "");
}

static struct str units_of(struct arena *a, const struct search_range *in)
{
    struct buf b = buf_new(a, 0);
    add_units(&b, AREA_SIGN, in->areas);
    add_units(&b, ORG_SIGN, in->orgs);
    return buf_view(&b);
}

err search_find(struct db_conn *c, struct arena *a, int64_t tenant, const struct search_range *in, int64_t *ids, size_t *n)
{
    struct db_rows rows;
    *n = 0;
    if (!in->match.len)
        return OK;
    struct str units = question_of(a, tenant, units_of(a, in)), words = question_of(a, tenant, in->match);
    TRY(db_query(c, in->oldest_first ? &search_oldest : &search_newest,
                 DB_ARGS(I64(tenant), TEXT(words), I64(in->below), I64(in->above), I64((int64_t)in->most),
                         TEXT(units.len ? units : words)), &rows));
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
