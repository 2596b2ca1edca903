-- Districts that are closed: not served any more, then perhaps erased.

ALTER TABLE tenant ADD COLUMN closed_at BIGINT;   -- since when nothing is served of it and nothing works for it; empty: it is open
ALTER TABLE tenant ADD COLUMN moved_to TEXT;      -- address that whoever asks for it is sent to; empty: nowhere
ALTER TABLE tenant ADD COLUMN removing_at BIGINT; -- since when its rows are being erased; empty: they are not

-- table: Numbers that districts had which were erased: given to nobody again
CREATE TABLE district_gone (
    district     BIGINT NOT NULL,            -- its tenant_id
    removed_at   BIGINT NOT NULL,            -- when the last of it was erased
    PRIMARY KEY (district)
) /*STRICT, WITHOUT ROWID*/;
