-- A case's number, text and address, folded, were kept beside them for the search. Folding them again takes about a microsecond, and keeping them took
-- some 100 bytes of a case with a short text. SQLite writes the table anew; on PostgreSQL a row gives its room back when it is next written.

ALTER TABLE cases DROP COLUMN find_text;
DELETE FROM catalogue WHERE table_name = 'cases' AND column_name = 'find_text';

-- PostgreSQL's index of words holds when a case came, too, so that it can be asked for the newest that hold a word (search_index.c, which says the same
-- expression). What is written waits in a list that every question reads as a whole: it is kept to 256 KB instead of 4 MB.
/*POSTGRES
DROP INDEX search_case_words;
CREATE INDEX search_case_words ON search_case USING gin (words, array_to_tsvector(string_to_array(
    CAST(case_id >> 47 AS TEXT) || ' w' || CAST(case_id >> 51 AS TEXT) || ' q' || CAST(case_id >> 55 AS TEXT), ' ')))
    WITH (gin_pending_list_limit = 256);
*/
