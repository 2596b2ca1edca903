-- table: Which days are worked: holidays and make-up working days; the newest version is in force
CREATE TABLE clock_calendar (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    version      BIGINT NOT NULL,            -- 1, 2, 3 …; a due time names the one it was computed with
    name         TEXT NOT NULL,              -- where it comes from
    first_year   BIGINT NOT NULL,            -- first year covered
    last_year    BIGINT NOT NULL,            -- last year covered
    holidays     BIGINT NOT NULL,            -- how many days it frees
    workdays     BIGINT NOT NULL,            -- how many make-up days it has worked
    days         TEXT NOT NULL,              -- JSON: year to holidays and workdays, date to name
    imported_at  BIGINT NOT NULL,            -- when taken in
    imported_by  BIGINT,                     -- account; empty: the program or the terminal
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, version)
) /*STRICT*/;

-- table: Weekly working hours of a level of units
CREATE TABLE clock_hours (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    kind         TEXT NOT NULL,              -- kind of area such as street; empty text: wherever no level has its own
    week         TEXT NOT NULL,              -- JSON: eight texts such as 09:00-12:00 13:30-17:30, Monday to Sunday and the make-up day
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    set_by       BIGINT,                     -- account; empty: the program
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: How long each step may take, by category and severity; the most specific wins
CREATE TABLE clock_policy (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    category_id  BIGINT,                     -- subtree of categories; empty: everything
    severity     BIGINT NOT NULL DEFAULT 0,  -- 1 urgent, 2 ordinary, 3 minor; 0: every one
    limits       TEXT NOT NULL,              -- JSON: list of step, amount, unit; a step that is missing follows what is less specific
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    set_by       BIGINT,                     -- account; empty: the program
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, category_id) REFERENCES category (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

ALTER TABLE cases ADD COLUMN clock_from BIGINT;                       -- when the limit that due_at ends began to run
ALTER TABLE cases ADD COLUMN clock_amount BIGINT NOT NULL DEFAULT 0;  -- that limit
ALTER TABLE cases ADD COLUMN clock_unit BIGINT NOT NULL DEFAULT 0;    -- its unit: 1 urgent minutes, 2 working minutes, 3 working days; 0: a date, or from before limits had units
ALTER TABLE cases ADD COLUMN calendar BIGINT NOT NULL DEFAULT 0;      -- version of the calendar due_at was computed with
ALTER TABLE cases ADD COLUMN provisional BIGINT NOT NULL DEFAULT 0;   -- 1: due_at lies beyond the years that calendar covers
ALTER TABLE cases ADD COLUMN left_amount BIGINT NOT NULL DEFAULT 0;   -- while the clock is stopped: what was left of the limit; -1: it was late
ALTER TABLE cases ADD COLUMN left_unit BIGINT NOT NULL DEFAULT 0;     -- its unit; 0: the clock is not stopped
ALTER TABLE cases ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;         -- request that waits for approval: 1 extension, 2 suspension
ALTER TABLE cases ADD COLUMN asked_at BIGINT;                         -- when it was asked; empty: nothing waits
ALTER TABLE cases ADD COLUMN asked_by BIGINT;                         -- person who asked
ALTER TABLE cases ADD COLUMN asked_value BIGINT NOT NULL DEFAULT 0;   -- working days, or the date of review
ALTER TABLE cases ADD COLUMN extensions BIGINT NOT NULL DEFAULT 0;    -- times its limit was extended
ALTER TABLE cases ADD COLUMN remind_at BIGINT;                        -- when the next reminder goes out; empty: none
ALTER TABLE cases ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;      -- reminders of the present limit: 1 before it ended, then one more each day after
CREATE INDEX cases_remind ON cases (tenant_id, remind_at, id) WHERE remind_at IS NOT NULL;
CREATE INDEX cases_asked ON cases (tenant_id, asked_at, id) WHERE asked_at IS NOT NULL;
-- What is open already is reminded of when it is due.
UPDATE cases SET remind_at = due_at WHERE closed_at IS NULL AND due_at IS NOT NULL;
