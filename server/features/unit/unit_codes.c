/* Codes of areas: their form, the next one, and the order in which a whole level is numbered. Pure. */
#include "unit_inside.h"

#include <jansson.h>
#include <stdlib.h>

#include "../../base/buf.h"

#define DIGITS_MOST 32
#define SERIAL_MOST 6

/* ---- the setting ---- */

static int64_t number_of(const json_t *form, const char *name, int64_t otherwise)
{
    const json_t *v = json_object_get(form, name);
    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

static int64_t within(int64_t v, int64_t least, int64_t most)
{
    return v < least ? least : v > most ? most : v;
}

static int64_t tens(int64_t digits)
{
    int64_t v = 1;
    while (digits-- > 0)
        v *= 10;
    return v;
}

static struct code_form read_form(struct arena *a, const json_t *v)
{
    const char      *kind = json_string_value(json_object_get(v, "code"));
    const json_t    *lengths = json_object_get(v, "lengths");
    struct code_form f = { .kind = str_copy(a, str_of(kind ? kind : "")), .above = within(number_of(v, "above", 0), 0, DIGITS_MOST - SERIAL_MOST),
                           .serial = within(number_of(v, "serial", 3), 1, SERIAL_MOST) };
    int64_t         *fit = ARENA_ARRAY(a, json_array_size(lengths) + 1, int64_t);
    f.lengths.at = fit;
    for (size_t i = 0; i < json_array_size(lengths); i++) {
        int64_t n = json_integer_value(json_array_get(lengths, i));
        if (n >= f.above + f.serial && n <= DIGITS_MOST)
            fit[f.lengths.len++] = n;
    }
    if (!f.lengths.len)
        fit[f.lengths.len++] = f.above + f.serial;
    f.first = within(number_of(v, "first", 1), 1, tens(f.serial) - 1);
    f.last = within(number_of(v, "last", tens(f.serial) - 1), f.first, tens(f.serial) - 1);
    f.new_last = within(number_of(v, "new_last", f.last), f.first, f.last);
    return f;
}

struct code_forms code_forms_read(struct arena *a, struct str setting)
{
    json_t           *list = json_loadb(setting.ptr, setting.len, 0, NULL);
    size_t            n = json_array_size(list);
    struct code_form *at = ARENA_ARRAY(a, n + 1, struct code_form);
    for (size_t i = 0; i < n; i++)
        at[i] = read_form(a, json_array_get(list, i));
    json_decref(list);
    return (struct code_forms){ at, n };
}

const struct code_form *code_form_find(const struct code_forms *f, struct str kind)
{
    for (size_t i = 0; i < f->len; i++)
        if (str_eq(f->at[i].kind, kind))
            return &f->at[i];
    return NULL;
}

/* ---- one code ---- */

static bool has_length(const struct code_form *form, size_t len)
{
    for (size_t i = 0; i < form->lengths.len; i++)
        if (form->lengths.at[i] == (int64_t)len)
            return true;
    return false;
}

static bool digits_only(struct str s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return true;
}

int64_t code_number(const struct code_form *form, struct str code)
{
    size_t  from = (size_t)form->above, to = from + (size_t)form->serial;
    int64_t n = 0;
    if (!has_length(form, code.len) || !digits_only(code, code.len))
        return -1;
    for (size_t i = from; i < to; i++)
        n = n * 10 + (code.ptr[i] - '0');
    for (size_t i = to; i < code.len; i++)
        if (code.ptr[i] != '0')
            return -1;
    return n >= form->first && n <= form->last ? n : -1;
}

bool code_has_room(const struct code_form *form, struct str above)
{
    return form->above == 0 || (above.ptr && above.len >= (size_t)form->above && digits_only(above, (size_t)form->above));
}

int64_t code_serial(const struct code_form *form, struct str code, struct str above)
{
    int64_t n = code.ptr ? code_number(form, code) : -1;
    return n >= 0 && code_has_room(form, above) && memcmp(code.ptr, above.ptr ? above.ptr : "", (size_t)form->above) == 0 ? n : -1;
}

err code_check(const struct code_form *form, struct str code, struct str above)
{
    if (!form || !code.ptr)
        return OK;
    if (code_number(form, code) < 0)
        return FAIL_AT(ERR_CODE_FORM, "code");
    return code_has_room(form, above) && code_serial(form, code, above) < 0 ? FAIL_AT(ERR_CODE_PARENT, "code") : OK;
}

struct str code_make(struct arena *a, const struct code_form *form, struct str above, int64_t serial)
{
    struct buf b = buf_new(a, DIGITS_MOST);
    buf_add(&b, above.ptr ? above.ptr : "", (size_t)form->above);
    buf_fmt(&b, "%0*lld", (int)form->serial, (long long)serial);
    while (b.len < (size_t)form->lengths.at[0])
        buf_byte(&b, '0');
    return buf_view(&b);
}

int64_t code_next(const struct code_form *form, const bool *taken)
{
    int64_t n = form->new_last;
    while (n >= form->first && !taken[n])
        n--;
    if (n < form->new_last)
        return n + 1 < form->first ? form->first : n + 1;
    for (n = form->first; n <= form->new_last && taken[n]; n++)
        ;
    return n <= form->new_last ? n : 0;
}

/* ---- a whole level ---- */

static int by_height(const void *x, const void *y)
{
    double a = ((const struct code_place *)x)->height, b = ((const struct code_place *)y)->height;
    return (a > b) - (a < b);
}

static int from_north(const void *x, const void *y)
{
    const struct code_place *a = x, *b = y;
    return a->lat != b->lat ? (a->lat < b->lat) - (a->lat > b->lat) : (a->lon > b->lon) - (a->lon < b->lon);
}

static int from_west(const void *x, const void *y)
{
    const struct code_place *a = x, *b = y;
    return a->lon != b->lon ? (a->lon > b->lon) - (a->lon < b->lon) : (a->lat < b->lat) - (a->lat > b->lat);
}

void code_order(struct code_place *places, size_t n)
{
    if (!n)
        return;
    qsort(places, n, sizeof *places, by_height);
    double row = places[n / 2].height;
    qsort(places, n, sizeof *places, from_north);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && (end == i || places[i].lat - places[end].lat < row / 2); end++)
            ;
        qsort(places + i, end - i, sizeof *places, from_west);
    }
}
