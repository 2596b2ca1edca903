/* What organisations hold in the fields of their kinds. A value stays when its field leaves the setting, and is there again when it returns. */
#include "unit_org.h"

#include "../setting/setting.h"

DB_SQL(org_values_every, "SELECT org_id, field, value FROM org_value WHERE tenant_id = $1 ORDER BY org_id, field")
DB_SQL(org_values_one, "SELECT org_id, field, value FROM org_value WHERE tenant_id = $1 AND org_id = $2 ORDER BY field")
DB_SQL(org_values_field, "SELECT org_id, field, value FROM org_value WHERE tenant_id = $1 AND field = $2 ORDER BY org_id")
DB_SQL(org_value_set, "INSERT INTO org_value (tenant_id, org_id, field, value, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6) "
                      "ON CONFLICT (tenant_id, org_id, field) DO UPDATE SET value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by")
DB_SQL(org_value_drop, "DELETE FROM org_value WHERE tenant_id = $1 AND org_id = $2 AND field = $3")

static const struct field value_map[] = { FIELD_ID(struct org_value, org_id, 0, ""), FIELD_STR(struct org_value, code, 0, 0, 0, ""),
                                          FIELD_STR(struct org_value, value, 0, 0, 0, ""), FIELD_END };

err org_values(struct db_conn *c, struct arena *a, int64_t tenant, int64_t org, struct list *out)
{
    return db_all(c, a, org ? &org_values_one : &org_values_every, DB_ARGS(I64(tenant), I64(org)), value_map, sizeof(struct org_value), 1000000, out);
}

err org_values_of_field(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct list *out)
{
    return db_all(c, a, &org_values_field, DB_ARGS(I64(tenant), TEXT(code)), value_map, sizeof(struct org_value), 1000000, out);
}

struct list org_values_at(const struct list *all, int64_t org)
{
    struct org_value *at = all->at;
    size_t            low = 0, high = all->len, end;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].org_id < org)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < all->len && at[end].org_id == org; end++)
        ;
    return (struct list){ at + low, end - low };
}

struct str org_value_at(const struct list *values, struct str code)
{
    const struct org_value *v = values->at;
    for (size_t i = 0; i < values->len; i++)
        if (str_eq(v[i].code, code))
            return v[i].value;
    return STR_NONE;
}

err org_value_put(struct db_conn *c, int64_t tenant, int64_t org, struct str code, struct str value, ms now, int64_t by)
{
    if (!value.len)
        return db_exec(c, &org_value_drop, DB_ARGS(I64(tenant), I64(org), TEXT(code)), NULL);
    return db_exec(c, &org_value_set, DB_ARGS(I64(tenant), I64(org), TEXT(code), TEXT(value), I64(now), REF(by)), NULL);
}

/* ---- what residents see ---- */

static struct unit_fact fact_of(const struct org_field *f, struct str value)
{
    const struct choice *c = f->choices.at;
    struct unit_fact         fact = { f->zh, f->en, value, value };
    bool                     yes = str_is(value, "yes");
    if (f->type == ORG_YES_NO)
        fact.value_zh = str_of(yes ? "是" : "否"), fact.value_en = str_of(yes ? "yes" : "no");
    for (size_t i = 0; i < f->choices.len; i++)
        if (str_eq(c[i].code, value))
            fact.value_zh = c[i].zh, fact.value_en = c[i].en;
    return fact;
}

err unit_org_facts(struct app *app, struct db_conn *c, struct arena *a, int64_t org, struct str kind, ms now, struct list *out)
{
    struct list            kinds = org_kinds_read(a, setting_text(app, a, "unit.org_kinds", now)), values;
    const struct org_kind *k = org_kind_find(&kinds, kind);
    TRY(org_values(c, a, app->tenant, org, &values));
    struct unit_fact *at = ARENA_ARRAY(a, k ? k->fields.len + 1 : 1, struct unit_fact);
    *out = (struct list){ at, 0 };
    for (size_t i = 0; k && i < k->fields.len; i++) {
        const struct org_field *f = &((const struct org_field *)k->fields.at)[i];
        struct str              value = org_value_at(&values, f->code);
        if (f->is_public && value.len)
            at[out->len++] = fact_of(f, value);
    }
    return OK;
}

/* ---- what somebody sent ---- */

static void value_fault(struct req *r, struct str code, enum err_code why)
{
    faults_add(&r->faults, str_fmt(r->arena, "values.%.*s", STR_ARG(code)), why, 0);
}

static void take_one(struct req *r, const struct org_kind *k, const struct org_value *sent, struct list *out)
{
    const struct org_field *f = org_field_find(k, sent->code);
    struct org_value       *at = out->at;
    struct str              value = STR("");
    enum err_code           why = !f ? ERR_UNKNOWN_FIELD : org_value_at(out, sent->code).ptr ? ERR_TAKEN : ERR_NONE;
    if (why == ERR_NONE && sent->value.len)
        why = org_value_check(r->arena, f, sent->value, &value);
    if (why != ERR_NONE)
        value_fault(r, sent->code, why);
    else
        at[out->len++] = (struct org_value){ 0, sent->code, value };
}

void org_values_take(struct req *r, const struct org_kind *k, const struct list *held, const struct list *sent, bool needed, struct list *out)
{
    const struct org_field *f = k->fields.at;
    const struct org_value *s = sent->at;
    *out = (struct list){ ARENA_ARRAY(r->arena, sent->len + 1, struct org_value), 0 };
    for (size_t i = 0; i < sent->len; i++)
        take_one(r, k, &s[i], out);
    for (size_t i = 0; i < k->fields.len && needed; i++) {
        struct str sent_now = org_value_at(sent, f[i].code), now = sent_now.ptr ? sent_now : org_value_at(held, f[i].code);
        if (f[i].required && !now.len)
            value_fault(r, f[i].code, ERR_REQUIRED);
    }
}
