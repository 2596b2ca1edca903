/* directory_public.c: what residents ask: who is called so, who is here, who is responsible where I stand. Names of areas are public;
 * of organisations those marked so; of people those in a public post who agreed. A position is answered, never kept. */
#include "directory_inside.h"

#include <math.h>

#include "../search/search.h"
#include "../setting/setting.h"

enum { HITS = 40, NEARBY = 5, WITHIN_METRES = 3000, NAMESAKES = 400 };

#define METRES_A_DEGREE 111000.0   /* of latitude, a little less than there are: a box a little too large */

/* ---- views ---- */

struct item {
    AS_DIRECTORY_UNIT;
    struct str person, post_zh, post_en;
    double     metres;
};
#define ITEM(kind, m, ...) FIELD_##kind(struct item, m, __VA_ARGS__)
static const struct field item_fields[] = {
    ITEM(ID, id, REQUIRED, "Area or organisation"),
    ITEM(WORD, unit_kind, unit_kind_words, REQUIRED, "area or org"),
    ITEM(STR, name, 0, 0, REQUIRED, "Name"),
    ITEM(STR, kind, 0, 0, REQUIRED, "Its kind"),
    ITEM(STR, above, 0, 0, 0, "Names of the areas above it, from the district down"),
    ITEM(STR, phone, 0, 0, 0, "Telephone of the office"),
    ITEM(STR, address, 0, 0, 0, "Where to go"),
    ITEM(STR, hours, 0, 0, 0, "When it is open, in words"),
    ITEM(STR, person, 0, 0, 0, "Somebody in a public post there, when it was they who were found"),
    ITEM(STR, post_zh, 0, 0, 0, "Their post, Chinese"),
    ITEM(STR, post_en, 0, 0, 0, "Their post, English"),
    ITEM(GEO, at, 0, "Its place, WGS 84"),
    ITEM(REAL, metres, 0, "How far it is; 0 where nobody asked"),
    FIELD_END
};

static const struct field person_fields[] = {
    FIELD_STR(struct directory_person, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct directory_person, post_name_zh, 0, 0, REQUIRED, "Post, Chinese"),
    FIELD_STR(struct directory_person, post_name_en, 0, 0, REQUIRED, "Post, English"),
    FIELD_END
};

struct entry {
    struct item *unit;
    struct str   note;
    ms           updated_at;
    struct list  people, orgs, areas, facts;
};
static const struct field fact_fields[] = {
    FIELD_STR(struct unit_fact, label_zh, 0, 0, REQUIRED, "What it is, Chinese"), FIELD_STR(struct unit_fact, label_en, 0, 0, REQUIRED, "What it is, English"),
    FIELD_STR(struct unit_fact, value_zh, 0, 0, REQUIRED, "As people read it, Chinese"), FIELD_STR(struct unit_fact, value_en, 0, 0, REQUIRED, "… English"),
    FIELD_END
};
static const struct field entry_fields[] = {
    FIELD_OBJECT(struct entry, unit, item_fields, struct item, REQUIRED, "The area or organisation"),
    FIELD_STR(struct entry, note, 0, 0, 0, "What one can do there"),
    FIELD_TIME(struct entry, updated_at, 0, "When this was last looked after"),
    FIELD_LIST(struct entry, facts, fact_fields, struct unit_fact, 0, 0, REQUIRED, "What an organisation says in the public fields of its kind"),
    FIELD_LIST(struct entry, people, person_fields, struct directory_person, 0, 0, REQUIRED, "People in public posts there"),
    FIELD_LIST(struct entry, orgs, item_fields, struct item, 0, 0, REQUIRED, "Public organisations that belong to it or serve it, or lie below it"),
    FIELD_LIST(struct entry, areas, item_fields, struct item, 0, 0, REQUIRED, "Areas directly below; of an organisation: the area it belongs to"),
    FIELD_END
};

struct near_item { int64_t id; struct str name, kind; double metres; };
static const struct field near_fields[] = {
    FIELD_ID(struct near_item, id, REQUIRED, "Area across the border"), FIELD_STR(struct near_item, name, 0, 0, REQUIRED, "Name"),
    FIELD_STR(struct near_item, kind, 0, 0, REQUIRED, "Its kind"), FIELD_REAL(struct near_item, metres, REQUIRED, "Metres to the border"), FIELD_END
};
struct here_view { struct list levels, near, nearby; };
static const struct field here_fields[] = {
    FIELD_LIST(struct here_view, levels, entry_fields, struct entry, 0, 0, REQUIRED, "Who is responsible, the smallest area first; none: outside"),
    FIELD_LIST(struct here_view, near, near_fields, struct near_item, 0, 0, REQUIRED, "The border is near: it may also be one of these"),
    FIELD_LIST(struct here_view, nearby, item_fields, struct item, 0, 0, REQUIRED, "Public organisations with a place within three kilometres, nearest first"),
    FIELD_END
};

struct here_body { struct geo at; };
static const struct field here_body_fields[] = { FIELD_GEO(struct here_body, at, REQUIRED, "Where one stands, WGS 84"), FIELD_END };
struct find_query { struct str q; };
static const struct field find_query_fields[] = {
    FIELD_STR(struct find_query, q, 1, 60, REQUIRED, "Part of a name, or how it is said: wutongli, wtl"), FIELD_END
};

/* ---- reading ---- */

/* What one answer is made from. */
struct book {
    struct req                 *r;
    const struct unit_snapshot *s;
};

static err on_book(struct req *r, err (*work)(struct book *b))
{
    struct book b = { .r = r };
    if (!rate_take(r->app->directory->asks, r->remote, setting_i64(r->app, "directory.asks_per_hour", r->now), clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    b.s = unit_hold(r->app);
    err e = b.s ? work(&b) : FAIL(ERR_UNAVAILABLE);
    unit_release(b.s);
    return e;
}

static bool is_shown(const struct book *b, struct unit_ref u)
{
    return unit_in_use(b->s, u) && (u.kind == UNIT_AREA || unit_is_public(b->s, u));
}

static struct item item_of(const struct book *b, struct unit_ref u, const struct directory_card *card)
{
    struct item i = { .metres = 0 };
    directory_fill(b->s, b->r->arena, u, card, &i.unit);
    return i;
}

/* Shown ones among ids, each once, as items. */
static err items_of(const struct book *b, enum unit_kind kind, struct ids ids, struct list *out)
{
    int64_t    *once = ARENA_ARRAY(b->r->arena, ids.len + 1, int64_t);
    struct list cards;
    size_t      n = 0;
    for (size_t i = 0; i < ids.len; i++) {
        bool again = false;
        for (size_t k = 0; k < n && !again; k++)
            again = once[k] == ids.at[i];
        if (!again && is_shown(b, (struct unit_ref){ kind, ids.at[i] }))
            once[n++] = ids.at[i];
    }
    TRY(directory_cards_of(b->r->db, b->r->arena, b->r->tenant, (struct ids){ once, n }, &cards));
    struct item *at = ARENA_ARRAY(b->r->arena, n + 1, struct item);
    for (size_t i = 0; i < n; i++)
        at[i] = item_of(b, (struct unit_ref){ kind, once[i] }, directory_card_in(&cards, once[i]));
    *out = (struct list){ at, n };
    return OK;
}

static struct ids children_of(const struct book *b, struct unit_ref u)
{
    struct ids all = unit_subtree(b->s, b->r->arena, u);
    int64_t   *at = ARENA_ARRAY(b->r->arena, all.len + 1, int64_t);
    size_t     n = 0;
    for (size_t i = 0; i < all.len; i++)
        if (unit_parent(b->s, (struct unit_ref){ u.kind, all.at[i] }) == u.id)
            at[n++] = all.at[i];
    return (struct ids){ at, n };
}

/* Those that serve the area first, then those that belong to exactly it. */
static err orgs_of_area(struct book *b, int64_t area, struct ids *out)
{
    struct ids serving, inside = unit_orgs_in(b->s, b->r->arena, area);
    TRY(directory_serving(b->r->db, b->r->arena, b->r->tenant, area, b->r->now, &serving));
    int64_t *at = ARENA_ARRAY(b->r->arena, serving.len + inside.len + 1, int64_t);
    size_t   n = 0;
    for (size_t i = 0; i < serving.len; i++)
        at[n++] = serving.at[i];
    for (size_t i = 0; i < inside.len; i++)
        if (unit_area_of(b->s, (struct unit_ref){ UNIT_ORG, inside.at[i] }) == area)
            at[n++] = inside.at[i];
    *out = (struct ids){ at, n };
    return OK;
}

static err read_entry(struct book *b, struct unit_ref u, struct entry *v)
{
    struct directory_card card;
    struct ids            orgs, areas;
    TRY(directory_card_of(b->r->db, b->r->arena, b->r->tenant, u.id, &card));
    *v = (struct entry){ .unit = ARENA_NEW(b->r->arena, struct item), .note = card.note, .updated_at = card.updated_at };
    *v->unit = item_of(b, u, &card);
    TRY(directory_people_at(b->r->db, b->r->arena, b->r->tenant, b->r->now, u.id, &v->people));
    if (u.kind == UNIT_AREA) {
        TRY(orgs_of_area(b, u.id, &orgs));
        areas = children_of(b, u);
    } else {
        int64_t *home = ARENA_NEW(b->r->arena, int64_t);
        *home = unit_area_of(b->s, u);
        orgs = children_of(b, u);
        TRY(unit_org_facts(b->r->app, b->r->db, b->r->arena, u.id, unit_kind_of(b->s, u), b->r->now, &v->facts));
        areas = (struct ids){ home, *home != 0 };
    }
    TRY(items_of(b, UNIT_ORG, orgs, &v->orgs));
    return items_of(b, UNIT_AREA, areas, &v->areas);
}

/* ---- find ---- */

struct hit { int rank; size_t length; struct unit_ref unit; const struct directory_person *person; };

/* Keeps the best HITS, the better and shorter first. */
static void keep(struct hit *hits, size_t *n, struct hit h)
{
    size_t place = *n;
    while (place > 0 && (hits[place - 1].rank > h.rank || (hits[place - 1].rank == h.rank && hits[place - 1].length > h.length)))
        place--;
    if (place == HITS)
        return;
    memmove(hits + place + 1, hits + place, ((*n < HITS ? *n : HITS - 1) - place) * sizeof *hits);
    hits[place] = h;
    *n += *n < HITS;
}

static void find_among(const struct book *b, const struct directory_sought *sought, enum unit_kind kind, struct ids ids, struct hit *hits, size_t *n)
{
    struct arena *scratch = arena_new(0);
    for (size_t i = 0; i < ids.len; i++) {
        struct unit_ref u = { kind, ids.at[i] };
        struct str      name = unit_name(b->s, u);
        arena_reset(scratch);
        int rank = directory_rank(scratch, sought, name);
        if (rank >= 0 && is_shown(b, u))
            keep(hits, n, (struct hit){ rank, name.len, u, NULL });
    }
    arena_free(scratch);
}

struct namesakes { struct { int rank; size_t length; int64_t id; } at[NAMESAKES]; size_t n; };

/* Keeps the best; of those who fit equally well the first. */
static void keep_name(struct namesakes *all, int rank, size_t length, int64_t id)
{
    size_t place = all->n;
    while (place > 0 && (all->at[place - 1].rank > rank || (all->at[place - 1].rank == rank && all->at[place - 1].length > length)))
        place--;
    if (place == NAMESAKES)
        return;
    memmove(all->at + place + 1, all->at + place, ((all->n < NAMESAKES ? all->n : NAMESAKES - 1) - place) * sizeof *all->at);
    all->at[place].rank = rank;
    all->at[place].length = length;
    all->at[place].id = id;
    all->n += all->n < NAMESAKES;
}

/* Names are looked through first, since few answer; only then posts are read, of those who do. */
static err find_people(const struct book *b, const struct directory_sought *sought, struct hit *hits, size_t *n)
{
    struct arena     *a = b->r->arena, *scratch = arena_new(0);
    struct namesakes *found = ARENA_NEW(a, struct namesakes);
    int64_t          *ids = ARENA_ARRAY(a, NAMESAKES, int64_t);
    struct list       all, people;
    err               e = directory_named(b->r->db, a, b->r->tenant, &all);
    const struct directory_named *one = all.at;
    for (size_t i = 0; !failed(e) && i < all.len; i++) {
        arena_reset(scratch);
        int rank = directory_rank(scratch, sought, one[i].name);
        if (rank >= 0)
            keep_name(found, rank, one[i].name.len, one[i].id);
    }
    arena_free(scratch);
    TRY(e);
    for (size_t i = 0; i < found->n; i++)
        ids[i] = found->at[i].id;
    TRY(directory_people_among(b->r->db, a, b->r->tenant, b->r->now, (struct ids){ ids, found->n }, &people));
    const struct directory_person *p = people.at;
    for (size_t i = 0; i < people.len; i++) {
        struct unit_ref u = { (enum unit_kind)p[i].unit_kind, p[i].unit_id };
        if (is_shown(b, u))
            keep(hits, n, (struct hit){ directory_rank(a, sought, p[i].name), p[i].name.len, u, &p[i] });
    }
    return OK;
}

static err hit_items(const struct book *b, const struct hit *hits, size_t n, struct item *items)
{
    int64_t     ids[HITS];
    struct list cards;
    for (size_t i = 0; i < n; i++)
        ids[i] = hits[i].unit.id;
    TRY(directory_cards_of(b->r->db, b->r->arena, b->r->tenant, (struct ids){ ids, n }, &cards));
    for (size_t i = 0; i < n; i++) {
        items[i] = item_of(b, hits[i].unit, directory_card_in(&cards, hits[i].unit.id));
        if (hits[i].person) {
            items[i].person = hits[i].person->name;
            items[i].post_zh = hits[i].person->post_name_zh;
            items[i].post_en = hits[i].person->post_name_en;
        }
    }
    return OK;
}

static err find_work(struct book *b)
{
    const struct find_query *q = b->r->query;
    struct arena            *a = b->r->arena;
    struct directory_sought  sought = { q->q, search_fold(a, q->q), pinyin_typed(q->q) ? directory_pinyin(b->r->app) : NULL };
    struct hit               hits[HITS + 1];
    struct item             *items = ARENA_ARRAY(a, HITS, struct item);
    size_t                   n = 0;
    int64_t                  root = unit_root(b->s);
    find_among(b, &sought, UNIT_AREA, unit_subtree(b->s, a, (struct unit_ref){ UNIT_AREA, root }), hits, &n);
    find_among(b, &sought, UNIT_ORG, unit_orgs_in(b->s, a, root), hits, &n);
    TRY(find_people(b, &sought, hits, &n));
    TRY(hit_items(b, hits, n, items));
    return reply_list(b->r, item_fields, sizeof *items, (struct list){ items, n }, STR_NONE);
}

static err find(struct req *r)
{
    return on_book(r, find_work);
}

/* ---- one entry ---- */

static err one_work(struct book *b)
{
    struct entry    v;
    int64_t         id = b->r->path[0];
    struct unit_ref u = { id && unit_depth(b->s, (struct unit_ref){ UNIT_AREA, id }) >= 0 ? UNIT_AREA : UNIT_ORG, id };
    if (!is_shown(b, u))
        return FAIL(ERR_NOT_FOUND);
    TRY(read_entry(b, u, &v));
    return reply_view(b->r, entry_fields, &v, 0);
}

static err one(struct req *r)
{
    return on_book(r, one_work);
}

/* The district itself: where one begins to leaf through. */
static err top_work(struct book *b)
{
    b->r->path[0] = unit_root(b->s);
    return one_work(b);
}

static err top(struct req *r)
{
    return on_book(r, top_work);
}

/* ---- where I stand ---- */

static struct geo moved(struct geo at, double metres)
{
    double high = metres / METRES_A_DEGREE, wide = high / fmax(0.1, cos(at.lat * M_PI / 180));
    return (struct geo){ true, at.lon + wide, at.lat + high };
}

static err nearby(const struct book *b, struct geo at, struct list *out)
{
    struct item *items = ARENA_ARRAY(b->r->arena, NEARBY + 1, struct item);
    struct list  cards;
    size_t       n = 0;
    TRY(directory_cards_between(b->r->db, b->r->arena, b->r->tenant, moved(at, -WITHIN_METRES), moved(at, WITHIN_METRES), &cards));
    const struct directory_card *card = cards.at;
    for (size_t i = 0; i < cards.len; i++) {
        struct unit_ref u = { UNIT_ORG, card[i].unit_id };
        double          metres = unit_metres(at, (struct geo){ true, card[i].lon, card[i].lat });
        size_t          place = n;
        if (metres > WITHIN_METRES || !is_shown(b, u))
            continue;
        while (place > 0 && items[place - 1].metres > metres)
            place--;
        if (place == NEARBY)
            continue;
        memmove(items + place + 1, items + place, ((n < NEARBY ? n : NEARBY - 1) - place) * sizeof *items);
        items[place] = item_of(b, u, &card[i]);
        items[place].metres = metres;
        n += n < NEARBY;
    }
    *out = (struct list){ items, n };
    return OK;
}

static err read_levels(struct book *b, int64_t area, struct list *out)
{
    int           depth = unit_depth(b->s, (struct unit_ref){ UNIT_AREA, area });
    struct entry *levels = ARENA_ARRAY(b->r->arena, (size_t)depth + 2, struct entry);
    size_t        n = 0;
    for (; area; area = unit_parent(b->s, (struct unit_ref){ UNIT_AREA, area })) {
        TRY(read_entry(b, (struct unit_ref){ UNIT_AREA, area }, &levels[n]));
        levels[n++].areas = (struct list){ NULL, 0 };
    }
    *out = (struct list){ levels, n };
    return OK;
}

static err here_work(struct book *b)
{
    const struct here_body *in = b->r->body;
    struct unit_place       place;
    struct here_view        v = { .near = { NULL, 0 } };
    TRY(nearby(b, in->at, &v.nearby));
    unit_find(b->s, in->at.lon, in->at.lat, (double)setting_i64(b->r->app, "unit.border_metres", b->r->now), &place);
    struct near_item *near = ARENA_ARRAY(b->r->arena, place.near_count + 1, struct near_item);
    for (size_t i = 0; i < place.near_count; i++) {
        struct unit_ref u = { UNIT_AREA, place.near[i].area };
        near[i] = (struct near_item){ u.id, str_copy(b->r->arena, unit_name(b->s, u)), str_copy(b->r->arena, unit_kind_of(b->s, u)), place.near[i].metres };
    }
    v.near = (struct list){ near, place.near_count };
    TRY(read_levels(b, place.area, &v.levels));
    return reply_view(b->r, here_fields, &v, 0);
}

static err here(struct req *r)
{
    return on_book(r, here_work);
}

#define OPEN .perm = PERM_PUBLIC, .tx = TX_READ, .tag = "directory", ROUTE_ERRORS(ERR_TOO_MANY)

const struct route directory_public_routes[] = {
    { GET, "/api/v1/public/directory", top, OPEN, .reply_kind = REPLY_VIEW, .reply = entry_fields,
      .summary = "The directory's first page: the district, its public organisations, its streets" },
    { GET, "/api/v1/public/directory/find", find, OPEN, ROUTE_QUERY(struct find_query, find_query_fields), .reply_kind = REPLY_LIST,
      .reply = item_fields, .summary = "Areas, public organisations and people in public posts by name, or by how it is said" },
    { GET, "/api/v1/public/directory/:id", one, OPEN, .reply_kind = REPLY_VIEW, .reply = entry_fields,
      .summary = "An area or public organisation: how to reach it, who is there, what lies below" },
    { POST, "/api/v1/public/directory/here", here, OPEN, ROUTE_BODY(struct here_body, here_body_fields), .flags = ROUTE_NO_STORE,
      .reply_kind = REPLY_VIEW, .reply = here_fields, .summary = "Who is responsible at a place; the place is not kept" },
    ROUTE_END
};
