/* Lookups of the area at a point, per second on one core: ours, without and with a look at near borders; GEOS's tree over prepared polygons; and
 * plain contains over all polygons. The same random points over the same polygons; the answers are compared.
 *   point FILE.geojson[.gz] [POINTS.csv]     POINTS.csv: where to write the points, for others to be asked the same */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "../server/features/unit/unit_geo.h"
#include "../server/features/unit/unit_inside.h"

#define POINTS      200000
#define PLAIN_MOST  1500     /* points asked the plain way */
#define BORDER      15.0

struct bench {
    struct arena                *arena;
    struct geos                  geo;
    struct unit_snapshot        *s;
    GEOSGeometry               **polygons;
    const GEOSPreparedGeometry **prepared;
    int32_t                      count;
    GEOSSTRtree                 *tree;
    double                      *points;
    int32_t                     *found;
    double                       lon, lat;      /* point of the present GEOS question */
    GEOSGeometry                *point;
    int32_t                      in;
};

static struct str read_all(struct arena *a, const char *path)
{
    struct buf b = buf_new(a, (size_t)512 << 20);
    gzFile     f = gzopen(path, "rb");
    for (int n = f ? 1 : 0; n > 0;) {
        char *room = buf_room(&b, 1 << 20);
        n = gzread(f, room, 1 << 20);
        b.len += n > 0 ? (size_t)n : 0;
    }
    if (f)
        gzclose(f);
    return buf_view(&b);
}

/* A root without polygon and the file's polygons under it. */
static void load(struct bench *b, const json_t *features)
{
    size_t        n = json_array_size(features);
    struct unode *rows = ARENA_ARRAY(b->arena, n + 1, struct unode);
    b->s = ARENA_NEW(b->arena, struct unit_snapshot);
    b->s->arena = b->arena;
    b->polygons = ARENA_ARRAY(b->arena, n, GEOSGeometry *);
    rows[0] = (struct unode){ .id = 1, .unit = UNIT_AREA, .kind = STR("district") };
    for (size_t i = 0; i < n; i++) {
        GEOSGeometry *g = NULL, *better;
        struct str    reason;
        double        lon, lat;
        if (failed(geo_read(&b->geo, json_object_get(json_array_get(features, i), "geometry"), CRS_WGS84, &g)))
            continue;
        if (!geo_valid(&b->geo, g, &reason, &lon, &lat) && (better = geo_repair(&b->geo, g)))
            g = better;
        struct unode *row = &rows[++b->count];
        *row = (struct unode){ .id = b->count + 1, .parent_id = 1, .unit = UNIT_AREA, .kind = STR("community"), .shape_id = b->count };
        if (failed(shape_make(row->shape_id, geo_wkb(&b->geo, g), &row->shape)))
            abort();
        b->polygons[b->count - 1] = g;
    }
    snapshot_arrange(b->s, rows, b->count + 1);
}

static void make_points(struct bench *b)
{
    struct box box = b->s->locator.box;
    b->points = ARENA_ARRAY(b->arena, POINTS * 2, double);
    b->found = ARENA_ARRAY(b->arena, POINTS, int32_t);
    srand48(7);
    for (size_t i = 0; i < POINTS; i++) {
        b->points[2 * i] = box.west + (box.east - box.west) * drand48();
        b->points[2 * i + 1] = box.south + (box.north - box.south) * drand48();
    }
    /* Half of them where people are: near an area's own middle, so that small areas count as much as large ones. */
    for (size_t i = 0; i < POINTS; i += 2) {
        const struct unode *n = &b->s->nodes[1 + (int32_t)(drand48() * b->count)];
        struct box          own = shape_box(n->shape);
        b->points[2 * i] = own.west + (own.east - own.west) * drand48();
        b->points[2 * i + 1] = own.south + (own.north - own.south) * drand48();
    }
}

static bool write_points(const struct bench *b, const char *path)
{
    FILE *f = fopen(path, "we");
    for (size_t i = 0; f && i < POINTS; i++)
        fprintf(f, "%.9f,%.9f\n", b->points[2 * i], b->points[2 * i + 1]);
    return f && fclose(f) == 0;
}

static void ask_geos(struct bench *b, size_t i)
{
    b->point = GEOSGeom_createPointFromXY_r(b->geo.h, b->points[2 * i], b->points[2 * i + 1]);
    b->in = -1;
}

static void try_prepared(void *item, void *arg)
{
    struct bench *b = arg;
    int32_t       i = (int32_t)((const GEOSPreparedGeometry **)item - b->prepared);
    if (b->in < 0 && GEOSPreparedContains_r(b->geo.h, b->prepared[i], b->point) == 1)
        b->in = i;
}

static void prepare(struct bench *b)
{
    b->prepared = ARENA_ARRAY(b->arena, (size_t)b->count, const GEOSPreparedGeometry *);
    b->tree = GEOSSTRtree_create_r(b->geo.h, 10);
    for (int32_t i = 0; i < b->count; i++) {
        b->prepared[i] = GEOSPrepare_r(b->geo.h, b->polygons[i]);
        GEOSSTRtree_insert_r(b->geo.h, b->tree, b->polygons[i], &b->prepared[i]);
    }
}

static int32_t ours(struct bench *b, size_t i, double border)
{
    struct unit_place p;
    unit_find(b->s, b->points[2 * i], b->points[2 * i + 1], border, &p);
    return p.area ? (int32_t)p.area - 2 : -1;
}

static int32_t bare(struct bench *b, size_t i)
{
    return ours(b, i, 0);
}

static int32_t near(struct bench *b, size_t i)
{
    return ours(b, i, BORDER);
}

static int32_t tree(struct bench *b, size_t i)
{
    ask_geos(b, i);
    GEOSSTRtree_query_r(b->geo.h, b->tree, b->point, try_prepared, b);
    GEOSGeom_destroy_r(b->geo.h, b->point);
    return b->in;
}

static int32_t plain(struct bench *b, size_t i)
{
    ask_geos(b, i);
    for (int32_t k = 0; k < b->count && b->in < 0; k++)
        if (GEOSContains_r(b->geo.h, b->polygons[k], b->point) == 1)
            b->in = k;
    GEOSGeom_destroy_r(b->geo.h, b->point);
    return b->in;
}

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Lookups per second; how many answers differ from the first way's. Where polygons overlap more than one answer is right. */
static double measure(struct bench *b, const char *name, int32_t (*ask)(struct bench *b, size_t i), size_t most, bool first)
{
    size_t differ = 0, asked = 0;
    for (size_t i = 0; i < most / 20; i++)
        (void)ask(b, i);   /* warm */
    double began = cpu_seconds();
    for (; asked < most; asked++) {
        int32_t in = ask(b, asked);
        if (first)
            b->found[asked] = in;
        else
            differ += in != b->found[asked];
    }
    double rate = (double)asked / (cpu_seconds() - began);
    printf("%-36s %12.0f lookups/s   %zu of %zu answers differ\n", name, rate, differ, asked);
    return rate;
}

int main(int argc, char **argv)
{
    struct bench b = { .arena = arena_new(1 << 20) };
    struct str   text = argc == 2 || argc == 3 ? read_all(b.arena, argv[1]) : STR_NONE;
    json_t      *root = text.len ? json_loadb(text.ptr, text.len, 0, NULL) : NULL;
    if (!root) {
        fprintf(stderr, "usage: point FILE.geojson[.gz] [POINTS.csv]\n");
        return 2;
    }
    geo_open(&b.geo, b.arena);
    load(&b, json_object_get(root, "features"));
    make_points(&b);
    if (argc == 3 && !write_points(&b, argv[2]))
        return 1;
    prepare(&b);
    printf("%d polygons\n", b.count);
    double mine = measure(&b, "ours", bare, POINTS, true);
    measure(&b, "ours, with borders within 15 m", near, POINTS, false);
    double geos = measure(&b, "GEOS tree and prepared polygons", tree, POINTS, false);
    double slow = measure(&b, "GEOS contains, polygon by polygon", plain, PLAIN_MOST, false);
    printf("ours / tree and prepared %.1f    ours / polygon by polygon %.0f\n", mine / geos, mine / slow);
    return 0;
}
