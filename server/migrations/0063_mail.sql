-- table: The server by which messages leave as mail
CREATE TABLE mail_server (
    tenant_id    BIGINT NOT NULL,            -- district
    host         TEXT NOT NULL,              -- name or address
    port         BIGINT NOT NULL,            -- port
    security     BIGINT NOT NULL,            -- 1 none (this machine alone), 2 STARTTLS, 3 TLS from the first byte
    user_name    TEXT,                       -- signs in as; empty: without
    password_enc BYTEA,                      -- password, encrypted
    sender       TEXT NOT NULL,              -- address it is sent from
    sender_name  TEXT,                       -- name beside it; empty: the district's
    authority    TEXT,                       -- certificates (PEM) trusted instead of the system's
    changed_at   BIGINT NOT NULL,            -- last change
    changed_by   BIGINT,                     -- account
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Where and how a person wants messages by mail
CREATE TABLE mail_address (
    tenant_id    BIGINT NOT NULL,            -- district
    person_id    BIGINT NOT NULL,            -- who
    address_enc  BYTEA NOT NULL,             -- address, encrypted [personal: to send the messages the person asked for; until they remove it, never confirm it, or have no account any more]
    code_enc     BYTEA,                      -- code that was sent to confirm it, encrypted; empty: confirmed
    code_until   BIGINT,                     -- when the code ends
    code_tries   BIGINT NOT NULL DEFAULT 0,  -- wrong codes entered
    confirmed_at BIGINT,                     -- when confirmed; nothing is sent before
    stop_hash    BYTEA NOT NULL,             -- SHA-256 of the token in its unsubscribe links
    stop_enc     BYTEA NOT NULL,             -- the token, encrypted
    stopped_at   BIGINT,                     -- stopped by such a link
    work         BIGINT NOT NULL,            -- what waits for them: 1 no mail, 2 at once, 3 once a day
    deadlines    BIGINT NOT NULL,            -- time limits: as work
    own          BIGINT NOT NULL,            -- what they reported: as work
    followed     BIGINT NOT NULL,            -- what they follow: as work
    other        BIGINT NOT NULL,            -- anything else: as work
    daily_hour   BIGINT NOT NULL,            -- hour of the day of what comes once a day
    quiet_from   BIGINT,                     -- no mail from this hour of the day; empty: none
    quiet_to     BIGINT,                     -- to this
    created_at   BIGINT NOT NULL,            -- when given
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, person_id),
    UNIQUE (tenant_id, stop_hash),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Messages on their way into a mail: one alone, or those of a day together
CREATE TABLE mail_item (
    tenant_id    BIGINT NOT NULL,            -- district
    due_at       BIGINT NOT NULL,            -- not before
    person_id    BIGINT NOT NULL,            -- to whom
    id           BIGINT NOT NULL,            -- id
    daily        BIGINT NOT NULL,            -- 1: together with the others of the day
    kind         TEXT NOT NULL,              -- such as case.dispatched
    object_kind  TEXT NOT NULL,              -- what it is about
    object_id    BIGINT NOT NULL,            -- which
    params       TEXT,                       -- JSON: words for the text
    at           BIGINT NOT NULL,            -- when it happened
    PRIMARY KEY (tenant_id, due_at, person_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX mail_item_person ON mail_item (tenant_id, person_id, id);

-- Each channel has a worker that takes its own rows.
DROP INDEX delivery_due;
CREATE INDEX delivery_waiting ON delivery (tenant_id, channel, next_at, id) WHERE state = 1;
