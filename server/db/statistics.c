/* What the planner of SQLite is told about the indexes. Without being told anything it takes the first column of every index to be selective.
 * Here that column is the tenant, which every row of a district has in common: it would walk a whole table along its primary key where an
 * index on (tenant, person) has three rows. Real figures would tell it, but a new district has no rows, and plans that change as the data grow are
 * hard to vouch for. So each index gets the same figures, by the place of its columns: the tenant selects nothing, each further column much.
 *
 * Table cases is left out: its lists are written for the planner's own guesses, each statement for one index. */
#include "sqlite.h"

static const char text[] =
    "ANALYZE tenant;\n"   /* of a table with few rows: it makes the table of statistics */
    "DELETE FROM sqlite_stat1;\n"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat)\n"
    "SELECT t.name, CASE WHEN i.origin = 'pk' AND t.sql LIKE '%WITHOUT ROWID%' THEN t.name ELSE i.name END,\n"
    "       '1000000' || (SELECT group_concat(' ' || CASE WHEN c.name = 'tenant_id' THEN 1000000\n"
    "                                                     WHEN i.\"unique\" AND c.seqno = (SELECT max(l.seqno) FROM pragma_index_info(i.name) l) THEN 1\n"
    "                                                     WHEN c.seqno < 2 THEN 1000 WHEN c.seqno = 2 THEN 100 WHEN c.seqno = 3 THEN 10\n"
    "                                                     ELSE 1 END, '')\n"
    "                       FROM (SELECT seqno, name FROM pragma_index_info(i.name) ORDER BY seqno) c)\n"
    "FROM sqlite_schema t JOIN pragma_index_list(t.name) i\n"
    "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> 'cases';\n"
    "ANALYZE sqlite_schema;\n";   /* has this connection read them; others see that the schema changed */

err sqlite_statistics(struct db_conn *c, void *arg)
{
    (void)arg;
    return conn_script(c, "statistics", text);
}
