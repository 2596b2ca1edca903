/* Tests of the HTTP layer's parts that need no socket. Over the wire: tests/api/http.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>

#include "../base/crypto.h"
#include "../base/jsonw.h"
#include "exchange.h"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    return failed(crypto_start());
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void assert_str(struct str got, const char *want)
{
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.ptr, want, got.len);
}

/* ---- negotiation ---- */

static void languages_by_quality(void **state)
{
    static const struct { const char *header; enum lang want; } rows[] = {
        { "en", LANG_EN }, { "zh-CN,zh;q=0.9,en;q=0.8", LANG_ZH }, { "en-GB;q=0.7, zh;q=0.3", LANG_EN }, { "en;q=0.3, zh-TW;q=0.7", LANG_ZH },
        { "EN-us", LANG_EN }, { "fr, de;q=0.9, en;q=0.1", LANG_EN }, { "fr", LANG_ZH }, { "", LANG_ZH }, { "*", LANG_ZH },
        { "en;q=0, *;q=0.1", LANG_ZH }, { "en;q=0.5, *;q=0.4", LANG_EN }, { "en, zh", LANG_EN }, { "zh, en", LANG_ZH },
        { "en;q=1.001", LANG_ZH }, { "en;q=2", LANG_ZH }, { "en;q=0.5x, zh;q=0.1", LANG_ZH }, { "en ; q=0.9 , zh ; q=0.8", LANG_EN },
        { "en;level=1;q=0.2, zh;q=0.1", LANG_EN }, { ",,;q=1,en", LANG_EN }, { "english", LANG_ZH },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (accept_language(str_of(rows[i].header)) != rows[i].want)
            fail_msg("Accept-Language: %s", rows[i].header);
    assert_int_equal(accept_language(STR_NONE), LANG_ZH);
}

static void codings_by_quality(void **state)
{
    static const struct { const char *header; enum coding want; } rows[] = {
        { "gzip, deflate, br", CODING_BR }, { "gzip", CODING_GZIP }, { "br;q=0.1, gzip", CODING_GZIP }, { "br;q=0, gzip;q=0", CODING_NONE },
        { "", CODING_NONE }, { "identity", CODING_NONE }, { "*", CODING_BR }, { "*;q=0", CODING_NONE }, { "br;q=0, *", CODING_GZIP },
        { "identity, gzip;q=0.5", CODING_NONE }, { "gzip;q=1.0, identity;q=0.5", CODING_GZIP }, { "deflate", CODING_NONE },
        { "BR", CODING_BR }, { "gzip;q=0.000", CODING_NONE }, { "x-gzip", CODING_GZIP }, { "gzipped", CODING_NONE },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (accept_encoding(str_of(rows[i].header)) != rows[i].want)
            fail_msg("Accept-Encoding: %s", rows[i].header);
    assert_int_equal(accept_encoding(STR_NONE), CODING_NONE);
}

static void types_by_fit(void **state)
{
    (void)state;
    struct str browser = STR("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    assert_int_equal(accept_type(browser, "text/html"), 1000);
    assert_int_equal(accept_type(browser, "text/plain"), 800);
    assert_int_equal(accept_type(STR("text/*;q=0.3, text/html;q=0.7, */*;q=0.5"), "text/html"), 700);
    assert_int_equal(accept_type(STR("text/*;q=0.3, */*;q=0.5"), "text/html"), 300);
    assert_int_equal(accept_type(STR("application/json"), "text/html"), -1);
    assert_int_equal(accept_type(STR_NONE, "text/html"), -1);
}

static void coded_bodies(void **state)
{
    (void)state;
    struct buf b = buf_new(arena, 0);
    for (int i = 0; i < 1000; i++)
        buf_fmt(&b, "{\"id\":\"%d\",\"text\":\"same\"},", i);
    struct str br = body_compress(arena, CODING_BR, buf_view(&b)), gzip = body_compress(arena, CODING_GZIP, buf_view(&b));
    assert_true(br.ptr && br.len * 3 < b.len);
    assert_true(gzip.ptr && gzip.len * 3 < b.len);
    unsigned char noise[2000];
    crypto_random(noise, sizeof noise);
    assert_null(body_compress(arena, CODING_GZIP, (struct str){ (char *)noise, sizeof noise }).ptr);
    assert_null(body_compress(arena, CODING_BR, (struct str){ (char *)noise, sizeof noise }).ptr);
}

/* ---- the guard ---- */

/* "Name: value" lines; "|" parts them. */
static struct headers headers_of(const char *lines)
{
    struct headers h = { 0 };
    struct str     rest = str_of(lines);
    while (rest.ptr) {
        struct str value = str_cut(&rest, '|'), name = str_cut(&value, ':');
        headers_add(&h, name, value.ptr ? str_trim(value) : STR(""));
    }
    return h;
}

static void guard(void **state)
{
    static const struct { const char *lines; enum err_code want; } rows[] = {
        { "Host: a", ERR_NONE }, { "host: a", ERR_NONE }, { "Host: a|Content-Length: 5", ERR_NONE },
        { "Host: a|Transfer-Encoding: Chunked", ERR_NONE }, { "Accept: x", ERR_BAD_REQUEST }, { "Host: a|Host: a", ERR_BAD_REQUEST },
        { "Host:", ERR_BAD_REQUEST }, { "Host: a|Content-Length: 5|content-length: 5", ERR_BAD_REQUEST },
        { "Host: a|Content-Length: 5|Transfer-Encoding: chunked", ERR_BAD_REQUEST },
        { "Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked", ERR_BAD_REQUEST },
        { "Host: a|Transfer-Encoding: gzip, chunked", ERR_BAD_REQUEST }, { "Host: a|Transfer-Encoding: identity", ERR_BAD_REQUEST },
        { "Host: a|Content-Length: +5", ERR_BAD_REQUEST }, { "Host: a|Content-Length: 5,5", ERR_BAD_REQUEST },
        { "Host: a|Content-Length:", ERR_BAD_REQUEST }, { "Host: a|Content-Length: 9999999999999999999", ERR_BAD_REQUEST },
        { "Host: a|X A: 1", ERR_BAD_REQUEST }, { "Host: a|X-A : 1", ERR_BAD_REQUEST }, { "Host: a|: 1", ERR_BAD_REQUEST },
        { "Host: a|X-A: a\x01", ERR_BAD_REQUEST }, { "Host: a|X-A: a\tb", ERR_NONE }, { "Host: a|X-A: \xE5\x9E\x83", ERR_NONE },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct headers h = headers_of(rows[i].lines);
        if (headers_guard(&h).code != rows[i].want)
            fail_msg("%s", rows[i].lines);
    }
}

static void guard_of_size(void **state)
{
    (void)state;
    struct headers h = headers_of("Host: a");
    char           long_value[17000];
    memset(long_value, 'a', sizeof long_value);
    headers_add(&h, STR("X-A"), (struct str){ long_value, 8000 });
    assert_int_equal(headers_guard(&h).code, ERR_NONE);
    headers_add(&h, STR("X-B"), (struct str){ long_value, 1000 });
    assert_int_equal(headers_guard(&h).code, ERR_HEADERS_TOO_LARGE);
    h = headers_of("Host: a");
    for (int i = 0; i < 100; i++)
        headers_add(&h, STR("X-A"), STR("a"));
    assert_int_equal(headers_guard(&h).code, ERR_HEADERS_TOO_LARGE);
}

static void lengths(void **state)
{
    (void)state;
    struct headers none = headers_of("Host: a"), some = headers_of("Host: a|Content-Length: 123");
    assert_int_equal(headers_length(&none), -1);
    assert_int_equal(headers_length(&some), 123);
}

static void origins(void **state)
{
    static const struct { const char *lines; bool cross; } rows[] = {
        { "Host: a", false }, { "Host: a|Origin: http://a", false }, { "Host: a:81|Origin: http://a:81", false },
        { "Host: a:443|Origin: https://a", false }, { "Host: a:80|Origin: http://a", false }, { "Host: A|Origin: https://a", false },
        { "Host: a:80|Origin: https://a", true }, { "Host: a|Origin: http://b", true }, { "Host: a|Origin: null", true },
        { "Host: a|Origin: http://a.b", true }, { "Host: a|Origin: http://xa", true }, { "Host: a|Origin: ftp://a", true },
        { "Host: a|Origin:", true }, { "Host: a|Sec-Fetch-Site: cross-site", true }, { "Host: a|Sec-Fetch-Site: same-origin", false },
        { "Host: a|Sec-Fetch-Site: none", false }, { "Host: a:81|Origin: http://a", true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct headers h = headers_of(rows[i].lines);
        if (headers_cross_origin(&h) != rows[i].cross)
            fail_msg("%s", rows[i].lines);
    }
}

static void media_types(void **state)
{
    (void)state;
    assert_true(media_is(STR("application/json"), "application/json"));
    assert_true(media_is(STR("Application/JSON ; charset=utf-8"), "application/json"));
    assert_false(media_is(STR("application/jsonp"), "application/json"));
    assert_false(media_is(STR_NONE, "application/json"));
}

/* ---- entity tags ---- */

static void versions_from_tags(void **state)
{
    static const struct { const char *tag; int64_t want; } rows[] = {
        { "\"v12\"", 12 }, { "\"12\"", 12 }, { "12", 12 }, { "v12", 12 }, { "W/\"v12\"", 12 }, { " \"v12-0123456789abcdef\" ", 12 },
        { "*", 0 }, { "", -1 }, { "\"\"", -1 }, { "\"v\"", -1 }, { "\"v-5\"", -1 }, { "\"vv5\"", -1 }, { "\"v5", -1 }, { "\"v0\"", -1 },
        { "\"v99999999999999999999\"", -1 }, { "\"v5\", \"v6\"", -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (if_match_version(str_of(rows[i].tag)) != rows[i].want)
            fail_msg("If-Match: %s", rows[i].tag);
    assert_int_equal(if_match_version(STR_NONE), 0);
}

static void tags(void **state)
{
    (void)state;
    struct str a = etag_make(arena, 3, STR("body")), b = etag_make(arena, 3, STR("bodz")), c = etag_make(arena, 0, STR("body"));
    assert_true(str_starts(a, "\"v3-") && str_ends(a, "\""));
    assert_int_equal(a.len, 21);
    assert_int_equal(c.len, 18);
    assert_false(str_eq(a, b));
    assert_int_equal(if_match_version(a), 3);
    assert_true(etag_among(a, a));
    assert_true(etag_among(str_fmt(arena, "\"x\" , W/%.*s", STR_ARG(a)), a));
    assert_true(etag_among(STR("*"), a));
    assert_false(etag_among(b, a));
    assert_false(etag_among(STR_NONE, a));
    assert_false(etag_among(STR("*"), STR_NONE));
    /* Every byte counts, also behind the last whole word. */
    char body[40] = { 0 };
    for (size_t i = 0; i < sizeof body; i++) {
        struct str before = etag_make(arena, 0, (struct str){ body, sizeof body });
        body[i] = 1;
        assert_false(str_eq(before, etag_make(arena, 0, (struct str){ body, sizeof body })));
    }
}

/* ---- targets ---- */

static void targets(void **state)
{
    static const struct { const char *target; enum err_code want; const char *whole; } rows[] = {
        { "/", ERR_NONE, "/" }, { "/a/b", ERR_NONE, "/a/b" }, { "/a%20b?x=%zz", ERR_NONE, "/a b" }, { "/%e5%9e%83", ERR_NONE, "/垃" },
        { "/%2541", ERR_NONE, "/%41" }, { "/a/", ERR_NONE, "/a/" }, { "/...", ERR_NONE, "/..." }, { "/a%", ERR_BAD_REQUEST, "" },
        { "/a%4", ERR_BAD_REQUEST, "" }, { "/a%4g", ERR_BAD_REQUEST, "" }, { "/%00", ERR_BAD_REQUEST, "" }, { "/%0a", ERR_BAD_REQUEST, "" },
        { "/a/../b", ERR_BAD_REQUEST, "" }, { "/%2e%2E/b", ERR_BAD_REQUEST, "" }, { "/./b", ERR_BAD_REQUEST, "" },
        { "/a%2fb", ERR_BAD_REQUEST, "" }, { "/a%5cb", ERR_BAD_REQUEST, "" }, { "/a\\b", ERR_BAD_REQUEST, "" },
        { "/%ff", ERR_BAD_REQUEST, "" }, { "/%c0%ae", ERR_BAD_REQUEST, "" }, { "/%ed%a0%80", ERR_BAD_REQUEST, "" },
        { "/a b", ERR_BAD_REQUEST, "" }, { "/a#b", ERR_BAD_REQUEST, "" }, { "", ERR_BAD_REQUEST, "" }, { "*", ERR_BAD_REQUEST, "" },
        { "http://x/", ERR_BAD_REQUEST, "" }, { "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h", ERR_NOT_FOUND, "" },
    };
    (void)state;
    struct path p;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        err e = path_read(arena, str_of(rows[i].target), &p);
        if (e.code != rows[i].want || (!failed(e) && !str_is(p.whole, rows[i].whole)))
            fail_msg("%s", rows[i].target);
    }
    assert_int_equal(path_read(arena, STR("/a/b?x=1?y"), &p).code, ERR_NONE);
    assert_int_equal(p.len, 2);
    assert_str(p.segment[1], "b");
    assert_str(p.query, "x=1?y");
}

/* ---- tables and matcher ---- */

static err handler(struct req *r)
{
    return reply_none(r);
}

struct sample { struct str text; int64_t number; };
static const struct field sample_fields[] = {
    FIELD_STR(struct sample, text, 1, 10, REQUIRED, "Some text"),
    FIELD_I64(struct sample, number, 1, 9, 0, "Some number"),
    FIELD_END
};

#define PUBLIC(method_, path_) \
    { method_, path_, handler, .perm = PERM_PUBLIC, .reply_kind = REPLY_NONE, .summary = "s", .tag = "t" }

static const struct route sample_routes[] = {
    PUBLIC(GET, "/api/v1/areas"),
    PUBLIC(POST, "/api/v1/areas"),
    PUBLIC(GET, "/api/v1/areas/tree"),
    PUBLIC(GET, "/api/v1/areas/:id"),
    PUBLIC(PATCH, "/api/v1/areas/:id"),
    PUBLIC(POST, "/api/v1/areas/:id/close"),
    PUBLIC(GET, "/api/v1/areas.geojson"),
    PUBLIC(GET, "/api/v1/settings/*key/history"),
    PUBLIC(GET, "/api/v1/people/:id/posts/:post"),
    PUBLIC(GET, "/"),
    ROUTE_END
};
static const struct route *const sample_tables[] = { sample_routes, NULL };

static struct match match(const char *target, enum method m)
{
    static struct router *router;
    struct path           p;
    struct match          found;
    if (!router)
        router = router_new(arena, sample_tables);
    assert_int_equal(path_read(arena, str_of(target), &p).code, ERR_NONE);
    router_match(router, &p, m, &found);
    return found;
}

static void matcher(void **state)
{
    static const struct { enum method method; const char *target, *want; } rows[] = {
        { GET, "/api/v1/areas", "/api/v1/areas" }, { GET, "/api/v1/areas/tree", "/api/v1/areas/tree" },
        { GET, "/api/v1/areas/7", "/api/v1/areas/:id" }, { POST, "/api/v1/areas/7/close", "/api/v1/areas/:id/close" },
        { GET, "/api/v1/areas.geojson", "/api/v1/areas.geojson" }, { GET, "/api/v1/settings/case.days/history", "/api/v1/settings/*key/history" },
        { GET, "/api/v1/people/5/posts/6", "/api/v1/people/:id/posts/:post" }, { GET, "/", "/" },
        { GET, "/api/v1/areas/x", NULL }, { GET, "/api/v1/areas/0", NULL }, { GET, "/api/v1/areas/-1", NULL }, { GET, "/api/v1/areas/7/", NULL },
        { GET, "/api/v1/areas/9223372036854775808", NULL }, { GET, "/api/v1", NULL }, { GET, "/api/v1/settings//history", NULL },
        { DELETE, "/api/v1/areas/7", NULL }, { GET, "//", NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct match m = match(rows[i].target, rows[i].method);
        if ((m.entry == NULL) != (rows[i].want == NULL) || (m.entry && strcmp(m.entry->route->path, rows[i].want) != 0))
            fail_msg("%s", rows[i].target);
    }
    struct match m = match("/api/v1/people/5/posts/6", GET);
    assert_int_equal(m.param[0], 5);
    assert_int_equal(m.param[1], 6);
    m = match("/api/v1/settings/%E8%AE%BE/history", GET);
    assert_str(m.text[0], "设");
    m = match("/api/v1/areas/7", DELETE);
    assert_int_equal(m.allow, 1u << GET | 1u << PATCH);
}

static bool refused(struct route r)
{
    const struct route        table[] = { r, ROUTE_END };
    const struct route *const tables[] = { table, NULL };
    return failed(route_check(tables));
}

static void tables_refused(void **state)
{
    (void)state;
    struct route good = { GET, "/a", handler, .perm = PERM_CASE_READ, .scope = SCOPE_ANY, .tx = TX_READ, .reply_kind = REPLY_NONE,
                          .summary = "s", .tag = "t" };
    struct route r;
    assert_false(refused(good));
#define REFUSED(change) (r = good, change, refused(r))
    assert_true(REFUSED(r.perm = PERM_UNSET));
    assert_true(REFUSED(r.perm = PERM_COUNT));
    assert_true(REFUSED(r.handler = NULL));
    assert_true(REFUSED(r.scope = SCOPE_UNSET));
    assert_true(REFUSED(r.perm = PERM_PUBLIC));
    assert_true(REFUSED(r.scope = SCOPE_SELF));
    assert_true(REFUSED(r.path = "a"));
    assert_true(REFUSED(r.path = "/a//b"));
    assert_true(REFUSED(r.path = "/a/"));
    assert_true(REFUSED(r.path = "/:a/:b/:c/:d/:e"));
    assert_true(REFUSED(r.summary = NULL));
    assert_true(REFUSED(r.tag = ""));
    assert_true(REFUSED(r.tx = TX_WRITE));
    assert_true(REFUSED(r.body_kind = BODY_JSON));
    assert_true(REFUSED((r.method = POST, r.body_kind = BODY_UPLOAD)));
    assert_true(REFUSED((r.method = POST, r.body_kind = BODY_JSON)));
    assert_true(REFUSED(r.flags = ROUTE_IDEMPOTENT));
    assert_true(REFUSED((r.method = POST, r.flags = ROUTE_IDEMPOTENT)));
    assert_false(REFUSED((r.method = POST, r.tx = TX_WRITE, r.flags = ROUTE_IDEMPOTENT)));
    assert_true(REFUSED(r.reply_kind = REPLY_VIEW));
    assert_true(REFUSED(r.reply_kind = REPLY_BYTES));
    assert_true(REFUSED(r.query = sample_fields));
#undef REFUSED
    struct field many[66];
    for (size_t i = 0; i < 65; i++)
        many[i] = sample_fields[1];
    many[65] = (struct field)FIELD_END;
    r = good;
    r.query = many;
    r.query_size = sizeof(struct sample);
    assert_true(refused(r));
}

static void tables_with_one_path_twice(void **state)
{
    (void)state;
    const struct route one[] = { PUBLIC(GET, "/a/:id"), PUBLIC(POST, "/a/:id"), PUBLIC(GET, "/a/*id"), PUBLIC(GET, "/a/b"), ROUTE_END };
    const struct route two[] = { PUBLIC(GET, "/a/:other"), ROUTE_END };
    assert_false(failed(route_check((const struct route *const[]){ one, NULL })));
    assert_true(failed(route_check((const struct route *const[]){ one, two, NULL })));
}

/* ---- cursors, faults ---- */

static void cursors(void **state)
{
    (void)state;
    static const struct route here = { .path = "/here" }, there = { .path = "/there" };
    struct http               h = { .o.key = { 1, 2, 3 } };
    struct exchange           x = { .http = &h, .r = { .arena = arena, .route = &here } };
    int64_t                   a, b;
    struct str                c = req_cursor(&x.r, INT64_MIN, 42);
    assert_true(req_cursor_read(&x.r, c, &a, &b));
    assert_true(a == INT64_MIN && b == 42);
    for (size_t i = 0; i < c.len; i++) {
        char *changed = str_z(arena, c);
        changed[i] = changed[i] == '0' ? '1' : '0';
        assert_false(req_cursor_read(&x.r, str_of(changed), &a, &b));
    }
    assert_false(req_cursor_read(&x.r, STR(""), &a, &b));
    assert_false(req_cursor_read(&x.r, STR_NONE, &a, &b));
    assert_false(req_cursor_read(&x.r, (struct str){ c.ptr, c.len - 2 }, &a, &b));
    x.r.route = &there;
    assert_false(req_cursor_read(&x.r, c, &a, &b));
    x.r.route = &here;
    h.o.key[0] = 9;
    assert_false(req_cursor_read(&x.r, c, &a, &b));
}

static void fault_sentences(void **state)
{
    (void)state;
    assert_str(fault_text(arena, ERR_TOO_LONG, 50, LANG_EN), "This is too long (at most 50)");
    assert_str(fault_text(arena, ERR_TOO_SHORT, 2, LANG_ZH), "内容太短（至少 2）");
    assert_str(fault_text(arena, ERR_REQUIRED, 0, LANG_EN), "This is needed");
    assert_str(fault_text(arena, ERR_WRONG_TYPE, 7, LANG_ZH), "值的类型不对");
}

static void a_problem_keeps_only_the_advice_to_come_back(void **state)
{
    (void)state;
    struct exchange x = { .r = { .arena = arena, .id = STR("id1"), .lang = LANG_EN, .faults.arena = arena } };
    x.r.reply = &x.reply;
    reply_header(&x.r, "Set-Cookie", STR("a=b"));
    reply_header(&x.r, "Retry-After", STR("30"));
    reply_header(&x.r, "X-Other", STR("c"));
    reply_problem(&x.r, FAIL_AT(ERR_TAKEN, "name"));
    assert_int_equal(x.reply.status, 409);
    assert_string_equal(x.reply.lines->name, "Retry-After");
    assert_null(x.reply.lines->next);
    json_t *j = json_loadb(x.reply.body.ptr, x.reply.body.len, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(j, "code")), "taken");
    assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(j, "errors"), 0), "field")), "name");
    json_decref(j);
}

/* ---- documents ---- */

static const struct route document_routes[] = {
    { GET, "/api/v1/samples", handler, .perm = PERM_CASE_READ, .scope = SCOPE_ANY, .tx = TX_READ, ROUTE_QUERY(struct sample, sample_fields),
      .reply_kind = REPLY_LIST, .reply = sample_fields, .summary = "List samples", .tag = "sample" },
    { POST, "/api/v1/samples/:id", handler, .perm = PERM_UNIT_MANAGE, .scope = SCOPE_TENANT, .tx = TX_WRITE,
      ROUTE_BODY(struct sample, sample_fields), .reply_kind = REPLY_CREATED, .reply = sample_fields, .flags = ROUTE_IDEMPOTENT,
      ROUTE_ERRORS(ERR_CYCLE), .summary = "Make one", .tag = "sample" },
    ROUTE_END
};
static const struct route *const document_tables[] = { document_routes, NULL };

static json_t *at(json_t *j, const char *path)
{
    struct str rest = str_of(path);
    while (rest.ptr && j) {
        struct str key = str_cut(&rest, '|');
        int64_t    i;
        j = str_to_i64(key, &i) && json_is_array(j) ? json_array_get(j, (size_t)i) : json_object_getn(j, key.ptr, key.len);
    }
    return j;
}

static void document(void **state)
{
    (void)state;
    struct buf   b = buf_new(arena, 0);
    struct jsonw w = jsonw_on(&b);
    openapi_write(&w, document_tables, "1.2.3");
    json_t *j = json_loadb(b.ptr, b.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(j);
    assert_string_equal(json_string_value(at(j, "openapi")), "3.1.0");
    assert_string_equal(json_string_value(at(j, "info|version")), "1.2.3");
    json_t *list = at(j, "paths|/api/v1/samples|get");
    assert_string_equal(json_string_value(at(list, "operationId")), "get_samples");
    assert_string_equal(json_string_value(at(list, "parameters|0|name")), "text");
    assert_true(json_is_true(at(list, "parameters|0|required")));
    json_t *items = at(list, "responses|200|content|application/json|schema|properties|items");
    assert_string_equal(json_string_value(at(items, "type")), "array");
    /* Both routes answer the same view: described once. */
    assert_string_equal(json_string_value(at(items, "items|$ref")), "#/components/schemas/get_samples_view");
    assert_string_equal(json_string_value(at(j, "components|schemas|get_samples_view|properties|text|type")), "string");
    json_t *make = at(j, "paths|/api/v1/samples/{id}|post");
    assert_string_equal(json_string_value(at(make, "x-permission")), "unit.manage");
    assert_string_equal(json_string_value(at(make, "x-scope")), "tenant");
    assert_string_equal(json_string_value(at(make, "parameters|0|in")), "path");
    assert_string_equal(json_string_value(at(make, "responses|403|content|application/problem+json|schema|$ref")), "#/components/schemas/Problem");
    assert_non_null(strstr(json_string_value(at(make, "responses|422|description")), "cycle"));
    assert_non_null(at(make, "responses|201|content|application/json|schema"));
    assert_non_null(at(make, "requestBody|content|application/json|schema"));
    assert_int_equal(json_array_size(at(j, "paths|/healthz|get|security")), 0);
    json_decref(j);
}

static void page_of_permissions(void **state)
{
    (void)state;
    struct buf               b = buf_new(arena, 0);
    const struct role_column roles[] = { { "reader", PERM_BIT(PERM_CASE_READ) }, { "manager", PERM_BIT(PERM_UNIT_MANAGE) }, { NULL, 0 } };
    permissions_write(&b, document_tables, roles);
    buf_byte(&b, 0);
    assert_non_null(strstr(b.ptr, "| Method | Path | Permission | Where | reader | manager |\n"));
    assert_non_null(strstr(b.ptr, "| GET | `/api/v1/samples` | case.read | at some unit | ✓ |  |\n"));
    assert_non_null(strstr(b.ptr, "| POST | `/api/v1/samples/:id` | unit.manage | whole district |  | ✓ |\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_by_quality),
        cmocka_unit_test(codings_by_quality),
        cmocka_unit_test(types_by_fit),
        cmocka_unit_test(coded_bodies),
        cmocka_unit_test(guard),
        cmocka_unit_test(guard_of_size),
        cmocka_unit_test(lengths),
        cmocka_unit_test(origins),
        cmocka_unit_test(media_types),
        cmocka_unit_test(versions_from_tags),
        cmocka_unit_test(tags),
        cmocka_unit_test(targets),
        cmocka_unit_test(matcher),
        cmocka_unit_test(tables_refused),
        cmocka_unit_test(tables_with_one_path_twice),
        cmocka_unit_test(cursors),
        cmocka_unit_test(fault_sentences),
        cmocka_unit_test(a_problem_keeps_only_the_advice_to_come_back),
        cmocka_unit_test(document),
        cmocka_unit_test(page_of_permissions),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
