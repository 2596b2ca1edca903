/* Coordinate systems in which Chinese maps are drawn, to and from WGS 84. */
#ifndef LINLI_UNIT_CRS_H
#define LINLI_UNIT_CRS_H

#include "../../base/str.h"

enum crs {
    CRS_UNKNOWN,
    CRS_WGS84,     /* GPS, HTML5; CGCS2000 (Tianditu) is the same to a few centimetres */
    CRS_GCJ02,     /* Amap, Tencent, WeChat */
    CRS_BD09       /* Baidu */
};

/* "wgs84", "cgcs2000", "gcj02", "bd09"; CRS_UNKNOWN for anything else. STR_NONE is WGS 84. */
enum crs    crs_find(struct str name);
const char *crs_name(enum crs c);   /* as stored; CGCS2000 is stored as wgs84 */

/* Degrees in place. Outside the box in which the shift is applied nothing changes. The inverses iterate until they stand still: the error
 * stays below a millimetre, where the usual one-step form is about two metres off. */
void crs_to_wgs84(enum crs from, double *lon, double *lat);
void crs_from_wgs84(enum crs to, double *lon, double *lat);

#endif
