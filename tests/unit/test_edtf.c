/* SPDX-License-Identifier: MIT */
/* EDTF: what is read and with which bounds, what is refused and why, and order. */
#include "suite.h"

#include "model/edtf.h"

#include <stdlib.h>
#include <string.h>

enum { APPROXIMATE = 1, UNCERTAIN = 2 };

static const struct {
    const char *text, *earliest, *latest;
    int flags;
} good[] = {
    /* level 0: dates */
    {"2019-03-29", "2019-03-29", "2019-03-29", 0},
    {"2020-02-29", "2020-02-29", "2020-02-29", 0},
    {"2000-02-29", "2000-02-29", "2000-02-29", 0},
    {"0001-01-01", "0001-01-01", "0001-01-01", 0},
    {"9999-12-31", "9999-12-31", "9999-12-31", 0},
    {"2019-03", "2019-03-01", "2019-03-31", 0},
    {"2019-04", "2019-04-01", "2019-04-30", 0},
    {"2019-02", "2019-02-01", "2019-02-28", 0},
    {"2020-02", "2020-02-01", "2020-02-29", 0},
    {"1900-02", "1900-02-01", "1900-02-28", 0},
    {"2000-02", "2000-02-01", "2000-02-29", 0},
    {"2019-12", "2019-12-01", "2019-12-31", 0},
    {"2019", "2019-01-01", "2019-12-31", 0},
    {"0001", "0001-01-01", "0001-12-31", 0},
    {"9999", "9999-01-01", "9999-12-31", 0},
    /* level 0: dates with a time count as the day that they state */
    {"1985-04-12T23:20:30", "1985-04-12", "1985-04-12", 0},
    {"1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", 0},
    {"1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12", 0},
    {"1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12", 0},
    {"1985-04-12T00:00:00-12:00", "1985-04-12", "1985-04-12", 0},
    {"1985-04-12T23:59:59+23:59", "1985-04-12", "1985-04-12", 0},
    /* level 0: intervals */
    {"1964/2008", "1964-01-01", "2008-12-31", 0},
    {"2004-06/2006-08", "2004-06-01", "2006-08-31", 0},
    {"2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", 0},
    {"2004-02-01/2005-02", "2004-02-01", "2005-02-28", 0},
    {"2004-02-01/2005", "2004-02-01", "2005-12-31", 0},
    {"2005/2006-02", "2005-01-01", "2006-02-28", 0},
    {"2019-03-29/2019-03-29", "2019-03-29", "2019-03-29", 0},
    {"2019-06-15/2019-06", "2019-06-15", "2019-06-30", 0},
    {"2019/2019-03", "2019-01-01", "2019-03-31", 0},
    {"2019-03-29/2019", "2019-03-29", "2019-12-31", 0},
    {"0001/9999", "0001-01-01", "9999-12-31", 0},
    /* level 1: qualification of the whole */
    {"2019-03-21~", "2019-03-21", "2019-03-21", APPROXIMATE},
    {"2019-03-21?", "2019-03-21", "2019-03-21", UNCERTAIN},
    {"2019-03-21%", "2019-03-21", "2019-03-21", APPROXIMATE | UNCERTAIN},
    {"2004-06~", "2004-06-01", "2004-06-30", APPROXIMATE},
    {"2004-06?", "2004-06-01", "2004-06-30", UNCERTAIN},
    {"1984?", "1984-01-01", "1984-12-31", UNCERTAIN},
    {"1984~", "1984-01-01", "1984-12-31", APPROXIMATE},
    {"1984%", "1984-01-01", "1984-12-31", APPROXIMATE | UNCERTAIN},
    /* level 1: unspecified digits */
    {"201X", "2010-01-01", "2019-12-31", 0},
    {"20XX", "2000-01-01", "2099-12-31", 0},
    {"99XX", "9900-01-01", "9999-12-31", 0},
    {"2004-XX", "2004-01-01", "2004-12-31", 0},
    {"1985-04-XX", "1985-04-01", "1985-04-30", 0},
    {"2020-02-XX", "2020-02-01", "2020-02-29", 0},
    {"1985-XX-XX", "1985-01-01", "1985-12-31", 0},
    {"201X?", "2010-01-01", "2019-12-31", UNCERTAIN},
    {"2004-XX~", "2004-01-01", "2004-12-31", APPROXIMATE},
    {"1985-04-XX%", "1985-04-01", "1985-04-30", APPROXIMATE | UNCERTAIN},
    /* level 1: seasons are the whole year, and approximate */
    {"2001-21", "2001-01-01", "2001-12-31", APPROXIMATE},
    {"2001-22", "2001-01-01", "2001-12-31", APPROXIMATE},
    {"2001-23", "2001-01-01", "2001-12-31", APPROXIMATE},
    {"2001-24", "2001-01-01", "2001-12-31", APPROXIMATE},
    {"2001-24?", "2001-01-01", "2001-12-31", APPROXIMATE | UNCERTAIN},
    /* level 1: intervals open, or with an unknown end */
    {"1985-04-12/..", "1985-04-12", "", 0},
    {"1985-04/..", "1985-04-01", "", 0},
    {"1985/..", "1985-01-01", "", 0},
    {"../1985-04-12", "", "1985-04-12", 0},
    {"../1985-04", "", "1985-04-30", 0},
    {"../1985", "", "1985-12-31", 0},
    {"1985-04-12/", "1985-04-12", "", 0},
    {"1985/", "1985-01-01", "", 0},
    {"/1985-04-12", "", "1985-04-12", 0},
    {"/1985", "", "1985-12-31", 0},
    /* level 1: intervals with qualified ends */
    {"1984?/2004%", "1984-01-01", "2004-12-31", APPROXIMATE | UNCERTAIN},
    {"1984~/2004-06", "1984-01-01", "2004-06-30", APPROXIMATE},
    {"1984/2004-06~", "1984-01-01", "2004-06-30", APPROXIMATE},
    {"1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08", APPROXIMATE | UNCERTAIN},
    {"1984-06-02?/", "1984-06-02", "", UNCERTAIN},
    {"../1984~", "", "1984-12-31", APPROXIMATE},
    /* level 2: one of a range */
    {"[2021-03..2021-05]", "2021-03-01", "2021-05-31", 0},
    {"[1667..1672]", "1667-01-01", "1672-12-31", 0},
    {"[2019-03-01..2019-03-29]", "2019-03-01", "2019-03-29", 0},
    {"[2019..2019]", "2019-01-01", "2019-12-31", 0},
    {"[..1760-12-03]", "", "1760-12-03", 0},
    {"[1760-12..]", "1760-12-01", "", 0},
    {"[2021-03~..2021-05?]", "2021-03-01", "2021-05-31", APPROXIMATE | UNCERTAIN},
    {"[..2021%]", "", "2021-12-31", APPROXIMATE | UNCERTAIN}};

START_TEST(edtf_reads_every_form_with_its_bounds)
{
    struct edtf d;
    const char *text = good[_i].text;
    ck_assert_msg(edtf_parse(text, &d) == 0, "%s refused", text);
    ck_assert_msg(strcmp(d.earliest, good[_i].earliest) == 0, "%s: earliest %s", text, d.earliest);
    ck_assert_msg(strcmp(d.latest, good[_i].latest) == 0, "%s: latest %s", text, d.latest);
    ck_assert_msg(d.approximate == !!(good[_i].flags & APPROXIMATE), "%s: approximate", text);
    ck_assert_msg(d.uncertain == !!(good[_i].flags & UNCERTAIN), "%s: uncertain", text);
    ck_assert_ptr_eq(d.text, text);
}
END_TEST

static const char *const not_edtf[] = {
    /* nothing, or nothing but marks */
    "", " ", "\t", "\n", "?", "~", "%", "-", "--", "/", "//", "..", "../", "/..", "../..", "[", "]", "[]",
    "[..]", "[...]", "{}", "{..}", "Y", "Y-", "X", "XX", "XXX", ".", ",", "T", "Z",
    /* words and other kinds of date */
    "unknown", "none", "null", "open", "today", "March 2019", "29 March 2019", "2019-Mar-29", "2019-mar",
    "circa 2019", "c2019", "ca. 2019", "2019 AD", "0x7E3", "1e3", "2019.5", "1,234", "+2019", "20-19", "NaN",
    "1553817600",
    /* wrong separators and order */
    "2019/03/29", "2019.03.29", "2019_03_29", "2019 03 29", "2019:03:29", "29-03-2019", "03-29-2019",
    "29/03/2019", "29.03.2019", "20190329", "201903", "2019-0329", "201903-29", "2019--03", "2019-03--29",
    "2019-/03", "2019\\2020", "2019-W13", "2019-W13-5", "2019-088", "2019W13", "2019–03–29", "2019−03−29",
    /* too few or too many digits */
    "2", "20", "201", "20199", "02019", "2019-3", "2019-3-1", "2019-03-1", "2019-3-01", "2019-003",
    "2019-03-029", "2019-03-29-01", "2019-", "2019-03-", "-2019-", "2019-03-29-",
    /* spaces and trailing things */
    " 2019", "2019 ", "2019-03-29 ", "2019-03-29\n", "\n2019", "2019 -03", "2019\t", "2019-03-29x", "2019x",
    "2019;", "2019-03-29,", "2019'; DROP TABLE", "2019<b>", "2019&", "2019\"", "2019%00", "2019%20",
    "2019\r\n",
    /* characters that look like others */
    "２０１９", "２０１９-03", "٢٠١٩", "२०१९", "2019-०३", "2O19", "2019-O3", "l984", "2019-03-29\xc2\xa0",
    "\xef\xbb\xbf"
    "2019",
    "2019\xe2\x81\x84"
    "2020",
    "\xff\xfe", "2019\x80", "2019-0\x01", "2019‥2020", "2019…",
    /* qualification that is not at the end of the whole */
    "?2004", "~2004", "%2004", "2004?-06", "2004-?06", "2004-~06-11", "2004-06~-11", "2004?-06-11",
    "2004-06-~11", "2004??", "2004?~", "2004~?", "2004%%", "2004 ?", "2004-06-11 ~", "1985-04-12T23:20:30Z?",
    "1985-04-12T23:20:30~", "1984?/?2004", "~1984/2004",
    /* unspecified digits of level 2, or in disorder */
    "156X-12-25", "15XX-12-25", "15XX-12-XX", "1560-XX-25", "XXXX", "1XXX", "XXXX-12-XX", "1XXX-XX",
    "1XXX-12", "1984-1X", "201X-XX", "20X9", "2X19", "X019", "201x", "20xx", "2004-xx", "2004-X",
    "2004-XX-01", "1985-04-0X", "1985-04-X1", "1985-0X-XX", "2004-1X-XX", "201U", "2004-uu", "201*", "201?X",
    "2004-XX-X",
    /* seasons of level 2 */
    "2001-25", "2001-29", "2001-33", "2001-36", "2001-37", "2001-40", "2001-41", "2001-21^southernHemisphere",
    "2001-Q1", "2001-25-01x",
    /* long and exponential years, significant digits */
    "Y2019", "Y0002019", "Y012345", "Y-2019", "Y-17E7", "Y17E7", "Y17101E4S3", "Y3388E2S3", "1950S2",
    "Y171010000S3", "y170000002", "Y170000002-01", "Y1700 0002", "YY170000002", "Y--170000002", "Y+170000002",
    "-Y170000002",
    /* negative years of no form */
    "-", "-1", "-12", "-123", "--2019", "-12345", "-2019-3", "-2019-25", "−2019",
    /* times */
    "1985-04-12T", "1985-04-12T23", "1985-04-12T23:20", "1985-04-12 23:20:30", "1985-04-12t23:20:30",
    "1985-04-12T23:20:30z", "1985-04-12T23:20:30.5", "1985-04-12T23:20:30,5Z", "1985-04-12T232030",
    "1985-04-12T23:20:30+", "1985-04-12T23:20:30+4", "1985-04-12T23:20:30+0430", "1985-04-12T23:20:30Z+04",
    "1985-04-12T23:20:30 Z", "T23:20:30", "1985-04T23:20:30", "1985T23:20:30Z", "1985-04-12T23-20-30",
    "1985-04-12TX", "1985-04-XXT23:20:30", "1985-04-12T23:20:3X",
    /* intervals */
    "2019//2020", "2019/2020/2021", "2019/2020/", "/2019/", "2019-2020", "2019..2020", "2019...", "..2019",
    "2019..", "2019 / 2020", "2019/ 2020", "2019 /2020", "2019/P1Y", "P1Y/2019", "P1Y", "2019/1", "2019/-",
    "2019/.", "./2019", "2019/...", ".../2019", "../?", "2019/..~", "..?/2019", "2019/?", "2019/open",
    "2019/unknown", "2019/uuuu", "2019-03-01T00:00:00Z/2019-03-02T00:00:00Z",
    "2019-03-01/2019-03-02T00:00:00", "2004-06-XX/2004-07-03", "2004-07-03/2004-XX", "201X/2020",
    "2001-21/2003", "2001/2003-24", "2004-06-~01/2004-06-~20", "2019-13/x", "2019/2018x", "(2019/2020)",
    "(2019)", "(2011)-06-04~", "R5/2019/2020",
    /* sets */
    "{2019}", "{2019..2020}", "{..2019}", "{2019,2020}", "[2019]", "[2019,2020]", "[2019, 2020]",
    "[2019..2020", "2019..2020]", "[2019..2020]?", "[2019..2020] ", " [2019..2020]", "[ 2019..2020]",
    "[2019 .. 2020]", "[2019.. 2020]", "[2019...2020]", "[2019....2020]", "[2019....]", "[2019..2020..2021]",
    "[2019..,2021]", "[1667,1668,1670..1672]", "[..2019..]", "[2019/2020]", "[2019/..]", "[2019..2020]/2021",
    "2019/[2020..2021]", "[[2019..2020]]", "[2019..2020]]", "[2019..x]", "[x..2019]", "[..?]", "[~..]",
    "[2019-21..2020]", "[201X..2020]", "[2019..2020-XX]", "[2019-03-01T00:00:00Z..]", "[2019-13..x]",
    "[2019:2020]", "[2019..2020}", "]2019..2020[", "[.2019.]", "[2019..", "[..2019", "..]", "[2019-..]",
    "[-..2019]"};

static const char *const no_such_day[] = {
    /* days, months, years and times that no calendar has */
    "2019-02-29",
    "2019-02-30",
    "1900-02-29",
    "2100-02-29",
    "2019-04-31",
    "2019-06-31",
    "2019-09-31",
    "2019-11-31",
    "2019-01-32",
    "2019-03-00",
    "2019-03-99",
    "2019-00",
    "2019-00-01",
    "2019-00-00",
    "2019-00-XX",
    "2019-13",
    "2019-20",
    "2019-42",
    "2019-99",
    "2019-13-01",
    "2019-13-XX",
    "2019-21-01",
    "2019-21-XX",
    "2019-25-XX",
    "2019-99-99",
    "2019-02-29?",
    "0000",
    "0000-01-01",
    "0000-06",
    "0000~",
    "0000-21",
    "000X",
    "00XX",
    "0000-XX-XX",
    "-0001",
    "-1985",
    "-1985-04",
    "-1985-04-12",
    "-0000",
    "-9999-12-31",
    "-1985?",
    "-198X",
    "-1985-21",
    "Y10000",
    "Y12345",
    "Y170000002",
    "Y-17000",
    "Y-170000002",
    "Y170000002?",
    "Y99999999999999999999999999999999999999",
    "1985-04-12T24:00:00",
    "1985-04-12T23:60:00",
    "1985-04-12T23:59:60Z",
    "1985-04-12T99:99:99",
    "1985-04-12T23:20:30+24",
    "1985-04-12T23:20:30+04:60",
    "1985-02-29T23:20:30Z",
    "0000-04-12T00:00:00Z",
    "-1985-04-12T00:00:00Z",
    "2019-13/2020",
    "2019/2020-02-30",
    "2019-02-29/..",
    "../2019-02-29",
    "0000/2019",
    "-0100/0100",
    "2019/Y12345",
    "Y-12345/..",
    "[2019-13..2020]",
    "[2019..2020-00]",
    "[..0000]",
    "[-0044..]",
    "2020-01/2019-13"};

static const char *const backwards[] = {
    /* ends wholly before beginnings */
    "2019/2018",          "2019-03/2019-02",   "2019-03-29/2019-03-28", "2019-06/2019-03-29",
    "2019-06-15/2019-05", "2019-03/2018",      "2019-01-01/2018",       "2019?/2018",
    "2019~/2018~",        "9999/0001",         "[2019..2018]",          "[2019-03-29..2019-03-28]",
    "[2019..2018~]",      "[2021-05..2021-03]"};

/* Refused with OUTCOME, and *ret left as it was. */
static void check_refused(const char *text, int outcome)
{
    struct edtf d, before;
    memset(&d, 0x5a, sizeof d);
    memcpy(&before, &d, sizeof d);
    int r = edtf_parse(text, &d);
    ck_assert_msg(r == outcome, "\"%s\" gives %d, not %d", text, r, outcome);
    ck_assert_msg(memcmp(&d, &before, sizeof d) == 0, "\"%s\" touched the result", text);
}

START_TEST(edtf_refuses_what_is_not_edtf)
{
    check_refused(not_edtf[_i], EDTF_E_SYNTAX);
}
END_TEST

START_TEST(edtf_refuses_days_that_are_not)
{
    check_refused(no_such_day[_i], EDTF_E_RANGE);
}
END_TEST

START_TEST(edtf_refuses_ends_before_beginnings)
{
    check_refused(backwards[_i], EDTF_E_ORDER);
}
END_TEST

START_TEST(edtf_refuses_very_long_texts)
{
    static const char *const fills[] = {"2", "X",     "/",     "[",       ".",  "-",
                                        "?", "2019-", "2019/", "[2019..", "..", "é"};
    size_t n = 1u << 20;
    char *text = malloc(n + 8);
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
        size_t length = 0, step = strlen(fills[i]);
        while (length + step <= n) {
            memcpy(text + length, fills[i], step);
            length += step;
        }
        text[length] = '\0';
        check_refused(text, EDTF_E_SYNTAX);
    }
    memset(text, '9', n);
    text[0] = 'Y';
    text[n] = '\0';
    check_refused(text, EDTF_E_RANGE);
    free(text);
}
END_TEST

/* No byte that is cut off or changed makes the parser read past the end (sanitizers watch), and what it still
 * takes has bounds that are days. */
START_TEST(edtf_survives_mutation)
{
    static const char bytes[] = "0129X?~%-/.[]YTZ: {,\x80";
    char text[64];
    const char *seed = good[_i].text;
    for (size_t at = 0; at < strlen(seed); at++)
        for (size_t b = 0; b < sizeof bytes; b++) {
            strcpy(text, seed);
            text[at] = bytes[b];
            struct edtf d;
            int32_t day;
            if (edtf_parse(text, &d))
                continue;
            ck_assert(d.earliest[0] || d.latest[0]);
            ck_assert_msg(!d.earliest[0] || edtf_day(d.earliest, &day), "%s", text);
            ck_assert_msg(!d.latest[0] || edtf_day(d.latest, &day), "%s", text);
        }
}
END_TEST

START_TEST(edtf_reasons_are_clauses)
{
    assert_text(edtf_reason(EDTF_E_SYNTAX), "is not an EDTF date");
    ck_assert_str_ne(edtf_reason(EDTF_E_RANGE), edtf_reason(EDTF_E_ORDER));
    for (int i = -2; i < 9; i++)
        ck_assert_ptr_nonnull(edtf_reason(i));
}
END_TEST

static const struct {
    char bound[11];
    bool is;
    int32_t day;
} bounds[] = {
    {"1970-01-01", true, 0},       {"2019-03-29", true, 17984},   {"1969-12-31", true, -1},
    {"0001-01-01", true, -719162}, {"9999-12-31", true, 2932896}, {"", false, 7},
    {"2019-03", false, 7},         {"2019x03x29", false, 7},      {"2019-03-XX", false, 7},
};

START_TEST(edtf_days_count_from_1970)
{
    int32_t day = 7;
    ck_assert_msg(edtf_day(bounds[_i].bound, &day) == bounds[_i].is, "%s", bounds[_i].bound);
    ck_assert_int_eq(day, bounds[_i].day);
}
END_TEST

static struct edtf date(const char *text)
{
    struct edtf d = EDTF_UNKNOWN;
    if (text)
        ck_assert_msg(edtf_parse(text, &d) == 0, "%s", text);
    return d;
}

static const struct {
    const char *text;
    bool is;
} days[] = {
    {"2019-03-29", true},
    {"1985-04-12T23:20:30Z", true},
    {"2019-03-29~", false},
    {"2019-03-29?", false},
    {"2019-03", false},
    {"2019", false},
    {"2019-03-29/..", false},
    {"../2019-03-29", false},
    {"2019-03-XX", false},
    {"2019-03-29/2019-03-30", false},
    {NULL, false},
};

START_TEST(edtf_knows_a_day)
{
    struct edtf d = date(days[_i].text);
    ck_assert_msg(edtf_is_day(&d) == days[_i].is, "%s", days[_i].text);
}
END_TEST

/* Each before the next; those on one line are equal to one another. */
static const struct {
    const char *a, *b;
    int want;
} orders[] = {
    {"2018", "2019", -1},
    {"2019-03-29", "2019-03-30", -1},
    {"2019-03-01", "2019-03", -1}, /* same begin, ends earlier */
    {"2019-01", "2019", -1},
    {"2019", "2019-02", -1},
    {"../2030", "0001", -1}, /* open beginning: the far past */
    {"../2018", "[..2019]", -1},
    {"9999", "2019/..", 1},
    {"2019/9999", "2019/..", -1}, /* open end: the far future */
    {"2019-01-01", "2019/", -1},
    {"2019/..", "[2019..]", 0},
    {"2019", "2019?", 0},
    {"2019", "2019-XX", 0},
    {"9999-12-31", NULL, -1}, /* unknown last */
    {"2019/..", NULL, -1},
    {"../2019", NULL, -1},
    {NULL, NULL, 0},
};

START_TEST(edtf_orders)
{
    struct edtf a = date(orders[_i].a), b = date(orders[_i].b);
    int forth = edtf_compare(&a, &b), back = edtf_compare(&b, &a), want = orders[_i].want;
    ck_assert_msg((forth > 0) - (forth < 0) == want, "%s, %s: %d", orders[_i].a, orders[_i].b, forth);
    ck_assert_msg((back > 0) - (back < 0) == -want, "%s, %s: back %d", orders[_i].a, orders[_i].b, back);
}
END_TEST

START_TEST(edtf_equality_is_of_the_text)
{
    struct edtf a = date("2019"), same = date("2019"), other = date("2019?"), none = EDTF_UNKNOWN;
    ck_assert(edtf_equal(&a, &same));
    ck_assert(!edtf_equal(&a, &other));
    ck_assert(!edtf_equal(&a, &none) && !edtf_equal(&none, &a));
    ck_assert(edtf_equal(&none, &none));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("edtf");
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, edtf_reads_every_form_with_its_bounds, good);
    SUITE_LOOP(tc, edtf_refuses_what_is_not_edtf, not_edtf);
    SUITE_LOOP(tc, edtf_refuses_days_that_are_not, no_such_day);
    SUITE_LOOP(tc, edtf_refuses_ends_before_beginnings, backwards);
    SUITE_LOOP(tc, edtf_survives_mutation, good);
    SUITE_LOOP(tc, edtf_days_count_from_1970, bounds);
    SUITE_LOOP(tc, edtf_knows_a_day, days);
    SUITE_LOOP(tc, edtf_orders, orders);
    suite_add_tcase(s, tc);
    SUITE_ADD(s, "singles", edtf_refuses_very_long_texts, edtf_reasons_are_clauses,
              edtf_equality_is_of_the_text);
    return suite_run(s);
}
