/* SPDX-License-Identifier: MIT */
/* The matrix of formats and views, and which URLs may be linked. */
#include "render/render.h"
#include "suite.h"

#include <errno.h>

START_TEST(matrix_is_as_published)
{
    for (unsigned v = 0; v < _VIEW_N; v++) {
        ck_assert_msg(render_supports(FORMAT_JSON, v) == (v != VIEW_ABOUT), "JSON of view %u", v);
        bool json_only = v == VIEW_LINKSET || v == VIEW_VERSION || v == VIEW_READY || v == VIEW_HEALTH;
        ck_assert_msg(render_supports(FORMAT_HTML, v) == !json_only, "HTML of view %u", v);
        bool atom = v == VIEW_INCIDENTS || v == VIEW_ORGANIZATION || v == VIEW_TIMELINE;
        ck_assert_msg(render_supports(FORMAT_ATOM, v) == atom, "Atom of view %u", v);
        bool ics = v == VIEW_TIMELINE || v == VIEW_INCIDENT_TIMELINE;
        ck_assert_msg(render_supports(FORMAT_ICS, v) == ics, "iCalendar of view %u", v);
        bool list = v == VIEW_INCIDENTS || v == VIEW_ORGANIZATIONS || v == VIEW_TIMELINE;
        bool table = list || v == VIEW_INCIDENT_TIMELINE || v == VIEW_ACTORS || v == VIEW_ACTOR ||
                     v == VIEW_DATA_CLASSES || v == VIEW_DATASETS || v == VIEW_DATASET ||
                     v == VIEW_STATISTICS;
        ck_assert_msg(render_supports(FORMAT_CSV, v) == table, "CSV of view %u", v);
        ck_assert_msg(render_supports(FORMAT_NDJSON, v) == list, "NDJSON of view %u", v);
    }
    ck_assert(!render_supports(_FORMAT_N, VIEW_HEALTH));
    ck_assert(!render_supports(FORMAT_JSON, _VIEW_N));
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    const struct render_env env = {.base = ""};
    ck_assert_int_eq(render_view(FORMAT_JSON, &(struct view){.kind = VIEW_ABOUT}, &env, &out), -EINVAL);
    ck_assert_int_eq(render_view(FORMAT_HTML, &(struct view){.kind = VIEW_HEALTH}, &env, &out), -EINVAL);
    ck_assert_int_eq(render_view(_FORMAT_N, &(struct view){.kind = VIEW_HEALTH}, &env, &out), -EINVAL);
    ck_assert_uint_eq(out.size, 0);
}
END_TEST

START_TEST(links_are_http_only)
{
    static const char *const good[] = {
        "http://a",
        "https://a.example/b?c=d&e=%20#f",
        "HTTPS://A.example/",
        "https://t\xc3\xb6yo.example/\xe6\x9d\xb1",
        "https://[2001:db8::1]:8443/",
    };
    static const char *const bad[] = {
        NULL,
        "",
        "http",
        "http://",
        "https:///x",
        "https://?x",
        "https://#x",
        "//a.example/",
        "/a",
        "ftp://a.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "httpss://a",
        " https://a",
        "https://a b",
        "https://a\n",
        "https://a\tb",
        "https://a\x7f",
        "https://a\xc2\x85",
        "https://a\xff",
        "https:\\\\a",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(render_link_ok(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!render_link_ok(bad[i]), "%s", bad[i] ? bad[i] : "NULL");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("render");
    SUITE_ADD(s, "render", matrix_is_as_published, links_are_http_only);
    return suite_run(s);
}
