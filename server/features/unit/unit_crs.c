#include "unit_crs.h"

#include <math.h>

#define RADIANS    (M_PI / 180.0)
#define KRASOVSKY  6378245.0                /* semi-major axis the shift was made with */
#define ECCENTRIC  0.00669342162296594323   /* its squared eccentricity */
#define BD_WAVE    (M_PI * 3000.0 / 180.0)
#define BD_EAST    0.0065
#define BD_NORTH   0.006
#define STILL      1e-11                    /* degrees: a micrometre */
#define TURNS_MOST 40

static const struct { const char *name; enum crs crs; } names[] = {
    { "wgs84", CRS_WGS84 }, { "gcj02", CRS_GCJ02 }, { "bd09", CRS_BD09 }, { "cgcs2000", CRS_WGS84 },
};

enum crs crs_find(struct str name)
{
    if (!name.ptr)
        return CRS_WGS84;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(name, names[i].name))
            return names[i].crs;
    return CRS_UNKNOWN;
}

const char *crs_name(enum crs c)
{
    return c == CRS_UNKNOWN ? "unknown" : names[c - 1].name;
}

/* The waves of the shift along one axis: pairs of amplitude and frequency (in half-turns per degree). */
struct waves { double amplitude[3], frequency[3]; };

static double waves_at(const struct waves *w, double v)
{
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += w->amplitude[i] * sin(w->frequency[i] * v * M_PI);
    return sum * 2.0 / 3.0;
}

static bool in_shift_box(double lon, double lat)
{
    return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

static void gcj_shift(double lon, double lat, double *dlon, double *dlat)
{
    static const struct waves common = { { 20, 20, 0 }, { 6, 2, 0 } };
    static const struct waves east = { { 20, 40, 0 }, { 1, 1 / 3.0, 0 } }, east_long = { { 150, 300, 0 }, { 1 / 12.0, 1 / 30.0, 0 } };
    static const struct waves north = { { 20, 40, 0 }, { 1, 1 / 3.0, 0 } }, north_long = { { 160, 320, 0 }, { 1 / 12.0, 1 / 30.0, 0 } };
    double x = lon - 105.0, y = lat - 35.0;
    double e = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + waves_at(&common, x) + waves_at(&east, x) +
               waves_at(&east_long, x);
    double n = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) + waves_at(&common, x) + waves_at(&north, y) +
               waves_at(&north_long, y);
    double s = sin(lat * RADIANS), m = 1 - ECCENTRIC * s * s, root = sqrt(m);
    *dlon = e / (KRASOVSKY / root * cos(lat * RADIANS) * RADIANS);
    *dlat = n / (KRASOVSKY * (1 - ECCENTRIC) / (m * root) * RADIANS);
}

static void gcj_from_wgs(double *lon, double *lat)
{
    double dlon, dlat;
    if (!in_shift_box(*lon, *lat))
        return;
    gcj_shift(*lon, *lat, &dlon, &dlat);
    *lon += dlon;
    *lat += dlat;
}

static void bd_from_gcj(double *lon, double *lat)
{
    double x = *lon, y = *lat;
    double z = sqrt(x * x + y * y) + 0.00002 * sin(y * BD_WAVE), angle = atan2(y, x) + 0.000003 * cos(x * BD_WAVE);
    *lon = z * cos(angle) + BD_EAST;
    *lat = z * sin(angle) + BD_NORTH;
}

/* Finds the point that `forward` takes to (lon, lat): step by what is still missing, until it stands still. */
static void invert(void (*forward)(double *, double *), double *lon, double *lat)
{
    double x = *lon, y = *lat;
    for (int i = 0; i < TURNS_MOST; i++) {
        double fx = x, fy = y;
        forward(&fx, &fy);
        x += *lon - fx;
        y += *lat - fy;
        if (fabs(*lon - fx) < STILL && fabs(*lat - fy) < STILL)
            break;
    }
    *lon = x;
    *lat = y;
}

void crs_to_wgs84(enum crs from, double *lon, double *lat)
{
    if (from != CRS_BD09 && from != CRS_GCJ02)
        return;
    if (!in_shift_box(*lon, *lat))
        return;
    if (from == CRS_BD09)
        invert(bd_from_gcj, lon, lat);
    invert(gcj_from_wgs, lon, lat);
}

void crs_from_wgs84(enum crs to, double *lon, double *lat)
{
    if ((to != CRS_BD09 && to != CRS_GCJ02) || !in_shift_box(*lon, *lat))
        return;
    gcj_from_wgs(lon, lat);
    if (to == CRS_BD09)
        bd_from_gcj(lon, lat);
}
