/* Fuzzes what is read out of headers: the guard, the negotiation, entity tags. The input is a list of "Name: value" lines. */
#include "fuzz.h"

#include "../../server/http/exchange.h"

static void read_all(struct arena *a, const struct headers *h)
{
    static const char *const types[] = { "text/html", "application/json" };
    enum coding coding = accept_encoding(h->value[H_ACCEPT_ENCODING]);
    enum lang   lang = accept_language(h->value[H_ACCEPT_LANGUAGE]);
    fuzz_must(coding <= CODING_BR && (lang == LANG_ZH || lang == LANG_EN));
    for (size_t i = 0; i < 2; i++) {
        int q = accept_type(h->value[H_ACCEPT], types[i]);
        fuzz_must(q >= -1 && q <= 1000);
    }
    fuzz_must(if_match_version(h->value[H_IF_MATCH]) >= -1);
    struct str tag = etag_make(a, 5, h->value[H_IF_MATCH]);
    etag_among(h->value[H_IF_NONE_MATCH], tag);
    headers_cross_origin(h);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena  *a = arena_new(0);
    struct headers h = { 0 };
    struct str     rest = { (const char *)bytes, n };
    while (rest.ptr) {
        struct str value = str_cut(&rest, '\n'), name = str_cut(&value, ':');
        headers_add(&h, name, value.ptr ? value : STR(""));
    }
    if (!failed(headers_guard(&h))) {
        fuzz_must(h.times[H_HOST] == 1 && !h.malformed && h.times[H_CONTENT_LENGTH] <= 1);
        fuzz_must(!(h.value[H_CONTENT_LENGTH].ptr && h.value[H_TRANSFER_ENCODING].ptr));
    }
    read_all(a, &h);
    arena_free(a);
    return 0;
}
