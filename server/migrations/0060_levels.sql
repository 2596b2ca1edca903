-- Which level holds a case, which level supervises it, and when those who owe an answer are reminded.

ALTER TABLE cases ADD COLUMN supervised_area_id BIGINT; -- area whose level supervises it
ALTER TABLE cases ADD COLUMN supervised_remind_at BIGINT; -- when the next reminder of the supervision goes out; empty: none
ALTER TABLE case_task ADD COLUMN remind_at BIGINT; -- when the next reminder of the call goes out; empty: none
ALTER TABLE case_task ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0; -- reminders sent: 1 before it was due, then one more each day after

-- My work asks who holds a case, on its way along the open ones; what a level holds is found by its own index, which most cases are not in.
DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (tenant_id, due_at, id, state, closed_at, held_area_id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_held ON cases (tenant_id, held_area_id, due_at, id, state, closed_at, org_id) WHERE closed_at IS NULL AND held_area_id IS NOT NULL;
CREATE INDEX cases_held ON cases (tenant_id, held_area_id, id) WHERE held_area_id IS NOT NULL;
CREATE INDEX cases_assignee ON cases (tenant_id, assignee_id, id) WHERE assignee_id IS NOT NULL;
DROP INDEX cases_supervised;
CREATE INDEX cases_supervised ON cases (tenant_id, supervised_area_id, supervised_due, id) WHERE supervised_at IS NOT NULL;
CREATE INDEX cases_supervised_remind ON cases (tenant_id, supervised_remind_at, id) WHERE supervised_remind_at IS NOT NULL;
CREATE INDEX case_task_remind ON case_task (tenant_id, remind_at, case_id, id) WHERE remind_at IS NOT NULL;

UPDATE case_task SET remind_at = due_at WHERE ended_at IS NULL AND due_at IS NOT NULL;
