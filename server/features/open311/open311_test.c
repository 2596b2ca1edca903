/* Tests of the writer: the two formats of the standard say the same, whatever the text holds. The calls: tests/api/open311.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "document.h"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str written(enum doc_format format, struct str text)
{
    struct doc *d = doc_begin(arena, format);
    doc_list(d, "services");
    doc_item(d, "service");
    doc_str(d, "name", text);
    doc_str(d, "none", STR_NONE);
    doc_bool(d, "metadata", true);
    doc_i64(d, "order", 7);
    doc_real(d, "lat", true, 31.2);
    doc_real(d, "long", false, 0);
    doc_list(d, "formats");
    doc_entry(d, "format", STR("a"));
    doc_end(d);
    return doc_finish(d);   /* closes what is open */
}

static void json_and_xml_say_the_same(void **state)
{
    (void)state;
    assert_string_equal(written(DOC_JSON, STR("路灯 <1> & \"2\"")).ptr,
                        "[{\"name\":\"路灯 <1> & \\\"2\\\"\",\"none\":null,\"metadata\":true,\"order\":7,\"lat\":31.2,\"long\":null,"
                        "\"formats\":[\"a\"]}]");
    assert_string_equal(written(DOC_XML, STR("路灯 <1> & \"2\"")).ptr,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<services><service><name>路灯 &lt;1&gt; &amp; &quot;2&quot;</name><none/>"
                        "<metadata>true</metadata><order>7</order><lat>31.2</lat><long/><formats><format>a</format></formats>"
                        "</service></services>\n");
}

static void what_xml_cannot_hold_is_replaced(void **state)
{
    (void)state;
    assert_string_equal(doc_clean(arena, STR("a\x01"
                                             "b\xEF\xBF\xBE"
                                             "c\xEF\xBF\xBF")).ptr, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c\xEF\xBF\xBD");
    struct str same = STR("行\n列\t\xEF\xBF\xBD 😀");
    assert_ptr_equal(doc_clean(arena, same).ptr, same.ptr);
    assert_non_null(strstr(written(DOC_XML, STR("x\x02y")).ptr, "<name>x\xEF\xBF\xBDy</name>"));
}

static void too_deep_is_no_document(void **state)
{
    (void)state;
    for (int format = DOC_XML; format <= DOC_JSON; format++) {
        struct doc *d = doc_begin(arena, (enum doc_format)format);
        for (int i = 0; i < 20; i++)
            doc_item(d, "deeper");
        assert_null(doc_finish(d).ptr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_and_xml_say_the_same),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
        cmocka_unit_test(too_deep_is_no_document),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
