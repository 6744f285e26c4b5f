/* SPDX-License-Identifier: MIT */
/* Strict integers. */
#include "suite.h"
#include "util/num.h"

#include <string.h>

static const struct {
    const char *text;
    unsigned flags;
    uint64_t min, max;
    int result;
    uint64_t value;
} unsigned_cases[] = {
    {"0", 0, 0, 10, 0, 0},
    {"7", 0, 0, 10, 0, 7},
    {"10", 0, 0, 10, 0, 10},
    {"11", 0, 0, 10, NUM_E_RANGE, 0},
    {"0", 0, 1, 10, NUM_E_RANGE, 0},
    {"18446744073709551615", 0, 0, UINT64_MAX, 0, UINT64_MAX},
    {"18446744073709551616", 0, 0, UINT64_MAX, NUM_E_RANGE, 0},
    {"18446744073709551625", 0, 0, UINT64_MAX, NUM_E_RANGE, 0},
    {"99999999999999999999999999999999", 0, 0, UINT64_MAX, NUM_E_RANGE, 0},
    {"36893488147419103233", 0, 0, UINT64_MAX, NUM_E_RANGE, 0},  /* wraps to 1 */
    {"184467440737095516165", 0, 0, UINT64_MAX, NUM_E_RANGE, 0}, /* wraps to 0, then one digit more */
    {"99999999999999999999999999x", 0, 0, UINT64_MAX, NUM_E_SYNTAX, 0},
    {"", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"", NUM_LEADING_ZEROS, 0, 10, NUM_E_SYNTAX, 0},
    {"+5", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"-5", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"-5", NUM_MINUS, 0, 10, NUM_E_SYNTAX, 0},
    {" 5", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"5 ", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"5x", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"0x5", NUM_LEADING_ZEROS, 0, 10, NUM_E_SYNTAX, 0},
    {"1e1", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"1.0", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"1,0", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"05", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"00", 0, 0, 10, NUM_E_SYNTAX, 0},
    {"05", NUM_LEADING_ZEROS, 0, 10, 0, 5},
    {"00", NUM_LEADING_ZEROS, 0, 10, 0, 0},
    {"000000000000000000000000000000009", NUM_LEADING_ZEROS, 0, 10, 0, 9},
    {"\xd9\xa5", 0, 0, 10, NUM_E_SYNTAX, 0}, /* ARABIC-INDIC DIGIT FIVE */
    {"/", 0, 0, 99, NUM_E_SYNTAX, 0},        /* the neighbours of the digits in ASCII */
    {":", 0, 0, 99, NUM_E_SYNTAX, 0},
};

START_TEST(num_unsigned)
{
    uint64_t got = 4242;
    int r = num_parse_u64(unsigned_cases[_i].text, strlen(unsigned_cases[_i].text), unsigned_cases[_i].flags,
                          unsigned_cases[_i].min, unsigned_cases[_i].max, &got);
    ck_assert_msg(r == unsigned_cases[_i].result, "%s: %d", unsigned_cases[_i].text, r);
    ck_assert_uint_eq(got, r ? 4242 : unsigned_cases[_i].value);
}
END_TEST

static const struct {
    const char *text;
    unsigned flags;
    int64_t min, max;
    int result;
    int64_t value;
} signed_cases[] = {
    {"5", 0, -9, 9, 0, 5},
    {"-5", NUM_MINUS, -9, 9, 0, -5},
    {"-5", 0, -9, 9, NUM_E_SYNTAX, 0},
    {"-0", NUM_MINUS, -9, 9, 0, 0},
    {"-10", NUM_MINUS, -9, 9, NUM_E_RANGE, 0},
    {"10", NUM_MINUS, -9, 9, NUM_E_RANGE, 0},
    {"9223372036854775807", 0, INT64_MIN, INT64_MAX, 0, INT64_MAX},
    {"9223372036854775808", 0, INT64_MIN, INT64_MAX, NUM_E_RANGE, 0},
    {"-9223372036854775808", NUM_MINUS, INT64_MIN, INT64_MAX, 0, INT64_MIN},
    {"-9223372036854775809", NUM_MINUS, INT64_MIN, INT64_MAX, NUM_E_RANGE, 0},
    {"-18446744073709551617", NUM_MINUS, INT64_MIN, INT64_MAX, NUM_E_RANGE, 0},
    {"-", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"--5", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"-+5", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"- 5", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"-05", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"-05", NUM_MINUS | NUM_LEADING_ZEROS, -9, 9, 0, -5},
    {"5-", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"", NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0},
    {"\xe2\x88\x92"
     "5",
     NUM_MINUS, -9, 9, NUM_E_SYNTAX, 0}, /* MINUS SIGN U+2212 */
};

START_TEST(num_signed)
{
    int64_t got = 4242;
    int r = num_parse_i64(signed_cases[_i].text, strlen(signed_cases[_i].text), signed_cases[_i].flags,
                          signed_cases[_i].min, signed_cases[_i].max, &got);
    ck_assert_msg(r == signed_cases[_i].result, "%s: %d", signed_cases[_i].text, r);
    ck_assert_int_eq(got, r ? 4242 : signed_cases[_i].value);
}
END_TEST

START_TEST(num_reads_only_its_length)
{
    uint64_t got = 0;
    ck_assert_int_eq(num_parse_u64("1234", 2, NUM_PLAIN, 0, 99, &got), 0);
    ck_assert_uint_eq(got, 12);
    ck_assert_int_eq(num_parse_u64("1\0002", 3, NUM_PLAIN, 0, 999, &got), NUM_E_SYNTAX);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("num");
    SUITE_ADD(s, "length", num_reads_only_its_length);
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, num_unsigned, unsigned_cases);
    SUITE_LOOP(tc, num_signed, signed_cases);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
