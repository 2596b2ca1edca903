/* Fuzzes what stands in the request line: the target's path, and the query string read by a table. */
#include "fuzz.h"

#include "../../server/http/exchange.h"

static const char *const words[] = { NULL, "new", "old", NULL };

struct filter { struct str text, after; int64_t limit, area; ms from; struct geo at; int sort; bool mine; double metres; struct ids ids; };
static const struct field filter_fields[] = {
    FIELD_STR(struct filter, text, 1, 50, 0, ""),
    FIELD_STR(struct filter, after, 0, 100, RAW_TEXT, ""),
    FIELD_I64(struct filter, limit, 1, 100, 0, ""),
    FIELD_ID(struct filter, area, 0, ""),
    FIELD_TIME(struct filter, from, 0, ""),
    FIELD_GEO(struct filter, at, 0, ""),
    FIELD_WORD(struct filter, sort, words, 0, ""),
    FIELD_BOOL(struct filter, mine, 0, ""),
    FIELD_REAL(struct filter, metres, 0, ""),
    FIELD_IDS(struct filter, ids, 0, 10, 0, ""),
    FIELD_END
};

static void check_path(const struct path *p)
{
    fuzz_must(p->len <= PATH_SEGMENTS && utf8_valid(p->whole) && p->whole.ptr[0] == '/');
    for (size_t i = 0; i < p->len; i++)
        fuzz_must(!str_is(p->segment[i], "..") && str_find(p->segment[i], '/') < 0 && str_find(p->segment[i], 0) < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *a = arena_new(0);
    struct path   p;
    struct str    query = { (const char *)bytes, n };
    struct faults faults = { .arena = a };
    struct given  given = { 0 };
    struct filter out = { .text = STR_NONE };
    if (!failed(path_read(a, query, &p))) {
        check_path(&p);
        query = p.query.ptr ? p.query : STR("");
    }
    err e = field_read_query(a, filter_fields, query, &out, &given, &faults);
    fuzz_must(failed(e) || faults.len == 0);
    fuzz_must(failed(e) || !out.text.ptr || utf8_valid(out.text));
    fuzz_must(failed(e) || out.limit <= 100);
    arena_free(a);
    return 0;
}
