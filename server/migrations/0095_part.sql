-- Who handled, verified or answered for a case does not call its reporter back: a thousand waiting cases are asked about for one person.
CREATE INDEX case_event_part ON case_event (tenant_id, account_id, case_id) WHERE action IN (11, 12, 13, 20, 25);
-- What lies near where somebody stands, and who of the public people is called so.
CREATE INDEX directory_card_place ON directory_card (tenant_id, lat, lon, unit_kind) WHERE lat IS NOT NULL;
CREATE INDEX person_public ON person (tenant_id, id, name) WHERE public = 1;
