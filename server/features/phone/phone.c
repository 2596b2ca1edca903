/* phone.c: numbers, codes and proofs, and the life of the feature. */
#include "phone_parts.h"
#include "../job/job.h"
#include "../setting/setting.h"
#include "../../base/contact.h"

#define ADDRESSES 4096

/* ---- numbers ---- */

static bool mainland(struct str digits)
{
    return digits.len == 11 && digits.ptr[0] == '1' && digits.ptr[1] >= '3';
}

static struct str without(struct str digits, const char *prefix)
{
    size_t n = strlen(prefix);
    return str_starts(digits, prefix) ? (struct str){ digits.ptr + n, digits.len - n } : digits;
}

err phone_number(struct arena *a, struct str text, bool abroad, struct str *out)
{
    struct str digits;
    if (str_find(text, '@') >= 0 || failed(contact_tidy(a, text, &digits)))
        return FAIL(ERR_PHONE_NUMBER);
    bool       foreign = text.ptr[0] == '+' || str_starts(digits, "00");
    struct str whole = without(digits, "00"), local = without(whole, "86");
    if (mainland(local) && (foreign || local.len == digits.len || digits.len == 13)) {
        *out = local;
        return OK;
    }
    if (!abroad || !foreign || whole.len < 8 || str_starts(whole, "86"))
        return FAIL(ERR_PHONE_NUMBER);
    *out = str_fmt(a, "+%.*s", STR_ARG(whole));
    return OK;
}

struct str phone_new_code(struct arena *a)
{
    uint64_t n;
    crypto_random(&n, sizeof n);
    return str_fmt(a, "%06llu", (unsigned long long)(n % 1000000));
}

struct str phone_hash(struct arena *a, const struct keys *keys, struct str number)
{
    return crypto_keyed(a, keys->search, str_fmt(a, "phone:%.*s", STR_ARG(number)));
}

struct str phone_code_hash(struct arena *a, const struct keys *keys, int64_t id, struct str code)
{
    return crypto_keyed(a, keys->search, str_fmt(a, "phone.code:%lld:%.*s", (long long)id, STR_ARG(code)));
}

/* ---- proofs ---- */

static struct str mac_of(struct arena *a, const struct keys *keys, struct str number, ms until)
{
    struct str mac = crypto_keyed(a, keys->cursor, str_fmt(a, "phone.proof:%lld:%.*s", (long long)until, STR_ARG(number)));
    return str_hex(a, mac.ptr, 16);
}

struct str phone_proof(struct arena *a, const struct keys *keys, struct str number, ms until)
{
    return str_fmt(a, "%lld.%.*s", (long long)until, STR_ARG(mac_of(a, keys, number, until)));
}

enum proof phone_proof_read(struct arena *a, const struct keys *keys, struct str number, struct str proof, ms now)
{
    struct str mac = proof, time = str_cut(&mac, '.');
    ms         until;
    if (!mac.ptr || !str_to_i64(time, &until) || !crypto_same(mac, mac_of(a, keys, number, until)))
        return PROOF_OTHER;
    return until > now ? PROOF_GOOD : PROOF_OLD;
}

static err gateway_set(struct req *r, bool *out)
{
    struct phone_gateway g;
    err                  e = phone_gateway_load(r->db, r->arena, r->tenant, &g);
    *out = !failed(e);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err phone_check(struct req *r, struct str contact, struct str proof, bool strict, bool *verified)
{
    struct str number;
    bool       set = false;
    *verified = false;
    if (!contact.ptr)
        return OK;
    if (proof.ptr) {
        err        e = phone_number(r->arena, contact, true, &number);
        enum proof is = failed(e) ? PROOF_OTHER : phone_proof_read(r->arena, &r->app->keys, number, proof, r->now);
        *verified = is == PROOF_GOOD;
        if (is == PROOF_OTHER)
            req_fault(r, "contact", ERR_PHONE_UNVERIFIED);
        if (is != PROOF_OLD)
            return OK;
    }
    if (!strict || str_find(contact, '@') >= 0 || !setting_bool(r->app, "phone.demanded", r->now))
        return OK;
    TRY(gateway_set(r, &set));
    if (set)
        req_fault(r, "contact", ERR_PHONE_UNVERIFIED);
    return OK;
}

/* ---- life ---- */

struct sweep { struct app *app; int64_t gone; };

static err delete_old(struct db_conn *c, void *arg)
{
    struct sweep *s = arg;
    return phone_sweep(c, s->app->tenant, clock_now(), phone_day(s->app, clock_now()), &s->gone);
}

static err sweep(struct job *j, struct str *result)
{
    struct sweep s = { j->app, 0 };
    TRY(db_write(j->app->db, j->app->tenant, delete_old, &s));
    *result = str_fmt(j->arena, "{\"gone\":%lld}", (long long)s.gone);
    return OK;
}

static const struct job_kind sweep_kind = { "phone.sweep", sweep };

static err start(struct app *app)
{
    struct arena       *a = arena_new(256 * 1024);
    struct phone_state *s = ARENA_NEW(a, struct phone_state);
    s->arena = a;
    s->senders = rate_new(a, ADDRESSES);
    s->tests = rate_new(a, 64);
    app->phone = s;
    job_every(app, &sweep_kind, MS_DAY);
    return OK;
}

static void stop(struct app *app)
{
    struct phone_state *s = app->phone;
    if (!s)
        return;
    rate_end(s->senders);
    rate_end(s->tests);
    app->phone = NULL;
    arena_free(s->arena);
}

const struct feature phone_feature = {
    .name = "phone", .routes = phone_gateway_routes, .more_routes = { phone_code_routes }, .start = start, .stop = stop
};
