-- PostgreSQL holds the words of cases as numbers of four bytes, with those of their beginnings (search_numbers.c), and the stretches of time in which they
-- came as numbers too (search_index.c, which says the same expression). All cases are put in anew, by the job. SQLite's index stays as it is.
/*POSTGRES
DROP INDEX search_case_words;
TRUNCATE search_case;
ALTER TABLE search_case ALTER COLUMN words TYPE INTEGER[] USING CAST(NULL AS INTEGER[]);
COMMENT ON COLUMN search_case.words IS
    'numbers of the words of its text, address and number, and of words for its area, organisation and telephone, ascending [personal: to find it; as cases.text]';
CREATE INDEX search_case_words ON search_case USING gin (words, (ARRAY[CAST(case_id >> 47 AS INTEGER), CAST((case_id >> 51) + 65536 AS INTEGER),
    CAST((case_id >> 55) + 131072 AS INTEGER)])) WITH (gin_pending_list_limit = 256);
DELETE FROM search_fill;
INSERT INTO search_fill (tenant_id, below, done, total)
SELECT tenant_id, MAX(id) + 1, 0, COUNT(*) FROM cases GROUP BY tenant_id;
DELETE FROM job WHERE kind = 'search.fill';
*/
