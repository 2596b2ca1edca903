/* The rows that one case report writes, as bench/ceiling, bench/ceiling-postgres and bench/layer write them: the same texts and values, so that
 * only the way to the disk differs. Those of a group that is committed together: the counter, the end of the audit chain, the counters of
 * the insight page; the words of each report go in then too. */
#ifndef LINLI_BENCH_REPORT_H
#define LINLI_BENCH_REPORT_H

#include <stdlib.h>

#include "../server/base/id.h"
#include "../server/db/db.h"
#include "../server/features/insight/columns.h"
#include "../server/features/search/search_parts.h"

#define REPORT_TENANT 1

#define REPORT_COUNTER                                                                                                                  \
    "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1) "                                                                  \
    "ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1 RETURNING value"
#define REPORT_CASE                                                                                                                     \
    "INSERT INTO cases (tenant_id, id, code, source, state, category_id, severity, text, address, lon_e7, lat_e7, "                     \
    "area_id, shape_id, rule_id, org_id, contact_enc, contact_hash, secret_hash, reported_at, due_at, updated_at, version, "             \
    "clock_from, clock_amount, clock_unit, calendar, remind_at) "                                                                       \
    "VALUES ($1, $2, $3, 1, 2, $4, 2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $16, 1, $16, 240, 2, 1, $18)"
#define REPORT_EVENT                                                                                                                    \
    "INSERT INTO case_event (tenant_id, case_id, seq, at, action, from_state, to_state, internal, text, data) "                         \
    "VALUES ($1, $2, 1, $3, 1, 0, 2, 0, $4, $5)"
#define REPORT_FACTS                                                                                                                    \
    "INSERT INTO insight_fact (tenant_id, case_id, area_id, category_id, state, bits, turns, answers, reported_day, limit_hour) "        \
    "VALUES ($1, $2, $3, $4, 1, 0, 0, 0, $5, $6)"
#define REPORT_WORDS_SQLITE "INSERT INTO search_case (tenant_id, rowid, words) VALUES ($1, $2, $3)"
#define REPORT_WORDS_POSTGRES                                                                                                           \
    "INSERT INTO search_case (tenant_id, case_id, words) VALUES ($1, $2, CAST(CAST($3 AS TEXT) AS INTEGER[]))"
#define REPORT_COUNT                                                                                                                    \
    COUNT_INTO "VALUES " COUNT_ROW(1, 2, 3, 4) " ON CONFLICT (" COUNT_KEY ") DO UPDATE SET " COLUMN_ADDS
#define REPORT_HOUR                                                                                                                     \
    "INSERT INTO insight_hour (tenant_id, unit_id, hour, open_due) VALUES ($1, $2, $3, 1) "                                             \
    "ON CONFLICT (tenant_id, unit_id, hour) DO UPDATE SET open_due = insight_hour.open_due + excluded.open_due"
#define REPORT_CATEGORY_COUNT                                                                                                           \
    "INSERT INTO insight_category (tenant_id, unit_id, grain, day, category_id, reported, due, closed_on_time, closed) "                \
    "VALUES ($1, $2, 1, 20000, $3, 1, 0, 0, 0) ON CONFLICT (tenant_id, unit_id, grain, day, category_id) DO UPDATE SET "               \
    "reported = insight_category.reported + excluded.reported, due = insight_category.due + excluded.due, "                            \
    "closed_on_time = insight_category.closed_on_time + excluded.closed_on_time, closed = insight_category.closed + excluded.closed"
#define REPORT_HEAD                                                                                                                     \
    "INSERT INTO audit_head (tenant_id, seq, hash) VALUES ($1, $2, $3) "                                                                \
    "ON CONFLICT (tenant_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"
#define REPORT_AUDIT                                                                                                                    \
    "INSERT INTO audit (tenant_id, seq, at, account_id, remote, request_id, action, object_kind, object_id, detail, hash) "            \
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
#define REPORT_OUTBOX                                                                                                                   \
    "INSERT INTO outbox (tenant_id, id, channel, kind, object_kind, object_id, params, created_at, next_at) "                           \
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
#define REPORT_KEY                                                                                                                      \
    "INSERT INTO idempotency (tenant_id, id, lookup, body_hash, status, location, reply) VALUES ($1, $2, $3, $4, $5, $6, $7)"

enum { AT_CASE, AT_EVENT, AT_FACTS, AT_OUTBOX, AT_AUDIT, AT_WORDS, AT_COUNTER, AT_HEAD, AT_KEY, REPORT_STATEMENTS };
#define REPORT_OWN    AT_COUNTER   /* those before are its own; those after once for a group, the key when there is one */
/* Rows of counters that a group writes for each report in it, in tenths, as measured: of one district, and of eight, which have none in common. */
struct report_rows { int counts, hours, categories; };
static const struct report_rows report_rows_one = { 24, 13, 20 }, report_rows_many = { 52, 26, 20 };
#define REPORT_ARGS   22

#define REPORT_TENANTS_MOST 64
#define REPORT_TENANT_WORDS 3000

/* One report: for each of its statements the arguments. report_init once, then report_next for every report; with report_spread between the two the
 * reports are those of so many districts in turn. */
struct report {
    int64_t       id, outbox_id;
    int           tenants;
    char        (*words_of)[REPORT_TENANT_WORDS];   /* of each further district: there the words carry its sign */
    char          code[32], words[600], hash[32], secret[32], reply[500];
    struct db_arg args[REPORT_STATEMENTS][REPORT_ARGS];
};

static inline void report_init(struct report *r)
{
    static const char text[] = "幸福路与平安街交叉口东北角人行道上的井盖破损下沉，旁边没有围挡，晚上路灯又暗，老人和孩子经过很危险，请尽快派人处理。";
    static const char address[] = "示范区平安街道幸福社区幸福路18号门前人行道";
    static const char contact[60] = "sealed";
    const int64_t     number = 0;
    const ms          now = 1;
    const uint64_t    mix = 0;

    memset(r, 0, sizeof *r);
    snprintf(r->code, sizeof r->code, "260514-0000000");
    snprintf(r->words, sizeof r->words, "0000000 18 260514 上的 上路 下沉 与平 东北 井盖 交叉 人和 人处 人行 前人 北角 区平 区幸 危险 又暗 叉口 口东 "
             "号门 和孩 围挡 处理 子经 孩子 安街 尽快 平安 幸福 很危 快派 挡 损下 旁边 晚上 暗 有围 没有 派人 盖破 破损 示范 社区 福社 福路 等 经过 老人 "
             "行道 街交 街道 角人 请尽 路与 路灯 边没 过很 道上 道幸 门前 险 面 灯又 范区");
    memset(r->reply, 'r', sizeof r->reply);
    memset(r->hash, 'h', sizeof r->hash);
    memset(r->secret, 's', sizeof r->secret);

#define ARGS_(i, ...)                                                                                                                   \
    do {                                                                                                                                \
        const struct db_arg list_[] = { __VA_ARGS__ };                                                                                  \
        _Static_assert(sizeof list_ / sizeof *list_ < REPORT_ARGS, "arguments");                                                        \
        memcpy(r->args[i], list_, sizeof list_);                                                                                        \
    } while (0)
    struct str hash = { r->hash, 32 }, secret = { r->secret, 32 };
    ARGS_(AT_COUNTER, I64(REPORT_TENANT), TEXT(STR("case.260514")));
    ARGS_(AT_FACTS, I64(REPORT_TENANT), I64(r->id), I64(2000), I64(1000), I64(20000), I64(480016));
    ARGS_(AT_WORDS, I64(REPORT_TENANT), I64(r->id), TEXT(str_of(r->words)));
    ARGS_(AT_CASE, I64(REPORT_TENANT), I64(r->id), TEXT(str_of(r->code)), I64(1000 + (int64_t)(mix >> 40) % 120), TEXT(str_of(text)),
          TEXT(str_of(address)), I64(1163000000 + number % 100000), I64(399000000 + (int64_t)(mix >> 45) % 100000),
          I64(2000 + (int64_t)(mix >> 20) % 60), I64(3000 + (int64_t)(mix >> 20) % 60), I64(4000 + (int64_t)(mix >> 33) % 30),
          I64(5000 + (int64_t)(mix >> 12) % 40), BLOB(((struct str){ contact, sizeof contact })), BLOB(hash), BLOB(secret), TIME(now),
          TIME(now + MS_DAY), TIME(now + MS_DAY / 4 * 3));
    ARGS_(AT_EVENT, I64(REPORT_TENANT), I64(r->id), TIME(now), NUL, TEXT(STR("{\"rule\":12,\"org\":\"5012\"}")));
    ARGS_(AT_HEAD, I64(REPORT_TENANT), I64(number), BLOB(hash));
    ARGS_(AT_AUDIT, I64(REPORT_TENANT), I64(number), TIME(now), NUL, TEXT(STR("10.23.4.17")), TEXT(STR("01JH2M3N4P5Q6R7S")), TEXT(STR("case.report")),
          TEXT(STR("case")), I64(r->id), TEXT(STR("{\"code\":\"260514-0000001\",\"category\":\"1012\",\"area\":\"2044\",\"org\":\"5012\"}")), BLOB(hash));
    ARGS_(AT_OUTBOX, I64(REPORT_TENANT), I64(r->outbox_id), TEXT(STR("in_app")), TEXT(STR("case.waiting")), TEXT(STR("case")), I64(r->id),
          TEXT(STR("{\"unit\":\"5012\",\"permission\":\"case.dispatch\",\"code\":\"260514-0000001\"}")), TIME(now));
    ARGS_(AT_KEY, I64(REPORT_TENANT), I64(r->id), BLOB(secret), BLOB(hash), I64(201), TEXT(STR("/api/v1/cases/123456789012345")),
          BLOB(((struct str){ r->reply, sizeof r->reply })));
#undef ARGS_
}

static inline void report_spread(struct report *r, int tenants)
{
    r->tenants = tenants;
    r->words_of = calloc(REPORT_TENANTS_MOST, REPORT_TENANT_WORDS);
    for (int t = 1; t < tenants; t++) {
        char *to = r->words_of[t], *end = to + REPORT_TENANT_WORDS;
        for (const char *word = r->words; *word; word += strcspn(word, " "), word += *word == ' ')
            to += snprintf(to, (size_t)(end - to), "%s\xEE\x80\x83%d\xEE\x80\x83%.*s", to == r->words_of[t] ? "" : " ", t + 1, (int)strcspn(word, " "), word);
    }
}

/* Whose number this is. */
static inline int64_t report_tenant(const struct report *r, int64_t number)
{
    return REPORT_TENANT + (r->tenants > 1 ? number % r->tenants : 0);
}

static inline void report_for(struct report *r, int64_t tenant)
{
    char *words = tenant == REPORT_TENANT ? r->words : r->words_of[tenant - REPORT_TENANT];
    for (int i = 0; i < REPORT_STATEMENTS; i++)
        r->args[i][0].i64 = tenant;
    if (tenant != REPORT_TENANT)
        memcpy(words + 6 + (tenant > 9 ? 2 : 1), r->words, 7);   /* the case's number, behind the sign */
    r->args[AT_WORDS][2].bytes = str_of(words);
}

/* number: 1, 2, 3 … */
static inline void report_next(struct report *r, int64_t number)
{
    uint64_t mix = (uint64_t)number * 0x9E3779B97F4A7C15u;
    ms       now = clock_now();
    r->id = id_new();
    r->outbox_id = id_new();
    for (int64_t i = 13, n = number; i >= 7; i--, n /= 10)
        r->code[i] = r->words[i - 7] = (char)('0' + n % 10);
    memcpy(r->hash, &mix, sizeof mix);
    memcpy(r->secret, &mix, sizeof mix);
    struct db_arg(*a)[REPORT_ARGS] = r->args;
    a[AT_CASE][1].i64 = a[AT_EVENT][1].i64 = a[AT_AUDIT][8].i64 = a[AT_OUTBOX][5].i64 = a[AT_KEY][1].i64 = r->id;
    a[AT_FACTS][1].i64 = a[AT_WORDS][1].i64 = r->id;
    a[AT_OUTBOX][1].i64 = r->outbox_id;
    a[AT_HEAD][1].i64 = a[AT_AUDIT][1].i64 = number;
    a[AT_CASE][3].i64 = a[AT_FACTS][3].i64 = 1000 + (int64_t)(mix >> 40) % 120;
    a[AT_CASE][6].i64 = 1163000000 + number % 100000;
    a[AT_CASE][7].i64 = 399000000 + (int64_t)(mix >> 45) % 100000;
    a[AT_CASE][8].i64 = a[AT_FACTS][2].i64 = 2000 + (int64_t)(mix >> 20) % 60;
    a[AT_CASE][9].i64 = 3000 + (int64_t)(mix >> 20) % 60;
    a[AT_CASE][10].i64 = 4000 + (int64_t)(mix >> 33) % 30;
    a[AT_CASE][11].i64 = 5000 + (int64_t)(mix >> 12) % 40;
    a[AT_CASE][15].i64 = a[AT_EVENT][2].i64 = a[AT_AUDIT][2].i64 = a[AT_OUTBOX][7].i64 = now;
    a[AT_CASE][16].i64 = now + MS_DAY;
    a[AT_CASE][17].i64 = now + MS_DAY / 4 * 3;
    if (r->tenants > 1)
        report_for(r, report_tenant(r, number));
}

/* After report_next: the words as PostgreSQL takes them, in memory of the caller's. */
static inline void report_numbers(struct report *r, struct arena *a)
{
    int64_t    tenant = r->args[AT_WORDS][0].i64;
    struct str sign = tenant == REPORT_TENANT ? STR("") : str_fmt(a, SEARCH_DISTRICT_SIGN "%lld" SEARCH_DISTRICT_SIGN, (long long)tenant);
    r->args[AT_WORDS][2].bytes = search_numbers(a, sign, str_of(r->words));
}

/* The k-th row of the counters of a group. */
static inline void report_count(int64_t k, struct db_arg args[64])
{
    enum { FIRST = 9, KEYS = 3, ALL = 37 };   /* as COUNT_ROW has them, from $10 on */
    const struct db_arg keys[KEYS] = { I64(2000 + k % 250), I64(1 + k % 2), I64(20000) };
    args[0] = (struct db_arg)I64(REPORT_TENANT);
    args[1] = (struct db_arg)I64(0);   /* the part */
    memcpy(args + FIRST, keys, sizeof keys);
    for (int i = KEYS; i < ALL; i++)
        args[FIRST + i] = (struct db_arg)I64(i % 12 == 3);
    args[FIRST + ALL] = (struct db_arg){ .kind = DB_END };
}

static inline void report_hour(int64_t k, struct db_arg args[64])
{
    const struct db_arg row[] = { I64(REPORT_TENANT), I64(2000 + k % 250), I64(480016 + k % 9), { .kind = DB_END } };
    memcpy(args, row, sizeof row);
}

static inline void report_category_count(int64_t k, struct db_arg args[64])
{
    const struct db_arg row[] = { I64(REPORT_TENANT), I64(2000 + k % 250), I64(1000 + k % 120), { .kind = DB_END } };
    memcpy(args, row, sizeof row);
}

#endif
