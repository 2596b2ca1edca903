/* From a row of the outbox to a notice for each person it concerns. Whom, is read before the write, in which everybody else would wait for
 * it; the notices are inserted and the row is deleted in one write: a message arrives once, whatever happens in between. */
#include <stdlib.h>

#include "../../base/id.h"
#include "../../base/log.h"
#include "../unit/unit.h"
#include "notify_parts.h"

#define COLUMNS "id, channel, kind, object_kind, object_id, params, tries, created_at, failed_at, problem"
#define PEOPLE_MOST  1000   /* of one message; more is a mistake in who holds what */
#define HOLDERS_MOST 2000   /* of roles at one unit, likewise */
#define AT_ONCE_MOST 5000   /* of roles at all units asked for at once */

DB_SQL(outbox_due,
       "SELECT " COLUMNS " FROM outbox WHERE tenant_id = $1 AND id > $4 AND failed_at IS NULL AND next_at <= $2 ORDER BY id LIMIT $3")
DB_SQL(outbox_delete, "DELETE FROM outbox WHERE tenant_id = $1 AND id = $2")
DB_SQL(outbox_failed,
       "UPDATE outbox SET tries = tries + 1, problem = $3, next_at = COALESCE($4, next_at), failed_at = $5 WHERE tenant_id = $1 AND id = $2")
DB_SQL(holders_at,
       "SELECT a.unit_kind, a.unit_id, a.person_id, r.permissions FROM assignment a JOIN role r ON r.tenant_id = a.tenant_id AND r.id = a.role_id "
       "WHERE a.tenant_id = $1 AND a.unit_id IN (SELECT CAST(key AS BIGINT) FROM json_each($2)) AND a.valid_from <= $3 "
       "AND (a.valid_to IS NULL OR a.valid_to > $3) ORDER BY a.unit_id, a.unit_kind, a.person_id LIMIT $4")
DB_SQL(notice_insert,
       "INSERT INTO notice (tenant_id, id, person_id, kind, object_kind, object_id, params, created_at) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")

const struct field outbox_row_fields[] = {
    FIELD_ID(struct outbox_row, id, REQUIRED, "Message"),
    FIELD_STR(struct outbox_row, channel, 0, 0, REQUIRED, "in_app, mail, webhook"),
    FIELD_STR(struct outbox_row, kind, 0, 0, REQUIRED, "Such as case.dispatched"),
    FIELD_STR(struct outbox_row, object_kind, 0, 0, REQUIRED, "What it is about"),
    FIELD_ID(struct outbox_row, object_id, REQUIRED, "Which"),
    FIELD_JSON(struct outbox_row, params, 0, "To whom, and words for the text"),
    FIELD_I64(struct outbox_row, tries, 0, 0, REQUIRED, "Attempts"),
    FIELD_TIME(struct outbox_row, created_at, REQUIRED, "When it was written"),
    FIELD_TIME(struct outbox_row, failed_at, 0, "When it was given up"),
    FIELD_STR(struct outbox_row, problem, 0, 0, 0, "What went wrong last"),
    FIELD_END
};

/* Who holds what at a unit: many messages of a round go to the same few units. */
struct holder { int64_t person; perm_set perms; };
struct holders {
    struct unit_ref unit;
    struct list     all;
    struct holders *next;
};

struct round {
    struct app     *app;
    struct arena   *arena, *scratch;
    ms              now;
    struct list     rows;
    struct plan    *plans;      /* of each row */
    struct holders *known;
    int64_t         above;      /* only messages with a greater id are looked for */
    size_t          first, n;   /* the part of rows that is under way */
};

/* ---- to whom ---- */

struct people { struct told *at; size_t len; };

static const struct notify_channel *channel_of(const struct round *r)
{
    return r->app->notify ? r->app->notify->channel : NULL;
}

static void add_person(struct people *p, int64_t person, int64_t by)
{
    bool known = person == by || p->len == PEOPLE_MOST;
    for (size_t i = 0; i < p->len && !known; i++)
        known = p->at[i].person == person;
    if (!known)
        p->at[p->len++] = (struct told){ .person = person, .stands_for = 1 };
}

static struct holders *known_at(const struct round *r, struct unit_ref unit)
{
    struct holders *h = r->known;
    while (h && (h->unit.id != unit.id || h->unit.kind != unit.kind))
        h = h->next;
    return h;
}

static void note_unit(struct round *r, struct unit_ref unit)
{
    if (!unit.id || known_at(r, unit))
        return;
    struct holders *h = ARENA_NEW(r->arena, struct holders);
    *h = (struct holders){ .unit = unit, .next = r->known };
    r->known = h;
}

static void keep_holders(struct round *r, struct unit_ref unit, const struct holder *at, size_t n)
{
    struct holders *h = known_at(r, unit);
    if (!h || !n)
        return;
    struct holder *kept = ARENA_ARRAY(r->arena, n, struct holder);
    memcpy(kept, at, n * sizeof *at);
    h->all = (struct list){ kept, n };
}

static struct ids noted_since(struct round *r, const struct holders *before)
{
    size_t n = 0;
    for (const struct holders *h = r->known; h != before; h = h->next)
        n++;
    int64_t *at = ARENA_ARRAY(r->scratch, n + 1, int64_t);
    n = 0;
    for (const struct holders *h = r->known; h != before; h = h->next)
        at[n++] = h->unit.id;
    return (struct ids){ at, n };
}

/* Of the units noted since then. When that is too much at once they are forgotten, and each is asked for when it is come to. */
static err read_holders(struct db_conn *c, struct round *r, struct holders *before)
{
    struct arena_mark m = arena_mark(r->scratch);
    struct ids        units = noted_since(r, before);
    struct unit_ref   unit = { 0 };
    struct db_rows    rows;
    size_t            n = 0, all = 0;
    if (!units.len)
        return OK;
    struct holder *at = ARENA_ARRAY(r->scratch, HOLDERS_MOST, struct holder);
    TRY(db_query(c, &holders_at, DB_ARGS(I64(r->app->tenant), TEXT(db_keys(r->scratch, units)), TIME(r->now), I64(AT_ONCE_MOST)), &rows));
    for (; db_next(&rows); all++) {
        struct unit_ref next = { .kind = (enum unit_kind)db_i64(&rows, 0), .id = db_i64(&rows, 1) };
        if (next.id != unit.id || next.kind != unit.kind) {
            keep_holders(r, unit, at, n);
            unit = next;
            n = 0;
        }
        if (n < HOLDERS_MOST)
            at[n++] = (struct holder){ .person = db_i64(&rows, 2), .perms = perm_set_parse(db_text(&rows, 3)) };
    }
    TRY(db_done(&rows));
    keep_holders(r, unit, at, n);
    arena_rewind(r->scratch, m);
    if (all == AT_ONCE_MOST && units.len > 1)
        r->known = before;
    return OK;
}

/* The places of all messages and the units above these, where most of who is concerned is found. */
static err read_near_holders(struct db_conn *c, struct round *r)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    for (size_t i = 0; i < r->rows.len; i++) {
        const struct list *places = &r->plans[i].address.places;
        for (size_t k = 0; !failed(r->plans[i].e) && k < places->len; k++) {
            struct unit_ref unit = ((const struct notify_place *)places->at)[k].unit;
            note_unit(r, unit);
            unit.id = unit_parent(s, unit);
            note_unit(r, unit);
        }
    }
    unit_release(s);
    return read_holders(c, r, NULL);
}

static err holders_of(struct db_conn *c, struct round *r, struct unit_ref unit, struct list *out)
{
    struct holders *before = r->known;
    if (!known_at(r, unit)) {
        note_unit(r, unit);
        TRY(read_holders(c, r, before));
    }
    *out = known_at(r, unit)->all;
    return OK;
}

/* *held: somebody holds it here, be it only the one who is left out. */
static err holders(struct db_conn *c, struct round *r, const struct notify_place *at, int64_t by, struct people *out, bool *held)
{
    struct list all;
    *held = false;
    TRY(holders_of(c, r, at->unit, &all));
    for (size_t i = 0; i < all.len; i++) {
        const struct holder *h = (const struct holder *)all.at + i;
        if (!(h->perms & PERM_BIT(at->perm)))
            continue;
        *held = true;
        add_person(out, h->person, by);
    }
    return OK;
}

static err addressees(struct db_conn *c, struct round *r, const struct address *to, struct people *out)
{
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = OK;
    for (size_t i = 0; i < to->places.len && !failed(e); i++) {
        struct notify_place at = ((const struct notify_place *)to->places.at)[i];
        for (bool held = false; at.unit.id && !held && !failed(e); at.unit.id = unit_parent(s, at.unit))
            e = holders(c, r, &at, to->by, out, &held);
    }
    unit_release(s);
    return e;
}

static err audience(struct db_conn *c, const struct round *r, const struct address *to, int64_t object, struct people *out)
{
    notify_audience persons = notify_audience_named(r->app, to->audience);
    struct ids      all;
    if (!persons)
        return FAIL(ERR_NOT_A_CHOICE);
    TRY(persons(c, r->scratch, r->app, object, &all));
    out->at = ARENA_ARRAY(r->scratch, all.len + 1, struct told);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i] == to->by || all.at[i] == to->except)
            continue;
        out->at[out->len++] = (struct told){ .person = all.at[i], .stands_for = 1 };
    }
    return OK;
}

static err people_of(struct db_conn *c, struct round *r, const struct address *to, int64_t object, struct people *out)
{
    if (to->audience.ptr)
        return audience(c, r, to, object, out);
    out->at = ARENA_ARRAY(r->scratch, PEOPLE_MOST, struct told);
    if (!to->person)
        return addressees(c, r, to, out);
    add_person(out, to->person, to->by);
    return OK;
}

/* The one channel so far; others stand beside its notices. */
static err read_address(const struct round *r, const struct outbox_row *m, struct address *out)
{
    return str_is(m->channel, "in_app") ? notify_address_read(r->arena, m->params, out) : FAIL(ERR_NOT_A_CHOICE);
}

static err plan(struct db_conn *c, struct round *r, const struct outbox_row *m, struct plan *out)
{
    struct people people = { 0 };
    TRY(out->e);
    TRY(people_of(c, r, &out->address, m->object_id, &people));
    struct told *kept = ARENA_ARRAY(r->arena, people.len + 1, struct told);
    if (people.len)
        memcpy(kept, people.at, people.len * sizeof *kept);
    out->to = (struct list){ kept, people.len };
    return OK;
}

static int by_person(const void *x, const void *y)
{
    const struct told *a = *(struct told *const *)x, *b = *(struct told *const *)y;
    return (a->person > b->person) - (a->person < b->person);
}

/* Of all messages, sorted by person. */
static struct told **all_told(const struct round *r, size_t *n)
{
    size_t most = 0;
    for (size_t i = 0; i < r->rows.len; i++)
        most += failed(r->plans[i].e) ? 0 : r->plans[i].to.len;
    struct told **all = ARENA_ARRAY(r->arena, most + 1, struct told *);
    *n = 0;
    for (size_t i = 0; i < r->rows.len; i++)
        for (size_t k = 0; !failed(r->plans[i].e) && k < r->plans[i].to.len; k++)
            all[(*n)++] = (struct told *)r->plans[i].to.at + k;
    qsort(all, *n, sizeof(struct told *), by_person);
    return all;
}

/* What each of them wants beside the notices. */
static err read_wishes(struct db_conn *c, const struct round *r)
{
    const struct notify_channel *channel = channel_of(r);
    size_t                       n, len = 0;
    struct told                **all = all_told(r, &n);
    int64_t                     *persons = ARENA_ARRAY(r->arena, n + 1, int64_t);
    void                       **wishes = ARENA_ARRAY(r->arena, n + 1, void *);
    if (!channel || !n)
        return OK;
    for (size_t i = 0; i < n; i++)
        if (!i || all[i]->person != all[i - 1]->person)
            persons[len++] = all[i]->person;
    TRY(channel->wishes(c, r->arena, r->app, (struct ids){ persons, len }, wishes));
    for (size_t i = 0, k = 0; i < n; i++) {
        k += persons[k] != all[i]->person;
        all[i]->wish = wishes[k];
    }
    return OK;
}

/* ---- a round ---- */

/* A fault of the database is the round's; a message's own is kept with it. */
static bool of_the_database(err e)
{
    return e.code == ERR_UNAVAILABLE || e.code == ERR_STORAGE_FULL || e.code == ERR_CONFLICT || e.code == ERR_INTERNAL;
}

static err read_due(struct db_conn *c, void *arg)
{
    struct round *r = arg;
    r->known = NULL;
    TRY(db_all(c, r->arena, &outbox_due, DB_ARGS(I64(r->app->tenant), TIME(r->now), I64(NOTIFY_BATCH), I64(r->above)), outbox_row_fields,
               sizeof(struct outbox_row), NOTIFY_BATCH, &r->rows));
    const struct outbox_row *row = r->rows.at;
    r->plans = ARENA_ARRAY(r->arena, r->rows.len + 1, struct plan);
    for (size_t i = 0; i < r->rows.len; i++)
        r->plans[i].e = read_address(r, &row[i], &r->plans[i].address);
    TRY(read_near_holders(c, r));
    for (size_t i = 0; i < r->rows.len; i++) {
        struct arena_mark m = arena_mark(r->scratch);
        r->plans[i].e = plan(c, r, &row[i], &r->plans[i]);
        arena_rewind(r->scratch, m);
        if (of_the_database(r->plans[i].e))
            return r->plans[i].e;
    }
    TRY(read_wishes(c, r));
    notify_gather(r->arena, &r->rows, r->plans);
    return OK;
}

/* Of several the first, named as one of them: "agreements" and its id. */
static struct notify_told message(struct arena *a, const struct outbox_row *m, const struct told *to, struct str words)
{
    struct notify_told n = { to->person, m->kind, m->object_kind, m->object_id, words, m->created_at };
    if (to->stands_for == 1)
        return n;
    n.kind = str_of(notify_kind_many(a, m->kind)->name);
    n.object_kind = str_fmt(a, "%.*ss", STR_ARG(m->object_kind));
    n.words = notify_words_many(a, words, to->stands_for);
    return n;
}

static err put_notice(struct db_conn *c, const struct round *r, const struct outbox_row *m, const struct told *to, struct str words)
{
    if (!to->stands_for)
        return OK;
    struct notify_told n = message(r->arena, m, to, words);
    TRY(db_send(c, &notice_insert,
                DB_ARGS(I64(r->app->tenant), I64(id_new()), I64(n.person), TEXT(n.kind), TEXT(n.object_kind), I64(n.object_id),
                        TEXT(n.words), TIME(n.at))));
    return to->wish ? channel_of(r)->put(c, r->app, &n, to->wish) : OK;
}

static err send_one(struct db_conn *c, const struct round *r, const struct outbox_row *m, const struct plan *p)
{
    TRY(p->e);
    for (size_t i = 0; i < p->to.len; i++)
        TRY(put_notice(c, r, m, (const struct told *)p->to.at + i, p->address.words));
    return db_send(c, &outbox_delete, DB_ARGS(I64(r->app->tenant), I64(m->id)));
}

static err send_part(struct db_conn *c, void *arg)
{
    const struct round      *r = arg;
    const struct outbox_row *rows = r->rows.at;
    for (size_t i = r->first; i < r->first + r->n; i++)
        TRY(send_one(c, r, &rows[i], &r->plans[i]));
    return OK;
}

struct failing { const struct round *round; const struct outbox_row *row; err why; };

static err note_failure(struct db_conn *c, void *arg)
{
    const struct failing *f = arg;
    ms                    now = f->round->now, next = notify_next_try(f->row->tries + 1, now);
    return db_exec(c, &outbox_failed,
                   DB_ARGS(I64(f->round->app->tenant), I64(f->row->id), TEXT(str_of(err_slug(f->why.code))), TIME(next),
                           TIME(next ? 0 : now)),
                   NULL);
}

/* One at a time, so that a message that cannot be sent does not hold up the others; nor is what it was to say for others lost with it. */
static err send_singly(struct round *r)
{
    const struct outbox_row *rows = r->rows.at;
    notify_scatter(&r->rows, r->plans);
    r->n = 1;
    for (r->first = 0; r->first < r->rows.len; r->first++) {
        err e = db_write_freely(r->app->db, r->app->tenant, send_part, r);
        if (e.code == ERR_UNAVAILABLE || e.code == ERR_STORAGE_FULL)
            return e;
        if (!failed(e))
            continue;
        log_event(LOG_WARN, "message_failed", "kind", str_z(r->arena, rows[r->first].kind), "problem", err_slug(e.code), NULL);
        TRY(db_write(r->app->db, r->app->tenant, note_failure, &(struct failing){ r, &rows[r->first], e }));
    }
    return OK;
}

static err spread(struct round *r)
{
    TRY(db_read(r->app->db, read_due, r));
    if (r->rows.len == 0)
        return OK;
    r->n = r->rows.len;
    err e = db_write_freely(r->app->db, r->app->tenant, send_part, r);
    return failed(e) ? send_singly(r) : OK;
}

/* Where all rows are looked at that are there, those before them are seen too that were sent and deleted: on PostgreSQL they stand in the index until it
 * is vacuumed, some hundred thousand under load. So that is done seldom, and again while it fills a round; what is tried again waits for it. */
err notify_round(struct app *app, struct arena *a, int *done)
{
    struct notify_state *s = app->notify;
    struct round         r = { .app = app, .arena = a, .scratch = arena_new(0), .now = clock_now() };
    bool                 all = !s || r.now >= s->all_at || s->all_at > r.now + NOTIFY_ALL_EVERY;   /* the last: the clock was set back */
    r.above = all ? 0 : id_at(r.now - NOTIFY_NEWEST);
    err e = spread(&r);
    if (s && all && !failed(e) && r.rows.len < NOTIFY_BATCH)
        s->all_at = r.now + NOTIFY_ALL_EVERY;
    arena_free(r.scratch);
    *done = failed(e) ? 0 : (int)r.rows.len;
    return e;
}
