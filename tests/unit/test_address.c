/* SPDX-License-Identifier: MIT */
/* Numeric addresses and ranges of them. */
#include "http/address.h"
#include "suite.h"

#include <string.h>

static const struct {
    const char *text, *same; /* NULL: none */
} addresses[] = {
    {"192.0.2.1", "192.0.2.1"},
    {"::ffff:192.0.2.1", "192.0.2.1"},
    {"::FFFF:c000:0201", "192.0.2.1"},
    {"0.0.0.0", "0.0.0.0"},
    {"2001:DB8:0:0::1", "2001:db8::1"},
    {"::", "::"},
    {"::1", "::1"},
    {"", NULL},
    {"192.0.2", NULL},
    {"192.0.2.1.", NULL},
    {"192.0.2.256", NULL},
    {"192.0.2.01", NULL},
    {" 192.0.2.1", NULL},
    {"192.0.2.1:80", NULL},
    {"[::1]", NULL},
    {"::1%lo", NULL},
    {"1:2:3:4:5:6:7", NULL},
    {"unknown", NULL},
    {"1111:2222:3333:4444:5555:6666:7777:8888:9999:0000", NULL},
};

START_TEST(an_address_has_one_form)
{
    struct address a = {{1}};
    char text[ADDRESS_TEXT_SIZE];

    ck_assert_int_eq(address_parse(field_span(addresses[_i].text), &a), addresses[_i].same != NULL);
    if (!addresses[_i].same) {
        ck_assert_int_eq(a.bytes[0], 1);
        return;
    }
    address_format(&a, text);
    assert_text(text, addresses[_i].same);
}
END_TEST

static const struct {
    const char *range, *in, *out; /* IN NULL: no range */
} ranges[] = {
    {"192.0.2.1", "192.0.2.1", "192.0.2.0"},
    {"192.0.2.1", "::ffff:192.0.2.1", "::192.0.2.1"},
    {"10.0.0.0/8", "10.255.255.255", "11.0.0.0"},
    {"10.0.0.0/8", "10.0.0.0", "9.255.255.255"},
    {"192.0.2.128/25", "192.0.2.255", "192.0.2.127"},
    {"192.0.2.4/30", "192.0.2.7", "192.0.2.8"},
    {"192.0.2.4/32", "192.0.2.4", "192.0.2.5"},
    {"0.0.0.0/0", "255.1.2.3", "::1"},
    {"::/0", "2001:db8::1", NULL},
    {"fd00::/8", "fdff::1", "fe00::"},
    {"2001:db8::/33", "2001:db8:7fff::", "2001:db8:8000::"},
    {"::1", "::1", "::2"},
    {"::1/128", "::1", "127.0.0.1"},
    {"10.0.0.1/8", NULL, NULL},
    {"192.0.2.129/25", NULL, NULL},
    {"fd00::1/64", NULL, NULL},
    {"10.0.0.0/33", NULL, NULL},
    {"10.0.0.0/", NULL, NULL},
    {"10.0.0.0/08", NULL, NULL},
    {"10.0.0.0/-1", NULL, NULL},
    {"fd00::/129", NULL, NULL},
    {"/8", NULL, NULL},
    {"10/8", NULL, NULL},
    {"", NULL, NULL},
};

START_TEST(a_range_has_what_begins_alike)
{
    struct address_range r;
    struct address in, out;

    ck_assert_int_eq(address_parse_range(field_span(ranges[_i].range), &r), ranges[_i].in != NULL);
    if (!ranges[_i].in)
        return;
    ck_assert(address_parse(field_span(ranges[_i].in), &in));
    ck_assert(address_is_in(&in, &r));
    if (ranges[_i].out) {
        ck_assert(address_parse(field_span(ranges[_i].out), &out));
        ck_assert(!address_is_in(&out, &r));
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("address");
    TCase *tc = tcase_create("table");

    SUITE_LOOP(tc, an_address_has_one_form, addresses);
    SUITE_LOOP(tc, a_range_has_what_begins_alike, ranges);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
