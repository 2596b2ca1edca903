-- Projects: what grew out of several cases or needs, who is at work on it, by when, with which money, and what those it was for say of it.

-- table: A project
CREATE TABLE project (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    kind         TEXT NOT NULL,              -- code of the setting project.kinds
    title        TEXT NOT NULL,              -- in a line
    title_fold   TEXT NOT NULL,              -- the line folded for matching
    text         TEXT,                       -- what is to be done and why
    unit_kind    BIGINT NOT NULL,            -- 1 area, 2 organisation: who runs it
    unit_id      BIGINT NOT NULL,            -- who runs it
    area_id      BIGINT NOT NULL,            -- whom it is for; its people accept it
    public       BIGINT NOT NULL,            -- 1 when shown to residents
    state        BIGINT NOT NULL,            -- 1 draft, 2 planned, 3 under way, 4 for acceptance, 5 accepted, 6 abandoned
    begins_at    BIGINT,                     -- planned beginning
    due_at       BIGINT,                     -- planned end
    reason       TEXT,                       -- why it was last refused, or abandoned; with which words accepted
    promised     BIGINT NOT NULL,            -- fen, of all sources
    paid         BIGINT NOT NULL,            -- fen that came in
    spent        BIGINT NOT NULL,            -- fen
    steps        BIGINT NOT NULL,            -- milestones
    steps_done   BIGINT NOT NULL,            -- of these, done
    next_due     BIGINT,                     -- when the next milestone that is not done is due
    cases        BIGINT NOT NULL,            -- cases that are part of it
    round        BIGINT NOT NULL,            -- how often it was handed in for acceptance
    asked_at     BIGINT,                     -- when last handed in
    ended_at     BIGINT,                     -- when accepted or abandoned
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX project_unit ON project (tenant_id, unit_id, id);

-- table: Who is in the team of a project: a person or an organisation
CREATE TABLE project_team (
    tenant_id    BIGINT NOT NULL,            -- district
    project_id   BIGINT NOT NULL,            -- which project
    seq          BIGINT NOT NULL,            -- order
    role         BIGINT NOT NULL,            -- 1 lead, 2 captain, 3 liaison, 4 member
    person_id    BIGINT,                     -- person
    org_id       BIGINT,                     -- organisation
    duty         TEXT,                       -- what they look after
    PRIMARY KEY (tenant_id, project_id, seq),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX project_team_person ON project_team (tenant_id, person_id, project_id);
CREATE INDEX project_team_org ON project_team (tenant_id, org_id, project_id);

-- table: What a project grew out of
CREATE TABLE project_link (
    tenant_id    BIGINT NOT NULL,            -- district
    project_id   BIGINT NOT NULL,            -- which project
    kind         BIGINT NOT NULL,            -- 1 case, 2 need
    object_id    BIGINT NOT NULL,            -- which
    open         BIGINT NOT NULL,            -- 1 while the project has not ended
    added_at     BIGINT NOT NULL,            -- when linked
    added_by     BIGINT,                     -- account
    PRIMARY KEY (tenant_id, project_id, kind, object_id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX project_link_object ON project_link (tenant_id, object_id, project_id);
CREATE UNIQUE INDEX project_link_open ON project_link (tenant_id, object_id) WHERE open = 1;

-- table: A milestone
CREATE TABLE project_step (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    project_id   BIGINT NOT NULL,            -- which project
    title        TEXT NOT NULL,              -- what will be done
    due_at       BIGINT NOT NULL,            -- by when
    person_id    BIGINT,                     -- who answers for it, of the team
    org_id       BIGINT,                     -- organisation that answers for it, of the team
    done_at      BIGINT,                     -- when reported as done
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX project_step_of ON project_step (tenant_id, project_id, due_at, id);
CREATE INDEX project_step_late ON project_step (tenant_id, due_at, project_id) WHERE done_at IS NULL;

-- table: Where money comes from
CREATE TABLE project_source (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    project_id   BIGINT NOT NULL,            -- which project
    org_id       BIGINT,                     -- organisation that gives it
    pledge_id    BIGINT,                     -- pledge of an agreement that it keeps
    who          TEXT,                       -- who gives it, in words
    note         TEXT,                       -- for what, on which conditions
    promised     BIGINT NOT NULL,            -- fen
    paid         BIGINT NOT NULL,            -- fen that came in
    created_at   BIGINT NOT NULL,            -- when entered
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX project_source_of ON project_source (tenant_id, project_id, id);
CREATE INDEX project_source_org ON project_source (tenant_id, org_id, id);
CREATE INDEX project_source_pledge ON project_source (tenant_id, pledge_id, id);

-- table: The story of a project: progress, milestones done, money in and out, what was decided
CREATE TABLE project_entry (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    project_id   BIGINT NOT NULL,            -- which project
    kind         BIGINT NOT NULL,            -- 1 progress, 2 milestone done, 3 paid in, 4 spent, 5 decided
    at           BIGINT NOT NULL,            -- when
    account_id   BIGINT,                     -- who wrote it
    text         TEXT,                       -- in words
    amount       BIGINT NOT NULL,            -- fen, of 3 and 4
    step_id      BIGINT,                     -- milestone, of 2
    source_id    BIGINT,                     -- source, of 3
    state        BIGINT,                     -- state that it came into, of 5
    public       BIGINT NOT NULL,            -- 1 when residents may read it
    void_at      BIGINT,                     -- when struck out
    void_by      BIGINT,                     -- account that struck it out
    void_reason  TEXT,                       -- why
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX project_entry_of ON project_entry (tenant_id, project_id, id);

-- table: A photograph that shows it
CREATE TABLE project_photo (
    tenant_id    BIGINT NOT NULL,            -- district
    entry_id     BIGINT NOT NULL,            -- which entry
    seq          BIGINT NOT NULL,            -- order
    file_id      BIGINT NOT NULL,            -- file
    PRIMARY KEY (tenant_id, entry_id, seq),
    FOREIGN KEY (tenant_id, entry_id) REFERENCES project_entry (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: A reporter of a case is asked whether what the project did is as it should be
CREATE TABLE project_voice (
    tenant_id    BIGINT NOT NULL,            -- district
    project_id   BIGINT NOT NULL,            -- which project
    round        BIGINT NOT NULL,            -- which handing in
    case_id      BIGINT NOT NULL,            -- whose reporter
    asked_at     BIGINT NOT NULL,            -- when asked
    answer       BIGINT NOT NULL,            -- 0 not yet, 1 yes, 2 no
    way          BIGINT NOT NULL,            -- 0 not yet, 1 by the account, 2 by the report's link, 3 told in a call
    said         TEXT,                       -- in words [personal: so that whoever accepts knows why; kept with the project]
    answered_at  BIGINT,                     -- when
    account_id   BIGINT,                     -- whoever wrote down what was told in a call
    PRIMARY KEY (tenant_id, project_id, round, case_id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
