-- Agreements: what organisations promise each other. What of it was kept is read off claims and orders, never stored.

-- table: A part of a resource held back for a promise; claims may draw on it
CREATE TABLE resource_hold (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    resource_id  BIGINT NOT NULL,            -- what
    quantity     BIGINT NOT NULL,            -- how much; counted in the resource's reserved
    drawn        BIGINT NOT NULL,            -- of it taken up by claims
    title        TEXT NOT NULL,              -- for what, in a line
    created_at   BIGINT NOT NULL,            -- since
    released_at  BIGINT,                     -- until; empty: now
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resource (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX resource_hold_of ON resource_hold (tenant_id, resource_id, id);

ALTER TABLE need_claim ADD COLUMN hold_id BIGINT;    -- held-back part it draws on; empty: none
CREATE INDEX need_claim_kept ON need_claim (tenant_id, org_id, done_at) WHERE state = 3;

-- table: An agreement between organisations
CREATE TABLE agreement (
    tenant_id     BIGINT NOT NULL,           -- district
    id            BIGINT NOT NULL,           -- id
    kind          TEXT NOT NULL,             -- code of the setting agreement.kinds
    title         TEXT NOT NULL,             -- in a line
    title_fold    TEXT NOT NULL,             -- the line folded for matching
    text          TEXT NOT NULL,             -- its words with {names} still in braces, a paragraph a line
    words         TEXT,                      -- its words as they were offered for signing; empty: a draft
    keeper_id     BIGINT NOT NULL,           -- organisation that drafts and keeps it, a party
    alliance_id   BIGINT,                    -- alliance within which it is made; empty: none
    begins_at     BIGINT NOT NULL,           -- term from
    ends_at       BIGINT NOT NULL,           -- until, exclusive
    review_months BIGINT NOT NULL,           -- months between reviews; 0: none
    state         BIGINT NOT NULL,           -- 1 draft, 2 offered, 3 in force, 4 ended, 5 withdrawn
    no            TEXT,                      -- number, given when the last party signs
    code_hash     BYTEA,                     -- keyed hash of the code behind its QR
    renews_id     BIGINT,                    -- agreement it continues
    offered_at    BIGINT,                    -- offered for signing
    signed_at     BIGINT,                    -- signed by all
    ended_at      BIGINT,                    -- ended, before or with its term, or withdrawn
    end_reason    TEXT,                      -- why before its term
    next_at       BIGINT,                    -- when somebody has to be told next; empty: never
    created_at    BIGINT NOT NULL,           -- drafted
    created_by    BIGINT,                    -- account
    updated_at    BIGINT NOT NULL,           -- last changed
    version       BIGINT NOT NULL,           -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code_hash),
    FOREIGN KEY (tenant_id, keeper_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, alliance_id) REFERENCES alliance (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX agreement_state ON agreement (tenant_id, state, id);
CREATE INDEX agreement_alliance ON agreement (tenant_id, alliance_id, id) WHERE alliance_id IS NOT NULL;
CREATE INDEX agreement_next ON agreement (tenant_id, next_at, id) WHERE next_at IS NOT NULL;

-- table: A party of an agreement, and its signature
CREATE TABLE agreement_party (
    tenant_id    BIGINT NOT NULL,            -- district
    agreement_id BIGINT NOT NULL,            -- agreement
    seq          BIGINT NOT NULL,            -- place among the parties, from 1
    org_id       BIGINT NOT NULL,            -- organisation
    signer       TEXT,                       -- who signed [personal: to answer for the signature; as the agreement]
    signed_by    BIGINT,                     -- account that signed, or entered the scan
    signed_at    BIGINT,                     -- when; empty: not yet
    scan_id      BIGINT,                     -- photograph of the signed paper; empty: signed here
    PRIMARY KEY (tenant_id, agreement_id, seq),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreement (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX agreement_party_org ON agreement_party (tenant_id, org_id, agreement_id);

-- table: A thing promised in an agreement
CREATE TABLE agreement_pledge (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    agreement_id BIGINT NOT NULL,            -- agreement
    seq          BIGINT NOT NULL,            -- place among the pledges, from 1
    org_id       BIGINT NOT NULL,            -- who promises
    title        TEXT NOT NULL,              -- what, in a line
    category     TEXT NOT NULL,              -- code of the setting exchange.categories: work of this kind counts
    resource_id  BIGINT,                     -- only work with this resource counts; empty: any of the category
    quantity     BIGINT NOT NULL,            -- how much, once or each time
    unit         TEXT,                       -- of what, in words
    rhythm       BIGINT NOT NULL,            -- 1 once, 2 monthly, 3 quarterly, 4 half-yearly, 5 yearly
    due_at       BIGINT,                     -- once: by when; empty: by the end of the term
    hold_id      BIGINT,                     -- what is held back for it; empty: nothing
    former_id    BIGINT,                     -- organisation that promised it before it became part of org_id: its work counts too
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreement (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX agreement_pledge_of ON agreement_pledge (tenant_id, agreement_id, seq);
CREATE INDEX agreement_pledge_org ON agreement_pledge (tenant_id, org_id, id);

-- table: What a party says about a draft
CREATE TABLE agreement_comment (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    agreement_id BIGINT NOT NULL,            -- agreement
    org_id       BIGINT NOT NULL,            -- for which party
    text         TEXT NOT NULL,              -- what [personal: the comment's own words; as the agreement]
    created_by   BIGINT,                     -- account
    created_at   BIGINT NOT NULL,            -- when
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreement (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX agreement_comment_of ON agreement_comment (tenant_id, agreement_id, id);

-- table: A review of an agreement: the figures of its work as they were, and what was said
CREATE TABLE agreement_review (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    agreement_id BIGINT NOT NULL,            -- agreement
    begins_at    BIGINT NOT NULL,            -- what it looks at, from
    ends_at      BIGINT NOT NULL,            -- until, exclusive
    figures      TEXT NOT NULL,              -- what each pledge stood at then, as JSON
    text         TEXT NOT NULL,              -- what was said
    created_by   BIGINT,                     -- account
    created_at   BIGINT NOT NULL,            -- when
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreement (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX agreement_review_of ON agreement_review (tenant_id, agreement_id, id);
