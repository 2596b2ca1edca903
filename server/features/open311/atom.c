/* atom.c: what was released to the public, newest first, for feed readers (RFC 4287). */
#include <libxml/xmlwriter.h>

#include "open311_parts.h"
#include "../setting/setting.h"
#include "../../base/rate.h"

#define ENTRIES 50

struct atom { struct req *r; xmlTextWriterPtr w; struct str site; bool bad; };

#define XML(call) x->bad |= (call) < 0

static void text(struct atom *x, const char *name, struct str s)
{
    XML(xmlTextWriterWriteElement(x->w, BAD_CAST name, BAD_CAST str_z(x->r->arena, doc_clean(x->r->arena, s))));
}

static void attribute(struct atom *x, const char *name, struct str s)
{
    XML(xmlTextWriterWriteAttribute(x->w, BAD_CAST name, BAD_CAST str_z(x->r->arena, doc_clean(x->r->arena, s))));
}

static void link(struct atom *x, const char *rel, const char *type, struct str href)
{
    XML(xmlTextWriterStartElement(x->w, BAD_CAST "link"));
    attribute(x, "rel", str_of(rel));
    attribute(x, "type", str_of(type));
    attribute(x, "href", href);
    XML(xmlTextWriterEndElement(x->w));
}

static struct str below(const struct atom *x, const char *path, struct str rest)
{
    return str_fmt(x->r->arena, "%.*s%s%.*s", STR_ARG(x->site), path, STR_ARG(rest));
}

static void category(struct atom *x, int64_t id)
{
    struct list             kinds = { NULL, 0 };
    const struct case_kind *k;
    if (id)
        case_kinds(x->r->app, x->r->arena, id, &kinds);
    if (!kinds.len)
        return;
    k = kinds.at;
    XML(xmlTextWriterStartElement(x->w, BAD_CAST "category"));
    attribute(x, "term", str_fmt(x->r->arena, "%lld", (long long)k->id));
    attribute(x, "label", x->r->lang == LANG_ZH ? k->name_zh : k->name_en);
    XML(xmlTextWriterEndElement(x->w));
}

static void entry(struct atom *x, const struct case_known *k)
{
    struct str place = below(x, "/c/", k->code);
    bool       zh = x->r->lang == LANG_ZH;
    XML(xmlTextWriterStartElement(x->w, BAD_CAST "entry"));
    text(x, "id", place);
    text(x, "title", k->title);
    text(x, "published", open311_time(x->r, k->reported_at));
    text(x, "updated", open311_time(x->r, k->updated_at));
    link(x, "alternate", "text/html", place);
    if (k->photo)
        link(x, "enclosure", "image/jpeg", str_fmt(x->r->arena, "%.*s/api/v1/files/%lld", STR_ARG(x->site), (long long)k->photo));
    category(x, k->category_id);
    text(x, "summary", str_fmt(x->r->arena, "%s · %.*s · %.*s",
                               k->outcome ? case_outcome_name((enum case_outcome)k->outcome, zh) : case_state_name((enum case_state)k->state, zh),
                               STR_ARG(k->area_name), STR_ARG(k->text)));
    XML(xmlTextWriterEndElement(x->w));
}

static void feed(struct atom *x, const struct case_known *at, size_t n)
{
    struct req *r = x->r;
    ms          newest = 0;
    for (size_t i = 0; i < n; i++)
        newest = at[i].updated_at > newest ? at[i].updated_at : newest;
    XML(xmlTextWriterStartDocument(x->w, "1.0", "utf-8", NULL));
    XML(xmlTextWriterStartElement(x->w, BAD_CAST "feed"));
    attribute(x, "xmlns", STR("http://www.w3.org/2005/Atom"));
    text(x, "id", below(x, "/feeds/cases.atom", STR("")));
    text(x, "title", str_fmt(r->arena, req_text(r, "%s：已公开的事项", "%s: released cases"), r->app->tenant_name));
    text(x, "updated", open311_time(r, newest ? newest : r->now));
    XML(xmlTextWriterStartElement(x->w, BAD_CAST "author"));
    text(x, "name", str_of(r->app->tenant_name));
    XML(xmlTextWriterEndElement(x->w));
    link(x, "self", "application/atom+xml", below(x, "/feeds/cases.atom", STR("")));
    for (size_t i = 0; i < n; i++)
        entry(x, &at[i]);
    XML(xmlTextWriterEndDocument(x->w));
}

static err write_feed(struct req *r, struct list found, struct str *out)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    struct atom  feeding = { .r = r, .w = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL, .site = setting_site(r) }, *x = &feeding;
    x->bad = !x->w;
    if (!x->bad)
        feed(x, found.at, found.len);
    if (x->w)
        xmlFreeTextWriter(x->w);
    *out = x->bad ? STR_NONE : str_copy(r->arena, str_of((const char *)xmlBufferContent(buffer)));
    if (buffer)
        xmlBufferFree(buffer);
    return out->ptr ? OK : FAIL(ERR_INTERNAL);
}

err open311_atom(struct req *r)
{
    struct case_known_query query = { .released = true, .most = ENTRIES };
    struct list             found;
    struct str              text_;
    if (!rate_take(r->app->open311->reads, r->remote, setting_i64(r->app, "open311.reads_per_hour", r->now), clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    TRY(case_known_find(r->db, r->arena, r->app, &query, &found));
    TRY(write_feed(r, found, &text_));
    reply_header(r, "Access-Control-Allow-Origin", STR("*"));
    return reply_bytes(r, "application/atom+xml; charset=utf-8", text_, STR_NONE);
}
