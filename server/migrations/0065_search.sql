-- The organisation that has a case is a word of the index too: everything in it is put in anew, by the job, from the next start on.
/*SQLITE
INSERT INTO search_case (search_case) VALUES ('delete-all');
*/
/*POSTGRES
DELETE FROM search_case;
*/
DELETE FROM search_fill;
INSERT INTO search_fill (tenant_id, below, done, total)
SELECT tenant_id, MAX(id) + 1, 0, COUNT(*) FROM cases GROUP BY tenant_id;
DELETE FROM job WHERE kind = 'search.fill';

-- What is compared first of a report and those around it stands in the index of cells, so that few of their rows are read.
DROP INDEX cases_cell;
CREATE INDEX cases_cell ON cases (tenant_id, ((lat_e7 + 900000000) / 20000 * 200000 + (lon_e7 + 1800000000) / 20000), id, lon_e7, lat_e7, category_id)
    WHERE lon_e7 IS NOT NULL;
