/* The matcher: a tree of path segments, compiled from the route tables at boot. */
#include <stdlib.h>

#include "exchange.h"

#define METHODS (DELETE + 1)

/* In seconds; the last catches what is slower than the one before. */
const double latency_bounds[LATENCY_BUCKETS] = { 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                 0.25,   1,       5,      1e9 };

struct node {
    struct str          segment;
    struct node        *children;      /* sorted by segment once compiled */
    size_t              child_count;
    struct node        *param, *text;
    struct route_entry *entry[METHODS];
    unsigned            allow;
};

struct router {
    struct arena       *arena;
    struct node         root;
    struct route_entry *entries;
    size_t              count;
};

enum method method_find(const char *name)
{
    static const struct { const char *name; enum method method; } names[] = {
        { "GET", GET }, { "HEAD", GET }, { "POST", POST }, { "PUT", PUT }, { "PATCH", PATCH }, { "DELETE", DELETE },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].method;
    return METHOD_NONE;
}

const char *method_name(enum method m)
{
    static const char *const names[METHODS] = { "-", "GET", "POST", "PUT", "PATCH", "DELETE" };
    return names[m];
}

static int by_segment(const void *a, const void *b)
{
    return str_cmp(((const struct node *)a)->segment, ((const struct node *)b)->segment);
}

static struct node *child_find(const struct node *n, struct str segment)
{
    struct node key = { .segment = segment };
    return n->child_count ? bsearch(&key, n->children, n->child_count, sizeof key, by_segment) : NULL;
}

/* Children are few and this runs at boot: the array is copied for each new one and kept sorted. */
static struct node *child_add(struct router *r, struct node *n, struct str segment)
{
    struct node *found = child_find(n, segment);
    if (found)
        return found;
    struct node *grown = ARENA_ARRAY(r->arena, n->child_count + 1, struct node);
    size_t       at = 0;
    while (at < n->child_count && str_cmp(n->children[at].segment, segment) < 0)
        at++;
    if (n->child_count) {
        memcpy(grown, n->children, at * sizeof *grown);
        memcpy(grown + at + 1, n->children + at, (n->child_count - at) * sizeof *grown);
    }
    grown[at].segment = segment;
    n->children = grown;
    n->child_count++;
    return &grown[at];
}

static struct node *step(struct router *r, struct node *n, struct str segment)
{
    if (segment.len == 0 || (segment.ptr[0] != ':' && segment.ptr[0] != '*'))
        return child_add(r, n, segment);
    struct node **to = segment.ptr[0] == ':' ? &n->param : &n->text;
    if (!*to)
        *to = ARENA_NEW(r->arena, struct node);
    return *to;
}

static void router_add(struct router *r, struct route_entry *e)
{
    struct node *n = &r->root;
    struct str   rest = str_of(e->route->path + 1);
    while (rest.ptr)
        n = step(r, n, str_cut(&rest, '/'));
    n->entry[e->route->method] = e;
    n->allow |= 1u << e->route->method;
}

static size_t count_routes(const struct route *const *tables)
{
    size_t n = 0;
    for (; *tables; tables++)
        for (const struct route *t = *tables; t->method != METHOD_NONE; t++)
            n++;
    return n;
}

struct router *router_new(struct arena *a, const struct route *const *tables)
{
    struct router *r = ARENA_NEW(a, struct router);
    r->arena = a;
    r->entries = ARENA_ARRAY(a, count_routes(tables), struct route_entry);
    for (; *tables; tables++)
        for (const struct route *t = *tables; t->method != METHOD_NONE; t++) {
            r->entries[r->count].route = t;
            atomic_init(&r->entries[r->count].pace, PACE_FIRST);
            router_add(r, &r->entries[r->count++]);
        }
    return r;
}

struct route_entry *router_entries(const struct router *r, size_t *count)
{
    *count = r->count;
    return r->entries;
}

static void settle(const struct node *n, enum method m, struct match *out)
{
    out->allow = n->allow;
    out->entry = n->entry[m];
    for (int other = GET; other < METHODS && !out->entry && !out->other; other++)
        out->other = n->entry[other] ? n->entry[other]->route : NULL;
}

void router_match(const struct router *r, const struct path *p, enum method m, struct match *out)
{
    const struct node *n = &r->root;
    size_t             params = 0, texts = 0;
    *out = (struct match){ 0 };
    for (size_t i = 0; i < p->len; i++) {
        const struct node *next = child_find(n, p->segment[i]);
        int64_t            id;
        if (!next && n->param && params < 4 && str_to_i64(p->segment[i], &id) && id > 0) {
            next = n->param;
            out->param[params++] = id;
        }
        if (!next && n->text && texts < 4 && p->segment[i].len) {
            next = n->text;
            out->text[texts++] = p->segment[i];
        }
        if (!next)
            return;
        n = next;
    }
    settle(n, m, out);
}
