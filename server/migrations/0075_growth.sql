-- What fell due earlier today is counted by the hour, so that a dashboard reads no case of the hours before; of this hour an index alone tells.

DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (tenant_id, due_at, id, state, closed_at, held_area_id, area_id, org_id) WHERE closed_at IS NULL;
-- The board's columns: of a state that is rare the open cases of the others are not walked through.
CREATE INDEX cases_open_state ON cases (tenant_id, state, due_at, id, closed_at) WHERE closed_at IS NULL;

ALTER TABLE insight_case ADD COLUMN limit_hour BIGINT NOT NULL DEFAULT 0; -- hour of limit_day, 0 to 23, in which that limit ends

-- What was counted so far counts as due in the first hour of its day, until every story has been read again.
INSERT INTO insight_count (tenant_id, unit_id, grain, day, reported, filed, dispatched, returned, first, first_right, due, due_closed,
    closed_on_time, extended, checked, reworked, closed, rejected, beyond_powers, valid, resolved, starred, satisfied, asked, contacted,
    unreachable, upheld, whistled, whistle_answered, open_reported, open_due, in_reported, in_waiting, in_accepted, in_dispatched, in_handling,
    in_handled, in_suspended)
SELECT tenant_id, unit_id, 3, day * 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, open_due, 0, 0, 0, 0, 0, 0, 0
FROM insight_count WHERE grain = 1 AND open_due <> 0;
INSERT INTO insight_fill (tenant_id, above, done, total)
SELECT tenant_id, 0, 0, COUNT(*) FROM cases GROUP BY tenant_id
ON CONFLICT (tenant_id) DO UPDATE SET above = 0, done = 0, total = excluded.total;
