-- Counters of a unit and a day are sums of several rows: its parts. PostgreSQL leaves the row from before beside the new one for as long as anybody may still look at that
-- moment, and whoever looks for the row passes all of them: beside a backup that took two minutes the row of a district, which each report adds to, took a hundred
-- times as long. So the program begins a new part every so often, and joins them to part 0 again. The columns of the key stand first: SQLite 3.40 takes those of a
-- table without rowid for empty otherwise when it looks for what is damaged.

-- table: Counters of an area with all below it, or of an organisation: by day and by month
CREATE TABLE insight_sum (
    tenant_id        BIGINT NOT NULL,    -- district
    unit_id          BIGINT NOT NULL,    -- area or organisation
    grain            INTEGER NOT NULL,   -- 1 day, 2 month
    day              INTEGER NOT NULL,   -- days since 1970-01-01; of a month its first
    part             INTEGER NOT NULL DEFAULT 0, -- rows that differ in this alone are added up
    reported         INTEGER NOT NULL,   -- see docs/figures.md for each
    filed            INTEGER NOT NULL,   -- filed
    dispatched       INTEGER NOT NULL,   -- dispatched
    returned         INTEGER NOT NULL,   -- of these, returned
    first            INTEGER NOT NULL,   -- dispatched for the first time
    first_right      INTEGER NOT NULL,   -- of these, rightly
    due              INTEGER NOT NULL,   -- due
    due_closed       INTEGER NOT NULL,   -- of these, closed
    closed_on_time   INTEGER NOT NULL,   -- of these, handled in time
    extended         INTEGER NOT NULL,   -- of the due, extended
    checked          INTEGER NOT NULL,   -- verified
    reworked         INTEGER NOT NULL,   -- of these, failed once or more
    closed           INTEGER NOT NULL,   -- closed
    rejected         INTEGER NOT NULL,   -- rejected
    beyond_powers    INTEGER NOT NULL,   -- of the closed, beyond powers
    valid            INTEGER NOT NULL,   -- said whether it was solved
    resolved         INTEGER NOT NULL,   -- of these, solved
    starred          INTEGER NOT NULL,   -- said how it was handled
    satisfied        INTEGER NOT NULL,   -- of these, satisfied
    asked            INTEGER NOT NULL,   -- said whether they were contacted
    contacted        INTEGER NOT NULL,   -- of these, contacted in time
    unreachable      INTEGER NOT NULL,   -- not reached
    upheld           INTEGER NOT NULL,   -- appeals upheld
    whistled         INTEGER NOT NULL,   -- with organisations called
    whistle_answered INTEGER NOT NULL,   -- of these, all answered in time
    open_reported    INTEGER NOT NULL,   -- open, by the day of the report
    open_due         INTEGER NOT NULL,   -- open, by the day on which the limit ends
    in_reported      INTEGER NOT NULL,   -- open, by the day of the report: in state reported
    in_waiting       INTEGER NOT NULL,   -- in state waiting
    in_accepted      INTEGER NOT NULL,   -- in state accepted
    in_dispatched    INTEGER NOT NULL,   -- in state dispatched
    in_handling      INTEGER NOT NULL,   -- in state handling
    in_handled       INTEGER NOT NULL,   -- in state handled
    in_suspended     INTEGER NOT NULL,   -- in state suspended
    PRIMARY KEY (tenant_id, unit_id, grain, day, part)
) /*STRICT, WITHOUT ROWID*/;
INSERT INTO insight_sum (tenant_id, unit_id, grain, day, reported, filed, dispatched, returned, first, first_right, due, due_closed, closed_on_time, extended, checked, reworked, closed, rejected,
    beyond_powers, valid, resolved, starred, satisfied, asked, contacted, unreachable, upheld, whistled, whistle_answered, open_reported, open_due,
    in_reported, in_waiting, in_accepted, in_dispatched, in_handling, in_handled, in_suspended)
SELECT tenant_id, unit_id, grain, day, reported, filed, dispatched, returned, first, first_right, due, due_closed, closed_on_time, extended, checked, reworked, closed, rejected,
    beyond_powers, valid, resolved, starred, satisfied, asked, contacted, unreachable, upheld, whistled, whistle_answered, open_reported, open_due,
    in_reported, in_waiting, in_accepted, in_dispatched, in_handling, in_handled, in_suspended
FROM insight_count ORDER BY tenant_id, unit_id, grain, day;
CREATE INDEX insight_sum_part ON insight_sum (tenant_id, unit_id, grain, day) WHERE part > 0;
DROP TABLE insight_count;
DELETE FROM catalogue WHERE table_name = 'insight_count';

/*POSTGRES
ANALYZE insight_sum;
*/
