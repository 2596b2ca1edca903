/* Fuzzes the JSON door: any bytes as a body, read by a table with every kind of field. What was accepted must print as JSON again, and
 * what is printed must be readable. */
#include "fuzz.h"

#include <jansson.h>

#include "../../server/base/field.h"

struct inner { struct str name; int64_t weight; };
static const struct field inner_fields[] = {
    FIELD_STR(struct inner, name, 1, 20, REQUIRED, ""),
    FIELD_I64(struct inner, weight, -5, 100, 0, ""),
    FIELD_END
};

static const char *const words[] = { NULL, "red", "green", NULL };

struct outer {
    struct str text, lines, any;
    int64_t    number, id;
    double     real;
    bool       flag;
    ms         time;
    struct geo geo;
    int        word;
    struct strs strs;
    struct ids  ids;
    struct inner *object;
    struct list list;
};
static const struct field outer_fields[] = {
    FIELD_STR(struct outer, text, 1, 50, REQUIRED, ""),
    FIELD_STR(struct outer, lines, 0, 50, MULTILINE | RAW_TEXT, ""),
    FIELD_JSON(struct outer, any, 0, ""),
    FIELD_I64(struct outer, number, 0, 0, 0, ""),
    FIELD_ID(struct outer, id, 0, ""),
    FIELD_REAL(struct outer, real, 0, ""),
    FIELD_BOOL(struct outer, flag, 0, ""),
    FIELD_TIME(struct outer, time, 0, ""),
    FIELD_GEO(struct outer, geo, 0, ""),
    FIELD_WORD(struct outer, word, words, 0, ""),
    FIELD_STRS(struct outer, strs, 0, 5, 0, ""),
    FIELD_IDS(struct outer, ids, 0, 5, 0, ""),
    FIELD_OBJECT(struct outer, object, inner_fields, struct inner, 0, ""),
    FIELD_LIST(struct outer, list, inner_fields, struct inner, 0, 5, 0, ""),
    FIELD_END
};

/* Print what was read, and see that the print is valid JSON. */
static void print_back(struct arena *a, const struct outer *in)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    field_write(&j, outer_fields, in);
    json_t *again = json_loadb(b.ptr, b.len, JSON_REJECT_DUPLICATES, NULL);
    fuzz_must(again != NULL);
    json_decref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *a = arena_new(0);
    struct faults faults = { .arena = a };
    struct given  given = { 0 };
    struct outer  out = { .text = STR_NONE };
    err e = field_read_json(a, outer_fields, (struct str){ (const char *)bytes, n }, &out, &given, &faults);
    if (!failed(e)) {
        fuzz_must(out.text.ptr && utf8_valid(out.text) && faults.len == 0);
        print_back(a, &out);
    } else {
        fuzz_must(e.code == ERR_BAD_JSON || (e.code == ERR_INVALID && faults.len > 0));
    }
    arena_free(a);
    return 0;
}
