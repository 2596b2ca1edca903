#include "document.h"

#include <libxml/xmlwriter.h>

#include "../../base/buf.h"

#define DEPTH_MOST 12

struct doc {
    enum doc_format  format;
    struct arena    *arena;
    struct buf       text;
    struct jsonw     json;
    xmlBufferPtr     xml;
    xmlTextWriterPtr writer;
    bool             bad;
    bool             is_list[DEPTH_MOST];
    int              depth;
};

#define XML(call) d->bad |= (call) < 0

struct doc *doc_begin(struct arena *a, enum doc_format format)
{
    struct doc *d = ARENA_NEW(a, struct doc);
    d->format = format;
    d->arena = a;
    d->text = buf_new(a, 0);
    d->json = jsonw_on(&d->text);
    if (format == DOC_XML) {
        d->xml = xmlBufferCreate();
        d->writer = d->xml ? xmlNewTextWriterMemory(d->xml, 0) : NULL;
        d->bad = !d->writer || xmlTextWriterStartDocument(d->writer, "1.0", "utf-8", NULL) < 0;
    }
    return d;
}

static bool xml(const struct doc *d)
{
    return d->format == DOC_XML && !d->bad;
}

static void go_in(struct doc *d, const char *name, bool list)
{
    bool member = d->depth > 0 && !d->is_list[d->depth - 1];
    if (d->depth == DEPTH_MOST) {
        d->bad = true;
        return;
    }
    d->is_list[d->depth++] = list;
    if (xml(d))
        XML(xmlTextWriterStartElement(d->writer, BAD_CAST name));
    if (d->format == DOC_XML)
        return;
    if (member)
        jsonw_key(&d->json, name);
    if (list)
        jsonw_list(&d->json);
    else
        jsonw_open(&d->json);
}

void doc_list(struct doc *d, const char *name)
{
    go_in(d, name, true);
}

void doc_item(struct doc *d, const char *name)
{
    go_in(d, name, false);
}

void doc_end(struct doc *d)
{
    if (d->depth == 0)
        return;
    bool list = d->is_list[--d->depth];
    if (xml(d))
        XML(xmlTextWriterEndElement(d->writer));
    if (d->format == DOC_XML)
        return;
    if (list)
        jsonw_list_end(&d->json);
    else
        jsonw_close(&d->json);
}

/* U+FFFE and U+FFFF are the two code points of valid UTF-8 beside the control characters that XML 1.0 has no place for. */
static size_t forbidden(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];
    if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
        return 1;
    bool last = c == 0xEF && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0xBF && (unsigned char)s.ptr[i + 2] >= 0xBE;
    return last ? 3 : 0;
}

struct str doc_clean(struct arena *a, struct str s)
{
    struct buf b = buf_new(a, 0);
    size_t     from = 0, n;
    for (size_t i = 0; i < s.len; i += n ? n : 1) {
        n = forbidden(s, i);
        if (!n)
            continue;
        buf_add(&b, s.ptr + from, i - from);
        buf_z(&b, "\xEF\xBF\xBD");
        from = i + n;
    }
    if (!from)
        return s;
    buf_add(&b, s.ptr + from, s.len - from);
    return buf_view(&b);
}

static void element(struct doc *d, const char *name, struct str s)
{
    if (d->bad)
        return;
    XML(xmlTextWriterStartElement(d->writer, BAD_CAST name));
    if (s.len)
        XML(xmlTextWriterWriteString(d->writer, BAD_CAST str_z(d->arena, doc_clean(d->arena, s))));
    XML(xmlTextWriterEndElement(d->writer));
}

void doc_str(struct doc *d, const char *name, struct str s)
{
    if (d->format == DOC_XML)
        element(d, name, s);
    else
        jsonw_kv_str(&d->json, name, s);
}

void doc_entry(struct doc *d, const char *name, struct str s)
{
    if (d->format == DOC_XML)
        element(d, name, s);
    else
        jsonw_str(&d->json, s);
}

void doc_i64(struct doc *d, const char *name, int64_t v)
{
    if (d->format == DOC_XML)
        element(d, name, str_fmt(d->arena, "%lld", (long long)v));
    else
        jsonw_kv_i64(&d->json, name, v);
}

void doc_bool(struct doc *d, const char *name, bool v)
{
    if (d->format == DOC_XML)
        element(d, name, v ? STR("true") : STR("false"));
    else
        jsonw_kv_bool(&d->json, name, v);
}

void doc_real(struct doc *d, const char *name, bool known, double v)
{
    struct buf   b = buf_new(d->arena, 64);
    struct jsonw j = jsonw_on(&b);
    if (d->format == DOC_XML) {
        jsonw_real(&j, v, 7);
        element(d, name, known ? buf_view(&b) : STR_NONE);
        return;
    }
    jsonw_key(&d->json, name);
    if (known)
        jsonw_real(&d->json, v, 7);
    else
        jsonw_null(&d->json);
}

static struct str finish_xml(struct doc *d)
{
    struct str out = STR_NONE;
    if (d->writer) {
        XML(xmlTextWriterEndDocument(d->writer));
        xmlFreeTextWriter(d->writer);   /* flushes into the buffer */
    }
    if (d->xml && !d->bad)
        out = str_copy(d->arena, str_of((const char *)xmlBufferContent(d->xml)));
    if (d->xml)
        xmlBufferFree(d->xml);
    d->writer = NULL;
    d->xml = NULL;
    return out;
}

struct str doc_finish(struct doc *d)
{
    while (d->depth)
        doc_end(d);
    if (d->format == DOC_XML)
        return finish_xml(d);
    return d->bad || d->text.full ? STR_NONE : buf_view(&d->text);
}

const char *doc_type(enum doc_format format)
{
    return format == DOC_XML ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
}
