-- Figures: what of each case is counted on which day, and the counters themselves, by area, organisation and category.

ALTER TABLE case_event ADD COLUMN due_at BIGINT; -- when what this step ended was due; empty: no limit, or from before limits were kept with the story

-- table: What is counted of a case: one row for the case, one for each organisation it was dispatched to
CREATE TABLE insight_case (
    tenant_id      BIGINT NOT NULL,            -- district
    case_id        BIGINT NOT NULL,            -- case
    org_id         BIGINT NOT NULL,            -- organisation it was dispatched to; 0: the case itself
    area_id        BIGINT NOT NULL,            -- deepest area; 0: none
    category_id    BIGINT NOT NULL,            -- category; 0: none
    holder_id      BIGINT NOT NULL,            -- organisation that has it, or had it when it was handled; 0: none
    state          BIGINT NOT NULL,            -- state
    bits           BIGINT NOT NULL,            -- what holds of it: see facts.h
    turns          BIGINT NOT NULL,            -- times it was dispatched
    answers        BIGINT NOT NULL,            -- calls by whistle that were answered in time
    reported_day   BIGINT NOT NULL,            -- days since 1970-01-01 in the district's zone; 0: it has not happened
    limit_day      BIGINT NOT NULL,            -- open: day on which the limit of the present step ends
    dispatched_day BIGINT NOT NULL,            -- first dispatched
    due_day        BIGINT NOT NULL,            -- handling due
    checked_day    BIGINT NOT NULL,            -- first verified
    ended_day      BIGINT NOT NULL,            -- closed or rejected
    rated_day      BIGINT NOT NULL,            -- rated
    called_day     BIGINT NOT NULL,            -- called back
    whistled_day   BIGINT NOT NULL,            -- first whistle
    appealed_day   BIGINT NOT NULL,            -- appeal decided
    PRIMARY KEY (tenant_id, case_id, org_id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: The days on which a case is counted, in order of the days: what stands behind each number
CREATE TABLE insight_mark (
    tenant_id    BIGINT NOT NULL,            -- district
    kind         BIGINT NOT NULL,            -- 1 reported, 2 dispatched, 3 due, 4 verified, 5 ended, 6 rated, 7 called back, 8 whistled, 9 appealed
    day          BIGINT NOT NULL,            -- days since 1970-01-01
    case_id      BIGINT NOT NULL,            -- case
    org_id       BIGINT NOT NULL,            -- organisation it is counted for; 0: none
    area_id      BIGINT NOT NULL,            -- deepest area it is counted for; 0: none
    category_id  BIGINT NOT NULL,            -- category; 0: none
    bits         BIGINT NOT NULL,            -- what holds of it
    PRIMARY KEY (tenant_id, kind, day, case_id, org_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Counters of an area with all below it, or of an organisation: by day and by month
CREATE TABLE insight_count (
    tenant_id        BIGINT NOT NULL,            -- district
    unit_id          BIGINT NOT NULL,            -- area or organisation
    grain            BIGINT NOT NULL,            -- 1 day, 2 month
    day              BIGINT NOT NULL,            -- days since 1970-01-01; of a month its first
    reported         BIGINT NOT NULL,            -- see docs/figures.md for each
    filed            BIGINT NOT NULL,            -- filed
    dispatched       BIGINT NOT NULL,            -- dispatched
    returned         BIGINT NOT NULL,            -- of these, returned
    first            BIGINT NOT NULL,            -- dispatched for the first time
    first_right      BIGINT NOT NULL,            -- of these, rightly
    due              BIGINT NOT NULL,            -- due
    due_closed       BIGINT NOT NULL,            -- of these, closed
    closed_on_time   BIGINT NOT NULL,            -- of these, handled in time
    extended         BIGINT NOT NULL,            -- of the due, extended
    checked          BIGINT NOT NULL,            -- verified
    reworked         BIGINT NOT NULL,            -- of these, failed once or more
    closed           BIGINT NOT NULL,            -- closed
    rejected         BIGINT NOT NULL,            -- rejected
    beyond_powers    BIGINT NOT NULL,            -- of the closed, beyond powers
    valid            BIGINT NOT NULL,            -- said whether it was solved
    resolved         BIGINT NOT NULL,            -- of these, solved
    starred          BIGINT NOT NULL,            -- said how it was handled
    satisfied        BIGINT NOT NULL,            -- of these, satisfied
    asked            BIGINT NOT NULL,            -- said whether they were contacted
    contacted        BIGINT NOT NULL,            -- of these, contacted in time
    unreachable      BIGINT NOT NULL,            -- not reached
    upheld           BIGINT NOT NULL,            -- appeals upheld
    whistled         BIGINT NOT NULL,            -- with organisations called
    whistle_answered BIGINT NOT NULL,            -- of these, all answered in time
    open_reported    BIGINT NOT NULL,            -- open, by the day of the report
    open_due         BIGINT NOT NULL,            -- open, by the day on which the limit ends
    in_reported      BIGINT NOT NULL,            -- open, by the day of the report: in state reported
    in_waiting       BIGINT NOT NULL,            -- in state waiting
    in_accepted      BIGINT NOT NULL,            -- in state accepted
    in_dispatched    BIGINT NOT NULL,            -- in state dispatched
    in_handling      BIGINT NOT NULL,            -- in state handling
    in_handled       BIGINT NOT NULL,            -- in state handled
    in_suspended     BIGINT NOT NULL,            -- in state suspended
    PRIMARY KEY (tenant_id, unit_id, grain, day)
) /*STRICT, WITHOUT ROWID*/;

-- table: Counters by category, of the district as a whole
CREATE TABLE insight_category (
    tenant_id      BIGINT NOT NULL,            -- district
    unit_id        BIGINT NOT NULL,            -- area
    grain          BIGINT NOT NULL,            -- 1 day, 2 month
    day            BIGINT NOT NULL,            -- days since 1970-01-01; of a month its first
    category_id    BIGINT NOT NULL,            -- category
    reported       BIGINT NOT NULL,            -- as in insight_count
    due            BIGINT NOT NULL,            -- due
    closed_on_time BIGINT NOT NULL,            -- of these, handled in time
    closed         BIGINT NOT NULL,            -- closed
    PRIMARY KEY (tenant_id, unit_id, grain, day, category_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Under which area each area was when the counters were rolled up; where it has moved they are rolled up anew
CREATE TABLE insight_tree (
    tenant_id    BIGINT NOT NULL,            -- district
    area_id      BIGINT NOT NULL,            -- area
    parent_id    BIGINT NOT NULL,            -- area above it then; 0: none
    PRIMARY KEY (tenant_id, area_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: How far the cases that were there before the counters have been counted; no row: all of them
CREATE TABLE insight_fill (
    tenant_id    BIGINT NOT NULL,            -- district
    above        BIGINT NOT NULL,            -- cases with a greater id are not counted yet, unless they came later
    done         BIGINT NOT NULL,            -- cases counted
    total        BIGINT NOT NULL,            -- cases there were
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;
INSERT INTO insight_fill (tenant_id, above, done, total)
SELECT tenant_id, 0, 0, COUNT(*) FROM cases GROUP BY tenant_id;
