/* services.c: discovery, the list of services, a service's definition. A service is a category that a case may name; its code is the id. */
#include "open311_parts.h"
#include "../setting/setting.h"

static const char specification[] = "http://wiki.open311.org/GeoReport_v2";

struct service_query { struct str jurisdiction_id; };
static const struct field service_query_fields[] = {
    FIELD_STR(struct service_query, jurisdiction_id, 0, 100, 0, "Whose services"), FIELD_END
};

static err read_query(struct req *r, struct door *door)
{
    struct service_query q = { 0 };
    struct given         given;
    TRY(open311_fields(r, service_query_fields, r->query_text, &q, &given));
    return open311_read(r, door, q.jurisdiction_id);
}

static struct str chosen(struct req *r, struct str zh, struct str en)
{
    struct str first = r->lang == LANG_ZH ? zh : en;
    return first.len ? first : r->lang == LANG_ZH ? en : zh;
}

/* ---- discovery ---- */

static struct str changeset(struct req *r, int64_t attributes)
{
    return str_fmt(r->arena, "%012lld", (long long)(case_kinds_version(r->app) + attributes));
}

static struct str who_to_ask(struct req *r)
{
    struct str set = setting_text(r->app, r->arena, "open311.contact", r->now);
    return set.len ? set : str_of(r->app->tenant_name);
}

static void endpoint(struct req *r, struct doc *d, struct str version)
{
    struct str site = setting_site(r);
    doc_item(d, "endpoint");
    doc_str(d, "specification", str_of(specification));
    doc_str(d, "url", str_fmt(r->arena, "%.*s/open311/v2", STR_ARG(site)));
    doc_str(d, "changeset", version);
    doc_str(d, "type", r->app->demo ? STR("test") : STR("production"));
    doc_list(d, "formats");
    doc_entry(d, "format", STR("text/xml"));
    doc_entry(d, "format", STR("application/json"));
    doc_end(d);
    doc_end(d);
}

err open311_discovery(struct req *r)
{
    struct door door;
    int64_t     changes;
    TRY(read_query(r, &door));
    TRY(open311_attribute_changes(r->db, r->tenant, &changes));
    struct str  version = changeset(r, changes), ask = who_to_ask(r);
    struct doc *d = doc_begin(r->arena, door.format);
    doc_item(d, "discovery");
    doc_str(d, "changeset", version);
    doc_str(d, "contact", ask);
    doc_str(d, "key_service", str_fmt(r->arena, req_text(r, "密钥由系统管理员发放：%.*s", "Keys are handed out by the administrator: %.*s"), STR_ARG(ask)));
    doc_list(d, "endpoints");
    endpoint(r, d, version);
    return open311_reply(r, 200, door.format, d);
}

/* ---- services ---- */

static void service(struct req *r, struct doc *d, const struct case_kind *k, bool metadata)
{
    struct str group = chosen(r, k->group_zh, k->group_en), name = chosen(r, k->name_zh, k->name_en);
    doc_item(d, "service");
    doc_str(d, "service_code", str_fmt(r->arena, "%lld", (long long)k->id));
    doc_str(d, "service_name", name);
    doc_str(d, "description", group.len ? str_fmt(r->arena, "%.*s · %.*s", STR_ARG(group), STR_ARG(name)) : name);
    doc_bool(d, "metadata", metadata);
    doc_str(d, "type", STR("realtime"));
    doc_str(d, "keywords", str_fmt(r->arena, "%.*s, %.*s", STR_ARG(r->lang == LANG_ZH ? k->name_en : k->name_zh), STR_ARG(k->code)));
    doc_str(d, "group", group);
    doc_end(d);
}

err open311_services(struct req *r)
{
    struct door door;
    struct ids  attributed;
    struct list kinds;
    TRY(read_query(r, &door));
    TRY(open311_attributed(r->db, r->arena, r->tenant, &attributed));
    case_kinds(r->app, r->arena, 0, &kinds);
    const struct case_kind *at = kinds.at;
    struct doc             *d = doc_begin(r->arena, door.format);
    doc_list(d, "services");
    for (size_t i = 0; i < kinds.len; i++)
        service(r, d, &at[i], ids_has(attributed, at[i].id));
    return open311_reply(r, 200, door.format, d);
}

/* ---- a definition ---- */

static void choice(struct req *r, struct doc *d, const struct attribute_choice *c)
{
    doc_item(d, "value");
    doc_str(d, "key", c->key);
    doc_str(d, "name", chosen(r, c->zh, c->en));
    doc_end(d);
}

static void attribute(struct req *r, struct doc *d, const struct attribute *t)
{
    const struct attribute_choice *choices = t->choices.at;
    doc_item(d, "attribute");
    doc_bool(d, "variable", !t->only_says);
    doc_str(d, "code", t->code);
    doc_str(d, "datatype", str_of(open311_datatypes[t->datatype]));
    doc_bool(d, "required", t->required);
    doc_str(d, "datatype_description", chosen(r, t->hint_zh, t->hint_en));
    doc_i64(d, "order", t->position);
    doc_str(d, "description", chosen(r, t->label_zh, t->label_en));
    if (t->choices.len) {
        doc_list(d, "values");
        for (size_t i = 0; i < t->choices.len; i++)
            choice(r, d, &choices[i]);
        doc_end(d);
    }
    doc_end(d);
}

err open311_definition(struct req *r)
{
    struct door door;
    struct list kinds = { NULL, 0 }, attributes;
    int64_t     id;
    TRY(read_query(r, &door));
    if (str_to_i64(door.name, &id) && id > 0)
        case_kinds(r->app, r->arena, id, &kinds);
    if (!kinds.len)
        return req_fail(r, ERR_NOT_FOUND, STR("service_code"));
    TRY(open311_attributes(r->db, r->arena, r->tenant, id, &attributes));
    const struct attribute *at = attributes.at;
    struct doc             *d = doc_begin(r->arena, door.format);
    doc_item(d, "service_definition");
    doc_str(d, "service_code", door.name);
    doc_list(d, "attributes");
    for (size_t i = 0; i < attributes.len; i++)
        attribute(r, d, &at[i]);
    return open311_reply(r, 200, door.format, d);
}
