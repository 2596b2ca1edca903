-- table: Organisations of different trees that work together under a charter: a complex, a joint conference …
CREATE TABLE alliance (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    kind         TEXT NOT NULL,              -- from a list that is a setting: complex, district_committee, joint_conference
    name         TEXT NOT NULL,              -- name
    name_fold    TEXT NOT NULL,              -- name and brand folded for matching
    brand        TEXT,                       -- brand it works under
    area_id      BIGINT NOT NULL,            -- area it is for; its depth is the level
    parent_id    BIGINT,                     -- alliance of a higher level it is linked to
    public       BIGINT NOT NULL DEFAULT 0,  -- 1 when shown to residents
    valid_from   BIGINT NOT NULL,            -- founded
    valid_to     BIGINT,                     -- ended; empty: at work
    end_reason   TEXT,                       -- why it ended
    created_at   BIGINT NOT NULL,            -- when entered
    updated_at   BIGINT NOT NULL,            -- last change, of members and charter too
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES alliance (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX alliance_parent ON alliance (tenant_id, parent_id, id);

-- table: A version of an alliance's charter; the latest that has begun is in force
CREATE TABLE alliance_charter (
    tenant_id    BIGINT NOT NULL,            -- district
    alliance_id  BIGINT NOT NULL,            -- alliance
    valid_from   BIGINT NOT NULL,            -- in force from
    text         TEXT NOT NULL,              -- its words
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    PRIMARY KEY (tenant_id, alliance_id, valid_from),
    FOREIGN KEY (tenant_id, alliance_id) REFERENCES alliance (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: An organisation is in an alliance in one role for a time; another role is another row
CREATE TABLE alliance_member (
    tenant_id    BIGINT NOT NULL,            -- district
    alliance_id  BIGINT NOT NULL,            -- alliance
    id           BIGINT NOT NULL,            -- id
    org_id       BIGINT NOT NULL,            -- organisation
    role         TEXT NOT NULL,              -- from a list that is a setting; lead: whoever leads, one at a time
    joined_at    BIGINT NOT NULL,            -- from
    left_at      BIGINT,                     -- until, exclusive; empty: now
    ended        BIGINT NOT NULL DEFAULT 0,  -- 0 now, 1 took another role, 2 left
    reason       TEXT,                       -- why it left
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    PRIMARY KEY (tenant_id, alliance_id, id),
    FOREIGN KEY (tenant_id, alliance_id) REFERENCES alliance (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX alliance_member_org ON alliance_member (tenant_id, org_id, alliance_id);

-- Who worked with whom within a period is read off the calls, all from this index.
CREATE INDEX case_task_called ON case_task (tenant_id, called_at, case_id, org_id, state);
