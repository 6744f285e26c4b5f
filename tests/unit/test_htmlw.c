/* SPDX-License-Identifier: MIT */
/* The writer: each context escapes for its place, and nothing that is not well-formed leaves unnoticed. */
#include "render/htmlw.h"
#include "suite.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct fixture {
    struct strbuf out;
    struct htmlw w;
};

#define FIXTURE(f)                                                                                           \
    struct fixture f = {0};                                                                                  \
    f.w = HTMLW_INIT(&f.out)

static void assert_output(struct fixture *f, const char *want)
{
    ck_assert_int_eq(htmlw_finish(&f->w), 0);
    assert_text(f->out.data, want);
    strbuf_done(&f->out);
}

static void assert_refused(struct fixture *f, int error)
{
    ck_assert_int_eq(htmlw_finish(&f->w), error);
    strbuf_done(&f->out);
}

static const struct {
    const char *text, *as_text, *as_attribute;
} escapes[] = {
    {"plain", "plain", "plain"},
    {"", "", ""},
    {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
     "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"a&b &amp; c", "a&amp;b &amp;amp; c", "a&amp;b &amp;amp; c"},
    {"\" onload='x'", "\" onload='x'", "&quot; onload=&#39;x&#39;"},
    {"\xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x9a\x97", "\xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x9a\x97",
     "\xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x9a\x97"},
    {"a\x01z\x7f\xc2\x85", "a\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd",
     "a\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd"},
    {"a\r\n\tb", "a \n\tb", "a \n\tb"},
    {"safe\xe2\x80\xaetxt\xe2\x81\xa6.", "safetxt.", "safetxt."},                         /* U+202E, U+2066 */
    {"\xef\xbf\xbe\xef\xb7\x90", "\xef\xbf\xbd\xef\xbf\xbd", "\xef\xbf\xbd\xef\xbf\xbd"}, /* noncharacters */
};

START_TEST(escapes_by_context)
{
    FIXTURE(t);
    htmlw_text(&t.w, escapes[_i].text);
    assert_output(&t, escapes[_i].as_text);
    FIXTURE(a);
    htmlw_empty(&a.w, "meta", "content", escapes[_i].text);
    char want[200];
    snprintf(want, sizeof want, "<meta content=\"%s\">", escapes[_i].as_attribute);
    assert_output(&a, want);
}
END_TEST

START_TEST(urls_encode_segments_and_values)
{
    FIXTURE(f);
    htmlw_open(&f.w, "a", "class", "x");
    htmlw_url(&f.w, "href", "%p/incidents/%s?year=%q&x=%q#%s", "/b\"<", "a/b c?\"<\xc3\xa9", "a&b=c d", "1,2",
              "q#\"");
    htmlw_close(&f.w, "a");
    assert_output(&f,
                  "<a class=\"x\" href=\"/b&quot;&lt;/incidents/a%2Fb%20c%3F%22%3C%C3%A9?year=a%26b%3Dc%20d"
                  "&amp;x=1,2#q%23%22\"></a>");
}
END_TEST

START_TEST(nests_and_closes)
{
    FIXTURE(f);
    htmlw_open(&f.w, "ul");
    htmlw_el(&f.w, "a", "li", "id", "x", "class", NULL, "value", "");
    htmlw_el(&f.w, "b", "option", "value", "b", "selected", "");
    htmlw_say(&f.w, "%s is not %s", "1 < 2", "a&b");
    htmlw_raw(&f.w, "<!-- -->");
    htmlw_close(&f.w, "ul");
    htmlw_open_heading(&f.w, 3);
    htmlw_close_heading(&f.w, 3);
    assert_output(&f, "<ul><li id=\"x\" value=\"\">a</li>\n<option value=\"b\" selected>b</option>\n"
                      "1 &lt; 2 is not a&amp;b<!-- --></ul>\n<h3></h3>\n");
}
END_TEST

static void left_open(struct htmlw *w)
{
    htmlw_open(w, "p");
}
static void closed_out_of_order(struct htmlw *w)
{
    htmlw_open(w, "p");
    htmlw_open(w, "a");
    htmlw_close(w, "p");
    htmlw_close(w, "a");
}
static void closed_too_often(struct htmlw *w)
{
    htmlw_close(w, "p");
}
static void script(struct htmlw *w)
{
    htmlw_el(w, "alert(1)", "script");
}
static void style_element(struct htmlw *w)
{
    htmlw_el(w, "p{}", "style");
}
static void style_attribute(struct htmlw *w)
{
    htmlw_el(w, "", "p", "style", "color:red");
}
static void handler(struct htmlw *w)
{
    htmlw_el(w, "", "p", "onclick", "alert(1)");
}
static void plain_href(struct htmlw *w)
{
    htmlw_el(w, "", "a", "href", "javascript:alert(1)");
}
static void url_in_content(struct htmlw *w)
{
    htmlw_open(w, "a");
    htmlw_text(w, "x");
    htmlw_url(w, "href", "/");
    htmlw_close(w, "a");
}
static void url_elsewhere(struct htmlw *w)
{
    htmlw_empty(w, "meta");
    htmlw_url(w, "content", "/");
}
static void dots(struct htmlw *w)
{
    htmlw_empty(w, "link");
    htmlw_url(w, "href", "/x/%s/y", "..");
}
static void too_few(struct htmlw *w)
{
    htmlw_say(w, "%s and %s", "one");
}
static void too_many(struct htmlw *w)
{
    htmlw_say(w, "%s", "one", "two");
}
static void url_too_few(struct htmlw *w)
{
    htmlw_empty(w, "link");
    htmlw_url(w, "href", "/%s/%s", "one");
}
static void unknown_directive(struct htmlw *w)
{
    htmlw_empty(w, "link");
    htmlw_url(w, "href", "/%d", "one");
}
static void bad_text(struct htmlw *w)
{
    htmlw_text(w, "a\xff");
}
static void bad_attribute(struct htmlw *w)
{
    htmlw_empty(w, "meta", "content", "\xc0\x80");
}
static void bad_url(struct htmlw *w)
{
    htmlw_empty(w, "link");
    htmlw_url(w, "href", "/%s", "\xed\xa0\x80");
}
static void too_deep(struct htmlw *w)
{
    for (unsigned i = 0; i <= HTMLW_DEPTH; i++)
        htmlw_open(w, "div");
    for (unsigned i = 0; i <= HTMLW_DEPTH; i++)
        htmlw_close(w, "div");
}
static void no_memory(struct htmlw *w)
{
    htmlw_text(w, NULL);
}

static const struct {
    void (*write)(struct htmlw *w);
    int error;
} refusals[] = {
    {left_open, -EINVAL},
    {closed_out_of_order, -EINVAL},
    {closed_too_often, -EINVAL},
    {script, -EINVAL},
    {style_element, -EINVAL},
    {style_attribute, -EINVAL},
    {handler, -EINVAL},
    {plain_href, -EINVAL},
    {url_in_content, -EINVAL},
    {url_elsewhere, -EINVAL},
    {dots, -EINVAL},
    {too_few, -EINVAL},
    {too_many, -EINVAL},
    {url_too_few, -EINVAL},
    {unknown_directive, -EINVAL},
    {bad_text, -EINVAL},
    {bad_attribute, -EINVAL},
    {bad_url, -EINVAL},
    {too_deep, -EINVAL},
    {no_memory, -ENOMEM},
};

START_TEST(refuses)
{
    FIXTURE(f);
    refusals[_i].write(&f.w);
    assert_refused(&f, refusals[_i].error);
}
END_TEST

START_TEST(says_when_the_buffer_is_full)
{
    FIXTURE(f);
    f.out.limit = 10;
    htmlw_el(&f.w, "longer than ten bytes", "p");
    assert_refused(&f, -ENOMEM);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("htmlw");
    SUITE_ADD(s, "writer", urls_encode_segments_and_values, nests_and_closes, says_when_the_buffer_is_full);
    TCase *loops = tcase_create("tables");
    SUITE_LOOP(loops, escapes_by_context, escapes);
    SUITE_LOOP(loops, refuses, refusals);
    suite_add_tcase(s, loops);
    return suite_run(s);
}
