/* cover: how many of a set of polygons lie over each place, told face by face.
 *
 * A border that two neighbours share edge for edge changes nothing in what lies over what; such edges cancel (each is walked once in either
 * direction) and are left out first. What remains, the outline and the places where the polygons do not fit, is noded and cut into faces. A
 * clean map of thousands of areas leaves little more than its outline, so this is far cheaper than uniting and intersecting polygons. */
#ifndef LINLI_UNIT_COVER_H
#define LINLI_UNIT_COVER_H

#include "unit_geo.h"
#include "unit_shape.h"

struct cover_face {
    const GEOSGeometry *polygon;
    double              m2, lon, lat;      /* a point inside */
    const size_t       *over;              /* which of the shapes lie over it */
    size_t              over_count;
    bool                above;             /* the shape above lies over it */
};
typedef void (*cover_tell)(void *arg, const struct cover_face *face);

/* shapes: n polygons. above: one more, whose own border is told apart (NULL: none). Faces smaller than least m² are left out.
 * outline (may be NULL): set to all places that some shape lies over, holes smaller than `fill` m² closed; the caller drops it. */
void cover_walk(struct geos *g, const struct shape *const *shapes, size_t n, const struct shape *above, double least, cover_tell tell, void *arg,
                double fill, GEOSGeometry **outline);

#endif
