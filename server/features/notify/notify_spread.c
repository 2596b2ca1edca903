/* From a row of the outbox to a notice for each person it concerns. Whom, is read before the write, in which everybody else would wait for
 * it; the notices are inserted and the row is deleted in one write: a message arrives once, whatever happens in between. */
#include "../../base/id.h"
#include "../../base/log.h"
#include "../unit/unit.h"
#include "notify_parts.h"

#define COLUMNS "id, channel, kind, object_kind, object_id, params, tries, created_at, failed_at, problem"
#define PEOPLE_MOST  1000   /* of one message; more is a mistake in who holds what */
#define HOLDERS_MOST 2000   /* of roles at one unit, likewise */

DB_SQL(outbox_due,
       "SELECT " COLUMNS " FROM outbox WHERE tenant_id = $1 AND id > $4 AND failed_at IS NULL AND next_at <= $2 ORDER BY id LIMIT $3")
DB_SQL(outbox_delete, "DELETE FROM outbox WHERE tenant_id = $1 AND id = $2")
DB_SQL(outbox_failed,
       "UPDATE outbox SET tries = tries + 1, problem = $3, next_at = COALESCE($4, next_at), failed_at = $5 WHERE tenant_id = $1 AND id = $2")
DB_SQL(holders_at,
       "SELECT a.person_id, r.permissions FROM assignment a JOIN role r ON r.tenant_id = a.tenant_id AND r.id = a.role_id "
       "WHERE a.tenant_id = $1 AND a.unit_id = $2 AND a.unit_kind = $3 AND a.valid_from <= $4 "
       "AND (a.valid_to IS NULL OR a.valid_to > $4) ORDER BY a.person_id LIMIT $5")
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
struct holder { int64_t person; perm_set perms; bool asked; void *wish; };
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

static err wish_of(struct db_conn *c, const struct round *r, int64_t person, void **out)
{
    const struct notify_channel *channel = channel_of(r);
    *out = NULL;
    return channel ? channel->wish(c, r->arena, r->app, person, out) : OK;
}

static bool add_person(struct people *p, int64_t person, int64_t by)
{
    bool known = person == by || p->len == PEOPLE_MOST;
    for (size_t i = 0; i < p->len && !known; i++)
        known = p->at[i].person == person;
    if (!known)
        p->at[p->len++] = (struct told){ .person = person, .stands_for = 1 };
    return !known;
}

static err read_holders(struct db_conn *c, struct round *r, struct holders *out)
{
    struct arena_mark m = arena_mark(r->scratch);
    struct holder    *at = ARENA_ARRAY(r->scratch, HOLDERS_MOST, struct holder), *kept;
    struct db_rows    rows;
    size_t            n = 0;
    TRY(db_query(c, &holders_at, DB_ARGS(I64(r->app->tenant), I64(out->unit.id), I64(out->unit.kind), TIME(r->now), I64(HOLDERS_MOST)), &rows));
    while (n < HOLDERS_MOST && db_next(&rows))
        at[n++] = (struct holder){ .person = db_i64(&rows, 0), .perms = perm_set_parse(db_text(&rows, 1)) };
    TRY(db_done(&rows));
    kept = ARENA_ARRAY(r->arena, n + 1, struct holder);
    memcpy(kept, at, n * sizeof *at);
    arena_rewind(r->scratch, m);
    out->all = (struct list){ kept, n };
    return OK;
}

static err holders_of(struct db_conn *c, struct round *r, struct unit_ref unit, struct list *out)
{
    struct holders *h = r->known;
    while (h && (h->unit.id != unit.id || h->unit.kind != unit.kind))
        h = h->next;
    if (!h) {
        h = ARENA_NEW(r->arena, struct holders);
        h->unit = unit;
        TRY(read_holders(c, r, h));
        h->next = r->known;
        r->known = h;
    }
    *out = h->all;
    return OK;
}

static err holder_wish(struct db_conn *c, const struct round *r, struct holder *h, void **out)
{
    if (!h->asked)
        TRY(wish_of(c, r, h->person, &h->wish));
    h->asked = true;
    *out = h->wish;
    return OK;
}

/* *held: somebody holds it here, be it only the one who is left out. */
static err holders(struct db_conn *c, struct round *r, const struct notify_place *at, int64_t by, struct people *out, bool *held)
{
    struct list all;
    *held = false;
    TRY(holders_of(c, r, at->unit, &all));
    for (size_t i = 0; i < all.len; i++) {
        struct holder *h = (struct holder *)all.at + i;
        if (!(h->perms & PERM_BIT(at->perm)))
            continue;
        *held = true;
        if (add_person(out, h->person, by))
            TRY(holder_wish(c, r, h, &out->at[out->len - 1].wish));
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

static err person(struct db_conn *c, const struct round *r, const struct address *to, struct people *out)
{
    return add_person(out, to->person, to->by) ? wish_of(c, r, to->person, &out->at[0].wish) : OK;
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
        struct told *t = &out->at[out->len++];
        *t = (struct told){ .person = all.at[i], .stands_for = 1 };
        TRY(wish_of(c, r, t->person, &t->wish));
    }
    return OK;
}

static err people_of(struct db_conn *c, struct round *r, const struct address *to, int64_t object, struct people *out)
{
    if (to->audience.ptr)
        return audience(c, r, to, object, out);
    out->at = ARENA_ARRAY(r->scratch, PEOPLE_MOST, struct told);
    return to->person ? person(c, r, to, out) : addressees(c, r, to, out);
}

/* The one channel so far; others stand beside its notices. */
static err plan(struct db_conn *c, struct round *r, const struct outbox_row *m, struct plan *out)
{
    struct people people = { 0 };
    if (!str_is(m->channel, "in_app"))
        return FAIL(ERR_NOT_A_CHOICE);
    TRY(notify_address_read(r->arena, m->params, &out->address));
    TRY(people_of(c, r, &out->address, m->object_id, &people));
    struct told *kept = ARENA_ARRAY(r->arena, people.len + 1, struct told);
    if (people.len)
        memcpy(kept, people.at, people.len * sizeof *kept);
    out->to = (struct list){ kept, people.len };
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
    r->plans = ARENA_ARRAY(r->arena, r->rows.len + 1, struct plan);
    for (size_t i = 0; i < r->rows.len; i++) {
        struct arena_mark m = arena_mark(r->scratch);
        r->plans[i].e = plan(c, r, (const struct outbox_row *)r->rows.at + i, &r->plans[i]);
        arena_rewind(r->scratch, m);
        if (of_the_database(r->plans[i].e))
            return r->plans[i].e;
    }
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
