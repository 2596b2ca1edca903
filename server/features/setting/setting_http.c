/* Settings over HTTP. */
#include "../../base/log.h"
#include "../audit/audit.h"
#include "setting_rules.h"

struct setting_view {
    struct str key, value, doc_zh, doc_en, standard, set_by;
    int        kind;
    int64_t    least, most;
    ms         valid_from, set_at;
};

static const struct field setting_fields[] = {
    FIELD_STR(struct setting_view, key, 0, 0, REQUIRED, "Name"),
    FIELD_JSON(struct setting_view, value, REQUIRED, "Value in force"),
    FIELD_TIME(struct setting_view, valid_from, 0, "Since when; null: the default"),
    FIELD_TIME(struct setting_view, set_at, 0, "When it was set"),
    FIELD_STR(struct setting_view, set_by, 0, 0, 0, "By whom; null: the program or the terminal"),
    FIELD_STR(struct setting_view, doc_zh, 0, 0, REQUIRED, "What it does, in Chinese"),
    FIELD_STR(struct setting_view, doc_en, 0, 0, REQUIRED, "What it does, in English"),
    FIELD_WORD(struct setting_view, kind, setting_kind_words, REQUIRED, "What a value must be"),
    { .name = "default", .kind = KIND_JSON, .offset = offsetof(struct setting_view, standard), .flags = REQUIRED,
      .doc = "Value when none is set" },
    FIELD_I64(struct setting_view, least, 0, 0, REQUIRED, "Least number, length or count"),
    FIELD_I64(struct setting_view, most, 0, 0, REQUIRED, "Most"),
    FIELD_END
};

struct setting_past { struct str value, set_by; ms valid_from, set_at; };
static const struct field past_fields[] = {
    FIELD_JSON(struct setting_past, value, REQUIRED, "Value"),
    FIELD_TIME(struct setting_past, valid_from, REQUIRED, "From when it holds"),
    FIELD_TIME(struct setting_past, set_at, REQUIRED, "When it was set"),
    FIELD_STR(struct setting_past, set_by, 0, 0, 0, "By whom; null: the program or the terminal"),
    FIELD_END
};

DB_SQL(setting_list_now,
       "SELECT s.key, s.value, s.valid_from, s.set_at, p.name FROM setting s"
       " LEFT JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.set_by"
       " LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE s.tenant_id = $1 AND s.valid_from <= $2 ORDER BY s.key, s.valid_from")
DB_SQL(setting_past_rows,
       "SELECT s.value, s.valid_from, s.set_at, p.name FROM setting s"
       " LEFT JOIN account a ON a.tenant_id = s.tenant_id AND a.id = s.set_by"
       " LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id"
       " WHERE s.tenant_id = $1 AND s.key = $2 ORDER BY s.valid_from DESC")

static const struct field past_columns[] = {
    FIELD_JSON(struct setting_past, value, 0, ""), FIELD_TIME(struct setting_past, valid_from, 0, ""),
    FIELD_TIME(struct setting_past, set_at, 0, ""), FIELD_STR(struct setting_past, set_by, 0, 0, 0, ""), FIELD_END
};

static void defaults(struct setting_view *all)
{
    for (size_t i = 0; i < setting_rows_count; i++) {
        const struct setting_row *row = &setting_rows[i];
        all[i] = (struct setting_view){ .key = str_of(row->key), .value = str_of(row->standard), .standard = str_of(row->standard),
                                        .doc_zh = str_of(row->zh), .doc_en = str_of(row->en), .kind = row->kind,
                                        .least = row->least, .most = row->most };
    }
}

static err list_settings(struct req *r)
{
    struct setting_view *all = ARENA_ARRAY(r->arena, setting_rows_count, struct setting_view);
    struct db_rows       rows;
    defaults(all);
    TRY(db_query(r->db, &setting_list_now, DB_ARGS(I64(r->tenant), I64(r->now)), &rows));
    while (db_next(&rows)) {
        int i = setting_index(db_text(&rows, 0));
        if (i < 0)
            continue;
        all[i].value = str_copy(r->arena, db_text(&rows, 1));
        all[i].valid_from = db_i64(&rows, 2);
        all[i].set_at = db_i64(&rows, 3);
        all[i].set_by = str_copy(r->arena, db_text(&rows, 4));
    }
    TRY(db_done(&rows));
    return reply_list(r, setting_fields, sizeof *all, (struct list){ all, setting_rows_count }, STR_NONE);
}

/* ---- changing ---- */

struct put_body { struct str value; ms valid_from; };
static const struct field put_fields[] = {
    FIELD_JSON(struct put_body, value, REQUIRED, "The value; see kind, least and most"),
    FIELD_TIME(struct put_body, valid_from, 0, "From when it holds: now or later; empty: now"),
    FIELD_END
};

static void reload(void *arg)
{
    if (failed(setting_reload(arg)))
        log_event(LOG_ERROR, "setting_reload", "problem", "the values before stay in force until the next reading", NULL);
}

static err put_setting(struct req *r)
{
    const struct put_body *in = r->body;
    int                    row = setting_index(r->path_text[0]);
    ms                     from = in->valid_from ? in->valid_from : r->now;
    struct setting_value   v = { 0 };
    int64_t                bound = 0;
    if (row < 0)
        return FAIL(ERR_NOT_FOUND);
    err e = setting_read(r->arena, &setting_rows[row], in->value, &v, &bound);
    if (failed(e))
        faults_add(&r->faults, STR("value"), e.code, bound);
    else
        setting_look(r->app, r->arena, setting_rows[row].key, v.json, STR("value"), &r->faults);
    if (from < r->now)
        faults_add(&r->faults, STR("valid_from"), ERR_TOO_SMALL, r->now);
    TRY(req_faults(r));
    TRY(setting_put(r->db, r->arena, r->tenant, r->path_text[0], v.json, from, r->now, r->caller.account));
    db_tell(r->db, r->tenant, "setting", reload, r->app);
    TRY(audit_record(r, "setting.put", "setting", 0,
                     str_fmt(r->arena, "{\"key\":\"%s\",\"value\":%.*s,\"valid_from\":%lld}", setting_rows[row].key, STR_ARG(v.json),
                             (long long)from)));
    return reply_none(r);
}

static err setting_history(struct req *r)
{
    struct list past;
    if (setting_index(r->path_text[0]) < 0)
        return FAIL(ERR_NOT_FOUND);
    TRY(db_all(r->db, r->arena, &setting_past_rows, DB_ARGS(I64(r->tenant), TEXT(r->path_text[0])), past_columns,
               sizeof(struct setting_past), 1000, &past));
    return reply_list(r, past_fields, sizeof(struct setting_past), past, STR_NONE);
}

static err export_settings(struct req *r)
{
    struct str text;
    TRY(setting_export(r->db, r->arena, r->tenant, &text));
    reply_header(r, "Content-Disposition", STR("attachment; filename=\"linli-settings.json\""));
    return reply_json(r, 200, text);
}

struct imported { int64_t values; };
static const struct field imported_fields[] = {
    FIELD_I64(struct imported, values, 0, 0, REQUIRED, "How many values changed"), FIELD_END
};

static err import_settings(struct req *r)
{
    struct imported view = { 0 };
    TRY(setting_import(r->db, r->arena, r->app, r->raw_body, r->now, r->caller.account, &r->faults, &view.values));
    db_tell(r->db, r->tenant, "setting", reload, r->app);
    TRY(audit_record(r, "setting.import", "setting", 0, str_fmt(r->arena, "{\"values\":%lld}", (long long)view.values)));
    return reply_view(r, imported_fields, &view, 0);
}

static const struct route setting_routes[] = {
    { GET, "/api/v1/settings", list_settings, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_READ,
      .reply_kind = REPLY_LIST, .reply = setting_fields, .summary = "All settings with the value in force", .tag = "setting" },
    { PUT, "/api/v1/settings/*key", put_setting, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      ROUTE_BODY(struct put_body, put_fields), .reply_kind = REPLY_NONE, .summary = "Set a value, from now or a later time on",
      .tag = "setting" },
    { GET, "/api/v1/settings/*key/history", setting_history, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_READ,
      .reply_kind = REPLY_LIST, .reply = past_fields, .summary = "Values a setting had, has and will have", .tag = "setting" },
    { GET, "/api/v1/settings/export", export_settings, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_READ,
      .reply_kind = REPLY_BYTES, .reply_type = "application/json", .summary = "All settings as one file", .tag = "setting" },
    { POST, "/api/v1/settings/import", import_settings, .perm = PERM_SETTING_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      .body_kind = BODY_RAW, .body_max = 1 << 20, .reply_kind = REPLY_VIEW, .reply = imported_fields,
      .summary = "Take a file of settings in; all or nothing", .tag = "setting" },
    ROUTE_END
};

const struct feature setting_feature = {
    .name = "setting",
    .reload = reload,
    .routes = setting_routes,
    .start = setting_start,
    .stop = setting_stop,
};
