/* The API document, OpenAPI 3.1, and the page of permissions, both printed from the route tables. */
#include "../base/jsonw.h"
#include "exchange.h"

static const char *const scope_words[] = { "none", "self", "any", "tenant" };
static const char *const scope_titles[] = { "", "own", "at some unit", "whole district" };

/* A view that several routes answer is described once, under a name. */
struct view {
    const struct field *table;
    const struct route *first;   /* gives the name: the first that reads, else the first */
    size_t              uses;
};

struct document {
    struct jsonw              *j;
    struct arena              *a;
    const struct route *const *tables;
    struct view               *views;
    size_t                     view_count;
};

/* ---- small pieces ---- */

/* The document is committed: a line for each operation and each view keeps changes apart. */
static void new_line(struct jsonw *j)
{
    buf_byte(j->out, '\n');
}

/* Next segment of a path; its mark is cut off and told. */
static bool next_segment(struct str *rest, struct str *segment, char *mark)
{
    if (!rest->ptr)
        return false;
    *segment = str_cut(rest, '/');
    *mark = 0;
    if (segment->len && (segment->ptr[0] == ':' || segment->ptr[0] == '*')) {
        *mark = segment->ptr[0];
        *segment = (struct str){ segment->ptr + 1, segment->len - 1 };
    }
    return true;
}

/* Key with bytes of any origin: the writer's key function takes plain names only, paths among them. */
static struct str path_template(struct arena *a, const char *path)
{
    struct buf b = buf_new(a, 0);
    struct str rest = str_of(path + 1), segment;
    char       mark;
    while (next_segment(&rest, &segment, &mark)) {
        buf_z(&b, mark ? "/{" : "/");
        buf_str(&b, segment);
        buf_z(&b, mark ? "}" : "");
    }
    buf_byte(&b, 0);
    return (struct str){ b.ptr, b.len - 1 };
}

/* get_cases_id_accept: stable, readable, unique as long as paths are. */
static struct str operation_id(struct arena *a, const struct route *t)
{
    static const char *const verbs[] = { "", "get", "post", "put", "patch", "delete" };
    struct buf b = buf_new(a, 0);
    struct str path = str_of(t->path);
    buf_z(&b, verbs[t->method]);
    if (str_starts(path, "/api/v1"))
        path = (struct str){ path.ptr + 7, path.len - 7 };
    for (size_t i = 0; i < path.len; i++) {
        char c = path.ptr[i];
        if (c == '/' || c == '.' || c == '-')
            buf_byte(&b, '_');
        else if (c != ':' && c != '*')
            buf_byte(&b, c);
    }
    return buf_view(&b);
}

/* ---- parameters ---- */

static void path_parameters(struct jsonw *j, const struct route *t)
{
    struct str rest = str_of(t->path + 1), segment;
    char       mark;
    while (next_segment(&rest, &segment, &mark)) {
        if (!mark)
            continue;
        jsonw_open(j);
        jsonw_kv_str(j, "name", segment);
        jsonw_kv_z(j, "in", "path");
        jsonw_kv_bool(j, "required", true);
        jsonw_key(j, "schema");
        jsonw_raw(j, mark == ':' ? STR("{\"type\":\"string\",\"pattern\":\"^[1-9][0-9]{0,18}$\"}") : STR("{\"type\":\"string\"}"));
        jsonw_close(j);
    }
}

static void words(struct jsonw *j, const struct field *f)
{
    jsonw_key(j, "enum");
    jsonw_list(j);
    for (int i = 1; f->words[i]; i++)
        jsonw_z(j, f->words[i]);
    jsonw_list_end(j);
}

static void bounds(struct jsonw *j, const struct field *f, const char *low, const char *high)
{
    if (f->min == 0 && f->max == 0)
        return;
    jsonw_kv_i64(j, low, f->min);
    jsonw_kv_i64(j, high, f->max);
}

/* In a query everything is text; what the text must read as. */
static void query_schema(struct jsonw *j, const struct field *f)
{
    static const char *const types[] = {
        [KIND_STR] = "string", [KIND_I64] = "integer", [KIND_REAL] = "number",  [KIND_BOOL] = "boolean", [KIND_TIME] = "integer",
        [KIND_ID] = "string",  [KIND_GEO] = "string",  [KIND_WORD] = "string",  [KIND_STRS] = "string",  [KIND_IDS] = "string",
        [KIND_JSON] = "string", [KIND_LIST] = NULL,
    };
    jsonw_open(j);
    jsonw_kv_z(j, "type", types[f->kind]);
    if (f->kind == KIND_STR)
        bounds(j, f, "minLength", "maxLength");
    if (f->kind == KIND_I64)
        bounds(j, f, "minimum", "maximum");
    if (f->kind == KIND_WORD)
        words(j, f);
    jsonw_close(j);
}

static void query_parameters(struct jsonw *j, const struct route *t)
{
    for (const struct field *f = t->query; f && f->kind != KIND_END; f++) {
        jsonw_open(j);
        jsonw_kv_z(j, "name", f->name);
        jsonw_kv_z(j, "in", "query");
        jsonw_kv_bool(j, "required", f->flags & REQUIRED);
        if (f->doc)
            jsonw_kv_z(j, "description", f->doc);
        jsonw_key(j, "schema");
        query_schema(j, f);
        jsonw_close(j);
    }
}

static void header_parameter(struct jsonw *j, const char *name, const char *doc)
{
    jsonw_open(j);
    jsonw_kv_z(j, "name", name);
    jsonw_kv_z(j, "in", "header");
    jsonw_kv_bool(j, "required", false);
    jsonw_kv_z(j, "description", doc);
    jsonw_key(j, "schema");
    jsonw_raw(j, STR("{\"type\":\"string\"}"));
    jsonw_close(j);
}

static void parameters(struct jsonw *j, const struct route *t)
{
    jsonw_key(j, "parameters");
    jsonw_list(j);
    path_parameters(j, t);
    query_parameters(j, t);
    if (t->flags & ROUTE_IDEMPOTENT)
        header_parameter(j, "Idempotency-Key", "A repeated request with the same key gets the first answer again");
    if (t->method != GET)
        header_parameter(j, "If-Match", "The version read, such as \"v12\"; another one in the meantime is answered with 409");
    if (t->method != GET)
        header_parameter(j, "X-Expect-Account",
                         "Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in");
    jsonw_list_end(j);
}

/* ---- body and answers ---- */

static void media_open(struct jsonw *j, const char *type)
{
    jsonw_key(j, "content");
    jsonw_open(j);
    jsonw_key(j, type);
    jsonw_open(j);
    jsonw_key(j, "schema");
}

static void media_close(struct jsonw *j)
{
    jsonw_close(j);
    jsonw_close(j);
}

static void request_body(struct jsonw *j, const struct route *t)
{
    if (t->body_kind == BODY_NONE)
        return;
    jsonw_key(j, "requestBody");
    jsonw_open(j);
    jsonw_kv_bool(j, "required", true);
    media_open(j, t->body_kind == BODY_JSON ? "application/json" : t->body_type ? t->body_type : "application/octet-stream");
    if (t->body_kind == BODY_JSON)
        field_schema(j, t->body, true);
    else
        jsonw_raw(j, STR("{\"type\":\"string\",\"format\":\"binary\"}"));
    media_close(j);
    jsonw_close(j);
}

static struct str view_name(struct document *d, const struct view *v)
{
    return str_fmt(d->a, "%.*s_view", STR_ARG(operation_id(d->a, v->first)));
}

static void view_schema(struct document *d, const struct field *table)
{
    size_t i = 0;
    while (d->views[i].table != table)
        i++;
    if (d->views[i].uses == 1) {
        field_schema(d->j, table, false);
        return;
    }
    jsonw_open(d->j);
    jsonw_kv_str(d->j, "$ref", str_fmt(d->a, "#/components/schemas/%.*s", STR_ARG(view_name(d, &d->views[i]))));
    jsonw_close(d->j);
}

static void list_schema(struct document *d, const struct field *view)
{
    struct jsonw *j = d->j;
    jsonw_open(j);
    jsonw_kv_z(j, "type", "object");
    jsonw_key(j, "properties");
    jsonw_open(j);
    jsonw_key(j, "items");
    jsonw_open(j);
    jsonw_kv_z(j, "type", "array");
    jsonw_key(j, "items");
    view_schema(d, view);
    jsonw_close(j);
    jsonw_key(j, "next");
    jsonw_raw(j, STR("{\"type\":[\"string\",\"null\"],\"description\":\"Cursor of the next page; null on the last\"}"));
    jsonw_close(j);
    jsonw_key(j, "required");
    jsonw_raw(j, STR("[\"items\",\"next\"]"));
    jsonw_close(j);
}

static void answer_schema(struct document *d, const struct route *t)
{
    struct jsonw *j = d->j;
    switch (t->reply_kind) {
    case REPLY_NONE:
        return;
    case REPLY_VIEW:
    case REPLY_CREATED:
        media_open(j, "application/json");
        view_schema(d, t->reply);
        break;
    case REPLY_LIST:
        media_open(j, "application/json");
        list_schema(d, t->reply);
        break;
    case REPLY_JOB:
        media_open(j, "application/json");
        jsonw_raw(j, STR("{\"type\":\"object\",\"properties\":{\"job\":{\"type\":\"string\"}},\"required\":[\"job\"]}"));
        break;
    case REPLY_BYTES:
        media_open(j, t->reply_type);
        jsonw_raw(j, STR("{\"type\":\"string\",\"format\":\"binary\"}"));
        break;
    }
    media_close(j);
}

static void good_answer(struct document *d, const struct route *t)
{
    struct jsonw *j = d->j;
    static const struct { const char *status, *title; } kinds[] = {
        [REPLY_NONE] = { "204", "Done" },       [REPLY_VIEW] = { "200", "OK" },        [REPLY_CREATED] = { "201", "Created" },
        [REPLY_LIST] = { "200", "A page" },     [REPLY_JOB] = { "202", "Begun as a job" }, [REPLY_BYTES] = { "200", "Bytes" },
    };
    jsonw_key(j, kinds[t->reply_kind].status);
    jsonw_open(j);
    jsonw_kv_z(j, "description", kinds[t->reply_kind].title);
    answer_schema(d, t);
    jsonw_close(j);
}

/* Statuses of the route's own errors and of those every such route can answer; each once, in order. */
static void collect_codes(const struct route *t, bool codes[ERR_COUNT])
{
    for (const enum err_code *e = t->errors; e && *e != ERR_NONE; e++)
        codes[*e] = true;
    if (t->perm != PERM_PUBLIC)
        codes[ERR_NOT_SIGNED_IN] = codes[ERR_NOT_ALLOWED] = true;
    if (strpbrk(t->path, ":*"))
        codes[ERR_NOT_FOUND] = true;
    if (t->body_kind == BODY_JSON || t->query)
        codes[ERR_INVALID] = true;
    if (t->body_kind == BODY_JSON)
        codes[ERR_BAD_JSON] = true;
    if (t->body_kind != BODY_NONE)
        codes[ERR_TOO_LARGE] = codes[ERR_MEDIA_TYPE] = codes[ERR_LENGTH_REQUIRED] = true;
    if (t->flags & ROUTE_IDEMPOTENT)
        codes[ERR_KEY_REUSED] = true;
    if (t->tx != TX_NONE)
        codes[ERR_UNAVAILABLE] = true;
}

static void problem_answer(struct jsonw *j, struct arena *a, int status, const bool codes[ERR_COUNT])
{
    struct buf b = buf_new(a, 0);
    for (int c = 1; c < ERR_COUNT; c++)
        if (codes[c] && err_status((enum err_code)c) == status)
            buf_fmt(&b, "%s%s", b.len ? ", " : "", err_slug((enum err_code)c));
    jsonw_key(j, str_fmt(a, "%d", status).ptr);
    jsonw_open(j);
    jsonw_kv_str(j, "description", buf_view(&b));
    media_open(j, "application/problem+json");
    jsonw_raw(j, STR("{\"$ref\":\"#/components/schemas/Problem\"}"));
    media_close(j);
    jsonw_close(j);
}

static void answers(struct document *d, const struct route *t)
{
    struct jsonw *j = d->j;
    bool codes[ERR_COUNT] = { false };
    collect_codes(t, codes);
    jsonw_key(j, "responses");
    jsonw_open(j);
    good_answer(d, t);
    for (int status = 400; status < 600; status++)
        for (int c = 1; c < ERR_COUNT; c++)
            if (codes[c] && err_status((enum err_code)c) == status) {
                problem_answer(j, d->a, status, codes);
                break;
            }
    jsonw_close(j);
}

static void operation(struct document *d, const struct route *t)
{
    struct jsonw *j = d->j;
    static const char *const keys[] = { "", "get", "post", "put", "patch", "delete" };
    new_line(j);
    jsonw_key(j, keys[t->method]);
    jsonw_open(j);
    jsonw_kv_str(j, "operationId", operation_id(d->a, t));
    jsonw_kv_z(j, "summary", t->summary);
    jsonw_key(j, "tags");
    jsonw_list(j);
    jsonw_z(j, t->tag);
    jsonw_list_end(j);
    parameters(j, t);
    request_body(j, t);
    answers(d, t);
    jsonw_key(j, "security");
    jsonw_raw(j, t->perm == PERM_PUBLIC ? STR("[]") : STR("[{\"session\":[]},{\"token\":[]}]"));
    jsonw_kv_z(j, "x-permission", perm_name(t->perm));
    jsonw_kv_z(j, "x-scope", scope_words[t->scope]);
    jsonw_close(j);
}

/* ---- the document ---- */

/* A route that is the first of its path in the tables. */
static bool first_of_path(const struct route *const *tables, const struct route *t)
{
    for (; *tables; tables++)
        for (const struct route *o = *tables; o->method != METHOD_NONE; o++) {
            if (o == t)
                return true;
            if (strcmp(o->path, t->path) == 0)
                return false;
        }
    return true;
}

static void path_item(struct document *d, const char *path)
{
    struct arena_mark m = arena_mark(d->a);
    new_line(d->j);
    jsonw_key(d->j, path_template(d->a, path).ptr);
    jsonw_open(d->j);
    for (const struct route *const *at = d->tables; *at; at++)
        for (const struct route *t = *at; t->method != METHOD_NONE; t++)
            if (strcmp(t->path, path) == 0)
                operation(d, t);
    jsonw_close(d->j);
    arena_rewind(d->a, m);
}

static const char security_schemes[] =
    "{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"linli\"},\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}}";

static const char problem_schema[] =
    "{\"type\":\"object\",\"description\":\"RFC 9457\",\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
    "\"detail\":{\"type\":\"string\"},\"code\":{\"type\":\"string\",\"description\":\"Stable name of the error\"},"
    "\"instance\":{\"type\":\"string\",\"description\":\"Request id\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":\"string\"},"
    "\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}},\"required\":[\"field\",\"code\",\"message\"]}}},"
    "\"required\":[\"type\",\"title\",\"status\",\"code\",\"instance\",\"errors\"]}";

static void components(struct document *d)
{
    jsonw_open(d->j);
    jsonw_key(d->j, "securitySchemes");
    jsonw_raw(d->j, str_of(security_schemes));
    jsonw_key(d->j, "schemas");
    jsonw_open(d->j);
    jsonw_key(d->j, "Problem");
    jsonw_raw(d->j, str_of(problem_schema));
    for (size_t i = 0; i < d->view_count; i++)
        if (d->views[i].uses > 1) {
            new_line(d->j);
            jsonw_key(d->j, str_z(d->a, view_name(d, &d->views[i])));
            field_schema(d->j, d->views[i].table, false);
        }
    jsonw_close(d->j);
    jsonw_close(d->j);
}

static void count_view(struct document *d, const struct route *t)
{
    size_t i = 0;
    while (i < d->view_count && d->views[i].table != t->reply)
        i++;
    if (i == d->view_count)
        d->views[d->view_count++] = (struct view){ t->reply, t, 0 };
    if (d->views[i].first->method != GET && t->method == GET)
        d->views[i].first = t;
    d->views[i].uses++;
}

static void collect_views(struct document *d)
{
    size_t routes = 0;
    for (const struct route *const *at = d->tables; *at; at++)
        for (const struct route *t = *at; t->method != METHOD_NONE; t++)
            routes++;
    d->views = ARENA_ARRAY(d->a, routes, struct view);
    for (const struct route *const *at = d->tables; *at; at++)
        for (const struct route *t = *at; t->method != METHOD_NONE; t++)
            if (t->reply)
                count_view(d, t);
}

static void print_document(struct document *d, const char *version)
{
    struct jsonw *j = d->j;
    jsonw_open(j);
    jsonw_kv_z(j, "openapi", "3.1.0");
    jsonw_key(j, "info");
    jsonw_open(j);
    jsonw_kv_z(j, "title", "Linli");
    jsonw_kv_z(j, "version", version);
    jsonw_close(j);
    jsonw_key(j, "paths");
    jsonw_open(j);
    for (const struct route *const *at = d->tables; *at; at++)
        for (const struct route *t = *at; t->method != METHOD_NONE; t++)
            if (first_of_path(d->tables, t))
                path_item(d, t->path);
    jsonw_close(j);
    new_line(j);
    jsonw_key(j, "components");
    components(d);
    jsonw_close(j);
}

void openapi_write(struct jsonw *j, const struct route *const *routes, const char *version)
{
    struct arena   *a = arena_new(0);
    struct document d = { .j = j, .a = a, .tables = routes_with_builtin(a, routes) };
    collect_views(&d);
    print_document(&d, version);
    arena_free(a);
}

/* ---- the page of permissions ---- */

static bool role_may(const struct route *t, const struct role_column *role)
{
    return t->perm == PERM_PUBLIC || t->perm == PERM_SIGNED_IN || role->perms & PERM_BIT(t->perm);
}

static void permission_row(struct buf *out, const struct route *t, const struct role_column *roles)
{
    buf_fmt(out, "| %s | `%s` | %s | %s |", method_name(t->method), t->path, perm_name(t->perm), scope_titles[t->scope]);
    for (const struct role_column *role = roles; role && role->code; role++)
        buf_z(out, role_may(t, role) ? " ✓ |" : "  |");
    buf_byte(out, '\n');
}

void permissions_write(struct buf *out, const struct route *const *routes, const struct role_column *roles)
{
    buf_z(out, "# Permissions\n\nMade from the route tables by `linli openapi --permissions`; change those, not this page.\n"
               "A permission is held at a unit and counts for what lies below it.\n\n| Method | Path | Permission | Where |");
    for (const struct role_column *role = roles; role && role->code; role++)
        buf_fmt(out, " %s |", role->code);
    buf_z(out, "\n| --- | --- | --- | --- |");
    for (const struct role_column *role = roles; role && role->code; role++)
        buf_z(out, " --- |");
    buf_byte(out, '\n');
    struct arena              *a = arena_new(0);
    const struct route *const *all = routes_with_builtin(a, routes);
    for (; *all; all++)
        for (const struct route *t = *all; t->method != METHOD_NONE; t++)
            permission_row(out, t, roles);
    arena_free(a);
}
