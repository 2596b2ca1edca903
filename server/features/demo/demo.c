/* demo: order of the work, the dice, the command line. */
#include <stdio.h>

#include "demo_inside.h"
#include "../audit/audit.h"
#include "../setting/setting.h"
#include "../../base/log.h"

#define BATCH 200   /* cases in one transaction */

uint64_t demo_random(struct demo_random *r)
{
    /* SplitMix64 (Steele, Lea, Flood 2014): small, repeatable everywhere. */
    uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int demo_below(struct demo_random *r, int n)
{
    return (int)(demo_random(r) % (uint64_t)n);
}

bool demo_chance(struct demo_random *r, int percent)
{
    return demo_below(r, 100) < percent;
}

ms demo_span(struct demo_random *r, ms least, ms most)
{
    return least + (ms)(demo_random(r) % (uint64_t)(most - least + 1));
}

static err make_units(struct db_conn *c, void *arg)
{
    struct demo *d = arg;
    d->db = c;
    TRY(demo_map(d));
    TRY(demo_orgs(d));
    TRY(demo_people(d));
    TRY(demo_alliances(d));
    TRY(demo_directory(d));
    TRY(demo_exchange(d));
    TRY(demo_agreements(d));
    TRY(demo_service(d));
    TRY(case_packs_install(c, d->arena, d->app->tenant, d->since));
    return audit_write(c, d->arena, d->app->tenant, d->now, 0, "demo.made", "tenant", d->app->tenant, STR_NONE);
}

static err make_rules(struct db_conn *c, void *arg)
{
    struct demo *d = arg;
    d->db = c;
    return demo_rules(d);
}

static err make_seals(struct db_conn *c, void *arg)
{
    struct demo *d = arg;
    d->db = c;
    return demo_seals(d);
}

static err make_letters(struct db_conn *c, void *arg)
{
    struct demo *d = arg;
    d->db = c;
    return demo_letters(d);
}

/* The scheme of numbers must hold before the first letter is numbered. */
static err add_letters(struct demo *d)
{
    TRY(demo_seals_store(d));
    TRY(db_write(d->app->db, d->app->tenant, make_seals, d));
    TRY(setting_reload(d->app));
    return db_write(d->app->db, d->app->tenant, make_letters, d);
}

static err make_cases(struct db_conn *c, void *arg)
{
    struct demo *d = arg;
    d->db = c;
    for (int i = 0; i < BATCH && d->cases > 0; i++, d->cases--) {
        struct arena_mark mark = arena_mark(d->arena);
        TRY(demo_case(d));
        arena_rewind(d->arena, mark);
    }
    return OK;
}

static err make_projects(struct db_conn *c, void *arg)
{
    struct demo *d = arg;
    d->db = c;
    return demo_projects(d);
}

static err fill(struct demo *d)
{
    TRY(db_write(d->app->db, d->app->tenant, make_units, d));
    TRY(unit_reload(d->app));
    TRY(case_reload(d->app));
    TRY(db_write(d->app->db, d->app->tenant, make_rules, d));
    TRY(case_reload(d->app));
    TRY(add_letters(d));
    TRY(demo_photos_store(d));
    while (d->cases > 0)
        TRY(db_write(d->app->db, d->app->tenant, make_cases, d));
    return db_write(d->app->db, d->app->tenant, make_projects, d);
}

err demo_fill(struct app *app, uint64_t seed, ms now, int cases)
{
    struct demo d = { .app = app, .arena = arena_new(0), .random = { seed }, .now = now, .since = now - 400 * MS_DAY, .cases = cases };
    err         e = fill(&d);
    if (failed(e))
        log_event(LOG_ERROR, "demo", "problem", err_slug(e.code), "about", e.field ? e.field : "", NULL);
    arena_free(d.arena);
    return e;
}
