-- Words of the cases, for search. Here the engines have nothing in common: SQLite keeps them in an FTS5 index without the text itself, which
-- stands in cases.find_text; PostgreSQL in a tsvector. Both hold the same words, cut by the program, and neither keeps positions.
/*SQLITE
CREATE VIRTUAL TABLE search_case USING fts5 (tenant_id UNINDEXED, words, content = '', columnsize = 0, detail = none, prefix = '3 4', tokenize = 'ascii');
*/
/*POSTGRES
-- table: Words of the cases, for search
CREATE TABLE search_case (
    tenant_id    BIGINT NOT NULL,            -- district
    case_id      BIGINT NOT NULL,            -- case
    words        TSVECTOR NOT NULL,          -- words of its text, address and number, and words for its area and telephone [personal: to find it; as cases.text]
    PRIMARY KEY (tenant_id, case_id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE INDEX search_case_words ON search_case USING gin (words);
*/

-- table: How far the words of the cases that were there before the index have been put into it; no row: all of them
CREATE TABLE search_fill (
    tenant_id    BIGINT NOT NULL,            -- district
    below        BIGINT NOT NULL,            -- cases with a smaller id are not in the index yet; 0: all are
    done         BIGINT NOT NULL,            -- cases put in
    total        BIGINT NOT NULL,            -- cases there were
    PRIMARY KEY (tenant_id)
) /*STRICT, WITHOUT ROWID*/;
INSERT INTO search_fill (tenant_id, below, done, total)
SELECT tenant_id, MAX(id) + 1, 0, COUNT(*) FROM cases GROUP BY tenant_id;
