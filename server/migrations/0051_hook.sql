-- table: A message on its way out of the program: written with the change it tells of, sent after the commit, tried again, kept for a while
CREATE TABLE delivery (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    channel      TEXT NOT NULL,              -- webhook, mail
    target_id    BIGINT NOT NULL,            -- subscription, person
    kind         TEXT NOT NULL,              -- such as case.dispatch
    object_id    BIGINT,                     -- case it is about
    body         TEXT NOT NULL,              -- what is said, as the channel needs it [personal: to tell other systems; retention setting retention.delivery_days]
    state        BIGINT NOT NULL,            -- 1 waiting, 2 delivered, 3 given up
    tries        BIGINT NOT NULL DEFAULT 0,  -- attempts
    created_at   BIGINT NOT NULL,            -- when written
    next_at      BIGINT NOT NULL,            -- not before
    ended_at     BIGINT,                     -- delivered or given up
    answer       BIGINT,                     -- status last answered, of HTTP or SMTP
    problem      TEXT,                       -- what went wrong last
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX delivery_due ON delivery (tenant_id, next_at, id) WHERE state = 1;
CREATE INDEX delivery_target ON delivery (tenant_id, target_id, id);

-- table: Who is told of steps of cases
CREATE TABLE hook_subscription (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    name         TEXT NOT NULL,              -- what it is for
    format       BIGINT NOT NULL,            -- 1 signed JSON, 2 WeCom robot, 3 DingTalk robot, 4 Feishu robot
    target_enc   BYTEA NOT NULL,             -- address, encrypted: a robot's holds its key
    target_shown TEXT NOT NULL,              -- its host and beginning
    secret_enc   BYTEA,                      -- what is signed with, encrypted
    events       TEXT NOT NULL,              -- actions, comma-separated; empty: all
    area_id      BIGINT,                     -- subtree of areas; empty: everywhere
    org_id       BIGINT,                     -- subtree of organisations; empty: any
    category_id  BIGINT,                     -- subtree of categories; empty: any
    titles       BIGINT NOT NULL,            -- 1: first words of the case are told too
    english      BIGINT NOT NULL,            -- 1: robots speak English
    created_at   BIGINT NOT NULL,            -- when made
    created_by   BIGINT,                     -- account
    closed_at    BIGINT,                     -- when ended
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: A system whose signed reports become cases
CREATE TABLE hook_source (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    name         TEXT NOT NULL,              -- which
    secret_enc   BYTEA NOT NULL,             -- what its reports are signed with, encrypted
    mapping      TEXT NOT NULL,              -- JSON: which member is what
    category_id  BIGINT,                     -- of reports whose words no category of the mapping fits
    per_hour     BIGINT NOT NULL,            -- reports it may make in an hour
    created_at   BIGINT NOT NULL,            -- when made
    created_by   BIGINT,                     -- account
    used_at      BIGINT,                     -- last report
    uses         BIGINT NOT NULL DEFAULT 0,  -- reports taken
    closed_at    BIGINT,                     -- when ended
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
