/* SPDX-License-Identifier: MIT */
/* Decoding of request targets, and the encoder that leads back. */
#include "http/target.h"
#include "suite.h"
#include "util/limits.h"
#include "util/percent.h"

#include <errno.h>
#include <string.h>

/* ARGUMENTS in one string: "name=value;" each, as decoded. */
static const struct {
    const char *raw, *path, *arguments;
} good[] = {
    {"/", "/", ""},
    {"/incidents", "/incidents", ""},
    {"/incidents/", "/incidents/", ""},
    {"/incidents?", "/incidents", ""},
    {"/a/b.c/d-e_f~g", "/a/b.c/d-e_f~g", ""},
    {"/a%20b", "/a b", ""},
    {"/%61%62%63", "/abc", ""},
    {"/Z%C3%BCrich", "/Z\xc3\xbcrich", ""},
    {"/Z%c3%bcrich", "/Z\xc3\xbcrich", ""},
    {"/Z\xc3\xbcrich", "/Z\xc3\xbcrich", ""},
    {"/%E6%9D%B1%E4%BA%AC", "/\xe6\x9d\xb1\xe4\xba\xac", ""},
    {"/%F0%9F%9A%97", "/\xf0\x9f\x9a\x97", ""},
    {"/a+b", "/a+b", ""},
    {"/a%2Bb", "/a+b", ""},
    {"/%252F", "/%2F", ""}, /* once, not twice */
    {"/%252e%252e/x", "/%2e%2e/x", ""},
    {"/%2500", "/%00", ""},
    {"/%3Fa=b", "/?a=b", ""},
    {"/%23", "/#", ""},
    {"/a=b&c", "/a=b&c", ""},
    {"/...", "/...", ""},
    {"/.well-known/x", "/.well-known/x", ""},
    {"/..a/b../.c", "/..a/b../.c", ""},
    {"/a:b@c", "/a:b@c", ""},

    {"/x?a=1", "/x", "a=1;"},
    {"/x?a=1&b=2", "/x", "a=1;b=2;"},
    {"/x?a=1&a=2&a=1", "/x", "a=1;a=2;a=1;"},
    {"/x?a=", "/x", "a=;"},
    {"/x?a", "/x", "a=;"},
    {"/x?a&b=1", "/x", "a=;b=1;"},
    {"/x?=1", "/x", "=1;"},
    {"/x?=", "/x", "=;"},
    {"/x?&", "/x", ""},
    {"/x?&&a=1&&&b=2&", "/x", "a=1;b=2;"},
    {"/x?a=b=c", "/x", "a=b=c;"},
    {"/x?a==", "/x", "a==;"},
    {"/x?a=1?b=2", "/x", "a=1?b=2;"},
    {"/x??a=1", "/x", "?a=1;"},
    {"/x?a=1;b=2", "/x", "a=1;b=2;"}, /* one argument: ";" separates nothing */
    {"/x?q=red+car", "/x", "q=red car;"},
    {"/x?q=red%20car", "/x", "q=red car;"},
    {"/x?q=red%2Bcar", "/x", "q=red+car;"},
    {"/x?q+r=1", "/x", "q r=1;"},
    {"/x?a%3Db=c%26d", "/x", "a=b=c&d;"},
    {"/x?%61=%62", "/x", "a=b;"},
    {"/x?q=%2525", "/x", "q=%25;"},
    {"/x?q=Z%C3%BCrich", "/x", "q=Z\xc3\xbcrich;"},
    {"/x?q=Z\xc3\xbcrich", "/x", "q=Z\xc3\xbcrich;"},
    {"/x?next=//evil.example/..%2f%5c", "/x", "next=//evil.example/../\\;"},
    {"/x?u=http://a.example/", "/x", "u=http://a.example/;"},
    {"/x?q=\"a\"|{b}^`<c>\\", "/x", "q=\"a\"|{b}^`<c>\\;"}, /* browsers leave some of these bare */
    {"/x?q='a&b=\"c&d\"", "/x", "q='a;b=\"c;d\"=;"},        /* quotes hold nothing together */
    {"/x?date=[2019-01..2019-06]", "/x", "date=[2019-01..2019-06];"},
};

static void join(const struct target *t, struct strbuf *out)
{
    for (size_t i = 0; i < t->n_arguments; i++) {
        const struct target_argument *a = &t->arguments[i];
        ck_assert_uint_eq(strlen(a->name), a->name_length);
        ck_assert_uint_eq(strlen(a->value), a->value_length);
        strbuf_addf(out, "%s=%s;", a->name, a->value);
    }
    strbuf_adds(out, "");
}

START_TEST(target_decodes)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct target t;
    const char *reason = NULL;
    int r = target_parse(good[_i].raw, strlen(good[_i].raw), false, mem, &t, &reason);
    ck_assert_msg(r == 0, "%s: %d %s", good[_i].raw, r, reason);
    assert_text(t.path, good[_i].path);
    ck_assert_uint_eq(t.path_length, strlen(good[_i].path));
    ck_assert_ptr_null(t.authority);
    join(&t, &b);
    assert_text(b.data ? b.data : "", good[_i].arguments);
}
END_TEST

/* WORD has to be in the reason: what is wrong, or where. */
static const struct {
    const char *raw;
    int result;
    const char *word;
} refused[] = {
    {"", TARGET_E_BAD, "empty"},
    {"*", TARGET_E_BAD, "neither"},
    {"x", TARGET_E_BAD, "neither"},
    {"incidents", TARGET_E_BAD, "neither"},
    {"?a=1", TARGET_E_BAD, "neither"},
    {"a.example:443", TARGET_E_BAD, "neither"},
    {"%2Fincidents", TARGET_E_BAD, "neither"},
    {"\\incidents", TARGET_E_BAD, "neither"},
    {"ftp://a.example/", TARGET_E_BAD, "neither"},
    {"httpx://a.example/", TARGET_E_BAD, "neither"},
    {"http:/a.example/", TARGET_E_BAD, "neither"},
    {"http:a.example/", TARGET_E_BAD, "neither"},
    {"javascript:alert(1)", TARGET_E_BAD, "neither"},

    {"/x#y", TARGET_E_BAD, "fragment"},
    {"/x?a=b#", TARGET_E_BAD, "fragment"},
    {"/x y", TARGET_E_BAD, "space"},
    {"/x?a=b c", TARGET_E_BAD, "space"},
    {"/x\ty", TARGET_E_BAD, "space"},
    {"/x\r\nHost: y", TARGET_E_BAD, "space"},
    {"/x\x7f", TARGET_E_BAD, "space"},
    {"/x?a=\x01", TARGET_E_BAD, "space"},

    {"/%", TARGET_E_BAD, "the path"},
    {"/%2", TARGET_E_BAD, "the path"},
    {"/%zz", TARGET_E_BAD, "hexadecimal"},
    {"/%2x", TARGET_E_BAD, "hexadecimal"},
    {"/%x2", TARGET_E_BAD, "hexadecimal"},
    {"/% 2", TARGET_E_BAD, "space"},
    {"/%+2", TARGET_E_BAD, "hexadecimal"},
    {"/%-1", TARGET_E_BAD, "hexadecimal"},
    {"/%u0041", TARGET_E_BAD, "hexadecimal"},
    {"/%%41", TARGET_E_BAD, "hexadecimal"},
    {"/%4%31", TARGET_E_BAD, "hexadecimal"},
    {"/%?a=1", TARGET_E_BAD, "the path"}, /* an escape does not reach over the end of its part */
    {"/%4?1=1", TARGET_E_BAD, "the path"},
    {"/x?a=%", TARGET_E_BAD, "the value of query argument 1"},
    {"/x?a=1&b=%4&1=2", TARGET_E_BAD, "the value of query argument 2"},
    {"/x?a=1&%zz=2", TARGET_E_BAD, "the name of query argument 2"},
    {"/x?%=2", TARGET_E_BAD, "the name of query argument 1"},
    {"/x?%3=D", TARGET_E_BAD, "the name of query argument 1"},
    {"/x?&&a=%zz", TARGET_E_BAD, "the value of query argument 1"},

    {"/%00", TARGET_E_BAD, "control"},
    {"/incidents%00.json", TARGET_E_BAD, "control"},
    {"/%0d%0aSet-Cookie:x", TARGET_E_BAD, "control"},
    {"/%09", TARGET_E_BAD, "control"},
    {"/%1F", TARGET_E_BAD, "control"},
    {"/%7f", TARGET_E_BAD, "control"},
    {"/x?a=%00", TARGET_E_BAD, "control"},
    {"/x?a=b%0Ac", TARGET_E_BAD, "control"},
    {"/x?a%00=b", TARGET_E_BAD, "control"},

    {"/%FF", TARGET_E_BAD, "UTF-8"},
    {"/\xff", TARGET_E_BAD, "UTF-8"},
    {"/Z%FCrich", TARGET_E_BAD, "UTF-8"},
    {"/%C0%AF", TARGET_E_BAD, "UTF-8"}, /* slash, too long */
    {"/%C0%AE%C0%AE/x", TARGET_E_BAD, "UTF-8"},
    {"/%E0%80%AF", TARGET_E_BAD, "UTF-8"},
    {"/%C0%80", TARGET_E_BAD, "UTF-8"},
    {"/%ED%A0%80", TARGET_E_BAD, "UTF-8"},
    {"/%F4%90%80%80", TARGET_E_BAD, "UTF-8"},
    {"/%C3", TARGET_E_BAD, "UTF-8"},
    {"/%C3/%BC", TARGET_E_BAD, "UTF-8"},
    {"/x?a=%FF", TARGET_E_BAD, "UTF-8"},
    {"/x?a=%C3&b=%BC", TARGET_E_BAD, "the value of query argument 1"},
    {"/x?%C3=%BC", TARGET_E_BAD, "the name of query argument 1"},

    {"//", TARGET_E_NOT_FOUND, "path"},
    {"//evil.example", TARGET_E_NOT_FOUND, "path"},
    {"//evil.example/%2e%2e", TARGET_E_NOT_FOUND, "path"},
    {"///", TARGET_E_NOT_FOUND, "path"},
    {"/a//b", TARGET_E_NOT_FOUND, "path"},
    {"/a//", TARGET_E_NOT_FOUND, "path"},
    {"/.", TARGET_E_NOT_FOUND, "path"},
    {"/..", TARGET_E_NOT_FOUND, "path"},
    {"/./", TARGET_E_NOT_FOUND, "path"},
    {"/../", TARGET_E_NOT_FOUND, "path"},
    {"/a/.", TARGET_E_NOT_FOUND, "path"},
    {"/a/..", TARGET_E_NOT_FOUND, "path"},
    {"/a/./b", TARGET_E_NOT_FOUND, "path"},
    {"/a/../b", TARGET_E_NOT_FOUND, "path"},
    {"/static/../../etc/passwd", TARGET_E_NOT_FOUND, "path"},
    {"/%2e", TARGET_E_NOT_FOUND, "path"},
    {"/%2E%2e/x", TARGET_E_NOT_FOUND, "path"},
    {"/.%2e/x", TARGET_E_NOT_FOUND, "path"},
    {"/a/%2e./x", TARGET_E_NOT_FOUND, "path"},
    {"/\\", TARGET_E_NOT_FOUND, "path"},
    {"/\\evil.example", TARGET_E_NOT_FOUND, "path"},
    {"/a\\..\\b", TARGET_E_NOT_FOUND, "path"},
    {"/%5c", TARGET_E_NOT_FOUND, "path"},
    {"/a%5Cb", TARGET_E_NOT_FOUND, "path"},
    {"/%2F", TARGET_E_NOT_FOUND, "path"},
    {"/%2fevil.example", TARGET_E_NOT_FOUND, "path"},
    {"/a%2fb", TARGET_E_NOT_FOUND, "path"},
    {"/a%2F", TARGET_E_NOT_FOUND, "path"},
    {"/a%2F..%2Fb", TARGET_E_NOT_FOUND, "path"},
    {"/../x?a=1", TARGET_E_NOT_FOUND, "path"},
    {"/../x?a=%zz", TARGET_E_BAD, "query argument 1"}, /* malformed goes before not found */
    {"/..%2f%zz", TARGET_E_BAD, "hexadecimal"},

    {"http://", TARGET_E_BAD, "host"},
    {"http:///x", TARGET_E_BAD, "host"},
    {"http://?a=1", TARGET_E_BAD, "host"},
    {"http://me@a.example/", TARGET_E_BAD, "host"},
    {"http://me:secret@a.example/", TARGET_E_BAD, "host"},
    {"http://a.example:99999/", TARGET_E_BAD, "host"},
    {"http://a.example\\x", TARGET_E_BAD, "host"},
    {"http://a%2eexample/", TARGET_E_BAD, "host"},
    {"http://a.example//x", TARGET_E_NOT_FOUND, "path"},
    {"http://a.example/../x", TARGET_E_NOT_FOUND, "path"},
    {"http://a.example/%zz", TARGET_E_BAD, "hexadecimal"},
};

START_TEST(target_refuses)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct target t = {.path = "untouched"};
    const char *reason = NULL;
    int r = target_parse(refused[_i].raw, strlen(refused[_i].raw), false, mem, &t, &reason);
    ck_assert_msg(r == refused[_i].result, "%s: %d %s", refused[_i].raw, r, reason);
    ck_assert_msg(strstr(reason, refused[_i].word) != NULL, "%s: %s", refused[_i].raw, reason);
    assert_text(t.path, "untouched");
}
END_TEST

START_TEST(target_bytes_that_text_cannot_hold)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct target t;
    const char *reason;
    ck_assert_int_eq(target_parse("/a\0b", 4, false, mem, &t, &reason), TARGET_E_BAD);
    ck_assert_int_eq(target_parse("/x?a=\0", 6, false, mem, &t, &reason), TARGET_E_BAD);
    /* never beyond the length: the escape is cut, though its digits follow in memory */
    ck_assert_int_eq(target_parse("/x%41", 4, false, mem, &t, &reason), TARGET_E_BAD);
    ck_assert_int_eq(target_parse("/x%41", 3, false, mem, &t, &reason), TARGET_E_BAD);
    ck_assert_int_eq(target_parse("/x%41", 2, false, mem, &t, &reason), 0);
    assert_text(t.path, "/x");
}
END_TEST

static const struct {
    const char *raw, *authority, *path, *arguments;
} absolute[] = {
    {"http://a.example/x?a=1", "a.example", "/x", "a=1;"},
    {"http://a.example:8080/", "a.example:8080", "/", ""},
    {"HTTP://A.example/X", "A.example", "/X", ""},
    {"https://a.example/x", "a.example", "/x", ""},
    {"http://a.example", "a.example", "/", ""},
    {"http://a.example?a=1", "a.example", "/", "a=1;"},
    {"http://[::1]:80/x", "[::1]:80", "/x", ""},
    {"http://a.example/http://b.example", NULL, NULL, NULL}, /* an empty segment */
    {"http://a.example/?u=http://b.example/", "a.example", "/", "u=http://b.example/;"},
};

START_TEST(target_absolute_form)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct target t;
    const char *reason = NULL;
    int r = target_parse(absolute[_i].raw, strlen(absolute[_i].raw), false, mem, &t, &reason);
    if (!absolute[_i].path) {
        ck_assert_int_eq(r, TARGET_E_NOT_FOUND);
        return;
    }
    ck_assert_msg(r == 0, "%s: %d %s", absolute[_i].raw, r, reason);
    assert_text(t.authority, absolute[_i].authority);
    assert_text(t.path, absolute[_i].path);
    join(&t, &b);
    assert_text(b.data ? b.data : "", absolute[_i].arguments);
}
END_TEST

START_TEST(target_asterisk_is_for_options)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct target t = {0};
    const char *reason;
    ck_assert_int_eq(target_parse("*", 1, true, mem, &t, &reason), 0);
    assert_text(t.path, "*");
    ck_assert_uint_eq(t.path_length, 1);
    ck_assert_uint_eq(t.n_arguments, 0);
    ck_assert_int_eq(target_parse("*", 1, false, mem, &t, &reason), TARGET_E_BAD);
    ck_assert_int_eq(target_parse("*?a=1", 5, true, mem, &t, &reason), TARGET_E_BAD);
    ck_assert_int_eq(target_parse("*/", 2, true, mem, &t, &reason), TARGET_E_BAD);
    ck_assert_int_eq(target_parse("/x", 2, true, mem, &t, &reason), 0);
    assert_text(t.path, "/x");
}
END_TEST

START_TEST(target_length_is_bounded)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    static char raw[LIMIT_TARGET_BYTES + 1];
    struct target t;
    const char *reason;
    memset(raw, 'a', sizeof raw);
    raw[0] = '/';
    ck_assert_int_eq(target_parse(raw, LIMIT_TARGET_BYTES, false, mem, &t, &reason), 0);
    ck_assert_uint_eq(t.path_length, LIMIT_TARGET_BYTES);
    ck_assert_int_eq(target_parse(raw, LIMIT_TARGET_BYTES + 1, false, mem, &t, &reason), TARGET_E_TOO_LONG);
    ck_assert_ptr_nonnull(strstr(reason, "long"));
}
END_TEST

START_TEST(target_depth_is_bounded)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    char raw[2 * LIMIT_SEGMENTS + 3] = "";
    struct target t;
    const char *reason;
    for (int i = 0; i < LIMIT_SEGMENTS; i++)
        strcat(raw, "/a");
    ck_assert_int_eq(target_parse(raw, strlen(raw), false, mem, &t, &reason), 0);
    strcat(raw, "/a");
    ck_assert_int_eq(target_parse(raw, strlen(raw), false, mem, &t, &reason), TARGET_E_NOT_FOUND);
}
END_TEST

START_TEST(target_arguments_are_bounded)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct target t;
    const char *reason;
    strbuf_adds(&b, "/x?&&");
    for (int i = 0; i < LIMIT_ARGUMENTS; i++)
        strbuf_addf(&b, "%s%d", i ? "&" : "", i);
    ck_assert_int_eq(target_parse(b.data, b.size, false, mem, &t, &reason), 0);
    ck_assert_uint_eq(t.n_arguments, LIMIT_ARGUMENTS);
    assert_text(t.arguments[LIMIT_ARGUMENTS - 1].name, "63");
    strbuf_adds(&b, "&&");
    ck_assert_int_eq(target_parse(b.data, b.size, false, mem, &t, &reason), 0);
    strbuf_adds(&b, "a");
    ck_assert_int_eq(target_parse(b.data, b.size, false, mem, &t, &reason), TARGET_E_ARGUMENTS);
    ck_assert_ptr_nonnull(strstr(reason, "arguments"));
}
END_TEST

/* However little memory there is, the answer is the right one or -ENOMEM. */
START_TEST(target_without_memory)
{
    static const struct {
        const char *raw;
        int result;
    } cases[] = {
        {"http://a.example/x?a=1&b=2", 0}, {"/x?a=%zz", TARGET_E_BAD}, {"/a/../b", TARGET_E_NOT_FOUND}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int r = -ENOMEM, failures = 0;
        for (size_t limit = 1; r == -ENOMEM && limit < 4096; limit++) {
            _cleanup_arena_ struct arena *mem = arena_new(limit);
            struct target t = {.path = "untouched"};
            const char *reason = NULL;
            r = target_parse(cases[i].raw, strlen(cases[i].raw), false, mem, &t, &reason);
            if (r)
                assert_text(t.path, "untouched");
            ck_assert(r <= 0 || reason);
            failures += r == -ENOMEM;
        }
        ck_assert_int_eq(r, cases[i].result);
        ck_assert_int_gt(failures, 0);
    }
}
END_TEST

static const struct {
    enum percent_part part;
    const char *text, *want;
} encoded[] = {
    {PERCENT_SEGMENT, "", ""},
    {PERCENT_SEGMENT, "2019-03-toyota_a.b~c", "2019-03-toyota_a.b~c"},
    {PERCENT_SEGMENT, "a/b", "a%2Fb"},
    {PERCENT_SEGMENT, "a b+c", "a%20b%2Bc"},
    {PERCENT_SEGMENT, "a?b#c%d", "a%3Fb%23c%25d"},
    {PERCENT_SEGMENT, "a:b,c@d;e=f", "a%3Ab%2Cc%40d%3Be%3Df"},
    {PERCENT_SEGMENT, "\\\"<>'&", "%5C%22%3C%3E%27%26"},
    {PERCENT_SEGMENT, "Z\xc3\xbcrich", "Z%C3%BCrich"},
    {PERCENT_SEGMENT, "\x7f\x01\n", "%7F%01%0A"},
    {PERCENT_PATH, "/", "/"},
    {PERCENT_PATH, "/a b/c:d", "/a%20b/c%3Ad"},
    {PERCENT_PATH, "/a?b", "/a%3Fb"},
    {PERCENT_QUERY, "JP,US", "JP,US"},
    {PERCENT_QUERY, "2019-01/2019-06", "2019-01/2019-06"},
    {PERCENT_QUERY, "2019-03-29T12:00:00Z", "2019-03-29T12:00:00Z"},
    {PERCENT_QUERY, "[2019..2020]", "%5B2019..2020%5D"},
    {PERCENT_QUERY, "a&b=c+d e", "a%26b%3Dc%2Bd%20e"},
    {PERCENT_QUERY, "\"red car\" toy*", "%22red%20car%22%20toy%2A"},
    {PERCENT_QUERY, "#?;'@!$()", "%23%3F%3B%27%40%21%24%28%29"},
    {PERCENT_QUERY, "\xe6\x9d\xb1\xe4\xba\xac", "%E6%9D%B1%E4%BA%AC"},
};

START_TEST(target_encodes)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    percent_encode(encoded[_i].part, encoded[_i].text, strlen(encoded[_i].text), &b);
    assert_text(b.data ? b.data : "", encoded[_i].want);
}
END_TEST

START_TEST(target_encodes_what_it_decodes)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    char text[96 + 3] = {0}; /* all printable ASCII and one character beyond */
    struct target t;
    const char *reason;
    for (int i = 0; i < 95; i++)
        text[i] = (char)(' ' + i);
    strcat(text, "\xc3\xbc");
    strbuf_adds(&b, "/x?");
    percent_encode(PERCENT_QUERY, text, strlen(text), &b);
    strbuf_addc(&b, '=');
    percent_encode(PERCENT_QUERY, text, strlen(text), &b);
    ck_assert_int_eq(target_parse(b.data, b.size, false, mem, &t, &reason), 0);
    ck_assert_uint_eq(t.n_arguments, 1);
    assert_text(t.arguments[0].name, text);
    assert_text(t.arguments[0].value, text);
    strbuf_reset(&b);
    percent_encode(PERCENT_SEGMENT, "a\0b", 3, &b);
    percent_encode(PERCENT_QUERY, "\0", 1, &b);
    assert_text(b.data, "a%00b%00");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("target");
    SUITE_ADD(s, "forms", target_bytes_that_text_cannot_hold, target_asterisk_is_for_options,
              target_length_is_bounded, target_depth_is_bounded, target_arguments_are_bounded,
              target_without_memory, target_encodes_what_it_decodes);
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, target_decodes, good);
    SUITE_LOOP(tc, target_refuses, refused);
    SUITE_LOOP(tc, target_absolute_form, absolute);
    SUITE_LOOP(tc, target_encodes, encoded);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
