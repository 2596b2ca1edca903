-- A box of a few houses is found by smaller cells than those in which reports of the same matter are looked for, which may hold thousands. Both indexes have
-- all that a pin on the map shows.

DROP INDEX cases_cell;
CREATE INDEX cases_cell ON cases (tenant_id, ((lat_e7 + 900000000) / 20000 * 200000 + (lon_e7 + 1800000000) / 20000), id, lon_e7, lat_e7, state, due_at,
                                  category_id, area_id, org_id) WHERE lon_e7 IS NOT NULL;
CREATE INDEX cases_spot ON cases (tenant_id, ((lat_e7 + 900000000) / 5000 * 800000 + (lon_e7 + 1800000000) / 5000), id, lon_e7, lat_e7, state, due_at,
                                  category_id, area_id, org_id) WHERE lon_e7 IS NOT NULL;

/*POSTGRES
ANALYZE cases;
*/
