-- Resolutions: what those who sit together decided, who takes it on and by when. Whoever decides writes into the same record: an alliance now.

-- table: A resolution
CREATE TABLE resolution (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    of_kind      BIGINT NOT NULL,            -- whose: 1 area, 2 organisation, 3 alliance
    of_id        BIGINT NOT NULL,            -- whose
    source_kind  BIGINT NOT NULL,            -- how it came into the record: 1 entered by hand
    source_id    BIGINT,                     -- what it came out of, such as a meeting kept elsewhere; empty: entered by hand
    title        TEXT NOT NULL,              -- what was decided, in a line
    text         TEXT,                       -- its words
    decided_at   BIGINT NOT NULL,            -- day on which it was decided
    way          BIGINT NOT NULL,            -- 1 at a meeting, 2 by circulation
    meeting      TEXT,                       -- at which meeting, in words
    due_at       BIGINT,                     -- to be carried out by; empty: no day
    public       BIGINT NOT NULL,            -- 1 when shown to residents
    link_kind    TEXT,                       -- what it opened: project, agreement or need
    link_id      BIGINT,                     -- which
    state        BIGINT NOT NULL,            -- 1 open, 2 done, 3 dropped
    remark       TEXT,                       -- what was said of it when it was done or dropped
    ended_at     BIGINT,                     -- when done or dropped
    next_at      BIGINT,                     -- when those who take it on have to be told next; empty: never
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX resolution_of ON resolution (tenant_id, of_kind, of_id, decided_at, id);
CREATE INDEX resolution_next ON resolution (tenant_id, next_at, id) WHERE next_at IS NOT NULL;

-- table: Who takes a resolution on
CREATE TABLE resolution_org (
    tenant_id     BIGINT NOT NULL,           -- district
    resolution_id BIGINT NOT NULL,           -- which resolution
    seq           BIGINT NOT NULL,           -- order
    org_id        BIGINT NOT NULL,           -- organisation
    PRIMARY KEY (tenant_id, resolution_id, seq),
    FOREIGN KEY (tenant_id, resolution_id) REFERENCES resolution (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE UNIQUE INDEX resolution_org_once ON resolution_org (tenant_id, org_id, resolution_id);

-- table: The history of a resolution: entered, corrected, remarks, done, dropped, open again
CREATE TABLE resolution_entry (
    tenant_id     BIGINT NOT NULL,           -- district
    id            BIGINT NOT NULL,           -- id
    resolution_id BIGINT NOT NULL,           -- which resolution
    kind          BIGINT NOT NULL,           -- 1 entered, 2 corrected, 3 remark, 4 done, 5 dropped, 6 open again
    at            BIGINT NOT NULL,           -- when
    account_id    BIGINT,                    -- who
    org_id        BIGINT,                    -- organisation for which a remark speaks
    text          TEXT,                      -- in words: the remark, or why
    before        TEXT,                      -- JSON, of 2: what was corrected, as it was
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, resolution_id) REFERENCES resolution (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX resolution_entry_of ON resolution_entry (tenant_id, resolution_id, id);
