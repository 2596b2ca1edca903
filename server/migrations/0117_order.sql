-- A case takes less room on PostgreSQL. SQLite takes what a number needs, keeps the steps in the key itself, and gets only the same words for a cell's number.
--
-- * Columns stand there in the order in which they were made, and a number at an address that its size divides: between states of two bytes and times of eight
--   a case lost some forty bytes. Both tables are made anew with the wide numbers first and the texts last, and with all that belongs to them: keys,
--   references, indexes, descriptions, settings, grants. Statements name their columns, so none sees it.
-- * Degrees, calendars, versions and numbers of steps take four bytes. So a cell's number is reckoned from a sum that takes eight.
-- * The key of the steps was 290 bytes a case, 40 for each. An index that holds the case alone has one entry for all of them, 83 bytes. That no two have one number
--   is kept by the case: a step is written by whoever moved the case's version on, and `linli doctor` counts them.
-- * Who had a part in a case is asked of its steps, as they are found so quickly.

DROP INDEX cases_cell;
DROP INDEX cases_spot;

/*POSTGRES
ALTER TABLE case_event DROP CONSTRAINT case_event_pkey;
CREATE INDEX case_event_case ON case_event (tenant_id, case_id);
ALTER TABLE case_event REPLICA IDENTITY FULL;
DROP INDEX case_event_part;
DO $$
DECLARE
    which   TEXT;
    made    TEXT;
    named   TEXT;
    before  TEXT[];
    after   TEXT[];
    command TEXT;
BEGIN
    FOREACH which IN ARRAY ARRAY['cases', 'case_event'] LOOP
        SELECT string_agg(format('%I %s%s%s', attname, kind, CASE WHEN attnotnull THEN ' NOT NULL' END, ' DEFAULT ' || pg_get_expr(adbin, adrelid)), ', ' ORDER BY size DESC, attnum),
               string_agg(format('%I', attname), ', ' ORDER BY size DESC, attnum)
        INTO made, named
        FROM (SELECT attrelid, attname, attnum, attnotnull,
                     CASE WHEN attname IN ('lon_e7', 'lat_e7', 'calendar', 'version', 'seq') THEN 'INTEGER' ELSE format_type(atttypid, atttypmod) END AS kind,
                     CASE WHEN attname IN ('lon_e7', 'lat_e7', 'calendar', 'version', 'seq') THEN 4 ELSE attlen END AS size
              FROM pg_attribute WHERE attrelid = which::regclass AND attnum > 0 AND NOT attisdropped) a
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum;

        -- References to the table stand in the way of its end.
        SELECT array_agg(format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)) INTO before
        FROM pg_constraint WHERE contype = 'f' AND confrelid = which::regclass;

        SELECT array_agg(text ORDER BY turn, text) INTO after
        FROM (SELECT 1 AS turn, format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid, true)) AS text
              FROM pg_constraint WHERE contype <> 'f' AND conrelid = which::regclass
              UNION ALL
              SELECT 2, pg_get_indexdef(indexrelid, 0, true) FROM pg_index
              WHERE indrelid = which::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
              UNION ALL
              SELECT 3, format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid, true))
              FROM pg_constraint WHERE contype = 'f' AND (conrelid = which::regclass OR confrelid = which::regclass)
              UNION ALL
              SELECT 4, format('COMMENT ON TABLE %I IS %L', which, obj_description(which::regclass, 'pg_class'))
              UNION ALL
              SELECT 4, format('COMMENT ON COLUMN %I.%I IS %L', which, attname, col_description(attrelid, attnum))
              FROM pg_attribute WHERE attrelid = which::regclass AND attnum > 0 AND NOT attisdropped
              UNION ALL
              SELECT 5, format('ALTER TABLE %I ALTER COLUMN %I SET (%s)', which, attname, array_to_string(attoptions, ', '))
              FROM pg_attribute WHERE attrelid = which::regclass AND attoptions IS NOT NULL
              UNION ALL
              SELECT 5, format('ALTER TABLE %I SET (%s)', which, array_to_string(reloptions, ', ')) FROM pg_class
              WHERE oid = which::regclass AND reloptions IS NOT NULL
              UNION ALL
              SELECT 5, format('ALTER TABLE %I REPLICA IDENTITY FULL', which) FROM pg_class WHERE oid = which::regclass AND relreplident = 'f'
              UNION ALL
              SELECT 6, format('GRANT %s ON %I TO %s%s', privilege_type, which, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE format('%I', pg_get_userbyid(grantee)) END,
                               CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
              FROM pg_class CROSS JOIN aclexplode(relacl) WHERE oid = which::regclass AND grantee <> relowner) what;

        FOREACH command IN ARRAY COALESCE(before, '{}') || format('ALTER TABLE %I RENAME TO %I', which, which || '_before')
                || format('CREATE TABLE %I (%s)', which, made)
                || format('INSERT INTO %I (%s) SELECT %s FROM %I ORDER BY %s', which, named, named, which || '_before',
                          CASE which WHEN 'cases' THEN 'tenant_id, id' ELSE 'tenant_id, case_id, seq' END)
                || format('DROP TABLE %I', which || '_before') || after LOOP
            EXECUTE command;
        END LOOP;
    END LOOP;
END $$;
*/

CREATE INDEX cases_cell ON cases (tenant_id, (((lat_e7 + 3000000000) / 20000 - 105000) * 200000 + (lon_e7 + 3000000000) / 20000 - 60000), id, lon_e7,
                                  lat_e7, state, due_at, category_id, area_id, org_id) WHERE lon_e7 IS NOT NULL;
CREATE INDEX cases_spot ON cases (tenant_id, (((lat_e7 + 3000000000) / 5000 - 420000) * 800000 + (lon_e7 + 3000000000) / 5000 - 240000), id, lon_e7,
                                  lat_e7, state, due_at, category_id, area_id, org_id) WHERE lon_e7 IS NOT NULL;

/*POSTGRES
ANALYZE cases;
ANALYZE case_event;
*/
