-- Cases whose reporter was or is to be called back, and cases with an appeal, are listed by it: few among many, or all that were closed.
CREATE INDEX cases_called_back ON cases (tenant_id, call_back, id) WHERE call_back > 0;
CREATE INDEX cases_appealed ON cases (tenant_id, appeal, id) WHERE appeal > 0;
