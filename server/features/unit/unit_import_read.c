/* Import, first part: from the file's features to items with a name, a code and a valid shape. */
#include "unit_import.h"

#include <stdio.h>

#define FEATURES_MOST 20000
#define NAME_MOST     200
#define CODE_MOST     32

static void refuse(struct item *i, enum err_code code, struct str why)
{
    i->fate = ITEM_REFUSED;
    i->problem = code;
    i->why = why;
}

/* Text or a whole number as text; STR_NONE for anything else. */
static struct str property(struct import_plan *p, const json_t *feature, const char *name)
{
    const json_t *v = name ? json_object_get(json_object_get(feature, "properties"), name) : NULL;
    if (json_is_string(v))
        return str_trim(str_copy(p->arena, (struct str){ json_string_value(v), json_string_length(v) }));
    if (json_is_integer(v))
        return str_fmt(p->arena, "%lld", (long long)json_integer_value(v));
    return STR_NONE;
}

static bool read_names(struct import_plan *p, const json_t *feature, struct item *i)
{
    i->name = property(p, feature, p->o.name_property);
    i->code = property(p, feature, p->o.code_property);
    if (!i->code.len)
        i->code = STR_NONE;
    if (!i->name.len)
        refuse(i, ERR_REQUIRED, str_fmt(p->arena, "no text in property %s", p->o.name_property));
    else if (p->o.code_property && !i->code.ptr)
        refuse(i, ERR_REQUIRED, str_fmt(p->arena, "no text or number in property %s", p->o.code_property));
    else if (utf8_len(i->name) > NAME_MOST || (i->code.ptr && utf8_len(i->code) > CODE_MOST))
        refuse(i, ERR_TOO_LONG, STR_NONE);
    else if (utf8_has_control(i->name) || (i->code.ptr && utf8_has_control(i->code)))
        refuse(i, ERR_CONTROL_CHARACTER, STR_NONE);
    else
        return true;
    return false;
}

static err make_valid(struct import_plan *p, struct item *i, GEOSGeometry **geometry)
{
    struct str reason;
    double     lon, lat;
    if (geo_valid(&p->geo, *geometry, &reason, &lon, &lat))
        return OK;
    i->repaired = str_fmt(p->arena, "%.*s at %.6f, %.6f", STR_ARG(reason.ptr ? reason : STR("not valid")), lon, lat);
    GEOSGeometry *better = geo_repair(&p->geo, *geometry);
    geo_drop(&p->geo, *geometry);
    *geometry = better;
    return better ? OK : FAIL(ERR_SHAPE);
}

static void read_shape(struct import_plan *p, const json_t *feature, struct item *i)
{
    GEOSGeometry *geometry = NULL;
    err           e = geo_read(&p->geo, json_object_get(feature, "geometry"), p->crs, &geometry);
    if (!failed(e))
        e = make_valid(p, i, &geometry);
    if (!failed(e)) {
        i->wkb = geo_wkb(&p->geo, geometry);
        e = i->wkb.ptr ? shape_make(0, i->wkb, &i->shape) : FAIL(ERR_SHAPE);
    }
    geo_drop(&p->geo, geometry);
    if (!failed(e))
        return;
    refuse(i, e.code, str_copy(p->arena, str_of(p->geo.problem[0] ? p->geo.problem : "nothing with an area is left")));
}

static void read_feature(struct import_plan *p, const json_t *feature, struct item *i)
{
    const char *type = json_string_value(json_object_get(feature, "type"));
    if (!type || strcmp(type, "Feature") != 0)
        refuse(i, ERR_GEOJSON, STR("not a Feature"));
    else if (read_names(p, feature, i))
        read_shape(p, feature, i);
}

/* An old-style "crs" member must agree with WGS 84 longitude and latitude; other systems are stated by the option. */
static bool crs_member_fits(const json_t *root)
{
    static const char *const known[] = { "CRS84", "4326", "4490" };
    const json_t            *crs = json_object_get(root, "crs");
    const char              *name = json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
    if (!crs || json_is_null(crs))
        return true;
    for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
        if (str_ends(str_of(name), known[i]))
            return true;
    return false;
}

/* Without a stated property: one that is commonly called so and is there in the first feature. */
static const char *guess_name_property(const json_t *features)
{
    static const char *const common[] = { "name", "NAME", "Name", "名称", "name_zh", "NAME_CHN", "title" };
    const json_t            *properties = json_object_get(json_array_get(features, 0), "properties");
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (json_is_string(json_object_get(properties, common[i])))
            return common[i];
    return NULL;
}

static err read_collection(struct import_plan *p, const json_t *root)
{
    const char   *type = json_string_value(json_object_get(root, "type"));
    const json_t *features = json_object_get(root, "features");
    if (!type || strcmp(type, "FeatureCollection") != 0 || json_array_size(features) == 0)
        return FAIL(ERR_GEOJSON);
    if (json_array_size(features) > FEATURES_MOST)
        return FAIL(ERR_TOO_LARGE);
    if (!crs_member_fits(root))
        return FAIL_AT(ERR_CRS_UNKNOWN, "crs");
    if (!p->o.name_property && !(p->o.name_property = guess_name_property(features)))
        return FAIL_AT(ERR_REQUIRED, "name_property");
    p->features = p->count = json_array_size(features);
    p->items = ARENA_ARRAY(p->arena, p->count + (size_t)p->s->areas + 1, struct item);
    for (size_t i = 0; i < p->features; i++) {
        p->items[i].number = i + 1;
        p->items[i].fate = ITEM_NEW;
        read_feature(p, json_array_get(features, i), &p->items[i]);
    }
    return OK;
}

err import_read(struct import_plan *p, struct str geojson)
{
    json_error_t at;
    json_t      *root = json_loadb(geojson.ptr ? geojson.ptr : "", geojson.len, JSON_REJECT_DUPLICATES, &at);
    if (!root)
        return FAIL(ERR_GEOJSON);
    err e = read_collection(p, root);
    json_decref(root);
    return e;
}
