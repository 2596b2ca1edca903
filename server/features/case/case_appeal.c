/* case_appeal.c: appeals 申诉: of a reporter against a rejection, of whoever handled a case against being scored. What they change: case.c. */
#include <stdlib.h>

#include "case_call.h"
#include "case_pick.h"
#include "../file/file.h"
#include "../setting/setting.h"

#define APPEALS_MOST 500   /* looked at: oldest first */

/* ---- what is asked ---- */

struct appeal_in { int ground; struct str reason; struct ids photos; };
static const struct field reason_fields[] = { FIELD_STR(struct appeal_in, reason, 1, 2000, REQUIRED | MULTILINE, "Why"), FIELD_END };
static const struct field score_fields[] = {
    FIELD_WORD(struct appeal_in, ground, case_ground_words, REQUIRED, "What it is about: beyond powers, the reporter was unreachable, not theirs, the rating, other"),
    FIELD_STR(struct appeal_in, reason, 1, 2000, REQUIRED | MULTILINE, "Why it should not count"),
    FIELD_IDS(struct appeal_in, photos, 0, 9, 0, "Evidence, uploaded before by POST /files; for staff only"),
    FIELD_END
};
static const struct field uphold_fields[] = { FIELD_STR(struct appeal_in, reason, 1, 2000, MULTILINE, "A word with it"), FIELD_END };

/* ---- doing ---- */

static err ready(struct req *r, const struct case_row *c, enum case_action a, bool reporter)
{
    if (!case_permitted(r, c, a, reporter))
        return FAIL(case_act(a)->who == BY_REPORTER ? ERR_ONLY_REPORTER : ERR_NOT_ALLOWED);
    return case_ready(r, c, a, reporter);
}

static err add_evidence(struct req *r, const struct case_row *c, struct ids photos)
{
    if (!photos.len)
        return OK;
    TRY(file_claim(r, "photos", photos, (struct strs){ NULL, 0 }, "case_internal", c->id));
    for (size_t i = 0; i < photos.len; i++)
        TRY(case_put_photo(r->db, r->tenant, c->id, photos.at[i], c->version, PHOTO_OTHER));
    return OK;
}

static err do_step(struct req *r, struct case_row *c, enum case_action a, bool reporter)
{
    const struct appeal_in *in = r->body;
    struct case_move        m = { .action = a, .text = in->reason, .ground = (enum case_ground)in->ground };
    TRY(ready(r, c, a, reporter));
    if (in->ground)
        m.data = str_fmt(r->arena, "{\"ground\":\"%s\"}", case_ground_words[in->ground]);
    TRY(case_do(r, c, &m));
    return add_evidence(r, c, in->photos);
}

static err by_id(struct req *r, enum case_action a)
{
    struct case_row c;
    TRY(case_open(r, r->path[0], &c));
    TRY(do_step(r, &c, a, case_is_reporter(r, &c)));
    return case_reply(r, &c);
}

static err do_appeal(struct req *r) { return by_id(r, ACT_APPEAL); }
static err do_appeal_score(struct req *r) { return by_id(r, ACT_APPEAL_SCORE); }
static err do_uphold(struct req *r) { return by_id(r, ACT_UPHOLD_APPEAL); }
static err do_refuse(struct req *r) { return by_id(r, ACT_REFUSE_APPEAL); }

static err track_appeal(struct req *r)
{
    struct case_row c;
    TRY(case_open_secret(r, r->path_text[0], &c));
    TRY(do_step(r, &c, ACT_APPEAL, true));
    return case_reply_track(r, &c);
}

/* ---- in the view of a case ---- */

const struct field case_appeal_view_fields[] = {
    FIELD_WORD(struct case_appeal_view, state, case_appeal_words, REQUIRED, "Waiting; upheld: left out of scores, still counted; refused"),
    FIELD_WORD(struct case_appeal_view, ground, case_ground_words, 0, "What it is about"),
    FIELD_TIME(struct case_appeal_view, at, REQUIRED, "When it was made"),
    FIELD_STR(struct case_appeal_view, by, 0, 0, 0, "Who made it"),
    FIELD_STR(struct case_appeal_view, reason, 0, 0, MULTILINE, "Why"),
    FIELD_TIME(struct case_appeal_view, decided_at, 0, "When it was decided"),
    FIELD_STR(struct case_appeal_view, decided_by, 0, 0, 0, "By whom"),
    FIELD_STR(struct case_appeal_view, answer, 0, 0, MULTILINE, "Why so"),
    FIELD_END
};

struct case_appeal_view *case_appeal_view_of(struct arena *a, const struct case_row *c, const struct case_event *events, size_t n)
{
    if (!c->appeal)
        return NULL;
    struct case_appeal_view *v = ARENA_NEW(a, struct case_appeal_view);
    *v = (struct case_appeal_view){ .state = (int)c->appeal, .ground = (int)c->appeal_ground, .at = c->appeal_at };
    for (size_t i = 0; i < n; i++) {
        const struct case_event *e = &events[i];
        if (e->action == ACT_APPEAL_SCORE) {
            v->by = e->actor;
            v->reason = e->text;
        }
        if ((e->action == ACT_UPHOLD_APPEAL || e->action == ACT_REFUSE_APPEAL) && c->appeal != APPEAL_WAITING) {
            v->decided_at = e->at;
            v->decided_by = e->actor;
            v->answer = e->text;
        }
    }
    return v;
}

/* ---- my work ---- */

DB_SQL(case_appeals_waiting, "SELECT id, state, area_id, org_id, appeal_by FROM cases WHERE tenant_id = $1 AND appeal = 1 ORDER BY appeal_at, id LIMIT $2")

err case_appeals(struct req *r, struct picked *rows, size_t *n, size_t most)
{
    struct db_rows found;
    if (!(r->caller.anywhere & PERM_BIT(PERM_CASE_APPEAL)))
        return OK;
    TRY(db_query(r->db, &case_appeals_waiting, DB_ARGS(I64(r->tenant), I64(APPEALS_MOST)), &found));
    while (*n < most && db_next(&found)) {
        struct case_row c = { .id = db_i64(&found, 0), .state = db_i64(&found, 1), .area_id = db_i64(&found, 2), .org_id = db_i64(&found, 3) };
        if (db_i64(&found, 4) != r->caller.person && case_permitted(r, &c, ACT_UPHOLD_APPEAL, false))
            rows[(*n)++] = (struct picked){ .id = c.id, .due_at = PICK_NO_DUE, .state = c.state };
    }
    return db_done(&found);
}

/* ---- routes ---- */

#define APPEAL_ERRORS                                                                                                                    \
    ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_VERSION_NEEDED, ERR_APPEALED, ERR_APPEAL_LATE, ERR_NO_APPEAL, ERR_OWN_PART)
#define APPEAL(path_, handler_, perm_, scope_, fields_, summary_)                                                                        \
    { .method = POST, .path = "/api/v1/cases/:id/" path_, .handler = (handler_), .perm = (perm_), .scope = (scope_), .tx = TX_WRITE,     \
      ROUTE_BODY(struct appeal_in, fields_), .reply_kind = REPLY_VIEW, .reply = case_view_fields, .flags = ROUTE_IDEMPOTENT,             \
      APPEAL_ERRORS, .summary = summary_, .tag = "case" }

const struct route case_appeal_routes[] = {
    APPEAL("appeal", do_appeal, PERM_SIGNED_IN, SCOPE_SELF, reason_fields, "Appeal against a rejection, as the reporter"),
    APPEAL("appeal_score", do_appeal_score, PERM_CASE_HANDLE, SCOPE_ANY, score_fields, "Appeal against being scored for a closed case"),
    APPEAL("uphold_appeal", do_uphold, PERM_CASE_APPEAL, SCOPE_ANY, uphold_fields, "Uphold an appeal: the case is left out of scores"),
    APPEAL("refuse_appeal", do_refuse, PERM_CASE_APPEAL, SCOPE_ANY, reason_fields, "Refuse an appeal with the reason"),
    { .method = POST, .path = "/api/v1/track/*code/appeal", .handler = track_appeal, .perm = PERM_PUBLIC, .tx = TX_WRITE,
      ROUTE_BODY(struct appeal_in, reason_fields), .reply_kind = REPLY_VIEW, .reply = case_track_fields, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_WRONG_STATE, ERR_STALE_VERSION, ERR_SECRET, ERR_TOO_MANY, ERR_APPEALED, ERR_APPEAL_LATE),
      .summary = "Appeal against a rejection by secret", .tag = "case" },
    ROUTE_END
};
