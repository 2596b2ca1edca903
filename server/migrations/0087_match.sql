-- What the nightly pass found, needs that recur, and what the figures are read from.

-- table: An organisation that could serve a need well, as the last pass found it; so that it is told of what is new alone
CREATE TABLE exchange_match (
    tenant_id    BIGINT NOT NULL,            -- district
    need_id      BIGINT NOT NULL,            -- which need
    org_id       BIGINT NOT NULL,            -- who could serve it
    resource_id  BIGINT NOT NULL,            -- with what, best
    score        BIGINT NOT NULL,            -- 0 to 100
    found_at     BIGINT NOT NULL,            -- when first found
    PRIMARY KEY (tenant_id, need_id, org_id),
    FOREIGN KEY (tenant_id, need_id) REFERENCES need (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resource (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: The last nightly pass
CREATE TABLE exchange_pass (
    tenant_id    BIGINT NOT NULL,            -- district
    day          BIGINT NOT NULL,            -- day of the district's clock, counted from 1970; a day begins at two in the morning
    done_at      BIGINT NOT NULL,            -- when it ended
    needs        BIGINT NOT NULL,            -- needs looked at
    found        BIGINT NOT NULL,            -- organisations that could serve one
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;

ALTER TABLE need ADD COLUMN series_id BIGINT;   -- first of a row of needs that recur
ALTER TABLE need ADD COLUMN series_no BIGINT;   -- which of them, the first being 1
CREATE INDEX need_series ON need (tenant_id, series_id, series_no) WHERE series_id IS NOT NULL;

CREATE INDEX need_published ON need (tenant_id, published_at, area_id);
CREATE INDEX need_first_matched ON need (tenant_id, matched_at, area_id) WHERE matched_at IS NOT NULL;
CREATE INDEX need_ended ON need (tenant_id, ended_at, state, area_id) WHERE ended_at IS NOT NULL;
CREATE INDEX need_claim_ended ON need_claim (tenant_id, ended_at, state, org_id) WHERE state IN (3, 4);
