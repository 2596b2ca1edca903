-- table: A place: district, street, community, grid, compound, building …; one tree per district
CREATE TABLE area (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id; areas and organisations share one source of ids
    parent_id    BIGINT,                     -- area above; empty: the root
    kind         TEXT NOT NULL,              -- district, street, community, grid, micro_grid, compound, building
    code         TEXT,                       -- statistical or grid code
    name         TEXT NOT NULL,              -- name
    name_fold    TEXT NOT NULL,              -- name folded for matching
    class        TEXT,                       -- class from a list that is a setting
    shape_id     BIGINT,                     -- polygon in force; empty: none
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive; empty: in use
    created_at   BIGINT NOT NULL,            -- when entered
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX area_parent ON area (tenant_id, parent_id, id);
CREATE INDEX area_code ON area (tenant_id, code);

-- table: A version of an area's polygon; a case keeps the one that routed it
CREATE TABLE area_shape (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    area_id      BIGINT NOT NULL,            -- whose
    wkb          BYTEA NOT NULL,             -- multipolygon, WGS 84, well-known binary
    source_crs   TEXT NOT NULL,              -- wgs84, gcj02, bd09: in which it was given
    repaired     BIGINT NOT NULL DEFAULT 0,  -- 1 when it was made valid at import
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive; empty: in force
    created_by   BIGINT,                     -- account
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX area_shape_area ON area_shape (tenant_id, area_id, id);

-- table: A body: Party organisation, office, department, company, association …; trees
CREATE TABLE org (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    parent_id    BIGINT,                     -- organisation above; empty: a root
    kind         TEXT NOT NULL,              -- from a list that is a setting
    name         TEXT NOT NULL,              -- name
    name_fold    TEXT NOT NULL,              -- name folded for matching
    code         TEXT,                       -- unified social credit code
    contact_enc  BYTEA,                      -- telephone, encrypted
    area_id      BIGINT,                     -- area it belongs to (the street of a street office)
    public       BIGINT NOT NULL DEFAULT 0,  -- 1 when shown in the public directory
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    created_at   BIGINT NOT NULL,            -- when entered
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX org_parent ON org (tenant_id, parent_id, id);

-- table: An organisation serves an area
CREATE TABLE org_area (
    tenant_id    BIGINT NOT NULL,            -- district
    org_id       BIGINT NOT NULL,            -- organisation
    area_id      BIGINT NOT NULL,            -- area
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    PRIMARY KEY (tenant_id, org_id, area_id, valid_from),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX org_area_area ON org_area (tenant_id, area_id, org_id);

-- table: A kind of post a person may hold
CREATE TABLE post (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    code         TEXT NOT NULL,              -- stable name, such as grid_worker
    name_zh      TEXT NOT NULL,              -- Chinese name
    name_en      TEXT NOT NULL,              -- English name
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code)
) /*STRICT, WITHOUT ROWID*/;

-- table: A person holds a post at a unit for a time
CREATE TABLE appointment (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    person_id    BIGINT NOT NULL,            -- who
    post_id      BIGINT NOT NULL,            -- which post
    unit_kind    BIGINT NOT NULL,            -- 1 area, 2 organisation
    unit_id      BIGINT NOT NULL,            -- where
    letter_no    TEXT,                       -- number of the letter of appointment
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
    FOREIGN KEY (tenant_id, post_id) REFERENCES post (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX appointment_person ON appointment (tenant_id, person_id, id);
CREATE INDEX appointment_unit ON appointment (tenant_id, unit_id, id);
