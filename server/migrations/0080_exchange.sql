-- Two of the three lists, what becomes of them, and who kept what they took on.

-- table: Something a unit asks for
CREATE TABLE need (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    unit_kind    BIGINT NOT NULL,            -- 1 area, 2 organisation: who asks
    unit_id      BIGINT NOT NULL,            -- who asks
    title        TEXT NOT NULL,              -- in a line
    title_fold   TEXT NOT NULL,              -- the line folded for matching
    text         TEXT,                       -- in the asker's words; never names of people helped
    category     TEXT NOT NULL,              -- code of the setting exchange.categories
    quantity     BIGINT NOT NULL,            -- how much
    unit         TEXT,                       -- of what, in words
    begins_at    BIGINT,                     -- wanted from
    ends_at      BIGINT,                     -- wanted until
    area_id      BIGINT NOT NULL,            -- where
    lon          DOUBLE PRECISION,           -- place, WGS 84
    lat          DOUBLE PRECISION,           -- place, WGS 84
    cell         BIGINT NOT NULL,            -- square of the place, see exchange_cell; 0: no place
    urgency      BIGINT NOT NULL,            -- 1 ordinary, 2 soon, 3 urgent
    helps        BIGINT,                     -- how many it helps: a number, never names
    met_when     TEXT,                       -- what would count as met
    case_id      BIGINT,                     -- case it grew out of
    public       BIGINT NOT NULL,            -- 1 when shown to residents
    state        BIGINT NOT NULL,            -- 1 draft, 2 published, 3 partly, 4 matched, 5 under way, 6 met, 7 unmet, 8 withdrawn
    claimed      BIGINT NOT NULL,            -- how much is taken on, done or confirmed
    reason       TEXT,                       -- why it was not met or was withdrawn
    published_at BIGINT,                     -- when published
    matched_at   BIGINT,                     -- when first taken on in full
    ended_at     BIGINT,                     -- when it ended
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX need_unit ON need (tenant_id, unit_id, id);
CREATE INDEX need_case ON need (tenant_id, case_id, id);
CREATE INDEX need_cell ON need (tenant_id, category, cell, id) WHERE state IN (2, 3);
CREATE INDEX need_area ON need (tenant_id, category, area_id, id) WHERE state IN (2, 3);

-- table: What an organisation can lend or give
CREATE TABLE resource (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    org_id       BIGINT NOT NULL,            -- whose
    title        TEXT NOT NULL,              -- in a line
    title_fold   TEXT NOT NULL,              -- the line folded for matching
    text         TEXT,                       -- what it is
    conditions   TEXT,                       -- on what conditions
    category     TEXT NOT NULL,              -- code of the setting exchange.categories
    quantity     BIGINT NOT NULL,            -- how much
    unit         TEXT,                       -- of what, in words
    again        BIGINT NOT NULL,            -- 1 when free again after each use (a room, a lawyer), 0 when used up (goods, money)
    days         TEXT,                       -- days of the week, such as 12345; empty: any
    opens        BIGINT,                     -- minute of the day from which it is free
    closes       BIGINT,                     -- minute of the day until which it is free
    begins_at    BIGINT,                     -- offered from
    ends_at      BIGINT,                     -- offered until
    area_id      BIGINT NOT NULL,            -- whom it serves
    lon          DOUBLE PRECISION,           -- place, WGS 84
    lat          DOUBLE PRECISION,           -- place, WGS 84
    cell         BIGINT NOT NULL,            -- square of the place, see exchange_cell; 0: no place
    public       BIGINT NOT NULL,            -- 1 when shown to residents
    state        BIGINT NOT NULL,            -- 1 offered, 2 paused, 3 used up, 4 withdrawn
    reserved     BIGINT NOT NULL,            -- promised and not yet confirmed, of what is used up
    used         BIGINT NOT NULL,            -- given, of what is used up
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX resource_org ON resource (tenant_id, org_id, id);
CREATE INDEX resource_cell ON resource (tenant_id, category, cell, id) WHERE state = 1;
CREATE INDEX resource_area ON resource (tenant_id, category, area_id, id) WHERE state = 1;

-- table: An organisation takes on a need or a part of one
CREATE TABLE need_claim (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    need_id      BIGINT NOT NULL,            -- which need
    org_id       BIGINT NOT NULL,            -- who takes it on
    resource_id  BIGINT,                     -- with what; empty: with something that is on no list
    quantity     BIGINT NOT NULL,            -- how much of the need
    begins_at    BIGINT,                     -- the resource is held from
    ends_at      BIGINT,                     -- the resource is held until, exclusive
    due_at       BIGINT NOT NULL,            -- to be done by
    who          TEXT,                       -- who comes, in words [personal: so that the asker knows whom to expect; kept with the need]
    state        BIGINT NOT NULL,            -- 1 taken, 2 done, 3 confirmed, 4 failed, 5 given back
    evidence     TEXT,                       -- what was done
    rating       BIGINT,                     -- 1 to 5, by the asker
    said         TEXT,                       -- what the asker says of it
    reason       TEXT,                       -- why it failed or was given back
    taken_by     BIGINT,                     -- account
    done_by      BIGINT,                     -- account
    ended_by     BIGINT,                     -- account
    created_at   BIGINT NOT NULL,            -- when taken
    done_at      BIGINT,                     -- when reported as done
    ended_at     BIGINT,                     -- when confirmed, failed or given back
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, need_id) REFERENCES need (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resource (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX need_claim_need ON need_claim (tenant_id, need_id, id);
CREATE INDEX need_claim_resource ON need_claim (tenant_id, resource_id, ends_at) WHERE state IN (1, 2);
CREATE INDEX need_claim_org ON need_claim (tenant_id, org_id, id);

-- table: A photograph that shows what was done
CREATE TABLE need_claim_photo (
    tenant_id    BIGINT NOT NULL,            -- district
    claim_id     BIGINT NOT NULL,            -- which claim
    seq          BIGINT NOT NULL,            -- order
    file_id      BIGINT NOT NULL,            -- file
    PRIMARY KEY (tenant_id, claim_id, seq),
    FOREIGN KEY (tenant_id, claim_id) REFERENCES need_claim (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: How an organisation kept what it took on; written with each confirmation and failure
CREATE TABLE exchange_record (
    tenant_id    BIGINT NOT NULL,            -- district
    org_id       BIGINT NOT NULL,            -- who
    kept         BIGINT NOT NULL,            -- claims confirmed
    failed       BIGINT NOT NULL,            -- claims that failed
    PRIMARY KEY (tenant_id, org_id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
