/* update.c: another system says what became of a case, by POST servicerequestupdates (an extension in use elsewhere). */
#include "open311_parts.h"
#include "../../base/jsonw.h"

#define TEXT_MOST 4000

DB_SQL(open311_update_put, "INSERT INTO open311_update (tenant_id, key_id, update_id, case_id, at) VALUES ($1, $2, $3, $4, $5)")

static const char *const status_words[] = { NULL, "OPEN", "INVESTIGATING", "IN_PROGRESS", "ACTION_SCHEDULED", "FIXED", "CLOSED", "DUPLICATE",
                                            "NO_FURTHER_ACTION", "NOT_COUNCILS_RESPONSIBILITY", "INTERNAL_REFERRAL", "FOR_TRIAGE", "CANCELLED",
                                            "REOPEN", NULL };
enum { STATUS_FIXED = 5, STATUS_CLOSED = 6 };

struct said { struct str api_key, jurisdiction_id, service_request_id, update_id, description, media_url; ms updated_datetime; int status; };
static const struct field said_fields[] = {
    { .name = "api_key", .kind = KIND_STR, .offset = offsetof(struct said, api_key), .max = 200, .flags = SECRET, .doc = "Key" },
    FIELD_STR(struct said, jurisdiction_id, 0, 100, 0, "Whose"),
    FIELD_STR(struct said, service_request_id, 1, 40, REQUIRED, "Which case"),
    FIELD_STR(struct said, update_id, 1, 100, REQUIRED, "The other system's name for this update"),
    FIELD_STR(struct said, description, 1, TEXT_MOST, REQUIRED | MULTILINE, "What is said"),
    FIELD_STR(struct said, media_url, 0, 2000, 0, "A picture elsewhere"),
    FIELD_TIME(struct said, updated_datetime, REQUIRED, "When it was so"),
    FIELD_WORD(struct said, status, status_words, REQUIRED, "How it stands there"),
    FIELD_END
};

/* Whoever reads the story reads who says so and what the word there was: it is not one of our states. */
static struct str text_of(struct req *r, const struct said *in, const struct api_key *key)
{
    struct str text = str_fmt(r->arena, req_text(r, "%.*s（%s）：%.*s", "%.*s (%s): %.*s"), STR_ARG(key->name), status_words[in->status],
                              STR_ARG(in->description));
    if (utf8_len(text) > TEXT_MOST)
        faults_add(&r->faults, STR("description"), ERR_TOO_LONG, TEXT_MOST - (int64_t)(utf8_len(text) - utf8_len(in->description)));
    return text;
}

static struct str data_of(struct req *r, const struct said *in, const struct api_key *key)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "source", "open311");
    jsonw_kv_str(&j, "key", key->name);
    jsonw_kv_str(&j, "update_id", in->update_id);
    jsonw_kv_z(&j, "status", status_words[in->status]);
    jsonw_kv_i64(&j, "updated_at", in->updated_datetime);
    if (in->media_url.len)
        jsonw_kv_str(&j, "media_url", in->media_url);
    jsonw_close(&j);
    return buf_view(&b);
}

static err read_said(struct req *r, struct door *door, struct said *in, struct api_key *key)
{
    struct given given;
    TRY(open311_door(r, door));
    err e = open311_fields(r, said_fields, r->raw_body, in, &given);
    if (failed(e) && e.code != ERR_INVALID)
        return e;
    if (!in->service_request_id.len)
        return FAIL_AT(ERR_REQUIRED, "service_request_id");
    TRY(open311_jurisdiction(r, in->jurisdiction_id));
    TRY(open311_key_check(r, in->api_key, key));
    if (key->updates == UPDATES_NONE)
        return req_fail(r, ERR_NOT_ALLOWED, STR("api_key"));
    if (in->updated_datetime > r->now + 5 * MS_MINUTE)
        req_fault(r, "updated_datetime", ERR_TIME_IN_FUTURE);
    if (in->media_url.len && !str_starts(in->media_url, "http://") && !str_starts(in->media_url, "https://"))
        req_fault(r, "media_url", ERR_INVALID);
    return req_faults(r);
}

/* The same update a second time is 400, as the extension has it: whoever repeats one because the answer was lost knows that it came. */
static err put_once(struct req *r, const struct said *in, const struct api_key *key, int64_t id)
{
    err e = db_exec(r->db, &open311_update_put, DB_ARGS(I64(r->tenant), I64(key->id), TEXT(in->update_id), I64(id), TIME(r->now)), NULL);
    return e.code == ERR_TAKEN ? req_fail(r, ERR_TAKEN, STR("update_id")) : e;
}

err open311_post_update(struct req *r)
{
    struct said       in = { .status = 0 };
    struct api_key    key;
    struct door       door;
    struct case_heard heard;
    TRY(read_said(r, &door, &in, &key));
    struct case_said said = { .code = in.service_request_id, .text = text_of(r, &in, &key), .data = data_of(r, &in, &key),
                              .handled = key.updates == UPDATES_HANDLED && (in.status == STATUS_FIXED || in.status == STATUS_CLOSED) };
    TRY(req_faults(r));
    err e = case_say(r, &said, &heard);
    if (e.code == ERR_NOT_FOUND)
        return req_fail(r, ERR_NOT_FOUND, STR("service_request_id"));
    TRY(e);
    TRY(put_once(r, &in, &key, heard.id));
    TRY(open311_key_used(r, &key));
    struct doc *d = doc_begin(r->arena, door.format);
    doc_list(d, "service_request_updates");
    doc_item(d, "request_update");
    doc_str(d, "update_id", str_fmt(r->arena, "%.*s.%lld", STR_ARG(in.service_request_id), (long long)heard.seq));
    return open311_reply(r, 201, door.format, d);
}
