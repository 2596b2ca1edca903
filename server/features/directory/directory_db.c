/* directory_db.c: cards, and who is shown. */
#include "directory_inside.h"

#define COLUMNS "unit_id, unit_kind, phone, address, hours, note, lon, lat, updated_at, version"
DB_SQL(directory_one, "SELECT " COLUMNS " FROM directory_card WHERE tenant_id = $1 AND unit_id = $2")
DB_SQL(directory_every, "SELECT " COLUMNS " FROM directory_card WHERE tenant_id = $1 ORDER BY unit_id")
#define AMONG "IN (SELECT CAST(key AS BIGINT) FROM json_each($2))"   /* ids as the keys of a JSON object */
DB_SQL(directory_some, "SELECT " COLUMNS " FROM directory_card WHERE tenant_id = $1 AND unit_id " AMONG " ORDER BY unit_id")
DB_SQL(directory_between,
       "SELECT " COLUMNS " FROM directory_card WHERE tenant_id = $1 AND lat IS NOT NULL AND lat >= $2 AND lat <= $3 AND lon >= $4 AND lon <= $5 "
       "AND unit_kind = 2 ORDER BY unit_id")
DB_SQL(directory_set,
       "INSERT INTO directory_card (tenant_id, unit_id, unit_kind, phone, address, hours, note, lon, lat, updated_at, updated_by, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT (tenant_id, unit_id) DO UPDATE SET phone = $4, address = $5, "
       "hours = $6, note = $7, lon = $8, lat = $9, updated_at = $10, updated_by = $11, version = directory_card.version + 1")
#define PUBLIC_PEOPLE                                                                                  \
    "SELECT x.unit_kind, x.unit_id, n.name, p.name_zh, p.name_en FROM appointment x "                 \
    "JOIN post p ON p.tenant_id = x.tenant_id AND p.id = x.post_id AND p.public = 1 "                 \
    "JOIN person n ON n.tenant_id = x.tenant_id AND n.id = x.person_id AND n.public = 1 "             \
    "WHERE x.tenant_id = $1 AND x.valid_from <= $3 AND (x.valid_to IS NULL OR x.valid_to > $3) "
#define BY_UNIT " ORDER BY x.unit_id, p.id, x.id"
DB_SQL(directory_shown, PUBLIC_PEOPLE "AND x.id > $2" BY_UNIT)
DB_SQL(directory_shown_at, PUBLIC_PEOPLE "AND x.unit_id = $2" BY_UNIT)
DB_SQL(directory_shown_among, PUBLIC_PEOPLE "AND x.person_id " AMONG BY_UNIT)
DB_SQL(directory_names, "SELECT id, name FROM person WHERE tenant_id = $1 AND public = 1 ORDER BY id")
DB_SQL(directory_servers, "SELECT org_id FROM org_area WHERE tenant_id = $1 AND area_id = $2 AND valid_from <= $3 "
                          "AND (valid_to IS NULL OR valid_to > $3) ORDER BY org_id")

#define CARD(kind, m, ...) FIELD_##kind(struct directory_card, m, ##__VA_ARGS__, "")
static const struct field card_map[] = {
    CARD(ID, unit_id, 0),           CARD(I64, unit_kind, 0, 0, 0),  CARD(STR, phone, 0, 0, 0), CARD(STR, address, 0, 0, 0),
    CARD(STR, hours, 0, 0, 0),      CARD(STR, note, 0, 0, 0),       CARD(REAL, lon, 0),        CARD(REAL, lat, 0),
    CARD(TIME, updated_at, 0),      CARD(I64, version, 0, 0, 0),    FIELD_END
};

err directory_card_of(struct db_conn *c, struct arena *a, int64_t tenant, int64_t unit, struct directory_card *out)
{
    *out = (struct directory_card){ .unit_id = unit, .phone = STR_NONE };
    err e = db_one(c, a, &directory_one, DB_ARGS(I64(tenant), I64(unit)), card_map, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err directory_cards(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    return db_all(c, a, &directory_every, DB_ARGS(I64(tenant)), card_map, sizeof(struct directory_card), 0, out);
}

err directory_cards_of(struct db_conn *c, struct arena *a, int64_t tenant, struct ids units, struct list *out)
{
    *out = (struct list){ NULL, 0 };
    if (!units.len)
        return OK;
    return db_all(c, a, &directory_some, DB_ARGS(I64(tenant), TEXT(db_keys(a, units))), card_map, sizeof(struct directory_card), 0, out);
}

err directory_cards_between(struct db_conn *c, struct arena *a, int64_t tenant, struct geo low, struct geo high, struct list *out)
{
    return db_all(c, a, &directory_between, DB_ARGS(I64(tenant), REAL(low.lat), REAL(high.lat), REAL(low.lon), REAL(high.lon)), card_map,
                  sizeof(struct directory_card), 0, out);
}

const struct directory_card *directory_card_in(const struct list *cards, int64_t unit)
{
    const struct directory_card *at = cards->at;
    size_t                       low = 0, high = cards->len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].unit_id < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cards->len && at[low].unit_id == unit ? &at[low] : NULL;
}

err directory_put(struct db_conn *c, int64_t tenant, const struct directory_card *card, ms now, int64_t by)
{
    struct db_arg lon = REAL(card->lon), lat = REAL(card->lat), none = NUL;
    bool          placed = card->lon != 0 || card->lat != 0;
    return db_exec(c, &directory_set,
                   DB_ARGS(I64(tenant), I64(card->unit_id), I64(card->unit_kind), TEXT(card->phone), TEXT(card->address), TEXT(card->hours),
                           TEXT(card->note), placed ? lon : none, placed ? lat : none, TIME(now), REF(by)),
                   NULL);
}

#define PERSON(kind, m, ...) FIELD_##kind(struct directory_person, m, ##__VA_ARGS__, "")
static const struct field person_map[] = {
    PERSON(I64, unit_kind, 0, 0, 0), PERSON(ID, unit_id, 0), PERSON(STR, name, 0, 0, 0), PERSON(STR, post_name_zh, 0, 0, 0),
    PERSON(STR, post_name_en, 0, 0, 0), FIELD_END
};

err directory_people(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct list *out)
{
    return db_all(c, a, &directory_shown, DB_ARGS(I64(tenant), I64(0), TIME(now)), person_map, sizeof(struct directory_person), 0, out);
}

err directory_people_at(struct db_conn *c, struct arena *a, int64_t tenant, ms now, int64_t unit, struct list *out)
{
    return db_all(c, a, &directory_shown_at, DB_ARGS(I64(tenant), I64(unit), TIME(now)), person_map, sizeof(struct directory_person), 0, out);
}

err directory_people_among(struct db_conn *c, struct arena *a, int64_t tenant, ms now, struct ids persons, struct list *out)
{
    *out = (struct list){ NULL, 0 };
    if (!persons.len)
        return OK;
    return db_all(c, a, &directory_shown_among, DB_ARGS(I64(tenant), TEXT(db_keys(a, persons)), TIME(now)), person_map,
                  sizeof(struct directory_person), 0, out);
}

struct list directory_people_in(const struct list *people, int64_t unit)
{
    struct directory_person *at = people->at;
    size_t                   low = 0, high = people->len, end;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (at[middle].unit_id < unit)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < people->len && at[end].unit_id == unit; end++)
        ;
    return (struct list){ at + low, end - low };
}

err directory_named(struct db_conn *c, struct arena *a, int64_t tenant, struct list *out)
{
    static const struct field map[] = { FIELD_ID(struct directory_named, id, 0, ""), FIELD_STR(struct directory_named, name, 0, 0, 0, ""), FIELD_END };
    return db_all(c, a, &directory_names, DB_ARGS(I64(tenant)), map, sizeof(struct directory_named), 0, out);
}

err directory_serving(struct db_conn *c, struct arena *a, int64_t tenant, int64_t area, ms now, struct ids *out)
{
    static const struct field id_map[] = { { .name = "id", .kind = KIND_ID, .offset = 0 }, FIELD_END };
    struct list               rows;
    TRY(db_all(c, a, &directory_servers, DB_ARGS(I64(tenant), I64(area), TIME(now)), id_map, sizeof(int64_t), 0, &rows));
    *out = (struct ids){ rows.at, rows.len };
    return OK;
}
