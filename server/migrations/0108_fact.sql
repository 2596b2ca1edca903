-- What is counted of a case says on which days it is counted: indexes of those days stand for the table of marks, which said the same again in six rows a
-- case. A day on which nothing happened is empty, and takes no room. All of it can be counted anew, so nothing refers to the cases.

-- table: What is counted of a case
CREATE TABLE insight_fact (
    tenant_id      BIGINT NOT NULL,            -- district
    case_id        BIGINT NOT NULL,            -- case
    area_id        BIGINT,                     -- deepest area
    category_id    BIGINT,                     -- category
    holder_id      BIGINT,                     -- organisation that has it, or had it when it was handled
    bits           INTEGER NOT NULL,           -- what holds of it: see facts.h
    reported_day   INTEGER NOT NULL,           -- days since 1970-01-01 in the district's zone
    limit_hour     INTEGER,                    -- open: hour since 1970-01-01 in which the limit of the present step ends
    dispatched_day INTEGER,                    -- first dispatched
    due_day        INTEGER,                    -- handling due
    checked_day    INTEGER,                    -- first verified
    ended_day      INTEGER,                    -- closed or rejected
    rated_day      INTEGER,                    -- rated
    called_day     INTEGER,                    -- called back
    whistled_day   INTEGER,                    -- first whistle
    appealed_day   INTEGER,                    -- appeal decided
    state          SMALLINT NOT NULL,          -- state
    turns          SMALLINT NOT NULL,          -- times it was dispatched
    answers        SMALLINT NOT NULL,          -- calls by whistle that were answered in time
    PRIMARY KEY (tenant_id, case_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: What is counted of a case for an organisation it was dispatched to
CREATE TABLE insight_turn (
    tenant_id      BIGINT NOT NULL,            -- district
    case_id        BIGINT NOT NULL,            -- case
    org_id         BIGINT NOT NULL,            -- organisation
    day            INTEGER NOT NULL,           -- first dispatched to it, days since 1970-01-01 in the district's zone
    bits           INTEGER NOT NULL,           -- what holds of it: see facts.h
    PRIMARY KEY (tenant_id, case_id, org_id)
) /*STRICT, WITHOUT ROWID*/;

INSERT INTO insight_fact (tenant_id, case_id, area_id, category_id, holder_id, bits, reported_day, limit_hour, dispatched_day, due_day, checked_day,
                          ended_day, rated_day, called_day, whistled_day, appealed_day, state, turns, answers)
SELECT tenant_id, case_id, NULLIF(area_id, 0), NULLIF(category_id, 0), NULLIF(holder_id, 0), bits, reported_day, NULLIF(limit_day * 24 + limit_hour, 0),
       NULLIF(dispatched_day, 0), NULLIF(due_day, 0), NULLIF(checked_day, 0), NULLIF(ended_day, 0), NULLIF(rated_day, 0), NULLIF(called_day, 0),
       NULLIF(whistled_day, 0), NULLIF(appealed_day, 0), state, turns, answers
FROM insight_case WHERE org_id = 0 ORDER BY tenant_id, case_id;
INSERT INTO insight_turn (tenant_id, case_id, org_id, day, bits)
SELECT tenant_id, case_id, org_id, dispatched_day, bits FROM insight_case WHERE org_id <> 0 ORDER BY tenant_id, case_id, org_id;
DROP TABLE insight_case;
DROP TABLE insight_mark;
DELETE FROM catalogue WHERE table_name IN ('insight_case', 'insight_mark');

-- Three have all that is asked of them: by category they are read by the ten thousand.
CREATE INDEX insight_fact_reported ON insight_fact (tenant_id, reported_day, case_id, area_id, category_id, bits);
CREATE INDEX insight_fact_dispatched ON insight_fact (tenant_id, dispatched_day, case_id) WHERE dispatched_day IS NOT NULL;
CREATE INDEX insight_fact_due ON insight_fact (tenant_id, due_day, case_id, area_id, category_id, holder_id, bits) WHERE due_day IS NOT NULL;
CREATE INDEX insight_fact_checked ON insight_fact (tenant_id, checked_day, case_id) WHERE checked_day IS NOT NULL;
CREATE INDEX insight_fact_ended ON insight_fact (tenant_id, ended_day, case_id, area_id, category_id, holder_id, bits) WHERE ended_day IS NOT NULL;
CREATE INDEX insight_fact_rated ON insight_fact (tenant_id, rated_day, case_id) WHERE rated_day IS NOT NULL;
CREATE INDEX insight_fact_called ON insight_fact (tenant_id, called_day, case_id) WHERE called_day IS NOT NULL;
CREATE INDEX insight_fact_whistled ON insight_fact (tenant_id, whistled_day, case_id) WHERE whistled_day IS NOT NULL;
CREATE INDEX insight_fact_appealed ON insight_fact (tenant_id, appealed_day, case_id) WHERE appealed_day IS NOT NULL;
CREATE INDEX insight_turn_day ON insight_turn (tenant_id, day, case_id);
