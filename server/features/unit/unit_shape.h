/* A polygon made ready for questions: is a point inside, how far is its border. Immutable, shared by snapshots, counted.
 *
 * Why not GEOS here: a prepared geometry builds its indexes on first use without a lock, every question allocates a point, and it
 * measures in degrees. This one is read by any number of threads without a lock or an allocation (bench/point.c compares them), and a
 * point on a border that two areas share is in exactly one of them. GEOS does what is done once: validity, repair, overlap, union. */
#ifndef LINLI_UNIT_SHAPE_H
#define LINLI_UNIT_SHAPE_H

#include "../../base/err.h"

struct box { double west, south, east, north; };

struct shape;

/* From a MULTIPOLYGON or POLYGON in WKB, degrees WGS 84. ERR_SHAPE when the bytes are not one. Counted once for the caller. */
MUST err shape_make(int64_t id, struct str wkb, struct shape **out);
void     shape_keep(struct shape *s);
void     shape_drop(struct shape *s);     /* NULL is allowed; the last one frees */

int64_t    shape_id(const struct shape *s);
struct str shape_wkb(const struct shape *s);
struct box shape_box(const struct shape *s);
double     shape_m2(const struct shape *s);
size_t     shape_edges(const struct shape *s);
/* A point well inside: the middle of the widest stretch on a few lines of latitude. */
void       shape_inner(const struct shape *s, double *lon, double *lat);

/* Inside, by counting border crossings to the west; half-open, so that of two areas sharing a border exactly one holds a point on it. */
bool shape_holds(const struct shape *s, double lon, double lat);

/* Metres in a degree at a latitude. */
struct scale { double lon, lat; };
struct scale scale_at(double lat);

/* Distance to the border in metres when it is at most `most`, else -1; (*qlon, *qlat): the nearest point of the border. */
double shape_border(const struct shape *s, double lon, double lat, struct scale m, double most, double *qlon, double *qlat);

/* Walks the rings of a polygon in WKB: ring(arg, polygon number, ring number, points as lon,lat pairs, count). False: not such WKB. */
typedef void (*shape_ring)(void *arg, size_t polygon, size_t ring, const double *points, size_t count);
bool shape_walk(struct arena *scratch, struct str wkb, shape_ring ring, void *arg);

/* Square metres of a closed ring, positive; equal-area (Lambert's cylindrical projection of the WGS 84 ellipsoid). */
double ring_m2(const double *points, size_t count);

#endif
