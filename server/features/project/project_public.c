/* project_public.c: what everybody may know of a public project: what, where, how far, with which money, what was found. No reporter, no case, no name
 * of a person: of the team the organisations that are public, and the public posts of its people. */
#include "project_inside.h"

struct public_item { int64_t id, steps, steps_done, cases, promised, paid, spent; int state; struct str kind_zh, kind_en, title, area_name, unit_name; ms begins_at, due_at, ended_at; };
#define AT(base, m) (base) + offsetof(struct public_item, m)
#define ITEM_FIELDS(base)                                                                                                                 \
    { .name = "id", .kind = KIND_ID, .offset = AT(base, id), .flags = REQUIRED, .doc = "Project" },                                             \
    { .name = "kind_zh", .kind = KIND_STR, .offset = AT(base, kind_zh), .flags = REQUIRED, .doc = "Kind, Chinese" },                            \
    { .name = "kind_en", .kind = KIND_STR, .offset = AT(base, kind_en), .flags = REQUIRED, .doc = "Kind, English" },                            \
    { .name = "title", .kind = KIND_STR, .offset = AT(base, title), .flags = REQUIRED, .doc = "In a line" },                                    \
    { .name = "area_name", .kind = KIND_STR, .offset = AT(base, area_name), .flags = REQUIRED, .doc = "Whom it is for" },                       \
    { .name = "unit_name", .kind = KIND_STR, .offset = AT(base, unit_name), .doc = "Who runs it; null: an organisation that is not public" },   \
    { .name = "state", .kind = KIND_WORD, .offset = AT(base, state), .words = project_state_words, .flags = REQUIRED, .doc = "Where it stands" }, \
    { .name = "begins_at", .kind = KIND_TIME, .offset = AT(base, begins_at), .doc = "Planned beginning" },                                      \
    { .name = "due_at", .kind = KIND_TIME, .offset = AT(base, due_at), .doc = "Planned end" },                                                  \
    { .name = "ended_at", .kind = KIND_TIME, .offset = AT(base, ended_at), .doc = "Accepted" },                                                 \
    { .name = "steps", .kind = KIND_I64, .offset = AT(base, steps), .flags = REQUIRED, .doc = "Milestones" },                                   \
    { .name = "steps_done", .kind = KIND_I64, .offset = AT(base, steps_done), .flags = REQUIRED, .doc = "Of these, done" },                     \
    { .name = "cases", .kind = KIND_I64, .offset = AT(base, cases), .flags = REQUIRED, .doc = "Reports that it grew out of" },                  \
    { .name = "promised", .kind = KIND_I64, .offset = AT(base, promised), .flags = REQUIRED, .doc = "Money promised, fen" },                    \
    { .name = "paid", .kind = KIND_I64, .offset = AT(base, paid), .flags = REQUIRED, .doc = "Money that came in, fen" },                        \
    { .name = "spent", .kind = KIND_I64, .offset = AT(base, spent), .flags = REQUIRED, .doc = "Money spent, fen" }
static const struct field item_fields[] = { ITEM_FIELDS(0), FIELD_END };

struct public_seat { int role; struct str name, post_zh, post_en; };
static const struct field seat_fields[] = {
    FIELD_WORD(struct public_seat, role, team_role_words, REQUIRED, "lead, captain, liaison or member"),
    FIELD_STR(struct public_seat, name, 0, 0, REQUIRED, "Organisation, or the unit where the post is held"),
    FIELD_STR(struct public_seat, post_zh, 0, 0, 0, "Public post of a person, Chinese"),
    FIELD_STR(struct public_seat, post_en, 0, 0, 0, "… English"),
    FIELD_END
};
struct public_step { struct str title; ms due_at, done_at; };
static const struct field step_fields[] = { FIELD_STR(struct public_step, title, 0, 0, REQUIRED, "What will be done"),
                                            FIELD_TIME(struct public_step, due_at, REQUIRED, "By when"), FIELD_TIME(struct public_step, done_at, 0, "Done"),
                                            FIELD_END };
struct public_source { struct str name; int64_t promised, paid; };
static const struct field source_fields[] = { FIELD_STR(struct public_source, name, 0, 0, 0, "Public organisation; null: somebody else"),
                                              FIELD_I64(struct public_source, promised, 0, 0, REQUIRED, "Fen"),
                                              FIELD_I64(struct public_source, paid, 0, 0, REQUIRED, "Fen that came in"), FIELD_END };
struct public_entry { ms at; struct str text; int64_t amount; struct ids photos; };
static const struct field entry_fields[] = { FIELD_TIME(struct public_entry, at, REQUIRED, "When"), FIELD_STR(struct public_entry, text, 0, 0, 0, "In words"),
                                             FIELD_I64(struct public_entry, amount, 0, 0, REQUIRED, "Fen, of money"),
                                             FIELD_IDS(struct public_entry, photos, 0, 0, REQUIRED, "Photographs"), FIELD_END };
struct public_view { struct public_item i; struct str text; struct list team, milestones, sources, story; int64_t yes, no; };
static const struct field view_fields[] = {
    ITEM_FIELDS(offsetof(struct public_view, i)),
    FIELD_STR(struct public_view, text, 0, 0, 0, "What is to be done and why"),
    FIELD_LIST(struct public_view, team, seat_fields, struct public_seat, 0, 0, REQUIRED, "Public organisations and public posts in the team"),
    FIELD_LIST(struct public_view, milestones, step_fields, struct public_step, 0, 0, REQUIRED, "What will be done by when"),
    FIELD_LIST(struct public_view, sources, source_fields, struct public_source, 0, 0, REQUIRED, "Where money comes from"),
    FIELD_LIST(struct public_view, story, entry_fields, struct public_entry, 0, 0, REQUIRED, "What was told for everybody, the newest first"),
    FIELD_I64(struct public_view, yes, 0, 0, REQUIRED, "Once accepted: reporters who said that it is as it should be"),
    FIELD_I64(struct public_view, no, 0, 0, REQUIRED, "… that it is not"),
    FIELD_END
};

/* ---- what of it is public ---- */

static struct str public_org(struct req *r, int64_t org)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    bool                        yes = org && unit_is_public(s, (struct unit_ref){ UNIT_ORG, org });
    unit_release(s);
    return yes ? unit_name_of(r, UNIT_ORG, org) : STR_NONE;
}

static struct public_item item_of(struct req *r, const struct list *kinds, const struct project *p)
{
    const struct choice *kind = choice_find(kinds, p->kind);
    return (struct public_item){ .id = p->id, .kind_zh = kind ? kind->zh : p->kind, .kind_en = kind ? kind->en : p->kind, .title = p->title,
                                 .area_name = unit_name_of(r, UNIT_AREA, p->area_id),
                                 .unit_name = p->unit_kind == UNIT_ORG ? public_org(r, p->unit_id) : unit_name_of(r, UNIT_AREA, p->unit_id),
                                 .state = (int)p->state, .begins_at = p->begins_at, .due_at = p->due_at, .ended_at = p->ended_at, .steps = p->steps,
                                 .steps_done = p->steps_done, .cases = p->cases, .promised = p->promised, .paid = p->paid, .spent = p->spent };
}

DB_SQL(project_public_all, "SELECT " PROJECT_COLUMNS " FROM project n WHERE n.tenant_id = $1 AND n.public = 1 AND n.state BETWEEN 2 AND 5 ORDER BY n.id DESC LIMIT 200")

static err list_public(struct req *r)
{
    struct list rows, kinds = project_kinds(r);
    TRY(db_all(r->db, r->arena, &project_public_all, DB_ARGS(I64(r->tenant)), project_map, sizeof(struct project), 200, &rows));
    struct public_item *items = ARENA_ARRAY(r->arena, rows.len + 1, struct public_item);
    for (size_t i = 0; i < rows.len; i++)
        items[i] = item_of(r, &kinds, (const struct project *)rows.at + i);
    return reply_list(r, item_fields, sizeof *items, (struct list){ items, rows.len }, STR_NONE);
}

/* ---- team: posts, never names ---- */

DB_SQL(project_public_posts,
       "SELECT m.role, m.person_id, x.unit_kind, x.unit_id, p.name_zh, p.name_en FROM project_team m "
       "JOIN appointment x ON x.tenant_id = m.tenant_id AND x.person_id = m.person_id AND x.valid_from <= $3 AND (x.valid_to IS NULL OR x.valid_to > $3) "
       "JOIN post p ON p.tenant_id = x.tenant_id AND p.id = x.post_id AND p.public = 1 WHERE m.tenant_id = $1 AND m.project_id = $2 ORDER BY m.role, m.seq, x.id")
struct post_row { int64_t role, person_id, unit_kind, unit_id; struct str zh, en; };
static const struct field post_map[] = {
    FIELD_I64(struct post_row, role, 0, 0, 0, ""), FIELD_ID(struct post_row, person_id, 0, ""), FIELD_I64(struct post_row, unit_kind, 0, 0, 0, ""),
    FIELD_ID(struct post_row, unit_id, 0, ""), FIELD_STR(struct post_row, zh, 0, 0, 0, ""), FIELD_STR(struct post_row, en, 0, 0, 0, ""), FIELD_END
};

/* Where a post is held: an area, or an organisation that is public. */
static struct str post_at(struct req *r, const struct post_row *row)
{
    return row->unit_kind == UNIT_ORG ? public_org(r, row->unit_id) : unit_name_of(r, UNIT_AREA, row->unit_id);
}

static err read_team(struct req *r, int64_t id, struct public_view *v)
{
    struct list posts, team;
    TRY(db_all(r->db, r->arena, &project_public_posts, DB_ARGS(I64(r->tenant), I64(id), TIME(r->now)), post_map, sizeof(struct post_row), 200, &posts));
    TRY(team_of(r->db, r->arena, r->tenant, id, &team));
    const struct post_row *p = posts.at;
    const struct member   *m = team.at;
    struct public_seat    *at = ARENA_ARRAY(r->arena, posts.len + team.len + 1, struct public_seat);
    int64_t                last = 0;
    size_t                 n = 0;
    for (size_t i = 0; i < posts.len; i++) {
        struct str where = post_at(r, &p[i]);
        if (p[i].person_id == last || !where.ptr)   /* one post of each is enough */
            continue;
        last = p[i].person_id;
        at[n++] = (struct public_seat){ (int)p[i].role, where, p[i].zh, p[i].en };
    }
    for (size_t i = 0; i < team.len; i++) {
        struct str name = public_org(r, m[i].org_id);
        if (name.ptr)
            at[n++] = (struct public_seat){ (int)m[i].role, name, STR_NONE, STR_NONE };
    }
    v->team = (struct list){ at, n };
    return OK;
}

/* ---- the rest ---- */

static err read_steps(struct req *r, int64_t id, struct public_view *v)
{
    struct list rows;
    TRY(steps_of(r->db, r->arena, r->tenant, id, &rows));
    const struct step  *s = rows.at;
    struct public_step *at = ARENA_ARRAY(r->arena, rows.len + 1, struct public_step);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct public_step){ s[i].title, s[i].due_at, s[i].done_at };
    v->milestones = (struct list){ at, rows.len };
    return OK;
}

static err read_sources(struct req *r, int64_t id, struct public_view *v)
{
    struct list rows;
    TRY(sources_of(r->db, r->arena, r->tenant, id, &rows));
    const struct source  *s = rows.at;
    struct public_source *at = ARENA_ARRAY(r->arena, rows.len + 1, struct public_source);
    for (size_t i = 0; i < rows.len; i++)
        at[i] = (struct public_source){ public_org(r, s[i].org_id), s[i].promised, s[i].paid };
    v->sources = (struct list){ at, rows.len };
    return OK;
}

static struct ids photos_in(struct arena *a, const struct list *photos, int64_t entry)
{
    const struct entry_photo *f = photos->at;
    int64_t                  *at = ARENA_ARRAY(a, photos->len + 1, int64_t);
    size_t                    n = 0;
    for (size_t i = 0; i < photos->len; i++)
        if (f[i].entry_id == entry)
            at[n++] = f[i].file_id;
    return (struct ids){ at, n };
}

static err read_story(struct req *r, int64_t id, struct public_view *v)
{
    struct list rows, photos;
    TRY(entries_of(r->db, r->arena, r->tenant, id, &rows));
    TRY(photos_of(r->db, r->arena, r->tenant, id, &photos));
    const struct entry  *e = rows.at;
    struct public_entry *at = ARENA_ARRAY(r->arena, rows.len + 1, struct public_entry);
    size_t               n = 0;
    for (size_t i = rows.len; i-- > 0;)
        if (e[i].is_public && !e[i].void_at)
            at[n++] = (struct public_entry){ e[i].at, e[i].text, e[i].amount, photos_in(r->arena, &photos, e[i].id) };
    v->story = (struct list){ at, n };
    return OK;
}

static err read_voices(struct req *r, const struct project *p, struct public_view *v)
{
    struct list rows;
    if (p->state != PROJECT_ACCEPTED)
        return OK;
    TRY(voices_of(r->db, r->arena, r->tenant, p->id, p->round, &rows));
    const struct voice *voice = rows.at;
    for (size_t i = 0; i < rows.len; i++) {
        v->yes += voice[i].answer == VOICE_YES;
        v->no += voice[i].answer == VOICE_NO;
    }
    return OK;
}

static err get_public(struct req *r)
{
    struct project     p;
    struct list        kinds = project_kinds(r);
    struct public_view v = { .text = STR_NONE };
    TRY(project_get(r->db, r->arena, r->tenant, r->path[0], &p));
    if (!project_is_shown(&p))
        return FAIL(ERR_NOT_FOUND);
    v.i = item_of(r, &kinds, &p);
    v.text = p.text;
    TRY(read_team(r, p.id, &v));
    TRY(read_steps(r, p.id, &v));
    TRY(read_sources(r, p.id, &v));
    TRY(read_story(r, p.id, &v));
    TRY(read_voices(r, &p, &v));
    return reply_view(r, view_fields, &v, 0);
}

const struct route project_public_routes[] = {
    { GET, "/api/v1/public/projects", list_public, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_LIST, .reply = item_fields,
      .summary = "Projects that are shown to residents, the newest first", .tag = "project" },
    { GET, "/api/v1/public/projects/:id", get_public, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_VIEW, .reply = view_fields,
      .summary = "A public project: milestones, money, what was told for everybody; no person and no case", .tag = "project" },
    ROUTE_END
};
