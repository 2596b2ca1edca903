-- Cases of an area and a category together have an index of their own: asked of either alone, a category that is frequent elsewhere and rare here was read from
-- end to end. The room for it comes from two indexes in which most cases have few values: they hold the hour of an id (its upper bits, 70 minutes), which PostgreSQL
-- keeps once for all cases of that hour, and not each id.
DROP INDEX cases_state;
CREATE INDEX cases_state ON cases (tenant_id, state, (id >> 44));
DROP INDEX cases_called_back;
CREATE INDEX cases_called_back ON cases (tenant_id, call_back, (id >> 44)) WHERE call_back <> 0;   -- not "> 0": SQLite would take that for the range that is asked for
DROP INDEX cases_appealed;
CREATE INDEX cases_appealed ON cases (tenant_id, appeal, id) WHERE appeal <> 0;   -- the same
-- Of those with a category alone: SQLite would take it for cases of an area whatever their category, also where the open ones have an index.
CREATE INDEX cases_area_category ON cases (tenant_id, area_id, category_id, id) WHERE category_id IS NOT NULL;

/*POSTGRES
ANALYZE cases;
*/
