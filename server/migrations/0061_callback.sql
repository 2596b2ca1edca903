-- What the reporter says when called back after closing, and appeals: against a rejection, and against being scored.

ALTER TABLE cases ADD COLUMN call_back BIGINT NOT NULL DEFAULT 0; -- 0 none wanted, 1 waiting, 2 answered or rated by the reporter, 3 unreachable, 4 refused
ALTER TABLE cases ADD COLUMN call_back_at BIGINT; -- while waiting: from when it may be tried (again)
ALTER TABLE cases ADD COLUMN call_tries BIGINT NOT NULL DEFAULT 0; -- tries since it was closed
ALTER TABLE cases ADD COLUMN caller_id BIGINT; -- while waiting: person who has it before them
ALTER TABLE cases ADD COLUMN caller_until BIGINT; -- until when others leave it to that person
ALTER TABLE cases ADD COLUMN contacted BIGINT NOT NULL DEFAULT 0; -- contacted within the limit, says the reporter: 1 yes, 2 no, 0 not said
ALTER TABLE cases ADD COLUMN rated_by BIGINT NOT NULL DEFAULT 0; -- whose words solved, stars and contacted are: 1 the reporter's own, 2 as told in a call-back
ALTER TABLE cases ADD COLUMN rated_at BIGINT; -- when they were said
ALTER TABLE cases ADD COLUMN appeal BIGINT NOT NULL DEFAULT 0; -- against being scored: 1 waiting, 2 upheld (left out of scores), 3 refused
ALTER TABLE cases ADD COLUMN appeal_ground BIGINT NOT NULL DEFAULT 0; -- 1 beyond powers, 2 reporter unreachable, 3 not theirs, 4 the rating, 5 other
ALTER TABLE cases ADD COLUMN appeal_at BIGINT; -- when it was made
ALTER TABLE cases ADD COLUMN appeal_by BIGINT; -- person that made it, who does not decide it
ALTER TABLE cases ADD COLUMN appeals BIGINT NOT NULL DEFAULT 0; -- times the reporter appealed against a rejection
-- What was rated before stays the reporter's own word.
UPDATE cases SET call_back = 2, rated_by = 1, rated_at = updated_at WHERE solved > 0;
-- The queue: by area for whoever calls for some, by time for whoever calls for all.
CREATE INDEX cases_call_area ON cases (tenant_id, area_id, call_back_at, id) WHERE call_back = 1;
CREATE INDEX cases_call_time ON cases (tenant_id, call_back_at, id) WHERE call_back = 1;
CREATE INDEX cases_appeal ON cases (tenant_id, appeal_at, id) WHERE appeal = 1;

-- table: A try to call a reporter back, and what they said
CREATE TABLE case_call_back (
    tenant_id    BIGINT NOT NULL,            -- district
    case_id      BIGINT NOT NULL,            -- case
    seq          BIGINT NOT NULL,            -- its step in the story
    at           BIGINT NOT NULL,            -- when
    account_id   BIGINT,                     -- who called
    reached      BIGINT NOT NULL,            -- 1 answered, 2 not reached, 3 did not want to answer
    contacted    BIGINT NOT NULL DEFAULT 0,  -- contacted within the limit: 1 yes, 2 no, 0 not said
    solved       BIGINT NOT NULL DEFAULT 0,  -- 1 yes, 2 partly, 3 no, 0 not said
    stars        BIGINT NOT NULL DEFAULT 0,  -- how satisfied, 1 to 5, 0 not said
    word         TEXT,                       -- in words [personal: to judge the handling; as cases.text]
    PRIMARY KEY (tenant_id, case_id, seq),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
