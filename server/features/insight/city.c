/* city.c: the counters of a city's districts, and who belongs to which city. What is read here is read across districts: sums of counters alone,
 * of those that city_district names. They need not be of one moment, so nothing is balanced by them. */
#include "city.h"
#include "columns.h"

DB_SQL(city_members,
       DB_ACROSS "SELECT m.district, t.code, t.name, m.joined_at, COALESCE(f.total, 0), COALESCE(f.done, 0) FROM city_district m "
       "JOIN tenant t ON t.tenant_id = m.district LEFT JOIN insight_fill f ON f.tenant_id = m.district WHERE m.city = $1 ORDER BY m.district")
/* Two periods ($2 to $5, $6 to $9: days, whole months, days), what is open, and what of it was due before this hour ($10 this month, $11 today, $12
 * this hour), each stretch by itself: so every one is a range of the key on every engine. The counters of a district are those of its topmost area. */
#define STRETCH(part_, grain_, days_)                                                                                                       \
    "SELECT m.district, " #part_ ", SUM(open_due), SUM(open_reported), " MEASURE_SUMS " FROM city_district m "                               \
    "JOIN insight_tree r ON r.tenant_id = m.district AND r.parent_id = 0 "                                                                  \
    "JOIN insight_sum c ON c.tenant_id = m.district AND c.unit_id = r.area_id AND c.grain = " #grain_ days_ " "                           \
    "WHERE m.city = $1 GROUP BY m.district"
#define DAYS(from_, end_) " AND c.day >= " #from_ " AND c.day < " #end_
#define UPTO(end_)        " AND c.day < " #end_
#define ALSO              " UNION ALL "
/* Hours have that one number alone. */
#define HOURS(part_, from_, end_)                                                                                                            \
    "SELECT m.district, " #part_ ", SUM(open_due), 0, " NO_MEASURES " FROM city_district m "                                                 \
    "JOIN insight_tree r ON r.tenant_id = m.district AND r.parent_id = 0 "                                                                  \
    "JOIN insight_hour h ON h.tenant_id = m.district AND h.unit_id = r.area_id AND h.hour >= " #from_ " AND h.hour < " #end_ " "             \
    "WHERE m.city = $1 GROUP BY m.district"
DB_SQL(city_totals,
       DB_ACROSS STRETCH(0, 1, DAYS($2, $3)) ALSO STRETCH(0, 2, DAYS($3, $4)) ALSO STRETCH(0, 1, DAYS($4, $5)) ALSO
       STRETCH(1, 1, DAYS($6, $7)) ALSO STRETCH(1, 2, DAYS($7, $8)) ALSO STRETCH(1, 1, DAYS($8, $9)) ALSO
       STRETCH(2, 2, "") ALSO
       STRETCH(3, 2, UPTO($10)) ALSO STRETCH(3, 1, DAYS($10, $11)) ALSO HOURS(3, CAST($11 AS BIGINT) * 24, $12))
DB_SQL(city_days,
       DB_ACROSS "SELECT c.day, " MEASURE_SUMS " FROM city_district m JOIN insight_tree r ON r.tenant_id = m.district AND r.parent_id = 0 "
       "JOIN insight_sum c ON c.tenant_id = m.district AND c.unit_id = r.area_id AND c.grain = 1 AND c.day >= $2 AND c.day <= $3 "
       "WHERE m.city = $1 GROUP BY c.day")
DB_SQL(tenant_city_of, "SELECT t.name, m.joined_at FROM city_district m JOIN tenant t ON t.tenant_id = m.city WHERE m.district = $1")

static const struct field district_columns[] = {
    FIELD_I64(struct city_line, id, 0, 0, 0, ""),
    FIELD_STR(struct city_line, code, 0, 0, 0, ""),
    FIELD_STR(struct city_line, name, 0, 0, 0, ""),
    FIELD_TIME(struct city_line, joined_at, 0, ""),
    FIELD_I64(struct city_line, cases, 0, 0, 0, ""),
    FIELD_I64(struct city_line, counted, 0, 0, 0, ""),
    FIELD_END
};

/* ---- sums ---- */

enum { PART_NOW, PART_BEFORE, PART_OPEN, PART_OVERDUE };
enum { COLUMN_DISTRICT, COLUMN_PART, COLUMN_OPEN_DUE, COLUMN_OPEN, COLUMN_MEASURES };

static void add_measures(struct db_rows *rows, struct totals *t)
{
    for (int i = 0; i < MEASURES; i++)
        t->n[i] += db_i64(rows, COLUMN_MEASURES + i);
}

static void add_part(struct db_rows *rows, struct city_line *line)
{
    switch (db_i64(rows, COLUMN_PART)) {
    case PART_NOW:    add_measures(rows, &line->now); break;
    case PART_BEFORE: add_measures(rows, &line->before); break;
    case PART_OPEN:   line->open += db_i64(rows, COLUMN_OPEN); break;
    default:          line->overdue += db_i64(rows, COLUMN_OPEN_DUE);
    }
}

static struct city_line *line_of(struct list lines, int64_t district)
{
    struct city_line *line = (struct city_line *)lines.at;
    for (size_t i = 0; i < lines.len; i++)
        if (line[i].id == district)
            return &line[i];
    return NULL;
}

/* Days, then whole months, then days, each up to the next; without a whole month all of it is the first stretch. */
struct bounds { int64_t from, months, days, end; };
static struct bounds bounds_of(int64_t from, int64_t end)
{
    int64_t months = day_month(from) == from ? from : day_next_month(day_month(from)), days = day_month(end);
    return months < days ? (struct bounds){ from, months, days, end } : (struct bounds){ from, end, end, end };
}

static err read_totals(struct db_conn *c, int64_t city, int64_t from, int64_t to, int64_t hour, struct list lines)
{
    struct db_rows rows;
    struct bounds  now = bounds_of(from, to + 1), before = bounds_of(from - (to - from + 1), from);
    int64_t        today = hour / DAY_HOURS;
    TRY(db_query(c, &city_totals,
                 DB_ARGS(I64(city), I64(now.from), I64(now.months), I64(now.days), I64(now.end), I64(before.from), I64(before.months),
                         I64(before.days), I64(before.end), I64(day_month(today)), I64(today), I64(hour)), &rows));
    while (db_next(&rows)) {
        struct city_line *line = line_of(lines, db_i64(&rows, COLUMN_DISTRICT));
        if (line)
            add_part(&rows, line);
    }
    return db_done(&rows);
}

err city_read(struct db_conn *c, struct arena *a, int64_t city, int64_t from, int64_t to, int64_t hour, struct list *lines)
{
    TRY(db_all(c, a, &city_members, DB_ARGS(I64(city)), district_columns, sizeof(struct city_line), 0, lines));
    return lines->len ? read_totals(c, city, from, to, hour, *lines) : OK;
}

struct city_line city_sum(struct list lines)
{
    const struct city_line *line = lines.at;
    struct city_line        sum = { 0 };
    for (size_t i = 0; i < lines.len; i++) {
        for (int k = 0; k < MEASURES; k++) {
            sum.now.n[k] += line[i].now.n[k];
            sum.before.n[k] += line[i].before.n[k];
        }
        sum.open += line[i].open;
        sum.overdue += line[i].overdue;
        sum.cases += line[i].cases;
        sum.counted += line[i].counted;
    }
    return sum;
}

err city_series(struct db_conn *c, struct arena *a, int64_t city, int64_t from, int64_t to, struct totals **out)
{
    struct db_rows rows;
    *out = ARENA_ARRAY(a, (size_t)(to - from + 1), struct totals);
    TRY(db_query(c, &city_days, DB_ARGS(I64(city), I64(from), I64(to)), &rows));
    while (db_next(&rows))
        for (int k = 0; k < MEASURES; k++)
            (*out)[db_i64(&rows, 0) - from].n[k] = db_i64(&rows, 1 + k);
    return db_done(&rows);
}

err city_of(struct db_conn *c, struct arena *a, int64_t district, struct str *name, ms *since)
{
    struct db_rows rows;
    TRY(db_query(c, &tenant_city_of, DB_ARGS(I64(district)), &rows));
    if (db_next(&rows)) {
        *name = str_copy(a, db_text(&rows, 0));
        *since = db_i64(&rows, 1);
    }
    return db_done(&rows);
}
