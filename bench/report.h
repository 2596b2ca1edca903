/* The rows that one case report writes, as bench/ceiling and bench/layer write them: the same texts and values, so that only the way to the
 * disk differs. */
#ifndef LINLI_BENCH_REPORT_H
#define LINLI_BENCH_REPORT_H

#include "../server/base/id.h"
#include "../server/db/db.h"

#define REPORT_TENANT 1

#define REPORT_COUNTER                                                                                                                  \
    "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1) "                                                                  \
    "ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1 RETURNING value"
#define REPORT_CASE                                                                                                                     \
    "INSERT INTO cases (tenant_id, id, code, source, state, category_id, severity, text, title, find_text, address, lon_e7, lat_e7, "   \
    "area_id, shape_id, rule_id, org_id, contact_enc, contact_hash, secret_hash, reported_at, due_at, updated_at, version, "             \
    "clock_from, clock_amount, clock_unit, calendar, remind_at) "                                                                       \
    "VALUES ($1, $2, $3, 1, 2, $4, 2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $18, 1, $18, 240, 2, 1, $20)"
#define REPORT_EVENT                                                                                                                    \
    "INSERT INTO case_event (tenant_id, case_id, seq, at, action, from_state, to_state, internal, text, data) "                         \
    "VALUES ($1, $2, 1, $3, 1, 0, 2, 0, $4, $5)"
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

#define REPORT_STATEMENTS 7
#define REPORT_ARGS       22

/* One report: for each of its statements the arguments. report_init once, then report_next for every report. */
struct report {
    int64_t       id, outbox_id;
    char          code[32], find_text[512], hash[32], secret[32], reply[500];
    struct db_arg args[REPORT_STATEMENTS][REPORT_ARGS];
};

static inline void report_init(struct report *r)
{
    static const char text[] = "幸福路与平安街交叉口东北角人行道上的井盖破损下沉，旁边没有围挡，晚上路灯又暗，老人和孩子经过很危险，请尽快派人处理。";
    static const char address[] = "示范区平安街道幸福社区幸福路18号门前人行道";
    static const char head_of_text[] = "幸福路与平安街交叉口东北角人行道上的井盖破损下沉";
    static const char contact[60] = "sealed";
    const int64_t     number = 0;
    const ms          now = 1;
    const uint64_t    mix = 0;

    memset(r, 0, sizeof *r);
    snprintf(r->code, sizeof r->code, "260514-0000000");
    snprintf(r->find_text, sizeof r->find_text, "%s %s %s", r->code, text, address);
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
    ARGS_(0, I64(REPORT_TENANT), TEXT(STR("case.260514")));
    ARGS_(1, I64(REPORT_TENANT), I64(r->id), TEXT(str_of(r->code)), I64(1000 + (int64_t)(mix >> 40) % 120), TEXT(str_of(text)), TEXT(str_of(head_of_text)),
          TEXT(str_of(r->find_text)), TEXT(str_of(address)), I64(1163000000 + number % 100000), I64(399000000 + (int64_t)(mix >> 45) % 100000),
          I64(2000 + (int64_t)(mix >> 20) % 60), I64(3000 + (int64_t)(mix >> 20) % 60), I64(4000 + (int64_t)(mix >> 33) % 30),
          I64(5000 + (int64_t)(mix >> 12) % 40), BLOB(((struct str){ contact, sizeof contact })), BLOB(hash), BLOB(secret), TIME(now),
          TIME(now + MS_DAY), TIME(now + MS_DAY / 4 * 3));
    ARGS_(2, I64(REPORT_TENANT), I64(r->id), TIME(now), NUL, TEXT(STR("{\"rule\":12,\"org\":\"5012\"}")));
    ARGS_(3, I64(REPORT_TENANT), I64(number), BLOB(hash));
    ARGS_(4, I64(REPORT_TENANT), I64(number), TIME(now), NUL, TEXT(STR("10.23.4.17")), TEXT(STR("01JH2M3N4P5Q6R7S")), TEXT(STR("case.report")),
          TEXT(STR("case")), I64(r->id), TEXT(STR("{\"code\":\"260514-0000001\",\"category\":\"1012\",\"area\":\"2044\",\"org\":\"5012\"}")), BLOB(hash));
    ARGS_(5, I64(REPORT_TENANT), I64(r->outbox_id), TEXT(STR("in_app")), TEXT(STR("case.waiting")), TEXT(STR("case")), I64(r->id),
          TEXT(STR("{\"unit\":\"5012\",\"permission\":\"case.dispatch\",\"code\":\"260514-0000001\"}")), TIME(now));
    ARGS_(6, I64(REPORT_TENANT), I64(r->id), BLOB(secret), BLOB(hash), I64(201), TEXT(STR("/api/v1/cases/123456789012345")),
          BLOB(((struct str){ r->reply, sizeof r->reply })));
#undef ARGS_
}

/* number: 1, 2, 3 … */
static inline void report_next(struct report *r, int64_t number)
{
    uint64_t mix = (uint64_t)number * 0x9E3779B97F4A7C15u;
    ms       now = clock_now();
    r->id = id_new();
    r->outbox_id = id_new();
    for (int64_t i = 13, n = number; i >= 7; i--, n /= 10)
        r->code[i] = r->find_text[i] = (char)('0' + n % 10);
    memcpy(r->hash, &mix, sizeof mix);
    memcpy(r->secret, &mix, sizeof mix);
    struct db_arg(*a)[REPORT_ARGS] = r->args;
    a[1][1].i64 = a[2][1].i64 = a[4][8].i64 = a[5][5].i64 = a[6][1].i64 = r->id;
    a[5][1].i64 = r->outbox_id;
    a[3][1].i64 = a[4][1].i64 = number;
    a[1][3].i64 = 1000 + (int64_t)(mix >> 40) % 120;
    a[1][8].i64 = 1163000000 + number % 100000;
    a[1][9].i64 = 399000000 + (int64_t)(mix >> 45) % 100000;
    a[1][10].i64 = 2000 + (int64_t)(mix >> 20) % 60;
    a[1][11].i64 = 3000 + (int64_t)(mix >> 20) % 60;
    a[1][12].i64 = 4000 + (int64_t)(mix >> 33) % 30;
    a[1][13].i64 = 5000 + (int64_t)(mix >> 12) % 40;
    a[1][17].i64 = a[2][2].i64 = a[4][2].i64 = a[5][7].i64 = now;
    a[1][18].i64 = now + MS_DAY;
    a[1][19].i64 = now + MS_DAY / 4 * 3;
}

#endif
