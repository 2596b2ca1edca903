/* post.c: a report comes in by POST requests. */
#include <jansson.h>

#include "open311_parts.h"
#include "../setting/setting.h"
#include "../../base/form.h"
#include "../../base/jsonw.h"

#define TEXT_MOST 4000

struct posted {
    struct str api_key, jurisdiction_id, service_code, address_string, address_id, email, device_id, account_id, first_name, last_name,
               phone, description, media_url;
    double     lat, long_;
    int64_t    category;
};
#define TEXTS(member, most, doc) FIELD_STR(struct posted, member, 0, most, 0, doc)
static const struct field posted_fields[] = {
    { .name = "api_key", .kind = KIND_STR, .offset = offsetof(struct posted, api_key), .max = 200, .flags = SECRET, .doc = "Key" },
    TEXTS(jurisdiction_id, 100, "Whose"),
    TEXTS(service_code, 40, "What it is about"),
    FIELD_REAL(struct posted, lat, 0, "Latitude, WGS 84"),
    { .name = "long", .kind = KIND_REAL, .offset = offsetof(struct posted, long_), .doc = "Longitude, WGS 84" },
    TEXTS(address_string, 200, "Place in words"),
    TEXTS(address_id, 100, "Not known here"),
    { .name = "email", .kind = KIND_STR, .offset = offsetof(struct posted, email), .max = 60, .flags = SECRET, .doc = "Mail" },
    TEXTS(device_id, 200, "Device"),
    TEXTS(account_id, 200, "Account in the other system"),
    TEXTS(first_name, 60, "First name"),
    TEXTS(last_name, 60, "Last name"),
    { .name = "phone", .kind = KIND_STR, .offset = offsetof(struct posted, phone), .min = 5, .max = 60, .flags = SECRET, .doc = "Telephone" },
    FIELD_STR(struct posted, description, 1, TEXT_MOST, MULTILINE, "What happened"),
    TEXTS(media_url, 2000, "A picture elsewhere"),
    FIELD_END
};

struct answers { struct str code[100], value[100]; size_t len; };

struct post {
    struct door      door;
    struct posted    in;
    struct given     given;
    struct api_key   key;
    struct answers   answers;
    struct case_kind kind;
    struct list      attributes;
};

static bool given(const struct post *p, size_t offset)
{
    return field_given(posted_fields, &p->given, offset);
}

/* ---- attributes ---- */

/* attribute[CODE] and attribute[CODE][]; "" for any other name. */
static struct str attribute_code(struct str name)
{
    if (!str_starts(name, "attribute["))
        return STR("");
    struct str rest = { name.ptr + 10, name.len - 10 }, code = str_cut(&rest, ']');
    bool       whole = rest.ptr && (rest.len == 0 || str_is(rest, "[]"));
    return whole ? code : STR("");
}

static void read_answers(struct req *r, struct post *p)
{
    struct str rest = r->raw_body, pair;
    while (form_pair(&rest, &pair)) {
        struct str name = form_decode(r->arena, str_cut(&pair, '=')), value = form_decode(r->arena, pair), code = attribute_code(name);
        if (!code.len || !value.len || p->answers.len == sizeof p->answers.code / sizeof *p->answers.code)
            continue;
        if (!utf8_valid(value) || utf8_has_control(value))
            faults_add(&r->faults, utf8_valid(name) ? name : STR("attribute"), ERR_CONTROL_CHARACTER, 0);
        else if (utf8_len(value) > 1000)
            faults_add(&r->faults, name, ERR_TOO_LONG, 1000);
        else {
            p->answers.code[p->answers.len] = code;
            p->answers.value[p->answers.len++] = str_trim(value);
        }
    }
}

static const struct attribute_choice *choice_of(const struct attribute *t, struct str key)
{
    const struct attribute_choice *all = t->choices.at;
    for (size_t i = 0; i < t->choices.len; i++)
        if (str_eq(all[i].key, key))
            return &all[i];
    return NULL;
}

static enum err_code answer_fault(const struct attribute *t, struct str value, size_t before)
{
    double number;
    ms     time;
    bool   is_list = t->datatype == ATTRIBUTE_ONE_OF || t->datatype == ATTRIBUTE_SOME_OF;
    if (before && t->datatype != ATTRIBUTE_SOME_OF)
        return ERR_INVALID;
    if (t->datatype == ATTRIBUTE_NUMBER && !str_to_real(value, &number))
        return ERR_WRONG_TYPE;
    if (t->datatype == ATTRIBUTE_DATETIME && !clock_parse_iso(value, &time))
        return ERR_WRONG_TYPE;
    return is_list && !choice_of(t, value) ? ERR_NOT_A_CHOICE : ERR_NONE;
}

/* Answers to questions that are not asked are left, as unknown fields are. */
static void check_answers(struct req *r, struct post *p)
{
    const struct attribute *at = p->attributes.at;
    for (size_t i = 0; i < p->attributes.len; i++) {
        struct str name = str_fmt(r->arena, "attribute[%.*s]", STR_ARG(at[i].code));
        size_t     n = 0;
        for (size_t k = 0; k < p->answers.len; k++) {
            if (!str_eq(p->answers.code[k], at[i].code))
                continue;
            enum err_code why = answer_fault(&at[i], p->answers.value[k], n++);
            if (why != ERR_NONE)
                faults_add(&r->faults, name, why, 0);
        }
        if (at[i].required && !n)
            faults_add(&r->faults, name, ERR_REQUIRED, 0);
    }
}

/* ---- what becomes of it ---- */

static void put_answers(struct req *r, const struct post *p, struct buf *text)
{
    const struct attribute *at = p->attributes.at;
    bool                    zh = r->lang == LANG_ZH;
    for (size_t i = 0; i < p->attributes.len; i++) {
        bool first = true;
        for (size_t k = 0; k < p->answers.len; k++) {
            const struct attribute_choice *c = choice_of(&at[i], p->answers.value[k]);
            struct str                     value = c ? zh ? c->zh : c->en : p->answers.value[k];
            if (!str_eq(p->answers.code[k], at[i].code))
                continue;
            if (first)
                buf_fmt(text, zh ? "\n%.*s：%.*s" : "\n%.*s: %.*s", STR_ARG(zh ? at[i].label_zh : at[i].label_en), STR_ARG(value));
            else
                buf_fmt(text, zh ? "、%.*s" : ", %.*s", STR_ARG(value));
            first = false;
        }
    }
}

/* The standard lets the description be left out; then the service's name says what it is. Staff read the answers below the words. */
static struct str text_of(struct req *r, const struct post *p)
{
    struct buf b = buf_new(r->arena, 0);
    buf_str(&b, p->in.description.len ? p->in.description : r->lang == LANG_ZH ? p->kind.name_zh : p->kind.name_en);
    put_answers(r, p, &b);
    if (utf8_len(buf_view(&b)) > TEXT_MOST)
        faults_add(&r->faults, STR("description"), ERR_TOO_LONG, TEXT_MOST);
    return buf_view(&b);
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static struct str name_of(struct req *r, const struct posted *in)
{
    if (!in->first_name.len || !in->last_name.len)
        return in->first_name.len ? in->first_name : in->last_name.len ? in->last_name : STR_NONE;
    bool       western = is_ascii(in->first_name) && is_ascii(in->last_name);
    struct str whole = western ? str_fmt(r->arena, "%.*s %.*s", STR_ARG(in->first_name), STR_ARG(in->last_name))
                               : str_fmt(r->arena, "%.*s%.*s", STR_ARG(in->last_name), STR_ARG(in->first_name));
    return utf8_head(whole, 60);
}

static struct str data_of(struct req *r, const struct post *p)
{
    struct buf   b = buf_new(r->arena, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    jsonw_kv_z(&j, "source", "open311");
    jsonw_kv_str(&j, "key", p->key.name);
    if (p->in.media_url.len)
        jsonw_kv_str(&j, "media_url", p->in.media_url);
    if (p->in.device_id.len)
        jsonw_kv_str(&j, "device_id", p->in.device_id);
    if (p->in.account_id.len)
        jsonw_kv_str(&j, "account_id", p->in.account_id);
    jsonw_key(&j, "attributes");
    jsonw_list(&j);
    for (size_t i = 0; i < p->answers.len; i++) {
        if (!utf8_valid(p->answers.code[i]))
            continue;
        jsonw_open(&j);
        jsonw_kv_str(&j, "code", p->answers.code[i]);
        jsonw_kv_str(&j, "value", p->answers.value[i]);
        jsonw_close(&j);
    }
    jsonw_list_end(&j);
    jsonw_close(&j);
    return buf_view(&b);
}

/* ---- checks ---- */

static err read_service(struct req *r, struct post *p)
{
    struct list kinds = { NULL, 0 };
    if (!p->in.service_code.len)
        return FAIL_AT(ERR_REQUIRED, "service_code");
    if (str_to_i64(p->in.service_code, &p->in.category) && p->in.category > 0)
        case_kinds(r->app, r->arena, p->in.category, &kinds);
    if (!kinds.len)
        return req_fail(r, ERR_NOT_FOUND, STR("service_code"));
    p->kind = *(const struct case_kind *)kinds.at;
    return OK;
}

static void check_place(struct req *r, const struct post *p)
{
    bool lat = given(p, offsetof(struct posted, lat)), lon = given(p, offsetof(struct posted, long_));
    if (lat != lon)
        req_fault(r, lat ? "long" : "lat", ERR_REQUIRED);
    if (!lat && !lon && !p->in.address_string.len)
        req_fault(r, p->in.address_id.len ? "address_id" : "lat", p->in.address_id.len ? ERR_UNKNOWN_REFERENCE : ERR_REQUIRED);
}

static void check_link(struct req *r, const struct posted *in)
{
    if (in->media_url.len && !str_starts(in->media_url, "http://") && !str_starts(in->media_url, "https://"))
        req_fault(r, "media_url", ERR_INVALID);
}

/* The case's fields by the standard's names. */
static void rename_faults(struct req *r)
{
    static const struct { const char *ours, *theirs; } names[] = {
        { "at", "lat" }, { "text", "description" }, { "address", "address_string" }, { "category", "service_code" }, { "contact", "phone" },
    };
    for (size_t i = 0; i < r->faults.len; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (str_is(r->faults.at[i].path, names[k].ours))
                r->faults.at[i].path = str_of(names[k].theirs);
}

static err read_post(struct req *r, struct post *p)
{
    TRY(open311_door(r, &p->door));
    err e = open311_fields(r, posted_fields, r->raw_body, &p->in, &p->given);
    if (failed(e) && e.code != ERR_INVALID)
        return e;
    TRY(open311_jurisdiction(r, p->in.jurisdiction_id));
    TRY(read_service(r, p));
    TRY(open311_key_check(r, p->in.api_key, &p->key));
    TRY(open311_attributes(r->db, r->arena, r->tenant, p->in.category, &p->attributes));
    read_answers(r, p);
    check_answers(r, p);
    check_place(r, p);
    check_link(r, &p->in);
    return OK;
}

/* ---- the answer ---- */

static struct str notice_of(struct req *r, const struct case_receipt *done)
{
    struct str site = setting_site(r);
    return str_fmt(r->arena, req_text(r, "查看进展、补充和评价：%.*s/c/%.*s#%.*s", "Follow, add to and rate it at %.*s/c/%.*s#%.*s"), STR_ARG(site),
                   STR_ARG(done->code), STR_ARG(done->secret));
}

static err reply_posted(struct req *r, const struct post *p, const struct case_receipt *done)
{
    struct doc *d = doc_begin(r->arena, p->door.format);
    doc_list(d, "service_requests");
    doc_item(d, "request");
    doc_str(d, "service_request_id", done->code);
    doc_str(d, "service_notice", notice_of(r, done));
    doc_str(d, "account_id", STR_NONE);
    return open311_reply(r, 201, p->door.format, d);
}

err open311_post(struct req *r)
{
    struct post        *p = ARENA_NEW(r->arena, struct post);
    struct case_receipt done;
    TRY(read_post(r, p));
    struct case_taken taken = { .text = text_of(r, p), .address = p->in.address_string, .reporter_name = name_of(r, &p->in),
                                .contact = p->in.phone.len ? p->in.phone : p->in.email, .category = p->in.category,
                                .at = { given(p, offsetof(struct posted, lat)), p->in.long_, p->in.lat }, .source = SOURCE_OPEN311,
                                .data = data_of(r, p) };
    TRY(req_faults(r));
    err e = case_take(r, &taken, &done);
    rename_faults(r);
    TRY(e);
    TRY(open311_key_used(r, &p->key));
    return reply_posted(r, p, &done);
}
