/* case_suggest.c: up to three categories that a text most likely belongs to. What was learnt from the closed cases speaks first; where nothing has been
 * learnt yet, categories whose name stands in the text. Never more than a suggestion: the form sends what the person chose. */
#include "case_suggest.h"

DB_SQL(case_closed_texts,
       "SELECT id, category_id, text FROM cases WHERE tenant_id = $1 AND state = $2 AND id < $3 AND id >> 44 <= CAST($3 AS BIGINT) >> 44 "
       "AND +category_id IS NOT NULL ORDER BY id >> 44 DESC, id DESC LIMIT $4")

/* ---- what is learnt from ---- */

static err closed_texts(struct db_conn *c, struct arena *a, int64_t tenant, int64_t *below, size_t most, struct list *out)
{
    struct db_rows         rows;
    struct suggest_sample *at = ARENA_ARRAY(a, most + 1, struct suggest_sample);
    *out = (struct list){ at, 0 };
    TRY(db_query(c, &case_closed_texts, DB_ARGS(I64(tenant), I64(CASE_CLOSED), I64(*below ? *below : INT64_MAX), I64((int64_t)most)), &rows));
    while (out->len < most && db_next(&rows)) {
        *below = db_i64(&rows, 0);
        at[out->len++] = (struct suggest_sample){ str_copy(a, db_text(&rows, 2)), db_i64(&rows, 1) };
    }
    return db_done(&rows);
}

const struct suggest_source case_suggest_source = { closed_texts };

/* ---- the answer ---- */

#define CONFIDENCE_LEAST 0.1   /* what is less likely than this is not worth a tap */

struct item { int64_t id; struct str name_zh, name_en; int64_t percent; struct strs words; };
static const struct field item_fields[] = {
    FIELD_ID(struct item, id, REQUIRED, "Category: a leaf in use"),
    FIELD_STR(struct item, name_zh, 0, 0, 0, "Its Chinese name"),
    FIELD_STR(struct item, name_en, 0, 0, 0, "Its English name"),
    FIELD_I64(struct item, percent, 0, 100, REQUIRED, "How likely, in a hundred; 0: not known, only its name stands in the text"),
    FIELD_STRS(struct item, words, 0, 0, REQUIRED, "Words of the text that speak for it"),
    FIELD_END
};
struct view { struct list items; int64_t learnt; };
const struct field case_suggest_view_fields[] = {
    FIELD_LIST(struct view, items, item_fields, struct item, 0, 0, REQUIRED, "At most three, the likeliest first; empty: say it by hand"),
    FIELD_I64(struct view, learnt, 0, 0, REQUIRED, "Closed cases that were learnt from; 0: nothing has been learnt yet, names alone speak"),
    FIELD_END
};
const struct field case_suggest_fields[] = {
    FIELD_STR(struct case_suggest_in, text, 1, 4000, REQUIRED | MULTILINE, "What happened, in the reporter's words"),
    FIELD_END
};

static struct item item_of(struct arena *a, const struct case_category *c, int64_t percent, const struct str *words, size_t n)
{
    struct str *copies = ARENA_ARRAY(a, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        copies[i] = str_copy(a, words[i]);
    return (struct item){ c->id, str_copy(a, c->name_zh), str_copy(a, c->name_en), percent, { copies, n } };
}

static bool in_use(const struct case_category *c)
{
    return c && c->leaf && !c->valid_to;
}

static void from_model(struct req *r, const struct case_snapshot *s, struct str text, struct view *v)
{
    const struct suggest_model *m = suggest_hold(r->app);
    struct suggest_guess        g[SUGGEST_GUESSES];
    struct item                *at = v->items.at;
    size_t                      n = m ? suggest_guess(m, r->arena, text, g) : 0;
    v->learnt = m ? (int64_t)suggest_learnt(m) : 0;
    for (size_t i = 0; i < n; i++) {
        const struct case_category *c = case_category_by_id(s, g[i].label);
        if (in_use(c) && g[i].confidence >= CONFIDENCE_LEAST)
            at[v->items.len++] = item_of(r->arena, c, (int64_t)(g[i].confidence * 100 + 0.5), g[i].words, g[i].word_count);
    }
    suggest_release(r->app, m);
}

/* The longest beginning of a name, of two letters or more, that stands in the text. */
static struct str named_part(struct str name, struct str text)
{
    for (size_t n = utf8_len(name); n >= 2; n--) {
        struct str  part = utf8_head(name, n);
        const char *at = memmem(text.ptr, text.len, part.ptr, part.len);
        if (at)
            return (struct str){ at, part.len };
    }
    return STR_NONE;
}

static void from_names(struct req *r, const struct case_snapshot *s, struct str text, struct view *v)
{
    struct item *at = v->items.at;
    for (size_t i = 0; i < s->category_count; i++) {
        struct str part = in_use(&s->categories[i]) ? named_part(s->categories[i].name_zh, text) : STR_NONE;
        size_t     place = v->items.len;
        while (part.len && place > 0 && at[place - 1].words.at[0].len < part.len)
            place--;
        if (!part.len || place == SUGGEST_GUESSES)
            continue;
        size_t kept = v->items.len < SUGGEST_GUESSES ? v->items.len : SUGGEST_GUESSES - 1;
        memmove(at + place + 1, at + place, (kept - place) * sizeof *at);
        at[place] = item_of(r->arena, &s->categories[i], 0, &part, 1);
        v->items.len = kept + 1;
    }
}

err case_suggest(struct req *r)
{
    const struct case_suggest_in *in = r->body;
    struct view                   v = { .items = { ARENA_ARRAY(r->arena, SUGGEST_GUESSES + 1, struct item), 0 } };
    const struct case_snapshot   *s = case_hold(r->app);
    from_model(r, s, in->text, &v);
    if (!v.learnt)
        from_names(r, s, in->text, &v);
    case_release(r->app, s);
    return reply_view(r, case_suggest_view_fields, &v, 0);
}
