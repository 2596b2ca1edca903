/* Geometry work that is done once, on GEOS: reading GeoJSON, validity and repair, union, overlap. Not for the path of a lookup. */
#ifndef LINLI_UNIT_GEO_H
#define LINLI_UNIT_GEO_H

#include <geos_c.h>
#include <jansson.h>

#include "../../base/err.h"
#include "unit_crs.h"

/* A GEOS context for one piece of work on one thread. problem: why the last call failed, in English, for reports. */
struct geos {
    GEOSContextHandle_t h;
    struct arena       *arena;
    char                problem[240];
};

void geo_open(struct geos *g, struct arena *a);
void geo_close(struct geos *g);
void geo_drop(struct geos *g, GEOSGeometry *shape);   /* NULL is allowed */

/* Reads a GeoJSON Polygon or MultiPolygon (heights are dropped): rings of at least four positions, closed, finite, within the globe;
 * turned into WGS 84. ERR_SHAPE otherwise, with the problem. The result may still be invalid (crossing itself). */
MUST err geo_read(struct geos *g, const json_t *geometry, enum crs crs, GEOSGeometry **out);
/* The same from text. */
MUST err geo_read_text(struct geos *g, struct str geojson, enum crs crs, GEOSGeometry **out);

/* Reads a GeoJSON LineString or MultiLineString as a MultiLineString in WGS 84. ERR_SHAPE with the problem. */
MUST err geo_read_line(struct geos *g, struct str geojson, enum crs crs, GEOSGeometry **out);

/* Valid in the sense of the Simple Features standard; else the reason and where. */
bool geo_valid(struct geos *g, const GEOSGeometry *shape, struct str *reason, double *lon, double *lat);
/* A valid shape as near to it as can be, polygons only; NULL when nothing with an area is left. */
GEOSGeometry *geo_repair(struct geos *g, const GEOSGeometry *shape);
/* Only the polygons of a result, as a multipolygon; takes its argument. NULL when there are none. */
GEOSGeometry *geo_polygons(struct geos *g, GEOSGeometry *any);

/* WKB of the shape in normal form, as a multipolygon: equal shapes give equal bytes. */
struct str    geo_wkb(struct geos *g, const GEOSGeometry *shape);
GEOSGeometry *geo_from_wkb(struct geos *g, struct str wkb);
/* Square metres, equal-area on the ellipsoid. */
double        geo_m2(struct geos *g, const GEOSGeometry *shape);
/* A point inside. */
bool          geo_inner(struct geos *g, const GEOSGeometry *shape, double *lon, double *lat);

/* Reads a shape for storing: checks it, repairs it when that is wanted. ERR_SHAPE with the problem. */
struct geo_stored { struct str wkb, reason; bool repaired; double lon, lat; };
MUST err geo_store(struct geos *g, struct str geojson, enum crs crs, bool repair, struct geo_stored *out);

/* Prints a line or several as a GeoJSON MultiLineString, to a tenth of a millimetre: what is sent back unchanged is the same line. */
struct jsonw;
void geo_print_line(struct geos *g, struct jsonw *j, const GEOSGeometry *lines);

/* Prints WKB as a GeoJSON geometry. zoom: web-map level whose pixels are the grid on which coordinates are set; it is the same for neighbours, so
 * that no gap opens between them. 0: six decimals, nothing left out. False: nothing is left at that zoom. */
bool geo_print(struct jsonw *j, struct arena *scratch, struct str wkb, int zoom);   /* scratch: not the arena in which the text grows */
/* The same as a text, whole: STR_NONE when there is nothing. */
struct str geo_text(struct arena *a, struct str wkb);

#endif
