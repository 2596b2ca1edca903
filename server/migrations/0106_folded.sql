-- A case's number, text and address, folded, were kept beside them for the search. Folding them again takes about a microsecond, and keeping them took
-- some 200 bytes a case. SQLite writes the table anew; on PostgreSQL a row gives its room back when it is next written.

ALTER TABLE cases DROP COLUMN find_text;
DELETE FROM catalogue WHERE table_name = 'cases' AND column_name = 'find_text';
