/* SPDX-License-Identifier: MIT */
/* If-None-Match, and the date form of header fields. */
#include "http/conditional.h"
#include "http/date.h"
#include "suite.h"
#include "util/limits.h"
#include "util/strbuf.h"

static const struct {
    const char *field, *etag;
    bool match;
} matches[] = {
    {NULL, "\"a\"", false},
    {"", "\"a\"", false},
    {"   ", "\"a\"", false},
    {",", "\"a\"", false},
    {"*", "\"a\"", true},
    {" * ", "\"a\"", true},
    {"*, \"a\"", "\"a\"", false},
    {"\"a\", *", "\"a\"", true}, /* matched before it goes wrong */
    {"\"b\", *", "\"a\"", false},
    {"\"*\"", "\"a\"", false},
    {"**", "\"a\"", false},
    {"\"a\"", "\"a\"", true},
    {"\t\"a\" ", "\"a\"", true},
    {"\"a\"", "\"b\"", false},
    {"\"A\"", "\"a\"", false},
    {"\"a\"", "\"ab\"", false},
    {"\"ab\"", "\"a\"", false},
    {"\"\"", "\"\"", true},
    {"\"\"", "\"a\"", false},
    {"W/\"a\"", "\"a\"", true},
    {"\"a\"", "W/\"a\"", true},
    {"W/\"a\"", "W/\"a\"", true},
    {"w/\"a\"", "\"a\"", false},
    {"W/ \"a\"", "\"a\"", false},
    {"W/a", "\"a\"", false},
    {"W\"a\"", "\"a\"", false},
    {"\"b\",\"a\"", "\"a\"", true},
    {"\"b\", \"c\" , W/\"a\"", "\"a\"", true},
    {"\"b\",, ,\"a\"", "\"a\"", true},
    {",\"a\",", "\"a\"", true},
    {"\"b\" \"a\"", "\"a\"", false}, /* no comma between */
    {"\"b\"\"a\"", "\"a\"", false},
    {"\"b\";\"a\"", "\"a\"", false},
    {"\"a\"x", "\"a\"", false},
    {"a", "\"a\"", false},
    {"a, \"a\"", "\"a\"", false},
    {"'a'", "\"a\"", false},
    {"\"a", "\"a\"", false},
    {"a\"", "\"a\"", false},
    {"\"", "\"a\"", false},
    {"\"x, \"a\"", "\"a\"", false}, /* an open quote may not shift what follows */
    {"\"x,\"a\",\"y\"", "\"a\"", false},
    {"\"x,y\"", "\"x,y\"", true}, /* commas inside */
    {"\"x,y\", \"a\"", "\"a\"", true},
    {"\"x,\", \"a\"", "\"a\"", true},
    {"\"x\\\", \"a\"", "\"a\"", true}, /* a backslash escapes nothing in a tag */
    {"\"a b\", \"a\"", "\"a\"", false},
    {"\"\x01\", \"a\"", "\"a\"", false},
    {"\"\x7f\", \"a\"", "\"a\"", false},
    {"\"\xc3\xbc\", \"a\"", "\"a\"", true}, /* obs-text */
    {"\"a-gzip\"", "\"a\"", false},
    {"Sat, 29 Oct 1994 19:43:31 GMT", "\"a\"", false},
    {"\"a\"", "a", false}, /* an own tag that is none matches only "*" */
    {"\"a\"", "", false},
};

START_TEST(conditional_matches)
{
    bool got = conditional_not_modified(matches[_i].field, matches[_i].etag);
    ck_assert_msg(got == matches[_i].match, "%s against %s", matches[_i].field, matches[_i].etag);
}
END_TEST

START_TEST(what_is_weak_does_not_match_strongly)
{
    ck_assert(conditional_passes("\"b\", \"a\"", "\"a\""));
    ck_assert(!conditional_passes("W/\"a\"", "\"a\""));
    ck_assert(!conditional_passes("\"a\"", "W/\"a\""));
    ck_assert(!conditional_passes("W/\"a\"", "W/\"a\""));
}
END_TEST

START_TEST(conditional_looks_at_so_many_tags)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    for (int i = 0; i < LIMIT_LIST_MEMBERS - 1; i++)
        strbuf_addf(&b, "\"%d\", ", i);
    strbuf_adds(&b, "\"last\", \"over\"");
    ck_assert(conditional_not_modified(b.data, "\"last\""));
    ck_assert(!conditional_not_modified(b.data, "\"over\""));
}
END_TEST

static const struct {
    int64_t seconds;
    const char *text;
} dates[] = {
    {784111777, "Sun, 06 Nov 1994 08:49:37 GMT"}, /* RFC 9110's own example */
    {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
    {-1, "Wed, 31 Dec 1969 23:59:59 GMT"},
    {951782400, "Tue, 29 Feb 2000 00:00:00 GMT"},
    {951868800, "Wed, 01 Mar 2000 00:00:00 GMT"},
    {1553817600, "Fri, 29 Mar 2019 00:00:00 GMT"},
    {1555804800, "Sun, 21 Apr 2019 00:00:00 GMT"},
    {1558000000, "Thu, 16 May 2019 09:46:40 GMT"},
    {1560000000, "Sat, 08 Jun 2019 13:20:00 GMT"},
    {1563000000, "Sat, 13 Jul 2019 06:40:00 GMT"},
    {1566000000, "Sat, 17 Aug 2019 00:00:00 GMT"},
    {1568000000, "Mon, 09 Sep 2019 03:33:20 GMT"},
    {1571000000, "Sun, 13 Oct 2019 20:53:20 GMT"},
    {2147483648, "Tue, 19 Jan 2038 03:14:08 GMT"},
    {-62135596800, "Mon, 01 Jan 0001 00:00:00 GMT"},
    {-62135596801, "Mon, 01 Jan 0001 00:00:00 GMT"},
    {253402300799, "Fri, 31 Dec 9999 23:59:59 GMT"},
    {253402300800, "Fri, 31 Dec 9999 23:59:59 GMT"},
    {INT64_MIN, "Mon, 01 Jan 0001 00:00:00 GMT"},
    {INT64_MAX, "Fri, 31 Dec 9999 23:59:59 GMT"},
};

START_TEST(date_is_imf_fixdate)
{
    char got[DATE_TEXT_SIZE];
    date_format(dates[_i].seconds, got);
    assert_text(got, dates[_i].text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("conditional");
    SUITE_ADD(s, "weak", what_is_weak_does_not_match_strongly);
    SUITE_ADD(s, "limits", conditional_looks_at_so_many_tags);
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, conditional_matches, matches);
    SUITE_LOOP(tc, date_is_imf_fixdate, dates);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
