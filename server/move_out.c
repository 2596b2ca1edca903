#include "move.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/give_way.h"
#include "base/jsonw.h"
#include "features/file/file.h"
#include "features/search/search.h"

#define CHUNK      ((size_t)1024 * 1024)   /* a member of rows is closed when it is as long */
#define CHUNK_MOST ((size_t)96 * 1024 * 1024)

DB_SQL(tenant_facts, "SELECT t.demo, t.created_at, t.closed_at, t.moved_to, m.city FROM tenant t LEFT JOIN city_district m ON m.district = t.tenant_id "
                     "WHERE t.tenant_id = $1")
DB_SQL(move_chain, "SELECT COALESCE(chain_id, tenant_id) FROM audit_head WHERE tenant_id = $1")

struct out {
    const struct move_out *o;
    struct arena          *arena;      /* of the whole */
    struct arena          *chunk;      /* of the member of rows under way */
    struct arena          *row;
    struct db_cut         *cut;
    struct pack           *pack;
    struct list            tables;
    size_t                 index;      /* 1, 2, …: the district's place in the file */
    struct move_district  *d;
    char                   folder[600];
    int64_t                chain;
    const struct db_table *table;
    struct buf             lines;
    int64_t                rows;       /* of the table */
    int                    chunks;
    struct buf             counts;     /* of the tables, as JSON */
};

/* ---- rows ---- */

static void begin_chunk(struct out *x)
{
    arena_reset(x->chunk);
    x->lines = buf_new(x->chunk, CHUNK_MOST);
    struct jsonw j = jsonw_on(&x->lines);
    jsonw_list(&j);
    for (size_t i = 0; i < x->table->column_count; i++)
        jsonw_str(&j, x->table->columns[i].name);
    jsonw_list_end(&j);
    buf_byte(&x->lines, '\n');
}

static err end_chunk(struct out *x)
{
    char name[100];
    snprintf(name, sizeof name, "%zu/rows/%.*s/%06d.jsonl", x->index, STR_ARG(x->table->name), ++x->chunks);
    TRY(x->lines.full ? FAIL(ERR_TOO_LARGE) : pack_bytes(x->pack, name, buf_view(&x->lines)));
    if (x->o->progress)
        x->o->progress(x->d->rows, x->d->files);
    return OK;
}

static void put_real(struct jsonw *j, double v)
{
    char text[40];
    snprintf(text, sizeof text, "%.17g", v);
    if (!strpbrk(text, ".eEn"))
        strcat(text, ".0");
    jsonw_raw(j, str_of(text));
}

static void put_value(struct out *x, struct jsonw *j, struct db_rows *row, size_t i)
{
    const struct db_column *c = &x->table->columns[i];
    struct str              blob;
    if (str_is(c->name, "chain_id") && str_is(x->table->name, "audit_head"))
        jsonw_i64(j, x->chain);
    else if (db_is_null(row, (int)i))
        jsonw_null(j);
    else if (c->kind == DB_I64)
        jsonw_i64(j, db_i64(row, (int)i));
    else if (c->kind == DB_REAL)
        put_real(j, db_real(row, (int)i));
    else if (c->kind == DB_TEXT)
        jsonw_str(j, db_text(row, (int)i));
    else {
        blob = db_blob(row, (int)i);
        jsonw_str(j, crypto_base64(x->row, blob.ptr, blob.len));
    }
}

static struct str text_of(struct out *x, struct db_rows *row, const char *column)
{
    for (size_t i = 0; i < x->table->column_count; i++)
        if (str_is(x->table->columns[i].name, column))
            return x->table->columns[i].kind == DB_TEXT ? db_text(row, (int)i) : db_blob(row, (int)i);
    return STR_NONE;
}

/* What is made anew where it arrives: how often was told of changes, and the job that fills the search index. */
static bool made_anew(struct out *x, struct db_rows *row)
{
    if (str_is(x->table->name, "counter"))
        return str_starts(text_of(x, row, "name"), "told.");
    return str_is(x->table->name, "job") && str_is(text_of(x, row, "kind"), SEARCH_FILL_JOB);
}

static void look_for_photo(struct out *x, struct db_rows *row)
{
    struct str hash = text_of(x, row, "hash");
    if (hash.len == HASH_SIZE && access(file_where(x->row, x->folder, (const unsigned char *)hash.ptr).ptr, R_OK) != 0)
        x->d->missing++;
}

static err take_row(void *arg, struct db_rows *row)
{
    struct out *x = arg;
    arena_reset(x->row);
    give_way();
    if (made_anew(x, row))
        return OK;
    if (!x->lines.ptr || x->lines.len >= CHUNK) {
        if (x->lines.ptr)
            TRY(end_chunk(x));
        begin_chunk(x);
    }
    struct jsonw j = jsonw_on(&x->lines);
    jsonw_list(&j);
    for (size_t i = 0; i < x->table->column_count; i++)
        put_value(x, &j, row, i);
    jsonw_list_end(&j);
    buf_byte(&x->lines, '\n');
    if (str_is(x->table->name, "file"))
        look_for_photo(x, row);
    x->rows++;
    x->d->rows++;
    return OK;
}

static err put_table(struct out *x, const struct db_table *t)
{
    x->table = t;
    x->lines = (struct buf){ 0 };
    x->rows = x->chunks = 0;
    TRY(db_cut_rows(x->cut, t, x->d->number, take_row, x));
    if (x->lines.ptr)
        TRY(end_chunk(x));
    buf_fmt(&x->counts, "%s\"%.*s\":%lld", x->counts.len ? "," : "", STR_ARG(t->name), (long long)x->rows);
    if (str_is(t->name, "audit"))
        x->d->audit_rows = x->rows;
    return OK;
}

/* ---- files ---- */

static int listed(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static err put_file(struct out *x, const char *below)
{
    char name[100], path[800];
    if ((size_t)snprintf(name, sizeof name, "%zu/%s", x->index, below) >= sizeof name)
        return OK;   /* nothing of ours is called so */
    snprintf(path, sizeof path, "%s/%s", x->folder, below);
    err e = pack_file(x->pack, name, path);
    if (e.code == ERR_NOT_FOUND)
        return OK;   /* swept away meanwhile */
    x->d->files += !failed(e);
    return e;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The files of a folder two levels deep, in the order of their names. */
static err put_folder(struct out *x, const char *below, int depth)
{
    char            path[800];
    struct dirent **names;
    snprintf(path, sizeof path, "%s/%s", x->folder, below);
    int n = scandir(path, &names, listed, alphasort);
    err e = OK;
    for (int i = 0; i < n; i++) {
        char inner[300], whole[1100];
        snprintf(inner, sizeof inner, "%s/%s", below, names[i]->d_name);
        snprintf(whole, sizeof whole, "%s/%s", x->folder, inner);
        if (!failed(e))
            e = !is_folder(whole) ? put_file(x, inner) : depth ? put_folder(x, inner, depth - 1) : OK;
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    return e;
}

static err put_files(struct out *x)
{
    TRY(put_folder(x, "files", 1));
    TRY(put_folder(x, "jobs", 1));
    return put_file(x, "suggest.model");
}

/* ---- a district ---- */

static err read_facts(struct out *x)
{
    struct db_conn *c = db_cut_conn(x->cut);
    struct db_rows  rows;
    TRY(db_query(c, &tenant_facts, DB_ARGS(I64(x->d->number)), &rows));
    if (db_next(&rows)) {
        x->d->demo = db_bool(&rows, 0);
        x->d->created_at = db_i64(&rows, 1);
        x->d->closed_at = db_i64(&rows, 2);
        x->d->moved_to = str_copy(x->arena, db_text(&rows, 3));
        x->d->city = db_i64(&rows, 4);
    }
    TRY(db_done(&rows));
    err e = db_number(c, &move_chain, DB_ARGS(I64(x->d->number)), &x->chain);
    x->chain = e.code == ERR_NOT_FOUND ? x->d->number : x->chain;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static void put_hosts(struct jsonw *j, struct strs hosts)
{
    jsonw_key(j, "hosts");
    jsonw_list(j);
    for (size_t i = 0; i < hosts.len; i++)
        jsonw_str(j, hosts.at[i]);
    jsonw_list_end(j);
}

/* Of the installation, not of the district: in a backup alone. */
static void put_place(struct jsonw *j, const struct move_district *d)
{
    if (d->city)
        jsonw_kv_i64(j, "city", d->city);
    if (d->closed_at)
        jsonw_kv_i64(j, "closed_at", d->closed_at);
    if (d->moved_to.ptr)
        jsonw_kv_str(j, "moved_to", d->moved_to);
}

static err put_facts(struct out *x)
{
    struct buf   b = buf_new(x->arena, 0);
    struct jsonw j = jsonw_on(&b);
    char         name[40];
    jsonw_open(&j);
    jsonw_kv_str(&j, "code", x->d->code);
    jsonw_kv_str(&j, "name", x->d->name);
    jsonw_kv_str(&j, "time_zone", x->d->time_zone);
    jsonw_kv_bool(&j, "demo", x->d->demo);
    jsonw_kv_i64(&j, "created_at", x->d->created_at);
    put_hosts(&j, x->d->hosts);
    if (!x->o->named)
        put_place(&j, x->d);
    jsonw_kv_str(&j, "key_mark", x->d->key_mark);
    jsonw_kv_i64(&j, "chain", x->chain);
    jsonw_close(&j);
    snprintf(name, sizeof name, "%zu/district.json", x->index);
    return pack_bytes(x->pack, name, buf_view(&b));
}

static err put_end(struct out *x)
{
    char       name[40];
    struct buf b = buf_new(x->arena, 0);
    buf_fmt(&b, "{\"rows\":{%.*s},\"files\":%lld,\"missing\":%lld}", STR_ARG(buf_view(&x->counts)), (long long)x->d->files, (long long)x->d->missing);
    snprintf(name, sizeof name, "%zu/end.json", x->index);
    return pack_bytes(x->pack, name, buf_view(&b));
}

struct str move_key_mark(struct arena *a, const struct keys *keys)
{
    struct str mark = crypto_keyed(a, keys->seal, STR("linli key mark"));
    return str_hex(a, mark.ptr, 8);
}

static err put_district(struct out *x)
{
    struct keys keys;
    TRY(tenant_keys(x->o->config->data, x->d->number, false, &keys));
    x->d->key_mark = move_key_mark(x->arena, &keys);
    snprintf(x->folder, sizeof x->folder, "%s", tenant_folder(x->arena, x->o->config->data, x->d->number).ptr);
    x->counts = buf_new(x->arena, 0);
    TRY(read_facts(x));
    TRY(put_facts(x));
    const struct db_table *t = x->tables.at;
    for (size_t i = 0; i < x->tables.len; i++)
        if (!str_is(t[i].name, "tenant") && !str_is(t[i].name, SEARCH_FILL_TABLE))
            TRY(put_table(x, &t[i]));
    TRY(put_files(x));
    return put_end(x);
}

/* ---- which districts ---- */

static struct strs hosts_of(struct arena *a, const struct list *hosts, int64_t district)
{
    const struct tenant_host *h = hosts->at;
    struct str               *at = ARENA_ARRAY(a, hosts->len + 1, struct str);
    struct strs               out = { at, 0 };
    for (size_t i = 0; i < hosts->len; i++)
        if (h[i].district == district)
            at[out.len++] = h[i].host;
    return out;
}

static err choose(struct out *x, struct move_file *out)
{
    struct list   tenants, hosts;
    struct tenant one = { 0 };
    if (x->o->named)
        TRY(tenant_find(x->o->db, x->arena, x->o->named, &one));
    TRY(tenant_all(db_cut_conn(x->cut), x->arena, &tenants, &hosts));
    const struct tenant  *t = tenants.at;
    struct move_district *d = ARENA_ARRAY(x->arena, tenants.len + 1, struct move_district);
    out->districts = (struct list){ .at = d };
    for (size_t i = 0; i < tenants.len; i++)
        if (!one.id || one.id == t[i].id)
            d[out->districts.len++] = (struct move_district){ .number = t[i].id, .code = t[i].code, .name = t[i].name, .time_zone = t[i].time_zone,
                                                              .hosts = hosts_of(x->arena, &hosts, t[i].id) };
    return out->districts.len ? OK : FAIL(ERR_NOT_FOUND);
}

/* A district that moves may get another number, so its number is not told: the same district gives the same file. */
static err put_head(struct out *x, struct move_file *out)
{
    struct buf   b = buf_new(x->arena, 0);
    struct jsonw j = jsonw_on(&b);
    bool         all = !x->o->named;
    out->kind = all ? STR("installation") : STR("tenant");
    out->program = STR(LINLI_VERSION);
    jsonw_open(&j);
    jsonw_kv_z(&j, "linli", all ? "installation" : "tenant");
    jsonw_kv_i64(&j, "format", MOVE_FORMAT);
    jsonw_kv_z(&j, "program", LINLI_VERSION);
    jsonw_kv_str(&j, "schema_digest", db_schema_digest(x->arena, &out->schema));
    jsonw_kv_i64(&j, "schema", out->schema);
    jsonw_key(&j, "numbers");
    jsonw_list(&j);
    for (size_t i = 0; i < out->districts.len; i++)
        jsonw_i64(&j, all ? ((const struct move_district *)out->districts.at)[i].number : 0);
    jsonw_list_end(&j);
    jsonw_close(&j);
    return pack_bytes(x->pack, "linli.json", buf_view(&b));
}

static err put_keys(struct out *x, const struct move_file *file)
{
    struct pack *keys;
    err          e = pack_begin(x->o->keys, &keys);
    if (failed(e))
        return FAIL_AT(e.code, "keys");
    const struct move_district *d = file->districts.at;
    for (size_t i = 0; i < file->districts.len && !failed(e); i++) {
        char name[40];
        snprintf(name, sizeof name, "%zu/keys", i + 1);
        e = pack_file(keys, name, str_fmt(x->arena, "%s/keys", tenant_folder(x->arena, x->o->config->data, d[i].number).ptr).ptr);
    }
    if (!failed(e))
        return pack_end(keys);
    pack_give_up(keys);
    return e;
}

static err put_all(struct out *x, struct move_file *out)
{
    TRY(choose(x, out));
    TRY(put_head(x, out));
    for (size_t i = 0; i < out->districts.len; i++) {
        x->index = i + 1;
        x->d = &((struct move_district *)out->districts.at)[i];
        TRY(put_district(x));
    }
    return OK;
}

/* Nothing has its name before all is written: with a disk that is full neither file stays. */
static err write_pack(struct out *x, struct move_file *out)
{
    TRY(pack_begin(x->o->path, &x->pack));
    err e = put_all(x, out);
    if (!failed(e) && x->o->keys)
        e = put_keys(x, out);
    if (!failed(e))
        return pack_end(x->pack);
    pack_give_up(x->pack);
    return e;
}

err move_out(struct arena *a, const struct move_out *o, struct move_file *out)
{
    struct out x = { .o = o, .arena = a, .chunk = arena_new(CHUNK), .row = arena_new(0) };
    *out = (struct move_file){ 0 };
    db_tables(a, &x.tables);
    err e = db_cut_open(o->db, &x.cut);
    if (!failed(e)) {
        e = write_pack(&x, out);
        db_cut_close(x.cut);
    }
    arena_free(x.row);
    arena_free(x.chunk);
    return e;
}
