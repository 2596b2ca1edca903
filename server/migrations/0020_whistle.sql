-- What several organisations do together, at which level, and under whose eyes.

ALTER TABLE cases ADD COLUMN held_area_id BIGINT; -- area whose level holds it after escalation; empty: the level of its place
ALTER TABLE cases ADD COLUMN assignee_id BIGINT; -- person of the organisation it was handed to
ALTER TABLE cases ADD COLUMN tasks BIGINT NOT NULL DEFAULT 0; -- organisations called by whistle, ever
ALTER TABLE cases ADD COLUMN tasks_open BIGINT NOT NULL DEFAULT 0; -- of these, neither answered nor overruled
ALTER TABLE cases ADD COLUMN supervised_at BIGINT; -- since when a level above supervises it
ALTER TABLE cases ADD COLUMN supervised_due BIGINT; -- when that level expects it
ALTER TABLE cases ADD COLUMN supervised_answered BIGINT; -- when its holder answered that level
-- My work looks at these two on its way, and shall find them in its index.
DROP INDEX cases_open_area;
DROP INDEX cases_open_org;
CREATE INDEX cases_open_area ON cases (tenant_id, area_id, due_at, id, state, closed_at, held_area_id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_org ON cases (tenant_id, org_id, due_at, id, state, closed_at, assignee_id) WHERE closed_at IS NULL AND org_id IS NOT NULL;
CREATE INDEX cases_supervised ON cases (tenant_id, id) WHERE supervised_at IS NOT NULL;

-- table: What one organisation was called for by whistle, and what it answered
CREATE TABLE case_task (
    tenant_id    BIGINT NOT NULL,            -- district
    case_id      BIGINT NOT NULL,            -- case
    id           BIGINT NOT NULL,            -- id
    org_id       BIGINT NOT NULL,            -- organisation called
    state        BIGINT NOT NULL,            -- 1 called, 2 received, 3 answered, 4 returned, 5 overruled, 6 stopped with the case
    ask          TEXT NOT NULL,              -- what it is called for [personal: to handle the matter; as cases.text]
    called_at    BIGINT NOT NULL,            -- when it was called
    called_by    BIGINT,                     -- account that called
    due_at       BIGINT,                     -- when the answer is due; empty: no limit
    received_at  BIGINT,                     -- answer: when received
    spoke_to     TEXT,                       -- answer: whom they spoke to [personal: to audit the answer; as cases.text]
    done         TEXT,                       -- answer: what was done [personal: to handle the matter; as cases.text]
    done_by      BIGINT,                     -- answer: by when
    ended_at     BIGINT,                     -- when it was answered, returned, overruled or stopped; empty: open
    ended_by     BIGINT,                     -- account that did
    reason       TEXT,                       -- of a return or of overruling [personal: to handle the matter; as cases.text]
    PRIMARY KEY (tenant_id, case_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX case_task_org ON case_task (tenant_id, org_id, state, case_id);
