-- table: A key with which another system reports through Open311
CREATE TABLE api_key (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    name         TEXT NOT NULL,              -- system that holds it
    contact      TEXT,                       -- whom to ask about it [personal: to reach whoever runs the other system; until the key is taken back plus 180 days]
    key_hash     BYTEA NOT NULL,             -- SHA-256 of the key
    key_start    TEXT NOT NULL,              -- its first characters, to tell keys apart
    per_hour     BIGINT NOT NULL,            -- reports it may make in an hour
    created_at   BIGINT NOT NULL,            -- when made
    created_by   BIGINT,                     -- account that made it
    expires_at   BIGINT,                     -- when it ends; empty: never
    used_at      BIGINT,                     -- last report with it
    uses         BIGINT NOT NULL DEFAULT 0,  -- reports made with it
    revoked_at   BIGINT,                     -- when taken back
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, key_hash)
) /*STRICT, WITHOUT ROWID*/;

-- table: What is asked of who reports a category through Open311, beside place and words
CREATE TABLE open311_attribute (
    tenant_id    BIGINT NOT NULL,            -- district
    category_id  BIGINT NOT NULL,            -- category it is asked for
    code         TEXT NOT NULL,              -- its name in forms
    position     BIGINT NOT NULL,            -- order in the form
    datatype     BIGINT NOT NULL,            -- 1 string, 2 number, 3 datetime, 4 text, 5 singlevaluelist, 6 multivaluelist
    required     BIGINT NOT NULL,            -- 1: must be answered
    only_says    BIGINT NOT NULL,            -- 1: only says something, takes no answer
    label_zh     TEXT NOT NULL,              -- question in Chinese
    label_en     TEXT NOT NULL,              -- question in English
    hint_zh      TEXT,                       -- help in Chinese
    hint_en      TEXT,                       -- help in English
    choices      TEXT,                       -- JSON: list of {key, zh, en} of the two list types
    PRIMARY KEY (tenant_id, category_id, code),
    FOREIGN KEY (tenant_id, category_id) REFERENCES category (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
