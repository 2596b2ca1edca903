/* category.c: the SQL of categories and routing rules, and the packs that ship with the program. */
#include "case_parts.h"
#include "category.h"
#include "../../base/embed.h"
#include "../../base/id.h"

extern const struct embedded case_packs[];

const struct category_pack_shipped category_packs_shipped[] = {
    { "cn-city-objects", "GB/T 47678.5-2026", "city objects and matters as in GB/T 47678.5-2026, read off a public copy", "cn-city-objects.tsv" },
    { "linli-service", "1", "everyday service matters, made for Linli", "linli-service.tsv" },
    { NULL, NULL, NULL, NULL }
};

DB_SQL(pack_by_version, "SELECT id FROM category_pack WHERE tenant_id = $1 AND code = $2 AND version = $3")
DB_SQL(pack_insert, "INSERT INTO category_pack (tenant_id, id, code, version, source, imported_at) VALUES ($1, $2, $3, $4, $5, $6)")
DB_SQL(category_of_pack,
       "SELECT c.id, c.kind, c.code FROM category c JOIN category_pack p ON p.tenant_id = c.tenant_id AND p.id = c.pack_id "
       "WHERE c.tenant_id = $1 AND p.code = $2 ORDER BY c.id")
DB_SQL(category_insert,
       "INSERT INTO category (tenant_id, id, pack_id, parent_id, kind, code, name_zh, name_en, leaf, common, severity, valid_from, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)")
DB_SQL(category_keep,
       "UPDATE category SET pack_id = $3, parent_id = $4, name_zh = $5, name_en = $6, leaf = $7, valid_to = NULL, version = version + 1 "
       "WHERE tenant_id = $1 AND id = $2")
DB_SQL(category_end, "UPDATE category SET valid_to = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND valid_to IS NULL")
DB_SQL(rule_insert,
       "INSERT INTO routing_rule (tenant_id, id, number, area_id, category_id, org_id, automatic, note, valid_from, version) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)")

/* ---- reading a pack: kind, code, parent, name_zh, name_en, severity, common by tabs ---- */

struct line { struct str kind, code, parent, name_zh, name_en; int64_t severity, common, id; };

static bool read_line(struct str text, struct line *out)
{
    struct str *fields[] = { &out->kind, &out->code, &out->parent, &out->name_zh, &out->name_en };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i] = str_cut(&text, '\t');
    struct str severity = str_cut(&text, '\t');
    return str_to_i64(severity, &out->severity) && str_to_i64(text, &out->common) && out->name_zh.len && out->name_en.len;
}

static struct list read_pack(struct arena *a, struct str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    struct line *at = ARENA_ARRAY(a, n, struct line);
    struct list  out = { at, 0 };
    while (text.ptr) {
        struct str line = str_cut(&text, '\n');
        if (line.len && line.ptr[0] != '#' && read_line(line, &at[out.len]))
            out.len++;
    }
    return out;
}

/* ---- installing ---- */

struct installed { int64_t id; struct str kind, code; bool kept; };
static const struct field installed_fields[] = {
    FIELD_ID(struct installed, id, 0, ""), FIELD_STR(struct installed, kind, 0, 0, 0, ""),
    FIELD_STR(struct installed, code, 0, 0, 0, ""), FIELD_END
};

static struct installed *find_installed(struct list *before, struct str kind, struct str code)
{
    struct installed *at = before->at;
    for (size_t i = 0; i < before->len; i++)
        if (str_eq(at[i].kind, kind) && str_eq(at[i].code, code))
            return &at[i];
    return NULL;
}

static int64_t parent_of(const struct list *lines, const struct line *of)
{
    const struct line *at = lines->at;
    for (size_t i = 0; of->parent.len && i < lines->len; i++)
        if (str_eq(at[i].kind, of->kind) && str_eq(at[i].code, of->parent))
            return at[i].id;
    return 0;
}

/* A leaf keeps the severity and order that were set here; what is new takes the pack's. */
static err install_line(struct db_conn *c, int64_t tenant, int64_t pack, struct list *lines, struct line *l, struct list *before, ms now)
{
    struct installed *old = find_installed(before, l->kind, l->code);
    int64_t           parent = parent_of(lines, l);
    if (old) {
        old->kept = true;
        l->id = old->id;
        return db_exec(c, &category_keep,
                       DB_ARGS(I64(tenant), I64(l->id), I64(pack), REF(parent), TEXT(l->name_zh), TEXT(l->name_en), BOOL(parent)), NULL);
    }
    l->id = id_new();
    return db_exec(c, &category_insert,
                   DB_ARGS(I64(tenant), I64(l->id), I64(pack), REF(parent), TEXT(l->kind), TEXT(l->code), TEXT(l->name_zh),
                           TEXT(l->name_en), BOOL(parent), I64(l->common), I64(l->severity), I64(now)),
                   NULL);
}

err category_pack_install(struct db_conn *c, struct arena *a, int64_t tenant, struct str code, struct str version, struct str source,
                          struct str text, ms now, int64_t *id)
{
    struct list before, lines = read_pack(a, text);
    struct line *at = lines.at;
    err          e = db_number(c, &pack_by_version, DB_ARGS(I64(tenant), TEXT(code), TEXT(version)), id);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *id = id_new();
    TRY(db_exec(c, &pack_insert, DB_ARGS(I64(tenant), I64(*id), TEXT(code), TEXT(version), TEXT(source), I64(now)), NULL));
    TRY(db_all(c, a, &category_of_pack, DB_ARGS(I64(tenant), TEXT(code)), installed_fields, sizeof(struct installed), 0, &before));
    for (size_t i = 0; i < lines.len; i++)
        TRY(install_line(c, tenant, *id, &lines, &at[i], &before, now));
    struct installed *old = before.at;
    for (size_t i = 0; i < before.len; i++)
        if (!old[i].kept)
            TRY(db_exec(c, &category_end, DB_ARGS(I64(tenant), I64(old[i].id), I64(now)), NULL));
    return OK;
}

err category_pack_install_shipped(struct db_conn *c, struct arena *a, int64_t tenant, const struct category_pack_shipped *p, ms now)
{
    int64_t id;
    return category_pack_install(c, a, tenant, str_of(p->code), str_of(p->version), str_of(p->source), embedded_find(case_packs, p->file), now, &id);
}

err case_packs_install(struct db_conn *c, struct arena *a, int64_t tenant, ms now)
{
    for (const struct category_pack_shipped *p = category_packs_shipped; p->code; p++)
        TRY(category_pack_install_shipped(c, a, tenant, p, now));
    return OK;
}

/* ---- one's own categories ---- */

err category_pack_own(struct db_conn *c, int64_t tenant, struct str code, ms now, int64_t *id)
{
    err e = db_number(c, &pack_by_version, DB_ARGS(I64(tenant), TEXT(code), TEXT(STR("1"))), id);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *id = id_new();
    return db_exec(c, &pack_insert, DB_ARGS(I64(tenant), I64(*id), TEXT(code), TEXT(STR("1")), TEXT(STR("made here")), I64(now)), NULL);
}

err category_add(struct db_conn *c, int64_t tenant, const struct category_new *n, ms now, int64_t *id)
{
    int64_t    pack;
    *id = id_new();
    TRY(category_pack_own(c, tenant, n->pack, now, &pack));
    return db_exec(c, &category_insert,
                   DB_ARGS(I64(tenant), I64(*id), I64(pack), REF(n->parent), TEXT(n->kind), TEXT(n->code), TEXT(n->name_zh),
                           TEXT(n->name_en), BOOL(n->leaf), I64(n->common), I64(n->severity), I64(now)),
                   NULL);
}

err case_category_ensure(struct db_conn *c, struct arena *a, int64_t tenant, const char *pack, struct str code, struct str name,
                         int64_t parent, bool leaf, ms now, int64_t *id)
{
    struct list       before;
    struct str        kind = STR("matter");
    TRY(db_all(c, a, &category_of_pack, DB_ARGS(I64(tenant), TEXT(str_of(pack))), installed_fields, sizeof(struct installed), 0, &before));
    struct installed *old = find_installed(&before, kind, code);
    if (old) {
        *id = old->id;
        return OK;
    }
    struct category_new n = { .pack = str_of(pack), .kind = kind, .code = code, .name_zh = name, .name_en = name, .parent = parent,
                              .leaf = leaf, .severity = SEVERITY_ORDINARY };
    return category_add(c, tenant, &n, now, id);
}

/* ---- rules ---- */

err rule_add(struct db_conn *c, int64_t tenant, const struct case_rule_new *n, ms now, int64_t *id, int64_t *number)
{
    *id = id_new();
    TRY(db_counter(c, tenant, STR("routing_rule"), number));
    return db_exec(c, &rule_insert,
                   DB_ARGS(I64(tenant), I64(*id), I64(*number), REF(n->area), REF(n->category), I64(n->org), BOOL(n->automatic),
                           TEXT(n->note), I64(now)),
                   NULL);
}

err case_rule_add(struct db_conn *c, struct arena *a, int64_t tenant, const struct case_rule_new *n, ms now, int64_t *id)
{
    int64_t number;
    (void)a;
    return rule_add(c, tenant, n, now, id, &number);
}
