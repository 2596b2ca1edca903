ALTER TABLE cases ADD COLUMN merged_into BIGINT; -- case in which this one was merged; empty: in none
CREATE INDEX cases_merged ON cases (tenant_id, merged_into, id) WHERE merged_into IS NOT NULL;
-- Cells of 0.002 degrees each way, for what lies near a point: see case_alike.c, which computes the same.
CREATE INDEX cases_cell ON cases (tenant_id, ((lat_e7 + 900000000) / 20000 * 200000 + (lon_e7 + 1800000000) / 20000), id)
    WHERE lon_e7 IS NOT NULL;

-- table: Who wants to be told of a case's steps beside its reporter
CREATE TABLE case_follow (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id, ordered by the time of following
    case_id      BIGINT NOT NULL,            -- case that is followed
    person_id    BIGINT,                     -- who, when signed in [personal: to tell them; until they no longer follow]
    secret_hash  BYTEA,                      -- SHA-256 of the secret of somebody without an account
    via_case     BIGINT,                     -- case by whose merging they came to follow this one
    is_reporter  BIGINT NOT NULL DEFAULT 0,  -- 1: the reporter of via_case
    since        BIGINT NOT NULL,            -- from when
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, via_case) REFERENCES cases (tenant_id, id),
    FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE UNIQUE INDEX case_follow_person ON case_follow (tenant_id, person_id, case_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX case_follow_secret ON case_follow (tenant_id, secret_hash) WHERE secret_hash IS NOT NULL;
CREATE INDEX case_follow_case ON case_follow (tenant_id, case_id, id);
CREATE INDEX case_follow_via ON case_follow (tenant_id, via_case, id) WHERE via_case IS NOT NULL;
