-- What an organisation holds beside its name, whom to ask for there, and what it became part of.

-- table: A value of an organisation in a field of its kind (setting unit.org_kinds); it stays when the field leaves the setting
CREATE TABLE org_value (
    tenant_id    BIGINT NOT NULL,            -- district
    org_id       BIGINT NOT NULL,            -- organisation
    field        TEXT NOT NULL,              -- code of the field
    value        TEXT NOT NULL,              -- value in one spelling: 12.5, 2026-03-01, yes, code of a choice, text
    set_at       BIGINT NOT NULL,            -- when entered
    set_by       BIGINT,                     -- account
    PRIMARY KEY (tenant_id, org_id, field),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX org_value_field ON org_value (tenant_id, field, org_id);

-- table: Whom to ask for at an organisation
CREATE TABLE org_contact (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    org_id       BIGINT NOT NULL,            -- organisation
    name         TEXT NOT NULL,              -- name as written [personal: to reach the organisation; until removed there]
    duty         TEXT,                       -- what they are there for
    phone_enc    BYTEA,                      -- telephone, encrypted [personal: to reach the organisation; until removed there]
    created_at   BIGINT NOT NULL,            -- when entered
    created_by   BIGINT,                     -- account
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX org_contact_org ON org_contact (tenant_id, org_id, id);

ALTER TABLE org ADD COLUMN merged_into BIGINT; -- organisation it became part of; empty: none
CREATE INDEX org_code ON org (tenant_id, code);
