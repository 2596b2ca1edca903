-- Orders whose time is over: whoever provides them is asked once what came of it; what was personal goes whether or not a name was given.

ALTER TABLE service_order ADD COLUMN asked_result_at BIGINT;   -- when its provider was told that its time is over and its result missing
CREATE INDEX service_order_reached ON service_order (tenant_id, ended_at) WHERE contact_hash IS NOT NULL;
ALTER TABLE service_rhythm ADD COLUMN rests BIGINT;   -- 1 when it makes no slots on public holidays
