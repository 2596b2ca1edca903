-- table: What residents may know of an area or organisation beyond its name: how to reach it, where it is, when it is open
CREATE TABLE directory_card (
    tenant_id    BIGINT NOT NULL,            -- district
    unit_id      BIGINT NOT NULL,            -- area or organisation
    unit_kind    BIGINT NOT NULL,            -- 1 area, 2 organisation
    phone        TEXT,                       -- telephone of the office, never of a person
    address      TEXT,                       -- where to go
    hours        TEXT,                       -- when it is open, in words
    note         TEXT,                       -- what one can do there
    lon          DOUBLE PRECISION,           -- place, WGS 84
    lat          DOUBLE PRECISION,           -- place, WGS 84
    updated_at   BIGINT NOT NULL,            -- when last changed
    updated_by   BIGINT,                     -- account
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, unit_id)
) /*STRICT, WITHOUT ROWID*/;
