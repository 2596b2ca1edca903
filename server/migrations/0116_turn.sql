-- Nearly every case was dispatched to one organisation, and what is counted of that dispatch is told by the case's own facts: its day is dispatched_day, what
-- holds of it holds of the case, and the organisation mostly has it still. Where it does not, two columns say so. Further organisations alone have rows.

ALTER TABLE insight_fact ADD COLUMN first_org_id BIGINT;    -- organisation it was first dispatched to, when holder_id is another
ALTER TABLE insight_fact ADD COLUMN first_bits SMALLINT;    -- what holds of the first dispatch, when the same does not hold of the case

UPDATE insight_fact SET first_org_id = NULLIF(t.org_id, insight_fact.holder_id), first_bits = NULLIF(t.bits, insight_fact.bits & 14)
FROM insight_turn t
WHERE t.tenant_id = insight_fact.tenant_id AND t.case_id = insight_fact.case_id AND (t.bits & 8) <> 0
  AND (t.org_id IS DISTINCT FROM insight_fact.holder_id OR t.bits <> (insight_fact.bits & 14));

/*SQLITE
DELETE FROM insight_turn WHERE (bits & 8) <> 0;
UPDATE catalogue SET description = 'What is counted of a case for a further organisation it was dispatched to' WHERE table_name = 'insight_turn' AND column_name = '';
*/
-- What PostgreSQL deletes keeps its room, so the table is emptied and its few rows come back. An index of days alone says a day once for many rows.
/*POSTGRES
CREATE TEMP TABLE further ON COMMIT DROP AS SELECT tenant_id, case_id, org_id, day, bits FROM insight_turn WHERE (bits & 8) = 0;
TRUNCATE insight_turn;
DROP INDEX insight_turn_day;
INSERT INTO insight_turn (tenant_id, case_id, org_id, day, bits)
SELECT tenant_id, case_id, org_id, day, bits FROM further ORDER BY tenant_id, case_id, org_id;
CREATE INDEX insight_turn_day ON insight_turn (tenant_id, day);
COMMENT ON TABLE insight_turn IS 'What is counted of a case for a further organisation it was dispatched to';
ANALYZE insight_fact;
ANALYZE insight_turn;
*/
