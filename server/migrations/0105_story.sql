-- Steps of a story by case: seven, by and large. From a sample the planner of PostgreSQL takes a million cases for a fifth of that, steps of one for
-- thirty and more, and then reads all accounts for the names of a few.

/*POSTGRES
ALTER TABLE case_event ALTER COLUMN case_id SET (n_distinct = -0.14);
*/
