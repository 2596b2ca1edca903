/* case_db.c: the SQL of one case: row, story, photos. Lists: case_list.c. */
#include "case_parts.h"
#include "../search/search.h"

#define CASE_COLUMNS                                                                                                           \
    "id, code, source, state, outcome, category_id, severity, text, address, lon_e7, lat_e7, area_id, shape_id, "              \
    "near_border, rule_id, org_id, reporter_id, reporter_name, contact_enc IS NOT NULL, secret_hash IS NOT NULL, entered_by, " \
    "handler_id, reported_at, due_at, closed_at, updated_at, reworks, returns, reopens, solved, stars, released, version, clock_from, "      \
    "clock_amount, clock_unit, calendar, provisional, left_amount, left_unit, asked, asked_at, asked_by, asked_value, extensions, " \
    "remind_at, reminded, tasks, tasks_open, merged_into, call_back, call_back_at, call_tries, caller_id, caller_until, contacted, rated_by, " \
    "rated_at, appeal, appeal_ground, appeal_at, appeal_by, appeals, held_area_id, assignee_id, supervised_at, " \
    "supervised_due, supervised_answered, supervised_area_id, supervised_remind_at, contact_verified_at"

DB_SQL(case_by_id, "SELECT " CASE_COLUMNS " FROM cases WHERE tenant_id = $1 AND id = $2")
DB_SQL(case_by_code, "SELECT " CASE_COLUMNS " FROM cases WHERE tenant_id = $1 AND code = $2")
DB_SQL(case_sealed_by_id, "SELECT source_key, contact_enc, contact_hash, secret_hash FROM cases WHERE tenant_id = $1 AND id = $2")
DB_SQL(case_insert,
       "INSERT INTO cases (tenant_id, id, code, source, source_key, state, outcome, category_id, severity, text, "
       "address, lon_e7, lat_e7, area_id, shape_id, near_border, rule_id, org_id, reporter_id, reporter_name, contact_enc, "
       "contact_hash, secret_hash, entered_by, handler_id, reported_at, due_at, closed_at, updated_at, reworks, returns, reopens, "
       "solved, stars, released, version, clock_from, clock_amount, clock_unit, calendar, provisional, left_amount, left_unit, extensions, "
       "remind_at, contact_verified_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
       "$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, "
       "$41, $42, $43, $44, $45, $46)")
DB_SQL(case_update,
       "UPDATE cases SET state = $4, outcome = $5, category_id = $6, severity = $7, rule_id = $8, org_id = $9, handler_id = $10, "
       "due_at = $11, closed_at = $12, updated_at = $13, reworks = $14, returns = $15, reopens = $16, solved = $17, stars = $18, "
       "released = $19, version = $20, clock_from = $21, clock_amount = $22, clock_unit = $23, calendar = $24, provisional = $25, "
       "left_amount = $26, left_unit = $27, asked = $28, asked_at = $29, asked_by = $30, asked_value = $31, extensions = $32, "
       "remind_at = $33, reminded = $34, tasks = $35, tasks_open = $36, held_area_id = $37, assignee_id = $38, supervised_at = $39, "
       "supervised_due = $40, supervised_answered = $41, supervised_area_id = $42, supervised_remind_at = $43 WHERE tenant_id = $1 AND id = $2 AND version = $3")
/* What reminders and a new calendar change: no step of the story, and nothing that anybody edits. */
DB_SQL(case_update_clock,
       "UPDATE cases SET due_at = $4, calendar = $5, provisional = $6, remind_at = $7, reminded = $8, supervised_remind_at = $9 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3")
/* Comments, ratings, releases and what organisations called do leave every indexed column as it is. */
DB_SQL(case_update_quiet,
       "UPDATE cases SET solved = $4, stars = $5, released = $6, updated_at = $7, version = $8, tasks = $9, tasks_open = $10 "
       "WHERE tenant_id = $1 AND id = $2 AND version = $3")
/* What closing, rating, calling back and appeals change beside the step itself. */
DB_SQL(case_update_after,
       "UPDATE cases SET solved = $3, stars = $4, call_back = $5, call_back_at = $6, call_tries = $7, caller_id = $8, caller_until = $9, "
       "contacted = $10, rated_by = $11, rated_at = $12, appeal = $13, appeal_ground = $14, appeal_at = $15, appeal_by = $16, appeals = $17 "
       "WHERE tenant_id = $1 AND id = $2")
DB_SQL(case_update_place,
       "UPDATE cases SET address = $3, lon_e7 = $4, lat_e7 = $5, area_id = $6, shape_id = $7, near_border = $8 "
       "WHERE tenant_id = $1 AND id = $2")
DB_SQL(case_words_of, "SELECT code, text, address, area_id, org_id, contact_hash FROM cases WHERE tenant_id = $1 AND id = $2")
DB_SQL(case_event_insert,
       "INSERT INTO case_event (tenant_id, case_id, seq, at, action, from_state, to_state, account_id, org_id, internal, text, data, "
       "due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
DB_SQL(case_events,
       "SELECT e.seq, e.at, e.action, e.from_state, e.to_state, e.account_id, e.org_id, e.internal, e.text, e.data, p.name, p.id "
       "FROM case_event e LEFT JOIN account a ON a.tenant_id = e.tenant_id AND a.id = e.account_id "
       "LEFT JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id "
       "WHERE e.tenant_id = $1 AND e.case_id = $2 AND e.seq > CAST($3 AS BIGINT) ORDER BY e.seq")   /* any number that a caller says they have seen */
DB_SQL(case_photo_insert, "INSERT INTO case_photo (tenant_id, case_id, file_id, seq, stage) VALUES ($1, $2, $3, $4, $5)")
DB_SQL(case_photo_all, "SELECT file_id, stage, seq FROM case_photo WHERE tenant_id = $1 AND case_id = $2 ORDER BY seq, file_id")
/* 5 reject; 11 handled, 20 on the spot; 12 pass, 13 fail, 25 answer to a whistle. */
DB_SQL(case_part_of,
       "SELECT count(*) FILTER (WHERE e.action IN (11, 20)), count(*) FILTER (WHERE e.action IN (12, 13, 25)), "
       "count(*) FILTER (WHERE e.action = 5) FROM case_event e JOIN account a ON a.tenant_id = e.tenant_id AND a.id = e.account_id "
       "WHERE e.tenant_id = $1 AND e.case_id = $2 AND a.person_id = $3 AND e.action IN (5, 11, 12, 13, 20, 25)")

DB_SQL(case_rejected_by,
       "SELECT action FROM case_event WHERE tenant_id = $1 AND case_id = $2 AND to_state = 8 AND from_state <> 8 ORDER BY seq DESC LIMIT 1")

#define ROW_ID(m)   FIELD_ID(struct case_row, m, 0, "")
#define ROW_I64(m)  FIELD_I64(struct case_row, m, 0, 0, 0, "")
#define ROW_STR(m)  FIELD_STR(struct case_row, m, 0, 0, 0, "")
#define ROW_TIME(m) FIELD_TIME(struct case_row, m, 0, "")
static const struct field row_fields[] = {
    ROW_ID(id),           ROW_STR(code),         ROW_I64(source),     ROW_I64(state),       ROW_I64(outcome),     ROW_ID(category_id),
    ROW_I64(severity),    ROW_STR(text),         ROW_STR(address),     ROW_I64(lon_e7),      ROW_I64(lat_e7),
    ROW_ID(area_id),      ROW_ID(shape_id),      ROW_I64(near_border), ROW_ID(rule_id),     ROW_ID(org_id),       ROW_ID(reporter_id),
    ROW_STR(reporter_name), ROW_I64(has_contact), ROW_I64(has_secret), ROW_ID(entered_by),  ROW_ID(handler_id),   ROW_TIME(reported_at),
    ROW_TIME(due_at),     ROW_TIME(closed_at),   ROW_TIME(updated_at), ROW_I64(reworks),    ROW_I64(returns),     ROW_I64(reopens),
    ROW_I64(solved),      ROW_I64(stars),        ROW_I64(released),   ROW_I64(version),
    ROW_TIME(clock_from), ROW_I64(clock_amount), ROW_I64(clock_unit), ROW_I64(calendar),    ROW_I64(provisional), ROW_I64(left_amount),
    ROW_I64(left_unit),   ROW_I64(asked),        ROW_TIME(asked_at),  ROW_ID(asked_by),     ROW_I64(asked_value), ROW_I64(extensions),
    ROW_TIME(remind_at),  ROW_I64(reminded),    ROW_I64(tasks),        ROW_I64(tasks_open),  ROW_ID(merged_into),
    ROW_I64(call_back),   ROW_TIME(call_back_at), ROW_I64(call_tries), ROW_ID(caller_id),   ROW_TIME(caller_until), ROW_I64(contacted),
    ROW_I64(rated_by),    ROW_TIME(rated_at),    ROW_I64(appeal),     ROW_I64(appeal_ground), ROW_TIME(appeal_at), ROW_ID(appeal_by),
    ROW_I64(appeals),
    ROW_ID(held_area_id), ROW_ID(assignee_id),   ROW_TIME(supervised_at), ROW_TIME(supervised_due), ROW_TIME(supervised_answered),
    ROW_ID(supervised_area_id), ROW_TIME(supervised_remind_at), ROW_TIME(contact_verified_at),
    FIELD_END
};

static const struct field event_fields[] = {
    FIELD_I64(struct case_event, seq, 0, 0, 0, ""),        FIELD_TIME(struct case_event, at, 0, ""),
    FIELD_I64(struct case_event, action, 0, 0, 0, ""),     FIELD_I64(struct case_event, from_state, 0, 0, 0, ""),
    FIELD_I64(struct case_event, to_state, 0, 0, 0, ""),   FIELD_ID(struct case_event, account_id, 0, ""),
    FIELD_ID(struct case_event, org_id, 0, ""),            FIELD_I64(struct case_event, internal, 0, 0, 0, ""),
    FIELD_STR(struct case_event, text, 0, 0, 0, ""),       FIELD_STR(struct case_event, data, 0, 0, 0, ""),
    FIELD_STR(struct case_event, actor, 0, 0, 0, ""),      FIELD_ID(struct case_event, actor_person, 0, ""),
    FIELD_END
};

static const struct field photo_fields[] = {
    FIELD_ID(struct case_photo, id, 0, ""), FIELD_I64(struct case_photo, stage, 0, 0, 0, ""),
    FIELD_I64(struct case_photo, seq, 0, 0, 0, ""), FIELD_END
};

err case_get(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct case_row *out)
{
    return db_one(c, a, &case_by_id, DB_ARGS(I64(tenant), I64(id)), row_fields, out);
}

err case_get_code(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct case_row *out)
{
    return db_one(c, a, &case_by_code, DB_ARGS(I64(tenant), TEXT(code)), row_fields, out);
}

err case_get_sealed(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct case_sealed *out)
{
    struct db_rows rows;
    TRY(db_query(c, &case_sealed_by_id, DB_ARGS(I64(tenant), I64(id)), &rows));
    bool found = db_next(&rows);
    if (found)
        *out = (struct case_sealed){ str_copy(a, db_text(&rows, 0)), str_copy(a, db_blob(&rows, 1)), str_copy(a, db_blob(&rows, 2)),
                                     str_copy(a, db_blob(&rows, 3)) };
    TRY(db_done(&rows));
    return found ? OK : FAIL(ERR_NOT_FOUND);
}

err case_put(struct db_conn *c, int64_t tenant, const struct case_row *r, const struct case_sealed *s)
{
    struct str folded = case_find_text(db_group_arena(c), r->code, r->text, r->address);
    search_put(c, tenant, &(struct search_case){ r->id, folded, r->area_id, r->org_id, s->contact_hash });
    return db_send(c, &case_insert,
                   DB_ARGS(I64(tenant), I64(r->id), TEXT(r->code), I64(r->source), TEXT(s->source_key), I64(r->state), I64(r->outcome),
                           REF(r->category_id), I64(r->severity), TEXT(r->text), TEXT(r->address),
                           REF(r->lon_e7), REF(r->lat_e7), REF(r->area_id), REF(r->shape_id), I64(r->near_border), REF(r->rule_id),
                           REF(r->org_id), REF(r->reporter_id), TEXT(r->reporter_name), BLOB(s->contact_enc), BLOB(s->contact_hash),
                           BLOB(s->secret_hash), REF(r->entered_by), REF(r->handler_id), I64(r->reported_at), TIME(r->due_at),
                           TIME(r->closed_at), I64(r->updated_at), I64(r->reworks), I64(r->returns), I64(r->reopens), I64(r->solved),
                           I64(r->stars), I64(r->released), I64(r->version), TIME(r->clock_from), I64(r->clock_amount),
                           I64(r->clock_unit), I64(r->calendar), I64(r->provisional), I64(r->left_amount), I64(r->left_unit),
                           I64(r->extensions), TIME(r->remind_at), TIME(r->contact_verified_at)));
}

/* The words of a case move with its place (when it is being placed) and with its organisation (otherwise), unless they are not in the index yet:
 * then the job that fills it will find the new ones. What was put is what the row, as it still is, gives. */
static err move_words(struct db_conn *c, int64_t tenant, const struct case_row *r, bool placed)
{
    struct db_rows rows;
    int64_t        unfilled;
    TRY(search_filled(c, tenant, &unfilled));
    if (r->id < unfilled)
        return OK;
    TRY(db_query(c, &case_words_of, DB_ARGS(I64(tenant), I64(r->id)), &rows));
    if (db_next(&rows)) {
        struct arena      *a = db_group_arena(c);
        struct str         code = db_text(&rows, 0), text = db_text(&rows, 1), address = db_text(&rows, 2);
        struct search_case was = { r->id, STR_NONE, db_i64(&rows, 3), db_i64(&rows, 4), db_blob(&rows, 5) }, next = was;
        next.area = placed ? r->area_id : was.area;
        next.org = placed ? was.org : r->org_id;
        if (was.area != next.area || was.org != next.org || (placed && !str_eq(address, r->address))) {
            was.folded = case_find_text(a, code, text, address);
            next.folded = placed ? case_find_text(a, code, text, r->address) : was.folded;
            search_remove(c, tenant, &was);
            search_put(c, tenant, &next);
        }
    }
    return db_done(&rows);
}

err case_save(struct db_conn *c, int64_t tenant, const struct case_row *r, int64_t was)
{
    int64_t changed = 0;
    TRY(move_words(c, tenant, r, false));
    TRY(db_exec(c, &case_update,
                DB_ARGS(I64(tenant), I64(r->id), I64(was), I64(r->state), I64(r->outcome), REF(r->category_id), I64(r->severity),
                        REF(r->rule_id), REF(r->org_id), REF(r->handler_id), TIME(r->due_at), TIME(r->closed_at), I64(r->updated_at),
                        I64(r->reworks), I64(r->returns), I64(r->reopens), I64(r->solved), I64(r->stars), I64(r->released),
                        I64(r->version), TIME(r->clock_from), I64(r->clock_amount), I64(r->clock_unit), I64(r->calendar),
                        I64(r->provisional), I64(r->left_amount), I64(r->left_unit), I64(r->asked), TIME(r->asked_at), REF(r->asked_by),
                        I64(r->asked_value), I64(r->extensions), TIME(r->remind_at), I64(r->reminded), I64(r->tasks), I64(r->tasks_open),
                        REF(r->held_area_id), REF(r->assignee_id), TIME(r->supervised_at), TIME(r->supervised_due),
                        TIME(r->supervised_answered), REF(r->supervised_area_id), TIME(r->supervised_remind_at)),
                &changed));
    return changed == 1 ? OK : FAIL(ERR_STALE_VERSION);
}

err case_save_quiet(struct db_conn *c, int64_t tenant, const struct case_row *r, int64_t was)
{
    int64_t changed = 0;
    TRY(db_exec(c, &case_update_quiet,
                DB_ARGS(I64(tenant), I64(r->id), I64(was), I64(r->solved), I64(r->stars), I64(r->released), I64(r->updated_at),
                        I64(r->version), I64(r->tasks), I64(r->tasks_open)),
                &changed));
    return changed == 1 ? OK : FAIL(ERR_STALE_VERSION);
}

err case_save_after(struct db_conn *c, int64_t tenant, const struct case_row *r)
{
    return db_exec(c, &case_update_after,
                   DB_ARGS(I64(tenant), I64(r->id), I64(r->solved), I64(r->stars), I64(r->call_back), TIME(r->call_back_at), I64(r->call_tries),
                           REF(r->caller_id), TIME(r->caller_until), I64(r->contacted), I64(r->rated_by), TIME(r->rated_at), I64(r->appeal),
                           I64(r->appeal_ground), TIME(r->appeal_at), REF(r->appeal_by), I64(r->appeals)),
                   NULL);
}

err case_save_clock(struct db_conn *c, struct app *app, const struct case_row *r)
{
    int64_t changed = 0;
    TRY(db_exec(c, &case_update_clock,
                DB_ARGS(I64(app->tenant), I64(r->id), I64(r->version), TIME(r->due_at), I64(r->calendar), I64(r->provisional),
                        TIME(r->remind_at), I64(r->reminded), TIME(r->supervised_remind_at)),
                &changed));
    return changed == 1 ? case_tell_keeper(c, app, r, NULL, 0) : FAIL(ERR_STALE_VERSION);
}

err case_save_place(struct db_conn *c, int64_t tenant, const struct case_row *r)
{
    TRY(move_words(c, tenant, r, true));
    return db_exec(c, &case_update_place,
                   DB_ARGS(I64(tenant), I64(r->id), TEXT(r->address), REF(r->lon_e7), REF(r->lat_e7), REF(r->area_id),
                           REF(r->shape_id), I64(r->near_border)),
                   NULL);
}

static err put_event(struct db_conn *c, int64_t tenant, int64_t id, const struct case_event *e)
{
    return db_send(c, &case_event_insert,
                   DB_ARGS(I64(tenant), I64(id), I64(e->seq), I64(e->at), I64(e->action), I64(e->from_state), I64(e->to_state),
                           REF(e->account_id), REF(e->org_id), I64(e->internal), TEXT(e->text), TEXT(e->data), TIME(e->due_at)));
}

err case_put_events(struct db_conn *c, struct app *app, const struct case_row *row, const struct case_event *e, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(put_event(c, app->tenant, row->id, &e[i]));
    return case_tell_keeper(c, app, row, e, n);
}

err case_put_photo(struct db_conn *c, int64_t tenant, int64_t id, int64_t file, int64_t seq, enum case_photo_stage stage)
{
    return db_send(c, &case_photo_insert, DB_ARGS(I64(tenant), I64(id), I64(file), I64(seq), I64(stage)));
}

err case_story(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, int64_t after, struct list *out)
{
    return db_all(c, a, &case_events, DB_ARGS(I64(tenant), I64(id), I64(after)), event_fields, sizeof(struct case_event), 0, out);
}

err case_photos(struct db_conn *c, struct arena *a, int64_t tenant, int64_t id, struct list *out)
{
    return db_all(c, a, &case_photo_all, DB_ARGS(I64(tenant), I64(id)), photo_fields, sizeof(struct case_photo), 0, out);
}

err case_part_by(struct db_conn *c, int64_t tenant, int64_t id, int64_t person, struct case_part *out)
{
    struct db_rows rows;
    *out = (struct case_part){ 0 };
    TRY(db_query(c, &case_part_of, DB_ARGS(I64(tenant), I64(id), I64(person)), &rows));
    if (db_next(&rows))
        *out = (struct case_part){ db_i64(&rows, 0) > 0, db_i64(&rows, 1) > 0, db_i64(&rows, 2) > 0 };
    return db_done(&rows);
}

err case_timed_out(struct db_conn *c, int64_t tenant, int64_t id, bool *out)
{
    int64_t action;
    TRY(db_number(c, &case_rejected_by, DB_ARGS(I64(tenant), I64(id)), &action));
    *out = action == ACT_TIMEOUT;
    return OK;
}

err case_new_code(struct db_conn *c, struct arena *a, const struct app *app, ms t, struct str *code)
{
    int64_t    serial;
    struct str day = case_code(a, t, app->zone_minutes, 0);
    TRY(db_counter(c, app->tenant, str_fmt(a, "case.%.6s", day.ptr), &serial));
    *code = case_code(a, t, app->zone_minutes, serial);
    return OK;
}
