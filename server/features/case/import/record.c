/* A record of another system, by a mapping as of an import: values by the names of columns, one row of a file that is no file. */
#include "mapping.h"

err case_mapping_check(struct arena *a, struct str text, struct faults *faults)
{
    const struct mapping *m;
    return mapping_read(a, text, faults, &m);
}

struct strs case_mapping_columns(struct arena *a, struct str text)
{
    const struct mapping *m;
    return failed(mapping_read(a, text, NULL, &m)) ? (struct strs){ NULL, 0 } : mapping_columns(a, m);
}

/* Programs write times with their zone, or count seconds or milliseconds since 1970; only what is neither is read by the mapping's formats. */
static bool read_moment(struct str text, ms *out)
{
    int64_t n;
    if (clock_parse_iso(text, out))
        return true;
    if (!str_to_i64(text, &n) || n < 1000000000)
        return false;
    *out = n < 100000000000 ? n * MS_SECOND : n;
    return true;
}

/* Takes the first column that holds a moment, and empties those columns, so that the row's own reading finds none. */
static ms take_moment(struct arena *a, const struct mapping *m, struct strs names, struct strs *values)
{
    struct str *copy = ARENA_ARRAY(a, values->len + 1, struct str);
    ms          found = 0, one;
    memcpy(copy, values->at, values->len * sizeof *copy);
    for (size_t i = 0; i < m->created.len; i++)
        for (size_t k = 0; k < names.len; k++)
            if (str_eq(m->created.at[i], names.at[k]) && read_moment(copy[k], &one)) {
                found = found ? found : one;
                copy[k] = STR("");
            }
    values->at = copy;
    return found;
}

/* A record without a time is of now; one without a point may have an address. */
static bool forgiven(const struct row_fault *f, const struct case_import *in)
{
    return f->code == ERR_REQUIRED && (strcmp(f->field, "reported_at") == 0 || (strcmp(f->field, "at") == 0 && in->address.ptr));
}

err case_mapping_apply(struct app *app, struct arena *a, struct str text, struct strs names, struct strs values, struct case_taken *out,
                       struct faults *faults)
{
    const struct mapping *m;
    struct binding        b;
    struct mapped         row;
    struct strs           missing;
    TRY(mapping_read(a, text, faults, &m));
    ms moment = take_moment(a, m, names, &values);
    TRY(mapping_bind(a, app, m, (struct csv_row){ 0, names.at, names.len }, faults, &missing, &b));
    mapping_row(&b, a, &(struct csv_row){ 1, values.at, values.len }, &row);
    mapping_unbind(&b);
    for (size_t i = 0; i < row.fault_count; i++)
        if (!forgiven(&row.faults[i], &row.in))
            faults_add(faults, str_of(row.faults[i].field), row.faults[i].code, 0);
    *out = (struct case_taken){ .text = row.in.text, .address = row.in.address, .reporter_name = row.in.reporter_name, .contact = row.in.contact,
                                .category = row.in.category, .at = row.in.at, .reported_at = moment ? moment : row.in.reported_at,
                                .source_key = row.id, .data = row.in.data };
    return OK;
}
