-- Many cases from few: copies every case of a demonstration so many times, back over three years, with its story. Copies older than 90 days are
-- closed. Run beside no server:   sqlite3 linli.db -cmd ".param set @copies 500" < bench/fill.sql
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -800000;
BEGIN;

-- A quarter of a year per step back, and some seconds so that no two copies have one moment. Ids are made as base/id.c makes them.
CREATE TEMP TABLE copy AS
WITH RECURSIVE k (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < @copies - 1),
     original AS (SELECT tenant_id, id, reported_at, row_number() OVER (ORDER BY id) AS r FROM cases)
SELECT tenant_id, id AS old_id, r, k, (k % 12) * 7776000000 + k * 61001 AS shift,
       ((reported_at - (k % 12) * 7776000000 - k * 61001 - 946684800000) << 22) | (63 << 16) | r AS new_id
FROM original, k;

INSERT INTO cases
SELECT c.tenant_id, p.new_id, substr(strftime('%Y%m%d', (c.reported_at - p.shift) / 1000, 'unixepoch'), 3) || '-' || (p.r * 1000 + p.k), c.source, NULL,
       CASE WHEN p.shift < 7776000000 THEN c.state ELSE 7 END, CASE WHEN p.shift < 7776000000 THEN c.outcome ELSE 1 END, c.category_id, c.severity,
       c.text, c.title, replace(c.find_text, c.code, substr(strftime('%Y%m%d', (c.reported_at - p.shift) / 1000, 'unixepoch'), 3) || '-' || (p.r * 1000 + p.k)),
       c.address, c.lon_e7, c.lat_e7, c.area_id, c.shape_id, c.near_border, c.rule_id, c.org_id, c.reporter_id, c.reporter_name, c.contact_enc,
       c.contact_hash, c.secret_hash, c.entered_by, c.handler_id, c.reported_at - p.shift,
       CASE WHEN p.shift < 7776000000 THEN c.due_at - p.shift END,
       CASE WHEN p.shift < 7776000000 THEN c.closed_at - p.shift ELSE c.reported_at - p.shift + 259200000 END,
       c.updated_at - p.shift, c.reworks, c.returns, c.reopens, c.solved, c.stars, c.released, c.version
FROM copy p JOIN cases c ON c.tenant_id = p.tenant_id AND c.id = p.old_id
ORDER BY p.new_id;

INSERT INTO case_event
SELECT e.tenant_id, p.new_id, e.seq, e.at - p.shift, e.action, e.from_state, e.to_state, e.account_id, e.org_id, e.internal, e.text, e.data
FROM copy p JOIN case_event e ON e.tenant_id = p.tenant_id AND e.case_id = p.old_id
ORDER BY p.new_id, e.seq;

COMMIT;
ANALYZE;
