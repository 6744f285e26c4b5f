/* SPDX-License-Identifier: MIT */
/* What trusted proxies say, and what others have them say. */
#include "http/forwarded.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

/* 10/8 and fd00::/8 are proxies; the peer is one of them. */
static struct proxies trusted;

static void set_up(void)
{
    trusted = (struct proxies){.n = 0};
    ck_assert_int_eq(proxies_add(&trusted, field_span("10.0.0.0/8")), 0);
    ck_assert_int_eq(proxies_add(&trusted, field_span("fd00::/8")), 0);
}

static const struct field_case {
    struct forwarded_fields in;
    const char *client, *scheme, *host; /* client NULL: bad */
} cases[] = {
    {{.forwarded = NULL}, "", "", ""},
    {{.forwarded = ""}, "", "", ""},
    {{.forwarded = ", ,"}, "", "", ""},

    /* one hop */
    {{.forwarded = "for=192.0.2.1;proto=https;host=a.example"}, "192.0.2.1", "https", "a.example"},
    {{.forwarded = "FOR=192.0.2.1; Proto=HTTPS ;HOST=a.example"}, "192.0.2.1", "https", "a.example"},
    {{.forwarded = "for=\"192.0.2.1\";proto=\"http\";host=\"a.example\""}, "192.0.2.1", "http", "a.example"},
    {{.forwarded = "for=\"192.0.2.1:4711\";host=\"a.example:8443\""}, "192.0.2.1", "", "a.example:8443"},
    {{.forwarded = "for=\"[2001:db8::1]\";host=\"[2001:db8::2]:80\""}, "2001:db8::1", "", "[2001:db8::2]:80"},
    {{.forwarded = "for=\"[2001:DB8::1]:4711\""}, "2001:db8::1", "", ""},
    {{.forwarded = "for=\"[2001:db8::1]:_port\""}, "2001:db8::1", "", ""},
    {{.forwarded = "for=\"192.0.2.\\1\";host=\"a\\.example\""}, "192.0.2.1", "", "a.example"},
    {{.forwarded = "for=unknown;proto=https"}, "", "https", ""},
    {{.forwarded = "for=_gazonk;host=a"}, "", "", "a"},
    {{.forwarded = "for=\"_gazonk:80\""}, "", "", ""},
    {{.forwarded = "for=\"[::1\""}, "", "", ""},
    {{.forwarded = "for=\"[::1]x\""}, "", "", ""},
    {{.forwarded = "by=203.0.113.43;secret=\"a,b;c\";host=a;;"}, "", "", "a"},
    {{.forwarded = ";"}, "", "", ""},

    /* several: the last is the peer's own, those before are believed through proxies alone */
    {{.forwarded = "for=6.6.6.6;host=evil;proto=https, for=192.0.2.1;host=a"}, "192.0.2.1", "", "a"},
    {{.forwarded = "for=6.6.6.6;host=evil, for=192.0.2.1"}, "192.0.2.1", "", ""},
    {{.forwarded = "for=6.6.6.6;host=evil, for=unknown"}, "", "", ""},
    {{.forwarded = "for=6.6.6.6;host=evil, proto=https"}, "", "https", ""},
    {{.forwarded = "for=192.0.2.1;host=a;proto=https, for=10.1.1.1;host=inner;proto=http"},
     "192.0.2.1",
     "https",
     "a"},
    {{.forwarded = "for=192.0.2.1;proto=https, for=10.1.1.1;host=inner"}, "192.0.2.1", "https", "inner"},
    {{.forwarded =
          "for=6.6.6.6;host=evil, for=192.0.2.1;host=a, for=10.1.1.1, for=\"[fd00::1]\";proto=https"},
     "192.0.2.1",
     "https",
     "a"},
    {{.forwarded = "for=unknown;host=a, for=10.1.1.1;host=inner"}, "", "", "a"},
    {{.forwarded = "for=10.2.2.2;host=a, for=10.1.1.1;host=inner"}, "10.2.2.2", "", "a"},
    {{.forwarded = "for=10.2.2.2;host=a"}, "10.2.2.2", "", "a"},

    /* not to the letter: a client may have begun what the proxy goes on with */
    {{.forwarded = "for=\", for=192.0.2.1;host=a"}, NULL, NULL, NULL},
    {{.forwarded = "for=\"6.6.6.6\\, for=192.0.2.1;host=a"}, NULL, NULL, NULL},
    {{.forwarded = "for=\"192.0.2.1\\\""}, NULL, NULL, NULL},
    {{.forwarded = "for=192.0.2.1\", for=192.0.2.1"}, NULL, NULL, NULL},
    {{.forwarded = "for=\"a\"b\";host=a"}, NULL, NULL, NULL},
    {{.forwarded = "for"}, NULL, NULL, NULL},
    {{.forwarded = "for="}, NULL, NULL, NULL},
    {{.forwarded = "=192.0.2.1"}, NULL, NULL, NULL},
    {{.forwarded = "for = 192.0.2.1"}, NULL, NULL, NULL},
    {{.forwarded = "192.0.2.1"}, NULL, NULL, NULL},
    {{.forwarded = "for=192.0.2.1:80"}, NULL, NULL, NULL},
    {{.forwarded = "for=[::1]"}, NULL, NULL, NULL},
    {{.forwarded = "host=a:80"}, NULL, NULL, NULL},
    {{.forwarded = "host=a;host=b"}, NULL, NULL, NULL},
    {{.forwarded = "for=192.0.2.1;For=192.0.2.2"}, NULL, NULL, NULL},
    {{.forwarded = "host=\"\""}, NULL, NULL, NULL},
    {{.forwarded = "host=\"a/b\""}, NULL, NULL, NULL},
    {{.forwarded = "host=\"a@b\""}, NULL, NULL, NULL},
    {{.forwarded = "host=\"a\\\"b\""}, NULL, NULL, NULL},
    {{.forwarded = "proto=ftp"}, NULL, NULL, NULL},
    {{.forwarded = "proto=\"https \""}, NULL, NULL, NULL},
    {{.forwarded = "host=a b"}, NULL, NULL, NULL},
    {{.forwarded = "host=evil/, for=192.0.2.1;host=a"}, NULL, NULL, NULL},

    /* the older fields */
    {{.x_for = "192.0.2.1", .x_host = "a.example:81", .x_proto = "https"},
     "192.0.2.1",
     "https",
     "a.example:81"},
    {{.x_for = "2001:db8::1"}, "2001:db8::1", "", ""},
    {{.x_for = "[2001:db8::1]:99"}, "2001:db8::1", "", ""},
    {{.x_for = "192.0.2.1:99"}, "192.0.2.1", "", ""},
    {{.x_for = "6.6.6.6, 192.0.2.1"}, "192.0.2.1", "", ""},
    {{.x_for = "6.6.6.6, 192.0.2.1, 10.0.0.1,fd00::1"}, "192.0.2.1", "", ""},
    {{.x_for = "6.6.6.6, nonsense, 10.0.0.1"}, "", "", ""},
    {{.x_for = "10.0.0.2, 10.0.0.1"}, "10.0.0.2", "", ""},
    {{.x_for = "nonsense \x7f"}, "", "", ""},
    {{.x_for = ""}, "", "", ""},
    {{.x_host = "evil, a.example", .x_proto = "ftp,HTTPS"}, "", "https", "a.example"},
    {{.x_host = "", .x_proto = ""}, "", "", ""},
    {{.x_host = "[::1]"}, "", "", "[::1]"},
    {{.x_host = "a/b"}, NULL, NULL, NULL},
    {{.x_host = "a b"}, NULL, NULL, NULL},
    {{.x_host = "https://a"}, NULL, NULL, NULL},
    {{.x_proto = "ftp"}, NULL, NULL, NULL},
    {{.x_proto = "https://"}, NULL, NULL, NULL},

    /* both: what one proxy sets and what another passes on are to be the same */
    {{.forwarded = "for=192.0.2.1;proto=https;host=a", "192.0.2.1", "A", "https"}, "192.0.2.1", "https", "a"},
    {{.forwarded = "for=192.0.2.1;proto=https;host=a", .x_for = "192.0.2.1"}, "192.0.2.1", "https", "a"},
    {{.forwarded = "proto=https;host=a", .x_for = "192.0.2.1"}, "192.0.2.1", "https", "a"},
    {{.forwarded = "for=_x;proto=https", .x_for = "192.0.2.1"}, "192.0.2.1", "https", ""},
    {{.forwarded = "host=evil", .x_proto = "https"}, NULL, NULL, NULL},
    {{.forwarded = "for=192.0.2.1;proto=https", .x_host = "evil"}, NULL, NULL, NULL},
    {{.forwarded = "proto=https;host=a", .x_host = "b", .x_proto = "https"}, NULL, NULL, NULL},
    {{.forwarded = "proto=http;host=a", .x_host = "a", .x_proto = "https"}, NULL, NULL, NULL},
    {{.forwarded = "for=6.6.6.6;proto=https;host=a", "192.0.2.1", "a", "https"}, NULL, NULL, NULL},
    {{.forwarded = "for=6.6.6.6", .x_for = "192.0.2.1"}, NULL, NULL, NULL},
};

START_TEST(what_is_believed)
{
    const struct field_case *c = &cases[_i];
    struct forwarded f = {.scheme = "untouched"};
    const char *reason = NULL;
    int r = forwarded_read(&c->in, &trusted, &f, &reason);

    ck_assert_int_eq(r, c->client ? 0 : FORWARDED_E_BAD);
    if (!c->client) {
        ck_assert_ptr_nonnull(reason);
        assert_text(f.scheme, "untouched");
        return;
    }
    assert_text(f.client, c->client);
    assert_text(f.scheme, c->scheme);
    assert_text(f.host, c->host);
}
END_TEST

START_TEST(the_longest_host_and_one_more)
{
    char host[300] = "", field[400];
    struct forwarded f;
    const char *reason;

    for (int i = 0; i < 255; i++)
        strcat(host, "a");
    strcat(host, ":65535");
    for (int i = 0; i < 2; i++) {
        (void)snprintf(field, sizeof field, "host=\"%s%s\"", i ? "a" : "", host);
        ck_assert_int_eq(
            forwarded_read(&(struct forwarded_fields){.forwarded = field}, &trusted, &f, &reason), i);
        if (!i)
            assert_text(f.host, host);
    }
}
END_TEST

START_TEST(proxies_are_added_up_to_a_number)
{
    struct proxies p = {.n = 0};
    struct address a;

    ck_assert_int_eq(proxies_add(&p, field_span("unix")), 0);
    ck_assert(p.local);
    ck_assert_uint_eq(p.n, 0);
    ck_assert_int_eq(proxies_add(&p, field_span("")), PROXIES_E_SYNTAX);
    ck_assert_int_eq(proxies_add(&p, field_span("localhost")), PROXIES_E_SYNTAX);
    for (int i = 0; i < LIMIT_PROXIES; i++)
        ck_assert_int_eq(proxies_add(&p, field_span("::1")), 0);
    ck_assert_int_eq(proxies_add(&p, field_span("::2")), PROXIES_E_FULL);
    ck_assert(address_parse(field_span("::1"), &a) && proxies_has(&p, &a));
    ck_assert(address_parse(field_span("::2"), &a) && !proxies_has(&p, &a));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("forwarded");
    TCase *tc = tcase_create("fields");

    tcase_add_checked_fixture(tc, set_up, NULL);
    SUITE_LOOP(tc, what_is_believed, cases);
    tcase_add_test(tc, the_longest_host_and_one_more);
    tcase_add_test(tc, proxies_are_added_up_to_a_number);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
