/* directory_desk.c: looking after the directory: what stands where, what is missing. */
#include "directory_inside.h"

#include "../audit/audit.h"
#include "../search/search.h"
#include "../../base/jsonw.h"

enum { PAGE = 100, PAGE_MOST = 500 };

enum missing { MISSING_NONE, MISSING_PHONE, MISSING_PERSON, MISSING_PLACE };
static const char *const missing_words[] = { NULL, "phone", "person", "place", NULL };

struct card_view {
    AS_DIRECTORY_UNIT;
    int64_t    people, version;
    struct str note;
    bool       may_manage;
    ms         updated_at;
};
#define CARD(kind, m, ...) FIELD_##kind(struct card_view, m, __VA_ARGS__)
static const struct field card_fields[] = {
    CARD(ID, id, REQUIRED, "Area or organisation"),
    CARD(WORD, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    CARD(STR, name, 0, 0, REQUIRED, "Name"),
    CARD(STR, kind, 0, 0, REQUIRED, "Its kind"),
    CARD(STR, above, 0, 0, 0, "Names of the areas above it"),
    CARD(STR, phone, 0, 0, 0, "Telephone of the office"),
    CARD(STR, address, 0, 0, 0, "Where to go"),
    CARD(STR, hours, 0, 0, 0, "When it is open, in words"),
    CARD(STR, note, 0, 0, 0, "What one can do there"),
    CARD(GEO, at, 0, "Its place, WGS 84"),
    CARD(I64, people, 0, 0, REQUIRED, "People shown there"),
    CARD(BOOL, may_manage, REQUIRED, "The caller may change it"),
    CARD(TIME, updated_at, 0, "When it was last changed; null: never filled in"),
    CARD(I64, version, 0, 0, REQUIRED, "Grows with each change; 0: never filled in"),
    FIELD_END
};

struct cards_query { struct str text, kind, after; int missing; int64_t area, limit; };
static const struct field cards_query_fields[] = {
    FIELD_STR(struct cards_query, text, 1, 60, 0, "Part of the name, or how it is said"),
    FIELD_STR(struct cards_query, kind, 1, 40, 0, "Only of this kind"),
    FIELD_ID(struct cards_query, area, 0, "Only this area, what lies below it, and organisations there"),
    FIELD_WORD(struct cards_query, missing, missing_words, 0, "Only those without a telephone, a person or a place"),
    FIELD_STR(struct cards_query, after, 1, 200, 0, "Cursor of the page before"),
    FIELD_I64(struct cards_query, limit, 1, PAGE_MOST, 0, "At most so many; 100 when not given"),
    FIELD_END
};

struct card_body { struct str phone, address, hours, note; struct geo at; };
static const struct field card_body_fields[] = {
    FIELD_STR(struct card_body, phone, 1, 60, 0, "Telephone of the office, never somebody's own"),
    FIELD_STR(struct card_body, address, 1, 200, 0, "Where to go"),
    FIELD_STR(struct card_body, hours, 1, 200, 0, "When it is open, in words"),
    FIELD_STR(struct card_body, note, 1, 1000, MULTILINE, "What one can do there"),
    FIELD_GEO(struct card_body, at, 0, "Its place, WGS 84"),
    FIELD_END
};

static struct card_view view_of(struct req *r, const struct unit_snapshot *s, struct unit_ref u, const struct directory_card *card, struct list people)
{
    struct card_view v = { .people = (int64_t)people.len, .may_manage = req_may(r, PERM_UNIT_MANAGE, u) };
    directory_fill(s, r->arena, u, card, &v.unit);
    if (card) {
        v.note = card->note;
        v.updated_at = card->updated_at;
        v.version = card->version;
    }
    return v;
}

/* ---- the list ---- */

struct listing {
    struct req                 *r;
    const struct unit_snapshot *s;
    struct directory_sought     sought;
    struct list                 cards, people;
    struct card_view           *at;
    size_t                      n, most, last;   /* last: where the page's last one stands among all */
    bool                        more;
};

static bool lacks(enum missing what, const struct card_view *v)
{
    return what == MISSING_NONE || (what == MISSING_PHONE && !v->phone.ptr) || (what == MISSING_PERSON && !v->people) ||
           (what == MISSING_PLACE && v->unit_kind == UNIT_ORG && !v->at.set);
}

static void list_one(struct listing *l, struct unit_ref u, size_t place)
{
    const struct cards_query *q = l->r->query;
    if (!unit_in_use(l->s, u) || (u.kind == UNIT_ORG && !unit_is_public(l->s, u)) || (q->kind.ptr && !str_eq(q->kind, unit_kind_of(l->s, u))))
        return;
    if (q->text.ptr && directory_rank(l->r->arena, &l->sought, unit_name(l->s, u)) < 0)
        return;
    struct card_view v = view_of(l->r, l->s, u, directory_card_in(&l->cards, u.id), directory_people_in(&l->people, u.id));
    if (!lacks((enum missing)q->missing, &v))
        return;
    l->more = l->n == l->most;
    if (l->more)
        return;
    l->at[l->n++] = v;
    l->last = place;
}

/* Behind the unit at which the page before ended; where it is not met any more (it closed, it moved away), behind the place it had. */
static size_t begin_of(struct ids all, int64_t unit, int64_t place)
{
    if (!unit)
        return 0;
    for (size_t i = 0; i < all.len; i++)
        if (all.at[i] == unit)
            return i + 1;
    return place > 0 && (size_t)place < all.len ? (size_t)place : all.len;
}

static void list_all(struct listing *l, int64_t unit, int64_t place)
{
    const struct cards_query *q = l->r->query;
    int64_t                   top = q->area ? q->area : unit_root(l->s);
    struct ids                areas = unit_subtree(l->s, l->r->arena, (struct unit_ref){ UNIT_AREA, top }), orgs = unit_orgs_in(l->s, l->r->arena, top);
    int64_t                  *at = ARENA_ARRAY(l->r->arena, areas.len + orgs.len + 1, int64_t);
    struct ids                all = { at, areas.len + orgs.len };
    for (size_t i = 0; i < all.len; i++)
        at[i] = i < areas.len ? areas.at[i] : orgs.at[i - areas.len];
    for (size_t i = begin_of(all, unit, place); i < all.len && !l->more; i++)
        list_one(l, (struct unit_ref){ i < areas.len ? UNIT_AREA : UNIT_ORG, all.at[i] }, i);
}

static err list_cards(struct req *r)
{
    const struct cards_query *q = r->query;
    struct listing            l = { .r = r, .most = q->limit ? (size_t)q->limit : PAGE };
    int64_t                   unit = 0, place = 0;
    if (q->after.ptr && !req_cursor_read(r, q->after, &unit, &place))
        return FAIL_AT(ERR_INVALID, "after");
    TRY(directory_cards(r->db, r->arena, r->tenant, &l.cards));
    TRY(directory_people(r->db, r->arena, r->tenant, r->now, &l.people));
    l.at = ARENA_ARRAY(r->arena, l.most, struct card_view);
    l.sought = (struct directory_sought){ q->text, q->text.ptr ? search_fold(r->arena, q->text) : STR_NONE, pinyin_typed(q->text) ? directory_pinyin(r->app) : NULL };
    l.s = unit_hold(r->app);
    list_all(&l, unit, place);
    unit_release(l.s);
    return reply_list(r, card_fields, sizeof *l.at, (struct list){ l.at, l.n }, l.more ? req_cursor(r, l.at[l.n - 1].id, (int64_t)l.last) : STR_NONE);
}

/* ---- one card ---- */

/* The area or organisation of the path, in use. */
static err unit_of_path(struct req *r, const struct unit_snapshot *s, struct unit_ref *u)
{
    *u = (struct unit_ref){ unit_depth(s, (struct unit_ref){ UNIT_AREA, r->path[0] }) >= 0 ? UNIT_AREA : UNIT_ORG, r->path[0] };
    return unit_in_use(s, *u) ? OK : FAIL(ERR_NOT_FOUND);
}

static err answer(struct req *r, const struct unit_snapshot *s, struct unit_ref u)
{
    struct directory_card card;
    struct list           people;
    TRY(directory_card_of(r->db, r->arena, r->tenant, u.id, &card));
    TRY(directory_people_at(r->db, r->arena, r->tenant, r->now, u.id, &people));
    struct card_view v = view_of(r, s, u, &card, people);
    return reply_view(r, card_fields, &v, v.version);
}

static err one_work(struct req *r, const struct unit_snapshot *s)
{
    struct unit_ref u;
    TRY(unit_of_path(r, s, &u));
    return answer(r, s, u);
}

static struct str card_json(struct arena *a, const struct directory_card *card)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_str(&j, "phone", card->phone);
    jsonw_kv_str(&j, "address", card->address);
    jsonw_kv_str(&j, "hours", card->hours);
    jsonw_kv_str(&j, "note", card->note);
    jsonw_kv_bool(&j, "place", card->lon != 0 || card->lat != 0);
    jsonw_close(&j);
    return buf_view(&b);
}

static err put_work(struct req *r, const struct unit_snapshot *s)
{
    const struct card_body *in = r->body;
    struct directory_card   before;
    struct unit_ref         u;
    TRY(unit_of_path(r, s, &u));
    TRY(req_allow(r, PERM_UNIT_MANAGE, u));
    TRY(directory_card_of(r->db, r->arena, r->tenant, u.id, &before));
    if (before.version)
        TRY(req_version_needed(r, before.version));
    struct directory_card after = { .unit_kind = u.kind, .unit_id = u.id, .phone = in->phone, .address = in->address, .hours = in->hours,
                                    .note = in->note, .lon = in->at.set ? in->at.lon : 0, .lat = in->at.set ? in->at.lat : 0 };
    TRY(directory_put(r->db, r->tenant, &after, r->now, r->caller.account));
    TRY(audit_record(r, "directory.put", unit_kind_words[u.kind], u.id,
                     str_fmt(r->arena, "{\"before\":%.*s,\"after\":%.*s}", STR_ARG(card_json(r->arena, &before)), STR_ARG(card_json(r->arena, &after)))));
    return answer(r, s, u);
}

static err on_snapshot(struct req *r, err (*work)(struct req *r, const struct unit_snapshot *s))
{
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = s ? work(r, s) : FAIL(ERR_UNAVAILABLE);
    unit_release(s);
    return e;
}

static err get_card(struct req *r)
{
    return on_snapshot(r, one_work);
}

static err put_card(struct req *r)
{
    return on_snapshot(r, put_work);
}

const struct route directory_desk_routes[] = {
    { GET, "/api/v1/directory", list_cards, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "directory",
      ROUTE_QUERY(struct cards_query, cards_query_fields), .reply_kind = REPLY_LIST, .reply = card_fields,
      .summary = "What the public directory says of areas and public organisations, and what is missing" },
    { GET, "/api/v1/directory/:id", get_card, .perm = PERM_UNIT_READ, .scope = SCOPE_ANY, .tx = TX_READ, .tag = "directory", .reply_kind = REPLY_VIEW,
      .reply = card_fields, .summary = "What the public directory says of one" },
    { PUT, "/api/v1/directory/:id", put_card, .perm = PERM_UNIT_MANAGE, .scope = SCOPE_ANY, .tx = TX_WRITE, .tag = "directory",
      ROUTE_BODY(struct card_body, card_body_fields), .reply_kind = REPLY_VIEW, .reply = card_fields,
      .summary = "Say how a unit is reached, where it is and when it is open (If-Match, once there is something)" },
    ROUTE_END
};
