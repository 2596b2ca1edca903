/* One row of a source by its mapping. Pure: what the database or the map says comes later. */
#include <stdlib.h>

#include "../../../base/buf.h"
#include "../../../base/crypto.h"
#include "../../../base/jsonw.h"
#include "mapping.h"

#define TEXT_MOST    4000
#define ADDRESS_MOST 300
#define NAME_MOST    100
#define DIGEST_BYTES 8

static void fault(struct mapped *m, const char *field, enum err_code code)
{
    if (m->fault_count < MAPPED_FAULTS_MOST)
        m->faults[m->fault_count++] = (struct row_fault){ field, code };
}

/* ---- text ---- */

/* Control characters, which some systems let through, become blanks; CRLF a line feed; ends trimmed. */
static struct str clean(struct arena *a, struct str s)
{
    if (!utf8_has_control(s) && str_find(s, '\r') < 0)
        return str_trim(s);
    char  *p = arena_alloc(a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool          wide = c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0;
        if (c == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
            continue;
        p[n++] = wide || c == '\r' || c == 0x7F || (c < 0x20 && c != '\n' && c != '\t') ? ' ' : (char)c;
        i += wide;
    }
    return str_trim((struct str){ p, n });
}

static struct str field_at(struct arena *a, const struct csv_row *row, int column)
{
    return column < 0 ? STR("") : clean(a, row->fields[column]);
}

/* The columns' texts with join between them; empty ones and one that repeats the last are left out. */
static struct str joined(struct arena *a, const struct csv_row *row, struct columns c, struct str join)
{
    struct buf b = buf_new(a, 0);
    struct str last = STR("");
    for (size_t i = 0; i < c.len; i++) {
        struct str s = field_at(a, row, c.at[i]);
        if (s.len == 0 || str_eq(s, last))
            continue;
        if (b.len)
            buf_str(&b, join);
        buf_str(&b, s);
        last = s;
    }
    return buf_view(&b);
}

static struct str first_of(struct arena *a, const struct csv_row *row, struct columns c)
{
    struct str s = STR("");
    for (size_t i = 0; i < c.len && s.len == 0; i++)
        s = field_at(a, row, c.at[i]);
    return s;
}

static struct str or_none(struct str s)
{
    return s.len ? s : STR_NONE;
}

/* ---- parts ---- */

static ms read_time(const struct binding *b, struct mapped *m, struct str text, const char *field)
{
    struct clock_civil c;
    for (size_t i = 0; b->formats[i]; i++)
        if (local_time_read(text, b->formats[i], &c))
            return zone_moment(b->zone, c);
    fault(m, field, ERR_WRONG_TYPE);
    return 0;
}

static void read_times(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *m)
{
    struct str created = first_of(a, row, b->created), closed = first_of(a, row, b->closed);
    if (created.len)
        m->in.reported_at = read_time(b, m, created, "reported_at");
    else
        fault(m, "reported_at", ERR_REQUIRED);
    if (closed.len && m->in.state != CASE_REPORTED)
        m->in.closed_at = read_time(b, m, closed, "closed_at");
}

static void set_state(struct mapped *m, int state, int outcome)
{
    static const enum case_state states[] = { CASE_NONE, CASE_REPORTED, CASE_CLOSED, CASE_REJECTED };
    m->in.state = states[state];
    m->in.outcome = (enum case_outcome)outcome;
}

static void read_state(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *m)
{
    const struct mapping_status *all = b->mapping->states.at;
    m->status = field_at(a, row, b->status);
    set_state(m, b->status < 0 && !b->mapping->other_status ? MAPPED_REPORTED : b->mapping->other_status, 0);
    for (size_t i = 0; i < b->mapping->states.len; i++)
        if (str_eq(all[i].word, m->status)) {
            set_state(m, all[i].state, all[i].outcome);
            return;
        }
    if (m->in.state == CASE_NONE)
        fault(m, "state", ERR_NOT_A_CHOICE);
}

static int words_against(const void *key, const void *element)
{
    return str_cmp(*(const struct str *)key, ((const struct mapping_category *)element)->words);
}

static void read_category(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *m)
{
    m->words = joined(a, row, b->category, STR(" / "));
    const struct mapping_category *c =
        bsearch(&m->words, b->categories, b->mapping->categories.len, sizeof *b->categories, words_against);
    m->in.category = c ? b->category_ids[c - b->categories] : 0;
}

/* Some systems write 0, 0 where they mean nothing. */
static void read_place(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *m)
{
    struct str lon = field_at(a, row, b->lon), lat = field_at(a, row, b->lat);
    double     x = 0, y = 0;
    bool       none = lon.len == 0 && lat.len == 0;
    if (!none && (!str_to_real(lon, &x) || !str_to_real(lat, &y) || x < -180 || x > 180 || y < -90 || y > 90)) {
        fault(m, "at", ERR_PLACE);
        return;
    }
    if (x != 0 || y != 0)
        m->in.at = (struct geo){ true, x, y };
    else if (b->mapping->no_point == ELSEWHERE_ROOT)
        m->in.area = b->root;
    else
        fault(m, "at", ERR_REQUIRED);
}

/* ---- what is kept beside the case ---- */

static void put_labels(const struct binding *b, struct arena *a, const struct csv_row *row, struct jsonw *j)
{
    jsonw_key(j, "labels");
    jsonw_open(j);
    for (size_t i = 0; i < b->labels.len; i++)
        jsonw_kv_str(j, str_z(a, b->mapping->labels.at[i]), field_at(a, row, b->labels.at[i]));
    jsonw_close(j);
}

/* The source's own words go with the first step of the story: what the mapping could not translate is not lost. */
static struct str data_of(const struct binding *b, struct arena *a, const struct csv_row *row, const struct mapped *m)
{
    struct buf   out = buf_new(a, 0);
    struct jsonw j = jsonw_on(&out);
    jsonw_open(&j);
    jsonw_kv_str(&j, "source", b->mapping->source);
    jsonw_kv_str(&j, "source_id", m->id);
    if (m->words.len)
        jsonw_kv_str(&j, "words", m->words);
    if (m->status.len)
        jsonw_kv_str(&j, "status", m->status);
    if (b->labels.len)
        put_labels(b, a, row, &j);
    jsonw_kv_str(&j, "digest", m->digest);
    jsonw_close(&j);
    return buf_view(&out);
}

static void put_digest(struct buf *b, struct str s)
{
    buf_i64(b, (int64_t)s.len);
    buf_byte(b, ':');
    buf_str(b, s);
}

/* Of the source's values, not of ours: a better mapping later does not make every row look changed. */
static struct str digest_of(struct arena *a, const struct mapped *m)
{
    unsigned char hash[HASH_SIZE];
    struct buf    b = buf_new(a, 0);
    put_digest(&b, m->in.text);
    put_digest(&b, m->in.address);
    put_digest(&b, m->words);
    put_digest(&b, m->status);
    put_digest(&b, m->in.result);
    buf_fmt(&b, "%lld %lld %.7f %.7f", (long long)m->in.reported_at, (long long)m->in.closed_at, m->in.at.lon, m->in.at.lat);
    crypto_sha256(b.ptr, b.len, hash);
    return str_hex(a, hash, DIGEST_BYTES);
}

static bool all_utf8(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (!utf8_valid(row->fields[i]))
            return false;
    return true;
}

static void read_words(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *m)
{
    struct str text = joined(a, row, b->text, b->mapping->text_join);
    m->shortened = utf8_len(text) > TEXT_MOST;
    m->in.text = utf8_head(text, TEXT_MOST);
    m->in.address = or_none(utf8_head(joined(a, row, b->address, STR(", ")), ADDRESS_MOST));
    m->in.reporter_name = or_none(utf8_head(field_at(a, row, b->reporter_name), NAME_MOST));
    m->in.contact = or_none(utf8_head(field_at(a, row, b->contact), NAME_MOST));
    m->in.result = or_none(utf8_head(field_at(a, row, b->result), TEXT_MOST));
    if (text.len == 0)
        fault(m, "text", ERR_REQUIRED);
}

void mapping_row(const struct binding *b, struct arena *a, const struct csv_row *row, struct mapped *m)
{
    *m = (struct mapped){ .id = STR("") };
    if (row->count != b->header.count) {
        fault(m, "row", ERR_CSV);
        return;
    }
    if (!all_utf8(row)) {
        fault(m, "row", ERR_NOT_UTF8);
        return;
    }
    m->id = field_at(a, row, b->id);
    if (m->id.len == 0)
        fault(m, "id", ERR_REQUIRED);
    else if (utf8_len(m->id) > NAME_MOST)
        fault(m, "id", ERR_TOO_LONG);
    m->in.source_key = str_fmt(a, "%.*s:%.*s", STR_ARG(b->mapping->source), STR_ARG(m->id));
    read_words(b, a, row, m);
    read_state(b, a, row, m);
    read_category(b, a, row, m);
    read_times(b, a, row, m);
    read_place(b, a, row, m);
    m->digest = digest_of(a, m);
    m->in.data = data_of(b, a, row, m);
}
