-- Of the hours in which limits end only one number is kept, and it stood in a row for all counters.

-- table: Open cases by the hour in which their limit ends, from today on: of an area with all below it, or of an organisation
CREATE TABLE insight_hour (
    tenant_id    BIGINT NOT NULL,            -- district
    unit_id      BIGINT NOT NULL,            -- area or organisation
    hour         INTEGER NOT NULL,           -- hours since 1970-01-01 in the district's zone
    open_due     INTEGER NOT NULL,           -- open cases whose limit ends in it
    PRIMARY KEY (tenant_id, unit_id, hour)
) /*STRICT, WITHOUT ROWID*/;
INSERT INTO insight_hour (tenant_id, unit_id, hour, open_due)
SELECT tenant_id, unit_id, day, open_due FROM insight_count WHERE grain = 3;
DELETE FROM insight_count WHERE grain = 3;

-- Columns and indexes that were made anew have no statistics, and nobody would take them before a tenth of the rows has changed.
/*POSTGRES
ANALYZE cases;
ANALYZE case_event;
ANALYZE search_case;
ANALYZE insight_count;
ANALYZE insight_category;
ANALYZE insight_fact;
ANALYZE insight_turn;
*/
