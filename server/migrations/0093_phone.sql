-- table: The gateway by which codes go to telephones
CREATE TABLE phone_gateway (
    tenant_id    BIGINT NOT NULL,            -- district
    url_enc      BYTEA NOT NULL,             -- where it is asked, encrypted: it may hold a key
    url_shown    TEXT NOT NULL,              -- the same without what may be secret
    secret_enc   BYTEA,                      -- its key, encrypted; stands in header and body as {secret}
    format       BIGINT NOT NULL,            -- of the body: 1 JSON, 2 a form
    header       TEXT,                       -- a header of its own, "Name: value"; empty: none
    body         TEXT NOT NULL,              -- what is sent, with {phone} and {code}
    good         TEXT,                       -- an answer must hold this to be a good one; empty: any 2xx is
    changed_at   BIGINT NOT NULL,            -- last change
    changed_by   BIGINT,                     -- account
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Codes on their way to telephones, for minutes
CREATE TABLE phone_code (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    phone_hash   BYTEA NOT NULL,             -- keyed hash of the number [personal: to know whose code it is; a day at most]
    code_hash    BYTEA NOT NULL,             -- keyed hash of id and code
    until        BIGINT NOT NULL,            -- when it ends
    tries        BIGINT NOT NULL DEFAULT 0,  -- how often somebody tried it
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: How many codes were sent on a day, to a number and in all
CREATE TABLE phone_sent (
    tenant_id    BIGINT NOT NULL,            -- district
    day          BIGINT NOT NULL,            -- day since 1970 in the district's zone
    who          BYTEA NOT NULL,             -- keyed hash of the number, or of nothing: all together [personal: so that nobody is sent more codes than a few; two days at most]
    n            BIGINT NOT NULL,            -- codes
    last_at      BIGINT NOT NULL,            -- when the last was sent
    PRIMARY KEY (tenant_id, day, who)
) /*STRICT, WITHOUT ROWID*/;

ALTER TABLE cases ADD COLUMN contact_verified_at BIGINT;   -- when the reporter proved by a code that the telephone is theirs; empty: never
