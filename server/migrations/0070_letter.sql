ALTER TABLE post ADD COLUMN unit_kinds TEXT NOT NULL DEFAULT '';       -- kinds of areas and organisations it may be held at, separated by blanks; empty: any
ALTER TABLE post ADD COLUMN term_months BIGINT NOT NULL DEFAULT 0;     -- usual term in months; 0: open
ALTER TABLE post ADD COLUMN duty_zh TEXT;                              -- what its holder does, as a letter says it
ALTER TABLE post ADD COLUMN duty_en TEXT;                              -- the same in English
ALTER TABLE post ADD COLUMN public BIGINT NOT NULL DEFAULT 0;          -- 1 when its holders may be shown in the public directory
ALTER TABLE post ADD COLUMN closed_at BIGINT;                          -- since when nobody is appointed to it; empty: in use
ALTER TABLE post ADD COLUMN version BIGINT NOT NULL DEFAULT 1;         -- grows with each change

ALTER TABLE appointment ADD COLUMN renews_id BIGINT;                   -- appointment it continues; empty: a first one
ALTER TABLE appointment ADD COLUMN letter_id BIGINT;                   -- its letter in force; empty: none was issued
ALTER TABLE appointment ADD COLUMN ended_at BIGINT;                    -- when it was ended before its term; empty: it was not
ALTER TABLE appointment ADD COLUMN ended_by BIGINT;                    -- account that ended it
ALTER TABLE appointment ADD COLUMN end_reason TEXT;                    -- why [personal: to answer for the end of an appointment; as the appointment]
ALTER TABLE appointment ADD COLUMN version BIGINT NOT NULL DEFAULT 1;  -- grows with each change
CREATE INDEX appointment_until ON appointment (tenant_id, valid_to, id) WHERE valid_to IS NOT NULL;

-- table: The seal of an organisation, printed on its letters
CREATE TABLE seal (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    org_id       BIGINT NOT NULL,            -- whose
    file_id      BIGINT NOT NULL,            -- picture
    created_at   BIGINT NOT NULL,            -- from
    created_by   BIGINT,                     -- account
    retired_at   BIGINT,                     -- until; empty: in use
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX seal_org ON seal (tenant_id, org_id, id);

-- table: A letter of appointment or certificate, word for word as it was issued
CREATE TABLE letter (
    tenant_id      BIGINT NOT NULL,          -- district
    id             BIGINT NOT NULL,          -- id
    appointment_id BIGINT NOT NULL,          -- what it is about
    kind           TEXT NOT NULL,            -- letter or certificate
    lang           TEXT NOT NULL,            -- zh or en
    no             TEXT NOT NULL,            -- number
    code_hash      BYTEA NOT NULL,           -- keyed hash of the code behind its QR
    title          TEXT NOT NULL,            -- title
    body           TEXT NOT NULL,            -- text, a paragraph a line [personal: the letter's own words; as the appointment]
    person_name    TEXT NOT NULL,            -- to whom [personal: the letter's own words; as the appointment]
    post_name      TEXT NOT NULL,            -- post
    unit_name      TEXT NOT NULL,            -- where, in full
    issuer_id      BIGINT NOT NULL,          -- organisation that issues it
    issuer_name    TEXT NOT NULL,            -- its name
    issuer_area    TEXT NOT NULL,            -- area it belongs to, in full
    seal_id        BIGINT,                   -- seal printed on it; empty: none
    valid_from     BIGINT NOT NULL,          -- term, from
    valid_to       BIGINT,                   -- until, exclusive; empty: open
    issued_at      BIGINT NOT NULL,          -- its date
    issued_by      BIGINT,                   -- account
    replaced_at    BIGINT,                   -- since when another letter holds in its place; empty: none does
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code_hash),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointment (tenant_id, id),
    FOREIGN KEY (tenant_id, issuer_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, seal_id) REFERENCES seal (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX letter_appointment ON letter (tenant_id, appointment_id, id);

-- table: Numbers that letters have; none is used twice
CREATE TABLE letter_number (
    tenant_id    BIGINT NOT NULL,            -- district
    no           TEXT NOT NULL,              -- number
    used_at      BIGINT NOT NULL,            -- when it was given
    PRIMARY KEY (tenant_id, no)
) /*STRICT, WITHOUT ROWID*/;
-- Numbers given by hand before.
INSERT INTO letter_number (tenant_id, no, used_at)
SELECT tenant_id, letter_no, MIN(created_at) FROM appointment WHERE letter_no IS NOT NULL GROUP BY tenant_id, letter_no;
