-- Cities: districts of an installation whose counters, and nothing else of them, are summed up for the people of a city.

-- table: Which district belongs to which city
CREATE TABLE city_district (
    district     BIGINT NOT NULL,            -- the tenant_id of the district
    city         BIGINT NOT NULL,            -- the tenant_id of the space in which the city's people sign in
    joined_at    BIGINT NOT NULL,            -- since when
    PRIMARY KEY (district)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX city_district_city ON city_district (city);
CREATE INDEX insight_tree_top ON insight_tree (tenant_id, area_id) WHERE parent_id = 0;
