/* The life of the feature. */
#include "letter_inside.h"

#include "../../base/rate.h"
#include "../job/job.h"

#define ADDRESSES 4096

/* A seal's picture: for who may print with it. */
static err guard_seal(struct req *r, int64_t id)
{
    struct seal_row row = { 0 };
    TRY(seal_find(r->db, r->arena, r->tenant, id, &row));
    return req_may(r, PERM_PERSON_MANAGE, (struct unit_ref){ UNIT_ORG, row.org_id }) ? OK : FAIL(ERR_NOT_FOUND);
}

void letter_verifies(struct app *app, letter_find_fn find)
{
    struct letter_state *s = app->letter;
    if (s->other_count < sizeof s->others / sizeof *s->others)
        s->others[s->other_count++] = find;
}

static err start(struct app *app)
{
    struct arena        *a = arena_new((size_t)256 * 1024);
    struct letter_state *s = ARENA_NEW(a, struct letter_state);
    s->arena = a;
    s->verifies = rate_new(a, ADDRESSES);
    app->letter = s;
    job_register(app, &letter_print_job);
    file_guard_for(app, "seal", guard_seal);
    return OK;
}

static void stop(struct app *app)
{
    struct letter_state *s = app->letter;
    if (!s)
        return;
    rate_end(s->verifies);
    app->letter = NULL;
    arena_free(s->arena);
}

const struct feature letter_feature = {
    .name = "letter", .routes = letter_routes, .more_routes = { appointment_routes, seal_routes, verify_routes }, .start = start, .stop = stop
};
