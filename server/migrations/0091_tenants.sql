-- Several districts in one installation: the host names they are served under, and what tells where a district's audit chain was begun.

-- table: Host names, and the district that each stands for
CREATE TABLE host (
    host         TEXT NOT NULL,              -- as browsers ask for it: lower case, without a port
    district     BIGINT NOT NULL,            -- the tenant_id served under it
    created_at   BIGINT NOT NULL,            -- when it was given
    PRIMARY KEY (host)
) /*STRICT, WITHOUT ROWID*/;

ALTER TABLE audit_head ADD COLUMN chain_id BIGINT;   -- the number that the chain's rows are hashed with; empty: tenant_id
ALTER TABLE tenant DROP COLUMN host;
DELETE FROM catalogue WHERE table_name = 'tenant' AND column_name = 'host';
