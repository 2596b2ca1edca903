/* The national list of divisions that comes with the program (divisions/README.md): a district's streets and communities as rows of a sheet. */
#include <zlib.h>

#include "../../base/embed.h"
#include "unit_http.h"
#include "unit_sheet.h"

#define LIST_BYTES_MOST ((size_t)8 * 1024 * 1024)
#define DISTRICT_DIGITS 6

extern const struct embedded unit_divisions[];

struct division { struct str code, name; };

static struct str unpacked(struct arena *a, struct str gz)
{
    char    *out = arena_alloc(a, LIST_BYTES_MOST);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)gz.ptr, .avail_in = (uInt)gz.len, .next_out = (Bytef *)out, .avail_out = (uInt)LIST_BYTES_MOST };
    if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
        return STR("");
    int done = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    return done == Z_STREAM_END ? (struct str){ out, z.total_out } : STR("");
}

/* In order of codes, each behind the one it lies in. */
static struct list read_list(struct arena *a)
{
    struct str       rest = unpacked(a, embedded_find(unit_divisions, "divisions.csv.gz"));
    size_t           lines = 0;
    for (size_t i = 0; i < rest.len; i++)
        lines += rest.ptr[i] == '\n';
    struct division *all = ARENA_ARRAY(a, lines + 1, struct division);
    size_t           n = 0;
    (void)str_cut(&rest, '\n');   /* the header */
    while (rest.len) {
        struct str line = str_cut(&rest, '\n'), code = str_cut(&line, ',');
        if (line.len)
            all[n++] = (struct division){ code, line };
    }
    return (struct list){ all, n };
}

static bool lies_in(struct str code, struct str above)
{
    return code.len > above.len && memcmp(code.ptr, above.ptr, above.len) == 0;
}

/* ---- districts to choose from ---- */

struct district_view { struct str code, name, above; int64_t streets, communities; };
const struct field division_fields[] = {
    FIELD_STR(struct district_view, code, 0, 0, REQUIRED, "Its six digits"),
    FIELD_STR(struct district_view, name, 0, 0, REQUIRED, "District or county"),
    FIELD_STR(struct district_view, above, 0, 0, REQUIRED, "Province and city"),
    FIELD_I64(struct district_view, streets, 0, 0, REQUIRED, "Streets, towns and townships that the list has of it"),
    FIELD_I64(struct district_view, communities, 0, 0, REQUIRED, "Communities and villages; 0: the list has none of this place"),
    FIELD_END,
};

/* Cities that only stand for the counties of a province itself have names that say nothing. */
static struct str above_of(struct arena *a, struct str province, struct str city)
{
    bool says = !str_is(city, "市辖区") && !str_is(city, "县") && !str_ends(city, "直辖县级行政区划");
    return says ? str_fmt(a, "%.*s%.*s", STR_ARG(province), STR_ARG(city)) : province;
}

err division_list(struct req *r)
{
    struct list            all = read_list(r->arena);
    const struct division *d = all.at;
    struct district_view  *v = ARENA_ARRAY(r->arena, all.len + 1, struct district_view);
    struct str             province = STR(""), city = STR("");
    size_t                 n = 0;
    for (size_t i = 0; i < all.len; i++) {
        if (d[i].code.len == 2)
            province = d[i].name;
        else if (d[i].code.len == 4)
            city = d[i].name;
        else if (d[i].code.len == DISTRICT_DIGITS)
            v[n++] = (struct district_view){ d[i].code, d[i].name, above_of(r->arena, province, city), 0, 0 };
        else if (n && lies_in(d[i].code, v[n - 1].code))
            *(d[i].code.len == 9 ? &v[n - 1].streets : &v[n - 1].communities) += 1;
    }
    return reply_list(r, division_fields, sizeof *v, (struct list){ v, n }, STR_NONE);
}

/* ---- one of them as a sheet ---- */

err division_rows(struct arena *a, struct str district, struct str name, struct sheet_plan *p)
{
    struct list            all = read_list(a);
    const struct division *d = all.at;
    p->rows = ARENA_ARRAY(a, all.len + 1, struct unit_row);
    p->count = 0;
    for (size_t i = 0; i < all.len; i++) {
        bool self = str_eq(d[i].code, district);
        if (!self && (!p->count || !lies_in(d[i].code, district)))
            continue;
        struct unit_row *row = &p->rows[p->count];
        for (int c = 0; c < SHEET_COLUMNS; c++)
            row->cell[c] = STR("");
        row->number = (int64_t)++p->count;
        row->cell[SHEET_CODE] = d[i].code;
        row->cell[SHEET_NAME] = self && name.len ? name : d[i].name;
    }
    return district.len == DISTRICT_DIGITS && p->count ? OK : FAIL_AT(ERR_UNKNOWN_REFERENCE, "division");
}
