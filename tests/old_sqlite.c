/* For a test: the SQLite of a system that is older than the one the program was built on. Loaded before the library, it answers in its place. */
const char *sqlite3_libversion(void);
int         sqlite3_libversion_number(void);

const char *sqlite3_libversion(void)
{
    return "3.38.5";
}

int sqlite3_libversion_number(void)
{
    return 3038005;
}
