/* Reading mappings and binding them to a file's header. */
#include <stdio.h>
#include <stdlib.h>

#include "../../../base/buf.h"
#include "../../../base/embed.h"
#include "../../../base/log.h"
#include "../../unit/unit.h"
#include "mapping.h"

#define FILE_MOST ((size_t)1024 * 1024)

extern const struct embedded case_mappings[];

static const char *const state_words[] = { NULL, "reported", "closed", "rejected", NULL };
static const char *const elsewhere_words[] = { NULL, "refuse", "root", NULL };

static const struct field status_fields[] = {
    FIELD_STR(struct mapping_status, word, 1, 100, REQUIRED, "The source's word"),
    FIELD_WORD(struct mapping_status, state, state_words, REQUIRED, "reported, closed or rejected"),
    FIELD_WORD(struct mapping_status, outcome, case_outcome_words, 0, "Of closed ones; without it: explained, never resolved"),
    FIELD_END
};

static const struct field category_fields[] = {
    FIELD_STR(struct mapping_category, words, 1, 400, REQUIRED, "The source's words, joined by \" / \""),
    FIELD_STR(struct mapping_category, pack, 1, 100, REQUIRED, "Code of a set of categories"),
    FIELD_STR(struct mapping_category, kind, 1, 100, REQUIRED, "object, matter or service"),
    FIELD_STR(struct mapping_category, code, 1, 100, REQUIRED, "Code of a leaf"),
    FIELD_END
};

#define COLUMN(member, flags_, doc_)  FIELD_STR(struct mapping, member, 1, 200, flags_, doc_)
#define COLUMNS(member, flags_, doc_) FIELD_STRS(struct mapping, member, 1, 20, flags_, doc_)

const struct field mapping_fields[] = {
    FIELD_STR(struct mapping, name, 1, 60, REQUIRED, "Name by which it is chosen"),
    FIELD_STR(struct mapping, source, 1, 60, REQUIRED, "Whose numbers the ids are: with the id it tells a row that was imported before"),
    FIELD_STR(struct mapping, title_zh, 1, 200, REQUIRED, "Chinese title"),
    FIELD_STR(struct mapping, title_en, 1, 200, REQUIRED, "English title"),
    COLUMN(id, REQUIRED, "Column of the source's own number"),
    COLUMNS(text, REQUIRED, "Columns that make the text, in order"),
    FIELD_STR(struct mapping, text_join, 1, 20, RAW_TEXT, "What stands between them"),
    COLUMNS(category, 0, "Columns of the source's words for the kind of matter"),
    FIELD_LIST(struct mapping, categories, category_fields, struct mapping_category, 1, 2000, 0, "Which words are which category"),
    COLUMN(status, 0, "Column of the state"),
    FIELD_LIST(struct mapping, states, status_fields, struct mapping_status, 1, 100, 0, "Which word is which state"),
    FIELD_WORD(struct mapping, other_status, state_words, 0, "State of words that are not listed; without it such a row is refused"),
    COLUMN(result, 0, "Column of what was done"),
    COLUMNS(created, REQUIRED, "Column of the time it was reported; the first that holds something"),
    COLUMNS(closed, 0, "Column of the time it was closed; the first that holds something"),
    FIELD_STRS(struct mapping, time_formats, 1, 10, REQUIRED, "How times are written, as strptime has it"),
    FIELD_STR(struct mapping, zone, 1, 60, REQUIRED, "IANA zone in which they are meant"),
    COLUMN(lon, 0, "Column of the longitude, WGS 84"),
    COLUMN(lat, 0, "Column of the latitude"),
    COLUMNS(address, 0, "Columns that make the address"),
    COLUMN(reporter_name, 0, "Column of the reporter's name"),
    COLUMN(contact, 0, "Column of the reporter's telephone or mail"),
    COLUMNS(labels, 0, "Columns kept beside the case, such as the city's own district"),
    FIELD_WORD(struct mapping, no_point, elsewhere_words, 0, "A row without a point: refuse (the rule), or root: it goes to the whole district"),
    FIELD_WORD(struct mapping, outside, elsewhere_words, 0, "A point outside every area: refuse (the rule), or root"),
    FIELD_END
};

/* ---- reading ---- */

size_t mapping_count(void)
{
    size_t n = 0;
    while (case_mappings[n].name)
        n++;
    return n;
}

const char *mapping_name(size_t i)
{
    return case_mappings[i].name;
}

err mapping_read(struct arena *a, struct str text, struct faults *faults, const struct mapping **out)
{
    struct faults   own = { .arena = a };
    struct mapping *m = ARENA_NEW(a, struct mapping);
    struct given    given;
    TRY(field_read_json(a, mapping_fields, text, m, &given, faults ? faults : &own));
    if (!m->text_join.ptr)
        m->text_join = STR(" ");
    *out = m;
    return OK;
}

err mapping_shipped(struct arena *a, struct str name, const struct mapping **out)
{
    struct str text = embedded_find(case_mappings, str_fmt(a, "%.*s.json", STR_ARG(name)).ptr);
    return text.ptr ? mapping_read(a, text, NULL, out) : FAIL(ERR_NOT_FOUND);
}

err mapping_load(struct arena *a, const char *name, struct faults *faults, const struct mapping **out)
{
    err e = mapping_shipped(a, str_of(name), out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    FILE *f = fopen(name, "rb");
    if (!f)
        return FAIL(ERR_NOT_FOUND);
    char  *bytes = arena_alloc(a, FILE_MOST);
    size_t n = fread(bytes, 1, FILE_MOST, f);
    fclose(f);
    return n < FILE_MOST ? mapping_read(a, (struct str){ bytes, n }, faults, out) : FAIL(ERR_TOO_LARGE);
}

/* ---- columns ---- */

/* Calls each column the mapping names, with its place in the mapping. */
typedef void (*on_column)(void *arg, const char *place, struct str name);

static void each_column(const struct mapping *m, on_column call, void *arg)
{
    const struct { const char *place; struct str one; struct strs many; } all[] = {
        { "id", m->id, { 0 } }, { "text", STR_NONE, m->text }, { "category", STR_NONE, m->category }, { "status", m->status, { 0 } },
        { "result", m->result, { 0 } }, { "created", STR_NONE, m->created }, { "closed", STR_NONE, m->closed }, { "lon", m->lon, { 0 } },
        { "lat", m->lat, { 0 } }, { "address", STR_NONE, m->address }, { "reporter_name", m->reporter_name, { 0 } },
        { "contact", m->contact, { 0 } }, { "labels", STR_NONE, m->labels }
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].one.ptr)
            call(arg, all[i].place, all[i].one);
        for (size_t k = 0; k < all[i].many.len; k++)
            call(arg, all[i].place, all[i].many.at[k]);
    }
}

struct gathering { struct arena *arena; struct csv_row header; struct faults *faults; struct str names[512]; size_t len; };

static bool known(const struct gathering *g, struct str name)
{
    for (size_t i = 0; i < g->len; i++)
        if (str_eq(g->names[i], name))
            return true;
    return false;
}

static void gather(void *arg, const char *place, struct str name)
{
    struct gathering *g = arg;
    (void)place;
    if (g->len < sizeof g->names / sizeof *g->names && !known(g, name))
        g->names[g->len++] = name;
}

static struct strs gathered(struct arena *a, const struct gathering *g)
{
    struct str *names = ARENA_ARRAY(a, g->len, struct str);
    memcpy(names, g->names, g->len * sizeof *names);
    return (struct strs){ names, g->len };
}

struct strs mapping_columns(struct arena *a, const struct mapping *m)
{
    struct gathering *g = ARENA_NEW(a, struct gathering);
    each_column(m, gather, g);
    return gathered(a, g);
}

static int find_column(struct csv_row header, struct str name)
{
    for (size_t i = 0; name.ptr && i < header.count; i++)
        if (str_eq(header.fields[i], name))
            return (int)i;
    return -1;
}

static void gather_missing(void *arg, const char *place, struct str name)
{
    struct gathering *g = arg;
    if (find_column(g->header, name) >= 0)
        return;
    faults_add(g->faults, str_of(place), ERR_MAPPING, 0);
    gather(g, place, name);
}

/* ---- binding ---- */

static struct columns find_columns(struct arena *a, struct csv_row header, struct strs names)
{
    int *at = ARENA_ARRAY(a, names.len, int);
    for (size_t i = 0; i < names.len; i++)
        at[i] = find_column(header, names.at[i]);
    return (struct columns){ at, names.len };
}

static int by_words(const void *a, const void *b)
{
    return str_cmp(((const struct mapping_category *)a)->words, ((const struct mapping_category *)b)->words);
}

/* A category that is not here any more costs its rows the category, not the import. */
static void bind_categories(struct arena *a, struct binding *b)
{
    size_t                   n = b->mapping->categories.len;
    struct mapping_category *all = ARENA_ARRAY(a, n, struct mapping_category);
    int64_t                 *ids = ARENA_ARRAY(a, n, int64_t);
    if (n)
        memcpy(all, b->mapping->categories.at, n * sizeof *all);
    qsort(all, n, sizeof *all, by_words);
    for (size_t i = 0; i < n && b->app; i++) {
        ids[i] = case_category_find(b->app, str_z(a, all[i].pack), all[i].kind, all[i].code);
        if (!ids[i])
            log_event(LOG_WARN, "mapping_category", "mapping", str_z(a, b->mapping->name), "code", str_z(a, all[i].code), NULL);
    }
    b->categories = all;
    b->category_ids = ids;
}

static void bind_columns(struct arena *a, struct csv_row h, struct binding *b)
{
    const struct mapping *m = b->mapping;
    b->id = find_column(h, m->id);
    b->status = find_column(h, m->status);
    b->result = find_column(h, m->result);
    b->lon = find_column(h, m->lon);
    b->lat = find_column(h, m->lat);
    b->reporter_name = find_column(h, m->reporter_name);
    b->contact = find_column(h, m->contact);
    b->text = find_columns(a, h, m->text);
    b->category = find_columns(a, h, m->category);
    b->created = find_columns(a, h, m->created);
    b->closed = find_columns(a, h, m->closed);
    b->address = find_columns(a, h, m->address);
    b->labels = find_columns(a, h, m->labels);
}

static void bind_rest(struct arena *a, struct binding *b)
{
    const struct strs *formats = &b->mapping->time_formats;
    const char       **z = ARENA_ARRAY(a, formats->len + 1, const char *);
    for (size_t i = 0; i < formats->len; i++)
        z[i] = str_z(a, formats->at[i]);
    b->formats = z;
    bind_categories(a, b);
    if (b->app) {
        const struct unit_snapshot *s = unit_hold(b->app);
        b->root = unit_root(s);
        unit_release(s);
    }
}

err mapping_bind(struct arena *a, struct app *app, const struct mapping *m, struct csv_row header, struct faults *faults,
                 struct strs *missing, struct binding *out)
{
    struct gathering *g = ARENA_NEW(a, struct gathering);
    *g = (struct gathering){ .arena = a, .header = header, .faults = faults };
    *out = (struct binding){ .app = app, .mapping = m, .header = header };
    each_column(m, gather_missing, g);
    *missing = gathered(a, g);
    if (missing->len)
        return FAIL_AT(ERR_MAPPING, "mapping");
    if (!zone_open(a, m->zone, &out->zone)) {
        faults_add(faults, STR("zone"), ERR_NOT_A_CHOICE, 0);
        return FAIL_AT(ERR_MAPPING, "zone");
    }
    bind_columns(a, header, out);
    bind_rest(a, out);
    return OK;
}

void mapping_unbind(struct binding *b)
{
    if (b->zone)
        zone_close(b->zone);
    b->zone = NULL;
}
