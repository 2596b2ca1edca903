-- Who is at work on a project is told once when something of it falls due, and once when it is late.

ALTER TABLE project ADD COLUMN told BIGINT NOT NULL DEFAULT 0;        -- of the planned end: 0 nobody was told, 1 that it comes, 2 that it is over
ALTER TABLE project_step ADD COLUMN told BIGINT NOT NULL DEFAULT 0;   -- 0 nobody was told, 1 that it falls due, 2 that it is late
CREATE INDEX project_due ON project (tenant_id, due_at, id) WHERE due_at IS NOT NULL AND state IN (2, 3);
