/* Tests of numbers, proofs and what a gateway is sent; the way through: tests/api/phone.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "phone_parts.h"

#define T0 ((ms)1764000000000)

static struct arena *arena;
static struct keys   keys = { .search = { 1 }, .cursor = { 2 } };

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

#define assert_str(s, z) assert_string_equal(str_z(arena, s), z)

static void numbers(void **state)
{
    static const char *const good[] = { "13800001234", "138 0000 1234", "138-0000-1234", "+86 138 0000 1234", "+8613800001234", "008613800001234",
                                        "8613800001234", "(138) 00001234" };
    static const char *const bad[] = { "", "1380000123", "138000012345", "23800001234", "12800001234", "010-12345678", "a@example.org", "+1 212 555 0100",
                                       "0012125550100", "13800001234\n", "138000o1234", "+86 010 12345678" };
    struct str out;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (failed(phone_number(arena, str_of(good[i]), false, &out)))
            fail_msg("%s", good[i]);
        assert_str(out, "13800001234");
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!failed(phone_number(arena, str_of(bad[i]), false, &out)))
            fail_msg("%s", bad[i]);
}

static void abroad(void **state)
{
    struct str out;
    (void)state;
    assert_false(failed(phone_number(arena, STR("+1 212 555 0100"), true, &out)));
    assert_str(out, "+12125550100");
    assert_false(failed(phone_number(arena, STR("00852 5123 4567"), true, &out)));
    assert_str(out, "+85251234567");
    assert_false(failed(phone_number(arena, STR("+86 13800001234"), true, &out)));
    assert_str(out, "13800001234");
    assert_true(failed(phone_number(arena, STR("2125550100"), true, &out)));
    assert_true(failed(phone_number(arena, STR("+86 10 1234 5678"), true, &out)));
}

static void a_code_is_six_digits(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct str code = phone_new_code(arena);
        assert_int_equal(code.len, PHONE_CODE_DIGITS);
        for (size_t k = 0; k < code.len; k++)
            assert_in_range(code.ptr[k], '0', '9');
    }
}

static void a_proof_is_for_its_number_and_its_day(void **state)
{
    struct str   mine = STR("13800001234"), other = STR("13800001235");
    struct str   proof = phone_proof(arena, &keys, mine, T0 + MS_DAY);
    struct keys  others = { .cursor = { 3 } };
    struct str   later = str_fmt(arena, "%lld%.*s", (long long)(T0 + 9 * MS_DAY), (int)(proof.len - 13), proof.ptr + 13);
    (void)state;
    assert_int_equal(phone_proof_read(arena, &keys, mine, proof, T0), PROOF_GOOD);
    assert_int_equal(phone_proof_read(arena, &keys, mine, proof, T0 + MS_DAY), PROOF_OLD);
    assert_int_equal(phone_proof_read(arena, &keys, other, proof, T0), PROOF_OTHER);
    assert_int_equal(phone_proof_read(arena, &others, mine, proof, T0), PROOF_OTHER);
    assert_int_equal(phone_proof_read(arena, &keys, mine, later, T0), PROOF_OTHER);
    assert_int_equal(phone_proof_read(arena, &keys, mine, STR(""), T0), PROOF_OTHER);
    assert_int_equal(phone_proof_read(arena, &keys, mine, STR("1764086400000"), T0), PROOF_OTHER);
    assert_int_equal(phone_proof_read(arena, &keys, mine, STR("1764086400000."), T0), PROOF_OTHER);
}

static void hashes_are_of_one_code_alone(void **state)
{
    struct str one = phone_code_hash(arena, &keys, 1, STR("123456"));
    (void)state;
    assert_true(crypto_same(one, phone_code_hash(arena, &keys, 1, STR("123456"))));
    assert_false(crypto_same(one, phone_code_hash(arena, &keys, 2, STR("123456"))));
    assert_false(crypto_same(one, phone_code_hash(arena, &keys, 1, STR("123457"))));
}

static void what_a_gateway_is_sent(void **state)
{
    const struct phone_words w = { STR("13800001234"), STR("012345"), STR("k\"ey&=") };
    (void)state;
    assert_str(phone_body(arena, PHONE_JSON, STR("{\"to\":\"{phone}\",\"key\":\"{secret}\",\"vars\":{\"code\":\"{code}\",\"m\":{minutes}}}"), &w),
               "{\"to\":\"13800001234\",\"key\":\"k\\\"ey&=\",\"vars\":{\"code\":\"012345\",\"m\":5}}");
    assert_str(phone_body(arena, PHONE_FORM, STR("apikey={secret}&mobile={phone}&text=【街道】验证码{code}"), &w),
               "apikey=k%22ey%26%3D&mobile=13800001234&text=%E3%80%90%E8%A1%97%E9%81%93%E3%80%91%E9%AA%8C%E8%AF%81%E7%A0%81012345");
    assert_null(phone_body(arena, PHONE_JSON, STR("{\"to\":{phone}"), &w).ptr);
    assert_null(phone_body(arena, PHONE_JSON, STR("[\"{phone}\"]"), &w).ptr);
    assert_null(phone_body(arena, PHONE_FORM, STR("{phone}{code}"), &w).ptr);
    assert_null(phone_body(arena, PHONE_FORM, STR(""), &w).ptr);
    assert_str(phone_header(arena, STR("Authorization: Bearer {secret}"), STR("abc")), "Authorization: Bearer abc");
    assert_str(phone_header(arena, STR("X-A: {other} {"), STR("abc")), "X-A: {other} {");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(abroad),
        cmocka_unit_test(a_code_is_six_digits),
        cmocka_unit_test(a_proof_is_for_its_number_and_its_day),
        cmocka_unit_test(hashes_are_of_one_code_alone),
        cmocka_unit_test(what_a_gateway_is_sent),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
