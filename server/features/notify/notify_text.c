/* The table of kinds, and the sentence a reader gets. Pure. */
#include <jansson.h>

#include "../../base/buf.h"
#include "notify_parts.h"

#define WORD_MOST 200   /* code points of a word in a sentence */

static const struct notify_kind kinds[] = {
#define N(name, zh, en) { name, zh, en },
#include "notify.def"
#undef N
};

const struct notify_kind *notify_kind_named(struct str name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

/* By how a kind's name begins, the first that fits; so a new kind has a topic without saying so. */
enum notify_topic notify_topic_of(struct str kind)
{
    static const struct { const char *beginning; enum notify_topic topic; } topics[] = {
        { "case.yours_", TOPIC_OWN },         { "case.comment", TOPIC_OWN },          { "case.follow_", TOPIC_FOLLOWED },
        { "case.due_", TOPIC_DEADLINES },     { "case.overdue", TOPIC_DEADLINES },    { "case.no_answer", TOPIC_DEADLINES },
        { "case.review_due", TOPIC_DEADLINES }, { "case.", TOPIC_WORK }, { "order.yours_", TOPIC_OWN }, { "order.", TOPIC_WORK },         { "agreement.due", TOPIC_DEADLINES },
        { "agreement.review", TOPIC_DEADLINES }, { "agreement.ending", TOPIC_DEADLINES }, { "agreement.", TOPIC_WORK },
        { "resolution.due", TOPIC_DEADLINES }, { "resolution.overdue", TOPIC_DEADLINES }, { "resolution.", TOPIC_WORK },
        { "project.asked", TOPIC_OWN },       { "project.due", TOPIC_DEADLINES },    { "project.late", TOPIC_DEADLINES },
        { "project.end_", TOPIC_DEADLINES },   { "project.", TOPIC_WORK },
    };
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (str_starts(kind, topics[i].beginning))
            return topics[i].topic;
    return TOPIC_OTHER;
}

/* A word is a text, or one of each language: {"zh": "12月3日", "en": "3 Dec"}. */
static void put_word(struct buf *b, struct arena *a, const json_t *words, struct str name, enum lang lang)
{
    const json_t *word = json_object_get(words, str_z(a, name));
    const char   *w = json_string_value(json_is_object(word) ? json_object_get(word, lang == LANG_ZH ? "zh" : "en") : word);
    if (w)
        buf_str(b, utf8_head(str_of(w), WORD_MOST));
}

struct str notify_text(struct arena *a, struct str kind, struct str params, enum lang lang)
{
    const struct notify_kind *k = notify_kind_named(kind);
    json_t                   *words = params.ptr ? json_loadb(params.ptr, params.len, 0, NULL) : NULL;
    struct buf                b = buf_new(a, 0);
    if (!k) {
        json_decref(words);
        return kind;
    }
    struct str rest = str_of(lang == LANG_ZH ? k->zh : k->en);
    while (rest.ptr) {
        buf_str(&b, str_cut(&rest, '{'));
        if (rest.ptr)
            put_word(&b, a, words, str_cut(&rest, '}'), lang);
    }
    json_decref(words);
    return str_trim(buf_view(&b));
}

/* ---- addresses ---- */

static void write_place(struct jsonw *j, const struct notify_place *p)
{
    jsonw_kv_i64(j, "unit_kind", p->unit.kind);
    jsonw_kv_id(j, "unit", p->unit.id);
    jsonw_kv_z(j, "perm", perm_name(p->perm));
}

/* The first place stands in the row itself, the others beside it: so does one that was written before there were several. */
static void write_places(struct jsonw *j, const struct list *places)
{
    const struct notify_place *at = places->at;
    write_place(j, at);
    if (places->len == 1)
        return;
    jsonw_key(j, "more");
    jsonw_list(j);
    for (size_t i = 1; i < places->len; i++) {
        jsonw_open(j);
        write_place(j, &at[i]);
        jsonw_close(j);
    }
    jsonw_list_end(j);
}

struct str notify_address_write(struct arena *a, const struct address *to)
{
    struct buf   b = buf_new(a, 0);
    struct jsonw j = jsonw_on(&b);
    jsonw_open(&j);
    if (to->person)
        jsonw_kv_id(&j, "person", to->person);
    else if (to->audience.ptr) {
        jsonw_kv_str(&j, "audience", to->audience);
        jsonw_kv_id(&j, "except", to->except);
    } else
        write_places(&j, &to->places);
    jsonw_kv_id(&j, "by", to->by);
    if (to->words.ptr) {
        jsonw_key(&j, "words");
        jsonw_raw(&j, to->words);
    }
    jsonw_close(&j);
    return buf_view(&b);
}

static int64_t id_of(const json_t *all, const char *key)
{
    int64_t     id = 0;
    const char *text = json_string_value(json_object_get(all, key));
    return text && str_to_i64(str_of(text), &id) ? id : 0;
}

static struct str words_of(struct arena *a, const json_t *all)
{
    const json_t *words = json_object_get(all, "words");
    size_t        n = words ? json_dumpb(words, NULL, 0, JSON_COMPACT) : 0;
    char         *text = arena_alloc(a, n + 1);
    if (n == 0)
        return STR_NONE;
    json_dumpb(words, text, n, JSON_COMPACT);
    return (struct str){ text, n };
}

static bool place_of(const json_t *o, struct notify_place *out)
{
    const char *perm = json_string_value(json_object_get(o, "perm"));
    *out = (struct notify_place){ { (enum unit_kind)json_integer_value(json_object_get(o, "unit_kind")), id_of(o, "unit") }, perm ? perm_find(str_of(perm)) : PERM_UNSET };
    return out->unit.id && out->perm;
}

static struct list places_of(struct arena *a, const json_t *all)
{
    const json_t        *more = json_object_get(all, "more");
    struct notify_place *at = ARENA_ARRAY(a, json_array_size(more) + 1, struct notify_place);
    size_t               n = place_of(all, at);
    for (size_t i = 0; i < json_array_size(more); i++)
        n += place_of(json_array_get(more, i), &at[n]);
    return (struct list){ at, n };
}

err notify_address_read(struct arena *a, struct str params, struct address *out)
{
    json_t *all = json_loadb(params.ptr ? params.ptr : "", params.len, 0, NULL);
    *out = (struct address){ .places = places_of(a, all), .person = id_of(all, "person"), .by = id_of(all, "by"), .words = words_of(a, all) };
    const char *audience = json_string_value(json_object_get(all, "audience"));
    out->audience = str_copy(a, str_of(audience));
    out->except = id_of(all, "except");
    json_decref(all);
    return out->person || out->audience.ptr || out->places.len ? OK : FAIL(ERR_BAD_REQUEST);
}

ms notify_next_try(int64_t tries, ms now)
{
    if (tries >= NOTIFY_TRIES_MOST)
        return 0;
    ms wait = NOTIFY_FIRST_WAIT << tries;
    return now + (wait < NOTIFY_WAIT_MOST ? wait : NOTIFY_WAIT_MOST);
}
