-- The dispatch page: what is wanted most, what lies idle, what falls due, in a whole district or one area of it.

CREATE INDEX need_urgent ON need (tenant_id, urgency DESC, (COALESCE(ends_at, 9000000000000000)), id) WHERE state IN (2, 3);
CREATE INDEX need_area_urgent ON need (tenant_id, area_id, urgency DESC, (COALESCE(ends_at, 9000000000000000)), id) WHERE state IN (2, 3);
CREATE INDEX resource_offered ON resource (tenant_id, id) WHERE state = 1;
CREATE INDEX resource_area_offered ON resource (tenant_id, area_id, id) WHERE state = 1;
CREATE INDEX need_claim_due ON need_claim (tenant_id, due_at, id) WHERE state IN (1, 2);
