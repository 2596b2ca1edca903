/* door.c: what all calls of the standard share: formats, jurisdiction, allowance, errors in its own form. */
#include <stdio.h>

#include "open311_parts.h"
#include "../setting/setting.h"
#include "../../base/form.h"
#include "../../base/rate.h"

static bool cut_ending(struct str s, const char *ending, struct str *name)
{
    if (!str_ends(s, ending))
        return false;
    *name = (struct str){ s.ptr, s.len - strlen(ending) };
    return true;
}

static struct str last_segment(const struct req *r)
{
    struct str last = STR_NONE;
    for (size_t i = 0; i < sizeof r->path_text / sizeof *r->path_text; i++)
        if (r->path_text[i].ptr)
            last = r->path_text[i];
    return last.ptr ? last : str_of(r->route->path);
}

err open311_door(struct req *r, struct door *out)
{
    struct str last = last_segment(r);
    *out = (struct door){ DOC_XML, STR_NONE };
    if (cut_ending(last, ".xml", &out->name))
        return OK;
    out->format = DOC_JSON;
    return cut_ending(last, ".json", &out->name) ? OK : FAIL(ERR_NOT_ACCEPTABLE);
}

err open311_jurisdiction(struct req *r, struct str asked)
{
    struct str ours = setting_text(r->app, r->arena, "open311.jurisdiction", r->now);
    if (!asked.len || !ours.len || str_eq(asked, ours))
        return OK;
    return req_fail(r, ERR_NOT_FOUND, STR("jurisdiction_id"));
}

err open311_read(struct req *r, struct door *out, struct str jurisdiction)
{
    int64_t most = setting_i64(r->app, "open311.reads_per_hour", r->now);
    TRY(open311_door(r, out));
    if (!rate_take(r->app->open311->reads, r->remote, most, clock_monotonic()))
        return FAIL(ERR_TOO_MANY);
    return open311_jurisdiction(r, jurisdiction);
}

static bool has_row(const struct field *table, struct str name)
{
    for (; table->kind != KIND_END; table++)
        if (str_is(name, table->name))
            return true;
    return false;
}

err open311_fields(struct req *r, const struct field *table, struct str text, void *out, struct given *given)
{
    struct buf known = buf_new(r->arena, 0);
    struct str pair;
    while (form_pair(&text, &pair)) {
        struct str rest = pair, name = form_decode(r->arena, str_cut(&rest, '='));
        if (name.ptr && !has_row(table, name))
            continue;
        buf_z(&known, known.len ? "&" : "");
        buf_str(&known, pair);
    }
    return field_read_query(r->arena, table, known.len ? buf_view(&known) : STR(""), out, given, &r->faults);
}

err open311_reply(struct req *r, int status, enum doc_format format, struct doc *d)
{
    struct str text = doc_finish(d);
    if (!text.ptr)
        return FAIL(ERR_INTERNAL);
    reply_typed(r, status, doc_type(format), text);
    reply_header(r, "Access-Control-Allow-Origin", STR("*"));
    return OK;
}

/* The standard knows 400 for whatever is wrong with what was sent, and 403 for keys; what HTTP has more, its clients take as they come. */
static int their_status(int status)
{
    switch (status) {
    case 401: return 403;
    case 409:
    case 411:
    case 422:
    case 428: return 400;
    default:  return status;
    }
}

void open311_problem(struct req *r, int status, struct str text)
{
    struct door door;
    err         e = open311_door(r, &door);
    struct doc *d = doc_begin(r->arena, failed(e) ? DOC_XML : door.format);
    status = their_status(status);
    doc_list(d, "errors");
    doc_item(d, "error");
    doc_i64(d, "code", status);
    doc_str(d, "description", text);
    struct str body = doc_finish(d);
    reply_typed(r, status, doc_type(failed(e) ? DOC_XML : door.format), body.ptr ? body : STR(""));
    reply_header(r, "Access-Control-Allow-Origin", STR("*"));
}

struct str open311_time(struct req *r, ms t)
{
    int                offset = r->app->zone_minutes, ahead = offset < 0 ? -offset : offset;
    struct clock_civil c = clock_civil_at(t, offset);
    if (!t)
        return STR_NONE;
    return str_fmt(r->arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second,
                   offset < 0 ? '-' : '+', ahead / 60, ahead % 60);
}
