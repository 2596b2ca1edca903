-- The third list: services with slots, packages of them, and orders from request to review.

-- table: A menu item of an organisation: what it does for residents
CREATE TABLE service (
    tenant_id     BIGINT NOT NULL,            -- district
    id            BIGINT NOT NULL,            -- id
    org_id        BIGINT NOT NULL,            -- who provides it
    title         TEXT NOT NULL,              -- in a line
    title_fold    TEXT NOT NULL,              -- the line folded for matching
    text          TEXT,                       -- what it is
    category      TEXT NOT NULL,              -- code of the setting exchange.categories
    audience      TEXT,                       -- for whom, in words
    price         BIGINT NOT NULL,            -- 1 free, 2 at cost
    price_fen     BIGINT,                     -- what it costs, in fen; only at cost
    price_per     TEXT,                       -- for what, such as a cut
    lead_hours    BIGINT NOT NULL,            -- ordered at least so many hours before
    bring         TEXT,                       -- what to bring
    area_id       BIGINT NOT NULL,            -- whom it serves
    place         BIGINT NOT NULL,            -- 1 at the place, 2 at home
    address       TEXT,                       -- where, in words; a public place
    lon           DOUBLE PRECISION,           -- place, WGS 84
    lat           DOUBLE PRECISION,           -- place, WGS 84
    slotted       BIGINT NOT NULL,            -- 1 when ordered by slot, 0 by appointment
    minutes       BIGINT NOT NULL,            -- how long it usually takes
    reviewed      BIGINT NOT NULL,            -- 1 when each order is looked at first
    waits         BIGINT NOT NULL,            -- length of a slot's waiting list; 0: none
    public        BIGINT NOT NULL,            -- 1 when on the residents' menu
    state         BIGINT NOT NULL,            -- 1 offered, 2 paused, 3 withdrawn
    created_at    BIGINT NOT NULL,            -- when entered
    created_by    BIGINT,                     -- account
    updated_at    BIGINT NOT NULL,            -- when last changed
    version       BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX service_org ON service (tenant_id, org_id, id);
CREATE INDEX service_category ON service (tenant_id, category, id) WHERE state = 1;

-- table: Slots that are made ahead, such as every Tuesday from 9 to 11
CREATE TABLE service_rhythm (
    tenant_id     BIGINT NOT NULL,            -- district
    id            BIGINT NOT NULL,            -- id
    service_id    BIGINT NOT NULL,            -- of which service
    days          TEXT NOT NULL,              -- days of the week, 1 Monday to 7 Sunday, such as 24
    opens         BIGINT NOT NULL,            -- minute of the day
    closes        BIGINT NOT NULL,            -- minute of the day
    capacity      BIGINT NOT NULL,            -- places of each slot
    made_until    BIGINT NOT NULL,            -- slots are made up to this day, counted from 1970
    ends_at       BIGINT,                     -- no slots from this time on
    created_at    BIGINT NOT NULL,            -- when entered
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES service (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX service_rhythm_of ON service_rhythm (tenant_id, service_id, id);

-- table: A day and time at which so many can be served; the row at which all who order meet
CREATE TABLE service_slot (
    tenant_id     BIGINT NOT NULL,            -- district
    id            BIGINT NOT NULL,            -- id
    service_id    BIGINT NOT NULL,            -- of which service
    rhythm_id     BIGINT,                     -- made by this rhythm
    begins_at     BIGINT NOT NULL,            -- from
    ends_at       BIGINT NOT NULL,            -- until, exclusive
    capacity      BIGINT NOT NULL,            -- places
    taken         BIGINT NOT NULL,            -- places taken
    waiting       BIGINT NOT NULL,            -- orders on the waiting list
    arrivals      BIGINT NOT NULL,            -- orders that ever came, for their order
    state         BIGINT NOT NULL,            -- 1 open, 2 closed
    reason        TEXT,                       -- why it was closed
    created_at    BIGINT NOT NULL,            -- when made
    version       BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES service (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX service_slot_of ON service_slot (tenant_id, service_id, begins_at);

-- table: Services that are ordered together
CREATE TABLE service_package (
    tenant_id     BIGINT NOT NULL,            -- district
    id            BIGINT NOT NULL,            -- id
    org_id        BIGINT NOT NULL,            -- who puts it together
    title         TEXT NOT NULL,              -- in a line
    text          TEXT,                       -- what it is
    public        BIGINT NOT NULL,            -- 1 when on the residents' menu
    state         BIGINT NOT NULL,            -- 1 offered, 3 withdrawn
    created_at    BIGINT NOT NULL,            -- when entered
    created_by    BIGINT,                     -- account
    updated_at    BIGINT NOT NULL,            -- when last changed
    version       BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX service_package_org ON service_package (tenant_id, org_id, id);

-- table: What a package holds: a service or another package
CREATE TABLE service_package_item (
    tenant_id     BIGINT NOT NULL,            -- district
    package_id    BIGINT NOT NULL,            -- which package
    seq           BIGINT NOT NULL,            -- order
    service_id    BIGINT,                     -- a service
    inner_id      BIGINT,                     -- or a package
    PRIMARY KEY (tenant_id, package_id, seq),
    FOREIGN KEY (tenant_id, package_id) REFERENCES service_package (tenant_id, id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES service (tenant_id, id),
    FOREIGN KEY (tenant_id, inner_id) REFERENCES service_package (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;

-- table: Somebody orders a service
CREATE TABLE service_order (
    tenant_id     BIGINT NOT NULL,            -- district
    id            BIGINT NOT NULL,            -- id
    code          TEXT NOT NULL,              -- number for people, such as 260512-0007
    service_id    BIGINT NOT NULL,            -- what
    org_id        BIGINT NOT NULL,            -- who provides it
    category      TEXT NOT NULL,              -- of the service, when ordered
    slot_id       BIGINT,                     -- which slot; empty: by appointment
    begins_at     BIGINT NOT NULL,            -- from
    ends_at       BIGINT NOT NULL,            -- until, exclusive
    area_id       BIGINT NOT NULL,            -- where whoever is served lives
    bundle_id     BIGINT,                     -- ordered together: a package, or week by week
    way           BIGINT NOT NULL,            -- 1 for oneself, 2 by a neighbour, 3 by a social worker, 4 by telephone
    person_id     BIGINT,                     -- who ordered it, with an account [personal: to show their orders and tell them; until retention.order_days]
    entered_by    BIGINT,                     -- account
    name          TEXT,                       -- how to address whoever is served [personal: so that helpers know whom to ask for; until retention.order_days]
    contact_enc   BYTEA,                      -- telephone, sealed [personal: to reach whoever is served; until retention.order_days]
    contact_hash  BYTEA,                      -- keyed hash of its digits: one order of a slot for each [personal: against double orders; until retention.order_days]
    address_enc   BYTEA,                      -- home, sealed [personal: for the one who goes there, on that day; until retention.order_days]
    note          TEXT,                       -- what the helper should know [personal: for the service; until retention.order_days]
    secret_hash   BYTEA,                      -- of the secret of whoever ordered without an account
    arrival       BIGINT NOT NULL,            -- its turn at the slot
    placed        BIGINT NOT NULL,            -- 1 when it has a place, 0 on the waiting list
    state         BIGINT NOT NULL,            -- 1 to be reviewed, 2 refused, 3 placed, 4 waiting, 5 assigned, 6 under way, 7 done, 8 cancelled, 9 no-show
    helper_id     BIGINT,                     -- person who goes there
    team          TEXT,                       -- team, in words
    to_tell       BIGINT NOT NULL,            -- 1 when somebody has to telephone what changed
    reason        TEXT,                       -- why it was refused, cancelled or not used
    result        TEXT,                       -- what was done
    minutes       BIGINT NOT NULL,            -- of all helpers together
    rating        BIGINT,                     -- 1 to 5, by whoever was served
    said          TEXT,                       -- what they say of it
    rated_way     BIGINT,                     -- 1 themselves, 2 told on the telephone
    rated_by      BIGINT,                     -- account
    done_by       BIGINT,                     -- account
    created_at    BIGINT NOT NULL,            -- when ordered
    done_at       BIGINT,                     -- when done
    rated_at      BIGINT,                     -- when reviewed
    ended_at      BIGINT,                     -- when done, refused, cancelled or not used
    updated_at    BIGINT NOT NULL,            -- when last changed
    version       BIGINT NOT NULL,            -- grows with each change
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code),
    FOREIGN KEY (tenant_id, service_id) REFERENCES service (tenant_id, id),
    FOREIGN KEY (tenant_id, slot_id) REFERENCES service_slot (tenant_id, id),
    FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id),
    FOREIGN KEY (tenant_id, area_id) REFERENCES area (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX service_order_slot ON service_order (tenant_id, slot_id, arrival);
CREATE INDEX service_order_contact ON service_order (tenant_id, slot_id, contact_hash) WHERE contact_hash IS NOT NULL;
CREATE INDEX service_order_wait ON service_order (tenant_id, slot_id, arrival) WHERE placed = 0 AND state IN (1, 4);
CREATE INDEX service_order_open ON service_order (tenant_id, begins_at, id) WHERE state IN (1, 3, 4, 5, 6);
CREATE INDEX service_order_org ON service_order (tenant_id, org_id, id);
CREATE INDEX service_order_of ON service_order (tenant_id, service_id, id);
CREATE INDEX service_order_person ON service_order (tenant_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX service_order_helper ON service_order (tenant_id, helper_id, begins_at) WHERE helper_id IS NOT NULL;
CREATE INDEX service_order_bundle ON service_order (tenant_id, bundle_id, id) WHERE bundle_id IS NOT NULL;
CREATE INDEX service_order_ended ON service_order (tenant_id, ended_at) WHERE name IS NOT NULL;

-- table: Time that somebody gave to an order
CREATE TABLE service_hour (
    tenant_id     BIGINT NOT NULL,            -- district
    id            BIGINT NOT NULL,            -- id
    order_id      BIGINT NOT NULL,            -- at which order
    org_id        BIGINT NOT NULL,            -- for which organisation
    person_id     BIGINT,                     -- who; empty: somebody without an entry among people
    name          TEXT,                       -- their name, in words [personal: so that their time counts; kept with the order]
    minutes       BIGINT NOT NULL,            -- how long
    at            BIGINT NOT NULL,            -- when: the order's beginning
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX service_hour_order ON service_hour (tenant_id, order_id, id);
CREATE INDEX service_hour_org ON service_hour (tenant_id, org_id, at);
CREATE INDEX service_hour_person ON service_hour (tenant_id, person_id, at) WHERE person_id IS NOT NULL;
