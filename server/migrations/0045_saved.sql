-- table: Things people keep under a name: views of a list, texts of replies; their own, or shared with a unit
CREATE TABLE saved (
    tenant_id    BIGINT NOT NULL,            -- district
    id           BIGINT NOT NULL,            -- id
    kind         BIGINT NOT NULL,            -- 1 view of the cases, 2 text of a reply
    holder_kind  BIGINT NOT NULL,            -- 0 kept by an account for itself, 1 shared with an area, 2 with an organisation
    holder_id    BIGINT NOT NULL,            -- that account, area or organisation
    name         TEXT NOT NULL,              -- what it is called there [personal: to find it again; until it is deleted]
    content      TEXT NOT NULL,              -- view: JSON of the page's address; reply: the text [personal: as name]
    created_by   BIGINT NOT NULL,            -- account that made it
    created_at   BIGINT NOT NULL,            -- when
    updated_at   BIGINT NOT NULL,            -- last change
    version      BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, holder_id, kind, name),
    FOREIGN KEY (tenant_id, created_by) REFERENCES account (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
