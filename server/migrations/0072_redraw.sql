-- table: A redraw of areas that waits for its day, or waited
CREATE TABLE area_redraw (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    area_id      BIGINT NOT NULL,            -- first area asked for, or the one a new area lies under
    body         TEXT NOT NULL,              -- what was asked for, JSON
    basis        TEXT NOT NULL,              -- hash of the areas as they were then: on another basis it is not applied
    effective_at BIGINT NOT NULL,            -- from when it is to hold
    created_at   BIGINT NOT NULL,            -- when it was asked for
    created_by   BIGINT,                     -- account
    done_at      BIGINT,                     -- when it was settled; empty: it waits
    outcome      TEXT,                       -- applied, withdrawn, failed
    reason       TEXT,                       -- why it failed, as the slug of an error
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX area_redraw_waiting ON area_redraw (tenant_id, effective_at) WHERE done_at IS NULL;
