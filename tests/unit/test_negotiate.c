/* SPDX-License-Identifier: MIT */
/* Accept and Accept-Encoding. */
#include "http/negotiate.h"
#include "suite.h"
#include "util/limits.h"
#include "util/strbuf.h"

#define NONE (-1)

/* Against the offers of every ordinary page: HTML first, then JSON. */
enum { HTML, JSON };
static const char *const page[] = {"text/html", "application/json"};

static const struct {
    const char *accept;
    int want;
} pages[] = {
    /* nothing said */
    {NULL, HTML},
    {"", HTML},
    {"  ", HTML},
    {",", HTML},
    {" , ,, ", HTML},
    {"*/*", HTML},
    {"*/*;q=0.1", HTML},

    /* one type */
    {"text/html", HTML},
    {"application/json", JSON},
    {"APPLICATION/JSON", JSON},
    {"Text/HTML", HTML},
    {"text/*", HTML},
    {"application/*", JSON},
    {"Application/*", JSON},
    {"\tapplication/json\t", JSON},
    {"application/json;q=0.001", JSON},
    {"image/png", NONE},
    {"text/plain", NONE},
    {"image/*", NONE},
    {"text/htm", NONE},
    {"text/htmlx", NONE},
    {"application/jso", NONE},
    {"application/json5", NONE},
    {"app/*", NONE},
    {"application/x/*", HTML}, /* malformed, so nothing said */

    /* the greater q */
    {"text/html;q=0.5, application/json", JSON},
    {"text/html, application/json;q=0.5", HTML},
    {"text/html;q=0.8, application/json;q=0.9", JSON},
    {"text/html;q=0.899, application/json;q=0.9", JSON},
    {"text/html;q=0.9, application/json;q=0.899", HTML},
    {"text/html;q=0.09, application/json;q=0.1", JSON},
    {"application/json;q=1.000, text/html;q=0.999", JSON},
    {"application/json;Q=0.2, text/html;Q=0.1", JSON},

    /* a tie: named outright, then the order of the offers */
    {"text/html, application/json", HTML},
    {"application/json, text/html", HTML},
    {"application/json, */*", JSON},
    {"*/*, application/json", JSON},
    {"application/json, text/*", JSON},
    {"text/*, application/json", JSON},
    {"application/json, text/plain, */*", JSON}, /* axios */
    {"text/html, */*", HTML},
    {"application/*, text/html", HTML},
    {"application/*, */*", HTML}, /* neither named */
    {"application/*, text/*", HTML},
    {"*/*;q=0.5, application/json;q=0.5", JSON},
    {"image/png, */*", HTML},
    {"image/png, */*;q=0.1", HTML},

    /* the most specific range has the say, wherever it stands */
    {"*/*, application/json;q=0.5", HTML},
    {"application/json;q=0.5, */*", HTML},
    {"*/*, text/html;q=0.5", JSON},
    {"text/html;q=0.5, */*", JSON},
    {"text/*;q=0.5, */*", JSON},
    {"*/*, text/*;q=0.5", JSON},
    {"text/*, text/html;q=0.1, application/json;q=0.2", JSON},
    {"text/*;q=0.1, text/html, application/json;q=0.9", HTML},
    {"text/*;q=0.3, text/html;q=0.7, application/*;q=0.5, */*;q=0.9", HTML},
    {"*/*;q=0.9, text/*;q=0.1, application/*;q=0.2", JSON},
    {"text/html;q=0.2, text/html;q=0.9, application/json;q=0.5", HTML}, /* twice: the greater */
    {"text/html;q=0.9, text/html;q=0.2, application/json;q=0.5", HTML},

    /* q=0 excludes */
    {"text/html;q=0", NONE},
    {"text/html;q=0, application/json", JSON},
    {"text/html;q=0, */*", JSON},
    {"*/*, text/html;q=0.000", JSON},
    {"text/*;q=0, */*", JSON},
    {"text/*;q=0, text/html;q=0.1", HTML},
    {"*/*;q=0", NONE},
    {"*/*;q=0, application/json", JSON},
    {"*/*;q=0, application/json;q=0", NONE},
    {"application/json;q=0, text/*;q=0, */*;q=1", NONE},
    {"text/html;q=0, application/json;q=0, */*", NONE},
    {"image/png;q=0", NONE},

    /* what programs send */
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
     "application/signed-exchange;v=b3;q=0.7",
     HTML},
    {"text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML},
    {"application/json, */*;q=0.5", JSON},
    {"application/ld+json, application/json;q=0.9, */*;q=0.1", JSON},
    {"application/xml", NONE},

    /* parameters */
    {"text/html;level=1", NONE},
    {"text/html;level=1, application/json;q=0.1", JSON},
    {"text/html;level=1, text/html;q=0.5, application/json;q=0.6", JSON},
    {"*/*;level=1, application/json;q=0.1", JSON},
    {"application/json;version=2", NONE},
    {"application/json; charset=utf-8", JSON},
    {"application/json;charset=UTF-8", JSON},
    {"application/json;Charset=\"utf-8\"", JSON},
    {"application/json;charset=iso-8859-1", NONE},
    {"application/json;charset=utf-8;q=0.5, text/html;q=0.4", JSON},
    {"application/json;charset=utf-8;q=0.1, application/json, text/html;q=0.5", HTML},
    {"application/json;;charset=utf-8;", JSON},
    {"application/json ; q=0.5 , text/html ; q=0.4", JSON},
    {"application/json;q=0.5;ext=1, text/html;q=0.4", JSON}, /* once an extension of Accept */
    {"application/json;q=0.5;q=0.1, text/html;q=0.4", JSON},
    {"application/json;x=\"a,b\", text/html", HTML},
    {"application/json;x=\"a;q=0\", text/html;q=0.1", HTML},
    {"application/json;x=\"text/html, \\\", */*\"", NONE},

    {"application/json;x=\"\\\", text/html, \\\"\"", NONE}, /* quotes escaped in quotes */

    /* malformed members are passed over */
    {"garbage", HTML},
    {"garbage, application/json", JSON},
    {"application", HTML},
    {"application/", HTML},
    {"/json", HTML},
    {"/", HTML},
    {"*", HTML},
    {"*, application/json", JSON},
    {"*/json, application/json;q=0.1", JSON},
    {"*/html", HTML},
    {"application/json application/json, image/png", NONE},
    {"application /json, image/png", NONE},
    {"application/ json, image/png", NONE},
    {"<script>/x, application/json;q=0.1", JSON},
    {"text/html;q, application/json;q=0.1", JSON},
    {"text/html;q=, application/json;q=0.1", JSON},
    {"text/html;q=1.1, application/json;q=0.1", JSON},
    {"text/html;q=1.001, application/json;q=0.1", JSON},
    {"text/html;q=2, application/json;q=0.1", JSON},
    {"text/html;q=-1, application/json;q=0.1", JSON},
    {"text/html;q=+1, application/json;q=0.1", JSON},
    {"text/html;q=.9, application/json;q=0.1", JSON},
    {"text/html;q=0.1234, application/json;q=0.1", JSON},
    {"text/html;q=0,9, application/json;q=0.1", JSON},
    {"text/html;q=0.9x, application/json;q=0.1", JSON},
    {"text/html;q=0.., application/json;q=0.1", JSON},
    {"text/html;q=00, application/json;q=0.1", JSON},
    {"text/html;q=1., application/json;q=0.1", HTML}, /* the grammar does allow this */
    {"text/html;q=0., application/json;q=0.1", JSON},
    {"text/html;q = 1, application/json;q=0.1", JSON},
    {"text/html;=x, application/json;q=0.1", JSON},
    {"text/html;x=, application/json;q=0.1", JSON},
    {"text/html;x y=1, application/json;q=0.1", JSON},
    {"text/html;x=\", application/json;q=0.1", HTML}, /* an open quote swallows the rest: nothing said */
    {"application/json, text/html;x=\"", JSON},
    {"application/json, text/html;x=\"\\", JSON},
    {"t\xc3\xa9xt/html, application/json;q=0.1", JSON},
    {";q=1, application/json;q=0.1", JSON},
    {"text/html;q=0.5;bad, application/json;q=0.1", JSON},
};

START_TEST(negotiate_pages)
{
    size_t got = 4242;
    int r = negotiate_media(pages[_i].accept, page, 2, &got);
    if (pages[_i].want == NONE) {
        ck_assert_msg(r == NEGOTIATE_E_NONE, "%s: %d", pages[_i].accept, r);
        ck_assert_uint_eq(got, 4242);
    } else {
        ck_assert_msg(r == 0, "%s: %d", pages[_i].accept, r);
        ck_assert_msg(got == (size_t)pages[_i].want, "%s: %zu", pages[_i].accept, got);
    }
}
END_TEST

/* Three offers of one type, one with parameters. */
enum { PLAIN, PROFILE, LEVEL };
static const char *const typed[] = {"text/plain", "application/ld+json;profile=\"https://a.example/x y\"",
                                    "text/html; level=1;charset=utf-8"};

static const struct {
    const char *accept;
    int want;
} typed_cases[] = {
    {"text/*", PLAIN},
    {"application/ld+json", PROFILE},
    {"application/ld+json;profile=\"https://a.example/x y\"", PROFILE},
    {"application/ld+json;profile=other", NONE},
    {"text/html", LEVEL},
    {"text/html;level=1", LEVEL},
    {"text/html;level=\"1\"", LEVEL},
    {"text/html;LEVEL=1", LEVEL},
    {"text/html;charset=utf-8;level=1", LEVEL},
    {"text/html;level=2", NONE},
    {"text/html;level=1;level=2", NONE},
    {"text/html;level=11", NONE},
    /* RFC 9110 section 12.5.1: the range with a parameter goes before the one without */
    {"text/plain;q=0.5, text/html;q=0.3, text/html;level=1", LEVEL},
    {"text/plain;q=0.5, text/html;level=1;q=0.3, text/html", PLAIN},
    {"text/plain;q=0.5, text/html;level=1;charset=utf-8;q=0.6, text/html;level=1;q=0.1", LEVEL},
    {"text/plain;q=0.5, text/html;level=2, text/html;q=0.3", PLAIN},
    {"text/plain;q=0.5, text/html;level=1;q=0, text/html", PLAIN},
};

START_TEST(negotiate_parameters)
{
    size_t got = 4242;
    int r = negotiate_media(typed_cases[_i].accept, typed, 3, &got);
    ck_assert_msg(r == (typed_cases[_i].want == NONE ? NEGOTIATE_E_NONE : 0), "%s: %d",
                  typed_cases[_i].accept, r);
    if (typed_cases[_i].want != NONE)
        ck_assert_msg(got == (size_t)typed_cases[_i].want, "%s: %zu", typed_cases[_i].accept, got);
}
END_TEST

START_TEST(negotiate_the_standards_example)
{
    /* RFC 9110 section 12.5.1, its table of results: 0.3, 0.4, 0.5, 0.7, 1 */
    const char *accept =
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, "
        "*/*;q=0.5";
    static const char *const falling[] = {"text/html;level=3", "text/plain;format=fixed", "image/jpeg",
                                          "text/plain", "text/plain;format=flowed"};
    for (size_t n = 1; n <= 5; n++) {
        size_t got = 4242;
        ck_assert_int_eq(negotiate_media(accept, falling, n, &got), 0);
        ck_assert_uint_eq(got, n - 1);
    }
}
END_TEST

START_TEST(negotiate_looks_at_so_many_members)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    size_t got = 4242;
    for (int i = 0; i < LIMIT_LIST_MEMBERS - 1; i++)
        strbuf_addf(&b, "image/x-%d, ", i);
    strbuf_adds(&b, "application/json;q=0.1, text/html");
    ck_assert_int_eq(negotiate_media(b.data, page, 2, &got), 0);
    ck_assert_uint_eq(got, JSON);
}
END_TEST

START_TEST(negotiate_single_offer)
{
    static const char *const only[] = {"application/json"};
    size_t got = 4242;
    ck_assert_int_eq(negotiate_media(NULL, only, 1, &got), 0);
    ck_assert_uint_eq(got, 0);
    ck_assert_int_eq(negotiate_media("text/html, */*;q=0.1", only, 1, &got), 0);
    ck_assert_int_eq(negotiate_media("text/html", only, 1, &got), NEGOTIATE_E_NONE);
}
END_TEST

static const char *const all_codings[] = {"br", "zstd", "gzip", "identity"};
static const char *const identity_only[] = {"identity"};
static const char *const identity_first[] = {"identity", "gzip"};

static const struct {
    const char *accept;
    const char *want;
} codings[] = {
    {NULL, "identity"},
    {"", "identity"},
    {",", "identity"},
    {"identity", "identity"},
    {"gzip", "gzip"},
    {"GZIP", "gzip"},
    {"x-gzip", "gzip"},
    {"gzip, deflate, br, zstd", "br"},
    {"gzip, deflate", "gzip"},
    {"deflate", "identity"},
    {"deflate, compress;q=0.9", "identity"},
    {"gzip;q=1.0, br;q=0.9", "gzip"},
    {"br;q=0.5, gzip;q=0.5, zstd;q=0.5", "br"},
    {"gzip;q=0.001", "gzip"},
    {"gzip;q=0", "identity"},
    {"gzip;q=0, br;q=0", "identity"},
    {"gzip;q=0.5, identity;q=0.8", "identity"},
    {"gzip;q=0.5, identity;q=0.5", "gzip"},
    {"identity, gzip;q=0.5", "identity"},
    {"*", "br"},
    {"*;q=0.5", "br"},
    {"br;q=0, *", "zstd"},
    {"*, br;q=0.5", "zstd"},
    {"gzip, *;q=0.5", "gzip"},
    {"gzip, *;q=0", "gzip"},
    {"identity;q=0", "identity"},
    {"identity;q=0, gzip", "gzip"},
    {"identity;q=0, *;q=0", "identity"},
    {"*;q=0", "identity"},
    {"*;q=0, identity", "identity"},
    {"*;q=0, deflate", "identity"},
    {"identity;q=0, *;q=0.1", "br"},
    {"gzip;q=2, br;q=0.1", "br"},
    {"gzip;level=9, br;q=0.1", "br"},
    {"gz ip, br;q=0.1", "br"},
    {"g\"zip, br", "identity"},
    {"gzip ; q=0.2 , br ; q=0.1", "gzip"},
    {"bro, gzipx, xgzip", "identity"},
};

START_TEST(negotiate_codings)
{
    size_t got = negotiate_coding(codings[_i].accept, all_codings, 4);
    ck_assert_msg(got < 4, "%s", codings[_i].accept);
    assert_text(all_codings[got], codings[_i].want);
    ck_assert_uint_eq(negotiate_coding(codings[_i].accept, identity_only, 1), 0);
}
END_TEST

START_TEST(negotiate_coding_tie_follows_the_offers)
{
    ck_assert_uint_eq(negotiate_coding("gzip, identity", identity_first, 2), 0);
    ck_assert_uint_eq(negotiate_coding("*", identity_first, 2), 0);
    ck_assert_uint_eq(negotiate_coding("gzip", identity_first, 2), 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("negotiate");
    SUITE_ADD(s, "media", negotiate_the_standards_example, negotiate_looks_at_so_many_members,
              negotiate_single_offer, negotiate_coding_tie_follows_the_offers);
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, negotiate_pages, pages);
    SUITE_LOOP(tc, negotiate_parameters, typed_cases);
    SUITE_LOOP(tc, negotiate_codings, codings);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
