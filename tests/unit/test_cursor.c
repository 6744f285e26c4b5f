/* SPDX-License-Identifier: MIT */
/* Cursors: there and back, broken, and of other queries. */
#include "query/cursor.h"
#include "query_fixture.h"
#include "suite.h"
#include "util/limits.h"

#include <string.h>

static const char *encode(const struct cursor *c, const char *query, const char *catalogue)
{
    struct strbuf b = STRBUF_INIT;
    cursor_encode(c, query, catalogue, &b);
    const char *text = arena_strdup(fixture.mem, b.data);
    strbuf_done(&b);
    return text;
}

START_TEST(a_cursor_comes_back)
{
    static const struct cursor cursors[] = {{1, {"x"}},
                                            {2, {"東京トヨペット", "tokyo-toyopet"}},
                                            {3, {"2019-03-29", "2019-03-29", "a"}},
                                            {4, {"", "", "b", "12"}}};
    for (size_t i = 0; i < 4; i++) {
        struct cursor got;
        bool changed = true;
        const char *text = encode(&cursors[i], "incidents?", "cafe");
        ck_assert_uint_eq(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                          strlen(text));
        ck_assert_int_eq(cursor_decode(text, "incidents?", "cafe", fixture.mem, &got, &changed), 0);
        ck_assert(!changed);
        ck_assert_uint_eq(got.n, cursors[i].n);
        for (size_t k = 0; k < got.n; k++)
            assert_text(got.keys[k], cursors[i].keys[k]);
        ck_assert_int_eq(cursor_decode(text, "incidents?", "beef", fixture.mem, &got, &changed), 0);
        ck_assert(changed);
        ck_assert_int_eq(cursor_decode(text, "incidents?year=2019", "cafe", fixture.mem, &got, &changed),
                         CURSOR_E_QUERY);
    }
}
END_TEST

/* Any change of one character is refused or still decodes to keys: never a crash, never unbounded. */
START_TEST(a_cursor_mutated_is_refused_or_harmless)
{
    const struct cursor c = {3, {"2019-03-29", "2019-03-29", "2019-03-toyota-japan-sales-subsidiaries"}};
    const char *text = encode(&c, "incidents?", "cafe");
    size_t refused = 0, n = strlen(text);
    for (size_t i = 0; i < n; i++)
        for (int ch = 1; ch < 256; ch++) {
            struct cursor got;
            bool changed;
            char *bad_text = arena_strdup(fixture.mem, text);
            bad_text[i] = (char)ch;
            int r = cursor_decode(bad_text, "incidents?", "cafe", fixture.mem, &got, &changed);
            ck_assert_int_ge(r, 0);
            refused += r != 0;
        }
    ck_assert_uint_gt(refused, n * 190);
    for (size_t i = 0; i < n; i++) {
        struct cursor got;
        bool changed;
        int r = cursor_decode(arena_strndup(fixture.mem, text, i), "incidents?", "cafe", fixture.mem, &got,
                              &changed);
        ck_assert(r != 0 ||
                  got.n < c.n); /* cut between keys: the wrong number is refused with the parameters */
    }
}
END_TEST

START_TEST(cursors_are_for_their_list)
{
    struct query q;
    struct faults f;
    const struct cursor three = {3, {"2019", "2019", "x"}};
    const char *text = encode(&three, "incidents?year=2019", "cafe");
    ck_assert_int_eq(
        query_read(QUERY_INCIDENTS, arena_printf(fixture.mem, "year=2019&after=%s", text), &q, &f), 0);
    ck_assert_uint_eq(q.after.n, 3);
    ck_assert(!q.catalogue_changed);
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, arena_printf(fixture.mem, "after=%s", text), &q, &f),
                     QUERY_E_INVALID);
    assert_text(f.list[0].detail, "a cursor of another query: begin again without it");
    ck_assert_int_eq(query_read(QUERY_TIMELINE, arena_printf(fixture.mem, "after=%s", text), &q, &f),
                     QUERY_E_INVALID);
    ck_assert_int_eq(query_read(QUERY_INCIDENTS,
                                arena_printf(fixture.mem, "year=2019&after=%s&before=%s", text, text), &q,
                                &f),
                     QUERY_E_INVALID);
    assert_text(f.list[0].detail, "not together with after");
    const struct cursor two = {2, {"2019", "x"}};
    text = encode(&two, "incidents?", "cafe");
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, arena_printf(fixture.mem, "after=%s", text), &q, &f),
                     QUERY_E_INVALID);
    text = encode(&three, "incidents?", "beef");
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, arena_printf(fixture.mem, "before=%s", text), &q, &f), 0);
    ck_assert(q.catalogue_changed);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cursor");
    TCase *tc = tcase_create("cursor");
    tcase_add_checked_fixture(tc, query_setup, query_teardown);
    tcase_add_test(tc, a_cursor_comes_back);
    tcase_add_test(tc, a_cursor_mutated_is_refused_or_harmless);
    tcase_add_test(tc, cursors_are_for_their_list);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
