-- table: A version of a set of categories
CREATE TABLE category_pack (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    code         TEXT NOT NULL,              -- such as cn-city-objects
    version      TEXT NOT NULL,              -- such as GB/T 47678.5-2026
    source       TEXT,                       -- where it comes from
    imported_at  BIGINT NOT NULL,            -- when taken in
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code, version)
) /*STRICT, WITHOUT ROWID*/;

-- table: A kind of matter; a tree. A case names a leaf
CREATE TABLE category (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    pack_id      BIGINT NOT NULL,            -- set it came with
    parent_id    BIGINT,                     -- category above
    kind         TEXT NOT NULL,              -- object, matter, service
    code         TEXT NOT NULL,              -- code within the kind
    name_zh      TEXT NOT NULL,              -- Chinese name
    name_en      TEXT NOT NULL,              -- English name
    leaf         BIGINT NOT NULL,            -- 1 when a case may name it
    common       BIGINT NOT NULL DEFAULT 0,  -- order among those offered first to residents; 0: not offered first
    severity     BIGINT NOT NULL DEFAULT 2,  -- 1 urgent, 2 ordinary, 3 minor: as proposed
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, pack_id, kind, code),
    FOREIGN KEY (tenant_id, pack_id) REFERENCES category_pack (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES category (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: (category, area) goes to an organisation; the most specific rule wins
CREATE TABLE routing_rule (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    number       BIGINT NOT NULL,            -- short number shown with the reason
    area_id      BIGINT,                     -- subtree of areas; empty: everywhere
    category_id  BIGINT,                     -- subtree of categories; empty: everything
    org_id       BIGINT NOT NULL,            -- who gets it
    automatic    BIGINT NOT NULL DEFAULT 0,  -- 1: dispatch without a dispatcher
    note         TEXT,                       -- why
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id),
    FOREIGN KEY (tenant_id, category_id) REFERENCES category (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: What was reported, and where it stands
CREATE TABLE cases (
    tenant_id       BIGINT NOT NULL,           -- district
    id              BIGINT NOT NULL,           -- id, ordered by the time of the report
    code            TEXT NOT NULL,             -- number people say: yymmdd-serial
    source          BIGINT NOT NULL,           -- 1 resident, 2 account, 3 on behalf, 4 grid worker, 5 on the spot, 6 import
    source_key      TEXT,                      -- import: mapping and id in the source, so that a second import changes nothing
    state           BIGINT NOT NULL,           -- see the state table of the case feature
    outcome         BIGINT NOT NULL DEFAULT 0, -- of a closed case
    category_id     BIGINT,                    -- leaf; empty: not known yet
    severity        BIGINT NOT NULL,           -- 1 urgent, 2 ordinary, 3 minor
    title           TEXT NOT NULL,             -- first words, for lists [personal: as text]
    lon_e7          BIGINT,                    -- degrees × 10,000,000, WGS 84 [personal: to find the place; as text]
    lat_e7          BIGINT,                    -- degrees × 10,000,000, WGS 84 [personal: as lon_e7]
    area_id         BIGINT,                    -- deepest area that held the place
    shape_id        BIGINT,                    -- version of its polygon that did
    near_border     BIGINT NOT NULL DEFAULT 0, -- 1 when within the border distance: a dispatcher chooses
    rule_id         BIGINT,                    -- routing rule that proposed or chose the organisation
    org_id          BIGINT,                    -- organisation that has it now
    reporter_id     BIGINT,                    -- person, when signed in
    reporter_name   TEXT,                      -- as given [personal: to address the reporter; as text]
    entered_by      BIGINT,                    -- account that entered it for somebody
    handler_id      BIGINT,                    -- account that reported it handled
    reported_at     BIGINT NOT NULL,           -- when it was reported
    due_at          BIGINT,                    -- when the present step is due; empty: nothing is due
    closed_at       BIGINT,                    -- when it was closed or rejected; empty: open
    updated_at      BIGINT NOT NULL,           -- last step
    reworks         BIGINT NOT NULL DEFAULT 0, -- times it failed verification
    returns         BIGINT NOT NULL DEFAULT 0, -- times an organisation returned it
    reopens         BIGINT NOT NULL DEFAULT 0, -- times it was reopened
    solved          BIGINT NOT NULL DEFAULT 0, -- rating: 1 yes, 2 partly, 3 no
    stars           BIGINT NOT NULL DEFAULT 0, -- rating: 1 to 5
    released        BIGINT NOT NULL DEFAULT 0, -- 1 when staff released text and photos to the public
    version         BIGINT NOT NULL,           -- grows with each step: the number of its last event
    address         TEXT,                      -- place in words [personal: to find the place; as text]
    text            TEXT NOT NULL,             -- reporter's words [personal: to handle the matter; retention setting retention.case_days]
    find_text       TEXT NOT NULL,             -- code, text and address folded for search [personal: as text]
    contact_enc     BYTEA,                     -- telephone as given, encrypted [personal: to ask back and to tell the outcome; as text]
    contact_hash    BYTEA,                     -- keyed hash for exact search [personal: as contact_enc]
    secret_hash     BYTEA,                     -- SHA-256 of the reporter's secret
    PRIMARY KEY (tenant_id, id)
) /*STRICT*/;
CREATE UNIQUE INDEX cases_code ON cases (tenant_id, code);
CREATE UNIQUE INDEX cases_source ON cases (tenant_id, source_key) WHERE source_key IS NOT NULL;
CREATE INDEX cases_state ON cases (tenant_id, state, id);
CREATE INDEX cases_area ON cases (tenant_id, area_id, state, id);
CREATE INDEX cases_category ON cases (tenant_id, category_id, id);
CREATE INDEX cases_org ON cases (tenant_id, org_id, state, id) WHERE org_id IS NOT NULL;
CREATE INDEX cases_reporter ON cases (tenant_id, reporter_id, id) WHERE reporter_id IS NOT NULL;
CREATE INDEX cases_due ON cases (tenant_id, due_at, id, state) WHERE closed_at IS NULL;
CREATE INDEX cases_open_area ON cases (tenant_id, area_id, due_at, id, state) WHERE closed_at IS NULL;
CREATE INDEX cases_open_org ON cases (tenant_id, org_id, due_at, id, state) WHERE closed_at IS NULL AND org_id IS NOT NULL;

-- table: A step in a case's story
CREATE TABLE case_event (
    tenant_id    BIGINT NOT NULL,            -- district
    case_id      BIGINT NOT NULL,            -- case
    seq          BIGINT NOT NULL,            -- 1, 2, 3 …
    at           BIGINT NOT NULL,            -- when
    action       BIGINT NOT NULL,            -- see the state table of the case feature
    from_state   BIGINT NOT NULL,            -- before; 0: there was none
    to_state     BIGINT NOT NULL,            -- after
    account_id   BIGINT,                     -- who; empty: the reporter by secret link, or the program
    org_id       BIGINT,                     -- organisation it went to, or that acted
    internal     BIGINT NOT NULL,            -- 1: staff only
    text         TEXT,                       -- what was said [personal: to handle the matter; as cases.text]
    data         TEXT,                       -- JSON: reason, rule, before and after
    PRIMARY KEY (tenant_id, case_id, seq),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: A photo that belongs to a step of a case
CREATE TABLE case_photo (
    tenant_id    BIGINT NOT NULL,            -- district
    case_id      BIGINT NOT NULL,            -- case
    file_id      BIGINT NOT NULL,            -- file
    seq          BIGINT NOT NULL,            -- step
    stage        BIGINT NOT NULL,            -- 1 report, 2 before, 3 after, 4 other
    PRIMARY KEY (tenant_id, case_id, file_id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES file (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
