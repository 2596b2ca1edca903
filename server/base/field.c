/* field: what every table shares, and printing. Reading is in field_read.c, schemas in field_schema.c. */
#include "field.h"

#define FAULTS_MOST 100

void faults_add(struct faults *f, struct str path, enum err_code code, int64_t bound)
{
    if (f->len == FAULTS_MOST)
        return;
    if (f->len == f->cap) {
        size_t        cap = f->cap ? f->cap * 2 : 8;
        struct fault *more = ARENA_ARRAY(f->arena, cap, struct fault);
        if (f->len)
            memcpy(more, f->at, f->len * sizeof *more);
        f->at = more;
        f->cap = cap;
    }
    f->at[f->len++] = (struct fault){ path, code, bound };
}

bool ids_has(struct ids ids, int64_t id)
{
    for (size_t i = 0; i < ids.len; i++)
        if (ids.at[i] == id)
            return true;
    return false;
}

bool field_given(const struct field *table, const struct given *given, size_t offset)
{
    for (size_t i = 0; table[i].kind != KIND_END; i++)
        if (table[i].offset == offset)
            return given->bits >> i & 1;
    return false;
}

static void write_geo(struct jsonw *j, const struct geo *g)
{
    if (!g->set) {
        jsonw_null(j);
        return;
    }
    jsonw_open(j);
    jsonw_key(j, "lon");
    jsonw_real(j, g->lon, 7);
    jsonw_key(j, "lat");
    jsonw_real(j, g->lat, 7);
    jsonw_close(j);
}

static void write_strs(struct jsonw *j, const struct strs *s)
{
    jsonw_list(j);
    for (size_t i = 0; i < s->len; i++)
        jsonw_str(j, s->at[i]);
    jsonw_list_end(j);
}

static void write_ids(struct jsonw *j, const struct ids *ids)
{
    jsonw_list(j);
    for (size_t i = 0; i < ids->len; i++)
        jsonw_id(j, ids->at[i]);
    jsonw_list_end(j);
}

static void write_object(struct jsonw *j, const struct field *f, const void *at)
{
    if (at)
        field_write(j, f->sub, at);
    else
        jsonw_null(j);
}

static void write_list(struct jsonw *j, const struct field *f, const struct list *l)
{
    jsonw_list(j);
    for (size_t i = 0; i < l->len; i++)
        field_write(j, f->sub, (const char *)l->at + i * f->size);
    jsonw_list_end(j);
}

static void write_time(struct jsonw *j, ms t)
{
    if (t)
        jsonw_i64(j, t);
    else
        jsonw_null(j);
}

static void write_member(struct jsonw *j, const struct field *f, const char *p)
{
    switch (f->kind) {
    case KIND_STR:    jsonw_str(j, *(const struct str *)p); break;
    case KIND_I64:    jsonw_i64(j, *(const int64_t *)p); break;
    case KIND_REAL:   jsonw_real(j, *(const double *)p, 6); break;
    case KIND_BOOL:   jsonw_bool(j, *(const bool *)p); break;
    case KIND_TIME:   write_time(j, *(const ms *)p); break;
    case KIND_ID:     jsonw_id(j, *(const int64_t *)p); break;
    case KIND_GEO:    write_geo(j, (const struct geo *)p); break;
    case KIND_WORD:   jsonw_z(j, f->words[*(const int *)p]); break;
    case KIND_STRS:   write_strs(j, (const struct strs *)p); break;
    case KIND_IDS:    write_ids(j, (const struct ids *)p); break;
    case KIND_JSON:   jsonw_raw(j, *(const struct str *)p); break;
    case KIND_OBJECT: write_object(j, f, *(const void *const *)p); break;
    case KIND_LIST:   write_list(j, f, (const struct list *)p); break;
    case KIND_END:    break;
    }
}

void field_write(struct jsonw *j, const struct field *table, const void *in)
{
    jsonw_open(j);
    for (const struct field *f = table; f->kind != KIND_END; f++) {
        if (f->key_len)
            jsonw_key_ready(j, f->key, f->key_len);
        else
            jsonw_key(j, f->name);
        write_member(j, f, (const char *)in + f->offset);
    }
    jsonw_close(j);
}
