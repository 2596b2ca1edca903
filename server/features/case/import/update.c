/* A case whose row has changed in the source since it was imported. */
#include "../case_clock.h"
#include "import.h"

/* Nobody has done anything with it here: it stands as the import left it, open. */
static bool untouched(const struct case_row *row)
{
    return row->source == SOURCE_IMPORT && row->state == CASE_REPORTED && row->version == 1;
}

/* Closed by the source, and nobody's here yet: it is closed with the source's time and words. Else staff decide: they are told by an
 * internal comment what the source says now. Either step carries the new digest, so that the same change is not told twice. */
static struct case_move move_for(struct arena *a, const struct case_row *row, const struct mapped *m, int64_t account, ms now)
{
    struct case_move move = { .action = ACT_COMMENT, .at = now, .account = account, .internal = true, .data = m->in.data };
    if (untouched(row) && m->in.state != CASE_REPORTED) {
        move.action = m->in.state == CASE_CLOSED ? ACT_IMPORT_CLOSED : ACT_REJECT;
        move.at = m->in.closed_at > row->reported_at ? m->in.closed_at : row->reported_at;
        move.internal = false;
        move.outcome = m->in.outcome ? m->in.outcome : OUTCOME_EXPLAINED;
        move.text = m->in.result;
        return move;
    }
    move.text = utf8_head(str_fmt(a, "来源记录已变更 / Changed in the source: %.*s%s%.*s%s%.*s", STR_ARG(m->status), m->status.len ? ": " : "",
                                  STR_ARG(m->in.text), m->in.result.len ? "\n" : "", STR_ARG(m->in.result)), 4000);
    return move;
}

err import_update(struct db_conn *c, struct arena *a, struct app *app, int64_t id, const struct mapped *m, int64_t account, ms now,
                  bool *done)
{
    struct case_row   row;
    struct case_event e;
    TRY(case_get(c, a, app->tenant, id, &row));
    struct case_move move = move_for(a, &row, m, account, now);
    int64_t          was = row.version;
    TRY(case_step(app, a, &row, &move, &e));
    TRY(move.action == ACT_COMMENT ? case_save_quiet(c, app->tenant, &row, was) : case_save(c, app->tenant, &row, was));
    *done = move.action != ACT_COMMENT;
    return case_put_events(c, app, &row, &e, 1);
}
