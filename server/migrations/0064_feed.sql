-- table: The secret address at which a calendar program reads an account's deadlines
CREATE TABLE calendar_feed (
    tenant_id    BIGINT NOT NULL,            -- district
    account_id   BIGINT NOT NULL,            -- whose
    token_hash   BYTEA NOT NULL,             -- SHA-256 of the token in the address
    token_start  TEXT NOT NULL,              -- its first characters, to tell one from the one before
    created_at   BIGINT NOT NULL,            -- when made
    used_at      BIGINT,                     -- last read, to the hour
    PRIMARY KEY (tenant_id, account_id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Updates of cases that came from other systems through Open311, so that none is taken twice
CREATE TABLE open311_update (
    tenant_id    BIGINT NOT NULL,            -- district
    key_id       BIGINT NOT NULL,            -- API key it came with
    update_id    TEXT NOT NULL,              -- the other system's name for it
    case_id      BIGINT NOT NULL,            -- case
    at           BIGINT NOT NULL,            -- when it came
    PRIMARY KEY (tenant_id, key_id, update_id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX open311_update_case ON open311_update (tenant_id, case_id);

ALTER TABLE api_key ADD COLUMN updates BIGINT NOT NULL DEFAULT 0; -- what it may do with cases: 0 nothing, 1 remarks, 2 also tell that they were handled
