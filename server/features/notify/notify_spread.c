/* From a row of the outbox to a notice for each person it concerns. The notices are inserted and the row is deleted in one write: a
 * message arrives once, whatever happens in between. */
#include "../../base/id.h"
#include "../../base/log.h"
#include "../unit/unit.h"
#include "notify_parts.h"

#define COLUMNS "id, channel, kind, object_kind, object_id, params, tries, created_at, failed_at, problem"
#define PEOPLE_MOST  1000   /* of one message; more is a mistake in who holds what */
#define HOLDERS_MOST 2000   /* of roles at one unit, likewise */

DB_SQL(outbox_due,
       "SELECT " COLUMNS " FROM outbox WHERE tenant_id = $1 AND failed_at IS NULL AND next_at <= $2 ORDER BY id LIMIT $3")
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

/* Who holds what at a unit: many messages of a part go to the same few units. */
struct holder { int64_t person; perm_set perms; };
struct holders {
    struct unit_ref unit;
    struct list     all;
    struct holders *next;
};

/* Whom a row is for; read before the write, which others wait for. */
struct told { struct address address; err e; };

struct round {
    struct app   *app;
    struct arena *arena;
    ms            now;
    struct list   rows;
    struct told  *to;         /* of each row */
    size_t        first, n;   /* the part of rows that is under way */
    struct holders *known;    /* in its write */
};

/* ---- to whom ---- */

struct people { int64_t *at; size_t len; };

static void add_person(struct people *p, int64_t person, int64_t by)
{
    bool known = person == by || p->len == PEOPLE_MOST;
    for (size_t i = 0; i < p->len && !known; i++)
        known = p->at[i] == person;
    if (!known)
        p->at[p->len++] = person;
}

static err read_holders(struct db_conn *c, struct round *r, struct holders *out)
{
    struct holder *at = ARENA_ARRAY(r->arena, HOLDERS_MOST, struct holder), *kept;
    struct db_rows rows;
    size_t         n = 0;
    TRY(db_query(c, &holders_at, DB_ARGS(I64(r->app->tenant), I64(out->unit.id), I64(out->unit.kind), TIME(r->now), I64(HOLDERS_MOST)), &rows));
    while (n < HOLDERS_MOST && db_next(&rows))
        at[n++] = (struct holder){ db_i64(&rows, 0), perm_set_parse(db_text(&rows, 1)) };
    TRY(db_done(&rows));
    kept = ARENA_ARRAY(db_group_arena(c), n + 1, struct holder);
    memcpy(kept, at, n * sizeof *at);
    out->all = (struct list){ kept, n };
    return OK;
}

static err holders_of(struct db_conn *c, struct round *r, struct unit_ref unit, struct list *out)
{
    struct holders *h = r->known;
    while (h && (h->unit.id != unit.id || h->unit.kind != unit.kind))
        h = h->next;
    if (!h) {
        h = ARENA_NEW(db_group_arena(c), struct holders);
        h->unit = unit;
        TRY(read_holders(c, r, h));
        h->next = r->known;
        r->known = h;
    }
    *out = h->all;
    return OK;
}

/* *held: somebody holds it here, be it only the one who is left out. */
static err holders(struct db_conn *c, struct round *r, struct unit_ref unit, const struct address *to, struct people *out, bool *held)
{
    struct list all;
    *held = false;
    TRY(holders_of(c, r, unit, &all));
    for (size_t i = 0; i < all.len; i++) {
        const struct holder *h = (const struct holder *)all.at + i;
        if (!(h->perms & PERM_BIT(to->perm)))
            continue;
        *held = true;
        add_person(out, h->person, to->by);
    }
    return OK;
}

static err addressees(struct db_conn *c, struct round *r, const struct address *to, struct people *out)
{
    bool held = false;
    if (to->person) {
        add_person(out, to->person, to->by);
        return OK;
    }
    const struct unit_snapshot *s = unit_hold(r->app);
    err                         e = OK;
    for (struct unit_ref u = to->unit; u.id && !held && !failed(e); u.id = unit_parent(s, u))
        e = holders(c, r, u, to, out, &held);
    unit_release(s);
    return e;
}

/* ---- channels ---- */

static err put_notice(struct db_conn *c, const struct round *r, const struct outbox_row *m, int64_t person, struct str words)
{
    notify_beside beside = r->app->notify ? r->app->notify->beside : NULL;
    TRY(db_send(c, &notice_insert,
                DB_ARGS(I64(r->app->tenant), I64(id_new()), I64(person), TEXT(m->kind), TEXT(m->object_kind), I64(m->object_id),
                        TEXT(words), TIME(m->created_at))));
    return beside ? beside(c, r->app, &(struct notify_told){ person, m->kind, m->object_kind, m->object_id, words, m->created_at }) : OK;
}

static err send_to_audience(struct db_conn *c, const struct round *r, const struct outbox_row *m, const struct address *to)
{
    notify_audience persons = notify_audience_named(r->app, to->audience);
    struct ids      all;
    if (!persons)
        return FAIL(ERR_NOT_A_CHOICE);
    TRY(persons(c, r->arena, r->app, m->object_id, &all));
    for (size_t i = 0; i < all.len; i++)
        if (all.at[i] != to->by && all.at[i] != to->except)
            TRY(put_notice(c, r, m, all.at[i], to->words));
    return OK;
}

static err send_in_app(struct db_conn *c, struct round *r, const struct outbox_row *m, const struct told *to)
{
    struct people people = { ARENA_ARRAY(r->arena, PEOPLE_MOST, int64_t), 0 };
    TRY(to->e);
    if (to->address.audience.ptr)
        return send_to_audience(c, r, m, &to->address);
    TRY(addressees(c, r, &to->address, &people));
    for (size_t i = 0; i < people.len; i++)
        TRY(put_notice(c, r, m, people.at[i], to->address.words));
    return OK;
}

static const struct {
    const char *name;
    err       (*send)(struct db_conn *, struct round *, const struct outbox_row *, const struct told *);
} channels[] = {
    { "in_app", send_in_app },
};

static err send_one(struct db_conn *c, struct round *r, const struct outbox_row *m, const struct told *to)
{
    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
        if (str_is(m->channel, channels[i].name)) {
            TRY(channels[i].send(c, r, m, to));
            return db_send(c, &outbox_delete, DB_ARGS(I64(r->app->tenant), I64(m->id)));
        }
    return FAIL(ERR_NOT_A_CHOICE);
}

/* ---- a round ---- */

static err read_due(struct db_conn *c, void *arg)
{
    struct round *r = arg;
    return db_all(c, r->arena, &outbox_due, DB_ARGS(I64(r->app->tenant), TIME(r->now), I64(NOTIFY_BATCH)), outbox_row_fields,
                  sizeof(struct outbox_row), NOTIFY_BATCH, &r->rows);
}

static err send_part(struct db_conn *c, void *arg)
{
    struct round            *r = arg;
    const struct outbox_row *rows = r->rows.at;
    r->known = NULL;
    for (size_t i = r->first; i < r->first + r->n; i++) {
        struct arena_mark m = arena_mark(r->arena);
        err               e = send_one(c, r, &rows[i], &r->to[i]);
        arena_rewind(r->arena, m);
        TRY(e);
    }
    return OK;
}

static struct told *read_addresses(struct arena *a, struct list rows)
{
    const struct outbox_row *at = rows.at;
    struct told             *to = ARENA_ARRAY(a, rows.len + 1, struct told);
    for (size_t i = 0; i < rows.len; i++)
        to[i].e = notify_address_read(a, at[i].params, &to[i].address);
    return to;
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

/* One at a time, so that a message that cannot be sent does not hold up the others. */
static err send_singly(struct round *r)
{
    const struct outbox_row *rows = r->rows.at;
    r->n = 1;
    for (r->first = 0; r->first < r->rows.len; r->first++) {
        err e = db_write_freely(r->app->db, send_part, r);
        if (e.code == ERR_UNAVAILABLE || e.code == ERR_STORAGE_FULL)
            return e;
        if (!failed(e))
            continue;
        log_event(LOG_WARN, "message_failed", "kind", str_z(r->arena, rows[r->first].kind), "problem", err_slug(e.code), NULL);
        TRY(db_write(r->app->db, note_failure, &(struct failing){ r, &rows[r->first], e }));
    }
    return OK;
}

err notify_round(struct app *app, struct arena *a, int *done)
{
    struct round r = { .app = app, .arena = a, .now = clock_now() };
    *done = 0;
    TRY(db_read(app->db, read_due, &r));
    *done = (int)r.rows.len;
    if (r.rows.len == 0)
        return OK;
    r.to = read_addresses(a, r.rows);
    r.n = r.rows.len;
    err e = db_write_freely(app->db, send_part, &r);
    return failed(e) ? send_singly(&r) : OK;
}
