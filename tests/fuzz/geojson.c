/* Fuzzes the reader of areas: a geometry for storing, a collection for import, and well-known binary. */
#include "fuzz.h"

#include "../../server/base/jsonw.h"
#include "../../server/features/unit/unit_import.h"

static void store(struct arena *a, struct str text, enum crs crs)
{
    struct geos       g;
    struct geo_stored s;
    struct shape     *shape;
    double            lon, lat;
    geo_open(&g, a);
    if (!failed(geo_store(&g, text, crs, true, &s)) && !failed(shape_make(1, s.wkb, &shape))) {
        struct buf   b = buf_new(a, 0);
        struct jsonw j = jsonw_on(&b);
        fuzz_must(shape_edges(shape) >= 3 && shape_m2(shape) >= 0);
        shape_inner(shape, &lon, &lat);
        fuzz_must(geo_print(&j, a, s.wkb, 0));
        json_t *back = json_loadb(b.ptr, b.len, JSON_REJECT_DUPLICATES, NULL);
        fuzz_must(back);
        json_decref(back);
        shape_drop(shape);
    }
    geo_close(&g);
}

static void plan(struct arena *a, struct str text)
{
    struct app                 app = { .tenant_name = "区" };
    struct unit_snapshot       none = { .root = -1 };
    struct unit_import_options o = { .crs = "bd09", .kind = "community", .code_property = "code", .dry_run = true };
    struct import_plan        *p;
    if (failed(import_plan(&app, &none, a, text, &o, &p)))
        return;
    json_t *report = json_loadb(p->report.ptr, p->report.len, JSON_REJECT_DUPLICATES, NULL);
    fuzz_must(report);
    fuzz_must(p->fates[ITEM_REFUSED] + p->fates[ITEM_NEW] + p->fates[ITEM_CHANGED] + p->fates[ITEM_SAME] == p->features);
    json_decref(report);
    import_close(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *a = arena_new(0);
    struct str    text = { n ? (const char *)bytes : "", n };
    struct shape *shape;
    store(a, text, CRS_WGS84 + n % 3);
    plan(a, text);
    if (!failed(shape_make(1, text, &shape)))
        shape_drop(shape);
    arena_free(a);
    return 0;
}
