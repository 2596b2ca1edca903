-- What My work counts is read from the indexes of open cases alone; what a person handled is found by its own.
DROP INDEX cases_due;
DROP INDEX cases_open_area;
DROP INDEX cases_open_org;
CREATE INDEX cases_due ON cases (tenant_id, due_at, id, state, closed_at) WHERE closed_at IS NULL;
CREATE INDEX cases_open_area ON cases (tenant_id, area_id, due_at, id, state, closed_at) WHERE closed_at IS NULL;
CREATE INDEX cases_open_org ON cases (tenant_id, org_id, due_at, id, state, closed_at) WHERE closed_at IS NULL AND org_id IS NOT NULL;
CREATE INDEX cases_handler ON cases (tenant_id, handler_id, id) WHERE handler_id IS NOT NULL;
