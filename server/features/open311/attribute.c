/* attribute.c: what a service asks beside place and words; data of the administrator, told in the service definition. */

#include "open311_parts.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/jsonw.h"

#define ATTRIBUTES_MOST 40
#define CHANGES         "open311.attributes"

DB_SQL(attribute_of,
       "SELECT code, position, datatype, required, only_says, label_zh, label_en, hint_zh, hint_en, choices FROM open311_attribute "
       "WHERE tenant_id = $1 AND category_id = $2 ORDER BY position, code")
DB_SQL(attribute_categories, "SELECT category_id FROM open311_attribute WHERE tenant_id = $1 GROUP BY category_id ORDER BY category_id")
DB_SQL(attribute_changes, "SELECT value FROM counter WHERE tenant_id = $1 AND name = '" CHANGES "'")
DB_SQL(attribute_delete, "DELETE FROM open311_attribute WHERE tenant_id = $1 AND category_id = $2")
DB_SQL(attribute_insert,
       "INSERT INTO open311_attribute (tenant_id, category_id, code, position, datatype, required, only_says, label_zh, label_en, hint_zh, "
       "hint_en, choices) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")

const char *const open311_datatypes[] = { NULL, "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist", NULL };

static const struct field offered_fields[] = {
    FIELD_STR(struct attribute_choice, key, 1, 60, REQUIRED, "What is sent"),
    FIELD_STR(struct attribute_choice, zh, 1, 120, REQUIRED, "Shown in Chinese"),
    FIELD_STR(struct attribute_choice, en, 1, 120, REQUIRED, "Shown in English"),
    FIELD_END
};
static const struct field attribute_fields[] = {
    FIELD_STR(struct attribute, code, 1, 40, REQUIRED, "Its name in forms: letters, digits, - and _"),
    FIELD_I64(struct attribute, position, 0, 1000, 0, "Order in the form"),
    FIELD_WORD(struct attribute, datatype, open311_datatypes, REQUIRED, "What is answered"),
    FIELD_BOOL(struct attribute, required, 0, "Must be answered"),
    FIELD_BOOL(struct attribute, only_says, 0, "Only says something, takes no answer"),
    FIELD_STR(struct attribute, label_zh, 1, 200, REQUIRED, "Question in Chinese"),
    FIELD_STR(struct attribute, label_en, 1, 200, REQUIRED, "Question in English"),
    FIELD_STR(struct attribute, hint_zh, 1, 400, 0, "Help in Chinese"),
    FIELD_STR(struct attribute, hint_en, 1, 400, 0, "Help in English"),
    FIELD_LIST(struct attribute, choices, offered_fields, struct attribute_choice, 0, 200, 0, "Of the two list types"),
    FIELD_END
};

/* ---- stored choices ---- */

static struct str choices_text(struct arena *a, const struct attribute *t)
{
    const struct attribute_choice *all = t->choices.at;
    struct buf                     b = buf_new(a, 0);
    struct jsonw                   j = jsonw_on(&b);
    if (!t->choices.len)
        return STR_NONE;
    jsonw_list(&j);
    for (size_t i = 0; i < t->choices.len; i++)
        field_write(&j, offered_fields, &all[i]);
    jsonw_list_end(&j);
    return buf_view(&b);
}

err open311_attributes(struct db_conn *c, struct arena *a, int64_t tenant, int64_t category, struct list *out)
{
    struct db_rows    rows;
    struct attribute *at = ARENA_ARRAY(a, ATTRIBUTES_MOST, struct attribute);
    *out = (struct list){ at, 0 };
    TRY(db_query(c, &attribute_of, DB_ARGS(I64(tenant), I64(category)), &rows));
    while (out->len < ATTRIBUTES_MOST && db_next(&rows))
        at[out->len++] = (struct attribute){
            .code = str_copy(a, db_text(&rows, 0)), .position = db_i64(&rows, 1), .datatype = (int)db_i64(&rows, 2),
            .required = db_bool(&rows, 3), .only_says = db_bool(&rows, 4), .label_zh = str_copy(a, db_text(&rows, 5)),
            .label_en = str_copy(a, db_text(&rows, 6)), .hint_zh = str_copy(a, db_text(&rows, 7)), .hint_en = str_copy(a, db_text(&rows, 8)),
            .choices = setting_list_read(a, db_text(&rows, 9), offered_fields, sizeof(struct attribute_choice)),
        };
    return db_done(&rows);
}

err open311_attributed(struct db_conn *c, struct arena *a, int64_t tenant, struct ids *out)
{
    static const struct field id_row[] = { { .name = "id", .kind = KIND_ID }, FIELD_END };
    struct list               all;
    TRY(db_all(c, a, &attribute_categories, DB_ARGS(I64(tenant)), id_row, sizeof(int64_t), 0, &all));
    *out = (struct ids){ all.at, all.len };
    return OK;
}

err open311_attribute_changes(struct db_conn *c, int64_t tenant, int64_t *out)
{
    err e = db_number(c, &attribute_changes, DB_ARGS(I64(tenant)), out);
    if (e.code == ERR_NOT_FOUND) {
        *out = 0;
        return OK;
    }
    return e;
}

/* ---- managing ---- */

struct attributes_view { int64_t category; struct list attributes; };
static const struct field attributes_fields[] = {
    FIELD_ID(struct attributes_view, category, REQUIRED, "Category"),
    FIELD_LIST(struct attributes_view, attributes, attribute_fields, struct attribute, 0, ATTRIBUTES_MOST, REQUIRED, "What is asked, in order"),
    FIELD_END
};
struct attributes_body { struct list attributes; };
static const struct field attributes_body_fields[] = {
    FIELD_LIST(struct attributes_body, attributes, attribute_fields, struct attribute, 0, ATTRIBUTES_MOST, REQUIRED,
               "All of them: what is not here is no longer asked"),
    FIELD_END
};

static err known_category(struct req *r, int64_t id)
{
    struct list found;
    case_kinds(r->app, r->arena, id, &found);
    return found.len ? OK : FAIL(ERR_NOT_FOUND);
}

static err get_attributes(struct req *r)
{
    struct attributes_view v = { .category = r->path[0] };
    TRY(known_category(r, v.category));
    TRY(open311_attributes(r->db, r->arena, r->tenant, v.category, &v.attributes));
    return reply_view(r, attributes_fields, &v, 0);
}

static err list_attributes(struct req *r)
{
    struct ids              with;
    struct attributes_view *at;
    TRY(open311_attributed(r->db, r->arena, r->tenant, &with));
    at = ARENA_ARRAY(r->arena, with.len + 1, struct attributes_view);
    for (size_t i = 0; i < with.len; i++) {
        at[i].category = with.at[i];
        TRY(open311_attributes(r->db, r->arena, r->tenant, with.at[i], &at[i].attributes));
    }
    return reply_list(r, attributes_fields, sizeof *at, (struct list){ at, with.len }, STR_NONE);
}

static bool plain_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_'))
            return false;
    }
    return s.len > 0;
}

static void fault_of(struct req *r, size_t i, const char *field, enum err_code code)
{
    faults_add(&r->faults, str_fmt(r->arena, "attributes[%zu].%s", i, field), code, 0);
}

static void check_attribute(struct req *r, const struct attribute *all, size_t i)
{
    const struct attribute *t = &all[i];
    bool                    is_list = t->datatype == ATTRIBUTE_ONE_OF || t->datatype == ATTRIBUTE_SOME_OF;
    if (!plain_code(t->code))
        fault_of(r, i, "code", ERR_INVALID);
    for (size_t k = 0; k < i; k++)
        if (str_eq(all[k].code, t->code))
            fault_of(r, i, "code", ERR_TAKEN);
    if (is_list && !t->choices.len)
        fault_of(r, i, "choices", ERR_REQUIRED);
    if (!is_list && t->choices.len)
        fault_of(r, i, "choices", ERR_UNKNOWN_FIELD);
    if (t->required && t->only_says)
        fault_of(r, i, "required", ERR_NOT_A_CHOICE);
}

static err store(struct req *r, int64_t category, const struct attribute *t)
{
    return db_exec(r->db, &attribute_insert,
                   DB_ARGS(I64(r->tenant), I64(category), TEXT(t->code), I64(t->position), I64(t->datatype), BOOL(t->required),
                           BOOL(t->only_says), TEXT(t->label_zh), TEXT(t->label_en), TEXT(t->hint_zh), TEXT(t->hint_en),
                           TEXT(choices_text(r->arena, t))),
                   NULL);
}

static err put_attributes(struct req *r)
{
    const struct attributes_body *in = r->body;
    const struct attribute       *all = in->attributes.at;
    int64_t                       change;
    TRY(known_category(r, r->path[0]));
    for (size_t i = 0; i < in->attributes.len; i++)
        check_attribute(r, all, i);
    TRY(req_faults(r));
    TRY(db_exec(r->db, &attribute_delete, DB_ARGS(I64(r->tenant), I64(r->path[0])), NULL));
    for (size_t i = 0; i < in->attributes.len; i++)
        TRY(store(r, r->path[0], &all[i]));
    TRY(db_counter(r->db, r->tenant, STR(CHANGES), &change));
    TRY(audit_record(r, "open311.attributes", "category", r->path[0],
                     str_fmt(r->arena, "{\"attributes\":%zu}", in->attributes.len)));
    return get_attributes(r);
}

#define ATTRIBUTES(method_, path_, handler_, tx_) \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_SYSTEM_CONNECT, .scope = SCOPE_TENANT, .tx = tx_, .tag = "open311"

const struct route open311_attribute_routes[] = {
    { ATTRIBUTES(GET, "/api/v1/service-attributes", list_attributes, TX_READ), .reply_kind = REPLY_LIST, .reply = attributes_fields,
      .summary = "What services ask through Open311, by category" },
    { ATTRIBUTES(GET, "/api/v1/service-attributes/:category", get_attributes, TX_READ), .reply_kind = REPLY_VIEW, .reply = attributes_fields,
      .summary = "What a category asks through Open311" },
    { ATTRIBUTES(PUT, "/api/v1/service-attributes/:category", put_attributes, TX_WRITE),
      ROUTE_BODY(struct attributes_body, attributes_body_fields), .reply_kind = REPLY_VIEW, .reply = attributes_fields,
      .summary = "Set what a category asks through Open311" },
    ROUTE_END
};
