/* field_schema: a table as JSON Schema (2020-12), for the API document. */
#include "field.h"

static void type_of(struct jsonw *j, const char *type, bool nullable)
{
    jsonw_key(j, "type");
    if (!nullable) {
        jsonw_z(j, type);
        return;
    }
    jsonw_list(j);
    jsonw_z(j, type);
    jsonw_z(j, "null");
    jsonw_list_end(j);
}

static void bounds(struct jsonw *j, const struct field *f, const char *low, const char *high)
{
    if (f->min == 0 && f->max == 0)
        return;
    jsonw_kv_i64(j, low, f->min);
    jsonw_kv_i64(j, high, f->max);
}

static void id_schema(struct jsonw *j, bool nullable)
{
    type_of(j, "string", nullable);
    jsonw_kv_z(j, "pattern", "^[1-9][0-9]{0,18}$");
}

static void geo_schema(struct jsonw *j, bool nullable)
{
    type_of(j, "object", nullable);
    jsonw_key(j, "properties");
    jsonw_raw(j, STR("{\"lon\":{\"type\":\"number\",\"minimum\":-180,\"maximum\":180},"
                    "\"lat\":{\"type\":\"number\",\"minimum\":-90,\"maximum\":90}}"));
    jsonw_key(j, "required");
    jsonw_raw(j, STR("[\"lon\",\"lat\"]"));
}

static void word_schema(struct jsonw *j, const struct field *f, bool nullable)
{
    type_of(j, "string", nullable);
    jsonw_key(j, "enum");
    jsonw_list(j);
    for (int i = 1; f->words[i]; i++)
        jsonw_z(j, f->words[i]);
    if (nullable)
        jsonw_null(j);
    jsonw_list_end(j);
}

static void array_of(struct jsonw *j, const struct field *f, bool input)
{
    jsonw_kv_z(j, "type", "array");
    if (input)
        bounds(j, f, "minItems", "maxItems");
    jsonw_key(j, "items");
    if (f->kind == KIND_LIST) {
        field_schema(j, f->sub, input);
        return;
    }
    jsonw_open(j);
    if (f->kind == KIND_IDS)
        id_schema(j, false);
    else
        jsonw_kv_z(j, "type", "string");
    jsonw_close(j);
}

static void object_of(struct jsonw *j, const struct field *f, bool input, bool nullable)
{
    if (!nullable) {
        jsonw_key(j, "allOf");
        jsonw_list(j);
        field_schema(j, f->sub, input);
        jsonw_list_end(j);
        return;
    }
    jsonw_key(j, "anyOf");
    jsonw_list(j);
    field_schema(j, f->sub, input);
    jsonw_raw(j, STR("{\"type\":\"null\"}"));
    jsonw_list_end(j);
}

static void text_schema(struct jsonw *j, const struct field *f, bool input, bool nullable)
{
    type_of(j, "string", nullable);
    if (input)
        bounds(j, f, "minLength", "maxLength");
}

static void integer_schema(struct jsonw *j, const struct field *f, bool nullable, bool time)
{
    type_of(j, "integer", nullable);
    if (time)
        jsonw_kv_z(j, "format", "unix-ms");
    else
        bounds(j, f, "minimum", "maximum");
}

static void member_schema(struct jsonw *j, const struct field *f, bool input)
{
    bool may_be_null = !(f->flags & REQUIRED);
    jsonw_open(j);
    if (f->doc)
        jsonw_kv_z(j, "description", f->doc);
    switch (f->kind) {
    case KIND_STR:    text_schema(j, f, input, may_be_null); break;
    case KIND_I64:    integer_schema(j, f, input && may_be_null, false); break;
    case KIND_REAL:   type_of(j, "number", input && may_be_null); break;
    case KIND_BOOL:   type_of(j, "boolean", input && may_be_null); break;
    case KIND_TIME:   integer_schema(j, f, may_be_null, true); break;
    case KIND_ID:     id_schema(j, may_be_null); break;
    case KIND_GEO:    geo_schema(j, may_be_null); break;
    case KIND_WORD:   word_schema(j, f, may_be_null); break;
    case KIND_STRS:
    case KIND_IDS:
    case KIND_LIST:   array_of(j, f, input); break;
    case KIND_OBJECT: object_of(j, f, input, may_be_null); break;
    case KIND_JSON:
    case KIND_END:    break;
    }
    jsonw_close(j);
}

void field_schema(struct jsonw *j, const struct field *table, bool input)
{
    jsonw_open(j);
    jsonw_kv_z(j, "type", "object");
    jsonw_key(j, "properties");
    jsonw_open(j);
    for (const struct field *f = table; f->kind != KIND_END; f++) {
        jsonw_key(j, f->name);
        member_schema(j, f, input);
    }
    jsonw_close(j);
    jsonw_key(j, "required");
    jsonw_list(j);
    /* An answer always carries every member, null or not. */
    for (const struct field *f = table; f->kind != KIND_END; f++)
        if (!input || f->flags & REQUIRED)
            jsonw_z(j, f->name);
    jsonw_list_end(j);
    if (input)
        jsonw_kv_bool(j, "additionalProperties", false);
    jsonw_close(j);
}
