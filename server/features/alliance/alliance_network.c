/* alliance_network.c: who works with whom, read off calls and memberships: pure. One pass over the calls, case by case. */
#include <stdlib.h>

#include "alliance_inside.h"

/* What a case says of two organisations. */
struct relation {
    int64_t case_id, org, other;
    bool    call, answered, open;   /* one was called to the other's case */
    bool    shared;                 /* both worked on it */
};
typedef void (*on_relation)(void *arg, const struct relation *rel);

/* ---- which count ---- */

static int compare_ids(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static bool holds(struct ids ids, int64_t id)
{
    return bsearch(&id, ids.at, ids.len, sizeof id, compare_ids) != NULL;
}

static bool counts(const struct network_filter *f, int64_t org, int64_t other, ms at)
{
    if (f->members && !(member_at(f->members, org, at) && member_at(f->members, other, at)))
        return false;
    return !f->by_orgs || holds(f->orgs, org) || holds(f->orgs, other);
}

/* ---- a case ---- */

static void add_worker(int64_t *at, size_t *n, int64_t org)
{
    for (size_t i = 0; i < *n; i++)
        if (at[i] == org)
            return;
    at[(*n)++] = org;
}

/* All pairs of those who worked on the case: whoever has it and handled it, whoever was called and answered. */
static void tell_shared(const struct case_whistle *call, size_t n, int64_t *workers, const struct network_filter *f, on_relation fn, void *arg)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (call[i].holder && call[i].handled)
            add_worker(workers, &count, call[i].holder);
        if (call[i].answered)
            add_worker(workers, &count, call[i].org_id);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (counts(f, workers[i], workers[k], call[0].at))
                fn(arg, &(struct relation){ .case_id = call[0].case_id, .org = workers[i], .other = workers[k], .shared = true });
}

static void tell_calls(const struct case_whistle *call, size_t n, const struct network_filter *f, on_relation fn, void *arg)
{
    for (size_t i = 0; i < n; i++)
        if (call[i].holder && call[i].holder != call[i].org_id && counts(f, call[i].holder, call[i].org_id, call[i].at))
            fn(arg, &(struct relation){ call[i].case_id, call[i].holder, call[i].org_id, true, call[i].answered, call[i].open, false });
}

static void walk(struct arena *a, const struct list *calls, const struct network_filter *f, on_relation fn, void *arg)
{
    const struct case_whistle *at = calls->at;
    int64_t                *workers = ARENA_ARRAY(a, calls->len + 1, int64_t);
    for (size_t i = 0, n; i < calls->len; i += n) {
        for (n = 1; i + n < calls->len && at[i + n].case_id == at[i].case_id; n++)
            ;
        tell_calls(at + i, n, f, fn, arg);
        tell_shared(at + i, n, workers, f, fn, arg);
    }
}

/* ---- a table from pairs of ids to records that grows ---- */

struct pair { int64_t a, b; struct network_edge edge; };   /* of edge only the counts, until the end */
struct pairs {
    struct arena *arena;
    struct pair  *at;
    size_t        len, cap;
    uint32_t     *slots;         /* position + 1; 0: empty. Twice as many as cap */
};

static size_t slot_of(const struct pairs *p, int64_t a, int64_t b)
{
    uint64_t hash = ((uint64_t)a * 0x9E3779B97F4A7C15u) ^ ((uint64_t)b * 0xC2B2AE3D27D4EB4Fu);
    size_t   mask = p->cap * 2 - 1, slot = (hash ^ (hash >> 29)) & mask;
    while (p->slots[slot] && (p->at[p->slots[slot] - 1].a != a || p->at[p->slots[slot] - 1].b != b))
        slot = (slot + 1) & mask;
    return slot;
}

static void grow(struct pairs *p)
{
    struct pair *old = p->at;
    p->cap = p->cap ? p->cap * 2 : 64;
    p->at = ARENA_ARRAY(p->arena, p->cap, struct pair);
    p->slots = ARENA_ARRAY(p->arena, p->cap * 2, uint32_t);
    for (size_t i = 0; i < p->len; i++) {
        p->at[i] = old[i];
        p->slots[slot_of(p, old[i].a, old[i].b)] = (uint32_t)i + 1;
    }
}

static struct pair *pair_of(struct pairs *p, int64_t x, int64_t y)
{
    int64_t a = x < y ? x : y, b = x < y ? y : x;
    if (p->len == p->cap)
        grow(p);
    size_t slot = slot_of(p, a, b);
    if (!p->slots[slot]) {
        p->at[p->len] = (struct pair){ .a = a, .b = b };
        p->slots[slot] = (uint32_t)++p->len;
    }
    return &p->at[p->slots[slot] - 1];
}

/* ---- the network ---- */

struct building {
    struct pairs    edges, parts;   /* parts: of an organisation (a) and a case (b), each once */
    struct network *out;
    int64_t         last_case;
};

static void count_relation(void *arg, const struct relation *rel)
{
    struct building *b = arg;
    struct pair     *p = pair_of(&b->edges, rel->org, rel->other);
    p->edge.calls += rel->call;
    p->edge.answered += rel->call && rel->answered;
    p->edge.cases += rel->shared;
    b->out->calls += rel->call;
    b->out->answered += rel->call && rel->answered;
    b->out->open += rel->call && rel->open;
    if (!rel->shared)
        return;
    (void)pair_of(&b->parts, -rel->org, rel->case_id);   /* an id is positive: so the organisation comes first, whatever its number */
    (void)pair_of(&b->parts, -rel->other, rel->case_id);
    b->out->cases += rel->case_id != b->last_case;
    b->last_case = rel->case_id;
}

/* One alliance's memberships: those who were in at the same time. */
static void count_alliance(struct building *b, const struct member_row *m, size_t n, const struct network_filter *f)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            const struct member_row *x = &m[i], *y = &m[k];
            ms                       both = x->joined_at > y->joined_at ? x->joined_at : y->joined_at;
            if (x->org_id == y->org_id || !periods_overlap(x->joined_at, x->left_at, y->joined_at, y->left_at) || !counts(f, x->org_id, y->org_id, both))
                continue;
            struct network_edge *e = &pair_of(&b->edges, x->org_id, y->org_id)->edge;
            e->alliances += e->a != m->alliance_id;   /* in two roles one after the other is one alliance */
            e->a = m->alliance_id;
        }
}

static void count_alliances(struct building *b, const struct list *memberships, const struct network_filter *f)
{
    const struct member_row *at = memberships->at;
    for (size_t i = 0, n; i < memberships->len; i += n) {
        for (n = 1; i + n < memberships->len && at[i + n].alliance_id == at[i].alliance_id; n++)
            ;
        count_alliance(b, at + i, n, f);
    }
}

static void count_ties(struct building *b, const struct list *ties, const struct network_filter *f)
{
    const struct alliance_tie *t = ties->at;
    int64_t                    last = 0;
    for (size_t i = 0; i < ties->len; i++) {
        if (t[i].a == t[i].b || !counts(f, t[i].a, t[i].b, t[i].at))
            continue;
        struct network_edge *e = &pair_of(&b->edges, t[i].a, t[i].b)->edge;
        e->agreements++;
        e->pledges += t[i].pledges;
        e->kept += t[i].kept;
        e->late += t[i].late;
        b->out->agreements += t[i].agreement != last;
        last = t[i].agreement;
    }
}

static int compare_pairs(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;
    return p->a != q->a ? (p->a < q->a ? -1 : 1) : p->b < q->b ? -1 : p->b > q->b;
}

/* Sorted, each once; returns how many. */
static size_t unique(int64_t *at, size_t n)
{
    size_t kept = 0;
    qsort(at, n, sizeof *at, compare_ids);
    for (size_t i = 0; i < n; i++)
        if (!kept || at[kept - 1] != at[i])
            at[kept++] = at[i];
    return kept;
}

/* Everybody with an edge; of one alliance also whoever was in alone. */
static struct ids who(struct arena *a, const struct pairs *edges, const struct list *members)
{
    size_t                   more = members ? members->len : 0, n = 0;
    const struct member_row *m = members ? members->at : NULL;
    int64_t                 *at = ARENA_ARRAY(a, edges->len * 2 + more + 1, int64_t);
    for (size_t i = 0; i < edges->len; i++) {
        at[n++] = edges->at[i].a;
        at[n++] = edges->at[i].b;
    }
    for (size_t i = 0; i < more; i++)
        at[n++] = m[i].org_id;
    return (struct ids){ at, unique(at, n) };
}

static int64_t place_of(struct ids ids, int64_t id)
{
    return (const int64_t *)bsearch(&id, ids.at, ids.len, sizeof id, compare_ids) - ids.at;
}

static void put_nodes(struct arena *a, struct building *b, struct ids ids)
{
    struct network_node *nodes = ARENA_ARRAY(a, ids.len + 1, struct network_node);
    for (size_t i = 0; i < ids.len; i++)
        nodes[i].org = ids.at[i];
    for (size_t i = 0; i < b->parts.len; i++)
        nodes[place_of(ids, -b->parts.at[i].a)].cases++;
    b->out->nodes = (struct list){ nodes, ids.len };
}

static void put_edges(struct arena *a, struct building *b, struct ids ids)
{
    struct network_edge *edges = ARENA_ARRAY(a, b->edges.len + 1, struct network_edge);
    qsort(b->edges.at, b->edges.len, sizeof *b->edges.at, compare_pairs);
    for (size_t i = 0; i < b->edges.len; i++) {
        edges[i] = b->edges.at[i].edge;
        edges[i].a = place_of(ids, b->edges.at[i].a);
        edges[i].b = place_of(ids, b->edges.at[i].b);
    }
    b->out->edges = (struct list){ edges, b->edges.len };
}

void network_build(struct arena *a, const struct list *calls, const struct list *memberships, const struct list *ties, const struct network_filter *f,
                   struct network *out)
{
    struct building b = { .edges.arena = a, .parts.arena = a, .out = out };
    *out = (struct network){ 0 };
    grow(&b.edges);
    grow(&b.parts);
    walk(a, calls, f, count_relation, &b);
    count_alliances(&b, memberships, f);
    count_ties(&b, ties, f);
    struct ids ids = who(a, &b.edges, f->members);
    put_nodes(a, &b, ids);
    put_edges(a, &b, ids);
}

/* ---- the cases behind a figure ---- */

struct asking { const struct network_ask *ask; int64_t *at; size_t len; };

static void take_case(void *arg, const struct relation *rel)
{
    struct asking            *s = arg;
    const struct network_ask *ask = s->ask;
    bool                      org = !ask->org || rel->org == ask->org || rel->other == ask->org;
    bool                      other = !ask->other || rel->org == ask->other || rel->other == ask->other;
    if (org && other && (!ask->open || rel->open) && (ask->open || !ask->shared || rel->shared) && (!s->len || s->at[s->len - 1] != rel->case_id))
        s->at[s->len++] = rel->case_id;
}

struct ids network_cases(struct arena *a, const struct list *calls, const struct network_filter *f, const struct network_ask *ask)
{
    struct asking s = { .ask = ask, .at = ARENA_ARRAY(a, calls->len + 1, int64_t) };   /* a case has at least one call */
    walk(a, calls, f, take_case, &s);
    return (struct ids){ s.at, s.len };
}
