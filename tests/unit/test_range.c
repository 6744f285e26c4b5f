/* SPDX-License-Identifier: MIT */
/* Range, If-Match and If-Range. */
#include "http/conditional.h"
#include "http/range.h"
#include "suite.h"

#include <inttypes.h>

#define SIZE 1000

static const struct {
    const char *field;
    int outcome;
    uint64_t first, length;
} ranges[] = {
    {"bytes=0-0", 0, 0, 1},
    {"bytes=0-99", 0, 0, 100},
    {"bytes=500-", 0, 500, 500},
    {"bytes=999-", 0, 999, 1},
    {"bytes=0-999", 0, 0, 1000},
    {"bytes=0-1000", 0, 0, 1000}, /* to the end, where that comes first */
    {"bytes=990-99999999999999999999999", 0, 990, 10},
    {"bytes=-1", 0, 999, 1},
    {"bytes=-1000", 0, 0, 1000},
    {"bytes=-1001", 0, 0, 1000},
    {"bytes=-99999999999999999999999", 0, 0, 1000},
    {"Bytes = 00-007", 0, 0, 8},
    {" bytes= 1 - 2 ", 0, 1, 2},
    {"bytes=1000-", RANGE_E_UNSATISFIABLE, 0, 0},
    {"bytes=1000-2000", RANGE_E_UNSATISFIABLE, 0, 0},
    {"bytes=99999999999999999999999-", RANGE_E_UNSATISFIABLE, 0, 0},
    {"bytes=-0", RANGE_E_UNSATISFIABLE, 0, 0},
    {NULL, RANGE_E_WHOLE, 0, 0},
    {"", RANGE_E_WHOLE, 0, 0},
    {"bytes", RANGE_E_WHOLE, 0, 0},
    {"bytes=", RANGE_E_WHOLE, 0, 0},
    {"bytes=-", RANGE_E_WHOLE, 0, 0},
    {"bytes=5", RANGE_E_WHOLE, 0, 0},
    {"bytes=2-1", RANGE_E_WHOLE, 0, 0},
    {"bytes=a-b", RANGE_E_WHOLE, 0, 0},
    {"bytes=1-b", RANGE_E_WHOLE, 0, 0},
    {"bytes=+1-2", RANGE_E_WHOLE, 0, 0},
    {"bytes=1--2", RANGE_E_WHOLE, 0, 0},
    {"bytes=1-2-3", RANGE_E_WHOLE, 0, 0},
    {"bytes=0x1-2", RANGE_E_WHOLE, 0, 0},
    {"bytes=0-1,3-4", RANGE_E_WHOLE, 0, 0},
    {"bytes=0-1,", RANGE_E_WHOLE, 0, 0},
    {"lines=0-1", RANGE_E_WHOLE, 0, 0},
    {"bytes:0-1", RANGE_E_WHOLE, 0, 0},
};

START_TEST(one_span_of_bytes)
{
    uint64_t first = 7, length = 8;
    const char *field = ranges[_i].field;
    int outcome = range_parse(field, SIZE, &first, &length);
    ck_assert_msg(outcome == ranges[_i].outcome, "%s: %d", field ? field : "NULL", outcome);
    if (outcome != 0)
        return;
    ck_assert_msg(first == ranges[_i].first && length == ranges[_i].length, "%s: %" PRIu64 " from %" PRIu64,
                  field, length, first);
}
END_TEST

START_TEST(nothing_has_no_part)
{
    uint64_t first, length;
    ck_assert_int_eq(range_parse("bytes=0-", 0, &first, &length), RANGE_E_UNSATISFIABLE);
    ck_assert_int_eq(range_parse("bytes=-5", 0, &first, &length), RANGE_E_UNSATISFIABLE);
}
END_TEST

static const struct {
    const char *field;
    bool passes, in_range;
} tags[] = {
    {NULL, true, true},
    {"\"a\"", true, true},
    {" \"a\" ", true, true},
    {"*", true, false},
    {"\"b\"", false, false},
    {"W/\"a\"", false, false}, /* both compare strongly */
    {"\"b\", \"a\"", true, false},
    {"W/\"a\", \"a\"", true, false},
    {"a", false, false},
    {"", false, false},
    {"Sun, 06 Nov 1994 08:49:37 GMT", false, false},
};

START_TEST(strong_comparison)
{
    const char *field = tags[_i].field, *name = field ? field : "NULL";
    ck_assert_msg(conditional_passes(field, "\"a\"") == tags[_i].passes, "If-Match: %s", name);
    ck_assert_msg(conditional_in_range(field, "\"a\"") == tags[_i].in_range, "If-Range: %s", name);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("range");
    SUITE_ADD(s, "range", nothing_has_no_part);
    TCase *loops = tcase_create("fields");
    SUITE_LOOP(loops, one_span_of_bytes, ranges);
    SUITE_LOOP(loops, strong_comparison, tags);
    suite_add_tcase(s, loops);
    return suite_run(s);
}
