/* Joint work over HTTP: the network of organisations, and the cases behind its figures. */
#include <stdlib.h>

#include "alliance_inside.h"

#define YEAR (365 * MS_DAY)

/* ---- what is asked ---- */

struct network_query { int64_t alliance, area, org, other; ms from, to; bool open, shared; };
#define FILTER_FIELDS                                                                                                                     \
    FIELD_ID(struct network_query, alliance, 0, "Only members of this alliance, and only while both were in"),                            \
    FIELD_ID(struct network_query, area, 0, "Only organisations that belong to this area or below it, and whom they worked with"),        \
    FIELD_TIME(struct network_query, from, 0, "Calls from then on; empty: a year before the end"),                                        \
    FIELD_TIME(struct network_query, to, 0, "Calls before then; empty: now")
static const struct field network_query_fields[] = { FILTER_FIELDS, FIELD_END };
static const struct field cases_query_fields[] = {
    FILTER_FIELDS,
    FIELD_ID(struct network_query, org, 0, "Only what this organisation had a part in"),
    FIELD_ID(struct network_query, other, 0, "Only what it had together with this one"),
    FIELD_BOOL(struct network_query, open, 0, "Only where a call is still open"),
    FIELD_BOOL(struct network_query, shared, 0, "Only those on which both worked: it was handled, or they answered"),
    FIELD_END
};

struct asked {
    ms                    from, to;
    struct list           calls, members;
    struct network_filter filter;
};

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static struct ids orgs_in(struct req *r, int64_t area)
{
    const struct unit_snapshot *u = unit_hold(r->app);
    struct ids                  ids = unit_orgs_in(u, r->arena, area);
    unit_release(u);
    int64_t *at = ARENA_ARRAY(r->arena, ids.len + 1, int64_t);
    for (size_t i = 0; i < ids.len; i++)
        at[i] = ids.at[i];
    qsort(at, ids.len, sizeof *at, by_id);
    return (struct ids){ at, ids.len };
}

static err read_asked(struct req *r, const struct network_query *q, struct asked *out)
{
    struct alliance_row row;
    *out = (struct asked){ .to = q->to ? q->to : r->now };
    out->from = q->from ? q->from : out->to - YEAR;
    if (out->to <= out->from)
        return FAIL_AT(ERR_PERIOD, "to");
    if (q->alliance) {
        TRY(alliance_get(r->db, r->arena, r->tenant, q->alliance, &row));
        TRY(members_of(r->db, r->arena, r->tenant, q->alliance, &out->members));
        out->filter.members = &out->members;
    }
    if (q->area) {
        out->filter.orgs = orgs_in(r, q->area);
        out->filter.by_orgs = true;
    }
    return case_whistles(r->db, r->arena, r->tenant, out->from, out->to, &out->calls);
}

/* ---- the network ---- */

struct node_view { int64_t id, area_id, cases; struct str name, kind, area_name; };
static const struct field node_fields[] = {
    FIELD_ID(struct node_view, id, REQUIRED, "Organisation"),
    FIELD_STR(struct node_view, name, 0, 0, REQUIRED, "Its name"),
    FIELD_STR(struct node_view, kind, 0, 0, REQUIRED, "Its kind"),
    FIELD_ID(struct node_view, area_id, 0, "Area it belongs to"),
    FIELD_STR(struct node_view, area_name, 0, 0, 0, "Its name"),
    FIELD_I64(struct node_view, cases, 0, 0, REQUIRED, "Cases on which it worked with another"),
    FIELD_END
};
static const struct field edge_fields[] = {
    FIELD_I64(struct network_edge, a, 0, 0, REQUIRED, "Position of one organisation among the nodes"),
    FIELD_I64(struct network_edge, b, 0, 0, REQUIRED, "Of the other; after a"),
    FIELD_I64(struct network_edge, calls, 0, 0, REQUIRED, "Times one was called to the other's case"),
    FIELD_I64(struct network_edge, answered, 0, 0, REQUIRED, "Of these, answered"),
    FIELD_I64(struct network_edge, cases, 0, 0, REQUIRED, "Cases on which both worked"),
    FIELD_I64(struct network_edge, alliances, 0, 0, REQUIRED, "Alliances both were in at the same time"),
    FIELD_I64(struct network_edge, agreements, 0, 0, REQUIRED, "Agreements of both that were in force within the period"),
    FIELD_I64(struct network_edge, pledges, 0, 0, REQUIRED, "Pledges in them that one of the two gave"),
    FIELD_I64(struct network_edge, kept, 0, 0, REQUIRED, "Of these, kept"),
    FIELD_I64(struct network_edge, late, 0, 0, REQUIRED, "Of these, late"),
    FIELD_END
};

struct network_view { struct list nodes, edges; int64_t cases, calls, answered, open, agreements; ms from, to; };
static const struct field network_fields[] = {
    FIELD_LIST(struct network_view, nodes, node_fields, struct node_view, 0, 0, REQUIRED, "Organisations"),
    FIELD_LIST(struct network_view, edges, edge_fields, struct network_edge, 0, 0, REQUIRED, "Who works with whom"),
    FIELD_I64(struct network_view, cases, 0, 0, REQUIRED, "Cases on which at least two of them worked"),
    FIELD_I64(struct network_view, calls, 0, 0, REQUIRED, "Calls of one to another's case"),
    FIELD_I64(struct network_view, answered, 0, 0, REQUIRED, "Of these, answered"),
    FIELD_I64(struct network_view, open, 0, 0, REQUIRED, "Of these, still open"),
    FIELD_I64(struct network_view, agreements, 0, 0, REQUIRED, "Agreements that join two of them"),
    FIELD_TIME(struct network_view, from, REQUIRED, "Beginning of the period"),
    FIELD_TIME(struct network_view, to, REQUIRED, "Its end, exclusive"),
    FIELD_END
};

static struct list nodes_view(struct req *r, const struct list *nodes)
{
    const struct network_node  *n = nodes->at;
    struct node_view           *v = ARENA_ARRAY(r->arena, nodes->len + 1, struct node_view);
    const struct unit_snapshot *u = unit_hold(r->app);
    for (size_t i = 0; i < nodes->len; i++) {
        struct unit_ref org = { UNIT_ORG, n[i].org };
        int64_t         area = unit_area_of(u, org);
        v[i] = (struct node_view){ n[i].org, area, n[i].cases, unit_name_copy(r->arena, u, UNIT_ORG, n[i].org), str_copy(r->arena, unit_kind_of(u, org)),
                                   unit_name_copy(r->arena, u, UNIT_AREA, area) };
    }
    unit_release(u);
    return (struct list){ v, nodes->len };
}

/* Common alliances: of one alliance, of it alone. */
static err memberships(struct req *r, const struct asked *a, struct list *out)
{
    struct list all;
    TRY(members_between(r->db, r->arena, r->tenant, a->from, a->to, &all));
    if (!a->filter.members) {
        *out = all;
        return OK;
    }
    const struct network_query *q = r->query;
    struct member_row          *m = all.at;
    *out = (struct list){ all.at, 0 };
    for (size_t i = 0; i < all.len; i++)
        if (m[i].alliance_id == q->alliance)
            m[out->len++] = m[i];
    return OK;
}

static err get_network(struct req *r)
{
    struct asked   a;
    struct list    all, ties;
    struct network n;
    TRY(read_asked(r, r->query, &a));
    TRY(memberships(r, &a, &all));
    TRY(alliance_ties(r, a.from, a.to, &ties));
    if (a.filter.members)   /* nodes are those who were in within the period */
        a.filter.members = &all;
    network_build(r->arena, &a.calls, &all, &ties, &a.filter, &n);
    struct network_view v = { nodes_view(r, &n.nodes), n.edges, n.cases, n.calls, n.answered, n.open, n.agreements, a.from, a.to };
    return reply_view(r, network_fields, &v, 0);
}

/* ---- the cases behind a figure ---- */

static err get_cases(struct req *r)
{
    const struct network_query *q = r->query;
    struct network_ask          ask = { q->org, q->other, q->open, q->shared };
    struct asked                a;
    TRY(read_asked(r, q, &a));
    return case_reply_among(r, network_cases(r->arena, &a.calls, &a.filter, &ask));
}

#define READ .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .reply_kind = REPLY_VIEW, .tag = "alliance"

const struct route alliance_work_routes[] = {
    { GET, "/api/v1/network", get_network, READ, .reply = network_fields, ROUTE_QUERY(struct network_query, network_query_fields),
      ROUTE_ERRORS(ERR_PERIOD), .summary = "Who works with whom: organisations, and what joins them within a period" },
    { GET, "/api/v1/network/cases", get_cases, READ, .reply = case_among_fields, ROUTE_QUERY(struct network_query, cases_query_fields),
      ROUTE_ERRORS(ERR_PERIOD), .summary = "The cases behind a figure of the network: those the caller may see" },
    ROUTE_END
};
