-- What lies in a box on the map is found by its cells, and whose it is without reading the cases.

DROP INDEX cases_cell;
CREATE INDEX cases_cell ON cases (tenant_id, ((lat_e7 + 900000000) / 20000 * 200000 + (lon_e7 + 1800000000) / 20000), id, lon_e7, lat_e7, category_id, area_id, org_id)
    WHERE lon_e7 IS NOT NULL;
