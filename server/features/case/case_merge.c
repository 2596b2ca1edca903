/* case_merge.c: reports of one matter become one case, and apart again. The merged one keeps its own story and points to the survivor; what
 * happens to the survivor concerns its reporter from then on. One level deep: what is merged takes nothing in, what has taken in stays. */
#include "case_matter.h"
#include "../notify/notify.h"
#include "../../base/jsonw.h"

#define MERGED_MOST 50

DB_SQL(merge_set, "UPDATE cases SET merged_into = $3 WHERE tenant_id = $1 AND id = $2")
DB_SQL(merge_ids, "SELECT id FROM cases WHERE tenant_id = $1 AND merged_into = $2 ORDER BY id LIMIT $3")

struct merge_in { int64_t into; struct str reason; };
static const struct field merge_fields[] = {
    FIELD_ID(struct merge_in, into, REQUIRED, "The case that goes on; open, and not merged itself"),
    FIELD_STR(struct merge_in, reason, 1, 2000, MULTILINE, "Why they are one matter"),
    FIELD_END
};
static const struct field unmerge_fields[] = { FIELD_STR(struct merge_in, reason, 1, 2000, REQUIRED | MULTILINE, "Why they are not"), FIELD_END };

err case_merged_rows(struct req *r, int64_t id, struct list *out)
{
    static const struct field id_fields[] = { FIELD_ID(struct case_row, id, 0, ""), FIELD_END };
    TRY(db_all(r->db, r->arena, &merge_ids, DB_ARGS(I64(r->tenant), I64(id), I64(MERGED_MOST)), id_fields, sizeof(struct case_row), MERGED_MOST,
               out));
    struct case_row *rows = out->at;
    for (size_t i = 0; i < out->len; i++)
        TRY(case_get(r->db, r->arena, r->tenant, rows[i].id, &rows[i]));
    return OK;
}

/* ---- may they be one? ---- */

static err refuse(struct req *r, enum err_code why, const char *zh, const char *en, struct str code)
{
    return req_fail(r, why, str_fmt(r->arena, req_text(r, zh, en), STR_ARG(code)));
}

/* The survivor, as far as the caller may read it; ERR_INVALID names the field. */
static err open_into(struct req *r, const struct case_row *c, int64_t id, struct case_row *into)
{
    err e = case_get(r->db, r->arena, r->tenant, id, into);
    if (failed(e) && e.code != ERR_NOT_FOUND)
        return e;
    if (failed(e) || !case_staff_reads(r, into))
        req_fault(r, "into", ERR_UNKNOWN_REFERENCE);
    else if (into->id == c->id)
        req_fault(r, "into", ERR_MERGE_SELF);
    return req_faults(r);
}

static err fit(struct req *r, const struct case_row *c, const struct case_row *into)
{
    struct list children;
    if (into->merged_into) {
        struct case_row survivor;
        TRY(case_get(r->db, r->arena, r->tenant, into->merged_into, &survivor));
        return refuse(r, ERR_MERGE_CHAIN, "它已并入 %.*s，请直接并入那一件", "It was merged into %.*s; choose that one", survivor.code);
    }
    if (!case_state_info((enum case_state)into->state)->open)
        return refuse(r, ERR_MERGE_ENDED, "%.*s 已经结束", "%.*s has ended", into->code);
    TRY(case_merged_rows(r, c->id, &children));
    if (children.len)
        return refuse(r, ERR_MERGE_CHAIN, "已有 %.*s 并入这一件，请先撤出，或者反过来并",
                      "%.*s was merged into this one; take it out first, or merge the other way round", ((struct case_row *)children.at)->code);
    return OK;
}

static err may(struct req *r, const struct case_row *c, enum case_action a)
{
    return case_permitted(r, c, a, false) ? case_ready(r, c, a, false) : FAIL(ERR_NOT_ALLOWED);
}

/* ---- merge ---- */

/* For the story: which other case. */
static struct str other_data(struct req *r, const struct case_row *other)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_id(&j, "case", other->id);
    jsonw_kv_str(&j, "code", other->code);
    jsonw_close(&j);
    return buf_view(&b);
}

static struct str words(struct req *r, const struct case_row *c, const struct case_row *into, bool title)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", c->code);
    jsonw_kv_str(&j, "into", into->code);
    if (title)
        jsonw_kv_str(&j, "title", case_title(r->arena, c->text));
    jsonw_close(&j);
    return buf_view(&b);
}

/* The reporter, and the organisation that was to sign for it. */
static err tell_merged(struct req *r, const struct case_row *c, const struct case_row *into, enum case_state was)
{
    if (c->reporter_id && c->reporter_id != r->caller.person)
        TRY(notify_person(r, c->reporter_id, "case.yours_merged", "case", c->id, words(r, c, into, false)));
    if (was != CASE_DISPATCHED || !c->org_id)
        return OK;
    return notify_unit(r, (struct unit_ref){ UNIT_ORG, c->org_id }, PERM_CASE_HANDLE, "case.merged", "case", c->id, words(r, c, into, true));
}

static err set_into(struct req *r, struct case_row *c, int64_t into)
{
    c->merged_into = into;
    return db_exec(r->db, &merge_set, DB_ARGS(I64(r->tenant), I64(c->id), REF(into)), NULL);
}

static err do_merge(struct req *r)
{
    const struct merge_in *in = r->body;
    struct case_row        c, into;
    struct case_move       m = { .action = ACT_MERGE, .text = in->reason }, absorb = { .action = ACT_ABSORB, .text = in->reason };
    TRY(case_open(r, r->path[0], &c));
    TRY(may(r, &c, ACT_MERGE));
    TRY(open_into(r, &c, in->into, &into));
    TRY(fit(r, &c, &into));
    enum case_state was = (enum case_state)c.state;
    m.data = other_data(r, &into);
    absorb.data = other_data(r, &c);
    TRY(case_do(r, &c, &m));
    TRY(set_into(r, &c, into.id));
    TRY(case_do(r, &into, &absorb));
    TRY(tell_merged(r, &c, &into, was));
    TRY(case_follow_merge(r, &c, &into));
    return case_reply(r, &c);
}

/* ---- unmerge ---- */

/* Back to where it stood. The clock was stopped meanwhile and goes on with what was left. */
static err way_back(struct req *r, const struct case_row *c, struct case_move *m)
{
    struct list story;
    TRY(case_story(r->db, r->arena, r->tenant, c->id, 0, &story));
    const struct case_event *events = story.at, *merged = NULL;
    for (size_t i = 0; i < story.len; i++)
        merged = events[i].action == ACT_MERGE ? &events[i] : merged;
    if (!merged)
        return FAIL(ERR_INTERNAL);
    m->to = (enum case_state)merged->from_state;
    return OK;
}

static err do_unmerge(struct req *r)
{
    const struct merge_in *in = r->body;
    struct case_row        c, into;
    struct case_move       m = { .action = ACT_UNMERGE, .text = in->reason }, part = { .action = ACT_PART, .text = in->reason };
    TRY(case_open(r, r->path[0], &c));
    TRY(may(r, &c, ACT_UNMERGE));
    TRY(case_get(r->db, r->arena, r->tenant, c.merged_into, &into));
    TRY(way_back(r, &c, &m));
    m.data = other_data(r, &into);
    part.data = other_data(r, &c);
    TRY(case_do(r, &c, &m));
    TRY(set_into(r, &c, 0));
    TRY(case_do(r, &into, &part));
    TRY(case_follow_part(r, c.id));
    return case_reply(r, &c);
}

#define MERGE_ROUTE(path_, handler_, fields_, summary_)                                                                                  \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = PERM_CASE_ACCEPT, .scope = SCOPE_ANY,          \
      .tx = TX_WRITE, ROUTE_BODY(struct merge_in, fields_), .reply_kind = REPLY_VIEW, .reply = case_view_fields,                        \
      .flags = ROUTE_IDEMPOTENT,                                                                                                        \
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_MERGE_SELF, ERR_MERGE_ENDED, ERR_MERGE_CHAIN),           \
      .summary = summary_, .tag = "case" }

static const struct route case_merge_routes[] = {
    MERGE_ROUTE("merge", do_merge, merge_fields, "Merge a case into the one that goes on"),
    MERGE_ROUTE("unmerge", do_unmerge, unmerge_fields, "Undo the merging: the case is as it was before"),
    ROUTE_END
};

/* The routes of what is known already; started and stopped with the case feature. */
const struct feature case_matter_feature = { .name = "case_matter", .routes = case_merge_routes,
                                            .more_routes = { case_follow_routes, case_alike_routes, case_public_routes } };
