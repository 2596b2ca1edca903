/* receive.c: a signed report comes in and becomes a case. */
#include <jansson.h>

#include "hook_parts.h"
#include "../../base/rate.h"

#define BODY_MOST ((size_t)256 * 1024)

struct receipt_view { int64_t id; struct str code; bool created; };
static const struct field receipt_fields[] = {
    FIELD_ID(struct receipt_view, id, REQUIRED, "Case"),
    FIELD_STR(struct receipt_view, code, 0, 0, REQUIRED, "Its number"),
    FIELD_BOOL(struct receipt_view, created, REQUIRED, "false: this report was taken before, and nothing was changed"),
    FIELD_END
};

/* "a.b.2.c": members by name, elements by number. NULL when there is nothing there. */
static const json_t *at_path(const json_t *v, struct str path, struct arena *a)
{
    while (path.ptr && v) {
        struct str one = str_cut(&path, '.');
        int64_t    index;
        if (json_is_array(v))
            v = str_to_i64(one, &index) && index >= 0 ? json_array_get(v, (size_t)index) : NULL;
        else
            v = json_object_get(v, str_z(a, one));
    }
    return v;
}

static struct str text_of(const json_t *v, struct arena *a)
{
    if (json_is_string(v))
        return str_copy(a, (struct str){ json_string_value(v), json_string_length(v) });
    if (json_is_integer(v))
        return str_fmt(a, "%lld", (long long)json_integer_value(v));
    if (json_is_real(v))
        return str_fmt(a, "%.9f", json_real_value(v));
    return json_is_boolean(v) ? (json_is_true(v) ? STR("true") : STR("false")) : STR("");
}

static struct strs values_of(const json_t *body, struct strs paths, struct arena *a)
{
    struct str *at = ARENA_ARRAY(a, paths.len + 1, struct str);
    for (size_t i = 0; i < paths.len; i++)
        at[i] = text_of(at_path(body, paths.at[i], a), a);
    return (struct strs){ at, paths.len };
}

/* An unknown source, one that was ended and a wrong signature look the same. */
static err open_source(struct req *r, struct hook_source *out)
{
    struct str secret;
    err        e = hook_source_open(r->db, r->arena, r->tenant, r->path[0], out);
    if (e.code == ERR_NOT_FOUND)
        return FAIL(ERR_SIGNATURE);
    TRY(e);
    if (!crypto_open(r->arena, r->app->keys.seal, SEAL_SECRET, out->secret_enc, &secret))
        return FAIL(ERR_INTERNAL);
    if (!sign_fits(r->arena, secret, r->webhook, r->raw_body, r->now))
        return FAIL(ERR_SIGNATURE);
    struct str who = str_fmt(r->arena, "%lld", (long long)out->id);
    return rate_take(r->app->hook->rate, who, out->per_hour, clock_monotonic()) ? OK : FAIL(ERR_TOO_MANY);
}

static err read_report(struct req *r, const struct hook_source *source, struct case_taken *out)
{
    struct strs paths = case_mapping_columns(r->arena, source->mapping);
    json_t     *body = json_loadb(r->raw_body.ptr ? r->raw_body.ptr : "", r->raw_body.len, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(body)) {
        json_decref(body);
        return FAIL(ERR_BAD_JSON);
    }
    struct strs values = values_of(body, paths, r->arena);
    json_decref(body);
    return case_mapping_apply(r->app, r->arena, source->mapping, paths, values, out, &r->faults);
}

err hook_receive(struct req *r)
{
    struct hook_source  source;
    struct case_taken   taken = { 0 };
    struct case_receipt done;
    TRY(open_source(r, &source));
    TRY(read_report(r, &source, &taken));
    TRY(req_faults(r));
    taken.source = SOURCE_DEVICE;
    taken.source_key = str_fmt(r->arena, "hook.%lld:%.*s", (long long)source.id, STR_ARG(taken.source_key));
    if (!taken.category)
        taken.category = source.category_id;
    TRY(case_take(r, &taken, &done));
    TRY(hook_source_used(r, source.id));
    struct receipt_view v = { done.id, done.code, done.created };
    if (!done.created)
        return reply_view(r, receipt_fields, &v, 0);
    return reply_created(r, str_fmt(r->arena, "/api/v1/public/cases/%.*s", STR_ARG(done.code)), receipt_fields, &v, 0);
}

const struct route hook_receive_routes[] = {
    { POST, "/api/v1/hooks/:id", hook_receive, .perm = PERM_PUBLIC, .tx = TX_WRITE, .body_kind = BODY_RAW, .body_max = BODY_MOST,
      .body_type = "application/json", .reply_kind = REPLY_CREATED, .reply = receipt_fields, .flags = ROUTE_FOREIGN,
      ROUTE_ERRORS(ERR_SIGNATURE, ERR_TOO_MANY, ERR_INVALID, ERR_BAD_JSON, ERR_OUTSIDE_AREA),
      .summary = "A signed report of a device or a hotline (webhook-id, webhook-timestamp, webhook-signature)", .tag = "hook" },
    ROUTE_END
};
