-- What waits for somebody is found at any size: each index has what the question asks, and the calls of open cases are found without those of old ones.

ALTER TABLE case_task ADD COLUMN case_ended BIGINT NOT NULL DEFAULT 0; -- 1 while its case is closed, rejected or merged
UPDATE case_task SET case_ended = 1
WHERE EXISTS (SELECT 1 FROM cases c WHERE c.tenant_id = case_task.tenant_id AND c.id = case_task.case_id AND c.closed_at IS NOT NULL);
CREATE INDEX case_task_of_open ON case_task (tenant_id, org_id, case_id, state) WHERE case_ended = 0;

DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (tenant_id, due_at, id, state, closed_at, held_area_id, area_id, org_id, supervised_area_id) WHERE closed_at IS NULL;
DROP INDEX cases_open_state;
CREATE INDEX cases_open_state ON cases (tenant_id, state, due_at, id, closed_at, supervised_area_id) WHERE closed_at IS NULL;
DROP INDEX cases_open_area;
CREATE INDEX cases_open_area ON cases (tenant_id, area_id, due_at, id, state, closed_at, held_area_id, org_id, supervised_area_id) WHERE closed_at IS NULL;
DROP INDEX cases_open_org;
CREATE INDEX cases_open_org ON cases (tenant_id, org_id, due_at, id, state, closed_at, assignee_id, supervised_area_id)
    WHERE closed_at IS NULL AND org_id IS NOT NULL;
DROP INDEX cases_open_held;
CREATE INDEX cases_open_held ON cases (tenant_id, held_area_id, due_at, id, state, closed_at, org_id, supervised_area_id)
    WHERE closed_at IS NULL AND held_area_id IS NOT NULL;
DROP INDEX cases_call_area;
CREATE INDEX cases_call_area ON cases (tenant_id, area_id, call_back_at, id, caller_id, caller_until, reporter_id, call_back) WHERE call_back = 1;
DROP INDEX cases_call_time;
CREATE INDEX cases_call_time ON cases (tenant_id, call_back_at, id, caller_id, caller_until, reporter_id, call_back) WHERE call_back = 1;
