-- A claim may be kept by a service, whose orders then do not count a second time; what was done is read off orders by organisation and by day.
ALTER TABLE need_claim ADD COLUMN service_id BIGINT;    -- service by which it is done; empty: none
CREATE INDEX service_order_done ON service_order (tenant_id, org_id, begins_at) WHERE state = 7;
CREATE INDEX service_order_done_at ON service_order (tenant_id, done_at, id) WHERE state = 7;
CREATE INDEX service_order_rated_at ON service_order (tenant_id, rated_at, id) WHERE rated_at IS NOT NULL;
