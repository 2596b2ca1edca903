/* What boot refuses in a route table. */
#include "../base/log.h"
#include "exchange.h"

/* True when the two paths would match the same addresses. */
static bool same_path(const char *a, const char *b)
{
    struct str left = str_of(a), right = str_of(b);
    while (left.ptr && right.ptr) {
        struct str x = str_cut(&left, '/'), y = str_cut(&right, '/');
        bool       both_vary = x.len && y.len && x.ptr[0] == y.ptr[0] && (x.ptr[0] == ':' || x.ptr[0] == '*');
        if (!both_vary && !str_eq(x, y))
            return false;
    }
    return !left.ptr && !right.ptr;
}

static bool taken(const struct route *const *tables, const struct route *stop)
{
    for (; *tables; tables++)
        for (const struct route *t = *tables; t->method != METHOD_NONE; t++) {
            if (t == stop)
                return false;
            if (t->method == stop->method && same_path(t->path, stop->path))
                return true;
        }
    return false;
}

static size_t rows(const struct field *table)
{
    size_t n = 0;
    while (table && table[n].kind != KIND_END)
        n++;
    return n;
}

static bool scope_fits(const struct route *t)
{
    if (t->perm == PERM_PUBLIC)
        return t->scope == SCOPE_UNSET;
    if (t->scope == SCOPE_SELF)
        return t->perm == PERM_SIGNED_IN;
    return t->scope == SCOPE_ANY || t->scope == SCOPE_TENANT;
}

static size_t count_marks(const char *path, char mark)
{
    size_t n = 0;
    for (; *path; path++)
        n += path[0] == '/' && path[1] == mark;
    return n;
}

static bool path_fits(const char *path)
{
    return path && path[0] == '/' && !strstr(path, "//") && (path[1] == 0 || path[strlen(path) - 1] != '/') &&
           count_marks(path, ':') <= 4 && count_marks(path, '*') <= 4;
}

static bool body_fits(const struct route *t)
{
    if (t->body_kind == BODY_JSON)
        return t->body && t->body_size && rows(t->body) <= 64;
    if (t->body_kind != BODY_NONE && t->body_max == 0)
        return false;
    return t->body == NULL;
}

static bool reply_fits(const struct route *t)
{
    bool view = t->reply_kind == REPLY_VIEW || t->reply_kind == REPLY_CREATED || t->reply_kind == REPLY_LIST;
    if (view)
        return t->reply && rows(t->reply) <= 64;
    return t->reply_kind != REPLY_BYTES || t->reply_type;
}

static bool reading_method_fits(const struct route *t)
{
    return t->method != GET || (t->tx != TX_WRITE && t->body_kind == BODY_NONE);
}

static bool idempotent_fits(const struct route *t)
{
    return !(t->flags & ROUTE_IDEMPOTENT) || (t->method == POST && t->tx == TX_WRITE && (t->body_kind == BODY_JSON || t->body_kind == BODY_NONE));
}

/* The first thing wrong with a route, or NULL. */
static const char *fault_of(const struct route *const *tables, const struct route *t)
{
    const struct { bool fits; const char *fault; } checks[] = {
        { path_fits(t->path), "path" },
        { t->method > METHOD_NONE && t->method <= DELETE, "method" },
        { t->handler != NULL, "no handler" },
        { t->perm > PERM_UNSET && t->perm < PERM_COUNT, "no permission" },
        { scope_fits(t), "scope does not fit the permission" },
        { body_fits(t), "body table or its limit is missing, or more than 64 fields" },
        { rows(t->query) <= 64 && !t->query == !t->query_size, "query table" },
        { reply_fits(t), "reply view or type is missing, or more than 64 fields" },
        { reading_method_fits(t), "GET neither writes nor takes a body" },
        { idempotent_fits(t), "only a POST that writes and takes JSON or nothing can be idempotent" },
        { t->summary && t->summary[0], "no summary" },
        { t->tag && t->tag[0], "no tag" },
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (!checks[i].fits)
            return checks[i].fault;
    return taken(tables, t) ? "the path is taken" : NULL;
}

err route_check(const struct route *const *tables)
{
    err result = OK;
    for (const struct route *const *at = tables; *at; at++)
        for (const struct route *t = *at; t->method != METHOD_NONE; t++) {
            const char *fault = fault_of(tables, t);
            if (!fault)
                continue;
            log_event(LOG_ERROR, "route_refused", "method", t->method <= DELETE ? method_name(t->method) : "?", "path",
                      t->path ? t->path : "", "fault", fault, NULL);
            result = FAIL(ERR_INVALID);
        }
    return result;
}

const struct route *const *routes_with_builtin(struct arena *a, const struct route *const *routes)
{
    size_t n = 0;
    while (routes[n])
        n++;
    const struct route **all = ARENA_ARRAY(a, n + 2, const struct route *);
    memcpy(all, routes, n * sizeof *all);
    all[n] = builtin_routes;
    return all;
}
