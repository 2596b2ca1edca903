-- table: What each table and column is for; the privacy register is printed from it
CREATE TABLE catalogue (
    table_name   TEXT NOT NULL,              -- table described
    column_name  TEXT NOT NULL,              -- column described; empty for the table itself
    description  TEXT NOT NULL,              -- one line
    personal     TEXT,                       -- purpose and retention when it holds personal data
    PRIMARY KEY (table_name, column_name)
) /*STRICT, WITHOUT ROWID*/;

-- table: Which of these files have been applied, and what they said
CREATE TABLE migration (
    number       BIGINT NOT NULL,            -- its number, in order
    name         TEXT NOT NULL,              -- its file's name
    checksum     TEXT NOT NULL,              -- SHA-256 of its text, hex
    applied_at   BIGINT NOT NULL,            -- when
    PRIMARY KEY (number)
) /*STRICT, WITHOUT ROWID*/;

-- table: A district with its own space; every other row belongs to one
CREATE TABLE tenant (
    tenant_id    BIGINT NOT NULL,            -- id
    code         TEXT NOT NULL,              -- short name in addresses and file names
    name         TEXT NOT NULL,              -- name shown
    time_zone    TEXT NOT NULL,              -- IANA zone in which people read and write dates
    host         TEXT,                       -- host name it is served under; empty: any
    demo         BIGINT NOT NULL DEFAULT 0,  -- 1 when it is a demonstration with invented data
    created_at   BIGINT NOT NULL,            -- when it was made
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Counters that hand out numbers, such as a day's case codes
CREATE TABLE counter (
    tenant_id    BIGINT NOT NULL,            -- district
    name         TEXT NOT NULL,              -- what is counted
    value        BIGINT NOT NULL,            -- last number handed out
    PRIMARY KEY (tenant_id, name)
) /*STRICT, WITHOUT ROWID*/;

-- table: A person known to the district: staff, a signed-in resident, a contact of an organisation
CREATE TABLE person (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    name         TEXT NOT NULL,              -- name as written [personal: to address the person; while the account or post lasts]
    name_fold    TEXT NOT NULL,              -- name folded for matching [personal: search; as the name]
    contact_enc  BYTEA,                      -- telephone or mail, encrypted [personal: to reach the person about their matter; as the name]
    contact_hash BYTEA,                      -- keyed hash of the telephone for exact search [personal: search; as the name]
    public       BIGINT NOT NULL DEFAULT 0,  -- 1 when a post of theirs may be shown publicly
    created_at   BIGINT NOT NULL,            -- when entered
    updated_at   BIGINT NOT NULL,            -- when last changed
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX person_name ON person (tenant_id, name_fold, id);

-- table: A way for a person to sign in
CREATE TABLE account (
    tenant_id     BIGINT NOT NULL,           -- district
    id            BIGINT NOT NULL,           -- id
    person_id     BIGINT NOT NULL,           -- whose it is
    sign_in_name  TEXT NOT NULL,             -- name typed at sign-in, folded [personal: sign-in; while the account lasts]
    password_hash TEXT,                      -- Argon2id string; empty: cannot sign in by password
    locale        TEXT,                      -- zh-CN or en when chosen
    preferences   TEXT,                      -- JSON: theme, elder mode
    password_until BIGINT,                   -- end of a one-time password, to be changed at sign-in; empty: an ordinary one
    locked_at     BIGINT,                    -- locked by an administrator since
    closed_at     BIGINT,                    -- when it was closed
    created_at    BIGINT NOT NULL,           -- when made
    updated_at    BIGINT NOT NULL,           -- when last changed
    version       BIGINT NOT NULL,           -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, sign_in_name),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX account_person ON account (tenant_id, person_id);

-- table: Sign-in attempts that failed of late, by name and by address: who fails often waits longer each time
CREATE TABLE throttle (
    tenant_id    BIGINT NOT NULL,            -- district
    key          BYTEA NOT NULL,             -- keyed hash of the name or the address [personal: to slow down guessing; 1 day]
    failures     BIGINT NOT NULL,            -- attempts since the last right one
    last_at      BIGINT NOT NULL,            -- the last of them
    until_at     BIGINT NOT NULL,            -- no attempt is judged before this
    PRIMARY KEY (tenant_id, key)
) /*STRICT, WITHOUT ROWID*/;

-- table: A signed-in browser
CREATE TABLE session (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id, for the list of sessions
    token_hash   BYTEA NOT NULL,             -- SHA-256 of the cookie's value
    account_id   BIGINT NOT NULL,            -- whose
    created_at   BIGINT NOT NULL,            -- when signed in
    used_at      BIGINT NOT NULL,            -- last seen, to the minute
    expires_at   BIGINT NOT NULL,            -- absolute end
    remote       TEXT,                       -- address at sign-in [personal: to recognise a foreign session; until the session ends plus 180 days]
    user_agent   TEXT,                       -- browser at sign-in [personal: as remote]
    ended_at     BIGINT,                     -- signed out or revoked
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX session_account ON session (tenant_id, account_id, id);

-- table: An API token of an account
CREATE TABLE api_token (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    account_id   BIGINT NOT NULL,            -- whose rights it has at most
    name         TEXT NOT NULL,              -- what it is for
    token_hash   BYTEA NOT NULL,             -- SHA-256 of the token
    permissions  TEXT NOT NULL,              -- comma-separated: what it may use of the account's rights
    created_at   BIGINT NOT NULL,            -- when made
    expires_at   BIGINT NOT NULL,            -- when it ends
    used_at      BIGINT,                     -- last use, to the minute
    revoked_at   BIGINT,                     -- when taken back
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX api_token_account ON api_token (tenant_id, account_id, id);

-- table: A set of permissions
CREATE TABLE role (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    code         TEXT NOT NULL,              -- stable name, such as grid_worker
    name_zh      TEXT NOT NULL,              -- Chinese name
    name_en      TEXT NOT NULL,              -- English name
    permissions  TEXT NOT NULL,              -- comma-separated permission names
    built_in     BIGINT NOT NULL,            -- 1: shipped with the program
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code)
) /*STRICT, WITHOUT ROWID*/;

-- table: A role held by a person at a unit for a time
CREATE TABLE assignment (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    person_id    BIGINT NOT NULL,            -- who
    role_id      BIGINT NOT NULL,            -- which role
    unit_kind    BIGINT NOT NULL,            -- 1 area, 2 organisation
    unit_id      BIGINT NOT NULL,            -- where: its subtree is meant
    valid_from   BIGINT NOT NULL,            -- from
    valid_to     BIGINT,                     -- until, exclusive; empty: open
    created_at   BIGINT NOT NULL,            -- when granted
    created_by   BIGINT,                     -- account that granted it
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
    FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX assignment_person ON assignment (tenant_id, person_id, id);
CREATE INDEX assignment_unit ON assignment (tenant_id, unit_id, id);

-- table: Who did what, when, from where: a chain of hashes that shows any change, gap or cut
CREATE TABLE audit (
    tenant_id    BIGINT NOT NULL,            -- district
    seq          BIGINT NOT NULL,            -- 1, 2, 3 … without a gap
    at           BIGINT NOT NULL,            -- when
    account_id   BIGINT,                     -- who; empty: nobody signed in, or the terminal
    remote       TEXT,                       -- from where [personal: to clear up misuse; 180 days at least, then as set]
    request_id   TEXT,                       -- request
    action       TEXT NOT NULL,              -- such as case.dispatch
    object_kind  TEXT NOT NULL,              -- such as case
    object_id    BIGINT,                     -- which
    detail       TEXT,                       -- JSON: before and after, secrets left out
    hash         BYTEA NOT NULL,             -- SHA-256 over the row before's hash and this row
    PRIMARY KEY (tenant_id, seq)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX audit_object ON audit (tenant_id, object_id, seq);

-- table: The audit chain's last link, so that a cut at the end shows
CREATE TABLE audit_head (
    tenant_id    BIGINT NOT NULL,            -- district
    seq          BIGINT NOT NULL,            -- last number
    hash         BYTEA NOT NULL,             -- last hash
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Answers kept so that a repeated request gets the first answer again
CREATE TABLE idempotency (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id, ordered by time; kept 7 days
    lookup       BYTEA NOT NULL,             -- keyed hash of the caller (account, or address of an unknown one) and the Idempotency-Key
    body_hash    BYTEA NOT NULL,             -- SHA-256 of method, path and body
    status       BIGINT NOT NULL,            -- answered status
    location     TEXT,                       -- answered Location
    reply        BYTEA,                      -- answered body, encrypted
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, lookup)
) /*STRICT, WITHOUT ROWID*/;

-- table: An uploaded file; its bytes lie on disk under their hash
CREATE TABLE file (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    hash         BYTEA NOT NULL,             -- SHA-256 of the stored bytes
    media_type   TEXT NOT NULL,              -- by content
    bytes        BIGINT NOT NULL,            -- size
    width        BIGINT,                     -- pixels, of an image
    height       BIGINT,                     -- pixels, of an image
    claim_hash   BYTEA,                      -- SHA-256 of the claim handed to an uploader without an account
    created_by   BIGINT,                     -- account that uploaded it
    owner_kind   TEXT,                       -- what it belongs to: case; empty: not claimed yet
    owner_id     BIGINT,                     -- which
    created_at   BIGINT NOT NULL,            -- when
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX file_owner ON file (tenant_id, owner_id, id);
CREATE INDEX file_hash ON file (tenant_id, hash);

-- table: A message to a person inside the program
CREATE TABLE notice (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    person_id    BIGINT NOT NULL,            -- to whom
    kind         TEXT NOT NULL,              -- such as case.dispatched; the text is made from it in the reader's language
    object_kind  TEXT NOT NULL,              -- what it is about
    object_id    BIGINT NOT NULL,            -- which
    params       TEXT,                       -- JSON: words for the text
    created_at   BIGINT NOT NULL,            -- when
    read_at      BIGINT,                     -- when read
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX notice_person ON notice (tenant_id, person_id, id);
CREATE INDEX notice_unread ON notice (tenant_id, person_id, id) WHERE read_at IS NULL;

-- table: Messages waiting to be spread or sent; written with the change they tell of
CREATE TABLE outbox (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    channel      TEXT NOT NULL,              -- in_app, mail, webhook
    kind         TEXT NOT NULL,              -- such as case.dispatched
    object_kind  TEXT NOT NULL,              -- what it is about
    object_id    BIGINT NOT NULL,            -- which
    params       TEXT,                       -- JSON: to whom (unit and permission, or person) and words for the text
    created_at   BIGINT NOT NULL,            -- when
    next_at      BIGINT NOT NULL,            -- not before
    tries        BIGINT NOT NULL DEFAULT 0,  -- attempts so far
    failed_at    BIGINT,                     -- given up: a dead letter
    problem      TEXT,                       -- what went wrong last
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Slow work: a row, a worker, progress
CREATE TABLE job (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    kind         TEXT NOT NULL,              -- such as import.cases
    params       TEXT,                       -- JSON
    state        BIGINT NOT NULL,            -- 1 waiting, 2 running, 3 done, 4 failed, 5 cancelled
    progress     BIGINT NOT NULL DEFAULT 0,  -- steps done
    total        BIGINT NOT NULL DEFAULT 0,  -- steps in all; 0: not known
    result       TEXT,                       -- JSON: counts, files
    problem      TEXT,                       -- what went wrong
    owner_id     BIGINT,                     -- account that began it
    cancel       BIGINT NOT NULL DEFAULT 0,  -- 1: asked to stop
    tries        BIGINT NOT NULL DEFAULT 0,  -- times it was begun
    created_at   BIGINT NOT NULL,            -- when asked for
    started_at   BIGINT,                     -- when begun
    beat_at      BIGINT,                     -- last sign of life
    finished_at  BIGINT,                     -- when ended
    PRIMARY KEY (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX job_waiting ON job (tenant_id, state, id);

-- table: A setting with the time from which it holds; the newest that has begun is in force
CREATE TABLE setting (
    tenant_id    BIGINT NOT NULL,            -- district
    key          TEXT NOT NULL,              -- such as case.reopen_days
    valid_from   BIGINT NOT NULL,            -- from when it holds
    value        TEXT NOT NULL,              -- JSON
    set_at       BIGINT NOT NULL,            -- when set
    set_by       BIGINT,                     -- account; empty: the program
    PRIMARY KEY (tenant_id, key, valid_from)
) /*STRICT, WITHOUT ROWID*/;
