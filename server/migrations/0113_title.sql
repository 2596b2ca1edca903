-- A case's title is the first words of its text (case_title) and was kept beside it: some 65 bytes of a case. SQLite writes the table anew; on
-- PostgreSQL a row gives its room back when it is next written.

ALTER TABLE cases DROP COLUMN title;
DELETE FROM catalogue WHERE table_name = 'cases' AND column_name = 'title';
